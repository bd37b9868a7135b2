package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"strings"

	"gorm.io/gorm"

	"renkei/models"
)

// View is the register as one transaction sees it.
type View struct{ db *gorm.DB }

// Read runs fn over one state of the register, whatever others write meanwhile.
func (s *Store) Read(ctx context.Context, fn func(View) error) error {
	err := s.reader.WithContext(ctx).Transaction(func(db *gorm.DB) error { return fn(View{db}) }, &sql.TxOptions{ReadOnly: true})
	return explain(ctx, err, "データを読み取れません", s.path)
}

// Book reads the whole register, the slices sorted by key. The number of
// queries does not depend on the number of records.
func (v View) Book() (*models.Book, error) { return loadBook(v.db) }

// Snapshot is Book with the origin that a book written of it has.
func (v View) Snapshot() (*models.Book, error) {
	book, err := loadBook(v.db)
	if err != nil {
		return nil, err
	}
	o := &book.Origin
	err = v.db.Raw("SELECT identity, lineage, revision FROM register WHERE id = 1").Row().Scan(&o.Register, &o.Lineage, &o.Revision)
	return book, err
}

// Past is how the register differed at an earlier revision; what it does not
// hold was then as it is now.
type Past struct {
	Before *models.Book // changed or removed since, as it was then
	Added  *models.Book // not there then, as it was first saved
}

// Past works out from the audit log how the register was at a revision.
func (v View) Past(revision int64) (Past, error) {
	past := Past{Before: &models.Book{}, Added: &models.Book{}}
	found, err := v.db.Raw(`SELECT sheet, before_json, after_json FROM audit_log
		WHERE id IN (SELECT min(id) FROM audit_log WHERE revision > ? GROUP BY sheet, record_key)`, revision).Rows()
	if err != nil {
		return past, err
	}
	defer found.Close()
	for found.Next() {
		var name, before, after string
		if err := found.Scan(&name, &before, &after); err != nil {
			return past, err
		}
		into, text := past.Before, before
		if before == "" {
			into, text = past.Added, after
		}
		if err := parseInto(into, name, text); err != nil {
			return past, err
		}
	}
	return past, found.Err()
}

// parseInto adds the record an audit row holds to a book.
func parseInto(book *models.Book, sheetName, text string) error {
	s, err := sheetNamed(sheetName)
	if err != nil {
		return err
	}
	return s.parseInto(book, text)
}

func sheetNamed(name string) (sheet, error) {
	for _, s := range register {
		if s.title() == name {
			return s, nil
		}
	}
	return nil, models.Errorf(models.Internal, "変更の履歴に知らない種類の記録があります（%s）", name)
}

func (t *table[T]) title() string { return t.sheet }

func (t *table[T]) parseInto(book *models.Book, text string) error {
	row, err := t.parse(text)
	if err != nil {
		return err
	}
	*t.rows(book) = append(*t.rows(book), row)
	return nil
}

// parse reads what json wrote. A column of a later program is passed over.
func (t *table[T]) parse(text string) (row T, err error) {
	var values map[string]any
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.UseNumber()
	if err := decoder.Decode(&values); err != nil {
		return row, models.Wrap(err, models.Internal, "変更の履歴の%sの記録を読み取れません", t.sheet)
	}
	for _, f := range t.fields(&row) {
		if err := f.take(values[f.name]); err != nil {
			return row, models.Wrap(err, models.Internal, "変更の履歴の%sの%sを読み取れません", t.sheet, f.name)
		}
	}
	if t.staff != nil {
		codes, _ := values["staff"].([]any)
		for _, code := range codes {
			text, _ := code.(string)
			*t.staff(&row) = append(*t.staff(&row), text)
		}
	}
	return row, nil
}

// take sets the column to a value out of the audit log, nil for a blank one.
func (f field) take(value any) error {
	if value == nil || f.isDerived() {
		return nil
	}
	if number, ok := value.(json.Number); ok {
		n, err := number.Int64()
		if err != nil {
			return err
		}
		value = n
	}
	switch ref := f.ref.(type) {
	case *string:
		*ref, _ = value.(string)
		return nil
	case *int:
		n, _ := value.(int64)
		*ref = int(n)
		return nil
	case sql.Scanner:
		return ref.Scan(value)
	}
	return models.Errorf(models.Internal, "%T", f.ref)
}
