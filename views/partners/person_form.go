package partners

import (
	"cmp"
	"strings"

	"renkei/app"
	"renkei/models"
	"renkei/models/fee"
	"renkei/views/page"
	"renkei/views/people"
	"renkei/views/ui"
)

// personFields are the fields of the form of a care manager. A new one has the
// first 所属 too.
type personFields struct {
	before models.CareManager

	name, kana, registration, phone, mail *ui.TextField
	qualification                         *ui.ChoiceField
	canPlan                               *ui.MarkField
	shared, checked                       *ui.DateField
	note                                  *ui.MemoField

	office *ui.Picker // nil for one who is registered: 異動 changes it
	from   *ui.DateField
}

// editPerson opens the form of a care manager; one without a code is new, of
// the office if one is given.
func (p *Page) editPerson(person models.CareManager, office string) {
	f := p.newPersonFields(person)
	title, row, draft := person.Name+"さんを直す", personKey(person.Code), "person."+person.Code
	if person.Version == 0 {
		title, row, draft = "人の登録", "", strings.TrimSuffix("person.new."+office, ".")
		f.addOffice(p, office)
	}
	o := p.newForm(title, row, draft, person.Version > 0, func(o *openForm) {
		changed, job := f.read()
		checked := changed
		checked.Code = cmp.Or(changed.Code, page.NotYet)
		problems := models.EntryProblems(checked, f.before, p.shell.Today())
		what, steps := changed.Name+"さんの登録", []app.Step{app.New(&changed)}
		if person.Version > 0 {
			what, steps = changed.Name+"さんの変更", []app.Step{app.Put(changed)}
		}
		if job.Partner != "" {
			job.CareManager = checked.Code
			problems = append(problems, models.EntryProblems(job, models.Affiliation{}, p.shell.Today())...)
			steps = append(steps, app.Then(func() []app.Step {
				job.CareManager = changed.Code
				return []app.Step{app.New(&job)}
			}))
		}
		p.store(o, what, func() page.Target { return toPerson(changed.Code) }, problems, steps...)
	})
	if person.Version == 0 {
		o.note = "CMコード" + page.NotYet
	}
	f.addTo(o.form)
	p.watch(o, func() []Double { changed, _ := f.read(); return p.index.PersonDoubles(changed) },
		f.name, f.registration, f.phone, f.mail)
	p.openForm(o)
}

func (p *Page) newPersonFields(c models.CareManager) *personFields {
	today := p.shell.Today
	return &personFields{
		before: c,
		name:   ui.FilledText(c.Name, "例 佐藤 実"), kana: ui.FilledText(c.Kana, "例 サトウ ミノル"), registration: ui.FilledText(c.RegistrationNo, "8桁"),
		phone: ui.FilledText(c.Phone, "事業所と同じなら空欄でもかまいません"), mail: ui.FilledText(c.Mail, ""),
		qualification: ui.FilledChoice(c.Qualification, models.Qualifications), canPlan: ui.FilledMark(c.CanPlan, "できる", "できない"),
		shared: ui.FilledDate(c.SharedOn, today), checked: ui.FilledDate(c.CheckedOn, today),
		note: ui.FilledMemo(c.Note, "つながりやすい時間、好む連絡方法など", 3),
	}
}

// addOffice adds the fields of the first 所属.
func (f *personFields) addOffice(p *Page, office string) {
	f.office = p.officePicker()
	if partner := p.index.Facts.Partner(office); partner != nil {
		f.office.Pick(people.Pick(people.OfficeEntry(partner)))
	}
	f.from = ui.FilledDate(p.shell.Today(), p.shell.Today)
	offer := offerPlans(f.canPlan, p.index.Facts, func() models.Qualification { return models.Qualification(f.qualification.Choice()) }, f.office)
	f.qualification.OnChange(offer)
	f.office.OnChange(offer)
	offer()
}

// offerPlans returns a function that puts what is usual into the field
// ケアプラン作成可, for as long as nobody chose otherwise.
func offerPlans(field *ui.MarkField, f *fee.Facts, qualification func() models.Qualification, office *ui.Picker) func() {
	offered := field.Mark()
	return func() {
		if field.Mark() != offered {
			return
		}
		offered = models.UsuallyPlans(qualification(), kindOf(f, office))
		field.SetMark(offered)
	}
}

// kindOf is the 種別 of the office picked, "" when none is.
func kindOf(f *fee.Facts, office *ui.Picker) models.PartnerKind {
	if pick, ok := office.Picked(); ok {
		if _, code := people.Split(pick.Key); f.Partner(code) != nil {
			return f.Partner(code).Kind
		}
	}
	return ""
}

func (p *Page) officePicker() *ui.Picker {
	picker := ui.NewPicker("名称・カナ・ローマ字・電話・番号でさがす", people.Find(func() *models.Finder { return p.offices }))
	picker.After = p.shell.After
	return picker
}

func (f *personFields) addTo(form *ui.Form) {
	form.Section("人")
	form.Add(ui.FormRow{Label: "氏名", Required: true, Field: f.name, Width: 280})
	form.Add(ui.FormRow{Label: "カナ", Field: f.kana, Width: 280})
	form.Add(ui.FormRow{Label: "資格", Required: true, Field: f.qualification})
	form.Add(ui.FormRow{Label: "登録番号", Field: f.registration, Width: 160})
	form.Add(ui.FormRow{Label: "ケアプラン作成可", Field: f.canPlan, Hint: "居宅介護支援の介護支援専門員などは、はじめ「できる」です。未確認のままでは算定できません。"})
	if f.office != nil {
		form.Section("所属")
		form.Add(ui.FormRow{Label: "事業所", Name: "連携先コード", Field: f.office, Hint: "分からないときは空欄のままにし、あとで「異動」で登録できます。"})
		form.Add(ui.FormRow{Label: "所属の開始日", Name: "開始日", Field: f.from})
	}
	form.Section("連絡先")
	form.Add(ui.FormRow{Label: "電話", Field: f.phone, Width: 280})
	form.Add(ui.FormRow{Label: "メール", Field: f.mail, Width: 280})
	form.Add(ui.FormRow{Label: "連絡先共有日", Field: f.shared, Hint: "はじめて連絡先を交換した日。平時の連携の根拠になり、書きかえません。"})
	form.Add(ui.FormRow{Label: "連絡先確認日", Field: f.checked, Hint: "最後に、変わりないことを確かめた日"})
	form.Add(ui.FormRow{Label: "備考", Field: f.note})
}

// read returns the person as filled in, and the first 所属 of a new one; without
// an office it has no 連携先コード.
func (f *personFields) read() (models.CareManager, models.Affiliation) {
	c := f.before
	c.Name, c.Kana, c.RegistrationNo = f.name.Text(), f.kana.Text(), f.registration.Text()
	c.Phone, c.Mail, c.Note = f.phone.Text(), f.mail.Text(), f.note.Text()
	c.Qualification, c.CanPlan = models.Qualification(f.qualification.Choice()), f.canPlan.Mark()
	c.SharedOn, c.CheckedOn = f.shared.Date(), f.checked.Date()
	var job models.Affiliation
	if f.office != nil {
		if pick, ok := f.office.Picked(); ok {
			_, job.Partner = people.Split(pick.Key)
			job.From = f.from.Date()
		}
	}
	return c, job
}
