package app

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/models"
)

func TestOneBackupADayThatOpensAsARegister(t *testing.T) {
	ctx := context.Background()
	now := time.Date(2026, 11, 22, 8, 0, 0, 0, time.Local)
	dir := t.TempDir()
	a, err := Open(ctx, Config{Data: filepath.Join(dir, "renkei.db"), Now: func() time.Time { return now }})
	require.NoError(t, err)
	_, err = a.LoadSample(ctx, nil)
	require.NoError(t, err)
	status, err := a.Status(ctx)
	require.NoError(t, err)
	assert.True(t, status.LastBackup.IsZero())

	made, err := a.BackUpToday(ctx)
	require.NoError(t, err)
	assert.True(t, made)
	made, err = a.BackUpToday(ctx)
	require.NoError(t, err)
	assert.False(t, made, "there is one of today")
	status, err = a.Status(ctx)
	require.NoError(t, err)
	assert.False(t, status.LastBackup.IsZero())
	sessions := len(judgedOf(t, a).Verdicts)
	require.NoError(t, a.Close())

	copied, err := Open(ctx, Config{Data: filepath.Join(dir, "backups", "renkei-2026-11-22.db")})
	require.NoError(t, err)
	assert.Len(t, judgedOf(t, copied).Verdicts, sessions)
	require.NoError(t, copied.Close())
}

func judgedOf(t *testing.T, a *App) *Judged {
	t.Helper()
	j, err := a.Judged(context.Background())
	require.NoError(t, err)
	return j
}

func TestOldBackupsAreThinnedOutToTheFirstOfEachMonth(t *testing.T) {
	var days []models.Date
	for d := models.Date(2026_11_22); d >= 2025_09_01; d = d.AddDays(-1) {
		days = append(days, d)
	}

	gone := superfluous(days)

	kept := make(map[models.Date]bool)
	for _, d := range days {
		kept[d] = true
	}
	for _, d := range gone {
		delete(kept, d)
	}
	// 14 days back from 11-22 reach 11-09; the first of the twelve newest months
	// are 2026-11-01 back to 2025-12-01.
	assert.Len(t, kept, 14+12)
	assert.True(t, kept[2026_11_09])
	assert.False(t, kept[2026_11_08])
	assert.True(t, kept[2026_11_01])
	assert.True(t, kept[2025_12_01])
	assert.False(t, kept[2025_11_01])
	assert.Empty(t, superfluous(days[:14]))
}
