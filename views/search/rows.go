package search

import (
	"fmt"
	"image/color"

	"renkei/views/page"
	"renkei/views/ui"
)

// Row is a line of the results: something found, or what opens and folds the
// rest of its group.
type Row struct {
	At     int    // its place in the list
	Kind   string // the group with its count, in the first row of it
	Title  string
	Kana   string
	Detail string
	Group  string
	More   bool        // opens or folds the group
	To     page.Target // what was found
}

// ID names the row.
func (r Row) ID() string {
	if r.More {
		return r.Group
	}
	return r.Group + "/" + r.To.Key
}

func limitOf(open bool) int {
	if open {
		return mostRows
	}
	return fewRows
}

func countWords(n int) string {
	if n > mostRows+1 {
		return fmt.Sprintf("%d件以上", mostRows)
	}
	return fmt.Sprintf("%d件", n)
}

// moreRow stands under a group of which not all is shown, or that was opened.
func moreRow(at int, group string, n int, open bool) Row {
	text := fmt.Sprintf("ほか %d件（Enterで表示）", n-fewRows)
	switch {
	case open && n > mostRows+1:
		text = fmt.Sprintf("%d件まで表示しています。続けて入力すると絞れます（Enterで少なく表示）", mostRows)
	case open:
		text = "少なく表示"
	case n > mostRows+1:
		text = fmt.Sprintf("ほか %d件以上（Enterで表示）", mostRows-fewRows)
	}
	return Row{At: at, Title: text, Group: group, More: true}
}

// columns of the results, which stand in their own order: what is best first.
var columns = []ui.Column[Row]{
	{ID: "kind", Title: "種類", Width: 156, Text: func(r Row) string { return r.Kind }, Less: inOrder, Color: accent},
	{ID: "title", Title: "名前・番号", Width: 220, Grow: 0.5, Text: func(r Row) string { return r.Title }, Less: inOrder, Color: titleColor},
	{ID: "kana", Title: "よみ", Width: 150, Grow: 0.3, Text: func(r Row) string { return r.Kana }, Less: inOrder, Color: quiet},
	{ID: "detail", Title: "詳しく", Width: 300, Grow: 1, Text: func(r Row) string { return r.Detail }, Less: inOrder},
}

func inOrder(a, b Row) bool { return a.At < b.At }

func accent(Row) color.Color { return ui.Accent }
func quiet(Row) color.Color  { return ui.QuietInk }

func titleColor(r Row) color.Color {
	if r.More {
		return ui.QuietInk
	}
	return ui.Ink
}
