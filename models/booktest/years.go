package booktest

import (
	"fmt"

	"renkei/models"
)

// What a department records, by year or by admission.
const (
	contactsEach = 7  // やり取り per admission
	meetingsYear = 24 // 会議 per year
	seats        = 23 // care managers at a 会議, beside two of the staff
	staffCount   = 24
	wardCount    = 8
	lastYear     = 2026 // the fiscal year Years ends with
)

// Large returns the register of one year with n admissions, see Years.
func Large(n int) *models.Book { return Years(1, n) }

// Years returns the register of a department over so many fiscal years up to
// 2026, with the same number of admissions in each, for tests and benchmarks.
// It is always the same, and so is its last year whatever the number of years.
//
// The admissions come evenly over the year, each with one 病棟履歴 and seven
// やり取り, every other one with two 共同指導; 24 会議 of 25 people are held a year.
// The masters do not grow with the years: a care manager for 100 admissions of
// a year (at least 30), an office for 400 (at least 12), eight wards and 24
// staff. Its codes collide with no other book, so it can share a database with
// one.
func Years(years, perYear int) *models.Book {
	y := &department{Book: &models.Book{}, perYear: perYear, managers: max(30, perYear/100), offices: max(12, perYear/400)}
	y.addMasters(models.Date(lastYear-9)*10000 + 401)
	for year := lastYear - years + 1; year <= lastYear; year++ {
		start := models.Date(year*10000 + 401)
		days := start.DaysUntil(start.AddMonths(12))
		for i := range meetingsYear {
			y.addMeeting(i, start.AddDays(i*days/meetingsYear))
		}
		for i := range perYear {
			y.addAdmission((year-lastYear+9)*perYear+i, start.AddDays(i*days/perYear), i%2 == 0)
		}
	}
	return y.Book
}

// department is a register in the making.
type department struct {
	*models.Book
	perYear, managers, offices int
}

func staffCode(i int) string               { return fmt.Sprintf("LS%02d", i%staffCount+1) }
func (y *department) manager(i int) string { return fmt.Sprintf("LC%04d", i%y.managers+1) }
func (y *department) office(i int) string {
	return fmt.Sprintf("LP%04d", i%y.managers%y.offices+1)
}

// names of people; the i-th is always the same.
var (
	families = [][2]string{{"佐藤", "サトウ"}, {"鈴木", "スズキ"}, {"髙橋", "タカハシ"}, {"田中", "タナカ"}, {"渡邉", "ワタナベ"}, {"伊藤", "イトウ"},
		{"山本", "ヤマモト"}, {"中村", "ナカムラ"}, {"小林", "コバヤシ"}, {"加藤", "カトウ"}, {"東海林", "ショウジ"}}
	givens = [][2]string{{"健一", "ケンイチ"}, {"さくら", "サクラ"}, {"実", "ミノル"}, {"ゆき", "ユキ"}, {"太郎", "タロウ"}, {"恵", "メグミ"}, {"正", "タダシ"}}
)

func personName(i int) (name, kana string) {
	f, g := families[i%len(families)], givens[i%len(givens)]
	return f[0] + " " + g[0], f[1] + " " + g[1]
}

func (y *department) addMasters(from models.Date) {
	y.Policies = append(y.Policies, models.Policy{Edition: "大規模版", EffectiveOn: from, AnnouncedOn: from, AnnouncedHow: "院内掲示",
		Within7Days: models.Yes, Before7Days: models.Yes, Encourages: models.Yes})
	for i := range wardCount {
		y.Wards = append(y.Wards, models.Ward{Code: fmt.Sprintf("LW%d", i+1), ValidFrom: from, Name: fmt.Sprintf("%d病棟", i+1),
			BasicFee: "急性期一般入院料1", Beds: 45, Class: models.WardClassI, FeeTreatment: models.FeeSeparate, Acute: models.Yes, FiledFrom: from})
	}
	for i := range staffCount {
		s := models.Staff{Code: staffCode(i), From: from, Job: models.SocialWorker, Department: models.FullTime}
		s.Name, s.Kana = personName(i)
		if i%3 == 2 {
			s.Job, s.Department, s.WardDedicated = models.Nurse, "", models.Yes
		}
		y.Staff = append(y.Staff, s)
	}
	for i := range y.offices {
		y.Partners = append(y.Partners, models.Partner{Code: y.office(i), Name: fmt.Sprintf("ケアプラン第%d", i+1), Kana: fmt.Sprintf("ケアプランダイ%d", i+1),
			Kind: models.CareOffice, OfficeNumber: fmt.Sprintf("13%08d", i), Corporation: "社会福祉法人みなと", Address: fmt.Sprintf("みなと市中央%d-%d", i%9+1, i+1),
			Phone: fmt.Sprintf("03-5555-%04d", i%10000), ConsultedOn: from, AgreedOn: from})
	}
	for i := range y.managers {
		c := models.CareManager{Code: y.manager(i), Qualification: models.QualifiedCM, CanPlan: models.Yes, SharedOn: from,
			CheckedOn: lastYear*10000 + 401, Phone: fmt.Sprintf("03-5557-%04d", i%10000)}
		c.Name, c.Kana = personName(i)
		y.CareManagers = append(y.CareManagers, c)
		y.Affiliations = append(y.Affiliations, models.Affiliation{CareManager: c.Code, Partner: y.office(i), From: from})
	}
}

// addMeeting adds the i-th 会議 of a year.
func (y *department) addMeeting(i int, on models.Date) {
	kinds := []models.MeetingKind{models.CommunityCareMeeting, models.MultiJobMeeting, models.ServiceMeeting, models.StudySession}
	m := models.Meeting{Code: fmt.Sprintf("LM%d", on), HeldOn: on, Name: fmt.Sprintf("第%d回 連携の会", i+1), Kind: kinds[i%len(kinds)],
		Host: "当院", Place: "講堂", Agenda: "入退院の連携", Counts: models.Yes, ContactsShared: models.Yes}
	y.Meetings = append(y.Meetings, m)
	for j := range 2 {
		y.Attendances = append(y.Attendances, models.Attendance{Meeting: m.Code, Kind: models.AttendeeStaff, Code: staffCode(i + 4*j)})
	}
	for j := range seats {
		y.Attendances = append(y.Attendances, models.Attendance{Meeting: m.Code, Kind: models.AttendeeCM, Code: y.manager(i*seats + j)})
	}
}

// addAdmission adds the k-th admission of all and what belongs to it.
func (y *department) addAdmission(k int, in models.Date, guided bool) {
	leave := in.AddDays(18 + k*7%20)
	patient, cm := fmt.Sprintf("9%07d", k), y.manager(k)
	a := models.Admission{PatientID: patient, AdmittedOn: in, BornOn: models.MustDate("1930-01-13").AddDays(k % 9000), Sex: []string{"男", "女"}[k%2],
		ExpectedOn: leave, DischargedOn: leave, Specialty: "内科", ServiceSuitable: models.Yes, PatientWishes: models.Yes, ConsentedOn: in.AddDays(1),
		CareManager: cm, CareLevel: fmt.Sprintf("要介護%d", k%5+1), CareStatus: models.Certified, ReceivedOn: in.AddDays(1), InformedOn: in.AddDays(2),
		NoticedOn: leave.AddDays(-8)}
	a.Name, a.Kana = personName(k)
	y.Admissions = append(y.Admissions, a)
	y.WardStays = append(y.WardStays, models.WardStay{PatientID: patient, AdmittedOn: in, From: in, Ward: fmt.Sprintf("LW%d", k%wardCount+1)})
	for j := range contactsEach {
		y.Contacts = append(y.Contacts, models.Contact{Number: fmt.Sprintf("LK%07d", k*contactsEach+j+1), On: in.AddDays(2 * j), Time: fmt.Sprintf("%02d:%02d", 9+j, k%60),
			Kind: models.ContactKinds[j%len(models.ContactKinds)], Initiator: []models.Initiator{"当院", "先方"}[j%2], CareManager: cm, Partner: y.office(k),
			Staff: []string{staffCode(k + j)}, Purpose: "情報共有", Body: "退院後の暮らしと家屋の状況を確認", PatientID: patient})
	}
	if !guided {
		return
	}
	for j := range 2 {
		on := in.AddDays(4 + 8*j)
		s := models.JointGuidance{Number: fmt.Sprintf("LG%06d", 2*k+j+1), PatientID: patient, AdmittedOn: in, On: on, Way: models.InPerson,
			Content: []models.GuidanceContent{"初回", "2回目"}[j], Staff: []string{staffCode(k + j)}, DoctorsOrder: models.Yes, CareManager: cm,
			Standing: models.PriorCareManager, PatientJoined: models.Yes, Body: "退院後に要るサービスを説明", NotedOn: on, PlanAskedOn: on,
			PlanCopyOn: in.AddDays(12 + j), PlanCopyKind: "原案"}
		if on < models.RevisionDate && k%10 != 0 {
			s.Claim = models.ClaimLegacy
		}
		y.Sessions = append(y.Sessions, s)
	}
}
