package claims

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"renkei/app"
	"renkei/models"
	"renkei/models/fee"
	"renkei/views/verdict"
	"renkei/views/words"
)

// Row is one session in the list.
type Row struct {
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
	Record    string // 算定区分 as recorded: 1, 2, 旧, なし or ""
	Check     string // 要対応, 相違, 確定済, 確定可 or ""
	Action    bool   // 要対応
	Search    string // folded text the search looks in
	Verdict   *fee.Verdict
	// Confirmed is what 医事課 confirmed, nil if it has not.
	Confirmed *models.Confirmation
}

// Ready reports whether the session can be confirmed and has not been.
func (r Row) Ready() bool { return r.Confirmed == nil && r.Verdict.Confirmable() }

// Open reports whether the session earns points and is not confirmed. A closing
// leaves it unconfirmed.
func (r Row) Open() bool { return r.Confirmed == nil && r.Result.Billable() }

// Differs reports whether the verdict differs from what was confirmed.
func (r Row) Differs() bool { return r.Verdict.Departs(r.Confirmed) }

// Why says why the session cannot be confirmed, "" if it can or has been.
func (r Row) Why() string {
	if r.Confirmed != nil {
		return ""
	}
	return app.WhyNotConfirmable(r.Verdict)
}

// Title names the session: 「10/08 木　髙橋 花子　00012345」.
func (r Row) Title() string {
	return words.Joined("　", words.ShortDate(r.On), cmp.Or(r.Name, "氏名なし"), r.PatientID)
}

// Rows returns a row for each verdict, in the same order.
func Rows(verdicts []fee.Verdict, confirmed []models.Confirmation) []Row {
	of := make(map[string]*models.Confirmation, len(confirmed))
	for i := range confirmed {
		of[confirmed[i].Session] = &confirmed[i]
	}
	rows := make([]Row, len(verdicts))
	for i := range verdicts {
		rows[i] = rowOf(&verdicts[i], of[verdicts[i].Session.Number])
	}
	return rows
}

func rowOf(v *fee.Verdict, confirmed *models.Confirmation) Row {
	row := Row{
		Record: string(v.Session.Claim), Confirmed: confirmed,
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
	row.Check = verdict.Checked(v, confirmed)
	row.Search = searchText(v, row)
	return row
}

// searchText folds everything the user may search for. The separator cannot be in
// a folded query, so no match spans two fields.
func searchText(v *fee.Verdict, row Row) string {
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

// Filter chooses rows. The zero value chooses all.
type Filter struct {
	Ward   string `json:"ward,omitempty"`   // ward name
	Result string `json:"result,omitempty"` // a fee.Result, or one of the filters below
	Query  string `json:"-"`                // as typed
}

// The other values of Filter.Result.
const (
	filterAction = "action" // 要対応
	filterReady  = "ready"  // what can be confirmed
	filterOpen   = "open"   // billable and not confirmed
)

// FilterRows returns the rows that pass the filter, in their order. Every word of
// the query must match, in romaji too. A number matches with or without leading
// zeros.
func FilterRows(rows []Row, f Filter) []Row {
	var words []sought
	for _, w := range strings.Fields(f.Query) {
		if key := strings.TrimLeft(models.SearchKey(w), "0"); key != "" {
			words = append(words, sought{models.ParseQuery(w), key})
		}
	}
	var kept []Row
	for i := range rows {
		if f.admits(&rows[i], words) {
			kept = append(kept, rows[i])
		}
	}
	return kept
}

// sought is a word of the query, also without leading zeros.
type sought struct {
	query models.Query
	key   string
}

func (s sought) in(text string) bool { return strings.Contains(text, s.key) || s.query.In(text) }

func (f Filter) admits(row *Row, words []sought) bool {
	if f.Ward != "" && row.Ward != f.Ward {
		return false
	}
	return f.admitsResult(row) && !slices.ContainsFunc(words, func(w sought) bool { return !w.in(row.Search) })
}

func (f Filter) admitsResult(row *Row) bool {
	switch f.Result {
	case "":
		return true
	case filterAction:
		return row.Action
	case filterReady:
		return row.Ready()
	case filterOpen:
		return row.Open()
	}
	return string(row.Result) == f.Result
}

// Wards returns the wards of the rows, in order.
func Wards(rows []Row) []string {
	var wards []string
	for i := range rows {
		if rows[i].Ward != "" {
			wards = append(wards, rows[i].Ward)
		}
	}
	slices.Sort(wards)
	return slices.Compact(wards)
}

// Totals counts rows.
type Totals struct {
	Count  map[fee.Result]int
	Points map[fee.Result]int
	Rows   int
	Sum    int // points of all
	Action int // 要対応
}

// Total counts the rows by result.
func Total(rows []Row) Totals {
	t := Totals{Count: map[fee.Result]int{}, Points: map[fee.Result]int{}, Rows: len(rows)}
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
// 旧区分, 判定保留 and 算定なし are named only if there is one.
func (t Totals) String() string {
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

// shownWords says how much of the month passes the filters.
func shownWords(shown, all Totals) string {
	if shown.Rows == all.Rows {
		return fmt.Sprintf("全%d件 %s", all.Rows, words.Points(all.Sum))
	}
	return fmt.Sprintf("表示 %d件 %s（全%d件）", shown.Rows, words.Points(shown.Sum), all.Rows)
}
