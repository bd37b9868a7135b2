package page

import (
	"path/filepath"

	"fyne.io/fyne/v2"

	"renkei/app"
	"renkei/views/ui"
	"renkei/views/words"
)

// CopyColumns are the columns of a list of copies: when each was made and how
// much is in it, in all and of some sheets.
func CopyColumns(sheets ...string) []ui.Column[app.Copy] {
	columns := []ui.Column[app.Copy]{
		{ID: "at", Title: "とった日時", Width: 138, Text: app.Copy.When, Less: func(a, b app.Copy) bool { return a.At.After(b.At) }},
		count("records", "件数", app.Copy.Records, 64),
	}
	for _, sheet := range sheets {
		columns = append(columns, count(sheet, sheet, func(c app.Copy) int { return c.Content.Of(sheet) }, 70))
	}
	return append(columns,
		ui.Column[app.Copy]{ID: "size", Title: "大きさ", Width: 84, Align: fyne.TextAlignTrailing,
			Text: func(c app.Copy) string { return words.Size(c.Size) }, Less: func(a, b app.Copy) bool { return a.Size < b.Size }},
		ui.Column[app.Copy]{ID: "name", Title: "控え", Width: 180, Grow: 1, Text: func(c app.Copy) string { return filepath.Base(c.Path) }})
}

// count is a column of a number, 「？」 for a copy that cannot be read.
func count(id, title string, of func(app.Copy) int, width float32) ui.Column[app.Copy] {
	return ui.Column[app.Copy]{ID: id, Title: title, Width: width, Align: fyne.TextAlignTrailing,
		Text: func(c app.Copy) string {
			if c.Fault != nil {
				return "？"
			}
			return ui.Thousands(of(c))
		},
		Less: func(a, b app.Copy) bool { return of(a) < of(b) },
	}
}
