package reports

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/models"
)

// askedFor returns the day a session was asked for by the sample's rows, or "".
func askedFor(t *testing.T, s record) string {
	t.Helper()
	from := s["入院日"]
	for _, o := range sampleSheet(t, "共同指導") {
		if o["患者ID"] == s["患者ID"] && o["入院日"] == s["入院日"] && o["指導日"] < s["指導日"] && o["指導日"] >= from {
			from = o["指導日"] + "x" // from the day after
		}
	}
	first := ""
	for _, c := range sampleSheet(t, "やり取り") {
		asks := strings.Contains(c["目的"], "日程") || strings.Contains(c["目的"], "共同指導") && strings.Contains(c["目的"], "依頼")
		with := c["CMコード"] == s["CMコード"] || c["CMコード"] == "" && c["連携先コード"] == officeOf(t, s["CMコード"], s["指導日"])
		if c["患者ID"] == s["患者ID"] && c["発信"] != "先方" && asks && with && c["日付"] >= from && c["日付"] <= s["指導日"] && (first == "" || c["日付"] < first) {
			first = c["日付"]
		}
	}
	return first
}

// decided works out from the rows whether a patient already had a care manager:
// not when the sessions name only one chosen in hospital, nor when 未申請.
func decided(t *testing.T, a record, to string) bool {
	t.Helper()
	prior, chosen := false, false
	for _, s := range sampleSheet(t, "共同指導") {
		if s["患者ID"] == a["患者ID"] && s["入院日"] == a["入院日"] && s["指導日"] <= to {
			prior, chosen = prior || s["相手の立場"] == "入院前担当", chosen || s["相手の立場"] == "患者選択"
		}
	}
	return prior || !chosen && a["認定状況"] != "未申請"
}

func TestCoverageTellsHowLongItTakesAndWhatIsBehind(t *testing.T) {
	const from, to = "2026-04-01", "2026-11-22"
	r := sampleRequest(t)
	file := writtenKind(t, "coverage", r)
	const sheet = "日程・書類・7日"
	t.Run("from asking to the 共同指導, by month and in all", func(t *testing.T) {
		days, held := map[string][]int{}, map[string]int{}
		for _, s := range sampleSheet(t, "共同指導") {
			if s["指導日"] < from || s["指導日"] > to {
				continue
			}
			for _, key := range []string{s["指導日"][:7], "計"} {
				held[key]++
				if since := askedFor(t, s); since != "" {
					days[key] = append(days[key], daysBetween(t, since, s["指導日"]))
				}
			}
		}
		require.Greater(t, len(days["計"]), 50)
		header, rows := tableUnder(t, file, sheet, "指導の月")
		require.Len(t, rows, 9)
		for i, month := range columnOf(t, header, rows, "指導の月") {
			value := func(column string) string { return columnOf(t, header, rows, column)[i] }
			asked := len(days[month])
			assert.Equal(t, []string{fmt.Sprint(held[month]), fmt.Sprint(asked), fmt.Sprint(held[month] - asked), median(days[month])},
				[]string{value("共同指導"), value("依頼の記録あり"), value("依頼の記録なし"), value("かかった日数（中央値）")}, month)
		}
	})
	t.Run("入院時の情報提供 by the seventh day, for patients who already had a care manager", func(t *testing.T) {
		inTime, late, missing := map[string]int{}, map[string]int{}, map[string]int{}
		for _, a := range sampleSheet(t, "入院") {
			if a["担当CMコード"] == "" || a["入院日"] < from || a["入院日"] > to || !decided(t, a, to) {
				continue
			}
			given := a["入院時情報提供日"]
			count := missing
			if given != "" && given <= to {
				count = map[bool]map[string]int{true: inTime, false: late}[daysBetween(t, a["入院日"], given) <= 6]
			} else if left := a["退院日"]; daysBetween(t, a["入院日"], to) <= 6 && (left == "" || left > to) {
				continue // still in the future
			}
			count[a["入院日"][:7]]++
			count["計"]++
		}
		header, rows := tableUnder(t, file, sheet, "入院の月")
		require.Len(t, rows, 9)
		for i, month := range columnOf(t, header, rows, "入院の月") {
			value := func(column string) string { return columnOf(t, header, rows, column)[i] }
			all := inTime[month] + late[month] + missing[month]
			assert.Equal(t, []string{fmt.Sprint(all), fmt.Sprint(inTime[month]), fmt.Sprint(late[month]), fmt.Sprint(missing[month]), fmt.Sprintf("%.1f%%", 100*float64(inTime[month])/float64(all))},
				[]string{value("対象の入院"), value("期限内"), value("遅れた"), value("記録なし"), value("期限内の割合")}, month)
		}
		assert.Positive(t, late["計"])
	})
	t.Run("the papers of the sessions judged billable", func(t *testing.T) {
		billable := map[string]bool{}
		for i := range r.Verdicts {
			billable[r.Verdicts[i].Session.Number] = slices.Contains([]string{"指導料1", "指導料2", "旧区分"}, string(r.Verdicts[i].Result))
		}
		noNote, noCopy, asked, days := 0, 0, 0, []int(nil)
		for _, s := range sampleSheet(t, "共同指導") {
			if !billable[s["指導番号"]] || s["指導日"] < from || s["指導日"] > to {
				continue
			}
			if s["要点記載日"] == "" || s["要点記載日"] > to {
				noNote++
			}
			switch copied := s["ケアプラン写し受領日"]; {
			case copied != "" && copied <= to:
				days = append(days, daysBetween(t, s["指導日"], copied))
			case daysBetween(t, s["指導日"], to) > 14:
				noCopy++
				if s["ケアプラン依頼日"] != "" && s["ケアプラン依頼日"] <= to {
					asked++
				}
			}
		}
		header, rows := tableUnder2(t, file, sheet, "項目", "値")
		assert.Len(t, rows, 2, "of those being arranged; the papers stand below")
		all, err := file.GetRows(sheet)
		require.NoError(t, err)
		value := map[string]string{}
		for _, row := range all {
			if len(row) > 2 {
				value[strings.TrimSpace(row[0])] = strings.TrimSpace(row[slices.Index(header, "値")])
			}
		}
		assert.Equal(t, []string{fmt.Sprint(noNote), fmt.Sprint(noCopy), fmt.Sprint(asked), median(days)},
			[]string{value["診療録の要点が未記載（件）"], value["ケアプラン写しが未受領（件）"], value["うち依頼済み（件）"], value["写しが届くまで（日）"]})
		assert.Positive(t, noNote*noCopy)
	})
}

func TestCoverageCountsThoseBeingArranged(t *testing.T) {
	b := sampleBook(t)
	asked := 0
	for i := range b.Admissions {
		a := &b.Admissions[i]
		later := slices.ContainsFunc(b.Sessions, func(s models.JointGuidance) bool { return s.PatientID == a.PatientID && s.On >= 2026_11_15 })
		if a.DischargedOn != 0 || a.AdmittedOn > 2026_11_14 || a.CareManager == "" || later || asked == 2 {
			continue
		}
		b.Contacts = append(b.Contacts, models.Contact{
			Number: fmt.Sprintf("Z%d", i), On: models.Date(2026_11_15 + asked), Kind: models.PhoneCall,
			CareManager: a.CareManager, Purpose: "共同指導の日程調整", PatientID: a.PatientID,
		})
		asked++
	}
	require.Equal(t, 2, asked)
	file := writtenKind(t, "coverage", judge(t, b))
	value := valuesBy(t, file, "日程・書類・7日", "項目", "値")
	assert.Equal(t, "2", value["調整中の患者（人）"])
	assert.Equal(t, "7", value["いちばん長い待ち（日）"], "from 15 to 22 November")
}

func TestCoverageRanksWhatOneActionWouldHaveTurned(t *testing.T) {
	r := sampleRequest(t)
	file := writtenKind(t, "coverage", r)
	header, rows := tableUnder(t, file, "ひとつの手", "手")
	require.NotEmpty(t, rows)
	lost := 0
	for i := range r.Verdicts {
		if v := &r.Verdicts[i]; v.Session.On >= 2026_06_01 && v.Session.On <= sampleDay && v.Result != "指導料2" {
			lost++
		}
	}
	before := 1 << 30
	for i, name := range columnOf(t, header, rows, "手") {
		value := func(column string) int { return number(t, columnOf(t, header, rows, column)[i]) }
		assert.Equal(t, 10*value("増える点数"), value("増える額（円）"), name)
		assert.LessOrEqual(t, value("増える額（円）"), before, "the most yen first")
		before = value("増える額（円）")
		assert.Positive(t, value("指導料2に変わる件数"), name)
		assert.LessOrEqual(t, value("指導料2に変わる件数"), lost, name)
		people := strings.Split(columnOf(t, header, rows, "だれと")[i], "・")
		if words, more, ok := strings.Cut(name, "ほか"); ok {
			assert.Equal(t, "会議: "+people[0], words)
			assert.Equal(t, fmt.Sprintf("%d名", len(people)-1), more)
		}
	}
	t.Run("部門の同席 would have been enough for sessions that lacked nothing else", func(t *testing.T) {
		only := 0
		for i := range r.Verdicts {
			v := &r.Verdicts[i]
			missing := ""
			for _, c := range v.Conditions {
				if c.Fee2Only && c.State == "×" {
					missing += c.ID
				}
			}
			if v.Session.On >= 2026_06_01 && v.Session.On <= sampleDay && v.Candidate && missing == "11b" {
				only++
			}
		}
		got := number(t, valuesBy(t, file, "ひとつの手", "手", "指導料2に変わる件数")["部門の担当者の同席"])
		assert.LessOrEqual(t, got, only)
		assert.Positive(t, got)
	})
}
