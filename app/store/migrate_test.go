package store

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/models"
)

// embedded returns the migrations of the program.
func embedded(t *testing.T) []migration {
	t.Helper()
	list, err := migrations(sqliteSteps)
	require.NoError(t, err)
	return list
}

// nextMigration returns the migrations plus one of a later program.
func nextMigration(t *testing.T, sql string) []migration {
	list := embedded(t)
	return append(list, migration{len(list) + 1, "later", sql, "later checksum", false})
}

func TestMigrations(t *testing.T) {
	ctx := context.Background()

	t.Run("a new register records each step", func(t *testing.T) {
		s := openFile(t)
		var rows []struct {
			Number                             int
			Name, Checksum, AppliedAt, Program string
		}
		require.NoError(t, s.reader.Table("schema_migrations").Order("number").Find(&rows).Error)
		require.Len(t, rows, len(embedded(t)))
		assert.Equal(t, 1, rows[0].Number)
		assert.Equal(t, "register", rows[0].Name)
		assert.Equal(t, embedded(t)[0].checksum, rows[0].Checksum)
		assert.Equal(t, "2026-11-22T00:30:00.000Z", rows[0].AppliedAt)
		assert.Equal(t, "1.0.0", rows[0].Program)
	})

	t.Run("the schema is the one checked in", func(t *testing.T) {
		s := openFile(t)
		var statements []string
		require.NoError(t, s.reader.Raw("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type, name").
			Scan(&statements).Error)
		got := strings.Join(statements, ";\n\n") + ";\n"
		golden := filepath.Join("testdata", "schema.sql")
		if *update {
			require.NoError(t, os.MkdirAll("testdata", 0o750))
			require.NoError(t, os.WriteFile(golden, []byte(got), 0o600))
		}
		want, err := os.ReadFile(golden)
		require.NoError(t, err)
		assert.Equal(t, strings.ReplaceAll(string(want), "\r\n", "\n"), got)
	})

	t.Run("opening again applies nothing and makes no backup", func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "renkei.db")
		first, err := Open(ctx, path, testOptions)
		require.NoError(t, err)
		upsert(t, first, fullBook())
		require.NoError(t, first.Close())
		s := openAt(t, path)
		assert.Equal(t, fullBook(), read(t, s))
		assert.NoDirExists(t, filepath.Join(filepath.Dir(path), "backups"))
	})

	t.Run("an older schema is copied before it is changed", func(t *testing.T) {
		s := openFile(t)
		upsert(t, s, fullBook())
		require.NoError(t, s.migrateTo(ctx, nextMigration(t, "ALTER TABLE partners ADD COLUMN later TEXT"), "2.0.0"))

		copies, err := filepath.Glob(filepath.Join(filepath.Dir(s.Place()), "backups", "*"))
		require.NoError(t, err)
		require.Len(t, copies, 1)
		name := fmt.Sprintf("renkei-schema%d-20261122T003000.000Z.db", len(embedded(t)))
		assert.Equal(t, name, filepath.Base(copies[0]))
		assert.Equal(t, fullBook(), read(t, openAt(t, copies[0])))
		assert.Equal(t, fullBook(), read(t, s))
	})

	t.Run("a step that fails leaves neither its changes nor its record", func(t *testing.T) {
		s := openFile(t)
		err := s.migrateTo(ctx, nextMigration(t, "CREATE TABLE half (a TEXT); INSERT INTO nowhere VALUES (1)"), "2.0.0")
		require.Error(t, err)
		there, err := s.engine.hasTable(s.writer, "half")
		require.NoError(t, err)
		assert.False(t, there)
		done, err := s.appliedMigrations(s.writer)
		require.NoError(t, err)
		assert.Len(t, done, len(embedded(t)))
	})

	t.Run("a step that breaks a reference is refused", func(t *testing.T) {
		s := openFile(t)
		sql := "CREATE TABLE later (code TEXT REFERENCES nothing (code)); PRAGMA defer_foreign_keys = on;" +
			"CREATE TABLE nothing (code TEXT PRIMARY KEY); INSERT INTO later VALUES ('x')"
		assert.Error(t, s.migrateTo(ctx, nextMigration(t, sql), "2.0.0"))
	})

	t.Run("a register of a newer program is refused", func(t *testing.T) {
		path := migratedFile(t, "INSERT INTO schema_migrations VALUES (99, 'future', 'x', '', '9.0.0')")
		_, err := Open(ctx, path, testOptions)
		assert.Equal(t, models.Newer, models.ErrorCode(err))
		assert.Contains(t, models.ErrorMessage(err), "新しい版")
	})

	t.Run("a step that is not the one this program knows is refused", func(t *testing.T) {
		path := migratedFile(t, "UPDATE schema_migrations SET checksum = 'other'")
		_, err := Open(ctx, path, testOptions)
		assert.Equal(t, models.Invalid, models.ErrorCode(err))
		assert.Contains(t, models.ErrorMessage(err), "一致しません")
	})

	t.Run("line ends do not change the checksum", func(t *testing.T) {
		unix, err := migrations(fstest.MapFS{"migrations/x/0001_a.sql": {Data: []byte("a;\nb;\n")}})
		require.NoError(t, err)
		windows, err := migrations(fstest.MapFS{"migrations/x/0001_a.sql": {Data: []byte("a;\r\nb;\r\n")}})
		require.NoError(t, err)
		assert.Equal(t, unix, windows)
	})

	t.Run("a gap in the numbers is a fault of the program", func(t *testing.T) {
		_, err := migrations(fstest.MapFS{"migrations/x/0001_a.sql": {Data: []byte("a;")}, "migrations/x/0003_b.sql": {Data: []byte("a;")}})
		assert.ErrorContains(t, err, "0003_b.sql")
	})
}

// migratedFile makes a closed register on which sql was run.
func migratedFile(t *testing.T, sql string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "renkei.db")
	s, err := Open(context.Background(), path, testOptions)
	require.NoError(t, err)
	require.NoError(t, s.writer.Exec(sql).Error)
	require.NoError(t, s.Close())
	return path
}

// olderFile returns a register as the first so many steps made it, with what the
// SQL puts into it.
func olderFile(t *testing.T, steps int, sql string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "renkei.db")
	writer, err := connect(path, readWrite, slog.Default())
	require.NoError(t, err)
	old := storeAt(path, testOptions)
	old.writer = writer
	require.NoError(t, old.migrateTo(context.Background(), embedded(t)[:steps], "0.1.0"))
	require.NoError(t, writer.Exec(sql).Error)
	require.NoError(t, old.Close())
	return path
}
