package reports

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"renkei/reports/reportstest"
)

func TestMonthlyPrints(t *testing.T) {
	file := written(t, october())
	for _, sheet := range monthlySheets {
		t.Run(sheet, func(t *testing.T) {
			reportstest.CheckPage(t, file, sheet, false, "さくら総合病院", "2026-10", "出力日 2026-11-02")
			repeated := "1:2"
			if strings.HasPrefix(sheet, "算定") || sheet == "要対応一覧" || sheet == "締め後の変更" {
				repeated = "4:4"
			}
			assert.Equal(t, "'"+sheet+"'!"+repeated, reportstest.Names(file, sheet)[reportstest.PrintTitles])
		})
	}
}

func TestMonthlyListsFilterAndFreeze(t *testing.T) {
	file := written(t, october())
	for sheet, want := range map[string]string{"算定一覧": "A4:T11", "要対応一覧": "A4:M10", "算定不可一覧": "A4:M8", "算定理由": "A4:J11"} {
		t.Run(sheet, func(t *testing.T) {
			assert.Equal(t, 4, reportstest.CheckList(t, file, sheet))
			panes, err := file.GetPanes(sheet)
			require.NoError(t, err)
			assert.Equal(t, 2, panes.XSplit)
			assert.Equal(t, "'"+sheet+"'!"+want, reportstest.Names(file, sheet)[reportstest.Filter])
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
		assert.Equal(t, 49, reportstest.Style(t, file, "算定一覧", "A5").NumFmt)
	})
	t.Run("a date is the serial of the day", func(t *testing.T) {
		raw, err := file.GetCellValue("算定一覧", "F5", excelize.Options{RawCellValue: true})
		require.NoError(t, err)
		assert.Equal(t, "46303", raw) // 2026-10-08 by Excel's own count
		assert.Equal(t, "yyyy-mm-dd", *reportstest.Style(t, file, "算定一覧", "F5").CustomNumFmt)
	})
	t.Run("points are a number", func(t *testing.T) {
		raw, err := file.GetCellValue("算定一覧", "K5", excelize.Options{RawCellValue: true})
		require.NoError(t, err)
		assert.Equal(t, "500", raw)
		assert.Equal(t, 3, reportstest.Style(t, file, "算定一覧", "K5").NumFmt)
	})
	t.Run("yen of 集計 are a number", func(t *testing.T) {
		raw, err := file.GetCellValue("集計", "D6", excelize.Options{RawCellValue: true})
		require.NoError(t, err)
		assert.Equal(t, "15000", raw)
		assert.Equal(t, numberIndented, *reportstest.Style(t, file, "集計", "D6").CustomNumFmt)
	})
	t.Run("a name that looks like a formula is text", func(t *testing.T) {
		assert.Equal(t, excelize.CellTypeSharedString, kind("B7"))
	})
	t.Run("every cell of the list is ruled, wrapped and in our font", func(t *testing.T) {
		for row := 4; row <= 11; row++ {
			for col := 1; col <= 20; col++ {
				style := reportstest.Style(t, file, "算定一覧", cellName(col, row))
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
				reportstest.CheckShown(t, file, sheet)
			}
		})
	}
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
