package reports

import (
	"archive/zip"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"renkei/models"
	"renkei/models/files"
)

// saveFile writes the whole file, or keeps the old one. Every error has a
// sentence for the user.
func saveFile(ctx context.Context, path string, write func(io.Writer) error) error {
	if err := checkTarget(path); err != nil {
		return err
	}
	err := files.Write(path, func(w io.Writer) error {
		if err := write(w); err != nil {
			return err
		}
		return canceled(ctx)
	})
	if err != nil {
		return saveError(err, path)
	}
	return nil
}

// checkTarget refuses what can be known before the work.
func checkTarget(path string) error {
	name := filepath.Base(path)
	if !strings.EqualFold(filepath.Ext(name), ".xlsx") {
		return models.Errorf(models.Invalid, "ファイル名「%s」の終わりを .xlsx にしてください", name)
	}
	folder := filepath.Dir(path)
	switch info, err := os.Stat(folder); {
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, syscall.ENOTDIR), err == nil && !info.IsDir():
		return models.Wrap(err, models.Unavailable, "保存先のフォルダ「%s」がありません。フォルダを作るか、別の場所を選んでください", folder)
	case err != nil:
		return saveError(err, path)
	}
	switch info, err := os.Stat(path); {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return saveError(err, path)
	case info.IsDir():
		return models.Errorf(models.Invalid, "「%s」は同じ名前のフォルダがあるため書き出せません。別の名前にしてください", path)
	case info.Mode().Perm()&0o200 == 0:
		return models.Errorf(models.Unavailable, "「%s」は読み取り専用のため書き出せません。別の名前にしてください", path)
	}
	return checkOpen(folder, name)
}

// checkOpen looks for the lock files that Excel and LibreOffice leave beside an
// open file. Windows would refuse the rename; elsewhere the user would keep
// looking at an old copy.
func checkOpen(folder, name string) error {
	for _, mark := range []string{"~$" + name, ".~lock." + name + "#"} {
		if _, err := os.Lstat(filepath.Join(folder, mark)); err == nil {
			return openElsewhere(nil, filepath.Join(folder, name))
		}
	}
	return nil
}

func openElsewhere(cause error, path string) *models.Error {
	return models.Wrap(cause, models.Unavailable, "「%s」はExcelなどで開かれているため書き出せません。閉じてからもう一度行うか、別の名前で書き出してください", path)
}

// Windows error numbers for a file another program has open
// (ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION) and for ERROR_DISK_FULL.
const (
	windowsSharing  = syscall.Errno(32)
	windowsLock     = syscall.Errno(33)
	windowsDiskFull = syscall.Errno(112)
)

// saveError turns the system's error for a failed write into a sentence.
func saveError(err error, path string) error {
	var own *models.Error
	if errors.As(err, &own) {
		return err
	}
	onWindows := os.PathSeparator == '\\'
	switch {
	case onWindows && (errors.Is(err, windowsSharing) || errors.Is(err, windowsLock)),
		onWindows && errors.Is(err, fs.ErrPermission) && isFile(path):
		return openElsewhere(err, path)
	case errors.Is(err, syscall.ENOSPC), onWindows && errors.Is(err, windowsDiskFull):
		return models.Wrap(err, models.Unavailable, "ディスクの空きが足りないため「%s」を書き出せません。空きを作るか、別の場所を選んでください", path)
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		return models.Wrap(err, models.Unavailable, "フォルダ「%s」に書き込めません。書き込める場所を選んでください", filepath.Dir(path))
	}
	return models.Wrap(err, models.Unavailable, "「%s」を書き出せません。保存先を確かめて、もう一度行ってください", path)
}

func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}

// canceled returns the sentence for work the user stopped.
func canceled(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return models.Wrap(err, models.Canceled, "書き出しを中止しました。ファイルは作っていません")
	}
	return nil
}

// zipWriter packs a workbook until its context is cancelled: packing a long
// list takes as long as writing it.
type zipWriter struct {
	*zip.Writer
	ctx context.Context
}

// Create adds a part.
func (z *zipWriter) Create(name string) (io.Writer, error) {
	part, err := z.Writer.Create(name)
	return cancelingWriter{part, z.ctx}, err
}

type cancelingWriter struct {
	io.Writer
	ctx context.Context
}

// Write writes unless the context is cancelled.
func (w cancelingWriter) Write(p []byte) (int, error) {
	if err := canceled(w.ctx); err != nil {
		return 0, err
	}
	return w.Writer.Write(p)
}
