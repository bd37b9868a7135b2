package charts

import (
	"image/color"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"renkei/views/ui"
)

// carried is a tile on its way under the pointer.
type carried struct {
	tile int // category, −1 when the pointer took up none
	to   Cell
}

// movable tells that a person may move the tiles.
func (v *View) movable() bool {
	return v.OnMoved != nil && v.chart.placed() && len(v.chart.Cells) > 1 && !v.table && !v.chart.blank()
}

// SetCells stands the tiles elsewhere.
func (v *View) SetCells(cells []Cell) {
	before := v.HeightFor(v.Size().Width)
	v.chart.Cells = cells
	v.redraw()
	if v.OnResized != nil && v.HeightFor(v.Size().Width) != before {
		v.OnResized()
	}
}

// put stands a tile on a cell and tells of it.
func (v *View) put(tile int, to Cell) {
	cells, ok := moved(v.chart.Cells, tile, to)
	if !ok {
		v.redraw()
		return
	}
	v.SetCells(cells)
	v.OnMoved(slices.Clone(cells))
}

// arrows are the keys that move a tile, and where to.
var arrows = map[fyne.KeyName]Cell{
	fyne.KeyLeft: {Column: -1}, fyne.KeyRight: {Column: 1}, fyne.KeyUp: {Row: -1}, fyne.KeyDown: {Row: 1},
}

// push moves the chosen tile by a cell on Ctrl and an arrow; false when the
// shortcut is another or the tiles stand fast.
func (v *View) push(s fyne.Shortcut) bool {
	custom, ok := s.(*desktop.CustomShortcut)
	if !ok || custom.Modifier != fyne.KeyModifierControl || !v.movable() {
		return false
	}
	by, ok := arrows[custom.KeyName]
	if !ok {
		return false
	}
	if tile := v.chosen().Category; tile >= 0 {
		v.moving = true
		from := v.chart.Cells[tile]
		v.put(tile, Cell{from.Column + by.Column, from.Row + by.Row})
	}
	return true
}

// settle ends the moving: a tile carried stays where it was.
func (v *View) settle() {
	if v.carried != nil {
		v.carried.tile = -1
	}
	if v.moving {
		v.moving = false
		v.redraw()
	}
}

// KeyDown has nothing to note.
func (v *View) KeyDown(*fyne.KeyEvent) {}

// KeyUp ends the moving when Ctrl is let go.
func (v *View) KeyUp(e *fyne.KeyEvent) {
	if e.Name == desktop.KeyControlLeft || e.Name == desktop.KeyControlRight {
		v.settle()
	}
}

// Dragged carries the tile that the pointer took up.
func (v *View) Dragged(e *fyne.DragEvent) {
	if v.carried == nil {
		v.takeUp(e.Position.SubtractXY(e.Dragged.DX, e.Dragged.DY))
	}
	if tile := v.carried.tile; tile >= 0 {
		v.carried.to = v.plan.grid.landing(v.chart.Cells, tile, e.Position.X, e.Position.Y)
		v.choose(v.current)
	}
}

// takeUp begins to carry the tile at a place, if there is one.
func (v *View) takeUp(at fyne.Position) {
	v.carried = &carried{tile: -1}
	if !v.movable() {
		return
	}
	if tile := slices.IndexFunc(v.plan.Tiles, func(b Box) bool { return b.Holds(at.X, at.Y) }); tile >= 0 {
		v.carried.tile, v.moving = tile, true
		v.current = v.under(at)
		v.redraw()
	}
}

// DragEnd puts the tile down.
func (v *View) DragEnd() {
	put := v.carried
	v.carried, v.moving = nil, false
	if put != nil && put.tile >= 0 {
		v.takeFocus()
		v.put(put.tile, put.to)
	}
}

// showLanding puts a frame where the tile carried will stand, and says it; a
// tile to be put before all the others has a bar at the edge.
func (v *View) showLanding() {
	if v.carried == nil || v.carried.tile < 0 {
		v.landing.Hide()
		return
	}
	p, to := &v.plan, v.carried.to
	box := p.grid.box(to)
	const bar = tileGap
	v.landing.FillColor = ui.Accent
	last := Cell{p.grid.first.Column + p.grid.columns - 1, p.grid.first.Row + p.grid.rows - 1}
	switch {
	case to.Row < p.grid.first.Row:
		box = Box{box.X, p.grid.y - bar, box.W, bar}
	case to.Row > last.Row:
		box = Box{box.X, box.Y - p.grid.gap, box.W, bar}
	case to.Column < p.grid.first.Column:
		box = Box{p.grid.x - bar, box.Y, bar, box.H}
	case to.Column > last.Column:
		box = Box{box.X - p.grid.gap, box.Y, bar, box.H}
	default:
		v.landing.FillColor = color.Transparent
	}
	v.landing.Show()
	v.landing.Move(fyne.NewPos(box.X, box.Y))
	v.landing.Resize(fyne.NewSize(box.W, box.H))
	words := v.chart.Categories[v.carried.tile] + "　放すとここに置きます"
	switch other := slices.Index(v.chart.Cells, to); {
	case other == v.carried.tile:
		words = v.chart.Categories[other] + "　置く場所まで動かしてください"
	case other >= 0:
		words = v.chart.Categories[v.carried.tile] + "　放すと「" + v.chart.Categories[other] + "」と入れ替えます"
	}
	v.foot.SetText(words)
}

// toward chooses the value in a direction: of the lines of a tile the next,
// else that of the tile beside.
func (v *View) toward(dx, dy int) {
	at := v.chosen()
	if at.Category < 0 {
		v.chooseEdge(dx+dy < 0)
		return
	}
	if dy != 0 {
		for i := at.Series + dy; i >= 0 && i < len(v.chart.Series); i += dy {
			if shape := v.shapeOf(at.Category, i); shape >= 0 {
				v.choose(shape)
				return
			}
		}
	}
	next := beside(v.plan.cells, at.Category, dx, dy)
	if next < 0 {
		return
	}
	series := at.Series
	switch {
	case dy > 0:
		series = 0
	case dy < 0:
		series = len(v.chart.Series) - 1
	}
	if shape := v.shapeOf(next, series); shape >= 0 {
		v.choose(shape)
	}
}
