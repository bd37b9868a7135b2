// Package imports is the preview of a ledger book: what importing it would do. The
// user decides conflicts in it and starts the import. rows.go turns a plan into
// lines and knows no window; preview.go is the preview. The plan itself comes from
// app/ledger; the page that reads a book and lists the imports is views/ledger.
package imports

import (
	"fmt"
	"slices"
	"strings"

	"renkei/app/ledger"
	"renkei/views/ui"
)

// Kind is what the import does with a row.
type Kind int

// The kinds. Those that need a decision come first.
const (
	Conflict Kind = iota // both sides changed it
	Emptied              // a value would become blank
	Closed               // confirmed, or in a closed month: it stays
	Changed
	Added
	Newer // only the register changed it: it stays
	Gone  // deleted in the register: it stays so
	Note  // a remark from reading the book
	Same
	All
)

var kindLooks = [All + 1]ui.Tint{
	{Word: "両方で変更", Color: ui.Bad}, {Word: "空欄になる", Color: ui.Warn}, {Word: "確定・締め", Color: ui.Hold},
	{Word: "変更", Color: ui.Accent}, {Word: "新規", Color: ui.Good}, {Word: "台帳で変更", Color: ui.QuietInk},
	{Word: "削除済み", Color: ui.QuietInk}, {Word: "気づき", Color: ui.QuietInk}, {Word: "変更なし", Color: ui.QuietInk},
	{Word: "すべて"},
}

// Look is the kind's word and colour.
func (k Kind) Look() ui.Tint { return kindLooks[k] }

// Entry is one line of the preview.
type Entry struct {
	At    int // its place in the list
	Key   string
	Kinds []Kind // at least one, the first decides its place
	Row   *ledger.Row
	Sheet string
	Count int // rows of the book it stands for
	What  string
}

// Entries turns a plan into lines, by kind and in the order of the book. Rows that
// change nothing make one line per sheet.
func Entries(plan *ledger.Plan) []*Entry {
	entries := make([]*Entry, 0, len(plan.Rows)+len(plan.Notes))
	for i := range plan.Rows {
		row := &plan.Rows[i]
		entries = append(entries, &Entry{
			Key: row.Sheet + "/" + row.Key, Kinds: kindsOf(row), Row: row, Sheet: row.Sheet, Count: 1, What: what(row),
		})
	}
	for i, note := range plan.Notes {
		entries = append(entries, &Entry{Key: fmt.Sprint("note/", i), Kinds: []Kind{Note}, Count: 1, What: note})
	}
	for _, sheet := range ledger.SheetNames() {
		if n := plan.Same[sheet]; n > 0 {
			entries = append(entries, &Entry{Key: "same/" + sheet, Kinds: []Kind{Same}, Sheet: sheet, Count: n,
				What: ui.Thousands(n) + "行は登録と同じです"})
		}
	}
	slices.SortStableFunc(entries, func(a, b *Entry) int { return int(a.Kinds[0] - b.Kinds[0]) })
	for i := range entries {
		entries[i].At = i
	}
	return entries
}

func kindsOf(row *ledger.Row) []Kind {
	var kinds []Kind
	for _, k := range []struct {
		kind Kind
		is   bool
	}{
		{Conflict, row.Contested()},
		{Emptied, row.Closed == "" && slices.ContainsFunc(row.Fields, ledger.Field.Empties)},
		{Closed, row.Closed != ""},
		{Changed, row.Written() && row.Outcome == ledger.Changed},
		{Added, row.Written() && row.Outcome == ledger.New},
		{Newer, row.Outcome == ledger.Newer},
		{Gone, row.Outcome == ledger.Gone},
	} {
		if k.is {
			kinds = append(kinds, k.kind)
		}
	}
	return kinds
}

// TakesBook reports whether the book decides a row that both sides changed.
func TakesBook(row *ledger.Row) bool {
	if row.Deleted {
		return row.Outcome == ledger.New
	}
	return slices.ContainsFunc(row.Fields, func(f ledger.Field) bool { return f.Conflict && f.Taken })
}

// what says in one line what happens to a row.
func what(row *ledger.Row) string {
	if row.Closed != "" {
		return "台帳のまま。" + row.Closed
	}
	switch row.Outcome {
	case ledger.New:
		if row.Deleted {
			return "台帳では削除されています。ブックの内容でもう一度登録します"
		}
		return "新しく登録します"
	case ledger.Newer:
		return "書き出したあとに台帳だけで変わりました。台帳のまま残します"
	case ledger.Gone:
		return "書き出したあとに台帳で削除されました。削除したままにします"
	}
	if row.Deleted {
		return "台帳では削除されています。ブックにはありますが、削除したままにします"
	}
	return changes(row)
}

// changes names the columns of a row that are taken, emptied and left.
func changes(row *ledger.Row) string {
	var left, chosen, emptied, changed []string
	for _, f := range row.Fields {
		switch {
		case !f.Taken:
			left = append(left, f.Column)
		case f.Empties():
			emptied = append(emptied, f.Column)
		case f.Conflict:
			chosen = append(chosen, f.Column)
		default:
			changed = append(changed, f.Column)
		}
	}
	if len(row.Fields) == 1 && len(changed) == 1 {
		f := row.Fields[0]
		return fmt.Sprintf("%s：%s → %s", f.Column, shown(f.Stored), shown(f.Book))
	}
	var parts []string
	for _, part := range []struct {
		columns []string
		words   string
	}{
		{left, "%sは台帳のまま"}, {chosen, "%sはブックの値にする"}, {emptied, "%sを空欄にする"}, {changed, "%sを変える"},
	} {
		if len(part.columns) > 0 {
			parts = append(parts, fmt.Sprintf(part.words, strings.Join(part.columns, "・")))
		}
	}
	return strings.Join(parts, "、")
}

// shown formats a value of a field.
func shown(value string) string {
	if value == "" {
		return "（空欄）"
	}
	return value
}

// Lines returns entries for a text file, one line per value: 「シート 行 列: …」.
func Lines(entries []*Entry) []string {
	var lines []string
	for _, e := range entries {
		if e.Row == nil {
			lines = append(lines, strings.TrimSpace(e.Sheet+" "+e.What))
			continue
		}
		lines = append(lines, fmt.Sprintf("%s %d %s: %s（%s）", e.Sheet, e.Row.Number, e.Row.Key, e.What, e.Kinds[0].Look().Word))
		for _, f := range e.Row.Fields {
			lines = append(lines, fmt.Sprintf("%s %d %s: 台帳「%s」 ブック「%s」", e.Sheet, e.Row.Number, f.Column, shown(f.Stored), shown(f.Book)))
		}
	}
	return lines
}

// Counts returns the number of rows of each kind. A row of several kinds counts
// in each, and once in All.
func Counts(entries []*Entry) [All + 1]int {
	var counts [All + 1]int
	for _, e := range entries {
		for _, k := range e.Kinds {
			counts[k] += e.Count
		}
		if e.Kinds[0] != Note {
			counts[All] += e.Count
		}
	}
	return counts
}

// Filtered returns the lines of a kind and a sheet; "" is every sheet.
func Filtered(entries []*Entry, kind Kind, sheet string) []*Entry {
	if kind == All && sheet == "" {
		return entries
	}
	var found []*Entry
	for _, e := range entries {
		if (kind == All || slices.Contains(e.Kinds, kind)) && (sheet == "" || e.Sheet == sheet) {
			found = append(found, e)
		}
	}
	return found
}

// Sheets returns the sheets that have lines, in the order of the book.
func Sheets(entries []*Entry) []string {
	has := make(map[string]bool)
	for _, e := range entries {
		has[e.Sheet] = true
	}
	return slices.DeleteFunc(ledger.SheetNames(), func(name string) bool { return !has[name] })
}

// Left returns what an import leaves unchanged, and the remarks from reading the
// book: 「シート 行 列: 理由」.
func Left(plan *ledger.Plan) []string {
	var lines []string
	for i := range plan.Rows {
		row := &plan.Rows[i]
		line := func(column, reason string) {
			lines = append(lines, ledger.Issue{Sheet: row.Sheet, Row: row.Number, Column: column, Reason: reason}.String())
		}
		switch {
		case row.Closed != "", row.Outcome == ledger.Gone, row.Outcome == ledger.Newer, row.Deleted && !TakesBook(row):
			line("行全体", what(row)+"（"+row.Key+"）")
			continue
		}
		for _, f := range row.Fields {
			if f.Conflict && !f.Taken {
				line(f.Column, fmt.Sprintf("台帳の値「%s」のままにしました。ブックの値は「%s」です（%s）", shown(f.Stored), shown(f.Book), row.Key))
			}
		}
	}
	return append(lines, plan.Notes...)
}
