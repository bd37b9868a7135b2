package fee_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/models"
	"renkei/models/fee"
)

// staying leaves the patient of the base book in hospital.
var staying = admission(func(a *models.Admission) { a.DischargedOn = 0 })

func TestPapersMissing(t *testing.T) {
	noNote := session(func(s *models.JointGuidance) { s.NotedOn = 0 })
	noCopy := session(func(s *models.JointGuidance) { s.PlanCopyOn = 0 })
	refused := session(func(s *models.JointGuidance) { s.PatientJoined = models.No })
	for _, c := range []struct {
		name        string
		change      change
		codes       []string
		confirmable bool
	}{
		{"both papers there", all(), []string{}, true},
		{"no note", noNote, []string{"W1"}, false},
		{"no copy of the plan", noCopy, []string{"W2"}, false},
		{"neither", all(noNote, noCopy), []string{"W1", "W2"}, false},
		{"neither, as 指導料1", all(noNote, noCopy, byStaff(models.Yes, "N1")), []string{"W1", "W2"}, false},
		{"neither, not billable", all(noNote, noCopy, refused), []string{}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			v := judge(t, c.change)
			assert.Equal(t, c.codes, warned(v))
			assert.Equal(t, c.confirmable, v.Confirmable())
			assert.Equal(t, v.Result.Billable() && !c.confirmable, v.NeedsAction())
		})
	}
	t.Run("the old fee too", func(t *testing.T) {
		book := chainBook([]entry{{"05-10", only1, "", "1"}}, session(func(s *models.JointGuidance) { s.NotedOn, s.PlanCopyOn = 0, 0 }))
		assert.Equal(t, []string{"W1", "W2"}, warned(judgeBook(t, book)["G1"]))
	})
}

func TestInformingWithinSevenDays(t *testing.T) {
	informed := func(s string) change { return admission(func(a *models.Admission) { a.InformedOn = day(s) }) }
	never := admission(func(a *models.Admission) { a.InformedOn = 0 })
	nextDay := set("day_count", "next_day")
	on := func(s string) change { return session(func(g *models.JointGuidance) { g.On = day(s) }) }
	chosen := session(func(s *models.JointGuidance) { s.Standing = models.PatientsChoice })
	for _, c := range []struct {
		name   string
		change change
		raised bool
	}{
		{"on the 7th day", informed("2026-09-07"), false},
		{"on the 8th day", informed("2026-09-08"), true},
		{"from the next day: on the 7th", all(nextDay, informed("2026-09-08")), false},
		{"from the next day: on the 8th", all(nextDay, informed("2026-09-09")), true},
		{"before the admission", informed("2026-08-30"), false},
		{"never, the patient has left", all(never, on("2026-09-05")), true},
		{"never, still within the days", all(never, staying, on("2026-09-07")), false},
		{"never, past the days", all(never, staying, on("2026-09-08")), true},
		{"never, from the next day still within", all(never, staying, nextDay, on("2026-09-08")), false},
		{"never, from the next day past", all(never, staying, nextDay, on("2026-09-09")), true},
		{"never, chosen by the patient", all(never, chosen), false},
		{"never, 指導料1", all(never, byStaff(models.Yes, "N1")), false},
	} {
		t.Run(c.name, func(t *testing.T) {
			v := judge(t, c.change)
			assert.Equal(t, c.raised, v.Warned("W3"), warned(v))
			assert.True(t, v.Confirmable(), "W3 does not hold the session back")
		})
	}
	for _, w := range judge(t, informed("2026-09-09")).Warnings {
		assert.Equal(t, day("2026-09-07"), w.By)
		assert.Equal(t, "入院時の情報提供: 入院9日目です。規程では入院日から7日以内（期限2026-09-07）です（通知(3)ア(ア)）（院内基準: 入院日を1日目）", w.Text)
	}
}

func TestNoticeSevenDaysBeforeLeaving(t *testing.T) {
	noticed := func(s string) change { return admission(func(a *models.Admission) { a.NoticedOn = day(s) }) }
	never := admission(func(a *models.Admission) { a.NoticedOn = 0 })
	leaves := func(expected, left string) change {
		return admission(func(a *models.Admission) {
			a.ExpectedOn, a.DischargedOn = 0, 0
			if expected != "" {
				a.ExpectedOn = day(expected)
			}
			if left != "" {
				a.DischargedOn = day(left)
			}
		})
	}
	on := func(s string) change { return session(func(g *models.JointGuidance) { g.On = day(s) }) }
	for _, c := range []struct {
		name   string
		change change
		raised bool
	}{
		{"on the limit", noticed("2026-09-23"), false},
		{"the day after the limit", noticed("2026-09-24"), true},
		{"by the expected day, not the day of discharge", all(leaves("2026-09-20", "2026-09-30"), noticed("2026-09-14")), true},
		{"by the discharge if no date was expected", all(leaves("", "2026-09-30"), noticed("2026-09-23")), false},
		{"neither given", all(leaves("", ""), never), false},
		{"never, the patient has left", all(never, on("2026-09-05")), true},
		{"never, before the limit", all(leaves("2026-09-30", ""), never), false},
		{"never, on the limit", all(leaves("2026-09-30", ""), never, on("2026-09-23")), false},
		{"never, past the limit", all(leaves("2026-09-30", ""), never, on("2026-09-24")), true},
		{"a short stay: the limit is the admission", all(leaves("2026-09-05", "2026-09-15"), noticed("2026-09-01")), false},
		{"a short stay: the day after", all(leaves("2026-09-05", "2026-09-15"), noticed("2026-09-02")), true},
		{"chosen by the patient", all(never, session(func(s *models.JointGuidance) { s.Standing = models.PatientsChoice })), false},
		{"指導料1", all(never, byStaff(models.Yes, "N1")), false},
	} {
		t.Run(c.name, func(t *testing.T) {
			v := judge(t, c.change)
			assert.Equal(t, c.raised, v.Warned("W4"), warned(v))
		})
	}
	t.Run("the sentence names the limit", func(t *testing.T) {
		v := judge(t, never)
		require.Equal(t, []string{"W4"}, warned(v))
		assert.Equal(t, "退院前の連絡: 記録がありません。規程では退院見込日2026-09-30の7日前まで（期限2026-09-23）です（通知(3)ア(ア)）", v.Warnings[0].Text)
		assert.Equal(t, day("2026-09-23"), v.Warnings[0].By)
	})
}

func TestLocalAgreementMissing(t *testing.T) {
	agreed := func(d models.Date) change { return office(func(p *models.Partner) { p.AgreedOn = d }) }
	assert.True(t, judge(t, agreed(0)).Warned("W5"))
	assert.True(t, judge(t, agreed(day("2026-09-11"))).Warned("W5"), "after the day")
	assert.False(t, judge(t, agreed(day("2026-09-10"))).Warned("W5"), "on the day")
	assert.False(t, judge(t, agreed(0), byStaff(models.Yes, "N1")).Warned("W5"), "指導料2 only")
}

func TestContactsGoneStale(t *testing.T) {
	dates := func(shared, checked string) change {
		return manager(func(c *models.CareManager) {
			c.SharedOn, c.CheckedOn = day(shared), 0
			if checked != "" {
				c.CheckedOn = day(checked)
			}
		})
	}
	sharedAt := func(m *models.Meeting) { m.ContactsShared = models.Yes }
	for _, c := range []struct {
		name   string
		change change
		raised bool
	}{
		{"twelve months ago", dates("2025-09-10", ""), false},
		{"a day more", dates("2025-09-09", ""), true},
		{"of one month", all(set("contact_stale_months", "1"), dates("2026-08-10", "")), false},
		{"of one month, a day more", all(set("contact_stale_months", "1"), dates("2026-08-09", "")), true},
		{"checked since", dates("2020-04-01", "2025-09-10"), false},
		{"checked on the day", dates("2020-04-01", "2026-09-10"), false},
		{"checked after the day only", dates("2020-04-01", "2026-09-11"), true},
		{"shared at a meeting since", all(dates("2020-04-01", ""), meeting(sharedAt)), false},
		{"shared at a meeting on the day", all(dates("2020-04-01", ""), held("K2", "2026-09-10", "M1", sharedAt)), false},
		{"shared at a meeting after the day", all(dates("2020-04-01", ""), held("K2", "2026-09-11", "M1", sharedAt)), true},
		{"shared at a meeting a colleague went to", all(dates("2020-04-01", ""), held("K2", "2026-08-01", "M2", sharedAt)), true},
		{"shared at a meeting without the department", all(dates("2020-04-01", ""), meeting(sharedAt), func(b *models.Book) {
			b.Attendances[0].Code = "N1"
		}, held("K2", "2026-06-01", "M1")), false},
		{"none at all", all(set("require_contact_share_date", "false"), manager(func(c *models.CareManager) { c.SharedOn = 0 })), true},
		{"指導料1", all(dates("2020-04-01", ""), byStaff(models.Yes, "N1")), false},
	} {
		t.Run(c.name, func(t *testing.T) {
			v := judge(t, c.change)
			assert.Equal(t, c.raised, v.Warned("W6"), warned(v))
		})
	}
}

func TestRecordedOtherwiseThanJudged(t *testing.T) {
	for _, c := range []struct {
		name   string
		entry  entry
		raised bool
	}{
		{"1 judged 1", entry{"06-10", fit2, as1, "13"}, false},
		{"1 refused", entry{"06-10", rejected, as1, "6a"}, true},
		{"1 not fit", entry{"06-10", only2, as1, "10"}, true},
		{"2 judged 2", entry{"06-10", fit2, as2, "11"}, false},
		{"2 not fit", entry{"06-10", only1, as2, "12"}, true},
		{"2 held back", entry{"", fit2, as2, "0"}, true},
		{"old judged old", entry{"05-10", only1, asOld, "1"}, false},
		{"old not fit", entry{"05-10", fitless, asOld, "14"}, true},
		{"decided not to bill", entry{"06-10", fit2, asNone, "15"}, false},
		{"undecided", entry{"06-10", rejected, undecided, "6a"}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			v := judgeBook(t, chainBook([]entry{c.entry}))["G1"]
			assert.Equal(t, c.entry.code, v.Code)
			assert.Equal(t, c.raised, v.Warned("W7"))
			assert.False(t, c.raised && v.Confirmable())
			assert.Equal(t, c.raised || v.Result == fee.Pending, v.NeedsAction())
		})
	}
	t.Run("judged 2 where 1 is recorded too", func(t *testing.T) {
		verdicts := judgeBook(t, chainBook([]entry{{"06-10", fit2, as2, "13"}, {"06-20", fit2, as1, "13"}}))
		v := verdicts["G1"]
		assert.Equal(t, fee.Fee1, v.Result)
		require.True(t, v.Warned("W7"))
		assert.Equal(t, "記録は「指導料2」、判定は「指導料1」で、合っていません", v.Warnings[len(v.Warnings)-1].Text)
		assert.False(t, v.Confirmable())
		assert.False(t, verdicts["G2"].Warned("W7"))
	})
}
