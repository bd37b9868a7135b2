package ledger

import (
	"context"
	"reflect"

	"renkei/models"
)

// column is one column of a sheet of E: a field of its records.
type column[E any] struct{ models.FieldAt[E] }

// columnsOf makes the columns of a sheet of the fields of its records.
func columnsOf[E any]() []column[E] {
	var columns []column[E]
	for _, f := range models.FieldsOf[E]() {
		columns = append(columns, column[E]{f})
	}
	return columns
}

// get returns what is written of a record: a string, an int or a models.Date.
func (c *column[E]) get(e *E) any {
	switch at := c.At(e).(type) {
	case *string:
		return *at
	case *int:
		return *at
	case *models.Date:
		return *at
	case *models.Mark:
		return at.String()
	case *models.Month:
		return at.String()
	case *[]string:
		return joinList(*at)
	default: // a choice of a type of its own
		return reflect.ValueOf(at).Elem().String()
	}
}

// set reads a cell into a record.
func (c *column[E]) set(e *E, from cell) (err error) {
	switch at := c.At(e).(type) {
	case *string:
		*at = c.textOf(from)
	case *int:
		*at, err = from.number()
	case *models.Date:
		*at, err = from.date()
	case *models.Mark:
		*at, err = models.ParseMark(from.text)
	case *models.Month:
		*at, err = from.month()
	case *[]string:
		*at = splitList(from.text)
	default: // a choice of a type of its own
		reflect.ValueOf(at).Elem().SetString(c.textOf(from))
	}
	return err
}

func (c *column[E]) textOf(from cell) string {
	switch c.Kind {
	case models.ChoiceField:
		return fold(from.text)
	case models.ClockField:
		return from.clock()
	}
	return from.text
}

// Text returns what the book writes of a field of a record, "" for a blank cell.
func Text[E any](f models.FieldAt[E], e *E) string {
	c := column[E]{f}
	return cellText(c.get(e))
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
					changes = append(changes, Change{c.Name, was, is})
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
	headings() []models.Field
	count(*models.Book) int
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

func (s *sheet[E]) title() string   { return s.name }
func (s *sheet[E]) purpose() string { return s.help }

func (s *sheet[E]) headings() []models.Field {
	list := make([]models.Field, len(s.columns))
	for i, c := range s.columns {
		list[i] = c.Field
	}
	return list
}

func (s *sheet[E]) count(book *models.Book) int { return len(*s.records(book)) }

func (s *sheet[E]) record(book *models.Book, i int) []any {
	e := &(*s.records(book))[i]
	cells := make([]any, len(s.columns))
	for j, c := range s.columns {
		cells[j] = c.get(e)
	}
	return cells
}
