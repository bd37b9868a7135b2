package partners

import (
	"slices"

	"fyne.io/fyne/v2"

	"renkei/models"
	"renkei/views/ui"
)

// filterBar makes the line over the list.
func (p *Page) filterBar() fyne.CanvasObject {
	p.viewBox = p.NewFilter(func(v string) { p.filter.View = View(v) })
	p.kindBox = p.NewFilter(func(v string) { p.filter.Kind = v })
	p.areaBox = p.NewFilter(func(v string) { p.filter.Area = v })
	p.stateBox = p.NewFilter(func(v string) { p.filter.State = State(v) })
	search := p.NewSearch("名前・カナ・電話・番号をさがす（Ctrl+F）", func(text string) { p.filter.Query = text })
	return ui.NewBar(ui.FieldHeight+ui.GapField,
		ui.Fixed(ui.Framed(p.viewBox), 124), ui.Fixed(ui.Framed(p.kindBox), 168),
		ui.Fixed(ui.Framed(p.areaBox), 128), ui.Fixed(ui.Framed(p.stateBox), 184),
		ui.Item{Object: search, Width: 160, Grow: 1, Max: 420})
}

// showFilters offers the choices and shows those made. A chosen area that no
// office has any more stays among them.
func (p *Page) showFilters() {
	p.viewBox.SetChoices([]ui.Choice{
		{Value: string(Tree), Label: "事業所と人"}, {Value: string(Offices), Label: "事業所"}, {Value: string(People), Label: "人"},
	}, string(p.filter.View))
	p.kindBox.SetChoices(append([]ui.Choice{{Label: "すべての種別"}}, ui.ChoicesOf(models.PartnerKinds)...), p.filter.Kind)
	areas := p.areas
	if p.filter.Area != "" && !slices.Contains(areas, p.filter.Area) {
		areas = append(slices.Clone(areas), p.filter.Area)
	}
	p.areaBox.SetChoices(append([]ui.Choice{{Label: "すべての地域"}}, ui.ChoicesOf(areas)...), p.filter.Area)
	p.stateBox.SetChoices([]ui.Choice{
		{Value: string(StateActive), Label: "連携中のみ"},
		{Value: string(StateAll), Label: "連携終了も含む"},
		{Value: string(StateShort), Label: "過去1年の面会が3回に足りない"},
		{Value: string(StateOverdue), Label: "面会の目安の日が来た"},
		{Value: string(StateUnready), Label: "平時の連携がない人"},
		{Value: string(StateLapsing), Label: "30日以内に切れる人"},
	}, string(p.filter.State))
}

// apply shows the rows the filters choose, in the order chosen.
func (p *Page) apply() {
	if p.index == nil {
		return
	}
	if choice := p.choice(); p.chosen.index != p.index || p.chosen.by != choice {
		p.chosen = choice.rows(p.index)
	}
	p.ShowRows(p.chosen.list)
}

// choice is which rows the list shows, and in which order.
type choice struct {
	filter Filter
	column string
	down   bool
}

// arranged are the rows of an index that a choice shows.
type arranged struct {
	index *Index
	by    choice
	list  []Row
}

func (p *Page) choice() choice {
	column, down := p.List.Order()
	return choice{p.filter, column, down}
}

func (c choice) rows(x *Index) arranged {
	return arranged{x, c, Arrange(FilterRows(x.Rows, c.filter, x.Today), c.column, c.down)}
}

func (p *Page) counts(shown []Row) (words, beside string) {
	if len(shown) < len(p.All) {
		beside = "表示 " + Count(shown)
	}
	return Count(p.All), beside
}

// clear takes every filter away but the view.
func (p *Page) clear() {
	p.choose(Filter{View: p.filter.View})
	p.Filtered()
	p.FocusList()
}

// choose replaces the filters, and takes the search away.
func (p *Page) choose(f Filter) {
	p.filter = f
	p.Search.SetQuery("")
	p.showFilters()
}

// widen shows everything. It is not remembered: the next start has the filters
// the user chose.
func (p *Page) widen() {
	p.choose(Filter{State: StateAll})
	p.apply()
}
