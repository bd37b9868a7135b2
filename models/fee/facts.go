package fee

import (
	"cmp"
	"slices"
	"sort"
	"strings"

	"renkei/models"
)

// Facts is the register indexed for the judgement and the monitors under one
// set of parameters. NewFacts builds it in time proportional to the book. After
// that it is immutable and shared between goroutines: read it and the book
// behind it, never change them.
type Facts struct {
	Params Params
	Book   *models.Book

	admissions   map[models.AdmissionKey]*models.Admission
	stays        map[models.AdmissionKey][]*models.WardStay
	sessions     map[models.AdmissionKey][]*models.JointGuidance
	wards        map[string][]*models.Ward
	staff        map[string][]*models.Staff
	careManagers map[string]*models.CareManager
	affiliations map[string][]*models.Affiliation
	partners     map[string]*models.Partner
	policies     []*models.Policy // by 施行日

	attended   map[string][]*meeting // every 会議 a care manager attended
	sharings   map[string][]*meeting // of attended, those with 連絡先共有
	qualifying meetingLists
	routine    routineContacts
}

// meetingLists are the 会議 that meet 通知(3)イ apart from their day and from
// which care managers attended. Each list is sorted by 開催日.
type meetingLists struct {
	all            []*meeting
	byCM, byOffice map[string][]*meeting
}

// meeting is a 会議 with what the judgement needs of it.
type meeting struct {
	*models.Meeting
	counted    bool // 会議として算入
	department bool // a 部門の担当者 (on 開催日) attended
	cms        []string
}

// routineContacts holds the やり取り made by a 部門の担当者, one per day, by
// care manager and by office, sorted by day.
type routineContacts struct{ byCM, byOffice map[string][]*models.Contact }

// NewFacts indexes a book.
func NewFacts(book *models.Book, params Params) *Facts {
	f := &Facts{
		Params:       params,
		Book:         book,
		admissions:   make(map[models.AdmissionKey]*models.Admission, len(book.Admissions)),
		stays:        group(book.WardStays, models.WardStay.Key),
		sessions:     group(book.Sessions, models.JointGuidance.Key),
		wards:        group(book.Wards, func(w models.Ward) string { return w.Code }),
		staff:        group(book.Staff, func(s models.Staff) string { return s.Code }),
		careManagers: make(map[string]*models.CareManager, len(book.CareManagers)),
		affiliations: group(book.Affiliations, func(a models.Affiliation) string { return a.CareManager }),
		partners:     make(map[string]*models.Partner, len(book.Partners)),
	}
	for i := range book.Admissions {
		f.admissions[book.Admissions[i].Key()] = &book.Admissions[i]
	}
	for i := range book.CareManagers {
		f.careManagers[book.CareManagers[i].Code] = &book.CareManagers[i]
	}
	for i := range book.Partners {
		f.partners[book.Partners[i].Code] = &book.Partners[i]
	}
	for i := range book.Policies {
		f.policies = append(f.policies, &book.Policies[i])
	}
	slices.SortFunc(f.policies, func(a, b *models.Policy) int {
		return cmp.Or(cmp.Compare(a.EffectiveOn, b.EffectiveOn), strings.Compare(a.Edition, b.Edition))
	})
	for _, rows := range f.staff {
		slices.SortFunc(rows, func(a, b *models.Staff) int { return cmp.Compare(a.From, b.From) })
	}
	f.indexMeetings()
	if params.RoutineSubstitutes {
		f.indexRoutine()
	}
	return f
}

func group[K comparable, T any](rows []T, key func(T) K) map[K][]*T {
	m := make(map[K][]*T)
	for i := range rows {
		k := key(rows[i])
		m[k] = append(m[k], &rows[i])
	}
	return m
}

func (f *Facts) indexMeetings() {
	f.attended = make(map[string][]*meeting)
	f.sharings = make(map[string][]*meeting)
	f.qualifying = meetingLists{byCM: make(map[string][]*meeting), byOffice: make(map[string][]*meeting)}
	for _, m := range f.meetingsByDay() {
		counts := m.counted && m.department
		if counts {
			f.qualifying.all = append(f.qualifying.all, m)
		}
		offices := make(map[string]bool)
		for _, cm := range m.cms {
			f.attended[cm] = append(f.attended[cm], m)
			if m.ContactsShared.Is() {
				f.sharings[cm] = append(f.sharings[cm], m)
			}
			if !counts {
				continue
			}
			f.qualifying.byCM[cm] = append(f.qualifying.byCM[cm], m)
			if office := f.OfficeOf(cm, m.HeldOn); office != nil && !offices[office.Code] {
				offices[office.Code] = true
				f.qualifying.byOffice[office.Code] = append(f.qualifying.byOffice[office.Code], m)
			}
		}
	}
}

// meetingsByDay returns the 会議 with their 出席, by 開催日 and 会議コード.
func (f *Facts) meetingsByDay() []*meeting {
	attendances := group(f.Book.Attendances, func(a models.Attendance) string { return a.Meeting })
	meetings := make([]*meeting, 0, len(f.Book.Meetings))
	for i := range f.Book.Meetings {
		m := &meeting{Meeting: &f.Book.Meetings[i]}
		m.counted = f.CountsAsMeeting(m.Meeting)
		for _, a := range attendances[m.Code] {
			switch a.Kind {
			case models.AttendeeStaff:
				m.department = m.department || f.InDepartment(a.Code, m.HeldOn)
			case models.AttendeeCM:
				m.cms = append(m.cms, a.Code)
			}
		}
		slices.Sort(m.cms)
		meetings = append(meetings, m)
	}
	slices.SortFunc(meetings, func(a, b *meeting) int {
		return cmp.Or(cmp.Compare(a.HeldOn, b.HeldOn), strings.Compare(a.Code, b.Code))
	})
	return meetings
}

// heldWithin returns the meetings with from ≤ 開催日 < before. meetings are
// sorted by day.
func heldWithin(meetings []*meeting, from, before models.Date) []*meeting {
	return between(meetings, from, before, func(m *meeting) models.Date { return m.HeldOn })
}

// between returns the rows with from ≤ day < before. rows are sorted by day.
func between[T any](rows []T, from, before models.Date, day func(T) models.Date) []T {
	at := func(d models.Date) int {
		return sort.Search(len(rows), func(i int) bool { return day(rows[i]) >= d })
	}
	first := at(from)
	return rows[first:max(first, at(before))]
}

// CountsAsMeeting reports whether a 会議 counts for 通知(3)イ: by the
// department's mark (会議として算入), else by its 種別.
func (f *Facts) CountsAsMeeting(m *models.Meeting) bool {
	if m.Counts != models.Unknown {
		return m.Counts.Is()
	}
	return m.Kind != models.StudySession || f.Params.StudySessionDefault
}

func (f *Facts) indexRoutine() {
	f.routine = routineContacts{make(map[string][]*models.Contact), make(map[string][]*models.Contact)}
	for i := range f.Book.Contacts {
		c := &f.Book.Contacts[i]
		if !slices.ContainsFunc(c.Staff, func(code string) bool { return f.InDepartment(code, c.On) }) {
			continue
		}
		if c.CareManager != "" {
			f.routine.byCM[c.CareManager] = append(f.routine.byCM[c.CareManager], c)
		}
		if office := f.OfficeOfContact(c); office != "" {
			f.routine.byOffice[office] = append(f.routine.byOffice[office], c)
		}
	}
	for _, index := range []map[string][]*models.Contact{f.routine.byCM, f.routine.byOffice} {
		for key, contacts := range index {
			slices.SortFunc(contacts, func(a, b *models.Contact) int {
				return cmp.Or(cmp.Compare(a.On, b.On), strings.Compare(a.Number, b.Number))
			})
			index[key] = slices.CompactFunc(contacts, func(a, b *models.Contact) bool { return a.On == b.On })
		}
	}
}

// OfficeOfContact returns the code of the institution of an やり取り: its
// 連携先コード, or if blank, the office of the care manager on that date.
func (f *Facts) OfficeOfContact(c *models.Contact) string {
	if c.Partner != "" {
		return c.Partner
	}
	if office := f.OfficeOf(c.CareManager, c.On); office != nil {
		return office.Code
	}
	return ""
}

// Admission returns the admission with that key, nil when not registered.
func (f *Facts) Admission(key models.AdmissionKey) *models.Admission { return f.admissions[key] }

// CareManager returns the care manager with that code, nil when not registered.
func (f *Facts) CareManager(code string) *models.CareManager { return f.careManagers[code] }

// Partner returns the partner with that code, nil when not registered.
func (f *Facts) Partner(code string) *models.Partner { return f.partners[code] }

// WardOf returns the ward row of an admission on a date, nil when the 病棟履歴
// or the ward rows do not cover it. On a transfer day it is the receiving ward.
func (f *Facts) WardOf(key models.AdmissionKey, on models.Date) *models.Ward {
	stay := f.stayOn(key, on)
	if stay == nil {
		return nil
	}
	return f.WardFacts(stay.Ward, on)
}

// stayOn returns the 病棟履歴 row for a date, nil when none covers it.
func (f *Facts) stayOn(key models.AdmissionKey, on models.Date) *models.WardStay {
	return latest(f.stays[key], on, (*models.WardStay).Period, nil)
}

// WardFacts returns the row of a ward that covers a date, nil when none does.
func (f *Facts) WardFacts(code string, on models.Date) *models.Ward {
	return latest(f.wards[code], on, (*models.Ward).Valid, nil)
}

// OfficeOf returns the office of a care manager on a date, nil when no
// 所属履歴 covers it.
func (f *Facts) OfficeOf(cm string, on models.Date) *models.Partner {
	row := latest(f.affiliations[cm], on, (*models.Affiliation).Period, func(a, b *models.Affiliation) bool { return a.Partner > b.Partner })
	if row == nil {
		return nil
	}
	return f.partners[row.Partner]
}

// latest returns the row that starts last among those whose period covers the
// date. beats decides ties.
func latest[T any](rows []*T, on models.Date, period func(*T) models.Period, beats func(a, b *T) bool) *T {
	var found *T
	for _, row := range rows {
		if !period(row).Covers(on) {
			continue
		}
		if found == nil || period(row).From > period(found).From ||
			beats != nil && period(row).From == period(found).From && beats(row, found) {
			found = row
		}
	}
	return found
}

// StaffOn returns the rows of a staff code that cover a date.
func (f *Facts) StaffOn(code string, on models.Date) []models.Staff {
	var rows []models.Staff
	for _, row := range f.staff[code] {
		if row.Period().Covers(on) {
			rows = append(rows, *row)
		}
	}
	return rows
}

// KnowsStaff reports whether the staff code is registered.
func (f *Facts) KnowsStaff(code string) bool { return len(f.staff[code]) > 0 }

// InDepartment reports whether a staff code is a 部門の担当者 on a date: 専従
// or 専任, or 病棟専任 if the hospital counts them.
func (f *Facts) InDepartment(code string, on models.Date) bool {
	for _, row := range f.staff[code] {
		if row.Period().Covers(on) && f.isDepartment(row) {
			return true
		}
	}
	return false
}

func (f *Facts) isDepartment(row *models.Staff) bool {
	return row.Department != "" || f.Params.WardStaffIsDepartment && row.WardDedicated.Is()
}

// policyOn returns the 規程 in force on a date: the latest 施行日 up to it.
func (f *Facts) policyOn(on models.Date) *models.Policy {
	var found *models.Policy
	for _, p := range f.policies {
		if p.EffectiveOn > on {
			break
		}
		found = p
	}
	return found
}
