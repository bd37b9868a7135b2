// Package papers is the page 帳票: the list of reports, and a form that previews and
// writes one. The list comes from reports.Kinds: add a new report there, and it
// appears here. page.go is the page, ask.go the form, rows.go needs no window.
package papers

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"renkei/app/reporting"
	"renkei/models"
	"renkei/reports"
	"renkei/views/people"
	"renkei/views/ui"
	"renkei/views/words"
)

// SetName names the row for all reports of a month.
const SetName = "all"

// Row is a report in the list, or the set of a month.
type Row struct {
	Name    string
	Title   string
	Purpose string
	Of      string // what it needs: 月, 時点, 期間
	At      int    // its index in the list
}

var basisWords = map[reports.Basis]string{reports.ByMonth: "月", reports.ByDate: "時点", reports.ByPeriod: "期間"}

// Rows returns the set of a month, then the reports in display order.
func Rows(kinds []reports.Kind) []Row {
	rows := []Row{{
		Name: SetName, Title: "今月の帳票一式", Of: "月",
		Purpose: "1か月分の帳票をすべて、1つのフォルダに書き出します",
	}}
	for i, k := range kinds {
		rows = append(rows, Row{Name: k.Name, Title: k.Title, Purpose: k.Purpose, Of: basisWords[k.Basis], At: i + 1})
	}
	return rows
}

// Span is a period in words, so that a remembered choice stays right as time
// goes on.
type Span string

// The spans offered.
const (
	ThisYear Span = "year"
	LastYear Span = "last"
	Twelve   Span = "12"
	OwnDates Span = "own"
)

var spanChoices = []ui.Choice{
	{Value: string(ThisYear), Label: "今年度（きょうまで）"},
	{Value: string(LastYear), Label: "前年度"},
	{Value: string(Twelve), Label: "直近12か月"},
	{Value: string(OwnDates), Label: "日付を指定する"},
}

// Period returns the days of a span as of today. own is the period for
// OwnDates.
func (s Span) Period(today models.Date, own models.Period) models.Period {
	start := today.FiscalYearStart()
	switch s {
	case LastYear:
		return models.Period{From: start.AddMonths(-12), To: start.AddDays(-1)}
	case Twelve:
		return models.LastMonths(today, 12)
	case OwnDates:
		return own
	}
	return models.Period{From: start, To: today}
}

// MonthsOf returns the months to choose from, newest first: those with
// sessions, and this month.
func MonthsOf(extent models.Extent, today models.Date) []models.Month {
	months := append([]models.Month{today.Month()}, extent.Months...)
	slices.Sort(months)
	months = slices.Compact(months)
	slices.Reverse(months)
	return months
}

// LastWithSessions returns the newest month with sessions up to this month, or
// this month.
func LastWithSessions(extent models.Extent, today models.Date) models.Month {
	for _, month := range extent.Months { // newest first
		if month <= today.Month() {
			return month
		}
	}
	return today.Month()
}

func monthChoices(months []models.Month) []ui.Choice {
	choices := make([]ui.Choice, len(months))
	for i, m := range months {
		choices[i] = ui.Choice{Value: m.String(), Label: words.Month(m)}
	}
	return choices
}

// EntriesOf returns what the key of a report is chosen from, by its KeyName.
func EntriesOf(known *known, keyName string, today models.Date) []models.FindEntry {
	var entries []models.FindEntry
	for _, word := range strings.Split(keyName, "・") {
		switch word {
		case "連携先":
			entries = append(entries, people.Offices(known.Facts)...)
		case "CM", "ケアマネジャー", "介護支援専門員":
			entries = append(entries, people.CareManagers(known.Facts, today)...)
		case "職員":
			entries = append(entries, people.StaffMembers(known.Facts, today)...)
		case "会議":
			entries = append(entries, people.Meetings(known.Facts)...)
		case "入院", "患者", "患者ID/入院日":
			entries = append(entries, people.Admissions(known.patients)...)
		}
	}
	return entries
}

// contents says what a report or the set will hold, and returns its file name.
func contents(ctx context.Context, desk reporting.Desk, name string, r reports.Request) (what, file string, err error) {
	if kind, ok := reports.KindNamed(name); ok {
		what, err = reporting.Contents(ctx, desk, kind, r)
		return what, kind.FileName(r), err
	}
	titles := make([]string, len(reports.Kinds))
	for i, kind := range reports.Kinds {
		titles[i] = kind.Title
	}
	set := r.OfMonth()
	return fmt.Sprintf("%d種類: %s\n時点の帳票は %s、期間の帳票は %s〜%s で作ります",
		len(titles), strings.Join(titles, "、"), set.AsOf, set.Period.From, set.Period.To), SetFolder(r), nil
}

// SetFolder returns the folder name of a set: 帳票一式_2026-10.
func SetFolder(r reports.Request) string { return models.FileName("帳票一式", r.Month.String()) }

// holdsPatients reports whether a report, or one of the set, holds patients'
// names.
func holdsPatients(name string) bool {
	if kind, ok := reports.KindNamed(name); ok {
		return kind.Patients
	}
	return slices.ContainsFunc(reports.Kinds, func(k reports.Kind) bool { return k.Patients })
}
