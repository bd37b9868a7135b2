package admissions

import (
	"fmt"
	"slices"

	"renkei/app"
	"renkei/models"
	"renkei/views/effect"
	"renkei/views/form"
	"renkei/views/page"
	"renkei/views/ui"
)

// transfer moves a patient to another ward: the stay there is ended and the next
// begun, in one change.
func (p *Page) transfer() {
	r := p.find(p.key)
	switch {
	case r == nil:
	case len(r.stays) == 0:
		p.editAdmission()
	default:
		p.Begin(func() page.Editor { return p.transferForm(r) })
	}
}

func (p *Page) transferForm(r *record) *page.Form {
	move := struct {
		On   models.Date
		Ward string
	}{On: r.asOf()}
	f := p.staysFormOf(r, page.FormOptions{
		Draft: "transfer/" + r.adm.Key().String(),
		Entry: func() page.Entry {
			changed, problems := moveWard(r, move.On, move.Ward)
			steps := make([]app.Step, len(changed))
			for i, s := range changed {
				steps[i] = app.Put(s)
			}
			return page.Entry{What: r.adm.Name + "さんの転棟の登録", Problems: problems, Steps: steps}
		},
	})
	page.Bind(f, &move, form.Section("転棟"),
		form.Date(&move.On).Label("転棟日").Required(),
		form.ChoiceOf(&move.Ward, wardChoices(p.snap.judged.Facts, p.Shell.Today())...).Label("転棟先").Required().Width(260).
			Hint("いまの病棟: "+r.wardName()+"。転棟日の指導は転棟先の病棟で判定します"))
	return f
}

// staysFormOf returns a form without fields about where the patient of an
// admission is: what is recorded stands beside it, and what saving would change
// below it.
func (p *Page) staysFormOf(r *record, o page.FormOptions) *page.Form {
	d := describe(r, p.snap.judged.Rules)
	o.Title, o.Of, o.At = d.Who, app.RefOf(*r.adm), page.To("入院", r.adm.Key().String())
	f := p.NewForm(o)
	p.sayBound(f, r)
	f.Inside(newBeside(effect.Under(f, effectShare), stayHistory(d)))
	return f
}

// moveWard ends the stay of a day and begins one in another ward. The day
// itself belongs to both, as wards record it; the judgement takes the later.
func moveWard(r *record, on models.Date, ward string) ([]models.WardStay, models.Problems) {
	refuse := func(field, message string) ([]models.WardStay, models.Problems) {
		return nil, models.Problems{{Field: field, Message: message}}
	}
	if on == 0 || ward == "" {
		return nil, nil // the form itself asks for them
	}
	var from *models.WardStay
	for i := range r.stays {
		if s := &r.stays[i]; s.Period().Covers(on) && (from == nil || s.From >= from.From) {
			from = s
		}
	}
	early := (models.WardStay{From: on}).Implausible(r.today)
	switch {
	case len(early) > 0:
		return refuse("転棟日", early[0].Message)
	case from == nil:
		return refuse("転棟日", "この日の病棟の登録がありません。日付を確かめるか、「入院を直す」で病棟を直してください")
	case from.Ward == ward:
		return refuse("転棟先", "いまの病棟と同じです。移った先の病棟を選んでください")
	}
	closed, next := *from, *from
	next.From, next.Ward, next.Version = on, ward, 0
	if from.From == on {
		// The patient moved on the day the stay began: the ward alone changes.
		closed.Ward = ward
		return []models.WardStay{closed}, nil
	}
	closed.To = on
	return []models.WardStay{closed, next}, nil
}

// stayHistory shows where the patient has been, beside a form.
func stayHistory(d detail) *ui.Detail {
	page := ui.NewDetail()
	page.Set(section("いまの登録"), stayTable(d.Stays))
	return page
}

// editStays corrects the rows of the 病棟履歴.
func (p *Page) editStays() {
	if r := p.find(p.key); r != nil {
		p.Begin(func() page.Editor { return p.staysForm(r) })
	}
}

func (p *Page) staysForm(r *record) *page.Form {
	rows := append(slices.Clone(r.stays), models.WardStay{})
	f := p.staysFormOf(r, page.FormOptions{
		Draft: "stays/" + r.adm.Key().String(), Recorded: true,
		Entry: func() page.Entry {
			stays, problems := enteredStays(r, rows, p.Shell.Today())
			return page.Entry{What: r.adm.Name + "さんの病棟の登録", Problems: problems, Steps: stayChanges(r.stays, stays)}
		},
	})
	page.Bind(f, r.adm, form.Section("病棟の移り変わりを直す"))
	for i := range rows {
		hint := ""
		if i == len(r.stays) {
			hint = "足すときに使います。行の3つの欄をすべて空にすると、その行は消えます"
		}
		s := &rows[i]
		page.Bind(f, s,
			form.ChoiceOf(&s.Ward, wardChoices(p.snap.judged.Facts, r.asOf())...).Named(stayName("病棟", i)).Label(stayName("病棟", i)).Optional().Width(240),
			form.Date(&s.From).Named(stayName("開始日", i)).Label("いつから").Optional(),
			form.Date(&s.To).Named(stayName("終了日", i)).Label("いつまで").Hint(hint))
	}
	return f
}

// enteredStays are the rows that are not blank, with what is wrong in each.
func enteredStays(r *record, rows []models.WardStay, today models.Date) ([]models.WardStay, models.Problems) {
	var stays []models.WardStay
	var problems models.Problems
	seen := make(map[models.Date]bool)
	for i, row := range rows {
		if row.Ward == "" && row.From == 0 && row.To == 0 {
			continue
		}
		stay := models.WardStay{PatientID: r.adm.PatientID, AdmittedOn: r.adm.AdmittedOn, From: row.From, Ward: row.Ward, To: row.To}
		var was models.WardStay
		if i < len(r.stays) {
			was = r.stays[i]
		}
		for _, problem := range models.EntryProblems(stay, was, today) {
			field := problem.Field
			if field == "病棟コード" {
				field = "病棟"
			}
			problems = append(problems, models.Problem{Field: stayName(field, i), Message: problem.Message})
		}
		if stay.From != 0 && seen[stay.From] {
			problems = append(problems, models.Problem{Field: stayName("開始日", i), Message: "同じ日に始まる行があります。日付を直してください"})
		}
		seen[stay.From] = true
		stays = append(stays, stay)
	}
	return stays, problems
}

func stayName(label string, i int) string { return fmt.Sprintf("%s%d", label, i+1) }

// stayChanges are the changes from the stays recorded to those entered. A stay
// is known by its admission and the day it began.
func stayChanges(recorded, entered []models.WardStay) []app.Step {
	var steps []app.Step
	gone := slices.Clone(recorded)
	for _, stay := range entered {
		stay.Version = 0
		at := slices.IndexFunc(gone, func(old models.WardStay) bool { return old.Key() == stay.Key() && old.From == stay.From })
		if at >= 0 {
			old := gone[at]
			gone = slices.Delete(gone, at, at+1)
			if stay.Version = old.Version; stay == old {
				continue
			}
		}
		steps = append(steps, app.Put(stay))
	}
	for _, old := range gone {
		steps = append(steps, app.Remove(old))
	}
	return steps
}
