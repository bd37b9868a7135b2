package app

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"time"

	"renkei/models"
)

// How many daily copies are kept, and of how many months the first one.
const (
	keptDays   = 14
	keptMonths = 12
)

// BackUpToday copies the register to the folder backups beside it, once a day,
// and removes daily copies that are no longer needed. made is false when there
// is one of today already.
func (a *App) BackUpToday(ctx context.Context) (made bool, err error) {
	folder := a.backupFolder()
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return false, models.Wrap(err, models.Unavailable, "控えのフォルダ「%s」を作れません", folder)
	}
	path := filepath.Join(folder, "renkei-"+a.Today().String()+".db")
	if _, err := os.Stat(path); err == nil {
		return false, nil
	}
	if err := a.store.Backup(ctx, path); err != nil {
		return false, err
	}
	return true, a.thinOut(folder)
}

func (a *App) backupFolder() string { return filepath.Join(filepath.Dir(a.config.Data), "backups") }

var dailyCopy = regexp.MustCompile(`^renkei-(\d{4}-\d{2}-\d{2})\.db$`)

// dailyCopies returns the days that have a copy, newest first.
func dailyCopies(folder string) ([]models.Date, error) {
	entries, err := os.ReadDir(folder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, models.Wrap(err, models.Unavailable, "控えのフォルダ「%s」を読めません", folder)
	}
	var days []models.Date
	for _, e := range entries {
		if m := dailyCopy.FindStringSubmatch(e.Name()); m != nil {
			if day, err := models.ParseDate(m[1]); err == nil {
				days = append(days, day)
			}
		}
	}
	slices.Sort(days)
	slices.Reverse(days)
	return days, nil
}

// thinOut removes the daily copies beyond keptDays that are not the first of
// one of the newest keptMonths months.
func (a *App) thinOut(folder string) error {
	days, err := dailyCopies(folder)
	if err != nil {
		return err
	}
	for _, day := range superfluous(days) {
		if err := os.Remove(filepath.Join(folder, "renkei-"+day.String()+".db")); err != nil {
			return models.Wrap(err, models.Unavailable, "古い控え（%s）を消せません", day)
		}
	}
	return nil
}

// superfluous picks, of days newest first, those whose copies may go.
func superfluous(days []models.Date) []models.Date {
	firsts := make(map[models.Month]models.Date)
	var months []models.Month // newest first
	for _, day := range days {
		if _, seen := firsts[day.Month()]; !seen {
			months = append(months, day.Month())
		}
		firsts[day.Month()] = day
	}
	months = months[:min(len(months), keptMonths)]
	var gone []models.Date
	for i, day := range days {
		first := firsts[day.Month()] == day && slices.Contains(months, day.Month())
		if i >= keptDays && !first {
			gone = append(gone, day)
		}
	}
	return gone
}

// lastBackup is when the newest copy was made, zero when there is none.
func (a *App) lastBackup() time.Time {
	entries, err := os.ReadDir(a.backupFolder())
	if err != nil {
		return time.Time{} // no folder, no copy
	}
	var newest time.Time
	for _, e := range entries {
		if info, err := e.Info(); err == nil && filepath.Ext(e.Name()) == ".db" && info.ModTime().After(newest) {
			newest = info.ModTime()
		}
	}
	return newest
}

// copyBefore copies the register before something large is done to it, and
// returns the file: renkei-import-2026-11-22-093000.db.
func (a *App) copyBefore(ctx context.Context, what string) (string, error) {
	folder := a.backupFolder()
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return "", models.Wrap(err, models.Unavailable, "控えのフォルダ「%s」を作れません", folder)
	}
	path := filepath.Join(folder, "renkei-"+what+"-"+a.config.Now().Format("2006-01-02-150405.000")+".db")
	return path, a.store.Backup(ctx, path)
}
