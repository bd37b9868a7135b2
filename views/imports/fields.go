package imports

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"renkei/app/ledger"
	"renkei/views/ui"
)

// fieldTable shows the fields of a row below each other: the column, the value
// of the register and that of the book; of a new row the latter alone. What will
// stand in the register is bold.
type fieldTable struct {
	widget.BaseWidget
	rows [][]*ui.Paragraph
	rule fyne.CanvasObject
}

var (
	_ fyne.Widget = (*fieldTable)(nil)
	_ ui.Block    = (*fieldTable)(nil)
)

func newFieldTable(fields []ledger.Field, both bool) *fieldTable {
	t := &fieldTable{rule: ui.NewRule()}
	add := func(column string, stored, book string, left, right ui.Style) {
		row := []*ui.Paragraph{ui.NewParagraph(column, ui.Quiet)}
		if both {
			row = append(row, ui.NewParagraph(stored, left))
		}
		t.rows = append(t.rows, append(row, ui.NewParagraph(book, right)))
	}
	add("列", "台帳の値", "ブックの値", ui.Quiet, ui.Quiet)
	for _, f := range fields {
		left, right := ui.Quiet, ui.Quiet
		if f.Taken {
			right = ui.Strong
		} else {
			left = ui.Strong
		}
		if f.Empties() {
			right.Color = ui.Warn
		}
		book := shown(f.Book)
		if both {
			book = "→ " + book
		}
		add(f.Column, shown(f.Stored), book, left, right)
	}
	t.ExtendBaseWidget(t)
	return t
}

const columnWidth = 120

// HeightFor returns the height of all rows at a width.
func (t *fieldTable) HeightFor(width float32) float32 { return t.place(width, false) }

// place walks through the rows and returns their height; move puts them there.
func (t *fieldTable) place(width float32, move bool) float32 {
	first := min(ui.Scaled(columnWidth), width/3)
	y := float32(0)
	for i, row := range t.rows {
		rest := (width - first) / float32(len(row)-1)
		height := float32(0)
		for c, cell := range row {
			x, w := float32(0), first
			if c > 0 {
				x, w = first+float32(c-1)*rest, rest
			}
			w -= ui.GapField
			height = max(height, cell.HeightFor(w))
			if move {
				cell.Move(fyne.NewPos(x, y))
				cell.Resize(fyne.NewSize(w, cell.HeightFor(w)))
			}
		}
		y += height + ui.GapCell
		if i == 0 {
			if move {
				t.rule.Move(fyne.NewPos(0, y))
				t.rule.Resize(fyne.NewSize(width, ui.RuleThickness))
			}
			y += ui.RuleThickness + ui.GapCell
		}
	}
	return y
}

// CreateRenderer is called by the toolkit.
func (t *fieldTable) CreateRenderer() fyne.WidgetRenderer { return &fieldRenderer{t} }

type fieldRenderer struct{ t *fieldTable }

func (r *fieldRenderer) Destroy()           {}
func (r *fieldRenderer) Layout(s fyne.Size) { r.t.place(s.Width, true) }
func (r *fieldRenderer) Refresh()           { r.Layout(r.t.Size()); canvas.Refresh(r.t) }

func (r *fieldRenderer) MinSize() fyne.Size {
	least := ui.Scaled(columnWidth) + 120
	return fyne.NewSize(least, r.t.HeightFor(max(least, r.t.Size().Width)))
}

func (r *fieldRenderer) Objects() []fyne.CanvasObject {
	objects := []fyne.CanvasObject{r.t.rule}
	for _, row := range r.t.rows {
		for _, cell := range row {
			objects = append(objects, cell)
		}
	}
	return objects
}
