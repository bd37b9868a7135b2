package effect

import (
	"context"

	"fyne.io/fyne/v2"

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
	desk  page.Desk
	form  *ui.Form
	read  func() ([]app.Step, models.Problems)
	loads page.Latest

	words, stranded *ui.Paragraph
	list            *ui.List[Row]
	object          *ui.Arranged
}

// Under puts below a form what saving it would change. share is the part of the
// height the form has where there is a list.
func Under(f *page.Form, share float32) *View {
	v := newView(f.Shell(), f.Desk(), f.Form, share, func() ([]app.Step, models.Problems) {
		entry := f.Entry()
		return entry.Steps, entry.Problems
	})
	f.Inside(v.object)
	f.Watch(v.Look)
	return v
}

func newView(shell page.Shell, desk page.Desk, form *ui.Form, share float32, read func() ([]app.Step, models.Problems)) *View {
	v := &View{shell: shell, desk: desk, form: form, read: read, words: ui.NewParagraph("", ui.Strong),
		stranded: ui.NewParagraph("", ui.Style{Bold: true, Color: ui.Warn})}
	v.list = page.NewList(shell, "判定が変わる共同指導", columns, func(r Row) string { return r.Number }, ui.ListState{}, nil)
	v.list.OnEscape = form.Escape
	v.list.OnOpened = func(r Row) {
		if r.Before != "" { // one that is not saved yet is nowhere
			shell.GoTo(page.To("算定", r.Number))
		}
	}
	v.list.Hide()
	v.stranded.Hide()
	top := ui.NewFlow(ui.GapCell, 0, ui.NewCaption("保存すると変わる判定", ui.Strong), v.words, v.stranded)
	v.object = underForm(form.Object(), top, v.list, share)
	return v
}

// Below is Under for a form that is no page.Form.
func Below(shell page.Shell, desk page.Desk, form *ui.Form, share float32, read func() ([]app.Step, models.Problems)) *View {
	v := newView(shell, desk, form, share, read)
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
	ui.SetVisible(v.stranded, stranded != "")
	ui.SetVisible(v.list, len(rows) > 0)
	v.object.Refresh()
	v.form.KeepInSight()
}

// underForm gives the form the height that the words and the list leave. A list
// of choices that is open, or a message, scrolls within the form until there is
// room for it.
func underForm(form fyne.CanvasObject, top ui.Block, list fyne.CanvasObject, share float32) *ui.Arranged {
	return ui.Arrange(func(in ui.Room) fyne.Size {
		least := form.MinSize()
		least.Width = max(least.Width, top.MinSize().Width)
		text := top.HeightFor(in.Width)
		height := max(0, in.Height-text-ui.GapField)
		if list.Visible() {
			height = min(height, in.Height*share)
			least.Width = max(least.Width, list.MinSize().Width)
		}
		in.Put(form, 0, 0, in.Width, height)
		in.Put(top, 0, height+ui.GapField, in.Width, text)
		y := height + text + 2*ui.GapField
		in.Put(list, 0, y, in.Width, max(0, in.Height-y))
		return least
	}, form, top, list)
}
