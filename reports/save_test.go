package reports

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/models"
)

func writeText(text string) func(io.Writer) error {
	return func(w io.Writer) error {
		_, err := io.WriteString(w, text)
		return err
	}
}

// filesIn lists the names in a folder, so that a left-over temporary file
// shows.
func filesIn(t *testing.T, folder string) []string {
	t.Helper()
	entries, err := os.ReadDir(folder)
	require.NoError(t, err)
	names := []string{}
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

func TestSaveFile(t *testing.T) {
	t.Run("writes a new file and leaves nothing beside it", func(t *testing.T) {
		folder := t.TempDir()
		path := filepath.Join(folder, "月次.xlsx")
		require.NoError(t, saveFile(context.Background(), path, writeText("新")))
		got, err := os.ReadFile(path)
		require.NoError(t, err)
		assert.Equal(t, "新", string(got))
		assert.Equal(t, []string{"月次.xlsx"}, filesIn(t, folder))
	})
	t.Run("replaces the file that was there", func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "月次.xlsx")
		require.NoError(t, os.WriteFile(path, []byte("とても長い前の内容"), 0o644))
		require.NoError(t, saveFile(context.Background(), path, writeText("新")))
		got, err := os.ReadFile(path)
		require.NoError(t, err)
		assert.Equal(t, "新", string(got))
	})
	t.Run("a failed write leaves the old file and no part of the new", func(t *testing.T) {
		folder := t.TempDir()
		path := filepath.Join(folder, "月次.xlsx")
		require.NoError(t, os.WriteFile(path, []byte("前"), 0o644))
		err := saveFile(context.Background(), path, func(w io.Writer) error {
			_, _ = io.WriteString(w, "途中")
			return syscall.ENOSPC
		})
		assert.Contains(t, models.ErrorMessage(err), "ディスクの空きが足りない")
		got, readErr := os.ReadFile(path)
		require.NoError(t, readErr)
		assert.Equal(t, "前", string(got))
		assert.Equal(t, []string{"月次.xlsx"}, filesIn(t, folder))
	})
	t.Run("cancelled writing leaves the old file", func(t *testing.T) {
		folder := t.TempDir()
		path := filepath.Join(folder, "月次.xlsx")
		ctx, cancel := context.WithCancel(context.Background())
		err := saveFile(ctx, path, func(w io.Writer) error {
			cancel()
			return nil
		})
		assert.Equal(t, models.Canceled, models.ErrorCode(err))
		assert.Empty(t, filesIn(t, folder))
	})
}

func TestSaveFileRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		prepare func(t *testing.T, folder string) string
		code    models.Code
		says    string
	}{
		"a folder that is not there": {func(_ *testing.T, folder string) string {
			return filepath.Join(folder, "無い", "月次.xlsx")
		}, models.Unavailable, "がありません。フォルダを作るか、別の場所を選んでください"},
		"a path through a file": {func(t *testing.T, folder string) string {
			require.NoError(t, os.WriteFile(filepath.Join(folder, "file"), nil, 0o644))
			return filepath.Join(folder, "file", "月次.xlsx")
		}, models.Unavailable, "がありません"},
		"a folder of that name": {func(t *testing.T, folder string) string {
			require.NoError(t, os.Mkdir(filepath.Join(folder, "月次.xlsx"), 0o755))
			return filepath.Join(folder, "月次.xlsx")
		}, models.Invalid, "同じ名前のフォルダ"},
		"a file that is read-only": {func(t *testing.T, folder string) string {
			require.NoError(t, os.WriteFile(filepath.Join(folder, "月次.xlsx"), nil, 0o444))
			return filepath.Join(folder, "月次.xlsx")
		}, models.Unavailable, "読み取り専用"},
		"a file open in Excel": {func(t *testing.T, folder string) string {
			require.NoError(t, os.WriteFile(filepath.Join(folder, "~$月次.xlsx"), nil, 0o644))
			return filepath.Join(folder, "月次.xlsx")
		}, models.Unavailable, "閉じてからもう一度"},
		"a file open in LibreOffice": {func(t *testing.T, folder string) string {
			require.NoError(t, os.WriteFile(filepath.Join(folder, ".~lock.月次.xlsx#"), nil, 0o644))
			return filepath.Join(folder, "月次.xlsx")
		}, models.Unavailable, "閉じてからもう一度"},
		"a name that Excel would not open": {func(_ *testing.T, folder string) string {
			return filepath.Join(folder, "月次.xls")
		}, models.Invalid, "終わりを .xlsx に"},
	} {
		t.Run(name, func(t *testing.T) {
			path := c.prepare(t, t.TempDir())
			err := saveFile(context.Background(), path, writeText("新"))
			assert.Equal(t, c.code, models.ErrorCode(err))
			assert.Contains(t, models.ErrorMessage(err), c.says)
		})
	}
}

func TestSaveErrorSays(t *testing.T) {
	for name, c := range map[string]struct {
		err  error
		says string
	}{
		"which folder cannot be written":      {&fs.PathError{Op: "open", Err: fs.ErrPermission}, "フォルダ「/帳票」に書き込めません"},
		"that a disk is read-only":            {syscall.EROFS, "フォルダ「/帳票」に書き込めません"},
		"that the disk is full":               {&fs.PathError{Op: "write", Err: syscall.ENOSPC}, "空きが足りない"},
		"what to do about an unknown error":   {errors.New("boom"), "保存先を確かめて"},
		"a sentence that was already written": {models.Errorf(models.Canceled, "中止しました"), "中止しました"},
	} {
		t.Run(name, func(t *testing.T) {
			err := saveError(c.err, "/帳票/月次.xlsx")
			assert.Contains(t, models.ErrorMessage(err), c.says)
			assert.ErrorIs(t, err, c.err)
		})
	}
}
