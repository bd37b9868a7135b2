package admissions

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"renkei/views/ui"
)

// heightOf is the height an object needs at a width.
func heightOf(o fyne.CanvasObject, width float32) float32 {
	if b, ok := o.(ui.Block); ok {
		return b.HeightFor(width)
	}
	return o.MinSize().Height
}

// column is a column of a grid: at least as wide as Width, with a share of what
// is left over.
type column struct{ width, grow float32 }

// grid lays objects out in rows and columns, each row as high as its highest
// object and the others in the middle of it.
type grid struct {
	widget.BaseWidget
	columns []column
	rows    [][]fyne.CanvasObject
	gap     float32 // between rows
	rules   []*canvas.Rectangle
}

var _ ui.Block = (*grid)(nil)

// newGrid returns a grid; a nil object leaves its place empty. ruled draws a
// line under each row.
func newGrid(columns []column, gap float32, ruled bool, rows ...[]fyne.CanvasObject) *grid {
	g := &grid{columns: columns, rows: rows, gap: gap}
	if ruled {
		for range rows {
			g.rules = append(g.rules, canvas.NewRectangle(ui.FaintLine))
		}
	}
	g.ExtendBaseWidget(g)
	return g
}

// spans returns the left edge and the width of each column. A column without a
// width is as wide as its widest object.
func (g *grid) spans(width float32) (x, w []float32) {
	x, w = make([]float32, len(g.columns)), make([]float32, len(g.columns))
	used, grow := ui.GapField*float32(len(g.columns)-1), float32(0)
	for i, c := range g.columns {
		w[i] = ui.Scaled(c.width)
		if c.width == 0 {
			for _, row := range g.rows {
				if row[i] != nil {
					w[i] = max(w[i], row[i].MinSize().Width)
				}
			}
		}
		used, grow = used+w[i], grow+c.grow
	}
	at := float32(0)
	for i, c := range g.columns {
		if rest := width - used; rest > 0 && grow > 0 {
			w[i] += rest * c.grow / grow
		}
		x[i] = at
		at += w[i] + ui.GapField
	}
	return x, w
}

func (g *grid) rowHeight(row []fyne.CanvasObject, w []float32) float32 {
	height := float32(0)
	for i, o := range row {
		if o != nil {
			height = max(height, heightOf(o, w[i]))
		}
	}
	return height
}

// HeightFor returns the height of all rows at a width.
func (g *grid) HeightFor(width float32) float32 {
	_, w := g.spans(width)
	height := g.gap * float32(max(0, len(g.rows)-1))
	for _, row := range g.rows {
		height += g.rowHeight(row, w)
	}
	return height
}

// CreateRenderer is called by the toolkit.
func (g *grid) CreateRenderer() fyne.WidgetRenderer { return &gridRenderer{g} }

type gridRenderer struct{ g *grid }

func (r *gridRenderer) Destroy() {}

func (r *gridRenderer) MinSize() fyne.Size {
	x, w := r.g.spans(0)
	width := float32(0)
	if n := len(x); n > 0 {
		width = x[n-1] + w[n-1]
	}
	return fyne.NewSize(width, r.g.HeightFor(max(width, r.g.Size().Width)))
}

func (r *gridRenderer) Layout(size fyne.Size) {
	x, w := r.g.spans(size.Width)
	y := float32(0)
	for n, row := range r.g.rows {
		height := r.g.rowHeight(row, w)
		for i, o := range row {
			if o == nil {
				continue
			}
			h := heightOf(o, w[i])
			o.Move(fyne.NewPos(x[i], y+(height-h)/2))
			o.Resize(fyne.NewSize(w[i], h))
		}
		y += height + r.g.gap
		if r.g.rules != nil {
			r.g.rules[n].Move(fyne.NewPos(0, y-r.g.gap/2-ui.RuleThickness))
			r.g.rules[n].Resize(fyne.NewSize(size.Width, ui.RuleThickness))
		}
	}
}

func (r *gridRenderer) Objects() []fyne.CanvasObject {
	var objects []fyne.CanvasObject
	for _, rule := range r.g.rules {
		objects = append(objects, rule)
	}
	for _, row := range r.g.rows {
		for _, o := range row {
			if o != nil {
				objects = append(objects, o)
			}
		}
	}
	return objects
}

func (r *gridRenderer) Refresh() { r.Layout(r.g.Size()); canvas.Refresh(r.g) }

// run sets pieces of text beside each other and begins a new line where the
// next one does not fit; no piece is broken.
type run struct {
	widget.BaseWidget
	pieces []fyne.CanvasObject
	gap    float32
}

var _ ui.Block = (*run)(nil)

func newRun(gap float32, pieces ...fyne.CanvasObject) *run {
	r := &run{pieces: pieces, gap: gap}
	r.ExtendBaseWidget(r)
	return r
}

// HeightFor returns the height of the lines at a width.
func (r *run) HeightFor(width float32) float32 { return r.place(width, false) }

// place puts the pieces line by line, each in the middle of its line, and
// returns the height.
func (r *run) place(width float32, move bool) float32 {
	y := float32(0)
	for rest := r.pieces; len(rest) > 0; {
		n, line := r.fitting(rest, width)
		x := float32(0)
		for _, o := range rest[:n] {
			size := o.MinSize()
			size.Width = min(size.Width, width)
			if move {
				o.Move(fyne.NewPos(x, y+(line-size.Height)/2))
				o.Resize(size)
			}
			x += size.Width + r.gap
		}
		rest = rest[n:]
		y += line
		if len(rest) > 0 {
			y += 2
		}
	}
	return y
}

// fitting returns how many pieces stand on a line, at least one, and its height.
func (r *run) fitting(pieces []fyne.CanvasObject, width float32) (n int, height float32) {
	x := float32(0)
	for i, o := range pieces {
		size := o.MinSize()
		if i > 0 && x+size.Width > width+0.5 {
			return i, height
		}
		x += size.Width + r.gap
		height = max(height, size.Height)
	}
	return len(pieces), height
}

// CreateRenderer is called by the toolkit.
func (r *run) CreateRenderer() fyne.WidgetRenderer { return &runRenderer{r} }

type runRenderer struct{ r *run }

func (r *runRenderer) Destroy()                     {}
func (r *runRenderer) Objects() []fyne.CanvasObject { return r.r.pieces }
func (r *runRenderer) Layout(size fyne.Size)        { r.r.place(size.Width, true) }
func (r *runRenderer) Refresh()                     { r.Layout(r.r.Size()); canvas.Refresh(r.r) }

func (r *runRenderer) MinSize() fyne.Size {
	const least = 160
	return fyne.NewSize(least, r.r.HeightFor(max(least, r.r.Size().Width)))
}

// pairWidth is the width from which two blocks stand beside each other.
const pairWidth = 1000

// pair shows two blocks beside each other, equally high, and below each other
// where there is no room.
type pair struct {
	widget.BaseWidget
	left, right ui.Block
	ratio       float32 // of the left one
}

var _ ui.Block = (*pair)(nil)

func newPair(left, right ui.Block, ratio float32) *pair {
	p := &pair{left: left, right: right, ratio: ratio}
	p.ExtendBaseWidget(p)
	return p
}

func (p *pair) widths(width float32) (left, right float32, beside bool) {
	if width < ui.Scaled(pairWidth) {
		return width, width, false
	}
	left = (width - ui.GapField) * p.ratio
	return left, width - ui.GapField - left, true
}

// HeightFor returns the height at a width.
func (p *pair) HeightFor(width float32) float32 {
	left, right, beside := p.widths(width)
	if beside {
		return max(p.left.HeightFor(left), p.right.HeightFor(right))
	}
	return p.left.HeightFor(left) + ui.GapField + p.right.HeightFor(right)
}

// CreateRenderer is called by the toolkit.
func (p *pair) CreateRenderer() fyne.WidgetRenderer { return &pairRenderer{p} }

type pairRenderer struct{ p *pair }

func (r *pairRenderer) Destroy() {}
func (r *pairRenderer) Refresh() { r.Layout(r.p.Size()); canvas.Refresh(r.p) }

func (r *pairRenderer) MinSize() fyne.Size {
	width := max(r.p.left.MinSize().Width, r.p.right.MinSize().Width)
	return fyne.NewSize(width, r.p.HeightFor(max(width, r.p.Size().Width)))
}

func (r *pairRenderer) Layout(size fyne.Size) {
	left, right, beside := r.p.widths(size.Width)
	if beside {
		r.p.left.Resize(fyne.NewSize(left, size.Height))
		r.p.left.Move(fyne.NewPos(0, 0))
		r.p.right.Resize(fyne.NewSize(right, size.Height))
		r.p.right.Move(fyne.NewPos(left+ui.GapField, 0))
		return
	}
	height := r.p.left.HeightFor(left)
	r.p.left.Resize(fyne.NewSize(left, height))
	r.p.left.Move(fyne.NewPos(0, 0))
	r.p.right.Resize(fyne.NewSize(right, size.Height-height-ui.GapField))
	r.p.right.Move(fyne.NewPos(0, height+ui.GapField))
}

func (r *pairRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.p.left, r.p.right}
}

// choiceLine is a line that is chosen by a tap, Enter or Space; the one chosen
// stands on the colour of a selection with a bar before it.
type choiceLine struct {
	widget.BaseWidget
	label    string // for screen readers
	content  ui.Block
	chosen   bool
	focused  bool
	choose   func()
	shortcut func(fyne.Shortcut)
	escape   func() // nil for nothing
	ground   *canvas.Rectangle
	bar      *canvas.Rectangle
}

var (
	_ ui.Block           = (*choiceLine)(nil)
	_ fyne.Focusable     = (*choiceLine)(nil)
	_ fyne.Tappable      = (*choiceLine)(nil)
	_ fyne.Shortcutable  = (*choiceLine)(nil)
	_ desktop.Cursorable = (*choiceLine)(nil)
)

func newChoiceLine(label string, content ui.Block, choose func()) *choiceLine {
	l := &choiceLine{label: label, content: content, choose: choose, ground: canvas.NewRectangle(ui.Paper), bar: canvas.NewRectangle(ui.Accent)}
	l.ground.CornerRadius = ui.CornerRadius
	l.ExtendBaseWidget(l)
	l.paint()
	return l
}

func (l *choiceLine) setChosen(chosen bool) {
	l.chosen = chosen
	l.paint()
}

func (l *choiceLine) paint() {
	l.ground.FillColor, l.ground.StrokeWidth = ui.Paper, 0
	if l.chosen {
		l.ground.FillColor = ui.AccentSoft
	}
	if l.focused {
		l.ground.StrokeColor, l.ground.StrokeWidth = ui.Accent, 2*ui.RuleThickness
	}
	l.bar.Hidden = !l.chosen
	canvas.Refresh(l)
}

// Tapped chooses the line.
func (l *choiceLine) Tapped(*fyne.PointEvent) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(l); c != nil {
		c.Focus(l)
	}
	l.choose()
}

// Cursor shows that the line can be clicked.
func (l *choiceLine) Cursor() desktop.Cursor { return desktop.PointerCursor }

// FocusGained is called by the toolkit.
func (l *choiceLine) FocusGained() { l.focused = true; l.paint() }

// FocusLost is called by the toolkit.
func (l *choiceLine) FocusLost() { l.focused = false; l.paint() }

// TypedRune chooses on Space.
func (l *choiceLine) TypedRune(r rune) {
	if r == ' ' || r == '　' {
		l.choose()
	}
}

// TypedKey chooses on Enter.
func (l *choiceLine) TypedKey(e *fyne.KeyEvent) {
	switch {
	case e.Name == fyne.KeyReturn || e.Name == fyne.KeyEnter:
		l.choose()
	case e.Name == fyne.KeyEscape && l.escape != nil:
		l.escape()
	}
}

// TypedShortcut hands the window's shortcuts on.
func (l *choiceLine) TypedShortcut(s fyne.Shortcut) {
	if l.shortcut != nil {
		l.shortcut(s)
	}
}

// AccessibilityLabel is the line in words.
func (l *choiceLine) AccessibilityLabel() string { return l.label }

// AccessibilityRole is a button.
func (l *choiceLine) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// HeightFor returns the height at a width.
func (l *choiceLine) HeightFor(width float32) float32 {
	return l.content.HeightFor(width-2*ui.GapField) + ui.GapCell
}

// CreateRenderer is called by the toolkit.
func (l *choiceLine) CreateRenderer() fyne.WidgetRenderer { return &choiceLineRenderer{l} }

type choiceLineRenderer struct{ l *choiceLine }

func (r *choiceLineRenderer) Destroy() {}
func (r *choiceLineRenderer) Refresh() { r.Layout(r.l.Size()); canvas.Refresh(r.l) }

func (r *choiceLineRenderer) MinSize() fyne.Size {
	width := r.l.content.MinSize().Width + 2*ui.GapField
	return fyne.NewSize(width, r.l.HeightFor(max(width, r.l.Size().Width)))
}

func (r *choiceLineRenderer) Layout(size fyne.Size) {
	r.l.ground.Resize(size)
	r.l.bar.Resize(fyne.NewSize(ui.BarWidth, size.Height))
	r.l.content.Move(fyne.NewPos(ui.GapField, ui.GapCell/2))
	r.l.content.Resize(fyne.NewSize(size.Width-2*ui.GapField, size.Height-ui.GapCell))
}

func (r *choiceLineRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.l.ground, r.l.bar, r.l.content}
}
