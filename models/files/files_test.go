package files

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestMain is also the process of living, which waits for its input to end.
func TestMain(m *testing.M) {
	if os.Getenv("FILES_TEST_WAIT") == "" {
		os.Exit(m.Run())
	}
	if _, err := io.ReadAll(os.Stdin); err != nil {
		panic(err)
	}
}

// dead returns the number of a process that has ended.
func dead(t *testing.T) int {
	t.Helper()
	command := exec.Command(os.Args[0], "-test.run=^$")
	require.NoError(t, command.Run())
	return command.Process.Pid
}

// living returns the number of a process that lives until the test ends.
func living(t *testing.T) int {
	t.Helper()
	command := exec.Command(os.Args[0])
	command.Env = append(os.Environ(), "FILES_TEST_WAIT=1")
	input, err := command.StdinPipe()
	require.NoError(t, err)
	require.NoError(t, command.Start())
	t.Cleanup(func() {
		_ = input.Close()
		_ = command.Wait()
	})
	return command.Process.Pid
}

func namesIn(t *testing.T, folder string) []string {
	t.Helper()
	entries, err := os.ReadDir(folder)
	require.NoError(t, err)
	names := []string{}
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

func put(t *testing.T, folder, name string, at time.Time) {
	t.Helper()
	path := filepath.Join(folder, name)
	require.NoError(t, os.WriteFile(path, []byte("x"), 0o600))
	require.NoError(t, os.Chtimes(path, at, at))
}

func TestOnlyLeftOversOfEndedProcessesAreCleared(t *testing.T) {
	now := time.Now()
	gone, there, own := dead(t), living(t), os.Getpid()
	for _, tt := range []struct {
		outcome string
		name    string
		age     time.Duration
		inOwn   bool // cleared in a folder of the program's own
		inAny   bool // cleared in a folder of the user
	}{
		{"a copy of a process that ended", fmt.Sprintf("renkei-2026-11-22.db.%d.part", gone), 0, true, true},
		{"its journal", fmt.Sprintf("renkei-2026-11-22.db.%d.part-journal", gone), 0, true, true},
		{"its log", fmt.Sprintf("renkei.db.%d.part-wal", gone), 0, true, true},
		{"an export of a process that ended", fmt.Sprintf("台帳.xlsx.%d.part", gone), 0, true, true},
		{"a second export beside it", fmt.Sprintf("台帳.xlsx.2.%d.part", gone), 0, true, true},
		{"a picture of a process that ended", fmt.Sprintf("図.png.%d.part", gone), 0, true, true},
		{"what a living process writes", fmt.Sprintf("a.xlsx.%d.part", there), time.Hour, false, false},
		{"older than a day, its number in use again", fmt.Sprintf("b.xlsx.%d.part", there), 25 * time.Hour, true, true},
		{"what this process writes", fmt.Sprintf("c.xlsx.%d.part", own), 0, false, false},
		{"what a former process with this process's number wrote", fmt.Sprintf("d.xlsx.%d.part", own), 48 * time.Hour, true, true},
		{"a download of another program", fmt.Sprintf("映画.mp4.%d.part", gone), 48 * time.Hour, true, false},
		{"the log of a register", "renkei.db-wal", 48 * time.Hour, false, false},
		{"the index of that log", "renkei.db-shm", 48 * time.Hour, false, false},
		{"the journal of a register", "renkei.db-journal", 48 * time.Hour, false, false},
		{"the journal of a register named like a part", "a.part-journal", 48 * time.Hour, false, false},
		{"a register", "renkei.db", 48 * time.Hour, false, false},
		{"a part without a number", "renkei.db.part", 48 * time.Hour, false, false},
		{"a part with a word for a number", "renkei.db.x1.part", 48 * time.Hour, false, false},
		{"a part with the number nought", "renkei.xlsx.0.part", 48 * time.Hour, false, false},
		{"more than a part", fmt.Sprintf("a.xlsx.%d.part.txt", gone), 48 * time.Hour, false, false},
	} {
		t.Run(tt.outcome, func(t *testing.T) {
			for clear, want := range map[*func(string, time.Time) ([]string, error)]bool{ptr(ClearParts): tt.inOwn, ptr(ClearOwnParts): tt.inAny} {
				folder := t.TempDir()
				put(t, folder, tt.name, now.Add(-tt.age))
				removed, err := (*clear)(folder, now)
				require.NoError(t, err)
				if want {
					assert.Equal(t, []string{filepath.Join(folder, tt.name)}, removed)
					assert.Empty(t, namesIn(t, folder))
				} else {
					assert.Empty(t, removed)
					assert.Equal(t, []string{tt.name}, namesIn(t, folder))
				}
			}
		})
	}
	t.Run("a folder with such a name stays", func(t *testing.T) {
		folder := t.TempDir()
		require.NoError(t, os.Mkdir(filepath.Join(folder, fmt.Sprintf("a.xlsx.%d.part", gone)), 0o700))
		removed, err := ClearParts(folder, now)
		require.NoError(t, err)
		assert.Empty(t, removed)
	})
	t.Run("a missing folder holds nothing", func(t *testing.T) {
		removed, err := ClearParts(filepath.Join(t.TempDir(), "ない"), now)
		require.NoError(t, err)
		assert.Empty(t, removed)
	})
}

func ptr[T any](v T) *T { return &v }

func TestTemporaryFoldersOfEndedProcessesAreCleared(t *testing.T) {
	temp := t.TempDir()
	t.Setenv("TMPDIR", temp)
	t.Setenv("TMP", temp)
	now := time.Now()
	gone := dead(t)
	own, err := TempDir()
	require.NoError(t, err)
	left := filepath.Join(temp, fmt.Sprintf("renkei-%d-123", gone))
	for _, folder := range []string{
		left, filepath.Join(temp, fmt.Sprintf("renkei-%d-7", living(t))),
		filepath.Join(temp, fmt.Sprintf("other-%d-7", gone)), filepath.Join(temp, fmt.Sprintf("renkei-%d-data", gone)),
	} {
		require.NoError(t, os.MkdirAll(filepath.Join(folder, "deep"), 0o700))
		put(t, folder, "sheet.xml", now)
	}
	put(t, temp, fmt.Sprintf("renkei-%d-9", gone), now) // a file

	removed, err := ClearTemp(now)

	require.NoError(t, err)
	assert.Equal(t, []string{left}, removed)
	assert.NoDirExists(t, left)
	assert.DirExists(t, own, "this process may be using it")
	assert.Len(t, namesIn(t, temp), 5)
}

func TestAFileIsWrittenWholeOrNotAtAll(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "台帳.xlsx")
	require.NoError(t, os.WriteFile(path, []byte("前の中身"), 0o644))
	cause := errors.New("disk")
	require.ErrorIs(t, Write(path, func(w io.Writer) error {
		_, err := io.WriteString(w, "途中")
		require.NoError(t, err)
		return cause
	}), cause)
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	assert.Equal(t, "前の中身", string(data))
	assert.Equal(t, []string{"台帳.xlsx"}, namesIn(t, folder))

	require.NoError(t, Write(path, func(w io.Writer) error {
		assert.Contains(t, namesIn(t, folder), fmt.Sprintf("台帳.xlsx.%d.part", os.Getpid()))
		require.NoError(t, Write(path, func(w io.Writer) error { _, err := io.WriteString(w, "二人目"); return err }))
		_, err := io.WriteString(w, "新しい中身")
		return err
	}), "two may write to one place")
	data, err = os.ReadFile(path)
	require.NoError(t, err)
	assert.Equal(t, "新しい中身", string(data), "the one that ended last")
	assert.Equal(t, []string{"台帳.xlsx"}, namesIn(t, folder))
	if runtime.GOOS != "windows" {
		info, err := os.Stat(path)
		require.NoError(t, err)
		assert.Equal(t, Private, info.Mode().Perm(), "also where a readable file was before")
	}
}

func TestTextIsWrittenForEditors(t *testing.T) {
	path := filepath.Join(t.TempDir(), "誤り.txt")
	require.NoError(t, WriteText(path, "直す所"))
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	assert.Equal(t, "\xEF\xBB\xBF直す所", string(data))
}

func TestAFreeNameIsNumbered(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "一覧.xlsx")
	number := func(n int) string { return fmt.Sprintf("-%d", n) }
	assert.Equal(t, path, Free(path, number))
	put(t, folder, "一覧.xlsx", time.Now())
	put(t, folder, "一覧-2.xlsx", time.Now())
	assert.Equal(t, filepath.Join(folder, "一覧-3.xlsx"), Free(path, number))
}
