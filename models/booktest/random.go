package booktest

import (
	"fmt"
	"slices"

	"pgregory.net/rapid"

	"renkei/models"
	"renkei/models/fee"
)

func day(s string) models.Date { return models.MustDate(s) }

// Hospital returns a book without patients: a filed ward 3A, a 回復期 ward 5R
// that bundles the fee, staff, and an office P1 with one care manager. A
// session held by doctor D1 alone is 指導料1, one by D1 and S1 is 指導料2.
func Hospital() *models.Book {
	from := day("2020-04-01")
	return &models.Book{
		Policies: []models.Policy{{Edition: "第1版", EffectiveOn: day("2024-04-01"), AnnouncedOn: day("2024-04-01"), Within7Days: models.Yes, Before7Days: models.Yes, Encourages: models.Yes}},
		Wards: []models.Ward{
			{Code: "3A", ValidFrom: from, Name: "3階東", Beds: 45, Class: models.WardClassI, FeeTreatment: models.FeeSeparate, FiledFrom: from},
			{Code: "5R", ValidFrom: from, Name: "5階回復期", Class: models.WardClassRo, FeeTreatment: models.FeeBundled, FiledFrom: from},
		},
		Staff: []models.Staff{
			{Code: "S1", From: from, Name: "山田花子", Job: models.SocialWorker, Department: models.FullTime},
			{Code: "W1", From: from, Name: "鈴木一郎", Job: models.Nurse, WardDedicated: models.Yes},
			{Code: "D1", From: from, Name: "高橋誠", Job: models.Doctor},
		},
		Partners:     []models.Partner{{Code: "P1", Name: "さくら居宅", Kind: models.CareOffice}},
		CareManagers: []models.CareManager{{Code: "M1", Name: "佐藤健一", Qualification: models.QualifiedCM, CanPlan: models.Yes, SharedOn: from}},
		Affiliations: []models.Affiliation{{CareManager: "M1", Partner: "P1", From: from}},
		Meetings:     []models.Meeting{{Code: "K1", HeldOn: day("2025-04-10"), Name: "地域連携の会", Kind: models.MultiJobMeeting}},
		Attendances: []models.Attendance{
			{Meeting: "K1", Kind: models.AttendeeStaff, Code: "S1"}, {Meeting: "K1", Kind: models.AttendeeCM, Code: "M1"},
		},
		Settings: []models.Setting{{Key: "evidence_lookback_months", Value: "0"}},
	}
}

// DayIn draws a day of a span. It spreads rapid's draws, which favour small
// numbers, over the span.
func DayIn(t *rapid.T, what, from string, span int) models.Date {
	n := rapid.IntRange(0, 1<<20).Draw(t, what)
	return day(from).AddDays(n * 7919 % (span + 1))
}

// OneOf draws one of the values.
func OneOf[T any](t *rapid.T, what string, values ...T) T {
	return rapid.SampledFrom(values).Draw(t, what)
}

// Random returns Hospital with a second ward and office, more people, and a few
// months of records, many of them incomplete.
func Random(t *rapid.T) *models.Book {
	b := Hospital()
	b.Partners[0].Address, b.Partners[0].ConsultedOn = "みらい県みなと市1", day("2025-04-01")
	b.Wards = append(b.Wards, models.Ward{
		Code: "4B", ValidFrom: day("2020-04-01"), Name: "4階西", Beds: 40, Class: models.WardClassHa, FeeTreatment: models.FeeSeparate,
		FiledFrom: OneOf(t, "filed", models.Date(0), day("2026-08-01")), FiledTo: OneOf(t, "filed until", models.Date(0), day("2026-10-31")),
		CommunityCare: OneOf(t, "community care", models.Unknown, models.Yes), ValidTo: OneOf(t, "ward until", models.Date(0), day("2026-12-31")),
	})
	b.Wards[0].Acute = OneOf(t, "acute", models.Unknown, models.Yes)
	b.Partners = append(b.Partners,
		models.Partner{Code: "P2", Name: "もみじ居宅", Kind: models.CareOffice, Address: "みらい県山手市2", ConsultedOn: DayIn(t, "consulted", "2026-01-01", 300), EndedOn: OneOf(t, "ended", models.Date(0), day("2026-08-15"))},
		models.Partner{Code: "P3", Name: "港病院", Kind: models.Hospital, Address: "みらい県みなと市3", ConsultedOn: day("2025-04-01"), AdvancedAcute: OneOf(t, "advanced acute", models.Unknown, models.Yes)})
	b.Partners[0].SpecialRelation = OneOf(t, "special", models.Unknown, models.Yes)
	b.CareManagers[0].SharedOn = OneOf(t, "shared", models.Date(0), day("2020-04-01"), day("2026-06-10"), day("2020-04-01"))
	for i, office := range []string{"P1", "P2", "P2"} {
		code := fmt.Sprintf("M%d", i+2)
		b.CareManagers = append(b.CareManagers, models.CareManager{Code: code, Name: code, Qualification: models.QualifiedCM, CanPlan: models.Yes, SharedOn: OneOf(t, "shared", models.Date(0), day("2026-06-10"), day("2020-04-01"))})
		b.Affiliations = append(b.Affiliations, models.Affiliation{CareManager: code, Partner: office, From: DayIn(t, "joined", "2026-01-01", 160)})
	}
	b.Policies[0].AnnouncedOn = OneOf(t, "announced", day("2024-04-01"), day("2024-04-01"), day("2024-04-01"), day("2026-07-10"), models.Date(0))
	drawMeetings(t, b)
	drawContacts(t, b)
	for i := range OneOf(t, "admissions", 8, 4, 1) {
		drawAdmission(t, b, i)
	}
	drawAskings(t, b)
	Set(b, "relationship_unit", OneOf(t, "unit", fee.Person, fee.Office))
	Set(b, "evidence_must_precede", OneOf(t, "base", fee.Admission, fee.Session))
	Set(b, "require_local_agreement", OneOf(t, "agreement", "false", "false", "true"))
	Set(b, "chiiki_care_exempt", OneOf(t, "exempt", "false", "true"))
	Set(b, "a246_period", OneOf(t, "year", fee.Rolling12, fee.Fiscal))
	Set(b, "a307_consult_count", OneOf(t, "a307", "0", "3"))
	Set(b, "guidance_counts_as_menkai", OneOf(t, "menkai", "true", "false"))
	Set(b, "legacy_treated_as", OneOf(t, "legacy", "1", "none"))
	Set(b, "evidence_lookback_months", OneOf(t, "lookback", "0", "2", "12"))
	drawReadings(t, b)
	return b
}

func drawMeetings(t *rapid.T, b *models.Book) {
	b.Meetings[0].HeldOn = OneOf(t, "held", day("2026-04-10"), day("2025-04-10"), day("2026-07-20"))
	for i := range rapid.IntRange(0, 3).Draw(t, "meetings") {
		code := fmt.Sprintf("K%d", i+2)
		b.Meetings = append(b.Meetings, models.Meeting{Code: code, HeldOn: DayIn(t, "held", "2026-04-01", 200), Name: code,
			Kind: OneOf(t, "kind", models.ServiceMeeting, models.StudySession), ContactsShared: OneOf(t, "shared", models.Yes, models.Unknown)})
		b.Attendances = append(b.Attendances,
			models.Attendance{Meeting: code, Kind: models.AttendeeStaff, Code: OneOf(t, "ours", "S1", "W1")},
			models.Attendance{Meeting: code, Kind: models.AttendeeCM, Code: OneOf(t, "theirs", "M1", "M2", "M3")})
	}
}

func drawContacts(t *rapid.T, b *models.Book) {
	for i := range OneOf(t, "contacts", 12, 6, 1, 0) {
		b.Contacts = append(b.Contacts, models.Contact{
			Number: fmt.Sprintf("R%d", i), On: DayIn(t, "on", "2026-01-01", 300), Kind: OneOf(t, "kind", models.PhoneCall, models.FaceToFace),
			CareManager: OneOf(t, "with", "", "M1", "M3"), Partner: OneOf(t, "at", "", "P1", "P3"),
			Staff: OneOf(t, "staff", []string{"S1"}, []string{"S1", "S1"}, []string{"W1", "D1"}, nil),
		})
	}
}

// drawAskings adds やり取り about the patients. The first two 目的 ask for a 共同指導.
func drawAskings(t *rapid.T, b *models.Book) {
	for i := range OneOf(t, "askings", 16, 8, 0) {
		a := b.Admissions[rapid.IntRange(0, len(b.Admissions)-1).Draw(t, "about")]
		b.Contacts = append(b.Contacts, models.Contact{
			Number: fmt.Sprintf("A%d", i), On: a.AdmittedOn.AddDays(OneOf(t, "after", 1, 4, 0, 20, -1, 5, 50, 2, 30)), Kind: models.PhoneCall,
			Initiator:   OneOf(t, "from", models.Ours, models.Ours, "", models.Theirs),
			CareManager: OneOf(t, "with", "M1", "M2", "", "M3"), Partner: OneOf(t, "at", "", "P1", "P2"),
			Purpose: OneOf(t, "purpose", "共同指導の日程調整", "共同指導の依頼", "共同指導のふり返り", "書類の依頼", ""), PatientID: a.PatientID,
		})
	}
}

func drawAdmission(t *rapid.T, b *models.Book, i int) {
	a := models.Admission{
		PatientID: fmt.Sprintf("%08d", i), AdmittedOn: DayIn(t, "in", "2026-05-01", 150), Name: "渡辺茂", ServiceSuitable: models.Yes, PatientWishes: models.Yes,
		CareManager: OneOf(t, "担当", "", "M1", "M2", "M3", "M4"),
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
	drawState(t, &a)
	b.Admissions = append(b.Admissions, a)
	b.WardStays = append(b.WardStays, models.WardStay{PatientID: a.PatientID, AdmittedOn: a.AdmittedOn, From: a.AdmittedOn, Ward: OneOf(t, "ward", "3A", "3A", "4B", "4B", "3A", "5R")})
	for range OneOf(t, "sessions", 2, 3, 4, 1, 0) {
		drawSession(t, b, a)
	}
}

func drawSession(t *rapid.T, b *models.Book, a models.Admission) {
	s := models.JointGuidance{
		Number: fmt.Sprintf("G%03d", len(b.Sessions)), PatientID: a.PatientID, AdmittedOn: a.AdmittedOn, Way: models.InPerson,
		On:    a.AdmittedOn.AddDays(rapid.SampledFrom([]int{1, 4, 4, 20, 50}).Draw(t, "day")),
		Staff: OneOf(t, "staff", []string{"D1", "S1"}, []string{"S1"}, []string{"D1"}, []string{"W1", "D1", "W1"}), CareManager: OneOf(t, "with", "M1", "M2", "M1", "M3", "M4", "M9"), // M9 is not registered
		Standing: OneOf(t, "standing", models.PriorCareManager, models.PriorCareManager, models.PatientsChoice, models.PriorCareManager, ""), PatientJoined: models.Yes,
	}
	if s.On < models.RevisionDate {
		s.Claim = OneOf(t, "claim", "", "", models.ClaimLegacy, models.ClaimNone)
	} else {
		s.Claim = OneOf(t, "claim", "", "", "", "", "", models.ClaimFee1, models.ClaimFee2, models.ClaimNone)
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

// Set sets a key of 設定.
func Set(b *models.Book, key, value string) {
	b.Settings = slices.DeleteFunc(b.Settings, func(s models.Setting) bool { return s.Key == key })
	b.Settings = append(b.Settings, models.Setting{Key: key, Value: value})
}
