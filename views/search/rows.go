package search

import (
	"fmt"
	"image/color"

	"renkei/views/page"
	"renkei/views/ui"
)

// Row is one line of the results: a record, or the line that opens or folds the
// rest of its group.
type Row struct {
	At     int    // its index in the list
	Kind   string // group and count, in its first row
	Title  string
	Kana   string
	Detail string
	Group  string
	More   bool        // opens or folds the group
	To     page.Target // what was found
}

// ID identifies the row.
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

// moreRow returns the line that opens or folds a group with more results.
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

// columns of the results, which cannot be sorted: the best come first. Shared
// by all lists: never change it.
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
