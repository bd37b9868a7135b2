package liaison

import (
	"cmp"
	"slices"
	"strings"

	"renkei/models"
	"renkei/models/fee"
)

// Asking is a 共同指導 and the day its care manager was asked for it.
type Asking struct {
	Number    string // 指導番号
	On, Since models.Date
}

// Days returns the days from asking to the 共同指導. 0 is the same day.
func (a Asking) Days() int { return a.Since.DaysUntil(a.On) }

// AskedMonth is how long it took to arrange the 共同指導 of a month.
type AskedMonth struct {
	Month models.Month
	Asked []Asking
	// Unasked are the 指導番号 without a record of asking.
	Unasked []string
}

// MedianDays returns the median of the days, the lower one of two, or false
// without any.
func (m AskedMonth) MedianDays() (days int, ok bool) {
	all := make([]int, len(m.Asked))
	for i, a := range m.Asked {
		all[i] = a.Days()
	}
	slices.Sort(all)
	return middle(all)
}

// AskedTogether merges months. The median is that of all of them.
func AskedTogether(months []AskedMonth) AskedMonth {
	var all AskedMonth
	for _, m := range months {
		all.Asked, all.Unasked = append(all.Asked, m.Asked...), append(all.Unasked, m.Unasked...)
	}
	return all
}

// middle returns the middle of sorted days, the lower one of two, or false
// without any.
func middle(days []int) (int, bool) {
	if len(days) == 0 {
		return 0, false
	}
	return days[(len(days)-1)/2], true
}

// AskedByMonth returns the 共同指導 of the scope by month. The asking is our first
// やり取り about the patient, with the care manager or with the office alone, whose
// 目的 mentions the date (「日程」) or asks for a 共同指導. It counts from the 入院日 on,
// and from the day after the previous 共同指導 of that 入院.
func AskedByMonth(f *fee.Facts, verdicts []fee.Verdict, scope Scope) []AskedMonth {
	list, at := monthly(scope, func(m models.Month) AskedMonth { return AskedMonth{Month: m} })
	asking, held := askings(f.Book), sessionDays(f.Book)
	for i := range verdicts {
		v := &verdicts[i]
		s := &v.Session
		if v.Admission == nil || !scope.Holds(v) {
			continue
		}
		m := at(s.On)
		if since := askedOn(f, asking[s.PatientID], v, held[s.Key()]); since != 0 {
			m.Asked = append(m.Asked, Asking{s.Number, s.On, since})
		} else {
			m.Unasked = append(m.Unasked, s.Number)
		}
	}
	return list
}

// askedOn returns the day of the first asking that belongs to a session, or
// blank.
func askedOn(f *fee.Facts, asking []*models.Contact, v *fee.Verdict, held []models.Date) models.Date {
	s := &v.Session
	from := v.Admission.AdmittedOn
	for _, on := range held {
		if on < s.On {
			from = max(from, on.AddDays(1))
		}
	}
	var first models.Date
	for _, c := range asking {
		if c.On < from || c.On > s.On || first != 0 && c.On >= first {
			continue
		}
		if c.CareManager == s.CareManager || c.CareManager == "" && v.Office != nil && f.OfficeOfContact(c) == v.Office.Code {
			first = c.On
		}
	}
	return first
}

// Awaited is a patient in hospital for whom a 共同指導 was asked but not held
// since.
type Awaited struct {
	Admission *models.Admission
	Contact   *models.Contact // the latest asking
	Planned   models.Date     // the first 共同指導 recorded for a later day, or blank
}

// AwaitedOn lists them as of the day of the scope, longest wait first.
func AwaitedOn(f *fee.Facts, scope Scope) []Awaited {
	asking, held := askings(f.Book), sessionDays(f.Book)
	var list []Awaited
	for i := range f.Book.Admissions {
		a := &f.Book.Admissions[i]
		if !a.InHospital(scope.AsOf) || !scope.admitted(f, a) {
			continue
		}
		var last *models.Contact
		for _, c := range asking[a.PatientID] {
			if c.On >= a.AdmittedOn && c.On <= scope.AsOf && (last == nil || c.On >= last.On) {
				last = c
			}
		}
		if last == nil {
			continue
		}
		w, since := Awaited{Admission: a, Contact: last}, false
		for _, on := range held[a.Key()] {
			switch {
			case on > scope.AsOf && (w.Planned == 0 || on < w.Planned):
				w.Planned = on
			case on >= last.On && on <= scope.AsOf:
				since = true
			}
		}
		if !since {
			list = append(list, w)
		}
	}
	slices.SortStableFunc(list, func(a, b Awaited) int { return cmp.Compare(a.Contact.On, b.Contact.On) })
	return list
}

// askings returns the やり取り that ask for a 共同指導, by 患者ID.
func askings(b *models.Book) map[string][]*models.Contact {
	found := make(map[string][]*models.Contact)
	for i := range b.Contacts {
		c := &b.Contacts[i]
		if c.PatientID != "" && c.Initiator != models.Theirs && asks(c.Purpose) {
			found[c.PatientID] = append(found[c.PatientID], c)
		}
	}
	return found
}

func asks(purpose string) bool {
	return strings.Contains(purpose, "日程") || strings.Contains(purpose, "共同指導") && strings.Contains(purpose, "依頼")
}

// sessionDays returns the days of the 共同指導 of each 入院, future ones included.
func sessionDays(b *models.Book) map[models.AdmissionKey][]models.Date {
	days := make(map[models.AdmissionKey][]models.Date, len(b.Admissions))
	for i := range b.Sessions {
		if s := &b.Sessions[i]; s.On != 0 {
			days[s.Key()] = append(days[s.Key()], s.On)
		}
	}
	return days
}
