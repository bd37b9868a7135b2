package admissions

import (
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"renkei/app"
	"renkei/app/apptest"
	"renkei/models"
	"renkei/views/page"
	"renkei/views/page/pagetest"
	"renkei/views/people"
	"renkei/views/ui"
)

// place is the page on a register of the sample hospital, in a window of the
// test driver where everything happens at once.
type place struct {
	*Page
	*pagetest.Bench
}

// open opens the page on a new register of the sample hospital.
func open(t *testing.T, size fyne.Size) *place {
	t.Helper()
	b := pagetest.NewBench(t, pagetest.SampleApp(t))
	p := &place{New(b.Shell, b.App, people.NewDirectory(b.App)), b}
	b.Show(p, size)
	return p
}

// form is the form that is open.
func (p *place) form() *page.Form {
	p.T.Helper()
	return pagetest.Form(p.T, p)
}

// The fields of the form that is open.
func (p *place) field(name string) ui.Field { return p.form().Field(name) }
func (p *place) text(name string) *ui.TextField {
	return pagetest.Field[*ui.TextField](p.T, p.form(), name)
}
func (p *place) memo(name string) *ui.MemoField {
	return pagetest.Field[*ui.MemoField](p.T, p.form(), name)
}
func (p *place) date(name string) *ui.DateField {
	return pagetest.Field[*ui.DateField](p.T, p.form(), name)
}
func (p *place) choice(name string) *ui.ChoiceField {
	return pagetest.Field[*ui.ChoiceField](p.T, p.form(), name)
}
func (p *place) mark(name string) *ui.MarkField {
	return pagetest.Field[*ui.MarkField](p.T, p.form(), name)
}
func (p *place) picker(name string) *ui.Picker {
	return pagetest.Field[*ui.Picker](p.T, p.form(), name)
}

// session is the session that is open as its fields have it.
func (p *place) session() models.JointGuidance {
	p.form().Read()
	return entered(p.live.was, *p.live.g)
}

// leave closes the form that is open and keeps its typing.
func (p *place) leave() {
	p.T.Helper()
	require.NoError(p.T, p.KeepTyping())
	p.Leave()
}

func day(s string) models.Date { return models.MustDate(s) }

// hospital is a register with one patient, 髙橋 花子, admitted on 2026-10-02 to a
// ward with 加算1, whose care manager 佐藤 実 meets the department; change alters it.
func hospital(t testing.TB, today string, change func(*models.Book)) *snapshot {
	t.Helper()
	book := &models.Book{
		Policies: []models.Policy{{
			Edition: "第2版", EffectiveOn: day("2026-08-01"), AnnouncedOn: day("2026-08-05"),
			Within7Days: models.Yes, Before7Days: models.Yes, Encourages: models.Yes,
		}},
		Wards: []models.Ward{
			{Code: "3E", ValidFrom: day("2024-04-01"), Name: "3東病棟", BasicFee: "急性期一般入院料4", Beds: 40, Class: models.WardClassI,
				FeeTreatment: models.FeeSeparate, FiledFrom: day("2024-04-01")},
			{Code: "4E", ValidFrom: day("2024-04-01"), Name: "4東病棟（地域包括ケア）", Beds: 30, Class: models.WardClassRo, FeeTreatment: models.FeeSeparate},
		},
		Staff: []models.Staff{
			{Code: "N1", From: day("2020-04-01"), Name: "渡邉 恵", Kana: "ワタナベ メグミ", Job: models.Nurse, Department: models.FullTime},
			{Code: "N2", From: day("2020-04-01"), Name: "青木 翔", Kana: "アオキ ショウ", Job: models.Nurse},
		},
		Partners: []models.Partner{{Code: "P1", Name: "さくら居宅", Kind: models.CareOffice, Phone: "09-0000-0001"}},
		CareManagers: []models.CareManager{
			{Code: "C1", Name: "佐藤 実", Kana: "サトウ ミノル", Qualification: models.QualifiedCM, CanPlan: models.Yes, SharedOn: day("2026-04-20")},
			{Code: "C2", Name: "鈴木 一郎", Kana: "スズキ イチロウ", Qualification: models.QualifiedCM, CanPlan: models.Yes},
		},
		Affiliations: []models.Affiliation{{CareManager: "C1", Partner: "P1", From: day("2022-04-01")}, {CareManager: "C2", Partner: "P1", From: day("2022-04-01")}},
		Meetings:     []models.Meeting{{Code: "M1", HeldOn: day("2026-07-14"), Name: "多職種連携会議", Kind: models.MultiJobMeeting}},
		Attendances: []models.Attendance{
			{Meeting: "M1", Kind: models.AttendeeStaff, Code: "N1"}, {Meeting: "M1", Kind: models.AttendeeCM, Code: "C1"},
		},
		Admissions: []models.Admission{{
			PatientID: "0000012345", AdmittedOn: day("2026-10-02"), Name: "髙橋 花子", Kana: "タカハシ ハナコ", BornOn: day("1939-05-02"),
			ExpectedOn: day("2026-10-27"), ServiceSuitable: models.Yes, PatientWishes: models.Yes, ConsentedOn: day("2026-10-05"),
			CareManager: "C1", InformedOn: day("2026-10-02"), Version: 1,
		}},
		WardStays: []models.WardStay{{PatientID: "0000012345", AdmittedOn: day("2026-10-02"), From: day("2026-10-02"), Ward: "3E", Version: 1}},
		Sessions: []models.JointGuidance{
			sessionOf("G0001", "2026-10-08", func(g *models.JointGuidance) {
				g.NotedOn, g.PlanAskedOn, g.PlanCopyOn = day("2026-10-08"), day("2026-10-08"), day("2026-10-15")
			}),
			sessionOf("G0002", "2026-10-19", func(g *models.JointGuidance) { g.Way = models.ByVideo; g.NotedOn = day("2026-10-19") }),
		},
	}
	if change != nil {
		change(book)
	}
	rules, err := app.Rules()
	require.NoError(t, err)
	judged := apptest.JudgeBook(t, book, rules)
	return newSnapshot(judged, day(today), Every)
}

// sessionOf is a session of 髙橋 花子 with 佐藤 実, held by the department on a
// doctor's order.
func sessionOf(number, on string, change func(*models.JointGuidance)) models.JointGuidance {
	g := models.JointGuidance{
		Number: number, PatientID: "0000012345", AdmittedOn: day("2026-10-02"), On: day(on), Way: models.InPerson, Staff: []string{"N1"},
		DoctorsOrder: models.Yes, CareManager: "C1", Standing: models.PriorCareManager, PatientJoined: models.Yes, Version: 1,
	}
	if change != nil {
		change(&g)
	}
	return g
}

var hanako = models.AdmissionKey{PatientID: "0000012345", AdmittedOn: 2026_10_02}

// taskTexts are the tasks of 髙橋 花子 in words.
func taskTexts(s *snapshot) []string {
	var texts []string
	for _, t := range tasksOf(s.find(hanako)) {
		texts = append(texts, t.String())
	}
	return texts
}
