package admissions

import (
	"renkei/app"
	"renkei/models"
	"renkei/views/page"
)

// take does what a button beside a task says: it enters today's date at once,
// with 元に戻す, or leads to where the work is done.
func (p *Page) take(s step) {
	switch {
	case !s.To.IsZero():
		p.Shell.GoTo(s.To)
	case s.Do == newSession:
		p.newSessionOf(p.key)
	case s.Do == openAdmission:
		p.editAdmission()
	default:
		what, change := p.dated(s)
		if change != nil {
			page.Save(p.Shell, p.Desk, what, nil, *change)
		}
	}
}

// removeAdmission deletes an admission without sessions, with its stays.
func (p *Page) removeAdmission(r *record) {
	steps := make([]app.Step, 0, len(r.stays)+1)
	for _, s := range r.stays {
		steps = append(steps, app.Remove(s))
	}
	page.Save(p.Shell, p.Desk, r.adm.Name+"さんの入院の取消し", func(err error) {
		if err == nil {
			p.BackToList()
		}
	}, append(steps, app.Remove(*r.adm))...)
}

// dated returns the change that enters today for a step, with its name.
func (p *Page) dated(s step) (string, *app.Step) {
	today := p.Shell.Today()
	if v := p.verdict(s.Key); v != nil {
		session := v.Session
		what := ""
		switch s.Do {
		case setNoted:
			session.NotedOn, what = today, "要点記載日"
		case setAsked:
			session.PlanAskedOn, what = today, "ケアプラン依頼日"
		case setReceived:
			session.PlanCopyOn, what = today, "ケアプラン写し受領日"
		default:
			return "", nil
		}
		change := app.Put(session)
		return session.Number + " の" + what + "（" + dayWords(today) + "）の登録", &change
	}
	r := p.find(p.key)
	if r == nil {
		return "", nil
	}
	adm := *r.adm
	what := setToday(&adm, s.Do, today)
	if what == "" {
		return "", nil
	}
	change := app.Put(adm)
	return adm.Name + "さんの" + what + "（" + dayWords(today) + "）の登録", &change
}

// setToday enters a date of an admission and names it.
func setToday(adm *models.Admission, do act, today models.Date) string {
	switch do {
	case setInformed:
		adm.InformedOn = today
		return "入院時情報提供日"
	case setNoticed:
		adm.NoticedOn = today
		return "退院前連絡日"
	case setConsented:
		adm.ConsentedOn = today
		return "同意日"
	}
	return ""
}
