package store

import (
	"context"

	"gorm.io/gorm"

	"renkei/models"
)

// View is the register as one transaction sees it.
type View struct{ db *gorm.DB }

// Read runs fn on one state of the register, whatever others write meanwhile.
func (s *Store) Read(ctx context.Context, fn func(View) error) error {
	err := s.reader.WithContext(ctx).Transaction(func(db *gorm.DB) error { return fn(View{db}) }, s.engine.reads())
	return s.explain(ctx, err, "データを読み取れません")
}

// Book reads the whole register, each slice sorted by key. The number of
// queries does not depend on the number of records.
func (v View) Book() (*models.Book, error) { return loadBook(v.db) }

// Snapshot is Book with the origin for an exported book.
func (v View) Snapshot() (*models.Book, error) {
	book, err := loadBook(v.db)
	if err != nil {
		return nil, err
	}
	return book, v.origin(&book.Origin)
}

// Codes is Snapshot with only what an import must know of all records: of やり取り,
// 入院 and 共同指導 the codes and patients, of 病棟履歴 and 締めの判定 nothing.
func (v View) Codes() (*models.Book, error) {
	book := &models.Book{}
	for _, s := range tables {
		switch s {
		case contacts, admissions, jointGuidances, wardStays, closedVerdicts:
			continue
		}
		if err := s.loadInto(v.db, book); err != nil {
			return nil, err
		}
	}
	err := v.each("SELECT number, patient_id FROM contacts ORDER BY number", func(scan func(...any) error) error {
		book.Contacts = append(book.Contacts, models.Contact{})
		c := &book.Contacts[len(book.Contacts)-1]
		return scan(&c.Number, &c.PatientID)
	})
	if err != nil {
		return nil, err
	}
	err = v.each("SELECT patient_id, admitted_on FROM admissions ORDER BY patient_id, admitted_on", func(scan func(...any) error) error {
		book.Admissions = append(book.Admissions, models.Admission{})
		a := &book.Admissions[len(book.Admissions)-1]
		return scan(&a.PatientID, storedDate{&a.AdmittedOn})
	})
	if err != nil {
		return nil, err
	}
	err = v.each("SELECT number, patient_id FROM joint_guidances ORDER BY number", func(scan func(...any) error) error {
		book.Sessions = append(book.Sessions, models.JointGuidance{})
		g := &book.Sessions[len(book.Sessions)-1]
		return scan(&g.Number, &g.PatientID)
	})
	if err != nil {
		return nil, err
	}
	return book, v.origin(&book.Origin)
}

// each calls fn for every row of a query.
func (v View) each(query string, fn func(scan func(...any) error) error) error {
	found, err := v.db.Raw(query).Rows()
	if err != nil {
		return err
	}
	defer found.Close()
	for found.Next() {
		if err := fn(found.Scan); err != nil {
			return err
		}
	}
	return found.Err()
}

func (v View) origin(o *models.Origin) error {
	return v.db.Raw("SELECT identity, lineage, revision FROM register WHERE id = 1").Row().Scan(&o.Register, &o.Lineage, &o.Revision)
}

// Stored reads the records that have the keys of those in a book.
func (v View) Stored(of *models.Book) (*models.Book, error) {
	book := &models.Book{}
	for _, s := range tables {
		if err := s.loadStored(v.db, of, book); err != nil {
			return nil, err
		}
	}
	return book, nil
}

// Revision is that of the state seen (see Store.Revision).
func (v View) Revision() (revision int64, err error) {
	err = v.db.Raw("SELECT revision FROM register WHERE id = 1").Row().Scan(&revision)
	return revision, err
}

// Past is how the register differed at an earlier revision; what it does not
// hold was then as it is now.
type Past struct {
	Before *models.Book // changed or removed since, as they were then
	Added  *models.Book // added since, as first saved
}

// About limits what is asked of the audit log to the frame (see models.Part) and
// what concerns some patients.
type About struct {
	Patients []string // 患者ID
	Numbers  []string // 指導番号 of their sessions, now and before
	Contacts bool     // やり取り too, of everybody
}

// where is the condition on rows of the audit log. A deleted session belongs to
// it whosever it was.
func (a About) where() clause {
	const keyOfDay, keyOfDays = len("/2026-01-01"), len("/2026-01-01/2026-01-01") // after the 患者ID
	sheets := FrameSheets()
	if a.Contacts {
		sheets = append(sheets, contacts.sheet)
	}
	return sqlOf(`(sheet IN ?
		OR sheet = ? AND substr(record_key, 1, length(record_key) - ?) IN ?
		OR sheet = ? AND substr(record_key, 1, length(record_key) - ?) IN ?
		OR sheet IN ? AND record_key IN ?
		OR sheet = ? AND record_key IN (SELECT record_key FROM audit_log WHERE sheet = ? AND action = 'delete'))`,
		sheets, admissions.sheet, keyOfDay, orNone(a.Patients), wardStays.sheet, keyOfDays, orNone(a.Patients),
		[]string{jointGuidances.sheet, confirmations.sheet}, orNone(a.Numbers), jointGuidances.sheet, jointGuidances.sheet)
}

// Past works out from the audit log how the register differed at a revision.
func (v View) Past(revision int64) (Past, error) { return v.past(sqlOf("revision > ?", revision)) }

// PastOf is Past for what an About names.
func (v View) PastOf(revision int64, about About) (Past, error) {
	return v.past(sqlOf("revision > ?", revision).and(about.where()))
}

func (v View) past(changed clause) (Past, error) {
	past := Past{Before: &models.Book{}, Added: &models.Book{}}
	found, err := v.db.Raw("SELECT sheet, before_json, after_json FROM audit_log WHERE id IN (SELECT min(id) FROM audit_log WHERE "+
		changed.sql+" GROUP BY sheet, record_key)", changed.values...).Rows()
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

// parseInto adds the record of an audit row to a book.
func parseInto(book *models.Book, sheetName, text string) error {
	s, err := sheetNamed(sheetName)
	if err != nil {
		return err
	}
	return s.parseInto(book, text)
}

func sheetNamed(name string) (anyTable, error) {
	for _, s := range tables {
		if s.title() == name {
			return s, nil
		}
	}
	return nil, models.Errorf(models.Internal, "変更の履歴に知らない種類の記録があります（%s）", name)
}

func (t *table[T]) title() string { return t.sheet }

func (t *table[T]) parseInto(book *models.Book, text string) error {
	row, err := t.unjson(text)
	if err != nil {
		return models.Wrap(err, models.Internal, "変更の履歴の%sの記録を読み取れません", t.sheet)
	}
	*t.rows(book) = append(*t.rows(book), *row)
	return nil
}
