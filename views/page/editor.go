package page

import (
	"context"

	"fyne.io/fyne/v2"

	"renkei/app"
	"renkei/models"
	"renkei/views/form"
	"renkei/views/ui"
)

// Editor stands in the place of the detail while the user enters something.
type Editor interface {
	Object() fyne.CanvasObject
	// Focus gives the keyboard to the first field.
	Focus()
	// Save saves what is entered (Ctrl+S).
	Save()
	// Escape leaves, after asking when something would be lost.
	Escape()
	// Unsaved names what closing would lose, "" for nothing: 「入院を登録」.
	Unsaved() string
	// KeepTyping keeps it as a draft now, or says why it cannot be kept.
	KeepTyping() error
	// Place leads back here; zero when nothing does.
	Place() Target
	// Reloaded is called after the register was read again; what is typed stays.
	Reloaded()
}

// Entry is what saving a form does.
type Entry struct {
	// What names it for 元に戻す: 「3東病棟の登録」.
	What string
	// Key returns the key of the row shown after saving. It is called once the
	// record is saved and has its number. Nil shows the row selected before.
	Key func() string
	// To leads to what is shown after saving where that is not a row by its key;
	// nil is Key. Like Key it is called late.
	To func() Target
	// Problems prevent saving. The form shows them at their fields.
	Problems models.Problems
	// Steps are what is saved. Without any the form says that nothing changed.
	Steps []app.Step
	// Do saves instead of Steps, by a use case of its own; see Change.
	Do func(context.Context) (*app.Undo, error)
}

// EntryOf returns what saving one record does: a new one is registered and gets
// its number, a recorded one is changed. of names it: 「3東病棟」. was is the
// record before, with Version 0 for a new one; today is the day it is entered
// on. key returns the key of its row, nil for the row selected before.
func EntryOf[R app.Entered](of string, record *R, was R, today models.Date, key func(R) string) Entry {
	e := Entry{What: of + "の変更", Problems: app.EntryProblems(*record, was, today), Steps: []app.Step{app.Put(*record)}}
	if app.IsNew(was) {
		e.What, e.Steps = of+"の登録", []app.Step{app.New(record)}
	}
	if key != nil {
		e.Key = func() string { return key(*record) }
	}
	return e
}

// Wrong adds a problem of a field to those of the record itself.
func (e *Entry) Wrong(field, message string) {
	e.Problems = append(e.Problems, models.Problem{Field: field, Message: message})
}

// FormOptions are what one form has of its own.
type FormOptions struct {
	// Title stands over the form and names it in notices; About stands behind it
	// and Note at its right.
	Title, About, Note string
	// Draft is the name under which the typing is kept, its own among all forms.
	Draft string
	// Of is the record the form changes: others who open it are told. Zero for none.
	Of app.RecordRef
	// Recorded says that the form changes a record; see ui.FormOptions.
	Recorded bool
	// At leads back to the form; zero when nothing does.
	At Target
	// SaveWord is the word of the button, "" for 「保存」.
	SaveWord string
	// Entry returns what saving does. The bound records hold what the fields do.
	Entry func() Entry
	// Saved is called once the entry is saved; nil does nothing.
	Saved func()
}

// Form is the usual Editor: fields bound to records, saved in one edit.
type Form struct {
	*ui.Form
	shell    Shell
	desk     Desk
	o        FormOptions
	bindings []*form.Binding
	top      []fyne.CanvasObject
	body     fyne.CanvasObject
	object   fyne.CanvasObject
	saved    func(*Form, Entry) // closes the form
	saving   bool
	watchers []func()
	presence *Presence
}

// NewStandingForm returns a form without fields that stays in sight after saving.
// cancel is called when the user leaves it.
func NewStandingForm(s Shell, desk Desk, o FormOptions, cancel func()) *Form {
	return newForm(s, desk, o, cancel, func(*Form, Entry) {})
}

// newForm returns a form without fields. cancel is called when the user leaves
// it, saved when it is saved.
func newForm(s Shell, desk Desk, o FormOptions, cancel func(), saved func(*Form, Entry)) *Form {
	f := &Form{shell: s, desk: desk, o: o, saved: saved}
	f.presence = NewPresence(s, o.Of, f.Refit)
	f.Form = NewForm(s, o.Draft, ui.FormOptions{Save: f.save, Cancel: cancel, Recorded: o.Recorded, SaveWord: o.SaveWord})
	f.OnEdited, f.OnFilled = f.follow, f.follow
	return f
}

// Bind adds rows whose fields are bound to fields of a record.
func Bind[R any](f *Form, record *R, rows ...form.Row) {
	f.bindings = append(f.bindings, form.Bind(f.Form, form.Env{Today: f.shell.Today, After: f.shell.After}, record, rows...))
}

// Above puts something between the title and the fields.
func (f *Form) Above(objects ...fyne.CanvasObject) { f.top = append(f.top, objects...) }

// Inside puts the fields into a larger object, which holds f.Form.Object().
func (f *Form) Inside(body fyne.CanvasObject) { f.body = body }

// Watch adds a function for what the page says of the fields as they stand. It is
// called when the form is first shown, after each change of a field, after a
// draft was put back, and after the register was read again. The bound records
// hold what the fields do.
func (f *Form) Watch(follow func()) { f.watchers = append(f.watchers, follow) }

// Shell is what the form asks of the frame.
func (f *Form) Shell() Shell { return f.shell }

// Desk is the use cases the form saves by.
func (f *Form) Desk() Desk { return f.desk }

// Entry puts what the fields hold into the bound records and returns what
// saving would do.
func (f *Form) Entry() Entry {
	f.Read()
	return f.o.Entry()
}

// Read puts what the fields hold into the bound records.
func (f *Form) Read() {
	for _, b := range f.bindings {
		b.Read()
	}
}

// Refill puts what the bound records hold into the fields.
func (f *Form) Refill() {
	for _, b := range f.bindings {
		b.Fill()
	}
}

// Object is the form under its title.
func (f *Form) Object() fyne.CanvasObject {
	if f.object == nil {
		if f.body == nil {
			f.body = f.Form.Object()
		}
		head := []ui.Item{ui.Growing(ui.NewCaption(f.o.Title, ui.Style{Bold: true, Size: ui.SubHeadingSize}), 120)}
		if f.o.About != "" {
			head[0].Width, head[0].Grow = 0, 0
			head = append(head, ui.Growing(ui.NewCaption(f.o.About, ui.Plain), 120))
		}
		head = append(head, ui.Fixed(ui.NewCaption(f.o.Note, ui.Quiet), 0))
		f.object = ui.NewAbove(ui.NewFlow(ui.GapCell, 0, append([]fyne.CanvasObject{ui.NewBar(ui.FieldHeight, head...), f.presence.Object()}, f.top...)...), f.body)
		f.follow()
	}
	return f.object
}

// Refit arranges the form again after something above the fields changed its
// height.
func (f *Form) Refit() {
	if f.object != nil {
		f.object.Refresh()
	}
}

// Opened tells the others that the record is open, Closed that it is not.
func (f *Form) Opened() { f.presence.Opened() }

// Closed tells them that it is not.
func (f *Form) Closed() { f.presence.Closed() }

// Focus gives the keyboard to the first field.
func (f *Form) Focus() { f.FocusFirst() }

// Save saves, as Ctrl+S in a field does.
func (f *Form) Save() { f.TypedShortcut(ui.SaveShortcut) }

// Unsaved names the form while something typed is not saved.
func (f *Form) Unsaved() string {
	if f.Dirty() {
		return f.o.Title
	}
	return ""
}

// KeepTyping keeps what is typed as a draft.
func (f *Form) KeepTyping() error { return f.KeepDraft() }

// Place leads back to the form.
func (f *Form) Place() Target { return f.o.At }

// Reloaded tells the watchers, for what they say may have changed.
func (f *Form) Reloaded() { f.follow() }

// follow tells the watchers, with the bound records as the fields are.
func (f *Form) follow() {
	f.Read()
	for _, follow := range f.watchers {
		follow()
	}
}

// save saves the entry, or shows what is wrong with it.
func (f *Form) save() {
	entry := f.Entry()
	f.Show(entry.Problems)
	if len(entry.Problems) > 0 || len(f.Faults()) > 0 || f.saving {
		return
	}
	if len(entry.Steps) == 0 && entry.Do == nil {
		f.shell.Say(ui.Done, "変わったところはありません")
		return
	}
	f.saving = true
	done := func(err error) {
		f.saving = false
		if err != nil {
			return // shown already; what is typed stays
		}
		if f.o.Saved != nil {
			f.o.Saved()
		}
		f.Clean()
		f.saved(f, entry)
	}
	if entry.Do != nil {
		Change(f.shell, f.desk, entry.What, done, entry.Do)
		return
	}
	v := saving{shell: f.shell, desk: f.desk, what: entry.What, done: done, label: f.Label}
	v.save(entry.Steps)
}
