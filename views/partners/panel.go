package partners

import (
	"fmt"
	"image/color"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"renkei/app"
	"renkei/models"
	"renkei/models/liaison"
	"renkei/views/page"
	"renkei/views/ui"
	"renkei/views/words"
)

// describe returns everything about a row.
func (p *Page) describe(row Row) []fyne.CanvasObject {
	p.first = nil
	if row.Key == homeless {
		p.course.leave()
		return []fyne.CanvasObject{
			ui.NewParagraph(row.Name, ui.Heading),
			ui.NewParagraph("どの事業所にも、きょうの時点で所属の記録がない人です。勤め先が分かったら、その人を選び「異動」で登録してください。", ui.Plain),
		}
	}
	if row.Person {
		d, _ := p.index.DescribePerson(row.Code)
		return append(p.personPanel(d), p.tellCourse(row))
	}
	d, _ := p.index.DescribeOffice(row.Code, p.interval(row.Code))
	return append(p.officePanel(d), p.tellCourse(row))
}

// enterDetail gives the keyboard to the first button of the detail.
func (p *Page) enterDetail() {
	if p.first != nil {
		p.Shell.Canvas().Focus(p.first)
	}
}

// actions is the line of buttons of a detail; Escape leads back to the list.
func (p *Page) actions(buttons ...*ui.Button) fyne.CanvasObject {
	p.first = buttons[0]
	return page.NewButtonLine(ui.FieldHeight+ui.GapField, p.BackToList, buttons...)
}

func (p *Page) officePanel(d OfficeDetail) []fyne.CanvasObject {
	office := *p.index.Facts.Partner(d.Code)
	objects := []fyne.CanvasObject{
		head(d.Name, d.Kana, d.Line),
		p.actions(
			ui.NewIconButton("やり取りを記録", theme.MailComposeIcon(), func() { p.newContact(d.Code) }),
			ui.NewIconButton("ここの人を登録", theme.AccountIcon(), func() { p.editPerson(models.CareManager{}, d.Code) }),
			ui.NewIconButton("直す", theme.DocumentCreateIcon(), func() { p.editOffice(office) })),
		numbers("電話", d.Phone, "FAX", d.Fax),
		ui.NewFacts(104, 1, append([]ui.Fact{d.Checked}, d.Facts...)...),
		p.menkaiPanel(d),
	}
	return append(objects, p.colleagues(d.People)...)
}

func head(name, kana, line string) fyne.CanvasObject {
	return ui.NewFlow(2, 0,
		ui.NewParagraph(kana, ui.Quiet),
		ui.NewParagraph(name, ui.Heading),
		ui.NewParagraph(line, ui.Quiet))
}

func title(text string) fyne.CanvasObject {
	return ui.NewFlow(ui.GapCell, 0, ui.NewRule(), ui.NewParagraph(text, ui.Style{Bold: true, Size: ui.SubHeadingSize}))
}

// numbers shows two things to call or write by, large.
func numbers(label1, value1, label2, value2 string) fyne.CanvasObject {
	item := func(label, value string) []ui.Item {
		style := ui.Style{Bold: true, Size: ui.HeadingSize}
		if value == "" {
			value, style = "未登録", ui.Quiet
		}
		return []ui.Item{ui.Fixed(ui.NewCaption(label, ui.Quiet), 0), ui.Growing(ui.NewCaption(value, style), 120)}
	}
	return ui.NewBar(ui.FieldHeight, append(item(label1, value1), item(label2, value2)...)...)
}

// intervals are the days between two 面会 that can be chosen; −1 is none.
var intervals = []int{60, 90, DefaultInterval, 180, -1}

func (p *Page) menkaiPanel(d OfficeDetail) fyne.CanvasObject {
	ink, ground := color.Color(ui.Good), color.Color(ui.GoodSoft)
	if !d.Menkai.Enough {
		ink, ground = ui.Warn, ui.WarnSoft
	}
	choices := make([]ui.Choice, len(intervals))
	for i, days := range intervals {
		choices[i] = ui.Choice{Value: strconv.Itoa(days), Label: fmt.Sprintf("%d日ごと", days)}
		if days < 0 {
			choices[i].Label = "目安を出さない"
		}
	}
	every := ui.NewSelect(func(value string) {
		if days, err := strconv.Atoi(value); err == nil {
			p.setInterval(d.Code, days)
		}
	})
	every.SetChoices(choices, strconv.Itoa(d.Menkai.Interval))
	next := ui.Plain
	if d.Menkai.Late {
		next = ui.Style{Bold: true, Color: ui.Warn}
	}
	lines := []fyne.CanvasObject{
		ui.NewParagraph(liaison.YearName(p.index.Facts.Params)+"の面会　"+d.Menkai.Dots+"　"+d.Menkai.Sentence, ui.Style{Bold: true, Color: ink}),
		ui.NewParagraph(words.Period(p.index.Period)+"　"+d.Menkai.Days, ui.Plain),
	}
	if d.Menkai.Fiscal != "" {
		lines = append(lines, ui.NewParagraph(d.Menkai.Fiscal, ui.Plain))
	}
	if d.Menkai.Next != "" {
		lines = append(lines, ui.NewParagraph(d.Menkai.Next, next))
	}
	lines = append(lines, ui.NewBar(ui.FieldHeight,
		ui.Fixed(ui.NewCaption("面会の間隔", ui.Quiet), 0), ui.Fixed(ui.Framed(every), 160), ui.Spring()))
	return ui.NewPanel(ui.NewFlow(ui.GapCell, 0, lines...), ground, ink)
}

// colleagues lists the people of an office, those of today before those gone.
func (p *Page) colleagues(all []Colleague) []fyne.CanvasObject {
	var here, gone []fyne.CanvasObject
	for _, c := range all {
		style := ui.Style{Color: ui.Warn}
		if c.Ready {
			style.Color = ui.Good
		}
		line := ui.NewBar(ui.FieldHeight, ui.Fixed(p.link(c.Name, c.Key), 148),
			ui.Growing(ui.NewCaption(c.Detail, ui.Quiet), 120), ui.Fixed(ui.NewCaption(c.Peace, style), 0))
		if c.Now {
			here = append(here, line)
		} else {
			gone = append(gone, line)
		}
	}
	if len(here) == 0 {
		here = []fyne.CanvasObject{ui.NewParagraph("いまの所属の記録がある人はいません。「ここの人を登録」か、その人の「異動」で登録します。", ui.Quiet)}
	}
	objects := []fyne.CanvasObject{title("いまいる人"), ui.NewFlow(0, 0, here...)}
	if len(gone) > 0 {
		objects = append(objects, title("以前いた人"), ui.NewFlow(0, 0, gone...))
	}
	return objects
}

// link is a button that shows another row.
func (p *Page) link(text, row string) *ui.Button {
	b := ui.NewButton(text, func() { p.show(row) })
	b.Importance = widget.LowImportance
	b.Alignment = widget.ButtonAlignLeading
	b.Icon, b.IconPlacement = theme.NavigateNextIcon(), widget.ButtonIconTrailingText
	b.OnEscape = p.BackToList
	return b
}

func (p *Page) personPanel(d PersonDetail) []fyne.CanvasObject {
	person := *p.index.Facts.CareManager(d.Code)
	office := fyne.CanvasObject(ui.NewParagraph(d.Office, ui.Style{Color: ui.Warn}))
	if d.OfficeKey != "" {
		office = ui.NewBar(ui.FieldHeight, ui.Growing(p.link(d.Office, d.OfficeKey), 120))
	}
	objects := []fyne.CanvasObject{
		head(d.Name, d.Kana, d.Line), office,
		p.actions(
			ui.NewIconButton("やり取りを記録", theme.MailComposeIcon(), func() { p.newContact(d.Code) }),
			ui.NewIconButton("連絡先を確認した", theme.ConfirmIcon(), func() { p.confirmContact(d.Code) }),
			ui.NewIconButton("異動", theme.MailForwardIcon(), func() { p.move(d.Code) }),
			ui.NewIconButton("直す", theme.DocumentCreateIcon(), func() { p.editPerson(person, "") })),
		numbers("電話", d.Phone, "メール", d.Mail),
		ui.NewFacts(104, 1, append([]ui.Fact{d.Shared, d.Checked}, d.Facts...)...),
	}
	objects = append(objects, p.peacePanel(d.Peace)...)
	if len(d.Moves) > 0 {
		lines := make([]fyne.CanvasObject, len(d.Moves))
		for i, m := range d.Moves {
			correct := ui.NewButton("所属を直す", func() { p.correctJob(m.Job) })
			correct.Importance, correct.OnEscape = widget.LowImportance, p.BackToList
			lines[i] = ui.NewBar(ui.FieldHeight, ui.Growing(p.link(m.Text, m.OfficeKey), 120), ui.Fixed(correct, 0))
		}
		objects = append(objects, title("所属の移り変わり"), ui.NewFlow(0, 0, lines...))
	}
	return objects
}

func (p *Page) peacePanel(d PeaceDetail) []fyne.CanvasObject {
	ground := color.Color(ui.WarnSoft)
	if d.Tint.Color == ui.Good {
		ground = ui.GoodSoft
	}
	lines := []fyne.CanvasObject{
		ui.NewBar(ui.FieldHeight, ui.Fixed(ui.NewCaption("平時の連携は今日あるか", ui.Strong), 0), ui.Fixed(ui.NewBadge(d.Tint), 0), ui.Spring()),
		ui.NewParagraph(d.Sentence, ui.Plain),
	}
	for _, todo := range d.Todo {
		lines = append(lines, ui.NewParagraph("→ "+todo, ui.Strong))
	}
	objects := []fyne.CanvasObject{ui.NewPanel(ui.NewFlow(ui.GapCell, 0, lines...), ground, d.Tint.Color)}
	if len(d.Conditions) > 0 {
		objects = append(objects, page.NewConditions(p.Shell, d.Conditions, p.Detail, p.BackToList))
	}
	return objects
}

// newContact begins an やり取り with an office or a person.
func (p *Page) newContact(code string) { p.Shell.GoTo(page.ToNew("やり取り", code)) }

// confirmContact writes down that a person's contact was found right today.
// The first time it is the sharing, which later checks never overwrite.
func (p *Page) confirmContact(code string) {
	c := *p.index.Facts.CareManager(code)
	today := p.Shell.Today()
	what := c.Name + "さんの連絡先の確認"
	switch {
	case c.SharedOn == 0:
		c.SharedOn = today
		what = c.Name + "さんの連絡先共有日（空欄だったため、きょうの日付）の登録"
	case c.CheckedOn == today || c.SharedOn == today:
		p.Shell.Say(ui.Done, c.Name+"さんの連絡先は、きょう確認済みです")
		return
	default:
		c.CheckedOn = today
	}
	page.Save(p.Shell, p.Desk, what, nil, app.Put(c))
}

// New asks what to register (Ctrl+N): an やり取り with whom is shown, a person, an
// office.
func (p *Page) New() { p.Await(func() { p.Instead(p.askWhat) }) }

func (p *Page) askWhat() {
	var buttons []*ui.Button
	office := ""
	if row, ok := p.Selected(); ok && row.Key != homeless {
		who := row.Name
		if row.Person {
			who += "さん"
		}
		buttons = append(buttons, ui.NewIconButton("やり取り（"+who+"）", theme.MailComposeIcon(), func() { p.newContact(row.Code) }))
		if row.Group != homeless {
			office = strings.TrimPrefix(row.Group, "P:")
		}
	}
	buttons = append(buttons,
		ui.NewIconButton("人（ケアマネジャー・相談支援専門員）", theme.AccountIcon(), func() { p.editPerson(models.CareManager{}, office) }),
		ui.NewIconButton("事業所・施設・医療機関", theme.HomeIcon(), func() { p.editOffice(models.Partner{}) }))
	lines := []fyne.CanvasObject{ui.NewParagraph("何を登録しますか", ui.Heading), ui.NewParagraph("Tabキーで移り、Enterキーで選びます。Escキーでもどります。", ui.Quiet)}
	for _, b := range buttons {
		b.Alignment = widget.ButtonAlignLeading
		b.OnEscape = func() { p.DescribeSelected(); p.BackToList() }
		lines = append(lines, ui.NewBar(ui.FieldHeight+ui.GapCell, ui.Item{Object: b, Width: 280, Grow: 1, Max: 440}))
	}
	p.Detail.Set(lines...)
	p.Split.Open()
	p.first = buttons[0]
	p.enterDetail()
}
