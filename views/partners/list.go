package partners

import (
	"slices"

	"fyne.io/fyne/v2"

	"renkei/models"
	"renkei/views/page"
	"renkei/views/ui"
)

// buildFilters makes the line over the list.
func (p *Page) buildFilters() fyne.CanvasObject {
	chosen := func(set func(string)) *ui.Select {
		return ui.NewSelect(func(value string) { set(value); p.keep(); p.apply() })
	}
	p.viewBox = chosen(func(v string) { p.filter.View = View(v) })
	p.kindBox = chosen(func(v string) { p.filter.Kind = v })
	p.areaBox = chosen(func(v string) { p.filter.Area = v })
	p.stateBox = chosen(func(v string) { p.filter.State = State(v) })
	p.search = page.NewSearchBox(p.shell, "名前・カナ・電話・番号をさがす（Ctrl+F）", func(text string) {
		p.filter.Query = text
		p.apply()
	})
	p.showFilters()
	return ui.NewBar(ui.FieldHeight+ui.GapField,
		ui.Fixed(ui.Framed(p.viewBox), 124), ui.Fixed(ui.Framed(p.kindBox), 168),
		ui.Fixed(ui.Framed(p.areaBox), 128), ui.Fixed(ui.Framed(p.stateBox), 184),
		ui.Item{Object: p.search, Width: 160, Grow: 1, Max: 420})
}

// showFilters offers the choices and shows those made. A chosen area that no
// office has any more stays among them.
func (p *Page) showFilters() {
	p.viewBox.SetChoices([]ui.Choice{
		{Value: string(Tree), Label: "事業所と人"}, {Value: string(Offices), Label: "事業所"}, {Value: string(People), Label: "人"},
	}, string(p.filter.View))
	p.kindBox.SetChoices(append([]ui.Choice{{Label: "すべての種別"}}, ui.ChoicesOf(models.PartnerKinds)...), p.filter.Kind)
	var known []string
	if p.index != nil {
		known = Areas(p.index.Rows)
	}
	if p.filter.Area != "" && !slices.Contains(known, p.filter.Area) {
		known = append(known, p.filter.Area)
	}
	p.areaBox.SetChoices(append([]ui.Choice{{Label: "すべての地域"}}, ui.ChoicesOf(known)...), p.filter.Area)
	p.stateBox.SetChoices([]ui.Choice{
		{Value: string(StateActive), Label: "連携中のみ"},
		{Value: string(StateAll), Label: "連携終了も含む"},
		{Value: string(StateShort), Label: "過去1年の面会が3回に足りない"},
		{Value: string(StateOverdue), Label: "面会の目安の日が来た"},
		{Value: string(StateUnready), Label: "平時の連携がない人"},
		{Value: string(StateLapsing), Label: "30日以内に切れる人"},
	}, string(p.filter.State))
}

func (p *Page) buildList(left ui.RegisterState) {
	p.list = page.NewList(p.shell, "連携先とケアマネ", columns(), func(r Row) string { return r.Key }, left, p.keep)
	p.list.OnSelected = p.selected
	p.list.OnOpened = func(Row) { p.split.Open(); p.enterDetail() }
	p.list.OnSorted = func(string, bool) { p.apply() }
}

// apply shows the rows the filters choose, in the order chosen.
func (p *Page) apply() {
	if p.index == nil {
		return
	}
	p.sayEmpty()
	rows := FilterRows(p.index.Rows, p.filter, p.index.Today)
	column, down := p.list.Order()
	p.list.SetRows(Arrange(rows, column, down))
	p.counts.SetText(Count(p.index.Rows))
	p.shown.SetText("")
	if len(rows) < len(p.index.Rows) {
		p.shown.SetText("表示 " + Count(rows))
	}
	if len(rows) == 0 && p.open == nil {
		p.split.Close()
		p.detail.Set(ui.NewParagraph("左の一覧で選んだ事業所・人の記録が、ここに出ます。", ui.Quiet))
	}
}

func (p *Page) sayEmpty() {
	if len(p.index.Rows) == 0 {
		p.list.SetEmpty("連携先がまだ登録されていません",
			"事業所を登録し、そこで働くケアマネジャーを登録します。いま使っている台帳があれば「台帳」から読み込めます。",
			ui.NewButton("事業所を登録", func() { p.Open(page.ToNew("連携先", "")) }))
		return
	}
	p.list.SetEmpty("条件に合う連携先はありません", "種別・地域・状態・さがす言葉のどれかをゆるめてください。",
		ui.NewButton("絞り込みをやめる", p.clearFilters))
}

func (p *Page) clearFilters() {
	p.filter = Filter{View: p.filter.View}
	p.search.SetQuery("")
	p.showFilters()
	p.keep()
	p.apply()
	p.shell.Canvas().Focus(p.list)
}

// selected shows the row, unless a form with typing in it is open.
func (p *Page) selected(row Row) {
	if p.open != nil {
		if p.open.form.Dirty() {
			if row.Key != p.open.row {
				p.shell.Say(ui.Attention, p.open.title+"の途中です。保存するか、やめてから、ほかの行を選んでください")
			}
			return
		}
		p.closeForm()
	}
	p.describe(row)
}
