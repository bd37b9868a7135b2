package liaison_test

import (
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/models"
	"renkei/models/booktest"
	"renkei/models/fee"
	"renkei/models/liaison"
)

// workBook returns a register with one piece of work of each kind as of
// 2026-11-22.
func workBook() *models.Book {
	since := models.Date(2020_04_01)
	stay := func(id string, on models.Date) models.WardStay {
		return models.WardStay{PatientID: id, AdmittedOn: on, From: on, Ward: "W1"}
	}
	admitted := func(id string, on models.Date) models.Admission {
		return models.Admission{PatientID: id, AdmittedOn: on, Name: "患者" + id, ServiceSuitable: models.Yes,
			PatientWishes: models.Yes, ConsentedOn: on, CareManager: "C1", InformedOn: on, NoticedOn: on}
	}
	session := func(number, id string, admittedOn, on models.Date) models.JointGuidance {
		return models.JointGuidance{Number: number, PatientID: id, AdmittedOn: admittedOn, On: on, Way: models.InPerson,
			Staff: []string{"S1"}, DoctorsOrder: models.Yes, CareManager: "C1", Standing: models.PriorCareManager,
			PatientJoined: models.Yes, NotedOn: on, PlanCopyOn: on}
	}
	return &models.Book{
		Policies: []models.Policy{{Edition: "第1版", EffectiveOn: since, Within7Days: models.Yes, Before7Days: models.Yes,
			Encourages: models.Yes, AnnouncedOn: since}},
		Wards: []models.Ward{{Code: "W1", ValidFrom: since, Name: "1病棟", Beds: 40, Class: models.WardClassI,
			FeeTreatment: models.FeeSeparate, FiledFrom: since}},
		Staff: []models.Staff{{Code: "S1", From: since, Name: "看護師", Job: models.Nurse, Department: models.FullTime}},
		Partners: []models.Partner{
			{Code: "P1", Name: "さくら居宅", Kind: models.CareOffice, ConsultedOn: since},
			{Code: "P2", Name: "協議前", Kind: models.CareOffice},
		},
		CareManagers: []models.CareManager{{Code: "C1", Name: "佐藤 実", Qualification: models.QualifiedCM,
			CanPlan: models.Yes, SharedOn: since}},
		Affiliations: []models.Affiliation{{CareManager: "C1", Partner: "P1", From: since}},
		Meetings:     []models.Meeting{{Code: "M1", HeldOn: 2025_12_10, Name: "連携会議", Kind: models.MultiJobMeeting}},
		Attendances: []models.Attendance{
			{Meeting: "M1", Kind: models.AttendeeStaff, Code: "S1"}, {Meeting: "M1", Kind: models.AttendeeCM, Code: "C1"},
		},
		Admissions: []models.Admission{
			admitted("1", 2026_11_01), admitted("2", 2026_11_17), admitted("3", 2026_10_01), admitted("4", 2026_11_10),
		},
		WardStays: []models.WardStay{stay("1", 2026_11_01), stay("2", 2026_11_17), stay("3", 2026_10_01), stay("4", 2026_11_10)},
		Sessions: []models.JointGuidance{
			session("G1", "1", 2026_11_01, 2026_11_23), // tomorrow
			session("G2", "3", 2026_10_01, 2026_10_20), // a past month, not confirmed
			session("G3", "4", 2026_11_10, 2026_11_20), // papers missing
		},
	}
}

func worklistOf(t *testing.T, book *models.Book) []liaison.Work {
	t.Helper()
	data, err := os.ReadFile("../../assets/rules/2026-06.json")
	require.NoError(t, err)
	rules, err := fee.ParseRules(data)
	require.NoError(t, err)
	params, aside := fee.ParamsOf(book.Settings)
	require.Empty(t, aside)
	f := fee.NewFacts(book, params)
	return liaison.Worklist(f, rules, booktest.Judge(t, f, rules), liaison.Working(f.Book, 2026_11_22), 2026_11_22)
}

func TestWorklistNamesEachThingWithItsDay(t *testing.T) {
	book := workBook()
	book.Sessions[2].NotedOn, book.Sessions[2].PlanCopyOn = 0, 0
	book.Admissions[1].InformedOn, book.Admissions[1].NoticedOn = 0, 0
	book.Admissions[1].ExpectedOn = 2026_12_04 // seven days before: 11-27

	assert.Equal(t, []liaison.Work{
		{Kind: liaison.WorkSession, Text: "あすの共同指導", Detail: "1 患者1", Due: 2026_11_23, Sheet: "共同指導", Key: "G1"},
		{Kind: liaison.WorkDeadline, Text: "入院の情報提供（7日以内）", Detail: "2 患者2", Due: 2026_11_23, Sheet: "入院", Key: "2/2026-11-17"},
		{Kind: liaison.WorkDeadline, Text: "退院前の連絡（7日前まで）", Detail: "2 患者2", Due: 2026_11_27, Sheet: "入院", Key: "2/2026-11-17"},
		{Kind: liaison.WorkPapers, Text: "診療録への要点の記載", Detail: "4 患者4", Due: 2026_11_20, Sheet: "共同指導", Key: "G3"},
		{Kind: liaison.WorkPapers, Text: "ケアプラン写しの依頼", Detail: "4 患者4", Due: 2026_12_04, Sheet: "共同指導", Key: "G3"},
		{Kind: liaison.WorkNoSession, Text: "共同指導がまだありません", Detail: "2 患者2　佐藤 実（さくら居宅）", Due: 2026_12_04, Sheet: "入院", Key: "2/2026-11-17"},
		// 対面 sessions of 10-20 and 11-20 are two 面会 with さくら居宅; one more is due.
		{Kind: liaison.WorkMenkai, Text: "今年度の面会 あと1回", Detail: "さくら居宅", Due: 2027_03_31, Sheet: "連携先", Key: "P1"},
		// The only meeting, 2025-12-10, holds for admissions until 2026-12-10.
		{Kind: liaison.WorkExpiring, Text: "平時の連携がまもなく切れます", Detail: "佐藤 実（さくら居宅）", Due: 2026_12_10, Sheet: "介護支援専門員", Key: "C1"},
		{Kind: liaison.WorkClosing, Text: "10月分の締め", Detail: "未確定 1件", Due: 2026_11_10, Sheet: "算定", Key: "2026-10"},
	}, worklistOf(t, book))
}

func TestWorkDoneLeavesTheList(t *testing.T) {
	kinds := func(book *models.Book) map[liaison.WorkKind]int {
		found := make(map[liaison.WorkKind]int)
		for _, w := range worklistOf(t, book) {
			found[w.Kind]++
		}
		return found
	}
	t.Run("papers recorded", func(t *testing.T) {
		assert.Zero(t, kinds(workBook())[liaison.WorkPapers])
	})
	t.Run("a patient who has left", func(t *testing.T) {
		book := workBook()
		book.Admissions[1].DischargedOn = 2026_11_21
		assert.Zero(t, kinds(book)[liaison.WorkNoSession])
	})
	t.Run("a patient without a care manager needs no session", func(t *testing.T) {
		book := workBook()
		book.Admissions[1].CareManager = ""
		assert.Zero(t, kinds(book)[liaison.WorkNoSession])
	})
	t.Run("a newer meeting renews the 平時の連携", func(t *testing.T) {
		book := workBook()
		book.Meetings[0].HeldOn = 2026_06_10
		assert.Zero(t, kinds(book)[liaison.WorkExpiring])
	})
	t.Run("a closed month", func(t *testing.T) {
		book := workBook()
		book.Closings = []models.Closing{{Month: 2026_10, Number: 1, ClosedBy: "医事", ClosedAt: "2026-11-05T00:00:00Z"}}
		assert.Zero(t, kinds(book)[liaison.WorkClosing])
		book.Closings[0].ReopenedAt, book.Closings[0].Reason = "2026-11-06T00:00:00Z", "記録もれ"
		assert.Equal(t, 1, kinds(book)[liaison.WorkClosing])
	})
}
