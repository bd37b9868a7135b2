package ui

import (
	"fmt"
	"maps"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// Rows are marked with a box before each, Space, Ctrl and a click, or Shift and
// the arrows or a click. The arrows alone leave the marks, so that rows apart
// can be marked by keys; a click outside the boxes and Escape take them away.

// Selection returns the selected rows in the order shown: those marked, or the
// current one when none is.
func (r *List[T]) Selection() []T {
	if len(r.marked) == 0 {
		if row, ok := r.Selected(); ok {
			return []T{row}
		}
		return nil
	}
	rows := make([]T, 0, len(r.marked))
	for _, row := range r.rows {
		if r.marked[r.key(row)] {
			rows = append(rows, row)
		}
	}
	return rows
}

// Marked returns the number of rows marked.
func (r *List[T]) Marked() int { return len(r.marked) }

// ClearMarks takes all marks away.
func (r *List[T]) ClearMarks() {
	if len(r.marked) > 0 {
		clear(r.marked)
		r.marksChanged()
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

func (r *List[T]) selectionChanged() {
	if r.OnSelection != nil {
		r.OnSelection(r.Selection())
	}
}

func (r *List[T]) marksChanged() {
	r.body.Refresh()
	r.header.Refresh()
	r.foot.count()
	r.selectionChanged()
}

// keepMarks leaves the marks of rows that are still there.
func (r *List[T]) keepMarks() {
	if len(r.marked) == 0 {
		return
	}
	kept := make(map[string]bool, len(r.marked))
	for _, row := range r.rows {
		if key := r.key(row); r.marked[key] {
			kept[key] = true
		}
	}
	r.marked = kept
}

func (r *List[T]) isMarked(row int) bool {
	return len(r.marked) > 0 && r.marked[r.key(r.rows[row])]
}

func (r *List[T]) allMarked() bool { return len(r.rows) > 0 && len(r.marked) == len(r.rows) }

// toggle marks a row or takes its mark away.
func (r *List[T]) toggle(row int) {
	if !r.MultiSelect || row < 0 || row >= len(r.rows) {
		return
	}
	key := r.key(r.rows[row])
	if r.marked[key] {
		delete(r.marked, key)
	} else {
		r.marked[key] = true
	}
	r.anchor = row
	r.marksChanged()
}

// markRange marks the rows from the anchor to a row and no others.
func (r *List[T]) markRange(row int) {
	before := maps.Clone(r.marked)
	clear(r.marked)
	anchor := max(0, min(r.anchor, len(r.rows)-1))
	for i := min(anchor, row); i <= max(anchor, row); i++ {
		r.marked[r.key(r.rows[i])] = true
	}
	r.moveTo(row)
	if !maps.Equal(before, r.marked) {
		r.marksChanged()
	}
}

func (r *List[T]) markAll() {
	for _, row := range r.rows {
		r.marked[r.key(row)] = true
	}
	r.marksChanged()
}

// toggleAll is a click on the box of the header.
func (r *List[T]) toggleAll() {
	if r.allMarked() {
		r.ClearMarks()
		return
	}
	r.markAll()
}

// pressed is a click on a row with keys held, on its box or beside it.
func (r *List[T]) pressed(row int, held fyne.KeyModifier, onBox bool) {
	giveFocus(r)
	switch {
	case !r.MultiSelect:
		r.Select(row)
	case held&fyne.KeyModifierShift != 0:
		r.markRange(row)
	case onBox:
		r.moveTo(row)
		r.toggle(row)
	case held&fyne.KeyModifierControl != 0:
		// The current row counts as selected until others are.
		if len(r.marked) == 0 && r.selected != row {
			r.toggle(r.selected)
		}
		r.moveTo(row)
		r.toggle(row)
	default:
		r.Select(row)
		r.ClearMarks()
	}
}

// lead is the width of the boxes before the rows.
func (r *List[T]) lead() float32 {
	if !r.MultiSelect {
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
