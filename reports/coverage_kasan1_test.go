package reports

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/models"
)

func TestCoverageTellsHow加算1Stands(t *testing.T) {
	r := sampleRequest(t)
	file := writtenKind(t, "coverage", r)
	const yearAgo, april, today = "2025-11-23", "2026-04-01", "2026-11-22"
	t.Run("25機関 × 年3回 of the last year and of this fiscal year", func(t *testing.T) {
		header, rows := tableUnder2(t, file, "加算1", "項目", "基準")
		for column, from := range map[string]string{"過去1年": yearAgo, "今年度のこれまで": april} {
			days := metOn(t, from, today)
			want := map[string]int{"連携機関": len(active(t, today))}
			for _, p := range active(t, today) {
				if len(days[p["連携先コード"]]) < 3 {
					continue
				}
				want["面会が3回以上の連携機関"]++
				if (p["種別"] == "病院" || p["種別"] == "診療所") && p["高度急性期"] != "○" {
					want["うち医療機関"]++
				}
				if !slices.Contains([]string{"病院", "診療所", "地域包括支援センター", "介護予防支援", "その他"}, p["種別"]) {
					want["うち介護・障害"]++
				}
				if p["特別の関係"] == "○" {
					want["うち特別の関係（内数）"]++
				}
			}
			want["25か所に足りない数"] = max(0, 25-want["面会が3回以上の連携機関"])
			for i, name := range columnOf(t, header, rows, "項目") {
				if name = strings.TrimSpace(name); name != "加算1の連携機関の要件" {
					assert.Equal(t, fmt.Sprint(want[name]), columnOf(t, header, rows, column)[i], "%s %s", column, name)
				}
			}
			assert.Positive(t, want["面会が3回以上の連携機関"])
		}
	})
	t.Run("the kinds required follow the wards, and one × fails all", func(t *testing.T) {
		header, rows := tableUnder2(t, file, "加算1", "項目", "基準")
		assert.Equal(t, []string{"―", "25か所以上", "1か所以上", "5か所以上", "―", "―", ""}, columnOf(t, header, rows, "基準"))
		fulfilled := columnOf(t, header, rows, "充足")
		assert.Equal(t, []string{"―", "× 不足", "○ 充足", "○ 充足", "―", "―", "× 不足"}, fulfilled)
	})
	t.Run("the yearly count by both readings against the 基準", func(t *testing.T) {
		for name, from := range map[string]string{"直近12か月（設定）": yearAgo, "年度の初めから": april} {
			value := func(column string) string {
				return valuesBy(t, file, "加算1", "過去1年の数え方", column)[name]
			}
			confirmed := confirmedIn(t, r, from, today) + 3
			assert.Equal(t, fmt.Sprint(confirmed), value("①＋②算定済み"), name)
			assert.Equal(t, fmt.Sprint(projectedIn(t, r, from, today)+3), value("①＋②見込"), name)
			assert.Equal(t, hundredths(100*confirmed-2205).String(), value("差（算定済み−基準）"), name)
			assert.Equal(t, []string{"22.05", "0", "○ 充足"}, []string{value("基準"), value("必要残数"), value("充足")}, name)
			withdraw := 0
			for _, s := range sampleSheet(t, "共同指導") {
				if refused(r)[s["指導番号"]] && slices.Contains([]string{"1", "2", "旧"}, s["算定区分"]) && from <= s["指導日"] && s["指導日"] <= today {
					withdraw++
				}
			}
			assert.Equal(t, fmt.Sprint(withdraw), value("取下げが必要"), name)
			assert.Positive(t, withdraw)
		}
	})
	t.Run("both paces and what they lead to", func(t *testing.T) {
		recent := valuesBy(t, file, "加算1", "見通し", "直近3か月の回数")
		assert.Equal(t, fmt.Sprint(confirmedIn(t, r, "2026-08-23", today)), recent["算定済みのペース"])
		assert.Equal(t, fmt.Sprint(projectedIn(t, r, "2026-08-23", today)), recent["見込のペース"])
		words := valuesBy(t, file, "加算1", "見通し", "この先1年")
		assert.Equal(t, "2027-11-22 まで充足が続く見込み", words["算定済みのペース"])
	})
	t.Run("the wards, and who is in the department", func(t *testing.T) {
		assert.Equal(t, "22.05", valuesBy(t, file, "加算1", "病棟", "基準への算入（病床数×係数）")["対象の計"])
		people := valuesBy(t, file, "加算1", "配置", "氏名（職種）")
		for place, is := range map[string]func(record) bool{
			"部門の専従": func(s record) bool { return s["部門所属"] == "専従" },
			"部門の専任": func(s record) bool { return s["部門所属"] == "専任" },
			"病棟専任":  func(s record) bool { return s["病棟専任"] == "○" },
		} {
			var names []string
			for _, s := range sampleSheet(t, "職員") {
				if is(s) && onDay(s, "所属開始", "所属終了", today) {
					names = append(names, s["氏名"]+"（"+s["職種"]+"）")
				}
			}
			require.NotEmpty(t, names)
			assert.Equal(t, strings.Join(names, "　"), people[place], place)
			assert.Equal(t, fmt.Sprint(len(names)), valuesBy(t, file, "加算1", "配置", "人数")[place])
		}
	})
}

func TestCoverageCarriesTheYearlyCountOn(t *testing.T) {
	r := sampleRequest(t)
	file := writtenKind(t, "coverage", r)
	header, rows := tableUnder(t, file, "加算1の推移", "時点")
	column := func(name string) []string { return columnOf(t, header, rows, name) }
	t.Run("thirteen months as recorded, twelve ahead, joined at the day itself", func(t *testing.T) {
		require.Len(t, rows, 25)
		assert.Equal(t, []string{"2025-11-30", "2026-10-31", "2026-11-22", "2026-12-31", "2027-11-22"},
			[]string{column("時点")[0], column("時点")[11], column("時点")[12], column("時点")[13], column("時点")[24]})
		for i, word := range column("実績・見通し") {
			assert.Equal(t, map[bool]string{true: "実績", false: "見通し"}[i <= 12], word)
			assert.Equal(t, i <= 12, column("算定済み")[i] != "", column("時点")[i])
			assert.Equal(t, i >= 12, column("算定済みの見通し")[i] != "", column("時点")[i])
			assert.Equal(t, i <= 12, column("見込")[i] != "", column("時点")[i])
			assert.Equal(t, i >= 12, column("見込の見通し")[i] != "", column("時点")[i])
		}
		assert.Equal(t, column("算定済み")[12], column("算定済みの見通し")[12])
		assert.Equal(t, column("見込")[12], column("見込の見通し")[12])
	})
	t.Run("each by the rows of its year, and the pace of the last three months", func(t *testing.T) {
		confirmed := func(from, to string) int { return confirmedIn(t, r, from, to) }
		projected := func(from, to string) int { return projectedIn(t, r, from, to) }
		for i, on := range column("時点") {
			day, err := models.ParseDate(on)
			require.NoError(t, err)
			from := models.LastMonths(day, 12).From
			for name, in := range map[string]func(from, to string) int{"算定済み": confirmed, "見込": projected} {
				want, got := in(from.String(), min(on, "2026-11-22"))+3, column(name)[i]
				if i > 12 {
					days := daysBetween(t, max(from.String(), "2026-11-23"), on) + 1
					want += in("2026-08-23", "2026-11-22") * days / 92
				}
				assert.Equal(t, want, number(t, cmp.Or(got, column(name + "の見通し")[i])), "%s %s", name, on)
			}
		}
	})
	t.Run("the same past as the monitor of 加算1 prints", func(t *testing.T) {
		monitor := writtenKind(t, "kasan1", r)
		done := valuesBy(t, monitor, "月別推移", "時点", "①＋②")
		for i, on := range column("時点")[:13] {
			assert.Equal(t, done[on], column("算定済み")[i], on)
		}
	})
	t.Run("a chart of lines: recorded solid, carried on and the 基準 in dashes", func(t *testing.T) {
		var chart string
		for _, c := range chartsOf(t, file) {
			if strings.Contains(c, "推移、見通し") {
				chart = c
			}
		}
		var dashes []string
		for _, series := range strings.Split(chart, "<ser>")[1:] {
			_, area, _ := strings.Cut(series, "'加算1の推移'!$A$5:$A$29")
			_, area, _ = strings.Cut(area, "'加算1の推移'!$")
			_, dash, found := strings.Cut(series, `prstDash val="`)
			if dash, _, _ = strings.Cut(dash, `"`); !found {
				dash = "solid"
			}
			dashes = append(dashes, area[:1]+" "+dash)
		}
		assert.Equal(t, []string{"C solid", "D dash", "F sysDash", "G sysDot"}, dashes)
	})
}

func TestCoverageListsTheInstitutionsShortOfThree面会(t *testing.T) {
	file := writtenKind(t, "coverage", sampleRequest(t))
	header, rows := tableUnder(t, file, "面会の足りない連携機関", "コード")
	days := metOn(t, "2026-04-01", "2026-11-22")
	startBy := map[int]string{1: "2027-03-31", 2: "2027-03-30", 3: "2027-03-29"} // a Wednesday, then back by working days
	var codes []string
	for short := 1; short <= 3; short++ {
		for _, p := range active(t, "2026-11-22") {
			if met := days[p["連携先コード"]]; 3-len(met) == short {
				i := len(codes)
				codes = append(codes, p["連携先コード"])
				last := "なし"
				if len(met) > 0 {
					last = met[len(met)-1]
				}
				value := func(column string) string { return columnOf(t, header, rows, column)[i] }
				assert.Equal(t, []string{p["名称"], p["種別"], fmt.Sprint(len(met)), fmt.Sprint(short), last, startBy[short]},
					[]string{value("連携先"), value("種別"), value("今年度の回数"), value("足りない回数"), value("最後の面会"), value("遅くとも")})
			}
		}
	}
	require.NotEmpty(t, codes)
	assert.Equal(t, codes, columnOf(t, header, rows, "コード"))
}
