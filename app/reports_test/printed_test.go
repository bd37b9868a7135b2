package reports_test

import (
	"math"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"
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
		orientation := "landscape"
		if want.portrait && !slices.Contains(want.lists, sheet) {
			orientation = "portrait"
		}
		assertPage(t, file, sheet, orientation)
		assertArea(t, file, sheet)
		assertShown(t, file, sheet)
		if slices.Contains(want.lists, sheet) {
			assertList(t, file, sheet)
		}
	}
	assertReadsBack(t, file)
}

func assertPage(t *testing.T, file *excelize.File, sheet, orientation string) {
	t.Helper()
	assert.LessOrEqual(t, len([]rune(sheet)), 31)
	layout, err := file.GetPageLayout(sheet)
	require.NoError(t, err)
	const a4 = 9
	assert.Equal(t, a4, *layout.Size, sheet)
	assert.Equal(t, orientation, *layout.Orientation, sheet)
	assert.Equal(t, []int{1, 0}, []int{*layout.FitToWidth, *layout.FitToHeight}, sheet)
	props, err := file.GetSheetProps(sheet)
	require.NoError(t, err)
	assert.True(t, *props.FitToPage, sheet)
	footer, err := file.GetHeaderFooter(sheet)
	require.NoError(t, err)
	for _, part := range []string{"港みらい総合病院", sheet, "&P / &N ページ", "出力日 2026-11-22"} {
		assert.Contains(t, footer.OddFooter, part, sheet)
	}
}

// names returns the defined names of a sheet.
func names(file *excelize.File, sheet string) map[string]string {
	found := map[string]string{}
	for _, n := range file.GetDefinedName() {
		if n.Scope == sheet {
			found[n.Name] = strings.ReplaceAll(n.RefersTo, "$", "")
		}
	}
	return found
}

func assertArea(t *testing.T, file *excelize.File, sheet string) {
	t.Helper()
	area := names(file, sheet)["_xlnm.Print_Area"]
	corner, found := strings.CutPrefix(area, "'"+sheet+"'!A1:")
	require.True(t, found, "%s: %q", sheet, area)
	wide, last, err := excelize.CellNameToCoordinates(corner)
	require.NoError(t, err)
	filled := 0
	eachCell(t, file, sheet, func(cell string, col, row int, _ string) {
		filled = max(filled, row)
		assert.True(t, col <= wide && row <= last, "%s!%s lies outside %s", sheet, cell, area)
		formula, err := file.GetCellFormula(sheet, cell)
		require.NoError(t, err)
		assert.Empty(t, formula, "%s!%s", sheet, cell)
	})
	assert.LessOrEqual(t, last-filled, 2, "%s: %s ends well below the last row %d", sheet, area, filled)
	assert.Contains(t, names(file, sheet)["_xlnm.Print_Titles"], "'"+sheet+"'!", "rows repeated on every page")
}

func assertList(t *testing.T, file *excelize.File, sheet string) {
	t.Helper()
	panes, err := file.GetPanes(sheet)
	require.NoError(t, err)
	assert.True(t, panes.Freeze, sheet)
	head := panes.YSplit
	assert.Equal(t, "'"+sheet+"'!"+itoa(head)+":"+itoa(head), names(file, sheet)["_xlnm.Print_Titles"])
	filter := names(file, sheet)["_xlnm._FilterDatabase"]
	assert.True(t, strings.HasPrefix(filter, "'"+sheet+"'!A"+itoa(head)+":"), "%s: filter %q, header row %d", sheet, filter, head)
	last := 0
	_, area, _ := strings.Cut(filter, "!")
	if _, corner, ok := strings.Cut(area, ":"); ok {
		_, last, err = excelize.CellNameToCoordinates(corner)
		require.NoError(t, err)
	}
	merged, err := file.GetMergeCells(sheet)
	require.NoError(t, err)
	for _, m := range merged {
		_, row, err := excelize.CellNameToCoordinates(m.GetStartAxis())
		require.NoError(t, err)
		assert.True(t, row < head || row > last, "%s: %s is merged inside the list", sheet, m.GetStartAxis())
	}
}

// assertShown measures every cell by itself: 10 points are 13.3 pixels, a full
// width is as wide as it is high, a column unit is 8 pixels.
func assertShown(t *testing.T, file *excelize.File, sheet string) {
	t.Helper()
	spans := spansOf(t, file, sheet)
	shown := map[string]string{}
	rows, err := file.GetRows(sheet)
	require.NoError(t, err)
	for r, row := range rows {
		for c, text := range row {
			cell, err := excelize.CoordinatesToCellName(c+1, r+1)
			require.NoError(t, err)
			shown[cell] = text
		}
	}
	const unit, pixelsPerPoint = 8.0, 4.0 / 3
	eachCell(t, file, sheet, func(cell string, col, row int, raw string) {
		width := widthOf(t, file, sheet, col, max(1, spans[cell])) * unit
		style := styleOf(t, file, sheet, cell)
		em := style.Font.Size * pixelsPerPoint
		kind, err := file.GetCellType(sheet, cell)
		require.NoError(t, err)
		if kind == excelize.CellTypeUnset || kind == excelize.CellTypeNumber {
			assert.LessOrEqual(t, halves(shown[cell])*em/2*1.1, width, "%s!%s shows ####: %s", sheet, cell, shown[cell])
			return
		}
		height, err := file.GetRowHeight(sheet, row)
		require.NoError(t, err)
		lines := 0.0
		for line := range strings.SplitSeq(raw, "\n") {
			lines += max(1, math.Ceil(halves(line)*em/2/width-0.05))
		}
		assert.GreaterOrEqual(t, height, min(409, lines*style.Font.Size*1.5), "%s!%s is cut: %s", sheet, cell, raw)
		assert.Equal(t, "游ゴシック", style.Font.Family, "%s!%s", sheet, cell)
		assert.True(t, style.Alignment.WrapText, "%s!%s", sheet, cell)
	})
}

func spansOf(t *testing.T, file *excelize.File, sheet string) map[string]int {
	t.Helper()
	spans := map[string]int{}
	merged, err := file.GetMergeCells(sheet)
	require.NoError(t, err)
	for _, m := range merged {
		from, _, err := excelize.CellNameToCoordinates(m.GetStartAxis())
		require.NoError(t, err)
		to, _, err := excelize.CellNameToCoordinates(m.GetEndAxis())
		require.NoError(t, err)
		spans[m.GetStartAxis()] = to - from + 1
	}
	return spans
}

func widthOf(t *testing.T, file *excelize.File, sheet string, col, span int) float64 {
	t.Helper()
	sum := 0.0
	for i := range span {
		name, err := excelize.ColumnNumberToName(col + i)
		require.NoError(t, err)
		width, err := file.GetColWidth(sheet, name)
		require.NoError(t, err)
		sum += width
	}
	return sum
}

func halves(text string) float64 {
	n := 0.0
	for _, r := range text {
		if r > 0xff {
			n += 2
		} else {
			n++
		}
	}
	return n
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

func eachCell(t *testing.T, file *excelize.File, sheet string, visit func(cell string, col, row int, raw string)) {
	t.Helper()
	rows, err := file.GetRows(sheet, excelize.Options{RawCellValue: true})
	require.NoError(t, err)
	for r, row := range rows {
		for c, raw := range row {
			if raw != "" {
				cell, err := excelize.CoordinatesToCellName(c+1, r+1)
				require.NoError(t, err)
				visit(cell, c+1, r+1, raw)
			}
		}
	}
}

func styleOf(t *testing.T, file *excelize.File, sheet, cell string) *excelize.Style {
	t.Helper()
	id, err := file.GetCellStyle(sheet, cell)
	require.NoError(t, err)
	style, err := file.GetStyle(id)
	require.NoError(t, err)
	return style
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
		style := styleOf(t, file, sheet, cell)
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
