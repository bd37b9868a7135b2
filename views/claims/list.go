package claims

import (
	"slices"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"renkei/models"
	"renkei/models/fee"
	"renkei/views/page"
	"renkei/views/ui"
	"renkei/views/words"
)

// buildFilters makes the line above the list: the month and the filters.
func (p *Page) buildFilters() fyne.CanvasObject {
	p.monthBox = ui.NewSelect(func(value string) { p.goTo(monthOf(value)) })
	p.wardBox = p.NewFilter(func(ward string) { p.filter.Ward = ward })
	p.resBox = p.NewFilter(func(result string) { p.filter.Result = result })
	p.resBox.SetChoices(resultChoices(), p.filter.Result)
	search := p.NewSearch("患者・相手・病棟をさがす（Ctrl+F）", func(text string) { p.filter.Query = text })
	return ui.NewBar(ui.FieldHeight+ui.GapField,
		ui.Fixed(ui.NewIconButton("", theme.NavigateBackIcon(), func() { p.goTo(p.month.Add(-1)) }), 32),
		ui.Fixed(ui.Framed(p.monthBox), 136),
		ui.Fixed(ui.NewIconButton("", theme.NavigateNextIcon(), func() { p.goTo(p.month.Add(1)) }), 32),
		ui.Fixed(ui.Framed(p.wardBox), 150), ui.Fixed(ui.Framed(p.resBox), 168), ui.Item{Object: search, Width: 120, Grow: 1, Max: 360})
}

func monthValue(m models.Month) string { return strconv.Itoa(int(m)) }

func monthOf(value string) models.Month {
	n, err := strconv.Atoi(value)
	if err != nil {
		return 0 // no month has an empty choice
	}
	return models.Month(n)
}

func resultChoices() []ui.Choice {
	choices := []ui.Choice{
		{Label: "すべての判定"}, {Value: filterAction, Label: "要対応のみ"},
		{Value: filterReady, Label: "確定できるもの"}, {Value: filterOpen, Label: "未確定のみ"},
	}
	return append(choices, ui.ChoicesOf(fee.Results)...)
}

// showMonths offers the months with sessions and the month shown.
func (p *Page) showMonths() {
	months := slices.Clone(p.months)
	if !slices.Contains(months, p.month) && !p.month.IsZero() {
		months = append(months, p.month)
		slices.Sort(months)
		slices.Reverse(months)
	}
	choices := make([]ui.Choice, len(months))
	for i, m := range months {
		choices[i] = ui.Choice{Value: monthValue(m), Label: words.Month(m)}
	}
	p.monthBox.SetChoices(choices, monthValue(p.month))
}

// showWards offers the wards of the month. A chosen ward without a session this
// month is offered too: it still applies to the next month.
func (p *Page) showWards() {
	choices := []ui.Choice{{Label: "すべての病棟"}}
	wards := Wards(p.All)
	if w := p.filter.Ward; w != "" && !slices.Contains(wards, w) {
		wards = append(wards, w)
	}
	p.wardBox.SetChoices(append(choices, ui.ChoicesOf(wards)...), p.filter.Ward)
}

// apply shows the rows that pass the filters.
func (p *Page) apply() {
	p.Empty = page.Empty{Title: words.Month(p.month) + "の共同指導はありません",
		Text: "上の矢印で前の月・次の月へ移れます。記録があるはずのときは、その月を含む台帳を読み込んでください。"}
	p.ShowRows(FilterRows(p.All, p.filter))
	p.showState()
}

func (p *Page) counts(shown []Row) (sums, beside string) {
	all := Total(p.All)
	return all.String(), shownWords(Total(shown), all)
}

// widen removes every filter.
func (p *Page) widen() {
	p.filter = Filter{}
	p.Search.SetQuery("")
	p.resBox.SetChoices(resultChoices(), "")
	p.showWards()
	p.Filtered()
}
