package ui

import (
	"fmt"
	"maps"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// The user marks rows by the box before each, by Space, by Ctrl and a click, or
// by Shift with the arrows or a click. The arrows alone keep the marks, so that
// keys can mark rows apart. A click outside the boxes and Escape remove them.

// Selection returns the selected rows in the order shown: those marked, or the
// current one when none is.
func (l *List[T]) Selection() []T {
	if len(l.marked) == 0 {
		if row, ok := l.Selected(); ok {
			return []T{row}
		}
		return nil
	}
	rows := make([]T, 0, len(l.marked))
	for _, row := range l.rows {
		if l.marked[l.key(row)] {
			rows = append(rows, row)
		}
	}
	return rows
}

// Marked returns the number of rows marked.
func (l *List[T]) Marked() int { return len(l.marked) }

// ClearMarks takes all marks away.
func (l *List[T]) ClearMarks() {
	if len(l.marked) > 0 {
		clear(l.marked)
		l.marksChanged()
	}
}

// CountRows words the count at the foot: 全1,234件　3件を選択中.
func CountRows(rows, selected int) string {
	text := "全" + Thousands(rows) + "件"
	if selected > 0 {
		text += fmt.Sprintf("　%s件を選択中", Thousands(selected))
	}
	return text
}

func (l *List[T]) selectionChanged() {
	if l.OnSelection != nil {
		l.OnSelection(l.Selection())
	}
}

func (l *List[T]) marksChanged() {
	l.body.Refresh()
	l.header.Refresh()
	l.foot.count()
	l.selectionChanged()
}

// keepMarks leaves the marks of rows that are still there.
func (l *List[T]) keepMarks() {
	if len(l.marked) == 0 {
		return
	}
	kept := make(map[string]bool, len(l.marked))
	for _, row := range l.rows {
		if key := l.key(row); l.marked[key] {
			kept[key] = true
		}
	}
	l.marked = kept
}

func (l *List[T]) isMarked(row int) bool {
	return len(l.marked) > 0 && l.marked[l.key(l.rows[row])]
}

func (l *List[T]) allMarked() bool { return len(l.rows) > 0 && len(l.marked) == len(l.rows) }

// toggle marks a row or takes its mark away.
func (l *List[T]) toggle(row int) {
	if !l.MultiSelect || row < 0 || row >= len(l.rows) {
		return
	}
	key := l.key(l.rows[row])
	if l.marked[key] {
		delete(l.marked, key)
	} else {
		l.marked[key] = true
	}
	l.anchor = row
	l.marksChanged()
}

// markRange marks the rows from the anchor to a row and no others.
func (l *List[T]) markRange(row int) {
	before := maps.Clone(l.marked)
	clear(l.marked)
	anchor := max(0, min(l.anchor, len(l.rows)-1))
	for i := min(anchor, row); i <= max(anchor, row); i++ {
		l.marked[l.key(l.rows[i])] = true
	}
	l.moveTo(row)
	if !maps.Equal(before, l.marked) {
		l.marksChanged()
	}
}

func (l *List[T]) markAll() {
	for _, row := range l.rows {
		l.marked[l.key(row)] = true
	}
	l.marksChanged()
}

// toggleAll is a click on the box of the header.
func (l *List[T]) toggleAll() {
	if l.allMarked() {
		l.ClearMarks()
		return
	}
	l.markAll()
}

// pressed is a click on a row with keys held, on its box or beside it.
func (l *List[T]) pressed(row int, held fyne.KeyModifier, onBox bool) {
	giveFocus(l)
	switch {
	case !l.MultiSelect:
		l.Select(row)
	case held&fyne.KeyModifierShift != 0:
		l.markRange(row)
	case onBox:
		l.moveTo(row)
		l.toggle(row)
	case held&fyne.KeyModifierControl != 0:
		// The current row counts as selected until others are.
		if len(l.marked) == 0 && l.selected != row {
			l.toggle(l.selected)
		}
		l.moveTo(row)
		l.toggle(row)
	default:
		l.Select(row)
		l.ClearMarks()
	}
}

// lead is the width of the boxes before the rows.
func (l *List[T]) lead() float32 {
	if !l.MultiSelect {
		return 0
	}
	return Scaled(30)
}

// markBox is the box of a row: filled and ticked when the row is marked.
type markBox struct {
	ground      *canvas.Rectangle
	short, long *canvas.Line // the tick
	visible     bool
}

func newMarkBox() *markBox {
	b := &markBox{ground: newGround(Paper, QuietInk, CornerRadius/2), short: canvas.NewLine(White), long: canvas.NewLine(White)}
	b.short.StrokeWidth, b.long.StrokeWidth = 2, 2
	return b
}

// place puts the box in the middle of a row that begins at a place.
func (b *markBox) place(at fyne.Position, lead float32, marked bool) {
	b.visible = lead > 0
	size := Scaled(16)
	at = at.AddXY(BarWidth+(lead-BarWidth-size)/2, (rowHeight()-size)/2)
	b.ground.Move(at)
	b.ground.Resize(fyne.NewSize(size, size))
	b.ground.FillColor, b.ground.StrokeColor = Paper, QuietInk
	if marked {
		b.ground.FillColor, b.ground.StrokeColor = Accent, Accent
	}
	b.short.Hidden, b.long.Hidden = !marked, !marked
	corner := at.AddXY(size*0.42, size*0.74)
	b.short.Position1, b.short.Position2 = at.AddXY(size*0.2, size*0.52), corner
	b.long.Position1, b.long.Position2 = corner, at.AddXY(size*0.8, size*0.28)
}

func (b *markBox) objects(to []fyne.CanvasObject) []fyne.CanvasObject {
	if !b.visible {
		return to
	}
	return append(to, b.ground, b.short, b.long)
}
