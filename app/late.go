package app

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"

	"renkei/app/ledger"
	"renkei/app/store"
	"renkei/models"
	"renkei/models/fee"
)

// lates are the answers of AfterClosing so far.
type lates struct {
	mu sync.Mutex
	of map[models.Month][]fee.AfterClosing
}

// AfterClosing returns 締め後の変更 of every closing of a month, newest closing
// first: what it kept compared with today, and the records that caused the
// differences (from the audit log). The result is cached and shared: never
// change it.
func (a *App) AfterClosing(ctx context.Context, month models.Month) ([]fee.AfterClosing, error) {
	claims, err := a.ClaimMonth(ctx, "", func(models.Month, []models.Month) models.Month { return month })
	return claims.Late, err
}

// ClaimMonth is a month as 算定 shows it, all of it as of one revision.
type ClaimMonth struct {
	Month  models.Month
	Judged *Judged            // the patients of the month
	Late   []fee.AfterClosing // see AfterClosing
}

// ClaimMonth reads the month that choose names, given the month of the session
// with a 指導番号 (0 if there is no such session, or it has no day) and the months with
// sessions, newest first.
func (a *App) ClaimMonth(ctx context.Context, number string, choose func(of models.Month, months []models.Month) models.Month) (claims ClaimMonth, err error) {
	err = a.store.Read(ctx, func(view store.View) error {
		extent, err := view.Extent()
		if err != nil {
			return err
		}
		on, err := view.GuidedOn(number)
		if err != nil {
			return err
		}
		claims.Month = choose(on.Month(), extent.Months)
		if claims.Judged, err = a.judgedIn(ctx, view, models.Part{Month: claims.Month}); err != nil {
			return err
		}
		claims.Late, err = claims.Judged.afterClosings(ctx, view, claims.Month)
		return err
	})
	return claims, err
}

func (j *Judged) afterClosings(ctx context.Context, view store.View, month models.Month) ([]fee.AfterClosing, error) {
	j.late.mu.Lock()
	defer j.late.mu.Unlock()
	if known, ok := j.late.of[month]; ok {
		return known, nil
	}
	var all []fee.AfterClosing
	for _, closing := range j.Facts.Book.Closings {
		if closing.Month != month {
			continue
		}
		of, err := j.afterClosing(ctx, view, closing)
		if err != nil {
			return nil, err
		}
		all = append(all, of)
	}
	slices.SortFunc(all, func(x, y fee.AfterClosing) int { return cmp.Compare(y.Closing.Number, x.Closing.Number) })
	if j.late.of == nil {
		j.late.of = make(map[models.Month][]fee.AfterClosing)
	}
	j.late.of[month] = all
	return all, nil
}

func (j *Judged) afterClosing(ctx context.Context, view store.View, closing models.Closing) (fee.AfterClosing, error) {
	kept := j.Facts.Book.ClosedVerdictsOf(closing)
	if len(kept) == 0 {
		log, err := changesAfter(view, closing)
		return fee.AfterClosing{Closing: closing, Log: log}, err
	}
	after, err := fee.CompareClosed(kept, j.Verdicts, j.Facts.Book, closing)
	if err != nil {
		return after, err
	}
	revision := int64(kept[0].Version)
	patients := patientsOf(&after, kept)
	now := ofPatients(j.Facts.Book, patients)
	about := store.About{Patients: slices.Sorted(maps.Keys(patients)), Contacts: j.Facts.Params.RoutineSubstitutes}
	for i := range now.Sessions {
		about.Numbers = append(about.Numbers, now.Sessions[i].Number)
	}
	for i := range kept {
		about.Numbers = append(about.Numbers, kept[i].Session)
	}
	past, err := view.PastOf(revision, about)
	if err != nil {
		return after, err
	}
	if changedRoutine(past) {
		// やり取り stood for 会議 at the closing, or do so only since.
		about.Contacts = true
		if past, err = view.PastOf(revision, about); err != nil {
			return after, err
		}
		if now.Contacts, err = store.All[models.Contact](view); err != nil {
			return after, err
		}
	}
	last, err := view.LastChanges(revision, about)
	if err != nil {
		return after, err
	}
	return after, newCauses(j, &after, now, past, last).find(ctx)
}

// changedRoutine reports whether the row of 設定 was changed by which やり取り stand
// for 会議.
func changedRoutine(past store.Past) bool {
	is := func(s models.Setting) bool { return s.Key == "routine_contact_can_substitute" }
	return slices.ContainsFunc(past.Before.Settings, is) || slices.ContainsFunc(past.Added.Settings, is)
}

// changesAfter lists what was changed in the sessions of a month after a closing
// that kept no verdicts, oldest first.
func changesAfter(view store.View, closing models.Closing) ([]models.LateChange, error) {
	entries, err := store.AuditAfter(view, "共同指導", &closing)
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
