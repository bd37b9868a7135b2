package liaison

import (
	"cmp"
	"slices"

	"renkei/models"
	"renkei/models/fee"
)

// ActionKind is a kind of single step the hospital could have taken.
type ActionKind string

// The kinds of action.
const (
	ActMeeting   ActionKind = "会議"     // a 多職種連携会議 with these care managers, contacts shared
	ActShare     ActionKind = "連絡先の共有" // with the care managers of an office
	ActPolicy    ActionKind = "規程"     // all three items, announced on the day it came into force
	ActFiling    ActionKind = "加算1の届出" // of a ward
	ActAttend    ActionKind = "部門の同席"  // a 部門の担当者 at every session
	ActAgreement ActionKind = "取り決め"   // with an office, 通知(3)ウ
)

// Action is one step that would have turned sessions into 指導料2, had it been
// taken by a day. The effect is not estimated: the chains are judged again with
// the step recorded.
type Action struct {
	Kind   ActionKind
	People []string // CMコード, for ActMeeting and ActShare
	Key    string   // 連携先コード or 病棟コード
	Name   string   // of the office or ward
	// On is the last day to take the step for all these sessions. Blank for
	// ActAttend.
	On models.Date
	// Turned are the 指導番号 of the scope that would become 指導料2.
	Turned []string
	// Points is the gain of the admissions with a session in the scope.
	Points int
}

// Yen returns the gain in yen.
func (a Action) Yen() int { return fee.YenPerPoint * a.Points }

// Limits of the actions tried.
const (
	PeopleAtMeeting = 5 // care managers per meeting
	meetingsTried   = 3
	groupsTried     = 6 // offices or wards of one kind
)

// WhatIf ranks the actions: most points first, then most sessions. Actions that
// turn nothing are left out.
func WhatIf(f *fee.Facts, rules fee.Rules, verdicts []fee.Verdict, sessions []*fee.Verdict) []Action {
	w := newTrials(f, rules, verdicts, sessions)
	var actions []Action
	for _, a := range w.candidates(sessions) {
		if w.try(&a); len(a.Turned) > 0 {
			actions = append(actions, a)
		}
	}
	slices.SortStableFunc(actions, func(a, b Action) int {
		return cmp.Or(cmp.Compare(b.Points, a.Points), cmp.Compare(len(b.Turned), len(a.Turned)))
	})
	return actions
}

// unmet lists the conditions of 指導料2 that a candidate does not meet. It is
// nil for other sessions.
func unmet(v *fee.Verdict) []string {
	if !v.Candidate || v.Fits2 {
		return nil
	}
	var ids []string
	for i := range v.Conditions {
		if c := &v.Conditions[i]; c.Fee2Only && c.State == fee.NotMet {
			ids = append(ids, c.ID)
		}
	}
	return ids
}

// baseDate returns the day before which the 平時の連携 of a session must lie (Q3).
func baseDate(f *fee.Facts, v *fee.Verdict) models.Date {
	if f.Params.EvidenceMustPrecede == fee.Session {
		return v.Session.On
	}
	return v.Session.AdmittedOn
}

// candidates returns the actions worth trying: each removes all that some
// sessions lack.
func (w *trials) candidates(sessions []*fee.Verdict) []Action {
	var relation []*fee.Verdict // lack 会議, and possibly 共有
	lacking := make(map[string][]*fee.Verdict)
	for _, v := range sessions {
		switch ids := unmet(v); {
		case len(ids) == 0:
		case slices.Equal(ids, []string{"11d"}), slices.Equal(ids, []string{"11d", "11e"}):
			relation = append(relation, v)
		case len(ids) == 1:
			lacking[ids[0]] = append(lacking[ids[0]], v)
		}
	}
	// A meeting at which contacts are shared also fixes missing 共有 alone.
	actions := w.meetings(append(relation, lacking["11e"]...))
	office := func(v *fee.Verdict) (string, string) { return v.Office.Code, v.Office.Name }
	ward := func(v *fee.Verdict) (string, string) { return v.Ward.Code, v.Ward.Name }
	whole := func(*fee.Verdict) (string, string) { return "", "" }
	actions = append(actions, w.grouped(ActShare, lacking["11e"], office, w.dayBefore)...)
	actions = append(actions, w.grouped(ActAgreement, lacking["11f"], office, w.dayBefore)...)
	actions = append(actions, w.grouped(ActFiling, lacking["11a"], ward, func(v *fee.Verdict) models.Date { return v.Session.On })...)
	actions = append(actions, w.grouped(ActPolicy, lacking["11c"], whole, w.policyBy)...)
	return append(actions, w.grouped(ActAttend, lacking["11b"], whole, func(*fee.Verdict) models.Date { return 0 })...)
}

func (w *trials) dayBefore(v *fee.Verdict) models.Date { return baseDate(w.f, v).AddDays(-1) }

// policyBy returns the day by which the 規程 must be in force and announced
// (Q10).
func (w *trials) policyBy(v *fee.Verdict) models.Date {
	if w.f.Params.PolicyMustPrecede == fee.Admission {
		return v.Session.AdmittedOn
	}
	return v.Session.On
}

// grouped makes one action for each of the largest groups.
func (w *trials) grouped(kind ActionKind, sessions []*fee.Verdict, of func(*fee.Verdict) (key, name string), by func(*fee.Verdict) models.Date) []Action {
	groups := make(map[string]*Action)
	sizes := make(map[string]int)
	for _, v := range sessions {
		key, name := of(v)
		a := groups[key]
		if a == nil {
			a = &Action{Kind: kind, Key: key, Name: name, On: by(v)}
			groups[key] = a
		}
		a.On = min(a.On, by(v))
		sizes[key]++
		if kind == ActShare {
			a.People = append(a.People, v.Session.CareManager)
		}
	}
	var actions []Action
	for _, key := range largest(sizes, groupsTried) {
		a := groups[key]
		slices.Sort(a.People)
		a.People = slices.Compact(a.People)
		actions = append(actions, *a)
	}
	return actions
}

// largest returns the keys of the n largest counts, largest first.
func largest(counts map[string]int, n int) []string {
	keys := make([]string, 0, len(counts))
	for key := range counts {
		keys = append(keys, key)
	}
	slices.SortFunc(keys, func(a, b string) int { return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b)) })
	return keys[:min(n, len(keys))]
}

// meetings plans meetings of up to five care managers. Each is on the day
// before some admission that serves the most sessions.
func (w *trials) meetings(sessions []*fee.Verdict) []Action {
	var actions []Action
	for range meetingsTried {
		a, ok := w.bestMeeting(sessions)
		if !ok {
			break
		}
		actions = append(actions, a)
		sessions = slices.DeleteFunc(slices.Clone(sessions), func(v *fee.Verdict) bool {
			return slices.Contains(a.People, v.Session.CareManager)
		})
	}
	return actions
}

func (w *trials) bestMeeting(sessions []*fee.Verdict) (best Action, ok bool) {
	days := make(map[models.Date]bool)
	for _, v := range sessions {
		days[w.dayBefore(v)] = true
	}
	ordered := make([]models.Date, 0, len(days))
	for d := range days {
		ordered = append(ordered, d)
	}
	slices.Sort(ordered)
	most := 0
	for _, on := range ordered {
		counts := make(map[string]int)
		for _, v := range sessions {
			if w.serves(on, baseDate(w.f, v)) {
				counts[v.Session.CareManager]++
			}
		}
		people, sum := largest(counts, PeopleAtMeeting), 0
		for _, cm := range people {
			sum += counts[cm]
		}
		if sum > most {
			slices.Sort(people)
			best, most, ok = Action{Kind: ActMeeting, People: people, On: on}, sum, true
		}
	}
	return best, ok
}

// serves reports whether a meeting on a day is in the evidence window of a base
// date.
func (w *trials) serves(on, base models.Date) bool {
	months := w.f.Params.LookbackMonths
	return on < base && (months == 0 || on >= base.AddMonths(-months))
}
