package store

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/models"
	"renkei/models/booktest"
)

func TestBackup(t *testing.T) {
	ctx := context.Background()
	onlyFile := func(t *testing.T, path string) {
		t.Helper()
		found, err := os.ReadDir(filepath.Dir(path))
		require.NoError(t, err)
		require.Len(t, found, 1)
		assert.Equal(t, filepath.Base(path), found[0].Name())
	}

	t.Run("opens as a register of its own", func(t *testing.T) {
		s := openTemp(t)
		upsert(t, s, fullBook())
		dest := filepath.Join(t.TempDir(), "控え 11月.db")
		require.NoError(t, s.Backup(ctx, dest))
		onlyFile(t, dest)
		upsert(t, s, booktest.Large(1))

		restored := openAt(t, dest)
		assert.Equal(t, fullBook(), read(t, restored))
		entries, err := restored.Audit(ctx, 0)
		require.NoError(t, err)
		assert.Len(t, entries, 15)
	})

	t.Run("is made while a write is under way, without its changes", func(t *testing.T) {
		s := openTemp(t)
		upsert(t, s, fullBook())
		dest := filepath.Join(t.TempDir(), "copy.db")
		require.NoError(t, s.Write(ctx, "山田", func(tx *Tx) error {
			if _, err := tx.Upsert(booktest.Large(10), nil); err != nil {
				return err
			}
			return s.Backup(ctx, dest)
		}))
		assert.Equal(t, fullBook(), read(t, openAt(t, dest)))
		assert.Len(t, read(t, s).Admissions, 11)
	})

	t.Run("never overwrites a file", func(t *testing.T) {
		s := openTemp(t)
		dest := filepath.Join(t.TempDir(), "copy.db")
		require.NoError(t, os.WriteFile(dest, []byte("大事なもの"), 0o600))
		err := s.Backup(ctx, dest)
		assert.Equal(t, models.Invalid, models.ErrorCode(err), "%v", err)
		data, readErr := os.ReadFile(dest)
		require.NoError(t, readErr)
		assert.Equal(t, "大事なもの", string(data))
		onlyFile(t, dest)
	})

	t.Run("says when the folder cannot take it", func(t *testing.T) {
		s := openTemp(t)
		for _, dest := range []string{
			filepath.Join(t.TempDir(), "missing", "copy.db"),
			filepath.Join(s.Place(), "copy.db"),
		} {
			err := s.Backup(ctx, dest)
			assert.Equal(t, models.Unavailable, models.ErrorCode(err), "%v", err)
			assert.Contains(t, models.ErrorMessage(err), dest)
		}
	})

	t.Run("leaves nothing behind when stopped", func(t *testing.T) {
		s := openTemp(t)
		stopped, cancel := context.WithCancel(ctx)
		cancel()
		folder := t.TempDir()
		err := s.Backup(stopped, filepath.Join(folder, "copy.db"))
		assert.Equal(t, models.Canceled, models.ErrorCode(err), "%v", err)
		found, err := os.ReadDir(folder)
		require.NoError(t, err)
		assert.Empty(t, found)
	})
}
