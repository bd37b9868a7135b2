package app

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"sync"

	"renkei/app/ledger"
	"renkei/app/store"
	"renkei/models"
	"renkei/models/fee"
)

// lates caches the answers of AfterClosing for one revision.
type lates struct {
	mu       sync.Mutex
	revision int64
	of       map[models.Month][]fee.AfterClosing
}

// AfterClosing returns 締め後の変更 of every closing of a month, newest closing
// first: what it kept compared with today, and the records that caused the
// differences (from the audit log). The result is cached and shared: never
// change it.
func (a *App) AfterClosing(ctx context.Context, month models.Month) ([]fee.AfterClosing, error) {
	judged, err := a.Judged(ctx)
	if err != nil {
		return nil, err
	}
	a.late.mu.Lock()
	defer a.late.mu.Unlock()
	if a.late.of == nil || a.late.revision != judged.Revision {
		a.late.revision, a.late.of = judged.Revision, make(map[models.Month][]fee.AfterClosing)
	}
	if known, ok := a.late.of[month]; ok {
		return known, nil
	}
	var all []fee.AfterClosing
	for _, closing := range judged.Facts.Book.Closings {
		if closing.Month != month {
			continue
		}
		of, err := a.afterClosing(ctx, judged, closing)
		if err != nil {
			return nil, err
		}
		all = append(all, of)
	}
	slices.SortFunc(all, func(x, y fee.AfterClosing) int { return cmp.Compare(y.Closing.Number, x.Closing.Number) })
	a.late.of[month] = all
	return all, nil
}

func (a *App) afterClosing(ctx context.Context, judged *Judged, closing models.Closing) (fee.AfterClosing, error) {
	kept := judged.Facts.Book.ClosedVerdictsOf(closing)
	if len(kept) == 0 {
		log, err := a.changesAfter(ctx, closing)
		return fee.AfterClosing{Closing: closing, Log: log}, err
	}
	after, err := fee.CompareClosed(kept, judged.Verdicts, judged.Facts.Book, closing)
	if err != nil {
		return after, err
	}
	var past store.Past
	var last map[store.RecordRef]store.AuditEntry
	revision := int64(kept[0].Version)
	if err := a.store.Read(ctx, func(view store.View) (err error) {
		if past, err = view.Past(revision); err == nil {
			last, err = view.LastChanges(revision)
		}
		return err
	}); err != nil {
		return after, err
	}
	return after, newCauses(judged, &after, kept, past, last).find()
}

// changesAfter lists the edits of sessions of a month after a closing that kept
// no verdicts, oldest first.
func (a *App) changesAfter(ctx context.Context, closing models.Closing) ([]models.LateChange, error) {
	entries, err := store.AuditAfter(ctx, a.store, "共同指導", &closing)
	if err != nil {
		return nil, err
	}
	var changes []models.LateChange
	for _, e := range entries {
		lines, in, err := sessionChange(e, closing.Month)
		if err != nil {
			return nil, err
		}
		if in {
			changes = append(changes, models.LateChange{At: e.At, Actor: e.Actor, Session: e.Key, Lines: lines})
		}
	}
	return changes, nil
}

// sessionChange describes an audit row of a session. in is true if its day,
// before or after, is in the month.
func sessionChange(e store.AuditEntry, month models.Month) (lines []string, in bool, err error) {
	before, after, err := store.Audited[models.JointGuidance](e)
	if err != nil {
		return nil, false, err
	}
	for _, g := range []*models.JointGuidance{before, after} {
		in = in || g != nil && g.On.Month() == month
	}
	d := ledger.Since{Added: before == nil, Removed: after == nil}
	if !d.Added && !d.Removed {
		d.Changes = ledger.Changes(before, after)
	}
	return changeLines(d), in, nil
}

// changeLines describes the change of a record, one line per field.
func changeLines(d ledger.Since) []string {
	switch {
	case d.Added:
		return []string{"新しい記録"}
	case d.Removed:
		return []string{"削除"}
	}
	var lines []string
	for _, c := range d.Changes {
		lines = append(lines, fmt.Sprintf("%s: %s → %s", c.Column, cmp.Or(c.Before, "空欄"), cmp.Or(c.After, "空欄")))
	}
	return lines
}
