package charts

import (
	"fmt"
	"image/color"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"renkei/views/ui"
)

// View shows a Chart. The pointer or the arrow keys choose a value, whose
// details are shown at the foot. A click or Enter opens it, T switches between
// chart and table, Ctrl+C copies the table, and S asks for an image. Tiles on a
// grid can be moved with Ctrl and an arrow or by dragging.
type View struct {
	widget.BaseWidget
	// OnOpened is called with the chosen value on a click, Enter or Space.
	OnOpened func(d Datum)
	// OnSave is called on S: the user wants an image of the chart.
	OnSave func()
	// OnShortcut gets the shortcuts the view does not use.
	OnShortcut func(fyne.Shortcut)
	// OnMoved allows the user to move the tiles of a grid. It is called with
	// the new cells after each move.
	OnMoved func(cells []Cell)
	// OnResized is called when the height needed changes: on switching to the
	// table or back, or when the grid grows or shrinks.
	OnResized func()
	// OnFocused is called when the view gets the focus, so that a page can
	// scroll it into view.
	OnFocused func()

	chart   Chart
	table   bool
	focused bool
	moving  bool // a tile is being moved: show empty cells
	carried *carried
	current int // index into the plan's shapes, −1 for none
	left    int // current when the focus was lost
	plan    Plan
	drawn   fyne.Size
	objects []fyne.CanvasObject
	cells   []Shape // cells of the table
	foot    *ui.Caption
	pointer *canvas.Rectangle
	landing *canvas.Rectangle // where a dragged tile will go
	frame   *canvas.Rectangle
}

var (
	_ fyne.Widget       = (*View)(nil)
	_ fyne.Focusable    = (*View)(nil)
	_ fyne.Tappable     = (*View)(nil)
	_ fyne.Shortcutable = (*View)(nil)
	_ fyne.Draggable    = (*View)(nil)
	_ desktop.Hoverable = (*View)(nil)
	_ desktop.Keyable   = (*View)(nil)
	_ ui.Block          = (*View)(nil)
)

// NewView returns a view of a chart.
func NewView(c Chart) *View {
	v := &View{chart: c, current: -1, left: -1, foot: ui.NewCaption("", ui.Quiet), pointer: canvas.NewRectangle(color.Transparent), landing: canvas.NewRectangle(color.Transparent), frame: canvas.NewRectangle(ui.Paper)}
	v.pointer.StrokeColor, v.pointer.StrokeWidth = ui.Ink, 2
	v.landing.StrokeColor, v.landing.StrokeWidth = ui.Accent, 4
	v.landing.Hide()
	v.ExtendBaseWidget(v)
	return v
}

// Chart returns the chart shown.
func (v *View) Chart() Chart { return v.chart }

// SetTable switches to the table or to the chart.
func (v *View) SetTable(table bool) {
	if v.table != table {
		v.table, v.moving, v.carried = table, false, nil
		v.redraw()
		if v.OnResized != nil {
			v.OnResized()
		}
	}
}

// InTable reports whether the table is shown.
func (v *View) InTable() bool { return v.table }

// Current returns the chosen value, or false.
func (v *View) Current() (Datum, bool) {
	s := v.chosen()
	if s.Category < 0 {
		return Datum{}, false
	}
	return v.chart.at(s.Category, s.Series), true
}

// chosen returns the shape of the chosen value, with category −1 for none.
func (v *View) chosen() Shape {
	if v.current < 0 || v.current >= len(v.plan.Shapes) {
		return Shape{Category: -1}
	}
	return v.plan.Shapes[v.current]
}

// shapeOf returns the index of a value's shape, −1 if it has none.
func (v *View) shapeOf(category, series int) int {
	return slices.IndexFunc(v.plan.Shapes, func(s Shape) bool { return s.Category == category && s.Series == series })
}

// Detail returns the text at the foot.
func (v *View) Detail() string { return v.foot.Text() }

func (v *View) redraw() {
	v.drawn = fyne.Size{}
	v.Refresh()
}

// choose selects a value. −1 selects none.
func (v *View) choose(shape int) {
	v.current = shape
	v.point()
	canvas.Refresh(v)
}

// point frames the current value and shows its detail.
func (v *View) point() {
	defer v.showLanding()
	if v.current < 0 {
		v.pointer.Hide()
		v.foot.SetText(v.hint())
		return
	}
	s := v.plan.Shapes[v.current]
	box := s.Box
	if i := v.cellOf(s); i >= 0 {
		box = v.cells[i].Box
	}
	around := float32(2)
	switch {
	case v.moving:
		box = v.plan.Tiles[s.Category]
	case v.inTiles(): // between the lines
		around = 0
	}
	v.pointer.Show()
	v.pointer.Move(fyne.NewPos(box.X-around, box.Y-around))
	v.pointer.Resize(fyne.NewSize(box.W+2*around, box.H+2*around))
	words := v.chart.detail(s.Category, s.Series)
	if d := v.chart.at(s.Category, s.Series); d.Key != "" && v.OnOpened != nil {
		words += "　（Enter・クリックで内訳）"
	}
	v.foot.SetText(words)
}

func (v *View) hint() string {
	var words []string
	switch {
	case v.chart.blank():
		return ""
	case v.focused && v.table:
		words = append(words, "矢印で選ぶ", "T で図")
	case v.focused:
		words = append(words, "矢印で選ぶ", "T で表")
	}
	if v.focused && v.OnSave != nil {
		words = append(words, "S で画像に書き出す")
	}
	if v.movable() { // shown to mouse users as well
		words = append(words, "Ctrl+矢印・ドラッグで地図のとおりに並べ替え")
	}
	return strings.Join(words, "　")
}

// FocusGained shows the focus at the last chosen value.
func (v *View) FocusGained() {
	v.focused = true
	if v.current < 0 {
		v.current = v.left
	}
	v.point()
	v.Refresh()
	if v.OnFocused != nil {
		v.OnFocused()
	}
}

// FocusLost removes the focus marks.
func (v *View) FocusLost() {
	v.focused = false
	v.left = v.current
	v.choose(-1)
	v.settle()
	v.Refresh()
}

// TypedRune switches to the table on T and asks for an image on S.
func (v *View) TypedRune(r rune) {
	switch r {
	case 't', 'T', 'ｔ', 'Ｔ':
		v.SetTable(!v.table)
	case 's', 'S', 'ｓ', 'Ｓ':
		if v.OnSave != nil {
			v.OnSave()
		}
	}
}

// TypedKey moves between the values and opens them.
func (v *View) TypedKey(e *fyne.KeyEvent) {
	v.settle()
	if by, ok := arrows[e.Name]; ok && v.inTiles() {
		v.toward(by.Column, by.Row)
		return
	}
	switch e.Name {
	case fyne.KeyLeft, fyne.KeyUp:
		v.step(-1)
	case fyne.KeyRight, fyne.KeyDown:
		v.step(1)
	case fyne.KeyHome:
		v.chooseEdge(false)
	case fyne.KeyEnd:
		v.chooseEdge(true)
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		v.open()
	case fyne.KeyEscape:
		v.choose(-1)
	}
}

func (v *View) step(by int) {
	n := len(v.plan.Shapes)
	switch {
	case n == 0:
	case v.current < 0:
		v.chooseEdge(by < 0)
	default:
		v.choose(min(max(0, v.current+by), n-1))
	}
}

// chooseEdge chooses the first or last value; tiles count in reading order.
func (v *View) chooseEdge(last bool) {
	n := len(v.plan.Shapes)
	switch {
	case v.inTiles():
		v.choose(v.plan.edge(last))
	case last:
		v.choose(n - 1)
	default:
		v.choose(min(0, n-1))
	}
}

func (v *View) open() {
	if d, ok := v.Current(); ok && d.Key != "" && v.OnOpened != nil {
		v.OnOpened(d)
	}
}

// TypedShortcut copies the table on Ctrl+C and moves a tile on Ctrl and an
// arrow.
func (v *View) TypedShortcut(s fyne.Shortcut) {
	if _, ok := s.(*fyne.ShortcutCopy); ok {
		fyne.CurrentApp().Clipboard().SetContent(v.TSV())
		return
	}
	if v.push(s) {
		return
	}
	if v.OnShortcut != nil {
		v.OnShortcut(s)
	}
}

// TSV returns the table as text for pasting into a spreadsheet.
func (v *View) TSV() string {
	rows := v.chart.Table()
	columns := make([]ui.Column[[]string], len(rows[0]))
	for i, title := range rows[0] {
		columns[i] = ui.Column[[]string]{Title: title, Text: func(row []string) string { return row[i] }}
	}
	return ui.TSV(columns, rows[1:])
}

// Tapped takes the focus and opens the value under the pointer.
func (v *View) Tapped(e *fyne.PointEvent) {
	v.takeFocus()
	if i := v.under(e.Position); i >= 0 {
		v.choose(i)
		v.open()
	}
}

func (v *View) takeFocus() {
	if c := fyne.CurrentApp().Driver().CanvasForObject(v); c != nil {
		c.Focus(v)
	}
}

// MouseIn chooses the value under the pointer.
func (v *View) MouseIn(e *desktop.MouseEvent) { v.MouseMoved(e) }

// MouseMoved chooses the value under the pointer.
func (v *View) MouseMoved(e *desktop.MouseEvent) {
	if i := v.under(e.Position); i != v.current {
		v.choose(i)
	}
}

// MouseOut clears the choice.
func (v *View) MouseOut() { v.choose(-1) }

// under returns the value at a position of the widget, −1 for none.
func (v *View) under(at fyne.Position) int {
	if !v.table {
		return v.plan.At(v.chart.Kind, at.X, at.Y)
	}
	for _, cell := range v.cells {
		if cell.Holds(at.X, at.Y) {
			return v.shapeOf(cell.Category, cell.Series)
		}
	}
	return -1
}

// cellOf returns the table cell of a value, −1 when the chart is shown.
func (v *View) cellOf(s Shape) int {
	return slices.IndexFunc(v.cells, func(cell Shape) bool { return cell.Category == s.Category && cell.Series == s.Series })
}

// AccessibilityLabel returns the title and every value, as the table does.
func (v *View) AccessibilityLabel() string {
	lines := []string{v.chart.Title}
	for _, row := range v.chart.Table()[1:] {
		lines = append(lines, strings.Join(row, " "))
	}
	return strings.Join(lines, "、")
}

// AccessibilityRole is that of a container.
func (v *View) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleContainer }

// String names the view in the output of tests.
func (v *View) String() string { return fmt.Sprintf("chart %q", v.chart.Title) }

// CreateRenderer is called by the toolkit.
func (v *View) CreateRenderer() fyne.WidgetRenderer { return &viewRenderer{v} }

type viewRenderer struct{ v *View }

func (r *viewRenderer) Destroy()                     {}
func (r *viewRenderer) Objects() []fyne.CanvasObject { return r.v.objects }

func (r *viewRenderer) MinSize() fyne.Size {
	return fyne.NewSize(ui.Scaled(280), r.v.HeightFor(max(ui.Scaled(280), r.v.Size().Width)))
}

func (r *viewRenderer) Layout(size fyne.Size) {
	if size != r.v.drawn && size.Width > 0 {
		r.v.drawn = size
		r.v.draw(size)
	}
}

func (r *viewRenderer) Refresh() {
	r.Layout(r.v.Size())
	r.v.frame.StrokeColor = r.v.edge()
	canvas.Refresh(r.v)
}
