package imports

import (
	"fmt"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"renkei/app/ledger"
	"renkei/views/ui"
)

// detail shows the selected line, value by value.
type detail struct {
	p          *Preview
	page       *ui.Detail
	entry      *Entry
	stay, book *ui.Button
}

func (d *detail) build(p *Preview) {
	d.p, d.page = p, ui.NewDetail()
	d.stay = ui.NewButton("", func() { d.decide(false) })
	d.book = ui.NewButton("", func() { d.decide(true) })
	for _, b := range []*ui.Button{d.stay, d.book} {
		b.OnEscape = d.back
	}
}

func (d *detail) decide(book bool) { d.p.decide([]*ledger.Row{d.entry.Row}, book) }

// enter gives the keyboard to the choice, if there is one.
func (d *detail) enter() {
	if d.entry != nil && d.entry.Kinds[0] == Conflict {
		if d.p.chosen[d.entry.Row.RowKey] {
			d.p.shell.Canvas().Focus(d.book)
		} else {
			d.p.shell.Canvas().Focus(d.stay)
		}
	}
}

func (d *detail) back() {
	d.p.split.Close()
	d.p.shell.Canvas().Focus(d.p.list)
}

func (d *detail) show(e *Entry) {
	d.entry = e
	if e == nil {
		d.page.Set()
		return
	}
	if e.Row == nil {
		d.page.Set(ui.NewParagraph(e.Sheet, ui.Strong), ui.NewParagraph(e.What, ui.Plain))
		return
	}
	row := e.Row
	objects := []fyne.CanvasObject{
		ui.NewParagraph(fmt.Sprintf("%s %s行", row.Sheet, ui.Thousands(row.Number)), ui.Quiet),
		ui.NewParagraph(joined(row.Key, row.Name), ui.Style{Bold: true, Size: ui.SubHeadingSize}),
	}
	if e.Kinds[0] == Conflict {
		objects = append(objects, d.choice(row)...)
	}
	objects = append(objects, ui.NewParagraph(e.What, ui.Plain))
	if slices.Contains(e.Kinds, Emptied) {
		objects = append(objects, ui.NewParagraph("登録されている値を残すときは、いったんやめて、ブックからその列を除いてから読み込みます。", ui.Quiet))
	}
	d.page.Set(append(objects, d.table(row))...)
}

func joined(key, name string) string {
	if name == "" {
		return key
	}
	return key + "　" + name
}

// table shows the values that differ. If none does, it shows all of the book.
func (d *detail) table(row *ledger.Row) fyne.CanvasObject {
	if len(row.Fields) > 0 {
		return newFieldTable(row.Fields, true)
	}
	return newFieldTable(d.p.found.Plan.Values(*row), false)
}

// choice asks whether the book or the register decides.
func (d *detail) choice(row *ledger.Row) []fyne.CanvasObject {
	why := "書き出したあと、台帳でもブックでも変更されています。どちらを残すか選んでください。"
	if !d.p.found.Plan.Based {
		why = "人が台帳で変更した記録です。ブックがその前のものか後のものか分からないため、どちらを残すか選んでください。"
	}
	words := [2]string{"台帳のまま", "ブックの値にする"}
	chosen := 0
	if d.p.chosen[row.RowKey] {
		chosen = 1
	}
	for i, b := range []*ui.Button{d.stay, d.book} {
		b.Text, b.Importance = words[i], widget.MediumImportance
		if i == chosen {
			b.Text, b.Importance = "✓ "+words[i], widget.HighImportance
		}
		b.Refresh()
	}
	return []fyne.CanvasObject{ui.NewWrap(d.stay, d.book), ui.NewParagraph(why, ui.Quiet)}
}
