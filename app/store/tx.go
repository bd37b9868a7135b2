package store

import (
	"context"
	"strings"
	"time"

	"gorm.io/gorm"
)

// Tx is one change of the register in progress. It lives inside the function
// given to Write and must not be used by several goroutines at once.
type Tx struct {
	View
	ctx      context.Context
	at       string
	actor    string
	revision int64 // of the register once this transaction is done
	changed  bool
	pending  []any                 // audit rows not yet written, auditColumns values each
	numbers  map[string]*numbering // by sheet, as far as they were asked for
}

// Write runs fn in one transaction: the only way to change the register. Every
// change gets its audit row in the same transaction, and a transaction that
// changed something raises the revision. An error or a panic of fn, and a
// cancelled ctx, leave the register as it was. actor is who makes the change,
// as the audit log shows it. fn must not call Write again: it would wait for
// itself.
func (s *Store) Write(ctx context.Context, actor string, fn func(*Tx) error) error {
	err := s.writer.WithContext(ctx).Transaction(func(db *gorm.DB) error {
		tx := &Tx{View: View{db}, ctx: ctx, at: instant(s.now()), actor: actor}
		if err := db.Raw("SELECT revision + 1 FROM register WHERE id = 1").Row().Scan(&tx.revision); err != nil {
			return err
		}
		if err := fn(tx); err != nil || !tx.changed {
			return err
		}
		if err := s.opened.still(s.path); err != nil {
			return err
		}
		return tx.finish()
	})
	return explain(ctx, err, "データを保存できません", s.path)
}

// Found returns the revision of the register as this transaction found it.
func (tx *Tx) Found() int64 { return tx.revision - 1 }

// Changed reports whether this transaction changed something so far.
func (tx *Tx) Changed() bool { return tx.changed }

// finish writes what is waiting and raises the revision.
func (tx *Tx) finish() error {
	if err := tx.flushAudit(); err != nil {
		return err
	}
	if err := tx.flushNumbers(); err != nil {
		return err
	}
	return tx.db.Exec("UPDATE register SET revision = ? WHERE id = 1", tx.revision).Error
}

// insert adds rows to a table; values holds them one after the other.
func (tx *Tx) insert(table string, columns []string, values []any) error {
	if len(values) == 0 {
		return nil
	}
	row := "(?" + strings.Repeat(", ?", len(columns)-1) + ")"
	rows := row + strings.Repeat(", "+row, len(values)/len(columns)-1)
	return tx.db.Exec("INSERT INTO "+table+" ("+strings.Join(columns, ", ")+") VALUES "+rows, values...).Error
}

// inSavepoint runs fn and undoes what it did when the database refused it; the
// transaction can then go on.
func (tx *Tx) inSavepoint(fn func() error) error {
	if err := tx.db.Exec("SAVEPOINT step").Error; err != nil {
		return err
	}
	err := fn()
	if err != nil && !refused(err) {
		return err // the transaction is over
	}
	if err != nil {
		if undone := tx.db.Exec("ROLLBACK TO SAVEPOINT step").Error; undone != nil {
			return undone
		}
	}
	if released := tx.db.Exec("RELEASE SAVEPOINT step").Error; released != nil {
		return released
	}
	return err
}

// instant returns the form instants are stored in: UTC, sortable as text.
func instant(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000Z") }
