package store

import (
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/models"
	"renkei/models/booktest"
)

// filesOf returns the contents of the files in a folder.
func filesOf(t *testing.T, folder string) map[string]string {
	t.Helper()
	entries, err := os.ReadDir(folder)
	require.NoError(t, err)
	found := make(map[string]string)
	for _, e := range entries {
		info, err := e.Info()
		require.NoError(t, err)
		data, err := os.ReadFile(filepath.Join(folder, e.Name()))
		require.NoError(t, err)
		found[e.Name()] = info.ModTime().String() + string(data)
	}
	return found
}

// copyOf makes a copy of a register with fullBook in its own folder.
func copyOf(t *testing.T) string {
	t.Helper()
	s := openTemp(t)
	upsert(t, s, fullBook())
	path := filepath.Join(t.TempDir(), "renkei-2026-11-22.db")
	require.NoError(t, s.Backup(context.Background(), path))
	return path
}

// firstSchema makes a register of the first schema, with two offices.
func firstSchema(t *testing.T) string {
	t.Helper()
	list, err := migrations(sqliteSteps)
	require.NoError(t, err)
	path := filepath.Join(t.TempDir(), "renkei.db")
	db, err := sql.Open("sqlite3", dsn(path, ""))
	require.NoError(t, err)
	for _, text := range []string{
		"PRAGMA application_id = 1380862793", list[0].sql, createMigrationsTable,
		"INSERT INTO schema_migrations VALUES (1, '" + list[0].name + "', '" + list[0].checksum + "', '', '0.1.0')",
		"INSERT INTO partners (code, name, kind, search_key, version) VALUES ('P1', 'さくら', '居宅介護支援', '', 1), ('P2', 'うめ', '居宅介護支援', '', 1)",
		"UPDATE register SET revision = 7",
	} {
		_, err := db.Exec(text)
		require.NoError(t, err)
	}
	require.NoError(t, db.Close())
	return path
}

func TestACopyIsCountedWithoutBeingChanged(t *testing.T) {
	ctx := context.Background()
	t.Run("each sheet and the whole, 設定 apart", func(t *testing.T) {
		path := copyOf(t)
		before := filesOf(t, filepath.Dir(path))
		content, err := Look(ctx, path)
		require.NoError(t, err)
		assert.Equal(t, before, filesOf(t, filepath.Dir(path)), "neither the copy nor anything beside it")
		assert.Len(t, content.Sheets, 16)
		assert.Equal(t, 14, content.Total(), "one record in each of 15 sheets, without 設定")
		assert.Equal(t, 1, content.Of("設定"))
		assert.Equal(t, 1, content.Of("やり取り"))
		assert.Zero(t, content.Of("なし"))
	})
	t.Run("a register that is closed", func(t *testing.T) {
		path := migratedFile(t, "UPDATE register SET revision = 5")
		before := filesOf(t, filepath.Dir(path))
		content, err := Look(ctx, path)
		require.NoError(t, err)
		assert.EqualValues(t, 5, content.Revision)
		assert.Zero(t, content.Total())
		assert.Equal(t, before, filesOf(t, filepath.Dir(path)))
	})
	t.Run("an older schema has fewer sheets", func(t *testing.T) {
		path := firstSchema(t)
		before := filesOf(t, filepath.Dir(path))
		content, err := Look(ctx, path)
		require.NoError(t, err)
		assert.Equal(t, before, filesOf(t, filepath.Dir(path)))
		assert.Len(t, content.Sheets, 13, "確定 and 締め came later")
		assert.Equal(t, 2, content.Total())
		assert.EqualValues(t, 7, content.Revision)
	})
	t.Run("one in use by another program, with the newest changes", func(t *testing.T) {
		s := openFile(t)
		upsert(t, s, fullBook())
		info, err := os.Stat(s.Place() + "-wal")
		require.NoError(t, err)
		require.Positive(t, info.Size(), "the changes lie beside the file")
		content, err := Look(ctx, s.Place())
		require.NoError(t, err)
		assert.Equal(t, 14, content.Total())
		own, err := s.Content(ctx)
		require.NoError(t, err)
		assert.Equal(t, own, content)
		assert.Equal(t, revision(t, s), content.Revision)
	})
	t.Run("by a relative path", func(t *testing.T) {
		path := copyOf(t)
		t.Chdir(filepath.Dir(path))
		content, err := Look(ctx, filepath.Base(path))
		require.NoError(t, err)
		assert.Equal(t, 14, content.Total())
	})
}

func TestWhatIsNoCopyIsNotCounted(t *testing.T) {
	folder := t.TempDir()
	for outcome, data := range map[string]string{
		"an empty file": "", "a short one": "x", "a text": strings.Repeat("これはメモです。", 100), "nothing but noughts": strings.Repeat("\x00", 8192),
	} {
		t.Run(outcome, func(t *testing.T) {
			path := filepath.Join(folder, "copy.db")
			require.NoError(t, os.WriteFile(path, []byte(data), 0o600))
			_, err := Look(context.Background(), path)
			assert.Equal(t, models.Invalid, models.ErrorCode(err), "%v", err)
			whole, err := HasHeader(path)
			require.NoError(t, err)
			assert.False(t, whole)
		})
	}
	_, err := Look(context.Background(), filepath.Join(folder, "none.db"))
	assert.Error(t, err)
	whole, err := HasHeader(copyOf(t))
	require.NoError(t, err)
	assert.True(t, whole)
}

func TestACopyTakesThePlaceOfALostRegister(t *testing.T) {
	ctx := context.Background()
	from := copyOf(t)
	original := filesOf(t, filepath.Dir(from))
	restore := func(t *testing.T, path string) map[string]string {
		t.Helper()
		folder := filepath.Dir(path)
		require.NoError(t, Restore(ctx, from, path, filepath.Join(folder, "aside.db")))
		info, err := os.Stat(path)
		require.NoError(t, err)
		assert.Equal(t, os.FileMode(0o600), info.Mode().Perm())
		assert.Equal(t, original, filesOf(t, filepath.Dir(from)), "the copy stays as it is")
		left := filesOf(t, folder)
		assert.Equal(t, fullBook(), read(t, openAt(t, path)))
		return left
	}

	t.Run("where there is nothing", func(t *testing.T) {
		assert.Len(t, restore(t, filepath.Join(t.TempDir(), "renkei.db")), 1)
	})
	t.Run("where only the log of the lost one is left, which is kept", func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "renkei.db")
		for _, ending := range []string{"-wal", "-shm", "-journal"} {
			require.NoError(t, os.WriteFile(path+ending, []byte("最後の変更"+ending), 0o600))
		}
		left := restore(t, path)
		require.Len(t, left, 4)
		for _, ending := range []string{"-wal", "-shm", "-journal"} {
			assert.Contains(t, left["aside.db"+ending], "最後の変更"+ending)
		}
	})
	t.Run("where a file is left, which is kept", func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "renkei.db")
		require.NoError(t, os.WriteFile(path, []byte("壊れたもの"), 0o600))
		assert.Contains(t, restore(t, path)["aside.db"], "壊れたもの")
	})
	t.Run("where something was kept already, which stays", func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "renkei.db")
		aside := filepath.Join(filepath.Dir(path), "aside.db")
		require.NoError(t, os.WriteFile(aside+"-wal", []byte("先に残したもの"), 0o600))
		require.NoError(t, os.WriteFile(path+"-wal", []byte("いま残すもの"), 0o600))
		left := restore(t, path)
		assert.Contains(t, left["aside.db-wal"], "先に残したもの")
		assert.Contains(t, left["aside-2.db-wal"], "いま残すもの")
	})
	t.Run("from a copy somebody worked in, with the newest changes", func(t *testing.T) {
		s := openFile(t)
		upsert(t, s, fullBook())
		path := filepath.Join(t.TempDir(), "renkei.db")
		require.NoError(t, Restore(ctx, s.Place(), path, path+".aside"))
		assert.Len(t, filesOf(t, filepath.Dir(path)), 1)
		assert.Equal(t, fullBook(), read(t, openAt(t, path)))
	})
	t.Run("from a copy of an older schema", func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "renkei.db")
		require.NoError(t, Restore(ctx, firstSchema(t), path, path+".aside"))
		assert.Len(t, read(t, openAt(t, path)).Partners, 2)
	})
}

func TestARestoreThatFailsMovesNothing(t *testing.T) {
	ctx := context.Background()
	whole, err := os.ReadFile(copyOf(t))
	require.NoError(t, err)
	damagedCopy := append([]byte(nil), whole...)
	for i := 8192; i < 40960; i++ {
		damagedCopy[i] = 0xA5
	}
	from := filepath.Join(t.TempDir(), "copy.db")
	for outcome, data := range map[string][]byte{
		"a damaged copy": damagedCopy, "a cut copy": whole[:len(whole)/2], "an empty copy": nil, "another file": []byte(strings.Repeat("メモ", 1000)),
	} {
		t.Run(outcome, func(t *testing.T) {
			require.NoError(t, os.WriteFile(from, data, 0o600))
			path := filepath.Join(t.TempDir(), "renkei.db")
			require.NoError(t, os.WriteFile(path, []byte("元のもの"), 0o600))
			before := filesOf(t, filepath.Dir(path))
			err := Restore(ctx, from, path, path+".aside")
			assert.Error(t, err)
			assert.NotEqual(t, models.Internal, models.ErrorCode(err), "%v", err)
			assert.Equal(t, before, filesOf(t, filepath.Dir(path)))
		})
	}
	t.Run("a register that a window has open", func(t *testing.T) {
		s := openTemp(t)
		before := read(t, s)
		err := Restore(ctx, copyOf(t), s.Place(), s.Place()+".aside")
		assert.Equal(t, models.Unavailable, models.ErrorCode(err), "%v", err)
		assert.NoFileExists(t, s.Place()+".aside")
		assert.Equal(t, before, read(t, s))
		upsert(t, s, booktest.Large(1))
	})
	t.Run("when the person stopped it", func(t *testing.T) {
		stopped, cancel := context.WithCancel(ctx)
		cancel()
		path := filepath.Join(t.TempDir(), "renkei.db")
		err := Restore(stopped, copyOf(t), path, path+".aside")
		assert.Equal(t, models.Canceled, models.ErrorCode(err), "%v", err)
		assert.Empty(t, filesOf(t, filepath.Dir(path)))
	})
}

func TestTheNamesOfCopiesBeginAnotherWayForEachRegister(t *testing.T) {
	seen := make(map[string]string)
	for name, stem := range map[string]string{
		"renkei.db": "renkei", "見本の病院.db": "見本の病院", "renkei.sqlite": "renkei.sqlite", "renkei": "renkei.",
		"a-2026-01-01.db": "a-2026-01-01", "a.b.db": "a.b",
	} {
		got := CopyStem(filepath.Join("/x", name))
		assert.Equal(t, stem, got, name)
		assert.Empty(t, seen[got])
		seen[got] = name
	}
}

func TestDamageIsTold(t *testing.T) {
	data, err := os.ReadFile(migratedFile(t, "UPDATE register SET revision = 5"))
	require.NoError(t, err)
	path := filepath.Join(t.TempDir(), "renkei.db")
	open := func(data []byte) error {
		require.NoError(t, os.WriteFile(path, data, 0o600))
		s, err := Open(context.Background(), path, testOptions)
		if err == nil {
			require.NoError(t, s.Close())
		}
		return err
	}
	assert.False(t, IsDamaged(open(data)))
	assert.True(t, IsDamaged(open(data[:len(data)/2])))
	for i := 4096; i < len(data); i++ {
		data[i] = 0xA5
	}
	assert.True(t, IsDamaged(open(data)))
	assert.False(t, IsDamaged(os.ErrPermission))
}

func TestACopyIsReadByItsOwnerAlone(t *testing.T) {
	info, err := os.Stat(copyOf(t))
	require.NoError(t, err)
	assert.Equal(t, os.FileMode(0o600), info.Mode().Perm())
}
