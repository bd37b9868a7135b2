package admissions

import (
	"cmp"
	"slices"
	"strings"

	"renkei/app"
	"renkei/models"
	"renkei/models/fee"
	"renkei/models/liaison"
)

// record is one admission with all that is known of it, as of a day.
type record struct {
	adm   *models.Admission
	facts *fee.Facts
	today models.Date
	stays []models.WardStay // by 開始日
	// own holds the sessions of the admission, chain those of all admissions
	// counted together with it (通算入院); both by 指導日.
	own, chain []*fee.Verdict
	linked     []*models.Admission // the others of the chain, by 入院日
}

// inHospital reports whether the patient is still here. The day of discharge is a
// day in hospital (models.Admission.InHospital).
func (r *record) inHospital() bool {
	return r.adm.DischargedOn == 0 || r.adm.DischargedOn >= r.today
}

// needs is what is still to be done.
func (r *record) needs() liaison.Needs { return liaison.NeedsOf(r.facts, r.adm, r.chain, r.today) }

// asOf is the day the admission is looked at: today, or the day of discharge.
func (r *record) asOf() models.Date {
	if r.inHospital() {
		return max(r.today, r.adm.AdmittedOn)
	}
	return r.adm.DischargedOn
}

// ward is the ward the patient is in, or left from; nil when not recorded.
func (r *record) ward() *models.Ward { return r.facts.WardOf(r.adm.Key(), r.asOf()) }

// wardName is the name of that ward, or the code when it has no facts.
func (r *record) wardName() string {
	if w := r.ward(); w != nil {
		return cmp.Or(w.Name, w.Code)
	}
	if n := len(r.stays); n > 0 {
		return r.stays[n-1].Ward
	}
	return ""
}

// careManager returns the 担当CM, nil when none is recorded.
func (r *record) careManager() *models.CareManager { return r.facts.CareManager(r.adm.CareManager) }

// careManagerName returns the name of the 担当CM, the code when it is unknown.
func (r *record) careManagerName() string {
	if cm := r.careManager(); cm != nil {
		return cm.Name
	}
	return r.adm.CareManager
}

// office returns the office of the 担当CM, nil when none is recorded.
func (r *record) office() *models.Partner { return r.facts.OfficeOf(r.adm.CareManager, r.asOf()) }

// billable returns the sessions of the chain that earn points.
func (r *record) billable() []*fee.Verdict {
	var of []*fee.Verdict
	for _, v := range r.chain {
		if v.Result.Billable() {
			of = append(of, v)
		}
	}
	return of
}

// snapshot is a part of the register as the page reads it, of one revision. It is
// made beside the window and not changed afterwards.
type snapshot struct {
	judged   *app.Judged
	today    models.Date
	stay     string // the Filter.Stay it was read for
	rows     []*Row // of all admissions of the part, by kana
	byKey    map[models.AdmissionKey]*Row
	stays    map[models.AdmissionKey][]models.WardStay
	sessions map[models.AdmissionKey][]*fee.Verdict
	chains   map[string][]*models.Admission
	wards    []string    // names, of the rows that stay shows
	staffed  []staffName // who held their sessions, by kana
}

// staffName is a member of staff in a filter.
type staffName struct{ code, name, kana string }

// newSnapshot takes time in proportion to the part.
func newSnapshot(judged *app.Judged, today models.Date, stay string) *snapshot {
	book := judged.Facts.Book
	s := &snapshot{
		judged: judged, today: today, stay: stay,
		byKey:    make(map[models.AdmissionKey]*Row, len(book.Admissions)),
		stays:    make(map[models.AdmissionKey][]models.WardStay, len(book.Admissions)),
		sessions: make(map[models.AdmissionKey][]*fee.Verdict, len(book.Sessions)),
		chains:   make(map[string][]*models.Admission),
	}
	for _, stay := range book.WardStays {
		s.stays[stay.Key()] = append(s.stays[stay.Key()], stay)
	}
	for _, stays := range s.stays {
		slices.SortFunc(stays, func(a, b models.WardStay) int { return cmp.Compare(a.From, b.From) })
	}
	for i := range judged.Verdicts {
		v := &judged.Verdicts[i]
		s.sessions[v.Session.Key()] = append(s.sessions[v.Session.Key()], v)
	}
	for _, sessions := range s.sessions {
		sortByDay(sessions)
	}
	for i := range book.Admissions {
		if key := s.chainOf(&book.Admissions[i]); key != "" {
			s.chains[key] = append(s.chains[key], &book.Admissions[i])
		}
	}
	s.addRows()
	return s
}

// sortByDay orders sessions by 指導日, those without one last.
func sortByDay(sessions []*fee.Verdict) {
	slices.SortFunc(sessions, func(a, b *fee.Verdict) int {
		return cmp.Or(
			boolCompare(a.Session.On == 0, b.Session.On == 0),
			cmp.Compare(a.Session.On, b.Session.On),
			strings.Compare(a.Session.Number, b.Session.Number))
	})
}

func boolCompare(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

func (s *snapshot) addRows() {
	book := s.judged.Facts.Book
	wards, staffed := make(map[string]bool), make(map[string]staffName)
	s.rows = make([]*Row, 0, len(book.Admissions))
	for i := range book.Admissions {
		row := newRow(s.record(&book.Admissions[i]))
		s.rows = append(s.rows, row)
		s.byKey[row.Key] = row
		if !shows(s.stay, row) {
			continue
		}
		if row.Ward != "" {
			wards[row.Ward] = true
		}
		for _, member := range row.staff {
			staffed[member.code] = member
		}
	}
	slices.SortFunc(s.rows, func(a, b *Row) int {
		return cmp.Or(strings.Compare(a.order, b.order), strings.Compare(a.PatientID, b.PatientID), cmp.Compare(a.AdmittedOn, b.AdmittedOn))
	})
	for ward := range wards {
		s.wards = append(s.wards, ward)
	}
	slices.Sort(s.wards)
	for _, member := range staffed {
		s.staffed = append(s.staffed, member)
	}
	slices.SortFunc(s.staffed, func(a, b staffName) int {
		return cmp.Or(strings.Compare(a.kana, b.kana), strings.Compare(a.code, b.code))
	})
}

// chainOf names the admissions counted together, "" for one that stands alone.
func (s *snapshot) chainOf(adm *models.Admission) string {
	if adm.ChainKey == "" || !s.judged.Facts.Params.MergeLinkedAdmissions {
		return ""
	}
	return adm.PatientID + "\x00" + adm.ChainKey
}

// record gathers what is known of an admission.
func (s *snapshot) record(adm *models.Admission) *record {
	key := adm.Key()
	r := &record{adm: adm, facts: s.judged.Facts, today: s.today, stays: s.stays[key], own: s.sessions[key]}
	r.chain = r.own
	for _, other := range s.chains[s.chainOf(adm)] {
		if other.Key() == key {
			continue
		}
		r.linked = append(r.linked, other)
		r.chain = append(slices.Clip(r.chain), s.sessions[other.Key()]...)
	}
	if len(r.linked) > 0 {
		slices.SortFunc(r.linked, func(a, b *models.Admission) int { return cmp.Compare(a.AdmittedOn, b.AdmittedOn) })
		sortByDay(r.chain)
	}
	return r
}

// find returns the record of a key, nil when there is none.
func (s *snapshot) find(key models.AdmissionKey) *record {
	if adm := s.judged.Facts.Admission(key); adm != nil {
		return s.record(adm)
	}
	return nil
}

// holds reports whether anything of a patient is in the part.
func (s *snapshot) holds(patient string) bool {
	book := s.judged.Facts.Book
	return slices.ContainsFunc(book.Admissions, func(a models.Admission) bool { return a.PatientID == patient }) ||
		slices.ContainsFunc(book.Sessions, func(g models.JointGuidance) bool { return g.PatientID == patient })
}

// verdict returns the verdict of a session, nil when there is none.
func (s *snapshot) verdict(number string) *fee.Verdict { return s.judged.Verdict(number) }
