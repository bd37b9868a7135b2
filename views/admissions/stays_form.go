package admissions

import (
	"fmt"
	"slices"

	"renkei/app"
	"renkei/models"
	"renkei/views/page"
	"renkei/views/ui"
)

// transferForm moves a patient to another ward: the stay there is ended and
// the next begun, in one change.
type transferForm struct {
	formParts
	r    *record
	on   *ui.DateField
	ward *ui.ChoiceField
}

func (p *Page) transfer() {
	r := p.snap.find(p.key)
	if r == nil {
		return
	}
	if len(r.stays) == 0 {
		p.editAdmission()
		return
	}
	p.leaveForm(func() { p.showForm(newTransferForm(p, r)) })
}

func newTransferForm(p *Page, r *record) *transferForm {
	t := &transferForm{formParts: formParts{p: p}, r: r}
	t.begin("transfer/"+r.adm.Key().String(), false, t.save)
	t.on = ui.NewDateField(p.shell.Today)
	t.ward = ui.NewChoiceField(wardChoices(p.snap.judged.Facts, p.shell.Today())...)
	t.on.SetDate(r.asOf())
	t.f.Section("転棟")
	t.f.Add(ui.FormRow{Label: "転棟日", Required: true, Field: t.on})
	t.f.Add(ui.FormRow{Label: "転棟先", Required: true, Field: t.ward, Width: 260, Hint: "いまの病棟: " + r.wardName() + "。転棟日の指導は転棟先の病棟で判定します"})
	t.f.Restore()
	d := describe(r, p.snap.judged.Rules)
	t.under(d.Who, r, t.read)
	t.box = newBeside(t.box, stayHistory(d))
	return t
}

func (t *transferForm) what() string       { return "転棟" }
func (t *transferForm) place() page.Target { return page.To("入院", t.r.adm.Key().String()) }

// read returns what saving does, and what keeps it from being saved.
func (t *transferForm) read() ([]app.Step, models.Problems) {
	changed, problems := moveWard(t.r, t.on.Date(), t.ward.Choice())
	steps := make([]app.Step, len(changed))
	for i, s := range changed {
		steps[i] = app.Put(s)
	}
	return steps, problems
}

func (t *transferForm) save() {
	steps, problems := t.read()
	if t.refused(problems) {
		return
	}
	t.store(t.r.adm.Name+"さんの転棟の登録", t.r.adm.Key(), "", steps...)
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
func stayHistory(d detail) *ui.Page {
	page := ui.NewPage()
	page.Set(section("いまの登録"), stayTable(d.Stays))
	return page
}

// staysForm corrects the rows of the 病棟履歴.
type staysForm struct {
	formParts
	r    *record
	rows []stayFields
}

// stayFields are the fields of one row of the 病棟履歴.
type stayFields struct {
	ward     *ui.ChoiceField
	from, to *ui.DateField
}

func (s stayFields) blank() bool { return s.ward.Blank() && s.from.Blank() && s.to.Blank() }

func (p *Page) editStays() {
	if r := p.snap.find(p.key); r != nil {
		p.leaveForm(func() { p.showForm(newStaysForm(p, r)) })
	}
}

func newStaysForm(p *Page, r *record) *staysForm {
	s := &staysForm{formParts: formParts{p: p}, r: r}
	s.begin("stays/"+r.adm.Key().String(), true, s.save)
	s.f.Section("病棟の移り変わりを直す")
	for i := range len(r.stays) + 1 {
		row := stayFields{
			ward: ui.NewChoiceField(wardChoices(p.snap.judged.Facts, r.asOf())...),
			from: ui.NewDateField(p.shell.Today), to: ui.NewDateField(p.shell.Today),
		}
		hint := ""
		if i == len(r.stays) {
			hint = "足すときに使います。行の3つの欄をすべて空にすると、その行は消えます"
		} else {
			row.ward.SetChoice(r.stays[i].Ward)
			row.from.SetDate(r.stays[i].From)
			row.to.SetDate(r.stays[i].To)
		}
		s.rows = append(s.rows, row)
		s.f.Add(ui.FormRow{Label: stayName("病棟", i), Field: row.ward, Width: 240})
		s.f.Add(ui.FormRow{Label: "いつから", Name: stayName("開始日", i), Field: row.from})
		s.f.Add(ui.FormRow{Label: "いつまで", Name: stayName("終了日", i), Field: row.to, Hint: hint})
	}
	s.f.Restore()
	d := describe(r, p.snap.judged.Rules)
	s.under(d.Who, r, func() ([]app.Step, models.Problems) {
		stays, problems := s.stays()
		return stayChanges(s.r.stays, stays), problems
	})
	s.box = newBeside(s.box, stayHistory(d))
	return s
}

func (s *staysForm) what() string       { return "病棟の移り変わり" }
func (s *staysForm) place() page.Target { return page.To("入院", s.r.adm.Key().String()) }

// stays reads the rows, with what is wrong in each.
func (s *staysForm) stays() ([]models.WardStay, models.Problems) {
	var stays []models.WardStay
	var problems models.Problems
	seen := make(map[models.Date]bool)
	for i, row := range s.rows {
		if row.blank() {
			continue
		}
		stay := models.WardStay{PatientID: s.r.adm.PatientID, AdmittedOn: s.r.adm.AdmittedOn, From: row.from.Date(), Ward: row.ward.Choice(), To: row.to.Date()}
		var was models.WardStay
		if i < len(s.r.stays) {
			was = s.r.stays[i]
		}
		for _, problem := range models.EntryProblems(stay, was, s.p.shell.Today()) {
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

func (s *staysForm) save() {
	stays, problems := s.stays()
	if !s.refused(problems) {
		s.store(s.r.adm.Name+"さんの病棟の登録", s.r.adm.Key(), "", stayChanges(s.r.stays, stays)...)
	}
}

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
