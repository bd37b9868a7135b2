package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"time"

	"gorm.io/gorm"

	"renkei/models"
)

// Import is one import of a book.
type Import struct {
	Number   int // 1 for the first
	Revision int64
	At       time.Time // UTC
	Actor    string
	Kind     string // 台帳 or 見本
	Source   string // name of the file or folder
	Undone   int64  // revision at which it was taken back, 0 if it was not
	Rows     int    // number of records added or changed
}

// RecordImport marks this transaction as the import of a book and returns its
// number.
func (tx *Tx) RecordImport(kind, source string) (int, error) {
	var number int
	if err := tx.db.Raw("SELECT coalesce(max(number), 0) + 1 FROM imports").Row().Scan(&number); err != nil {
		return 0, err
	}
	return number, tx.insert("imports", []string{"number", "revision", "at", "actor", "kind", "source"},
		[]any{number, tx.revision, tx.at, tx.actor, kind, source})
}

// Imports returns the imports, newest first.
func (s *Store) Imports(ctx context.Context) ([]Import, error) {
	db := s.reader.WithContext(ctx)
	list, err := readImports(db)
	for i := range list {
		if err == nil {
			err = db.Raw("SELECT count(*) FROM audit_log WHERE revision = ?", list[i].Revision).Row().Scan(&list[i].Rows)
		}
	}
	return list, explain(ctx, err, "読み込みの記録を読み取れません", s.path)
}

func readImports(db *gorm.DB) ([]Import, error) {
	found, err := db.Raw("SELECT number, revision, at, actor, kind, source, undone FROM imports ORDER BY number DESC").Rows()
	if err != nil {
		return nil, err
	}
	defer found.Close()
	var list []Import
	for found.Next() {
		var i Import
		var at string
		var undone sql.NullInt64
		if err := found.Scan(&i.Number, &i.Revision, &at, &i.Actor, &i.Kind, &i.Source, &undone); err != nil {
			return nil, err
		}
		if i.At, err = time.Parse(time.RFC3339, at); err != nil {
			return nil, models.Wrap(err, models.Internal, "読み込み %d の日時を読み取れません", i.Number)
		}
		i.Undone = undone.Int64
		list = append(list, i)
	}
	return list, found.Err()
}

// Edits returns the changes of records of a sheet by key (as in the audit log),
// newest first. Changes of imports that were taken back are left out.
func (v View) Edits(sheet string, keys []string) (map[string][]models.Edit, error) {
	imports, err := readImports(v.db)
	if err != nil {
		return nil, err
	}
	edits := make(map[string][]models.Edit)
	for some := range slices.Chunk(keys, 500) {
		entries, err := v.entriesOf(sheet, some)
		if err != nil {
			return nil, err
		}
		for key, list := range entries {
			if edits[key], err = lastingEdits(list, imports); err != nil {
				return nil, err
			}
		}
	}
	return edits, nil
}

// lastingEdits turns the audit rows of one record, newest first, into edits.
func lastingEdits(entries []AuditEntry, imports []Import) ([]models.Edit, error) {
	var edits []models.Edit
	lasting := lasting(entries, imports)
	for _, e := range entries {
		if !slices.Contains(lasting, e.Revision) {
			continue
		}
		before, after, err := e.books()
		if err != nil {
			return nil, err
		}
		byImport := slices.ContainsFunc(imports, func(i Import) bool { return i.Revision == e.Revision })
		edits = append(edits, models.Edit{ByPerson: !byImport, Before: before, After: after})
	}
	return edits, nil
}

// lasting returns the revisions of the audit rows of one record, newest first,
// without changes of imports that were taken back.
func lasting(entries []AuditEntry, imports []Import) []int64 {
	var of []int64
	var takenBack int64 // the import whose changes were taken back
	for _, e := range entries {
		revision := e.Revision
		if takenBack != 0 && revision >= takenBack {
			continue
		}
		i := slices.IndexFunc(imports, func(i Import) bool { return i.Undone == revision })
		if i < 0 {
			of = append(of, revision)
			continue
		}
		takenBack = imports[i].Revision
	}
	return of
}

// entriesOf returns the audit rows of records, newest first.
func (v View) entriesOf(sheet string, keys []string) (map[string][]AuditEntry, error) {
	values := []any{sheet}
	for _, key := range keys {
		values = append(values, key)
	}
	found, err := v.db.Raw("SELECT id, action, sheet, record_key, before_json, after_json, revision FROM audit_log WHERE sheet = ? AND record_key IN (?"+
		strings.Repeat(", ?", len(keys)-1)+") ORDER BY id DESC", values...).Rows()
	entries, err := scanChanges(found, err)
	of := make(map[string][]AuditEntry)
	for _, e := range entries {
		of[e.Key] = append(of[e.Key], e)
	}
	return of, err
}

// scanChanges reads audit rows without actor and time.
func scanChanges(found *sql.Rows, err error) ([]AuditEntry, error) {
	if err != nil {
		return nil, err
	}
	defer found.Close()
	var entries []AuditEntry
	for found.Next() {
		var e AuditEntry
		if err := found.Scan(&e.ID, &e.Action, &e.Sheet, &e.Key, &e.Before, &e.After, &e.Revision); err != nil {
			return nil, err
		}
		entries = append(entries, e)
	}
	return entries, found.Err()
}

// Kept is a record that was not restored when an import was taken back.
type Kept struct {
	Sheet, Key string
	Why        string
}

// TakenBack is the result of taking an import back.
type TakenBack struct {
	Removed, Restored int
	Kept              []Kept
}

// Guard returns why a record may not be changed, "" when it may. before and
// after are books with that one record, nil when it does not exist.
type Guard func(before, after *models.Book) string

// TakeBackImport removes the records an import added and restores those it
// changed. Records edited or used since, and those protected by guard, are kept
// and listed.
func (tx *Tx) TakeBackImport(number int, guard Guard, progress func(done, total int)) (TakenBack, error) {
	var done TakenBack
	imports, err := readImports(tx.db)
	if err != nil {
		return done, err
	}
	i := slices.IndexFunc(imports, func(i Import) bool { return i.Number == number })
	switch {
	case i < 0:
		return done, models.Errorf(models.NotFound, "読み込み %d の記録がありません。番号を確かめてください", number)
	case imports[i].Undone != 0:
		return done, models.Errorf(models.Invalid, "読み込み %d は、すでに取り消してあります", number)
	}
	entries, err := tx.changesOf(imports[i].Revision)
	if err != nil {
		return done, err
	}
	untouched, err := tx.untouched(entries, imports)
	if err != nil {
		return done, err
	}
	why, err := tx.takeBackAll(entries, untouched, guard, progress)
	if err != nil {
		return done, err
	}
	for _, e := range slices.Backward(entries) { // in the order of the sheets
		switch {
		case why[e.ID] != "":
			done.Kept = append(done.Kept, Kept{e.Sheet, e.Key, why[e.ID]})
		case e.Action == actionInsert:
			done.Removed++
		default:
			done.Restored++
		}
	}
	tx.changed = true
	return done, tx.db.Exec("UPDATE imports SET undone = ? WHERE number = ?", tx.revision, number).Error
}

// books returns the record of an audit row before and after, each in a book of
// its own, nil when it did not exist.
func (e AuditEntry) books() (before, after *models.Book, err error) {
	for _, side := range []struct {
		text string
		book **models.Book
	}{{e.Before, &before}, {e.After, &after}} {
		if side.text == "" {
			continue
		}
		*side.book = &models.Book{}
		if err := parseInto(*side.book, e.Sheet, side.text); err != nil {
			return nil, nil, err
		}
	}
	return before, after, nil
}

// takeBackAll undoes audit rows and returns, by ID, why some are kept. A row
// may be blocked by another that is undone later, so it repeats until nothing
// more can be undone.
func (tx *Tx) takeBackAll(entries []AuditEntry, untouched map[int64]bool, guard Guard, progress func(done, total int)) (map[int64]string, error) {
	why := make(map[int64]string)
	waiting := slices.DeleteFunc(slices.Clone(entries), func(e AuditEntry) bool {
		if !untouched[e.ID] {
			why[e.ID] = "読み込みのあとに変更されています"
		}
		return !untouched[e.ID]
	})
	for before := len(waiting) + 1; len(waiting) > 0 && len(waiting) < before; {
		before = len(waiting)
		var kept []AuditEntry
		for n, e := range waiting {
			reason, err := tx.takeBack(e, guard)
			if err != nil {
				return nil, err
			}
			why[e.ID] = reason
			if reason != "" {
				kept = append(kept, e)
			}
			if progress != nil && n%batchRows == 0 {
				progress(len(entries)-before+n, len(entries))
			}
			if err := tx.ctx.Err(); err != nil {
				return nil, err
			}
		}
		waiting = kept
	}
	return why, nil
}

// changesOf returns the audit rows of a revision, last first, so that
// references are removed before their target.
func (tx *Tx) changesOf(revision int64) ([]AuditEntry, error) {
	return scanChanges(tx.db.Raw(`SELECT id, action, sheet, record_key, before_json, after_json, revision
		FROM audit_log WHERE revision = ? ORDER BY id DESC`, revision).Rows())
}

// untouched returns the IDs of the audit rows whose record was not changed
// since (except by imports that were taken back).
func (v View) untouched(entries []AuditEntry, imports []Import) (map[int64]bool, error) {
	ids := make(map[int64]bool)
	for some := range slices.Chunk(entries, 500) {
		bySheet := make(map[string][]string)
		for _, e := range some {
			bySheet[e.Sheet] = append(bySheet[e.Sheet], e.Key)
		}
		for sheet, keys := range bySheet {
			of, err := v.entriesOf(sheet, keys)
			if err != nil {
				return nil, err
			}
			for _, e := range some {
				ids[e.ID] = ids[e.ID] || e.Sheet == sheet && lastOf(of[e.Key], imports) == e.Revision
			}
		}
	}
	return ids, nil
}

// lastOf returns the last revision of lasting.
func lastOf(entries []AuditEntry, imports []Import) int64 {
	if list := lasting(entries, imports); len(list) > 0 {
		return list[0]
	}
	return 0
}

// takeBack undoes one audit row, or returns why not.
func (tx *Tx) takeBack(e AuditEntry, guard Guard) (why string, err error) {
	s, err := sheetNamed(e.Sheet)
	if err != nil {
		return "", err
	}
	before, after, err := e.books()
	if err != nil {
		return "", err
	}
	if guard != nil {
		if why := guard(after, before); why != "" {
			return why, nil
		}
	}
	return s.takeBack(tx, before, after)
}

// takeBack deletes the record of after if there is none in before, else
// restores the one in before. why says what prevents it.
func (t *table[T]) takeBack(tx *Tx, before, after *models.Book) (why string, err error) {
	where, key := t.whereKey(&(*t.rows(after))[0])
	stored, err := t.load(tx.db, where, key...)
	if err != nil {
		return "", err
	}
	if len(stored) != 1 {
		return "", models.Errorf(models.Internal, "%sの記録が、変更の履歴と合いません", t.sheet)
	}
	now := &stored[0]
	if before == nil {
		why = "ほかの記録から使われています"
		used, err := t.isUsed(tx, now)
		if err != nil || used {
			return why, err
		}
		err = tx.inSavepoint(func() error { return t.delete(tx, now) })
		return unlessRefused(why, err)
	}
	was := &(*t.rows(before))[0]
	return unlessRefused("元の内容が指す記録がもうありません", tx.inSavepoint(func() error { return t.update(tx, now, was) }))
}

// unlessRefused returns the reason if the database refused the change.
func unlessRefused(why string, err error) (string, error) {
	switch {
	case err == nil:
		return "", nil
	case refused(err):
		return why, nil
	}
	return "", err
}

// isUsed reports whether another record names this one without a foreign key: a
// joint guidance may refer to anything.
func (t *table[T]) isUsed(tx *Tx, row *T) (used bool, err error) {
	if t.used == "" {
		return false, nil
	}
	_, key := t.whereKey(row)
	values := make([]any, len(key))
	for i := range key {
		values[i] = sql.Named(fmt.Sprintf("key%d", i+1), key[i])
	}
	return used, tx.db.Raw("SELECT "+t.used, values...).Row().Scan(&used)
}
