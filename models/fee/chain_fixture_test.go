package fee_test

import (
	"fmt"

	"renkei/models"
)

// entry is one session of a chain: what it meets by itself, how it is recorded,
// and the code expected.
type entry struct {
	on    string // MM-DD of 2026; "" for none
	fit   fit
	claim models.Claim
	code  string
}

// fit is the fee a session meets by itself.
type fit int

const (
	fit2     fit = iota // 指導料1 and 指導料2
	only1               // 指導料1: nobody of the department took part
	only2               // 指導料2: no 医師の指示
	fitless             // neither
	rejected            // refused by 11-1: the patient did not take part
)

func (f fit) String() string {
	return [...]string{"fit2", "only1", "only2", "fitless", "rejected"}[f]
}

// apply changes a session of the base book to meet exactly that.
func (f fit) apply(s *models.JointGuidance) {
	s.Staff, s.DoctorsOrder, s.PatientJoined = []string{"S1"}, models.Yes, models.Yes
	switch f {
	case only1:
		s.Staff = []string{"N1"}
	case only2:
		s.DoctorsOrder = models.Unknown
	case fitless:
		s.Staff, s.DoctorsOrder = []string{"N1"}, models.Unknown
	case rejected:
		s.PatientJoined = models.No
	}
}

// chainBook returns one long admission from 2026-04-20 with these sessions,
// numbered G1, G2 … in the given order.
func chainBook(sessions []entry, changes ...change) *models.Book {
	b := with(longAdmission)
	proto := b.Sessions[0]
	b.Sessions = nil
	for i, h := range sessions {
		s := proto
		s.Number, s.On, s.Claim = fmt.Sprintf("G%d", i+1), 0, h.claim
		if h.on != "" {
			s.On = day("2026-" + h.on)
		}
		h.fit.apply(&s)
		b.Sessions = append(b.Sessions, s)
	}
	for _, c := range changes {
		c(b)
	}
	return b
}

// longAdmission starts the base admission in April 2026 without an end, and
// moves its evidence before it.
func longAdmission(b *models.Book) {
	from := day("2026-04-20")
	a := &b.Admissions[0]
	a.AdmittedOn, a.ConsentedOn, a.InformedOn, a.DischargedOn, a.ExpectedOn = from, from, from, 0, 0
	b.WardStays[0].AdmittedOn, b.WardStays[0].From, b.Sessions[0].AdmittedOn = from, from, from
	b.Policies[0].AnnouncedOn = day("2026-04-02")
	b.Meetings[0].HeldOn, b.CareManagers[0].SharedOn = day("2026-03-10"), day("2026-02-01")
}
