package imports

import (
	"fyne.io/fyne/v2"

	"renkei/app/ledger"
	"renkei/views/ui"
)

// columnWidth is the width of the column names at the standard text size.
const columnWidth = 112

// newFieldTable lists the fields of a row: the column, the value in the register
// and the value in the book. A new row has only the latter. The value that will be
// in the register is bold.
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
