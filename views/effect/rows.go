// Package effect shows, under a form, which verdicts saving it would change. A
// page calls Under. app.Effect works the changes out; their words are in
// views/words.
package effect

import (
	"cmp"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"renkei/app"
	"renkei/models"
	"renkei/models/fee"
	"renkei/views/ui"
	"renkei/views/verdict"
	"renkei/views/words"
)

// Row is one session whose verdict would change.
type Row struct {
	Number  string
	On      models.Date
	Patient string
	Bound   string // 確定済, 締め済 or ""
	Before  fee.Result
	After   fee.Result
	Points  string // 「500→0点」
	Change  int    // of the points
	Why     string // the new reason, or what to check again
	again   bool   // result and points stay the same
}

// Rows returns the changes by day: confirmed and closed sessions whose result
// changes, then others, then those that keep their result.
func Rows(e app.Effect) []Row {
	rows := make([]Row, len(e.Changes))
	for i, c := range e.Changes {
		v := c.Verdict()
		rows[i] = Row{Number: v.Session.Number, On: v.Session.On, Patient: words.Patient(v), Before: c.Before.Result, After: c.After.Result,
			Points: words.Turned(c.Before.Points, c.After.Points), Change: c.After.Points - c.Before.Points, Why: why(c), again: !c.Reclassified()}
		switch {
		case c.Confirmation != nil:
			rows[i].Bound = "確定済"
		case c.Closed != 0:
			rows[i].Bound = "締め済"
		}
	}
	slices.SortStableFunc(rows, func(a, b Row) int {
		place := func(r Row) int {
			switch {
			case r.again:
				return 2
			case r.Bound == "":
				return 1
			}
			return 0
		}
		return cmp.Or(cmp.Compare(place(a), place(b)), cmp.Compare(a.On, b.On))
	})
	return rows
}

// why returns the new reason, else the warnings that are added or removed.
func why(c app.VerdictChange) string {
	if c.Reclassified() || c.Before.Reason != c.After.Reason {
		return c.After.Reason
	}
	var lines []string
	for _, w := range c.After.Warnings {
		if !slices.Contains(c.Before.Warnings, w) {
			lines = append(lines, "加わる: "+w.Text)
		}
	}
	for _, w := range c.Before.Warnings {
		if !slices.Contains(c.After.Warnings, w) {
			lines = append(lines, "なくなる: "+w.Text)
		}
	}
	return strings.Join(lines, " ・ ")
}

var columns = []ui.Column[Row]{
	{ID: "order", Title: "指導日", Width: 92, Text: func(r Row) string { return r.On.String() },
		Less: func(Row, Row) bool { return false }}, // in the given order
	{ID: "patient", Title: "患者", Width: 140, Grow: 0.5, Text: func(r Row) string { return r.Patient }},
	{ID: "bound", Title: "状態", Width: 60, Text: func(r Row) string { return r.Bound }},
	{ID: "before", Title: "いま", Width: 80, Text: func(r Row) string { return string(r.Before) }, Tint: func(r Row) ui.Tint { return tint(r.Before) }},
	{ID: "after", Title: "変更後", Width: 80, Text: func(r Row) string { return string(r.After) }, Tint: func(r Row) ui.Tint { return tint(r.After) }},
	{ID: "points", Title: "点数", Width: 104, Align: fyne.TextAlignTrailing, Text: func(r Row) string { return r.Points },
		Less: func(a, b Row) bool { return a.Change < b.Change }},
	{ID: "why", Title: "変わること", Width: 120, Grow: 2, Text: func(r Row) string { return r.Why }},
}

// tint returns the badge of a result, or none for a missing session.
func tint(r fee.Result) ui.Tint {
	if r == "" {
		return ui.Tint{Word: "―", Color: ui.QuietInk}
	}
	return verdict.Tint(r)
}
