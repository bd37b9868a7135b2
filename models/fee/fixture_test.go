package fee_test

import (
	"os"
	"sync"

	"github.com/stretchr/testify/require"

	"renkei/models"
	"renkei/models/booktest"
	"renkei/models/fee"
)

// change edits the base book for one case.
type change func(*models.Book)

// patient is the patient of the base book.
const patient = "00000001"

func day(s string) models.Date { return models.MustDate(s) }

// rules is the rule set the program ships.
func rules(t require.TestingT) fee.Rules {
	r, err := shippedRules()
	require.NoError(t, err)
	return r
}

var shippedRules = sync.OnceValues(func() (fee.Rules, error) {
	data, err := os.ReadFile("../../assets/rules/2026-06.json")
	if err != nil {
		return fee.Rules{}, err
	}
	return fee.ParseRules(data)
})

// baseBook returns one admission (2026-09-01 to 09-30) with one session, G1 on
// 2026-09-10, which earns 指導料2 with every condition ○ and no warning.
func baseBook() *models.Book {
	return &models.Book{
		Policies: []models.Policy{{
			Edition: "第1版", EffectiveOn: day("2026-04-01"), AnnouncedOn: day("2026-04-10"),
			Within7Days: models.Yes, Before7Days: models.Yes, Encourages: models.Yes,
		}},
		Wards: []models.Ward{{
			Code: "3A", ValidFrom: day("2025-01-01"), Name: "3階東病棟", BasicFee: "急性期一般入院料1", Beds: 45,
			Class: models.WardClassI, FeeTreatment: models.FeeSeparate, FiledFrom: day("2025-06-01"),
		}},
		Staff: []models.Staff{
			{Code: "S1", From: day("2020-04-01"), Name: "山田花子", Job: models.SocialWorker, Department: models.FullTime},
			{Code: "N1", From: day("2020-04-01"), Name: "鈴木一郎", Job: models.Nurse},
			{Code: "D1", From: day("2020-04-01"), Name: "高橋誠", Job: models.Doctor},
			{Code: "C1", From: day("2020-04-01"), Name: "田中実", Job: models.Clerk},
		},
		Partners: []models.Partner{
			{Code: "P1", Name: "さくら居宅", Kind: models.CareOffice, ConsultedOn: day("2025-04-01"), AgreedOn: day("2026-01-15")},
			{Code: "P2", Name: "もみじ居宅", Kind: models.CareOffice},
		},
		CareManagers: []models.CareManager{
			{Code: "M1", Name: "佐藤健一", Qualification: models.QualifiedCM, CanPlan: models.Yes, SharedOn: day("2026-05-20")},
			{Code: "M2", Name: "伊藤明美", Qualification: models.ChiefCM, CanPlan: models.Yes, SharedOn: day("2026-05-20")},
		},
		Affiliations: []models.Affiliation{
			{CareManager: "M1", Partner: "P1", From: day("2024-04-01")},
			{CareManager: "M2", Partner: "P1", From: day("2024-04-01")},
		},
		Meetings: []models.Meeting{{Code: "K1", HeldOn: day("2026-07-14"), Name: "地域連携の会", Kind: models.MultiJobMeeting}},
		Attendances: []models.Attendance{
			{Meeting: "K1", Kind: models.AttendeeStaff, Code: "S1"},
			{Meeting: "K1", Kind: models.AttendeeCM, Code: "M1"},
			{Meeting: "K1", Kind: models.AttendeeOther, Name: "民生委員 小川"},
		},
		Admissions: []models.Admission{{
			PatientID: patient, AdmittedOn: day("2026-09-01"), Name: "渡辺茂", ExpectedOn: day("2026-09-30"),
			DischargedOn: day("2026-09-30"), ServiceSuitable: models.Yes, PatientWishes: models.Yes,
			ConsentedOn: day("2026-09-02"), CareManager: "M1", InformedOn: day("2026-09-03"), NoticedOn: day("2026-09-20"),
		}},
		WardStays: []models.WardStay{{PatientID: patient, AdmittedOn: day("2026-09-01"), From: day("2026-09-01"), Ward: "3A"}},
		Sessions: []models.JointGuidance{{
			Number: "G1", PatientID: patient, AdmittedOn: day("2026-09-01"), On: day("2026-09-10"), Way: models.InPerson,
			Staff: []string{"S1"}, DoctorsOrder: models.Yes, CareManager: "M1", Standing: models.PriorCareManager,
			PatientJoined: models.Yes, NotedOn: day("2026-09-10"), PlanCopyOn: day("2026-09-20"),
		}},
	}
}

// with returns the base book after the changes.
func with(changes ...change) *models.Book {
	b := baseBook()
	for _, c := range changes {
		c(b)
	}
	return b
}

// judgeBook judges every session of a book under its own 設定.
func judgeBook(t require.TestingT, b *models.Book) map[string]*fee.Verdict {
	params, aside := fee.ParamsOf(b.Settings)
	require.Empty(t, aside)
	verdicts := make(map[string]*fee.Verdict, len(b.Sessions))
	for _, v := range booktest.Judge(t, fee.NewFacts(b, params), rules(t)) {
		verdicts[v.Session.Number] = &v
	}
	require.Len(t, verdicts, len(b.Sessions))
	return verdicts
}

// judge returns the verdict of G1 in the base book after the changes.
func judge(t require.TestingT, changes ...change) *fee.Verdict {
	return judgeBook(t, with(changes...))["G1"]
}

func condition(t require.TestingT, v *fee.Verdict, id string) fee.Condition {
	for _, c := range v.Conditions {
		if c.ID == id {
			return c
		}
	}
	require.Failf(t, "no such condition", "%s", id)
	return fee.Condition{}
}

// warned lists the warning codes of a verdict.
func warned(v *fee.Verdict) []string {
	codes := []string{}
	for _, w := range v.Warnings {
		codes = append(codes, w.Code)
	}
	return codes
}

// set sets a parameter, as a row of 設定 does.
func set(key, value string) change {
	return func(b *models.Book) { b.Settings = append(b.Settings, models.Setting{Key: key, Value: value}) }
}

func session(edit func(*models.JointGuidance)) change {
	return func(b *models.Book) { edit(&b.Sessions[0]) }
}

func admission(edit func(*models.Admission)) change {
	return func(b *models.Book) { edit(&b.Admissions[0]) }
}

func ward(edit func(*models.Ward)) change { return func(b *models.Book) { edit(&b.Wards[0]) } }

func worker(edit func(*models.Staff)) change { return func(b *models.Book) { edit(&b.Staff[0]) } }

func office(edit func(*models.Partner)) change { return func(b *models.Book) { edit(&b.Partners[0]) } }

func manager(edit func(*models.CareManager)) change {
	return func(b *models.Book) { edit(&b.CareManagers[0]) }
}

func meeting(edit func(*models.Meeting)) change { return func(b *models.Book) { edit(&b.Meetings[0]) } }

func policy(edit func(*models.Policy)) change { return func(b *models.Book) { edit(&b.Policies[0]) } }

// all combines several changes.
func all(changes ...change) change {
	return func(b *models.Book) {
		for _, c := range changes {
			c(b)
		}
	}
}

// byStaff changes the staff of the session. order is 医師の指示.
func byStaff(order models.Mark, codes ...string) change {
	return session(func(s *models.JointGuidance) { s.Staff, s.DoctorsOrder = codes, order })
}

// also adds a session of the same admission, a copy of G1 with edits.
func also(number, on string, edits ...func(*models.JointGuidance)) change {
	return func(b *models.Book) {
		s := b.Sessions[0]
		s.Number, s.On = number, day(on)
		for _, edit := range edits {
			edit(&s)
		}
		b.Sessions = append(b.Sessions, s)
	}
}

// held adds a 会議 that qualifies for the care manager, then applies the edits.
func held(code, on, cm string, edits ...func(*models.Meeting)) change {
	return func(b *models.Book) {
		m := models.Meeting{Code: code, HeldOn: day(on), Name: "事例検討会", Kind: models.ServiceMeeting}
		for _, edit := range edits {
			edit(&m)
		}
		b.Meetings = append(b.Meetings, m)
		b.Attendances = append(b.Attendances,
			models.Attendance{Meeting: code, Kind: models.AttendeeStaff, Code: "S1"},
			models.Attendance{Meeting: code, Kind: models.AttendeeCM, Code: cm})
	}
}

func noMeetings(b *models.Book) { b.Meetings, b.Attendances = nil, nil }
