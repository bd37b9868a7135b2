package page

import (
	"fyne.io/fyne/v2"

	"renkei/views/ui"
)

// Open leads to a target, as soon as the register is read as it is now. It closes an open form
// and keeps what is typed in it as a draft.
func (r *Records[R]) Open(t Target) {
	r.AwaitCurrent(func() {
		if r.editor != nil {
			if err := r.editor.KeepTyping(); err != nil {
				r.Shell.ShowError("書きかけを残すこと", err)
			}
			r.Close()
		}
		r.lead(t)
	})
}

func (r *Records[R]) lead(t Target) {
	switch {
	case r.Follow != nil && r.Follow(t):
	case t.Do == New && r.Make != nil:
		r.Make(t.Key)
	case t.Key == "": // the page as it is
	case !r.ShowKey(t.Key):
		r.SayGone(t)
	case t.Do == Edit && r.Edit != nil:
		row, _ := r.Current()
		r.Edit(row)
		r.FocusOn(t.Field)
	}
}

// SayGone says that there is no record where a target leads.
func (r *Records[R]) SayGone(t Target) {
	r.Shell.Say(ui.Attention, t.Sheet+" "+t.Key+" は見つかりません。削除されたか、番号が変わっています")
}

// New begins a new record (Ctrl+N).
func (r *Records[R]) New() {
	if r.Make != nil {
		r.Await(func() { r.Make("") })
	}
}

// Place leads to the open form, else to the record in sight.
func (r *Records[R]) Place() Target {
	if r.editor != nil && !r.editor.Place().IsZero() {
		return r.editor.Place()
	}
	row, ok := r.Current()
	switch {
	case !ok || !r.Split.ShowsDetail():
		return ToPage(opens[r.Sheet])
	case r.At != nil:
		return r.At(row)
	}
	return To(r.Sheet, r.Key(row))
}

// Begin opens what make returns in the place of the detail. When typing in
// another form would be lost, it says so and does nothing.
func (r *Records[R]) Begin(make func() Editor) {
	if !r.refuses() {
		r.Replace(make())
	}
}

// Instead closes an open form and does something. When typing would be lost, it
// says so and does nothing.
func (r *Records[R]) Instead(do func()) {
	if !r.refuses() {
		r.Close()
		do()
	}
}

// FocusOn puts the cursor into a field of the open form, by its name.
func (r *Records[R]) FocusOn(field string) {
	if f, ok := r.editor.(*Form); ok {
		f.FocusOn(field)
	}
}

// Replace opens an editor in the place of another without asking. It is for an
// editor that keeps the other and puts it back itself.
func (r *Records[R]) Replace(editor Editor) {
	r.hold(editor)
	r.show(editor.Object())
	editor.Focus()
}

// hold takes an editor in the place of the one before.
func (r *Records[R]) hold(editor Editor) {
	if before, ok := r.editor.(Presented); ok {
		before.Closed()
	}
	r.editor = editor
	if now, ok := editor.(Presented); ok {
		now.Opened()
	}
}

// show puts an editor in its place.
func (r *Records[R]) show(o fyne.CanvasObject) {
	if r.Whole {
		// The form scrolls to its first field by its size.
		o.Resize(r.both.Size())
		r.both.Hide()
		r.over.Objects = []fyne.CanvasObject{o}
		r.over.Refresh()
	} else {
		r.side.Objects = []fyne.CanvasObject{o}
		r.side.Refresh()
		r.Split.Open()
	}
	r.edited()
}

// hide puts the detail back in the place of an editor.
func (r *Records[R]) hide() {
	r.side.Objects, r.over.Objects = []fyne.CanvasObject{r.Detail}, nil
	r.side.Refresh()
	r.over.Refresh()
	r.both.Show()
	r.edited()
}

func (r *Records[R]) edited() {
	if r.Editing != nil {
		r.Editing()
	}
}

// NewForm returns a form for Begin. Saving it closes it and shows the record.
func (r *Records[R]) NewForm(o FormOptions) *Form {
	return newForm(r.Shell, r.Desk, o, r.Leave, func(f *Form, e Entry) {
		if r.editor != Editor(f) {
			return // the user has gone on meanwhile
		}
		r.Close()
		r.goHome()
		if e.Key != nil || e.To != nil {
			r.AfterNext(func() { r.showSaved(e) })
		}
	})
}

// showSaved shows what an entry recorded. The page has read it by now.
func (r *Records[R]) showSaved(e Entry) {
	if e.To != nil {
		r.lead(e.To())
	} else {
		r.ShowKey(e.Key())
	}
	if r.Home != nil && r.editor == nil {
		r.Home()
	}
}

// Editor is what is open in the place of the detail, nil for nothing.
func (r *Records[R]) Editor() Editor { return r.editor }

// Close shows the detail again in the place of a form, without asking.
func (r *Records[R]) Close() {
	if r.editor == nil {
		return
	}
	r.hold(nil)
	r.hide()
	r.DescribeSelected()
}

// Leave closes a form that the user cancelled.
func (r *Records[R]) Leave() {
	r.Close()
	if r.Home != nil {
		r.Home()
		return
	}
	r.BackToList()
}

// Save saves the open form (Ctrl+S).
func (r *Records[R]) Save() {
	if r.editor != nil {
		r.editor.Save()
	}
}

// Unsaved names the open form while something typed is not saved.
func (r *Records[R]) Unsaved() string {
	if r.editor == nil {
		return ""
	}
	return r.editor.Unsaved()
}

// KeepTyping keeps what is typed as a draft.
func (r *Records[R]) KeepTyping() error {
	if r.editor == nil {
		return nil
	}
	return r.editor.KeepTyping()
}
