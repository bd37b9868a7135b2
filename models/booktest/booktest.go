// Package booktest makes registers for tests and benchmarks: a large one, a
// small hospital and random ones. Production code must not import it.
package booktest

import (
	"context"
	"fmt"

	"github.com/stretchr/testify/require"

	"renkei/models"
	"renkei/models/fee"
)

// Rates of a busy hospital.
const (
	contactsEach  = 7  // やり取り per admission
	perManager    = 20 // admissions per care manager
	perPartner    = 5  // care managers per office
	perMeeting    = 5  // admissions per 会議
	seatsAMeeting = 5  // care managers per 会議
)

// Large returns a register of n admissions for tests and benchmarks, always the
// same one. Each admission has one 病棟履歴, two 共同指導 and seven やり取り;
// care managers, offices and 会議 grow with n. Two of three care managers
// attended a 会議 before: under the default parameters their sessions are
// 指導料2, those of the others 指導料1. Its codes collide with no other book,
// so it can share a database with one.
func Large(n int) *models.Book {
	day := models.MustDate
	b := &models.Book{
		Policies: []models.Policy{{Edition: "大規模版", EffectiveOn: day("2026-05-01"), AnnouncedOn: day("2026-05-01"),
			AnnouncedHow: "院内掲示", Within7Days: models.Yes, Before7Days: models.Yes, Encourages: models.Yes}},
		Wards: []models.Ward{{Code: "LW1", ValidFrom: day("2025-01-01"), Name: "3階東病棟", BasicFee: "急性期一般入院料1",
			Beds: 45, Class: models.WardClassI, FeeTreatment: models.FeeSeparate, FiledFrom: day("2025-06-01")}},
		Staff: []models.Staff{{Code: "LS1", From: day("2020-04-01"), Name: "山田 花子", Kana: "ヤマダ ハナコ",
			Job: models.SocialWorker, Department: models.FullTime}},
	}
	managers := max(3, n/perManager)
	addManagers(b, managers)
	addMeetings(b, max(1, n/perMeeting), managers)
	for i := range n {
		addAdmission(b, i, i%managers)
	}
	return b
}

func managerCode(i int) string { return fmt.Sprintf("LC%06d", i) }
func partnerCode(i int) string { return fmt.Sprintf("LP%06d", i/perPartner) }

func addManagers(b *models.Book, n int) {
	day := models.MustDate
	for i := range n {
		if i%perPartner == 0 {
			b.Partners = append(b.Partners, models.Partner{Code: partnerCode(i), Name: fmt.Sprintf("さくら居宅%d", i/perPartner),
				Kind: models.CareOffice, ConsultedOn: day("2025-04-01"), AgreedOn: day("2026-01-15")})
		}
		b.CareManagers = append(b.CareManagers, models.CareManager{Code: managerCode(i), Name: fmt.Sprintf("佐藤 健一%d", i),
			Kana: "サトウ ケンイチ", Qualification: models.QualifiedCM, CanPlan: models.Yes, SharedOn: day("2026-05-20")})
		b.Affiliations = append(b.Affiliations, models.Affiliation{CareManager: managerCode(i), Partner: partnerCode(i), From: day("2024-04-01")})
	}
}

// addMeetings adds the 会議 before the first admission. Every third care
// manager attends none.
func addMeetings(b *models.Book, n, managers int) {
	var guests []string
	for i := range managers {
		if i%3 != 2 {
			guests = append(guests, managerCode(i))
		}
	}
	for i := range n {
		m := models.Meeting{Code: fmt.Sprintf("LM%06d", i), HeldOn: models.MustDate("2026-01-05").AddDays(i % 120),
			Name: "地域連携の会", Kind: models.MultiJobMeeting, ContactsShared: models.Yes}
		b.Meetings = append(b.Meetings, m)
		b.Attendances = append(b.Attendances, models.Attendance{Meeting: m.Code, Kind: models.AttendeeStaff, Code: "LS1"})
		for k := range min(seatsAMeeting, len(guests)) {
			b.Attendances = append(b.Attendances, models.Attendance{Meeting: m.Code, Kind: models.AttendeeCM,
				Code: guests[(i*seatsAMeeting+k)%len(guests)]})
		}
	}
}

// addAdmission adds the i-th admission and what belongs to it. Patients are
// admitted over four months from 2026-06-01.
func addAdmission(b *models.Book, i, manager int) {
	in := models.MustDate("2026-06-01").AddDays(i % 120)
	patient, cm := fmt.Sprintf("9%07d", i), managerCode(manager)
	b.Admissions = append(b.Admissions, models.Admission{PatientID: patient, AdmittedOn: in, Name: "渡辺 茂", Kana: "ワタナベ シゲル",
		BornOn: models.MustDate("1944-01-13"), Sex: "男", ExpectedOn: in.AddDays(29), DischargedOn: in.AddDays(29), Specialty: "内科",
		ServiceSuitable: models.Yes, PatientWishes: models.Yes, ConsentedOn: in.AddDays(1), CareManager: cm, CareLevel: "要介護2",
		CareStatus: models.Certified, InformedOn: in.AddDays(2), NoticedOn: in.AddDays(19)})
	b.WardStays = append(b.WardStays, models.WardStay{PatientID: patient, AdmittedOn: in, From: in, Ward: "LW1"})
	for k := range 2 {
		on := in.AddDays(9 + 14*k)
		b.Sessions = append(b.Sessions, models.JointGuidance{Number: fmt.Sprintf("LG%06d-%d", i, k+1), PatientID: patient, AdmittedOn: in,
			On: on, Way: models.InPerson, Content: []models.GuidanceContent{"初回", "2回目"}[k], Staff: []string{"LS1"}, DoctorsOrder: models.Yes,
			CareManager: cm, Standing: models.PriorCareManager, PatientJoined: models.Yes, Body: "退院後の生活の希望を確認",
			NotedOn: on, PlanCopyOn: on.AddDays(5)})
	}
	for k := range contactsEach {
		b.Contacts = append(b.Contacts, models.Contact{Number: fmt.Sprintf("LK%06d-%d", i, k), On: in.AddDays(3 * k), Time: "13:43",
			Kind: models.ContactKinds[k%len(models.ContactKinds)], Initiator: "当院", CareManager: cm, Partner: partnerCode(manager),
			Staff: []string{"LS1"}, Purpose: "入退院支援", Body: "情報を共有した", PatientID: patient})
	}
}

// Judge returns the verdict of every session.
func Judge(t require.TestingT, f *fee.Facts, rules fee.Rules) []fee.Verdict {
	verdicts, err := fee.JudgeAll(context.Background(), f, rules)
	require.NoError(t, err)
	return verdicts
}
