package app_test

import (
	"context"
	"log/slog"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/app"
	"renkei/models"
)

func TestAFileThatAWindowHasOpenIsNotMoved(t *testing.T) {
	ctx := context.Background()
	path, to := filepath.Join(t.TempDir(), "renkei.db"), filepath.Join(t.TempDir(), "新しい台帳.db")
	config := app.Config{Data: path, Log: slog.New(slog.DiscardHandler)}
	a, err := app.Open(ctx, config)
	require.NoError(t, err)
	_, err = a.Do(ctx, "職員の登録", app.Put(models.Staff{Code: "S1", From: 2026_04_01, Name: "佐藤", Job: models.Nurse}))
	require.NoError(t, err)
	require.NoError(t, a.Close())
	window := app.WindowLock(path)
	held, err := window.TryLock()
	require.NoError(t, err)
	require.True(t, held)

	_, err = app.Move(ctx, config, to, nil)

	assert.Equal(t, models.Unavailable, models.ErrorCode(err), "%v", err)
	assert.Contains(t, models.ErrorMessage(err), "画面が台帳「"+path+"」を開いています。画面を閉じてから")
	assert.NoFileExists(t, to)
	require.NoError(t, window.Unlock())
	_, err = app.Move(ctx, config, to, func(string, int, int) {
		held, err := window.TryLock()
		require.NoError(t, err)
		assert.False(t, held, "no window opens it meanwhile")
	})
	require.NoError(t, err)
	held, err = window.TryLock()
	require.NoError(t, err)
	assert.True(t, held, "the lock was given back")
	require.NoError(t, window.Unlock())
}
