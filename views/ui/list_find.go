package ui

import (
	"time"

	"renkei/models"
)

// typedSearch is what is typed into a register to find a row by.
type typedSearch struct {
	text  string
	typed int // counts the letters, so that only a pause after the last ends it
}

// searchPause ends a search by typing: the next letter begins another.
const searchPause = 1500 * time.Millisecond

// TypedRune looks for the next row that begins with what is typed: kana, romaji
// or a number, in the sorted column or else the first that can be looked in.
func (r *List[T]) TypedRune(c rune) {
	if c == ' ' || c == '　' || r.findKey() == nil {
		return
	}
	r.search.text += string(c)
	r.find()
}

// findLess takes the last letter back.
func (r *List[T]) findLess() {
	if text := []rune(r.search.text); len(text) > 0 {
		r.search.text = string(text[:len(text)-1])
		r.find()
	}
}

// findKey returns what is looked in, nil for nothing.
func (r *List[T]) findKey() func(T) string {
	if find := r.columns[r.sortColumn].Find; find != nil {
		return find
	}
	for i := range r.shown {
		if find := r.column(i).Find; find != nil {
			return find
		}
	}
	return nil
}

// find selects the first row from the current one on that begins with what is
// typed, or else holds it.
func (r *List[T]) find() {
	if r.search.text == "" {
		r.endSearch()
		return
	}
	r.search.typed++
	typed := r.search.typed
	r.After(searchPause, func() {
		if typed == r.search.typed {
			r.endSearch()
		}
	})
	query, key := models.ParseQuery(r.search.text), r.findKey()
	row := r.nextRow(func(row T) bool { return query.Begins(key(row)) })
	if row < 0 {
		row = r.nextRow(func(row T) bool { return query.In(key(row)) })
	}
	if row < 0 {
		r.showSearch(Tint{"「" + r.search.text + "」はありません", Warn})
		return
	}
	r.showSearch(Tint{"「" + r.search.text + "」", Accent})
	r.Select(row)
}

// nextRow returns the first row from the current one on that matches, going
// round at the end, or −1.
func (r *List[T]) nextRow(matches func(T) bool) int {
	for i := range r.rows {
		at := (max(0, r.selected) + i) % len(r.rows)
		if matches(r.rows[at]) {
			return at
		}
	}
	return -1
}

func (r *List[T]) endSearch() {
	r.search.text = ""
	r.search.typed++
	r.showSearch(Tint{})
}

func (r *List[T]) showSearch(t Tint) {
	r.finding.Set(t)
	r.Refresh()
}
