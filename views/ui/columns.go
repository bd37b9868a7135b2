package ui

import (
	"cmp"
	"image/color"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
)

// Column defines one column of a List. Rows are flat structs with their
// display strings ready; a column only picks.
type Column[T any] struct {
	ID    string // for remembering order, width and choice; not shown
	Title string
	// Width is the least width in pixels at the standard text size.
	Width float32
	// Grow is the share of the width left over; 0 keeps the column at Width.
	Grow  float32
	Align fyne.TextAlign
	// Text is what the cell shows and what is copied.
	Text func(T) string
	// Short is shown where Text does not fit and only a few characters more
	// than Short would; nil always shortens Text.
	Short func(T) string
	// Less orders two rows; nil orders by Text.
	Less func(a, b T) bool
	// Tint shows the cell as a badge; an empty word shows nothing.
	Tint func(T) Tint
	// Color gives the text a colour; nil is Ink.
	Color func(T) color.Color
	Bold  bool
	// Off keeps the column out of sight until the user chooses it.
	Off bool
	// Find returns the search key (models.SearchKey) typing looks for in rows
	// sorted by the column; nil is not typed into. The key must be ready made.
	Find func(T) string
	// Sum returns what the foot shows under the column for the rows in the
	// list, or for those selected when there are several.
	Sum func([]T) string
}

// SortBy orders rows in place by a column, rows that compare equal keeping
// their order, so that sorting by a second column keeps the first within it.
func SortBy[T any](rows []T, column Column[T], descending bool) {
	if inOrder(rows, &column, descending) {
		return // as rows mostly come from a page
	}
	compare := compareBy(rows, &column)
	if descending {
		up := compare
		compare = func(a, b int) int { return up(b, a) }
	}
	// Places are sorted, not rows, which are long; and a place settles a tie,
	// which is quicker than a sort that keeps the order by itself.
	places := make([]int, len(rows))
	for i := range places {
		places[i] = i
	}
	slices.SortFunc(places, func(a, b int) int {
		if c := compare(a, b); c != 0 {
			return c
		}
		return cmp.Compare(a, b)
	})
	before := slices.Clone(rows)
	for i, place := range places {
		rows[i] = before[place]
	}
}

func inOrder[T any](rows []T, column *Column[T], descending bool) bool {
	less := column.Less
	if less == nil {
		less = func(a, b T) bool { return column.Text(a) < column.Text(b) }
	}
	for i := 1; i < len(rows); i++ {
		first, second := rows[i-1], rows[i]
		if descending {
			first, second = second, first
		}
		if less(second, first) {
			return false
		}
	}
	return true
}

// compareBy compares the rows at two places by the column.
func compareBy[T any](rows []T, column *Column[T]) func(a, b int) int {
	if column.Less == nil {
		texts := make([]string, len(rows))
		for i, row := range rows {
			texts[i] = column.Text(row)
		}
		return func(a, b int) int { return cmp.Compare(texts[a], texts[b]) }
	}
	return func(a, b int) int {
		switch {
		case column.Less(rows[a], rows[b]):
			return -1
		case column.Less(rows[b], rows[a]):
			return 1
		}
		return 0
	}
}

// TSV returns rows as tab-separated text with a header line, the form
// spreadsheets take from the clipboard. Text that a spreadsheet would take for
// a formula gets a leading apostrophe.
func TSV[T any](columns []Column[T], rows []T) string {
	var b strings.Builder
	for i := range columns {
		writeTSV(&b, i, columns[i].Title)
	}
	b.WriteString("\r\n")
	for _, row := range rows {
		for i := range columns {
			writeTSV(&b, i, columns[i].Text(row))
		}
		b.WriteString("\r\n")
	}
	return b.String()
}

func writeTSV(b *strings.Builder, column int, text string) {
	if column > 0 {
		b.WriteByte('\t')
	}
	if text != "" && strings.ContainsRune("=+-@", rune(text[0])) {
		b.WriteByte('\'')
	}
	b.WriteString(oneLine(text))
}

// columnWidth is how wide a column is at least, and its share of what is left.
type columnWidth struct{ least, grow float32 }

// columnSpans returns the left edge and width of each column of a list of
// a width. lead is kept free before the first. Columns that
// together are too wide give way, each in its proportion.
func columnSpans(columns []columnWidth, lead, width float32) []span {
	spans := make([]span, len(columns))
	fixed, grow := float32(0), float32(0)
	for _, c := range columns {
		fixed += c.least
		grow += c.grow
	}
	rest := width - scrollSide - lead - fixed
	x := lead
	for i, c := range columns {
		spans[i] = span{x, c.least}
		switch {
		case rest < 0 && width > 0 && fixed > 0:
			spans[i].width += rest * c.least / fixed
		case rest > 0 && grow > 0:
			spans[i].width += rest * c.grow / grow
		}
		x += spans[i].width
	}
	return spans
}

// scrollSide is kept free for the scroll bar at the right of the rows.
const scrollSide = 8

type span struct{ x, width float32 }

// spanAt returns the column at x, or −1.
func spanAt(spans []span, x float32) int {
	i, found := slices.BinarySearchFunc(spans, x, func(s span, x float32) int { return cmp.Compare(s.x, x) })
	if !found {
		i--
	}
	if i < 0 || i >= len(spans) || x >= spans[i].x+spans[i].width {
		return -1
	}
	return i
}
