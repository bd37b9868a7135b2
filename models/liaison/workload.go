package liaison

import (
	"cmp"
	"slices"

	"renkei/models"
	"renkei/models/fee"
)

// Load counts a staff member's やり取り, 会議 and 共同指導 of a month.
type Load struct{ Contacts, Meetings, Sessions int }

// Sum returns the total.
func (l Load) Sum() int { return l.Contacts + l.Meetings + l.Sessions }

func (l *Load) add(o Load) {
	l.Contacts += o.Contacts
	l.Meetings += o.Meetings
	l.Sessions += o.Sessions
}

// StaffLoad is the work of one staff member over the months of a scope.
type StaffLoad struct {
	Code, Name string
	Months     []Load // as Scope.Months
	Total      Load
}

// Workload counts the work of each staff member, most work first. A record with
// several staff counts for each. With a ward only 共同指導 count, with an area
// also やり取り; a 会議 has neither.
func Workload(f *fee.Facts, verdicts []fee.Verdict, scope Scope) []StaffLoad {
	months := scope.Months()
	place := make(map[models.Month]int, len(months))
	for i, m := range months {
		place[m] = i
	}
	names := staffNames(f.Book)
	index := make(map[string]*StaffLoad)
	count := func(codes []string, on models.Date, one Load) {
		if !scope.covers(on) {
			return
		}
		codes = slices.Clone(codes)
		slices.Sort(codes)
		for _, code := range slices.Compact(codes) {
			s := index[code]
			if s == nil {
				s = &StaffLoad{Code: code, Name: cmp.Or(names[code], code), Months: make([]Load, len(months))}
				index[code] = s
			}
			s.Months[place[on.Month()]].add(one)
			s.Total.add(one)
		}
	}
	for i := range f.Book.Contacts {
		if c := &f.Book.Contacts[i]; scope.HoldsContact(f, c) {
			count(c.Staff, c.On, Load{Contacts: 1})
		}
	}
	for i := range verdicts {
		if v := &verdicts[i]; scope.Holds(v) {
			count(v.Session.Staff, v.Session.On, Load{Sessions: 1})
		}
	}
	attended := StaffAt(f.Book)
	for i := range f.Book.Meetings {
		m := &f.Book.Meetings[i]
		count(attended[m.Code], m.HeldOn, Load{Meetings: 1})
	}
	list := make([]StaffLoad, 0, len(index))
	for _, s := range index {
		list = append(list, *s)
	}
	slices.SortFunc(list, func(a, b StaffLoad) int {
		return cmp.Or(cmp.Compare(b.Total.Sum(), a.Total.Sum()), cmp.Compare(a.Code, b.Code))
	})
	return list
}

// StaffAt returns the 職員コード of the attendees by 会議コード.
func StaffAt(b *models.Book) map[string][]string {
	attended := make(map[string][]string)
	for _, a := range b.Attendances {
		if a.Kind == models.AttendeeStaff {
			attended[a.Meeting] = append(attended[a.Meeting], a.Code)
		}
	}
	return attended
}

// Informing says how the seven days of the 規程 were kept (N-02). It covers the
// 入院 of fee.InformTargets, except those not done but still in time.
type Informing struct {
	Month models.Month // of the 入院日
	InTime,
	Late, // given after the last day
	Missing []models.AdmissionKey // not recorded
}

// Total counts the 入院.
func (i Informing) Total() int { return len(i.InTime) + len(i.Late) + len(i.Missing) }

// InformedByMonth returns the 入院 of the scope by month.
func InformedByMonth(f *fee.Facts, scope Scope) []Informing {
	list, at := monthly(scope, func(m models.Month) Informing { return Informing{Month: m} })
	for i := range f.Book.Admissions {
		a := &f.Book.Admissions[i]
		if !scope.covers(a.AdmittedOn) || !scope.admitted(f, a) {
			continue
		}
		month := at(a.AdmittedOn)
		switch fee.InformOf(f, a, scope.AsOf).Kept {
		case fee.KeptMissing:
			month.Missing = append(month.Missing, a.Key())
		case fee.KeptLate:
			month.Late = append(month.Late, a.Key())
		case fee.KeptInTime:
			month.InTime = append(month.InTime, a.Key())
		}
	}
	return list
}

// InformedTogether merges months.
func InformedTogether(months []Informing) Informing {
	var all Informing
	for _, m := range months {
		all.InTime, all.Late, all.Missing = append(all.InTime, m.InTime...), append(all.Late, m.Late...), append(all.Missing, m.Missing...)
	}
	return all
}

// Papers lists the papers missing for billable sessions on the day.
type Papers struct {
	NoNote    []string // 指導番号 without 要点
	NoCopy    []string // ケアプラン写し not received by fee.CopyDue
	CopyAsked []string // those of NoCopy that were asked for
	// Received are the sessions whose ケアプラン写し was received, fastest first.
	Received []Received
}

// Received is how long the ケアプラン写し of a session took.
type Received struct {
	Number string // 指導番号
	Days   int    // from the session to the copy
}

// MedianDays returns the median days to the copy, the lower one of two, or
// false without any.
func (p Papers) MedianDays() (days int, ok bool) {
	all := make([]int, len(p.Received))
	for i, r := range p.Received {
		all[i] = r.Days
	}
	return middle(all)
}

// PapersOf looks at the billable sessions of the scope, the old fee included.
func PapersOf(verdicts []fee.Verdict, scope Scope) Papers {
	var p Papers
	for i := range verdicts {
		v := &verdicts[i]
		s := &v.Session
		if !v.Result.Billable() || !scope.Holds(v) {
			continue
		}
		if s.NotedOn == 0 || s.NotedOn > scope.AsOf {
			p.NoNote = append(p.NoNote, s.Number)
		}
		switch {
		case s.PlanCopyOn != 0 && s.PlanCopyOn <= scope.AsOf:
			p.Received = append(p.Received, Received{s.Number, s.On.DaysUntil(s.PlanCopyOn)})
		case fee.CopyDue(s) < scope.AsOf:
			p.NoCopy = append(p.NoCopy, s.Number)
			if s.PlanAskedOn != 0 && s.PlanAskedOn <= scope.AsOf {
				p.CopyAsked = append(p.CopyAsked, s.Number)
			}
		}
	}
	slices.SortStableFunc(p.Received, func(a, b Received) int { return cmp.Compare(a.Days, b.Days) })
	return p
}
