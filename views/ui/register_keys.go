package ui

import (
	"fyne.io/fyne/v2"
)

// FocusGained shows that the keyboard is here.
func (r *Register[T]) FocusGained() {
	r.focused = true
	r.Refresh()
}

// FocusLost is called when the keyboard goes elsewhere.
func (r *Register[T]) FocusLost() {
	r.focused = false
	r.Refresh()
}

// TypedRune does nothing: letters have no meaning in a register.
func (r *Register[T]) TypedRune(rune) {}

// TypedKey moves the selection, and opens the selected row on Enter.
func (r *Register[T]) TypedKey(e *fyne.KeyEvent) {
	last := len(r.rows) - 1
	if last < 0 {
		return
	}
	page := max(1, int(r.scroll.Size().Height/rowHeight())-1)
	switch e.Name {
	case fyne.KeyDown:
		r.Select(min(r.selected+1, last))
	case fyne.KeyUp:
		r.Select(max(r.selected-1, 0))
	case fyne.KeyPageDown:
		r.Select(min(r.selected+page, last))
	case fyne.KeyPageUp:
		r.Select(max(r.selected-page, 0))
	case fyne.KeyHome:
		r.Select(0)
	case fyne.KeyEnd:
		r.Select(last)
	case fyne.KeyReturn, fyne.KeyEnter:
		r.open()
	}
}

func (r *Register[T]) open() {
	if row, ok := r.Selected(); ok && r.OnOpened != nil {
		r.OnOpened(row)
	}
}

// TypedShortcut copies on Ctrl+C and hands on what it does not know.
func (r *Register[T]) TypedShortcut(s fyne.Shortcut) {
	if _, ok := s.(*fyne.ShortcutCopy); ok {
		r.Copy()
		return
	}
	if r.OnShortcut != nil {
		r.OnShortcut(s)
	}
}

// The parts below are what the untyped header and body ask of a register.

func (r *Register[T]) length() int                    { return len(r.rows) }
func (r *Register[T]) spans(width float32) []span     { return columnSpans(r.columns, width) }
func (r *Register[T]) order() (int, bool)             { return r.sortColumn, r.descending }
func (r *Register[T]) selectedIndex() int             { return r.selected }
func (r *Register[T]) view() (top, height float32)    { return r.scroll.Offset.Y, r.scroll.Size().Height }
func (r *Register[T]) title(c int) string             { return r.columns[c].Title }
func (r *Register[T]) alignment(c int) fyne.TextAlign { return r.columns[c].Align }

// cellOf returns what a cell shows.
func (r *Register[T]) cellOf(row, c int) cell {
	column := &r.columns[c]
	value := r.rows[row]
	if column.Tint != nil {
		return cell{tint: column.Tint(value)}
	}
	style := Style{Bold: column.Bold}
	if column.Color != nil {
		style.Color = column.Color(value)
	}
	shown := cell{text: column.Text(value), style: style}
	if column.Short != nil {
		shown.short = column.Short(value)
	}
	return shown
}

func (r *Register[T]) pressed(row int) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(r); c != nil {
		c.Focus(r)
	}
	r.Select(row)
}
