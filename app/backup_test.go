package app

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/app/store"
	"renkei/models"
)

// withRecords returns a copy with that many records counted.
func withRecords(path string, records int) Copy {
	return Copy{Path: path, Content: store.Content{Sheets: []store.SheetCount{{Sheet: "設定", Records: 8}, {Sheet: "入院", Records: records}}}}
}

func judgedOf(t *testing.T, a *App) *Judged {
	t.Helper()
	j, err := a.Judged(context.Background(), models.Part{Whole: true})
	require.NoError(t, err)
	return j
}

// saveStaff writes one more record.
func saveStaff(t *testing.T, a *App, code string) {
	t.Helper()
	_, err := a.Do(context.Background(), "職員の登録", Put(models.Staff{Code: code, From: 2026_04_01, Name: "職員 " + code, Job: models.Nurse, Department: models.FullTime}))
	require.NoError(t, err)
}

func TestOneBackupADayThatOpensAsARegister(t *testing.T) {
	ctx := context.Background()
	now := time.Date(2026, 11, 22, 8, 0, 0, 0, time.Local)
	dir := t.TempDir()
	a := openAt(t, filepath.Join(dir, "renkei.db"), &now)
	fill(t, a)
	assert.True(t, a.LastBackup().IsZero())

	made, err := a.BackUpToday(ctx)
	require.NoError(t, err)
	assert.True(t, made)
	made, err = a.BackUpToday(ctx)
	require.NoError(t, err)
	assert.False(t, made, "there is one of today")
	assert.True(t, a.LastBackup().Equal(now))
	now = now.AddDate(0, 0, 1)
	made, err = a.BackUpToday(ctx)
	require.NoError(t, err)
	assert.True(t, made, "while it stays open over midnight")
	require.NoError(t, a.Close())

	copied := openAt(t, filepath.Join(dir, "backups", "renkei-2026-11-22.db"), &now)
	assert.Len(t, judgedOf(t, copied).Facts.Book.Staff, filledRecords)
	require.NoError(t, copied.Close())
}

func TestOldBackupsAreThinnedOutToTheFirstOfEachMonth(t *testing.T) {
	var days []models.Date
	for d := models.Date(2026_11_22); d >= 2025_09_01; d = d.AddDays(-1) {
		days = append(days, d)
	}

	gone := oldDays(days)

	kept := make(map[models.Date]bool)
	for _, d := range days {
		kept[d] = true
	}
	for _, d := range gone {
		delete(kept, d)
	}
	// 14 days back from 11-22 reach 11-09. The first days of the newest twelve
	// months run from 2026-11-01 back to 2025-12-01.
	assert.Len(t, kept, 14+12)
	assert.True(t, kept[2026_11_09])
	assert.False(t, kept[2026_11_08])
	assert.True(t, kept[2026_11_01])
	assert.True(t, kept[2025_12_01])
	assert.False(t, kept[2025_11_01])
	assert.Empty(t, oldDays(days[:14]))
}

func TestAFullerCopyNeverGoesInFavourOfAnEmptierOne(t *testing.T) {
	const unreadable = -1
	for _, tt := range []struct {
		outcome string
		records []int // newest first
		kept    int   // number of newest ones that stay anyway
		gone    []int // indexes of those removed
	}{
		{"a register that grows", []int{50, 40, 30, 20}, 2, []int{2, 3}},
		{"a register that stays the same", []int{50, 50, 50}, 1, []int{1, 2}},
		{"a register that was emptied", []int{0, 0, 0, 100, 90}, 2, []int{2, 4}},
		{"a register that was emptied and grows again", []int{7, 5, 0, 0, 100, 90}, 2, []int{2, 3, 5}},
		{"a register that lost records twice", []int{10, 60, 55, 100, 80}, 1, []int{2, 4}},
		{"a register fuller than ever", []int{200, 0, 100, 90}, 1, []int{1, 2, 3}},
		{"one record fewer is enough", []int{99, 100}, 1, nil},
		{"one that cannot be read may be the fullest", []int{50, unreadable, 40}, 1, []int{2}},
		{"one that cannot be read does not count as fuller", []int{unreadable, 40}, 1, nil},
		{"fewer copies than are kept", []int{0, 100}, 2, nil},
	} {
		t.Run(tt.outcome, func(t *testing.T) {
			var copies []Copy
			old := make(map[string]bool)
			for i, records := range tt.records {
				c := withRecords(fmt.Sprint(i), max(0, records))
				if records == unreadable {
					c.Fault = os.ErrInvalid
				}
				copies = append(copies, c)
				old[c.Path] = i >= tt.kept
			}
			var gone []int
			for i, c := range copies {
				for _, g := range superfluous(copies, old) {
					if g.Path == c.Path {
						gone = append(gone, i)
					}
				}
			}
			assert.Equal(t, tt.gone, gone)
		})
	}
}

func TestSixteenDaysAfterARegisterBecameEmptyItsRecordsAreStillInACopy(t *testing.T) {
	ctx := context.Background()
	now := time.Date(2026, 10, 30, 8, 0, 0, 0, time.Local)
	path := filepath.Join(t.TempDir(), "renkei.db")
	filled(t, path, now)
	{ // one more full day
		now = now.AddDate(0, 0, 1)
		a := openAt(t, path, &now)
		_, err := a.BackUpToday(ctx)
		require.NoError(t, err)
		require.NoError(t, a.Close())
	}
	require.NoError(t, os.Remove(path))
	for range 16 {
		now = now.AddDate(0, 0, 1)
		config := configAt(path, &now)
		config.New = true
		a, err := Open(ctx, config)
		require.NoError(t, err)
		made, err := a.BackUpToday(ctx)
		require.NoError(t, err)
		assert.True(t, made)
		require.NoError(t, a.Close())
	}

	copies, err := copiesOf(path)
	require.NoError(t, err)
	require.NoError(t, lookInto(ctx, copies))
	full := 0
	for _, c := range copies {
		if c.Records() == filledRecords {
			full++
			assert.Contains(t, []string{"2026-10-31", "2026-10-30"}, c.At.Format("2006-01-02"), "the newest full one, and the first of a month")
		}
	}
	// 14 days to 2026-11-16, the first of October and November, and the newest
	// full one.
	assert.Len(t, copies, 14+3)
	assert.Equal(t, 2, full)
	assert.Equal(t, filledRecords, bestFirst(copies)[0].Records())
}

func TestEachRegisterOfAFolderHasItsOwnCopies(t *testing.T) {
	ctx := context.Background()
	now := time.Date(2026, 11, 22, 8, 0, 0, 0, time.Local)
	folder := t.TempDir()
	of := map[string]string{
		"a.db": "a-2026-11-22.db", "a-2026-01-01.db": "a-2026-01-01-2026-11-22.db", "見本の病院.db": "見本の病院-2026-11-22.db",
		"renkei.db": "renkei-2026-11-22.db", "a": "a.-2026-11-22.db", "a.sqlite": "a.sqlite-2026-11-22.db", "a-import.db": "a-import-2026-11-22.db",
	}
	for register, want := range of {
		a := openAt(t, filepath.Join(folder, register), &now)
		made, err := a.BackUpToday(ctx)
		require.NoError(t, err)
		assert.True(t, made, register)
		assert.FileExists(t, filepath.Join(folder, "backups", want))
		before, err := a.copyBefore(ctx, "import")
		require.NoError(t, err)
		assert.Equal(t, strings.Replace(want, "2026-11-22", "import-20261122-080000", 1), filepath.Base(before))
		require.NoError(t, a.Close())
	}
	for register, want := range of {
		copies, err := copiesOf(filepath.Join(folder, register))
		require.NoError(t, err)
		require.Len(t, copies, 2, register)
		listed := []string{filepath.Base(copies[0].Path), filepath.Base(copies[1].Path)}
		assert.Contains(t, listed, want)
		assert.Contains(t, listed, strings.Replace(want, "2026-11-22", "import-20261122-080000", 1))
	}
}

func TestCopiesAreListedByTheirTrueAge(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "renkei.db")
	require.NoError(t, os.Mkdir(filepath.Join(folder, "backups"), 0o700))
	local := func(day, hour, minute int) time.Time { return time.Date(2026, 11, day, hour, minute, 0, 0, time.Local) }
	put := func(name string, changed time.Time) {
		file := filepath.Join(folder, "backups", name)
		require.NoError(t, os.WriteFile(file, []byte("x"), 0o600))
		require.NoError(t, os.Chtimes(file, changed, changed))
	}
	brought := local(28, 12, 0) // restored from another disk
	put("renkei-2026-11-20.db", local(20, 17, 30))
	put("renkei-2026-11-21.db", brought)
	put("renkei-2026-11-20-173100.db", brought)
	put("renkei-import-20261119-090500.db", brought)
	put("renkei-import-20261119-090500-2.db", brought)
	put("renkei-close-20261122-180000.db", brought)
	put("renkei-schema1-20261118T000000.000Z.db", brought)
	for _, name := range []string{
		"renkei-2026-13-40.db", "renkei.db", "renkei-.db", "renkei-2026-11-22.db.77.part", "renkei-2026-11-22.xlsx", "renkei-2026-11-22.db-wal",
		"renkei-memo.db", "Renkei2026-11-22.db", "xrenkei-2026-11-22.db",
	} {
		put(name, brought)
	}
	require.NoError(t, os.Mkdir(filepath.Join(folder, "backups", "renkei-2026-11-23.db"), 0o700))

	copies, err := copiesOf(path)

	require.NoError(t, err)
	var listed []string
	for _, c := range copies {
		listed = append(listed, c.When()+" "+filepath.Base(c.Path))
	}
	assert.Equal(t, []string{
		"2026-11-22 18:00 renkei-close-20261122-180000.db",
		"2026-11-21 renkei-2026-11-21.db",
		"2026-11-20 17:31 renkei-2026-11-20-173100.db",
		"2026-11-20 17:30 renkei-2026-11-20.db",
		"2026-11-19 09:05 renkei-import-20261119-090500.db",
		"2026-11-19 09:05 renkei-import-20261119-090500-2.db",
		time.Date(2026, 11, 18, 0, 0, 0, 0, time.UTC).Local().Format("2006-01-02 15:04") + " renkei-schema1-20261118T000000.000Z.db",
	}, listed)
}

func TestACopyBeforeSomethingIsDoneIsNumberedAndThinned(t *testing.T) {
	ctx := context.Background()
	now := time.Date(2026, 11, 22, 8, 0, 0, 0, time.Local)
	path := filepath.Join(t.TempDir(), "renkei.db")
	a := openAt(t, path, &now)
	defer func() { require.NoError(t, a.Close()) }()
	var made []string
	for i := range 23 {
		saveStaff(t, a, fmt.Sprintf("S%02d", i))
		before, err := a.copyBefore(ctx, "import")
		require.NoError(t, err)
		made = append(made, before)
		if i != 0 {
			now = now.Add(time.Hour) // the first two are in the same second
		}
	}
	assert.Equal(t, "renkei-import-20261122-080000.db", filepath.Base(made[0]))
	assert.Equal(t, "renkei-import-20261122-080000-2.db", filepath.Base(made[1]))
	copies, err := copiesOf(path)
	require.NoError(t, err)
	require.Len(t, copies, 20)
	for i, c := range copies {
		assert.Equal(t, made[22-i], c.Path, "the newest stay")
	}
	_, err = a.BackUpToday(ctx)
	require.NoError(t, err)
	_, err = a.BackUpNow(ctx)
	require.NoError(t, err)
	copies, err = copiesOf(path)
	require.NoError(t, err)
	assert.Len(t, copies, 22, "other copies are thinned out by themselves")
}

func TestChangesAreCopiedAtClosing(t *testing.T) {
	ctx := context.Background()
	now := time.Date(2026, 11, 22, 8, 0, 0, 0, time.Local)
	path := filepath.Join(t.TempDir(), "renkei.db")
	a := openAt(t, path, &now)
	defer func() { require.NoError(t, a.Close()) }()
	expect := func(want bool, why string) {
		t.Helper()
		made, err := a.BackUpChanges(ctx)
		require.NoError(t, err)
		assert.Equal(t, want, made, why)
	}
	expect(false, "nothing is in it")
	saveStaff(t, a, "S01")
	expect(true, "there is no copy")
	expect(false, "the copy holds all")
	now = now.Add(time.Hour)
	saveStaff(t, a, "S02")
	_, err := a.BackUpToday(ctx)
	require.NoError(t, err)
	expect(false, "the daily copy holds all")
	now = now.Add(time.Hour)
	saveStaff(t, a, "S03")
	expect(true, "changed since")
	for i := range 9 {
		now = now.Add(time.Hour)
		saveStaff(t, a, fmt.Sprintf("T%02d", i))
		expect(true, "changed again")
	}
	copies, err := copiesOf(path)
	require.NoError(t, err)
	assert.Len(t, copies, keptClosing+1, "and the daily one")
}

func TestTroubleWithTheCopiesIsSaid(t *testing.T) {
	ctx := context.Background()
	now := time.Date(2026, 11, 22, 8, 0, 0, 0, time.Local)
	path := filepath.Join(t.TempDir(), "renkei.db")
	a := openAt(t, path, &now)
	defer func() { require.NoError(t, a.Close()) }()
	assert.Empty(t, a.CopyTrouble(ctx), "before the first")
	_, err := a.BackUpToday(ctx)
	require.NoError(t, err)
	assert.Empty(t, a.CopyTrouble(ctx))

	now = now.Add(48 * time.Hour)
	assert.Empty(t, a.CopyTrouble(ctx), "two days old")
	now = now.Add(time.Minute)
	assert.Equal(t, "いちばん新しい控えが2日前（2026-11-22）のものです。「いま控えをとる」で新しくしてください", a.CopyTrouble(ctx))

	require.NoError(t, os.Rename(copyFolder(path), copyFolder(path)+"x"))
	require.NoError(t, os.WriteFile(copyFolder(path), nil, 0o600))
	_, err = a.BackUpToday(ctx)
	require.Error(t, err)
	assert.Contains(t, a.CopyTrouble(ctx), "控えをとれませんでした（11/24 08:01）。控えのフォルダ「"+copyFolder(path)+"」を作れません")

	require.NoError(t, os.Remove(copyFolder(path)))
	stopped, cancel := context.WithCancel(ctx)
	cancel()
	_, err = a.BackUpNow(stopped)
	require.Error(t, err)
	assert.Contains(t, a.CopyTrouble(ctx), "控えをとれませんでした", "one that was stopped says nothing new")
	_, err = a.BackUpNow(ctx)
	require.NoError(t, err)
	assert.Empty(t, a.CopyTrouble(ctx))
}
