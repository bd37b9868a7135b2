package ledger

import (
	"slices"
	"strings"

	"renkei/models"
)

// merge is the working state of Merge.
type merge struct {
	reading  *Reading
	register Register
	choice   Choice
	plan     *Plan
	closed   *closedSessions
	faulty   map[RowNumber]bool // rows that already have an issue
	// How the register differed when the book was exported, nil if unknown.
	before, added *models.Book
}

// sides holds the records of one sheet by key: stored now, and changed or added
// since the export.
type sides[E any] struct{ stored, before, added map[string]*E }

func (s *sheet[E]) sides(m *merge) sides[E] {
	var of sides[E]
	if m.before != nil {
		of.before, of.added = s.byKey(m.before), s.byKey(m.added)
	}
	return of
}

func (s *sheet[E]) byKey(book *models.Book) map[string]*E {
	records := *s.records(book)
	of := make(map[string]*E, len(records))
	for i := range records {
		of[s.keyOf(&records[i])] = &records[i]
	}
	return of
}

// keyOf returns the key of a record as in the audit log, "" if a part is blank.
func (s *sheet[E]) keyOf(e *E) string {
	var parts []string
	for i := range s.columns {
		col := &s.columns[i]
		if !s.inKey(col, e) {
			continue
		}
		value := keyText(col.get(e))
		if value == "" {
			return ""
		}
		parts = append(parts, value)
	}
	return strings.Join(parts, "/")
}

// base returns the record as it was at the export, nil if it did not exist.
func (s *sides[E]) base(key string) *E {
	if s.added[key] != nil {
		return nil
	}
	if was := s.before[key]; was != nil {
		return was
	}
	return s.stored[key]
}

// mergeRows is the number of rows compared with the register at a time.
const mergeRows = 2000

// merge adds the rows of the sheet to the plan.
func (s *sheet[E]) merge(m *merge) error {
	records := *s.records(m.reading.Book)
	if len(records) == 0 {
		return nil
	}
	of := s.sides(m)
	first := len(m.plan.Rows)
	differ := make(map[string]*E) // stored records that differ
	var unsure []string           // keys of differing rows without a known origin
	for from := 0; from < len(records); from += mergeRows {
		some := &models.Book{}
		*s.records(some) = records[from:min(from+mergeRows, len(records))]
		stored, err := m.register.Stored(some)
		if err != nil {
			return err
		}
		of.stored = s.byKey(stored)
		for i := from; i < min(from+mergeRows, len(records)); i++ {
			e := &records[i]
			key := s.keyOf(e)
			if key == "" {
				continue // has an issue already
			}
			row := Row{RowKey: RowKey{s.name, key}, Number: m.reading.row(s.name, i), Name: NameOf(e), index: i}
			s.compare(m, &of, &row, e)
			if row.Outcome == Same {
				m.plan.Same[s.name]++
				continue
			}
			if was := of.stored[key]; was != nil {
				differ[key] = was
			}
			if m.before == nil {
				unsure = append(unsure, key)
			}
			m.plan.Rows = append(m.plan.Rows, row)
		}
	}
	rows := m.plan.Rows[first:]
	edits := map[string][]models.Edit{}
	if len(unsure) > 0 {
		var err error
		if edits, err = m.register.Edits(s.name, unsure); err != nil {
			return err
		}
	}
	s.missingForNew(m, rows)
	for i := range rows {
		row := &rows[i]
		if m.before == nil {
			s.contest(row, edits[row.Key])
		}
		s.settle(m, row, differ[row.Key], &records[row.index])
	}
	return nil
}

// NameOf returns the name users know a record by: its 氏名, 名称 or similar.
func NameOf[E any](e *E) string {
	for _, f := range models.FieldsOf[E]() {
		switch f.Name {
		case "氏名", "名称", "病棟名":
			return Text(f, e)
		}
	}
	return ""
}

// compare finds the differences between the row, the register and, if known,
// the state at the export.
func (s *sheet[E]) compare(m *merge, of *sides[E], row *Row, e *E) {
	stored := of.stored[row.Key]
	var base *E
	if m.before != nil {
		base = of.base(row.Key)
	}
	switch {
	case stored == nil && base == nil:
		row.Outcome = New
	case stored == nil:
		row.Outcome = Gone
		if len(s.differing(m, base, e)) > 0 {
			row.Outcome, row.Deleted = Conflict, true
		}
	default:
		s.compareFields(m, row, stored, base, e)
	}
}

func (s *sheet[E]) compareFields(m *merge, row *Row, stored, base, e *E) {
	row.Outcome = Same
	for _, i := range s.differing(m, stored, e) {
		col := &s.columns[i]
		f := Field{Column: col.Name, Stored: cellText(col.get(stored)), Book: cellText(col.get(e)), Taken: true}
		switch {
		case m.before == nil:
		case base == nil: // the same key was given in the book and in the register
			f.Conflict, f.Taken = true, false
		case sameCell(col.get(base), col.get(e)):
			if row.Outcome == Same {
				row.Outcome = Newer
			}
			continue
		case !sameCell(col.get(base), col.get(stored)):
			f.Conflict, f.Taken = true, false
		}
		row.Fields = append(row.Fields, f)
	}
	row.judge()
}

// judge sets the outcome from the fields, if there are any.
func (r *Row) judge() {
	if len(r.Fields) == 0 {
		return
	}
	r.Outcome = Conflict
	if slices.ContainsFunc(r.Fields, func(f Field) bool { return f.Taken }) {
		r.Outcome = Changed
	}
}

// contest turns a row without a known origin into a conflict where a user
// edited the record: the whole row if a user made the last change or deletion,
// else the values that a user entered.
func (s *sheet[E]) contest(row *Row, edits []models.Edit) {
	whole := len(edits) > 0 && edits[0].ByPerson
	if whole && row.Outcome == New {
		row.Outcome, row.Deleted = Conflict, true
	}
	for i := range row.Fields {
		if f := &row.Fields[i]; whole || s.byPerson(edits, f.Column) {
			f.Conflict, f.Taken = true, false
		}
	}
	row.judge()
}

// byPerson reports whether a user made the last change of a column.
func (s *sheet[E]) byPerson(edits []models.Edit, column string) bool {
	col := &s.columns[s.columnNamed(column)]
	value := func(book *models.Book) any {
		if book == nil {
			return col.get(new(E))
		}
		return col.get(&(*s.records(book))[0])
	}
	i := slices.IndexFunc(edits, func(e models.Edit) bool { return !sameCell(value(e.Before), value(e.After)) })
	return i >= 0 && edits[i].ByPerson
}

// differing returns the columns of the book in which two records differ. A
// value with an unreadable character never counts against a known value.
func (s *sheet[E]) differing(m *merge, stored, e *E) []int {
	var list []int
	for i := range s.columns {
		col := &s.columns[i]
		if m.reading.absent[s.name]&(1<<i) != 0 || s.inKey(col, e) {
			continue
		}
		was, is := col.get(stored), col.get(e)
		if sameCell(was, is) || isUnreadable(is) && cellText(was) != "" {
			continue
		}
		list = append(list, i)
	}
	return list
}

// sameCell compares two values as a book holds them: without the blanks and
// marks that writing and reading drop.
func sameCell(a, b any) bool {
	if a == b {
		return true
	}
	x, isText := a.(string)
	y, _ := b.(string)
	return isText && clean(x) == clean(y)
}

func isUnreadable(value any) bool {
	text, _ := value.(string)
	return Unreadable(text)
}

// settle applies the user's choice to a row, checks the record to store, and
// adds it to the plan.
func (s *sheet[E]) settle(m *merge, row *Row, stored, e *E) {
	if m.choice.takes(row) {
		row.take()
	}
	switch row.Outcome {
	case New, Changed:
		record := *e
		if stored != nil {
			record = *stored
			for _, f := range row.Fields {
				if f.Taken {
					s.columns[s.columnNamed(f.Column)].Copy(&record, e)
				}
			}
		}
		s.recheck(m, row, &record)
		if s.closed != nil {
			row.Closed = s.closed(m.closed, stored, &record)
		}
		if row.Closed == "" {
			s.write(m, row, &record)
		}
	}
}

// write adds a record to those to store. While all rows of the book are new,
// the list is that of the book itself: a first import copies nothing.
func (s *sheet[E]) write(m *merge, row *Row, record *E) {
	list, book := s.records(m.plan.Write), *s.records(m.reading.Book)
	shared := len(*list) == 0 || &(*list)[0] == &book[0]
	switch {
	case shared && row.Outcome == New && row.index == len(*list):
		*list = book[:row.index+1]
	case shared:
		*list = append(slices.Clone(*list), *record)
	default:
		*list = append(*list, *record)
	}
}

// take takes the book's values in a conflict.
func (r *Row) take() {
	if r.Outcome == Conflict && r.Deleted {
		r.Outcome = New
	}
	for i := range r.Fields {
		r.Fields[i].Taken = true
	}
	r.judge()
}

// missingForNew reports required columns missing in the headings if there is a
// new record.
func (s *sheet[E]) missingForNew(m *merge, rows []Row) {
	if !slices.ContainsFunc(rows, func(r Row) bool { return r.Outcome == New }) {
		return
	}
	for i, c := range s.columns {
		if c.Need == models.Required && m.reading.absent[s.name]&(1<<i) != 0 {
			m.plan.Issues = append(m.plan.Issues, Issue{s.name, m.reading.header[s.name], c.Name,
				"この列がありません。新しい行があるため、見出しに「" + c.Name + "」の列を加えてください"})
		}
	}
}

// recheck validates a record that differs from the row of the book, which was
// validated when read.
func (s *sheet[E]) recheck(m *merge, row *Row, record *E) {
	if m.faulty[RowNumber{s.name, row.Number}] {
		return
	}
	for _, problem := range s.check(record) {
		i := s.columnNamed(problem.Field)
		if row.Outcome == New && i >= 0 && s.columns[i].Need == models.Required && m.reading.absent[s.name]&(1<<i) != 0 {
			continue // said once, of the heading
		}
		m.plan.Issues = append(m.plan.Issues, Issue{s.name, row.Number, problem.Field, problem.Message})
	}
}
