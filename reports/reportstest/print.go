package reportstest

import (
	"math"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"
)

// EachCell visits every cell of a sheet that holds something, with its raw
// value.
func EachCell(t testing.TB, file *excelize.File, sheet string, visit func(cell string, col, row int, raw string)) {
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

// Style is the style of a cell.
func Style(t testing.TB, file *excelize.File, sheet, cell string) *excelize.Style {
	t.Helper()
	return styles{}.of(t, file, sheet, cell)
}

// styles are the styles of a file read so far, by number.
type styles map[int]*excelize.Style

func (s styles) of(t testing.TB, file *excelize.File, sheet, cell string) *excelize.Style {
	t.Helper()
	id, err := file.GetCellStyle(sheet, cell)
	require.NoError(t, err)
	if s[id] == nil {
		s[id], err = file.GetStyle(id)
		require.NoError(t, err)
	}
	return s[id]
}

// Names returns what the defined names of a sheet refer to, without the $.
func Names(file *excelize.File, sheet string) map[string]string {
	found := map[string]string{}
	for _, n := range file.GetDefinedName() {
		if n.Scope == sheet {
			found[n.Name] = strings.ReplaceAll(n.RefersTo, "$", "")
		}
	}
	return found
}

// Where excelize keeps what is printed and filtered, for Names.
const (
	PrintArea   = "_xlnm.Print_Area"
	PrintTitles = "_xlnm.Print_Titles"
	Filter      = "_xlnm._FilterDatabase"
)

// CheckPage checks a sheet as paper: A4, one page wide, the words in its footer.
// Its print area holds every cell and repeats rows on each page.
func CheckPage(t testing.TB, file *excelize.File, sheet string, portrait bool, footer ...string) {
	t.Helper()
	layout, err := file.GetPageLayout(sheet)
	require.NoError(t, err)
	const a4 = 9
	assert.Equal(t, a4, *layout.Size, sheet)
	assert.Equal(t, map[bool]string{true: "portrait", false: "landscape"}[portrait], *layout.Orientation, sheet)
	assert.Equal(t, []int{1, 0}, []int{*layout.FitToWidth, *layout.FitToHeight}, sheet)
	props, err := file.GetSheetProps(sheet)
	require.NoError(t, err)
	assert.True(t, *props.FitToPage, sheet)
	foot, err := file.GetHeaderFooter(sheet)
	require.NoError(t, err)
	for _, part := range append(footer, sheet, "&P / &N ページ") {
		assert.Contains(t, foot.OddFooter, part, sheet)
	}
	names := Names(file, sheet)
	assert.Regexp(t, `^'.*'!\d+:\d+$`, names[PrintTitles], "%s: rows repeated on every page", sheet)
	wide, last := PrintCorner(t, file, sheet)
	EachCell(t, file, sheet, func(cell string, col, row int, _ string) {
		assert.True(t, col <= wide && row <= last, "%s!%s lies outside %s", sheet, cell, names[PrintArea])
	})
}

// PrintCorner is the last column and row of the print area of a sheet, which
// begins at A1.
func PrintCorner(t testing.TB, file *excelize.File, sheet string) (col, row int) {
	t.Helper()
	area := Names(file, sheet)[PrintArea]
	corner, found := strings.CutPrefix(area, "'"+sheet+"'!A1:")
	require.True(t, found, "%s: %q", sheet, area)
	col, row, err := excelize.CellNameToCoordinates(corner)
	require.NoError(t, err)
	return col, row
}

// CheckList checks that the header row of a list is frozen, filtered and
// repeated on every page, and that nothing is merged inside the list. It returns
// the header row.
func CheckList(t testing.TB, file *excelize.File, sheet string) (head int) {
	t.Helper()
	panes, err := file.GetPanes(sheet)
	require.NoError(t, err)
	assert.True(t, panes.Freeze, sheet)
	head = panes.YSplit
	names, row := Names(file, sheet), strconv.Itoa(head)
	assert.Equal(t, "'"+sheet+"'!"+row+":"+row, names[PrintTitles])
	filter, found := strings.CutPrefix(names[Filter], "'"+sheet+"'!A"+row+":")
	require.True(t, found, "%s: filter %q, header row %d", sheet, names[Filter], head)
	_, last, err := excelize.CellNameToCoordinates(filter)
	require.NoError(t, err)
	merged, err := file.GetMergeCells(sheet)
	require.NoError(t, err)
	for _, m := range merged {
		_, row, err := excelize.CellNameToCoordinates(m.GetStartAxis())
		require.NoError(t, err)
		assert.True(t, row < head || row > last, "%s: %s is merged inside the list", sheet, m.GetStartAxis())
	}
	return head
}

// CheckShown measures every cell of a sheet by itself, knowing nothing of the
// code that wrote it: no text is cut and no figure shown as ####. 10 points are
// 13.3 pixels, a full width is as wide as it is high, a column unit is 8 pixels.
func CheckShown(t testing.TB, file *excelize.File, sheet string) {
	t.Helper()
	const unit, pixelsPerPoint, highest = 8.0, 4.0 / 3, 409
	widths, read := widthsOf(t, file, sheet), styles{}
	shown, err := file.GetRows(sheet)
	require.NoError(t, err)
	EachCell(t, file, sheet, func(cell string, col, row int, raw string) {
		width := widths(cell, col) * unit
		style := read.of(t, file, sheet, cell)
		em := style.Font.Size * pixelsPerPoint
		kind, err := file.GetCellType(sheet, cell)
		require.NoError(t, err)
		if kind != excelize.CellTypeSharedString && kind != excelize.CellTypeInlineString {
			text := shown[row-1][col-1]
			assert.LessOrEqual(t, halves(text)*em/2*1.1, width, "%s!%s shows ####: %s", sheet, cell, text)
			return
		}
		height, err := file.GetRowHeight(sheet, row)
		require.NoError(t, err)
		lines := 0.0
		for line := range strings.SplitSeq(raw, "\n") {
			lines += max(1, math.Ceil(halves(line)*em/2/width-0.05))
		}
		assert.GreaterOrEqual(t, height, min(highest, lines*style.Font.Size*1.5), "%s!%s is cut: %s", sheet, cell, raw)
		assert.Equal(t, "游ゴシック", style.Font.Family, "%s!%s", sheet, cell)
		assert.True(t, style.Alignment != nil && style.Alignment.WrapText, "%s!%s", sheet, cell)
	})
}

// widthsOf returns the widths of the cells of a sheet, in column units: of the
// merged ones all their columns.
func widthsOf(t testing.TB, file *excelize.File, sheet string) func(cell string, col int) float64 {
	t.Helper()
	column := func(col int) float64 {
		name, err := excelize.ColumnNumberToName(col)
		require.NoError(t, err)
		width, err := file.GetColWidth(sheet, name)
		require.NoError(t, err)
		return width
	}
	wide := map[string]float64{}
	merged, err := file.GetMergeCells(sheet)
	require.NoError(t, err)
	for _, m := range merged {
		from, _, err := excelize.CellNameToCoordinates(m.GetStartAxis())
		require.NoError(t, err)
		to, _, err := excelize.CellNameToCoordinates(m.GetEndAxis())
		require.NoError(t, err)
		for col := from; col <= to; col++ {
			wide[m.GetStartAxis()] += column(col)
		}
	}
	single := map[int]float64{}
	return func(cell string, col int) float64 {
		if width, ok := wide[cell]; ok {
			return width
		}
		if single[col] == 0 {
			single[col] = column(col)
		}
		return single[col]
	}
}

// halves is the width of a text in half-width characters.
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
