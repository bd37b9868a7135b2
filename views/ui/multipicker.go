package ui

import (
	"slices"

	"fyne.io/fyne/v2"
)

// MultiPicker is a field that holds several things found by typing, in the
// order they were chosen. They stand under the search, each with a ×.
type MultiPicker struct{ pickField }

var (
	_ Field = (*MultiPicker)(nil)
	_ Block = (*MultiPicker)(nil)
)

// NewMultiPicker returns an empty picker; see NewPicker for find. What is
// chosen already is not offered again.
func NewMultiPicker(hint string, find func(query string, limit int) []Pick) *MultiPicker {
	m := &MultiPicker{}
	m.begin(hint, find, false)
	m.search.chosen = m.chosen
	m.tags.removed = m.remove
	m.tags.typed = func(r rune) {
		giveFocus(m.search.entry)
		m.search.entry.TypedRune(r)
	}
	m.Arrange(m, m.place, m.search, m.tags)
	return m
}

// Picks returns what is chosen.
func (m *MultiPicker) Picks() []Pick { return slices.Clone(m.tags.picks) }

// SetPicks replaces what is chosen, from the program.
func (m *MultiPicker) SetPicks(picks []Pick) { m.set(slices.Clone(picks)) }

// FocusTarget is the search.
func (m *MultiPicker) FocusTarget() fyne.Focusable { return m.search.entry }

// chosen adds what the user chose; the search is ready for the next.
func (m *MultiPicker) chosen(pick Pick, stay bool) {
	m.set(append(m.Picks(), pick))
	if stay {
		giveFocus(m.search.entry)
	}
	m.changed()
}

func (m *MultiPicker) remove(index int) {
	m.set(slices.Delete(m.Picks(), index, index+1))
	if len(m.tags.picks) == 0 && m.tags.focused {
		giveFocus(m.search.entry)
	}
	m.changed()
}
