package partners

import (
	"fmt"

	"renkei/app"
	"renkei/models"
	"renkei/views/page"
	"renkei/views/people"
	"renkei/views/ui"
)

// correctJob opens the form that mends a wrong row of the 所属履歴. A change of
// office is no mistake: that is a Transfer.
func (p *Page) correctJob(was models.Affiliation) {
	name := p.index.nameOf(was.CareManager)
	office := p.officePicker()
	if partner := p.index.Facts.Partner(was.Partner); partner != nil {
		office.Pick(people.Pick(people.OfficeEntry(partner)))
	}
	from, to := ui.FilledDate(was.From, p.shell.Today), ui.FilledDate(was.To, p.shell.Today)
	person := func() page.Target { return toPerson(was.CareManager) }
	wrong := ui.NewCheckField("登録の誤りだったので消す")
	draft := fmt.Sprintf("job.%s.%s.%d", was.CareManager, was.Partner, was.From)
	o := p.newForm(name+"さんの所属を直す", personKey(was.CareManager), draft, true, func(o *openForm) {
		what := name + "さんの所属の訂正"
		if wrong.Checked() {
			p.store(o, what, person, nil, app.Remove(was))
			return
		}
		now := was
		now.Partner, now.From, now.To = "", from.Date(), to.Date()
		if pick, ok := office.Picked(); ok {
			_, now.Partner = people.Split(pick.Key)
		}
		problems := CorrectionFaults(p.index.jobsOf[was.CareManager], was, now, p.shell.Today())
		p.store(o, what, person, problems, corrected(was, now)...)
	})
	o.form.Add(ui.FormRow{Label: "事業所", Name: "連携先コード", Required: true, Field: office})
	o.form.Add(ui.FormRow{Label: "開始日", Required: true, Field: from})
	o.form.Add(ui.FormRow{Label: "終了日", Field: to, Hint: "いまも続いているときは空欄にします。"})
	o.form.Add(ui.FormRow{Label: "消す", Field: wrong, Hint: "誤りを直すところです。勤め先が変わったときは「異動」を使ってください。直すと、過去の判定が変わることがあります。"})
	p.openForm(o)
}

// corrected are the steps that put one row in the place of another: its office
// and first day are its key.
func corrected(was, now models.Affiliation) []app.Step {
	if was.Partner == now.Partner && was.From == now.From {
		return []app.Step{app.Put(now)}
	}
	now.Version = 0
	return []app.Step{app.Remove(was), app.Put(now)}
}

// CorrectionFaults tells what is wrong with a corrected row of the 所属履歴: of
// itself, or because the person is at that office already on one of its days.
// jobs are all rows of the care manager.
func CorrectionFaults(jobs []models.Affiliation, was, now models.Affiliation, today models.Date) models.Problems {
	problems := models.EntryProblems(now, was, today)
	for _, a := range jobs {
		if a.Partner != now.Partner || a.Partner == was.Partner && a.From == was.From {
			continue
		}
		if (a.To == 0 || a.To >= now.From) && (now.To == 0 || a.From <= now.To) {
			problems = append(problems, models.Problem{Field: "開始日", Message: fmt.Sprintf("この事業所には%sからの所属がすでにあり、期間が重なります。日付を直してください", a.From)})
		}
	}
	return problems
}
