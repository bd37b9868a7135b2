package models

import "slices"

// Bounds of the dates a real record can have. They are wide on purpose: they
// catch a slip of the year, never an unusual case.
const (
	// firstBirth: nobody born before 1880 is a patient of a register.
	firstBirth Date = 1880_01_01
	// firstRecord is before the longest stays and periods of service, and after
	// the days an empty cell of Excel becomes (1900-01-00, 1904-01-01).
	firstRecord Date = 1920_01_01
	// firstCareManager is the day 介護保険法 came into force: nobody was a
	// 介護支援専門員 before, and the fee is younger still.
	firstCareManager Date = 2000_04_01
)

// How far ahead of today a date can lie: what happened, or is about to, within
// a year; what is planned, as the end of a period, within ten.
const (
	monthsAheadOfEvent = 12
	monthsAheadOfPlan  = 120
)

// Dated is a record that is checked by itself and against the day it is
// entered on.
type Dated interface {
	Validate() Problems
	Implausible(today Date) Problems
}

// EntryProblems returns what keeps a record from being entered by hand today:
// what is wrong with it, and the values no real record has. An import takes
// the latter and notes them; so what stood in the record as it was (the zero T
// for a new one) is not refused again.
func EntryProblems[T Dated](record, was T, today Date) Problems {
	problems, known := record.Validate(), was.Implausible(today)
	for _, p := range record.Implausible(today) {
		if !slices.Contains(known, p) {
			problems = append(problems, p)
		}
	}
	return problems
}

// between names a date before first, or more than the months after today. A
// blank one is no problem here.
func (ps *Problems) between(field string, d, first, today Date, months int, advice string) {
	switch {
	case d == 0:
	case d < first:
		ps.add(field, "『%s』は%d年%d月より前の日付です。%s", d, first.Year(), first.MonthNumber(), advice)
	case d > today.AddMonths(months):
		ps.add(field, "『%s』は今日（%s）から%d年より先の日付です。%s", d, today, months/12, advice)
	}
}

const checkYear = "年を確かめてください"

// event checks the day of something that happened or is about to happen.
func (ps *Problems) event(field string, d, first, today Date) {
	ps.between(field, d, first, today, monthsAheadOfEvent, checkYear)
}

// plan checks a day that may be planned long ahead.
func (ps *Problems) plan(field string, d, today Date) {
	ps.between(field, d, firstRecord, today, monthsAheadOfPlan, checkYear)
}

// period checks a period of which the end may be planned long ahead.
func (ps *Problems) period(fromField string, from Date, toField string, to, today Date) {
	ps.plan(fromField, from, today)
	ps.between(toField, to, firstRecord, today, monthsAheadOfPlan, "続いているときは空欄にし、そうでなければ"+checkYear)
}

// Implausible returns the dates no real 規程 has.
func (p Policy) Implausible(today Date) Problems {
	var ps Problems
	ps.plan("施行日", p.EffectiveOn, today)
	ps.event("周知日", p.AnnouncedOn, firstRecord, today)
	return ps
}

// Implausible returns the dates no real 病棟 has.
func (w Ward) Implausible(today Date) Problems {
	var ps Problems
	ps.period("有効開始", w.ValidFrom, "有効終了", w.ValidTo, today)
	ps.period("加算1届出開始", w.FiledFrom, "加算1届出終了", w.FiledTo, today)
	return ps
}

// Implausible returns the dates no real 職員 has.
func (s Staff) Implausible(today Date) Problems {
	var ps Problems
	ps.period("所属開始", s.From, "所属終了", s.To, today)
	return ps
}

// Implausible returns the dates no real 連携先 has.
func (p Partner) Implausible(today Date) Problems {
	var ps Problems
	ps.event("協議日", p.ConsultedOn, firstRecord, today)
	ps.plan("連携終了日", p.EndedOn, today)
	ps.event("取り決め日", p.AgreedOn, firstRecord, today)
	return ps
}

// Implausible returns the dates no real 介護支援専門員 has.
func (c CareManager) Implausible(today Date) Problems {
	var ps Problems
	ps.event("連絡先共有日", c.SharedOn, firstCareManager, today)
	ps.event("連絡先確認日", c.CheckedOn, firstCareManager, today)
	return ps
}

// Implausible returns the dates no real 所属 has.
func (a Affiliation) Implausible(today Date) Problems {
	var ps Problems
	ps.period("開始日", a.From, "終了日", a.To, today)
	return ps
}

// Implausible returns the dates no real 会議 has.
func (m Meeting) Implausible(today Date) Problems {
	var ps Problems
	ps.event("開催日", m.HeldOn, firstCareManager, today)
	return ps
}

// Implausible returns the dates no real やり取り has.
func (c Contact) Implausible(today Date) Problems {
	var ps Problems
	ps.event("日付", c.On, firstCareManager, today)
	return ps
}

// Implausible returns the dates no real 入院 has. A 退院日 before the 入院日 is
// refused by Validate.
func (a Admission) Implausible(today Date) Problems {
	var ps Problems
	ps.event("入院日", a.AdmittedOn, firstRecord, today)
	switch {
	case a.BornOn == 0:
	case a.BornOn < firstBirth:
		ps.add("生年月日", "『%s』は%d年より前の日付です。元号と年を確かめてください", a.BornOn, firstBirth.Year())
	case a.BornOn > today:
		ps.add("生年月日", "『%s』は今日（%s）より後の日付です。元号と年を確かめてください", a.BornOn, today)
	default:
		ps.order("生年月日", a.BornOn, "入院日", a.AdmittedOn)
	}
	ps.plan("退院見込日", a.ExpectedOn, today)
	ps.order("入院日", a.AdmittedOn, "退院見込日", a.ExpectedOn)
	ps.event("退院日", a.DischargedOn, firstRecord, today)
	ps.event("同意日", a.ConsentedOn, firstCareManager, today)
	ps.event("入院時情報提供書受領日", a.ReceivedOn, firstCareManager, today)
	ps.event("入院時情報提供日", a.InformedOn, firstCareManager, today)
	ps.event("退院前連絡日", a.NoticedOn, firstCareManager, today)
	return ps
}

// Implausible returns the dates no real 病棟履歴 has.
func (s WardStay) Implausible(today Date) Problems {
	var ps Problems
	ps.event("開始日", s.From, firstRecord, today)
	ps.event("終了日", s.To, firstRecord, today)
	return ps
}

// Implausible returns the dates no real 共同指導 has.
func (g JointGuidance) Implausible(today Date) Problems {
	var ps Problems
	ps.event("指導日", g.On, firstCareManager, today)
	ps.event("画面共有同意日", g.ScreenConsent, firstCareManager, today)
	ps.event("要点記載日", g.NotedOn, firstCareManager, today)
	ps.event("ケアプラン依頼日", g.PlanAskedOn, firstCareManager, today)
	ps.event("ケアプラン写し受領日", g.PlanCopyOn, firstCareManager, today)
	if m := g.ClaimMonth; m != 0 && (m < firstCareManager.Month() || m > today.AddMonths(monthsAheadOfEvent).Month()) {
		ps.add("算定月", "『%s』は指導料を算定できる月ではありません。%s", m, checkYear)
	}
	return ps
}
