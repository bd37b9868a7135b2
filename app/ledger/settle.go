package ledger

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"renkei/models"
	"renkei/models/fee"
)

// Settle converts the codes of a reading to the spelling of the register: codes
// that differ only in width or invisible characters become the registered ones,
// a 患者ID gets its lost zeros back, and a staff list is also split at other
// signs than ; if every part is a known code. What cannot be settled is noted.
// A key that now comes twice is an issue. existing may be nil.
func (r *Reading) Settle(existing *models.Book) {
	if existing == nil {
		existing = &models.Book{}
	}
	s := newSettling(r, existing)
	s.codes()
	s.patientIDs()
	s.staffLists()
	if len(r.Issues) == 0 { // with issues nothing is imported, and rows with issues may be the missing ones
		s.unknownInSessions()
	}
	r.Issues = append(r.Issues, s.repeated()...)
	r.countRemarks()
}

// settling holds the registered spelling of each kind of code.
type settling struct {
	r        *Reading
	existing *models.Book

	wards, staff, partners, careManagers, meetings, patients, contacts, sessions spelling

	changes int            // the number of changed values
	digits  int            // patient_id_digits
	padded  map[string]int // by sheet: number of 患者ID that got zeros
}

func newSettling(r *Reading, existing *models.Book) *settling {
	s := &settling{r: r, existing: existing,
		digits: patientIDDigits(r.Book.Settings, existing.Settings), padded: map[string]int{}}
	n := &s.changes
	s.wards = spellingOf(n, existing.Wards, func(w models.Ward) string { return w.Code })
	s.staff = spellingOf(n, existing.Staff, func(s models.Staff) string { return s.Code })
	s.partners = spellingOf(n, existing.Partners, func(p models.Partner) string { return p.Code })
	s.careManagers = spellingOf(n, existing.CareManagers, func(c models.CareManager) string { return c.Code })
	s.meetings = spellingOf(n, existing.Meetings, func(m models.Meeting) string { return m.Code })
	s.patients = spellingOf(n, existing.Admissions, func(a models.Admission) string { return a.PatientID })
	s.contacts = spellingOf(n, existing.Contacts, func(c models.Contact) string { return c.Number })
	s.sessions = spellingOf(n, existing.Sessions, func(g models.JointGuidance) string { return g.Number })
	return s
}

// spelling maps folded codes to the registered ones.
type spelling struct {
	as      map[string]bool
	folded  map[string]string
	changes *int // the number of changed codes, of all kinds
}

// eachOf calls fn for a copy of every record. When fn changes one, the list is
// copied first, for it is shared with the reading that was cloned.
func eachOf[E any](s *settling, records *[]E, fn func(e *E)) {
	owned := false
	for i := range *records {
		e, before := (*records)[i], s.changes
		if fn(&e); s.changes == before {
			continue
		}
		if !owned {
			*records, owned = slices.Clone(*records), true
		}
		(*records)[i] = e
	}
}

func spellingOf[E any](changes *int, records []E, code func(E) string) spelling {
	s := spelling{as: map[string]bool{}, folded: map[string]string{}, changes: changes}
	for _, e := range records {
		c := code(e)
		s.as[c] = true
		if f := fold(c); s.folded[f] == "" {
			s.folded[f] = c
		}
	}
	return s
}

// known returns the registered spelling of a code, false if it is unknown.
func (s spelling) known(code string) (string, bool) {
	if s.as[code] {
		return code, true
	}
	as, ok := s.folded[fold(code)]
	return as, ok
}

// settle changes a code to its registered spelling, or folds it if it is new.
func (s spelling) settle(code *string) {
	as, ok := s.known(*code)
	if !ok {
		as = fold(*code)
	}
	if as != *code {
		*code = as
		*s.changes++
	}
}

func (s *settling) codes() {
	b := s.r.Book
	eachOf(s, &b.Wards, func(w *models.Ward) { s.wards.settle(&w.Code) })
	eachOf(s, &b.Staff, func(m *models.Staff) { s.staff.settle(&m.Code) })
	eachOf(s, &b.Partners, func(p *models.Partner) { s.partners.settle(&p.Code) })
	eachOf(s, &b.CareManagers, func(c *models.CareManager) { s.careManagers.settle(&c.Code) })
	eachOf(s, &b.Affiliations, func(a *models.Affiliation) {
		s.careManagers.settle(&a.CareManager)
		s.partners.settle(&a.Partner)
	})
	eachOf(s, &b.Meetings, func(m *models.Meeting) { s.meetings.settle(&m.Code) })
	eachOf(s, &b.Attendances, func(a *models.Attendance) {
		s.meetings.settle(&a.Meeting)
		if a.Kind == models.AttendeeStaff {
			s.staff.settle(&a.Code)
		} else {
			s.careManagers.settle(&a.Code)
		}
	})
	eachOf(s, &b.Contacts, func(c *models.Contact) {
		s.contacts.settle(&c.Number)
		s.careManagers.settle(&c.CareManager)
		s.partners.settle(&c.Partner)
	})
	eachOf(s, &b.Admissions, func(a *models.Admission) { s.careManagers.settle(&a.CareManager) })
	eachOf(s, &b.WardStays, func(w *models.WardStay) { s.wards.settle(&w.Ward) })
	eachOf(s, &b.Sessions, func(g *models.JointGuidance) {
		s.sessions.settle(&g.Number)
		s.careManagers.settle(&g.CareManager)
	})
}

// patientIDDigits returns patient_id_digits from the first list that has it.
func patientIDDigits(lists ...[]models.Setting) int {
	params := fee.DefaultParams()
	def, _ := fee.DefinitionOf("patient_id_digits") // the program's own parameter
	for _, list := range lists {
		i := slices.IndexFunc(list, func(s models.Setting) bool { return s.Key == def.Name && s.Value != "" })
		if i >= 0 && def.Set(&params, list[i].Value) == nil {
			break
		}
	}
	return params.PatientIDDigits
}

// patientIDs settles every 患者ID. One that is stored as written is never
// padded: earlier imports did not pad.
func (s *settling) patientIDs() {
	b := s.r.Book
	ofContact, ofSession := map[string]string{}, map[string]string{}
	for _, c := range s.existing.Contacts {
		ofContact[c.Number] = c.PatientID
	}
	for _, g := range s.existing.Sessions {
		ofSession[g.Number] = g.PatientID
	}
	eachOf(s, &b.Contacts, func(c *models.Contact) {
		if c.PatientID != ofContact[c.Number] {
			s.pad(sheetContacts, &c.PatientID)
		}
	})
	eachOf(s, &b.Admissions, func(a *models.Admission) { s.pad(sheetAdmissions, &a.PatientID) })
	eachOf(s, &b.WardStays, func(w *models.WardStay) { s.pad(sheetWardStays, &w.PatientID) })
	eachOf(s, &b.Sessions, func(g *models.JointGuidance) {
		if g.PatientID != ofSession[g.Number] {
			s.pad(sheetSessions, &g.PatientID)
		}
	})
	total, by := 0, ""
	for _, sheet := range []string{sheetContacts, sheetAdmissions, sheetWardStays, sheetSessions} {
		if n := s.padded[sheet]; n > 0 {
			total, by = total+n, by+fmt.Sprintf("、%s %d件", sheet, n)
		}
	}
	if total > 0 {
		s.r.note("患者ID %d件の左に0を補い、%d桁にしました（%s）", total, s.digits, strings.TrimPrefix(by, "、"))
	}
}

func (s *settling) pad(sheet string, id *string) {
	if _, ok := s.patients.known(*id); !ok {
		short := fold(*id)
		if reWithFraction.MatchString(short) { // 101.0, as programs write a column of numbers
			short, _, _ = strings.Cut(short, ".")
		}
		if isDigits(short) && len(short) < s.digits {
			*id = strings.Repeat("0", s.digits-len(short)) + short
			s.padded[sheet]++
			s.changes++
		}
	}
	s.patients.settle(id)
}

func isDigits(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}

// staffLists splits the staff of contacts and sessions.
func (s *settling) staffLists() {
	known := s.staff
	for _, m := range s.r.Book.Staff {
		known.as[m.Code], known.folded[fold(m.Code)] = true, m.Code
	}
	eachOf(s, &s.r.Book.Contacts, func(c *models.Contact) { known.settleList(&c.Staff) })
	eachOf(s, &s.r.Book.Sessions, func(g *models.JointGuidance) { known.settleList(&g.Staff) })
}

// settleList settles the codes of a list. An unknown part is split at , ､ ・ /
// and blanks if that gives only known codes.
func (s spelling) settleList(list *[]string) {
	var settled []string
	for _, part := range *list {
		codes := []string{part}
		if _, ok := s.known(part); !ok {
			pieces := strings.FieldsFunc(fold(part), func(r rune) bool { return strings.ContainsRune(",、・/", r) || unicode.IsSpace(r) })
			if len(pieces) > 0 && !slices.ContainsFunc(pieces, func(p string) bool { _, ok := s.known(p); return !ok }) {
				codes = pieces
			}
		}
		for _, code := range codes {
			if s.settle(&code); !slices.Contains(settled, code) {
				settled = append(settled, code)
			}
		}
	}
	if !slices.Equal(*list, settled) {
		*list = settled
		*s.changes++
	}
}

// unknownInSessions notes unknown codes in sessions: the session is accepted
// and judged 判定保留.
func (s *settling) unknownInSessions() {
	known := knownIn(s.r.Book, s.existing)
	note := func(i int, column, what, target string) {
		if !s.r.unread[target] {
			s.r.remark(sheetSessions, s.r.row(sheetSessions, i), column, what+"は"+target+"シートにありません。この内容では判定保留になります。コードを直すか、"+target+"に加えてください")
		}
	}
	for i, g := range s.r.Book.Sessions {
		for _, code := range g.Staff {
			if !known.staff[code] {
				note(i, "職員コード", "『"+code+"』", sheetStaff)
			}
		}
		if g.CareManager != "" && !known.careManagers[g.CareManager] {
			note(i, "CMコード", "『"+g.CareManager+"』", sheetCareManagers)
		}
		if g.PatientID != "" && !g.AdmittedOn.IsZero() && !known.admissions[g.Key()] {
			note(i, "入院日", "患者ID『"+g.PatientID+"』の入院日『"+g.AdmittedOn.String()+"』", sheetAdmissions)
		}
	}
}

// repeated returns the keys that come twice now but did not as written.
func (s *settling) repeated() []Issue {
	listed := map[Issue]bool{}
	for _, i := range s.r.Issues {
		listed[i] = true
	}
	var issues []Issue
	for _, sheet := range sheets {
		issues = append(issues, slices.DeleteFunc(sheet.repeated(s.r), func(i Issue) bool { return listed[i] })...)
	}
	return issues
}
