package reports

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/models"
	"renkei/reports/reportstest"
)

// inDepartment works out from the sample's rows whether somebody is in the
// 入退院支援部門 on a day.
func inDepartment(t *testing.T, code, day string) bool {
	t.Helper()
	return slices.ContainsFunc(sampleSheet(t, "職員"), func(s record) bool {
		return s["職員コード"] == code && s["部門所属"] != "" && onDay(s, "所属開始", "所属終了", day)
	})
}

// ready works out from the sample's rows whether there is 平時の連携 with a
// care manager before a day, by the sample's parameters: the care manager was
// at a counted 会議 of the last twelve months with one of the department, and
// the contacts were shared.
func ready(t *testing.T, cm, day string) bool {
	t.Helper()
	since := fmt.Sprintf("%04d%s", number(t, day[:4])-1, day[4:])
	met, shared := false, false
	for _, c := range sampleSheet(t, "介護支援専門員") {
		shared = shared || c["CMコード"] == cm && c["連絡先共有日"] != "" && c["連絡先共有日"] < day
	}
	for _, m := range sampleSheet(t, "会議") {
		if m["開催日"] >= day {
			continue
		}
		person, department := false, false
		for _, a := range sampleSheet(t, "会議出席") {
			if a["会議コード"] == m["会議コード"] {
				person = person || a["区分"] == "CM" && a["コード"] == cm
				department = department || a["区分"] == "職員" && inDepartment(t, a["コード"], m["開催日"])
			}
		}
		if person && department {
			counted := m["会議として算入"] == "○" || m["会議として算入"] == "" && m["種別"] != "勉強会"
			met = met || counted && m["開催日"] >= since
			shared = shared || m["連絡先共有"] == "○"
		}
	}
	return met && shared
}

func TestCoverageOfTheSampleHospital(t *testing.T) {
	r := sampleRequest(t)
	const from, to = "2026-04-01", "2026-11-22"
	require.Equal(t, models.Period{From: 2026_04_01, To: sampleDay}, r.Period)
	file := writtenKind(t, "coverage", r)
	months := []string{"2026-04", "2026-05", "2026-06", "2026-07", "2026-08", "2026-09", "2026-10", "2026-11"}
	in := func(day, month string) bool { return strings.HasPrefix(day, month) && day <= to }
	t.Run("partners by municipality and kind", func(t *testing.T) {
		header, rows := tableUnder(t, file, "地域と種別", "市区町村")
		all, care, active := map[string]int{}, map[string]int{}, map[string]int{}
		for _, p := range sampleSheet(t, "連携先") {
			if p["連携終了日"] != "" && p["連携終了日"] <= to {
				continue
			}
			for _, key := range []string{townOf(t, p["連携先コード"]), "計"} {
				all[key]++
				if p["種別"] == "居宅介護支援" {
					care[key]++
				}
				if p["協議日"] != "" && p["協議日"] <= to {
					active[key]++
				}
			}
		}
		for i, area := range columnOf(t, header, rows, "市区町村") {
			assert.Equal(t, fmt.Sprint(all[area]), columnOf(t, header, rows, "連携先計")[i], area)
			assert.Equal(t, fmt.Sprint(care[area]), columnOf(t, header, rows, "居宅")[i], area)
			assert.Equal(t, fmt.Sprint(active[area]), columnOf(t, header, rows, "うち連携機関")[i], area)
		}
		assert.Len(t, rows, len(all))
	})
	header, rows := tableUnder(t, file, "月別", "月")
	value := func(column string, i int) string { return columnOf(t, header, rows, column)[i] }
	t.Run("every month of the period that has begun, and their sum", func(t *testing.T) {
		assert.Equal(t, append(slices.Clone(months), "計"), columnOf(t, header, rows, "月"))
	})
	t.Run("contacts by month and way, each once", func(t *testing.T) {
		for i, month := range months {
			kinds, meetings := map[string]int{}, 0
			for _, c := range sampleSheet(t, "やり取り") {
				if in(c["日付"], month) {
					kinds[c["種別"]]++
					kinds["計"]++
				}
			}
			for _, m := range sampleSheet(t, "会議") {
				if in(m["開催日"], month) {
					meetings++
				}
			}
			assert.Equal(t, fmt.Sprint(kinds["面会"]+kinds["ビデオ通話"]), value("面会・ビデオ", i), month)
			assert.Equal(t, fmt.Sprint(kinds["電話"]), value("電話", i), month)
			assert.Equal(t, fmt.Sprint(kinds["FAX"]+kinds["文書"]), value("FAX・文書", i), month)
			assert.Equal(t, fmt.Sprint(kinds["メール"]+kinds["チャット"]+kinds["ICT"]), value("メール・チャット・ICT", i), month)
			assert.Equal(t, fmt.Sprint(kinds["計"]), value("やり取り計", i), month)
			assert.Equal(t, fmt.Sprint(meetings), value("会議・勉強会", i), month)
		}
	})
	t.Run("the share of admissions whose care manager is in 平時の連携", func(t *testing.T) {
		totals := [3]int{}
		for i, month := range months {
			all, with, fine := 0, 0, 0
			for _, a := range sampleSheet(t, "入院") {
				if !in(a["入院日"], month) {
					continue
				}
				all++
				if a["担当CMコード"] != "" {
					with++
					if ready(t, a["担当CMコード"], a["入院日"]) {
						fine++
					}
				}
			}
			assert.Equal(t, []string{fmt.Sprint(all), fmt.Sprint(with), fmt.Sprint(fine)},
				[]string{value("入院", i), value("担当CMあり", i), value("平時の連携あり", i)}, month)
			assert.Equal(t, fmt.Sprintf("%.1f%%", 100*float64(fine)/float64(with)), value("平時の連携の割合", i), month)
			totals[0], totals[1], totals[2] = totals[0]+all, totals[1]+with, totals[2]+fine
		}
		assert.Equal(t, []string{fmt.Sprint(totals[0]), fmt.Sprint(totals[1]), fmt.Sprint(totals[2])},
			[]string{value("入院", 8), value("担当CMあり", 8), value("平時の連携あり", 8)})
	})
	fee1, fee2, judged := map[string]int{}, map[string]int{}, map[string]int{}
	for i := range r.Verdicts {
		v := &r.Verdicts[i]
		if day := v.Session.On.String(); day >= "2026-06-01" && day <= to {
			for _, key := range []string{day[:7], "計"} {
				judged[key]++
				if v.Result == "指導料2" {
					fee2[key]++
				}
				if v.Result == "指導料1" {
					fee1[key]++
				}
			}
		}
	}
	t.Run("指導料2率 since June, blank before", func(t *testing.T) {
		for i, month := range append(slices.Clone(months), "計") {
			if judged[month] == 0 {
				assert.Empty(t, value("指導料2率", i), month)
				continue
			}
			assert.Equal(t, fmt.Sprint(fee2[month]), value("指導料2", i), month)
			assert.Equal(t, fmt.Sprintf("%.1f%%", 100*float64(fee2[month])/float64(judged[month])), value("指導料2率", i), month)
		}
	})
	t.Run("the work of each member, in all and by month", func(t *testing.T) {
		header, rows := tableUnder(t, file, "職員別", "職員\nコード")
		contacts, monthly := map[string]int{}, 0
		for _, c := range sampleSheet(t, "やり取り") {
			if c["日付"] >= from && c["日付"] <= to {
				codes := c.codes("職員コード")
				slices.Sort(codes)
				for _, code := range slices.Compact(codes) {
					contacts[code]++
				}
			}
		}
		for i, code := range columnOf(t, header, rows, "職員コード") {
			assert.Equal(t, fmt.Sprint(contacts[code]), columnOf(t, header, rows, "やり取り")[i], code)
		}
		header, rows = tableUnder(t, file, "職員別・月別", "月")
		for _, n := range columnOf(t, header, rows, "やり取り") {
			monthly += number(t, n)
		}
		sum := 0
		for _, n := range contacts {
			sum += n
		}
		assert.Equal(t, sum, monthly)
	})
	t.Run("reasons split the sessions that are not 指導料2, yen are ten times the points", func(t *testing.T) {
		header, rows := tableUnder(t, file, "指導料2にならない理由", "理由")
		last := len(rows) - 1
		sum := func(column string) int {
			n := 0
			for _, v := range columnOf(t, header, rows, column)[:last] {
				n += number(t, v)
			}
			return n
		}
		assert.Equal(t, judged["計"]-fee2["計"], sum("件数"))
		assert.Equal(t, fee1["計"], sum("うち指導料1のみ"))
		assert.Positive(t, sum("失った額（円）"))
		for _, column := range []string{"件数", "うち指導料1のみ", "失った点数", "失った額（円）"} {
			assert.Equal(t, sum(column), number(t, columnOf(t, header, rows, column)[last]), column)
		}
		for i := range rows {
			points := number(t, columnOf(t, header, rows, "失った点数")[i])
			assert.Equal(t, 10*points, number(t, columnOf(t, header, rows, "失った額（円）")[i]))
			bound := 100*number(t, columnOf(t, header, rows, "うち指導料1のみ")[i]) + 500*number(t, columnOf(t, header, rows, "うち算定不可・算定なし・保留")[i])
			assert.LessOrEqual(t, points, bound)
		}
		figures := valuesBy(t, file, "概要", "項目", "値")
		assert.Equal(t, columnOf(t, header, rows, "失った額（円）")[last], figures["指導料2にならずに失った額（円・見積り）"])
	})
	t.Run("native charts of the shares, the contacts, the reasons and the staff", func(t *testing.T) {
		charts := strings.Join(chartsOf(t, file), "\n")
		for _, part := range []string{"'月別'!$K$5:$K$12", "'月別'!$O$5:$O$12", "'月別'!$B$5:$B$12", "'職員別'!$C$5:", "失った額の大きい理由"} {
			assert.Contains(t, charts, part)
		}
		assert.Len(t, chartsOf(t, file), 5, "and the yearly count")
	})
	t.Run("shares are numbers in percent", func(t *testing.T) {
		assert.Equal(t, "0.0%_)", *reportstest.Style(t, file, "月別", "K5").CustomNumFmt)
	})
	t.Run("every result by month, ward, staff and partner", func(t *testing.T) {
		for column, key := range map[string]func(*verdict) []string{
			"月": func(v *verdict) []string { return []string{v.Session.On.String()[:7]} },
			"病棟": func(v *verdict) []string {
				return []string{wardOf(t, v.Session.PatientID, v.Session.AdmittedOn.String(), v.Session.On.String())}
			},
			"連携先": func(v *verdict) []string { return []string{officeOf(t, v.Session.CareManager, v.Session.On.String())} },
			"職員":  func(v *verdict) []string { return v.Session.Staff }, // no staff counts as one without a name
		} {
			want := map[string]int{}
			for i := range r.Verdicts {
				v := &r.Verdicts[i]
				if day := v.Session.On.String(); day >= "2026-06-01" && day <= to {
					keys := slices.Clone(key(v))
					if slices.Sort(keys); len(keys) == 0 {
						keys = []string{""}
					}
					for _, k := range slices.Compact(keys) {
						want[k+" "+string(v.Result)]++
						want[k+" 共同指導"]++
					}
				}
			}
			header, rows := tableUnder2(t, file, "判定の内訳", column, "共同指導")
			for i, code := range columnOf(t, header, rows, "コード") {
				if column == "月" {
					code = columnOf(t, header, rows, "月")[i]
				}
				for _, result := range []string{"共同指導", "指導料2", "指導料1", "判定保留", "算定不可", "算定なし"} {
					assert.Equal(t, fmt.Sprint(want[code+" "+result]), columnOf(t, header, rows, result)[i], "%s %s %s", column, code, result)
					delete(want, code+" "+result)
				}
			}
			assert.Empty(t, want, column)
		}
	})
	t.Run("the summary is what the sheets say", func(t *testing.T) {
		value := valuesBy(t, file, "概要", "項目", "値")
		assert.Equal(t, fmt.Sprint(fee2["計"]), value["指導料2（令和8年6月以降）"])
		assert.Equal(t, valuesBy(t, file, "加算1", "過去1年の数え方", "①＋②算定済み")["直近12か月（設定）"], value["年間の算定回数（①＋②、算定済み）"])
		assert.Equal(t, valuesBy(t, file, "日程・書類・7日", "入院の月", "期限内")["計"], value["期限内の情報提供（7日以内）"])
		assert.Equal(t, valuesBy(t, file, "日程・書類・7日", "指導の月", "かかった日数（中央値）")["計"], value["日程の依頼から共同指導まで（日）"])
		silent := valuesBy(t, file, "途絶え・新しい連携先", "日数", "連携機関")
		assert.Equal(t, fmt.Sprint(number(t, silent["90〜179日"])+number(t, silent["180日以上"])+number(t, silent["記録なし"])), value["90日以上やり取りのない連携機関"])
		_, people := tableUnder(t, file, "平時の連携がない担当CM", "CM\nコード")
		assert.Equal(t, fmt.Sprint(len(people)), value["平時の連携がない担当CM"])
		_, actions := tableUnder(t, file, "ひとつの手", "手")
		assert.Equal(t, strings.TrimSpace(actions[0][5]), value["いちばん効いたはずの手（円）"])
	})
	t.Run("one sheet per part of the page, and the definitions", func(t *testing.T) {
		assert.Equal(t, []string{
			"概要", "加算1", "加算1の推移", "面会の足りない連携機関", "連携先との行き来", "途絶え・新しい連携先", "平時の連携がない担当CM",
			"日程・書類・7日", "ひとつの手", "地域と種別", "月別", "職員別", "職員別・月別", "指導料2にならない理由", "判定の内訳", "定義",
		}, file.GetSheetList())
	})
	checkWorkbook(t, "coverage", r, "概要", "加算1の推移", "面会の足りない連携機関", "途絶え・新しい連携先", "平時の連携がない担当CM",
		"日程・書類・7日", "職員別", "職員別・月別", "指導料2にならない理由", "判定の内訳")
}

func TestCoverageOfOtherPeriods(t *testing.T) {
	t.Run("a period without a beginning is refused", func(t *testing.T) {
		r := sampleRequest(t)
		r.Period.From = 0
		err := writeCoverage(t.Context(), filepath.Join(t.TempDir(), "a.xlsx"), r)
		assert.Equal(t, models.Invalid, models.ErrorCode(err))
	})
	t.Run("before 2026-06 there are no reasons and no chart of them", func(t *testing.T) {
		r := sampleRequest(t)
		r.Period = models.Period{From: 2025_10_01, To: 2026_03_31}
		file := writtenKind(t, "coverage", r)
		assert.Contains(t, strings.Join(textsOf(t, file, "指導料2にならない理由"), "\n"), "該当はありません")
		assert.NotContains(t, strings.Join(chartsOf(t, file), ""), "失った額")
	})
	t.Run("a future period gives an empty report", func(t *testing.T) {
		r := sampleRequest(t)
		r.Period = models.Period{From: 2027_04_01, To: 2027_09_30}
		assert.Contains(t, strings.Join(textsOf(t, writtenKind(t, "coverage", r), "月別"), "\n"), "該当はありません")
	})
}
