package claims

import (
	"context"
	"strings"

	"renkei/app"
	"renkei/models"
	"renkei/views/form"
	"renkei/views/page"
	"renkei/views/words"
)

// askReason opens the form that asks why the month is re-opened.
func (p *Page) askReason() {
	p.Begin(func() page.Editor { return p.reasonForm(models.Closing{Month: p.month}) })
}

func (p *Page) reasonForm(c models.Closing) *page.Form {
	f := p.NewForm(page.FormOptions{
		Title: words.Month(c.Month) + "の締めを解く", Draft: "claims.reopen." + c.Month.String(), SaveWord: "締めを解く",
		Entry: func() page.Entry { return p.reopening(c.Month, strings.TrimSpace(c.Reason)) },
	})
	page.Bind(f, &c, form.Text(&c.Reason, "例 返戻のため、10/08の1件を直す").Label("理由").Required().
		Hint("だれが・いつ・なぜ解いたかが残ります。直したあと、もう一度「月を締める」で締めます。締めたままでも記録は直せ、「締め後の変更」に載ります。"))
	return f
}

// reopening is what saving the form does.
func (p *Page) reopening(month models.Month, reason string) page.Entry {
	e := page.Entry{
		What: words.Month(month) + "の締めの解除",
		Do:   func(ctx context.Context) (*app.Undo, error) { return p.desk.ReopenMonth(ctx, month, reason) },
	}
	if reason == "" {
		e.Problems = models.Problems{{Field: "理由", Message: "空欄です。締めを解く理由を入力してください"}}
	}
	return e
}
