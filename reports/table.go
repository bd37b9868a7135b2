package reports

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
}

// gridColumn and grid are a table with its row type erased, as the sheet
// writes it.
type gridColumn struct {
	head   string
	width  width
	span   int
	format format
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

	place tablePlace // known once it is written
}

// tabulate makes the table of the rows.
func tabulate[T any](cols []column[T], rows []T) *grid {
	g := &grid{}
	for _, c := range cols {
		g.cols = append(g.cols, gridColumn{c.head, c.width, max(1, c.span), c.format})
	}
	for _, row := range rows {
		cells := make([]gridCell, len(cols))
		for i, c := range cols {
			cells[i].value = c.value(row)
			if c.tone != nil {
				cells[i].tone = c.tone(row)
			}
		}
		g.rows = append(g.rows, gridRow{cells: cells})
	}
	return g
}

// addTotal adds a line of totals, one value a column.
func (g *grid) addTotal(values ...any) {
	cells := make([]gridCell, len(g.cols))
	for i, v := range values {
		cells[i].value = v
	}
	g.rows = append(g.rows, gridRow{cells: cells, total: true})
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

// columns returns how many columns of the sheet the table covers.
func (g *grid) columns() int {
	n := 0
	for _, c := range g.cols {
		n += c.span
	}
	return n
}
