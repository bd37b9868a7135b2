package store

import (
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"renkei/models"
)

func TestOpenRefuses(t *testing.T) {
	folder := t.TempDir()
	file := func(name string, data []byte) string {
		path := filepath.Join(folder, name)
		require.NoError(t, os.WriteFile(path, data, 0o600))
		return path
	}
	foreign := filepath.Join(folder, "foreign.db")
	other, err := sql.Open("sqlite3", "file:"+foreign)
	require.NoError(t, err)
	_, err = other.Exec("CREATE TABLE songs (title TEXT)")
	require.NoError(t, err)
	require.NoError(t, other.Close())
	untouched, err := os.ReadFile(foreign)
	require.NoError(t, err)

	damagedData, err := os.ReadFile(migratedFile(t, "UPDATE register SET revision = 5"))
	require.NoError(t, err)
	overwritten := append([]byte(nil), damagedData...)
	for i := 4096; i < len(overwritten); i++ {
		overwritten[i] = 0xA5
	}

	tests := []struct {
		outcome string
		path    string
		code    models.Code
		says    string
	}{
		{"another program's database", foreign, models.Invalid, "別のプログラム"},
		{"a text file", file("memo.txt", []byte(strings.Repeat("これはメモです。", 100))), models.Invalid, "データのファイルではない"},
		{"a very short file", file("short.db", []byte("x")), models.Invalid, "データのファイルではない"},
		{"a damaged register", file("damaged.db", overwritten), models.Invalid, "damaged.db）。データが壊れています"},
		{"a cut register", file("cut.db", damagedData[:len(damagedData)/2]), models.Invalid, "cut.db）。データが壊れています"},
		{"a folder", folder, models.Invalid, "フォルダです"},
		{"a folder under a file", filepath.Join(file("file", nil), "renkei.db"), models.Unavailable, "フォルダ"},
		{"a blank path", " ", models.Invalid, "指定されていません"},
		{"a URL without a database", "postgres://host", models.Invalid, "データベースの名前がありません"},
		{"another program's URL", "postgre://renkei:s3cret@db/renkei", models.Invalid, "postgres:// で始めます"},
		{"a URL with a blank before it", " postgres://host", models.Invalid, "データベースの名前がありません"},
		{"a URL with a fault", "postgres://host:port/renkei", models.Invalid, "postgres://利用者@サーバー"},
		{"a OneDrive folder", filepath.Join(folder, "OneDrive - みなと病院", "renkei.db"), models.Invalid, "OneDrive"},
		{"a Dropbox folder", filepath.Join(folder, "Dropbox", "a", "renkei.db"), models.Invalid, "Dropbox"},
		{"a Google Drive folder", filepath.Join(folder, "Google ドライブ", "renkei.db"), models.Invalid, "Google"},
		{"a Windows share", `\\server\share\renkei.db`, models.Invalid, "ネットワーク"},
		{"a long Windows share", `\\?\UNC\server\share\renkei.db`, models.Invalid, "ネットワーク"},
	}
	for _, tt := range tests {
		t.Run(tt.outcome, func(t *testing.T) {
			_, err := Open(context.Background(), tt.path, testOptions)
			require.Error(t, err)
			assert.Equal(t, tt.code, models.ErrorCode(err), "%v", err)
			assert.Contains(t, models.ErrorMessage(err), tt.says)
		})
	}

	t.Run("and leaves the other program's file as it was", func(t *testing.T) {
		data, err := os.ReadFile(foreign)
		require.NoError(t, err)
		assert.Equal(t, untouched, data)
		assert.NoFileExists(t, foreign+"-wal")
	})

	t.Run("a link into a synced folder", func(t *testing.T) {
		synced := filepath.Join(folder, "OneDrive")
		require.NoError(t, os.Mkdir(synced, 0o750))
		link := filepath.Join(folder, "link")
		require.NoError(t, os.Symlink(synced, link))
		_, err := Open(context.Background(), filepath.Join(link, "renkei.db"), testOptions)
		assert.Contains(t, models.ErrorMessage(err), "OneDrive")

		require.NoError(t, os.WriteFile(filepath.Join(synced, "real.db"), nil, 0o600))
		linked := filepath.Join(folder, "linked.db")
		require.NoError(t, os.Symlink(filepath.Join(synced, "real.db"), linked))
		_, err = Open(context.Background(), linked, testOptions)
		assert.Contains(t, models.ErrorMessage(err), "OneDrive")
	})

	t.Run("when the user has stopped it", func(t *testing.T) {
		ctx, cancel := context.WithCancel(context.Background())
		cancel()
		_, err := Open(ctx, filepath.Join(t.TempDir(), "renkei.db"), testOptions)
		assert.Equal(t, models.Canceled, models.ErrorCode(err))
	})
}

func TestOpenAccepts(t *testing.T) {
	t.Run("an empty file, as an interrupted first start may leave", func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "renkei.db")
		require.NoError(t, os.WriteFile(path, nil, 0o600))
		s := openAt(t, path)
		assert.Equal(t, &models.Book{}, read(t, s))
	})

	t.Run("two programs that start at the same time", func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "renkei.db")
		var wg sync.WaitGroup
		errs := make([]error, 4)
		for i := range errs {
			wg.Go(func() {
				s, err := Open(context.Background(), path, testOptions)
				if err == nil {
					err = s.Close()
				}
				errs[i] = err
			})
		}
		wg.Wait()
		for _, err := range errs {
			assert.NoError(t, err)
		}
	})
}

func TestDSN(t *testing.T) {
	assert.Equal(t, "file:///tmp/%23 100%25%3f/連携.db?"+string(readOnly), dsn("/tmp/# 100%?/連携.db", readOnly))
	assert.Equal(t, "file:///C:/台帳/renkei.db?"+string(readOnly), dsn("C:/台帳/renkei.db", readOnly))
}

// TestConnections checks the settings on live connections: the driver silently
// ignores unknown settings in the DSN.
func TestConnections(t *testing.T) {
	s := openFile(t)
	ctx := context.Background()
	setting := func(t *testing.T, conn *sql.Conn, name string) string {
		var value string
		require.NoError(t, conn.QueryRowContext(ctx, "PRAGMA "+name).Scan(&value))
		return value
	}
	hold := func(t *testing.T, db *gorm.DB, n int) []*sql.Conn {
		pool, err := db.DB()
		require.NoError(t, err)
		require.Equal(t, n, pool.Stats().MaxOpenConnections)
		conns := make([]*sql.Conn, n)
		for i := range conns {
			conns[i], err = pool.Conn(ctx)
			require.NoError(t, err)
			t.Cleanup(func() { require.NoError(t, conns[i].Close()) })
		}
		return conns
	}

	t.Run("the writer is one, durable and strict", func(t *testing.T) {
		conn := hold(t, s.writer, 1)[0]
		for name, want := range map[string]string{
			"foreign_keys": "1", "busy_timeout": "5000", "journal_mode": "wal", "synchronous": "2",
			"application_id": "1380862793",
		} {
			assert.Equal(t, want, setting(t, conn, name), name)
		}
	})

	t.Run("every reader checks references, waits, and cannot write", func(t *testing.T) {
		for _, conn := range hold(t, s.reader, readers) {
			assert.Equal(t, "1", setting(t, conn, "foreign_keys"))
			assert.Equal(t, "5000", setting(t, conn, "busy_timeout"))
			_, err := conn.ExecContext(ctx, "UPDATE register SET revision = 9")
			assert.ErrorContains(t, err, "readonly")
		}
	})

	t.Run("the SQLite of the driver is a safe one", func(t *testing.T) {
		assert.NoError(t, checkDriver())
	})
}

func TestClosingARegisterAgainDoesNothing(t *testing.T) {
	s, err := Open(context.Background(), filepath.Join(t.TempDir(), "renkei.db"), testOptions)
	require.NoError(t, err)
	require.NoError(t, s.Close())
	assert.NoError(t, s.Close())
}
