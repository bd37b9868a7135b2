package app

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/models"
)

// filledRecords is how many records are in a register that is filled.
const filledRecords = 12

// filled makes a register with records in it, copied once, and closes it.
func filled(t *testing.T, path string, now time.Time) {
	t.Helper()
	a := openAt(t, path, &now)
	fill(t, a)
	_, err := a.BackUpToday(context.Background())
	require.NoError(t, err)
	require.NoError(t, a.Close())
}

// fill puts filledRecords members of staff in.
func fill(t *testing.T, a *App) {
	t.Helper()
	for i := range filledRecords {
		saveStaff(t, a, fmt.Sprintf("F%02d", i))
	}
}

func openAt(t *testing.T, path string, now *time.Time) *App {
	t.Helper()
	a, err := Open(context.Background(), configAt(path, now))
	require.NoError(t, err)
	return a
}

func configAt(path string, now *time.Time) Config {
	return Config{Data: path, Actor: "試験", Now: func() time.Time { return *now }, Log: slog.New(slog.DiscardHandler)}
}

func names(t *testing.T, folder string) []string {
	t.Helper()
	entries, err := os.ReadDir(folder)
	require.NoError(t, err)
	list := []string{}
	for _, e := range entries {
		list = append(list, e.Name())
	}
	return list
}

func TestARegisterThatWasThereIsNotBegunAnew(t *testing.T) {
	put := func(name, text string) func(string) error {
		return func(folder string) error { return os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600) }
	}
	copied := func(name string) func(string) error {
		return func(folder string) error {
			data, err := os.ReadFile(filepath.Join(folder, "whole"))
			if err != nil {
				return err
			}
			if err := os.MkdirAll(filepath.Join(folder, "backups"), 0o700); err != nil {
				return err
			}
			return os.WriteFile(filepath.Join(folder, name), data, 0o600)
		}
	}
	now := time.Date(2026, 11, 22, 9, 0, 0, 0, time.Local)
	whole := filepath.Join(t.TempDir(), "whole.db")
	filled(t, whole, now)
	data, err := os.ReadFile(whole)
	require.NoError(t, err)

	for _, tt := range []struct {
		outcome string
		left    []func(string) error
		lost    bool
		kind    LostKind
		copies  int
	}{
		{"nothing there", nil, false, 0, 0},
		{"another's settings beside another register", []func(string) error{put("settings.json", "{}"), put("b.db", "x")}, false, 0, 0},
		{"another's copies", []func(string) error{copied("backups/b-2026-11-21.db"), copied("backups/a-b-2026-11-21.db")}, false, 0, 0},
		{"a copy", []func(string) error{copied("backups/a-2026-11-21.db")}, true, Missing, 1},
		{"only an empty copy", []func(string) error{copied("backups/b-2026-11-21.db"), put("backups/a-2026-11-21.db", "")}, true, Missing, 1},
		{"the settings of the window", []func(string) error{put("settings.json", "{}")}, true, Missing, 0},
		{"the settings beside the sample", []func(string) error{put("settings.json", "{}"), put(SampleFile, "x")}, true, Missing, 0},
		{"the log of the window", []func(string) error{put("renkei.log", "x")}, true, Missing, 0},
		{"its lock, beside another register", []func(string) error{put("a.db.lock", ""), put("b.db", "x")}, true, Missing, 0},
		{"its write-ahead log", []func(string) error{put("a.db-wal", "x"), put("b.db", "x")}, true, Missing, 0},
		{"only an empty file, as an interrupted first start leaves", []func(string) error{put("a.db", ""), put("a.db.lock", "")}, false, 0, 0},
		{"an empty file and a copy", []func(string) error{put("a.db", ""), copied("backups/a-2026-11-21.db")}, true, Unreadable, 1},
		{"a file of zeros and a copy", []func(string) error{put("a.db", string(make([]byte, 9000))), copied("backups/a-2026-11-21.db")}, true, Unreadable, 1},
		{"a truncated file and a copy", []func(string) error{put("a.db", string(data[:len(data)/2])), copied("backups/a-2026-11-21.db")}, true, Unreadable, 1},
	} {
		t.Run(tt.outcome, func(t *testing.T) {
			folder := t.TempDir()
			path := filepath.Join(folder, "a.db")
			require.NoError(t, os.WriteFile(filepath.Join(folder, "whole"), data, 0o600))
			for _, put := range tt.left {
				require.NoError(t, put(folder))
			}
			before := names(t, folder)

			a, err := Open(context.Background(), configAt(path, &now))

			if !tt.lost {
				require.NoError(t, err)
				require.NoError(t, a.Close())
				return
			}
			var lost *Lost
			require.ErrorAs(t, err, &lost)
			assert.Equal(t, tt.kind, lost.Kind)
			assert.Len(t, lost.Copies, tt.copies)
			assert.Equal(t, models.NotFound, models.ErrorCode(err))
			assert.Contains(t, models.ErrorMessage(err), path)
			assert.Contains(t, models.ErrorMessage(err), "--new")
			if tt.kind == Missing {
				assert.Equal(t, before, names(t, folder), "nothing was made")
			}

			config := configAt(path, &now)
			config.New = true
			a, err = Open(context.Background(), config)
			require.NoError(t, err, "asked for, an empty one is begun")
			content, err := a.store.Content(context.Background())
			require.NoError(t, err)
			assert.Zero(t, content.Total())
			require.NoError(t, a.Close())
			for _, name := range before {
				_, plain := os.Lstat(filepath.Join(folder, name))
				aside := filepath.Join(folder, "a-もとのファイル-20261122-090000.db"+name[min(len(name), len("a.db")):])
				_, kept := os.Lstat(aside)
				assert.True(t, plain == nil || kept == nil, "%s is still there", name)
			}
		})
	}
}

func TestALostRegisterComesBackFromItsCopy(t *testing.T) {
	ctx := context.Background()
	now := time.Date(2026, 11, 22, 9, 0, 0, 0, time.Local)
	folder := t.TempDir()
	path := filepath.Join(folder, "renkei.db")
	filled(t, path, now)
	copied := filepath.Join(folder, "backups", "renkei-2026-11-22.db")
	config := configAt(path, &now)

	t.Run("refused while it is there and full", func(t *testing.T) {
		err := Restore(ctx, config, copied)
		assert.Equal(t, models.Invalid, models.ErrorCode(err), "%v", err)
	})
	whole := func(t *testing.T) {
		t.Helper()
		a := openAt(t, path, &now)
		content, err := a.store.Content(ctx)
		require.NoError(t, err)
		assert.Equal(t, filledRecords, content.Total())
		lost, err := a.Emptied(ctx)
		require.NoError(t, err)
		assert.Nil(t, lost)
		require.NoError(t, a.Close())
	}
	t.Run("when it is missing", func(t *testing.T) {
		require.NoError(t, os.Remove(path))
		require.NoError(t, Restore(ctx, config, copied))
		whole(t)
	})
	t.Run("when it is damaged; the damaged file is kept", func(t *testing.T) {
		data, err := os.ReadFile(path)
		require.NoError(t, err)
		require.NoError(t, os.WriteFile(path, data[:len(data)/3], 0o600))
		require.NoError(t, Restore(ctx, config, copied))
		whole(t)
		assert.FileExists(t, filepath.Join(folder, "renkei-もとのファイル-20261122-090000.db"))
	})
	t.Run("when it was started again and is empty", func(t *testing.T) {
		require.NoError(t, os.Remove(path))
		now = now.Add(time.Minute)
		empty := config
		empty.New = true
		a, err := Open(ctx, empty)
		require.NoError(t, err)
		lost, err := a.Emptied(ctx)
		require.NoError(t, err)
		require.NotNil(t, lost)
		assert.Equal(t, Emptied, lost.Kind)
		assert.Equal(t, copied, lost.Best().Path)
		staff := models.Staff{Code: "S1", From: 2026_04_01, Name: "佐藤", Job: models.Nurse}
		undo, err := a.Do(ctx, "職員の登録", Put(staff))
		require.NoError(t, err)
		lost, err = a.Emptied(ctx)
		require.NoError(t, err)
		assert.Nil(t, lost, "one record is work")
		_, err = a.TakeBack(ctx, undo)
		require.NoError(t, err)
		require.NoError(t, a.Close())
		require.NoError(t, Restore(ctx, config, copied))
		whole(t)
	})
	t.Run("to a path where there never was a register", func(t *testing.T) {
		other := configAt(filepath.Join(t.TempDir(), "新.db"), &now)
		require.NoError(t, Restore(ctx, other, copied))
		assert.FileExists(t, other.Data)
	})
}

func TestCopiesToBeginFromComeFullAndNewFirst(t *testing.T) {
	at := func(day, records int) Copy { return withRecords(fmt.Sprintf("%02d", day), records) }
	unreadable := at(20, 0)
	unreadable.Fault = os.ErrInvalid
	for _, tt := range []struct {
		outcome string
		newest  []Copy
		want    []string
	}{
		{"the newest of the full ones", []Copy{at(19, 1000), at(18, 990), at(17, 980)}, []string{"19", "18", "17"}},
		{"a few records fewer still counts as full", []Copy{at(19, 900), at(18, 1000)}, []string{"19", "18"}},
		{"many fewer does not", []Copy{at(19, 899), at(18, 1000)}, []string{"18", "19"}},
		{"empty ones after all others", []Copy{at(19, 0), at(18, 3), at(17, 1000), at(16, 995)}, []string{"17", "16", "18", "19"}},
		{"unreadable ones last", []Copy{unreadable, at(19, 0), at(18, 5)}, []string{"18", "19", "20"}},
	} {
		t.Run(tt.outcome, func(t *testing.T) {
			var got []string
			for _, c := range bestFirst(tt.newest) {
				got = append(got, c.Path)
			}
			assert.Equal(t, tt.want, got)
		})
	}
}

func TestLeftOversOfKilledWorkAreClearedWhenARegisterIsOpened(t *testing.T) {
	command := exec.Command(os.Args[0], "-test.run=^$")
	require.NoError(t, command.Run())
	gone := command.Process.Pid
	temp := t.TempDir()
	t.Setenv("TMPDIR", temp)
	t.Setenv("TMP", temp)
	now := time.Date(2026, 11, 22, 9, 0, 0, 0, time.Local)
	folder := filepath.Join(t.TempDir(), "台帳")
	path := filepath.Join(folder, "renkei.db")
	filled(t, path, now)
	before, copies := names(t, folder), names(t, copyFolder(path))
	for _, name := range []string{"renkei.db.%d.part", "settings.json.%d.part", "backups/renkei-2026-11-23.db.%d.part", "backups/renkei-2026-11-23.db.%d.part-journal"} {
		require.NoError(t, os.WriteFile(filepath.Join(folder, fmt.Sprintf(name, gone)), []byte("x"), 0o600))
	}
	left := filepath.Join(temp, fmt.Sprintf("renkei-%d-1", gone))
	require.NoError(t, os.Mkdir(left, 0o700))

	a := openAt(t, path, &now)
	require.NoError(t, a.Close())

	assert.Equal(t, before, names(t, folder))
	assert.Equal(t, copies, names(t, copyFolder(path)))
	assert.NoDirExists(t, left)

	exports := t.TempDir()
	export := fmt.Sprintf("台帳.xlsx.%d.part", gone)
	for _, name := range []string{export, fmt.Sprintf("映画.mp4.%d.part", gone)} {
		require.NoError(t, os.WriteFile(filepath.Join(exports, name), nil, 0o600))
	}
	removed, err := ClearExports(exports)
	require.NoError(t, err)
	assert.Equal(t, []string{filepath.Join(exports, export)}, removed)
}
