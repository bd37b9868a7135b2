package admissions

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"

	"renkei/models"
	"renkei/views/page"
	"renkei/views/ui"
)

// follow shows a record or opens its form; false when there is none.
func (p *Page) follow(t page.Target) bool {
	key, isAdmission := parseKey(t.Key)
	switch {
	case t == page.ToNew("入院", ""):
		p.newAdmission()
		return true
	case t.Key != "" && t != p.visit.done && !p.hasRead(t):
		if p.Editor() == nil { // else the user has gone on
			p.goVisit(t)
		}
		return true
	case t.Sheet == "共同指導" && t.Do == page.New && isAdmission:
		p.newSessionOf(key)
		return true
	case t.Sheet == "共同指導":
		return p.openSession(t)
	case !isAdmission || !p.openAdmission(key, ""):
		return false
	case t.Sheet == "病棟履歴":
		p.editStays()
	case t.Do == page.Edit:
		p.editAdmission()
	}
	p.FocusOn(t.Field)
	return true
}

// hasRead reports whether the record of a target was read.
func (p *Page) hasRead(t page.Target) bool {
	if key, isAdmission := parseKey(t.Key); isAdmission {
		return p.find(key) != nil
	}
	return p.verdict(t.Key) != nil
}

// visit is the reading of a patient who is not in the list.
type visit struct {
	latest page.Latest
	to     page.Target // zero while nobody is read
	from   string      // key of the row that is selected meanwhile
	done   page.Target // followed now, for it was read
}

// goVisit reads the patient of a target beside the window and follows it then.
// Choosing another row, or a form, is thinking better of it.
func (p *Page) goVisit(t page.Target) {
	part, today, opened := patientOf(t), p.Shell.Today(), p.Split.ShowsDetail()
	p.visit.to, p.visit.from, p.panel = t, "", nil
	if row, ok := p.Current(); ok {
		p.visit.from = row.id
	}
	p.ShowInstead(loading())
	var failed error
	page.Ask(p.Shell, &p.visit.latest, p.Reads, func(ctx context.Context) (*snapshot, error) {
		guest, err := p.read(ctx, part, today, Every)
		if err != nil && ctx.Err() == nil {
			failed = err
			return nil, nil
		}
		return guest, err
	}, func(guest *snapshot) {
		p.visit.to = page.Target{}
		if !opened {
			p.Split.Close()
		}
		if guest != nil && len(guest.rows)+len(guest.judged.Verdicts) > 0 {
			p.guest = guest
			p.All = p.rows()
		}
		switch {
		case failed != nil:
			p.DescribeSelected()
			p.Shell.ShowError(p.Reads, failed)
			return
		case !p.hasRead(t):
			p.DescribeSelected()
		}
		p.visit.done = t
		p.Open(t)
		p.visit.done = page.Target{}
	})
}

func loading() fyne.CanvasObject { return ui.NewParagraph(ui.Loading, ui.Quiet) }

// visiting reports whether the place of the record is taken by one that is being
// read, now that a row is to be described.
func (p *Page) visiting(row *Row) bool {
	if p.visit.to.IsZero() {
		return false
	}
	if p.filling || row.id == p.visit.from {
		p.visit.from = row.id
		return true
	}
	p.endVisit()
	return false
}

func (p *Page) endVisit() {
	p.visit.latest.Stop()
	p.visit.to = page.Target{}
}

// patientOf is the part with the patient of a target.
func patientOf(t page.Target) models.Part {
	if key, isAdmission := parseKey(t.Key); isAdmission {
		return patientPart(key.PatientID)
	}
	return models.Part{Numbers: []string{t.Key}, Kept: true}
}

// openSession shows a session on the page of its admission, or opens its form:
// also when the admission is not registered. False when there is no such session.
func (p *Page) openSession(t page.Target) bool {
	v := p.verdict(t.Key)
	switch {
	case v == nil:
		return false
	case t.Do == page.Edit || !p.openAdmission(v.Session.Key(), t.Key):
		p.editSession(t.Key)
		p.FocusOn(t.Field)
	}
	return true
}

// parseKey reads 患者ID/入院日.
func parseKey(key string) (models.AdmissionKey, bool) {
	at := strings.LastIndex(key, "/")
	if at < 0 {
		return models.AdmissionKey{}, false
	}
	on, err := models.ParseDate(key[at+1:])
	return models.AdmissionKey{PatientID: key[:at], AdmittedOn: on}, err == nil && on != 0
}
