//go:build !nogui

package main

import (
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/app"
	"renkei/app/store/storetest"
	"renkei/models"
)

// keepDefaultLog restores the program's log when the test ends.
func keepDefaultLog(t *testing.T) {
	before := slog.Default()
	t.Cleanup(func() { slog.SetDefault(before) })
}

func TestDataThatCannotBeOpenedIsSaidInASentence(t *testing.T) {
	keepDefaultLog(t)
	folder := t.TempDir()
	foreign := filepath.Join(folder, "よその.db")
	require.NoError(t, os.WriteFile(foreign, []byte(strings.Repeat("これはデータベースではありません。", 100)), 0o600))
	file := filepath.Join(folder, "ファイル")
	require.NoError(t, os.WriteFile(file, nil, 0o600))
	for outcome, path := range map[string]string{
		"a file of another kind": foreign,
		"a folder":               t.TempDir(),
		"a folder under a file":  filepath.Join(file, "renkei.db"),
		"a synced folder":        filepath.Join(folder, "OneDrive", "renkei.db"),
	} {
		t.Run(outcome, func(t *testing.T) {
			registers, _, release, err := prepare(context.Background(), path, app.Beginning{})
			require.Error(t, err)
			assert.Nil(t, registers)
			assert.Nil(t, release)
			assert.NotEqual(t, models.Internal, models.ErrorCode(err))
			assert.Regexp(t, "[ぁ-ん]。", models.ErrorMessage(err))
			assert.NoFileExists(t, filepath.Join(filepath.Dir(path), "renkei-crash.log"))
			if outcome == "a synced folder" {
				assert.NoDirExists(t, filepath.Dir(path), "nothing is left where the data must not be")
			}
		})
	}
}

func TestASecondWindowIsTurnedAway(t *testing.T) {
	keepDefaultLog(t)
	path := filepath.Join(t.TempDir(), "renkei.db")
	_, _, release, err := prepare(context.Background(), path, app.Beginning{})
	require.NoError(t, err)
	_, _, _, err = prepare(context.Background(), path, app.Beginning{})
	assert.Contains(t, models.ErrorMessage(err), "連携台帳はすでに開いています。開いている画面を使ってください")
	assert.FileExists(t, filepath.Join(filepath.Dir(path), "renkei-crash.log"), "the one of the first window")
	link := filepath.Join(t.TempDir(), "別の名前.db")
	require.NoError(t, os.Symlink(path, link))
	_, _, _, err = prepare(context.Background(), link, app.Beginning{})
	assert.Contains(t, models.ErrorMessage(err), "連携台帳はすでに開いています", "the same register by another name")

	release()

	_, _, release, err = prepare(context.Background(), path, app.Beginning{})
	require.NoError(t, err, "when the first has ended, the next may open")
	release()
}

func TestALostRegisterStopsTheWindowBeforeAnythingIsMade(t *testing.T) {
	keepDefaultLog(t)
	ctx := context.Background()
	folder := t.TempDir()
	path := filepath.Join(folder, "renkei.db")
	registers, _, release, err := prepare(ctx, path, app.Beginning{})
	require.NoError(t, err)
	require.NoError(t, registers.TrySample(ctx, func(string, int, int) {}))
	_, err = registers.Own().BackUpNow(ctx)
	require.NoError(t, err)
	release()
	require.NoError(t, os.Remove(path))
	require.NoError(t, os.Remove(app.WindowLock(path).Path()))
	before, err := os.ReadDir(folder)
	require.NoError(t, err)

	_, _, release, err = prepare(ctx, path, app.Beginning{})

	var lost *app.Lost
	require.ErrorAs(t, err, &lost)
	assert.Nil(t, release)
	require.Len(t, lost.Copies, 1)
	after, err := os.ReadDir(folder)
	require.NoError(t, err)
	assert.Equal(t, len(before), len(after), "neither a log nor a lock")

	t.Run("an empty one is begun when asked for", func(t *testing.T) {
		_, _, release, err := prepare(ctx, path, app.Beginning{New: true})
		require.NoError(t, err)
		release()
		require.NoError(t, os.Remove(path))
	})
	t.Run("a copy takes its place", func(t *testing.T) {
		_, _, release, err := prepare(ctx, path, app.Beginning{Copy: lost.Copies[0].Path})
		require.NoError(t, err)
		release()
		assert.FileExists(t, path)
	})
	t.Run("a start that is under way is no loss", func(t *testing.T) {
		require.NoError(t, os.Remove(path))
		lock := app.WindowLock(path)
		held, err := lock.TryLock()
		require.NoError(t, err)
		require.True(t, held)
		_, _, _, err = prepare(ctx, path, app.Beginning{})
		assert.Contains(t, models.ErrorMessage(err), "すでに開いています")
		require.NoError(t, lock.Unlock())
	})
}

func TestWhatWasChangedIsCopiedAtClosing(t *testing.T) {
	keepDefaultLog(t)
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "renkei.db")
	copies := func() int {
		found, err := filepath.Glob(filepath.Join(filepath.Dir(path), "backups", "renkei-close-*.db"))
		require.NoError(t, err)
		return len(found)
	}
	registers, _, release, err := prepare(ctx, path, app.Beginning{})
	require.NoError(t, err)
	_, err = registers.Own().Do(ctx, "職員の登録", app.Put(models.Staff{Code: "S1", From: 2026_04_01, Name: "佐藤", Job: models.Nurse}))
	require.NoError(t, err)
	release()
	assert.Equal(t, 1, copies())
	_, _, release, err = prepare(ctx, path, app.Beginning{})
	require.NoError(t, err)
	release()
	assert.Equal(t, 1, copies(), "nothing was changed")
}

func TestARegisterThatIsEmptyWhileItsCopyIsFullIsAskedAbout(t *testing.T) {
	keepDefaultLog(t)
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "renkei.db")
	registers, _, release, err := prepare(ctx, path, app.Beginning{})
	require.NoError(t, err)
	_, err = registers.Own().Do(ctx, "職員の登録", app.Put(models.Staff{Code: "S1", From: 2026_04_01, Name: "佐藤", Job: models.Nurse}))
	require.NoError(t, err)
	release()
	require.NoError(t, os.Remove(path))
	_, _, release, err = prepare(ctx, path, app.Beginning{New: true})
	require.NoError(t, err)
	release()

	_, _, _, err = prepare(ctx, path, app.Beginning{})

	var lost *app.Lost
	require.ErrorAs(t, err, &lost)
	assert.Equal(t, app.Emptied, lost.Kind)
	_, _, release, err = prepare(ctx, path, app.Beginning{Copy: lost.Best().Path})
	require.NoError(t, err, "the register and its lock were let go")
	release()
}

func TestWhatAStartDoesAboutThePlace(t *testing.T) {
	keepDefaultLog(t)
	ctx := context.Background()
	shared := storetest.Database(t, "")
	const nowhere = "postgres://nurse@127.0.0.1:1/renkei"
	home := func(t *testing.T) (usual string) {
		t.Setenv("XDG_DATA_HOME", t.TempDir())
		t.Setenv("PGPASSWORD", "unused")
		usual, err := app.DefaultDataPath()
		require.NoError(t, err)
		return usual
	}
	opened := func(t *testing.T, data, chosen string, how app.Beginning) string {
		registers, _, release, err := open(ctx, data, chosen, how)
		require.NoError(t, err)
		defer release()
		return registers.Own().Place()
	}
	t.Run("the first asks and makes nothing", func(t *testing.T) {
		usual := home(t)
		_, _, _, err := open(ctx, "", "", app.Beginning{})
		var first *app.NotChosen
		require.ErrorAs(t, err, &first)
		assert.NoDirExists(t, filepath.Dir(usual))
	})
	t.Run("this PC, and no question again", func(t *testing.T) {
		usual := home(t)
		assert.Equal(t, usual, opened(t, "", usual, app.Beginning{Place: usual}))
		assert.Equal(t, usual, opened(t, "", "", app.Beginning{}))
	})
	t.Run("--new begins at once", func(t *testing.T) {
		usual := home(t)
		assert.Equal(t, usual, opened(t, "", "", app.Beginning{New: true}))
	})
	t.Run("a server is remembered once it was opened", func(t *testing.T) {
		usual := home(t)
		_, _, _, err := open(ctx, "", nowhere, app.Beginning{Place: nowhere})
		var unreached *app.Unreached
		require.ErrorAs(t, err, &unreached)
		_, _, _, err = open(ctx, "", "", app.Beginning{})
		var first *app.NotChosen
		require.ErrorAs(t, err, &first, "what could not be opened is not remembered")
		assert.Equal(t, shared, opened(t, "", shared, app.Beginning{Place: shared}))
		assert.Equal(t, shared, opened(t, "", "", app.Beginning{}))
		assert.NoFileExists(t, usual)
		assert.Equal(t, usual, opened(t, "", usual, app.Beginning{Place: usual}), "back to this PC")
		assert.Equal(t, usual, opened(t, "", "", app.Beginning{}))
	})
	t.Run("a remembered server that is gone begins no file", func(t *testing.T) {
		usual := home(t)
		require.NoError(t, app.RememberPlace(nowhere))
		_, _, _, err := open(ctx, "", "", app.Beginning{})
		var unreached *app.Unreached
		require.ErrorAs(t, err, &unreached)
		assert.Equal(t, nowhere, unreached.Place)
		assert.NoFileExists(t, usual)
	})
	t.Run("a place with faults may be chosen anew", func(t *testing.T) {
		home(t)
		require.NoError(t, app.RememberPlace(nowhere+"?sslrootcert=/nowhere.crt"))
		_, _, _, err := open(ctx, "", "", app.Beginning{})
		var unreached *app.Unreached
		require.ErrorAs(t, err, &unreached)
		assert.Contains(t, models.ErrorMessage(err), "証明書のファイル")
	})
	t.Run("--data is opened and not remembered", func(t *testing.T) {
		home(t)
		other := filepath.Join(t.TempDir(), "renkei.db")
		assert.Equal(t, other, opened(t, other, "", app.Beginning{}))
		assert.Equal(t, shared, opened(t, shared, shared, app.Beginning{Place: shared}))
		_, _, _, err := open(ctx, "", "", app.Beginning{})
		var first *app.NotChosen
		require.ErrorAs(t, err, &first)
	})
	t.Run("copies of a lost file come before the question", func(t *testing.T) {
		usual := home(t)
		registers, _, release, err := open(ctx, "", "", app.Beginning{New: true})
		require.NoError(t, err)
		require.NoError(t, registers.TrySample(ctx, func(string, int, int) {}))
		_, err = registers.Own().BackUpNow(ctx)
		require.NoError(t, err)
		release()
		require.NoError(t, os.Remove(usual))
		_, _, _, err = open(ctx, "", "", app.Beginning{})
		var lost *app.Lost
		require.ErrorAs(t, err, &lost)
	})
}
