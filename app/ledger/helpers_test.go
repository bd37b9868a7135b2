package ledger

import (
	"context"
	"path/filepath"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"renkei/models"
)

const casesFolder = "../testdata/cases"

var cases = []string{"a", "b", "c"}

func mustRead(t testing.TB, path string) *Reading {
	t.Helper()
	r, err := Read(context.Background(), path, nil)
	require.NoError(t, err)
	return r
}

func mustWrite(t testing.TB, name string, book *models.Book) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	require.NoError(t, Write(context.Background(), path, book, nil))
	return path
}

// readTexts reads a folder of CSV given as sheet → text.
func readTexts(t testing.TB, files map[string]string) *Reading {
	t.Helper()
	fsys := fstest.MapFS{}
	for name, data := range files {
		fsys[name+".csv"] = &fstest.MapFile{Data: []byte(data)}
	}
	r, err := ReadFS(context.Background(), fsys, nil)
	require.NoError(t, err)
	return r
}

func issueTexts(issues []Issue) []string {
	texts := []string{}
	for _, i := range issues {
		texts = append(texts, i.String())
	}
	return texts
}

// workbookOf saves a workbook with the given cells, as other programs would
// write it.
func workbookOf(t testing.TB, sheets map[string][][]any, change func(*excelize.File)) string {
	t.Helper()
	f := excelize.NewFile()
	first := true
	for name, rows := range sheets {
		if first {
			require.NoError(t, f.SetSheetName("Sheet1", name))
			first = false
		} else {
			_, err := f.NewSheet(name)
			require.NoError(t, err)
		}
		for i, row := range rows {
			require.NoError(t, f.SetSheetRow(name, cellName(1, i+1), &row))
		}
	}
	if change != nil {
		change(f)
	}
	path := filepath.Join(t.TempDir(), "book.xlsx")
	require.NoError(t, f.SaveAs(path))
	require.NoError(t, f.Close())
	return path
}
