package liaison

import (
	"renkei/models"
	"renkei/models/fee"
)

// Scope selects the records behind the figures of 連携の状況.
type Scope struct {
	Period models.Period // both ends given
	// AsOf is the day of the report. Records of later days never count.
	AsOf models.Date
	// Ward limits what has a ward (sessions, and admissions in figures about
	// admissions alone). Area, a 市区町村 (models.AreaOf), limits what has an office
	// (sessions, admissions, partners, やり取り). "" means all. A 会議 has neither.
	Ward, Area string
}

// Within returns the period up to AsOf.
func (s Scope) Within() models.Period {
	return models.Period{From: s.Period.From, To: min(s.Period.To, s.AsOf)}
}

// Months lists the months of the period that began by AsOf, oldest first.
func (s Scope) Months() []models.Month {
	var months []models.Month
	p := s.Within()
	for m := p.From.Month(); m <= p.To.Month(); m = m.Add(1) {
		months = append(months, m)
	}
	return months
}

// monthly makes a figure for each month of the scope, oldest first. at returns
// the figure of a day within the scope.
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

// covers reports whether a day belongs to the period.
func (s Scope) covers(on models.Date) bool {
	return on != 0 && on >= s.Period.From && on <= s.Period.To && on <= s.AsOf
}

// inArea reports whether an office is in the area of the scope. An unknown
// office is in no area.
func (s Scope) inArea(office *models.Partner) bool {
	return s.Area == "" || office != nil && models.AreaOf(office.Address) == s.Area
}

// Sessions returns the verdicts of the sessions of the scope since 2026-06-01
// (指導料 split in two), in the given order. The figures of 指導料2 use them.
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
