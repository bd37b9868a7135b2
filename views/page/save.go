package page

import (
	"context"
	"strings"

	"renkei/app"
	"renkei/models"
	"renkei/views/ui"
	"renkei/views/words"
)

// Desk is what every page that shows or edits records asks of the use cases. A
// page that asks for more has a Desk of its own, which holds this one.
type Desk interface {
	// Judged returns the whole register with its verdicts, as of now.
	Judged(ctx context.Context, part models.Part) (*app.Judged, error)
	// Effect works out what a Do of the steps would change in the verdicts.
	Effect(ctx context.Context, steps ...app.Step) (app.Effect, error)
	// Do makes changes in one transaction.
	Do(ctx context.Context, what string, steps ...app.Step) (*app.Undo, error)
	// TakeBack undoes changes and returns what would make them again.
	TakeBack(ctx context.Context, undo *app.Undo) (*app.Undo, error)
}

// NotYet stands where the number of a new record will: it is given when the
// record is saved.
const NotYet = "（保存時に付きます）"

// ErrRefused is what done of a Save gets when the user chose もどる.
var ErrRefused error = models.Errorf(models.Canceled, "保存をやめました")

// Save makes changes in the background, says so with 元に戻す, and tells every
// page. what names the changes; app.Number in it stands for the number given.
// Save asks the user first when the changes touch what 医事課 confirmed or closed,
// or leave records without a period of their 職員 or 病棟. done is called on the
// window's goroutine with nil or an error, which was shown already. done may be
// nil.
func Save(s Shell, desk Desk, what string, done func(error), steps ...app.Step) {
	var e app.Effect
	s.Do(func(ctx context.Context) (err error) {
		e, err = desk.Effect(ctx, steps...)
		return err
	}, func(err error) {
		save := func() {
			change(s, desk, what, words.Afterwards(e), done, func(ctx context.Context) (*app.Undo, error) { return desk.Do(ctx, what, steps...) })
		}
		question := words.BeforeSaving(e)
		switch {
		case err != nil:
			failed(s, what, done, err)
		case question == "":
			save()
		default:
			dialog := ui.Ask(s.Canvas(), "保存してよいですか", question, "保存する", "もどる", save)
			dialog.OnRefused = func() {
				if done != nil {
					done(ErrRefused)
				}
			}
		}
	})
}

// Change is Save for any use case that can be taken back. It asks nothing.
func Change(s Shell, desk Desk, what string, done func(error), do func(context.Context) (*app.Undo, error)) {
	change(s, desk, what, "", done, do)
}

// failed shows the error of a save.
func failed(s Shell, what string, done func(error), err error) {
	s.ShowError(strings.ReplaceAll(what, " "+app.Number+" ", ""), err)
	if done != nil {
		done(err)
	}
}

// change makes a change and says so, and what came of it besides.
func change(s Shell, desk Desk, what, besides string, done func(error), do func(context.Context) (*app.Undo, error)) {
	var undo *app.Undo
	s.Do(func(ctx context.Context) (err error) {
		undo, err = do(ctx)
		return err
	}, func(err error) {
		if err != nil {
			failed(s, what, done, err)
			return
		}
		if done != nil {
			done(nil)
		}
		if strings.Contains(what, app.Number) {
			what = undo.What
		}
		s.SayUndo(what+"をしました"+besides, func() { takeBack(s, desk, undo) })
		s.Changed()
	})
}

func takeBack(s Shell, desk Desk, undo *app.Undo) {
	var again *app.Undo
	s.Do(func(ctx context.Context) (err error) {
		again, err = desk.TakeBack(ctx, undo)
		return err
	}, func(err error) {
		if err != nil {
			s.ShowError("元に戻すこと", err)
			return
		}
		s.SayUndo(undo.What+"を元に戻しました", func() { takeBack(s, desk, again) })
		s.Changed()
	})
}
