package store

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"renkei/models"
)

// olderRegister makes the register of testdata: schema 0002, with records that
// refer to one another.
func olderRegister(t *testing.T) string {
	t.Helper()
	dump, err := os.ReadFile(filepath.Join("testdata", "register-schema2.sql"))
	require.NoError(t, err)
	path := filepath.Join(t.TempDir(), "renkei.db")
	query(t, path, func(db *sql.DB) {
		_, err := db.Exec(string(dump))
		require.NoError(t, err)
	})
	return path
}

// query reads a closed register without the store.
func query(t *testing.T, path string, look func(*sql.DB)) {
	t.Helper()
	db, err := sql.Open("sqlite3", path)
	require.NoError(t, err)
	look(db)
	require.NoError(t, db.Close())
}

// textsOf reads one column of texts.
func textsOf(t *testing.T, db *sql.DB, query string) []string {
	t.Helper()
	rows, err := db.Query(query)
	require.NoError(t, err)
	defer rows.Close()
	var list []string
	for rows.Next() {
		var s string
		require.NoError(t, rows.Scan(&s))
		list = append(list, s)
	}
	require.NoError(t, rows.Err())
	return list
}

// contents reads every table of the older schema: its columns then, each row as
// one text.
func contents(t *testing.T, db *sql.DB, columns map[string][]string) map[string][]string {
	t.Helper()
	all := make(map[string][]string)
	for table, names := range columns {
		quoted := make([]string, len(names))
		for i, name := range names {
			quoted[i] = "quote(" + name + ")"
		}
		where := ""
		if table == "schema_migrations" {
			where = " WHERE number <= 2"
		}
		all[table] = textsOf(t, db, "SELECT "+strings.Join(quoted, " || ', ' || ")+" FROM "+table+where+" ORDER BY 1")
	}
	return all
}

func columnsIn(t *testing.T, db *sql.DB) map[string][]string {
	t.Helper()
	columns := make(map[string][]string)
	for _, table := range textsOf(t, db, "SELECT name FROM sqlite_master WHERE type = 'table'") {
		// The search keys, made from other columns, are kept no longer.
		columns[table] = textsOf(t, db, fmt.Sprintf("SELECT name FROM pragma_table_info('%s') WHERE name <> 'search_key' ORDER BY cid", table))
	}
	return columns
}

func TestAnOlderRegisterIsRebuiltWithAllItsRecords(t *testing.T) {
	path := olderRegister(t)
	var columns, before map[string][]string
	var parts []string // indexes and triggers
	query(t, path, func(db *sql.DB) {
		columns = columnsIn(t, db)
		before = contents(t, db, columns)
		parts = textsOf(t, db, "SELECT sql FROM sqlite_master WHERE type IN ('index', 'trigger') AND sql IS NOT NULL")
	})
	require.Len(t, before["partners"], 4)
	require.Len(t, before["affiliations"], 3)
	require.Len(t, before["contacts"], 3)
	require.Len(t, before["confirmations"], 1)

	s, err := Open(context.Background(), path, testOptions)
	require.NoError(t, err)
	require.NoError(t, s.Close())

	query(t, path, func(db *sql.DB) {
		after := contents(t, db, columns)
		require.Len(t, before["audit_log"], 21)
		before["register"] = []string{"1, 21"} // one revision per row of the log
		for table := range columns {
			assert.Equal(t, before[table], after[table], table)
		}
		now := textsOf(t, db, "SELECT sql FROM sqlite_master WHERE type IN ('index', 'trigger') AND sql IS NOT NULL")
		parts = slices.DeleteFunc(parts, func(sql string) bool {
			return strings.HasPrefix(sql, "CREATE INDEX joint_guidances_on ") || // replaced by a wider one
				strings.Contains(sql, "_search ON ") // read by nothing
		})
		assert.Subset(t, now, parts)
		assert.Empty(t, textsOf(t, db, `SELECT "table" FROM pragma_foreign_key_check`))
		assert.Equal(t, []string{"ok"}, textsOf(t, db, "PRAGMA integrity_check"))
	})
	copies, err := filepath.Glob(filepath.Join(filepath.Dir(path), "backups", "renkei-schema2-*.db"))
	require.NoError(t, err)
	require.Len(t, copies, 1)
	before["register"] = []string{"1, 2"}
	query(t, copies[0], func(db *sql.DB) { assert.Equal(t, before, contents(t, db, columns)) })
}

func TestARebuiltTableChecksAsBefore(t *testing.T) {
	s := openAt(t, olderRegister(t))
	book := &models.Book{Partners: []models.Partner{
		{Code: "P900", Name: "デイサービスうみほたる", Kind: models.HomeService, Version: 22},
		{Code: "P901", Name: "定期巡回みなと", Kind: models.CommunityService, Version: 22},
	}}
	assert.Equal(t, 2, upsert(t, s, book).Total().Added)
	assert.Subset(t, read(t, s).Partners, book.Partners)
	assert.Error(t, s.writer.Exec("UPDATE partners SET kind = '薬局' WHERE code = 'P900'").Error)
	assert.Error(t, s.writer.Exec("DELETE FROM partners WHERE code = 'P012'").Error, "a care manager works there")
}

func TestARebuildThatFailsLeavesTheRegisterAsItWas(t *testing.T) {
	ctx := context.Background()
	for name, c := range map[string]struct{ sql, fault string }{
		"a copy that loses a row others refer to": {
			rebuildMark + "CREATE TABLE p2 (code TEXT PRIMARY KEY); INSERT INTO p2 SELECT code FROM partners WHERE code <> 'P012'; DROP TABLE partners; ALTER TABLE p2 RENAME TO partners",
			"foreign_key_check",
		},
		"a step after the drop fails": {rebuildMark + "DROP TABLE partners; INSERT INTO nowhere VALUES (1)", "nowhere"},
	} {
		t.Run(name, func(t *testing.T) {
			path := olderRegister(t)
			var columns, before map[string][]string
			query(t, path, func(db *sql.DB) {
				columns = columnsIn(t, db)
				before = contents(t, db, columns)
			})
			s := storeAt(path, testOptions)
			var err error
			s.writer, err = connect(path, readWrite, testLog)
			require.NoError(t, err)
			list := append(slices.Clip(embedded(t)[:2]), migration{3, "broken", c.sql, "x", strings.HasPrefix(c.sql, rebuildMark)})
			assert.ErrorContains(t, s.migrateTo(ctx, list, "2.0.0"), c.fault)
			assert.Error(t, s.writer.Exec("DELETE FROM partners WHERE code = 'P012'").Error, "references are enforced again")
			require.NoError(t, s.Close())
			query(t, path, func(db *sql.DB) {
				assert.Equal(t, columns, columnsIn(t, db))
				assert.Equal(t, before, contents(t, db, columns))
			})
		})
	}
}

func TestForeignKeysAreOnAgainAfterACancelledRebuild(t *testing.T) {
	s := openFile(t)
	ctx, cancel := context.WithCancel(context.Background())
	err := withoutForeignKeys(s.writer.WithContext(ctx), func(*gorm.DB) error { cancel(); return ctx.Err() })
	assert.ErrorIs(t, err, context.Canceled)
	var on int
	require.NoError(t, s.writer.Raw("PRAGMA foreign_keys").Row().Scan(&on))
	assert.Equal(t, 1, on)
}
