package meetings

import (
	"cmp"
	"fmt"
	"image/color"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"renkei/models"
	"renkei/models/fee"
	"renkei/views/people"
	"renkei/views/ui"
)

// Row is one meeting in the list, its words ready.
type Row struct {
	models.Meeting
	Attendances []models.Attendance
	Counted     bool // 会議として算入, as recorded or as the rules take a blank one
	Department  bool // a 部門の担当者 was there
	Managers    int  // care managers who were there
	Staff       int
	Others      int
	names       string // folded names of the meeting and of who was there
}

// Rows turns the meetings of the register into rows, in their order.
func Rows(f *fee.Facts) []Row {
	of := make(map[string][]models.Attendance)
	for _, a := range f.Book.Attendances {
		of[a.Meeting] = append(of[a.Meeting], a)
	}
	rows := make([]Row, len(f.Book.Meetings))
	for i := range f.Book.Meetings {
		m := f.Book.Meetings[i]
		rows[i] = rowOf(f, m, of[m.Code])
	}
	return rows
}

func rowOf(f *fee.Facts, m models.Meeting, attendances []models.Attendance) Row {
	row := Row{Meeting: m, Attendances: attendances, Counted: f.CountsAsMeeting(&m)}
	words := []string{m.Name, m.Host, m.Place, m.Agenda, m.Code}
	for _, a := range attendances {
		words = append(words, a.Name, a.Affiliation)
		switch a.Kind {
		case models.AttendeeCM:
			row.Managers++
			if c := f.CareManager(a.Code); c != nil {
				words = append(words, c.Name, c.Kana)
			}
		case models.AttendeeStaff:
			row.Staff++
			row.Department = row.Department || f.InDepartment(a.Code, m.HeldOn)
			words = append(words, people.StaffName(f, a.Code, m.HeldOn))
		default:
			row.Others++
		}
	}
	for i, w := range words {
		words[i] = models.SearchKey(w)
	}
	row.names = strings.Join(words, "\n")
	return row
}

// The values of Filter.Counted.
const (
	onlyCounted   = "yes"
	onlyUncounted = "no"
	onlyBlank     = "blank"
	onlyNoReason  = "noreason"
)

// allYears is the Filter.Year that chooses every fiscal year.
const allYears = "all"

// Filter chooses rows; its zero value chooses this fiscal year. All but Query
// is remembered.
type Filter struct {
	Year    string `json:"year,omitempty"` // 年度 as four digits, or allYears
	Kind    string `json:"kind,omitempty"`
	Counted string `json:"counted,omitempty"`
	Query   string `json:"-"`
}

// Apply returns the rows the filter chooses, in their order. Every word of the
// query must be found in a name.
func (f Filter) Apply(rows []Row, today models.Date) []Row {
	year, words := f.year(today), models.ParseWords(f.Query)
	var kept []Row
	for i := range rows {
		r := &rows[i]
		if (year == allYears || year == fiscalYear(r.HeldOn)) && f.admits(r) && words.In(r.names) {
			kept = append(kept, *r)
		}
	}
	return kept
}

// year is the fiscal year chosen: this one when none is.
func (f Filter) year(today models.Date) string {
	return cmp.Or(f.Year, fiscalYear(today))
}

// fiscalYear is the 年度 of a day as Filter.Year has it.
func fiscalYear(on models.Date) string { return strconv.Itoa(on.FiscalYearStart().Year()) }

func (f Filter) admits(r *Row) bool {
	if f.Kind != "" && string(r.Kind) != f.Kind {
		return false
	}
	switch f.Counted {
	case onlyCounted:
		return r.Counted
	case onlyUncounted:
		return !r.Counted
	case onlyBlank:
		return r.Counts == models.Unknown && r.Kind == models.StudySession
	case onlyNoReason:
		return lacksReason(r.Meeting)
	}
	return true
}

// lacksReason reports whether a 勉強会 is counted without a word of why (Q6).
func lacksReason(m models.Meeting) bool {
	return m.Kind == models.StudySession && m.Counts.Is() && strings.TrimSpace(m.CountsBecause) == ""
}

func countedChoices() []ui.Choice {
	return []ui.Choice{
		{Label: "算入: すべて"}, {Value: onlyCounted, Label: "算入する"}, {Value: onlyUncounted, Label: "算入しない"},
		{Value: onlyBlank, Label: "勉強会で未確認"}, {Value: onlyNoReason, Label: "算入理由なし"},
	}
}

func kindChoices() []ui.Choice {
	return append([]ui.Choice{{Label: "すべての種別"}}, ui.ChoicesOf(models.MeetingKinds)...)
}

// yearChoices offers the fiscal years that have meetings, this one, and all.
func yearChoices(rows []Row, today models.Date) []ui.Choice {
	years := []string{fiscalYear(today)}
	for i := range rows {
		years = append(years, fiscalYear(rows[i].HeldOn))
	}
	slices.Sort(years)
	var choices []ui.Choice
	for _, y := range slices.Backward(slices.Compact(years)) {
		choices = append(choices, ui.Choice{Value: y, Label: y + "年度"})
	}
	return append(choices, ui.Choice{Value: allYears, Label: "すべての年度"})
}

// countWords is the foot of the list.
func countWords(shown []Row, all int) string {
	counted, department := 0, 0
	for i := range shown {
		if shown[i].Counted {
			counted++
			if shown[i].Department {
				department++
			}
		}
	}
	return fmt.Sprintf("%d件 ・ 会議として算入 %d件（うち部門の担当者が出席 %d件） ・ 登録 %d件", len(shown), counted, department, all)
}

var kindColors = map[models.MeetingKind]color.Color{
	models.CommunityCareMeeting: ui.Accent,
	models.ServiceMeeting:       ui.QuietInk,
	models.MultiJobMeeting:      ui.Good,
	models.StudySession:         ui.Hold,
}

// kindTint is the badge of a 種別, in the short words of the list.
func kindTint(k models.MeetingKind) ui.Tint {
	short := map[models.MeetingKind]string{
		models.CommunityCareMeeting: "地域ケア", models.ServiceMeeting: "サ担会議", models.MultiJobMeeting: "多職種連携", models.StudySession: "勉強会",
	}
	return ui.Tint{Word: cmp.Or(short[k], string(k)), Color: cmp.Or(kindColors[k], color.Color(ui.QuietInk))}
}

// countedWords is the column 算入: what is recorded, and how a blank is taken.
func countedWords(r Row) string {
	switch {
	case lacksReason(r.Meeting):
		return "○ 理由なし"
	case r.Counts != models.Unknown:
		return r.Counts.String()
	case r.Counted:
		return "（○）"
	}
	return "（×）"
}

func number(n int) string {
	if n == 0 {
		return "－"
	}
	return strconv.Itoa(n)
}

var columns = []ui.Column[Row]{
	{
		ID: "date", Title: "開催日", Width: 92, Text: func(r Row) string { return r.HeldOn.String() },
		Less: func(a, b Row) bool { return cmp.Or(cmp.Compare(a.HeldOn, b.HeldOn), cmp.Compare(a.Code, b.Code)) < 0 },
	},
	{
		ID: "kind", Title: "種別", Width: 96, Tint: func(r Row) ui.Tint { return kindTint(r.Kind) },
		Text: func(r Row) string { return string(r.Kind) },
		Less: func(a, b Row) bool {
			return slices.Index(models.MeetingKinds, a.Kind) < slices.Index(models.MeetingKinds, b.Kind)
		},
	},
	{ID: "name", Title: "名称", Width: 120, Grow: 1, Text: func(r Row) string { return r.Name }},
	{
		ID: "counted", Title: "算入", Width: 54, Text: countedWords,
		Color: func(r Row) color.Color {
			if lacksReason(r.Meeting) {
				return ui.Warn
			}
			return ui.Ink
		},
	},
	{ID: "department", Title: "部門", Width: 46, Text: func(r Row) string { return models.MarkOf(r.Department).String() }},
	{
		ID: "managers", Title: "ケアマネ", Width: 68, Align: fyne.TextAlignTrailing, Text: func(r Row) string { return number(r.Managers) },
		Less: func(a, b Row) bool { return a.Managers < b.Managers },
	},
	{
		ID: "staff", Title: "職員", Width: 72, Align: fyne.TextAlignTrailing, Text: func(r Row) string { return number(r.Staff) },
		Less: func(a, b Row) bool { return a.Staff < b.Staff },
	},
	{
		ID: "others", Title: "その他", Width: 72, Off: true, Align: fyne.TextAlignTrailing, Text: func(r Row) string { return number(r.Others) },
		Less: func(a, b Row) bool { return a.Others < b.Others },
	},
	{ID: "shared", Title: "連絡先共有", Width: 84, Off: true, Text: func(r Row) string { return r.ContactsShared.String() }},
	{ID: "host", Title: "主催", Width: 120, Grow: 1, Off: true, Text: func(r Row) string { return r.Host }},
}
