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

// describe returns a contact as it is recorded.
func (p *Page) describe(row *Row) []fyne.CanvasObject {
	served, ink := kindWords(row.Kind)
	when := words.Joined("  ", words.LongDate(row.On), row.Time)
	head := ui.NewFlow(ui.GapCell, 0,
		ui.NewBar(ui.FieldHeight, ui.Fixed(ui.NewBadge(kindTint(row.Kind)), 0),
			ui.Growing(ui.NewCaption(row.Party(), ui.Style{Bold: true, Size: ui.SubHeadingSize}), 80)),
		ui.NewParagraph(words.Joined(" ・ ", when, words.Bracketed("", string(row.Initiator), "から"), words.Prefixed("担当 ", row.Staff)), ui.Plain),
		ui.NewParagraph(served, ui.Style{Color: ink}),
	)
	facts := []ui.Fact{{Label: "目的", Value: cmp.Or(strings.TrimSpace(row.Purpose), "記録なし")}, {Label: "内容", Value: cmp.Or(strings.TrimSpace(row.Body), "記録なし")}}
	if row.PatientID != "" {
		facts = append(facts, ui.Fact{Label: "患者", Value: words.Joined("  ", row.PatientID, cmp.Or(row.Patient, "（入院の登録なし）"))})
	}
	facts = append(facts, ui.Fact{Label: "連絡番号", Value: row.Number})
	return []fyne.CanvasObject{head, p.buttons(row), ui.NewRule(), ui.NewFacts(80, 1, facts...)}
}

// buttons are what can be done with a contact.
func (p *Page) buttons(row *Row) fyne.CanvasObject {
	change := ui.NewIconButton("直す", theme.DocumentCreateIcon(), func() { p.edit(row) })
	again := ui.NewIconButton("同じ相手に記録", theme.ContentAddIcon(), func() { p.begin(cmp.Or(row.CareManager, row.Partner)) })
	chart := ui.NewIconButton("カルテ用にコピー", theme.ContentCopyIcon(), func() { p.copyChart(row) })
	remove := ui.NewIconButton("消す", theme.DeleteIcon(), func() { p.remove(row) })
	key := cmp.Or(row.person, row.office)
	only := ui.NewButton("この相手だけ表示", func() { p.narrowTo(key) })
	open := ui.NewButton("相手のページ", func() { p.Shell.GoTo(toParty(key)) })
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
	p.Shell.Say(ui.Done, "カルテ用の文をコピーしました。電子カルテに貼り付けられます")
}

// remove deletes a contact; it can be taken back.
func (p *Page) remove(row *Row) {
	page.Save(p.Shell, p.Desk, "やり取り "+row.Number+" の削除", nil, app.Remove(row.Contact))
}
