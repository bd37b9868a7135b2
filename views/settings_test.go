package views

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/models"
)

func TestSettingsFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "設定", "settings.json")
	file := NewSettingsFile(path)
	t.Run("a first start has the defaults", func(t *testing.T) {
		s, err := file.Load()
		require.NoError(t, err)
		assert.Equal(t, Settings{}, s)
	})
	t.Run("what is saved is loaded", func(t *testing.T) {
		want := Settings{Width: 1366, Height: 768, Screen: "claims", Folder: "/tmp", Kept: map[string]string{"claims.list": "{}"}}
		require.NoError(t, file.Save(want))
		got, err := NewSettingsFile(path).Load()
		require.NoError(t, err)
		assert.Equal(t, want, got)
		left, err := os.ReadDir(filepath.Dir(path))
		require.NoError(t, err)
		assert.Len(t, left, 1, "no half-written file is left beside it")
	})
	t.Run("a damaged file gives the defaults and the reason", func(t *testing.T) {
		require.NoError(t, os.WriteFile(path, []byte(`{"width": `), 0o600))
		s, err := file.Load()
		require.Error(t, err)
		assert.Equal(t, Settings{}, s)
		require.NoError(t, file.Save(Settings{Screen: "today"}), "and is replaced by the next saving")
	})
	t.Run("a folder that cannot be written is an error and nothing more", func(t *testing.T) {
		blocked := filepath.Join(t.TempDir(), "file")
		require.NoError(t, os.WriteFile(blocked, nil, 0o600))
		assert.Error(t, NewSettingsFile(filepath.Join(blocked, "settings.json")).Save(Settings{}))
	})
}

func syncWorker() Worker {
	at := func(f func()) { f() }
	return Worker{
		Go: at, UI: at, After: func(_ time.Duration, f func()) { f() },
		Now: func() time.Time { return time.Date(2026, 10, 22, 10, 0, 0, 0, time.UTC) },
		Log: slog.New(slog.DiscardHandler),
	}
}

func TestWorkerTurnsAPanicIntoAnError(t *testing.T) {
	var got error
	syncWorker().Do(context.Background(), func(context.Context) error { panic("boom") }, func(err error) { got = err })
	require.Error(t, got)
	assert.Equal(t, models.Internal, models.ErrorCode(got))
	assert.Contains(t, models.ErrorMessage(got), "思わぬ問題")
	assert.Contains(t, got.Error(), "boom", "the details name the cause")
}

func TestThrottledProgress(t *testing.T) {
	now := time.Unix(0, 0)
	w := syncWorker()
	w.Now = func() time.Time { return now }
	var seen []int
	progress := w.throttled(func(_ string, done, _ int) { seen = append(seen, done) })
	for i := 1; i <= 1000; i++ {
		now = now.Add(time.Millisecond)
		progress("入院", i, 1000)
	}
	assert.Len(t, seen, 11, "ten a second, and the last")
	assert.Equal(t, 1000, seen[len(seen)-1])
	progress("退院", 1, 1000)
	assert.Equal(t, 1, seen[len(seen)-1], "another piece of work is shown at once")
}

func TestCanceled(t *testing.T) {
	assert.True(t, canceled(context.Canceled))
	assert.True(t, canceled(models.Wrap(errors.New("x"), models.Canceled, "中止")))
	assert.False(t, canceled(errors.New("x")))
	assert.False(t, canceled(nil))
}

func TestAnOlderCopyOfTheSettingsNeverReplacesANewer(t *testing.T) {
	file := NewSettingsFile(filepath.Join(t.TempDir(), "settings.json"))
	saving := newestSettings{store: file}
	older, newer := saving.next(Settings{Screen: "claims"}), saving.next(Settings{Screen: "today"})
	require.NoError(t, newer())
	require.NoError(t, older())
	s, err := file.Load()
	require.NoError(t, err)
	assert.Equal(t, "today", s.Screen)
}
