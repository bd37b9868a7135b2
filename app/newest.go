package app

import (
	"context"

	"renkei/app/store"
	"renkei/models"
)

// EachContact passes the やり取り, newest first and without their 職員, in lists of
// some thousands until fn returns false. All are of one revision.
func (a *App) EachContact(ctx context.Context, fn func([]models.Contact) bool) error {
	return a.store.Read(ctx, func(view store.View) error { return view.EachContact(fn) })
}

// EachSession passes the 共同指導 in the same way, those without a 指導日 last: of
// each its key and its number, 指導日, 方法 and care manager.
func (a *App) EachSession(ctx context.Context, fn func([]models.JointGuidance) bool) error {
	return a.store.Read(ctx, func(view store.View) error { return view.EachSession(fn) })
}

// ContactedOn returns the 日付 of a やり取り, blank if there is no such one.
func (a *App) ContactedOn(ctx context.Context, number string) (on models.Date, err error) {
	err = a.store.Read(ctx, func(view store.View) error {
		on, err = view.ContactedOn(number)
		return err
	})
	return on, err
}

// ContactCount counts the やり取り of the register.
func (a *App) ContactCount(ctx context.Context) (count int, err error) {
	err = a.store.Read(ctx, func(view store.View) error {
		count, err = view.ContactCount()
		return err
	})
	return count, err
}
