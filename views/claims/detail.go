package claims

import (
	"cmp"
	"fmt"
	"image/color"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"renkei/app"
	"renkei/models/fee"
	"renkei/views/page"
	"renkei/views/ui"
	"renkei/views/verdict"
	"renkei/views/words"
)

// showDetail shows the verdict of the current row, or, with rows marked, what
// confirming them would do.
func (p *Page) showDetail() {
	if p.reopening != nil {
		return // what is being typed stays
	}
	p.first = nil
	row, ok := p.list.Selected()
	switch {
	case !ok:
		p.detail.Set(ui.NewParagraph("左の一覧で選んだ共同指導の判定が、ここに出ます。", ui.Quiet))
	case p.list.Marked() > 0:
		p.detail.Set(p.selectionPanel(p.list.Selection())...)
	default:
		p.detail.Set(p.rowPanel(row)...)
	}
}

// rowPanel is the verdict of a session under how it stands with its 確定.
func (p *Page) rowPanel(row Row) []fyne.CanvasObject {
	objects := []fyne.CanvasObject{p.confirmationPanel(row)}
	if late := p.lateOf(row.Number); len(late) > 0 {
		lines := []fyne.CanvasObject{ui.NewParagraph("締め後の変更", ui.Style{Bold: true, Color: ui.Warn})}
		for _, c := range late {
			lines = append(lines, ui.NewParagraph(at(c)+"　"+strings.Join(c.Lines, "、"), ui.Plain))
		}
		objects = append(objects, ui.NewPanel(ui.NewFlow(2, 0, lines...), ui.WarnSoft, ui.Warn))
	}
	detail := verdict.Describe(row.Verdict, p.shell.Today())
	table := page.NewConditions(p.shell, detail.Conditions, p.detail, p.backToList)
	return append(objects, verdict.Panel(detail, table, func() {
		p.shell.Say(ui.Done, "判定と根拠をコピーしました。記録などに貼り付けられます")
	})...)
}

// confirmationPanel says whether the session is confirmed or why it cannot be,
// with the ways to its record.
func (p *Page) confirmationPanel(row Row) fyne.CanvasObject {
	text, ink, ground := confirmationWords(row)
	session := p.button(ui.NewButton("記録を開く", func() { p.shell.GoTo("sessions", row.Number) }))
	stay := p.button(ui.NewButton("入院を開く", func() { p.shell.GoTo("admissions", row.Verdict.Session.Key().String()) }))
	p.first = session
	return ui.NewPanel(ui.NewFlow(ui.GapCell, 0,
		ui.NewParagraph(text, ui.Style{Bold: true, Color: ink}),
		ui.NewBar(ui.FieldHeight, ui.Fixed(session, 0), ui.Fixed(stay, 0), ui.Spring())), ground, ink)
}

func confirmationWords(row Row) (text string, ink, ground color.Color) {
	c := row.Confirmed
	switch {
	case c != nil:
		text = fmt.Sprintf("確定済　%s %s　%s %s（判定ルール %s）", resultOf(string(c.Claim)), words.Points(c.Points), day(c.At), c.By, c.RuleVersion)
		if row.Result != resultOf(string(c.Claim)) || row.Points != c.Points {
			return text + "\n確定したあとに判定が変わり、いまは" + string(row.Result) + "です。確定の取消しをして直すか、医事課に相談してください", ui.Warn, ui.WarnSoft
		}
		return text, ui.Good, ui.GoodSoft
	case row.Ready():
		return "確定できます（Ctrl+Enter）", ui.Accent, ui.AccentSoft
	}
	return "確定できません。" + row.Why(), ui.Warn, ui.WarnSoft
}

// resultOf names a recorded 算定区分 as the judgement does.
func resultOf(claim string) fee.Result {
	switch claim {
	case "1":
		return fee.Fee1
	case "2":
		return fee.Fee2
	case "旧":
		return fee.FeeLegacy
	}
	return fee.NotBilled
}

// button lets Escape lead back to the list.
func (p *Page) button(b *ui.Button) *ui.Button {
	b.OnEscape = p.backToList
	return b
}

func (p *Page) backToList() {
	p.split.Close()
	p.shell.Canvas().Focus(p.list)
}

// selectionPanel says what confirming the marked rows would do, and of each
// that cannot be confirmed why.
func (p *Page) selectionPanel(rows []Row) []fyne.CanvasObject {
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

// mostListed is how many sessions or changes a panel names; the list at the
// left has them all.
const mostListed = 40

// rest tells that a panel names not all of n.
func rest(n int) []fyne.CanvasObject {
	if n <= mostListed {
		return nil
	}
	return []fyne.CanvasObject{ui.NewParagraph(fmt.Sprintf("ほか %d件", n-mostListed), ui.Quiet)}
}

// lead is a button that shows a session of the month alone.
func (p *Page) lead(text, number string) fyne.CanvasObject {
	b := p.button(ui.NewButton(text, func() {
		p.list.ClearMarks()
		p.showSession(number)
		p.shell.Canvas().Focus(p.list)
	}))
	b.Importance = widget.LowImportance
	b.Icon, b.IconPlacement = theme.NavigateNextIcon(), widget.ButtonIconTrailingText
	return ui.NewBar(ui.FieldHeight, ui.Fixed(b, 0), ui.Spring())
}

func (p *Page) lateOf(number string) []app.LateChange {
	var of []app.LateChange
	for _, c := range p.state.Late {
		if c.Session == number {
			of = append(of, c)
		}
	}
	return of
}

func at(c app.LateChange) string { return c.At.Local().Format("2006-01-02 15:04") + " " + c.Actor }

// showLate lists what was changed after the month was closed, newest first.
func (p *Page) showLate() {
	if p.reopening != nil {
		return
	}
	closing := p.state.Closing
	objects := []fyne.CanvasObject{ui.NewFlow(ui.GapCell, 0,
		ui.NewParagraph(fmt.Sprintf("締め後の変更　%d件", len(p.state.Late)), ui.Style{Bold: true, Size: ui.SubHeadingSize}),
		ui.NewParagraph(fmt.Sprintf("%s を %s に %s が締めたあとの変更です。請求に関わるときは医事課に知らせてください。",
			words.Month(p.month), local(closing.ClosedAt).Format(time.DateTime[:len(time.DateTime)-3]), closing.ClosedBy), ui.Quiet))}
	p.first = nil
	for _, c := range slices.Backward(p.state.Late[max(0, len(p.state.Late)-mostListed):]) {
		lines := []fyne.CanvasObject{ui.NewParagraph(at(c), ui.Quiet), p.lead(p.titleOf(c.Session), c.Session)}
		for _, l := range c.Lines {
			lines = append(lines, ui.NewParagraph("・"+l, ui.Plain))
		}
		objects = append(objects, ui.NewPanel(ui.NewFlow(2, 0, lines...), ui.WarnSoft, ui.Warn))
	}
	p.detail.Set(append(objects, rest(len(p.state.Late))...)...)
	p.split.Open()
}

// titleOf names a session of the month; one that is gone by its number.
func (p *Page) titleOf(number string) string {
	i := slices.IndexFunc(p.rows, func(r Row) bool { return r.Number == number })
	if i < 0 {
		return number + "（この月にありません）"
	}
	return cmp.Or(p.rows[i].Title(), number)
}
