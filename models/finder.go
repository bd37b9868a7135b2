package models

import (
	"bytes"
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
	Order  string   // its place among what is found alike, "" for that of Kana or Title
}

// Finder searches entries held in memory. It does not change once made and may
// be used by several goroutines.
//
// Everything compared is folded once. What is looked into, not only at its
// start, stands in a few long texts with a line for each entry, for one search
// through a long text is much quicker than one in each of many short ones.
type Finder struct {
	entries []FindEntry // in their order
	kana    []string
	titles  []string
	ids     []string // without leading zeros
	sounds  []string // of the whole reading
	names   lines    // reading, title and number
	words   lines    // the sounds of the whole reading and of each later word
	rest    lines    // Detail and Texts
	spoken  lines    // the sounds of title and rest, where they hold kana
}

// NewFinder prepares a search over the entries. It takes about a second for a
// hundred thousand: make it beside the window, not on it.
func NewFinder(entries []FindEntry) *Finder {
	rows := make([]findRow, len(entries))
	for i, e := range entries {
		rows[i] = newFindRow(e)
	}
	slices.SortStableFunc(rows, func(a, b findRow) int {
		return cmp.Or(cmp.Compare(a.order, b.order), cmp.Compare(a.title, b.title))
	})
	f := &Finder{}
	for i := range rows {
		row := &rows[i]
		f.entries = append(f.entries, row.entry)
		f.kana = append(f.kana, row.kana)
		f.titles = append(f.titles, row.title)
		f.ids = append(f.ids, row.id)
		f.sounds = append(f.sounds, soundOf(row.kana))
		f.names.add(row.kana + "\t" + row.title + "\t" + row.id)
		f.words.add(row.words)
		f.rest.add(row.rest)
		f.spoken.add(row.spoken)
	}
	return f
}

// findRow holds an entry with everything compared.
type findRow struct {
	entry               FindEntry
	order               string // the reading, or the name without one
	kana, title, id     string
	words, rest, spoken string
}

func newFindRow(e FindEntry) findRow {
	row := findRow{entry: e, kana: SearchKey(e.Kana), title: SearchKey(e.Title), id: trimZeros(SearchKey(e.ID))}
	row.order = cmp.Or(e.Order, row.kana, row.title)
	words := []string{soundOf(row.kana)}
	if later := strings.Fields(e.Kana); len(later) > 1 {
		for _, word := range later[1:] {
			words = append(words, soundOf(SearchKey(word)))
		}
	}
	row.words = strings.Join(words, wordMark)
	rest := []string{SearchKey(e.Detail)}
	for _, text := range e.Texts {
		rest = append(rest, SearchKey(text))
	}
	row.rest = strings.Join(rest, "\t")
	if text := row.title + "\t" + row.rest; strings.ContainsFunc(text, isKana) {
		row.spoken = soundOf(text)
	}
	return row
}

// wordMark stands before each later word of a reading.
const wordMark = " "

func isKana(r rune) bool { return r >= firstKana && r <= lastKana }

// Len returns the number of entries.
func (f *Finder) Len() int { return len(f.entries) }

// Find returns at most limit entries for what was typed. First come those whose
// reading or number begins with it, then those whose name does, then those with
// a later word of the reading that does, then those that hold it in name,
// reading or number, then those that hold it elsewhere; among equals the order
// is that of Order or of the readings. Words apart may each be found in another place (a
// family name and an office). Nothing typed finds nothing.
func (f *Finder) Find(query string, limit int) []FindEntry {
	q := ParseQuery(query)
	if q.Empty() || limit <= 0 {
		return nil
	}
	var found []int
	for _, pass := range []func(Query, int) []int{f.starting, f.titled, f.laterWord, f.inside, f.elsewhere} {
		// Those found already may be among the next.
		found = joinRows(found, pass(q, limit+len(found)), limit)
		if len(found) == limit {
			break
		}
	}
	if words := strings.Fields(query); len(words) > 1 && len(found) < limit {
		found = joinRows(found, f.holdingAll(words, limit+len(found)), limit)
	}
	entries := make([]FindEntry, len(found))
	for i, row := range found {
		entries[i] = f.entries[row]
	}
	return entries
}

// joinRows appends the rows not yet among those found, up to the limit.
func joinRows(found, more []int, limit int) []int {
	for _, row := range more {
		if len(found) == limit {
			break
		}
		if !slices.Contains(found, row) {
			found = append(found, row)
		}
	}
	return found
}

// The passes return the first n rows, in order, that match in their way.

func (f *Finder) starting(q Query, n int) []int {
	return f.rowsWhere(n, func(i int) bool {
		id := f.ids[i]
		return strings.HasPrefix(f.kana[i], q.key) || q.beginsSound(f.sounds[i]) ||
			id != "" && (q.digits != "" && strings.HasPrefix(id, q.digits) || strings.HasPrefix(id, q.key))
	})
}

func (f *Finder) titled(q Query, n int) []int {
	return f.rowsWhere(n, func(i int) bool { return strings.HasPrefix(f.titles[i], q.key) })
}

func (f *Finder) rowsWhere(n int, matches func(int) bool) []int {
	var rows []int
	for i := range f.entries {
		if matches(i) {
			if rows = append(rows, i); len(rows) == n {
				break
			}
		}
	}
	return rows
}

func (f *Finder) laterWord(q Query, n int) []int {
	var rows []int
	for _, s := range q.sounds {
		rows = append(rows, f.words.holding(wordMark+s, n, nil)...)
	}
	return sortedRows(rows)
}

func (f *Finder) inside(q Query, n int) []int {
	rows := f.names.holding(q.key, n, nil)
	for _, s := range q.sounds {
		rows = append(rows, f.words.holding(s, n, beginsSyllable)...)
	}
	return sortedRows(rows)
}

func (f *Finder) elsewhere(q Query, n int) []int {
	rows := f.rest.holding(q.key, n, nil)
	for _, s := range q.sounds {
		rows = append(rows, f.spoken.holding(s, n, beginsSyllable)...)
	}
	return sortedRows(rows)
}

// holdingAll returns rows that hold every word somewhere.
func (f *Finder) holdingAll(words []string, n int) []int {
	held := make([]int, len(f.entries)) // how many of the words so far
	for i, word := range words {
		q := ParseQuery(word)
		all := len(f.entries)
		for _, rows := range [][]int{f.inside(q, all), f.elsewhere(q, all), f.starting(q, all)} {
			for _, row := range rows {
				if held[row] == i {
					held[row]++
				}
			}
		}
	}
	return f.rowsWhere(n, func(i int) bool { return held[i] == len(words) })
}

func sortedRows(rows []int) []int {
	slices.Sort(rows)
	return slices.Compact(rows)
}

// lines is a text with a line for each row.
type lines struct {
	text   []byte
	starts []int
}

func (l *lines) add(line string) {
	l.starts = append(l.starts, len(l.text))
	l.text = append(append(l.text, line...), '\n')
}

// holding returns the first n rows whose line holds the part at a place that
// suits; a nil suits takes any.
func (l *lines) holding(part string, n int, suits func(text []byte, at int) bool) []int {
	var rows []int
	if part == "" {
		return nil
	}
	wanted := []byte(part)
	for at, row := 0, 0; len(rows) < n; {
		i := bytes.Index(l.text[at:], wanted)
		if i < 0 {
			break
		}
		at += i
		if suits != nil && !suits(l.text, at) {
			at++
			continue
		}
		row = l.rowAt(at, row)
		rows = append(rows, row)
		if row++; row == len(l.starts) {
			break
		}
		at = l.starts[row]
	}
	return rows
}

// rowAt returns the row of a place, which is not before the row given.
func (l *lines) rowAt(at, from int) int {
	i, found := slices.BinarySearch(l.starts[from:], at)
	if !found {
		i--
	}
	return from + i
}

// beginsSyllable reports whether a sound at a place is from the start of a
// syllable: ono is not in kono. n before it may be ん.
func beginsSyllable(text []byte, at int) bool {
	if at == 0 || !isVowelLetter(text[at]) {
		return true
	}
	before := text[at-1]
	return before < 'b' || before > 'z' || before == 'n' || isVowelLetter(before)
}
