package models

import "slices"

// Bounds of the dates a real record can have. They are wide on purpose: they
// catch a wrong year and pass every unusual case.
const (
	// firstBirth: no patient was born before 1880.
	firstBirth Date = 1880_01_01
	// firstRecord is before the longest stay or term of service, and after the
	// dates Excel makes of an empty cell (1900-01-00, 1904-01-01).
	firstRecord Date = 1920_01_01
	// firstCareManager is the day 介護保険法 came into force. There were no
	// 介護支援専門員 before.
	firstCareManager Date = 2000_04_01
)

// How far ahead of today a date may be, in months: an event one year, a plan
// (the end of a period) ten years.
const (
	monthsAheadOfEvent = 12
	monthsAheadOfPlan  = 120
)

// Dated is a record that can be checked alone and against the day it is entered
// on.
type Dated interface {
	Validate() Problems
	Implausible(today Date) Problems
}

// EntryProblems returns what prevents entering a record by hand today: its own
// problems and its implausible values. An import accepts implausible values and
// notes them, so those already in was (the stored record, zero for a new one)
// are not refused again.
func EntryProblems[T Dated](record, was T, today Date) Problems {
	problems, known := record.Validate(), was.Implausible(today)
	for _, p := range record.Implausible(today) {
		if !slices.Contains(known, p) {
			problems = append(problems, p)
		}
	}
	return problems
}

// between reports a date before first or more than the given months after
// today. Blank is allowed.
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

// event checks the date of something that happened or is about to.
func (ps *Problems) event(field string, d, first, today Date) {
	ps.between(field, d, first, today, monthsAheadOfEvent, checkYear)
}

// plan checks a date that may be far in the future.
func (ps *Problems) plan(field string, d, today Date) {
	ps.between(field, d, firstRecord, today, monthsAheadOfPlan, checkYear)
}

// period checks a period whose end may be far in the future.
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
