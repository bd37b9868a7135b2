package partners

import (
	"fmt"

	"renkei/app"
	"renkei/models"
	"renkei/views/form"
	"renkei/views/page"
)

// correctJob opens the form that corrects a wrong row of the 所属履歴. A change of
// office is no mistake but a Transfer.
func (p *Page) correctJob(was models.Affiliation) {
	p.Begin(func() page.Editor { return p.jobForm(was) })
}

func (p *Page) jobForm(was models.Affiliation) *page.Form {
	now, wrong, name := was, false, nameOf(p.index.Facts, was.CareManager)
	f := p.NewForm(page.FormOptions{
		Title: name + "さんの所属を直す", Recorded: true, Of: app.RefOf(was),
		Draft: fmt.Sprintf("partners.job.%s.%s.%d", was.CareManager, was.Partner, was.From),
		Entry: func() page.Entry {
			e := page.Entry{What: name + "さんの所属の訂正", Key: func() string { return personKey(was.CareManager) }, Steps: []app.Step{app.Remove(was)}}
			if !wrong {
				e.Problems = CorrectionFaults(p.index.jobsOf[was.CareManager], was, now, p.Shell.Today())
				e.Steps = corrected(was, now)
			}
			return e
		},
	})
	page.Bind(f, &now,
		p.officeField(&now.Partner).Label("事業所"),
		form.Date(&now.From),
		form.Date(&now.To).Hint("いまも続いているときは空欄にします。"),
		form.Check(&wrong, "登録の誤りだったので消す").Label("消す").
			Hint("誤りを直すところです。勤め先が変わったときは「異動」を使ってください。直すと、過去の判定が変わることがあります。"),
	)
	return f
}

// corrected are the steps that replace one row by another. Office and first day
// are the key of a row.
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
