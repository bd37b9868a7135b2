package effect

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"renkei/app"
	"renkei/models"
	"renkei/views/page"
	"renkei/views/ui"
	"renkei/views/words"
)

// View shows, under a form, what saving would change, shortly after the last
// edit.
type View struct {
	shell page.Shell
	desk  page.Register
	form  *ui.Form
	read  func() ([]app.Step, models.Problems)
	loads page.Latest

	words, stranded *ui.Paragraph
	list            *ui.Register[Row]
	object          *fyne.Container
}

// Under returns a form with its effect below it. read returns the steps of
// saving, and the problems that prevent it. share is the form's part of the
// height while a list is shown.
func Under(shell page.Shell, desk page.Register, form *ui.Form, share float32, read func() ([]app.Step, models.Problems)) *View {
	v := &View{shell: shell, desk: desk, form: form, read: read, words: ui.NewParagraph("", ui.Strong),
		stranded: ui.NewParagraph("", ui.Style{Bold: true, Color: ui.Warn})}
	v.list = page.NewList(shell, "判定が変わる共同指導", columns, func(r Row) string { return r.Number }, ui.RegisterState{}, nil)
	v.list.OnEscape = form.Escape
	v.list.OnOpened = func(r Row) {
		if r.Before != "" { // a new session has no page yet
			shell.GoTo("claims", r.Number)
		}
	}
	v.list.Hide()
	v.stranded.Hide()
	top := ui.NewFlow(ui.GapCell, 0, ui.NewCaption("保存すると変わる判定", ui.Strong), v.words, v.stranded)
	v.object = container.New(underForm{share}, form.Object(), top, v.list)
	form.OnEdited = then(form.OnEdited, v.Look)
	form.OnFilled = then(form.OnFilled, v.Look)
	v.Look()
	return v
}

// then runs one function after another. first may be nil.
func then(first, next func()) func() {
	if first == nil {
		return next
	}
	return func() {
		first()
		next()
	}
}

// Object returns the form with its effect.
func (v *View) Object() fyne.CanvasObject { return v.object }

// Words returns the text above the list.
func (v *View) Words() string { return v.words.Text() }

// Rows returns the sessions listed.
func (v *View) Rows() []Row { return v.list.Rows() }

// Look works out the changes again when typing pauses.
func (v *View) Look() {
	newest := v.loads.Next()
	v.shell.After(ui.SearchDelay, func() {
		if newest() {
			v.ask(newest)
		}
	})
}

func (v *View) ask(newest func() bool) {
	steps, problems := v.read()
	if len(problems)+len(v.form.Faults()) > 0 {
		v.show("入力がそろうと、ここに出ます", "", nil)
		return
	}
	var e app.Effect
	v.shell.Do(func(ctx context.Context) (err error) {
		e, err = v.desk.Effect(ctx, steps...)
		return err
	}, func(err error) {
		switch {
		case !newest():
		case err != nil:
			v.show(models.ErrorMessage(err), "", nil)
		default:
			v.show(words.Effect(e), words.Stranded(e), Rows(e))
		}
	})
}

func (v *View) show(text, stranded string, rows []Row) {
	v.words.SetText(text)
	v.stranded.SetText(stranded)
	v.list.SetRows(rows)
	shown(v.stranded, stranded != "")
	shown(v.list, len(rows) > 0)
	v.object.Refresh()
	v.form.KeepInSight()
}

func shown(o fyne.CanvasObject, yes bool) {
	if yes {
		o.Show()
		return
	}
	o.Hide()
}

// underForm gives the form the height left by the words and the list.
type underForm struct{ share float32 }

// MinSize is called by the toolkit.
func (underForm) MinSize(objects []fyne.CanvasObject) fyne.Size {
	size := objects[0].MinSize()
	for _, o := range objects[1:] {
		if o.Visible() {
			size.Width = max(size.Width, o.MinSize().Width)
		}
	}
	return size
}

// Layout is called by the toolkit. An open list of choices or a message scrolls
// within the form until there is room for it.
func (l underForm) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	top, list := objects[1], objects[2]
	text := top.MinSize().Height
	if b, ok := top.(ui.Block); ok {
		text = b.HeightFor(size.Width)
	}
	form := max(0, size.Height-text-ui.GapField)
	if list.Visible() {
		form = min(form, size.Height*l.share)
	}
	place := func(o fyne.CanvasObject, y, height float32) {
		o.Move(fyne.NewPos(0, y))
		o.Resize(fyne.NewSize(size.Width, max(0, height)))
	}
	place(objects[0], 0, form)
	place(top, form+ui.GapField, text)
	y := form + text + 2*ui.GapField
	place(list, y, size.Height-y)
}
