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
	// Clashes finds out which records of a Do somebody else changed meanwhile.
	Clashes(ctx context.Context, steps ...app.Step) (*app.Clashes, error)
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
// or leave records without a period of their 職員 or 病棟. Where somebody else
// changed a record meanwhile, both changes are kept; the user chooses where both
// changed the same. done is called on the window's goroutine with nil or an
// error, which was shown already. done may be nil.
func Save(s Shell, desk Desk, what string, done func(error), steps ...app.Step) {
	v := saving{shell: s, desk: desk, what: what, done: done, label: func(field string) string { return field }}
	v.save(steps)
}

// Change is Save for any use case that can be taken back. It asks nothing.
func Change(s Shell, desk Desk, what string, done func(error), do func(context.Context) (*app.Undo, error)) {
	v := saving{shell: s, desk: desk, what: what, done: done}
	v.change(do, "", v.failed)
}

// saving is a save under way.
type saving struct {
	shell   Shell
	desk    Desk
	what    string
	done    func(error) // may be nil
	besides string      // what the notice says of the others' changes
	// label is the word the user knows a field by.
	label func(field string) string
}

// save asks what has to be asked and makes the changes.
func (v *saving) save(steps []app.Step) {
	var e app.Effect
	v.shell.Do(func(ctx context.Context) (err error) {
		e, err = v.desk.Effect(ctx, steps...)
		return err
	}, func(err error) {
		save := func() {
			v.change(func(ctx context.Context) (*app.Undo, error) { return v.desk.Do(ctx, v.what, steps...) }, words.Afterwards(e), func(err error) {
				if models.ErrorCode(err) == models.Conflict {
					v.meet(steps, err)
					return
				}
				v.failed(err)
			})
		}
		question := words.BeforeSaving(e)
		switch {
		case err != nil:
			v.failed(err)
		case question == "":
			save()
		default:
			ui.Ask(v.shell.Canvas(), "保存してよいですか", question, "保存する", "もどる", save).OnRefused = func() { v.finished(ErrRefused) }
		}
	})
}

// cutWords say that nothing was saved, whatever part of saving the cut met first.
const cutWords = "サーバーとのつながりが切れているため、保存していません。入力した内容は残っています。つながったら、もう一度行ってください"

// failed shows the error of a save.
func (v *saving) failed(err error) {
	if app.IsCut(err) {
		err = models.Wrap(err, models.ErrorCode(err), cutWords)
	}
	v.shell.ShowError(strings.ReplaceAll(v.what, " "+app.Number+" ", ""), err)
	v.finished(err)
}

func (v *saving) finished(err error) {
	if v.done != nil {
		v.done(err)
	}
}

// change makes a change and says so, and what came of it besides.
func (v *saving) change(do func(context.Context) (*app.Undo, error), besides string, failed func(error)) {
	var undo *app.Undo
	v.shell.Do(func(ctx context.Context) (err error) {
		undo, err = do(ctx)
		return err
	}, func(err error) {
		if err != nil {
			failed(err)
			return
		}
		v.finished(nil)
		what := v.what
		if strings.Contains(what, app.Number) {
			what = undo.What
		}
		v.shell.SayUndo(what+"をしました"+v.besides+besides, func() { takeBack(v.shell, v.desk, undo) })
		v.shell.Changed()
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
