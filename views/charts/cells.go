package charts

import (
	"cmp"
	"math"
	"slices"
)

// Cell is a position on the grid of tiles: columns count to the east, rows to
// the south.
type Cell struct {
	Column int `json:"column"`
	Row    int `json:"row"`
}

// GridColumns is the number of columns of a grid at every width, so that it
// keeps its shape.
const GridColumns = 5

// placed reports whether the tiles are on a grid.
func (c *Chart) placed() bool {
	return c.Kind == Tiles && len(c.Cells) > 0 && len(c.Cells) == len(c.Categories)
}

// extent returns the north-west and south-east corners of the cells.
func extent(cells []Cell) (first, last Cell) {
	if len(cells) == 0 {
		return Cell{}, Cell{}
	}
	first, last = cells[0], cells[0]
	for _, c := range cells[1:] {
		first = Cell{min(first.Column, c.Column), min(first.Row, c.Row)}
		last = Cell{max(last.Column, c.Column), max(last.Row, c.Row)}
	}
	return first, last
}

// moved returns the cells after moving a tile to another cell. A tile already
// there swaps with it; beyond the edge, all others make room. It returns false
// if the tile is there already, or if the grid would exceed its columns or one
// row per tile.
func moved(cells []Cell, tile int, to Cell) ([]Cell, bool) {
	if cells[tile] == to {
		return cells, false
	}
	next := slices.Clone(cells)
	if other := slices.Index(cells, to); other >= 0 {
		next[other] = cells[tile]
	}
	next[tile] = to
	from, end := extent(cells)
	first, last := extent(next)
	rows := max(len(cells), end.Row-from.Row+1)
	if last.Column-first.Column >= GridColumns || last.Row-first.Row >= rows {
		return cells, false
	}
	east := max(0, -first.Column) - max(0, last.Column-(GridColumns-1))
	south := max(0, -first.Row)
	for i := range next {
		next[i].Column += east
		next[i].Row += south
	}
	return next, true
}

// beside returns the tile next to another in a direction: left and right the
// nearest in its row, up and down the nearest in the next row with a tile. It
// returns −1 for none.
func beside(cells []Cell, tile, dx, dy int) int {
	best, least := -1, math.MaxInt
	for i, c := range cells {
		east, south := c.Column-cells[tile].Column, c.Row-cells[tile].Row
		along, across := east*dx+south*dy, max(east*dy, -east*dy)
		if along <= 0 || dx != 0 && south != 0 {
			continue
		}
		if cost := along*1000 + across; cost < least {
			best, least = i, cost
		}
	}
	return best
}

// edge returns the index of the first or last shape in reading order, −1 for
// none.
func (p *Plan) edge(last bool) int {
	best := -1
	for i, s := range p.Shapes {
		if best < 0 {
			best = i
			continue
		}
		a, b := p.cells[s.Category], p.cells[p.Shapes[best].Category]
		order := cmp.Or(a.Row-b.Row, a.Column-b.Column)
		if last && order >= 0 || !last && order < 0 {
			best = i
		}
	}
	return best
}

// grid is the layout of tile cells in a drawing.
type grid struct {
	x, y          float32 // of the first cell
	wide, high    float32 // of a tile
	gap           float32
	first         Cell
	columns, rows int
}

func (g grid) width() float32  { return float32(g.columns)*(g.wide+g.gap) - g.gap }
func (g grid) height() float32 { return max(0, float32(g.rows)*(g.high+g.gap)-g.gap) }

// box returns the box of a cell, even beyond the edge.
func (g grid) box(c Cell) Box {
	return Box{
		g.x + float32(c.Column-g.first.Column)*(g.wide+g.gap), g.y + float32(c.Row-g.first.Row)*(g.high+g.gap),
		g.wide, g.high,
	}
}

// overEdge is how far beyond the edge a tile must be dragged to be put before
// all others.
const overEdge = 12

// at returns the cell at a point: one of the grid, or one just beyond its edge
// if the point is clearly outside.
func (g grid) at(x, y float32) Cell {
	step := func(at, length, pitch float32, n int) int {
		switch {
		case at < -overEdge:
			return -1
		case at > length+overEdge:
			return n
		}
		return min(max(0, int((at+g.gap/2)/pitch)), n-1)
	}
	return Cell{
		g.first.Column + step(x-g.x, g.width(), g.wide+g.gap, g.columns),
		g.first.Row + step(y-g.y, g.height(), g.high+g.gap, g.rows),
	}
}

// landing returns where a tile dropped at a point goes: the cell there, beyond
// the edge only if there is room.
func (g grid) landing(cells []Cell, tile int, x, y float32) Cell {
	to := g.at(x, y)
	if _, ok := moved(cells, tile, to); ok {
		return to
	}
	return Cell{
		min(max(to.Column, g.first.Column), g.first.Column+g.columns-1),
		min(max(to.Row, g.first.Row), g.first.Row+g.rows-1),
	}
}

// free lists the cells of the grid without a tile.
func (g grid) free(cells []Cell) []Cell {
	var list []Cell
	for row := range g.rows {
		for column := range g.columns {
			c := Cell{g.first.Column + column, g.first.Row + row}
			if !slices.Contains(cells, c) {
				list = append(list, c)
			}
		}
	}
	return list
}
