package contacts

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"

	"renkei/models"
	"renkei/views/page"
	"renkei/views/people"
	"renkei/views/ui"
)

// entryForm is the detail while a contact is entered or changed. The fields
// stand in the order they are filled in: who, how, why, what; then what is
// usually right already.
type entryForm struct {
	p      *Page
	edited models.Contact // Version 0 for a new one
	form   *ui.Form

	who       *ui.MultiPicker // of a new contact
	manager   *ui.Picker      // of one that is changed
	office    *ui.Picker
	kind      *ui.ChoiceField
	purpose   *ui.TextField
	body      *ui.MemoField
	on        *ui.DateField
	at        *ui.TimeField
	initiator *ui.ChoiceField
	staff     *ui.MultiPicker
	patient   *ui.Picker

	service  *ui.Flow
	object   *ui.Arranged
	phrases  *ui.Flow
	unfold   *ui.Button // shows the phrases where there is little room
	unfolded bool
	saving   bool
}

// newEntryForm returns the form of a contact; people are chosen already for a
// new one. draft names what is kept of the typing.
func newEntryForm(p *Page, c models.Contact, chosen []string, draft string) *entryForm {
	e := &entryForm{p: p, edited: c}
	e.form = page.NewForm(p.shell, draft, ui.FormOptions{Save: e.save, Cancel: p.leaveForm, Recorded: !e.isNew()})
	e.form.OnShortcut = e.shortcut
	e.makeFields(c, chosen)
	e.addRows()
	e.service = ui.NewFlow(2, 0)
	above := ui.NewFlow(ui.GapField, 0, e.head(), ui.NewPanel(e.service, ui.AccentSoft, ui.Accent))
	e.object = ui.NewAbove(above, e.lower())
	e.explain()
	return e
}

func (e *entryForm) makeFields(c models.Contact, chosen []string) {
	p := e.p
	e.who = ui.NewMultiPicker("氏名・事業所をローマ字・かな・漢字で（何人でも）", people.Find(func() *models.Finder { return p.parties }))
	e.manager = ui.NewPicker("氏名をローマ字・かな・漢字で", people.Find(func() *models.Finder { return p.managers }))
	e.office = ui.NewPicker("事業所名をローマ字・かな・漢字で", people.Find(func() *models.Finder { return p.offices }))
	e.staff = ui.NewMultiPicker("職員をさがす", people.Find(func() *models.Finder { return p.staff }))
	e.patient = ui.NewPicker("患者ID・氏名（患者さんの件のときだけ）", people.Find(func() *models.Finder { return p.patients }))
	e.patient.SetAdd("を患者IDとして記録する", func(text string) {
		e.patient.Pick(p.unknownPatient(text))
		e.form.Changed()
	})
	e.who.After, e.manager.After, e.office.After, e.staff.After, e.patient.After =
		p.shell.After, p.shell.After, p.shell.After, p.shell.After, p.shell.After
	e.kind, e.initiator = ui.FilledChoice(c.Kind, models.ContactKinds), ui.FilledChoice(c.Initiator, models.Initiators)
	e.purpose = ui.FilledText(c.Purpose, "退院前の連絡 など")
	e.body = ui.FilledMemo(c.Body, "話した内容（Alt+1〜9 で定型文）", 3)
	e.on, e.at = ui.FilledDate(c.On, p.shell.Today), ui.NewTimeField()
	e.at.SetText(c.Time)

	var picks []ui.Pick
	for _, key := range chosen {
		if pick, ok := p.pickOf(key); ok {
			picks = append(picks, pick)
		}
	}
	e.who.SetPicks(picks)
	if pick, ok := p.pickOf(people.Key(people.CareManager, c.CareManager)); ok {
		e.manager.Pick(pick)
	}
	if pick, ok := p.pickOf(people.Key(people.Office, c.Partner)); ok {
		e.office.Pick(pick)
	}
	e.staff.SetPicks(p.staffPicks(c.Staff, c.On))
	if c.PatientID != "" {
		e.patient.Pick(p.patientPick(c.PatientID))
	}
}

func (e *entryForm) addRows() {
	f := e.form
	if e.isNew() {
		f.Add(ui.FormRow{Label: "相手", Field: e.who, Required: true})
	} else {
		f.Add(ui.FormRow{Label: "ケアマネ", Name: "CMコード", Field: e.manager})
		f.Add(ui.FormRow{Label: "事業所", Name: "連携先コード", Field: e.office, Hint: "空欄なら、その日のケアマネの所属とみなします"})
	}
	f.Add(ui.FormRow{Label: "種別", Field: e.kind, Required: true, Width: 168})
	f.Add(ui.FormRow{Label: "目的", Field: e.purpose})
	f.Add(ui.FormRow{Label: "内容", Field: e.body})
	f.Add(ui.FormRow{Label: "日付", Field: e.on, Required: true})
	f.Add(ui.FormRow{Label: "時刻", Field: e.at, SameLine: true})
	f.Add(ui.FormRow{Label: "発信", Field: e.initiator, Width: 120})
	f.Add(ui.FormRow{Label: "職員", Name: "職員コード", Field: e.staff})
	f.Add(ui.FormRow{Label: "患者", Name: "患者ID", Field: e.patient})
	for _, field := range []ui.Field{e.who, e.manager, e.office, e.kind, e.on, e.staff} {
		field.OnChange(e.explain)
	}
	e.manager.OnChange(e.followManager)
}

// followManager puts the office of a care manager chosen anew, so that the two
// do not contradict each other.
func (e *entryForm) followManager() {
	pick, ok := e.manager.Picked()
	if !ok || e.p.facts == nil {
		return
	}
	_, code := people.Split(pick.Key)
	if office := e.p.facts.OfficeOf(code, e.on.Date()); office != nil {
		e.office.Pick(people.Pick(people.OfficeEntry(office)))
	} else {
		e.office.Clear()
	}
	e.explain()
}

func (e *entryForm) isNew() bool { return e.edited.Version == 0 }

func (e *entryForm) head() fyne.CanvasObject {
	title, number := "やり取りを記録する", "連絡番号"+page.NotYet
	if !e.isNew() {
		title, number = "やり取り "+e.edited.Number+" を直す", ""
	}
	return ui.NewBar(ui.FieldHeight, ui.Growing(ui.NewCaption(title, ui.Style{Bold: true, Size: ui.SubHeadingSize}), 80),
		ui.Fixed(ui.NewCaption(number, ui.Quiet), 0))
}

// phrasesInLine is how many phrases stand side by side.
const phrasesInLine = 3

// formNeeds is the height the form needs to show its fields.
const formNeeds = 440

// lower is the form above the phrases, which are folded away where they would
// leave the form too little room; a button brings them back.
func (e *entryForm) lower() fyne.CanvasObject {
	form, head := e.form.Object(), e.phraseHead()
	e.phrases = ui.NewFlow(ui.GapCell, 0, e.phraseLines()...)
	return ui.Arrange(func(in ui.Room) fyne.Size {
		top, lines := head.MinSize(), e.phrases.MinSize().Height+ui.GapCell
		if in.Placing() {
			room := in.Height-top.Height-lines >= ui.Scaled(formNeeds)
			if e.unfold.Visible() == room {
				e.unfold.Hidden = room
				head.Refresh()
			}
			ui.SetVisible(e.phrases, room || e.unfolded)
			if !e.phrases.Visible() {
				lines = 0
			}
			y := in.Height - top.Height - lines
			in.Put(form, 0, 0, in.Width, y-ui.GapCell)
			in.Put(head, 0, y, in.Width, top.Height)
			in.Put(e.phrases, 0, y+top.Height, in.Width, max(0, lines-ui.GapCell))
		}
		least := form.MinSize()
		return fyne.NewSize(max(least.Width, top.Width), least.Height+top.Height+2*ui.GapCell)
	}, form, head, e.phrases)
}

// phraseHead tells that there are phrases, and what can be done with them.
func (e *entryForm) phraseHead() fyne.CanvasObject {
	quiet := func(b *ui.Button) ui.Item {
		b.Importance = lowImportance
		b.OnEscape = e.form.Escape
		return ui.Fixed(b, 0)
	}
	e.unfold = ui.NewButton("一覧", func() { e.unfolded = !e.unfolded; e.object.Refresh() })
	return ui.NewBar(ui.FieldHeight,
		ui.Growing(ui.NewCaption("定型文（Alt+1〜9 で入ります）", ui.Quiet), 60), quiet(e.unfold),
		quiet(ui.NewButton("いまの内容を加える", e.addPhrase)), quiet(ui.NewButton("直す", e.p.editPhrases)))
}

// phraseLines are the phrases with the digits of their keys.
func (e *entryForm) phraseLines() []fyne.CanvasObject {
	var lines []fyne.CanvasObject
	var items []ui.Item
	for i, phrase := range e.p.phrases {
		button := ui.NewButton(fmt.Sprintf("%d %s", i+1, short(phrase.label(), 10)), func() { e.usePhrase(i) })
		button.OnEscape = e.form.Escape
		items = append(items, ui.Growing(button, 100))
		if len(items) == phrasesInLine || i == len(e.p.phrases)-1 {
			for len(items) < phrasesInLine {
				items = append(items, ui.Growing(ui.NewCaption("", ui.Plain), 100))
			}
			lines = append(lines, ui.NewBar(ui.FieldHeight, items...))
			items = nil
		}
	}
	return lines
}

func (p Phrase) label() string {
	if p.Purpose != "" {
		return p.Purpose
	}
	return p.Text
}

// short returns the first characters of a text.
func short(text string, most int) string {
	runes := []rune(strings.TrimSpace(text))
	if len(runes) <= most {
		return string(runes)
	}
	return string(runes[:most-1]) + "…"
}

func (e *entryForm) usePhrase(i int) {
	if i < 0 || i >= len(e.p.phrases) {
		return
	}
	purpose, body := e.p.phrases[i].apply(e.purpose.Text(), e.body.Text())
	e.purpose.SetText(purpose)
	e.body.SetText(body)
	e.form.Changed()
	e.p.shell.Canvas().Focus(e.body.FocusTarget())
}

// addPhrase puts what is written after the phrases there are.
func (e *entryForm) addPhrase() {
	phrase := Phrase{e.purpose.Text(), e.body.Text()}
	switch {
	case phrase.Text == "":
		e.p.shell.Say(ui.Attention, "内容が空欄です。定型文にする文を内容に書いてから押してください")
	case len(e.p.phrases) >= mostPhrases:
		e.p.shell.Say(ui.Attention, fmt.Sprintf("定型文は%dつまでです。「定型文を直す」で1つ減らしてください", mostPhrases))
	default:
		phrase.Text = strings.ReplaceAll(phrase.Text, "\n", " ")
		e.p.keepPhrases(append(append([]Phrase{}, e.p.phrases...), phrase))
		e.p.shell.Say(ui.Done, fmt.Sprintf("定型文に加えました（Alt+%d）", len(e.p.phrases)))
		e.rebuildPhrases()
	}
}

// rebuildPhrases shows the phrases as they are now.
func (e *entryForm) rebuildPhrases() {
	e.phrases.Set(e.phraseLines()...)
	e.object.Refresh()
}

// shortcut uses Alt and a digit and hands the others on.
func (e *entryForm) shortcut(s fyne.Shortcut) {
	if k, ok := s.(fyne.KeyboardShortcut); ok && k.Mod() == fyne.KeyModifierAlt {
		if digit := strings.Index("123456789", string(k.Key())); digit >= 0 && len(k.Key()) == 1 {
			e.usePhrase(digit)
			return
		}
	}
	e.p.shell.Shortcut(s)
}

// entry reads the fields.
func (e *entryForm) entry() Entry {
	entry := Entry{
		On: e.on.Date(), Time: e.at.Text(), Kind: models.ContactKind(e.kind.Choice()),
		Initiator: models.Initiator(e.initiator.Choice()), Purpose: e.purpose.Text(), Body: e.body.Text(),
	}
	for _, pick := range e.who.Picks() {
		entry.People = append(entry.People, pick.Key)
	}
	for _, pick := range e.staff.Picks() {
		_, code := people.Split(pick.Key)
		entry.Staff = append(entry.Staff, code)
	}
	if pick, ok := e.patient.Picked(); ok {
		_, entry.PatientID = people.Split(pick.Key)
	}
	return entry
}

// contacts returns what would be saved, new ones without a number.
func (e *entryForm) contacts() []models.Contact {
	entry := e.entry()
	if e.isNew() {
		return entry.Contacts(e.p.facts)
	}
	entry.People = []string{""} // the one that is changed
	c := entry.Contacts(e.p.facts)[0]
	c.Number, c.Version = e.edited.Number, e.edited.Version
	if pick, ok := e.manager.Picked(); ok {
		_, c.CareManager = people.Split(pick.Key)
	}
	if pick, ok := e.office.Picked(); ok {
		_, c.Partner = people.Split(pick.Key)
	}
	return []models.Contact{c}
}

// explain tells which rule the contact serves as it stands.
func (e *entryForm) explain() {
	if e.service == nil || e.p.facts == nil {
		return
	}
	contacts := e.contacts()
	if len(contacts) == 0 {
		contacts = []models.Contact{{Kind: models.ContactKind(e.kind.Choice())}}
	}
	s := ServiceOf(e.p.facts, contacts)
	lines := []fyne.CanvasObject{ui.NewParagraph(s.Text, ui.Plain)}
	for _, day := range s.Days {
		lines = append(lines, ui.NewParagraph("・"+day, ui.Strong))
	}
	if s.Warn != "" {
		lines = append(lines, ui.NewParagraph(s.Warn, ui.Style{Bold: true, Color: ui.Warn}))
	}
	e.service.Set(lines...)
	if e.object != nil {
		e.object.Refresh()
	}
}

// save checks and saves.
func (e *entryForm) save() {
	if e.saving || e.p.facts == nil {
		return
	}
	contacts := e.contacts()
	problems := Problems(contacts, e.edited, e.p.shell.Today())
	if len(problems)+len(e.form.Faults()) > 0 {
		e.form.Show(problems)
		return
	}
	e.saving = true
	page.Save(e.p.shell, e.p.desk, saving(contacts), func(err error) { e.saved(contacts, err) }, steps(contacts)...)
}

func (e *entryForm) saved(contacts []models.Contact, err error) {
	e.saving = false
	if err != nil {
		return // shown already; what is typed stays
	}
	e.form.Clean()
	if e.isNew() {
		keepLast(e.p.shell, contacts[0])
	}
	e.p.closeForm(contacts[0].Number)
}
