package liaison

import (
	"cmp"
	"slices"

	"renkei/models"
	"renkei/models/fee"
)

// HandoverMonths is how many months back a 引き継ぎ書 looks.
const HandoverMonths = 12

// Handover is what a staff member hands over to a successor.
type Handover struct {
	Staff    string    // 職員コード
	Partners []Dealing // most dealings first
	// Open are the patients in hospital the member worked for: by a 共同指導 of
	// the stay, or an やり取り about the patient since the 入院日.
	Open []OpenStay
	// Works are the member's entries of the list 今日, see Handovers.
	Works []Work
}

// Dealing is a member's work with one partner in the last twelve months.
type Dealing struct {
	Partner                   *models.Partner
	Contacts, Menkai, Session int // やり取り, 面会・ビデオ通話 among these, 共同指導
	// All counts やり取り and 共同指導 of all staff with the partner.
	All    int
	LastOn models.Date
	// CareManagers are those the member dealt with there, most dealings first.
	CareManagers []string
	// Main: nobody else dealt with the partner more often.
	Main bool
}

// Own returns the member's share of All.
func (d Dealing) Own() int { return d.Contacts + d.Session }

// OpenStay is a patient in hospital with the 共同指導 of the stay.
type OpenStay struct {
	Admission *models.Admission
	Sessions  int
	LastOn    models.Date // the latest 共同指導, or blank
}

// Handovers works out what each staff member hands over as of a day. An entry
// of the list 今日 belongs to a member if it is about a 共同指導 the member
// took part in, a patient in Open, or a partner (or one of its care managers)
// whose Main is the member. The 締め of a month belongs to nobody.
func Handovers(f *fee.Facts, rules fee.Rules, verdicts []fee.Verdict, asOf models.Date, staff []string) []Handover {
	h := newHandovers(f, asOf)
	works := Worklist(f, rules, verdicts, Working(f.Book, asOf), asOf)
	list := make([]Handover, len(staff))
	for i, code := range staff {
		list[i] = Handover{Staff: code, Partners: h.partners(code), Open: h.open(code)}
		list[i].Works = h.worksOf(code, list[i], works)
	}
	return list
}

// handovers indexes the register by who dealt with whom.
type handovers struct {
	f    *fee.Facts
	asOf models.Date
	// byPartner counts the dealings of each member with each partner.
	byPartner map[string]*partnerDeals
	// people counts, by care manager, the dealings of each member.
	people   map[string]map[string]int
	sessions map[string]*models.JointGuidance
	stays    map[models.AdmissionKey]*OpenStay
	patients map[string]map[models.AdmissionKey]bool // by 職員コード
}

type partnerDeals struct {
	all   int
	deals map[string]*Dealing       // by 職員コード
	met   map[string]map[string]int // by 職員コード, CMコード
}

func newHandovers(f *fee.Facts, asOf models.Date) *handovers {
	h := &handovers{
		f: f, asOf: asOf, byPartner: map[string]*partnerDeals{}, people: map[string]map[string]int{},
		sessions: map[string]*models.JointGuidance{}, stays: map[models.AdmissionKey]*OpenStay{}, patients: map[string]map[models.AdmissionKey]bool{},
	}
	inHospital := map[string][]*models.Admission{}
	for i := range f.Book.Admissions {
		a := &f.Book.Admissions[i]
		if a.InHospital(asOf) {
			h.stays[a.Key()] = &OpenStay{Admission: a}
			inHospital[a.PatientID] = append(inHospital[a.PatientID], a)
		}
	}
	period := models.LastMonths(asOf, HandoverMonths)
	for i := range f.Book.Contacts {
		c := &f.Book.Contacts[i]
		if c.On > asOf {
			continue
		}
		for _, a := range inHospital[c.PatientID] {
			if c.On >= a.AdmittedOn {
				h.worked(c.Staff, a.Key())
			}
		}
		if period.Covers(c.On) {
			h.note(f.OfficeOfContact(c), c.CareManager, c.Staff, c.On, func(d *Dealing) {
				d.Contacts++
				if c.Kind.Menkai() {
					d.Menkai++
				}
			})
		}
	}
	for i := range f.Book.Sessions {
		h.session(&f.Book.Sessions[i], period)
	}
	return h
}

func (h *handovers) session(s *models.JointGuidance, period models.Period) {
	h.sessions[s.Number] = s
	if s.On == 0 || s.On > h.asOf {
		return
	}
	if stay := h.stays[s.Key()]; stay != nil {
		stay.Sessions++
		stay.LastOn = max(stay.LastOn, s.On)
		h.worked(s.Staff, s.Key())
	}
	if office := h.f.OfficeOf(s.CareManager, s.On); office != nil && period.Covers(s.On) {
		h.note(office.Code, s.CareManager, s.Staff, s.On, func(d *Dealing) { d.Session++ })
	}
}

func (h *handovers) worked(staff []string, key models.AdmissionKey) {
	for _, code := range staff {
		if h.patients[code] == nil {
			h.patients[code] = map[models.AdmissionKey]bool{}
		}
		h.patients[code][key] = true
	}
}

// note counts one record for the partner and for each staff member in it.
func (h *handovers) note(office, cm string, staff []string, on models.Date, count func(*Dealing)) {
	if cm != "" {
		if h.people[cm] == nil {
			h.people[cm] = map[string]int{}
		}
		for _, code := range distinctCodes(staff) {
			h.people[cm][code]++
		}
	}
	partner := h.f.Partner(office)
	if partner == nil {
		return
	}
	p := h.byPartner[office]
	if p == nil {
		p = &partnerDeals{deals: map[string]*Dealing{}, met: map[string]map[string]int{}}
		h.byPartner[office] = p
	}
	p.all++
	for _, code := range distinctCodes(staff) {
		d := p.deals[code]
		if d == nil {
			d = &Dealing{Partner: partner}
			p.deals[code], p.met[code] = d, map[string]int{}
		}
		count(d)
		d.LastOn = max(d.LastOn, on)
		if cm != "" {
			p.met[code][cm]++
		}
	}
}

func distinctCodes(codes []string) []string {
	codes = slices.Clone(codes)
	slices.Sort(codes)
	return slices.Compact(codes)
}

// partners lists the dealings of a member with partners that have not ended.
func (h *handovers) partners(staff string) []Dealing {
	var list []Dealing
	for _, p := range h.byPartner {
		d := p.deals[staff]
		if d == nil || d.Partner.EndedOn != 0 && d.Partner.EndedOn <= h.asOf {
			continue
		}
		one := *d
		one.All, one.Main = p.all, true
		for _, other := range p.deals {
			one.Main = one.Main && other.Own() <= d.Own()
		}
		one.CareManagers = byCount(p.met[staff])
		list = append(list, one)
	}
	slices.SortFunc(list, func(a, b Dealing) int {
		return cmp.Or(cmp.Compare(b.Own(), a.Own()), cmp.Compare(a.Partner.Code, b.Partner.Code))
	})
	return list
}

// byCount returns the codes, highest count first.
func byCount(counts map[string]int) []string {
	codes := make([]string, 0, len(counts))
	for code := range counts {
		codes = append(codes, code)
	}
	slices.SortFunc(codes, func(a, b string) int { return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b)) })
	return codes
}

func (h *handovers) open(staff string) []OpenStay {
	var list []OpenStay
	for key := range h.patients[staff] {
		list = append(list, *h.stays[key])
	}
	slices.SortFunc(list, func(a, b OpenStay) int {
		return cmp.Or(cmp.Compare(a.Admission.AdmittedOn, b.Admission.AdmittedOn), cmp.Compare(a.Admission.PatientID, b.Admission.PatientID))
	})
	return list
}

func (h *handovers) worksOf(staff string, of Handover, works []Work) []Work {
	var list []Work
	for _, w := range works {
		if h.isOf(staff, of, w) {
			list = append(list, w)
		}
	}
	return list
}

func (h *handovers) isOf(staff string, of Handover, w Work) bool {
	switch w.Kind {
	case WorkSession, WorkPapers:
		s := h.sessions[w.Key]
		return s != nil && slices.Contains(s.Staff, staff)
	case WorkDeadline, WorkNoSession:
		return slices.ContainsFunc(of.Open, func(o OpenStay) bool { return o.Admission.Key().String() == w.Key })
	case WorkMenkai:
		return slices.ContainsFunc(of.Partners, func(d Dealing) bool { return d.Main && d.Partner.Code == w.Key })
	case WorkExpiring:
		own := h.people[w.Key][staff]
		for _, n := range h.people[w.Key] {
			if n > own {
				return false
			}
		}
		return own > 0
	}
	return false
}
