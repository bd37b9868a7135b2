package partners

import (
	"cmp"
	"slices"

	"renkei/models"
	"renkei/models/fee"
	"renkei/models/liaison"
)

// DefaultInterval is the number of days after which an office is to be met
// again: 120 makes the 3 a year that 入退院支援加算1 asks for.
const DefaultInterval = 120

// Index is the list of offices and people as of a day, with what it rests on. It
// is made once for each load, beside the window, and only read afterwards.
type Index struct {
	Today models.Date
	Facts *fee.Facts
	// Period is the span in which 面会 count today.
	Period models.Period
	// Rows are all offices and people.
	Rows []Row

	menkai  map[string][]models.Date           // 面会 of the period by 連携先コード
	now     map[string]liaison.PartnerStanding // 連携機関 in the period, by 連携先コード
	march   map[string]liaison.PartnerStanding // 連携機関 in the fiscal year
	lastMet map[string]models.Date             // the last 面会 ever by 連携先コード
	last    map[string]models.Date             // the last dealing by row key
	peace   map[string]fee.Peacetime           // by CMコード

	// Newest first, by code.
	jobsOf   map[string][]models.Affiliation // by person
	peopleOf map[string][]models.Affiliation // by office

	doubles map[string][]string // row keys by what must not occur twice
}

// NewIndex arranges a register as of a day, in time proportional to it. It needs
// liaison.CirclePart. intervals are the days between two 面会 chosen for an office
// by its code.
func NewIndex(f *fee.Facts, rules fee.Rules, today models.Date, intervals map[string]int) *Index {
	x := &Index{
		Today: today, Facts: f,
		Period:   liaison.Period(today, f.Params),
		lastMet:  make(map[string]models.Date),
		last:     make(map[string]models.Date),
		peace:    make(map[string]fee.Peacetime, len(f.Book.CareManagers)),
		jobsOf:   make(map[string][]models.Affiliation),
		peopleOf: make(map[string][]models.Affiliation),
	}
	x.menkai = liaison.MenkaiDays(f, x.Period)
	x.now, x.march = byCode(liaison.StandingNow(f, today)), byCode(liaison.StandingByMarch(f, today))
	for office, days := range liaison.MenkaiDays(f, models.Period{From: models.MinDate, To: today}) {
		x.lastMet[office] = days[len(days)-1]
	}
	for i := range f.Book.CareManagers {
		code := f.Book.CareManagers[i].Code
		x.peace[code] = fee.PeacetimeOf(f, rules, code, today)
	}
	for _, a := range f.Book.Affiliations {
		x.jobsOf[a.CareManager] = append(x.jobsOf[a.CareManager], a)
		x.peopleOf[a.Partner] = append(x.peopleOf[a.Partner], a)
	}
	newestFirst(x.jobsOf, func(a models.Affiliation) models.Date { return a.From })
	newestFirst(x.peopleOf, func(a models.Affiliation) models.Date { return a.From })
	x.indexLast()
	x.Rows = x.makeRows(intervals)
	x.indexDoubles()
	return x
}

func byCode(s liaison.Partners25) map[string]liaison.PartnerStanding {
	found := make(map[string]liaison.PartnerStanding, len(s.Partners))
	for _, p := range s.Partners {
		found[p.Partner.Code] = p
	}
	return found
}

// newestFirst sorts each list of a map by its day, the newest first.
func newestFirst[T any](lists map[string][]T, day func(T) models.Date) {
	for _, list := range lists {
		slices.SortStableFunc(list, func(a, b T) int { return cmp.Compare(day(b), day(a)) })
	}
}

// indexLast notes the last やり取り and 共同指導 up to today, of offices and of people.
func (x *Index) indexLast() {
	note := func(key string, on models.Date) { x.last[key] = max(x.last[key], on) }
	for i := range x.Facts.Book.Contacts {
		if c := &x.Facts.Book.Contacts[i]; c.On <= x.Today {
			note(personKey(c.CareManager), c.On)
			note(officeKey(x.Facts.OfficeOfContact(c)), c.On)
		}
	}
	for i := range x.Facts.Book.Sessions {
		s := &x.Facts.Book.Sessions[i]
		if s.On > x.Today {
			continue
		}
		note(personKey(s.CareManager), s.On)
		if office := x.Facts.OfficeOf(s.CareManager, s.On); office != nil {
			note(officeKey(office.Code), s.On)
		}
	}
}

// kindOf returns the 種別 of an office, "" when it is not registered.
func (x *Index) kindOf(office string) models.PartnerKind {
	if p := x.Facts.Partner(office); p != nil {
		return p.Kind
	}
	return ""
}
