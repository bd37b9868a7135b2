package claims

import (
	"context"
	"fmt"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"renkei/app"
	"renkei/models"
	"renkei/views/page"
	"renkei/views/ui"
	"renkei/views/words"
)

// buildState makes the first line of the page: the state of the month and the
// buttons that change it.
func (p *Page) buildState() {
	p.stateBadge = ui.NewBadge(ui.Tint{})
	p.stateText = ui.NewCaption("", ui.Plain)
	p.late = ui.NewIconButton("", theme.HistoryIcon(), p.showLate)
	p.takeBack = ui.NewButton("", p.unconfirmSelected)
	p.confirm = ui.NewIconButton("", theme.ConfirmIcon(), p.confirmSelected)
	p.closing = ui.NewButton("", p.closeOrReopen)
	p.stateBar = ui.NewBar(ui.FieldHeight+ui.GapField,
		ui.Fixed(p.stateBadge, 0), ui.Growing(p.stateText, 120),
		ui.Fixed(p.late, 0), ui.Fixed(p.takeBack, 0), ui.Fixed(p.confirm, 0), ui.Fixed(p.closing, 0))
}

// showState shows the state of the month, and enables the buttons that apply to
// the selected rows.
func (p *Page) showState() {
	p.stateBadge.Set(p.state.Tint())
	p.stateText.SetText(p.state.String())
	late := p.state.lateButton()
	p.late.SetText(late)
	ui.SetVisible(p.late, late != "")
	ready, confirmed := p.selectedReady(), p.selectedConfirmed()
	p.confirm.SetText(fmt.Sprintf("確定（%d件）", len(ready)))
	p.confirm.SetEnabled(len(ready) > 0 && !p.state.Closed())
	p.takeBack.SetText(fmt.Sprintf("確定の取消し（%d件）", len(confirmed)))
	ui.SetVisible(p.takeBack, len(confirmed) > 0 && !p.state.Closed())
	word := "月を締める"
	if p.state.Closed() {
		word = "締めを解く"
	}
	p.closing.SetText(word)
	p.closing.SetEnabled(len(p.All) > 0)
	p.stateBar.Refresh()
}

func (p *Page) selectedReady() []app.Seen {
	var ready []app.Seen
	for _, r := range p.List.Selection() {
		if r.Ready() {
			ready = append(ready, app.Seen{Number: r.Number, Result: r.Result, Points: r.Points})
		}
	}
	return ready
}

func (p *Page) selectedConfirmed() []string {
	return numbersOf(p.List.Selection(), func(r Row) bool { return r.Confirmed != nil })
}

func numbersOf(rows []Row, chosen func(Row) bool) []string {
	var numbers []string
	for _, r := range rows {
		if chosen(r) {
			numbers = append(numbers, r.Number)
		}
	}
	return numbers
}

// confirmSelected confirms the selected rows that are 確定可. If there is none, it
// says why. After confirming, it removes the marks.
func (p *Page) confirmSelected() {
	ready, month := p.selectedReady(), p.month
	if len(ready) == 0 || p.state.Closed() {
		p.sayNotReady()
		return
	}
	page.Change(p.Shell, p.Desk, fmt.Sprintf("%d件の確定", len(ready)), p.confirmed,
		func(ctx context.Context) (*app.Undo, error) { return p.desk.Confirm(ctx, month, ready) })
}

// confirmed reloads the page if the verdicts have changed since they were shown.
func (p *Page) confirmed(err error) {
	if models.ErrorCode(err) == models.Conflict {
		p.Shell.Changed()
	}
	p.unmark(err)
}

func (p *Page) unmark(err error) {
	if err == nil {
		p.List.ClearMarks()
	}
}

func (p *Page) sayNotReady() {
	rows := p.List.Selection()
	switch {
	case p.state.Closed() && slices.ContainsFunc(rows, Row.Ready):
		p.Shell.Say(ui.Attention, words.Month(p.month)+"は締めてあるため、確定できません。先に「締めを解く」で理由を入力してください")
	case len(rows) == 0:
		p.Shell.Say(ui.Attention, "確定する共同指導を選んでください")
	case len(rows) > 1:
		p.Shell.Say(ui.Attention, "選んだ中に、これから確定できるものはありません。理由は右に出ています")
	case rows[0].Confirmed != nil:
		p.Shell.Say(ui.Attention, rows[0].Title()+" は確定済みです")
	default:
		p.Shell.Say(ui.Attention, rows[0].Title()+" は確定できません。"+rows[0].Why())
	}
}

// unconfirmSelected takes back the 確定 of the selected rows.
func (p *Page) unconfirmSelected() {
	numbers := p.selectedConfirmed()
	if len(numbers) == 0 {
		return
	}
	page.Change(p.Shell, p.Desk, fmt.Sprintf("%d件の確定の取消し", len(numbers)), p.unmark,
		func(ctx context.Context) (*app.Undo, error) { return p.desk.Unconfirm(ctx, numbers) })
}

// closeOrReopen closes an open month, after showing what stays unconfirmed. For a
// closed month it asks for the reason to re-open it.
func (p *Page) closeOrReopen() {
	switch {
	case p.state.Closed():
		p.askReason()
	case p.state.Open > 0:
		p.showLeft()
	default:
		p.closeMonth()
	}
}

// showLeft lists the unconfirmed sessions above a button that closes the month
// anyway.
func (p *Page) showLeft() {
	back := func() { p.DescribeSelected(); p.BackToList() }
	anyway, leave := ui.NewButton("未確定を残して締める", p.closeMonth), ui.NewButton("やめる", back)
	anyway.OnEscape, leave.OnEscape = back, back
	lines := []fyne.CanvasObject{
		ui.NewParagraph(fmt.Sprintf("%sを締めると、未確定の %d件 %s が残ります", words.Month(p.month), p.state.Open, words.Points(p.state.OpenPoints)),
			ui.Style{Bold: true, Size: ui.SubHeadingSize}),
		ui.NewParagraph("確定できるものは先に確定してください。残したものは、締めを解くまで確定できません。", ui.Plain),
		ui.NewBar(ui.FieldHeight, ui.Fixed(anyway, 0), ui.Fixed(leave, 0), ui.Spring()),
	}
	n := 0
	for i := range p.All {
		if r := &p.All[i]; r.Open() {
			if n++; n > mostListed {
				continue
			}
			why := "確定できます"
			if !r.Ready() {
				why = r.Why()
			}
			lines = append(lines, p.lead(r.Title()+"　"+words.Points(r.Points), r.Number), ui.NewParagraph("　"+why, ui.Plain))
		}
	}
	p.first = nil
	p.ShowInstead(ui.NewPanel(ui.NewFlow(2, 0, append(lines, rest(n)...)...), ui.WarnSoft, ui.Warn))
	p.Shell.Canvas().Focus(leave) // Enter alone closes no month with work left
}

func (p *Page) closeMonth() {
	month := p.month
	page.Change(p.Shell, p.Desk, words.Month(month)+"の締め", func(error) { p.BackToList() },
		func(ctx context.Context) (*app.Undo, error) { return p.desk.CloseMonth(ctx, month) })
}
