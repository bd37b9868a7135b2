package ledger

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/japanese"

	"renkei/models"
)

func TestCasesReadTheSameFromWorkbookAndFolder(t *testing.T) {
	for _, name := range cases {
		t.Run(name, func(t *testing.T) {
			book := mustRead(t, filepath.Join(casesFolder, name, "ledger.xlsx"))
			folder := mustRead(t, filepath.Join(casesFolder, name, "ledger"))
			assert.Empty(t, issueTexts(book.Issues))
			assert.Empty(t, issueTexts(folder.Issues))
			assert.Empty(t, book.Notes)
			assert.Equal(t, book.Book, folder.Book)
			assert.Empty(t, issueTexts(CheckReferences(book, nil)))
			assert.NotEmpty(t, book.Book.Sessions)
		})
	}
}

func TestCasesKeepEveryCellOfTheFolder(t *testing.T) {
	for _, name := range cases {
		folder := filepath.Join(casesFolder, name, "ledger")
		r := mustRead(t, folder)
		out := t.TempDir()
		require.NoError(t, Write(context.Background(), out, r.Book, nil))
		for _, s := range sheets {
			t.Run(name+" "+s.title(), func(t *testing.T) {
				want, err := os.ReadFile(filepath.Join(folder, s.title()+".csv"))
				require.NoError(t, err)
				got, err := os.ReadFile(filepath.Join(out, s.title()+".csv"))
				require.NoError(t, err)
				wantCells, gotCells := normalCells(t, want), normalCells(t, got)
				assert.Equal(t, wantCells, olderColumns(t, gotCells, len(wantCells[0])))
			})
		}
	}
}

// olderColumns leaves out the columns added after the folder was written. Below
// their headings they must be blank.
func olderColumns(t *testing.T, rows [][]string, n int) [][]string {
	for i, row := range rows {
		for _, cell := range row[n:] {
			assert.True(t, i == 0 || cell == "", "a cell in a later column: %s", cell)
		}
		rows[i] = row[:n]
	}
	return rows
}

// normalCells unifies what may differ between two files with the same cells:
// line ends, and the separator of several staff.
func normalCells(t *testing.T, data []byte) [][]string {
	var rows [][]string
	src := &csvSource{fsys: fstest.MapFS{"a.csv": {Data: data}}, name: "a.csv", size: int64(len(data)), letters: utf8Letters}
	err := src.each(context.Background(), func(_ int, cells []cell) error {
		row := make([]string, len(cells))
		for i, c := range cells {
			row[i] = joinList(splitList(c.text))
		}
		rows = append(rows, row)
		return nil
	})
	require.NoError(t, err)
	return rows
}

func TestWritingAndReadingReturnsTheSameBook(t *testing.T) {
	for _, name := range cases {
		for _, target := range []string{"book.xlsx", "folder/"} {
			t.Run(name+" "+target, func(t *testing.T) {
				r := mustRead(t, filepath.Join(casesFolder, name, "ledger.xlsx"))
				path := t.TempDir() + "/" + target
				require.NoError(t, Write(context.Background(), path, r.Book, nil))
				again := mustRead(t, path)
				assert.Empty(t, issueTexts(again.Issues))
				assert.Equal(t, r.Book, again.Book)
			})
		}
	}
}

func TestWritingTwiceGivesTheSameCells(t *testing.T) {
	for _, name := range cases {
		t.Run(name, func(t *testing.T) {
			first := mustWrite(t, "first.xlsx", mustRead(t, filepath.Join(casesFolder, name, "ledger.xlsx")).Book)
			second := mustWrite(t, "second.xlsx", mustRead(t, first).Book)
			assert.Equal(t, cellsOf(t, first), cellsOf(t, second))
		})
	}
}

func cellsOf(t *testing.T, path string) map[string][][]string {
	f, err := excelize.OpenFile(path, excelize.Options{RawCellValue: true})
	require.NoError(t, err)
	defer f.Close()
	cells := map[string][][]string{}
	for _, name := range f.GetSheetList() {
		cells[name], err = f.GetRows(name)
		require.NoError(t, err)
	}
	return cells
}

func TestShiftJISFolderReadsTheSame(t *testing.T) {
	for _, name := range cases {
		t.Run(name, func(t *testing.T) {
			plain, dir := t.TempDir(), t.TempDir()
			for _, s := range sheets {
				data, err := os.ReadFile(filepath.Join(casesFolder, name, "ledger", s.title()+".csv"))
				require.NoError(t, err)
				// Shift_JIS has no 𠮷; everything else in the cases survives.
				text := strings.ReplaceAll(strings.TrimPrefix(string(data), "\uFEFF"), "𠮷", "吉")
				encoded, err := japanese.ShiftJIS.NewEncoder().String(text)
				require.NoError(t, err)
				require.NoError(t, os.WriteFile(filepath.Join(plain, s.title()+".csv"), []byte(text), 0o600))
				require.NoError(t, os.WriteFile(filepath.Join(dir, s.title()+".csv"), []byte(encoded), 0o600))
			}
			want := mustRead(t, plain).Book
			got := mustRead(t, dir)
			assert.Empty(t, issueTexts(got.Issues))
			assert.Equal(t, want, got.Book)
		})
	}
}

func TestUTF8WithoutBOMAndOtherLineEndsReadTheSame(t *testing.T) {
	for name, data := range map[string]string{
		"BOM and CRLF":    "\uFEFFキー,値\r\nhospital_name,髙橋病院\r\n",
		"no BOM, LF":      "キー,値\nhospital_name,髙橋病院\n",
		"no BOM, only CR": "キー,値\rhospital_name,髙橋病院\r",
		"no end of line":  "キー,値\nhospital_name,髙橋病院",
	} {
		t.Run(name, func(t *testing.T) {
			r := readTexts(t, map[string]string{"設定": data})
			assert.Empty(t, r.Issues)
			assert.Equal(t, []models.Setting{{Key: "hospital_name", Value: "髙橋病院"}}, r.Book.Settings)
		})
	}
}
