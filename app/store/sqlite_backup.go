package store

import (
	"context"
	"database/sql"
	"errors"
	"os"

	"renkei/models"
	"renkei/models/files"
)

// Backup writes a complete copy of the register to dest, a file of SQLite also
// when the register is on a server, even while others write. The copy is checked before it gets its name. An existing file is never
// overwritten. The copy starts a lineage of its own: if it is used as a
// register, it develops separately, and books exported from this register are
// not its own.
func (s *Store) Backup(ctx context.Context, dest string) (err error) {
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
	// SQLite writes into an empty file as into a new one, but keeps its
	// permissions.
	if err := os.WriteFile(part, nil, files.Private); err != nil {
		return err
	}
	if err := s.engine.copyTo(ctx, s, part); err != nil {
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

func (e *sqliteFile) copyTo(ctx context.Context, s *Store, part string) error {
	from := s.reader
	if from == nil { // before it is migrated
		from = s.writer
	}
	return from.WithContext(ctx).Exec("VACUUM INTO ?", part).Error
}

// beginLineage starts a new lineage in a copy, which was not moved, also if its
// original was. A copy of an older schema gets it when it is migrated.
func beginLineage(ctx context.Context, path string) (err error) {
	pool, err := sql.Open("sqlite3", dsn(path, copyWrite))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, pool.Close()) }()
	for column, value := range map[string]string{"lineage": "lower(hex(randomblob(16)))", "moved": "''"} {
		there, err := hasColumn(ctx, pool, column)
		if err != nil {
			return err
		}
		if !there {
			continue
		}
		if _, err := pool.ExecContext(ctx, "UPDATE register SET "+column+" = "+value); err != nil {
			return err
		}
	}
	return nil
}

// hasColumn reports whether the table register has a column.
func hasColumn(ctx context.Context, pool *sql.DB, column string) (there bool, err error) {
	row := pool.QueryRowContext(ctx, "SELECT count(*) > 0 FROM pragma_table_info('register') WHERE name = ?", column)
	err = row.Scan(&there)
	return there, err
}

// checkCopy checks the whole copy for damage.
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
	return check(ctx, db, whole)
}

// syncFile flushes the file to disk.
func syncFile(path string) (err error) {
	file, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	return file.Sync()
}

// exists reports whether there is a file at the path.
func exists(path string) (bool, error) {
	_, err := os.Lstat(path)
	if err == nil || errors.Is(err, os.ErrNotExist) {
		return err == nil, nil
	}
	return false, models.Wrap(err, models.Unavailable, "「%s」を調べられません。場所と許可を確かめてください", path)
}
