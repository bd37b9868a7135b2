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

// Storage is where the register lies, and its copies.
type Storage struct {
	Path   string // the database
	Folder string // of the copies; it need not exist yet
	Copies []Copy // newest first
}

// Storage tells where the register and its copies are.
func (a *App) Storage(context.Context) (Storage, error) {
	s := Storage{Path: a.config.Data, Folder: a.backupFolder()}
	entries, err := os.ReadDir(s.Folder)
	if os.IsNotExist(err) {
		return s, nil
	}
	if err != nil {
		return s, models.Wrap(err, models.Unavailable, "控えのフォルダ「%s」を読めません", s.Folder)
	}
	for _, e := range entries {
		if filepath.Ext(e.Name()) != ".db" || e.IsDir() {
			continue
		}
		info, err := e.Info()
		if err != nil {
			continue // removed since the folder was read
		}
		s.Copies = append(s.Copies, Copy{Path: filepath.Join(s.Folder, e.Name()), At: info.ModTime(), Size: info.Size()})
	}
	slices.SortFunc(s.Copies, func(a, b Copy) int { return b.At.Compare(a.At) })
	return s, nil
}
