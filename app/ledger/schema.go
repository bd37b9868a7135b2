package ledger

import (
	"context"
	"slices"

	"renkei/models"
)

// need says how much a column is needed.
type need int

const (
	optional  need = iota
	required       // †: may not be blank
	key            // *: part of the row's key, may not be blank
	keyOfSome      // * for some rows only; Validate knows for which
)

// kind is the form of a column's cells.
type kind int

const (
	kindText kind = iota
	kindCode
	kindChoice
	kindList
	kindClock
	kindNumber
	kindMark
	kindDate
	kindMonth
)

// column describes one column of a sheet of E: its name, how it is read into
// an entity and what of an entity is written.
type column[E any] struct {
	name   string
	need   need
	kind   kind
	values []string // the fixed choices, for drop-down lists and the 説明 sheet
	help   string   // its meaning, for the 説明 sheet
	get    func(*E) any
	set    func(*E, cell) error
	copy   func(to, from *E) // takes the value of another record
}

// copyOf copies a plain value.
func copyOf[E, V any](field func(*E) *V) func(to, from *E) {
	return func(to, from *E) { *field(to) = *field(from) }
}

func text[E any](name string, n need, help string, field func(*E) *string) column[E] {
	return column[E]{copy: copyOf(field), name: name, need: n, kind: kindText, help: help,
		get: func(e *E) any { return *field(e) },
		set: func(e *E, c cell) error { *field(e) = c.text; return nil }}
}

// code is text whose leading zeros and width matter.
func code[E any](name string, n need, help string, field func(*E) *string) column[E] {
	c := text(name, n, help, field)
	c.kind = kindCode
	return c
}

// choice is one of a fixed list; the entity's Validate refuses others.
func choice[E any, V ~string](name string, n need, help string, list []V, field func(*E) *V) column[E] {
	values := make([]string, len(list))
	for i, v := range list {
		values[i] = string(v)
	}
	return column[E]{copy: copyOf(field), name: name, need: n, kind: kindChoice, values: values, help: help,
		get: func(e *E) any { return string(*field(e)) },
		set: func(e *E, c cell) error { *field(e) = V(fold(c.text)); return nil }}
}

func codes[E any](name string, n need, help string, field func(*E) *[]string) column[E] {
	return column[E]{copy: func(to, from *E) { *field(to) = slices.Clone(*field(from)) },
		name: name, need: n, kind: kindList, help: help,
		get: func(e *E) any { return joinList(*field(e)) },
		set: func(e *E, c cell) error { *field(e) = splitList(c.text); return nil }}
}

func clock[E any](name string, n need, help string, field func(*E) *string) column[E] {
	return column[E]{copy: copyOf(field), name: name, need: n, kind: kindClock, help: help,
		get: func(e *E) any { return *field(e) },
		set: func(e *E, c cell) error { *field(e) = c.clock(); return nil }}
}

func number[E any](name string, n need, help string, field func(*E) *int) column[E] {
	return column[E]{copy: copyOf(field), name: name, need: n, kind: kindNumber, help: help,
		get: func(e *E) any { return *field(e) },
		set: func(e *E, c cell) (err error) { *field(e), err = c.number(); return err }}
}

func mark[E any](name string, n need, help string, field func(*E) *models.Mark) column[E] {
	return column[E]{copy: copyOf(field), name: name, need: n, kind: kindMark, help: help, values: []string{"○", "×"},
		get: func(e *E) any { return field(e).String() },
		set: func(e *E, c cell) (err error) { *field(e), err = models.ParseMark(c.text); return err }}
}

func date[E any](name string, n need, help string, field func(*E) *models.Date) column[E] {
	return column[E]{copy: copyOf(field), name: name, need: n, kind: kindDate, help: help,
		get: func(e *E) any { return *field(e) },
		set: func(e *E, c cell) (err error) { *field(e), err = c.date(); return err }}
}

func month[E any](name string, n need, help string, field func(*E) *models.Month) column[E] {
	return column[E]{copy: copyOf(field), name: name, need: n, kind: kindMonth, help: help,
		get: func(e *E) any { return field(e).String() },
		set: func(e *E, c cell) (err error) { *field(e), err = c.month(); return err }}
}

// sheet describes one sheet: its columns and the records of the book it holds.
type sheet[E any] struct {
	name    string
	help    string
	columns []column[E]
	records func(*models.Book) *[]E
	// check returns the problems of a record by column name; it may bring the
	// record into its canonical form.
	check func(*E) models.Problems
	// keys names the key columns of a record where they differ from row to
	// row; nil means all columns marked key.
	keys func(*E) []string
	// across returns what is wrong between the records of the sheet.
	across func(records []E, rows []int) []Issue
	// closed says why a record may not be changed, "" when it may (see WhyClosed).
	closed func(c *closedSessions, before, after *E) string
}

// Change is a column of a record that was changed, as the book writes it: ""
// for a blank cell.
type Change struct{ Column, Before, After string }

// Changes lists the columns in which two records of a sheet differ, in the
// order of the book.
func Changes[E any](before, after *E) []Change {
	var changes []Change
	for _, s := range sheets {
		if s, ok := s.(*sheet[E]); ok {
			for _, c := range s.columns {
				if was, is := cellText(c.get(before)), cellText(c.get(after)); was != is {
					changes = append(changes, Change{c.name, was, is})
				}
			}
		}
	}
	return changes
}

// ledgerSheet is a sheet of any entity.
type ledgerSheet interface {
	title() string
	purpose() string
	headings() []heading
	count(*models.Book) int
	// own gives a book records of its own in place of those it shares.
	own(*models.Book)
	// record returns the cells of the i-th record: string, int or models.Date.
	record(book *models.Book, i int) []any
	read(ctx context.Context, r *Reading, src source, p Progress) error
	// merge adds what becomes of the rows of the sheet to a plan.
	merge(m *merge) error
	// repeated returns the rows whose key an earlier row has.
	repeated(r *Reading) []Issue
	noteImplausible(r *Reading, today models.Date)
	// noteExamples notes the rows that are still those of the template.
	noteExamples(r *Reading, examples *models.Book)
	differences(now, before, added *models.Book) []Since
	putBack(book, before *models.Book, keys map[string]bool)
}

// heading is what readers, writers and the 説明 sheet need of a column.
type heading struct {
	name   string
	need   need
	kind   kind
	values []string
	help   string
}

func (s *sheet[E]) title() string   { return s.name }
func (s *sheet[E]) purpose() string { return s.help }

func (s *sheet[E]) headings() []heading {
	list := make([]heading, len(s.columns))
	for i, c := range s.columns {
		list[i] = heading{c.name, c.need, c.kind, c.values, c.help}
	}
	return list
}

func (s *sheet[E]) count(book *models.Book) int { return len(*s.records(book)) }

func (s *sheet[E]) own(book *models.Book) { *s.records(book) = slices.Clone(*s.records(book)) }

func (s *sheet[E]) record(book *models.Book, i int) []any {
	e := &(*s.records(book))[i]
	cells := make([]any, len(s.columns))
	for j, c := range s.columns {
		cells[j] = c.get(e)
	}
	return cells
}
