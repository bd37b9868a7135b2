package app

import (
	"context"
	"slices"
	"strings"

	"renkei/app/store"
	"renkei/models"
)

// Record is an entity of the register.
type Record interface{ store.Record }

// edit is the transaction of a Do.
type edit struct {
	tx     *store.Tx
	number string   // the code of the first New record
	failed []func() // puts back what New wrote into the caller's records
}

// Step is one change of a record within a Do. draft makes it in a book instead,
// for an Effect.
type Step struct {
	do    func(e *edit) (undo Step, err error)
	draft func(d *store.Draft) error
}

// Number stands in the words of a Do for the code its first New record gets.
const Number = "{番号}"

// New saves a new record. A blank code is given in the transaction, so that two
// programs never give one number to two records. The record saved is written
// back into *row once the step has run, and taken out again when the
// transaction fails: a later step that needs its code is made with Then.
func New[T Record](row *T) Step {
	return Step{draft: func(d *store.Draft) error { return store.DraftNew(d, row) }, do: func(e *edit) (Step, error) {
		given := *row
		e.failed = append(e.failed, func() { *row = given })
		store.SetVersion(row, 0)
		if err := store.Put(e.tx, row); err != nil {
			return Step{}, err
		}
		if e.number == "" {
			e.number = store.CodeOf(row)
		}
		return Remove(*row), nil
	}}
}

// EntryProblems returns what is wrong with a record as it is typed (see
// models.EntryProblems). A blank code that New will give is no fault.
func EntryProblems[T interface {
	Record
	models.Dated
}](row, was T, today models.Date) models.Problems {
	return models.EntryProblems(store.WithCode(row), was, today)
}

// Then makes steps inside the transaction, after those before it have run.
func Then(build func() []Step) Step {
	return Step{
		do:    func(e *edit) (Step, error) { return all(build()).do(e) },
		draft: func(d *store.Draft) error { return all(build()).draft(d) },
	}
}

// all makes one step of several.
func all(steps []Step) Step {
	draft := func(d *store.Draft) error {
		for _, step := range steps {
			if err := step.draft(d); err != nil {
				return err
			}
		}
		return nil
	}
	return Step{draft: draft, do: func(e *edit) (Step, error) {
		var back []Step
		for _, step := range steps {
			undo, err := step.do(e)
			if err != nil {
				return Step{}, err
			}
			back = append(back, undo)
		}
		slices.Reverse(back)
		return all(back), nil
	}}
}

// Put saves a record: a new one when its Version is 0, else the one with that
// key, which nobody may have changed since it was read (models.Conflict).
func Put[T Record](row T) Step {
	return Step{draft: func(d *store.Draft) error { return store.DraftPut(d, row) }, do: func(e *edit) (Step, error) {
		before, err := store.Get(e.tx, &row)
		if err != nil {
			return Step{}, err
		}
		if err := store.Put(e.tx, &row); err != nil {
			return Step{}, err
		}
		if before == nil {
			return Remove(row), nil
		}
		return restore(*before, row), nil
	}}
}

// Remove deletes a record that nobody has changed since it was read. One that
// others refer to is kept, with an error saying so.
func Remove[T Record](row T) Step {
	return Step{draft: func(d *store.Draft) error { return store.DraftRemove(d, row) }, do: func(e *edit) (Step, error) {
		before, err := store.Get(e.tx, &row)
		if err != nil {
			return Step{}, err
		}
		if err := store.Delete(e.tx, &row); err != nil {
			return Step{}, err
		}
		return create(*before), nil
	}}
}

// restore puts back what a Put changed, if nobody has changed it since.
func restore[T Record](before, after T) Step {
	return Step{draft: func(d *store.Draft) error { return store.DraftPut(d, before) }, do: func(e *edit) (Step, error) {
		store.SetVersion(&before, store.VersionOf(&after))
		if err := store.Put(e.tx, &before); err != nil {
			return Step{}, err
		}
		store.SetVersion(&after, store.VersionOf(&before))
		return restore(after, before), nil
	}}
}

// create brings back what a Remove deleted.
func create[T Record](row T) Step {
	return Step{draft: func(d *store.Draft) error { return store.DraftPut(d, row) }, do: func(e *edit) (Step, error) {
		store.SetVersion(&row, 0)
		if err := store.Put(e.tx, &row); err != nil {
			return Step{}, err
		}
		return Remove(row), nil
	}}
}

// Undo takes a saved edit back, as long as nobody has changed its records
// since. What names the edit: 「やり取り K0123 の登録」.
type Undo struct {
	What string
	back Step
}

// Do makes the changes in one transaction: all or, with any error, none. In
// what, Number stands for the code the first New record gets.
func (a *App) Do(ctx context.Context, what string, steps ...Step) (*Undo, error) {
	undo, e := &Undo{}, &edit{}
	err := a.store.Write(ctx, a.config.Actor, func(tx *store.Tx) (err error) {
		e.tx = tx
		undo.back, err = all(steps).do(e)
		undo.What = strings.ReplaceAll(what, Number, e.number)
		return err
	})
	if err != nil {
		for _, putBack := range e.failed {
			putBack()
		}
		return nil, err
	}
	return undo, nil
}

// TakeBack undoes an edit and returns what would do it again.
func (a *App) TakeBack(ctx context.Context, undo *Undo) (*Undo, error) {
	again, err := a.Do(ctx, undo.What, undo.back)
	if models.ErrorCode(err) == models.Conflict {
		return nil, models.Wrap(err, models.Conflict, "%sは、あとから変更されているため元に戻せません", undo.What)
	}
	return again, err
}
