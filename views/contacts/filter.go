package contacts

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"

	"renkei/models"
	"renkei/models/fee"
	"renkei/views/ui"
)

// The periods of the filter. Another one is a 年度, by its year: 「2021」.
const (
	periodMonth    = "month"
	periodBefore   = "before"
	periodYear     = "year"
	periodLastYear = "lastyear"
	periodTwelve   = "twelve"
	periodAll      = "all"
)

// yearsOffered is how many 年度 there are to choose from.
const yearsOffered = 10

// periodChoices are the periods to choose from: the 年度 back to that of the
// first record, and the one chosen.
func periodChoices(today, first models.Date, chosen string) []ui.Choice {
	choices := []ui.Choice{
		{Value: periodYear, Label: "今年度"}, {Value: periodMonth, Label: "今月"}, {Value: periodBefore, Label: "先月"},
		{Value: periodTwelve, Label: "直近12か月"}, {Value: periodLastYear, Label: "前年度"},
	}
	var years []int
	now := today.FiscalYearStart().Year()
	for y := now - 2; first != 0 && y > now-yearsOffered && y >= first.FiscalYearStart().Year(); y-- {
		years = append(years, y)
	}
	if year, ok := fiscalYear(chosen); ok && !slices.Contains(years, year) {
		years = append(years, year)
		slices.SortFunc(years, func(a, b int) int { return b - a })
	}
	for _, y := range years {
		choices = append(choices, ui.Choice{Value: strconv.Itoa(y), Label: fmt.Sprintf("%d年度", y)})
	}
	return append(choices, ui.Choice{Value: periodAll, Label: "すべての期間"})
}

// fiscalYear returns the year of a period that is a 年度.
func fiscalYear(period string) (year int, ok bool) {
	year, err := strconv.Atoi(period)
	return year, err == nil && year >= models.MinDate.Year() && year <= models.MaxDate.Year()
}

// periodOf returns the days of a period as of today. Contacts noted ahead of today
// are in this year and month.
func periodOf(value string, today models.Date) models.Period {
	year := today.FiscalYearStart()
	switch value {
	case periodMonth:
		return models.Period{From: today.Month().First(), To: today.Month().Last()}
	case periodBefore:
		before := today.Month().Add(-1)
		return models.Period{From: before.First(), To: before.Last()}
	case periodTwelve:
		return models.LastMonths(today, 12)
	case periodLastYear:
		year = year.AddMonths(-12)
	case periodAll:
		return models.Period{From: models.MinDate}
	default:
		if other, ok := fiscalYear(value); ok {
			year = models.Month(other*100 + 4).First()
		}
	}
	return models.Period{From: year, To: year.AddMonths(12).AddDays(-1)}
}

// periodWith returns the 年度 that holds a day.
func periodWith(on, today models.Date) string {
	switch year := on.FiscalYearStart(); year {
	case today.FiscalYearStart():
		return periodYear
	case today.FiscalYearStart().AddMonths(-12):
		return periodLastYear
	default:
		return strconv.Itoa(year.Year())
	}
}

// kindMenkai is the Filter.Kind that chooses 面会 and ビデオ通話 together.
const kindMenkai = "menkai"

func kindChoices() []ui.Choice {
	return append([]ui.Choice{{Label: "すべての種別"}, {Value: kindMenkai, Label: "面会・ビデオ通話"}}, ui.ChoicesOf(models.ContactKinds)...)
}

// Filter chooses rows; its zero value chooses this fiscal year. All but Query
// is remembered.
type Filter struct {
	Period string `json:"period,omitempty"`
	Kind   string `json:"kind,omitempty"`  // a models.ContactKind, or kindMenkai
	Staff  string `json:"staff,omitempty"` // 職員コード
	Person string `json:"-"`               // a people.Key of a care manager or an office
	Query  string `json:"-"`               // as typed
}

// within is the period that the filter chooses.
func (f Filter) within(today models.Date) models.Period { return periodOf(f.Period, today) }

// Apply returns the rows the filter chooses, in their order. Every word of the
// query must be found.
func (f Filter) Apply(rows []*Row, today models.Date) []*Row {
	within := f.within(today)
	query := newQuery(f.Query)
	var kept []*Row
	for _, r := range rows {
		if !within.Covers(r.On) || !f.admits(r) || !query.in(r) {
			continue
		}
		kept = append(kept, r)
	}
	return kept
}

func (f Filter) admits(r *Row) bool {
	if f.Kind == kindMenkai && !r.Kind.Menkai() || f.Kind != "" && f.Kind != kindMenkai && string(r.Kind) != f.Kind {
		return false
	}
	if f.Person != "" && r.person != f.Person && r.office != f.Person {
		return false
	}
	return f.Staff == "" || slices.Contains(r.Contact.Staff, f.Staff)
}

// query looks for each word in names, read as romaji too, and in the text. Many
// rows name the same people, so it keeps what it found in names.
type query struct {
	words models.Words
	named map[string]uint64 // by Row.names: a bit for each word found
}

// mostWords is how many words of a query are looked at.
const mostWords = 60

func newQuery(text string) query {
	words := models.ParseWords(text)
	return query{words[:min(len(words), mostWords)], make(map[string]uint64)}
}

func (q query) in(r *Row) bool {
	if len(q.words) == 0 {
		return true
	}
	found, ok := q.named[r.names]
	if !ok {
		for i, w := range q.words {
			if w.In(r.names) {
				found |= 1 << i
			}
		}
		q.named[r.names] = found
	}
	for i, w := range q.words {
		if found&(1<<i) == 0 && !w.InText(r.text) {
			return false
		}
	}
	return true
}

// staffChoices offers the staff of the contacts read, by reading, and the one
// chosen.
func staffChoices(f *fee.Facts, chosen string) []ui.Choice {
	choices := []ui.Choice{{Label: "すべての職員"}}
	used := make(map[string]bool)
	for i := range f.Book.Contacts {
		for _, code := range f.Book.Contacts[i].Staff {
			used[code] = true
		}
	}
	if chosen != "" {
		used[chosen] = true
	}
	seen := make(map[string]bool)
	var staff []ui.Choice
	kana := make(map[string]string)
	for i := range f.Book.Staff {
		s := &f.Book.Staff[i]
		if used[s.Code] && !seen[s.Code] {
			seen[s.Code] = true
			staff = append(staff, ui.Choice{Value: s.Code, Label: s.Name})
			kana[s.Code] = models.SearchKey(cmp.Or(s.Kana, s.Name))
		}
	}
	ui.SortBy(staff, ui.Column[ui.Choice]{Text: func(c ui.Choice) string { return kana[c.Value] }}, false)
	return append(choices, staff...)
}
