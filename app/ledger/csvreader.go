package ledger

import (
	"bufio"
	"errors"
	"io"
)

// maxRecordBytes is the most bytes of one row of a CSV: 23 full Excel cells.
const maxRecordBytes = 4 << 20

// errQuotes is the error for a quoted cell that does not end, or is followed by
// more text.
var errQuotes = errors.New("quotes out of place")

// csvReader splits a CSV into rows of undecoded cells. A quote counts only at
// the start of a cell, as in Excel (="0101" is text). Line ends count only
// outside quotes; a lone CR is one if the first line ends with one.
type csvReader struct {
	in     *bufio.Reader
	begun  bool // a line end was read
	loneCR bool // and it was a lone CR
	data   []byte
	ends   []int // ends of the cells in data
	fields [][]byte
}

// place is the reader's position within a cell.
type place int

const (
	cellStart place = iota
	unquoted
	quoted
	quoteEnd // or the first of two quotes that stand for one
)

// next returns the cells of the next row, valid until the next call. It returns
// io.EOF after the last row, errQuotes, or errTooLarge. Cells beyond maxColumns
// are dropped.
func (r *csvReader) next() ([][]byte, error) {
	r.data, r.ends = r.data[:0], r.ends[:0]
	at := cellStart
	for size := 0; ; size++ {
		b, err := r.in.ReadByte()
		switch {
		case errors.Is(err, io.EOF) && size == 0:
			return nil, io.EOF
		case errors.Is(err, io.EOF) && at == quoted:
			return nil, errQuotes
		case errors.Is(err, io.EOF):
			return r.cells(), nil
		case err != nil:
			return nil, err
		case size == maxRecordBytes:
			return nil, errTooLarge
		}
		switch {
		case at == quoted && b == '"':
			at = quoteEnd
		case at == quoted:
			r.data = append(r.data, b)
		case at == quoteEnd && b == '"':
			r.data, at = append(r.data, b), quoted
		case b == ',':
			r.endCell()
			at = cellStart
		case b == '\n' || b == '\r' && r.endsLine():
			r.begun = true
			return r.cells(), nil
		case at == cellStart && b == '"':
			at = quoted
		case at == quoteEnd && b != '\r':
			return nil, errQuotes
		default:
			r.data, at = append(r.data, b), unquoted
		}
	}
}

// endsLine reports whether a CR just read ends the line. It also reads the LF
// after it.
func (r *csvReader) endsLine() bool {
	ahead, _ := r.in.Peek(2) // shorter at the end of the file
	switch {
	case len(ahead) > 0 && ahead[0] == '\n':
		_, _ = r.in.Discard(1) // just peeked at
		return true
	case !r.begun && string(ahead) != "\r\n":
		r.loneCR = true
	}
	return r.loneCR
}

func (r *csvReader) endCell() {
	if len(r.ends) < maxColumns {
		r.ends = append(r.ends, len(r.data))
	}
}

func (r *csvReader) cells() [][]byte {
	r.endCell()
	r.fields = r.fields[:0]
	start := 0
	for _, end := range r.ends {
		r.fields = append(r.fields, r.data[start:end])
		start = end
	}
	return r.fields
}
