package ledger

import (
	"slices"

	"renkei/models"
)

// known holds the codes that records may refer to: those of the book and those
// of the register.
type known struct {
	wards, staff, partners, careManagers, meetings map[string]bool
	admissions                                     map[models.AdmissionKey]bool
}

func knownIn(books ...*models.Book) known {
	k := known{map[string]bool{}, map[string]bool{}, map[string]bool{}, map[string]bool{}, map[string]bool{},
		map[models.AdmissionKey]bool{}}
	for _, b := range books {
		if b == nil {
			continue
		}
		for _, w := range b.Wards {
			k.wards[w.Code] = true
		}
		for _, s := range b.Staff {
			k.staff[s.Code] = true
		}
		for _, p := range b.Partners {
			k.partners[p.Code] = true
		}
		for _, c := range b.CareManagers {
			k.careManagers[c.Code] = true
		}
		for _, m := range b.Meetings {
			k.meetings[m.Code] = true
		}
		for _, a := range b.Admissions {
			k.admissions[a.Key()] = true
		}
	}
	return k
}

// CheckReferences returns an issue for every reference of the incoming book to
// a code that neither it nor the existing book has, and for every 規程 whose
// 施行日 another 版 of the existing book has. 共同指導 is not checked: a
// session with an unknown code is accepted and judged 判定保留. A reference is
// skipped if its target may be a row or sheet that could not be read, which has
// an issue already. existing may be nil.
func CheckReferences(incoming *Reading, existing *models.Book) []Issue {
	c := referenceCheck{in: incoming, known: knownIn(incoming.Book, existing),
		halfPatients: map[string]bool{}, halfDays: map[models.Date]bool{}}
	if existing != nil {
		c.policies(existing.Policies)
	}
	c.references()
	return c.issues
}

// CheckRemoved returns an issue for every reference of a record to store to a
// record that stays deleted, because the register deleted it since the export.
func (p *Plan) CheckRemoved(existing *models.Book) []Issue {
	written := &Reading{Book: p.Write, rows: make(map[string][]int)}
	for i := range p.Rows {
		if row := &p.Rows[i]; row.Written() {
			written.rows[row.Sheet] = append(written.rows[row.Sheet], row.Number)
		}
	}
	c := referenceCheck{in: written, known: knownIn(p.Write, existing), removed: true}
	c.references()
	return c.issues
}

type referenceCheck struct {
	in     *Reading
	known  known
	issues []Issue
	// removed: an unknown code is a record the register deleted.
	removed bool
	// The readable half of the keys of admissions whose other half is
	// unreadable. References with that half may mean such a row, which has an
	// issue already.
	halfPatients map[string]bool
	halfDays     map[models.Date]bool
}

func (c *referenceCheck) references() {
	c.affiliations()
	c.attendances()
	c.contacts()
	c.admissions()
	c.wardStays()
}

// staysDeleted is the issue for a reference to a record that stays deleted.
const staysDeleted = "は、書き出したあとに台帳で削除されています。この行を除くか、指す先を直してください"

// want adds an issue if the code is given but unknown.
func (c *referenceCheck) want(set map[string]bool, code, sheet string, i int, column, target string) {
	if code == "" || set[code] || c.in.unread[target] {
		return
	}
	message := "『" + code + "』は" + target + "シートにありません。コードを直すか、" + target + "に加えてください"
	if c.removed {
		message = target + "『" + code + "』" + staysDeleted
	}
	c.issues = append(c.issues, Issue{sheet, c.in.row(sheet, i), column, message})
}

// policies: a 版 that is also in the incoming book is replaced, so only the
// others keep their 施行日.
func (c *referenceCheck) policies(existing []models.Policy) {
	incoming := c.in.Book.Policies
	for i, p := range incoming {
		j := slices.IndexFunc(existing, func(e models.Policy) bool {
			replaced := slices.ContainsFunc(incoming, func(n models.Policy) bool { return n.Edition == e.Edition })
			return e.EffectiveOn == p.EffectiveOn && !replaced
		})
		if j >= 0 && !p.EffectiveOn.IsZero() {
			c.issues = append(c.issues, effectiveDayIssue(p, c.in.row(sheetPolicies, i), existing[j].Edition))
		}
	}
}

func (c *referenceCheck) affiliations() {
	for i, a := range c.in.Book.Affiliations {
		c.want(c.known.careManagers, a.CareManager, sheetAffiliations, i, "CMコード", sheetCareManagers)
		c.want(c.known.partners, a.Partner, sheetAffiliations, i, "連携先コード", sheetPartners)
	}
}

func (c *referenceCheck) attendances() {
	for i, a := range c.in.Book.Attendances {
		c.want(c.known.meetings, a.Meeting, sheetAttendances, i, "会議コード", sheetMeetings)
		switch a.Kind {
		case models.AttendeeStaff:
			c.want(c.known.staff, a.Code, sheetAttendances, i, "コード", sheetStaff)
		case models.AttendeeCM:
			c.want(c.known.careManagers, a.Code, sheetAttendances, i, "コード", sheetCareManagers)
		}
	}
}

func (c *referenceCheck) contacts() {
	for i, k := range c.in.Book.Contacts {
		c.want(c.known.careManagers, k.CareManager, sheetContacts, i, "CMコード", sheetCareManagers)
		c.want(c.known.partners, k.Partner, sheetContacts, i, "連携先コード", sheetPartners)
		for _, code := range k.Staff {
			c.want(c.known.staff, code, sheetContacts, i, "職員コード", sheetStaff)
		}
	}
}

func (c *referenceCheck) admissions() {
	for i, a := range c.in.Book.Admissions {
		switch {
		case a.AdmittedOn.IsZero() && a.PatientID != "":
			c.halfPatients[a.PatientID] = true
		case a.PatientID == "" && !a.AdmittedOn.IsZero():
			c.halfDays[a.AdmittedOn] = true
		}
		c.want(c.known.careManagers, a.CareManager, sheetAdmissions, i, "担当CMコード", sheetCareManagers)
	}
}

func (c *referenceCheck) wardStays() {
	for i, s := range c.in.Book.WardStays {
		if c.admissionMissing(s) {
			message := "患者ID『" + s.PatientID + "』の入院日『" + s.AdmittedOn.String() + "』は入院シートにありません。どちらかを直すか、入院に加えてください"
			if c.removed {
				message = "患者ID『" + s.PatientID + "』の入院『" + s.AdmittedOn.String() + "』" + staysDeleted
			}
			c.issues = append(c.issues, Issue{sheetWardStays, c.in.row(sheetWardStays, i), "入院日", message})
		}
		c.want(c.known.wards, s.Ward, sheetWardStays, i, "病棟コード", sheetWards)
	}
}

// admissionMissing reports whether the admission of the stay certainly does not
// exist. A blank or unreadable key has its own issue.
func (c *referenceCheck) admissionMissing(s models.WardStay) bool {
	if s.PatientID == "" || s.AdmittedOn.IsZero() || c.known.admissions[s.Key()] {
		return false
	}
	return !c.in.unread[sheetAdmissions] && !c.halfPatients[s.PatientID] && !c.halfDays[s.AdmittedOn]
}
