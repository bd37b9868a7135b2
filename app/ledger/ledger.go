// Package ledger reads and writes the 台帳ブック: the whole register as one
// Excel workbook, or as a folder of CSV files named after its sheets.
//
// The sheets, their columns and how each is read, written and explained stand
// once, in sheets.go; reading, writing and the template all use that table.
package ledger

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"renkei/models"
)

// Progress is told what is being worked on (a sheet's name) and how many of
// its rows are done; total is 0 while it is not known. It may be nil.
type Progress func(what string, done, total int)

func (p Progress) report(what string, done, total int) {
	if p != nil {
		p(what, done, total)
	}
}

// Issue is one thing that keeps a book from being taken in: where it stands,
// by the row number seen in Excel, and what to do about it.
type Issue struct {
	Sheet  string
	Row    int
	Column string
	Reason string
}

// String returns 「シート名 行番号 列名: 理由」.
func (i Issue) String() string {
	return fmt.Sprintf("%s %d %s: %s", i.Sheet, i.Row, i.Column, i.Reason)
}

// Reading is what was found in a book. With any Issue nothing of it may be
// written. Notes name the sheets and columns that were kept out.
type Reading struct {
	Book   *models.Book
	Issues []Issue
	Notes  []string

	rows   map[string][]int  // by sheet: the Excel row of each record of Book
	header map[string]int    // by sheet: the row of the headings
	absent map[string]uint64 // by sheet: the columns that the heading does not have, one bit each
	// unread are the sheets of which no record, or not every one, could be
	// made out: what refers to them cannot be checked.
	unread map[string]bool
}

// row returns the Excel row of the i-th record of a sheet.
func (r *Reading) row(sheet string, i int) int {
	if at := r.rows[sheet]; i < len(at) {
		return at[i]
	}
	return 0
}

func (r *Reading) issue(sheet string, row int, column, format string, args ...any) {
	r.Issues = append(r.Issues, Issue{sheet, row, column, fmt.Sprintf(format, args...)})
}

func (r *Reading) note(format string, args ...any) {
	r.Notes = append(r.Notes, fmt.Sprintf(format, args...))
}

func newReading() *Reading {
	return &Reading{Book: &models.Book{}, rows: map[string][]int{}, header: map[string]int{}, absent: map[string]uint64{},
		unread: map[string]bool{}}
}

// Read reads a workbook (.xlsx) or a folder of CSV files. What is wrong with
// the rows comes back as Issues; the error (a models.Error) is for a file that
// cannot be read as a ledger book at all, and for cancellation.
func Read(ctx context.Context, path string, p Progress) (*Reading, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, openError(path, err)
	}
	switch {
	case info.IsDir():
		return readFolder(ctx, os.DirFS(path), path, p)
	case strings.EqualFold(filepath.Ext(path), ".csv"):
		return nil, models.Errorf(models.Invalid,
			"「%s」は CSV のファイルです。台帳の CSV は「シート名.csv」を集めたフォルダを指定してください", path)
	case !info.Mode().IsRegular():
		return nil, models.Errorf(models.Invalid, "「%s」はファイルではありません。台帳ブック（.xlsx）か CSV のフォルダを指定してください", path)
	}
	return readWorkbook(ctx, path, info.Size(), p)
}

// ReadFS reads a folder of CSV files from a file system, as Read does.
func ReadFS(ctx context.Context, fsys fs.FS, p Progress) (*Reading, error) {
	return readFolder(ctx, fsys, "CSV のフォルダ", p)
}

func canceled(err error) error {
	return models.Wrap(err, models.Canceled, "台帳の読み込みを取りやめました。何も登録していません")
}
