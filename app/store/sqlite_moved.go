package store

import (
	"os"
	"path/filepath"
	"sync/atomic"

	"renkei/models"
)

// opened is the state of the register's files when it was opened. If an open
// file is moved, deleted or replaced, SQLite keeps writing to the old one, and
// what is saved is lost.
type opened struct {
	file os.FileInfo
	log  string // the write-ahead log, "" if there is none

	damaged atomic.Bool // found by Check since
}

// look notes the files of the register at path.
func (o *opened) look(path string) error {
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	o.file, o.log = info, ""
	if real, err := filepath.EvalSymlinks(path); err == nil {
		path = real // SQLite keeps the log beside the real file
	}
	there, err := exists(path + "-wal")
	if there {
		o.log = path + "-wal"
	}
	return err
}

// still returns an error if the files are not those that were opened, or were
// found damaged since.
func (o *opened) still(path string) error {
	if o.damaged.Load() {
		return models.Errorf(models.Invalid, "保存していません。台帳のファイル「%s」の%s", path, damaged)
	}
	if info, err := os.Stat(path); err != nil || !os.SameFile(info, o.file) {
		return models.Errorf(models.Unavailable, "保存していません。開いているあいだに、台帳のファイル「%s」が移されたか、消されたか、別のファイルに替わりました。"+
			"元のファイルをその場所に戻すか、連携台帳を閉じて開き直してください", path)
	}
	if o.log == "" {
		return nil
	}
	if there, err := exists(o.log); !there || err != nil {
		return models.Errorf(models.Unavailable, "保存していません。開いているあいだに、台帳と一体のファイル「%s」が移されたか、消されました。"+
			"元の場所に戻すか、連携台帳を閉じて開き直してください", o.log)
	}
	return nil
}
