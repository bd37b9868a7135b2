package partners

import (
	"cmp"
	"slices"
	"strings"

	"renkei/app"
	"renkei/models"
	"renkei/models/fee"
	"renkei/models/liaison"
)

// DefaultInterval is the number of days after which an office is to be met
// again: 120 makes the 3 a year that 入退院支援加算1 asks for.
const DefaultInterval = 120

// Index is the register arranged by office and by person as of a day. It is
// made once for each load, beside the window, and only read afterwards.
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
	staff   map[string]string                  // names by 職員コード
	peace   map[string]fee.Peacetime           // by CMコード

	// Newest first, by code.
	jobsOf   map[string][]models.Affiliation // by person
	peopleOf map[string][]models.Affiliation // by office
	person   records
	office   records

	doubles map[string][]string // row keys by what must not occur twice
}

// records are what happened with a person or an office, by its code.
type records struct {
	contacts map[string][]*models.Contact
	sessions map[string][]*models.JointGuidance
	meetings map[string][]attended
}

// attended is a meeting with the people of an office who were there.
type attended struct {
	meeting *models.Meeting
	people  []string // CMコード
}

func newRecords() records {
	return records{
		contacts: make(map[string][]*models.Contact),
		sessions: make(map[string][]*models.JointGuidance),
		meetings: make(map[string][]attended),
	}
}

// NewIndex arranges a register as of a day, in time proportional to it.
// intervals are the days between two 面会 chosen for an office by its code.
func NewIndex(judged *app.Judged, today models.Date, intervals map[string]int) *Index {
	f := judged.Facts
	x := &Index{
		Today: today, Facts: f,
		Period:   liaison.Period(today, f.Params),
		lastMet:  make(map[string]models.Date),
		staff:    make(map[string]string, len(f.Book.Staff)),
		peace:    make(map[string]fee.Peacetime, len(f.Book.CareManagers)),
		jobsOf:   make(map[string][]models.Affiliation),
		peopleOf: make(map[string][]models.Affiliation),
		person:   newRecords(), office: newRecords(),
	}
	x.menkai = liaison.MenkaiDays(f, x.Period)
	x.now, x.march = byCode(liaison.StandingNow(f, today)), byCode(liaison.StandingByMarch(f, today))
	for office, days := range liaison.MenkaiDays(f, models.Period{From: models.MinDate, To: today}) {
		x.lastMet[office] = days[len(days)-1]
	}
	for i := range f.Book.Staff {
		x.staff[f.Book.Staff[i].Code] = f.Book.Staff[i].Name
	}
	for i := range f.Book.CareManagers {
		code := f.Book.CareManagers[i].Code
		x.peace[code] = fee.PeacetimeOf(f, judged.Rules, code, today)
	}
	for _, a := range f.Book.Affiliations {
		x.jobsOf[a.CareManager] = append(x.jobsOf[a.CareManager], a)
		x.peopleOf[a.Partner] = append(x.peopleOf[a.Partner], a)
	}
	newestFirst(x.jobsOf, func(a models.Affiliation) models.Date { return a.From })
	newestFirst(x.peopleOf, func(a models.Affiliation) models.Date { return a.From })
	x.indexRecords()
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

func (x *Index) indexRecords() {
	book := x.Facts.Book
	for i := range book.Contacts {
		c := &book.Contacts[i]
		if c.CareManager != "" {
			x.person.contacts[c.CareManager] = append(x.person.contacts[c.CareManager], c)
		}
		if office := x.Facts.OfficeOfContact(c); office != "" {
			x.office.contacts[office] = append(x.office.contacts[office], c)
		}
	}
	for i := range book.Sessions {
		s := &book.Sessions[i]
		x.person.sessions[s.CareManager] = append(x.person.sessions[s.CareManager], s)
		if office := x.Facts.OfficeOf(s.CareManager, s.On); office != nil {
			x.office.sessions[office.Code] = append(x.office.sessions[office.Code], s)
		}
	}
	x.indexMeetings()
	for _, r := range []records{x.person, x.office} {
		newestFirst(r.contacts, func(c *models.Contact) models.Date { return c.On })
		newestFirst(r.sessions, func(s *models.JointGuidance) models.Date { return s.On })
		newestFirst(r.meetings, func(a attended) models.Date { return a.meeting.HeldOn })
	}
}

func (x *Index) indexMeetings() {
	book := x.Facts.Book
	people := make(map[string][]string) // CMコード by meeting
	for i := range book.Attendances {
		if a := &book.Attendances[i]; a.Kind == models.AttendeeCM {
			people[a.Meeting] = append(people[a.Meeting], a.Code)
		}
	}
	for i := range book.Meetings {
		m := &book.Meetings[i]
		offices := make(map[string][]string)
		for _, cm := range people[m.Code] {
			x.person.meetings[cm] = append(x.person.meetings[cm], attended{m, []string{cm}})
			if office := x.Facts.OfficeOf(cm, m.HeldOn); office != nil {
				offices[office.Code] = append(offices[office.Code], cm)
			}
		}
		for office, cms := range offices {
			x.office.meetings[office] = append(x.office.meetings[office], attended{m, cms})
		}
	}
}

// lastContact returns the day of the newest やり取り or 共同指導 up to today.
func (x *Index) lastContact(r records, code string) models.Date {
	var last models.Date
	for _, c := range r.contacts[code] {
		if c.On <= x.Today {
			last = c.On
			break
		}
	}
	for _, s := range r.sessions[code] {
		if s.On <= x.Today {
			return max(last, s.On)
		}
	}
	return last
}

// nameOf returns the name of a care manager, the code when it is not registered.
func (x *Index) nameOf(cm string) string {
	if p := x.Facts.CareManager(cm); p != nil {
		return p.Name
	}
	return cm
}

// staffNames returns the names of staff, 「渡邉・佐藤」.
func (x *Index) staffNames(codes []string) string {
	names := make([]string, len(codes))
	for i, code := range codes {
		names[i] = cmp.Or(x.staff[code], code)
	}
	return strings.Join(names, "・")
}

// kindOf returns the 種別 of an office, "" when it is not registered.
func (x *Index) kindOf(office string) models.PartnerKind {
	if p := x.Facts.Partner(office); p != nil {
		return p.Kind
	}
	return ""
}
