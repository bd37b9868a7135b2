package app

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/models"
)

// openRegisters opens the registers of a folder and closes them with the test.
func openRegisters(t *testing.T, folder string, now *time.Time, how Beginning) *Registers {
	t.Helper()
	r, err := OpenRegisters(context.Background(), configAt(filepath.Join(folder, "renkei.db"), now), how)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, r.Close()) })
	return r
}

func TestTheSampleIsShownBesideThePersonsOwnRegister(t *testing.T) {
	ctx := context.Background()
	now := time.Date(2026, 11, 22, 9, 0, 0, 0, time.Local)
	r := openRegisters(t, t.TempDir(), &now, Beginning{})
	own := r.Own()
	assert.Same(t, own, r.Shown())
	assert.False(t, r.Trying())

	require.NoError(t, r.TrySample(ctx, nil))
	sample := r.Shown()
	assert.True(t, r.Trying())
	assert.Equal(t, filepath.Join(filepath.Dir(own.Place()), SampleFile), sample.Place())
	assert.NotEmpty(t, judgedOf(t, sample).Verdicts)
	assert.Same(t, own, r.Own())
	assert.Empty(t, judgedOf(t, own).Verdicts, "nothing fictitious among real records")
	saveStaff(t, sample, "S999")

	r.LeaveSample()
	assert.Same(t, own, r.Shown())
	require.NoError(t, r.TrySample(ctx, nil))
	assert.Same(t, sample, r.Shown(), "as it was left")
	r.LeaveSample()
}

func TestTheSampleIsFoundAsItWasLeftAtTheNextStart(t *testing.T) {
	ctx := context.Background()
	now := time.Date(2026, 11, 22, 9, 0, 0, 0, time.Local)
	folder := t.TempDir()
	r := openRegisters(t, folder, &now, Beginning{})
	require.NoError(t, r.TrySample(ctx, nil))
	saveStaff(t, r.Shown(), "S999")
	require.NoError(t, r.Close())

	again := openRegisters(t, folder, &now, Beginning{})
	assert.False(t, again.Trying(), "a start shows one's own")
	require.NoError(t, again.TrySample(ctx, nil))
	assert.NotEmpty(t, judgedOf(t, again.Shown()).Facts.StaffOn("S999", 2026_11_22))
}

func TestASampleThatCannotBeMadeLeavesOnesOwnInSight(t *testing.T) {
	now := time.Date(2026, 11, 22, 9, 0, 0, 0, time.Local)
	folder := t.TempDir()
	r := openRegisters(t, folder, &now, Beginning{})
	stopped, stop := context.WithCancel(context.Background())
	stop()
	assert.Equal(t, models.Canceled, models.ErrorCode(r.TrySample(stopped, nil)))
	assert.Same(t, r.Own(), r.Shown())
	require.NoError(t, r.TrySample(context.Background(), nil), "it may be tried again")
	assert.NotEmpty(t, judgedOf(t, r.Shown()).Verdicts)
}

func TestTheWaysBackFromALostRegister(t *testing.T) {
	ctx := context.Background()
	now := time.Date(2026, 11, 22, 9, 0, 0, 0, time.Local)
	config := func(folder string) Config { return configAt(filepath.Join(folder, "renkei.db"), &now) }
	filledFolder := func(t *testing.T) string {
		folder := t.TempDir()
		filled(t, filepath.Join(folder, "renkei.db"), now)
		return folder
	}
	lost := func(t *testing.T, folder string) *Lost {
		t.Helper()
		_, err := OpenRegisters(ctx, config(folder), Beginning{})
		var lost *Lost
		require.ErrorAs(t, err, &lost)
		require.NotEmpty(t, lost.Copies)
		return lost
	}
	gone := func(t *testing.T, folder string) {
		t.Helper()
		require.NoError(t, os.Remove(filepath.Join(folder, "renkei.db")))
	}
	t.Run("a copy is put in its place", func(t *testing.T) {
		folder := filledFolder(t)
		gone(t, folder)
		r := openRegisters(t, folder, &now, Beginning{Copy: lost(t, folder).Best().Path})
		assert.Len(t, judgedOf(t, r.Own()).Facts.Book.Staff, filledRecords)
	})
	t.Run("an empty one is begun, and asked about at the next start", func(t *testing.T) {
		folder := filledFolder(t)
		gone(t, folder)
		assert.Equal(t, Missing, lost(t, folder).Kind)
		r := openRegisters(t, folder, &now, Beginning{New: true})
		assert.Empty(t, judgedOf(t, r.Own()).Facts.Book.Staff)
		require.NoError(t, r.Close())

		assert.Equal(t, Emptied, lost(t, folder).Kind)
		r = openRegisters(t, folder, &now, Beginning{New: true})
		assert.Empty(t, judgedOf(t, r.Own()).Facts.Book.Staff, "the empty one is kept when asked for")
	})
	t.Run("a damaged one is no less lost", func(t *testing.T) {
		folder := filledFolder(t)
		require.NoError(t, os.WriteFile(filepath.Join(folder, "renkei.db"), nil, 0o600))
		found := lost(t, folder)
		assert.Equal(t, Unreadable, found.Kind)
		r := openRegisters(t, folder, &now, Beginning{Copy: found.Best().Path})
		assert.Len(t, judgedOf(t, r.Own()).Facts.Book.Staff, filledRecords)
	})
}

func TestTheWindowKeepsCopiesWhileItIsOpen(t *testing.T) {
	ctx := context.Background()
	now := time.Date(2026, 11, 22, 23, 55, 0, 0, time.Local)
	folder := t.TempDir()
	registers, err := OpenRegisters(ctx, configAt(filepath.Join(folder, "renkei.db"), &now), Beginning{})
	require.NoError(t, err)
	defer func() { require.NoError(t, registers.Close()) }()
	require.NoError(t, os.WriteFile(filepath.Join(folder, "backups"), nil, 0o600))
	assert.Empty(t, registers.CopyTrouble(ctx))
	looks := func(n int) {
		looking, stop := context.WithCancel(ctx)
		registers.KeepCopies(looking, func() {
			if n--; n == 0 {
				stop()
			}
		})
	}
	looks(1)
	assert.Contains(t, registers.CopyTrouble(ctx), "控えをとれませんでした")
	require.NoError(t, os.Remove(filepath.Join(folder, "backups")))
	looks(1)
	assert.Empty(t, registers.CopyTrouble(ctx))
	now = now.Add(10 * time.Minute)
	looks(1)
	for _, day := range []string{"2026-11-22", "2026-11-23"} {
		assert.FileExists(t, filepath.Join(folder, "backups", "renkei-"+day+".db"))
	}
	require.NoError(t, registers.TrySample(ctx, nil))
	assert.True(t, registers.Own().LastBackup().Equal(now), "of the real records, also while the sample is shown")
	made, err := registers.BackUpChanges(ctx)
	require.NoError(t, err)
	assert.False(t, made, "the sample is nobody's work")
}

func TestWhatAKilledWindowDidNotCopyIsCopiedAtTheNextStart(t *testing.T) {
	ctx := context.Background()
	now := time.Date(2026, 11, 22, 9, 0, 0, 0, time.Local)
	folder := t.TempDir()
	start := func() (*Registers, func() []string) {
		registers, err := OpenRegisters(ctx, configAt(filepath.Join(folder, "renkei.db"), &now), Beginning{})
		require.NoError(t, err)
		return registers, func() []string {
			looking, stop := context.WithCancel(ctx)
			registers.KeepCopies(looking, stop)
			made, err := filepath.Glob(filepath.Join(folder, "backups", "*-close-*"))
			require.NoError(t, err)
			return made
		}
	}
	registers, look := start()
	assert.Empty(t, look())
	_, err := registers.Own().Do(ctx, "職員の登録", Put(models.Staff{Code: "S1", From: 2026_04_01, Name: "佐藤", Job: models.Nurse}))
	require.NoError(t, err)
	now = now.Add(time.Hour)
	assert.Empty(t, look(), "while it is open the copy of the morning does")
	require.NoError(t, registers.Close()) // without a copy
	registers, look = start()
	assert.Len(t, look(), 1)
	now = now.Add(time.Hour)
	assert.Len(t, look(), 1)
	require.NoError(t, registers.Close())
}
