package contacts

import (
	"fyne.io/fyne/v2"

	"renkei/app"
	"renkei/models"
	"renkei/views/form"
	"renkei/views/page"
	"renkei/views/people"
	"renkei/views/ui"
)

// begin opens an empty entry, with the care manager or the office of a code.
func (p *Page) begin(code string) {
	var who []string
	draft := "contacts/new"
	if key, ok := p.partyOf(code); ok {
		who, draft = []string{key}, draft+":"+code
	} else if code != "" {
		p.Shell.Say(ui.Attention, "『"+code+"』という相手は登録されていません。相手をさがして選んでください")
	}
	last := recallLast(p.Shell)
	c := models.Contact{On: p.Shell.Today(), Time: p.Now().Format("15:04"), Kind: last.Kind, Initiator: last.Initiator, Staff: last.Staff}
	var f *page.Form
	p.Begin(func() page.Editor {
		f = p.newForm(page.FormOptions{
			Title: "やり取りを記録する", Note: "連絡番号" + page.NotYet, Draft: draft, At: page.ToNew(p.Sheet, code),
			Saved: func() { keepLast(p.Shell, c) },
		}, &c, func() []models.Contact { return contactsWith(p.facts, c, who) },
			form.PickedAll(&who, p.partyFinder()).Label("相手").Required())
		return f
	})
	if f != nil && len(who) > 0 {
		f.FocusOn("種別") // the next field
	}
}

// edit opens a recorded contact.
func (p *Page) edit(row *Row) {
	c := row.Contact
	manager := form.Picked(&c.CareManager, people.CareManagerFinder(p.knows).Hinting("氏名をローマ字・かな・漢字で")).Label("ケアマネ")
	office := form.Picked(&c.Partner, people.OfficeFinder(p.knows).Hinting("事業所名をローマ字・かな・漢字で")).Label("事業所").
		Hint("空欄なら、その日のケアマネの所属とみなします")
	manager.OnChange(func() { p.putOffice(manager.Field, office.Field, c.On) })
	p.Begin(func() page.Editor {
		return p.newForm(page.FormOptions{Title: "やり取り " + c.Number + " を直す", Draft: "contacts/" + c.Number, Recorded: true, Of: app.RefOf(c)},
			&c, func() []models.Contact { return []models.Contact{c} }, manager, office)
	})
}

// putOffice puts in the office of the care manager just chosen, so that the two
// do not contradict each other.
func (p *Page) putOffice(manager, office *ui.Picker, on models.Date) {
	pick, ok := manager.Picked()
	if !ok {
		return
	}
	office.Clear()
	_, code := people.Split(pick.Key)
	if o := p.facts.OfficeOf(code, on); o != nil {
		office.Pick(people.OfficePick(p.facts, o.Code))
	}
}

// newForm returns the form of a contact, or of several at once: contacts returns
// what is saved, new ones without a number. The fields stand in the order they
// are filled in: who, how, why, what; then what is usually right already.
func (p *Page) newForm(o page.FormOptions, c *models.Contact, contacts func() []models.Contact, who ...form.Row) *page.Form {
	was := *c
	o.Entry = func() page.Entry {
		e := entryOf(contacts(), was, p.Shell.Today())
		if e.Key != nil {
			e.To = func() page.Target { return page.To(p.Sheet, e.Key()) }
		}
		return e
	}
	f := p.NewForm(o)
	purpose, body := form.Text(&c.Purpose, "退院前の連絡 など"), form.Memo(&c.Body, "話した内容（Alt+1〜9 で定型文）", 3)
	patient := form.Picked(&c.PatientID, people.PatientFinder(p.knows).Hinting("患者ID・氏名（患者さんの件のときだけ）")).Label("患者")
	patient.Field.SetAdd("を患者IDとして記録する", func(text string) {
		patient.Field.Pick(people.UnknownPatient(p.facts, text))
		f.Changed()
	})
	page.Bind(f, c, who...)
	page.Bind(f, c,
		form.Choice(&c.Kind, models.ContactKinds).Width(168),
		purpose,
		body,
		form.Date(&c.On),
		form.Time(&c.Time).SameLine(),
		form.Choice(&c.Initiator, models.Initiators).Width(120),
		form.PickedAll(&c.Staff, people.StaffFinder(p.knows, func() models.Date { return c.On }).Hinting("職員をさがす")).Label("職員"),
		patient,
	)
	service := ui.NewFlow(2, 0)
	f.Above(ui.NewPanel(service, ui.AccentSoft, ui.Accent))
	f.Watch(func() {
		served := contacts()
		if len(served) == 0 {
			served = []models.Contact{*c}
		}
		showService(service, ServiceOf(p.facts, p.metBy, served))
		f.Refit()
	})
	newPhraseBar(p, f, purpose.Field, body.Field)
	return f
}

// showService tells which rule a contact serves as it stands.
func showService(flow *ui.Flow, s Service) {
	lines := []fyne.CanvasObject{ui.NewParagraph(s.Text, ui.Plain)}
	for _, day := range s.Days {
		lines = append(lines, ui.NewParagraph("・"+day, ui.Strong))
	}
	if s.Counting {
		lines = append(lines, ui.NewParagraph("これまでの面会を数えています。", ui.Quiet))
	}
	if s.Warn != "" {
		lines = append(lines, ui.NewParagraph(s.Warn, ui.Style{Bold: true, Color: ui.Warn}))
	}
	flow.Set(lines...)
}

func (p *Page) knows() *people.Known { return p.known }

// partyFinder finds care managers and offices; its codes are keys of people.
func (p *Page) partyFinder() form.Finder {
	return form.Finder{
		Hint: "氏名・事業所をローマ字・かな・漢字で（何人でも）",
		Find: people.Find(func() *models.Finder { return p.parties }),
		Pick: p.partyPick, Code: func(pick ui.Pick) string { return pick.Key },
	}
}

// partyPick shows the care manager or the office of a key of people.
func (p *Page) partyPick(key string) ui.Pick {
	kind, code := people.Split(key)
	if kind == people.CareManager {
		return people.CareManagerPick(p.facts, code, p.known.On)
	}
	return people.OfficePick(p.facts, code)
}

// partyOf returns the key of the care manager, or else of the office, with a
// code; false when there is neither.
func (p *Page) partyOf(code string) (key string, ok bool) {
	if p.facts.CareManager(code) != nil {
		return people.Key(people.CareManager, code), true
	}
	return people.Key(people.Office, code), p.facts.Partner(code) != nil
}
