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

// buildFilters makes the line over the list: the month and what narrows it.
func (p *Page) buildFilters() fyne.CanvasObject {
	p.monthBox = ui.NewSelect(func(value string) { p.goTo(monthOf(value)) })
	p.wardBox = ui.NewSelect(func(ward string) { p.keeps.Filter.Ward = ward; p.filtered() })
	p.resBox = ui.NewSelect(func(result string) { p.keeps.Filter.Result = result; p.filtered() })
	p.resBox.SetChoices(resultChoices(), p.keeps.Filter.Result)
	p.search = page.NewSearchBox(p.shell, "患者・相手・病棟をさがす（Ctrl+F）", func(text string) {
		p.keeps.Filter.Query = text
		p.apply()
	})
	p.search.OnShortcut = p.shortcut
	return ui.NewBar(ui.FieldHeight+ui.GapField,
		ui.Fixed(ui.NewIconButton("", theme.NavigateBackIcon(), func() { p.goTo(p.month.Add(-1)) }), 32),
		ui.Fixed(ui.Framed(p.monthBox), 136),
		ui.Fixed(ui.NewIconButton("", theme.NavigateNextIcon(), func() { p.goTo(p.month.Add(1)) }), 32),
		ui.Fixed(ui.Framed(p.wardBox), 150), ui.Fixed(ui.Framed(p.resBox), 168), ui.Item{Object: p.search, Width: 120, Grow: 1, Max: 360})
}

func (p *Page) buildList() {
	p.list = page.NewList(p.shell, "算定する共同指導", columns, func(r Row) string { return r.Number }, p.keeps.List, p.keep)
	p.list.MultiSelect = true
	p.list.OnShortcut = p.shortcut
	p.list.OnSelection = func([]Row) { p.selectionChanged() }
	p.list.OnOpened = func(Row) {
		p.split.Open()
		if p.first != nil && p.reopening == nil {
			p.shell.Canvas().Focus(p.first)
		}
	}
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

// showMonths offers the months that have sessions and the one shown.
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

// showWards offers the wards of the month; a chosen ward that has no session
// this month stays among them, so that the next month finds it again.
func (p *Page) showWards() {
	choices := []ui.Choice{{Label: "すべての病棟"}}
	wards := Wards(p.rows)
	if w := p.keeps.Filter.Ward; w != "" && !slices.Contains(wards, w) {
		wards = append(wards, w)
	}
	p.wardBox.SetChoices(append(choices, ui.ChoicesOf(wards)...), p.keeps.Filter.Ward)
}

// filtered is called when the person chose another filter.
func (p *Page) filtered() {
	p.keep()
	p.apply()
}

// apply shows the rows the filters choose.
func (p *Page) apply() {
	rows := FilterRows(p.rows, p.keeps.Filter)
	if len(p.rows) == 0 {
		p.list.SetEmpty(words.Month(p.month)+"の共同指導はありません",
			"上の矢印で前の月・次の月へ移れます。記録があるはずのときは、その月を含む台帳を読み込んでください。")
	} else {
		p.list.SetEmpty("条件に合う共同指導はありません", "病棟・判定・さがす言葉のどれかをゆるめてください。",
			ui.NewButton("絞り込みをやめる", p.clearFilters))
	}
	p.list.SetRows(rows)
	if len(rows) == 0 {
		p.split.Close()
		p.showDetail()
	}
	all := Total(p.rows)
	p.totals.SetText(all.String())
	p.shownSum.SetText(shownWords(Total(rows), all))
	p.showState()
}

func (p *Page) clearFilters() {
	p.keeps.Filter = Filter{}
	p.search.SetQuery("")
	p.resBox.SetChoices(resultChoices(), "")
	p.showWards()
	p.filtered()
	p.shell.Canvas().Focus(p.list)
}
