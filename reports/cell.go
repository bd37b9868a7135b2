package reports

import "github.com/xuri/excelize/v2"

// drawer finds how the values of a column appear. Most values of a list are
// repeated, so it remembers them.
type drawer struct {
	column gridColumn
	indent float64 // room an indent takes from a cell, in half-widths
	room   float64 // half-widths of text that fit
	page   page
	known  map[gridCell]*drawn
}

// drawn is how a value appears in a column.
type drawn struct {
	look  look
	lines int
	// cell is the cell for a stream, an excelize.Cell, once it was written.
	cell any
}

// drawers returns those of a table, by column. The sheet is laid out.
func (s *sheet) drawers(g *grid) []*drawer {
	list, col := make([]*drawer, len(g.cols)), 1
	for i, c := range g.cols {
		list[i] = &drawer{column: c, indent: s.indentHalfWidths(), room: s.room(col, c.span, bodySize), page: s.page, known: map[gridCell]*drawn{}}
		col += c.span
	}
	return list
}

// draw returns how a cell appears.
func (d *drawer) draw(cell gridCell, total bool) *drawn {
	if total {
		return d.work(cell, total)
	}
	known, ok := d.known[cell]
	if !ok {
		const most = 500 // enough for days and names; numbers are never seen again
		if len(d.known) == most {
			clear(d.known)
		}
		known = d.work(cell, total)
		d.known[cell] = known
	}
	return known
}

func (d *drawer) work(cell gridCell, total bool) *drawn {
	l := d.lookOf(cell, total)
	room := d.room
	if l.horizontal() == "left" {
		room -= d.indent
	}
	return &drawn{look: l, lines: countLines(cellText(cell.value), room)}
}

// lookOf returns the style of a cell.
func (d *drawer) lookOf(cell gridCell, total bool) look {
	format := d.column.format
	l := look{role: roleBody, format: format, tone: cell.tone, indent: d.page.indent}
	if total {
		l.role = roleTotal
	}
	if _, isText := cell.value.(string); isText && format.ofFigures() {
		l.format = formatMark // a word instead of a figure: 未登録
	}
	if _, whole := cell.value.(int); whole && format == formatDecimal {
		l.format = formatNumber // a count among figures with decimals
	}
	return l
}

// streamed returns the cell for a stream.
func (d *drawn) streamed(w *writer, value any) any {
	if d.cell == nil {
		d.cell = excelize.Cell{StyleID: w.style(d.look), Value: streamValue(value)}
	}
	return d.cell
}
