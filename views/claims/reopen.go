package claims

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"renkei/app"
	"renkei/models"
	"renkei/views/page"
	"renkei/views/ui"
	"renkei/views/words"
)

// reopening is the form that asks why a month is re-opened.
type reopening struct {
	month  models.Month
	form   *ui.Form
	reason *ui.TextField
}

// askReason opens the form in the place of the detail.
func (p *Page) askReason() {
	r := &reopening{month: p.month, reason: ui.NewTextField("例 返戻のため、10/08の1件を直す")}
	r.form = page.NewForm(p.shell, "claims.reopen."+p.month.String(),
		ui.FormOptions{Save: func() { p.reopen(r) }, Cancel: p.leaveReopening, SaveWord: "締めを解く"})
	r.form.Section(words.Month(p.month) + "の締めを解く")
	r.form.Add(ui.FormRow{Label: "理由", Name: "理由", Required: true, Field: r.reason,
		Hint: "だれが・いつ・なぜ解いたかが残ります。直したあと、もう一度「月を締める」で締めます。締めたままでも記録は直せ、「締め後の変更」に載ります。"})
	p.reopening = r
	p.setRight(r.form.Object())
	p.split.Open()
	r.form.FocusFirst()
}

func (p *Page) reopen(r *reopening) {
	reason := strings.TrimSpace(r.reason.Text())
	var problems models.Problems
	if reason == "" {
		problems = append(problems, models.Problem{Field: "理由", Message: "空欄です。締めを解く理由を入力してください"})
	}
	r.form.Show(problems)
	if len(problems) > 0 {
		return
	}
	page.Change(p.shell, p.desk, words.Month(r.month)+"の締めの解除", func(err error) {
		if err == nil {
			r.form.Clean()
			p.leaveReopening()
		}
	}, func(ctx context.Context) (*app.Undo, error) { return p.desk.ReopenMonth(ctx, r.month, reason) })
}

// leaveReopening puts the detail back.
func (p *Page) leaveReopening() {
	p.reopening = nil
	p.setRight(p.detail)
	p.split.Close()
	p.showDetail()
	p.shell.Canvas().Focus(p.list)
}

func (p *Page) setRight(o fyne.CanvasObject) {
	p.right.Objects = []fyne.CanvasObject{container.NewStack(o)}
	p.right.Refresh()
}

// Save saves the form that is open (Ctrl+S).
func (p *Page) Save() {
	if p.reopening != nil {
		p.reopening.form.TypedShortcut(ui.SaveShortcut)
	}
}

// Unsaved says what would be lost by leaving.
func (p *Page) Unsaved() string {
	if p.reopening == nil || !p.reopening.form.Dirty() {
		return ""
	}
	return "締めを解く理由の入力"
}

// KeepTyping keeps the reason as a draft.
func (p *Page) KeepTyping() error {
	if p.reopening == nil {
		return nil
	}
	return p.reopening.form.KeepDraft()
}
