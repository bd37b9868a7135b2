package ledger

import (
	"context"
	"reflect"
	"slices"

	"renkei/models"
)

// Register is what a merge needs from the register.
type Register struct {
	// Book holds the records others refer to, the 確定 and the 月締め, with its Origin.
	Book *models.Book
	// Stored returns the records that have the keys of those in a book.
	Stored func(of *models.Book) (*models.Book, error)
	// Past returns how the register differed at a revision: the records changed
	// or removed since, as they were then, and those added since.
	Past func(revision int64) (before, added *models.Book, err error)
	// Edits returns the changes of records by sheet and key, newest first.
	Edits func(sheet string, keys []string) (map[string][]models.Edit, error)
}

// RowKey names a record: its sheet and its key as in the audit log, the parts
// joined by "/".
type RowKey struct{ Sheet, Key string }

// Choice is what the user agrees to.
type Choice struct {
	Clear      bool            // values may become blank
	TakeBook   bool            // in a conflict, take the book's value
	KeepClosed bool            // leave confirmed sessions and closed months as they are
	Book       map[RowKey]bool // rows to take from the book even if TakeBook is false
}

func (c Choice) takes(row *Row) bool { return c.TakeBook || c.Book[row.RowKey] }

// Outcome is the result of the merge for a row.
type Outcome int

// The outcomes.
const (
	New      Outcome = iota // not registered yet
	Changed                 // a value of the book is taken
	Conflict                // both sides changed it differently: the register's value stays
	Newer                   // only the register changed it since the export: it stays
	Gone                    // the register deleted it since, the book did not change it: it stays deleted
	Same                    // nothing to do
)

// Row is what importing the book would do to one record.
type Row struct {
	RowKey
	Number  int // row number in Excel
	Name    string
	Outcome Outcome
	Fields  []Field // the differences; empty for a new row (see Plan.Values)
	Deleted bool    // in a conflict: the register deleted the record
	// Closed says why the row may not be changed (確定済み, 締めた月), or "".
	Closed string

	index int // index among the sheet's records
}

// Field is one value that differs.
type Field struct {
	Column       string
	Stored, Book string
	Conflict     bool // both changed it
	Taken        bool // the book's value will be stored
}

// Empties reports whether a stored value would become blank.
func (f Field) Empties() bool { return f.Taken && f.Book == "" }

// Plan is what an import would do, row by row. Nothing is written yet.
type Plan struct {
	Rows   []Row          // all rows except unchanged ones, in the order of the book
	Same   map[string]int // by sheet: number of unchanged rows
	Issues []Issue        // faults; with any, the book cannot be imported
	Notes  []string       // what was left out, corrected or should be checked
	Write  *models.Book   // the records to store
	// Based: the book was exported from this register, so changes of either
	// side since are known.
	Based bool
	// Bound: the register has confirmed or closed sessions.
	Bound bool

	book *models.Book
}

// Merge works out what importing a book would do. A book exported from this
// register is compared with the state at its export: what only one side changed
// is taken from that side. A book without a known origin changes only what no
// user has edited.
func Merge(ctx context.Context, reading *Reading, register Register, choice Choice) (*Plan, error) {
	m := &merge{
		reading: reading, register: register, choice: choice,
		plan:   &Plan{Notes: reading.Notes, Same: make(map[string]int), Write: &models.Book{}, book: reading.Book},
		closed: newClosedSessions(register.Book),
		faulty: make(map[RowNumber]bool),
	}
	m.plan.Bound = len(register.Book.Confirmations)+len(register.Book.Closings) > 0
	m.plan.Issues = append(m.plan.Issues, reading.Issues...)
	for _, i := range reading.Issues {
		m.faulty[RowNumber{i.Sheet, i.Row}] = true
	}
	if origin := reading.Book.Origin; origin.Known() && origin.Register == register.Book.Origin.Register &&
		origin.Lineage == register.Book.Origin.Lineage && origin.Revision <= register.Book.Origin.Revision {
		var err error
		if m.before, m.added, err = register.Past(origin.Revision); err != nil {
			return nil, err
		}
		m.plan.Based = true
	}
	for _, s := range sheets {
		if err := ctx.Err(); err != nil {
			return nil, canceled(err)
		}
		if err := s.merge(m); err != nil {
			return nil, err
		}
	}
	return m.plan, nil
}

// RowNumber is a row of a sheet as numbered in Excel.
type RowNumber struct {
	Sheet string
	Row   int
}

// Values returns the values of a row by column, without blank ones.
func (p *Plan) Values(row Row) []Field {
	for _, s := range sheets {
		if s.title() != row.Sheet {
			continue
		}
		var values []Field
		for i, c := range s.record(p.book, row.index) {
			if text := cellText(c); text != "" {
				values = append(values, Field{Column: s.headings()[i].Name, Book: text, Taken: true})
			}
		}
		return values
	}
	return nil
}

// SameAs reports whether another plan of the same book does the same.
func (p *Plan) SameAs(other *Plan) bool { return reflect.DeepEqual(p.Rows, other.Rows) }

// Written counts the records to store.
func (p *Plan) Written() int {
	n := 0
	for i := range p.Rows {
		if p.Rows[i].Written() {
			n++
		}
	}
	return n
}

// Written reports whether the row would be stored.
func (r *Row) Written() bool {
	return r.Closed == "" && (r.Outcome == New || r.Outcome == Changed)
}

// Contested reports whether both sides changed the row, whichever is taken.
func (r *Row) Contested() bool {
	return r.Deleted || slices.ContainsFunc(r.Fields, func(f Field) bool { return f.Conflict })
}

// SheetNames returns the sheet names in the order of the book.
func SheetNames() []string {
	names := make([]string, len(sheets))
	for i, s := range sheets {
		names[i] = s.title()
	}
	return names
}

// Count counts the rows with the outcome.
func (p *Plan) Count(outcome Outcome) int {
	n := 0
	if outcome == Same {
		for _, count := range p.Same {
			n += count
		}
	}
	for i := range p.Rows {
		if p.Rows[i].Outcome == outcome {
			n++
		}
	}
	return n
}

// Emptied lists the values that would become blank.
func (p *Plan) Emptied() []Issue {
	var list []Issue
	for _, row := range p.Rows {
		for _, f := range row.Fields {
			if row.Closed == "" && f.Empties() {
				list = append(list, Issue{row.Sheet, row.Number, f.Column, "『" + f.Stored + "』が空欄になります（" + row.Key + "）"})
			}
		}
	}
	return list
}

// ClosedRows lists the rows that would change confirmed or closed sessions.
func (p *Plan) ClosedRows() []Issue {
	var list []Issue
	for _, row := range p.Rows {
		if row.Closed != "" {
			list = append(list, Issue{row.Sheet, row.Number, "行全体", row.Closed})
		}
	}
	return list
}

// Conflicts lists the conflicts with the value that will remain: the
// register's, or the book's if chosen. It leaves out the rows of ClosedRows.
func (p *Plan) Conflicts() []Issue {
	var list []Issue
	for _, row := range p.Rows {
		if row.Closed != "" {
			continue
		}
		if row.Deleted {
			list = append(list, Issue{row.Sheet, row.Number, "行全体", "『" + row.Key + "』は台帳で削除されていますが、ブックでは変更されています"})
			continue
		}
		for _, f := range row.Fields {
			if f.Conflict {
				list = append(list, Issue{row.Sheet, row.Number, f.Column,
					"台帳は" + inQuotes(f.Stored) + "、ブックは" + inQuotes(f.Book) + "です（" + row.Key + "）"})
			}
		}
	}
	return list
}

func inQuotes(value string) string {
	if value == "" {
		return "空欄"
	}
	return "『" + value + "』"
}
