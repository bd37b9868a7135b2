package views

import (
	"cmp"
	"fmt"
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

// ClaimRow is one session in the list of the 算定 screen, its words ready.
type ClaimRow struct {
	Number    string
	Result    fee.Result
	Points    int
	On        models.Date
	PatientID string
	Name      string
	Kana      string
	Ward      string // ward name, its code when the name is not known
	Partner   string // name of the care manager
	Office    string
	Check     string // 要対応, 確定可 or ""
	Action    bool   // 要対応
	Search    string // folded text the search looks in
	Verdict   *fee.Verdict
}

// ClaimRows turns verdicts into rows, in the same order.
func ClaimRows(verdicts []fee.Verdict) []ClaimRow {
	rows := make([]ClaimRow, len(verdicts))
	for i := range verdicts {
		rows[i] = claimRow(&verdicts[i])
	}
	return rows
}

func claimRow(v *fee.Verdict) ClaimRow {
	row := ClaimRow{
		Number: v.Session.Number, Result: v.Result, Points: v.Points, On: v.Session.On,
		PatientID: v.Session.PatientID, Action: v.NeedsAction(), Verdict: v,
	}
	if v.Admission != nil {
		row.Name, row.Kana = v.Admission.Name, v.Admission.Kana
	}
	if v.Ward != nil {
		row.Ward = cmp.Or(v.Ward.Name, v.Ward.Code)
	}
	row.Partner = v.Session.CareManager
	if v.CareManager != nil {
		row.Partner = v.CareManager.Name
	}
	if v.Office != nil {
		row.Office = v.Office.Name
	}
	row.Check = verdict.Check(v)
	row.Search = claimSearch(v, row)
	return row
}

// claimSearch folds everything a person may look for. The fields are divided
// by a character that no folded query holds, so that no match spans two.
func claimSearch(v *fee.Verdict, row ClaimRow) string {
	words := []string{row.PatientID, row.Name, row.Kana, row.Ward, row.Partner, row.Office, row.Number}
	if v.CareManager != nil {
		words = append(words, v.CareManager.Kana)
	}
	if v.Office != nil {
		words = append(words, v.Office.Kana, v.Office.OfficeNumber)
	}
	for i, w := range words {
		words[i] = models.SearchKey(w)
	}
	return strings.Join(words, "\n")
}

// ClaimFilter chooses rows; its zero value chooses all.
type ClaimFilter struct {
	Ward   string // ward name
	Result string // a fee.Result, or filterAction
	Query  string // as typed
}

// filterAction is the ClaimFilter.Result that chooses what is 要対応.
const filterAction = "action"

// FilterClaims returns the rows the filter chooses, in their order. Every word
// of the query must be found; a number is found with or without its leading
// zeros.
func FilterClaims(rows []ClaimRow, f ClaimFilter) []ClaimRow {
	var words []string
	for _, w := range strings.Fields(strings.ReplaceAll(f.Query, "　", " ")) {
		if key := strings.TrimLeft(models.SearchKey(w), "0"); key != "" {
			words = append(words, key)
		}
	}
	var kept []ClaimRow
	for i := range rows {
		if f.admits(&rows[i], words) {
			kept = append(kept, rows[i])
		}
	}
	return kept
}

func (f ClaimFilter) admits(row *ClaimRow, words []string) bool {
	if f.Ward != "" && row.Ward != f.Ward {
		return false
	}
	if f.Result == filterAction && !row.Action || f.Result != "" && f.Result != filterAction && string(row.Result) != f.Result {
		return false
	}
	return !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(row.Search, w) })
}

// ClaimWards returns the wards of the rows, in order.
func ClaimWards(rows []ClaimRow) []string {
	var wards []string
	for i := range rows {
		if rows[i].Ward != "" {
			wards = append(wards, rows[i].Ward)
		}
	}
	slices.Sort(wards)
	return slices.Compact(wards)
}

// ClaimTotals counts rows.
type ClaimTotals struct {
	Count  map[fee.Result]int
	Points map[fee.Result]int
	Rows   int
	Sum    int // points of all
	Action int // 要対応
}

// TotalClaims counts the rows by result.
func TotalClaims(rows []ClaimRow) ClaimTotals {
	t := ClaimTotals{Count: map[fee.Result]int{}, Points: map[fee.Result]int{}, Rows: len(rows)}
	for i := range rows {
		t.Count[rows[i].Result]++
		t.Points[rows[i].Result] += rows[i].Points
		t.Sum += rows[i].Points
		if rows[i].Action {
			t.Action++
		}
	}
	return t
}

// String returns 「指導料2 23件 11,500点 ・ 指導料1 8件 3,200点 ・ 要対応 5件 ・ 不可 4件」;
// what is rare (旧区分, 判定保留, 算定なし) is named only when there is some.
func (t ClaimTotals) String() string {
	parts := []string{
		fmt.Sprintf("指導料2 %d件 %s", t.Count[fee.Fee2], words.Points(t.Points[fee.Fee2])),
		fmt.Sprintf("指導料1 %d件 %s", t.Count[fee.Fee1], words.Points(t.Points[fee.Fee1])),
	}
	if n := t.Count[fee.FeeLegacy]; n > 0 {
		parts = append(parts, fmt.Sprintf("旧区分 %d件 %s", n, words.Points(t.Points[fee.FeeLegacy])))
	}
	parts = append(parts, fmt.Sprintf("要対応 %d件", t.Action))
	if n := t.Count[fee.Pending]; n > 0 {
		parts = append(parts, fmt.Sprintf("判定保留 %d件", n))
	}
	parts = append(parts, fmt.Sprintf("不可 %d件", t.Count[fee.NotBillable]))
	if n := t.Count[fee.NotBilled]; n > 0 {
		parts = append(parts, fmt.Sprintf("算定なし %d件", n))
	}
	return strings.Join(parts, " ・ ")
}

// shownWords tells how much of the month the filters leave.
func shownWords(shown, all ClaimTotals) string {
	if shown.Rows == all.Rows {
		return fmt.Sprintf("全%d件 %s", all.Rows, words.Points(all.Sum))
	}
	return fmt.Sprintf("表示 %d件 %s（全%d件）", shown.Rows, words.Points(shown.Sum), all.Rows)
}

// claimColumns are the columns of the list. Their least widths together fit
// the left part of a window of 1366 pixels.
var claimColumns = []ui.Column[ClaimRow]{
	{
		ID: "date", Title: "指導日", Width: 74,
		Text: func(r ClaimRow) string { return words.ShortDate(r.On) },
		Less: byDate,
	},
	{
		ID: "result", Title: "判定", Width: 84,
		Text: func(r ClaimRow) string { return string(r.Result) },
		Tint: func(r ClaimRow) ui.Tint { return verdict.Tint(r.Result) },
		Less: func(a, b ClaimRow) bool { return resultRank(a.Result) < resultRank(b.Result) },
	},
	{ID: "id", Title: "患者ID", Width: 78, Text: func(r ClaimRow) string { return r.PatientID }},
	{
		ID: "name", Title: "氏名", Width: 88, Grow: 0.6,
		Text: func(r ClaimRow) string { return r.Name },
		Less: func(a, b ClaimRow) bool { return nameKey(a) < nameKey(b) },
	},
	{
		ID: "ward", Title: "病棟", Width: 70, Grow: 0.3,
		Text:  func(r ClaimRow) string { return r.Ward },
		Short: func(r ClaimRow) string { short, _, _ := strings.Cut(r.Ward, "（"); return short },
	},
	{
		ID: "partner", Title: "相手", Width: 74, Grow: 3,
		Text:  func(r ClaimRow) string { return words.Joined("　", r.Partner, r.Office) },
		Short: func(r ClaimRow) string { return r.Partner },
	},
	{
		ID: "points", Title: "点数", Width: 48, Align: fyne.TextAlignTrailing,
		Text: func(r ClaimRow) string { return ui.Thousands(r.Points) },
		Less: func(a, b ClaimRow) bool { return a.Points < b.Points },
	},
	{
		ID: "check", Title: "確認", Width: 56,
		Text:  func(r ClaimRow) string { return r.Check },
		Color: checkColor,
		Less:  func(a, b ClaimRow) bool { return checkRank(a) < checkRank(b) },
	},
}

func checkColor(r ClaimRow) color.Color {
	switch r.Check {
	case verdict.Action:
		return ui.Warn
	case verdict.Ready:
		return ui.Good
	}
	return ui.QuietInk
}

// checkRank puts what has to be done first.
func checkRank(r ClaimRow) int {
	return slices.Index([]string{verdict.Action, verdict.Ready, ""}, r.Check)
}

func nameKey(r ClaimRow) string { return models.SearchKey(cmp.Or(r.Kana, r.Name)) }

func byDate(a, b ClaimRow) bool {
	return cmp.Or(cmp.Compare(a.On, b.On), cmp.Compare(a.Number, b.Number)) < 0
}

func resultRank(r fee.Result) int { return slices.Index(fee.Results, r) }
