package views

import (
	"context"

	"fyne.io/fyne/v2"

	"renkei/app"
	"renkei/views/page"
	"renkei/views/ui"
)

// keep checks the file of the register beside the window, then keeps copies of
// it until the window is closed.
func (f *Frame) keep() {
	copies := func() {
		if f.p.KeepCopies != nil {
			f.p.Worker.Go(func() { f.p.KeepCopies(f.ctx, func() { f.p.Worker.UI(f.refreshStatus) }) })
		}
	}
	if f.p.Check == nil {
		copies()
		return
	}
	var lost *app.Lost
	f.p.Worker.Do(f.ctx, func(ctx context.Context) (err error) {
		lost, err = f.p.Check(ctx)
		return err
	}, func(err error) {
		if f.ctx.Err() != nil {
			return
		}
		if err != nil {
			f.p.Log.Error("the register cannot be checked", "error", err)
		}
		if lost != nil {
			f.tellOfDamage(lost)
		}
		copies()
	})
}

// tellOfDamage says that the register is damaged, and offers its copies. What is
// there can still be read.
func (f *Frame) tellOfDamage(lost *app.Lost) {
	f.refreshStatus()
	told := lost.Reason() + "\n見ることと書き出すことは、読める分だけできます。"
	ui.Ask(f.window.Canvas(), lost.Title(), told, "控えを選ぶ", "このまま見る", func() { f.giveWay(lost) })
}

// giveWay closes the window for the one that offers the copies of a damaged
// register.
func (f *Frame) giveWay(lost *app.Lost) {
	w := newLostWindow(fyne.CurrentApp(), LostParams{
		Lost: lost, Fonts: f.p.Fonts, Icon: f.p.Icon, Log: f.p.Log, Worker: f.p.Worker, Begin: f.p.Begin,
	})
	f.replace(w.window, w)
}

// open opens another register, in a new window in the place of this one.
func (f *Frame) open(how app.Beginning) {
	if f.job.running() {
		f.notice.Say(ui.Attention, "ほかの作業が終わってから、もう一度行ってください")
		return
	}
	w := newConnecting(fyne.CurrentApp(), connectingParams{
		Places: f.p.Places, How: how, Fonts: f.p.Fonts, Icon: f.p.Icon, Size: f.window.Canvas().Size(), TextSize: f.settings.TextSize,
		Log: f.p.Log, Worker: f.p.Worker, Begin: f.p.Begin,
	})
	if f.replace(w.window, w) {
		w.start()
	}
}

// replace shows another window and ends this one. What is typed is kept in drafts.
func (f *Frame) replace(w fyne.Window, next interface{ end() }) bool {
	if keeper, ok := f.page().(page.Keeper); ok {
		if err := keeper.KeepTyping(); err != nil {
			shell{f}.ShowError("書きかけを残すこと", err)
			return false
		}
	}
	if err := show(w); err != nil {
		showFailure(f.window, "画面を開けませんでした", err)
		return false
	}
	f.next = next
	f.end()
	f.window.Close()
	return true
}

// finish ends all work of the window, and of one that took its place.
func (f *Frame) finish() {
	f.end()
	if f.next != nil {
		f.next.end()
	}
}
