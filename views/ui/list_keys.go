package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// FocusGained shows that the keyboard is here.
func (r *List[T]) FocusGained() {
	r.focused = true
	r.Refresh()
}

// FocusLost is called when the keyboard goes elsewhere.
func (r *List[T]) FocusLost() {
	r.focused, r.shift = false, false
	r.Refresh()
}

// KeyDown notes that Shift is held, which TypedKey is not told.
func (r *List[T]) KeyDown(e *fyne.KeyEvent) { r.hold(e, true) }

// KeyUp notes that Shift is let go.
func (r *List[T]) KeyUp(e *fyne.KeyEvent) { r.hold(e, false) }

func (r *List[T]) hold(e *fyne.KeyEvent, down bool) {
	if e.Name == desktop.KeyShiftLeft || e.Name == desktop.KeyShiftRight {
		r.shift = down
	}
}

// TypedKey moves the current row, marks rows, and opens one on Enter.
func (r *List[T]) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyEscape:
		r.escape()
		return
	case fyne.KeyBackspace:
		r.findLess()
		return
	case desktop.KeyMenu:
		r.ChooseColumns()
		return
	}
	if len(r.rows) == 0 {
		return
	}
	switch e.Name {
	case fyne.KeySpace:
		r.toggle(r.selected)
	case fyne.KeyReturn, fyne.KeyEnter:
		r.open()
	}
	page := max(1, int(r.scroll.Size().Height/rowHeight())-1)
	if to, ok := moved(e.Name, r.selected, len(r.rows)-1, page); ok {
		r.step(to)
	}
}

// moved returns the line a key moves to among lines up to the last, from the one
// it is at; a page is so many lines. Other keys are reported as false.
func moved(key fyne.KeyName, from, last, page int) (int, bool) {
	switch key {
	case fyne.KeyDown:
		from++
	case fyne.KeyUp:
		from--
	case fyne.KeyPageDown:
		from += page
	case fyne.KeyPageUp:
		from -= page
	case fyne.KeyHome:
		from = 0
	case fyne.KeyEnd:
		from = last
	default:
		return from, false
	}
	return max(0, min(from, last)), true
}

// step moves to a row; with Shift it marks the rows on the way.
func (r *List[T]) step(row int) {
	if r.shift && r.MultiSelect {
		r.markRange(row)
		return
	}
	r.Select(row)
}

// escape ends a search, then takes the marks away, then is the window's.
func (r *List[T]) escape() {
	switch {
	case r.chooser.Visible():
		r.toggleChooser()
	case r.search.text != "":
		r.endSearch()
	case len(r.marked) > 0:
		r.ClearMarks()
	default:
		call(r.OnEscape)
	}
}

func (r *List[T]) open() {
	if row, ok := r.Selected(); ok && r.OnOpened != nil {
		r.OnOpened(row)
	}
}

// TypedShortcut copies on Ctrl+C and hands on what it does not know.
func (r *List[T]) TypedShortcut(s fyne.Shortcut) {
	switch s := s.(type) {
	case *fyne.ShortcutCopy:
		r.Copy()
		return
	case *fyne.ShortcutSelectAll:
		if r.MultiSelect {
			r.markAll()
			return
		}
	case *desktop.CustomShortcut:
		if s.KeyName == fyne.KeySpace && s.Modifier == fyne.KeyModifierControl && r.MultiSelect {
			r.toggle(r.selected)
			return
		}
	}
	if r.OnShortcut != nil {
		r.OnShortcut(s)
	}
}

// cellOf returns what a cell shows.
func (r *List[T]) cellOf(row, c int) cell {
	column := r.column(c)
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
