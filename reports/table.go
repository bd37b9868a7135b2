package reports

import (
	"fmt"
	"iter"
	"slices"
)

// width says how wide a column is, in half-widths of text.
type width struct {
	min, max float64
	flex     bool
}

// fit is as wide as its content from min to max; longer text is wrapped.
// Numbers and dates are never narrower than what they show.
func fit(minimum, maximum float64) width { return width{min: minimum, max: maximum} }

// flex takes what the page leaves, but no less than min.
func flex(minimum float64) width { return width{min: minimum, max: minimum, flex: true} }

// column defines one column of a table of T: a report is a slice of these.
type column[T any] struct {
	head   string
	width  width
	span   int // columns of the sheet it covers; 0 is one
	format format
	value  func(T) any // string, int, hundredths, share or models.Date; a blank one leaves the cell empty
	tone   func(T) tone
	// ratio names the columns, from 0, that a column of shares divides.
	ratio [2]int
}

// gridColumn and grid are a table with its row type erased, as the sheet
// writes it.
type gridColumn struct {
	head   string
	width  width
	span   int
	format format
	ratio  [2]int
}

type gridCell struct {
	value any
	tone  tone
}

type gridRow struct {
	cells []gridCell
	total bool
}

type grid struct {
	cols []gridColumn
	rows []gridRow
	// list marks the one table of a sheet: frozen header, repeated on every
	// page, with a filter; keep is the number of columns that stay in sight.
	list bool
	keep int
	// form marks a table that is filled in or signed: its header is repeated on
	// every page too, and every row is at least so many points high.
	form      bool
	rowHeight float64

	// lazy makes the rows anew each time they are asked for, count of them: a long
	// list is never held whole. Its sheet is written as a stream.
	lazy  iter.Seq[gridRow]
	count int

	skip  int        // rows at the top that a chart leaves out
	wide  []float64  // of each column, once it is measured
	place tablePlace // known once it is written
}

// tabulate makes the table of the rows.
func tabulate[T any](cols []column[T], rows []T) *grid {
	g := &grid{cols: gridColumns(cols)}
	for _, row := range rows {
		g.rows = append(g.rows, rowOf(cols, row))
	}
	return g
}

// tabulateLazily makes the one list of a sheet from rows that are made into
// cells only while they are written.
func tabulateLazily[T any](cols []column[T], rows []T, keep int) *grid {
	g := &grid{cols: gridColumns(cols), count: len(rows)}
	g.lazy = func(yield func(gridRow) bool) {
		for _, row := range rows {
			if !yield(rowOf(cols, row)) {
				return
			}
		}
	}
	return g.asList(keep)
}

func gridColumns[T any](cols []column[T]) []gridColumn {
	list := make([]gridColumn, len(cols))
	for i, c := range cols {
		list[i] = gridColumn{c.head, c.width, max(1, c.span), c.format, c.ratio}
	}
	return list
}

func rowOf[T any](cols []column[T], row T) gridRow {
	cells := make([]gridCell, len(cols))
	for i, c := range cols {
		cells[i].value = c.value(row)
		if c.tone != nil {
			cells[i].tone = c.tone(row)
		}
	}
	return gridRow{cells: cells}
}

// each goes through the rows.
func (g *grid) each() iter.Seq[gridRow] {
	if g.lazy != nil {
		return g.lazy
	}
	return slices.Values(g.rows)
}

// size is the number of rows.
func (g *grid) size() int {
	if g.lazy != nil {
		return g.count
	}
	return len(g.rows)
}

// addTotal adds a line of totals, one value a column.
func (g *grid) addTotal(values ...any) {
	cells := make([]gridCell, len(g.cols))
	for i, v := range values {
		cells[i].value = v
	}
	g.rows = append(g.rows, gridRow{cells: cells, total: true})
}

// body is the number of rows that are filtered and sorted: all but the totals.
func (g *grid) body() int {
	if g.lazy != nil {
		return g.count
	}
	n := 0
	for _, row := range g.rows {
		if !row.total {
			n++
		}
	}
	return n
}

// totalFormula is what the ith cell of a line of totals under rows of the sheet
// is worked out by, so that a filter changes it: the sum of what is in sight, or
// of two sums the share; "" where it is neither.
func (g *grid) totalFormula(i int, value any, firstRow int) string {
	lastRow := firstRow + g.body() - 1
	switch value.(type) {
	case int, hundredths:
		return fmt.Sprintf("SUBTOTAL(109,%s:%s)", cellName(i+1, firstRow), cellName(i+1, lastRow))
	case share:
		part, whole := cellName(g.cols[i].ratio[0]+1, lastRow+1), cellName(g.cols[i].ratio[1]+1, lastRow+1)
		return fmt.Sprintf(`IF(%s=0,"",%s/%s)`, whole, part, whole)
	}
	return ""
}

// asList makes the table the one list of its sheet.
func (g *grid) asList(keep int) *grid {
	g.list, g.keep = true, keep
	return g
}

// asForm makes the table the form of its sheet, with rows at least so high.
func (g *grid) asForm(rowHeight float64) *grid {
	g.form, g.rowHeight = true, rowHeight
	return g
}

// skipping leaves the rows at the top that are so out of the charts.
func skipping[T any](g *grid, rows []T, is func(T) bool) *grid {
	for g.skip < len(rows) && is(rows[g.skip]) {
		g.skip++
	}
	return g
}

// columns returns how many columns of the sheet the table covers.
func (g *grid) columns() int {
	n := 0
	for _, c := range g.cols {
		n += c.span
	}
	return n
}
