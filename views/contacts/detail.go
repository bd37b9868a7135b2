package contacts

import (
	"cmp"
	"image/color"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"renkei/app"
	"renkei/models"
	"renkei/views/page"
	"renkei/views/people"
	"renkei/views/ui"
	"renkei/views/words"
)

// kindTint is the badge of a 種別: those that count as 面会 stand out.
func kindTint(k models.ContactKind) ui.Tint {
	if k.Menkai() {
		return ui.Tint{Word: string(k), Color: ui.Good}
	}
	return ui.Tint{Word: string(k), Color: ui.QuietInk}
}

// kindWords tells which rule a recorded contact serves.
func kindWords(k models.ContactKind) (string, color.Color) {
	if k.Menkai() {
		return "入退院支援加算1の「年3回の面会」に数える記録です（部門か病棟専任の職員が担当したとき）。", ui.Good
	}
	return "日頃の連携の補強資料です。", ui.QuietInk
}

// describe shows a contact as it is recorded.
func (p *Page) describe(row *Row) {
	if p.form != nil || p.editing != nil {
		return
	}
	served, ink := kindWords(row.Kind)
	when := words.Joined("  ", words.LongDate(row.On), row.Time)
	head := ui.NewFlow(ui.GapCell, 0,
		ui.NewBar(ui.FieldHeight, ui.Fixed(ui.NewBadge(kindTint(row.Kind)), 0),
			ui.Growing(ui.NewCaption(row.Party(), ui.Style{Bold: true, Size: ui.SubHeadingSize}), 80)),
		ui.NewParagraph(words.Joined(" ・ ", when, initiatorWords(row), words.Prefixed("担当 ", row.Staff)), ui.Plain),
		ui.NewParagraph(served, ui.Style{Color: ink}),
	)
	objects := []fyne.CanvasObject{head, p.buttons(row), ui.NewRule()}
	objects = append(objects, labelled("目的", row.Purpose), labelled("内容", row.Body))
	if row.PatientID != "" {
		objects = append(objects, labelled("患者", words.Joined("  ", row.PatientID, cmp.Or(row.Patient, "（入院の登録なし）"))))
	}
	objects = append(objects, labelled("連絡番号", row.Number))
	p.detail.Set(objects...)
}

func initiatorWords(row *Row) string {
	switch row.Initiator {
	case models.Ours:
		return "当院から"
	case models.Theirs:
		return "先方から"
	}
	return ""
}

func labelled(label, text string) fyne.CanvasObject {
	if strings.TrimSpace(text) == "" {
		return ui.NewFlow(2, 0, ui.NewParagraph(label, ui.Quiet), ui.NewParagraph("記録なし", ui.Quiet))
	}
	return ui.NewFlow(2, 0, ui.NewParagraph(label, ui.Quiet), ui.NewParagraph(text, ui.Plain))
}

// buttons are what can be done with a contact.
func (p *Page) buttons(row *Row) fyne.CanvasObject {
	change := ui.NewIconButton("直す", theme.DocumentCreateIcon(), func() { p.edit(row.Contact) })
	again := ui.NewIconButton("同じ相手に記録", theme.ContentAddIcon(), func() { p.Open(page.ToNew("やり取り", cmp.Or(row.CareManager, row.Partner))) })
	chart := ui.NewIconButton("カルテ用にコピー", theme.ContentCopyIcon(), func() { p.copyChart(row) })
	remove := ui.NewIconButton("消す", theme.DeleteIcon(), func() { p.remove(row) })
	key := cmp.Or(row.person, row.office)
	only := ui.NewButton("この相手だけ表示", func() { p.narrowTo(key) })
	open := ui.NewButton("相手のページ", func() { p.shell.GoTo(toParty(key)) })
	if key == "" {
		again.Disable()
		only.Disable()
		open.Disable()
	}
	return ui.NewFlow(ui.GapCell, 0,
		container.NewHBox(change, chart, again),
		container.NewHBox(only, open, remove))
}

// toParty leads to the person or the office of a key of people.
func toParty(key string) page.Target {
	kind, code := people.Split(key)
	if kind == people.CareManager {
		return page.To("介護支援専門員", code)
	}
	return page.To("連携先", code)
}

// copyChart puts the contact on the clipboard as a paragraph for the chart.
func (p *Page) copyChart(row *Row) {
	fyne.CurrentApp().Clipboard().SetContent(row.ChartText())
	p.shell.Say(ui.Done, "カルテ用の文をコピーしました。電子カルテに貼り付けられます")
}

// remove deletes a contact; it can be taken back.
func (p *Page) remove(row *Row) {
	page.Save(p.shell, p.desk, "やり取り "+row.Number+" の削除", nil, app.Remove(row.Contact))
}

// keepPhrases replaces the phrases.
func (p *Page) keepPhrases(phrases []Phrase) {
	p.phrases = phrases
	page.Keep(p.shell, keepPhrased, phrases)
}

// editPhrases opens the phrases, one a line, in the detail. An entry that is
// being written comes back afterwards.
func (p *Page) editPhrases() {
	back := func() {
		p.editing = nil
		if p.form == nil {
			p.closeForm("")
			return
		}
		p.form.rebuildPhrases()
		p.side.Objects = []fyne.CanvasObject{p.form.object}
		p.side.Refresh()
		p.form.form.FocusFirst()
	}
	lines := ui.FilledMemo(phraseLines(p.phrases), "退院前の連絡｜退院予定日をお伝えした。", 12)
	form := page.NewForm(p.shell, keepPhrased, ui.FormOptions{Recorded: true, Cancel: back, Save: func() {
		p.keepPhrases(parsePhrases(lines.Text()))
		p.editing.Clean()
		back()
		p.shell.Say(ui.Done, "定型文を保存しました")
	}})
	form.Section("定型文")
	form.Add(ui.FormRow{Label: "定型文", Field: lines,
		Hint: "1行に1つ、9つまで。上から順に Alt+1〜9 で入ります。「目的｜内容」と書くと、目的も一緒に入ります。空にして保存すると、定型文はなくなります。"})
	p.editing = form
	p.side.Objects = []fyne.CanvasObject{form.Object()}
	p.side.Refresh()
	form.FocusFirst()
}

// pickOf returns what a picker shows for a key, or false when it names nobody.
func (p *Page) pickOf(key string) (ui.Pick, bool) {
	if p.facts == nil {
		return ui.Pick{}, false
	}
	switch kind, code := people.Split(key); kind {
	case people.CareManager:
		if c := p.facts.CareManager(code); c != nil {
			return people.Pick(people.CareManagerEntry(p.facts, c, p.shell.Today())), true
		}
	case people.Office:
		if o := p.facts.Partner(code); o != nil {
			return people.Pick(people.OfficeEntry(o)), true
		}
	}
	return ui.Pick{}, false
}

// staffPicks returns the staff of the codes; those not there on the day, by
// their name of another.
func (p *Page) staffPicks(codes []string, on models.Date) []ui.Pick {
	picks := make([]ui.Pick, len(codes))
	for i, code := range codes {
		if e, ok := people.StaffEntry(p.facts, code, on); ok {
			picks[i] = people.Pick(e)
			continue
		}
		picks[i] = ui.Pick{Key: people.Key(people.Staff, code), Title: people.StaffName(p.facts, code, on), Detail: "この日の所属なし"}
	}
	return picks
}

// patientPick returns the patient of an ID, registered or not.
func (p *Page) patientPick(id string) ui.Pick {
	pick := p.unknownPatient(id)
	for i := range p.facts.Book.Admissions {
		if a := &p.facts.Book.Admissions[i]; a.PatientID == id {
			pick = ui.Pick{Key: people.Key(people.Patient, id), Title: cmp.Or(a.Name, id), Kana: a.Kana, Detail: id}
		}
	}
	return pick
}

// unknownPatient returns an ID without an admission; digits are filled up with
// zeros as the hospital does.
func (p *Page) unknownPatient(text string) ui.Pick {
	id := models.SearchKey(text)
	if id != "" && strings.Trim(id, "0123456789") == "" {
		id = strings.Repeat("0", max(0, p.facts.Params.PatientIDDigits-len(id))) + id
	}
	return ui.Pick{Key: people.Key(people.Patient, id), Title: id, Detail: "入院の登録なし"}
}
