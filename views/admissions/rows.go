package admissions

import (
	"fmt"
	"slices"
	"strings"

	"renkei/models"
	"renkei/models/fee"
	"renkei/views/words"
)

// Row is one admission in the list, its words ready.
type Row struct {
	Key          models.AdmissionKey
	PatientID    string
	Name         string
	Kana         string
	Ward         string // where the patient is, or left from
	AdmittedOn   models.Date
	Leaving      models.Date // 退院日, else 退院見込日
	Stay         string      // 「18日目」, or 「26日間」 of one who left
	Out          string      // 「10/27 見込」, 「10/27 退院」
	CareManager  string
	Office       string
	Result       fee.Result // of the whole admission; "" without a session
	Points       int        // of the sessions of this admission
	Missing      []Missing
	Shown        string // the first Filter.Shownof Here, Left, LeftYear and Every that shows it
	MissingWords string

	id     string
	staff  []staffName // who held its sessions
	days   int
	order  string   // of the name, by kana
	search []string // folded texts the search looks in
}

// newRow puts an admission into words.
func newRow(r *record) *Row {
	a := r.adm
	row := &Row{
		Key: a.Key(), PatientID: a.PatientID, Name: a.Name, Kana: a.Kana, Ward: r.wardName(),
		AdmittedOn: a.AdmittedOn, Shown: shownOf(r), id: a.Key().String(),
		CareManager: r.careManagerName(), Missing: missingOf(r),
	}
	row.Leaving, row.Out = leavingWords(r)
	row.days, row.Stay = stayWords(r)
	if office := r.office(); office != nil {
		row.Office = office.Name
	}
	row.Result, row.Points = overall(r.own)
	row.staff = staffOf(r)
	row.MissingWords = missingWords(row.Missing)
	row.order = models.SearchKey(row.Kana)
	if row.order == "" {
		row.order = models.SearchKey(row.Name)
	}
	row.search = searchTexts(r, row)
	return row
}

// stayWords returns the day of the stay, or the days of one that ended. The
// day of admission is the first.
func stayWords(r *record) (int, string) {
	days := r.adm.AdmittedOn.DaysUntil(r.asOf()) + 1
	switch {
	case r.adm.AdmittedOn > r.today:
		return 0, "入院予定"
	case r.inHospital():
		return days, fmt.Sprintf("%d日目", days)
	}
	return days, fmt.Sprintf("%d日間", days)
}

func leavingWords(r *record) (models.Date, string) {
	on, word := r.adm.DischargedOn, "退院"
	if on == 0 {
		on, word = r.adm.ExpectedOn, "見込"
	}
	if on == 0 {
		return 0, ""
	}
	const near = 200 // days within which the year goes without saying
	if days := r.today.DaysUntil(on); days > near || days < -near {
		return on, on.String()
	}
	return on, fmt.Sprintf("%02d/%02d %s", on.MonthNumber(), on.Day(), word)
}

// overall is the 判定 of an admission: what its sessions earn, else why they
// earn nothing.
func overall(sessions []*fee.Verdict) (fee.Result, int) {
	var found fee.Result
	points := 0
	for _, v := range sessions {
		points += v.Points
		if found == "" || slices.Index(fee.Results, v.Result) < slices.Index(fee.Results, found) {
			found = v.Result
		}
	}
	return found, points
}

// staffOf lists who held the sessions of the admission, each once.
func staffOf(r *record) []staffName {
	var staff []staffName
	for _, v := range r.own {
		for _, code := range v.Session.Staff {
			if slices.ContainsFunc(staff, func(s staffName) bool { return s.code == code }) {
				continue
			}
			member := staffName{code: code, name: code}
			if row := verdictStaff(v, code); row != nil {
				member.name, member.kana = row.Name, models.SearchKey(row.Kana)
			}
			staff = append(staff, member)
		}
	}
	return staff
}

func verdictStaff(v *fee.Verdict, code string) *models.Staff {
	for i := range v.Staff {
		if v.Staff[i].Code == code {
			return &v.Staff[i]
		}
	}
	return nil
}

// searchTexts folds what an admission is found by.
func searchTexts(r *record, row *Row) []string {
	texts := []string{row.Name, row.Kana, row.PatientID, row.CareManager, row.Office}
	if cm := r.careManager(); cm != nil {
		texts = append(texts, cm.Kana)
	}
	folded := texts[:0]
	for _, text := range texts {
		if key := models.SearchKey(text); key != "" {
			folded = append(folded, key)
		}
	}
	return folded
}

// NameAndKana returns the name with its reading.
func (r *Row) NameAndKana() string { return words.Joined("  ", r.Name, r.Kana) }

// The values of Filter.Stay.
const (
	Here     = ""     // 入院中, or planned
	Left     = "left" // 退院 within three months
	LeftYear = "year" // 退院 within a year
	Every    = "all"
)

// leftSince returns the first 退院日 that a Filter.Stay shows.
func leftSince(stay string, today models.Date) models.Date {
	switch stay {
	case Left:
		return today.AddMonths(-3)
	case LeftYear:
		return today.AddMonths(-12)
	}
	return today
}

// partOf is the part of the register that holds the rows of a Filter.Stay.
func partOf(stay string, today models.Date) models.Part {
	if stay == Every {
		return models.Part{Whole: true}
	}
	return models.Part{Stays: models.Period{From: leftSince(stay, today)}, Kept: true}
}

// patientPart is all there is of a patient.
func patientPart(id string) models.Part {
	return models.Part{Patients: []string{id}, Kept: true}
}

// shownOf returns the Row.Shown of an admission.
func shownOf(r *record) string {
	switch left := r.adm.DischargedOn; {
	case r.inHospital():
		return Here
	case left >= leftSince(Left, r.today):
		return Left
	case left >= leftSince(LeftYear, r.today):
		return LeftYear
	}
	return Every
}

// shows reports whether a Filter.Stay shows an admission.
func shows(stay string, row *Row) bool {
	return stay == row.Shown || stay == Every || stay == LeftYear && row.Shown == Left
}

// Filter chooses rows; its zero value chooses those in hospital.
type Filter struct {
	Stay    string `json:"stay,omitempty"`
	Ward    string `json:"ward,omitempty"`    // name
	Staff   string `json:"staff,omitempty"`   // 職員コード of one who held a session
	Verdict string `json:"verdict,omitempty"` // a fee.Result, or NoSession
	Missing string `json:"missing,omitempty"` // a Missing, or AnyMissing
	Query   string `json:"-"`                 // as typed
}

// NoSession is the Filter.Verdict of admissions without a session; AnyMissing
// the Filter.Missing of those that lack anything.
const (
	NoSession  = "none"
	AnyMissing = "any"
)

// Choose returns the rows the filter admits, in their order. Every word of the
// query must be found: a name by kanji, kana or romaji, an ID with or without
// its zeros.
func Choose(rows []*Row, f Filter) []*Row {
	sought := models.ParseWords(f.Query)
	var kept []*Row
	for _, row := range rows {
		if f.admits(row) && !slices.ContainsFunc(sought, row.lacks) {
			kept = append(kept, row)
		}
	}
	return kept
}

func (f Filter) admits(row *Row) bool {
	switch {
	case !shows(f.Stay, row),
		f.Ward != "" && row.Ward != f.Ward,
		f.Verdict == NoSession && row.Result != "",
		f.Verdict != "" && f.Verdict != NoSession && string(row.Result) != f.Verdict,
		f.Missing == AnyMissing && len(row.Missing) == 0,
		f.Missing != "" && f.Missing != AnyMissing && !slices.Contains(row.Missing, Missing(f.Missing)),
		f.Staff != "" && !slices.ContainsFunc(row.staff, func(s staffName) bool { return s.code == f.Staff }):
		return false
	}
	return true
}

// lacks reports whether no text of the row has a word.
func (r *Row) lacks(q models.Query) bool {
	return !slices.ContainsFunc(r.search, func(text string) bool { return q.Begins(text) || q.In(text) })
}

// Totals are the figures at the foot of the list.
type Totals struct {
	Count, Lacking, Points int
	Results                map[fee.Result]int
}

// Total counts the rows.
func Total(rows []*Row) Totals {
	t := Totals{Count: len(rows), Results: make(map[fee.Result]int)}
	for _, row := range rows {
		t.Points += row.Points
		if len(row.Missing) > 0 {
			t.Lacking++
		}
		if row.Result != "" {
			t.Results[row.Result]++
		}
	}
	return t
}

// String returns 「入院 23件 ・ 指導料2 5件 ・ … ・ 足りないもの 8件 ・ 合計 6,800点」.
func (t Totals) String() string {
	parts := []string{fmt.Sprintf("入院 %d件", t.Count)}
	for _, result := range fee.Results {
		if n := t.Results[result]; n > 0 {
			parts = append(parts, fmt.Sprintf("%s %d件", result, n))
		}
	}
	if t.Lacking > 0 {
		parts = append(parts, fmt.Sprintf("足りないもの %d件", t.Lacking))
	}
	return strings.Join(append(parts, "合計 "+words.Points(t.Points)), " ・ ")
}
