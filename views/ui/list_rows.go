package ui

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// listSource is a List without its type of row.
type listSource interface {
	length() int
	spans(width float32) []span
	order() (column int, descending bool)
	selectedIndex() int
	view() (top, height float32)
	title(column int) string
	alignment(column int) fyne.TextAlign
	cellOf(row, column int) cell
	chooseOrder(column int)
	resize(column int, width, within float32)
	arranged()
	toggleChooser()
	lead() float32
	isMarked(row int) bool
	anyMarked() bool
	allMarked() bool
	toggleAll()
	pressed(row int, held fyne.KeyModifier, onBox bool)
	open()
}

// cell is what one cell of a register shows: a text, or a badge.
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
type listBody struct {
	widget.BaseWidget
	source  listSource
	rows    []*listRow // pool; row i of the pool shows row first+i
	first   int
	hovered int
}

var (
	_ fyne.Widget         = (*listBody)(nil)
	_ fyne.DoubleTappable = (*listBody)(nil)
	_ desktop.Mouseable   = (*listBody)(nil)
	_ desktop.Hoverable   = (*listBody)(nil)
)

func newListBody(source listSource) *listBody {
	b := &listBody{source: source, hovered: -1}
	b.ExtendBaseWidget(b)
	return b
}

func (b *listBody) rowAt(y float32) int {
	row := int(y / rowHeight())
	if y < 0 || row >= b.source.length() {
		return -1
	}
	return row
}

// MouseDown selects the row at once; a tap would wait for a second click.
func (b *listBody) MouseDown(e *desktop.MouseEvent) {
	if row := b.rowAt(e.Position.Y); row >= 0 {
		b.source.pressed(row, e.Modifier, e.Position.X < b.source.lead())
	}
}

// MouseUp does nothing.
func (b *listBody) MouseUp(*desktop.MouseEvent) {}

// DoubleTapped opens the row; two quick clicks on its box do not.
func (b *listBody) DoubleTapped(e *fyne.PointEvent) {
	if e.Position.X >= b.source.lead() {
		b.source.open()
	}
}

// MouseIn marks the row under the pointer.
func (b *listBody) MouseIn(e *desktop.MouseEvent) { b.hover(b.rowAt(e.Position.Y)) }

// MouseMoved marks the row under the pointer.
func (b *listBody) MouseMoved(e *desktop.MouseEvent) { b.hover(b.rowAt(e.Position.Y)) }

// MouseOut unmarks.
func (b *listBody) MouseOut() { b.hover(-1) }

func (b *listBody) hover(row int) {
	if b.hovered != row {
		b.hovered = row
		b.update()
	}
}

// update fills the pool with the rows in sight.
func (b *listBody) update() {
	top, height := b.source.view()
	n := 0
	b.first = 0
	if length := b.source.length(); length > 0 && height > 0 {
		b.first = min(max(0, int(top/rowHeight())), length-1)
		n = min(int(height/rowHeight())+2, length-b.first)
	}
	for len(b.rows) < n {
		b.rows = append(b.rows, newListRow())
	}
	width := b.Size().Width
	spans := b.source.spans(width)
	for i, row := range b.rows {
		row.show(i < n)
		if i >= n {
			continue
		}
		index := b.first + i
		selected, marked := index == b.source.selectedIndex(), b.source.isMarked(index)
		// Among marked rows the current one is shown by its bar alone.
		ground := groundOf(marked || selected && !b.source.anyMarked(), selected || index == b.hovered)
		row.fill(b.source, index, spans, ground)
		row.place(float32(index)*rowHeight(), width, selected)
		row.box.place(fyne.NewPos(0, float32(index)*rowHeight()), b.source.lead(), marked)
	}
	canvas.Refresh(b)
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

// CreateRenderer is called by the toolkit.
func (b *listBody) CreateRenderer() fyne.WidgetRenderer { return &bodyRenderer{b} }

type bodyRenderer struct{ b *listBody }

func (r *bodyRenderer) Destroy()         {}
func (r *bodyRenderer) Layout(fyne.Size) { r.b.update() }
func (r *bodyRenderer) Refresh()         { r.b.update() }

func (r *bodyRenderer) MinSize() fyne.Size {
	return fyne.NewSize(0, float32(r.b.source.length())*rowHeight())
}

func (r *bodyRenderer) Objects() []fyne.CanvasObject {
	var objects []fyne.CanvasObject
	for _, row := range r.b.rows {
		objects = row.objects(objects)
	}
	return objects
}

// listRow holds the objects of one row in sight.
type listRow struct {
	ground, bar, rule *canvas.Rectangle
	texts             []*canvas.Text
	columns           int // how many of the texts and badges are in use
	badges            []*Badge
	box               *markBox
	visible           bool
}

func newListRow() *listRow {
	return &listRow{
		ground: canvas.NewRectangle(Paper),
		bar:    canvas.NewRectangle(Accent),
		rule:   canvas.NewRectangle(FaintLine),
		box:    newMarkBox(),
	}
}

func (r *listRow) show(visible bool) { r.visible = visible }

func (r *listRow) fill(source listSource, index int, spans []span, ground color.Color) {
	r.ground.FillColor = ground
	y, height := float32(index)*rowHeight(), rowHeight()
	for len(r.texts) < len(spans) {
		r.texts = append(r.texts, NewText("", Plain))
		r.badges = append(r.badges, NewBadge(Tint{}))
	}
	r.columns = len(spans)
	for i, s := range spans {
		c := source.cellOf(index, i)
		badge := r.badges[i]
		if badge.tint != c.tint {
			badge.Set(c.tint)
		}
		if c.tint.Word != "" {
			size := badge.MinSize()
			size.Width = max(size.Width, min(s.width-2*GapCell, Scaled(minBadgeWidth)))
			badge.Resize(size)
			badge.Move(fyne.NewPos(s.x+CellSide, y+(height-size.Height)/2))
		}
		placeText(r.texts[i], c.textFor(s.width-2*CellSide), c.style, source.alignment(i), s, height)
		r.texts[i].Move(r.texts[i].Position().AddXY(0, y))
	}
}

// minBadgeWidth makes the badges of a column equally wide.
const minBadgeWidth = 72

func (r *listRow) place(y, width float32, selected bool) {
	height := rowHeight()
	r.ground.Move(fyne.NewPos(0, y))
	r.ground.Resize(fyne.NewSize(width, height))
	r.bar.Hidden = !selected
	r.bar.Move(fyne.NewPos(0, y))
	r.bar.Resize(fyne.NewSize(BarWidth, height))
	r.rule.Move(fyne.NewPos(0, y+height-RuleThickness))
	r.rule.Resize(fyne.NewSize(width, RuleThickness))
}

func (r *listRow) objects(to []fyne.CanvasObject) []fyne.CanvasObject {
	if !r.visible {
		return to
	}
	to = r.box.objects(append(to, r.ground, r.rule, r.bar))
	for i := range r.texts[:r.columns] {
		if r.badges[i].Word() != "" {
			to = append(to, r.badges[i])
		}
		if r.texts[i].Text != "" {
			to = append(to, r.texts[i])
		}
	}
	return to
}
