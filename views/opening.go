package views

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"fyne.io/fyne/v2"

	"renkei/app"
	"renkei/models"
	"renkei/views/connect"
	"renkei/views/ui"
)

// StartParams are the parts of a start.
type StartParams struct {
	Settings SettingsStore // for size of window and text
	Fonts    ui.Fonts
	Icon     fyne.Resource // nil leaves the desktop's
	How      app.Beginning
	Places   connect.Places
	// Begin opens the register. It is called beside the window; the error is an
	// *app.Lost when the register is lost, an *app.NotChosen at the first start, an
	// *app.Unreached for one on a server. It runs again as the user chooses then.
	Begin func(context.Context, app.Beginning) (Params, error)
}

// opening is a start: the window is there while the register is opened beside it.
type opening struct {
	p      StartParams
	app    fyne.App
	window fyne.Window

	settings Settings

	frame   *Frame      // once the register is open
	lost    *lostWindow // if it is lost
	asking  *connecting // if it is not chosen yet, or cannot be reached
	refused error       // why the program cannot start
}

// Run opens the window and the register, both at once, shows the program and
// returns when it is closed. What is there instead of a register is shown: the
// copies of a lost one, or why it cannot be opened, which is also the error. When
// no window can be opened, the desktop's own box says so.
func Run(a fyne.App, p StartParams) error {
	settings, err := p.Settings.Load()
	if err != nil {
		settings = Settings{} // NewFrame tells the log
	}
	setTheme(a, p.Fonts, settings.TextSize)
	ctx, cancel := context.WithCancel(context.Background())
	o := &opening{p: p, app: a, settings: settings}
	begun := o.begin(ctx)
	defer func() {
		cancel()
		_, _ = begun() // what it opened is for the caller to release
		o.end()
	}()
	// The toolkit's own opening of the display takes as long as the register's.
	if o.window, err = openWindow(a, p.Icon, settings.size()); err != nil {
		if box := sayWithoutWindow(models.ErrorMessage(err)); box != nil {
			slog.Warn("the desktop's box cannot be shown", "error", box)
		}
		return err
	}
	o.window.SetOnClosed(cancel)
	worker := NewWorker(slog.Default())
	var params Params
	worker.Do(ctx, func(context.Context) (err error) {
		params, err = begun()
		return err
	}, func(err error) {
		if ctx.Err() == nil { // else the window is closed
			o.goOn(params, err)
		}
	})
	a.Run()
	return o.refused
}

// begin opens the register and reads the faces, each on a goroutine of its own.
// begun waits for both.
func (o *opening) begin(ctx context.Context) (begun func() (Params, error)) {
	var params Params
	var err error
	var both sync.WaitGroup
	both.Go(func() { params, err = o.p.Begin(ctx, o.p.How) })
	both.Go(ui.ReadFaces)
	return func() (Params, error) {
		both.Wait()
		return params, err
	}
}

// openWindow shows an empty window.
func openWindow(a fyne.App, icon fyne.Resource, size fyne.Size) (w fyne.Window, err error) {
	err = displayed(func() error {
		w = newWindow(a, icon)
		w.SetPadded(false)
		w.Resize(size)
		return show(w)
	})
	return w, err
}

// firstFrame is how long the window needs to draw navigation and title, before
// the page is made and read.
const firstFrame = 40 * time.Millisecond

// goOn shows what was opened.
func (o *opening) goOn(params Params, err error) {
	var lost *app.Lost
	switch {
	case err == nil:
		params.Window = o.window
		o.frame = NewFrame(o.app, params)
		ui.After(firstFrame, o.frame.Start)
		return
	case errors.As(err, &lost):
		o.lost = newLostWindow(o.app, LostParams{Lost: lost, Fonts: o.p.Fonts, Icon: o.p.Icon, Log: slog.Default(), Begin: o.p.Begin})
		o.show(o.lost.window)
	case connects(err):
		slog.Warn("not opened", "error", err)
		o.asking = newConnecting(o.app, connectingParams{Places: o.p.Places, Err: err, Fonts: o.p.Fonts, Icon: o.p.Icon,
			Size: o.settings.size(), TextSize: o.settings.TextSize, Log: slog.Default(), Begin: o.p.Begin})
		o.show(o.asking.window)
		o.asking.start()
	default:
		o.refused = err
		o.show(newNotice(o.app, o.p.Icon, models.ErrorMessage(err)))
	}
}

// show shows another window in the place of the empty one.
func (o *opening) show(w fyne.Window) {
	if err := show(w); err != nil {
		o.refused = err
	}
	o.window.Close()
}

// end ends the work of the program.
func (o *opening) end() {
	if o.frame != nil {
		o.frame.finish()
	}
	if o.lost != nil {
		o.lost.end()
	}
	if o.asking != nil {
		o.asking.end()
	}
}

// newWindow makes a window of the program.
func newWindow(a fyne.App, icon fyne.Resource) fyne.Window {
	w := a.NewWindow(ProgramName)
	if icon != nil {
		w.SetIcon(icon)
	}
	return w
}

// setTheme gives the program its look. The same look is not set again: the
// toolkit would read the faces anew.
func setTheme(a fyne.App, fonts ui.Fonts, textSize float32) {
	if now, ok := a.Settings().Theme().(*ui.Theme); !ok || !now.Is(fonts, textSize) {
		a.Settings().SetTheme(ui.NewTheme(fonts, textSize))
	}
}
