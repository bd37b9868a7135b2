package store

import (
	"fmt"
	"strconv"
	"strings"
)

// maxDigits is the most digits of a code that count as its number, so that one
// more still fits.
const maxDigits = 15

// numbering is the last number of a kind of record and its form: K0123 is "K",
// 4, 123. It never goes back, so a number is never given twice.
type numbering struct {
	prefix string
	width  int
	last   int
	stored bool // exists in the database
	moved  bool // changed since it was stored
}

// split splits a code: K0123 is "K", 4, 123. ok is false if it does not end in
// a number.
func split(code string) (n numbering, ok bool) {
	digits := code[len(strings.TrimRight(code, "0123456789")):]
	if len(digits) == 0 || len(digits) > maxDigits {
		return numbering{}, false
	}
	last, err := strconv.Atoi(digits)
	return numbering{prefix: code[:len(code)-len(digits)], width: len(digits), last: last}, err == nil
}

// next returns the next code in the same form.
func (n *numbering) next() string { return fmt.Sprintf("%s%0*d", n.prefix, n.width, n.last+1) }

// take notes a used code. Later numbers continue after it.
func (n *numbering) take(code string) {
	if used, ok := split(code); ok && used.last > n.last {
		n.prefix, n.width, n.last, n.moved = used.prefix, used.width, used.last, true
	}
}

// numbering returns the numbering of a sheet in this transaction. first is the
// code of the very first record.
func (tx *Tx) numbering(sheet, first string) (*numbering, error) {
	if n := tx.numbers[sheet]; n != nil {
		return n, nil
	}
	start, _ := split(first)
	n := &numbering{prefix: start.prefix, width: start.width, last: start.last - 1}
	found, err := tx.db.Raw("SELECT prefix, width, last FROM numbers WHERE sheet = ?", sheet).Rows()
	if err != nil {
		return nil, err
	}
	defer found.Close()
	if found.Next() {
		n.stored = true
		if err := found.Scan(&n.prefix, &n.width, &n.last); err != nil {
			return nil, err
		}
	}
	if tx.numbers == nil {
		tx.numbers = make(map[string]*numbering)
	}
	tx.numbers[sheet] = n
	return n, found.Err()
}

// numbered gives new records without a code the next one, and notes the codes
// of the others.
func (t *table[T]) numbered(tx *Tx, rows []*T) error {
	if t.first == "" {
		return nil
	}
	n, err := tx.numbering(t.sheet, t.first)
	if err != nil {
		return err
	}
	for _, row := range rows {
		if code := t.code(row); *code == "" {
			*code = n.next()
		}
		n.take(*t.code(row))
	}
	return nil
}

// code returns the code of a record: its first column.
func (t *table[T]) code(row *T) *string { return t.fields(row)[0].ref.(*string) }

// flushNumbers writes the numberings that changed.
func (tx *Tx) flushNumbers() error {
	for sheet, n := range tx.numbers {
		if !n.moved {
			continue
		}
		statement := "INSERT INTO numbers (prefix, width, last, sheet) VALUES (?, ?, ?, ?)"
		if n.stored {
			statement = "UPDATE numbers SET prefix = ?, width = ?, last = ? WHERE sheet = ?"
		}
		if err := tx.db.Exec(statement, n.prefix, n.width, n.last, sheet).Error; err != nil {
			return err
		}
	}
	return nil
}

// CodeOf returns the code of a record: its first column.
func CodeOf[T Record](row *T) string {
	t, err := tableOf[T]()
	if err != nil {
		return ""
	}
	code, _ := t.fields(row)[0].ref.(*string)
	if code == nil {
		return ""
	}
	return *code
}

// WithCode returns a record as it will be once Put has numbered it: with a
// stand-in for a blank code, as it is when Put gives its kind no numbers.
func WithCode[T Record](row T) T {
	if t, err := tableOf[T](); err == nil && t.first != "" && *t.code(&row) == "" {
		*t.code(&row) = draftCode
	}
	return row
}
