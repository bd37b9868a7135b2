package ledger

import (
	"context"
	"encoding/csv"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"

	"renkei/models"
	"renkei/models/files"
)

// Write writes the whole register: to a workbook if the path ends in .xlsx, as
// CSV files (UTF-8 with BOM) if it is a folder. A file is written under another
// name and renamed when complete.
func Write(ctx context.Context, path string, book *models.Book, p Progress) error {
	info, err := os.Stat(path)
	switch {
	case err == nil && info.IsDir(), strings.HasSuffix(path, "/"), strings.HasSuffix(path, string(filepath.Separator)):
		return writeFolder(ctx, path, book, p)
	case !strings.EqualFold(filepath.Ext(path), ".xlsx"):
		return models.Errorf(models.Invalid, "書き出し先「%s」は .xlsx で終わる名前か、フォルダにしてください", path)
	}
	// Excelize writes long sheets to temporary files until the book is saved.
	err = files.InTempDir(func(folder string) error {
		f, err := newWorkbook(ctx, folder, book, p)
		if err != nil {
			return err
		}
		defer f.Close() // only removes temporary files
		return writeFile(path, func(w io.Writer) error { return f.Write(w) })
	})
	if err != nil {
		return writeError(path, err)
	}
	return nil
}

func writeFolder(ctx context.Context, dir string, book *models.Book, p Progress) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return writeError(dir, err)
	}
	for _, s := range sheets {
		err := writeFile(filepath.Join(dir, s.title()+".csv"), func(w io.Writer) error {
			return writeCSV(ctx, w, s, book, p)
		})
		if err != nil {
			return err
		}
	}
	path := filepath.Join(dir, originFile)
	if !book.Origin.Known() { // the file of an earlier export would be wrong
		if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return writeError(path, err)
		}
		return nil
	}
	return writeFile(path, func(w io.Writer) error { return writeOrigin(w, book.Origin) })
}

func writeCSV(ctx context.Context, out io.Writer, s ledgerSheet, book *models.Book, p Progress) error {
	if _, err := out.Write([]byte("\xEF\xBB\xBF")); err != nil {
		return err
	}
	w := csv.NewWriter(out)
	w.UseCRLF = true
	headings := s.headings()
	line := make([]string, len(headings))
	for i, h := range headings {
		line[i] = h.Name
	}
	if err := w.Write(line); err != nil {
		return err
	}
	err := eachRecord(ctx, s, book, p, func(_ int, cells []any) error {
		for i, c := range cells {
			line[i] = guard(cellText(c))
		}
		return w.Write(line)
	})
	if err != nil {
		return err
	}
	w.Flush()
	return w.Error()
}

// eachRecord calls fn with the cells of every record. A cell is nil, an int, a
// models.Date or text that a workbook can hold.
func eachRecord(ctx context.Context, s ledgerSheet, book *models.Book, p Progress, fn func(i int, cells []any) error) error {
	total, headings := s.count(book), s.headings()
	for i := range total {
		if err := ctx.Err(); err != nil {
			return models.Wrap(err, models.Canceled, "書き出しを取りやめました")
		}
		if i%progressStep == 0 {
			p.report(s.title(), i, total)
		}
		cells := s.record(book, i)
		for j, c := range cells {
			t, ok := c.(string)
			if !ok {
				continue
			}
			if t = clean(strings.ToValidUTF8(t, "")); tooLong(t) {
				return models.Errorf(models.Invalid, "%s の %d 件目の%sが長すぎて書き出せません。32,767文字までに縮めてください", s.title(), i+1, headings[j].Name)
			}
			cells[j] = t
		}
		if err := fn(i, cells); err != nil {
			return err
		}
	}
	p.report(s.title(), total, total)
	return nil
}

func cellText(c any) string {
	switch v := c.(type) {
	case string:
		return v
	case int:
		return strconv.Itoa(v)
	case models.Date:
		return v.String()
	}
	return ""
}

// writeFile writes the whole file or keeps the old one.
func writeFile(path string, write func(io.Writer) error) error {
	if err := checkTarget(path); err != nil {
		return err
	}
	if err := files.Write(path, write); err != nil {
		return writeError(path, err)
	}
	return nil
}

// checkTarget checks before the work whether an existing file can be replaced:
// Excel on Windows locks the file it has open.
func checkTarget(path string) error {
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return writeError(path, err)
	}
	if err := f.Close(); err != nil {
		return writeError(path, err)
	}
	return nil
}

// writeError says why a file cannot be written. An error with its own sentence
// stays as it is.
func writeError(path string, err error) error {
	var known *models.Error
	switch {
	case errors.As(err, &known):
		return err
	case errors.Is(err, fs.ErrNotExist):
		return models.Wrap(err, models.NotFound, "書き出し先のフォルダ「%s」がありません。フォルダを作るか、別の場所を選んでください", filepath.Dir(path))
	case errors.Is(err, syscall.ENOSPC):
		return models.Wrap(err, models.Unavailable, "空き容量が足りないため「%s」を書き出せません。不要なファイルを消すか、別の場所を選んでください", path)
	case errors.Is(err, fs.ErrPermission):
		return models.Wrap(err, models.Unavailable, "「%s」に書き込む許可がありません。読み取り専用でないか確かめるか、別の場所を選んでください", path)
	case errors.Is(err, syscall.EISDIR):
		return models.Wrap(err, models.Invalid, "「%s」はフォルダです。ファイルの名前を指定してください", path)
	}
	return models.Wrap(err, models.Unavailable, "「%s」に書き出せません。Excel などで開いていれば閉じ、書き込めるフォルダか確かめてください", path)
}
