package reports

import (
	"cmp"
	"context"
	"fmt"
	"iter"
)

// width is the width of a column, in half-widths of text.
type width struct {
	min, max float64
	flex     bool
}

// fit is as wide as the content, from min to max. Longer text is wrapped;
// numbers and dates are never cut.
func fit(minimum, maximum float64) width { return width{min: minimum, max: maximum} }

// flex takes the rest of the page, at least min.
func flex(minimum float64) width { return width{min: minimum, max: minimum, flex: true} }

// column defines one column of a table of T. A table is a slice of columns.
type column[T any] struct {
	head   string
	width  width
	span   int // sheet columns it covers; 0 means one
	format format
	value  func(T) any // string, int, hundredths, share or models.Date; blank leaves the cell empty
	tone   func(T) tone
	// ratio names the two columns, from 0, whose quotient a column of shares
	// shows.
	ratio [2]int
}

// gridColumn and grid are a table with its row type erased, as the sheet writes
// it.
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
	// list marks the one list of a sheet: its header is frozen, repeated on
	// every page and has a filter. keep is the number of columns that stay in
	// view.
	list bool
	keep int
	// form marks a table to fill in or sign: its header is also repeated on
	// every page, and every row is at least rowHeight points high.
	form      bool
	rowHeight float64

	// lazy makes the rows again while they are written, in cells that the next
	// row uses again; count is their number. A long list is never held in
	// memory. Its sheet is streamed.
	lazy  iter.Seq2[gridRow, error]
	count int

	skip  int        // rows at the top that charts leave out
	wide  []float64  // by column, once measured
	place tablePlace // known once written
}

// tabulate makes the table of the rows.
func tabulate[T any](cols []column[T], rows []T) *grid {
	g := &grid{cols: gridColumns(cols)}
	for _, row := range rows {
		g.rows = append(g.rows, rowOf(cols, row))
	}
	return g
}

// tabulateLazily makes the one list of a sheet from rows that it goes through
// twice, holding none: now, to count and measure them, and while the sheet is
// written. note is called with each of the first time.
func tabulateLazily[T any](ctx context.Context, cols []column[T], keep int, rows iter.Seq2[T, error], note func(T)) (*grid, error) {
	g := &grid{cols: gridColumns(cols), wide: make([]float64, len(cols))}
	cells := make([]gridCell, len(cols))
	for row, err := range rows {
		if err := cmp.Or(err, canceled(ctx)); err != nil {
			return nil, err
		}
		note(row)
		fillRow(cells, cols, row)
		g.measure(gridRow{cells: cells})
		g.count++
	}
	g.lazy = func(yield func(gridRow, error) bool) {
		for row, err := range rows {
			if err == nil {
				fillRow(cells, cols, row)
			}
			if !yield(gridRow{cells: cells}, err) {
				return
			}
		}
	}
	return g.asList(keep), nil
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
	fillRow(cells, cols, row)
	return gridRow{cells: cells}
}

func fillRow[T any](cells []gridCell, cols []column[T], row T) {
	for i := range cols {
		cells[i] = gridCell{value: cols[i].value(row)}
		if cols[i].tone != nil {
			cells[i].tone = cols[i].tone(row)
		}
	}
}

// each iterates over the rows. Only lazy rows can fail.
func (g *grid) each() iter.Seq2[gridRow, error] {
	if g.lazy != nil {
		return g.lazy
	}
	return func(yield func(gridRow, error) bool) {
		for _, row := range g.rows {
			if !yield(row, nil) {
				return
			}
		}
	}
}

// size returns the number of rows.
func (g *grid) size() int {
	if g.lazy != nil {
		return g.count
	}
	return len(g.rows)
}

// addTotal adds a total row, one value per column.
func (g *grid) addTotal(values ...any) {
	cells := make([]gridCell, len(g.cols))
	for i, v := range values {
		cells[i].value = v
	}
	g.rows = append(g.rows, gridRow{cells: cells, total: true})
}

// body returns the number of rows to filter and sort: all but the total rows.
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

// totalFormula returns the formula of the ith cell of a total row, so that a
// filter changes the total: the sum of visible rows, or the quotient of two
// sums for a share. It returns "" for other values.
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

// asForm makes the table the form of its sheet, with rows at least that high.
func (g *grid) asForm(rowHeight float64) *grid {
	g.form, g.rowHeight = true, rowHeight
	return g
}

// skipping leaves the first rows out of the charts, as long as they match.
func skipping[T any](g *grid, rows []T, is func(T) bool) *grid {
	for g.skip < len(rows) && is(rows[g.skip]) {
		g.skip++
	}
	return g
}

// columns returns how many sheet columns the table covers.
func (g *grid) columns() int {
	n := 0
	for _, c := range g.cols {
		n += c.span
	}
	return n
}
