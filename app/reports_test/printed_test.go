package reports_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"renkei/reports/reportstest"
)

// printing says how the sheets of a workbook are to be printed.
type printing struct {
	portrait bool     // all but the lists
	lists    []string // the sheets that are one list: frozen, filtered, header repeated
}

// assertPrints checks every sheet of a workbook as paper: A4 and one page wide,
// ruled and whole, with nothing cut and no figure shown as ####.
func assertPrints(t *testing.T, file *excelize.File, want printing) {
	t.Helper()
	for _, sheet := range file.GetSheetList() {
		list := slices.Contains(want.lists, sheet)
		assertPage(t, file, sheet, want.portrait && !list)
		reportstest.CheckShown(t, file, sheet)
		if list {
			reportstest.CheckList(t, file, sheet)
		}
	}
	assertReadsBack(t, file)
}

func assertPage(t *testing.T, file *excelize.File, sheet string, portrait bool) {
	t.Helper()
	assert.LessOrEqual(t, len([]rune(sheet)), 31)
	reportstest.CheckPage(t, file, sheet, portrait, "港みらい総合病院", "出力日 2026-11-22")
	_, last := reportstest.PrintCorner(t, file, sheet)
	filled := 0
	reportstest.EachCell(t, file, sheet, func(_ string, _, row int, _ string) { filled = max(filled, row) })
	assert.LessOrEqual(t, last-filled, 2, "%s: the print area ends well below the last row %d", sheet, filled)
	assertNoFormula(t, file, sheet)
}

// assertReadsBack saves the workbook as opened and reads it again.
func assertReadsBack(t *testing.T, file *excelize.File) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "again.xlsx")
	require.NoError(t, file.SaveAs(path))
	again, err := excelize.OpenFile(path)
	require.NoError(t, err)
	defer func() { assert.NoError(t, again.Close()) }()
	assert.Equal(t, file.GetSheetList(), again.GetSheetList())
	for _, sheet := range file.GetSheetList() {
		before, err := file.GetRows(sheet, excelize.Options{RawCellValue: true})
		require.NoError(t, err)
		after, err := again.GetRows(sheet, excelize.Options{RawCellValue: true})
		require.NoError(t, err)
		assert.Equal(t, before, after, sheet)
	}
}

// assertFormats checks the first row under the header of a list: IDs as text,
// dates as days, figures as numbers; every cell ruled.
func assertFormats(t *testing.T, file *excelize.File, sheet string, want map[string]string) {
	t.Helper()
	panes, err := file.GetPanes(sheet)
	require.NoError(t, err)
	rows, err := file.GetRows(sheet)
	require.NoError(t, err)
	seen := 0
	for c, head := range rows[panes.YSplit-1] {
		cell, err := excelize.CoordinatesToCellName(c+1, panes.YSplit+1)
		require.NoError(t, err)
		style := reportstest.Style(t, file, sheet, cell)
		assert.Len(t, style.Border, 4, "%s!%s is ruled", sheet, cell)
		switch name := strings.ReplaceAll(head, "\n", ""); want[name] {
		case "id":
			assert.Equal(t, 49, style.NumFmt, name)
		case "date":
			require.NotNil(t, style.CustomNumFmt, name)
			assert.Equal(t, "yyyy-mm-dd", *style.CustomNumFmt, name)
			raw, err := file.GetCellValue(sheet, cell, excelize.Options{RawCellValue: true})
			require.NoError(t, err)
			assert.Regexp(t, `^\d{5}$`, raw, name)
		case "number":
			kind, err := file.GetCellType(sheet, cell)
			require.NoError(t, err)
			assert.Contains(t, []excelize.CellType{excelize.CellTypeUnset, excelize.CellTypeNumber}, kind, name)
		default:
			continue
		}
		seen++
	}
	assert.Equal(t, len(want), seen, "all of %v stand on %s", want, sheet)
}
