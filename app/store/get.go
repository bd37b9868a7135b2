package store

// All reads the records of one sheet, sorted by key.
func All[T Record](v View) ([]T, error) {
	t, err := tableOf[T]()
	if err != nil {
		return nil, err
	}
	return t.load(v.db, "")
}

// Get returns the stored record with the key of row, nil when there is none.
func Get[T Record](v View, row *T) (*T, error) {
	t, err := tableOf[T]()
	if err != nil {
		return nil, err
	}
	where, values := t.whereKey(row)
	rows, err := t.load(v.db, where, values...)
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

// KeyOf returns the sheet of a record and its key there, as in the audit log.
func KeyOf[T Record](row *T) RecordRef {
	t, err := tableOf[T]()
	if err != nil {
		return RecordRef{}
	}
	return RecordRef{t.sheet, t.keyOf(row)}
}

// ChangesOf returns the audit entries of the record with the key of row that came
// after a revision, oldest first.
func ChangesOf[T Record](v View, row *T, revision int) ([]AuditEntry, error) {
	at := KeyOf(row)
	return auditEntries(v.db.Table("audit_log").
		Where("sheet = ? AND record_key = ? AND revision > ?", at.Sheet, at.Key, revision).Order("id"))
}
