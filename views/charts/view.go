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

// View shows a Chart. The pointer or the arrow keys choose a value, said in
// full at the foot; a click or Enter opens it, T turns to the table and back,
// Ctrl+C copies the table and S asks for an image. Tiles on a grid can be moved
// by Ctrl and an arrow or by dragging.
type View struct {
	widget.BaseWidget
	// OnOpened is called on a click, Enter or Space with the value chosen.
	OnOpened func(d Datum)
	// OnSave is called on S: the person wants an image of the chart.
	OnSave func()
	// OnShortcut gets the shortcuts the view has no use for.
	OnShortcut func(fyne.Shortcut)
	// OnMoved lets a person move the tiles of a grid, and is called with the new
	// cells after each was.
	OnMoved func(cells []Cell)
	// OnResized is called after the view came to need another height: it turned
	// to its table or back, or its grid grew or shrank.
	OnResized func()
	// OnFocused is called when the keyboard comes, so that a page can bring the
	// view into sight.
	OnFocused func()

	chart   Chart
	table   bool
	focused bool
	moving  bool // a tile is on its way: empty cells are seen
	carried *carried
	current int // index in the plan's shapes, −1 for none
	left    int // current when the keyboard went
	plan    Plan
	drawn   fyne.Size
	objects []fyne.CanvasObject
	cells   []Shape // of the table
	foot    *ui.Caption
	pointer *canvas.Rectangle
	landing *canvas.Rectangle // where a tile carried will stand
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

// Chart returns what is shown.
func (v *View) Chart() Chart { return v.chart }

// SetTable turns to the table or to the drawing.
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

// Current returns the value chosen, or false when there is none.
func (v *View) Current() (Datum, bool) {
	s := v.chosen()
	if s.Category < 0 {
		return Datum{}, false
	}
	return v.chart.at(s.Category, s.Series), true
}

// chosen is the place of the value chosen, of category −1 when there is none.
func (v *View) chosen() Shape {
	if v.current < 0 || v.current >= len(v.plan.Shapes) {
		return Shape{Category: -1}
	}
	return v.plan.Shapes[v.current]
}

// shapeOf is the index of the shape of a value, −1 when it has none.
func (v *View) shapeOf(category, series int) int {
	return slices.IndexFunc(v.plan.Shapes, func(s Shape) bool { return s.Category == category && s.Series == series })
}

// Detail is what the foot says.
func (v *View) Detail() string { return v.foot.Text() }

// redraw makes the objects anew.
func (v *View) redraw() {
	v.drawn = fyne.Size{}
	v.Refresh()
}

// choose makes a value the current one; −1 is none.
func (v *View) choose(shape int) {
	v.current = shape
	v.point()
	canvas.Refresh(v)
}

// point puts the frame round the current value and says it.
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
	if v.movable() { // said to those with the mouse as well
		words = append(words, "Ctrl+矢印・ドラッグで地図のとおりに並べ替え")
	}
	return strings.Join(words, "　")
}

// FocusGained shows that the keyboard is here, at the value it was at last.
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

// FocusLost shows that it is gone.
func (v *View) FocusLost() {
	v.focused = false
	v.left = v.current
	v.choose(-1)
	v.settle()
	v.Refresh()
}

// TypedRune turns to the table on T, and asks for an image on S.
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

// TypedKey moves among the values and opens them.
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

// chooseEdge chooses the first or the last value, of tiles as they are read.
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

// TSV is the table as a spreadsheet takes it from the clipboard.
func (v *View) TSV() string {
	rows := v.chart.Table()
	columns := make([]ui.Column[[]string], len(rows[0]))
	for i, title := range rows[0] {
		columns[i] = ui.Column[[]string]{Title: title, Text: func(row []string) string { return row[i] }}
	}
	return ui.TSV(columns, rows[1:])
}

// Tapped takes the keyboard and opens the value under the pointer.
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

// MouseIn points at a value.
func (v *View) MouseIn(e *desktop.MouseEvent) { v.MouseMoved(e) }

// MouseMoved points at a value.
func (v *View) MouseMoved(e *desktop.MouseEvent) {
	if i := v.under(e.Position); i != v.current {
		v.choose(i)
	}
}

// MouseOut lets go of the value.
func (v *View) MouseOut() { v.choose(-1) }

// under is the value at a place of the widget, −1 for none.
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

// cellOf is the place of a value in the table, −1 when the drawing is shown.
func (v *View) cellOf(s Shape) int {
	return slices.IndexFunc(v.cells, func(cell Shape) bool { return cell.Category == s.Category && cell.Series == s.Series })
}

// AccessibilityLabel says the title and every value, as the table would.
func (v *View) AccessibilityLabel() string {
	lines := []string{v.chart.Title}
	for _, row := range v.chart.Table()[1:] {
		lines = append(lines, strings.Join(row, " "))
	}
	return strings.Join(lines, "、")
}

// AccessibilityRole is a container.
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
