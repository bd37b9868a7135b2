package reports

import (
	"context"
	"math"
	"slices"

	"github.com/xuri/excelize/v2"

	"renkei/models"
)

// page is the paper of a sheet: A4, one page wide. minFont is the smallest
// printed size of the body in points. A table with a flexible column is laid
// out to fill a page at that size.
type page struct {
	landscape bool
	minFont   float64
	indent    bool // text and figures are indented from the rules
}

// units returns the width of the printable area at full size, in column units.
func (p page) units() float64 {
	const a4Short, a4Long, pixelsPerInch = 8.27, 11.69, 96
	inches := a4Short
	if p.landscape {
		inches = a4Long
	}
	return (inches - 2*sideMargin) * pixelsPerInch / unitPixels
}

// target returns the width at which the body prints at minFont.
func (p page) target() float64 { return p.units() * bodySize / p.minFont }

// sheet is a sequence of blocks from top to bottom: the title, then tables with
// their headings and notes.
type sheet struct {
	name   string
	page   page
	blocks []block
	// least holds the minimum column widths, in column units: tables with
	// spanned columns leave some columns without a value of their own.
	least []float64

	widths               []float64 // in column units
	row                  int       // row being written, from 1
	lastRow              int
	merges               [][2]string // from and to, see merge
	repeatFrom, repeatTo int         // rows printed on every page
}

// block is one piece of a sheet. Exactly one of grid, chart and text is set.
type block struct {
	role  role
	text  string
	grid  *grid
	chart *chart
	// pageBreak starts the block on a new page.
	pageBreak bool
}

func (s *sheet) title(text string, info ...string) {
	s.blocks = append(s.blocks, block{role: roleTitle, text: text})
	for _, line := range info {
		s.blocks = append(s.blocks, block{role: roleInfo, text: line})
	}
}

func (s *sheet) heading(text string) {
	s.blocks = append(s.blocks, block{role: roleHeading, text: text})
}

func (s *sheet) note(text string) {
	s.blocks = append(s.blocks, block{role: roleNote, text: text})
}

func (s *sheet) table(g *grid) { s.blocks = append(s.blocks, block{grid: g}) }

// chart draws a chart of a table, as wide as the sheet.
func (s *sheet) chart(c chart) { s.blocks = append(s.blocks, block{chart: &c}) }

// breakPage starts the next block on a new page.
func (s *sheet) breakPage() { s.blocks = append(s.blocks, block{pageBreak: true}) }

func (s *sheet) write(ctx context.Context, w *writer) error {
	s.layOut()
	for i, width := range s.widths {
		w.do(w.file.SetColWidth(s.name, columnName(i+1), columnName(i+1), width))
	}
	s.row = 1
	for i, b := range s.blocks {
		if err := canceled(ctx); err != nil {
			return err
		}
		switch {
		case b.pageBreak:
			w.do(w.file.InsertPageBreak(s.name, cellName(1, s.row)))
		case b.chart != nil:
			s.writeChart(w, b.chart)
		case b.grid != nil:
			if err := s.writeGrid(ctx, w, b.grid); err != nil {
				return err
			}
			if i < len(s.blocks)-1 {
				s.gap(w)
			}
		default:
			s.writeText(w, b)
		}
	}
	s.lastRow = s.row - 1
	for _, area := range s.merges {
		w.do(w.file.MergeCell(s.name, area[0], area[1]))
	}
	return nil
}

// rows returns how many rows the sheet takes, with a gap under every table and
// chart.
func (s *sheet) rows() int {
	n := 0
	for _, b := range s.blocks {
		switch {
		case b.grid != nil:
			n += 1 + max(1, b.grid.size()) + 1
		case b.chart != nil:
			n += b.chart.rows + 1
		case !b.pageBreak:
			n++
		}
	}
	return n
}

// gapHeight is the height of the row under a table, in points.
const gapHeight = 8

// gap leaves a narrow empty row, so that a filter or sort never includes what
// follows a table.
func (s *sheet) gap(w *writer) {
	w.do(w.file.SetRowHeight(s.name, s.row, gapHeight))
	s.row++
}

// writeText writes a title, heading or note across the whole width.
func (s *sheet) writeText(w *writer, b block) {
	w.set(s.name, cellName(1, s.row), b.text, b.look())
	s.merge(1, len(s.widths))
	w.do(w.file.SetRowHeight(s.name, s.row, s.textHeight(b)))
	if b.role == roleTitle || b.role == roleInfo {
		if s.repeatFrom == 0 {
			s.repeatFrom = s.row
		}
		s.repeatTo = s.row
	}
	s.row++
}

// look returns the style of a text.
func (b block) look() look {
	l := look{role: b.role}
	if b.role == roleNote {
		l.tone = toneQuiet
	}
	return l
}

// textHeight returns the height of a text across the whole width, in points.
func (s *sheet) textHeight(b block) float64 {
	size := b.look().size()
	return rowHeight(countLines(clean(b.text), s.room(1, len(s.widths), size)), size)
}

// merge notes cells of the row to merge, which is done last: excelize looks
// through all merged cells for each cell that it writes.
func (s *sheet) merge(col, span int) {
	if span > 1 {
		s.merges = append(s.merges, [2]string{cellName(col, s.row), cellName(col+span-1, s.row)})
	}
}

// room returns how many half-widths of text fit in span columns.
func (s *sheet) room(col, span int, size float64) float64 {
	units := 0.0
	for _, width := range s.widths[col-1 : col-1+span] {
		units += width
	}
	return halfWidthsIn(units, size)
}

func (s *sheet) writeGrid(ctx context.Context, w *writer, g *grid) error {
	head := s.row
	s.writeHead(w, g)
	g.notePlace(s.name, s.row)
	if len(g.rows) == 0 {
		s.writeEmpty(w, g)
		s.finishList(w, g, head)
		return nil
	}
	drawers := s.drawers(g)
	for _, row := range g.rows {
		if err := canceled(ctx); err != nil {
			return err
		}
		s.writeRow(w, g, row, drawers)
	}
	s.markIDs(w, g, head+1)
	s.finishList(w, g, head)
	return nil
}

func (s *sheet) writeHead(w *writer, g *grid) {
	col := 1
	for _, c := range g.cols {
		s.setSpanned(w, col, c.span, c.head, look{role: roleHead})
		col += c.span
	}
	w.do(w.file.SetRowHeight(s.name, s.row, s.headHeight(g)))
	s.row++
}

// headHeight returns the height of the header row, in points.
func (s *sheet) headHeight(g *grid) float64 {
	lines, col := 1, 1
	for _, c := range g.cols {
		lines = max(lines, countLines(c.head, s.room(col, c.span, bodySize)))
		col += c.span
	}
	height := rowHeight(lines, bodySize)
	if g.list {
		height += 10 // room for the filter button
	}
	return height
}

func (s *sheet) writeRow(w *writer, g *grid, row gridRow, drawers []*drawer) {
	col, lines := 1, 1
	for i, d := range drawers {
		cell := d.draw(row.cells[i], row.total)
		s.setSpanned(w, col, d.column.span, row.cells[i].value, cell.look)
		lines = max(lines, cell.lines)
		col += d.column.span
	}
	w.do(w.file.SetRowHeight(s.name, s.row, g.heightOf(lines)))
	s.row++
}

// heightOf returns the height of a row whose longest cell has that many lines,
// in points.
func (g *grid) heightOf(lines int) float64 { return max(g.rowHeight, rowHeight(lines, bodySize)) }

// indentHalfWidths is the room an indent takes from a cell.
func (s *sheet) indentHalfWidths() float64 {
	if s.page.indent {
		return indentUnits / unitPerHalf
	}
	return 0
}

// setSpanned writes a cell over span columns and rules each of them.
func (s *sheet) setSpanned(w *writer, col, span int, value any, l look) {
	w.set(s.name, cellName(col, s.row), value, l)
	for i := 1; i < span; i++ {
		w.set(s.name, cellName(col+i, s.row), nil, l)
	}
	s.merge(col, span)
}

const nothingFound = "該当はありません"

// writeEmpty writes one quiet line saying that there is nothing.
func (s *sheet) writeEmpty(w *writer, g *grid) {
	s.setSpanned(w, 1, g.columns(), nothingFound, look{role: roleEmpty, tone: toneQuiet})
	w.do(w.file.SetRowHeight(s.name, s.row, rowHeight(1, bodySize)))
	s.row++
}

// markIDs tells Excel that numbers stored as text are intended. Otherwise every
// patient ID gets a green corner.
func (s *sheet) markIDs(w *writer, g *grid, from int) {
	col := 1
	for _, c := range g.cols {
		if c.format == formatID {
			area := cellName(col, from) + ":" + cellName(col, s.row-1)
			w.do(w.file.AddIgnoredErrors(s.name, area, excelize.IgnoredErrorsNumberStoredAsText))
		}
		col += c.span
	}
}

// finishList freezes, repeats and filters the header of a list; a form's header
// is only repeated. The filter leaves out the total row, or sorting would move
// it.
func (s *sheet) finishList(w *writer, g *grid, head int) {
	if g.list || g.form {
		s.repeatFrom, s.repeatTo = head, head
	}
	if !g.list {
		return
	}
	w.do(w.file.SetPanes(s.name, &excelize.Panes{Freeze: true, XSplit: g.keep, YSplit: head,
		TopLeftCell: cellName(g.keep+1, head+1), ActivePane: "bottomRight"}))
	if n := g.body(); n > 0 {
		area := cellName(1, head) + ":" + cellName(g.columns(), head+n)
		w.do(w.file.AutoFilter(s.name, area, nil))
	}
}

// rowHeight returns the height in points of a row with that many lines. Excel's
// maximum is 409 points.
func rowHeight(lines int, size float64) float64 {
	const padding, highest = 4, 409
	return min(highest, math.Ceil(float64(lines)*size*linePitch)+padding)
}

// layOut gives every column the width of its content, and distributes the rest
// of the page to the flexible columns in proportion.
func (s *sheet) layOut() {
	columns := 1
	for _, b := range s.blocks {
		if b.grid != nil {
			columns = max(columns, b.grid.columns())
		}
	}
	s.widths = make([]float64, max(columns, len(s.least)))
	copy(s.widths, s.least)
	var flexible []int
	for _, b := range s.blocks {
		if b.grid != nil {
			flexible = s.widen(b.grid, flexible)
		}
	}
	left := s.page.target()
	for _, width := range s.widths {
		left -= width
	}
	shares := 0.0
	for _, col := range flexible {
		shares += s.widths[col]
	}
	for _, col := range flexible {
		s.widths[col] *= 1 + max(0, left)/shares
	}
}

// widen raises the widths to what the table needs and adds its flexible columns
// to the list. A value over several columns widens none of them.
func (s *sheet) widen(g *grid, flexible []int) []int {
	col := 0
	for i, c := range g.cols {
		if c.span == 1 {
			s.widths[col] = max(s.widths[col], unitsFor(g.needed(i, s.indentHalfWidths())))
			if c.width.flex && !slices.Contains(flexible, col) {
				flexible = append(flexible, col)
			}
		}
		col += c.span
	}
	return flexible
}

// boldFactor is how much wider bold digits are.
const boldFactor = 1.08

// needed returns the half-widths a column wants: its content within the
// column's bounds, but numbers, dates and the longest line of the header always
// in full. indent is added for indented cells.
func (g *grid) needed(i int, indent float64) float64 {
	c := g.cols[i]
	needed := max(c.width.min, g.widest()[i])
	if c.format == formatText || c.format.ofFigures() && c.format != formatDate {
		needed += indent
	}
	return max(needed, textWidth(c.head)*boldFactor)
}

// widest returns the half-widths the content of each column needs. It goes
// through the rows once for all columns.
func (g *grid) widest() []float64 {
	if g.wide == nil {
		g.wide = make([]float64, len(g.cols))
		for _, row := range g.rows {
			g.measure(row)
		}
	}
	return g.wide
}

// measure widens the columns to a row.
func (g *grid) measure(row gridRow) {
	for i := range g.cols {
		value, most := row.cells[i].value, g.cols[i].width.max
		figure := isFigure(value)
		if !figure && g.wide[i] >= most {
			continue // no text widens it further
		}
		wide := textWidth(cellText(value))
		switch {
		case !figure:
			wide = min(wide, most)
		case row.total:
			wide *= boldFactor
		}
		g.wide[i] = max(g.wide[i], wide)
	}
}

func isFigure(value any) bool {
	switch value.(type) {
	case int, hundredths, share, models.Date:
		return true
	}
	return false
}
