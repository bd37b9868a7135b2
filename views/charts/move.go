package charts

import (
	"image/color"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"renkei/views/ui"
)

// carried is the tile being dragged.
type carried struct {
	tile int // category; −1 if no tile was picked up
	to   Cell
}

// movable reports whether the user may move the tiles.
func (v *View) movable() bool {
	return v.OnMoved != nil && v.chart.placed() && len(v.chart.Cells) > 1 && !v.table && !v.chart.blank()
}

// SetCells moves the tiles to other cells.
func (v *View) SetCells(cells []Cell) {
	before := v.HeightFor(v.Size().Width)
	v.chart.Cells = cells
	v.redraw()
	if v.OnResized != nil && v.HeightFor(v.Size().Width) != before {
		v.OnResized()
	}
}

// put moves a tile to a cell and calls OnMoved.
func (v *View) put(tile int, to Cell) {
	cells, ok := moved(v.chart.Cells, tile, to)
	if !ok {
		v.redraw()
		return
	}
	v.SetCells(cells)
	v.OnMoved(slices.Clone(cells))
}

// arrows are the keys that move a tile, with their direction.
var arrows = map[fyne.KeyName]Cell{
	fyne.KeyLeft: {Column: -1}, fyne.KeyRight: {Column: 1}, fyne.KeyUp: {Row: -1}, fyne.KeyDown: {Row: 1},
}

// push moves the chosen tile by one cell on Ctrl and an arrow. It returns false
// for other shortcuts, or if the tiles cannot be moved.
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

// settle ends the moving. A dragged tile stays where it was.
func (v *View) settle() {
	if v.carried != nil {
		v.carried.tile = -1
	}
	if v.moving {
		v.moving = false
		v.redraw()
	}
}

// KeyDown is required by the toolkit.
func (v *View) KeyDown(*fyne.KeyEvent) {}

// KeyUp ends the moving when Ctrl is released.
func (v *View) KeyUp(e *fyne.KeyEvent) {
	if e.Name == desktop.KeyControlLeft || e.Name == desktop.KeyControlRight {
		v.settle()
	}
}

// Dragged drags the tile under the pointer.
func (v *View) Dragged(e *fyne.DragEvent) {
	if v.carried == nil {
		v.takeUp(e.Position.SubtractXY(e.Dragged.DX, e.Dragged.DY))
	}
	if tile := v.carried.tile; tile >= 0 {
		v.carried.to = v.plan.grid.landing(v.chart.Cells, tile, e.Position.X, e.Position.Y)
		v.choose(v.current)
	}
}

// takeUp picks up the tile at a position, if there is one.
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

// DragEnd drops the tile.
func (v *View) DragEnd() {
	put := v.carried
	v.carried, v.moving = nil, false
	if put != nil && put.tile >= 0 {
		v.takeFocus()
		v.put(put.tile, put.to)
	}
}

// showLanding frames the cell where the dragged tile will go and names it. If
// the tile goes before all others, it draws a bar at the edge.
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

// toward chooses the next value in a direction: the next line of the tile, else
// a value of the next tile.
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
