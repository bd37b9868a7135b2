package partners

import (
	"renkei/app"
	"renkei/models"
	"renkei/views/form"
	"renkei/views/page"
	"renkei/views/ui"
)

// move opens the form 異動 of a care manager.
func (p *Page) move(code string) {
	p.Begin(func() page.Editor { return p.moveForm(*p.index.Facts.CareManager(code)) })
}

func (p *Page) moveForm(was models.CareManager) *page.Form {
	person, t := was, Transfer{CareManager: was.Code, On: p.Shell.Today()}
	if job, ok := p.index.jobNow(was.Code); ok {
		t.Leaves = job.Partner
	}
	f := p.NewForm(page.FormOptions{
		Title: was.Name + "さんの異動", Draft: "partners.move." + was.Code, Of: app.RefOf(was),
		Entry: func() page.Entry { return p.moveEntry(t, person, was) },
	})
	to := p.officeField(&t.To).Label("異動先").Hint("退職や休職のときは空欄のままにします。")
	rows := []form.Row{
		to,
		form.Date(&t.On).Label("異動日").Required().Hint("新しい事業所での最初の日。前の所属は、その前の日で終わります。"),
		form.ChoiceOf(&t.Leaves, p.leavable(was.Code)...).Label("終える所属").Width(480).
			Hint("兼務になるときは空欄にします。過去の記録は、その時の事業所のまま残ります。"),
	}
	if was.CanPlan == models.Unknown {
		plans := form.Mark(&person.CanPlan, "できる", "できない").Hint("未確認のままでは算定できません。")
		to.OnChange(offerPlans(plans.Field, func() models.Mark {
			f.Read()
			return models.UsuallyPlans(was.Qualification, p.index.kindOf(t.To))
		}))
		rows = append(rows, plans)
	}
	page.Bind(f, &person, rows...)
	return f
}

// moveEntry is what saving a transfer does.
func (p *Page) moveEntry(t Transfer, person, was models.CareManager) page.Entry {
	rows, problems := Moved(p.index.jobsOf[was.Code], t, p.Shell.Today())
	e := page.Entry{What: was.Name + "さんの異動の登録", Key: func() string { return personKey(was.Code) }, Problems: problems}
	for _, row := range rows {
		e.Steps = append(e.Steps, app.Put(row))
	}
	if person.CanPlan != was.CanPlan {
		e.Steps = append(e.Steps, app.Put(person))
	}
	return e
}

// leavable are the offices whose 所属 has not ended.
func (p *Page) leavable(code string) []ui.Choice {
	var choices []ui.Choice
	for _, a := range p.index.jobsOf[code] {
		if a.To == 0 || a.To >= p.index.Today {
			choices = append(choices, ui.Choice{Value: a.Partner, Label: p.index.officeName(a.Partner) + "（" + a.From.String() + "から）"})
		}
	}
	return choices
}
