package coverage

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"renkei/models"
	"renkei/models/liaison"
	"renkei/views/ui"
)

// Choice is what the user chose to look at.
type Choice struct {
	// Span is the period as a word, so that it stays right the next day: ThisYear,
	// LastYear, Twelve, 「year:2024」 or 「month:2026-10」.
	Span string `json:"span,omitempty"`
	Ward string `json:"ward,omitempty"` // 病棟コード, "" for all
	Area string `json:"area,omitempty"` // 市区町村, "" for all
	// AsOf is the day looked at, blank for today. It is not remembered.
	AsOf models.Date `json:"-"`
}

// The periods that move with the day.
const (
	ThisYear = "year"
	LastYear = "last"
	Twelve   = "12"

	yearPrefix  = "year:"
	monthPrefix = "month:"
)

// Scope returns what the figures are computed for.
func (c Choice) Scope(today models.Date) liaison.Scope {
	asOf := cmp.Or(c.AsOf, today)
	return liaison.Scope{Period: c.period(asOf), AsOf: asOf, Ward: c.Ward, Area: c.Area}
}

func (c Choice) period(asOf models.Date) models.Period {
	year := asOf.FiscalYearStart()
	if rest, ok := strings.CutPrefix(c.Span, yearPrefix); ok {
		if from, err := models.ParseDate(rest + "-04-01"); err == nil {
			year = from
		}
	}
	if rest, ok := strings.CutPrefix(c.Span, monthPrefix); ok {
		if m, err := models.ParseMonth(rest); err == nil {
			return models.Period{From: m.First(), To: m.Last()}
		}
	}
	switch c.Span {
	case Twelve:
		return models.LastMonths(asOf, 12)
	case LastYear:
		year = year.AddMonths(-12)
	}
	return models.Period{From: year, To: year.AddMonths(12).AddDays(-1)}
}

// How far back the choices reach.
const (
	yearsOffered  = 10
	monthsOffered = 24
)

// Spans returns the periods to choose from on a day, without those before the
// first record.
func Spans(asOf, first models.Date) []ui.Choice {
	year := asOf.FiscalYearStart()
	choices := []ui.Choice{
		{Value: ThisYear, Label: fmt.Sprintf("%d年度", year.Year())},
		{Value: LastYear, Label: fmt.Sprintf("%d年度", year.Year()-1)},
		{Value: Twelve, Label: "直近12か月"},
	}
	for m, i := asOf.Month(), 0; i < monthsOffered && m >= first.Month(); m, i = m.Add(-1), i+1 {
		choices = append(choices, ui.Choice{Value: monthPrefix + m.String(), Label: fmt.Sprintf("%d年%d月", m.Year(), m.Number())})
	}
	for y := year.Year() - 2; y > year.Year()-yearsOffered && first != 0 && y >= first.FiscalYearStart().Year(); y-- {
		choices = append(choices, ui.Choice{Value: fmt.Sprintf("%s%d", yearPrefix, y), Label: fmt.Sprintf("%d年度", y)})
	}
	return choices
}

// Wards returns the wards to choose from, by their latest names.
func Wards(book *models.Book) []ui.Choice {
	names := book.WardNames()
	choices := make([]ui.Choice, 0, len(names))
	for code, name := range names {
		choices = append(choices, ui.Choice{Value: code, Label: name})
	}
	slices.SortFunc(choices, func(a, b ui.Choice) int { return cmp.Compare(a.Value, b.Value) })
	return slices.Insert(choices, 0, ui.Choice{Label: "すべての病棟"})
}

// Areas returns the 市区町村 of the partners.
func Areas(book *models.Book) []ui.Choice {
	choices := []ui.Choice{{Label: "すべての地域"}}
	for _, area := range book.Areas() {
		choices = append(choices, ui.Choice{Value: area, Label: area})
	}
	return choices
}
