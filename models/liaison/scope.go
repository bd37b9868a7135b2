package liaison

import (
	"renkei/models"
	"renkei/models/fee"
)

// Scope says which records the figures of 連携の状況 are made of.
type Scope struct {
	Period models.Period // both ends given
	// AsOf is the day the register is looked at: records of later days are left
	// out of every count.
	AsOf models.Date
	// Ward narrows what has a ward (sessions, and admissions where a figure is of
	// them alone), Area what has an office (sessions, admissions, partners,
	// やり取り) to a 市区町村 (models.AreaOf); "" is all. A 会議 has neither.
	Ward, Area string
}

// Within returns the period up to the day the register is looked at.
func (s Scope) Within() models.Period {
	return models.Period{From: s.Period.From, To: min(s.Period.To, s.AsOf)}
}

// Months lists the months of the period that have begun by AsOf, oldest first.
func (s Scope) Months() []models.Month {
	var months []models.Month
	p := s.Within()
	for m := p.From.Month(); m <= p.To.Month(); m = m.Add(1) {
		months = append(months, m)
	}
	return months
}

// monthly makes a figure for each month of the scope, oldest first; at finds the
// figure of a day the scope covers.
func monthly[T any](s Scope, of func(models.Month) T) (list []T, at func(models.Date) *T) {
	months := s.Months()
	list = make([]T, len(months))
	place := make(map[models.Month]*T, len(months))
	for i, m := range months {
		list[i] = of(m)
		place[m] = &list[i]
	}
	return list, func(on models.Date) *T { return place[on.Month()] }
}

// covers reports whether a record of a day belongs to the period.
func (s Scope) covers(on models.Date) bool {
	return on != 0 && on >= s.Period.From && on <= s.Period.To && on <= s.AsOf
}

// inArea reports whether an office lies in the area of the scope; one not known
// lies in none.
func (s Scope) inArea(office *models.Partner) bool {
	return s.Area == "" || office != nil && models.AreaOf(office.Address) == s.Area
}

// Sessions returns the verdicts of the sessions of the scope held since the fee
// was divided (2026-06-01), in their order: what the figures of 指導料2 are of.
func (s Scope) Sessions(verdicts []fee.Verdict) []*fee.Verdict {
	var found []*fee.Verdict
	for i := range verdicts {
		v := &verdicts[i]
		if v.Session.On >= models.RevisionDate && s.Holds(v) {
			found = append(found, v)
		}
	}
	return found
}

// Holds reports whether a session belongs to the period, the ward and the area.
func (s Scope) Holds(v *fee.Verdict) bool {
	return s.covers(v.Session.On) && s.inArea(v.Office) && (s.Ward == "" || v.Ward != nil && v.Ward.Code == s.Ward)
}

// HoldsContact reports whether an やり取り belongs to the period and the area.
func (s Scope) HoldsContact(f *fee.Facts, c *models.Contact) bool {
	return s.covers(c.On) && (s.Area == "" || s.inArea(f.Partner(f.OfficeOfContact(c))))
}
