package reports

import (
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"
)

// eachCell calls visit for every non-empty cell of a sheet, with its raw value.
func eachCell(t *testing.T, file *excelize.File, sheet string, visit func(cell string, col, row int, raw string)) {
	t.Helper()
	rows, err := file.GetRows(sheet, excelize.Options{RawCellValue: true})
	require.NoError(t, err)
	for r, row := range rows {
		for c, raw := range row {
			if raw != "" {
				visit(cellName(c+1, r+1), c+1, r+1, raw)
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

func TestMonthlyPrints(t *testing.T) {
	file := written(t, october())
	for _, sheet := range monthlySheets {
		t.Run(sheet+" on A4 landscape, one page wide, with a footer", func(t *testing.T) {
			layout, err := file.GetPageLayout(sheet)
			require.NoError(t, err)
			assert.Equal(t, paperA4, *layout.Size)
			assert.Equal(t, "landscape", *layout.Orientation)
			assert.Equal(t, 1, *layout.FitToWidth)
			assert.Equal(t, 0, *layout.FitToHeight)
			props, err := file.GetSheetProps(sheet)
			require.NoError(t, err)
			assert.True(t, *props.FitToPage)
			footer, err := file.GetHeaderFooter(sheet)
			require.NoError(t, err)
			for _, part := range []string{"さくら総合病院", sheet, "2026-10", "&P / &N ページ", "出力日 2026-11-02"} {
				assert.Contains(t, footer.OddFooter, part)
			}
		})
		t.Run(sheet+" has a print area over all cells and repeats its head", func(t *testing.T) {
			names := map[string]string{}
			for _, n := range file.GetDefinedName() {
				if n.Scope == sheet {
					names[n.Name] = n.RefersTo
				}
			}
			area := names["_xlnm.Print_Area"]
			corner, found := strings.CutPrefix(strings.ReplaceAll(area, "$", ""), "'"+sheet+"'!A1:")
			require.True(t, found, area)
			wide, lastRow, err := excelize.CellNameToCoordinates(corner)
			require.NoError(t, err)
			eachCell(t, file, sheet, func(cell string, col, row int, _ string) {
				assert.True(t, col <= wide && row <= lastRow, "%s lies outside %s", cell, area)
			})
			repeated := map[bool]string{true: "$4:$4", false: "$1:$2"}[strings.HasPrefix(sheet, "算定") || sheet == "要対応一覧" || sheet == "締め後の変更"]
			assert.Equal(t, "'"+sheet+"'!"+repeated, names["_xlnm.Print_Titles"])
		})
	}
}

func TestMonthlyListsFilterAndFreeze(t *testing.T) {
	file := written(t, october())
	for sheet, want := range map[string]string{"算定一覧": "$A$4:$T$11", "要対応一覧": "$A$4:$M$10", "算定不可一覧": "$A$4:$M$8", "算定理由": "$A$4:$J$11"} {
		t.Run(sheet, func(t *testing.T) {
			panes, err := file.GetPanes(sheet)
			require.NoError(t, err)
			assert.True(t, panes.Freeze)
			assert.Equal(t, []int{2, 4}, []int{panes.XSplit, panes.YSplit})
			filter := ""
			for _, n := range file.GetDefinedName() {
				if n.Scope == sheet && n.Name == "_xlnm._FilterDatabase" {
					filter = n.RefersTo
				}
			}
			assert.True(t, strings.HasSuffix(filter, want), filter)
			merged, err := file.GetMergeCells(sheet)
			require.NoError(t, err)
			for _, m := range merged {
				_, row, err := excelize.CellNameToCoordinates(m.GetStartAxis())
				require.NoError(t, err)
				last, err := strconv.Atoi(want[strings.LastIndex(want, "$")+1:])
				require.NoError(t, err)
				assert.True(t, row < 4 || row > last, "%s is merged inside the list", m.GetStartAxis())
			}
		})
	}
}

func TestMonthlyCellsAreWhatTheyAre(t *testing.T) {
	file := written(t, october())
	kind := func(cell string) excelize.CellType {
		k, err := file.GetCellType("算定一覧", cell)
		require.NoError(t, err)
		return k
	}
	t.Run("a patient ID is text", func(t *testing.T) {
		assert.Equal(t, excelize.CellTypeSharedString, kind("A5"))
		assert.Equal(t, 49, styleOf(t, file, "算定一覧", "A5").NumFmt)
	})
	t.Run("a date is the serial of the day", func(t *testing.T) {
		raw, err := file.GetCellValue("算定一覧", "F5", excelize.Options{RawCellValue: true})
		require.NoError(t, err)
		assert.Equal(t, "46303", raw) // 2026-10-08 in Excel's day numbers
		assert.Equal(t, "yyyy-mm-dd", *styleOf(t, file, "算定一覧", "F5").CustomNumFmt)
	})
	t.Run("points are a number", func(t *testing.T) {
		raw, err := file.GetCellValue("算定一覧", "K5", excelize.Options{RawCellValue: true})
		require.NoError(t, err)
		assert.Equal(t, "500", raw)
		assert.Equal(t, 3, styleOf(t, file, "算定一覧", "K5").NumFmt)
	})
	t.Run("yen of 集計 are a number", func(t *testing.T) {
		raw, err := file.GetCellValue("集計", "D6", excelize.Options{RawCellValue: true})
		require.NoError(t, err)
		assert.Equal(t, "15000", raw)
		assert.Equal(t, numberIndented, *styleOf(t, file, "集計", "D6").CustomNumFmt)
	})
	t.Run("a name that looks like a formula is text", func(t *testing.T) {
		assert.Equal(t, excelize.CellTypeSharedString, kind("B7"))
	})
	t.Run("every cell of the list is ruled, wrapped and in our font", func(t *testing.T) {
		for row := 4; row <= 11; row++ {
			for col := 1; col <= 20; col++ {
				style := styleOf(t, file, "算定一覧", cellName(col, row))
				assert.Len(t, style.Border, 4)
				assert.True(t, style.Alignment.WrapText)
				assert.Equal(t, fontName, style.Font.Family)
			}
		}
	})
}

// TestMonthlyShowsAllOfEveryCell: no #### and no cut text, also in a month with
// only long words and figures.
func TestMonthlyShowsAllOfEveryCell(t *testing.T) {
	long := october()
	for i := range long.Verdicts {
		v := &long.Verdicts[i]
		v.Reason = strings.Repeat("とても長い理由、", 20) + "end-of-the-reason 2026-10-08"
		v.Session.PatientID = "1234567890" + v.Session.PatientID
		v.Points *= 100
		v.Office = longOffice
	}
	for name, m := range map[string]Monthly{"an ordinary month": october(), "a month of long words": long, "a closed month": closed()} {
		t.Run(name, func(t *testing.T) {
			file := written(t, m)
			for _, sheet := range monthlySheets {
				merged := mergedWidths(t, file, sheet)
				shown := map[string]string{}
				rows, err := file.GetRows(sheet)
				require.NoError(t, err)
				for r, row := range rows {
					for c, text := range row {
						shown[cellName(c+1, r+1)] = text
					}
				}
				eachCell(t, file, sheet, func(cell string, col, row int, raw string) {
					width, ok := merged[cell]
					if !ok {
						width, err = file.GetColWidth(sheet, columnName(col))
						require.NoError(t, err)
					}
					size := styleOf(t, file, sheet, cell).Font.Size
					kind, err := file.GetCellType(sheet, cell)
					require.NoError(t, err)
					if kind != excelize.CellTypeSharedString {
						assert.LessOrEqual(t, textWidth(shown[cell]), halfWidthsIn(width, size)+0.01, "%s!%s would show ####", sheet, cell)
						return
					}
					height, err := file.GetRowHeight(sheet, row)
					require.NoError(t, err)
					need := float64(countLines(raw, halfWidthsIn(width, size))) * size * linePitch
					assert.GreaterOrEqual(t, height, need, "%s!%s is cut: %s", sheet, cell, raw)
				})
			}
		})
	}
}

func mergedWidths(t *testing.T, file *excelize.File, sheet string) map[string]float64 {
	t.Helper()
	widths := map[string]float64{}
	cells, err := file.GetMergeCells(sheet)
	require.NoError(t, err)
	for _, m := range cells {
		from, _, err := excelize.CellNameToCoordinates(m.GetStartAxis())
		require.NoError(t, err)
		to, _, err := excelize.CellNameToCoordinates(m.GetEndAxis())
		require.NoError(t, err)
		for col := from; col <= to; col++ {
			width, err := file.GetColWidth(sheet, columnName(col))
			require.NoError(t, err)
			widths[m.GetStartAxis()] += width
		}
	}
	return widths
}

func TestFooterEscapesTheHospital(t *testing.T) {
	b := &book{title: "月次算定一覧 2026-10", hospital: "A&B病院", outputOn: 2026_11_02}
	assert.Contains(t, b.footer(&sheet{name: "集計"}), "A&&B病院")
	assert.Contains(t, b.footer(&sheet{name: "N01 A&B"}), "N01 A&&B", "a sheet may bear a name of the register")
	b.hospital, b.title = strings.Repeat("長い名の病院", 60), strings.Repeat("長い題", 60)
	assert.LessOrEqual(t, len([]rune(b.footer(&sheet{name: "算定不可一覧"}))), 255)
}

func TestDatesBefore1900AreText(t *testing.T) {
	_, ok := excelSerial(1900_02_28)
	assert.False(t, ok)
	serial, ok := excelSerial(1900_03_01)
	assert.True(t, ok)
	assert.Equal(t, 61, serial)
}
