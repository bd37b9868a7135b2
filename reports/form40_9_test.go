package reports

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"renkei/reports/reportstest"
)

// onDay reports whether a row's period covers a day.
func onDay(r record, from, to, day string) bool {
	return r[from] != "" && r[from] <= day && (r[to] == "" || r[to] >= day)
}

func TestForm40OfTheSampleHospital(t *testing.T) {
	r := sampleRequest(t)
	const day = "2026-11-22"
	file := writtenKind(t, "form40-9", r)
	t.Run("1: the department, 専従 first; unknown items are left to fill in", func(t *testing.T) {
		header, rows := tableUnder(t, file, "様式40の9", "コード")
		var want []string
		for _, department := range []string{"専従", "専任"} {
			for _, s := range sampleSheet(t, "職員") {
				if s["部門所属"] == department && onDay(s, "所属開始", "所属終了", day) {
					want = append(want, s["職員コード"]+" "+s["氏名"]+" "+department+" "+s["職種"])
				}
			}
		}
		var got []string
		for i := range rows {
			got = append(got, columnOf(t, header, rows, "コード")[i]+" "+columnOf(t, header, rows, "氏名")[i]+" "+
				columnOf(t, header, rows, "専従・専任")[i]+" "+columnOf(t, header, rows, "職種")[i])
			assert.Equal(t, toFill, columnOf(t, header, rows, "経験年数")[i])
			assert.Equal(t, toFill, columnOf(t, header, rows, "常勤・非常勤（時間）")[i])
		}
		assert.Equal(t, want, got)
	})
	t.Run("2: the boxes follow the numbers beside them", func(t *testing.T) {
		_, rows := tableUnder2(t, file, "様式40の9", "印", "うち面会3回以上")
		active, medical, care := 0, 0, 0
		for _, p := range sampleSheet(t, "連携先") {
			if p["協議日"] == "" || p["協議日"] > day || p["連携終了日"] != "" && p["連携終了日"] <= day {
				continue
			}
			active++
			switch p["種別"] {
			case "病院", "診療所":
				if p["高度急性期"] != "○" {
					medical++
				}
			case "その他", "介護予防支援", "地域包括支援センター":
			default:
				care++
			}
		}
		var got []string
		for _, row := range rows {
			got = append(got, row[0]+" "+row[6]+" "+row[7])
		}
		assert.Equal(t, []string{fmt.Sprintf("☑ %d 24", active), fmt.Sprintf("☑ %d 2", medical), fmt.Sprintf("☑ %d 18", care), fmt.Sprintf("□ %d 24", active)}, got)
	})
	t.Run("①–⑦ with the arithmetic, counts whole and the 基準 with decimals", func(t *testing.T) {
		header, rows := tableUnder(t, file, "様式40の9", "番号")
		assert.Equal(t, strings.Fields("① ② ③ ④ ⑤ ⑥ ⑦ ☑"), columnOf(t, header, rows, "番号"))
		beds := map[string]int{}
		wards := map[string]int{}
		for _, w := range sampleSheet(t, "病棟") {
			if onDay(w, "有効開始", "有効終了", day) && onDay(w, "加算1届出開始", "加算1届出終了", day) && (w["B005-1-2"] == "可" || w["区分"] == "A307") {
				class := map[string]string{"イ": "④", "ロ": "④", "ハ": "⑤", "A307": "⑥"}[w["区分"]]
				beds[class] += number(t, w["病床数"])
				wards[class]++
			}
		}
		hundred := 15*beds["④"] + 10*beds["⑤"] + 5*beds["⑥"]
		values := columnOf(t, header, rows, "値")
		claims := number(t, values[0])
		assert.GreaterOrEqual(t, claims, claimsIn(t, r, "2025-11-23", day, "1", "2", "旧"))
		assert.Equal(t, "3", values[1])
		assert.Equal(t, fmt.Sprint(claims+3), values[2])
		assert.Equal(t, []string{hundredths(15 * beds["④"]).String(), hundredths(10 * beds["⑤"]).String(), hundredths(5 * beds["⑥"]).String(), hundredths(hundred).String()}, values[3:7])
		assert.Equal(t, hundredths(100*(claims+3)-hundred).String(), values[7])
		assert.Equal(t, []string{fmt.Sprint(wards["④"]), fmt.Sprint(wards["⑤"]), fmt.Sprint(wards["⑥"])}, columnOf(t, header, rows, "病棟数")[3:6])
		assert.Equal(t, []string{fmt.Sprintf("%d×0.15", beds["④"]), fmt.Sprintf("%d×0.10", beds["⑤"]), fmt.Sprintf("%d×0.05", beds["⑥"]), "④＋⑤＋⑥", "③−⑦"},
			columnOf(t, header, rows, "算式")[3:])
	})
	t.Run("3: the filed wards with beds and 入院料", func(t *testing.T) {
		header, rows := tableUnder(t, file, "様式40の9", "病棟\nコード")
		var want []string
		for _, w := range sampleSheet(t, "病棟") {
			if onDay(w, "有効開始", "有効終了", day) && onDay(w, "加算1届出開始", "加算1届出終了", day) {
				want = append(want, w["病棟コード"])
			}
		}
		assert.Equal(t, want, columnOf(t, header, rows, "病棟コード"))
		all := strings.Join(textsOf(t, file, "様式40の9"), "\n")
		assert.Contains(t, all, "届出病棟 6（20床以上 5）・195床 … 少なくとも 3名。台帳の病棟専任は 7名です。")
	})
	t.Run("見込 follows the verdicts, not the claims", func(t *testing.T) {
		projected, multi := 0, 0 // of 7a days at most two per stay count
		for i := range r.Verdicts {
			v := &r.Verdicts[i]
			switch in := v.Session.On.String() >= "2025-11-23" && v.Session.On.String() <= day; {
			case in && v.Points > 0:
				projected++
			case in && v.Code == "7a":
				multi++
			}
		}
		header, rows := tableUnder(t, file, "様式40の9", "番号")
		require.Greater(t, projected, number(t, columnOf(t, header, rows, "値")[0]))
		said := regexp.MustCompile(`見込は (\d+)回です`).FindStringSubmatch(strings.Join(textsOf(t, file, "様式40の9"), "\n"))
		require.NotNil(t, said)
		assert.GreaterOrEqual(t, number(t, said[1]), projected)
		assert.LessOrEqual(t, number(t, said[1]), projected+multi)
	})
	t.Run("4: every 連携機関 with its latest 協議日, as month and day", func(t *testing.T) {
		header, rows := tableUnder(t, file, "4 協議日", "No")
		var want []string
		for _, p := range sampleSheet(t, "連携先") {
			if p["協議日"] != "" && p["協議日"] <= day && (p["連携終了日"] == "" || p["連携終了日"] > day) {
				want = append(want, p["協議日"])
			}
		}
		three := 0
		for i, days := range columnOf(t, header, rows, "過去1年の面会日数") {
			assert.Equal(t, number(t, days) >= 3, columnOf(t, header, rows, "3回充足")[i] == "○", days)
			if days == "3" {
				three++
			}
		}
		assert.Positive(t, three, "some were met three times and no more")
		slices.Sort(want)
		slices.Reverse(want)
		assert.Equal(t, want, columnOf(t, header, rows, "協議日（年月日）"))
		raw, err := file.GetCellValue("4 協議日", "B5", excelize.Options{RawCellValue: true})
		require.NoError(t, err)
		assert.Equal(t, "46289", raw) // 2026-09-24
		assert.Equal(t, `m"月"d"日"`, *reportstest.Style(t, file, "4 協議日", "B5").CustomNumFmt)
	})
	checkWorkbook(t, "form40-9", r, "様式40の9", "4 協議日")
}
