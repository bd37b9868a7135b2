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
// register. What is typed is kept in drafts.
func (f *Frame) giveWay(lost *app.Lost) {
	if keeper, ok := f.page().(page.Keeper); ok {
		if err := keeper.KeepTyping(); err != nil {
			shell{f}.ShowError("書きかけを残すこと", err)
			return
		}
	}
	f.lost = newLostWindow(fyne.CurrentApp(), LostParams{
		Lost: lost, Fonts: f.p.Fonts, Icon: f.p.Icon, Log: f.p.Log, Worker: f.p.Worker, Begin: f.p.Begin,
	})
	if err := show(f.lost.window); err != nil {
		showFailure(f.window, "画面を開けませんでした", err)
		return
	}
	f.end()
	f.window.Close()
}

// finish ends all work of the window, and of one that took its place.
func (f *Frame) finish() {
	f.end()
	if f.lost != nil {
		f.lost.end()
	}
}
