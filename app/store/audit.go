package store

import (
	"context"
	"strings"
	"time"

	"gorm.io/gorm"

	"renkei/models"
)

// Actions of the audit log.
const (
	actionInsert = "insert"
	actionUpdate = "update"
	actionDelete = "delete"
)

// AuditEntry is one row of the audit log.
type AuditEntry struct {
	ID     int64
	At     time.Time // UTC
	Actor  string
	Action string // insert, update or delete
	Sheet  string // sheet of the ledger book
	Key    string // key of the record, its parts joined by "/"
	Before string // the stored record as a JSON object, "" for an insert
	After  string // the same after the change, "" for a delete
	// Revision is that of the transaction: the first at which the register
	// holds After.
	Revision int64
}

var auditColumns = []string{"id", "at", "actor", "action", "sheet", "record_key", "before_json", "after_json", "revision"}

// Audited returns the record before and after an audit entry, without versions.
// before is nil for an insert, after for a delete.
func Audited[T Record](e AuditEntry) (before, after *T, err error) {
	t, err := tableOf[T]()
	if err != nil {
		return nil, nil, err
	}
	if before, err = t.unjson(e.Before); err == nil {
		after, err = t.unjson(e.After)
	}
	if err != nil {
		return nil, nil, models.Wrap(err, models.Internal, "変更の履歴 %d を読み取れません", e.ID)
	}
	return before, after, nil
}

// audited notes a change of a record for the audit log. Rows are written in
// batches; finish writes the rest.
func audited[T any](tx *Tx, t *table[T], action string, before, after *T) error {
	tx.changed = true
	var texts [2]string
	key := ""
	for i, row := range []*T{before, after} {
		if row == nil {
			continue
		}
		text, err := t.json(row)
		if err != nil {
			return err
		}
		texts[i], key = text, t.keyOf(row)
	}
	if tx.lastAudit == 0 {
		if err := tx.db.Raw("SELECT coalesce(max(id), 0) FROM audit_log").Row().Scan(&tx.lastAudit); err != nil {
			return err
		}
	}
	tx.lastAudit++
	tx.pending = append(tx.pending, tx.lastAudit, tx.at, tx.actor, action, t.sheet, key, texts[0], texts[1], tx.revision)
	if len(tx.pending) < batchRows*len(auditColumns) {
		return nil
	}
	return tx.flushAudit()
}

func (tx *Tx) flushAudit() error {
	err := tx.insert("audit_log", auditColumns, tx.pending)
	tx.pending = tx.pending[:0]
	return err
}

// Audit returns the newest entries of the audit log, newest first. limit 0 or
// less returns all.
func (s *Store) Audit(ctx context.Context, limit int) ([]AuditEntry, error) {
	query := s.reader.WithContext(ctx).Table("audit_log").Order("id DESC")
	if limit > 0 {
		query = query.Limit(limit)
	}
	entries, err := auditEntries(query)
	return entries, s.explain(ctx, err, "変更の履歴を読み取れません")
}

// AuditAfter returns the entries of one sheet of the ledger book that came after
// a record was saved as a new one, oldest first: by the order of the log, for a
// clock may be put back.
func AuditAfter[T Record](v View, sheet string, saved *T) ([]AuditEntry, error) {
	t, err := tableOf[T]()
	if err != nil {
		return nil, err
	}
	return auditEntries(v.db.Table("audit_log").Where(`sheet = ? AND id > coalesce(
		(SELECT max(id) FROM audit_log WHERE sheet = ? AND record_key = ? AND action = ?), 0)`,
		sheet, t.sheet, t.keyOf(saved), actionInsert).Order("id"))
}

// RecordRef names a record by its sheet and its key as in the audit log.
type RecordRef struct{ Sheet, Key string }

// LastChanges returns the last entry of each record that an About names and that
// was changed after a revision, without its content.
func (v View) LastChanges(revision int64, about About) (map[RecordRef]AuditEntry, error) {
	changed := sqlOf("revision > ?", revision).and(about.where())
	found, err := v.db.Raw("SELECT sheet, record_key, at, actor FROM audit_log WHERE id IN (SELECT max(id) FROM audit_log WHERE "+
		changed.sql+" GROUP BY sheet, record_key)", changed.values...).Rows()
	if err != nil {
		return nil, err
	}
	defer found.Close()
	last := make(map[RecordRef]AuditEntry)
	for found.Next() {
		var e AuditEntry
		var at string
		if err := found.Scan(&e.Sheet, &e.Key, &at, &e.Actor); err != nil {
			return nil, err
		}
		if e.At, err = time.Parse(time.RFC3339, at); err != nil {
			return nil, models.Wrap(err, models.Internal, "変更の履歴の日時を読み取れません（%s %s）", e.Sheet, e.Key)
		}
		last[RecordRef{e.Sheet, e.Key}] = e
	}
	return last, found.Err()
}

func auditEntries(query *gorm.DB) ([]AuditEntry, error) {
	found, err := query.Select(strings.Join(auditColumns, ", ")).Rows()
	if err != nil {
		return nil, err
	}
	defer found.Close()
	var entries []AuditEntry
	for found.Next() {
		var e AuditEntry
		var at string
		if err := found.Scan(&e.ID, &at, &e.Actor, &e.Action, &e.Sheet, &e.Key, &e.Before, &e.After, &e.Revision); err != nil {
			return nil, err
		}
		if e.At, err = time.Parse(time.RFC3339, at); err != nil {
			return nil, models.Wrap(err, models.Internal, "変更の履歴 %d の日時を読み取れません", e.ID)
		}
		entries = append(entries, e)
	}
	return entries, found.Err()
}
