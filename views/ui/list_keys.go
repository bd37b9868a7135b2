package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// FocusGained shows that the keyboard is here.
func (l *List[T]) FocusGained() {
	l.focused = true
	l.Refresh()
}

// FocusLost is called when the keyboard goes elsewhere.
func (l *List[T]) FocusLost() {
	l.focused, l.shift = false, false
	l.Refresh()
}

// KeyDown notes that Shift is held, which TypedKey is not told.
func (l *List[T]) KeyDown(e *fyne.KeyEvent) { l.hold(e, true) }

// KeyUp notes that Shift is let go.
func (l *List[T]) KeyUp(e *fyne.KeyEvent) { l.hold(e, false) }

func (l *List[T]) hold(e *fyne.KeyEvent, down bool) {
	if e.Name == desktop.KeyShiftLeft || e.Name == desktop.KeyShiftRight {
		l.shift = down
	}
}

// TypedKey moves the current row, marks rows, and opens one on Enter.
func (l *List[T]) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyEscape:
		l.escape()
		return
	case fyne.KeyBackspace:
		l.findLess()
		return
	case desktop.KeyMenu:
		l.ChooseColumns()
		return
	}
	if len(l.rows) == 0 {
		return
	}
	switch e.Name {
	case fyne.KeySpace:
		l.toggle(l.selected)
	case fyne.KeyReturn, fyne.KeyEnter:
		l.open()
	}
	page := max(1, int(l.scroll.Size().Height/rowHeight())-1)
	if to, ok := moved(e.Name, l.selected, len(l.rows)-1, page); ok {
		l.step(to)
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
func (l *List[T]) step(row int) {
	if l.shift && l.MultiSelect {
		l.markRange(row)
		return
	}
	l.Select(row)
}

// escape ends a search, then takes the marks away, then is the window's.
func (l *List[T]) escape() {
	switch {
	case l.chooser.Visible():
		l.toggleChooser()
	case l.search.text != "":
		l.endSearch()
	case len(l.marked) > 0:
		l.ClearMarks()
	default:
		call(l.OnEscape)
	}
}

func (l *List[T]) open() {
	if row, ok := l.Selected(); ok && l.OnOpened != nil {
		l.OnOpened(row)
	}
}

// TypedShortcut copies on Ctrl+C and hands on what it does not know.
func (l *List[T]) TypedShortcut(s fyne.Shortcut) {
	switch s := s.(type) {
	case *fyne.ShortcutCopy:
		l.Copy()
		return
	case *fyne.ShortcutSelectAll:
		if l.MultiSelect {
			l.markAll()
			return
		}
	case *desktop.CustomShortcut:
		if s.KeyName == fyne.KeySpace && s.Modifier == fyne.KeyModifierControl && l.MultiSelect {
			l.toggle(l.selected)
			return
		}
	}
	if l.OnShortcut != nil {
		l.OnShortcut(s)
	}
}

// cellOf returns what a cell shows.
func (l *List[T]) cellOf(row, c int) cell {
	column := l.column(c)
	value := l.rows[row]
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
