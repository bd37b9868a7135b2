package store

import (
	"context"
	"database/sql"
	"errors"
	"os"

	"gorm.io/gorm"

	"renkei/models"
	"renkei/models/files"
)

// Backup writes a complete copy of the register to dest, also while others
// write. The copy is checked before it gets its name; a file that is there
// already is never overwritten. The copy is of a lineage of its own: used as a
// register it goes another way than this one, and a book exported here is none
// of its own.
func (s *Store) Backup(ctx context.Context, dest string) error {
	return s.backup(ctx, s.reader, dest)
}

func (s *Store) backup(ctx context.Context, from *gorm.DB, dest string) (err error) {
	there, err := exists(dest)
	if err != nil {
		return err
	}
	if there {
		return models.Errorf(models.Invalid, "控えの名前「%s」はすでに使われています。別の名前を指定してください", dest)
	}
	part := files.PartOf(dest)
	defer func() {
		if err != nil {
			err = explain(ctx, errors.Join(err, removeAll(part)), "控えを作れません", dest)
		}
	}()
	if err := removeAll(part); err != nil {
		return err
	}
	// SQLite writes into an empty file as into none, and leaves its permissions.
	if err := os.WriteFile(part, nil, files.Private); err != nil {
		return err
	}
	if err := from.WithContext(ctx).Exec("VACUUM INTO ?", part).Error; err != nil {
		return err
	}
	if err := beginLineage(ctx, part); err != nil {
		return err
	}
	if err := s.checkCopy(ctx, part); err != nil {
		return err
	}
	if err := syncFile(part); err != nil {
		return err
	}
	return os.Rename(part, dest)
}

// beginLineage gives a copy a lineage of its own; one of an older schema gets it
// when it is brought up to date.
func beginLineage(ctx context.Context, path string) (err error) {
	pool, err := sql.Open("sqlite3", dsn(path, copyWrite))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, pool.Close()) }()
	var there int64
	row := pool.QueryRowContext(ctx, "SELECT count(*) FROM pragma_table_info('register') WHERE name = 'lineage'")
	if err := row.Scan(&there); err != nil || there == 0 {
		return err
	}
	_, err = pool.ExecContext(ctx, "UPDATE register SET lineage = lower(hex(randomblob(16)))")
	return err
}

// checkCopy reads the whole copy for damage.
func (s *Store) checkCopy(ctx context.Context, path string) (err error) {
	db, err := connect(path, readOnly, s.log)
	if err != nil {
		return err
	}
	pool, err := db.DB()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, pool.Close()) }()
	if err := check(ctx, db, "integrity_check"); err != nil {
		return err
	}
	return checkReferences(db.WithContext(ctx))
}

// syncFile waits until the file is on the disk.
func syncFile(path string) (err error) {
	file, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	return file.Sync()
}

// exists reports whether something has the path as its name.
func exists(path string) (bool, error) {
	_, err := os.Lstat(path)
	if err == nil || errors.Is(err, os.ErrNotExist) {
		return err == nil, nil
	}
	return false, models.Wrap(err, models.Unavailable, "「%s」を調べられません。場所と許可を確かめてください", path)
}
