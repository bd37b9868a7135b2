package fee

import (
	"renkei/models"
)

// Peacetime is the 平時の連携 with a care manager (通知(3)イ・ウ) as of a day: for a
// patient admitted that day, whether there are the meetings, the shared
// contacts and, if the hospital requires it, the 事前の取り決め that 指導料2 asks for.
type Peacetime struct {
	Ready     bool
	Meetings  Condition // 11d
	Contacts  Condition // 11e
	Agreement Condition // 11f, － without require_local_agreement
	// LastsUntil is the last day of admission it covers without new evidence.
	// It is blank when not ready or unlimited.
	LastsUntil models.Date
}

// PeacetimeOf judges the 平時の連携 with a care manager for an admission on a
// day. A care manager without an office that day is not ready.
func PeacetimeOf(f *Facts, rules Rules, cm string, on models.Date) Peacetime {
	s := &models.JointGuidance{On: on, AdmittedOn: on, CareManager: cm}
	a := &assessment{f: f, r: &rules, s: s, supposed: true, admission: &models.Admission{AdmittedOn: on}, cm: f.CareManager(cm), office: f.OfficeOf(cm, on)}
	p := Peacetime{Meetings: a.unasked("11d"), Contacts: a.unasked("11e"), Agreement: a.unasked("11f")}
	if a.cm == nil || a.office == nil {
		return p
	}
	// Days before 2026-06-01 are judged by the new rules too: the question is
	// about the relation, not about a claim.
	found := a.peacetimeMeetings()
	p.Meetings.take(a, found)
	p.Contacts.take(a, a.contactShared())
	p.Agreement.take(a, a.localAgreement())
	p.Ready = len(p.Missing()) == 0
	if p.Ready && f.Params.LookbackMonths > 0 && len(found.evidence) > 0 {
		p.LastsUntil = lastBase(found.evidence[len(found.evidence)-1].Date, f.Params.LookbackMonths)
	}
	return p
}

// PeacetimeAsked defines 平時の連携. It is printed under each figure.
const PeacetimeAsked = "会議への出席と連絡先の共有（通知(3)イ。院内基準で必須とするときは事前の取り決めも）"

// Asked returns the conditions the hospital asks for, met or not. The 取り決め
// is included only if required.
func (p Peacetime) Asked() []Condition {
	list := []Condition{p.Meetings, p.Contacts, p.Agreement}
	if p.Agreement.State == NotAsked {
		list = list[:2]
	}
	return list
}

// Missing returns one sentence for each condition that is not met.
func (p Peacetime) Missing() []string {
	var missing []string
	for _, c := range p.Asked() {
		if c.State == NotMet {
			missing = append(missing, c.Missing)
		}
	}
	return missing
}

// unasked returns a condition of 指導料2 that was not looked up yet.
func (a *assessment) unasked(id string) Condition {
	text := a.r.condition(id)
	return Condition{ID: id, Name: text.Name, Source: text.Source, Fee2Only: true, State: NotAsked}
}

func (c *Condition) take(a *assessment, f finding) {
	c.State, c.Evidence, c.Missing = f.state, f.evidence, f.missing
	if f.state == NotMet {
		c.Mend = a.mendUnmet(c.ID)
	}
}

// lastBase returns the last base date whose evidence window still includes x.
func lastBase(x models.Date, months int) models.Date {
	base := x.AddMonths(months)
	for base.AddDays(1).AddMonths(-months) <= x {
		base = base.AddDays(1)
	}
	return base
}

// RoutineOf returns the days whose やり取り a session may rest on, blank unless
// they stand for 会議.
func (p Params) RoutineOf(s *models.JointGuidance) models.Period {
	if !p.RoutineSubstitutes {
		return models.Period{}
	}
	from := models.MinDate
	if first := min(s.AdmittedOn, s.On); p.LookbackMonths > 0 && first != 0 {
		from = first.AddMonths(-p.LookbackMonths)
	}
	return models.Period{From: from, To: max(s.AdmittedOn, s.On, from)}
}

// Preview judges the chain of a session with the draft in place: added if its
// 指導番号 is new, else instead of the recorded session. It does not change f.
func Preview(f *Facts, rules Rules, draft models.JointGuidance) []Verdict {
	chain := Chain{&draft}
	key := chainKey(f, &draft)
	for i := range f.Book.Sessions {
		s := &f.Book.Sessions[i]
		if s.Number != draft.Number && key != "" && chainKey(f, s) == key {
			chain = append(chain, s)
		}
	}
	return Judge(chain, f, rules)
}
