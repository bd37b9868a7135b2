package liaison_test

import (
	"fmt"

	"pgregory.net/rapid"

	"renkei/models"
	"renkei/models/fee"
	"renkei/models/liaison"
)

// drawn is a random register, judged, with a random scope.
type drawn struct {
	book     *models.Book
	facts    *fee.Facts
	rules    fee.Rules
	verdicts []fee.Verdict
	scope    liaison.Scope
}

func draw(t *rapid.T) drawn {
	b := drawBook(t)
	params, aside := fee.ParamsOf(b.Settings)
	if len(aside) > 0 {
		t.Fatal(aside)
	}
	rules, err := shippedRules()
	if err != nil {
		t.Fatal(err)
	}
	d := drawn{book: b, rules: rules, facts: fee.NewFacts(b, params)}
	d.verdicts = fee.JudgeAll(d.facts, rules)
	from := oneOf(t, "from", day("2026-05-01"), day("2026-06-01"), day("2026-07-15"))
	d.scope = liaison.Scope{
		Period: models.Period{From: from, To: from.AddDays(oneOf(t, "length", 300, 200, 60, 29))},
		AsOf:   oneOf(t, "as of", from.AddDays(300), from.AddDays(250), from.AddDays(90), from.AddDays(30), day("2027-03-30")),
		Ward:   rapid.SampledFrom([]string{"", "", "3A", "4B"}).Draw(t, "ward"),
		Area:   rapid.SampledFrom([]string{"", "", "みなと市"}).Draw(t, "area"),
	}
	return d
}

// dayIn draws a day of a span; far from its ends as often as near them.
func dayIn(t *rapid.T, what, from string, span int) models.Date {
	n := rapid.IntRange(0, 1<<20).Draw(t, what)
	return day(from).AddDays(n * 7919 % (span + 1))
}

func oneOf[T any](t *rapid.T, what string, values ...T) T {
	return rapid.SampledFrom(values).Draw(t, what)
}

// drawBook is the hospital with a second ward and office, other people, and a
// few months of records, many of which lack something.
func drawBook(t *rapid.T) *models.Book {
	b := hospital()
	b.Partners[0].Address, b.Partners[0].ConsultedOn = "みらい県みなと市1", day("2025-04-01")
	b.Wards = append(b.Wards, models.Ward{
		Code: "4B", ValidFrom: day("2020-04-01"), Name: "4階西", Beds: 40, Class: models.WardClassHa, FeeTreatment: models.FeeSeparate,
		FiledFrom: oneOf(t, "filed", models.Date(0), day("2026-08-01")), FiledTo: oneOf(t, "filed until", models.Date(0), day("2026-10-31")),
		CommunityCare: oneOf(t, "community care", models.Unknown, models.Yes), ValidTo: oneOf(t, "ward until", models.Date(0), day("2026-12-31")),
	})
	b.Wards[0].Acute = oneOf(t, "acute", models.Unknown, models.Yes)
	b.Partners = append(b.Partners,
		models.Partner{Code: "P2", Name: "もみじ居宅", Kind: models.CareOffice, Address: "みらい県山手市2", ConsultedOn: dayIn(t, "consulted", "2026-01-01", 300), EndedOn: oneOf(t, "ended", models.Date(0), day("2026-08-15"))},
		models.Partner{Code: "P3", Name: "港病院", Kind: models.Hospital, Address: "みらい県みなと市3", ConsultedOn: day("2025-04-01"), AdvancedAcute: oneOf(t, "advanced acute", models.Unknown, models.Yes)})
	b.Partners[0].SpecialRelation = oneOf(t, "special", models.Unknown, models.Yes)
	b.CareManagers[0].SharedOn = oneOf(t, "shared", models.Date(0), day("2020-04-01"), day("2026-06-10"), day("2020-04-01"))
	for i, office := range []string{"P1", "P2", "P2"} {
		code := fmt.Sprintf("M%d", i+2)
		b.CareManagers = append(b.CareManagers, models.CareManager{Code: code, Name: code, Qualification: models.QualifiedCM, CanPlan: models.Yes, SharedOn: oneOf(t, "shared", models.Date(0), day("2026-06-10"), day("2020-04-01"))})
		b.Affiliations = append(b.Affiliations, models.Affiliation{CareManager: code, Partner: office, From: dayIn(t, "joined", "2026-01-01", 160)})
	}
	b.Policies[0].AnnouncedOn = oneOf(t, "announced", day("2024-04-01"), day("2024-04-01"), day("2024-04-01"), day("2026-07-10"), models.Date(0))
	drawMeetings(t, b)
	drawContacts(t, b)
	for i := range oneOf(t, "admissions", 8, 4, 1) {
		drawAdmission(t, b, i)
	}
	drawAskings(t, b)
	set(b, "relationship_unit", oneOf(t, "unit", fee.Person, fee.Office))
	set(b, "evidence_must_precede", oneOf(t, "base", fee.Admission, fee.Session))
	set(b, "require_local_agreement", oneOf(t, "agreement", "false", "false", "true"))
	set(b, "chiiki_care_exempt", oneOf(t, "exempt", "false", "true"))
	set(b, "a246_period", oneOf(t, "year", fee.Rolling12, fee.Fiscal))
	set(b, "a307_consult_count", oneOf(t, "a307", "0", "3"))
	set(b, "guidance_counts_as_menkai", oneOf(t, "menkai", "true", "false"))
	set(b, "legacy_treated_as", oneOf(t, "legacy", "1", "none"))
	set(b, "evidence_lookback_months", oneOf(t, "lookback", "0", "2", "12"))
	return b
}

func drawMeetings(t *rapid.T, b *models.Book) {
	b.Meetings[0].HeldOn = oneOf(t, "held", day("2026-04-10"), day("2025-04-10"), day("2026-07-20"))
	for i := range rapid.IntRange(0, 3).Draw(t, "meetings") {
		code := fmt.Sprintf("K%d", i+2)
		b.Meetings = append(b.Meetings, models.Meeting{Code: code, HeldOn: dayIn(t, "held", "2026-04-01", 200), Name: code,
			Kind: oneOf(t, "kind", models.ServiceMeeting, models.StudySession), ContactsShared: oneOf(t, "shared", models.Yes, models.Unknown)})
		b.Attendances = append(b.Attendances,
			models.Attendance{Meeting: code, Kind: models.AttendeeStaff, Code: oneOf(t, "ours", "S1", "W1")},
			models.Attendance{Meeting: code, Kind: models.AttendeeCM, Code: oneOf(t, "theirs", "M1", "M2", "M3")})
	}
}

func drawContacts(t *rapid.T, b *models.Book) {
	for i := range oneOf(t, "contacts", 12, 6, 1, 0) {
		b.Contacts = append(b.Contacts, models.Contact{
			Number: fmt.Sprintf("R%d", i), On: dayIn(t, "on", "2026-01-01", 300), Kind: oneOf(t, "kind", models.PhoneCall, models.FaceToFace),
			CareManager: oneOf(t, "with", "", "M1", "M3"), Partner: oneOf(t, "at", "", "P1", "P3"),
			Staff: oneOf(t, "staff", []string{"S1"}, []string{"S1", "S1"}, []string{"W1", "D1"}, nil),
		})
	}
}

// drawAskings adds やり取り about the patients; the first two 目的 ask for a 共同指導.
func drawAskings(t *rapid.T, b *models.Book) {
	for i := range oneOf(t, "askings", 16, 8, 0) {
		a := b.Admissions[rapid.IntRange(0, len(b.Admissions)-1).Draw(t, "about")]
		b.Contacts = append(b.Contacts, models.Contact{
			Number: fmt.Sprintf("A%d", i), On: a.AdmittedOn.AddDays(oneOf(t, "after", 1, 4, 0, 20, -1, 5, 50, 2, 30)), Kind: models.PhoneCall,
			Initiator:   oneOf(t, "from", models.Ours, models.Ours, "", models.Theirs),
			CareManager: oneOf(t, "with", "M1", "M2", "", "M3"), Partner: oneOf(t, "at", "", "P1", "P2"),
			Purpose: oneOf(t, "purpose", "共同指導の日程調整", "共同指導の依頼", "共同指導のふり返り", "書類の依頼", ""), PatientID: a.PatientID,
		})
	}
}

func drawAdmission(t *rapid.T, b *models.Book, i int) {
	a := models.Admission{
		PatientID: fmt.Sprintf("%08d", i), AdmittedOn: dayIn(t, "in", "2026-05-01", 150), Name: "渡辺茂", ServiceSuitable: models.Yes, PatientWishes: models.Yes,
		CareManager: oneOf(t, "担当", "", "M1", "M2", "M3", "M4"),
	}
	if rapid.Bool().Draw(t, "left") {
		a.DischargedOn = a.AdmittedOn.AddDays(rapid.IntRange(5, 90).Draw(t, "stay"))
	}
	if rapid.IntRange(0, 5).Draw(t, "consent") > 0 {
		a.ConsentedOn = a.AdmittedOn
	}
	if rapid.Bool().Draw(t, "informed") {
		a.InformedOn = a.AdmittedOn.AddDays(rapid.IntRange(0, 12).Draw(t, "after"))
	}
	b.Admissions = append(b.Admissions, a)
	b.WardStays = append(b.WardStays, models.WardStay{PatientID: a.PatientID, AdmittedOn: a.AdmittedOn, From: a.AdmittedOn, Ward: oneOf(t, "ward", "3A", "3A", "4B", "4B", "3A", "5R")})
	for range oneOf(t, "sessions", 2, 3, 4, 1) {
		drawSession(t, b, a)
	}
}

func drawSession(t *rapid.T, b *models.Book, a models.Admission) {
	s := models.JointGuidance{
		Number: fmt.Sprintf("G%03d", len(b.Sessions)), PatientID: a.PatientID, AdmittedOn: a.AdmittedOn, Way: models.InPerson,
		On:    a.AdmittedOn.AddDays(rapid.SampledFrom([]int{1, 4, 4, 20, 50}).Draw(t, "day")),
		Staff: oneOf(t, "staff", []string{"D1", "S1"}, []string{"S1"}, []string{"D1"}, []string{"W1", "D1", "W1"}), CareManager: oneOf(t, "with", "M1", "M2", "M1", "M3", "M4", "M9"), // M9 is not registered
		Standing: oneOf(t, "standing", models.PriorCareManager, models.PriorCareManager, models.PatientsChoice, models.PriorCareManager, ""), PatientJoined: models.Yes,
	}
	if s.On < models.RevisionDate {
		s.Claim = oneOf(t, "claim", "", "", models.ClaimLegacy, models.ClaimNone)
	} else {
		s.Claim = oneOf(t, "claim", "", "", "", "", "", models.ClaimFee1, models.ClaimFee2, models.ClaimNone)
	}
	if rapid.IntRange(0, 5).Draw(t, "multi") == 0 {
		s.MultiAgency = models.Yes
	}
	if rapid.Bool().Draw(t, "noted") {
		s.NotedOn = s.On
	}
	if rapid.Bool().Draw(t, "copy") {
		s.PlanCopyOn = s.On.AddDays(rapid.IntRange(0, 30).Draw(t, "days"))
	}
	if rapid.Bool().Draw(t, "asked") {
		s.PlanAskedOn = s.On.AddDays(rapid.IntRange(0, 30).Draw(t, "after"))
	}
	b.Sessions = append(b.Sessions, s)
}
