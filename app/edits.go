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
	failed []func() // undo what New wrote into the caller's records
	turns  []turn
}

// Step is one change of a record within a Do. draft makes the same change in a
// book, for an Effect.
type Step struct {
	do    func(e *edit) (undo Step, err error)
	draft func(d *store.Draft) error
	// about is the record that the step saves or deletes; nil for a step that has
	// none of its own.
	about clashing
}

// Number is the placeholder in the words of a Do for the code of its first New
// record.
const Number = "{番号}"

// New saves a new record. A blank code is assigned inside the transaction, so
// that two programs never assign the same number. The saved record is written
// back into *row when the step has run, and reset if the transaction fails. A
// later step that needs its code must be made with Then.
func New[T Record](row *T) Step {
	return Step{
		about: put[T]{row, func(merged T) Step { return join(row, merged) }},
		draft: func(d *store.Draft) error { return store.DraftNew(d, row) },
		do: func(e *edit) (Step, error) {
			restoring(e, row)
			store.SetVersion(row, 0)
			if err := store.Put(e.tx, row); err != nil {
				return Step{}, err
			}
			if e.number == "" {
				e.number = store.CodeOf(row)
			}
			return Remove(*row), nil
		},
	}
}

// restoring puts back what stands in the caller's record if the transaction fails.
func restoring[T any](e *edit, row *T) {
	given := *row
	e.failed = append(e.failed, func() { *row = given })
}

// join saves what was merged with a record that somebody else registered under the
// key of the new one in *row, which it becomes.
func join[T Record](row *T, merged T) Step {
	return Step{
		about: put[T]{&merged, func(merged T) Step { return join(row, merged) }},
		draft: func(d *store.Draft) error { return store.DraftPut(d, merged) },
		do: func(e *edit) (Step, error) {
			restoring(e, row)
			*row = merged
			return replace(e, row)
		},
	}
}

// Entered is a record that a person enters by hand.
type Entered interface {
	Record
	models.Dated
}

// IsNew reports whether a record was never saved: its Version is 0.
func IsNew[T Record](row T) bool { return store.VersionOf(&row) == 0 }

// EntryProblems returns what is wrong with a record as it is typed (see
// models.EntryProblems). A blank code that New will give is no fault.
func EntryProblems[T Entered](row, was T, today models.Date) models.Problems {
	return models.EntryProblems(store.WithCode(row), was, today)
}

// Then makes steps inside the transaction, after those before it have run.
func Then(build func() []Step) Step {
	return Step{
		do:    func(e *edit) (Step, error) { return all(build()).do(e) },
		draft: func(d *store.Draft) error { return all(build()).draft(d) },
	}
}

// all combines steps into one.
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

// Put saves a record: a new one if its Version is 0, else the one with its key.
// It fails with models.Conflict if somebody changed the record since it was
// read.
func Put[T Record](row T) Step {
	return Step{
		about: put[T]{&row, Put[T]},
		draft: func(d *store.Draft) error { return store.DraftPut(d, row) },
		do: func(e *edit) (Step, error) {
			saved := row
			return replace(e, &saved)
		},
	}
}

// replace saves a record and returns what puts the one before it back.
func replace[T Record](e *edit, row *T) (undo Step, err error) {
	before, err := store.Get(e.tx.View, row)
	if err != nil {
		return Step{}, err
	}
	if err := store.Put(e.tx, row); err != nil {
		return Step{}, err
	}
	if before == nil {
		return Remove(*row), nil
	}
	return restore(*before, *row), nil
}

// Remove deletes a record. It fails with models.Conflict if somebody changed it
// since it was read, and if other records refer to it.
func Remove[T Record](row T) Step {
	return Step{
		about: removal[T]{row},
		draft: func(d *store.Draft) error { return store.DraftRemove(d, row) },
		do: func(e *edit) (Step, error) {
			before, err := store.Get(e.tx.View, &row)
			if err != nil {
				return Step{}, err
			}
			if err := store.Delete(e.tx, &row); err != nil {
				return Step{}, err
			}
			return create(*before), nil
		},
	}
}

// restore undoes a Put, unless somebody changed the record since.
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

// create restores what a Remove deleted.
func create[T Record](row T) Step {
	return Step{draft: func(d *store.Draft) error { return store.DraftPut(d, row) }, do: func(e *edit) (Step, error) {
		store.SetVersion(&row, 0)
		if err := store.Put(e.tx, &row); err != nil {
			return Step{}, err
		}
		return Remove(row), nil
	}}
}

// Undo takes back a saved edit, unless somebody changed its records since. What
// names the edit: 「やり取り K0123 の登録」.
type Undo struct {
	What  string
	back  Step
	turns []turn // what the edit did to 確定
}

// Do makes the changes in one transaction: all of them, or none on any error.
// In what, Number is replaced by the code of the first New record.
func (a *App) Do(ctx context.Context, what string, steps ...Step) (*Undo, error) {
	undo, e := &Undo{}, &edit{}
	err := a.store.Write(ctx, a.config.Actor, func(tx *store.Tx) (err error) {
		e.tx = tx
		undo.back, err = all(steps).do(e)
		undo.What, undo.turns = strings.ReplaceAll(what, Number, e.number), e.turns
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

// TakeBack undoes an edit and returns the Undo that would redo it. Of a 確定 it
// refuses what Confirm and Unconfirm refuse: anything in a closed month (Invalid),
// and a 確定 that today's verdict no longer bears out (Conflict).
func (a *App) TakeBack(ctx context.Context, undo *Undo) (*Undo, error) {
	if len(undo.turns) == 0 {
		return a.Do(ctx, undo.What, undo.unchanged())
	}
	return a.decided(ctx, undo.What, models.Part{Numbers: turned(undo.turns)}, func(judged *Judged, _ string) ([]Step, error) {
		for _, t := range undo.turns {
			if err := t.back().refuse(judged); err != nil {
				return nil, err
			}
		}
		return []Step{undo.unchanged()}, nil
	})
}

// unchanged takes the edit back where nobody changed its records since.
func (u *Undo) unchanged() Step {
	return Step{draft: u.back.draft, do: func(e *edit) (Step, error) {
		again, err := u.back.do(e)
		if models.ErrorCode(err) == models.Conflict {
			err = models.Wrap(err, models.Conflict, "%sは、あとから変更されているため元に戻せません", u.What)
		}
		return again, err
	}}
}
