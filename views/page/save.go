package page

import (
	"context"
	"strings"

	"renkei/app"
)

// Register is what every page that shows or edits records asks of the use
// cases.
type Register interface {
	// Judged returns the whole register with its verdicts, as of now.
	Judged(ctx context.Context) (*app.Judged, error)
	// Do makes changes in one transaction.
	Do(ctx context.Context, what string, steps ...app.Step) (*app.Undo, error)
	// TakeBack undoes changes and returns what would make them again.
	TakeBack(ctx context.Context, undo *app.Undo) (*app.Undo, error)
}

// NotYet stands where the number of a new record will: it is given when the
// record is saved.
const NotYet = "（保存時に付きます）"

// Save makes changes in the background, says so with 元に戻す, and tells every
// page; in what, app.Number stands for the number given. done is called on the
// window's goroutine, with the error (shown already) or nil; it may be nil.
func Save(s Shell, r Register, what string, done func(error), steps ...app.Step) {
	Change(s, r, what, done, func(ctx context.Context) (*app.Undo, error) { return r.Do(ctx, what, steps...) })
}

// Change is Save for a use case of its own that can be taken back.
func Change(s Shell, r Register, what string, done func(error), do func(context.Context) (*app.Undo, error)) {
	var undo *app.Undo
	s.Do(func(ctx context.Context) (err error) {
		undo, err = do(ctx)
		return err
	}, func(err error) {
		if err != nil {
			s.ShowError(strings.ReplaceAll(what, " "+app.Number+" ", ""), err)
		}
		if done != nil {
			done(err)
		}
		if err == nil {
			if strings.Contains(what, app.Number) {
				what = undo.What
			}
			s.SayUndo(what+"をしました", func() { takeBack(s, r, undo) })
			s.Changed()
		}
	})
}

func takeBack(s Shell, r Register, undo *app.Undo) {
	var again *app.Undo
	s.Do(func(ctx context.Context) (err error) {
		again, err = r.TakeBack(ctx, undo)
		return err
	}, func(err error) {
		if err != nil {
			s.ShowError("元に戻すこと", err)
			return
		}
		s.SayUndo(undo.What+"を元に戻しました", func() { takeBack(s, r, again) })
		s.Changed()
	})
}
