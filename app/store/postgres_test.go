package store

import (
	"context"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"renkei/app/store/storetest"
	"renkei/models"
	"renkei/models/booktest"
)

func openServer(t testing.TB) *Store {
	t.Helper()
	return openAt(t, storetest.Database(t, ""))
}

// facts are what both engines must agree on, one text a fact.
func schemaFacts(t *testing.T, db *gorm.DB, columns, keys string) (facts []string) {
	t.Helper()
	for _, query := range []string{columns, keys} {
		var rows []string
		require.NoError(t, db.Raw(query).Scan(&rows).Error)
		require.NotEmpty(t, rows)
		facts = append(facts, rows...)
	}
	return facts
}

func TestBothEnginesHaveTheSameColumnsAndKeys(t *testing.T) {
	file := schemaFacts(t, openFile(t).reader, `
		SELECT m.name || '.' || c.name || CASE WHEN c."notnull" OR c.pk THEN ' filled' ELSE '' END || CASE c.type WHEN 'INTEGER' THEN ' number' ELSE ' text' END
			|| CASE WHEN c.dflt_value IS NULL THEN '' ELSE ' or ' || c.dflt_value END
		FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table' AND m.name <> 'schema_migrations'`, `
		SELECT m.name || ' (' || (SELECT group_concat(c.name, ', ') FROM (SELECT * FROM pragma_table_info(m.name) WHERE pk > 0 ORDER BY pk) c) || ')'
		FROM sqlite_master m WHERE m.type = 'table' AND m.name <> 'schema_migrations'
		UNION ALL SELECT m.name || ' -> ' || f."table" || ' (' || group_concat(f."to", ', ') || ')'
		FROM sqlite_master m, pragma_foreign_key_list(m.name) f WHERE m.type = 'table' GROUP BY m.name, f.id
		UNION ALL SELECT 'index ' || name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL`)
	server := schemaFacts(t, openServer(t).reader, `
		SELECT table_name || '.' || column_name || CASE is_nullable WHEN 'NO' THEN ' filled' ELSE '' END || CASE data_type WHEN 'bigint' THEN ' number' ELSE ' text' END
			|| CASE WHEN column_default IS NULL THEN '' ELSE ' or ' || replace(column_default, '::text', '') END
		FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> 'schema_migrations'`, `
		SELECT k.conrelid::regclass || ' (' || (SELECT string_agg(a.attname, ', ' ORDER BY p.at) FROM unnest(k.conkey) WITH ORDINALITY p(n, at)
			JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = p.n) || ')'
		FROM pg_constraint k WHERE k.contype = 'p' AND k.connamespace = 'public'::regnamespace AND k.conrelid::regclass::text <> 'schema_migrations'
		UNION ALL SELECT k.conrelid::regclass || ' -> ' || k.confrelid::regclass || ' (' || (SELECT string_agg(a.attname, ', ' ORDER BY p.at)
			FROM unnest(k.confkey) WITH ORDINALITY p(n, at) JOIN pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = p.n) || ')'
		FROM pg_constraint k WHERE k.contype = 'f'
		UNION ALL SELECT 'index ' || i.indexrelid::regclass FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
		WHERE c.relnamespace = 'public'::regnamespace AND NOT i.indisunique`)
	assert.ElementsMatch(t, file, server)
}

// Values that no rule of the program lets through: both databases refuse each.
func TestBothEnginesRefuseTheSame(t *testing.T) {
	wrong := []string{
		"UPDATE admissions SET discharged_on = '2026-7-1'", "UPDATE admissions SET discharged_on = '2020-01-01'",
		"UPDATE admissions SET born_on = 'いつか'", "UPDATE joint_guidances SET claim_month = '2026-7'",
		"UPDATE joint_guidances SET patient_joined = 2", "UPDATE joint_guidances SET claim = '3'",
		"UPDATE contacts SET contacted_at = '9:00'", "UPDATE contacts SET care_manager = 'C404'", "UPDATE contacts SET kind = '手紙'",
		"UPDATE wards SET beds = 10000", "UPDATE partners SET version = 0", "UPDATE partners SET name = ''",
		"DELETE FROM staff", "DELETE FROM wards", "DELETE FROM care_managers", "DELETE FROM admissions",
		"UPDATE audit_log SET actor = 'x'", "DELETE FROM audit_log", "INSERT INTO register (id, revision) VALUES (2, 0)",
		"INSERT INTO closed_verdicts (month, number, session, result, points, grounds, version) VALUES ('2026-07', 1, 'G1', '可', 0, '{', 1)",
	}
	for name, s := range map[string]*Store{"a file": openFile(t), "a server": openServer(t)} {
		upsert(t, s, fullBook())
		for _, sql := range wrong {
			assert.Error(t, s.writer.Exec(sql).Error, "%s: %s", name, sql)
		}
		assert.Equal(t, fullBook(), read(t, s), name)
	}
}

func TestACopyOfAServerIsAFileThatHoldsAll(t *testing.T) {
	s := openServer(t)
	upsert(t, s, booktest.Large(300))
	upsert(t, s, fullBook())
	path := filepath.Join(t.TempDir(), "copy.db")
	require.NoError(t, s.Backup(context.Background(), path))
	file := openAt(t, path)
	assert.Equal(t, read(t, s), read(t, file))
	assert.Equal(t, revision(t, s), revision(t, file))
	want, err := s.Audit(context.Background(), 0)
	require.NoError(t, err)
	got, err := file.Audit(context.Background(), 0)
	require.NoError(t, err)
	assert.Equal(t, want, got)
	// And work goes on in it, with the next number.
	require.NoError(t, file.Write(context.Background(), "山田", func(tx *Tx) error {
		return Put(tx, &models.Partner{Name: "新しい事業所", Kind: models.CareOffice})
	}))
}

func TestWhatOneWritesTheOtherHears(t *testing.T) {
	one := openServer(t)
	other := openAt(t, one.Place())
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	heard := make(chan error, 100)
	go other.Watch(ctx, func(err error) { heard <- err })
	require.NoError(t, <-heard, "it begins to listen")
	upsert(t, one, fullBook())
	select {
	case err := <-heard:
		require.NoError(t, err)
	case <-time.After(10 * time.Second):
		require.Fail(t, "nothing was heard")
	}
	feed, err := other.Since(ctx, 0)
	require.NoError(t, err)
	assert.True(t, feed.Touches("共同指導"))

	// The server ends the connection: it is said, and all is well again.
	storetest.Do(t, storetest.Server(t), "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%' AND datname = '"+databaseOf(t, one)+"'")
	lost := <-heard
	assert.Equal(t, models.Unavailable, models.ErrorCode(lost), "%v", lost)
	require.NoError(t, <-heard)
}

func databaseOf(t *testing.T, s *Store) (name string) {
	t.Helper()
	require.NoError(t, s.reader.Raw("SELECT current_database()").Row().Scan(&name))
	return name
}

// The first to open an empty database sets it up; the others find it ready.
func TestManyThatOpenAnEmptyDatabaseAtOnceSetItUpOnce(t *testing.T) {
	place := storetest.Database(t, "")
	var group sync.WaitGroup
	for range 6 {
		group.Go(func() {
			s, err := Open(context.Background(), place, testOptions)
			if assert.NoError(t, err) {
				assert.NoError(t, s.Close())
			}
		})
	}
	group.Wait()
	var steps int
	require.NoError(t, openAt(t, place).reader.Raw("SELECT count(*) FROM schema_migrations").Row().Scan(&steps))
	list, err := migrations(postgresSteps)
	require.NoError(t, err)
	assert.Len(t, list, steps)
}

// Every revision is that of one transaction, also when many write at once: none
// is lost and none is given twice.
func TestManyWritersGetOneRevisionEach(t *testing.T) {
	const writers, each = 5, 8
	first := openServer(t)
	var group sync.WaitGroup
	for range writers {
		s := openAt(t, first.Place())
		group.Go(func() {
			for range each {
				assert.NoError(t, s.Write(context.Background(), "山田", func(tx *Tx) error {
					return Put(tx, &models.Partner{Name: "事業所", Kind: models.CareOffice})
				}))
			}
		})
	}
	group.Wait()
	book := read(t, first)
	assert.Len(t, book.Partners, writers*each)
	assert.EqualValues(t, writers*each, revision(t, first))
	seen := make(map[int64]bool)
	entries, err := first.Audit(context.Background(), 0)
	require.NoError(t, err)
	for _, e := range entries {
		assert.False(t, seen[e.Revision])
		seen[e.Revision] = true
	}
}

func TestAServerThatCannotBeUsedIsNamed(t *testing.T) {
	server := storetest.Server(t)
	addGuest(t)
	others := storetest.Database(t, "")
	storetest.Do(t, others, "CREATE TABLE customers (id int)")
	newer := storetest.Database(t, "")
	require.NoError(t, openAt(t, newer).Close())
	storetest.Do(t, newer, "INSERT INTO schema_migrations VALUES (99, 'future', 'x', '', '9.0.0')")
	for name, c := range map[string]struct {
		place string
		code  models.Code
		says  string
	}{
		"no such host":             {"postgres://a@no-such-host.invalid/renkei", models.Unavailable, "その名前のサーバーが見つかりません"},
		"nobody listens":           {"postgres://a@127.0.0.1:1/renkei", models.Unavailable, "サーバーにつながりません"},
		"no such database":         {storetest.In(t, server, "nowhere"), models.Unavailable, "その名前のデータベースがありません"},
		"another program's":        {others, models.Invalid, "別のプログラムのデータベース"},
		"a newer register":         {newer, models.Newer, "新しい版"},
		"empty, and no rights":     {guest(storetest.Database(t, "")), models.Unavailable, "renkei setup postgres"},
		"no TLS, which is checked": {storetest.Database(t, "") + "?sslmode=verify-full", models.Unavailable, "暗号化"},
	} {
		s, err := Open(context.Background(), c.place, testOptions)
		if err == nil {
			require.NoError(t, s.Close())
		}
		assert.Equal(t, c.code, models.ErrorCode(err), "%s: %v", name, err)
		assert.Contains(t, models.ErrorMessage(err), c.says, name)
	}
}

// addGuest makes the user of guest.
func addGuest(t *testing.T) {
	t.Helper()
	storetest.Do(t, storetest.Server(t), `DO $$ BEGIN CREATE ROLE guest LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$`)
}

// guest is a URL with a user who may do nothing.
func guest(url string) string { return "postgres://guest@" + url[len("postgres://admin@"):] }

func TestAPlaceIsShownWithoutItsPassword(t *testing.T) {
	assert.Equal(t, "db.local:5433/renkei", Shown("postgres://nurse:secret@db.local:5433/renkei"))
	assert.Equal(t, "/data/renkei.db", Shown("/data/renkei.db"))
	assert.Equal(t, "/data/renkei.db", WithoutPassword("/data/renkei.db"))
	assert.Equal(t, "postgres://nurse@db.local:5433/renkei", WithoutPassword("postgres://nurse:secret@db.local:5433/renkei"))
	assert.Equal(t, "postgres://db.local/renkei?sslmode=verify-full&user=nurse", WithoutPassword("postgres://db.local/renkei?user=nurse&password=secret&sslmode=verify-full"))
	for _, broken := range []string{"postgres://nurse:secret%zz@db.local/renkei", "postgres://nurse:secret@db local:x/renkei"} {
		assert.NotContains(t, Shown(broken)+WithoutPassword(broken), "secret")
		_, err := CheckPlace(broken)
		require.Error(t, err)
		assert.NotContains(t, err.Error(), "secret")
	}
	_, err := Open(context.Background(), "postgres://nurse:secret@127.0.0.1:1/renkei", testOptions)
	assert.NotContains(t, models.ErrorMessage(err), "secret")
}
