package app

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"sync"
	"time"

	"renkei/app/store"
	"renkei/models"
	"renkei/models/files"
)

// How many copies are kept: daily ones, the first ones of months, those made at
// closing, and those made before an action.
const (
	keptDays    = 14
	keptMonths  = 12
	keptClosing = 7
	keptBefore  = 20
)

// closingCopy is the kind of copies made when the window is closed.
const closingCopy = "close"

// staleCopy is the age at which the newest copy is too old.
const staleCopy = 48 * time.Hour

// copying is what an App remembers about its copies.
type copying struct {
	mu     sync.Mutex
	fault  error     // why the last attempt failed, or nil
	failed time.Time // when
}

// BackUpToday makes the daily copy in the folder backups beside the register,
// and removes daily copies no longer needed. made is false if there is one from
// today, and for a register that was found damaged: its copies are those of
// before.
func (a *App) BackUpToday(ctx context.Context) (made bool, err error) {
	if a.store.Damaged() {
		return false, nil
	}
	path := a.copyPath(a.Today().String())
	if _, err := os.Stat(path); err == nil {
		return false, nil
	}
	if err := a.copyTo(ctx, path); err != nil {
		return false, err
	}
	a.thinOut(ctx, dailyCopy)
	return true, nil
}

// BackUpNow makes a copy named by the current second and returns the file. The
// daily clean-up never removes it.
func (a *App) BackUpNow(ctx context.Context) (string, error) {
	path := a.copyPath(a.config.Now().Format("2006-01-02-150405"))
	if _, err := os.Stat(path); err == nil {
		return "", models.Errorf(models.Invalid, "控えは、たったいまとったところです（%s）", filepath.Base(path))
	}
	if err := a.copyTo(ctx, path); err != nil {
		return "", err
	}
	return path, nil
}

// BackUpTo makes a copy in a file of one's choice, which must not be there yet.
func (a *App) BackUpTo(ctx context.Context, path string) error {
	path, err := filepath.Abs(path)
	if err != nil {
		return models.Wrap(err, models.Unavailable, "控えの場所「%s」が分かりません。フォルダの名前から指定してください", path)
	}
	return a.copyTo(ctx, path)
}

// BackUpChanges makes a copy if the register changed since the newest one.
func (a *App) BackUpChanges(ctx context.Context) (made bool, err error) {
	if a.store.Damaged() {
		return false, nil
	}
	content, err := a.store.Content(ctx)
	if err != nil || content.Total() == 0 {
		return false, err
	}
	copies, err := copiesOf(a.config.beside)
	if err != nil {
		return false, err
	}
	if len(copies) > 0 {
		if newest, err := store.Look(ctx, copies[0].Path); err == nil && reflect.DeepEqual(newest, content) {
			return false, nil
		}
	}
	_, err = a.copyBefore(ctx, closingCopy)
	return err == nil, err
}

// copyBefore makes a copy before a risky action and returns the file. what is a
// word of a-z for its name: 「import」. The newest keptBefore copies of a word
// are kept, and any older one that holds more.
func (a *App) copyBefore(ctx context.Context, what string) (path string, err error) {
	path = files.Free(a.copyPath(what+"-"+a.config.Now().Format("20060102-150405")), func(n int) string { return fmt.Sprintf("-%d", n) })
	if err := a.copyTo(ctx, path); err != nil {
		return "", err
	}
	a.thinOut(ctx, what)
	return path, nil
}

// copyPath returns the file of a copy: <stem>-<name>.db.
func (a *App) copyPath(name string) string {
	return filepath.Join(copyFolder(a.config.beside), copyStem(a.config.beside)+"-"+name+".db")
}

// copyTo makes a copy and remembers the outcome.
func (a *App) copyTo(ctx context.Context, path string) error {
	err := os.MkdirAll(filepath.Dir(path), 0o700)
	if err != nil {
		err = models.Wrap(err, models.Unavailable, "控えのフォルダ「%s」を作れません。空き容量と書き込みの許可を確かめてください", filepath.Dir(path))
	} else {
		err = a.store.Backup(ctx, path)
	}
	now := a.config.Now()
	if err == nil {
		// The file time is that of the program's clock.
		err = os.Chtimes(path, now, now)
	}
	a.copying.mu.Lock()
	defer a.copying.mu.Unlock()
	if models.ErrorCode(err) != models.Canceled || err == nil {
		a.copying.fault, a.copying.failed = err, now
	}
	return err
}

// thinOut removes the copies of a kind that are no longer needed. A failure is
// only logged: the new copy is fine.
func (a *App) thinOut(ctx context.Context, kind string) {
	copies, err := copiesOf(a.config.beside)
	if err == nil {
		copies = slices.DeleteFunc(copies, func(c Copy) bool { return c.kind != kind })
		err = lookInto(ctx, copies)
	}
	if err != nil {
		a.config.Log.Warn("copies not thinned out", "error", err)
		return
	}
	for _, c := range superfluous(copies, beyond(kind, copies)) {
		if err := os.Remove(c.Path); err != nil {
			a.config.Log.Warn("copy not removed", "error", err)
		}
	}
}

// beyond returns the copies beyond the number to keep. copies are of one kind,
// newest first.
func beyond(kind string, copies []Copy) map[string]bool {
	gone := make(map[string]bool)
	if kind == dailyCopy {
		days := make([]models.Date, len(copies))
		for i, c := range copies {
			days[i] = models.DateOf(c.At)
		}
		old := oldDays(days)
		for i, c := range copies {
			gone[c.Path] = slices.Contains(old, days[i])
		}
		return gone
	}
	kept := keptBefore
	if kind == closingCopy {
		kept = keptClosing
	}
	for _, c := range copies[min(len(copies), kept):] {
		gone[c.Path] = true
	}
	return gone
}

// superfluous returns the copies of gone that may be removed: a newer copy that
// stays holds as many records. So the newest full copy survives any number of
// empty ones. A copy that cannot be read might be the fullest, so it stays.
// copies are newest first.
func superfluous(copies []Copy, gone map[string]bool) []Copy {
	var may []Copy
	fullest := -1
	for _, c := range copies {
		if gone[c.Path] && c.Fault == nil && c.Records() <= fullest {
			may = append(may, c)
			continue
		}
		if c.Fault == nil {
			fullest = max(fullest, c.Records())
		}
	}
	return may
}

// oldDays returns the days beyond keptDays that are not the first of one of the
// newest keptMonths months. days are newest first.
func oldDays(days []models.Date) []models.Date {
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

// LastBackup returns when the newest copy was made, zero if there is none.
func (a *App) LastBackup() time.Time {
	copies, err := copiesOf(a.config.beside)
	if err != nil || len(copies) == 0 {
		return time.Time{} // no folder, no copy
	}
	return copies[0].At
}

// CopyTrouble says in a sentence what is wrong with the copies: the register was
// found damaged, the last attempt failed, or the newest is older than two days. It returns "" if all is
// well, and before the first copy.
func (a *App) CopyTrouble(context.Context) string {
	if a.store.Damaged() {
		return "台帳のファイルが壊れているため、保存と控えを止めています。連携台帳を閉じて開き直すと、控えから戻せます"
	}
	a.copying.mu.Lock()
	fault, failed := a.copying.fault, a.copying.failed
	a.copying.mu.Unlock()
	if fault != nil {
		return fmt.Sprintf("控えをとれませんでした（%s）。%s", failed.Format("01/02 15:04"), models.ErrorMessage(fault))
	}
	last := a.LastBackup()
	if age := a.config.Now().Sub(last); !last.IsZero() && age > staleCopy {
		return fmt.Sprintf("いちばん新しい控えが%d日前（%s）のものです。「いま控えをとる」で新しくしてください", int(age.Hours()/24), last.Format("2006-01-02"))
	}
	return ""
}
