package liaison

import (
	"renkei/models"
	"renkei/models/fee"
)

// ContactMonth counts the dealings with partners in a month. Each record counts
// once.
type ContactMonth struct {
	Month    models.Month
	Kinds    map[models.ContactKind]int // やり取り by 種別
	Contacts int
	Meetings int // 会議・勉強会
	Sessions int // 共同指導
}

// ContactsByMonth counts the records of each month of the scope: やり取り of
// its area, 共同指導 of its ward and area, and every 会議.
func ContactsByMonth(f *fee.Facts, verdicts []fee.Verdict, scope Scope) []ContactMonth {
	list, at := monthly(scope, func(m models.Month) ContactMonth {
		return ContactMonth{Month: m, Kinds: make(map[models.ContactKind]int)}
	})
	for i := range f.Book.Contacts {
		c := &f.Book.Contacts[i]
		if scope.HoldsContact(f, c) {
			m := at(c.On)
			m.Contacts++
			m.Kinds[c.Kind]++
		}
	}
	for i := range f.Book.Meetings {
		if on := f.Book.Meetings[i].HeldOn; scope.covers(on) {
			at(on).Meetings++
		}
	}
	for i := range verdicts {
		if v := &verdicts[i]; scope.Holds(v) {
			at(v.Session.On).Sessions++
		}
	}
	return list
}

// PeacetimeMonth says how many 入院 of a month had a care manager, and how many
// of these had 平時の連携.
type PeacetimeMonth struct {
	Month      models.Month
	Admissions int // all 入院 that began in the month
	// Ready are those whose registered 担当CM had 平時の連携 (通知(3)イ) on the
	// 入院日, Unready those whose had not.
	Ready, Unready []models.AdmissionKey
}

// WithCareManager counts the 入院 with a registered 担当CM.
func (m PeacetimeMonth) WithCareManager() int { return len(m.Ready) + len(m.Unready) }

// PeacetimeByMonth returns the 入院 with and without 平時の連携 by month of the 入院日.
func PeacetimeByMonth(f *fee.Facts, rules fee.Rules, scope Scope) []PeacetimeMonth {
	list, at := monthly(scope, func(m models.Month) PeacetimeMonth { return PeacetimeMonth{Month: m} })
	for i := range f.Book.Admissions {
		a := &f.Book.Admissions[i]
		if !scope.covers(a.AdmittedOn) || !scope.admitted(f, a) {
			continue
		}
		m := at(a.AdmittedOn)
		m.Admissions++
		if f.CareManager(a.CareManager) == nil {
			continue
		}
		if fee.PeacetimeOf(f, rules, a.CareManager, a.AdmittedOn).Ready {
			m.Ready = append(m.Ready, a.Key())
		} else {
			m.Unready = append(m.Unready, a.Key())
		}
	}
	return list
}
