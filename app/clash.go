package app

import (
	"context"
	"slices"
	"strings"
	"time"

	"renkei/app/ledger"
	"renkei/app/store"
	"renkei/models"
)

// Clashes are the records of an edit that somebody else changed since the user
// read them, and the edit that keeps what both did.
type Clashes struct {
	Of    []*Clash
	steps []Step
}

// ClashKind is what happened to a record meanwhile.
type ClashKind int

// The kinds.
const (
	ChangedToo    ClashKind = iota // both changed it
	AddedToo                       // both registered it under the same key
	GoneMeanwhile                  // they deleted what the user changed
	RemovedAnyway                  // they changed what the user deletes
	RemovedToo                     // both deleted it
)

// Clash is one such record.
type Clash struct {
	Kind       ClashKind
	Sheet, Key string
	Name       string // what users know the record by: 氏名, 名称
	// Last is who changed or deleted it last, and when.
	Last Author
	// Kept are the values that only they changed. Of a deletion they are all that
	// they changed.
	Kept []ClashField
	// Contested are the values that both changed: the user chooses of each.
	Contested []ClashField

	settle func(steps []Step) // puts the edit that keeps both in the place of the old one
}

// ClashField is a field with what the user and the other made of it, as the
// ledger book writes values, with the names behind codes.
type ClashField struct {
	Name         string
	Mine, Theirs string
	By           Author // who made it theirs
	Memo         bool   // both can be kept: see Both
	Chosen       Side
}

// Side is whose value of a field is saved.
type Side int

// Nobody's yet, the user's own, the other's, and of a memo both, the user's own after
// the other's.
const (
	Neither Side = iota
	Mine
	Theirs
	Both
)

// Author is who did something, and when; zero if the audit log does not know.
type Author struct {
	Name string
	At   time.Time
}

// Clashes finds out why a Do of these steps met a models.Conflict. None of the
// records is known to have changed if the result has no Clash.
func (a *App) Clashes(ctx context.Context, steps ...Step) (*Clashes, error) {
	c := &Clashes{steps: slices.Clone(steps)}
	err := a.store.Read(ctx, func(v store.View) error {
		for i, step := range steps {
			if step.about == nil {
				continue
			}
			clash, err := step.about.clash(v, c.steps, i)
			if err != nil {
				return err
			}
			if clash != nil {
				c.Of = append(c.Of, clash)
			}
		}
		return nil
	})
	if err != nil || len(c.Of) == 0 {
		return c, err
	}
	frame, err := a.Judged(ctx, models.Part{})
	if err == nil {
		c.name(frame.Facts)
	}
	return c, err
}

// Open reports whether there is something the user must decide.
func (c *Clashes) Open() bool {
	return slices.ContainsFunc(c.Of, func(of *Clash) bool {
		return of.Kind == GoneMeanwhile || of.Kind == RemovedAnyway || len(of.Contested) > 0
	})
}

// Chosen reports whether a side is chosen for every contested value.
func (c *Clashes) Chosen() bool {
	return !slices.ContainsFunc(c.Of, func(of *Clash) bool {
		return slices.ContainsFunc(of.Contested, func(f ClashField) bool { return f.Chosen == Neither })
	})
}

// Steps returns the edit that keeps what both did. Where nothing is chosen the
// value is the user's.
func (c *Clashes) Steps() []Step {
	steps := slices.Clone(c.steps)
	for _, of := range c.Of {
		of.settle(steps)
	}
	return slices.DeleteFunc(steps, func(s Step) bool { return s.do == nil })
}

// clashing is the record of a step.
type clashing interface {
	// clash compares it with the stored one, nil where that was not changed
	// meanwhile. It is that of the step at a place among those of an edit.
	clash(v store.View, steps []Step, at int) (*Clash, error)
}

// put is a Step that saves a record.
type put[T Record] struct {
	row *T
	// again makes the step of another record in its place.
	again func(T) Step
}

// clash compares a record to save with the stored one.
func (p put[T]) clash(v store.View, _ []Step, at int) (*Clash, error) {
	mine := *p.row
	version := store.VersionOf(&mine)
	theirs, err := store.Get(v, &mine)
	if err != nil || theirs == nil && version == 0 || theirs != nil && store.VersionOf(theirs) == version {
		return nil, err
	}
	c, base, err := clashOf(v, &mine)
	switch {
	case err != nil:
		return nil, err
	case theirs == nil:
		c.Kind = GoneMeanwhile
		store.SetVersion(&mine, 0)
		c.settle = func(steps []Step) { steps[at] = p.again(mine) }
		return c.Clash, nil
	case version == 0:
		c.Kind = AddedToo
	}
	m := Merge(base, mine, *theirs)
	if version == 0 {
		m = MergeNew(mine, *theirs)
	}
	c.note(m, mine, *theirs)
	c.settle = func(steps []Step) { steps[at] = p.again(c.chosen(m, *theirs)) }
	return c.Clash, nil
}

// removal is a Step that deletes a record.
type removal[T Record] struct{ row T }

// clash compares a record to delete with the stored one. One that is put under
// another key by the same edit is compared with what is put there.
func (r removal[T]) clash(v store.View, steps []Step, at int) (*Clash, error) {
	theirs, err := store.Get(v, &r.row)
	if err != nil || theirs != nil && store.VersionOf(theirs) == store.VersionOf(&r.row) {
		return nil, err
	}
	c, base, err := clashOf(v, &r.row)
	if err != nil {
		return nil, err
	}
	if theirs == nil { // it is gone already
		c.Kind, c.settle = RemovedToo, func(steps []Step) { steps[at] = Step{} }
		return c.Clash, nil
	}
	if to := movedTo[T](steps); to >= 0 {
		moved := steps[to].about.(put[T])
		m := Merge(base, *moved.row, *theirs)
		c.note(m, *moved.row, *theirs)
		store.SetVersion(&m.Row, 0)
		c.settle = func(steps []Step) {
			steps[at], steps[to] = Remove(*theirs), moved.again(c.chosen(m, *theirs))
		}
		return c.Clash, nil
	}
	c.Kind = RemovedAnyway
	c.note(Merge(base, base, *theirs), base, *theirs)
	c.settle = func(steps []Step) { steps[at] = Remove(*theirs) }
	return c.Clash, nil
}

// movedTo returns the step that puts the only record which an edit removes under
// another key, -1 if there is none.
func movedTo[T Record](steps []Step) int {
	to, removed := -1, 0
	for i, s := range steps {
		p, is := s.about.(put[T])
		if is && store.VersionOf(p.row) == 0 {
			if to >= 0 {
				return -1
			}
			to = i
		}
		if _, is := s.about.(removal[T]); is {
			removed++
		}
	}
	if removed != 1 {
		return -1
	}
	return to
}

// clash is a Clash with the changes the others made.
type clash[T Record] struct {
	*Clash
	changes []store.AuditEntry
}

// clashOf returns what the audit log knows of a record since the user read it, and
// how it was then: blank if it is new.
func clashOf[T Record](v store.View, row *T) (*clash[T], T, error) {
	at := store.KeyOf(row)
	c, base := &clash[T]{Clash: &Clash{Sheet: at.Sheet, Key: at.Key, Name: ledger.NameOf(row)}}, *new(T)
	changes, err := store.ChangesOf(v, row, store.VersionOf(row))
	if err != nil || len(changes) == 0 {
		return c, base, err
	}
	c.changes, c.Last = changes, author(changes[len(changes)-1])
	was, _, err := store.Audited[T](changes[0])
	if was != nil && store.VersionOf(row) > 0 {
		base = *was
	}
	return c, base, err
}

func author(e store.AuditEntry) Author { return Author{Name: e.Actor, At: e.At} }

// note notes what a Merge keeps and what is contested.
func (c *clash[T]) note(m Merged[T], mine, theirs T) {
	field := func(f models.FieldAt[T]) ClashField {
		return ClashField{Name: f.Name, Mine: ledger.Text(f, &mine), Theirs: ledger.Text(f, &theirs), By: c.authorOf(f), Memo: f.Memo}
	}
	for _, f := range m.Kept {
		c.Kept = append(c.Kept, field(f))
	}
	for _, f := range m.Contested {
		c.Contested = append(c.Contested, field(f))
	}
}

// authorOf is who changed a field last.
func (c *clash[T]) authorOf(f models.FieldAt[T]) Author {
	for _, e := range slices.Backward(c.changes) {
		before, after, err := store.Audited[T](e)
		if err == nil && after != nil && (before == nil || !f.Same(before, after)) {
			return author(e)
		}
	}
	return c.Last
}

// chosen is the merged record with the sides chosen.
func (c *clash[T]) chosen(m Merged[T], theirs T) T {
	row := m.Row
	for i, f := range m.Contested {
		switch c.Contested[i].Chosen {
		case Theirs:
			f.Copy(&row, &theirs)
		case Both:
			if memo, is := f.At(&row).(*string); is {
				*memo = Together(*f.At(&theirs).(*string), *memo)
			}
		}
	}
	return row
}

// Together is what two people wrote into one memo: what both kept of it stands once.
func Together(theirs, mine string) string {
	if strings.HasPrefix(mine, theirs) || theirs == "" {
		return mine
	}
	if strings.HasPrefix(theirs, mine) {
		return theirs
	}
	start := 0 // of what differs, at the beginning of a line
	for i := range min(len(theirs), len(mine)) {
		if theirs[i] != mine[i] {
			break
		}
		if mine[i] == '\n' {
			start = i + 1
		}
	}
	return strings.TrimRight(theirs, "\n") + "\n" + mine[start:]
}
