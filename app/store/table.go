package store

import (
	"bytes"
	"database/sql"
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"gorm.io/gorm"

	"renkei/models"
)

// field is one column of a record: its name and a pointer to the value in the
// record (*string, *int, *models.Date, *models.Month, *models.Mark, a
// nullable), or a derived value.
type field struct {
	name string
	ref  any
}

// nullable stores a blank code as NULL, so that the foreign key ignores it.
type nullable struct{ text *string }

// Value returns the code, NULL for a blank one.
func (n nullable) Value() (driver.Value, error) {
	if *n.text == "" {
		return nil, nil
	}
	return *n.text, nil
}

// Scan reads what Value stored.
func (n nullable) Scan(src any) error {
	var text sql.NullString
	if err := text.Scan(src); err != nil {
		return err
	}
	*n.text = text.String
	return nil
}

// derived is a column computed from others (a search key, a reference). It is
// written, but not read back, compared or audited.
type derived func() string

// Value returns the text.
func (d derived) Value() (driver.Value, error) { return d(), nil }

// derivedRef is a derived reference to another table: NULL when blank.
type derivedRef func() string

// Value returns the code, NULL for a blank one.
func (d derivedRef) Value() (driver.Value, error) {
	code := d()
	return nullable{&code}.Value()
}

// storedDate reads a date in the database's only form. Date.Scan accepts every
// form users write and is several times slower, which matters for a million
// dates.
type storedDate struct{ date *models.Date }

// Scan reads YYYY-MM-DD and passes anything else to Date.Scan.
func (d storedDate) Scan(src any) error {
	text, ok := src.(string)
	if !ok || len(text) != len(time.DateOnly) {
		return d.date.Scan(src)
	}
	number := 0
	for i := range len(text) {
		if c := text[i]; c >= '0' && c <= '9' {
			number = number*10 + int(c-'0')
		} else if c != time.DateOnly[i] {
			return d.date.Scan(src)
		}
	}
	date, ok := models.NewDate(number/10000, number/100%100, number%100)
	if !ok || number < 1000_00_00 {
		return d.date.Scan(src)
	}
	*d.date = date
	return nil
}

// isDerived reports whether the column is computed from others.
func (f field) isDerived() bool {
	switch f.ref.(type) {
	case derived, derivedRef:
		return true
	}
	return false
}

// value returns the stored value: a string, an int64 or nil.
func (f field) value() any {
	switch ref := f.ref.(type) {
	case *string:
		return *ref
	case *int:
		return int64(*ref)
	case driver.Valuer:
		v, err := ref.Value()
		if err != nil {
			// The value types of models never fail. A new one that does must be
			// noticed.
			panic(fmt.Sprintf("store: value of column %s: %v", f.name, err))
		}
		return v
	}
	panic(fmt.Sprintf("store: column %s has a %T", f.name, f.ref))
}

// setJSON sets the column from its value in an audit row.
func (f field) setJSON(value json.RawMessage) error {
	scanner, ok := f.ref.(sql.Scanner)
	if !ok {
		return json.Unmarshal(value, f.ref)
	}
	if value[0] != '"' {
		var number int64
		if err := json.Unmarshal(value, &number); err != nil {
			return err
		}
		return scanner.Scan(number)
	}
	var text string
	if err := json.Unmarshal(value, &text); err != nil {
		return err
	}
	return scanner.Scan(text)
}

// table says how the records of one sheet are stored. It is the only list of an
// entity's columns.
type table[T any] struct {
	sheet   string                  // sheet name in the ledger book
	name    string                  // table name in the database
	keys    int                     // the number of first fields that form the primary key
	first   string                  // the code of the first record, "" if the store does not assign codes
	fields  func(*T) []field        // the columns except version and staff
	version func(*T) *int           // the version of a record
	rows    func(*models.Book) *[]T // the records in a book
	staff   func(*T) *[]string      // the staff of a record, nil if it has none
	problem func(T) models.Problems // Validate of the entity, nil if it has none
	staffIn string                  // table of the staff
	used    string                  // SQL: whether others name the record without a foreign key, "" if none can
	bound   bound                   // when a 確定 rests on the record, so that Delete refuses it
	meant   string                  // SQL: whether others name a part of its key that several records may have
	grows   bool                    // grows with the patients: not in the frame of a models.Part
}

// bound is an SQL condition, "" for never, and its reason as a part of a sentence.
type bound struct{ when, why string }

func (t *table[T]) inFrame() bool { return !t.grows }

// columns returns the names of the columns, without version.
func (t *table[T]) columns() []string {
	var names []string
	for _, f := range t.fields(new(T)) {
		names = append(names, f.name)
	}
	return names
}

// recordKey is the primary key of a record as a map key.
type recordKey [3]any

// id returns the primary key of a record.
func (t *table[T]) id(row *T) recordKey {
	var key recordKey
	for i, f := range t.fields(row)[:t.keys] {
		key[i] = f.value()
	}
	return key
}

// keyOf returns the key of a record as in the audit log and messages: its parts
// joined by "/".
func (t *table[T]) keyOf(row *T) string { return t.joinedKey(row, "/") }

func (t *table[T]) joinedKey(row *T, by string) string {
	parts := make([]string, t.keys)
	for i, f := range t.fields(row)[:t.keys] {
		value := f.value()
		text, ok := value.(string)
		if !ok {
			text = fmt.Sprint(value)
		}
		parts[i] = text
	}
	return strings.Join(parts, by)
}

// whereKey returns the condition for a record's key, with its values.
func (t *table[T]) whereKey(row *T) (string, []any) {
	var conditions []string
	var values []any
	for _, f := range t.fields(row)[:t.keys] {
		conditions = append(conditions, f.name+" = ?")
		values = append(values, f.value())
	}
	return strings.Join(conditions, " AND "), values
}

// whereKeys returns the condition for the keys of several records, with its
// values.
func (t *table[T]) whereKeys(rows []*T) (string, []any) {
	values := make([]any, 0, len(rows)*t.keys)
	for _, row := range rows {
		for _, f := range t.fields(row)[:t.keys] {
			values = append(values, f.value())
		}
	}
	marks := make([]string, t.keys)
	for i := range marks {
		if marks[i] = "?"; len(values) > 0 {
			if _, isText := values[i].(string); !isText {
				marks[i] = "CAST(? AS BIGINT)" // PostgreSQL takes a value of a list for a text
			}
		}
	}
	one := "(" + strings.Join(marks, ", ") + ")"
	return "(" + strings.Join(t.columns()[:t.keys], ", ") + ") IN (VALUES " + one + strings.Repeat(", "+one, len(rows)-1) + ")", values
}

// same reports whether two records hold the same facts, ignoring their
// versions.
func (t *table[T]) same(a, b *T) bool {
	fa, fb := t.fields(a), t.fields(b)
	for i := range fa {
		if !fa[i].isDerived() && fa[i].value() != fb[i].value() {
			return false
		}
	}
	return t.staff == nil || strings.Join(*t.staff(a), "\n") == strings.Join(*t.staff(b), "\n") &&
		len(*t.staff(a)) == len(*t.staff(b))
}

// json returns the record for the audit log: column names and stored values,
// without blank columns.
func (t *table[T]) json(row *T) (string, error) {
	var b bytes.Buffer
	add := func(name string, value any) error {
		text, err := json.Marshal(value)
		if err != nil {
			return models.Wrap(err, models.Internal, "%sの記録を履歴に残せません", t.sheet)
		}
		if b.Len() > 0 {
			b.WriteByte(',')
		}
		b.WriteString(`"` + name + `":`)
		b.Write(text)
		return nil
	}
	for _, f := range t.fields(row) {
		if f.isDerived() {
			continue
		}
		if v := f.value(); v != nil && v != "" {
			if err := add(f.name, v); err != nil {
				return "", err
			}
		}
	}
	if t.staff != nil && len(*t.staff(row)) > 0 {
		if err := add("staff", *t.staff(row)); err != nil {
			return "", err
		}
	}
	return "{" + b.String() + "}", nil
}

// unjson reads what json wrote. It returns nil for "".
func (t *table[T]) unjson(text string) (*T, error) {
	if text == "" {
		return nil, nil
	}
	var values map[string]json.RawMessage
	if err := json.Unmarshal([]byte(text), &values); err != nil {
		return nil, err
	}
	row := new(T)
	for _, f := range t.fields(row) {
		value, there := values[f.name]
		if !there || f.isDerived() {
			continue
		}
		if err := f.setJSON(value); err != nil {
			return nil, fmt.Errorf("column %s: %w", f.name, err)
		}
	}
	if t.staff != nil && values["staff"] != nil {
		return row, json.Unmarshal(values["staff"], t.staff(row))
	}
	return row, nil
}

// load reads the records that meet the condition (all if blank), sorted by key.
func (t *table[T]) load(db *gorm.DB, where string, values ...any) ([]T, error) {
	var row T
	columns, targets := t.targets(&row)
	order := strings.Join(columns[:t.keys], ", ")
	from := " FROM " + t.name
	if where != "" {
		from += " WHERE " + where
	}
	var rows []T
	if where == "" {
		var count int
		if err := db.Raw("SELECT count(*)" + from).Row().Scan(&count); err != nil {
			return nil, err
		}
		rows = slices.Grow(rows, count)
	}
	found, err := db.Raw("SELECT "+strings.Join(columns, ", ")+from+" ORDER BY "+order, values...).Rows()
	if err != nil {
		return nil, err
	}
	defer found.Close()
	for found.Next() {
		// Every column is scanned, so nothing of the last row stays.
		if err := found.Scan(targets...); err != nil {
			return nil, err
		}
		rows = append(rows, row)
	}
	if err := found.Err(); err != nil {
		return nil, err
	}
	if t.staff == nil {
		return rows, nil
	}
	return rows, t.loadStaff(db, rows, where, values)
}

// targets returns the stored columns, with version, and where to scan them.
func (t *table[T]) targets(row *T) (columns []string, targets []any) {
	for _, f := range t.fields(row) {
		if f.isDerived() {
			continue
		}
		columns = append(columns, f.name)
		if date, ok := f.ref.(*models.Date); ok {
			targets = append(targets, storedDate{date})
		} else {
			targets = append(targets, f.ref)
		}
	}
	return append(columns, "version"), append(targets, t.version(row))
}

// loadStaff reads the staff of the records, which are sorted by number.
func (t *table[T]) loadStaff(db *gorm.DB, rows []T, where string, values []any) error {
	if where != "" {
		where = " WHERE number IN (SELECT number FROM " + t.name + " WHERE " + where + ")"
	}
	found, err := db.Raw("SELECT number, staff FROM "+t.staffIn+where+" ORDER BY number, position", values...).Rows()
	if err != nil {
		return err
	}
	defer found.Close()
	var number, code string
	var at T // the record whose staff are read
	atNumber, next := t.fields(&at)[0].ref.(*string), -1
	codes := make([]string, 0, len(rows)) // of all records, so that a list is not an allocation
	for found.Next() {
		if err := found.Scan(&number, &code); err != nil {
			return err
		}
		for next < 0 || *atNumber != number {
			if next++; next == len(rows) {
				return models.Errorf(models.Internal, "%sの職員コードが、記録のない番号『%s』に付いています", t.sheet, number)
			}
			at = rows[next]
		}
		codes = append(codes, code)
		list := t.staff(&rows[next])
		*list = codes[len(codes)-len(*list)-1 : len(codes) : len(codes)]
	}
	return found.Err()
}
