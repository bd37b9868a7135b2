package app

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"time"

	"renkei/models"
)

// Copy is a file that holds the register as it was.
type Copy struct {
	Path string
	At   time.Time // when it was made
	Size int64     // bytes
}

// BackUpNow copies the register to the folder of the copies under the present
// second, and returns the file. The daily thinning leaves it.
func (a *App) BackUpNow(ctx context.Context) (string, error) {
	folder := a.backupFolder()
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return "", models.Wrap(err, models.Unavailable, "控えのフォルダ「%s」を作れません", folder)
	}
	path := filepath.Join(folder, "renkei-"+a.config.Now().Format("2006-01-02-150405")+".db")
	if _, err := os.Stat(path); err == nil {
		return "", models.Errorf(models.Invalid, "控えは、たったいまとったところです（%s）", filepath.Base(path))
	}
	if err := a.store.Backup(ctx, path); err != nil {
		return "", err
	}
	return path, nil
}

// Copies lists the copies of the register, newest first.
func (a *App) Copies(context.Context) ([]Copy, error) {
	folder := a.backupFolder()
	entries, err := os.ReadDir(folder)
	if os.IsNotExist(err) {
		return nil, nil
	}
	if err != nil {
		return nil, models.Wrap(err, models.Unavailable, "控えのフォルダ「%s」を読めません", folder)
	}
	var copies []Copy
	for _, e := range entries {
		if filepath.Ext(e.Name()) != ".db" || e.IsDir() {
			continue
		}
		info, err := e.Info()
		if err != nil {
			continue // removed since the folder was read
		}
		copies = append(copies, Copy{Path: filepath.Join(folder, e.Name()), At: info.ModTime(), Size: info.Size()})
	}
	slices.SortFunc(copies, func(a, b Copy) int { return b.At.Compare(a.At) })
	return copies, nil
}
