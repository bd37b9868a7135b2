package reports

import (
	"cmp"
	"context"

	"github.com/xuri/excelize/v2"

	"renkei/models"
)

// streamedList returns the list of a sheet that must be streamed, or nil: a
// list with lazy rows, or with a total row, because only the stream can write a
// formula together with its value. Such a sheet may hold only texts besides.
func (s *sheet) streamedList() *grid {
	for _, b := range s.blocks {
		if b.grid != nil && b.grid.list && (b.grid.lazy != nil || b.grid.size() > b.grid.body()) {
			return b.grid
		}
	}
	return nil
}

// stream writes a sheet of texts and one long list row by row, so memory does
// not grow with the rows. Excelize silently loses page setup, panes and filter
// set after the first row, so they are set first; that needs the row numbers in
// advance.
func (b *book) stream(ctx context.Context, w *writer, s *sheet, list *grid) error {
	s.layOut()
	for i, width := range s.widths {
		w.do(w.file.SetColWidth(s.name, columnName(i+1), columnName(i+1), width))
	}
	head := s.rowOfList()
	list.notePlace(s.name, head+1)
	s.row = head + 1 + list.size()
	if list.size() > 0 {
		s.markIDs(w, list, head+1)
	}
	s.finishList(w, list, head)
	s.lastRow = s.rows()
	b.setUpPage(w, s)
	if w.err != nil {
		return nil // book.write reports the error
	}
	out, err := w.file.NewStreamWriter(s.name)
	if err != nil {
		w.do(err)
		return nil
	}
	st := &streamer{w: w, s: s, out: out, row: 1}
	for _, block := range s.blocks {
		if block.grid == nil {
			st.text(block)
		} else if err := st.list(ctx, list); err != nil {
			return err
		}
	}
	w.do(out.Flush())
	return nil
}

// rowOfList returns the row of the header: one row for each text above it.
func (s *sheet) rowOfList() int {
	row := 1
	for _, b := range s.blocks {
		if b.grid != nil {
			break
		}
		row++
	}
	return row
}

// streamer writes the rows of a sheet in order.
type streamer struct {
	w   *writer
	s   *sheet
	out *excelize.StreamWriter
	row int
}

func (st *streamer) set(cells []any, height float64) {
	st.w.do(st.out.SetRow(cellName(1, st.row), cells, excelize.RowOpts{Height: height}))
	st.row++
}

// wide writes a text across the whole width.
func (st *streamer) wide(text string, l look, height float64) {
	if n := len(st.s.widths); n > 1 {
		st.w.do(st.out.MergeCell(cellName(1, st.row), cellName(n, st.row)))
	}
	cells := make([]any, len(st.s.widths))
	for i := range cells {
		cells[i] = excelize.Cell{StyleID: st.w.style(l)}
	}
	cells[0] = excelize.Cell{StyleID: st.w.style(l), Value: streamValue(text)}
	st.set(cells, height)
}

func (st *streamer) text(b block) { st.wide(b.text, b.look(), st.s.textHeight(b)) }

func (st *streamer) list(ctx context.Context, g *grid) error {
	cells := make([]any, len(g.cols))
	for i, c := range g.cols {
		cells[i] = excelize.Cell{StyleID: st.w.style(look{role: roleHead}), Value: c.head}
	}
	st.set(cells, st.s.headHeight(g))
	first := st.row
	if g.size() == 0 {
		st.wide(nothingFound, look{role: roleEmpty, tone: toneQuiet}, rowHeight(1, bodySize))
	}
	drawers := st.s.drawers(g)
	for row, err := range g.each() {
		if err := cmp.Or(err, canceled(ctx)); err != nil {
			return err
		}
		lines := 1
		for i, d := range drawers {
			value := row.cells[i].value
			drawn := d.draw(row.cells[i], row.total)
			if cells[i] = drawn.streamed(st.w, value); row.total {
				cells[i] = excelize.Cell{StyleID: st.w.style(drawn.look), Value: streamValue(value), Formula: g.totalFormula(i, value, first)}
			}
			lines = max(lines, drawn.lines)
		}
		st.set(cells, g.heightOf(lines))
	}
	if g.lazy != nil && st.row != first+g.count && g.count > 0 {
		return models.Errorf(models.Conflict, "帳票を作っている間に台帳が変わりました。もう一度書き出してください")
	}
	st.set(nil, gapHeight)
	return nil
}

// streamValue returns a value as the stream takes it. A blank one leaves the
// cell empty. Text is never taken as a formula.
func streamValue(value any) any {
	switch v := value.(type) {
	case int:
		return v
	case hundredths:
		return v.number()
	case share:
		if v.of > 0 {
			return v.number()
		}
	case models.Date:
		if serial, ok := excelSerial(v); ok {
			return serial
		} else if !v.IsZero() {
			return v.String()
		}
	case string:
		if v != "" {
			return cut(plain(v), maxCellUnits) // the stream does the escaping
		}
	}
	return nil
}
