package settings

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"renkei/app"
	"renkei/models"
	"renkei/views/effect"
	"renkei/views/page"
	"renkei/views/ui"
)

// openForm is what is being typed in a section.
type openForm struct {
	form   *ui.Form
	title  string
	read   func() entry
	effect *effect.View
	saving bool
}

// entry is what a form made of its fields.
type entry struct {
	what     string        // 「3東病棟の登録」
	row      func() string // the key of the row, asked for once it is saved
	problems models.Problems
	steps    []app.Step
}

// table is a section that is a list: what is selected is described beside it
// and edited in its place.
type table[T any] struct {
	p       *Page
	name    string // of the list, for screen readers
	key     string // of what is remembered
	about   string // a sentence on what the section is for
	empty   [2]string
	columns []ui.Column[T]
	of      func(T) string // key of a row
	rows    func() []T
	// describe shows a row; edit opens its form.
	describe func(T) []fyne.CanvasObject
	edit     func(T)
	buttons  []*ui.Button
	// notes are said under about, nil for none.
	notes func() []fyne.CanvasObject

	head   *ui.Flow
	list   *ui.Register[T]
	detail *ui.Page
	right  *fyne.Container
	split  *ui.MasterDetail
	open   *openForm

	bar     fyne.CanvasObject
	content *ui.Arranged
	wanted  string // key of the row to select once the register is read
}

func (t *table[T]) openForm() *openForm { return t.open }

func (t *table[T]) build() fyne.CanvasObject {
	left := page.Recall(t.p.shell, t.key, ui.RegisterState{})
	t.list = page.NewList(t.p.shell, t.name, t.columns, t.of, left, func() { page.Keep(t.p.shell, t.key, t.list.State()) })
	t.list.OnSelected = func(T) { t.selected() }
	t.list.OnOpened = func(row T) {
		if t.open == nil {
			t.edit(row)
			return
		}
		t.split.Open() // what is being typed goes on
		t.open.form.FocusFirst()
	}
	t.list.OnEscape = t.p.backToSections
	t.list.SetEmpty(t.empty[0], t.empty[1])
	t.detail = ui.NewPage()
	t.right = container.NewStack(t.detail)
	t.split = ui.NewMasterDetail(t.list, t.right, 0.56)
	items := []ui.Item{}
	for _, b := range t.buttons {
		b.OnEscape = t.backToList
		items = append(items, ui.Fixed(b, 0))
	}
	t.bar = ui.NewBar(ui.FieldHeight+ui.GapField, append(items, ui.Spring())...)
	t.head = ui.NewFlow(ui.GapCell, 0, ui.NewParagraph(t.about, ui.Quiet))
	t.content = ui.NewAbove(t.head, container.NewBorder(t.bar, nil, nil, nil, t.split))
	return t.content
}

func (t *table[T]) received() {
	if t.notes != nil {
		t.head.Set(append([]fyne.CanvasObject{ui.NewParagraph(t.about, ui.Quiet)}, t.notes()...)...)
		t.content.Refresh()
	}
	t.list.SetRows(t.rows())
	if t.wanted != "" {
		t.list.SelectKey(t.wanted)
		t.wanted = ""
	}
	t.selected()
}

func (t *table[T]) enter() { t.p.shell.Canvas().Focus(t.list) }

// choose selects a row and opens its form at a field, "" for the first, in place
// of one nothing was typed into.
func (t *table[T]) choose(key, field string) {
	if t.open != nil && t.open.form.Dirty() {
		t.p.shell.Say(ui.Attention, t.open.title+"の途中です。保存するか、やめてから開いてください")
		return
	}
	if t.open != nil {
		t.closeForm()
	}
	if t.list.SelectKey(key) {
		row, _ := t.list.Selected()
		t.edit(row)
		if t.open != nil {
			t.open.form.FocusOn(field)
		}
	}
}

// selected describes the current row; a form that is open stays.
func (t *table[T]) selected() {
	if t.open != nil {
		return
	}
	if row, ok := t.list.Selected(); ok {
		t.detail.Set(t.describe(row)...)
		return
	}
	t.detail.Set(ui.NewParagraph(t.empty[1], ui.Quiet))
}

// withSelected does something with the current row, unless a form is open.
func (t *table[T]) withSelected(do func(T)) func() {
	return func() {
		row, ok := t.list.Selected()
		switch {
		case t.open != nil:
			t.p.shell.Say(ui.Attention, t.open.title+"の途中です。保存するか、やめてからにしてください")
		case ok:
			do(row)
		}
	}
}

func (t *table[T]) backToList() {
	t.split.Close()
	t.enter()
}

// newForm makes a form, of something recorded or of something new; read is asked
// for what the fields hold, by Ctrl+S and for what saving would change.
func (t *table[T]) newForm(title, draft string, recorded bool, read func() entry) *openForm {
	o := &openForm{title: title, read: read}
	o.form = page.NewForm(t.p.shell, "settings."+draft, ui.FormOptions{Save: func() { t.store(o) }, Cancel: t.closeForm, Recorded: recorded})
	return o
}

// formShare is the part of the height a form has over what saving it changes.
const formShare = 0.5

// showForm puts a form in the place of the description, under its title and
// what else is said of it, over what saving it would change.
func (t *table[T]) showForm(o *openForm, share float32, notes ...fyne.CanvasObject) {
	t.open = o
	o.effect = effect.Below(t.p.shell, t.p.desk, o.form, share, func() ([]app.Step, models.Problems) {
		made := o.read()
		return made.steps, made.problems
	})
	if t.split.Narrow() {
		t.bar.Hide() // the list it belongs to is not in sight
		t.content.Refresh()
	}
	head := append([]fyne.CanvasObject{ui.NewParagraph(o.title, ui.Style{Bold: true, Size: ui.SubHeadingSize})}, notes...)
	t.right.Objects = []fyne.CanvasObject{ui.NewAbove(ui.NewFlow(ui.GapCell, 0, head...), o.effect.Object())}
	t.right.Refresh()
	t.split.Open()
	o.form.FocusFirst()
}

func (t *table[T]) closeForm() {
	t.open = nil
	t.bar.Show()
	t.content.Refresh()
	t.right.Objects = []fyne.CanvasObject{t.detail}
	t.right.Refresh()
	t.backToList()
	t.selected()
}

// store saves what a form holds and shows the row afterwards; with problems it
// shows them instead.
func (t *table[T]) store(o *openForm) {
	made := o.read()
	o.form.Show(made.problems)
	if len(made.problems) > 0 || len(o.form.Faults()) > 0 || o.saving {
		return
	}
	o.saving = true
	page.Save(t.p.shell, t.p.desk, made.what, func(err error) {
		o.saving = false
		if err != nil {
			return // shown already; the typing stays
		}
		o.form.Clean()
		t.wanted = made.row()
		t.closeForm()
	}, made.steps...)
}

// date is a field of a form with a date in it.
func (t *table[T]) date(value models.Date) *ui.DateField {
	return ui.FilledDate(value, t.p.shell.Today)
}
