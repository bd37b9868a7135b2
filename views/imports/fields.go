package imports

import (
	"fyne.io/fyne/v2"

	"renkei/app/ledger"
	"renkei/views/ui"
)

// columnWidth is how wide the names of the columns are at the standard text size.
const columnWidth = 112

// newFieldTable shows the fields of a row below each other: the column, the value
// of the register and that of the book; of a new row the latter alone. What will
// stand in the register is bold.
func newFieldTable(fields []ledger.Field, both bool) *ui.Flow {
	columns := []ui.GridColumn{{Width: columnWidth}, {Grow: 1}}
	if both {
		columns = append(columns, ui.GridColumn{Grow: 1})
	}
	line := func(column, stored, book string, left, right ui.Style) []fyne.CanvasObject {
		if both {
			return []fyne.CanvasObject{ui.NewParagraph(column, ui.Quiet), ui.NewParagraph(stored, left), ui.NewParagraph(book, right)}
		}
		return []fyne.CanvasObject{ui.NewParagraph(column, ui.Quiet), ui.NewParagraph(book, right)}
	}
	var rows [][]fyne.CanvasObject
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
		rows = append(rows, line(f.Column, shown(f.Stored), book, left, right))
	}
	return ui.NewFlow(ui.GapCell, 0,
		ui.NewGrid(columns, 0, false, line("列", "台帳の値", "ブックの値", ui.Quiet, ui.Quiet)), ui.NewRule(),
		ui.NewTopGrid(columns, ui.GapCell, rows...))
}
