package models

import (
	"bytes"
	"cmp"
	"slices"
	"strings"
)

// FindEntry is one thing a search can find: a patient, a care manager, an
// office.
type FindEntry struct {
	Key    string   // identifies the entry for the program
	Title  string   // the name shown
	Kana   string   // the reading
	Detail string   // tells it from others of the same name: birth date, office
	Texts  []string // more texts to search: phone, office number, former names
	ID     string   // the number users know it by; leading zeros are ignored
	Order  string   // sorts equal matches, then Title and ID do; "" means by Kana, or Title without Kana
}

// Finder searches entries held in memory. It is immutable: several goroutines
// may share it.
//
// All texts are folded once, by NewFinder. Texts searched beyond their start
// are joined into a few long ones with a line per entry, because one search
// through a long text is much faster than many through short ones.
type Finder struct {
	entries []FindEntry // in the order of results
	kana    []string
	titles  []string
	ids     []string // without leading zeros
	sounds  []string // of the whole reading
	names   lines    // reading, title and number
	words   lines    // sounds of the whole reading and of each later word
	rest    lines    // Detail and Texts
	spoken  lines    // sounds of title and rest, where these contain kana
}

// NewFinder builds a Finder. It takes about a second for 100,000 entries: never
// call it on the UI goroutine.
func NewFinder(entries []FindEntry) *Finder { return finderOf(sortedFindRows(entries)) }

// With returns a finder in which entries take the place of all those of some IDs.
// It is that of NewFinder, many times faster.
func (f *Finder) With(ids []string, entries []FindEntry) *Finder {
	replaced := make(map[string]bool, len(ids))
	for _, id := range ids {
		replaced[id] = true
	}
	added := sortedFindRows(entries)
	rows := make([]findRow, 0, len(f.entries)+len(added))
	for i := range f.entries {
		if replaced[f.entries[i].ID] {
			continue
		}
		row := f.row(i)
		for len(added) > 0 && compareFindRows(added[0], row) < 0 {
			rows, added = append(rows, added[0]), added[1:]
		}
		rows = append(rows, row)
	}
	return finderOf(append(rows, added...))
}

func sortedFindRows(entries []FindEntry) []findRow {
	rows := make([]findRow, len(entries))
	for i, e := range entries {
		rows[i] = newFindRow(e)
	}
	slices.SortStableFunc(rows, compareFindRows)
	return rows
}

func compareFindRows(a, b findRow) int {
	return cmp.Or(cmp.Compare(a.order, b.order), cmp.Compare(a.title, b.title), cmp.Compare(a.entry.ID, b.entry.ID))
}

// finderOf makes a finder of sorted rows.
func finderOf(rows []findRow) *Finder {
	f := &Finder{
		entries: make([]FindEntry, len(rows)), kana: make([]string, len(rows)), titles: make([]string, len(rows)),
		ids: make([]string, len(rows)), sounds: make([]string, len(rows)),
	}
	for i := range rows {
		row := &rows[i]
		f.entries[i], f.kana[i], f.titles[i], f.ids[i], f.sounds[i] = row.entry, row.kana, row.title, row.id, row.sound
		f.names.add(row.names)
		f.words.add(row.words)
		f.rest.add(row.rest)
		f.spoken.add(row.spoken)
	}
	return f
}

// row returns a row as newFindRow made it.
func (f *Finder) row(i int) findRow {
	e := f.entries[i]
	return findRow{
		entry: e, order: orderOf(e, f.kana[i], f.titles[i]), kana: f.kana[i], title: f.titles[i], id: f.ids[i], sound: f.sounds[i],
		names: f.names.line(i), words: f.words.line(i), rest: f.rest.line(i), spoken: f.spoken.line(i),
	}
}

// findRow holds an entry with its folded texts.
type findRow struct {
	entry                  FindEntry
	order                  string // the reading, or the name if it has none
	kana, title, id, sound string
	names                  []byte // reading, title and number
	words, rest, spoken    []byte
}

func orderOf(e FindEntry, kana, title string) string { return cmp.Or(e.Order, kana, title) }

func newFindRow(e FindEntry) findRow {
	row := findRow{entry: e, kana: SearchKey(e.Kana), title: SearchKey(e.Title), id: trimZeros(SearchKey(e.ID))}
	row.order, row.sound = orderOf(e, row.kana, row.title), soundOf(row.kana)
	words := []string{row.sound}
	if later := strings.Fields(e.Kana); len(later) > 1 {
		for _, word := range later[1:] {
			words = append(words, soundOf(SearchKey(word)))
		}
	}
	row.names = []byte(row.kana + "\t" + row.title + "\t" + row.id)
	row.words = []byte(strings.Join(words, wordMark))
	texts := []string{SearchKey(e.Detail)}
	for _, text := range e.Texts {
		texts = append(texts, SearchKey(text))
	}
	rest := strings.Join(texts, "\t")
	row.rest = []byte(rest)
	if text := row.title + "\t" + rest; strings.ContainsFunc(text, isKana) {
		row.spoken = []byte(soundOf(text))
	}
	return row
}

// wordMark separates the later words of a reading.
const wordMark = " "

func isKana(r rune) bool { return r >= firstKana && r <= lastKana }

// Len returns the number of entries.
func (f *Finder) Len() int { return len(f.entries) }

// Find returns at most limit entries for a query, best first: reading or number
// begins with it; name begins with it; a later word of the reading begins with
// it; name, reading or number contains it; any other text contains it. Equal
// matches keep the order of FindEntry.Order, else of the readings. The words of
// a query may match in different places (a family name and an office). An empty
// query finds nothing.
func (f *Finder) Find(query string, limit int) []FindEntry {
	q := ParseQuery(query)
	if q.Empty() || limit <= 0 {
		return nil
	}
	var found []int
	for _, pass := range []func(Query, int) []int{f.starting, f.titled, f.laterWord, f.inside, f.elsewhere} {
		// The next pass may return rows already found.
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

// joinRows appends the rows that are not in found yet, up to the limit.
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

// Each pass returns the first n rows that match in its way, in order.

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

// holdingAll returns the rows that contain every word somewhere.
func (f *Finder) holdingAll(words []string, n int) []int {
	held := make([]int, len(f.entries)) // the number of words found so far
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

// lines is one text with a line per row.
type lines struct {
	text   []byte
	starts []int
}

func (l *lines) add(line []byte) {
	l.starts = append(l.starts, len(l.text))
	l.text = append(append(l.text, line...), '\n')
}

func (l *lines) line(i int) []byte {
	end := len(l.text)
	if i+1 < len(l.starts) {
		end = l.starts[i+1]
	}
	return l.text[l.starts[i] : end-1]
}

// holding returns the first n rows whose line contains part at a place accepted
// by suits. A nil suits accepts any place.
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

// rowAt returns the row at a position. The row is not before from.
func (l *lines) rowAt(at, from int) int {
	i, found := slices.BinarySearch(l.starts[from:], at)
	if !found {
		i--
	}
	return from + i
}

// beginsSyllable reports whether a match at a position starts at a syllable:
// kono does not contain ono. An n before it may be ん.
func beginsSyllable(text []byte, at int) bool {
	if at == 0 || !isVowelLetter(text[at]) {
		return true
	}
	before := text[at-1]
	return before < 'b' || before > 'z' || before == 'n' || isVowelLetter(before)
}
