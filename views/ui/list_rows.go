package ui

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
)

// cell is what one cell of a list shows: a text, or a badge.
type cell struct {
	text  string
	short string // instead of a text that does not fit
	style Style
	tint  Tint
}

// textFor returns the short text where the whole one does not fit and the room
// beside the short one would hold but a few characters of the rest.
func (c cell) textFor(width float32) string {
	if c.short == "" || c.style.width(c.text) <= width || c.style.width(c.short)+4*c.style.size() < width {
		return c.text
	}
	return c.short
}

// placeText puts a text into a span, shortened to it and centred in the height.
func placeText(t *canvas.Text, text string, style Style, align fyne.TextAlign, s span, height float32) {
	style.apply(t)
	t.Alignment = align
	width := s.width - 2*CellSide
	t.Text = fit(text, width, style)
	line := style.lineHeight()
	t.Move(fyne.NewPos(s.x+CellSide, (height-line)/2))
	t.Resize(fyne.NewSize(width, line))
}

// listBody draws the rows in sight. It is as high as all rows together.
type listBody[T any] struct {
	Arranged
	list    *List[T]
	rows    []*listRow // a pool: row i of it shows row first+i of the list
	hovered int
}

var (
	_ fyne.DoubleTappable = (*listBody[int])(nil)
	_ desktop.Mouseable   = (*listBody[int])(nil)
	_ desktop.Hoverable   = (*listBody[int])(nil)
)

func newListBody[T any](list *List[T]) *listBody[T] {
	b := &listBody[T]{list: list, hovered: -1}
	b.Arrange(b, b.place)
	return b
}

func (b *listBody[T]) rowAt(y float32) int {
	row := int(y / rowHeight())
	if y < 0 || row >= len(b.list.rows) {
		return -1
	}
	return row
}

// MouseDown selects the row at once; a tap would wait for a second click.
func (b *listBody[T]) MouseDown(e *desktop.MouseEvent) {
	if row := b.rowAt(e.Position.Y); row >= 0 {
		b.list.pressed(row, e.Modifier, e.Position.X < b.list.lead())
	}
}

// MouseUp does nothing.
func (b *listBody[T]) MouseUp(*desktop.MouseEvent) {}

// DoubleTapped opens the row; two quick clicks on its box do not.
func (b *listBody[T]) DoubleTapped(e *fyne.PointEvent) {
	if e.Position.X >= b.list.lead() {
		b.list.open()
	}
}

// MouseIn marks the row under the pointer.
func (b *listBody[T]) MouseIn(e *desktop.MouseEvent) { b.hover(b.rowAt(e.Position.Y)) }

// MouseMoved marks the row under the pointer.
func (b *listBody[T]) MouseMoved(e *desktop.MouseEvent) { b.hover(b.rowAt(e.Position.Y)) }

// MouseOut unmarks.
func (b *listBody[T]) MouseOut() { b.hover(-1) }

func (b *listBody[T]) hover(row int) {
	if b.hovered != row {
		b.hovered = row
		b.Refresh()
	}
}

// place fills the pool with the rows in sight.
func (b *listBody[T]) place(in Room) fyne.Size {
	length, high := len(b.list.rows), rowHeight()
	if !in.Placing() {
		return fyne.NewSize(0, float32(length)*high)
	}
	first, n := 0, 0
	if top, height := b.list.scroll.Offset.Y, b.list.scroll.Size().Height; length > 0 && height > 0 {
		first = min(max(0, int(top/high)), length-1)
		n = min(int(height/high)+2, length-first)
	}
	for len(b.rows) < n {
		b.rows = append(b.rows, newListRow())
	}
	b.objects = nil
	spans := b.list.spans(in.Width)
	for i, row := range b.rows[:n] {
		index := first + i
		selected, marked := index == b.list.selected, b.list.isMarked(index)
		// Among marked rows the current one is shown by its bar alone.
		row.ground.FillColor = groundOf(marked || selected && len(b.list.marked) == 0, selected || index == b.hovered)
		row.bar.Hidden = !selected
		row.place(in, float32(index)*high)
		row.box.place(fyne.NewPos(0, float32(index)*high), b.list.lead(), marked)
		b.objects = row.box.objects(append(b.objects, row.ground, row.rule, row.bar))
		for c, s := range spans {
			b.objects = row.fill(b.objects, c, b.list.cellOf(index, c), b.list.column(c).Align, s)
		}
	}
	return fyne.Size{}
}

func groundOf(selected, touched bool) color.Color {
	switch {
	case selected:
		return AccentSoft
	case touched:
		return HoverSoft
	}
	return Paper
}

// listRow holds the objects of one row in sight.
type listRow struct {
	ground, bar, rule *canvas.Rectangle
	texts             []*canvas.Text
	badges            []*Badge
	box               *markBox
}

func newListRow() *listRow {
	return &listRow{
		ground: canvas.NewRectangle(Paper),
		bar:    canvas.NewRectangle(Accent),
		rule:   canvas.NewRectangle(FaintLine),
		box:    newMarkBox(),
	}
}

func (r *listRow) place(in Room, y float32) {
	in.Put(r.ground, 0, y, in.Width, rowHeight())
	in.Put(r.bar, 0, y, BarWidth, rowHeight())
	in.Put(r.rule, 0, y+rowHeight()-RuleThickness, in.Width, RuleThickness)
}

// minBadgeWidth makes the badges of a column equally wide.
const minBadgeWidth = 72

// fill shows a cell in a column's span and adds its objects to those to draw.
func (r *listRow) fill(to []fyne.CanvasObject, column int, c cell, align fyne.TextAlign, s span) []fyne.CanvasObject {
	if column == len(r.texts) {
		r.texts, r.badges = append(r.texts, NewText("", Plain)), append(r.badges, NewBadge(Tint{}))
	}
	text, badge, y, height := r.texts[column], r.badges[column], r.ground.Position().Y, rowHeight()
	badge.Set(c.tint)
	if c.tint.Word != "" {
		size := badge.MinSize()
		size.Width = max(size.Width, min(s.width-2*GapCell, Scaled(minBadgeWidth)))
		badge.Resize(size)
		badge.Move(fyne.NewPos(s.x+CellSide, y+(height-size.Height)/2))
		to = append(to, badge)
	}
	placeText(text, c.textFor(s.width-2*CellSide), c.style, align, s, height)
	text.Move(text.Position().AddXY(0, y))
	if text.Text != "" {
		to = append(to, text)
	}
	return to
}
