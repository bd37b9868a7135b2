package partners

import (
	"renkei/app"
	"renkei/models"
	"renkei/views/page"
	"renkei/views/people"
	"renkei/views/ui"
)

// move opens the form 異動 of a care manager.
func (p *Page) move(code string) {
	jobs := p.index.jobsOf[code]
	name := p.index.nameOf(code)
	left := ui.NewChoiceField(p.leavable(code)...)
	if job, ok := p.index.jobNow(code); ok {
		left.SetChoice(job.Partner)
	}
	person := func() page.Target { return toPerson(code) }
	to, on := p.officePicker(), ui.FilledDate(p.shell.Today(), p.shell.Today)
	now := *p.index.Facts.CareManager(code)
	plans := ui.FilledMark(now.CanPlan, "できる", "できない")
	o := p.newForm(name+"さんの異動", personKey(code), "move."+code, false, func(o *openForm) {
		t := Transfer{CareManager: code, Leaves: left.Choice(), On: on.Date()}
		if pick, ok := to.Picked(); ok {
			_, t.To = people.Split(pick.Key)
		}
		rows, problems := Moved(jobs, t, p.shell.Today())
		steps := make([]app.Step, len(rows))
		for i := range rows {
			steps[i] = app.Put(rows[i])
		}
		if changed := now; plans.Mark() != now.CanPlan {
			changed.CanPlan = plans.Mark()
			steps = append(steps, app.Put(changed))
		}
		p.store(o, name+"さんの異動の登録", person, problems, steps...)
	})
	o.form.Add(ui.FormRow{Label: "異動先", Field: to, Hint: "退職や休職のときは空欄のままにします。"})
	o.form.Add(ui.FormRow{Label: "異動日", Required: true, Field: on, Hint: "新しい事業所での最初の日。前の所属は、その前の日で終わります。"})
	o.form.Add(ui.FormRow{Label: "終える所属", Field: left, Width: 480, Hint: "兼務になるときは空欄にします。過去の記録は、その時の事業所のまま残ります。"})
	if now.CanPlan == models.Unknown {
		to.OnChange(offerPlans(plans, p.index.Facts, func() models.Qualification { return now.Qualification }, to))
		o.form.Add(ui.FormRow{Label: "ケアプラン作成可", Field: plans, Hint: "未確認のままでは算定できません。"})
	}
	p.openForm(o)
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
