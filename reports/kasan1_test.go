package reports

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"renkei/models"
	"renkei/reports/reportstest"
)

// refused returns the 指導番号 judged 算定不可, the only thing these tests take
// from the judgement.
func refused(r Request) map[string]bool {
	numbers := map[string]bool{}
	for i := range r.Verdicts {
		if r.Verdicts[i].Result == "算定不可" {
			numbers[r.Verdicts[i].Session.Number] = true
		}
	}
	return numbers
}

// claimsIn counts the recorded claims of a span of days in the sample's rows,
// without the refused.
func claimsIn(t *testing.T, r Request, from, to string, claims ...string) int {
	t.Helper()
	no, n := refused(r), 0
	for _, s := range sampleSheet(t, "共同指導") {
		if slices.Contains(claims, s["算定区分"]) && !no[s["指導番号"]] && from <= s["指導日"] && s["指導日"] <= to {
			n++
		}
	}
	return n
}

func TestKasan1OfTheSampleHospital(t *testing.T) {
	r := sampleRequest(t)
	file := writtenKind(t, "kasan1", r)
	t.Run("① counts the rows of the year, ② is the setting, the 基準 is beds by coefficient", func(t *testing.T) {
		_, rows := tableUnder2(t, file, "実績と基準", "数え方", "① 指導料の算定回数")
		claims := claimsIn(t, r, "2025-11-23", "2026-11-22", "1", "2", "旧")
		multi := 0 // 7a days: sessions not recorded, at most two per stay
		for i := range r.Verdicts {
			if v := &r.Verdicts[i]; v.Code == "7a" && !v.Session.Claim.Recorded() && v.Session.On >= 2025_11_23 && v.Session.On <= sampleDay {
				multi++
			}
		}
		got := number(t, rows[0][2])
		assert.GreaterOrEqual(t, got, claims)
		assert.LessOrEqual(t, got, claims+multi)
		assert.Equal(t, "3", rows[0][3])
		assert.Equal(t, "22.05", rows[0][5]) // (12×5 + 45×15 + 40×15 + 38×15 + 30×10) / 100
		assert.Equal(t, "○ 充足", rows[0][8])
	})
	t.Run("wards with beds and coefficient, those left out with the reason", func(t *testing.T) {
		header, rows := tableUnder(t, file, "実績と基準", "病棟")
		assert.Equal(t, []string{"12", "45", "40", "38", "30", "30", "25", "165"}, columnOf(t, header, rows, "病床数"))
		assert.Equal(t, []string{"0.05", "0.15", "0.15", "0.15", "―", "0.10", "―", ""}, columnOf(t, header, rows, "係数"))
		assert.Equal(t, []string{"0.60", "6.75", "6.00", "5.70", "―", "3.00", "―", "22.05"}, columnOf(t, header, rows, "基準への算入（病床数×係数）"))
		assert.Equal(t, []string{"対象", "対象", "対象", "対象", "B005-1-2を包括", "対象", "加算1の届出なし", ""}, columnOf(t, header, rows, "扱い"))
	})
	t.Run("24 months as of each month end, by the rows of each month", func(t *testing.T) {
		header, rows := tableUnder(t, file, "月別推移", "時点")
		require.Len(t, rows, 24)
		ons := columnOf(t, header, rows, "時点")
		assert.Equal(t, "2024-12-31", ons[0])
		assert.Equal(t, "2026-10-31", ons[22])
		assert.Equal(t, "2026-11-22", ons[23])
		monthly, multi := columnOf(t, header, rows, "その月の算定済み"), columnOf(t, header, rows, "多機関加算の日")
		sum, first := 0, firstDay(t)
		for i, on := range ons {
			if on < first {
				for c, head := range header {
					assert.Equal(t, map[bool]string{true: on, false: "―"}[c == 0], rows[i][c], "%s %s: before the register began", on, head)
				}
				continue
			}
			assert.Equal(t, claimsIn(t, r, on[:8]+"01", on, "1", "2", "旧"), number(t, monthly[i]), on)
			if i >= 11 && i < 23 {
				sum += number(t, monthly[i]) + number(t, multi[i])
			}
		}
		assert.Equal(t, fmt.Sprint(sum), columnOf(t, header, rows, "① 算定済み（過去1年）")[22], "a year to the end of a month is its twelve months")
		limits := columnOf(t, header, rows, "基準")
		assert.Equal(t, []string{"―", "10.35", "16.05", "16.05", "22.05"}, []string{limits[0], limits[17], limits[18], limits[20], limits[21]},
			"the wards filed in June and September 2026 raise it")
	})
	t.Run("the 差 and 必要残数 follow from the other columns", func(t *testing.T) {
		header, rows := tableUnder(t, file, "月別推移", "時点")
		for i := range rows {
			if rows[i][0] < firstDay(t) {
				continue
			}
			done := number(t, columnOf(t, header, rows, "①＋②")[i])
			limit := number(t, strings.ReplaceAll(columnOf(t, header, rows, "基準")[i], ".", ""))
			over := 100*done - limit
			assert.Equal(t, hundredths(over).String(), columnOf(t, header, rows, "差")[i])
			assert.Equal(t, over > 0, columnOf(t, header, rows, "必要残数")[i] == "0")
			assert.Equal(t, over > 0, columnOf(t, header, rows, "充足")[i] == "○ 充足")
		}
	})
	t.Run("the forecast states its assumption", func(t *testing.T) {
		_, rows := tableUnder2(t, file, "実績と基準", "数え方", "直近3か月の回数")
		assert.Equal(t, []string{"算定済み", "", "65", "21.67", "209", "なし"}, rows[0][:6])
		words := strings.Join(textsOf(t, file, "実績と基準"), "\n")
		assert.Contains(t, words, "前提: 2026-08-23 から 2026-11-22 までの92日間の回数と同じ割合で")
	})
	t.Run("a native chart shows the count and the 基準 of the 24 months", func(t *testing.T) {
		charts := chartsOf(t, file)
		require.Len(t, charts, 1)
		header, rows := tableUnder(t, file, "月別推移", "時点")
		begun := 5 + slices.IndexFunc(columnOf(t, header, rows, "時点"), func(on string) bool { return on >= firstDay(t) })
		for _, part := range []string{"lineChart", "'月別推移'!$A$%d:$A$28", "'月別推移'!$F$%d:$F$28", "'月別推移'!$G$%d:$G$28", "基準の推移"} {
			assert.Contains(t, charts[0], strings.ReplaceAll(part, "%d", fmt.Sprint(begun)), "a line begins where the register does")
		}
	})
	t.Run("figures have their formats", func(t *testing.T) {
		assert.Equal(t, "#,##0.00_)", *reportstest.Style(t, file, "月別推移", "G28").CustomNumFmt)
		assert.Equal(t, dateFormat, *reportstest.Style(t, file, "月別推移", "A5").CustomNumFmt)
		raw, err := file.GetCellValue("月別推移", "A28", excelize.Options{RawCellValue: true})
		require.NoError(t, err)
		assert.Equal(t, "46348", raw) // 2026-11-22
	})
	checkWorkbook(t, "kasan1", r, "月別推移")
}

func TestKasan1SaysWhenTheMinimumIsMissed(t *testing.T) {
	b := sampleBook(t)
	for i := range b.Wards {
		b.Wards[i].Beds *= 9
	}
	r := judge(t, b)
	file := writtenKind(t, "kasan1", r)
	_, rows := tableUnder2(t, file, "実績と基準", "数え方", "直近3か月の回数")
	assert.Equal(t, "198.45", rows[0][7])
	assert.Contains(t, []string{"充足が続く見込み", "下回る見込み"}, rows[0][8])
	t.Run("an empty register is reported as such", func(t *testing.T) {
		empty := judge(t, &models.Book{})
		file := writtenKind(t, "kasan1", empty)
		_, rows := tableUnder2(t, file, "実績と基準", "数え方", "直近3か月の回数")
		assert.Equal(t, "1年のうちには充足しない見込み", rows[0][8])
	})
	t.Run("a date is required", func(t *testing.T) {
		r := r
		r.AsOf = 0
		err := writeKasan1(t.Context(), filepath.Join(t.TempDir(), "a.xlsx"), r)
		assert.Equal(t, models.Invalid, models.ErrorCode(err))
	})
}

// tableUnder2 is tableUnder for one of several tables that begin alike: it also
// needs the other header.
func tableUnder2(t *testing.T, file *excelize.File, sheet, first, other string) (header []string, rows [][]string) {
	t.Helper()
	all, err := file.GetRows(sheet)
	require.NoError(t, err)
	for i, row := range all {
		head := strings.Split(strings.ReplaceAll(strings.Join(row, "\x00"), "\n", ""), "\x00")
		if len(row) < 2 || head[0] != first || !slices.Contains(head, other) {
			continue
		}
		for _, row := range all[i+1:] {
			if len(row) < 2 {
				break
			}
			for c := range row {
				row[c] = strings.TrimSpace(row[c])
			}
			rows = append(rows, row)
		}
		return head, rows
	}
	require.Fail(t, "no such table", "%s %s on %s", first, other, sheet)
	return nil, nil
}

// firstDay returns the day of the first 共同指導, やり取り or 入院 of the sample.
func firstDay(t *testing.T) string {
	t.Helper()
	first := "9999"
	for sheet, column := range map[string]string{"共同指導": "指導日", "やり取り": "日付", "入院": "入院日"} {
		for _, row := range sampleSheet(t, sheet) {
			if row[column] != "" {
				first = min(first, row[column])
			}
		}
	}
	return first
}

// number reads a count as shown.
func number(t *testing.T, shown string) int {
	t.Helper()
	n := 0
	_, err := fmt.Sscan(strings.ReplaceAll(strings.TrimSpace(shown), ",", ""), &n)
	require.NoError(t, err, shown)
	return n
}

// textsOf returns every text of a sheet.
func textsOf(t *testing.T, file *excelize.File, sheet string) []string {
	t.Helper()
	var texts []string
	reportstest.EachCell(t, file, sheet, func(_ string, _, _ int, raw string) { texts = append(texts, raw) })
	return texts
}

// chartsOf returns the XML of the charts of a workbook.
func chartsOf(t *testing.T, file *excelize.File) []string {
	t.Helper()
	return packedFiles(t, file, "xl/charts/chart")
}
