package coverage

import (
	"slices"

	"fyne.io/fyne/v2"

	"renkei/views/charts"
	"renkei/views/ui"
)

// arrangement is where a person put the 市区町村 on their map, by name. Those that
// are not shown now keep their cells.
type arrangement map[string]charts.Cell

// mostRows bounds what is read from the settings.
const mostRows = 100

// cells returns the cell of each name: its own, else the first that is free as
// the map is filled in the order of the names, a row to the right and the next
// back to the left, so that neighbours in the order are neighbours on the map.
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

// snake is the nth cell of a map filled to and fro.
func snake(n int) charts.Cell {
	c := charts.Cell{Column: n % charts.GridColumns, Row: n / charts.GridColumns}
	if c.Row%2 == 1 {
		c.Column = charts.GridColumns - 1 - c.Column
	}
	return c
}

// with returns the arrangement after the names were put into cells.
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

// areaMap is the map on the board, which a person arranges.
type areaMap struct {
	view  *charts.View
	names []string
	back  *ui.Button        // seen while the arrangement is another than the default
	tools fyne.CanvasObject // of the button
}

// arrangeable lets a person arrange the tiles of a view and returns the button
// that takes it back.
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

// arrange puts the map, when it is in sight, into an arrangement.
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

// showBack shows the button when there is something to take back.
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
