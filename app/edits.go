package app

import (
	"context"
	"slices"

	"renkei/app/store"
	"renkei/models"
)

// Record is an entity of the register.
type Record interface{ store.Record }

// Step is one change of a record within an Edit.
type Step struct {
	do func(tx *store.Tx) (undo Step, err error)
}

// Put saves a record: a new one when its Version is 0, else the one with that
// key, which nobody may have changed since it was read (models.Conflict).
func Put[T Record](row T) Step {
	return Step{func(tx *store.Tx) (Step, error) {
		before, err := store.Get(tx, &row)
		if err != nil {
			return Step{}, err
		}
		if err := store.Put(tx, &row); err != nil {
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
	return Step{func(tx *store.Tx) (Step, error) {
		before, err := store.Get(tx, &row)
		if err != nil {
			return Step{}, err
		}
		if err := store.Delete(tx, &row); err != nil {
			return Step{}, err
		}
		return create(*before), nil
	}}
}

// restore puts back what a Put changed, if nobody has changed it since.
func restore[T Record](before, after T) Step {
	return Step{func(tx *store.Tx) (Step, error) {
		store.SetVersion(&before, store.VersionOf(&after))
		if err := store.Put(tx, &before); err != nil {
			return Step{}, err
		}
		store.SetVersion(&after, store.VersionOf(&before))
		return restore(after, before), nil
	}}
}

// create brings back what a Remove deleted.
func create[T Record](row T) Step {
	return Step{func(tx *store.Tx) (Step, error) {
		store.SetVersion(&row, 0)
		if err := store.Put(tx, &row); err != nil {
			return Step{}, err
		}
		return Remove(row), nil
	}}
}

// Undo takes a saved edit back, as long as nobody has changed its records
// since. What names the edit: 「やり取り K0123 の登録」.
type Undo struct {
	What  string
	steps []Step
}

// Do makes the changes in one transaction: all or, with any error, none.
func (a *App) Do(ctx context.Context, what string, steps ...Step) (*Undo, error) {
	undo := &Undo{What: what}
	err := a.store.Write(ctx, a.config.Actor, func(tx *store.Tx) error {
		for _, step := range steps {
			back, err := step.do(tx)
			if err != nil {
				return err
			}
			undo.steps = append(undo.steps, back)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	slices.Reverse(undo.steps)
	return undo, nil
}

// TakeBack undoes an edit and returns what would do it again.
func (a *App) TakeBack(ctx context.Context, undo *Undo) (*Undo, error) {
	again, err := a.Do(ctx, undo.What, undo.steps...)
	if models.ErrorCode(err) == models.Conflict {
		return nil, models.Wrap(err, models.Conflict, "%sは、あとから変更されているため元に戻せません", undo.What)
	}
	return again, err
}
