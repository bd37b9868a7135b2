package charts

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// drawCells draws that many different cells of the grid.
func drawCells(t *rapid.T, n int) []Cell {
	numbers := rapid.SliceOfNDistinct(rapid.IntRange(0, GridColumns*max(n, 3)-1), n, n, rapid.ID[int]).Draw(t, "cells")
	cells := make([]Cell, n)
	for i, k := range numbers {
		cells[i] = Cell{k % GridColumns, k / GridColumns}
	}
	return cells
}

// drawMap draws a chart of tiles on a grid.
func drawMap(t *rapid.T) Chart {
	n := rapid.IntRange(1, 20).Draw(t, "tiles")
	c := Chart{Kind: Tiles, Categories: make([]string, n), Cells: drawCells(t, n)}
	for range rapid.IntRange(1, 3).Draw(t, "series") {
		c.Series = append(c.Series, Series{Data: make([]Datum, n)})
	}
	return c
}

func TestTilesStandAsOnTheMap(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := drawMap(t)
		w := rapid.Float32Range(280, 1600).Draw(t, "width")
		p := c.Layout(w, 0, someRoom)
		require.Len(t, p.Tiles, len(c.Categories))
		top, bottom := p.Tiles[0].Y, float32(0)
		for i, a := range p.Tiles {
			require.Truef(t, a.X >= -0.01 && a.X+a.W <= w+0.01 && a.Y >= 0 && a.Y+a.H <= p.Plot.H+0.01, "%v in %v", a, p.Plot)
			require.InDelta(t, (w-4*6)/5, a.W, 0.01, "five tiles and the room between them fill the width")
			top, bottom = min(top, a.Y), max(bottom, a.Y+a.H)
			for j, b := range p.Tiles[:i] {
				apart := a.X+a.W <= b.X || b.X+b.W <= a.X || a.Y+a.H <= b.Y || b.Y+b.H <= a.Y
				require.Truef(t, apart, "%v and %v overlap", a, b)
				east, south := c.Cells[i].Column-c.Cells[j].Column, c.Cells[i].Row-c.Cells[j].Row
				require.Equal(t, east > 0, a.X > b.X+1, "west and east are kept")
				require.Equal(t, south > 0, a.Y > b.Y+1, "north and south are kept")
			}
		}
		require.Zero(t, top, "no empty row above")
		require.InDelta(t, p.Plot.H, bottom, 0.01, "and none below")
	})
}

func TestValuesOfATileStandInsideIt(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := drawMap(t)
		p := c.Layout(690, 0, someRoom)
		require.Len(t, p.Shapes, len(c.Categories)*len(c.Series))
		for _, s := range p.Shapes {
			tile := p.Tiles[s.Category]
			require.True(t, s.X >= tile.X && s.X+s.W <= tile.X+tile.W && s.Y >= tile.Y+someRoom.Line && s.Y+s.H <= tile.Y+tile.H)
			at := p.Shapes[p.At(Tiles, s.X+s.W/2, s.Y+s.H/2)]
			require.Equal(t, s, at)
			name := p.Shapes[p.At(Tiles, tile.X+tile.W/2, tile.Y+2)]
			require.Equal(t, s.Category, name.Category)
			require.Zero(t, name.Series, "the name leads to the first value")
		}
	})
}

func TestAMovedTileTakesItsPlaceAndNoneIsLost(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(2, 14).Draw(t, "tiles")
		cells := drawCells(t, n)
		before := slices.Clone(cells)
		tile := rapid.IntRange(0, n-1).Draw(t, "tile")
		to := Cell{rapid.IntRange(-1, GridColumns).Draw(t, "column"), rapid.IntRange(-1, 8).Draw(t, "row")}
		next, ok := moved(cells, tile, to)
		require.Equal(t, before, cells, "the cells before are left alone")
		if !ok {
			require.Equal(t, before, next)
			return
		}
		require.NotEqual(t, before, next)
		east, south := next[tile].Column-to.Column, next[tile].Row-to.Row // all made room
		for i, c := range next {
			require.True(t, c.Column >= 0 && c.Column < GridColumns && c.Row >= 0, "%v", next)
			require.Equal(t, i, slices.Index(next, c), "no two stand in one cell")
			want := before[i]
			switch {
			case i == tile:
				want = to
			case want == to:
				want = before[tile]
			}
			require.Equal(t, Cell{want.Column + east, want.Row + south}, c)
		}
		if south != 0 {
			require.Equal(t, -1, to.Row, "all go south only to make room in the north")
		}
	})
}

func TestMovingOverTheEdge(t *testing.T) {
	row := []Cell{{0, 0}, {1, 0}, {2, 0}}
	full := []Cell{{0, 0}, {1, 0}, {2, 0}, {3, 0}, {4, 0}}
	for name, c := range map[string]struct {
		cells []Cell
		tile  int
		to    Cell
		want  []Cell // nil when refused
	}{
		"neighbours swap":                      {row, 0, Cell{1, 0}, []Cell{{1, 0}, {0, 0}, {2, 0}}},
		"a new row above":                      {row, 1, Cell{1, -1}, []Cell{{0, 1}, {1, 0}, {2, 1}}},
		"a new row below":                      {row, 1, Cell{1, 1}, []Cell{{0, 0}, {1, 1}, {2, 0}}},
		"a new column in the west":             {row, 2, Cell{-1, 0}, []Cell{{1, 0}, {2, 0}, {0, 0}}},
		"a full row has no room in the west":   {full, 2, Cell{-1, 0}, nil},
		"nor in the east":                      {full, 2, Cell{5, 0}, nil},
		"an unused column in the west is used": {[]Cell{{1, 0}, {4, 0}}, 1, Cell{5, 0}, []Cell{{0, 0}, {4, 0}}},
		"at most one row per tile":             {[]Cell{{0, 0}, {0, 1}}, 1, Cell{0, 2}, nil},
		"already there":                        {row, 1, Cell{1, 0}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			next, ok := moved(c.cells, c.tile, c.to)
			assert.Equal(t, c.want != nil, ok)
			if ok {
				assert.Equal(t, c.want, next)
			}
		})
	}
}

func TestEveryTileIsReachedByArrows(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cells := drawCells(t, rapid.IntRange(1, 14).Draw(t, "tiles"))
		reached, next := map[int]bool{0: true}, []int{0}
		for len(next) > 0 {
			at := next[0]
			next = next[1:]
			for _, by := range arrows {
				to := beside(cells, at, by.Column, by.Row)
				if to < 0 {
					continue
				}
				east, south := cells[to].Column-cells[at].Column, cells[to].Row-cells[at].Row
				require.Positive(t, east*by.Column+south*by.Row, "an arrow leads its way")
				if by.Column != 0 {
					require.Zero(t, south)
				}
				if !reached[to] {
					reached[to] = true
					next = append(next, to)
				}
			}
		}
		require.Len(t, reached, len(cells))
	})
}

func TestATileLandsOnTheCellUnderThePointer(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := drawMap(t)
		p := c.Layout(690, 0, someRoom)
		tile, other := rapid.IntRange(0, len(c.Cells)-1).Draw(t, "tile"), rapid.IntRange(0, len(c.Cells)-1).Draw(t, "over")
		on := p.Tiles[other]
		require.Equal(t, c.Cells[other], p.grid.landing(c.Cells, tile, on.X+on.W/2, on.Y+on.H/2))
		x, y := rapid.Float32Range(-300, 1000).Draw(t, "x"), rapid.Float32Range(-300, 1000).Draw(t, "y")
		to := p.grid.landing(c.Cells, tile, x, y)
		_, ok := moved(c.Cells, tile, to)
		require.True(t, ok || to == c.Cells[tile], "wherever it is let go there is room for it")
	})
}

func TestEmptyCellsAreThoseNoTileHas(t *testing.T) {
	c := Chart{Kind: Tiles, Categories: []string{"北", "南"}, Cells: []Cell{{1, 2}, {2, 3}}, Series: []Series{{}}}
	p := c.Layout(690, 0, someRoom)
	assert.Equal(t, []Cell{{2, 2}, {3, 2}, {4, 2}, {5, 2}, {1, 3}, {3, 3}, {4, 3}, {5, 3}}, p.grid.free(c.Cells))
}

func TestEveryNumberHasTheShadeOfItsStep(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		most := float64(rapid.IntRange(0, 2000).Draw(t, "most"))
		list := steps(most)
		require.Zero(t, list[0].from)
		require.Equal(t, most, list[len(list)-1].to)
		at := 0
		for n := 0.0; n <= most; n++ {
			if n > list[at].to {
				at++
				require.Equal(t, n, list[at].from, "the steps follow each other")
			}
			require.Equal(t, list[at].shade, shadeOf(n, most))
		}
	})
	assert.Equal(t, []step{{0, 0, 11}, {1, 12, 22}, {2, 23, 33}, {3, 34, 45}}, steps(45))
	assert.Equal(t, []step{{0, 0, 0}, {3, 1, 1}}, steps(1))
}
