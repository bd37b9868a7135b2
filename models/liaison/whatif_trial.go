package liaison

import (
	"slices"

	"renkei/models"
	"renkei/models/fee"
)

// trials judges chains again with one action recorded.
type trials struct {
	f      *fee.Facts
	rules  fee.Rules
	scope  map[string]*fee.Verdict   // the sessions of the scope, by 指導番号
	chains map[string][]*fee.Verdict // the chains with such a session
	stays  map[models.AdmissionKey][]models.WardStay
}

func newTrials(f *fee.Facts, rules fee.Rules, verdicts []fee.Verdict, sessions []*fee.Verdict) *trials {
	w := &trials{
		f: f, rules: rules, scope: make(map[string]*fee.Verdict), chains: make(map[string][]*fee.Verdict),
		stays: make(map[models.AdmissionKey][]models.WardStay),
	}
	for _, v := range sessions {
		w.scope[v.Session.Number] = v
		w.chains[v.Chain] = nil
	}
	wanted := make(map[models.AdmissionKey]bool)
	for i := range verdicts {
		v := &verdicts[i]
		if _, ok := w.chains[v.Chain]; ok {
			w.chains[v.Chain] = append(w.chains[v.Chain], v)
			wanted[v.Session.Key()] = true
		}
	}
	for _, s := range f.Book.WardStays {
		if wanted[s.Key()] {
			w.stays[s.Key()] = append(w.stays[s.Key()], s)
		}
	}
	return w
}

// try judges the chains the action may affect and notes what it turns.
func (w *trials) try(a *Action) {
	before := w.touched(a)
	book := w.book(before)
	w.apply(book, a)
	facts := fee.NewFacts(book, w.f.Params)
	results := make(map[string]*fee.Verdict, len(book.Sessions))
	for _, chain := range fee.Chains(facts) {
		after := fee.Judge(chain, facts, w.rules)
		for i := range after {
			results[after[i].Session.Number] = &after[i]
		}
	}
	for _, v := range before {
		now := results[v.Session.Number]
		a.Points += now.Points - v.Points
		if w.scope[v.Session.Number] != nil && now.Result == fee.Fee2 && v.Result != fee.Fee2 {
			a.Turned = append(a.Turned, v.Session.Number)
		}
	}
	slices.Sort(a.Turned)
}

// touched lists the sessions of the chains with a session the action affects.
func (w *trials) touched(a *Action) []*fee.Verdict {
	var found []*fee.Verdict
	for _, chain := range w.chains {
		if slices.ContainsFunc(chain, func(v *fee.Verdict) bool { return w.bearsOn(a, v) }) {
			found = append(found, chain...)
		}
	}
	return found
}

func (w *trials) bearsOn(a *Action, v *fee.Verdict) bool {
	if len(unmet(v)) == 0 {
		return false
	}
	switch a.Kind {
	case ActFiling:
		return v.Ward.Code == a.Key
	case ActAgreement:
		return v.Office.Code == a.Key
	case ActMeeting, ActShare:
		// Counted by office, or without attendance, a meeting also serves others.
		return w.f.Params.RelationshipUnit == fee.Office || !w.f.Params.RequireCMAttendance || slices.Contains(a.People, v.Session.CareManager)
	}
	return true
}

// book returns a register with only these sessions.
func (w *trials) book(sessions []*fee.Verdict) *models.Book {
	all := w.f.Book
	b := &models.Book{
		Policies: slices.Clone(all.Policies), Wards: slices.Clone(all.Wards), Staff: all.Staff,
		Partners: slices.Clone(all.Partners), CareManagers: slices.Clone(all.CareManagers), Affiliations: all.Affiliations,
		Meetings: slices.Clip(all.Meetings), Attendances: slices.Clip(all.Attendances),
	}
	if w.f.Params.RoutineSubstitutes {
		b.Contacts = all.Contacts
	}
	known := make(map[models.AdmissionKey]bool)
	for _, v := range sessions {
		b.Sessions = append(b.Sessions, v.Session)
		if key := v.Session.Key(); v.Admission != nil && !known[key] {
			known[key] = true
			b.Admissions = append(b.Admissions, *v.Admission)
			b.WardStays = append(b.WardStays, w.stays[key]...)
		}
	}
	return b
}

// proposed is the code of the records an action adds.
const proposed = "（仮）"

func (w *trials) apply(b *models.Book, a *Action) {
	switch a.Kind {
	case ActMeeting:
		addMeeting(b, a)
	case ActShare:
		for i := range b.CareManagers {
			if cm := &b.CareManagers[i]; slices.Contains(a.People, cm.Code) && (cm.SharedOn == 0 || cm.SharedOn > a.On) {
				cm.SharedOn = a.On
			}
		}
	case ActPolicy:
		for i := range b.Policies {
			completePolicy(&b.Policies[i])
		}
		first := models.Policy{Edition: proposed, EffectiveOn: a.On}
		completePolicy(&first)
		b.Policies = append(b.Policies, first)
	case ActFiling:
		for i := range b.Wards {
			if ward := &b.Wards[i]; ward.Code == a.Key {
				ward.FiledTo = 0
				if ward.FiledFrom == 0 || ward.FiledFrom > a.On {
					ward.FiledFrom = a.On
				}
			}
		}
	case ActAgreement:
		for i := range b.Partners {
			if p := &b.Partners[i]; p.Code == a.Key && (p.AgreedOn == 0 || p.AgreedOn > a.On) {
				p.AgreedOn = a.On
			}
		}
	case ActAttend:
		w.addDepartment(b)
	}
}

// completePolicy gives a 版 all three items, announced on the day it came into
// force.
func completePolicy(p *models.Policy) {
	p.Within7Days, p.Before7Days, p.Encourages = models.Yes, models.Yes, models.Yes
	if p.AnnouncedOn == 0 || p.AnnouncedOn > p.EffectiveOn {
		p.AnnouncedOn = p.EffectiveOn
	}
}

// addMeeting adds a meeting of the care managers with a 部門の担当者 of the
// day, or with a new staff member if the department has none.
func addMeeting(b *models.Book, a *Action) {
	b.Meetings = append(b.Meetings, models.Meeting{Code: proposed, HeldOn: a.On, Name: proposed, Kind: models.MultiJobMeeting, Counts: models.Yes, ContactsShared: models.Yes})
	b.Staff = append(slices.Clip(b.Staff), departmentRow())
	b.Attendances = append(b.Attendances, models.Attendance{Meeting: proposed, Kind: models.AttendeeStaff, Code: proposed})
	for _, cm := range a.People {
		b.Attendances = append(b.Attendances, models.Attendance{Meeting: proposed, Kind: models.AttendeeCM, Code: cm})
	}
}

// addDepartment adds a 部門の担当者 to the sessions of the scope that lack one.
func (w *trials) addDepartment(b *models.Book) {
	b.Staff = append(slices.Clip(b.Staff), departmentRow())
	for i := range b.Sessions {
		s := &b.Sessions[i]
		if v := w.scope[s.Number]; v != nil && slices.Contains(unmet(v), "11b") {
			s.Staff = append(slices.Clip(s.Staff), proposed)
		}
	}
}

func departmentRow() models.Staff {
	return models.Staff{Code: proposed, From: models.MinDate, Name: proposed, Job: models.SocialWorker, Department: models.FullTime}
}
