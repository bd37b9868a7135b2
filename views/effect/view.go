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

// view shows, under a form, what saving would change, shortly after the last
// edit.
type view struct {
	form  *page.Form
	loads page.Latest

	words, stranded *ui.Paragraph
	list            *ui.List[Row]
	object          *ui.Arranged
}

// Under puts below a form what saving it would change, and returns both. share
// is the part of the height the form has where there is a list.
func Under(f *page.Form, share float32) fyne.CanvasObject {
	v := &view{form: f, words: ui.NewParagraph("", ui.Strong), stranded: ui.NewParagraph("", ui.Style{Bold: true, Color: ui.Warn})}
	v.list = page.NewList(f.Shell(), "判定が変わる共同指導", columns, func(r Row) string { return r.Number }, ui.ListState{}, nil)
	v.list.OnEscape = f.Escape
	v.list.OnOpened = func(r Row) {
		if r.Before != "" { // one that is not saved yet is nowhere
			f.Shell().GoTo(page.To("算定", r.Number))
		}
	}
	v.list.Hide()
	v.stranded.Hide()
	top := ui.NewFlow(ui.GapCell, 0, ui.NewCaption("保存すると変わる判定", ui.Strong), v.words, v.stranded)
	v.object = underForm(f.Form.Object(), top, v.list, share)
	f.Inside(v.object)
	f.Watch(v.look)
	return v.object
}

// look works out the changes again when typing pauses.
func (v *view) look() {
	newest := v.loads.Next()
	v.form.Shell().After(ui.SearchDelay, func() {
		if newest() {
			v.ask(newest)
		}
	})
}

func (v *view) ask(newest func() bool) {
	entry := v.form.Entry()
	if len(entry.Problems)+len(v.form.Faults()) > 0 {
		v.show("入力がそろうと、ここに出ます", "", nil)
		return
	}
	var e app.Effect
	v.form.Shell().Do(func(ctx context.Context) (err error) {
		e, err = v.form.Desk().Effect(ctx, entry.Steps...)
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

func (v *view) show(text, stranded string, rows []Row) {
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
