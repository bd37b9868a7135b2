package views

import (
	"context"
	"time"

	"renkei/app"
)

// follow looks again and again whether another process changed the register,
// until the window is closed.
func (f *Frame) follow() {
	if f.p.LookEvery == 0 {
		return
	}
	f.p.Worker.Go(func() {
		again := time.NewTicker(f.p.LookEvery)
		defer again.Stop()
		for {
			select {
			case <-f.ctx.Done():
				return
			case <-again.C:
				f.p.Worker.UI(f.look)
			}
		}
	})
}

// look tells every page that was shown what changed in the register since the
// last look, if anything did.
func (f *Frame) look() {
	newest, desk, since := f.looks.Next(), f.desk, f.revision
	var feed app.Feed
	f.p.Worker.Do(f.ctx, func(ctx context.Context) (err error) {
		feed, err = desk.Since(ctx, since)
		return err
	}, func(err error) {
		switch {
		case err != nil:
			f.p.Log.Error("changes cannot be read", "error", err)
		case newest() && !feed.Empty():
			f.revision = feed.To
			if since < 0 {
				return // the pages begin with all of it
			}
			f.refreshStatus()
			f.tell(feed)
		}
	})
}

// tell tells the page on the screen what changed. The others are told when they
// are shown again: what nobody looks at is not read.
func (f *Frame) tell(feed app.Feed) {
	for i, s := range f.screens {
		switch {
		case f.pages[i] == nil:
		case i == f.current:
			s.Changed(feed)
		case len(f.missed[i]) <= mostMissed:
			f.missed[i] = append(f.missed[i], feed)
		}
	}
}

// mostMissed is how many changes are told one by one to a page that was out of
// sight.
const mostMissed = 20

// catchUp tells a page what changed while it was out of sight.
func (f *Frame) catchUp(i int) {
	missed := f.missed[i]
	delete(f.missed, i)
	if len(missed) > mostMissed {
		missed = []app.Feed{{Many: true}}
	}
	for _, feed := range missed {
		f.screens[i].Changed(feed)
	}
}

// changed is called when a page changed the register.
func (f *Frame) changed() {
	f.followRegister()
	f.refreshStatus()
	f.look()
}
