package ui

import (
	"time"

	"renkei/models"
)

// typedSearch is what is typed into a list to find a row by.
type typedSearch struct {
	text  string
	typed int // counts the letters, so that only a pause after the last ends it
}

// searchPause ends a search by typing: the next letter begins another.
const searchPause = 1500 * time.Millisecond

// TypedRune looks for the next row that begins with what is typed: kana, romaji
// or a number, in the sorted column or else the first that can be looked in.
func (l *List[T]) TypedRune(c rune) {
	if c == ' ' || c == '　' || l.findKey() == nil {
		return
	}
	l.search.text += string(c)
	l.find()
}

// findLess takes the last letter back.
func (l *List[T]) findLess() {
	if text := []rune(l.search.text); len(text) > 0 {
		l.search.text = string(text[:len(text)-1])
		l.find()
	}
}

// findKey returns what is looked in, nil for nothing.
func (l *List[T]) findKey() func(T) string {
	if find := l.columns[l.sortColumn].Find; find != nil {
		return find
	}
	for i := range l.shown {
		if find := l.column(i).Find; find != nil {
			return find
		}
	}
	return nil
}

// find selects the first row from the current one on that begins with what is
// typed, or else holds it.
func (l *List[T]) find() {
	if l.search.text == "" {
		l.endSearch()
		return
	}
	l.search.typed++
	typed := l.search.typed
	l.After(searchPause, func() {
		if typed == l.search.typed {
			l.endSearch()
		}
	})
	query, key := models.ParseQuery(l.search.text), l.findKey()
	row := l.nextRow(func(row T) bool { return query.Begins(key(row)) })
	if row < 0 {
		row = l.nextRow(func(row T) bool { return query.In(key(row)) })
	}
	if row < 0 {
		l.showSearch(Tint{"「" + l.search.text + "」はありません", Warn})
		return
	}
	l.showSearch(Tint{"「" + l.search.text + "」", Accent})
	l.Select(row)
}

// nextRow returns the first row from the current one on that matches, going
// round at the end, or −1.
func (l *List[T]) nextRow(matches func(T) bool) int {
	for i := range l.rows {
		at := (max(0, l.selected) + i) % len(l.rows)
		if matches(l.rows[at]) {
			return at
		}
	}
	return -1
}

func (l *List[T]) endSearch() {
	l.search.text = ""
	l.search.typed++
	l.showSearch(Tint{})
}

func (l *List[T]) showSearch(t Tint) {
	l.finding.Set(t)
	l.Refresh()
}
