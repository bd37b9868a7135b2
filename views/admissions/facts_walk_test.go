package admissions

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"renkei/app"
	"renkei/models"
	"renkei/models/booktest"
	"renkei/models/fee"
	"renkei/models/liaison"
	"renkei/reports"
	"renkei/reports/reportstest"
	"renkei/views/coverage"
	"renkei/views/meetings"
	"renkei/views/partners"
	"renkei/views/today"
	"renkei/views/verdict"
)

// walked is a random register with every place that shows its deadlines and
// states: pages by their rows, workbooks written and read back.
type walked struct {
	book     *models.Book
	judged   *app.Judged
	on       models.Date
	snap     *snapshot
	today    []today.Row
	partners *partners.Index
	files    map[string]map[string][][]string // sheets by report
}

func walk(t *testing.T, seed int) *walked {
	t.Helper()
	book := rapid.Custom(booktest.Random).Example(seed)
	toTheEdge(book)
	on := dayToLookAt(book, seed)
	rules, err := app.Rules()
	require.NoError(t, err)
	w := &walked{book: book, judged: app.JudgeBook(book, rules), on: on, files: make(map[string]map[string][][]string)}
	w.snap = newSnapshot(w.judged, on)
	work := liaison.Worklist(w.judged.Facts, rules, w.judged.Verdicts, on)
	open := make(map[liaison.WorkKind]bool)
	for _, one := range work {
		open[one.Kind] = true
	}
	w.today = today.Rows(work, on, open)
	w.partners = partners.NewIndex(w.judged, on, nil)
	request := reports.Request{
		Facts: w.judged.Facts, Rules: rules, Verdicts: w.judged.Verdicts, OutputOn: on, Month: on.Month(), AsOf: on,
		Period: models.Period{From: on.FiscalYearStart(), To: on},
	}
	for _, name := range []string{"policy", "coverage", "evidence", "handover", "monthly", "menkai", "relations"} {
		kind, ok := reports.KindNamed(name)
		require.True(t, ok, name)
		path := filepath.Join(t.TempDir(), name+".xlsx")
		require.NoError(t, kind.Write(context.Background(), path, request))
		w.files[name], err = reportstest.Read(path, "")
		require.NoError(t, err)
	}
	return w
}

// line is a row of a table of a workbook by the titles of its columns.
type line map[string]string

// table returns the rows under the header that begins with a title, on every
// sheet of a report or on one.
func (w *walked) table(report, sheet, first string) []line {
	var lines []line
	for name, rows := range w.files[report] {
		if sheet != "" && name != sheet {
			continue
		}
		var head []string
		for _, row := range rows {
			switch {
			case len(row) == 0:
				head = nil
			case plain(row[0]) == first:
				head = row
			case head != nil && (len(row) > 1 || len(head) == 1):
				l := make(line)
				for i, title := range head {
					if title = plain(title); i < len(row) && l[title] == "" && title != "" {
						l[title] = strings.TrimSpace(row[i])
					}
				}
				lines = append(lines, l)
			}
		}
	}
	return lines
}

func plain(title string) string { return strings.ReplaceAll(title, "\n", "") }

// text is all the words of a report.
func (w *walked) text(report string) string {
	var b strings.Builder
	for _, rows := range w.files[report] {
		for _, row := range rows {
			b.WriteString(strings.Join(row, "\t") + "\n")
		}
	}
	return b.String()
}

// onToday returns the rows of 今日 with a text, by the key of their record.
func (w *walked) onToday(text string) map[string]today.Row {
	found := make(map[string]today.Row)
	for _, row := range w.today {
		if !row.Heading && strings.Contains(row.Text, text) {
			found[row.Key] = row
		}
	}
	return found
}

// inHandover returns the days of what the 引き継ぎ書 hands over, by record.
func (w *walked) inHandover(text string) map[string]string {
	found := make(map[string]string)
	for _, l := range w.table("handover", "", "すること") {
		if strings.Contains(l["すること"], text) {
			found[l["台帳の番号"]] = l["期限"]
		}
	}
	return found
}

// registers are the random ones of all tests here, written once.
var registers []*walked

// toTheEdge moves what a random register seldom has on its very day: every other
// 情報提供 to the last day for it, and who was at the last 会議 to an office from the
// day after.
func toTheEdge(book *models.Book) {
	params, _ := fee.ParamsOf(book.Settings)
	for i := range book.Admissions {
		if a := &book.Admissions[i]; a.InformedOn != 0 && i%2 == 0 {
			a.InformedOn = a.AdmittedOn.AddDays(6)
			if params.DayCount == fee.NextDay {
				a.InformedOn = a.AdmittedOn.AddDays(7)
			}
		}
	}
	last := book.Attendances[len(book.Attendances)-1]
	held := slices.IndexFunc(book.Meetings, func(m models.Meeting) bool { return m.Code == last.Meeting })
	for i := range book.Affiliations {
		if a := &book.Affiliations[i]; a.CareManager == last.Code {
			a.From = max(a.From, book.Meetings[held].HeldOn.AddDays(1))
		}
	}
}

// dayToLookAt is, for some of the registers, the last day of what an admission or
// a session has to have, or the day after it.
func dayToLookAt(book *models.Book, seed int) models.Date {
	for _, a := range book.Admissions {
		if seed%3 == 0 && a.CareManager != "" && a.InformedOn == 0 && a.CareStatus != models.NotApplied {
			return a.AdmittedOn.AddDays(6 + seed%2)
		}
	}
	for _, s := range book.Sessions {
		if seed%3 == 1 && s.PlanCopyOn == 0 && s.On >= models.RevisionDate {
			return s.On.AddDays(14)
		}
	}
	return models.Date(2026_06_01).AddDays(10 * seed)
}

// walks visits the random registers, each on a day of its own.
func walks(t *testing.T, visit func(t *testing.T, w *walked)) {
	t.Helper()
	for seed := range 24 {
		if len(registers) <= seed {
			registers = append(registers, walk(t, seed+1))
		}
		w := registers[seed]
		t.Run(fmt.Sprintf("register %d on %s", seed+1, w.on), func(t *testing.T) { visit(t, w) })
	}
}

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
			value := d.Facts[slices.IndexFunc(d.Facts, func(f fact) bool { return f.Label == "入院時情報提供" })]
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
		for _, block := range coverage.Build("work", w.judged, scope).Blocks {
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
						if there && strings.Contains(c.Name, "会議") && e.Link == "meetings/"+row.Meeting.Code {
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
