package coverage

import (
	"slices"

	"fyne.io/fyne/v2"

	"renkei/views/charts"
	"renkei/views/ui"
)

// arrangement is where the user put the 市区町村 on the map, by name. It keeps the
// cells of those not shown now.
type arrangement map[string]charts.Cell

// mostRows is the limit for rows read from the settings.
const mostRows = 100

// cells returns the cell of each name. A name without one gets the next free
// cell. Rows are filled alternately to the right and to the left: neighbours in
// the order are neighbours on the map.
func (a arrangement) cells(names []string) []charts.Cell {
	cells := make([]charts.Cell, len(names))
	taken := make(map[charts.Cell]bool, len(names))
	settled := make([]bool, len(names))
	for i, name := range names {
		c, ok := a[name]
		inside := c.Column >= 0 && c.Column < charts.GridColumns && c.Row >= 0 && c.Row < mostRows
		if ok && inside && !taken[c] {
			cells[i], taken[c], settled[i] = c, true, true
		}
	}
	next := 0
	for i := range names {
		if settled[i] {
			continue
		}
		for taken[snake(next)] {
			next++
		}
		cells[i] = snake(next)
		taken[cells[i]] = true
	}
	return cells
}

// snake returns the nth cell of a map filled alternately right and left.
func snake(n int) charts.Cell {
	c := charts.Cell{Column: n % charts.GridColumns, Row: n / charts.GridColumns}
	if c.Row%2 == 1 {
		c.Column = charts.GridColumns - 1 - c.Column
	}
	return c
}

// with returns the arrangement with the names in these cells.
func (a arrangement) with(names []string, cells []charts.Cell) arrangement {
	next := make(arrangement, len(a)+len(names))
	for name, c := range a {
		next[name] = c
	}
	for i, name := range names {
		next[name] = cells[i]
	}
	return next
}

// areaMap is the map on the board. The user can move its tiles.
type areaMap struct {
	view  *charts.View
	names []string
	back  *ui.Button        // shown if the arrangement differs from the default
	tools fyne.CanvasObject // of the button
}

// arrangeable lets the user move the tiles of a view. It returns the button that
// restores the default.
func (b *board) arrangeable(v *charts.View, names []string) *ui.Button {
	back := ui.NewButton("並びを元に戻す", func() {
		before := b.arranged
		b.shell.Canvas().Focus(v)
		b.arrange(nil)
		b.shell.SayUndo("市区町村の並びを元に戻しました", func() { b.arrange(before) })
	})
	b.areaMap = &areaMap{view: v, names: names, back: back}
	v.OnMoved = func(cells []charts.Cell) { b.keepArranged(b.arranged.with(names, cells)) }
	return back
}

// arrange applies an arrangement to the map, if that is shown, and keeps it.
func (b *board) arrange(a arrangement) {
	if m := b.areaMap; m != nil {
		m.view.SetCells(a.cells(m.names))
	}
	b.keepArranged(a)
}

func (b *board) keepArranged(a arrangement) {
	b.arranged = a
	b.areaMap.showBack(a)
	b.onArranged(a)
}

// showBack shows the button if the arrangement differs from the default.
func (m *areaMap) showBack(a arrangement) {
	if m == nil {
		return
	}
	if slices.Equal(a.cells(m.names), arrangement(nil).cells(m.names)) {
		m.back.Hide()
	} else {
		m.back.Show()
	}
	m.tools.Refresh()
}
