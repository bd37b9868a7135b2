package store

import "renkei/models"

// Settings reads 設定 alone.
func (v View) Settings() ([]models.Setting, error) { return settings.load(v.db, "") }

// Get returns the stored record with the key of row, nil when there is none.
func Get[T Record](tx *Tx, row *T) (*T, error) {
	t, err := tableOf[T]()
	if err != nil {
		return nil, err
	}
	where, values := t.whereKey(row)
	rows, err := t.load(tx.db, where, values...)
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	return &rows[0], nil
}

// VersionOf returns the version a record was read with.
func VersionOf[T Record](row *T) int {
	if t, err := tableOf[T](); err == nil {
		return *t.version(row)
	}
	return 0
}

// SetVersion sets the version a record must have in the database when it is
// saved. 0 makes it a new record.
func SetVersion[T Record](row *T, version int) {
	if t, err := tableOf[T](); err == nil {
		*t.version(row) = version
	}
}
