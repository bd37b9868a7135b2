package store

import (
	"errors"
	"slices"
	"strings"

	"gorm.io/gorm"

	"renkei/models"
)

// SheetChanges counts what Upsert did with the records of one sheet.
type SheetChanges struct {
	Sheet                string
	Added, Changed, Same int
}

// Changes counts what Upsert did, one entry per sheet in the order of the
// ledger book.
type Changes []SheetChanges

// Total returns the sums over all sheets.
func (c Changes) Total() SheetChanges {
	sum := SheetChanges{Sheet: "合計"}
	for _, s := range c {
		sum.Added += s.Added
		sum.Changed += s.Changed
		sum.Same += s.Same
	}
	return sum
}

// anyTable is a table without its record type.
type anyTable interface {
	title() string
	inFrame() bool
	stores() []string
	share(from, book *models.Book)
	follow(book *models.Book, feed Feed) error
	parseInto(book *models.Book, text string) error
	draftAll(d *Draft, from *models.Book)
	takeBack(tx *Tx, entries []AuditEntry, guard Guard) (why []string, err error)
	loadInto(db *gorm.DB, book *models.Book) error
	loadStored(db *gorm.DB, of, into *models.Book) error
	upsert(tx *Tx, book *models.Book, step func(n int)) (SheetChanges, error)
	count(book *models.Book) int
}

func (t *table[T]) count(book *models.Book) int { return len(*t.rows(book)) }

func (t *table[T]) loadInto(db *gorm.DB, book *models.Book) error {
	rows, err := t.load(db, "")
	*t.rows(book) = rows
	return err
}

// loadStored reads the records that have the keys of those in a book.
func (t *table[T]) loadStored(db *gorm.DB, of, into *models.Book) error {
	for some := range slices.Chunk(*t.rows(of), batchRows) {
		rows := make([]*T, len(some))
		for i := range some {
			rows[i] = &some[i]
		}
		where, values := t.whereKeys(rows)
		found, err := t.load(db, where, values...)
		if err != nil {
			return err
		}
		*t.rows(into) = append(*t.rows(into), found...)
	}
	return nil
}

// loadBook reads the whole register with one or two queries per sheet.
func loadBook(db *gorm.DB) (*models.Book, error) {
	book := &models.Book{}
	for _, s := range tables {
		if err := s.loadInto(db, book); err != nil {
			return nil, err
		}
	}
	return book, nil
}

// Upsert writes every record of the book: a new key is inserted, a known one
// updated if it differs, an equal one left alone. Records not in the book stay.
// Versions in the book are ignored. progress may be nil. The error is Invalid
// and names the record if Validate refuses it, its key comes twice, or it
// refers to an unknown code.
func (tx *Tx) Upsert(book *models.Book, progress func(done, total int)) (Changes, error) {
	total, done := 0, 0
	for _, s := range tables {
		total += s.count(book)
	}
	step := func(n int) {
		done += n
		if progress != nil {
			progress(done, total)
		}
	}
	var changes Changes
	for _, s := range tables {
		c, err := s.upsert(tx, book, step)
		if err != nil {
			return nil, err
		}
		changes = append(changes, c)
	}
	return changes, nil
}

// batchRows is the most records read or written by one statement: the widest
// table has 23 columns, and SQLite accepts 32,766 values per statement.
const batchRows = 500

func (t *table[T]) upsert(tx *Tx, book *models.Book, step func(n int)) (SheetChanges, error) {
	changes := SheetChanges{Sheet: t.sheet}
	seen := make(map[string]bool) // of recordKey it would be four times as large
	for some := range slices.Chunk(*t.rows(book), batchRows) {
		if err := t.upsertBatch(tx, some, seen, &changes); err != nil {
			return changes, err
		}
		if err := tx.ctx.Err(); err != nil {
			return changes, err
		}
		step(len(some))
	}
	return changes, nil
}

// upsertBatch is upsert for at most batchRows records. seen holds the keys that
// came before.
func (t *table[T]) upsertBatch(tx *Tx, incoming []T, seen map[string]bool, changes *SheetChanges) error {
	rows := make([]*T, len(incoming))
	for i := range incoming {
		rows[i] = &incoming[i]
	}
	known, err := t.loadKnown(tx.db, rows)
	if err != nil {
		return err
	}
	var added []*T
	for _, row := range rows {
		key := t.joinedKey(row, "\x00")
		if seen[key] {
			return models.Errorf(models.Invalid, "%s『%s』が2回出てきます。どちらかを消してください", t.sheet, t.keyOf(row))
		}
		if err := t.check(row); err != nil {
			return err
		}
		seen[key] = true
		switch old := known[t.id(row)]; {
		case old == nil:
			changes.Added++
			added = append(added, row)
		case t.same(old, row):
			changes.Same++
		default:
			changes.Changed++
			if err := t.update(tx, old, row); err != nil {
				return err
			}
		}
	}
	return t.insert(tx, added)
}

// loadKnown reads the stored records with the keys of the given ones, at most
// batchRows, by key.
func (t *table[T]) loadKnown(db *gorm.DB, rows []*T) (map[recordKey]*T, error) {
	known := make(map[recordKey]*T, len(rows))
	if len(rows) == 0 {
		return known, nil
	}
	where, values := t.whereKeys(rows)
	stored, err := t.load(db, where, values...)
	for i := range stored {
		known[t.id(&stored[i])] = &stored[i]
	}
	return known, err
}

// check returns the problems of the record as one error.
func (t *table[T]) check(row *T) error {
	if t.problem == nil {
		return nil
	}
	problems := t.problem(*row)
	if len(problems) == 0 {
		return nil
	}
	texts := make([]string, len(problems))
	for i, p := range problems {
		texts[i] = p.String()
	}
	return models.Errorf(models.Invalid, "%s『%s』を保存できません。%s", t.sheet, t.keyOf(row), strings.Join(texts, "、"))
}

// insert adds new records in one statement; those without a code get the next
// one. If the database refuses, the records are inserted singly to find out
// which one it is.
func (t *table[T]) insert(tx *Tx, rows []*T) error {
	if len(rows) == 0 {
		return nil
	}
	if err := t.numbered(tx, rows); err != nil {
		return err
	}
	err := tx.inSavepoint(func() error { return t.insertRows(tx, rows) })
	if err != nil && !refused(err) {
		return err
	}
	if err != nil {
		for _, row := range rows {
			if err := t.insertRows(tx, []*T{row}); err != nil {
				return t.explain(err, row)
			}
		}
	}
	for _, row := range rows {
		if err := audited(tx, t, actionInsert, nil, row); err != nil {
			return err
		}
	}
	return nil
}

func (t *table[T]) insertRows(tx *Tx, rows []*T) error {
	values := make([]any, 0, len(rows)*24)
	for _, row := range rows {
		for _, f := range t.fields(row) {
			values = append(values, f.value())
		}
		values = append(values, tx.revision)
	}
	if err := tx.insert(t.name, append(t.columns(), "version"), values); err != nil {
		return err
	}
	return t.insertStaff(tx, rows)
}

func (t *table[T]) insertStaff(tx *Tx, rows []*T) error {
	if t.staff == nil {
		return nil
	}
	var values []any
	for _, row := range rows {
		number := t.keyOf(row)
		for i, code := range *t.staff(row) {
			values = append(values, number, i, code)
		}
	}
	return tx.insert(t.staffIn, []string{"number", "position", "staff"}, values)
}

// update overwrites the stored record. The version in the WHERE is the
// optimistic lock.
func (t *table[T]) update(tx *Tx, old, row *T) error {
	var sets []string
	var values []any
	for _, f := range t.fields(row)[t.keys:] {
		sets = append(sets, f.name+" = ?")
		values = append(values, f.value())
	}
	where, key := t.whereKey(row)
	values = append(append(append(values, tx.revision), key...), *t.version(old))
	done := tx.db.Exec("UPDATE "+t.name+" SET "+strings.Join(append(sets, "version = ?"), ", ")+
		" WHERE "+where+" AND version = ?", values...)
	if done.Error != nil {
		return t.explain(done.Error, row)
	}
	if done.RowsAffected != 1 {
		return t.conflict(row)
	}
	if t.staff != nil {
		if err := tx.db.Exec("DELETE FROM "+t.staffIn+" WHERE number = ?", t.keyOf(row)).Error; err != nil {
			return err
		}
		if err := t.insertStaff(tx, []*T{row}); err != nil {
			return t.explain(err, row)
		}
	}
	return audited(tx, t, actionUpdate, old, row)
}

// conflict returns the error for a record that somebody else changed or removed
// meanwhile.
func (t *table[T]) conflict(row *T) error {
	return models.Errorf(models.Conflict,
		"%s『%s』は、開いているあいだにほかの人が変更したか削除しました。開き直して、もう一度入力してください", t.sheet, t.keyOf(row))
}

// refused reports whether the database refused a record because of a
// constraint, not a disk error or a lock.
func refused(err error) bool {
	return errors.Is(err, gorm.ErrForeignKeyViolated) || errors.Is(err, gorm.ErrDuplicatedKey) ||
		errors.Is(err, gorm.ErrCheckConstraintViolated) || isConstraint(err)
}

// explain names the record that a database constraint refused.
func (t *table[T]) explain(err error, row *T) error {
	switch {
	case errors.Is(err, gorm.ErrForeignKeyViolated):
		return models.Wrap(err, models.Invalid,
			"%s『%s』が指すコードは登録されていません。指す先の行を先に登録するか、コードを直してください", t.sheet, t.keyOf(row))
	case errors.Is(err, gorm.ErrDuplicatedKey):
		return models.Wrap(err, models.Conflict, "%s『%s』はすでに登録されています。開き直して確かめてください", t.sheet, t.keyOf(row))
	case refused(err):
		return models.Wrap(err, models.Invalid,
			"%s『%s』に保存できない値があります。日付の順番と、決まった言葉の欄を確かめてください", t.sheet, t.keyOf(row))
	}
	return err
}
