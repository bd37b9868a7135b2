package liaison

import (
	"renkei/models"
	"renkei/models/fee"
)

// ContactMonth is what passed with the partners in a month, each record once.
type ContactMonth struct {
	Month    models.Month
	Kinds    map[models.ContactKind]int // やり取り by 種別
	Contacts int
	Meetings int // 会議・勉強会
	Sessions int // 共同指導
}

// ContactsByMonth counts the records of each month of the scope: やり取り of its
// area, 共同指導 of its ward and area, every 会議.
func ContactsByMonth(f *fee.Facts, verdicts []fee.Verdict, scope Scope) []ContactMonth {
	months := scope.Months()
	list := make([]ContactMonth, len(months))
	place := make(map[models.Month]*ContactMonth, len(months))
	for i, m := range months {
		list[i] = ContactMonth{Month: m, Kinds: make(map[models.ContactKind]int)}
		place[m] = &list[i]
	}
	for i := range f.Book.Contacts {
		c := &f.Book.Contacts[i]
		if scope.HoldsContact(f, c) {
			m := place[c.On.Month()]
			m.Contacts++
			m.Kinds[c.Kind]++
		}
	}
	for i := range f.Book.Meetings {
		if on := f.Book.Meetings[i].HeldOn; scope.covers(on) {
			place[on.Month()].Meetings++
		}
	}
	for i := range verdicts {
		if v := &verdicts[i]; scope.Holds(v) {
			place[v.Session.On.Month()].Sessions++
		}
	}
	return list
}

// PeacetimeMonth is how many of the 入院 of a month came with a care manager, and
// with one of 平時の連携.
type PeacetimeMonth struct {
	Month models.Month
	// Admissions are all 入院 that began in the month, WithCareManager those with
	// a 担当CM that is registered, Ready those whose 担当CM was in 平時の連携
	// (通知(3)イ) on the 入院日.
	Admissions, WithCareManager, Ready int
	// ReadyOnes and UnreadyOnes are those with a 担当CM.
	ReadyOnes, UnreadyOnes []models.AdmissionKey
}

// PeacetimeByMonth works out the share of 入院 with 平時の連携, by the month of the
// 入院日.
func PeacetimeByMonth(f *fee.Facts, rules fee.Rules, scope Scope) []PeacetimeMonth {
	months := scope.Months()
	list := make([]PeacetimeMonth, len(months))
	place := make(map[models.Month]*PeacetimeMonth, len(months))
	for i, m := range months {
		list[i].Month = m
		place[m] = &list[i]
	}
	for i := range f.Book.Admissions {
		a := &f.Book.Admissions[i]
		if !scope.covers(a.AdmittedOn) || !scope.admitted(f, a) {
			continue
		}
		m := place[a.AdmittedOn.Month()]
		m.Admissions++
		if f.CareManager(a.CareManager) == nil {
			continue
		}
		m.WithCareManager++
		if fee.PeacetimeOf(f, rules, a.CareManager, a.AdmittedOn).Ready {
			m.Ready++
			m.ReadyOnes = append(m.ReadyOnes, a.Key())
		} else {
			m.UnreadyOnes = append(m.UnreadyOnes, a.Key())
		}
	}
	return list
}
