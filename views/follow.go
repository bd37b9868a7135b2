package views

import (
	"context"

	"renkei/app"
)

// follow watches the register that is shown, until another one is or the window
// is closed: what others write is looked for as they write it.
func (f *Frame) follow() {
	if !f.p.Live {
		return
	}
	f.unfollow()
	ctx, stop := context.WithCancel(f.ctx)
	f.unfollow = stop
	desk := f.desk
	f.p.Worker.Go(func() {
		desk.Watch(ctx, func(err error) {
			f.p.Worker.UI(func() {
				if ctx.Err() == nil {
					f.heard(err)
				}
			})
		})
	})
}

// heard is called when somebody may have changed the register, and with an error
// while it cannot be reached, which the foot says.
func (f *Frame) heard(err error) {
	cut := f.cut
	if f.cut = err != nil; f.cut != cut {
		if f.cut {
			f.p.Log.Warn("the register cannot be reached", "error", err)
		}
		f.refreshStatus()
	}
	if err == nil && cut {
		f.tell(app.Feed{Many: true}) // what was asked for meanwhile failed
	}
	if err == nil {
		f.look()
		for p := range f.present {
			f.showOthers(p)
		}
	}
}

// reread reads everything that is shown again (Ctrl+R).
func (f *Frame) reread() {
	f.changed()
	f.tell(app.Feed{Many: true})
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
