package admissions

import (
	"fyne.io/fyne/v2"

	"renkei/app"
	"renkei/models"
	"renkei/views/effect"
	"renkei/views/page"
	"renkei/views/ui"
	"renkei/views/words"
)

// openForm is a form in place of the list and the record.
type openForm interface {
	object() fyne.CanvasObject
	form() *ui.Form
	save()
	place() page.Target // what opens it
	what() string       // what it enters, in words
	refresh(*snapshot)
}

// formParts are what every form of the page is made of.
type formParts struct {
	p      *Page
	f      *ui.Form
	box    fyne.CanvasObject
	effect *effect.View // what saving would change, nil where the form shows it itself
	saving bool
}

func (o *formParts) object() fyne.CanvasObject { return o.box }
func (o *formParts) form() *ui.Form            { return o.f }

// refresh is called when the register changed; what is typed stays.
func (o *formParts) refresh(*snapshot) {
	if o.effect != nil {
		o.effect.Look()
	}
}

// under puts below the form what saving it would change, and above it which
// sessions of the admission are confirmed or closed.
func (o *formParts) under(head string, r *record, read func() ([]app.Step, models.Problems)) {
	o.effect = effect.Below(o.p.shell, o.p.desk, o.f, 0.6, read)
	top := []fyne.CanvasObject{title(head)}
	if r != nil {
		for _, line := range describe(r, o.p.snap.judged.Rules).Sessions {
			if line.Bound != "" {
				top = append(top, ui.NewParagraph(words.Joined("　", line.When, line.Bound), ui.Style{Bold: true, Color: ui.Warn}))
			}
		}
	}
	o.box = ui.NewAbove(ui.NewFlow(ui.GapCell, 0, top...), o.effect.Object())
}

// begin makes the form, of something recorded or of something new; what is
// typed into it is kept as a draft.
func (o *formParts) begin(draft string, recorded bool, save func()) {
	o.f = page.NewForm(o.p.shell, draft, ui.FormOptions{Save: save, Cancel: o.p.cancelForm, Recorded: recorded})
}

// refused shows what is wrong with what is entered, and reports whether
// anything is or it is being saved already.
func (o *formParts) refused(problems models.Problems) bool {
	if len(problems)+len(o.f.Faults()) > 0 {
		o.f.Show(problems)
		return true
	}
	return o.saving
}

// shown reports whether the form is still there: the person may have gone on
// while it was being saved.
func (o *formParts) shown() bool { return o.p.form != nil && o.p.form.form() == o.f }

// store saves what is entered and then shows an admission with the conditions
// of a session, "" for the latest.
func (o *formParts) store(what string, key models.AdmissionKey, session string, steps ...app.Step) {
	o.saving = true
	page.Save(o.p.shell, o.p.desk, what, func(err error) {
		o.saving = false
		if err == nil {
			o.saved(key, session)
		}
	}, steps...)
}

// saved is called once the form is saved, also when the person has gone on
// meanwhile: its draft is done with either way.
func (o *formParts) saved(key models.AdmissionKey, session string) {
	o.f.Clean()
	if o.shown() {
		o.p.saved(key, session)
	}
}

// title is the line over a form.
func title(text string) fyne.CanvasObject {
	return ui.NewBar(ui.FieldHeight+ui.GapCell, ui.Growing(ui.NewCaption(text, ui.Style{Bold: true, Size: ui.SubHeadingSize}), 120))
}
