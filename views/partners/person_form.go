package partners

import (
	"strings"

	"renkei/app"
	"renkei/models"
	"renkei/views/form"
	"renkei/views/page"
	"renkei/views/people"
	"renkei/views/ui"
)

// editPerson opens the form of a care manager, of a new one without a version:
// at the office, if one is given.
func (p *Page) editPerson(person models.CareManager, office string) {
	p.Begin(func() page.Editor { return p.personForm(person, office) })
}

// personForm is the form of a care manager. A new one has the first 所属 too;
// later 異動 changes it.
func (p *Page) personForm(was models.CareManager, office string) *page.Form {
	person, isNew := was, was.Version == 0
	job := models.Affiliation{Partner: office, From: p.Shell.Today()}
	o := page.FormOptions{
		Title: was.Name + "さんを直す", Draft: "partners.person." + was.Code, Recorded: true, Of: app.RefOf(was),
		Entry: func() page.Entry { return p.personEntry(&person, was, job) },
	}
	if isNew {
		o.Title, o.Note, o.Recorded, o.Of = "人の登録", "CMコード"+page.NotYet, false, app.RecordRef{}
		o.Draft = strings.TrimSuffix("partners.person.new."+office, ".")
		o.At = page.ToNew("介護支援専門員", office)
	}
	f := p.NewForm(o)
	qualification := form.Choice(&person.Qualification, models.Qualifications)
	plans := form.Mark(&person.CanPlan, "できる", "できない")
	offer := offerPlans(plans.Field, func() models.Mark {
		f.Read()
		return models.UsuallyPlans(person.Qualification, p.index.kindOf(job.Partner))
	})
	if isNew {
		qualification.OnChange(offer)
	}
	page.Bind(f, &person,
		form.Section("人"),
		form.Text(&person.Name, "例 佐藤 実").Width(280),
		form.Text(&person.Kana, "例 サトウ ミノル").Width(280),
		qualification,
		form.Text(&person.RegistrationNo, "8桁").Width(160),
		plans.Hint("居宅介護支援の介護支援専門員などは、はじめ「できる」です。未確認のままでは算定できません。"),
	)
	if isNew {
		page.Bind(f, &job,
			form.Section("所属"),
			p.officeField(&job.Partner).Label("事業所").Optional().OnChange(offer).
				Hint("分からないときは空欄のままにし、あとで「異動」で登録できます。"),
			form.Date(&job.From).Label("所属の開始日").Optional(),
		)
	}
	page.Bind(f, &person,
		form.Section("連絡先"),
		form.Text(&person.Phone, "事業所と同じなら空欄でもかまいません").Width(280),
		form.Text(&person.Mail, "").Width(280),
		form.Date(&person.SharedOn).Hint("はじめて連絡先を交換した日。平時の連携の根拠になり、書きかえません。"),
		form.Date(&person.CheckedOn).Hint("最後に、変わりないことを確かめた日"),
		form.Memo(&person.Note, "つながりやすい時間、好む連絡方法など", 3),
	)
	p.nameDoubles(f, func() []Double { return p.index.PersonDoubles(person) })
	return f
}

// personEntry is what saving a care manager does, with the first 所属 if job has
// an office.
func (p *Page) personEntry(person *models.CareManager, was models.CareManager, job models.Affiliation) page.Entry {
	today := p.Shell.Today()
	e := page.EntryOf(person.Name+"さん", person, was, today, func(c models.CareManager) string { return personKey(c.Code) })
	if job.Partner != "" {
		job.CareManager = page.NotYet
		e.Problems = append(e.Problems, models.EntryProblems(job, models.Affiliation{}, today)...)
		e.Steps = append(e.Steps, app.Then(func() []app.Step {
			job.CareManager = person.Code
			return []app.Step{app.New(&job)}
		}))
	}
	return e
}

// officeField is an office that is searched for by name.
func (p *Page) officeField(to *string) *form.Field[*ui.Picker] {
	return form.Picked(to, people.OfficeFinder(func() *people.Known { return p.known }))
}

// offerPlans returns a function that puts what is usual into the field
// ケアプラン作成可, for as long as nobody chose otherwise.
func offerPlans(field *ui.MarkField, usual func() models.Mark) func() {
	offered := field.Mark()
	return func() {
		if field.Mark() == offered {
			offered = usual()
			field.SetMark(offered)
		}
	}
}
