package admissions

import (
	"slices"

	"renkei/app"
	"renkei/models"
	"renkei/views/page"
	"renkei/views/people"
	"renkei/views/ui"
)

// admissionForm enters an admission with its ward stays.
type admissionForm struct {
	formParts
	base  models.Admission // Version 0 for a new one
	stays []models.WardStay

	id                                      *ui.IDField
	name, kana, specialty, chain            *ui.TextField
	admitted, born, expected, discharged    *ui.DateField
	consented, receivedOn, informed, notice *ui.DateField
	sex, level, status                      *ui.ChoiceField
	suitable, wishes, regional              *ui.MarkField
	cm                                      *ui.Picker
	ward                                    *ui.ChoiceField // of a new admission
}

var careLevels = []string{"要支援1", "要支援2", "要介護1", "要介護2", "要介護3", "要介護4", "要介護5", "事業対象者", "非該当"}

func (p *Page) newAdmission() {
	if p.snap == nil {
		return
	}
	p.leaveForm(func() { p.showForm(newAdmissionForm(p, models.Admission{}, nil)) })
}

func (p *Page) editAdmission() {
	if r := p.snap.find(p.key); r != nil {
		p.leaveForm(func() { p.showForm(newAdmissionForm(p, *r.adm, r.stays)) })
	}
}

func newAdmissionForm(p *Page, a models.Admission, stays []models.WardStay) *admissionForm {
	f := &admissionForm{formParts: formParts{p: p}, base: a, stays: stays}
	head, draft := "入院を登録", "admissions/new"
	if a.Version != 0 {
		head, draft = "入院を直す   "+a.PatientID+"  "+a.Name, "admissions/"+a.Key().String()
	}
	f.begin(draft, a.Version != 0, f.save)
	f.fields()
	f.fill()
	f.rows()
	f.f.Restore()
	f.under(head, p.snap.find(a.Key()), func() ([]app.Step, models.Problems) {
		a := f.admission()
		return f.steps(a), f.problems(a)
	})
	return f
}

func (f *admissionForm) fields() {
	params := f.p.snap.judged.Facts.Params
	date := func() *ui.DateField { return ui.NewDateField(f.p.shell.Today) }
	f.id = ui.NewIDField(func() int { return params.PatientIDDigits })
	f.name, f.kana = ui.NewTextField("髙橋 花子"), ui.NewTextField("タカハシ ハナコ")
	f.specialty, f.chain = ui.NewTextField(""), ui.NewTextField("")
	f.admitted, f.born, f.expected, f.discharged = date(), date(), date(), date()
	f.consented, f.receivedOn, f.informed, f.notice = date(), date(), date(), date()
	f.sex = ui.NewChoiceField(withRecorded(ui.ChoicesOf([]string{"女", "男"}), f.base.Sex)...)
	f.level = ui.NewChoiceField(withRecorded(ui.ChoicesOf(careLevels), f.base.CareLevel)...)
	f.status = ui.NewChoiceField(ui.ChoicesOf(models.CareStatuses)...)
	f.suitable, f.wishes, f.regional = ui.NewMarkField("適当", "適当でない"), ui.NewMarkField("希望する", "希望しない"), ui.NewMarkField("算定", "なし")
	f.cm = ui.NewPicker("氏名・事業所・電話でさがす", people.Find(func() *models.Finder { return f.p.snap.careManagers }))
	f.cm.After = f.p.shell.After
	f.ward = ui.NewChoiceField(wardChoices(f.p.snap.judged.Facts, f.p.shell.Today())...)
	f.id.OnChange(f.known)
}

// withRecorded adds what is recorded in other words to the choices, so that
// saving changes nothing.
func withRecorded(choices []ui.Choice, value string) []ui.Choice {
	if value == "" {
		return choices
	}
	return kept(choices, value)
}

func (f *admissionForm) rows() {
	form := f.f
	form.Section("患者")
	form.Add(ui.FormRow{Label: "患者ID", Required: true, Field: f.id, Width: 160})
	form.Add(ui.FormRow{Label: "入院日", Required: true, Field: f.admitted})
	form.Add(ui.FormRow{Label: "氏名", Required: true, Field: f.name, Width: 240})
	form.Add(ui.FormRow{Label: "カナ", Field: f.kana, Width: 240})
	form.Add(ui.FormRow{Label: "生年月日", Field: f.born})
	form.Add(ui.FormRow{Label: "性別", Field: f.sex, Width: 150})
	if f.base.Version == 0 {
		form.Add(ui.FormRow{Label: "病棟", Name: "病棟コード", Field: f.ward, Width: 240, Hint: "入院した病棟。あとで移ったときは「転棟」で登録します"})
	}
	form.Section("入院と退院")
	form.Add(ui.FormRow{Label: "退院見込日", Field: f.expected})
	form.Add(ui.FormRow{Label: "退院日", Field: f.discharged, Hint: "入れると、最後の病棟の終了日にもなります"})
	form.Add(ui.FormRow{Label: "診療科", Field: f.specialty, Width: 200})
	form.Add(ui.FormRow{Label: "通算入院キー", Field: f.chain, Width: 200, Hint: "同じ患者の、通算される入院に同じ言葉を入れます"})
	form.Section("介護と同意")
	form.Add(ui.FormRow{Label: "担当ケアマネ", Name: "担当CMコード", Field: f.cm})
	form.Add(ui.FormRow{Label: "認定状況", Field: f.status, Width: 180})
	form.Add(ui.FormRow{Label: "要介護度", Field: f.level, Width: 160})
	form.Add(ui.FormRow{Label: "サービス導入", Name: "サービス導入適当", Field: f.suitable})
	form.Add(ui.FormRow{Label: "本人の希望", Field: f.wishes})
	form.Add(ui.FormRow{Label: "同意日", Field: f.consented})
	form.Add(ui.FormRow{Label: "地域連携診療計画加算", Field: f.regional})
	form.Section("ケアマネとの情報のやりとり")
	form.Add(ui.FormRow{Label: "情報提供書の受領日", Name: "入院時情報提供書受領日", Field: f.receivedOn, Hint: "ケアマネから届いた日"})
	form.Add(ui.FormRow{Label: "入院時情報提供日", Field: f.informed, Hint: "ケアマネへ入院を知らせた日（入院から7日以内）"})
	form.Add(ui.FormRow{Label: "退院前連絡日", Field: f.notice, Hint: "退院見込の7日前までに"})
}

func (f *admissionForm) fill() {
	a := f.base
	f.id.SetText(a.PatientID)
	f.patient(a)
	f.admitted.SetDate(a.AdmittedOn)
	f.expected.SetDate(a.ExpectedOn)
	f.discharged.SetDate(a.DischargedOn)
	f.specialty.SetText(a.Specialty)
	f.chain.SetText(a.ChainKey)
	if a.CareManager != "" {
		f.cm.Pick(careManagerPick(f.p.snap.judged.Facts, a.CareManager, f.p.shell.Today()))
	}
	f.status.SetChoice(string(a.CareStatus))
	f.level.SetChoice(a.CareLevel)
	f.suitable.SetMark(a.ServiceSuitable)
	f.wishes.SetMark(a.PatientWishes)
	f.consented.SetDate(a.ConsentedOn)
	f.regional.SetMark(a.RegionalPlan)
	f.receivedOn.SetDate(a.ReceivedOn)
	f.informed.SetDate(a.InformedOn)
	f.notice.SetDate(a.NoticedOn)
	if a.Version == 0 {
		f.admitted.SetDate(f.p.shell.Today())
	}
}

// patient puts who it is into the fields.
func (f *admissionForm) patient(a models.Admission) {
	f.name.SetText(a.Name)
	f.kana.SetText(a.Kana)
	f.born.SetDate(a.BornOn)
	f.sex.SetChoice(a.Sex)
}

// known fills in who it is from an earlier admission of the ID.
func (f *admissionForm) known() {
	if f.base.Version != 0 || !f.name.Blank() {
		return
	}
	var last *models.Admission
	for i := range f.p.snap.judged.Facts.Book.Admissions {
		if a := &f.p.snap.judged.Facts.Book.Admissions[i]; a.PatientID == f.id.Text() && (last == nil || a.AdmittedOn > last.AdmittedOn) {
			last = a
		}
	}
	if last != nil {
		f.patient(*last)
	}
}

// admission is the record as the fields have it now.
func (f *admissionForm) admission() models.Admission {
	a := f.base
	a.PatientID, a.AdmittedOn = f.id.Text(), f.admitted.Date()
	a.Name, a.Kana, a.BornOn, a.Sex = f.name.Text(), f.kana.Text(), f.born.Date(), f.sex.Choice()
	a.ExpectedOn, a.DischargedOn = f.expected.Date(), f.discharged.Date()
	a.Specialty, a.ChainKey = f.specialty.Text(), f.chain.Text()
	a.CareManager, a.CareStatus, a.CareLevel = pickedCode(f.cm), models.CareStatus(f.status.Choice()), f.level.Choice()
	a.ServiceSuitable, a.PatientWishes, a.RegionalPlan = f.suitable.Mark(), f.wishes.Mark(), f.regional.Mark()
	a.ConsentedOn, a.ReceivedOn, a.InformedOn, a.NoticedOn = f.consented.Date(), f.receivedOn.Date(), f.informed.Date(), f.notice.Date()
	return a
}

// wardStays are the stays as they are with the admission: under its key, begun
// with a new one, ended on the day of discharge.
func (f *admissionForm) wardStays(a models.Admission) []models.WardStay {
	stays := slices.Clone(f.stays)
	if ward := f.ward.Choice(); f.base.Version == 0 && ward != "" {
		stays = append(stays, models.WardStay{From: a.AdmittedOn, Ward: ward})
	}
	for i := range stays {
		stays[i].PatientID, stays[i].AdmittedOn = a.PatientID, a.AdmittedOn
	}
	closeLast(stays, a.DischargedOn)
	return stays
}

// closeLast ends the last stay, when it is open, on the day of discharge.
func closeLast(stays []models.WardStay, on models.Date) {
	last := -1
	for i := range stays {
		if last < 0 || stays[i].From > stays[last].From {
			last = i
		}
	}
	if on != 0 && last >= 0 && stays[last].To == 0 && stays[last].From <= on {
		stays[last].To = on
	}
}

func (f *admissionForm) what() string { return "入院" }

func (f *admissionForm) place() page.Target {
	if f.base.Version == 0 {
		return page.ToPage(f.p.ID())
	}
	return page.To("入院", f.base.Key().String())
}

func (f *admissionForm) save() {
	a := f.admission()
	if !f.refused(f.problems(a)) {
		f.store(a.Name+"さんの入院の登録", a.Key(), "", f.steps(a)...)
	}
}

func (f *admissionForm) problems(a models.Admission) models.Problems {
	problems := models.EntryProblems(a, f.base, f.p.shell.Today())
	if a.Key() != f.base.Key() && f.p.snap.find(a.Key()) != nil {
		problems = append(problems, models.Problem{Field: "入院日", Message: "この患者のこの日の入院は、すでに登録があります"})
	}
	return problems
}

// steps are the changes from what is recorded to what is entered. An admission
// that gets another 患者ID or 入院日 takes its stays and sessions with it.
func (f *admissionForm) steps(a models.Admission) []app.Step {
	moved := f.base.Version != 0 && a.Key() != f.base.Key()
	if moved {
		a.Version = 0
	}
	var steps []app.Step
	if a != f.base {
		steps = append(steps, app.Put(a))
	}
	steps = append(steps, stayChanges(f.stays, f.wardStays(a))...)
	if moved {
		for _, v := range f.p.snap.sessions[f.base.Key()] {
			g := v.Session
			g.PatientID, g.AdmittedOn = a.PatientID, a.AdmittedOn
			steps = append(steps, app.Put(g))
		}
		steps = append(steps, app.Remove(f.base))
	}
	return steps
}
