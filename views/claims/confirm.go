package claims

import (
	"context"
	"fmt"

	"fyne.io/fyne/v2/theme"

	"renkei/app"
	"renkei/models"
	"renkei/views/page"
	"renkei/views/ui"
	"renkei/views/words"
)

// buildState makes the first line of the page: how far the month is, and what
// can be done about it.
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

// showState shows the state of the month and what can be done with what is
// selected.
func (p *Page) showState() {
	p.stateBadge.Set(p.state.Tint())
	p.stateText.SetText(p.state.String())
	p.late.SetText(fmt.Sprintf("締め後の変更 %d件", len(p.state.Late)))
	setShown(p.late, len(p.state.Late) > 0)
	ready, confirmed := p.selectedReady(), p.selectedConfirmed()
	p.confirm.SetText(fmt.Sprintf("確定（%d件）", len(ready)))
	p.confirm.SetEnabled(len(ready) > 0)
	p.takeBack.SetText(fmt.Sprintf("確定の取消し（%d件）", len(confirmed)))
	setShown(p.takeBack, len(confirmed) > 0)
	word := "月を締める"
	if p.state.Closed() {
		word = "締めを解く"
	}
	p.closing.SetText(word)
	p.closing.SetEnabled(len(p.rows) > 0)
	p.stateBar.Refresh()
}

// selectionChanged is called when other rows are selected.
func (p *Page) selectionChanged() {
	p.showState()
	p.showDetail()
}

func (p *Page) selectedReady() []app.Seen {
	var ready []app.Seen
	for _, r := range p.list.Selection() {
		if r.Ready() {
			ready = append(ready, app.Seen{Number: r.Number, Result: r.Result, Points: r.Points})
		}
	}
	return ready
}

func (p *Page) selectedConfirmed() []string {
	return numbersOf(p.list.Selection(), func(r Row) bool { return r.Confirmed != nil })
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

// confirmSelected confirms what is 確定可 among the selected rows, and says of
// the rest why it is not. Rows marked are unmarked once they are done.
func (p *Page) confirmSelected() {
	ready, month := p.selectedReady(), p.month
	if len(ready) == 0 {
		p.sayNotReady()
		return
	}
	page.Change(p.shell, p.desk, fmt.Sprintf("%d件の確定", len(ready)), p.confirmed,
		func(ctx context.Context) (*app.Undo, error) { return p.desk.Confirm(ctx, month, ready) })
}

// confirmed shows the verdicts anew when they are not those that were seen.
func (p *Page) confirmed(err error) {
	if models.ErrorCode(err) == models.Conflict {
		p.shell.Changed()
	}
	p.unmark(err)
}

func (p *Page) unmark(err error) {
	if err == nil {
		p.list.ClearMarks()
	}
}

func (p *Page) sayNotReady() {
	rows := p.list.Selection()
	switch {
	case len(rows) == 0:
		p.shell.Say(ui.Attention, "確定する共同指導を選んでください")
	case len(rows) > 1:
		p.shell.Say(ui.Attention, "選んだ中に、これから確定できるものはありません。理由は右に出ています")
	case rows[0].Confirmed != nil:
		p.shell.Say(ui.Attention, rows[0].Title()+" は確定済みです")
	default:
		p.shell.Say(ui.Attention, rows[0].Title()+" は確定できません。"+rows[0].Why())
	}
}

// unconfirmSelected takes the 確定 of the selected rows back.
func (p *Page) unconfirmSelected() {
	numbers := p.selectedConfirmed()
	if len(numbers) == 0 {
		return
	}
	page.Change(p.shell, p.desk, fmt.Sprintf("%d件の確定の取消し", len(numbers)), p.unmark,
		func(ctx context.Context) (*app.Undo, error) { return p.desk.Unconfirm(ctx, numbers) })
}

// closeOrReopen closes the month, which asks nothing, or opens the form that
// asks for the reason of re-opening it.
func (p *Page) closeOrReopen() {
	if p.state.Closed() {
		p.askReason()
		return
	}
	month := p.month
	page.Change(p.shell, p.desk, words.Month(month)+"の締め", nil,
		func(ctx context.Context) (*app.Undo, error) { return p.desk.CloseMonth(ctx, month) })
}
