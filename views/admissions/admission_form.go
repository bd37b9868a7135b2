package admissions

import (
	"slices"

	"renkei/app"
	"renkei/models"
	"renkei/views/effect"
	"renkei/views/form"
	"renkei/views/page"
	"renkei/views/people"
	"renkei/views/ui"
	"renkei/views/words"
)

var careLevels = []string{"要支援1", "要支援2", "要介護1", "要介護2", "要介護3", "要介護4", "要介護5", "事業対象者", "非該当"}

func (p *Page) newAdmission() {
	p.Await(func() {
		p.Begin(func() page.Editor { return p.admissionForm(models.Admission{}, nil) })
	})
}

func (p *Page) editAdmission() {
	if r := p.find(p.key); r != nil {
		p.Begin(func() page.Editor { return p.admissionForm(*r.adm, r.stays) })
	}
}

// admissionForm enters an admission, a new one with its first ward; was has no
// version then.
func (p *Page) admissionForm(was models.Admission, stays []models.WardStay) *page.Form {
	a, isNew := was, was.Version == 0
	ward := "" // of a new admission
	begun := p.knows().Inpatients
	o := page.FormOptions{
		Title: "入院を直す   " + was.PatientID + "  " + was.Name, Draft: "admissions/" + was.Key().String(), Recorded: true, Of: app.RefOf(was),
		At:    page.ToEdit("入院", was.Key().String(), ""),
		Entry: func() page.Entry { return p.admissionEntry(was, a, stays, ward, begun) },
	}
	if isNew {
		a.AdmittedOn = p.Shell.Today()
		o.Title, o.Draft, o.Recorded, o.Of, o.At = "入院を登録", "admissions/new", false, app.RecordRef{}, page.ToNew("入院", "")
	}
	f := p.NewForm(o)
	p.sayBound(f, p.find(was.Key()))
	id := form.ID(&a.PatientID, func() int { return p.snap.judged.Facts.Params.PatientIDDigits }).Width(160)
	name, kana := form.Text(&a.Name, "髙橋 花子").Width(240), form.Text(&a.Kana, "タカハシ ハナコ").Width(240)
	born, sex := form.Date(&a.BornOn), form.Choice(&a.Sex, []string{"女", "男"}).Width(150)
	page.Bind(f, &a, form.Section("患者"), id, form.Date(&a.AdmittedOn), name, kana, born, sex)
	if isNew {
		id.OnChange(func() {
			f.Read()
			if a.Name == "" && p.putKnown(&a) {
				name.Fill()
				kana.Fill()
				born.Fill()
				sex.Fill()
			}
		})
		page.Bind(f, &ward, form.ChoiceOf(&ward, wardChoices(p.snap.judged.Facts, p.Shell.Today())...).Named("病棟コード").Label("病棟").Width(240).
			Hint("入院した病棟。あとで移ったときは「転棟」で登録します"))
	}
	page.Bind(f, &a,
		form.Section("入院と退院"),
		form.Date(&a.ExpectedOn),
		form.Date(&a.DischargedOn).Hint("入れると、最後の病棟の終了日にもなります"),
		form.Text(&a.Specialty, "").Width(200),
		form.Text(&a.ChainKey, "").Width(200).Hint("同じ患者の、通算される入院に同じ言葉を入れます"),
		form.Section("介護と同意"),
		form.Picked(&a.CareManager, people.CareManagerFinder(p.knows)).Label("担当ケアマネ"),
		form.Choice(&a.CareStatus, models.CareStatuses).Width(180),
		form.Choice(&a.CareLevel, careLevels).Width(160),
		form.Mark(&a.ServiceSuitable, "適当", "適当でない").Label("サービス導入"),
		form.Mark(&a.PatientWishes, "希望する", "希望しない"),
		form.Date(&a.ConsentedOn),
		form.Mark(&a.RegionalPlan, "算定", "なし"),
		form.Section("ケアマネとの情報のやりとり"),
		form.Date(&a.ReceivedOn).Label("情報提供書の受領日").Hint("ケアマネから届いた日"),
		form.Date(&a.InformedOn).Hint("ケアマネへ入院を知らせた日（入院から7日以内）"),
		form.Date(&a.NoticedOn).Hint("退院見込の7日前までに"),
	)
	effect.Under(f, effectShare)
	return f
}

// effectShare is the part of the height a form has over what saving it changes.
const effectShare = 0.6

// sayBound says above a form which sessions of the admission are confirmed or
// closed; nil is an admission that is not recorded.
func (p *Page) sayBound(f *page.Form, r *record) {
	if r == nil {
		return
	}
	for _, line := range describe(r, p.snap.judged.Rules).Sessions {
		if line.Bound != "" {
			f.Above(ui.NewParagraph(words.Joined("　", line.When, line.Bound), ui.Style{Bold: true, Color: ui.Warn}))
		}
	}
}

// putKnown puts who it is from the latest admission of the ID, and reports
// whether there is one.
func (p *Page) putKnown(a *models.Admission) bool {
	last := p.knows().Inpatients.Last(a.PatientID)
	if last != nil {
		a.Name, a.Kana, a.BornOn, a.Sex = last.Name, last.Kana, last.BornOn, last.Sex
	}
	return last != nil
}

// admissionEntry is what saving an admission does. One that gets another 患者ID
// or 入院日 takes its stays and sessions with it. begun are those known when the form
// was opened, none if that was not read yet: one that somebody else registered since
// is merged with this one.
func (p *Page) admissionEntry(was, a models.Admission, stays []models.WardStay, ward string, begun models.Inpatients) page.Entry {
	moved, saved := was.Version != 0 && a.Key() != was.Key(), a
	if moved {
		saved.Version, begun = 0, nil
	}
	e := page.EntryOf(a.Name+"さんの入院", &saved, was, p.Shell.Today(), func(a models.Admission) string { return a.Key().String() })
	if a.Key() != was.Key() { // the list may not show it
		e.To = func() page.Target { return page.To("入院", saved.Key().String()) }
	}
	if known := p.knows().Inpatients.Find(a.Key()) != nil; known && a.Key() != was.Key() && (len(begun) == 0 || begun.Find(a.Key()) != nil) {
		e.Wrong("入院日", "この患者のこの日の入院は、すでに登録があります")
	}
	if saved == was {
		e.Steps = nil // only the stays may have changed
	}
	e.Steps = append(e.Steps, stayChanges(stays, staysWith(a, stays, ward))...)
	if moved {
		if r := p.find(was.Key()); r != nil { // somebody else may have deleted it
			for _, v := range r.own {
				g := v.Session
				g.PatientID, g.AdmittedOn = a.PatientID, a.AdmittedOn
				e.Steps = append(e.Steps, app.Put(g))
			}
		}
		e.Steps = append(e.Steps, app.Remove(was))
	}
	return e
}

// staysWith are the stays as they are with the admission: under its key, begun
// in the ward of a new one ("" for none), ended on the day of discharge.
func staysWith(a models.Admission, recorded []models.WardStay, ward string) []models.WardStay {
	stays := slices.Clone(recorded)
	if ward != "" {
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
