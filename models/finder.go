package models

import (
	"cmp"
	"slices"
	"strings"
)

// FindEntry is something a search finds: a patient, a person, an office.
type FindEntry struct {
	Key    string   // names the entry for the program
	Title  string   // the name as it is shown
	Kana   string   // its reading
	Detail string   // what tells it from others of the name: birth date, office
	Texts  []string // more it is found by: phone, office number, former names
	ID     string   // the number people know it by; leading zeros do not matter
}

// Finder searches entries held in memory. It does not change once made and may
// be used by several goroutines.
type Finder struct{ rows []findRow }

// findRow holds an entry with everything compared, folded once.
type findRow struct {
	entry FindEntry
	kana  string
	title string
	id    string // without leading zeros
	// words are the sounds of the whole reading and of each later word of it,
	// after a space each.
	words string
	rest  string // Detail and Texts, a line each
	sound string // of title and rest, where they hold kana
}

// NewFinder prepares a search over the entries. It takes about a second for a
// hundred thousand: make it beside the window, not on it.
func NewFinder(entries []FindEntry) *Finder {
	f := &Finder{rows: make([]findRow, len(entries))}
	for i, e := range entries {
		f.rows[i] = newFindRow(e)
	}
	slices.SortStableFunc(f.rows, func(a, b findRow) int {
		return cmp.Or(cmp.Compare(a.order(), b.order()), cmp.Compare(a.title, b.title))
	})
	return f
}

func newFindRow(e FindEntry) findRow {
	row := findRow{entry: e, kana: SearchKey(e.Kana), title: SearchKey(e.Title), id: trimZeros(SearchKey(e.ID))}
	var words []string
	for i, word := range strings.Fields(e.Kana) {
		if i == 0 {
			words = append(words, soundOf(row.kana))
		} else {
			words = append(words, soundOf(SearchKey(word)))
		}
	}
	row.words = strings.Join(words, " ")
	rest := []string{SearchKey(e.Detail)}
	for _, text := range e.Texts {
		rest = append(rest, SearchKey(text))
	}
	row.rest = strings.Join(rest, "\n")
	if text := row.title + "\n" + row.rest; strings.ContainsFunc(text, isKana) {
		row.sound = soundOf(text)
	}
	return row
}

func isKana(r rune) bool { return r >= firstKana && r <= lastKana }

// order is what rows are sorted by: the reading, or the name without one.
func (r *findRow) order() string {
	if r.kana == "" {
		return r.title
	}
	return r.kana
}

// Len returns the number of entries.
func (f *Finder) Len() int { return len(f.rows) }

// The ranks of what is found, best first.
const (
	rankStart = iota // the reading or the number begins with it
	rankTitle        // the name begins with it
	rankWord         // a later word of the reading begins with it
	rankPart         // it is inside the name, reading or number
	rankRest         // it is in the detail or the other texts
	rankNone
)

// Find returns at most limit entries for what was typed, in the order of rank
// and then of the reading. Words apart may each be found in another place
// (a family name and an office). Nothing typed finds nothing.
func (f *Finder) Find(query string, limit int) []FindEntry {
	q := ParseQuery(query)
	if q.Empty() || limit <= 0 {
		return nil
	}
	var words []Query
	if fields := strings.Fields(query); len(fields) > 1 {
		for _, word := range fields {
			words = append(words, ParseQuery(word))
		}
	}
	var found [rankNone][]FindEntry
	for i := range f.rows {
		row := &f.rows[i]
		rank := row.rank(q)
		if rank == rankNone && row.holdsAll(words) {
			rank = rankRest
		}
		if rank == rankNone || len(found[rank]) >= limit {
			continue
		}
		found[rank] = append(found[rank], row.entry)
		if rank == rankStart && len(found[rankStart]) == limit {
			break // nothing better comes
		}
	}
	entries := slices.Concat(found[:]...)
	return entries[:min(limit, len(entries))]
}

func (r *findRow) holdsAll(words []Query) bool {
	for _, word := range words {
		if r.rank(word) == rankNone {
			return false
		}
	}
	return len(words) > 0
}

func (r *findRow) rank(q Query) int {
	switch {
	case strings.HasPrefix(r.kana, q.key), q.beginsSound(r.words),
		q.digits != "" && strings.HasPrefix(r.id, q.digits),
		r.id != "" && strings.HasPrefix(r.id, q.key):
		return rankStart
	case strings.HasPrefix(r.title, q.key):
		return rankTitle
	case q.soundsAfter(r.words, " "):
		return rankWord
	case strings.Contains(r.title, q.key), strings.Contains(r.kana, q.key), q.soundsIn(r.words),
		strings.Contains(r.id, q.key):
		return rankPart
	case strings.Contains(r.rest, q.key), q.soundsIn(r.sound):
		return rankRest
	}
	return rankNone
}

// soundsAfter reports whether a sound of the query follows the mark.
func (q Query) soundsAfter(sound, mark string) bool {
	for _, s := range q.sounds {
		if strings.Contains(sound, mark+s) {
			return true
		}
	}
	return false
}

func (q Query) soundsIn(sound string) bool {
	for _, s := range q.sounds {
		if soundIn(sound, s) {
			return true
		}
	}
	return false
}
