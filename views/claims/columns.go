package claims

import (
	"cmp"
	"image/color"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"renkei/models"
	"renkei/models/fee"
	"renkei/views/ui"
	"renkei/views/verdict"
	"renkei/views/words"
)

// columns are the columns of the list. Their least widths fit into the left part
// of a window of 1366 pixels.
var columns = []ui.Column[Row]{
	{
		ID: "date", Title: "指導日", Width: 70, Grow: 0.2,
		Text:  func(r Row) string { return words.ShortDate(r.On) },
		Short: func(r Row) string { day, _, _ := strings.Cut(words.ShortDate(r.On), " "); return day },
		Less:  byDate,
	},
	{
		ID: "result", Title: "判定", Width: 84,
		Text: func(r Row) string { return string(r.Result) },
		Tint: func(r Row) ui.Tint { return verdict.Tint(r.Result) },
		Less: func(a, b Row) bool { return resultRank(a.Result) < resultRank(b.Result) },
	},
	{ID: "id", Title: "患者ID", Width: 78, Text: func(r Row) string { return r.PatientID }},
	{
		ID: "name", Title: "氏名", Width: 84, Grow: 0.6,
		Text: func(r Row) string { return r.Name },
		Less: func(a, b Row) bool { return nameKey(a) < nameKey(b) },
	},
	{
		ID: "ward", Title: "病棟", Width: 68, Grow: 0.3,
		Text:  func(r Row) string { return r.Ward },
		Short: func(r Row) string { short, _, _ := strings.Cut(r.Ward, "（"); return short },
	},
	{
		ID: "partner", Title: "相手", Width: 78, Grow: 3,
		Text:  func(r Row) string { return words.Joined("　", r.Partner, r.Office) },
		Short: func(r Row) string { return r.Partner },
	},
	{
		ID: "points", Title: "点数", Width: 58, Align: fyne.TextAlignTrailing,
		Text:  pointsWords,
		Color: pointsColor,
		Less:  func(a, b Row) bool { return a.Points < b.Points },
	},
	{
		ID: "record", Title: "記録", Width: 42, Align: fyne.TextAlignCenter,
		Text:  func(r Row) string { return r.Record },
		Color: recordColor,
	},
	{
		ID: "check", Title: "確定", Width: 58,
		Text:  func(r Row) string { return r.Check },
		Color: checkColor,
		Less:  func(a, b Row) bool { return checkRank(a) < checkRank(b) },
	},
	{ID: "confirmed", Title: "確定した日・人", Width: 150, Off: true, Text: confirmedWords},
}

// pointsWords returns the points as judged now. If others were confirmed, it
// returns both.
func pointsWords(r Row) string {
	if r.Differs() {
		return ui.Thousands(r.Confirmed.Points) + "→" + ui.Thousands(r.Points)
	}
	return ui.Thousands(r.Points)
}

func pointsColor(r Row) color.Color {
	if r.Differs() {
		return ui.Bad
	}
	return ui.Ink
}

func checkColor(r Row) color.Color {
	switch r.Check {
	case verdict.Action:
		return ui.Warn
	case verdict.Differs:
		return ui.Bad
	case verdict.Done:
		return ui.Good
	case verdict.Ready:
		return ui.Accent
	}
	return ui.QuietInk
}

// recordColor marks a recorded 算定区分 that the verdict contradicts.
func recordColor(r Row) color.Color {
	if r.Verdict.Warned("W7") {
		return ui.Bad
	}
	return ui.Ink
}

// checkRank sorts the sessions that need work to the top.
func checkRank(r Row) int {
	return slices.Index([]string{verdict.Action, verdict.Differs, verdict.Ready, verdict.Done, ""}, r.Check)
}

func nameKey(r Row) string { return models.SearchKey(cmp.Or(r.Kana, r.Name)) }

func byDate(a, b Row) bool {
	return cmp.Or(cmp.Compare(a.On, b.On), cmp.Compare(a.Number, b.Number)) < 0
}

func resultRank(r fee.Result) int { return slices.Index(fee.Results, r) }
