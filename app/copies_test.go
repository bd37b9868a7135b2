package app_test

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/app"
	"renkei/app/apptest"
	"renkei/models"
)

func TestACopyCanBeMadeAtAnyTime(t *testing.T) {
	ctx := context.Background()
	now := time.Date(2026, 11, 22, 10, 0, 0, 0, time.Local)
	folder := t.TempDir()
	a := apptest.Open(t, filepath.Join(folder, app.UsualName), apptest.At(func() time.Time { return now }))
	storage, err := a.Storage(ctx)
	require.NoError(t, err)
	require.Empty(t, storage.Copies, "there is none before the first")
	assert.Equal(t, filepath.Join(folder, "renkei.db"), storage.Path)

	edit(t, a, models.Partner{Code: "P001", Name: "さくら居宅", Kind: models.CareOffice})
	first, err := a.BackUpNow(ctx)
	require.NoError(t, err)
	assert.Equal(t, filepath.Join(folder, "backups", "renkei-2026-11-22-100000.db"), first)
	t.Run("not twice in one second", func(t *testing.T) {
		_, err := a.BackUpNow(ctx)
		assert.Equal(t, models.Invalid, models.ErrorCode(err))
	})
	now = now.Add(time.Minute)
	_, err = a.BackUpNow(ctx)
	require.NoError(t, err)
	_, err = a.BackUpToday(ctx)
	require.NoError(t, err)

	storage, err = a.Storage(ctx)
	require.NoError(t, err)
	copies := storage.Copies
	require.Len(t, copies, 3)
	for i, c := range copies {
		assert.FileExists(t, c.Path)
		assert.Positive(t, c.Size)
		if i > 0 {
			assert.False(t, c.At.After(copies[i-1].At), "newest first")
		}
	}
	t.Run("a copy opens as a register", func(t *testing.T) {
		assert.Len(t, book(t, apptest.Open(t, first)).Partners, 1)
	})
}
