// Package ledger reads and writes the 台帳ブック: the whole register as one
// Excel workbook, or as a folder of CSV files named after its sheets. It also
// works out what an import would do (plan.go, merge.go); app carries it out.
//
// sheets.go lists every sheet and column once: how it is read, written and
// explained. Reading, writing and the template use that list. The book is a
// promise to its users: add columns, never rename or remove one.
package ledger

import (
	"context"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"renkei/models"
)

// Progress is called with the current sheet and how many of its rows are done.
// total is 0 while unknown. A Progress may be nil.
type Progress func(what string, done, total int)

func (p Progress) report(what string, done, total int) {
	if p != nil {
		p(what, done, total)
	}
}

// Issue is one fault that prevents importing a book: where it is (row number as
// in Excel) and what to do.
type Issue struct {
	Sheet  string
	Row    int
	Column string
	Reason string
}

// String returns 「シート名 行番号 列名: 理由」, or only the reason if no sheet
// is concerned.
func (i Issue) String() string {
	if i.Sheet == "" {
		return i.Reason
	}
	return fmt.Sprintf("%s %d %s: %s", i.Sheet, i.Row, i.Column, i.Reason)
}

// Reading is the content of a book. If there is any Issue, nothing of it may be
// imported. Notes say what was left out, what was read differently from what is
// written, and what looks unintended.
type Reading struct {
	Book   *models.Book
	Issues []Issue
	Notes  []string

	rows   map[string][]int  // by sheet: Excel row of each record of Book
	header map[string]int    // by sheet: row of the headings
	absent map[string]uint64 // by sheet: columns missing in the headings, one bit each
	// found maps sheets to their place among the names in the file.
	found map[string]int
	// remarks counts the notes of one kind on one column.
	remarks map[string]int
	// unread are the sheets with records that could not be read. References to
	// them cannot be checked.
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
		unread: map[string]bool{}, found: map[string]int{}, remarks: map[string]int{}}
}

// Read reads a workbook (.xlsx) or a folder of CSV files. Faults of rows are
// returned as Issues. The error (a models.Error) is for a file that is not a
// readable ledger book, and for cancellation.
func Read(ctx context.Context, path string, p Progress) (*Reading, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, openError(path, err)
	}
	switch {
	case info.IsDir():
		return guarded(path, func() (*Reading, error) { return readFolder(ctx, os.DirFS(path), path, p) })
	case strings.EqualFold(filepath.Ext(path), ".csv"):
		return nil, models.Errorf(models.Invalid,
			"「%s」は CSV のファイルです。台帳の CSV は「シート名.csv」を集めたフォルダを指定してください", path)
	case !info.Mode().IsRegular():
		return nil, models.Errorf(models.Invalid, "「%s」はファイルではありません。台帳ブック（.xlsx）か CSV のフォルダを指定してください", path)
	}
	return guarded(path, func() (*Reading, error) { return readWorkbook(ctx, path, info.Size(), p) })
}

// Clone returns a copy, so that it can be settled without changing the
// original. Its lists of records are shared until Settle changes one.
func (r *Reading) Clone() *Reading {
	c := *r
	book := *r.Book
	c.Book = &book
	c.Issues, c.Notes = slices.Clone(r.Issues), slices.Clone(r.Notes)
	c.remarks = maps.Clone(r.remarks)
	return &c
}

// finish ends the reading of a file: it adds the counts of notes not listed.
func (r *Reading) finish() *Reading {
	examples := exampleBook()
	for _, s := range sheets {
		s.noteExamples(r, examples)
	}
	r.countRemarks()
	if len(r.Issues) >= maxIssues {
		r.Issues = append(r.Issues[:maxIssues], Issue{Reason: fmt.Sprintf("直すところが%d件を超えたため、ここで読むのをやめました。ここまでを直して、もう一度読み込んでください", maxIssues)})
		for _, s := range sheets {
			r.unread[s.title()] = true
		}
	}
	return r
}

// guarded turns a panic on a malformed file into an error.
func guarded(path string, read func() (*Reading, error)) (r *Reading, err error) {
	defer func() {
		if fault := recover(); fault != nil {
			r, err = nil, damaged(path, fmt.Errorf("panic: %v", fault))
		}
	}()
	return read()
}

// ReadFS is Read for a folder of CSV files in a file system.
func ReadFS(ctx context.Context, fsys fs.FS, p Progress) (*Reading, error) {
	return readFolder(ctx, fsys, "CSV のフォルダ", p)
}

func canceled(err error) error {
	return models.Wrap(err, models.Canceled, "台帳の読み込みを取りやめました。何も登録していません")
}
