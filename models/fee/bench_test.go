package fee_test

import (
	"fmt"
	"testing"

	"renkei/models"
	"renkei/models/fee"
)

// bigBook is a register of n admissions with two sessions each; care managers,
// 会議 and やり取り grow with it.
func bigBook(n int) *models.Book {
	b := baseBook()
	admission, stay, session := b.Admissions[0], b.WardStays[0], b.Sessions[0]
	b.Admissions, b.WardStays, b.Sessions = nil, nil, nil
	managers := max(60, n/20)
	for i := range managers {
		cm, at := b.CareManagers[0], b.Affiliations[0]
		cm.Code = fmt.Sprintf("M%05d", i)
		at.CareManager = cm.Code
		b.CareManagers, b.Affiliations = append(b.CareManagers, cm), append(b.Affiliations, at)
	}
	for i := range n / 5 {
		m := b.Meetings[0]
		m.Code, m.HeldOn = fmt.Sprintf("K%06d", i), day("2026-01-05").AddDays(i%240)
		b.Meetings = append(b.Meetings, m)
		b.Attendances = append(b.Attendances, models.Attendance{Meeting: m.Code, Kind: models.AttendeeStaff, Code: "S1"})
		for k := range 5 {
			b.Attendances = append(b.Attendances, models.Attendance{Meeting: m.Code, Kind: models.AttendeeCM, Code: fmt.Sprintf("M%05d", (i*5+k)%managers)})
		}
		b.Contacts = append(b.Contacts, models.Contact{Number: m.Code, On: m.HeldOn, Kind: models.PhoneCall, CareManager: fmt.Sprintf("M%05d", i%managers), Staff: []string{"S1"}})
	}
	for i := range n {
		admission.PatientID = fmt.Sprintf("%08d", i)
		stay.PatientID, session.PatientID = admission.PatientID, admission.PatientID
		session.CareManager = fmt.Sprintf("M%05d", i%managers)
		b.Admissions, b.WardStays = append(b.Admissions, admission), append(b.WardStays, stay)
		for k, on := range []models.Date{day("2026-09-10"), day("2026-09-24")} {
			session.Number, session.On = fmt.Sprintf("G%06d-%d", i, k+1), on
			b.Sessions = append(b.Sessions, session)
		}
	}
	return b
}

// BenchmarkJudge indexes and judges whole registers; ns/session stays level
// when the time grows in proportion to the register.
func BenchmarkJudge(b *testing.B) {
	r := rules(b)
	for _, n := range []int{1_000, 10_000, 30_000} {
		book := bigBook(n)
		for _, reading := range []struct{ name, key, value string }{
			{"default", "", ""},
			{"any-meeting", "require_cm_attendance", "false"},
			{"office", "relationship_unit", "office"},
			{"none-enough", "meeting_min_count", "99"},
			{"routine", "routine_contact_can_substitute", "true"},
		} {
			params := fee.DefaultParams()
			if reading.key != "" {
				if err := fee.Apply(&params, reading.key, reading.value); err != nil {
					b.Fatal(err)
				}
			}
			b.Run(fmt.Sprintf("%d/%s", n, reading.name), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					verdicts := fee.JudgeAll(fee.NewFacts(book, params), r)
					if len(verdicts) != 2*n {
						b.Fatalf("%d verdicts of %d sessions", len(verdicts), 2*n)
					}
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(2*n), "ns/session")
			})
		}
	}
}
