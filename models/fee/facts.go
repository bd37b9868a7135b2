package fee

import (
	"cmp"
	"slices"
	"sort"
	"strings"

	"renkei/models"
)

// Facts is the register indexed for the judgement and the monitors, read
// under one set of parameters. It is built once, in time proportional to the
// book, and only read afterwards.
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
	sharings   map[string][]*meeting // of these, those with 連絡先共有
	qualifying meetingLists
	routine    routineContacts
}

// meetingLists are the 会議 that count for 通知(3)イ but for the day and for who
// of the care managers attended. Each list is by 開催日.
type meetingLists struct {
	all            []*meeting
	byCM, byOffice map[string][]*meeting
}

// meeting is a 会議 with what the judgement asks of it.
type meeting struct {
	*models.Meeting
	counted    bool // 会議として算入
	department bool // a 部門の担当者 (on 開催日) is among its 出席
	cms        []string
}

// routineContacts holds the やり取り by a 部門の担当者, one of each day, by care
// manager and by office, in the order of their days.
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

// meetingsByDay reads the 会議 with their 出席, by 開催日 and 会議コード.
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

// heldWithin narrows meetings, sorted by day, to from ≤ 開催日 < before.
func heldWithin(meetings []*meeting, from, before models.Date) []*meeting {
	return between(meetings, from, before, func(m *meeting) models.Date { return m.HeldOn })
}

// between narrows rows, sorted by day, to from ≤ day < before.
func between[T any](rows []T, from, before models.Date, day func(T) models.Date) []T {
	at := func(d models.Date) int {
		return sort.Search(len(rows), func(i int) bool { return day(rows[i]) >= d })
	}
	first := at(from)
	return rows[first:max(first, at(before))]
}

// CountsAsMeeting reports whether a 会議 is counted as one of 通知(3)イ: by the mark
// of the department, else by its 種別.
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
// 連携先コード, or where that is blank the care manager's office on that date.
func (f *Facts) OfficeOfContact(c *models.Contact) string {
	if c.Partner != "" {
		return c.Partner
	}
	if office := f.OfficeOf(c.CareManager, c.On); office != nil {
		return office.Code
	}
	return ""
}

// Admission returns the admission of that key, nil when not registered.
func (f *Facts) Admission(key models.AdmissionKey) *models.Admission { return f.admissions[key] }

// CareManager returns the care manager of that code, nil when not registered.
func (f *Facts) CareManager(code string) *models.CareManager { return f.careManagers[code] }

// Partner returns the partner of that code, nil when not registered.
func (f *Facts) Partner(code string) *models.Partner { return f.partners[code] }

// WardOf returns the facts of the ward an admission is in on a date, nil when
// the 病棟履歴 or the facts do not cover it. On a transfer day it is the
// receiving ward.
func (f *Facts) WardOf(key models.AdmissionKey, on models.Date) *models.Ward {
	stay := f.stayOn(key, on)
	if stay == nil {
		return nil
	}
	return f.WardFacts(stay.Ward, on)
}

// stayOn returns the row of the 病棟履歴 that counts on a date, nil when none
// covers it.
func (f *Facts) stayOn(key models.AdmissionKey, on models.Date) *models.WardStay {
	return latest(f.stays[key], on, (*models.WardStay).Period, nil)
}

// WardFacts returns the facts of a ward that hold on a date, nil when none do.
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

// latest returns, of the rows whose period covers the date, the one that
// starts last; ties go to the row that beats the other.
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

// KnowsStaff reports whether the code is registered at all.
func (f *Facts) KnowsStaff(code string) bool { return len(f.staff[code]) > 0 }

// InDepartment reports whether a staff code is a 部門の担当者 on a date: 専従 or
// 専任 (or 病棟専任, when the hospital counts them).
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
