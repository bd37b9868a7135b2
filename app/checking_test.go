package app

import (
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/models"
)

// breakTable writes over the pages of a table, as a failing disk does. Opening
// does not read them.
func breakTable(t *testing.T, path, table string) {
	t.Helper()
	db, err := sql.Open("sqlite3", path)
	require.NoError(t, err)
	var root, size int64
	require.NoError(t, db.QueryRow("SELECT rootpage FROM sqlite_master WHERE name = ?", table).Scan(&root))
	require.NoError(t, db.QueryRow("PRAGMA page_size").Scan(&size))
	require.NoError(t, db.Close())
	file, err := os.OpenFile(path, os.O_WRONLY, 0)
	require.NoError(t, err)
	_, err = file.WriteAt(make([]byte, size), (root-1)*size)
	require.NoError(t, err)
	require.NoError(t, file.Close())
}

func TestADamagedRegisterIsFoundWhileItIsOpen(t *testing.T) {
	ctx := context.Background()
	now := time.Date(2026, 11, 22, 9, 0, 0, 0, time.Local)
	path := filepath.Join(t.TempDir(), "renkei.db")
	filled(t, path, now)
	breakTable(t, path, "partners")
	a := openAt(t, path, &now)

	lost, err := a.Check(ctx)

	require.NoError(t, err)
	require.NotNil(t, lost)
	assert.Equal(t, Damaged, lost.Kind)
	assert.Contains(t, lost.Title(), path)
	assert.Equal(t, filledRecords, lost.Best().Records())
	t.Run("nothing more is written into it", func(t *testing.T) {
		_, err := a.Do(ctx, "職員の登録", Put(models.Staff{Code: "X1", From: 2026_04_01, Name: "佐藤", Job: models.Nurse}))
		assert.Equal(t, models.Invalid, models.ErrorCode(err), "%v", err)
		assert.Contains(t, models.ErrorMessage(err), "保存していません")
	})
	t.Run("no copy is made of it", func(t *testing.T) {
		now = now.AddDate(0, 0, 1)
		made, err := a.BackUpToday(ctx)
		assert.NoError(t, err)
		assert.False(t, made)
		made, err = a.BackUpChanges(ctx)
		assert.NoError(t, err)
		assert.False(t, made)
		assert.Contains(t, a.CopyTrouble(ctx), "壊れている")
	})
	require.NoError(t, a.Close())
	t.Run("it is not opened again", func(t *testing.T) {
		_, err := Open(ctx, configAt(path, &now))
		var again *Lost
		require.ErrorAs(t, err, &again)
		assert.Equal(t, Unreadable, again.Kind)
	})
	t.Run("its copy takes its place and is no longer called damaged", func(t *testing.T) {
		require.NoError(t, Restore(ctx, configAt(path, &now), lost.Best().Path))
		assert.False(t, foundDamaged(path))
		a := openAt(t, path, &now)
		lost, err := a.Check(ctx)
		require.NoError(t, err)
		assert.Nil(t, lost)
		require.NoError(t, a.Close())
	})
}

func TestADamagedRegisterIsRestoredThoughNobodyFoundItBefore(t *testing.T) {
	now := time.Date(2026, 11, 22, 9, 0, 0, 0, time.Local)
	path := filepath.Join(t.TempDir(), "renkei.db")
	filled(t, path, now)
	breakTable(t, path, "partners")
	require.NoError(t, Restore(context.Background(), configAt(path, &now), filepath.Join(filepath.Dir(path), "backups", "renkei-2026-11-22.db")))
}

// looseReference leaves a reference without its target, which only a thorough
// check sees.
func looseReference(t *testing.T, path string) {
	t.Helper()
	db, err := sql.Open("sqlite3", path)
	require.NoError(t, err)
	_, err = db.Exec("INSERT INTO affiliations (care_manager, partner, started_on, version) VALUES ('なし', 'なし', '2026-04-01', 1)")
	require.NoError(t, err)
	require.NoError(t, db.Close())
}

func TestTheThoroughCheckIsDoneOnceAWeek(t *testing.T) {
	now := time.Date(2026, 11, 22, 9, 0, 0, 0, time.Local)
	path := filepath.Join(t.TempDir(), "renkei.db")
	filled(t, path, now)
	a := openAt(t, path, &now)
	lost, err := a.Check(context.Background())
	require.NoError(t, err)
	require.Nil(t, lost)
	require.NoError(t, a.Close())
	looseReference(t, path)
	first := now
	for _, tt := range []struct {
		outcome string
		at      time.Time
		found   bool
	}{
		{"not again within the week", first.Add(thoroughEvery - time.Second), false},
		{"again after a week", first.Add(thoroughEvery), true},
	} {
		t.Run(tt.outcome, func(t *testing.T) {
			now = tt.at
			a := openAt(t, path, &now)
			defer func() { require.NoError(t, a.Close()) }()
			lost, err := a.Check(context.Background())
			require.NoError(t, err)
			assert.Equal(t, tt.found, lost != nil)
		})
	}
	t.Run("at once when the clock was put back", func(t *testing.T) {
		require.NoError(t, os.Remove(checkedPath(path)))
		now = first.Add(-time.Hour)
		a := openAt(t, path, &now)
		defer func() { require.NoError(t, a.Close()) }()
		lineage, err := a.store.Lineage(context.Background())
		require.NoError(t, err)
		require.NoError(t, checked{Lineage: lineage, Thorough: first}.write(path))
		lost, err := a.Check(context.Background())
		require.NoError(t, err)
		assert.NotNil(t, lost)
	})
	t.Run("at once for a register of another lineage", func(t *testing.T) {
		now = first
		require.NoError(t, checked{Lineage: "another", Thorough: first}.write(path))
		a := openAt(t, path, &now)
		defer func() { require.NoError(t, a.Close()) }()
		lost, err := a.Check(context.Background())
		require.NoError(t, err)
		assert.NotNil(t, lost)
	})
}

func TestACheckThatIsStoppedClaimsNothing(t *testing.T) {
	now := time.Date(2026, 11, 22, 9, 0, 0, 0, time.Local)
	path := filepath.Join(t.TempDir(), "renkei.db")
	filled(t, path, now)
	a := openAt(t, path, &now)
	defer func() { require.NoError(t, a.Close()) }()
	ctx, stop := context.WithCancel(context.Background())
	stop()
	lost, err := a.Check(ctx)
	assert.Nil(t, lost)
	assert.Equal(t, models.Canceled, models.ErrorCode(err))
	assert.NoFileExists(t, checkedPath(path))
	assert.False(t, a.store.Damaged())
}
