//go:build !nogui

package main

import (
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/models"
)

// keepDefaultLog puts the log of the program back when the test ends.
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
			desk, _, release, err := prepare(path)
			require.Error(t, err)
			assert.Nil(t, desk)
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
	_, _, release, err := prepare(path)
	require.NoError(t, err)
	_, _, _, err = prepare(path)
	assert.Equal(t, "連携台帳はすでに開いています。開いている画面を使ってください", models.ErrorMessage(err))
	assert.FileExists(t, filepath.Join(filepath.Dir(path), "renkei-crash.log"), "the one of the first window")

	release()

	_, _, release, err = prepare(path)
	require.NoError(t, err, "when the first has ended, the next may open")
	release()
}
