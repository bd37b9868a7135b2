package store

import (
	"context"
	"errors"
	"strings"
	"time"

	"gorm.io/gorm"

	"renkei/models"
)

// Tx is one transaction. It is valid only inside the function given to Write,
// and in one goroutine.
type Tx struct {
	View
	ctx       context.Context
	at        string
	actor     string
	revision  int64 // revision of the register after this transaction
	changed   bool
	lastAudit int64                 // id of the last audit row, 0 before the first change
	pending   []any                 // unwritten audit rows, auditColumns values each
	numbers   map[string]*numbering // by sheet, loaded on demand
	finished  bool                  // all is written but the commit
}

// Write runs fn in one transaction. It is the only way to change the register.
// Every change gets its audit row in the same transaction, and a transaction
// with changes raises the revision. An error or panic of fn, or a cancelled
// ctx, leaves the register unchanged. actor is the name for the audit log. fn
// must not call Write: it would wait for itself.
//
// No two transactions write at once, also of other PCs. So the revision grows
// in the order of the commits, and Since misses none.
func (s *Store) Write(ctx context.Context, actor string, fn func(*Tx) error) error {
	var tx *Tx
	err := s.writer.WithContext(ctx).Transaction(func(db *gorm.DB) error {
		now, err := s.engine.hold(db, actor)
		if err != nil {
			return err
		}
		if s.now != nil {
			now = s.now()
		}
		tx = &Tx{View: View{db}, ctx: ctx, at: instant(now), actor: actor}
		var moved string
		if err := db.Raw("SELECT revision + 1, moved FROM register WHERE id = 1").Row().Scan(&tx.revision, &moved); err != nil {
			return err
		}
		if moved != "" {
			return &Moved{Place: s.place, To: moved}
		}
		if err := fn(tx); err != nil || !tx.changed {
			return err
		}
		if err := s.engine.mayWrite(); err != nil {
			return err
		}
		return tx.finish()
	})
	if err != nil && tx != nil && tx.finished {
		err = s.afterLostCommit(ctx, err, "SELECT count(*) FROM audit_log WHERE id = ? AND revision = ? AND at = ? AND actor = ?",
			tx.lastAudit, tx.revision, tx.at, tx.actor)
	}
	return s.explain(ctx, s.engine.held(ctx, s.reader, err), "データを保存できません")
}

// afterLostCommit finds out whether a transaction was committed whose commit
// returned an error: the connection may have been lost before the answer. It
// returns nil if so. The query counts the rows that it alone wrote.
func (s *Store) afterLostCommit(ctx context.Context, lost error, query string, values ...any) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), patience)
	defer cancel()
	for {
		var ours int64
		err := s.reader.WithContext(ctx).Raw(query, values...).Row().Scan(&ours)
		switch {
		case err == nil && ours > 0:
			return nil
		case err == nil:
			return lost
		}
		select {
		case <-ctx.Done():
			return models.Wrap(lost, models.Unavailable, "保存の途中で台帳とのつながりが切れ、保存できたかどうかを確かめられませんでした。つながってから、開いて確かめてください")
		case <-time.After(patience / 20):
		}
	}
}

// Found returns the revision before this transaction.
func (tx *Tx) Found() int64 { return tx.revision - 1 }

// Changed reports whether this transaction has changed anything so far.
func (tx *Tx) Changed() bool { return tx.changed }

// finish writes the pending rows and raises the revision.
func (tx *Tx) finish() error {
	if err := tx.flushAudit(); err != nil {
		return err
	}
	if err := tx.flushNumbers(); err != nil {
		return err
	}
	tx.finished = true
	return tx.db.Exec("UPDATE register SET revision = ? WHERE id = 1", tx.revision).Error
}

// insert adds rows to a table. values holds the rows one after the other.
func (tx *Tx) insert(table string, columns []string, values []any) error {
	if len(values) == 0 {
		return nil
	}
	row := "(?" + strings.Repeat(", ?", len(columns)-1) + ")"
	rows := row + strings.Repeat(", "+row, len(values)/len(columns)-1)
	return tx.db.Exec("INSERT INTO "+table+" ("+strings.Join(columns, ", ")+") VALUES "+rows, values...).Error
}

// inSavepoint runs fn and rolls back its changes if it fails. The transaction
// can then continue. A nested Transaction of GORM would do the same, but it
// never releases its savepoint, and SQLite visits every open one for each page
// it writes: the cost of an import grew with the square of its batches.
func (tx *Tx) inSavepoint(fn func() error) error {
	if err := tx.db.SavePoint("step").Error; err != nil {
		return err
	}
	failed := fn()
	if failed != nil {
		if err := tx.db.RollbackTo("step").Error; err != nil {
			return errors.Join(failed, err)
		}
	}
	return errors.Join(failed, tx.db.Exec("RELEASE SAVEPOINT step").Error)
}

// instant formats a stored instant: UTC, sortable as text.
func instant(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000Z") }
