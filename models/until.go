package models

import "slices"

// Until returns the register as it was dated on a day: records of later days
// are left out and later dates within a record are blanked. It keeps undated
// records, 退院見込日, and the future ends of wards, filings, staff and
// partners, because these are known beforehand. It returns the book itself when
// nothing is later.
func (b *Book) Until(on Date) *Book {
	u := until{on: on, known: make(map[string]bool), later: make(map[string]bool)}
	cut := *b
	cut.Policies = keep(&u, b.Policies, func(p *Policy) bool {
		if u.blank(&p.AnnouncedOn) {
			p.AnnouncedHow = ""
		}
		return u.begun(p.EffectiveOn)
	})
	cut.Wards = keep(&u, b.Wards, func(w *Ward) bool {
		if u.blank(&w.FiledFrom) {
			w.FiledTo = 0
		}
		return u.begun(w.ValidFrom)
	})
	cut.Staff = keep(&u, b.Staff, func(s *Staff) bool { return u.begun(s.From) })
	cut.Affiliations = keep(&u, b.Affiliations, func(a *Affiliation) bool {
		u.blank(&a.To)
		return u.begun(a.From, careManagerName(a.CareManager), partnerName(a.Partner))
	})
	meetings := make(map[string]bool)
	cut.Meetings = keep(&u, b.Meetings, func(m *Meeting) bool {
		meetings[m.Code] = u.begun(m.HeldOn)
		return meetings[m.Code]
	})
	cut.Attendances = keep(&u, b.Attendances, func(a *Attendance) bool {
		held, found := meetings[a.Meeting]
		if a.Kind == AttendeeCM {
			u.note(held || !found, careManagerName(a.Code))
		}
		return held || !found
	})
	cut.Contacts = keep(&u, b.Contacts, func(c *Contact) bool {
		return u.begun(c.On, careManagerName(c.CareManager), partnerName(c.Partner))
	})
	u.stays(b, &cut)
	u.others(b, &cut)
	if !u.changed {
		return b
	}
	return &cut
}

// until is one pass over a register.
type until struct {
	on      Date
	changed bool
	// known and later name the partners and care managers mentioned by records
	// up to the day, and by later ones.
	known, later map[string]bool
}

func careManagerName(code string) string { return "CM " + code }
func partnerName(code string) string     { return "連携先 " + code }

// keep returns the rows for which cut returns true. cut may change its row.
// Nothing is copied before the first row that is left out or changed: mostly
// that is none, and a register of many years is large.
func keep[T any](u *until, rows []T, cut func(*T) bool) []T {
	before := u.changed
	u.changed = false
	kept, copied := rows, false
	var row T
	for i := range rows {
		row = rows[i]
		stays := cut(&row)
		u.changed = u.changed || !stays
		if u.changed && !copied {
			kept, copied = append(make([]T, 0, len(rows)), rows[:i]...), true
		}
		if copied && stays {
			kept = append(kept, row)
		}
	}
	u.changed = u.changed || before
	return slices.Clip(kept)
}

// begun reports whether a record is dated up to the day, or undated. names are
// the partners and care managers it mentions.
func (u *until) begun(day Date, names ...string) bool {
	u.note(day <= u.on, names...)
	return day <= u.on
}

func (u *until) note(known bool, names ...string) {
	for _, name := range names {
		if known {
			u.known[name] = true
		} else {
			u.later[name] = true
		}
	}
}

// blank clears later dates and reports whether there were any.
func (u *until) blank(dates ...*Date) bool {
	blanked := false
	for _, d := range dates {
		if *d > u.on {
			*d, blanked, u.changed = 0, true, true
		}
	}
	return blanked
}

// stays cuts the admissions and what belongs to them.
func (u *until) stays(b, cut *Book) {
	cut.Admissions = keep(u, b.Admissions, func(a *Admission) bool {
		u.blank(&a.DischargedOn, &a.ConsentedOn, &a.ReceivedOn, &a.InformedOn, &a.NoticedOn)
		return u.begun(a.AdmittedOn, careManagerName(a.CareManager))
	})
	cut.WardStays = keep(u, b.WardStays, func(s *WardStay) bool {
		u.blank(&s.To)
		return u.begun(max(s.From, s.AdmittedOn))
	})
	cut.Sessions = keep(u, b.Sessions, func(s *JointGuidance) bool {
		u.blank(&s.ScreenConsent, &s.NotedOn, &s.PlanAskedOn)
		if u.blank(&s.PlanCopyOn) {
			s.PlanCopyKind = ""
		}
		return u.begun(max(s.On, s.AdmittedOn), careManagerName(s.CareManager))
	})
}

// others drops the partners and care managers that only later records mention.
func (u *until) others(b, cut *Book) {
	cut.Partners = keep(u, b.Partners, func(p *Partner) bool {
		if earlier(p.ConsultedOn, p.AgreedOn) <= u.on && p.ConsultedOn+p.AgreedOn != 0 {
			u.known[partnerName(p.Code)] = true
		}
		later := u.blank(&p.ConsultedOn, &p.AgreedOn) || u.later[partnerName(p.Code)]
		return u.known[partnerName(p.Code)] || !later
	})
	cut.CareManagers = keep(u, b.CareManagers, func(c *CareManager) bool {
		if earlier(c.SharedOn, c.CheckedOn) <= u.on && c.SharedOn+c.CheckedOn != 0 {
			u.known[careManagerName(c.Code)] = true
		}
		later := u.blank(&c.SharedOn, &c.CheckedOn) || u.later[careManagerName(c.Code)]
		return u.known[careManagerName(c.Code)] || !later
	})
}

// earlier returns the earlier of two days, or the one that is not blank.
func earlier(a, b Date) Date {
	if a == 0 || b != 0 && b < a {
		return b
	}
	return a
}
