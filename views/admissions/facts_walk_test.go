package admissions

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/models"
	"renkei/models/fee"
	"renkei/models/liaison"
	"renkei/views/coverage"
	"renkei/views/meetings"
	"renkei/views/page"
	"renkei/views/partners"
	"renkei/views/ui"
	"renkei/views/verdict"
)

// kept works out by hand how the seven days stand for an admission.
func (w *walked) kept(a models.Admission) (limit models.Date, kept string) {
	prior, chosen := false, false
	for _, s := range w.book.Sessions {
		if s.PatientID == a.PatientID && s.AdmittedOn == a.AdmittedOn && s.On <= w.on {
			prior, chosen = prior || s.Standing == "入院前担当", chosen || s.Standing == "患者選択"
		}
	}
	if a.CareManager == "" || !prior && (chosen || a.CareStatus == "未申請") {
		return 0, "対象外"
	}
	limit = a.AdmittedOn.AddDays(6)
	if w.judged.Facts.Params.DayCount == "next_day" {
		limit = a.AdmittedOn.AddDays(7)
	}
	switch {
	case a.InformedOn != 0 && a.InformedOn <= w.on && a.InformedOn <= limit:
		return limit, "守れた"
	case a.InformedOn != 0 && a.InformedOn <= w.on:
		return limit, "期限後"
	case limit < w.on || a.DischargedOn != 0 && a.DischargedOn <= w.on:
		return limit, "記録なし"
	}
	return limit, "期限前"
}

func TestTheSevenDaysStandEverywhereAlike(t *testing.T) {
	kinds := make(map[string]int)
	walks(t, func(t *testing.T, w *walked) {
		onToday, handed := w.onToday("情報提供（7日以内）"), w.inHandover("情報提供（7日以内）")
		policy := make(map[string]line)
		for _, l := range w.table("policy", "運用状況", "患者ID") {
			policy[l["患者ID"]] = l
		}
		count := make(map[string]int)
		for _, a := range w.book.Admissions {
			if a.AdmittedOn > w.on {
				continue
			}
			limit, kept := w.kept(a)
			key := a.Key().String()
			if a.CareManager != "" {
				require.Equal(t, kept, policy[a.PatientID]["7日以内"], key)
				require.Equal(t, limit.String(), policy[a.PatientID]["情報提供期限"], key)
			}
			count[kept]++
			kinds[kept]++
			here := a.DischargedOn == 0 || a.DischargedOn >= w.on
			due := here && (kept == "記録なし" || kept == "期限前")
			_, said := onToday[key]
			require.Equal(t, due && limit <= w.on.AddDays(7), said, "今日 %s", key)
			if day, ok := handed[key]; ok {
				require.Equal(t, limit.String(), day, "引き継ぎ書 %s", key)
				require.True(t, due, "引き継ぎ書 %s", key)
			}

			d := describe(w.snap.find(a.Key()), w.judged.Rules)
			at := slices.IndexFunc(d.Tasks, func(one task) bool { return strings.Contains(one.Text, "7日以内の情報提供") })
			require.Equal(t, due, at >= 0, "入院 %s", key)
			if due {
				require.Equal(t, limit, d.Tasks[at].By)
			}
			value := d.Facts[slices.IndexFunc(d.Facts, func(f ui.Fact) bool { return f.Label == "入院時情報提供" })]
			require.Equal(t, kept == "記録なし", value.Warn, "入院 %s", key)
			require.Equal(t, kept == "対象外", strings.Contains(value.Value, "対象外"), "入院 %s", key)
			require.Equal(t, limit != 0, strings.Contains(value.Value, limit.String()) && limit != 0, "入院 %s", key)
		}
		total := count["守れた"] + count["期限後"] + count["記録なし"]
		for _, l := range w.table("coverage", "日程・書類・7日", "入院の月") {
			if l["入院の月"] == "計" {
				require.Equal(t, []string{fmt.Sprint(total), fmt.Sprint(count["守れた"]), fmt.Sprint(count["期限後"]), fmt.Sprint(count["記録なし"])},
					[]string{l["対象の入院"], l["期限内"], l["遅れた"], l["記録なし"]}, "連携状況報告")
			}
		}
		scope := liaison.Scope{Period: models.Period{From: w.on.FiscalYearStart(), To: w.on}, AsOf: w.on}
		work, err := coverage.Build(context.Background(), "work", w.judged, scope)
		require.NoError(t, err)
		for _, block := range work.Blocks {
			for _, f := range block.Facts {
				if f.Name == "期限内の割合" {
					require.Contains(t, f.Value, fmt.Sprintf("（%d ÷ %d件）", count["守れた"], total), "連携の状況")
					require.Contains(t, block.Note, fee.InformTargets, "the definition stands under the figure")
				}
			}
		}
		for _, report := range []string{"policy", "coverage", "evidence", "handover"} {
			require.Contains(t, w.text(report), fee.InformTargets, "the definition stands in %s", report)
		}
	})
	for _, kept := range []string{"守れた", "期限後", "記録なし", "期限前", "対象外"} {
		assert.Positive(t, kinds[kept], kept)
	}
}

func TestTheEvidencePageSaysHowTheSevenDaysStand(t *testing.T) {
	said := 0
	walks(t, func(t *testing.T, w *walked) {
		text := w.text("evidence")
		for _, a := range w.book.Admissions {
			if !strings.Contains(text, "患者ID "+a.PatientID) {
				continue
			}
			said++
			page := text[strings.Index(text, "患者ID "+a.PatientID):]
			page = page[:strings.Index(page, "退院前の連絡日")]
			limit, kept := w.kept(a)
			if kept == "対象外" {
				require.Contains(t, page, "（対象外）", a.PatientID)
			} else {
				require.Contains(t, page, fmt.Sprintf("（%s、期限 %s）", kept, limit), a.PatientID)
			}
		}
	})
	assert.Positive(t, said)
}

func TestTheCopyOfThePlanIsDueEverywhereOnOneDay(t *testing.T) {
	found := 0
	walks(t, func(t *testing.T, w *walked) {
		due := make(map[string]string)
		for i := range w.judged.Verdicts {
			v := &w.judged.Verdicts[i]
			if s := v.Session; v.Result.Billable() && s.PlanCopyOn == 0 {
				due[s.Number] = s.On.AddDays(14).String()
				if s.On > w.on {
					continue
				}
				found++
				require.Contains(t, w.onToday("ケアプラン写し"), s.Number, "今日")
				d := describe(w.snap.find(s.Key()), w.judged.Rules)
				require.True(t, slices.ContainsFunc(d.Tasks, func(one task) bool {
					return strings.Contains(one.Text, "ケアプラン写し") && one.By == s.On.AddDays(14)
				}), "入院 %s", s.Number)
				require.True(t, slices.ContainsFunc(v.Remedies, func(r fee.Remedy) bool {
					return strings.Contains(r.Text, "ケアプランの写し") && r.By == s.On.AddDays(14)
				}), "算定 %s", s.Number)
				remedies := verdict.Describe(v, s.On).Remedies
				require.True(t, slices.ContainsFunc(remedies, func(one verdict.Task) bool {
					return strings.Contains(one.Text, "ケアプランの写し") && strings.Contains(one.Due, fmt.Sprintf("%02d/%02d", s.On.AddDays(14).MonthNumber(), s.On.AddDays(14).Day()))
				}), "算定 %s", s.Number)
			}
		}
		for number, row := range w.onToday("ケアプラン写し") {
			on := models.MustDate(due[number])
			require.Contains(t, row.Due, fmt.Sprintf("%02d/%02d", on.MonthNumber(), on.Day()), "今日 %s", number)
			require.Equal(t, on < w.on, row.Late, "今日 %s", number)
		}
		for number, day := range w.inHandover("ケアプラン写し") {
			require.Equal(t, due[number], day, "引き継ぎ書 %s", number)
		}
		for _, l := range w.table("monthly", "要対応一覧", "患者ID") {
			if strings.Contains(l["区分"], "ケアプラン") {
				require.Equal(t, due[l["指導番号"]], l["期限"], "要対応一覧")
			}
		}
		for _, l := range w.table("evidence", "根拠", "指導番号") {
			if strings.HasPrefix(l["足りないもの"], "W2") {
				require.Equal(t, due[l["指導番号"]], l["期限"], "根拠")
			}
		}
	})
	assert.Positive(t, found)
}

func TestPeacetimeStandsEverywhereAlike(t *testing.T) {
	states := make(map[string]int)
	walks(t, func(t *testing.T, w *walked) {
		f := w.judged.Facts
		printed := make(map[string]line)
		for _, l := range w.table("relations", "台帳", "連携先コード") {
			printed[l["CMコード"]] = l
		}
		unready := make(map[string]bool)
		for _, u := range liaison.UnreadyCareManagers(f, w.judged.Rules, liaison.Scope{Period: models.Period{From: w.on, To: w.on}, AsOf: w.on}) {
			unready[u.Admission.PatientID] = true
		}
		for _, cm := range w.book.CareManagers {
			d, ok := w.partners.DescribePerson(cm.Code)
			require.True(t, ok)
			office := f.OfficeOf(cm.Code, w.on)
			if office == nil {
				require.Equal(t, "なし", d.Peace.Tint.Word)
				require.NotContains(t, printed, cm.Code)
				continue
			}
			l := printed[cm.Code]
			states[l["平時の連携"]]++
			require.Equal(t, l["平時の連携"], d.Peace.Tint.Word, cm.Code)
			if l["平時の連携"] == "あり" && l["有効期限"] != "期限なし" {
				require.Contains(t, d.Peace.Sentence, l["有効期限"])
			}
			if f.Params.RequireLocalAgreement && (office.AgreedOn == 0 || office.AgreedOn >= w.on) {
				states["取り決め"]++
				require.Equal(t, "なし", l["平時の連携"], "the 取り決め is asked for")
				require.Contains(t, l["足りないもの"], "取り決め日")
			}
			require.Equal(t, l["足りないもの"] == "", l["平時の連携"] == "あり")
			if f.Params.EvidenceMustPrecede != fee.Session {
				continue
			}
			for _, a := range w.book.Admissions { // the day looked at is the base
				if a.CareManager == cm.Code && a.InHospital(w.on) {
					require.Equal(t, l["平時の連携"] == "なし", unready[a.PatientID], "連携の状況 %s", a.PatientID)
				}
			}
		}
		// A verdict asks the same of an admission on its day.
		for _, v := range w.judged.Verdicts {
			if v.CareManager == nil || v.Office == nil || v.Admission == nil || v.Session.On < models.RevisionDate ||
				f.Params.EvidenceMustPrecede == fee.Session || f.OfficeOf(v.Session.CareManager, v.Session.AdmittedOn) != v.Office {
				continue
			}
			met := true
			for _, c := range v.Conditions {
				if slices.Contains([]string{"11d", "11e", "11f"}, c.ID) {
					met = met && c.State != fee.NotMet
				}
			}
			require.Equal(t, met, fee.PeacetimeOf(f, w.judged.Rules, v.Session.CareManager, v.Session.AdmittedOn).Ready, v.Session.Number)
		}
	})
	for _, state := range []string{"あり", "なし", "取り決め"} {
		assert.Positive(t, states[state], state)
	}
}

func TestAMeetingIsEvidenceOnItsPanelAsOnThePage(t *testing.T) {
	found := 0
	walks(t, func(t *testing.T, w *walked) {
		f := w.judged.Facts
		for _, row := range meetings.Rows(f) {
			live := meetings.LiveOf(f, row.Meeting, row.Attendances, nil)
			for _, cm := range w.book.CareManagers {
				d, _ := w.partners.DescribePerson(cm.Code)
				there := slices.ContainsFunc(row.Attendances, func(a models.Attendance) bool { return a.Kind == models.AttendeeCM && a.Code == cm.Code })
				ours := slices.ContainsFunc(row.Attendances, func(a models.Attendance) bool { return a.Kind == models.AttendeeStaff && a.Code == "S1" })
				if there && f.Params.RelationshipUnit == fee.Person {
					require.Equal(t, ours && row.Kind != models.StudySession, slices.Contains(live.Evidence, cm.Name), "%s of %s", row.Meeting.Code, cm.Name)
				}
				for _, c := range d.Peace.Conditions {
					for _, e := range c.Evidence {
						if there && strings.Contains(c.Name, "会議") && e.Link == page.To("会議", row.Meeting.Code) {
							found++
							require.Contains(t, live.Evidence, cm.Name, "%s is evidence on the page of %s", row.Meeting.Code, cm.Name)
						}
					}
				}
			}
		}
		for _, l := range w.table("relations", "会議の記録", "連携先コード") {
			if l["算入"] == "○" && l["CM出席"] == "○" {
				at := slices.IndexFunc(w.book.Meetings, func(m models.Meeting) bool { return m.Code == l["会議コード"] })
				live := meetings.LiveOf(f, w.book.Meetings[at], w.attendances(l["会議コード"]), nil)
				require.Contains(t, live.Evidence, l["氏名"], "会議の記録 %s", l["会議コード"])
			}
		}
	})
	assert.Positive(t, found)
}

func (w *walked) attendances(meeting string) []models.Attendance {
	return slices.DeleteFunc(slices.Clone(w.book.Attendances), func(a models.Attendance) bool { return a.Meeting != meeting })
}

func TestTheMenkaiOfAnInstitutionStandEverywhereAlike(t *testing.T) {
	lacking := 0
	walks(t, func(t *testing.T, w *walked) {
		rolling := w.judged.Facts.Params.A246Period != fee.Fiscal
		name := liaison.YearName(w.judged.Facts.Params)
		counts := make(map[string]line)
		for _, l := range w.table("menkai", "機関別", "No") {
			counts[l["コード"]] = l
		}
		now, march := w.byCode("menkai", "不足一覧"), w.byCode("menkai", "不足一覧")
		if rolling {
			march = w.byCode("menkai", "今年度の不足")
		}
		reported := w.byCode("coverage", "面会の足りない連携機関")
		onToday, handed := w.onToday("今年度の面会"), w.inHandover("今年度の面会")
		require.Equal(t, len(march), len(reported), "連携状況報告")
		require.Equal(t, len(march), len(onToday), "今日")
		for _, p := range w.book.Partners {
			d, _ := w.partners.DescribeOffice(p.Code, partners.DefaultInterval)
			if !liaison.Active(&p, w.on) {
				require.NotContains(t, counts, p.Code)
				require.NotContains(t, onToday, p.Code)
				continue
			}
			n := counts[p.Code]["年間回数"]
			require.Equal(t, d.Menkai.Enough, counts[p.Code]["3回充足"] == "○", p.Code)
			short, isShort := now[p.Code]
			require.Equal(t, !d.Menkai.Enough, isShort, "不足一覧 lists what 充足 lacks: %s", p.Code)
			if isShort {
				lacking++
				require.Equal(t, n, short[shortOf(name)+"回数"], p.Code)
				require.Contains(t, d.Menkai.Sentence, "あと"+short["あと"], p.Code)
				if until := short["この数の続く日"]; until != "" {
					require.Contains(t, d.Menkai.Sentence, until+"まで", p.Code)
					oldest := models.MustDate(counts[p.Code]["1回目"])
					require.Equal(t, oldest.AddMonths(12).AddDays(-1).String(), until, "the day before its anniversary")
				}
			}
			fiscal, isShort := march[p.Code]
			row, said := onToday[p.Code]
			require.Equal(t, isShort, said, "今日 %s", p.Code)
			if !isShort {
				continue
			}
			require.Contains(t, row.Text, "あと"+fiscal["あと"], p.Code)
			require.Equal(t, []string{fiscal["3回目の期限"], fiscal["遅くとも"]}, []string{reported[p.Code]["3回目の期限"], reported[p.Code]["遅くとも"]}, p.Code)
			if day, ok := handed[p.Code]; ok {
				require.Equal(t, fiscal["3回目の期限"], day, "引き継ぎ書 %s", p.Code)
			}
			if rolling {
				require.Contains(t, d.Menkai.Fiscal, "あと"+fiscal["あと"]+"、"+fiscal["3回目の期限"]+"まで", p.Code)
				require.Contains(t, d.Menkai.Fiscal, fiscal["遅くとも"], p.Code)
			}
		}
	})
	assert.Positive(t, lacking)
}

func shortOf(name string) string { name, _, _ = strings.Cut(name, "（"); return name }

func (w *walked) byCode(report, sheet string) map[string]line {
	found := make(map[string]line)
	for _, l := range w.table(report, sheet, "コード") {
		found[l["コード"]] = l
	}
	return found
}

func TestWhatAnAdmissionStillNeedsIsSaidEverywhere(t *testing.T) {
	first, declined := 0, 0
	walks(t, func(t *testing.T, w *walked) {
		onToday := w.onToday("共同指導がまだ")
		handed := w.inHandover("共同指導がまだ")
		notice := w.onToday("退院前の連絡")
		for _, a := range w.book.Admissions {
			key := a.Key().String()
			d := describe(w.snap.find(a.Key()), w.judged.Rules)
			has := func(text string) bool {
				return slices.ContainsFunc(d.Tasks, func(one task) bool { return strings.HasPrefix(one.Text, text) })
			}
			_, said := onToday[key]
			held := slices.ContainsFunc(w.book.Sessions, func(s models.JointGuidance) bool { return s.PatientID == a.PatientID })
			here := a.AdmittedOn <= w.on && (a.DischargedOn == 0 || a.DischargedOn >= w.on)
			require.Equal(t, here && a.CareManager != "" && !held && a.PatientWishes != models.No, said, "今日 %s", key)
			require.Equal(t, said, has("初回の共同指導"), "入院 %s", key)
			require.Equal(t, said, slices.Contains(missingOf(w.snap.find(a.Key())), LacksSession), "入院の一覧 %s", key)
			if _, ok := handed[key]; ok {
				require.True(t, said, "引き継ぎ書 %s", key)
			}
			if said {
				first++
			}
			if a.PatientWishes == models.No && here && !held && a.CareManager != "" {
				declined++ // and is left in peace
			}
			if row, ok := notice[key]; ok {
				require.True(t, has("退院7日前の連絡"), "入院 %s", key)
				require.Equal(t, row.Late, slices.ContainsFunc(d.Tasks, func(one task) bool { return strings.HasPrefix(one.Text, "退院7日前の連絡") && one.Late }))
			}
		}
	})
	assert.Positive(t, declined)
	assert.Positive(t, first)
}
