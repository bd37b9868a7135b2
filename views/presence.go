package views

import (
	"context"

	"renkei/app"
	"renkei/views/page"
)

// present is a form whose record others are told to be open.
type present struct {
	of   app.RecordRef
	show func([]app.Presence)
	desk Desk
	asks page.Latest
}

// Present tells the others that a record is open, until leave is called, and shows who
// else has it open each time that may have changed. An error is no business of the
// user.
func (s shell) Present(of app.RecordRef, show func([]app.Presence)) (leave func()) {
	f, p := s.f, &present{of: of, show: show, desk: s.f.desk}
	f.present[p] = true
	newest := p.asks.Next()
	f.p.Worker.Do(f.ctx, func(ctx context.Context) error { return p.desk.OpenRecord(ctx, of) }, func(err error) {
		f.logPresence(err)
		if newest() {
			f.showOthers(p)
		}
	})
	return func() { f.absent(p) }
}

// absent tells the others that a record is no longer open in a form.
func (f *Frame) absent(p *present) {
	if !f.present[p] {
		return
	}
	delete(f.present, p)
	p.asks.Stop()
	f.p.Worker.Do(f.ctx, func(ctx context.Context) error { return p.desk.CloseRecord(ctx, p.of) }, f.logPresence)
}

// showOthers shows who else has the record of a form open.
func (f *Frame) showOthers(p *present) {
	newest := p.asks.Next()
	var others []app.Presence
	f.p.Worker.Do(f.ctx, func(ctx context.Context) (err error) {
		others, err = p.desk.AlsoOpen(ctx, p.of)
		return err
	}, func(err error) {
		f.logPresence(err)
		if newest() && err == nil {
			p.show(others)
		}
	})
}

func (f *Frame) logPresence(err error) {
	if err != nil && f.ctx.Err() == nil {
		f.p.Log.Warn("who has a record open is not known", "error", err)
	}
}
