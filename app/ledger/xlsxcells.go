package ledger

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
)

// maxColumns is how many columns of a sheet are read. The widest sheet of the
// ledger has 23.
const maxColumns = 256

// excelSource is a sheet of a workbook, read as a stream.
type excelSource struct {
	book *workbook
	part string
}

func (s *excelSource) each(_ context.Context, fn func(row int, cells []cell) error) (err error) {
	in, err := s.book.parts.open(s.part)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, in.Close()) }()
	r := &rowReader{book: s.book, xml: newXMLReader(in), fn: fn}
	if err := r.read(); err != nil {
		return fmt.Errorf("%s: %w", s.part, err)
	}
	return nil
}

// rowReader reads the rows of one sheet.
type rowReader struct {
	book  *workbook
	xml   *xmlReader
	fn    func(row int, cells []cell) error
	row   int
	next  int // column of the next cell that does not give its place
	cells []cell
}

func (r *rowReader) read() error {
	for {
		t, err := r.xml.next()
		if errors.Is(err, io.EOF) {
			return r.end()
		}
		if err != nil {
			return err
		}
		way := r.xml.way
		switch {
		case way[0] != "worksheet":
			return fmt.Errorf("<%s> in place of a sheet", way[0])
		case t == elementStart && len(way) == 2 && way[1] != "sheetData":
			err = r.xml.skip()
		case t == elementStart && len(way) == 3 && way[2] == "row":
			err = r.begin()
		case t == elementStart && len(way) == 4 && way[3] == "c":
			err = r.cell()
		}
		if err != nil {
			return err
		}
	}
}

// begin starts a row or continues it: some programs write a row element for
// each cell. Rows out of order are refused, because rows would be lost.
func (r *rowReader) begin() error {
	n := r.row + 1
	if at := r.xml.attribute("r"); at != "" {
		var err error
		if n, err = strconv.Atoi(at); err != nil || n < max(r.row, 1) {
			return fmt.Errorf("row %q below row %d", at, r.row)
		}
	}
	r.next = 0
	if n == r.row {
		return nil
	}
	err := r.end()
	r.row, r.cells = n, r.cells[:0]
	return err
}

// end passes on the row that was read.
func (r *rowReader) end() error {
	if len(r.cells) == 0 {
		return nil
	}
	return r.fn(r.row, r.cells)
}

// cell reads one cell into its place in the row.
func (r *rowReader) cell() error {
	place := r.next
	if at := r.xml.attribute("r"); at != "" {
		var ok bool
		if place, ok = columnOf(at); !ok {
			return fmt.Errorf("a cell at %q", at)
		}
	}
	r.next = place + 1
	c, err := r.content()
	if err != nil || place >= maxColumns || c == (cell{}) {
		return err
	}
	for len(r.cells) <= place {
		r.cells = append(r.cells, cell{})
	}
	if r.cells[place] != (cell{}) {
		return fmt.Errorf("two cells at %d in row %d", place+1, r.row)
	}
	r.cells[place] = c
	return nil
}

// columnOf returns the column number of a cell name (A is 0), or false for an
// invalid name.
func columnOf(at string) (int, bool) {
	column, i := 0, 0
	for ; i < len(at) && i < 4 && at[i]|0x20 >= 'a' && at[i]|0x20 <= 'z'; i++ {
		column = column*26 + int(at[i]|0x20-'a') + 1
	}
	return column - 1, i > 0 && column <= 16384 && i < len(at) && at[i] >= '1' && at[i] <= '9'
}

// content reads a cell: its value, its inline text, and whether it has a
// formula.
func (r *rowReader) content() (cell, error) {
	kind, style := r.xml.attribute("t"), r.xml.attribute("s")
	var value, inline string
	formula, valued := false, false
	for {
		t, err := r.xml.next()
		switch {
		case err != nil:
			return cell{}, noEOF(err)
		case t == characters:
		case t == elementEnd && formula && value == "" && inline == "" && !(valued && kind == "str"):
			return cell{form: formNoResult}, nil
		case t == elementEnd:
			return r.typed(kind, style, value, inline)
		default:
			switch r.xml.way[len(r.xml.way)-1] {
			case "v":
				valued = true
				value, err = r.xml.textOf(nil)
			case "is":
				inline, err = r.xml.textOf(isRichText)
			case "f":
				formula = true
				err = r.xml.skip()
			default:
				err = r.xml.skip()
			}
			if err != nil {
				return cell{}, err
			}
		}
	}
}

// typed makes a cell from its kind, its format and its value.
func (r *rowReader) typed(kind, style, value, inline string) (cell, error) {
	switch kind {
	case "s":
		at := strings.TrimSpace(value)
		if at == "" {
			return cell{}, nil
		}
		n, err := strconv.Atoi(at)
		if err != nil || n < 0 || n >= len(r.book.shared) {
			return cell{}, fmt.Errorf("text %s of %d", value, len(r.book.shared))
		}
		return r.textCell(r.book.shared[n]), nil
	case "inlineStr":
		if inline == "" {
			inline = value
		}
		return r.textCell(unescape(inline)), nil
	case "str":
		return r.textCell(value), nil
	case "e":
		return cell{text: value, form: formError}, nil
	case "b":
		return r.textCell(map[string]string{"1": "TRUE", "true": "TRUE", "0": "FALSE", "false": "FALSE"}[strings.TrimSpace(value)]), nil
	case "d":
		return cell{text: value, form: formDate}, nil
	}
	return r.numberCell(value, style), nil
}

func (r *rowReader) textCell(text string) cell {
	if text == "" {
		return cell{}
	}
	return cell{text: text, excel: true, date1904: r.book.date1904}
}

// numberCell writes a number in full: 12000000000 for 1.2E+10. With a fraction
// or exponent it keeps at most the 15 digits of Excel.
func (r *rowReader) numberCell(value, style string) cell {
	value = strings.TrimSpace(value)
	f, err := strconv.ParseFloat(value, 64)
	if err != nil || strings.Contains(value, "_") {
		return r.textCell(value)
	}
	c := r.textCell(strconv.FormatFloat(f, 'f', -1, 64))
	switch {
	case isDigits(value):
		c.text = cmp.Or(strings.TrimLeft(value, "0"), "0")
	case len(c.text)-strings.Count(c.text, ".") > 15:
		c.text = strconv.FormatFloat(f, 'G', 15, 64)
	}
	n, err := strconv.Atoi(style)
	switch {
	case err == nil && n >= 0 && n < len(r.book.dated) && r.book.dated[n]:
		c.form = formDate
	case math.Abs(f) >= 1e15:
		c.form = formLongNumber
	}
	return c
}

var reEscape = regexp.MustCompile(`_x[0-9a-fA-F]{4}_`)

// unescape replaces _xHHHH_ by the character, which XML cannot hold.
func unescape(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	return reEscape.ReplaceAllStringFunc(s, func(e string) string {
		n, _ := strconv.ParseUint(e[2:6], 16, 16) // hexadecimal, by the pattern
		if !utf8.ValidRune(rune(n)) {
			return ""
		}
		return string(rune(n))
	})
}
