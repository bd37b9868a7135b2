package app

import (
	"context"
	"errors"
	"time"

	"renkei/app/store"
	"renkei/models"
)

// decideTries is how often something is decided anew because somebody saved in
// the meantime.
const decideTries = 10

// errMoved says that the register changed since something was decided.
var errMoved = errors.New("the register changed meanwhile")

// decided makes the changes that decide works out from a part of the register, and
// on no other state than the one it saw: where somebody saved in between, it is
// asked again. So nothing is confirmed in a month that a colleague closes at the
// same time. at is the instant by the clock of the register.
func (a *App) decided(ctx context.Context, what string, part models.Part, decide func(judged *Judged, at string) ([]Step, error)) (*Undo, error) {
	for range decideTries {
		judged, err := a.Judged(ctx, part)
		if err != nil {
			return nil, err
		}
		now, err := a.store.Clock(ctx)
		if err != nil {
			return nil, err
		}
		steps, err := decide(judged, now.UTC().Format(time.RFC3339))
		if err != nil {
			return nil, err
		}
		undo, err := a.Do(ctx, what, append([]Step{unmoved(judged.Revision)}, steps...)...)
		if !errors.Is(err, errMoved) {
			return undo, err
		}
	}
	return nil, models.Errorf(models.Conflict, "ほかの画面が続けて保存しているため、保存できませんでした（%s）。少し待って、もう一度行ってください", what)
}

// unmoved lets a transaction go on only if nobody has written since a revision.
func unmoved(revision int64) Step {
	return Step{draft: func(*store.Draft) error { return nil }, do: func(e *edit) (Step, error) {
		if e.tx.Found() != revision {
			return Step{}, models.Wrap(errMoved, models.Conflict, "ほかの人がいま保存しました。もう一度行ってください")
		}
		return all(nil), nil
	}}
}
