package partners

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"renkei/app"
	"renkei/models"
	"renkei/views/page"
	"renkei/views/ui"
)

// openForm is the form in the place of the detail.
type openForm struct {
	form    *ui.Form
	title   string
	note    string // beside the title
	row     string // key of the row the form changes, "" for a new one
	doubles *ui.Flow
	saving  bool
	looks   int // counts looks for doubles, so that only the last one shows
	object  fyne.CanvasObject
}

// newForm makes the form, of something recorded or of something new; save is
// called with nothing unreadable in it.
func (p *Page) newForm(title, row, draft string, recorded bool, save func(*openForm)) *openForm {
	o := &openForm{title: title, row: row, doubles: ui.NewFlow(ui.GapCell, 0)}
	o.form = page.NewForm(p.shell, "partners."+draft, ui.FormOptions{Save: func() { save(o) }, Cancel: p.leaveForm, Recorded: recorded})
	return o
}

// openForm puts the form in the place of the detail.
func (p *Page) openForm(o *openForm) {
	p.closeForm()
	o.doubles.Hide()
	head := ui.NewFlow(ui.GapCell, 0, ui.NewBar(ui.FieldHeight, ui.Growing(ui.NewCaption(o.title, ui.Heading), 120), ui.Fixed(ui.NewCaption(o.note, ui.Quiet), 0)), o.doubles)
	o.object = container.NewBorder(head, nil, nil, nil, o.form.Object())
	p.open = o
	p.right.Objects = []fyne.CanvasObject{o.object}
	p.right.Refresh()
	p.split.Open()
	o.form.FocusFirst()
}

// closeForm takes the form away without asking.
func (p *Page) closeForm() {
	if p.open == nil {
		return
	}
	p.open = nil
	p.right.Objects = []fyne.CanvasObject{p.detail}
	p.right.Refresh()
}

// leaveForm is called on Escape, once nothing would be lost.
func (p *Page) leaveForm() {
	p.closeForm()
	p.describeSelected()
	p.backToList()
}

// Save saves the form that is open (Ctrl+S).
func (p *Page) Save() {
	if p.open != nil {
		p.open.form.TypedShortcut(ui.SaveShortcut)
	}
}

// Unsaved says what would be lost by leaving.
func (p *Page) Unsaved() string {
	if p.open == nil || !p.open.form.Dirty() {
		return ""
	}
	return p.open.title
}

// KeepTyping keeps what is typed as a draft.
func (p *Page) KeepTyping() error {
	if p.open == nil {
		return nil
	}
	return p.open.form.KeepDraft()
}

// store saves what a form made and shows the row afterwards, which is asked for
// once it is saved. With problems it shows them instead.
func (p *Page) store(o *openForm, what string, row func() page.Target, problems models.Problems, steps ...app.Step) {
	o.form.Show(problems)
	if len(problems) > 0 || len(o.form.Faults()) > 0 || o.saving {
		return
	}
	o.saving = true
	page.Save(p.shell, p.desk, what, func(err error) {
		o.saving = false
		if err != nil {
			return // shown already; the typing stays
		}
		o.form.Clean()
		p.closeForm()
		p.pending = row()
		p.shell.Canvas().Focus(p.list)
	}, steps...)
}

// watch looks for doubles a moment after each change of the fields.
func (p *Page) watch(o *openForm, find func() []Double, fields ...ui.Field) {
	look := func() {
		o.looks++
		n := o.looks
		p.shell.After(ui.SearchDelay, func() {
			if n == o.looks && p.open == o {
				p.showDoubles(o, find())
			}
		})
	}
	for _, f := range fields {
		f.OnChange(look)
	}
}

// doublesShown is the most doubles named.
const doublesShown = 3

// showDoubles names what looks like the record being entered, with a way there.
// What is typed is kept as a draft on the way.
func (p *Page) showDoubles(o *openForm, found []Double) {
	shown := o.doubles.Visible()
	o.doubles.Hide()
	if len(found) > 0 {
		var lines []fyne.CanvasObject
		for _, d := range found[:min(doublesShown, len(found))] {
			open := ui.NewButton("開く", func() {
				page.KeepDraft(p.shell, o.form)
				p.closeForm()
				p.show(d.Key)
			})
			open.OnEscape = o.form.Escape
			lines = append(lines, ui.NewBar(ui.FieldHeight,
				ui.Growing(ui.NewCaption("似た登録があります　"+d.Name+"　"+d.Why, ui.Style{Color: ui.Warn}), 160), ui.Fixed(open, 0)))
		}
		o.doubles.Set(ui.NewPanel(ui.NewFlow(2, 0, lines...), ui.WarnSoft, ui.Warn))
		o.doubles.Show()
	}
	if shown || o.doubles.Visible() {
		o.object.Refresh()
		p.right.Refresh()
	}
}
