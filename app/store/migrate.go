package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"gorm.io/gorm"

	"renkei/models"
)

// migration is one numbered step of the schema.
type migration struct {
	number   int
	name     string
	sql      string
	checksum string
	rebuilds bool // recreates a table that others refer to
}

// rebuildMark is the first line of a step that recreates a table (SQLite cannot
// change a CHECK in place). Such steps run with foreign keys off, because
// dropping the old table would count as deleting its rows. The references are
// checked before the commit.
const rebuildMark = "-- rebuilds tables\n"

// migrations reads the embedded steps of an engine in order. Their numbers have
// no gaps and, in a file, start at 1; no server holds a register of the first steps.
func migrations(files fs.FS) ([]migration, error) {
	names, err := fs.Glob(files, "migrations/*/*.sql")
	if err != nil {
		return nil, err
	}
	var list []migration
	for i, name := range names {
		data, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, err
		}
		// A checkout on Windows may change the line ends.
		text := strings.ReplaceAll(string(data), "\r\n", "\n")
		base := strings.TrimSuffix(filepath.Base(name), ".sql")
		number, title, _ := strings.Cut(base, "_")
		n, err := strconv.Atoi(number)
		if err != nil || i > 0 && n != list[i-1].number+1 {
			return nil, fmt.Errorf("migration %s: its number does not follow", name)
		}
		sum := sha256.Sum256([]byte(text))
		list = append(list, migration{n, title, text, hex.EncodeToString(sum[:]), strings.HasPrefix(text, rebuildMark)})
	}
	return list, nil
}

// applied is one row of schema_migrations.
type applied struct {
	Number   int
	Name     string
	Checksum string
}

// migrate brings the schema up to date. It first makes a copy of an older one.
func (s *Store) migrate(ctx context.Context, program string) error {
	list, err := migrations(s.engine.steps())
	if err != nil {
		return models.Wrap(err, models.Internal, "プログラムに入っているデータの構造の定義が壊れています。入れ直してください")
	}
	return s.migrateTo(ctx, list, program)
}

func (s *Store) migrateTo(ctx context.Context, list []migration, program string) error {
	schema, pending, err := s.pending(s.writer.WithContext(ctx), list)
	if err != nil || len(pending) == 0 {
		return err
	}
	rebuilds := slices.ContainsFunc(pending, func(m migration) bool { return m.rebuilds })
	return s.engine.migrating(ctx, s, schema, rebuilds, func(db *gorm.DB) error {
		// All or none: another program starting meanwhile never sees a schema in
		// between.
		return db.Transaction(func(tx *gorm.DB) error { return s.applyAll(tx, pending, program) })
	})
}

// pending returns the number of the last step applied, 0 if there is none, and the
// steps to come.
func (s *Store) pending(db *gorm.DB, list []migration) (schema int, pending []migration, err error) {
	done, err := s.appliedMigrations(db)
	if err != nil {
		return 0, nil, err
	}
	if err := s.checkApplied(done, list); err != nil {
		return 0, nil, err
	}
	if len(done) > 0 {
		schema = done[len(done)-1].Number
	}
	return schema, list[len(done):], nil
}

// applyAll runs steps in the caller's transaction.
func (s *Store) applyAll(tx *gorm.DB, steps []migration, program string) error {
	for _, m := range steps {
		if err := s.apply(tx, m, program); err != nil {
			return fmt.Errorf("migration %04d_%s: %w", m.number, m.name, err)
		}
	}
	return nil
}

// createMigrationsTable makes the record of the applied migrations.
const createMigrationsTable = `CREATE TABLE IF NOT EXISTS schema_migrations (
    number INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    checksum TEXT NOT NULL,
    applied_at TEXT NOT NULL,
    program TEXT NOT NULL
)`

// apply runs one step and records it, in the caller's transaction. It does
// nothing if another process was first.
func (s *Store) apply(tx *gorm.DB, m migration, program string) error {
	if err := tx.Exec(createMigrationsTable).Error; err != nil {
		return err
	}
	var found int64
	if err := tx.Table("schema_migrations").Where("number = ?", m.number).Count(&found).Error; err != nil || found > 0 {
		return err
	}
	if err := tx.Exec(m.sql).Error; err != nil {
		return err
	}
	if err := s.engine.migrated(tx); err != nil {
		return err
	}
	now, err := s.clockIn(tx)
	if err != nil {
		return err
	}
	return tx.Exec("INSERT INTO schema_migrations (number, name, checksum, applied_at, program) VALUES (?, ?, ?, ?, ?)",
		m.number, m.name, m.checksum, instant(now), program).Error
}

// appliedMigrations returns the steps applied, none for a new database.
func (s *Store) appliedMigrations(db *gorm.DB) ([]applied, error) {
	there, err := s.engine.hasTable(db, "schema_migrations")
	if err != nil || !there {
		return nil, err
	}
	var done []applied
	err = db.Table("schema_migrations").Order("number").Find(&done).Error
	return done, err
}

// checkApplied refuses a database of a newer program, and one whose steps
// differ from the embedded ones.
func (s *Store) checkApplied(done []applied, list []migration) error {
	for i, a := range done {
		switch {
		case i >= len(list):
			return newer(s.place)
		case a.Number != list[i].number || a.Checksum != list[i].checksum:
			return models.Errorf(models.Invalid,
				"データの構造の記録（%04d_%s）がこのプログラムのものと一致しません（%s）。別のファイルを選ぶか、控えから戻してください", a.Number, a.Name, Shown(s.place))
		}
	}
	return nil
}

// newer refuses a register of a newer program.
func newer(place string) error {
	return models.Errorf(models.Newer,
		"このデータは新しい版のプログラムで使われています（%s）。プログラムを新しい版に入れ替えてから開いてください", Shown(place))
}

// backupBeforeMigrating makes a copy of a file in its old schema.
func (s *Store) backupBeforeMigrating(ctx context.Context, path string, schema int) error {
	folder := filepath.Join(filepath.Dir(path), "backups")
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return models.Wrap(err, models.Unavailable, "控えのフォルダを作れません（%s）。空き容量と書き込みの許可を確かめてください", folder)
	}
	now, err := s.clockIn(s.writer.WithContext(ctx))
	if err != nil {
		return err
	}
	name := fmt.Sprintf("%s-schema%d-%s.db", CopyStem(path), schema, now.UTC().Format("20060102T150405.000Z"))
	return s.Backup(ctx, filepath.Join(folder, name))
}
