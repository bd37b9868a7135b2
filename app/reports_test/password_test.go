package reports_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"renkei/models"
	"renkei/reports"
)

const password = "港みらい😀 2026!"

// cellsOf returns every cell of a workbook, by sheet.
func cellsOf(t *testing.T, file *excelize.File) map[string][][]string {
	t.Helper()
	cells := make(map[string][][]string)
	for _, sheet := range file.GetSheetList() {
		rows, err := file.GetRows(sheet)
		require.NoError(t, err)
		cells[sheet] = rows
	}
	return cells
}

func TestEveryReportOpensWithItsPasswordOnly(t *testing.T) {
	t.Parallel()
	for _, kind := range reports.Kinds {
		t.Run(kind.Name, func(t *testing.T) {
			folder := t.TempDir()
			path := filepath.Join(folder, kind.Name+".xlsx")
			r := ask(t, func(r *reports.Request) { r.Password = password })
			require.NoError(t, kind.Write(context.Background(), path, r))

			_, err := excelize.OpenFile(path)
			require.Error(t, err, "without a password")
			if kind.Name == reports.Kinds[0].Name { // trying one takes a while, whatever is in the file
				_, err = excelize.OpenFile(path, excelize.Options{Password: "港みらい"})
				require.ErrorIs(t, err, excelize.ErrWorkbookPassword)
			}
			file, err := excelize.OpenFile(path, excelize.Options{Password: password})
			require.NoError(t, err)
			defer func() { assert.NoError(t, file.Close()) }()
			assert.Equal(t, cellsOf(t, write(t, kind.Name, ask(t))), cellsOf(t, file))

			left, err := os.ReadDir(folder)
			require.NoError(t, err)
			assert.Len(t, left, 1, "nothing is left beside the file")
		})
	}
}

func TestPasswordsNobodyCouldTypeAreRefusedBeforeTheFileIsTouched(t *testing.T) {
	t.Parallel()
	kind, _ := reports.KindNamed("monthly")
	for name, c := range map[string]struct{ password, says string }{
		"a space at the end":            {"renkei ", "前後に空白"},
		"an ideographic space in front": {"　連携", "前後に空白"},
		"a tab":                         {"a\tb", "使えない文字"},
		"bytes that are no text":        {"\x82\xa0", "使えない文字"},
		"256 characters":                {strings.Repeat("連", 256), "255文字まで"},
		"128 of two units each":         {strings.Repeat("😀", 128), "255文字まで"},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "月次.xlsx")
			require.NoError(t, os.WriteFile(path, []byte("前"), 0o600))
			err := kind.Write(context.Background(), path, ask(t, func(r *reports.Request) { r.Password = c.password }))
			assert.Equal(t, models.Invalid, models.ErrorCode(err))
			assert.ErrorContains(t, err, c.says)
			before, err := os.ReadFile(path)
			require.NoError(t, err)
			assert.Equal(t, "前", string(before))
		})
	}
	t.Run("the longest one is taken", func(t *testing.T) {
		assert.NoError(t, reports.CheckPassword(strings.Repeat("連", 255)))
	})
}
