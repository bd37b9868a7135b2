package app

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"renkei/app/store"
	"renkei/models"
	"renkei/models/fee"
)

// Feed is what was changed in the register after a revision.
type Feed = store.Feed

// Since returns what was changed after a revision, also by other processes. At
// -1 it is everything.
func (a *App) Since(ctx context.Context, revision int64) (Feed, error) {
	return a.store.Since(ctx, revision)
}

// Judged is a part of the register with the verdict of each of its sessions, as
// of one revision of the data.
//
// It is immutable. One Judged is shared by pages, commands and goroutines until
// the data changes: never change it, its Verdicts, its Facts or the Book behind
// them. Copy what you want to change, or use Effect and WhatIf to try a change.
type Judged struct {
	Revision int64
	// Part is what was asked for. The Book may hold more: all records of the
	// patients selected.
	Part     models.Part
	Extent   models.Extent // of the whole register
	Facts    *fee.Facts
	Rules    fee.Rules
	Verdicts []fee.Verdict // by 指導番号
	// Aside are the rows of 設定 that the judgement ignores.
	Aside []fee.Aside

	mends int // since it was read
	late  lates
}

// Judged returns a part of the register with its verdicts, worked out once per
// revision of the data. After a change only the records concerned are read and
// judged again. See Judged: it is shared and must not be changed.
func (a *App) Judged(ctx context.Context, part models.Part) (*Judged, error) {
	var judged *Judged
	err := a.read(ctx, part, func(j *Judged, _ store.View) error {
		judged = j
		return nil
	})
	return judged, err
}

// JudgedOnce returns what Judged does, and does not keep a part read for it: a
// large one that is asked for once would take the room of those in use.
func (a *App) JudgedOnce(ctx context.Context, part models.Part) (judged *Judged, err error) {
	err = a.store.Read(ctx, func(view store.View) error {
		revision, err := view.Revision()
		if err != nil {
			return err
		}
		if judged = a.known.get(part); judged != nil && judged.Revision == revision {
			return nil
		}
		if judged, err = a.readAnew(ctx, view, part); err != nil {
			return err
		}
		return judged.asOf(view, revision, part)
	})
	return judged, err
}

// judgedToTry returns a part to try a change on. The whole register is tried now
// and then, and not kept.
func (a *App) judgedToTry(ctx context.Context, part models.Part) (*Judged, error) {
	if part.Whole {
		return a.JudgedOnce(ctx, part)
	}
	return a.Judged(ctx, part)
}

// read runs fn over a judged part and what else is stored, both as of one
// revision.
func (a *App) read(ctx context.Context, part models.Part, fn func(*Judged, store.View) error) error {
	return a.store.Read(ctx, func(view store.View) error {
		judged, err := a.judgedIn(ctx, view, part)
		if err != nil {
			return err
		}
		return fn(judged, view)
	})
}

func (a *App) judgedIn(ctx context.Context, view store.View, part models.Part) (*Judged, error) {
	revision, err := view.Revision()
	if err != nil {
		return nil, err
	}
	old := a.known.get(part)
	if old != nil && old.Revision == revision {
		return old, nil
	}
	var judged *Judged
	if old != nil && old.Revision < revision {
		if judged, err = a.mended(ctx, view, old); err != nil {
			return nil, err
		}
	}
	if judged == nil {
		if judged, err = a.readAnew(ctx, view, part); err != nil {
			return nil, err
		}
	}
	if err := judged.asOf(view, revision, part); err != nil {
		return nil, err
	}
	a.known.put(judged)
	return judged, nil
}

// asOf notes what a part was read for, and when.
func (j *Judged) asOf(view store.View, revision int64, part models.Part) (err error) {
	j.Revision, j.Part = revision, part
	j.Extent, err = view.Extent()
	return err
}

func (a *App) readAnew(ctx context.Context, view store.View, part models.Part) (*Judged, error) {
	revision, err := view.Revision()
	if err != nil {
		return nil, err
	}
	shared := a.frameAt(revision)
	book, err := view.PartOver(shared, part)
	if err != nil {
		return nil, err
	}
	if wider := withRoutine(part, book); !wider.Whole && wider.Contacts != part.Contacts {
		if book, err = view.PartOver(shared, wider); err != nil {
			return nil, err
		}
	}
	return JudgeBook(ctx, book, a.rules)
}

// withRoutine adds the やり取り on which the sessions of a book may rest, if the
// hospital lets them stand for 会議.
func withRoutine(part models.Part, book *models.Book) models.Part {
	params, _ := fee.ParamsOf(book.Settings)
	if !params.RoutineSubstitutes {
		return part
	}
	for i := range book.Sessions {
		part = part.With(models.Part{Contacts: params.RoutineOf(&book.Sessions[i])})
	}
	return part
}

// mostMends is how often a part is mended before it is read anew: a verdict
// keeps the book alive that it was judged on.
const mostMends = 50

// mended follows the changes since a part was read. It judges again what they
// touch: everything after a change of the frame, else the patients concerned.
// It returns nil if the part has to be read anew.
func (a *App) mended(ctx context.Context, view store.View, old *Judged) (*Judged, error) {
	if old.mends >= mostMends || old.Facts.Params.RoutineSubstitutes {
		return nil, nil
	}
	feed, err := view.Since(old.Revision)
	if err != nil {
		return nil, err
	}
	book, ok, err := view.Mend(old.Facts.Book, old.Part, feed)
	if err != nil || !ok {
		return nil, err
	}
	params, aside := fee.ParamsOf(book.Settings)
	if params.RoutineSubstitutes {
		return nil, nil
	}
	judged := &Judged{Rules: a.rules, Facts: fee.NewFacts(book, params), Aside: aside, Verdicts: old.Verdicts, mends: old.mends + 1}
	switch {
	case feed.Touches(store.FrameSheets()...):
		judged.Verdicts, err = fee.JudgeAll(ctx, judged.Facts, a.rules)
	case len(feed.Patients) > 0:
		judged.Verdicts, err = rejudged(ctx, judged, feed.Patients)
	}
	return judged, err
}

// rejudged replaces the verdicts of some patients.
func rejudged(ctx context.Context, j *Judged, patients []string) ([]fee.Verdict, error) {
	of := make(map[string]bool, len(patients))
	for _, id := range patients {
		of[id] = true
	}
	now, err := fee.JudgeSome(ctx, j.Facts, j.Rules, func(s *models.JointGuidance) bool { return of[s.PatientID] })
	if err != nil {
		return nil, err
	}
	var verdicts []fee.Verdict
	for i := range j.Verdicts {
		if !of[j.Verdicts[i].Session.PatientID] {
			verdicts = append(verdicts, j.Verdicts[i])
		}
	}
	verdicts = append(verdicts, now...)
	slices.SortFunc(verdicts, fee.ByNumber)
	return verdicts, nil
}

// JudgeBook judges every session of a book under its own parameters. The only
// error is that of a cancelled ctx.
func JudgeBook(ctx context.Context, book *models.Book, rules fee.Rules) (*Judged, error) {
	params, aside := fee.ParamsOf(book.Settings)
	facts := fee.NewFacts(book, params)
	verdicts, err := fee.JudgeAll(ctx, facts, rules)
	return &Judged{Facts: facts, Rules: rules, Verdicts: verdicts, Aside: aside, Extent: book.Extent()}, err
}

// Month returns the verdicts of the sessions whose 指導日 is in the month, by
// 指導番号.
func (j *Judged) Month(month models.Month) []fee.Verdict {
	var of []fee.Verdict
	for i := range j.Verdicts {
		if j.Verdicts[i].Session.On.Month() == month {
			of = append(of, j.Verdicts[i])
		}
	}
	return of
}

// known holds the parts read last. No lock is held while one is read: two that
// ask for the same part at the same time both read it.
type known struct {
	mu    sync.Mutex
	parts []*Judged // the one used last is the last
}

// mostKnown is how many parts are kept.
const mostKnown = 12

func nameOf(part models.Part) string { return fmt.Sprintf("%+v", part) }

// get returns the part as it was read last, or nil.
func (k *known) get(part models.Part) *Judged {
	k.mu.Lock()
	defer k.mu.Unlock()
	at := slices.IndexFunc(k.parts, func(j *Judged) bool { return nameOf(j.Part) == nameOf(part) })
	if at < 0 {
		return nil
	}
	j := k.parts[at]
	k.parts = append(slices.Delete(k.parts, at, at+1), j)
	return j
}

// put keeps a part, unless a newer one is kept already.
func (k *known) put(j *Judged) {
	k.mu.Lock()
	defer k.mu.Unlock()
	at := slices.IndexFunc(k.parts, func(old *Judged) bool { return nameOf(old.Part) == nameOf(j.Part) })
	switch {
	case at >= 0 && k.parts[at].Revision > j.Revision:
		return
	case at >= 0:
		k.parts = slices.Delete(k.parts, at, at+1)
	case len(k.parts) == mostKnown:
		k.parts = slices.Delete(k.parts, 0, 1)
	}
	k.parts = append(k.parts, j)
}
