package store

import "renkei/models"

// Record is an entity with a sheet of its own.
type Record interface {
	models.Setting | models.Policy | models.Ward | models.Staff | models.Partner | models.CareManager |
		models.Affiliation | models.Meeting | models.Attendance | models.Contact | models.Admission |
		models.WardStay | models.JointGuidance | models.Confirmation | models.Closing |
		models.ClosedVerdict
}

// Put saves one record. Version 0 means new: a blank code is assigned, and an
// existing key is a Conflict. Otherwise the stored record must still have that
// Version, else the error is a Conflict; the key finds it and cannot change. On
// success row.Version is the new version: the revision that wrote it, so that a
// record created again under an old key is never taken for the old one. An
// equal record is not written.
func Put[T Record](tx *Tx, row *T) error {
	t, err := tableOf[T]()
	if err != nil {
		return err
	}
	return t.put(tx, row)
}

func (t *table[T]) put(tx *Tx, row *T) error {
	version := t.version(row)
	if *version == 0 {
		if err := t.numbered(tx, []*T{row}); err != nil { // before Validate refuses a blank code
			return err
		}
	}
	if err := t.check(row); err != nil {
		return err
	}
	if *version == 0 {
		if err := t.insert(tx, []*T{row}); err != nil {
			return err
		}
		*version = int(tx.revision)
		return nil
	}
	old, err := t.stored(tx, row)
	if err != nil || t.same(old, row) {
		return err
	}
	if err := t.update(tx, old, row); err != nil {
		return err
	}
	*version = int(tx.revision)
	return nil
}

// Delete removes one record. If its stored Version is not that of row, the
// error is a Conflict. If other records refer to it, or a 確定 rests on it, the
// error is Invalid.
func Delete[T Record](tx *Tx, row *T) error {
	t, err := tableOf[T]()
	if err != nil {
		return err
	}
	return t.delete(tx, row)
}

func (t *table[T]) delete(tx *Tx, row *T) error {
	old, err := t.stored(tx, row)
	if err != nil {
		return err
	}
	_, confirmed, err := t.split(tx, []*T{old}, t.bound.when)
	switch {
	case err != nil:
		return err
	case len(confirmed) > 0:
		return models.Errorf(models.Invalid, "%s『%s』%sのため削除できません。先に算定の画面で確定を取り消してください", t.sheet, t.keyOf(row), t.bound.why)
	}
	err = t.remove(tx, []*T{old})
	if refused(err) {
		return models.Wrap(err, models.Invalid,
			"%s『%s』はほかの記録から使われているため削除できません。先にそちらの記録を直してください", t.sheet, t.keyOf(row))
	}
	return err
}

// remove deletes stored records, at most batchRows.
func (t *table[T]) remove(tx *Tx, rows []*T) error {
	where, keys := t.whereKeys(rows)
	if t.staff != nil {
		if err := tx.db.Exec("DELETE FROM "+t.staffIn+" WHERE "+where, keys...).Error; err != nil {
			return err
		}
	}
	if err := tx.db.Exec("DELETE FROM "+t.name+" WHERE "+where, keys...).Error; err != nil {
		return err
	}
	for _, row := range rows {
		if err := audited(tx, t, actionDelete, row, nil); err != nil {
			return err
		}
	}
	return nil
}

// stored returns the record with the key and version of row.
func (t *table[T]) stored(tx *Tx, row *T) (*T, error) {
	where, values := t.whereKey(row)
	rows, err := t.load(tx.db, where+" AND version = ?", append(values, *t.version(row))...)
	if err != nil {
		return nil, err
	}
	if len(rows) != 1 {
		return nil, t.conflict(row)
	}
	return &rows[0], nil
}

// tableOf returns the table of an entity.
func tableOf[T Record]() (*table[T], error) {
	for _, s := range tables {
		if t, ok := s.(*table[T]); ok {
			return t, nil
		}
	}
	return nil, models.Errorf(models.Internal, "この種類の記録を保存する場所がありません（%T）", *new(T))
}
