package store

import (
	"context"
	"database/sql"
	"maps"
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
	return list, s.explain(ctx, err, "読み込みの記録を読み取れません")
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

// Guard returns why a session may not be changed, "" when it may. before is nil
// for a new session, after for a deleted one.
type Guard func(before, after *models.JointGuidance) string

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
	back := takingBack{tx: tx, imports: imports, guard: guard, progress: progress, kept: make(map[int64]Kept)}
	if err := back.all(imports[i].Revision); err != nil {
		return done, err
	}
	for _, id := range slices.Sorted(maps.Keys(back.kept)) { // in the order of the sheets
		back.done.Kept = append(back.done.Kept, back.kept[id])
	}
	tx.changed = true
	return back.done, tx.db.Exec("UPDATE imports SET undone = ? WHERE number = ?", tx.revision, number).Error
}

// takingBack is an import being taken back.
type takingBack struct {
	tx       *Tx
	imports  []Import
	guard    Guard
	progress func(done, total int)

	done TakenBack
	kept map[int64]Kept // by ID of the audit row
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

// all undoes the audit rows of a revision, last first, so that references are
// removed before their target. A row may be blocked by another that is undone
// later, so it repeats until nothing more can be undone.
func (b *takingBack) all(revision int64) error {
	var waiting []int64
	if err := b.tx.db.Raw("SELECT id FROM audit_log WHERE revision = ? ORDER BY id DESC", revision).Scan(&waiting).Error; err != nil {
		return err
	}
	total := len(waiting)
	for before := total + 1; len(waiting) > 0 && len(waiting) < before; {
		before = len(waiting)
		var blocked []int64
		for some := range slices.Chunk(waiting, batchRows) {
			again, err := b.batch(some)
			if err != nil {
				return err
			}
			blocked = append(blocked, again...)
			if b.progress != nil {
				b.progress(b.done.Removed+b.done.Restored, total)
			}
			if err := b.tx.ctx.Err(); err != nil {
				return err
			}
		}
		waiting = blocked
	}
	return nil
}

// batch undoes audit rows and returns those that may be undone later.
func (b *takingBack) batch(ids []int64) (blocked []int64, err error) {
	entries, err := scanChanges(b.tx.db.Raw(`SELECT id, action, sheet, record_key, before_json, after_json, revision
		FROM audit_log WHERE id IN ? ORDER BY id DESC`, ids).Rows())
	if err != nil {
		return nil, err
	}
	untouched, err := b.tx.untouched(entries, b.imports)
	if err != nil {
		return nil, err
	}
	entries = slices.DeleteFunc(entries, func(e AuditEntry) bool {
		if !untouched[e.ID] {
			b.kept[e.ID] = Kept{e.Sheet, e.Key, "読み込みのあとに変更されています"}
		}
		return !untouched[e.ID]
	})
	for len(entries) > 0 {
		n := 1
		for n < len(entries) && entries[n].Sheet == entries[0].Sheet {
			n++
		}
		s, err := sheetNamed(entries[0].Sheet)
		if err != nil {
			return nil, err
		}
		why, err := s.takeBack(b.tx, entries[:n], b.guard)
		if err != nil {
			return nil, err
		}
		for i, e := range entries[:n] {
			switch {
			case why[i] != "":
				b.kept[e.ID] = Kept{e.Sheet, e.Key, why[i]}
				blocked = append(blocked, e.ID)
				continue
			case e.Action == actionInsert:
				b.done.Removed++
			default:
				b.done.Restored++
			}
			delete(b.kept, e.ID)
		}
		entries = entries[n:]
	}
	return blocked, nil
}

// untouched returns the IDs of the audit rows whose record was not changed
// since (except by imports that were taken back). They are at most batchRows.
func (v View) untouched(entries []AuditEntry, imports []Import) (map[int64]bool, error) {
	bySheet := make(map[string][]string)
	for _, e := range entries {
		bySheet[e.Sheet] = append(bySheet[e.Sheet], e.Key)
	}
	ids := make(map[int64]bool)
	for sheet, keys := range bySheet {
		of, err := v.entriesOf(sheet, keys)
		if err != nil {
			return nil, err
		}
		for _, e := range entries {
			ids[e.ID] = ids[e.ID] || e.Sheet == sheet && lastOf(of[e.Key], imports) == e.Revision
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

// takeBack deletes the records that the entries added and restores those they
// changed. why says for each entry what prevents it.
func (t *table[T]) takeBack(tx *Tx, entries []AuditEntry, guard Guard) (why []string, err error) {
	why = make([]string, len(entries))
	before, after := make([]*T, len(entries)), make([]*T, len(entries))
	for i, e := range entries {
		if before[i], err = t.unjson(e.Before); err == nil {
			after[i], err = t.unjson(e.After)
		}
		if err != nil {
			return nil, models.Wrap(err, models.Internal, "変更の履歴の%sの記録を読み取れません", t.sheet)
		}
		if is, ok := any(after[i]).(*models.JointGuidance); ok && guard != nil {
			was, _ := any(before[i]).(*models.JointGuidance)
			why[i] = guard(is, was)
		}
	}
	known, err := t.loadKnown(tx.db, after)
	if err != nil {
		return nil, err
	}
	var added []*T
	for i := range entries {
		now := known[t.id(after[i])]
		switch {
		case now == nil:
			return nil, models.Errorf(models.Internal, "%sの記録が、変更の履歴と合いません", t.sheet)
		case why[i] != "":
		case before[i] == nil:
			added = append(added, now)
		default:
			err := tx.inSavepoint(func() error { return t.update(tx, now, before[i]) })
			if why[i], err = unlessRefused("元の内容が指す記録がもうありません", err); err != nil {
				return nil, err
			}
		}
	}
	kept := make(map[recordKey]bool)
	if err := t.removeUnused(tx, added, kept); err != nil {
		return nil, err
	}
	for i := range entries {
		if before[i] == nil && kept[t.id(after[i])] {
			why[i] = "ほかの記録から使われています"
		}
	}
	return why, nil
}

// removeUnused deletes stored records and adds to kept those that others use.
func (t *table[T]) removeUnused(tx *Tx, rows []*T, kept map[recordKey]bool) error {
	rows, used, err := t.split(tx, rows, t.used)
	if err != nil {
		return err
	}
	for _, row := range used {
		kept[t.id(row)] = true
	}
	singly := []*T(nil)
	if len(rows) > 1 { // removing one of them may make another the last that is meant
		if rows, singly, err = t.split(tx, rows, t.meant); err != nil {
			return err
		}
	}
	if len(rows) > 0 {
		err := tx.inSavepoint(func() error { return t.remove(tx, rows) })
		switch {
		case !refused(err):
			if err != nil {
				return err
			}
		case len(rows) == 1:
			kept[t.id(rows[0])] = true
		default:
			singly = append(singly, rows...)
		}
	}
	for i := range singly {
		if err := t.removeUnused(tx, singly[i:i+1], kept); err != nil {
			return err
		}
	}
	return nil
}

// split separates the stored records that meet a condition from the others.
func (t *table[T]) split(tx *Tx, rows []*T, condition string) (others, those []*T, err error) {
	if condition == "" || len(rows) == 0 {
		return rows, nil, nil
	}
	where, values := t.whereKeys(rows)
	found, err := t.load(tx.db, where+" AND ("+condition+")", values...)
	if err != nil {
		return nil, nil, err
	}
	meets := make(map[recordKey]bool, len(found))
	for i := range found {
		meets[t.id(&found[i])] = true
	}
	for _, row := range rows {
		if meets[t.id(row)] {
			those = append(those, row)
		} else {
			others = append(others, row)
		}
	}
	return others, those, nil
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
