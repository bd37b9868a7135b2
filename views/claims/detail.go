package claims

import (
	"cmp"
	"fmt"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"renkei/models"
	"renkei/models/fee"
	"renkei/views/page"
	"renkei/views/ui"
	"renkei/views/verdict"
	"renkei/views/words"
)

// describe shows the state of the 確定 of a session, then its verdict.
func (p *Page) describe(row Row) []fyne.CanvasObject {
	objects := []fyne.CanvasObject{p.confirmationPanel(row)}
	objects = append(objects, p.latePanels(row.Number)...)
	detail := verdict.Describe(row.Verdict, p.Shell.Today())
	detail.Check = row.Check
	table := page.NewConditions(p.Shell, detail.Conditions, p.Detail, p.BackToList)
	return append(objects, verdict.Panel(detail, table, func() {
		p.Shell.Say(ui.Done, "判定と根拠をコピーしました。記録などに貼り付けられます")
	})...)
}

// confirmationPanel says whether the session is confirmed, or why it cannot be.
// Its buttons open the records.
func (p *Page) confirmationPanel(row Row) fyne.CanvasObject {
	text, ink, ground := confirmationWords(row, p.state.Closed())
	session := p.button(ui.NewButton("記録を開く", func() { p.Shell.GoTo(page.To("共同指導", row.Number)) }))
	stay := p.button(ui.NewButton("入院を開く", func() { p.Shell.GoTo(page.To("入院", row.Verdict.Session.Key().String())) }))
	p.first = session
	return ui.NewPanel(ui.NewFlow(ui.GapCell, 0,
		ui.NewParagraph(text, ui.Style{Bold: true, Color: ink}),
		ui.NewBar(ui.FieldHeight, ui.Fixed(session, 0), ui.Fixed(stay, 0), ui.Spring())), ground, ink)
}

// confirmationWords returns the state of the 確定 of a row in words. closed says
// whether its month is closed.
func confirmationWords(row Row, closed bool) (text string, ink, ground color.Color) {
	c := row.Confirmed
	switch {
	case row.Differs():
		how := "確定の取消しをして直すか、医事課に相談してください"
		if closed {
			how = "月は締めてあります。請求を直すときは、理由を入力して締めを解いてください"
		}
		return fmt.Sprintf("%s\n確定したあとに判定が変わり、いまは%s（%d→%d点）です。%s", doneWords(c), row.Result, c.Points, row.Points, how), ui.Warn, ui.WarnSoft
	case c != nil:
		return doneWords(c), ui.Good, ui.GoodSoft
	case closed && row.Ready():
		return "未確定のまま締めてあります。確定するには、理由を入力して締めを解いてください", ui.Warn, ui.WarnSoft
	case row.Ready():
		return "確定できます（Ctrl+Enter）", ui.Accent, ui.AccentSoft
	}
	return "確定できません。" + row.Why(), ui.Warn, ui.WarnSoft
}

// doneWords says who confirmed what, and when.
func doneWords(c *models.Confirmation) string {
	return fmt.Sprintf("確定済　%s %s　%s %s（判定ルール %s）", fee.ResultOf(c.Claim), words.Points(c.Points), day(c.At), c.By, c.RuleVersion)
}

// button makes Escape go back to the list.
func (p *Page) button(b *ui.Button) *ui.Button {
	b.OnEscape = p.BackToList
	return b
}

// focusDetail gives the keyboard to the first button of the detail.
func (p *Page) focusDetail() {
	if p.first != nil {
		p.Shell.Canvas().Focus(p.first)
	}
}

// describeMarked says what confirming the marked rows would do, and why each of
// the others cannot be confirmed.
func (p *Page) describeMarked(rows []Row) []fyne.CanvasObject {
	p.first = nil
	var ready, done, refused []Row
	points := 0
	for _, r := range rows {
		switch {
		case r.Confirmed != nil:
			done = append(done, r)
		case r.Ready():
			ready = append(ready, r)
			points += r.Points
		default:
			refused = append(refused, r)
		}
	}
	lines := []fyne.CanvasObject{
		ui.NewParagraph(fmt.Sprintf("%d件を選んでいます", len(rows)), ui.Style{Bold: true, Size: ui.SubHeadingSize}),
		ui.NewParagraph(fmt.Sprintf("これから確定できる %d件（%s）", len(ready), words.Points(points)), ui.Style{Bold: true, Color: ui.Accent}),
	}
	if len(done) > 0 {
		lines = append(lines, ui.NewParagraph(fmt.Sprintf("確定済み %d件（そのままです）", len(done)), ui.Plain))
	}
	objects := []fyne.CanvasObject{ui.NewFlow(ui.GapCell, 0, lines...)}
	if len(refused) > 0 {
		list := []fyne.CanvasObject{ui.NewParagraph(fmt.Sprintf("確定できない %d件", len(refused)), ui.Style{Bold: true, Color: ui.Warn})}
		for _, r := range refused[:min(len(refused), mostListed)] {
			list = append(list, p.lead(r.Title(), r.Number), ui.NewParagraph("　"+r.Why(), ui.Plain))
		}
		list = append(list, rest(len(refused))...)
		objects = append(objects, ui.NewPanel(ui.NewFlow(2, 0, list...), ui.WarnSoft, ui.Warn))
	}
	return append(objects, ui.NewParagraph("Ctrl+Enterで確定します。Spaceで選ぶ・外す、Shift+矢印で続けて選ぶ、Ctrl+Aですべて、Escで選択をやめます。", ui.Quiet))
}

// mostListed is how many sessions or changes a panel names. The list on the left
// has them all.
const mostListed = 40

// rest says how many of n a panel does not name.
func rest(n int) []fyne.CanvasObject {
	if n <= mostListed {
		return nil
	}
	return []fyne.CanvasObject{ui.NewParagraph(fmt.Sprintf("ほか %d件", n-mostListed), ui.Quiet)}
}

// lead returns a button that shows one session of the month.
func (p *Page) lead(text, number string) fyne.CanvasObject {
	b := p.button(ui.NewButton(text, func() {
		p.List.ClearMarks()
		p.ShowKey(number)
		p.FocusList()
	}))
	b.Importance = widget.LowImportance
	b.Icon, b.IconPlacement = theme.NavigateNextIcon(), widget.ButtonIconTrailingText
	return ui.NewBar(ui.FieldHeight, ui.Fixed(b, 0), ui.Spring())
}

// titleOf returns the title of a session. If it is no longer in the month, it
// returns the number.
func (p *Page) titleOf(number string) string {
	row, ok := p.Row(number)
	if !ok {
		return number + "（この月にありません）"
	}
	return cmp.Or(row.Title(), number)
}
