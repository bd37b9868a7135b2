package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"strings"

	"gorm.io/gorm"

	"renkei/models"
)

// besidesRecords are the tables that hold no records of the ledger book, but what
// a register knows beside them. The codes of 病棟 and 職員 are kept by triggers.
var besidesRecords = []string{"audit_log", "imports", "numbers"}

// allTables returns the tables a register consists of, what is referred to first,
// but for the one row of register.
func allTables() []string {
	var names []string
	for _, t := range tables {
		names = append(names, t.stores()...)
	}
	return append(names, besidesRecords...)
}

// stores returns the database tables of a sheet.
func (t *table[T]) stores() []string {
	if t.staff == nil {
		return []string{t.name}
	}
	return []string{t.name, t.staffIn}
}

// transfer copies everything from one register into another, which has the same
// schema and is empty, each in a transaction: every record, the audit log, the
// imports, the numbers, identity, lineage and revision. Then it compares what both
// hold. progress may be nil; it counts the rows.
func transfer(ctx context.Context, from, to *gorm.DB, progress func(done, total int)) error {
	total, done := 0, 0
	names := allTables()
	for _, name := range names {
		var rows int
		if err := from.Raw("SELECT count(*) FROM " + name).Row().Scan(&rows); err != nil {
			return err
		}
		total += rows
	}
	for _, name := range names {
		copied, err := copyTable(ctx, from, to, name, func(n int) {
			if done += n; progress != nil {
				progress(done, total)
			}
		})
		if err != nil {
			return err
		}
		arrived, err := digestOf(ctx, to, name)
		if err != nil {
			return err
		}
		if copied != arrived {
			return models.Errorf(models.Internal, "写した内容が元と違います（%s: %d行と%d行）。何も変えていません", name, copied.rows, arrived.rows)
		}
	}
	var o models.Origin
	if err := (View{from}).origin(&o); err != nil {
		return err
	}
	if err := to.Exec("UPDATE register SET revision = ?, identity = ?, lineage = ? WHERE id = 1", o.Revision, o.Register, o.Lineage).Error; err != nil {
		return err
	}
	var arrived models.Origin
	if err := (View{to}).origin(&arrived); err != nil {
		return err
	}
	if arrived != o {
		return models.Errorf(models.Internal, "写した台帳の番号が元と違います。何も変えていません")
	}
	return nil
}

// digest is the content of a table, whatever the order of its rows.
type digest struct {
	rows int
	sum  uint64
}

func (d *digest) add(row []any) {
	h := sha256.Sum256([]byte(fmt.Sprintf("%q", row)))
	d.rows++
	d.sum += binary.BigEndian.Uint64(h[:8])
}

// copyTable copies a table and returns what it read.
func copyTable(ctx context.Context, from, to *gorm.DB, name string, step func(rows int)) (digest, error) {
	var read digest
	tx := &Tx{View: View{to}, ctx: ctx}
	var columns []string
	var pending []any
	flush := func() error {
		rows := len(pending) / max(1, len(columns))
		err := tx.insert(name, columns, pending)
		pending = pending[:0]
		step(rows)
		return err
	}
	err := eachRow(ctx, from, name, func(names []string, row []any) error {
		columns = names
		read.add(row)
		if pending = append(pending, row...); len(pending) < batchRows*len(names) {
			return nil
		}
		return flush()
	})
	if err == nil && len(pending) > 0 {
		err = flush()
	}
	return read, err
}

func digestOf(ctx context.Context, db *gorm.DB, name string) (digest, error) {
	var d digest
	err := eachRow(ctx, db, name, func(_ []string, row []any) error {
		d.add(row)
		return nil
	})
	return d, err
}

// eachRow passes the rows of a table, with its columns in one order for all
// engines. fn must not keep row.
func eachRow(ctx context.Context, db *gorm.DB, name string, fn func(columns []string, row []any) error) error {
	columns, err := columnsOf(db, name)
	if err != nil {
		return err
	}
	found, err := db.WithContext(ctx).Raw("SELECT " + strings.Join(columns, ", ") + " FROM " + name).Rows()
	if err != nil {
		return err
	}
	defer found.Close()
	row, targets := make([]any, len(columns)), make([]any, len(columns))
	for i := range row {
		targets[i] = &row[i]
	}
	for found.Next() {
		if err := found.Scan(targets...); err != nil {
			return err
		}
		for i, value := range row {
			if text, is := value.([]byte); is {
				row[i] = string(text)
			}
		}
		if err := fn(columns, row); err != nil {
			return err
		}
	}
	return found.Err()
}

// columnsOf returns the columns of a table, sorted.
func columnsOf(db *gorm.DB, name string) ([]string, error) {
	found, err := db.Raw("SELECT * FROM " + name + " WHERE 1 = 0").Rows()
	if err != nil {
		return nil, err
	}
	defer found.Close()
	columns, err := found.Columns()
	slices.Sort(columns)
	return columns, err
}

// copyTo makes a file with the schema of this program and copies the database
// into it.
func (e *postgres) copyTo(ctx context.Context, s *Store, part string) (err error) {
	file := storeAt(part, Options{Now: s.now, Log: s.log})
	if file.writer, err = connect(part, copyWrite, file.log); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, closePool(file.writer, (*sql.DB).Close)) }()
	if err := file.migrate(ctx, "copy"); err != nil {
		return err
	}
	return s.Read(ctx, func(v View) error {
		err := file.writer.WithContext(ctx).Transaction(func(tx *gorm.DB) error { return transfer(ctx, v.db, tx, nil) })
		return explainBoth(ctx, err, s, file, "控えを作れません")
	})
}
