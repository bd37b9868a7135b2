package admissions

import (
	"context"
	"image/color"
	"strings"

	"fyne.io/fyne/v2"

	"renkei/models/fee"
	"renkei/views/page"
	"renkei/views/ui"
	"renkei/views/verdict"
	"renkei/views/words"
)

// columns of the list.
var columns = []ui.Column[*Row]{
	{ID: "patient", Title: "患者ID", Width: 84, Text: func(r *Row) string { return r.PatientID }, Find: func(r *Row) string { return r.PatientID }},
	{
		ID: "name", Title: "氏名", Width: 92, Grow: 1.6, Bold: true,
		Text: (*Row).NameAndKana, Short: func(r *Row) string { return r.Name },
		Less: func(a, b *Row) bool { return a.order < b.order }, Find: func(r *Row) string { return r.order },
	},
	{ID: "ward", Title: "病棟", Width: 72, Text: func(r *Row) string { return r.Ward }, Short: func(r *Row) string { return shortWard(r.Ward) }},
	{
		ID: "admitted", Title: "入院", Width: 78, Grow: 1.2,
		Text:  func(r *Row) string { return words.Joined("  ", r.AdmittedOn.String(), r.Stay) },
		Short: func(r *Row) string { return r.Stay },
		Less:  func(a, b *Row) bool { return a.AdmittedOn < b.AdmittedOn },
	},
	{
		ID: "leaving", Title: "退院", Width: 84, Grow: 0.3, Text: func(r *Row) string { return r.Out },
		Less: func(a, b *Row) bool { return a.Leaving < b.Leaving },
	},
	{
		ID: "care manager", Title: "ケアマネ", Width: 84, Grow: 1.4,
		Text: func(r *Row) string {
			if r.Office == "" {
				return r.CareManager
			}
			return r.CareManager + "（" + r.Office + "）"
		},
		Short: func(r *Row) string { return r.CareManager },
	},
	{
		ID: "verdict", Title: "判定", Width: 84, Text: func(r *Row) string { return string(r.Result) },
		Tint: func(r *Row) ui.Tint {
			if r.Result == "" {
				return ui.Tint{}
			}
			return verdict.Tint(r.Result)
		},
	},
	{
		ID: "points", Title: "点数", Width: 66, Align: fyne.TextAlignTrailing,
		Text: func(r *Row) string {
			if r.Points == 0 {
				return ""
			}
			return ui.Thousands(r.Points)
		},
		Less: func(a, b *Row) bool { return a.Points < b.Points },
	},
	{
		ID: "missing", Title: "足りないもの", Width: 120, Grow: 1.5, Text: func(r *Row) string { return r.MissingWords },
		Less:  func(a, b *Row) bool { return len(a.Missing) < len(b.Missing) },
		Color: func(*Row) color.Color { return ui.Warn },
	},
}

// shortWard leaves out what stands in brackets: 「4東病棟（地域包括ケア）」 is known as
// 4東病棟.
func shortWard(name string) string {
	short, _, _ := strings.Cut(name, "（")
	return short
}

// filterBar makes the filters over the list.
func (p *Page) filterBar() fyne.CanvasObject {
	page.RecallFilters(&p.Records, &p.filter)
	p.stayBox = p.NewFilter(func(v string) { p.filter.Stay = v })
	p.wardBox = p.NewFilter(func(v string) { p.filter.Ward = v })
	p.staffBox = p.NewFilter(func(v string) { p.filter.Staff = v })
	p.resultBox = p.NewFilter(func(v string) { p.filter.Verdict = v })
	p.missingBox = p.NewFilter(func(v string) { p.filter.Missing = v })
	search := p.NewSearch("氏名・カナ・ID（Ctrl+F）", func(text string) { p.filter.Query = text })
	return ui.NewBar(ui.FieldHeight+ui.GapField,
		ui.Item{Object: ui.Framed(p.stayBox), Width: 116, Grow: 0.2, Max: 132},
		ui.Item{Object: ui.Framed(p.wardBox), Width: 108, Grow: 0.6, Max: 180},
		ui.Item{Object: ui.Framed(p.staffBox), Width: 108, Grow: 0.6, Max: 160},
		ui.Item{Object: ui.Framed(p.resultBox), Width: 108, Grow: 0.4, Max: 150},
		ui.Item{Object: ui.Framed(p.missingBox), Width: 112, Grow: 0.4, Max: 150},
		ui.Item{Object: search, Width: 96, Grow: 1, Max: 360})
}

// showFilters offers what there is to choose by.
func (p *Page) showFilters() {
	p.stayBox.SetChoices([]ui.Choice{{Value: Here, Label: "入院中"}, {Value: Left, Label: "退院 3か月内"}, {Value: LeftYear, Label: "退院 1年内"}, {Value: Every, Label: "すべて"}}, p.filter.Stay)
	wards := []ui.Choice{{Label: "すべての病棟"}}
	staff := []ui.Choice{{Label: "すべての担当"}}
	if p.snap != nil {
		wards = append(wards, ui.ChoicesOf(p.snap.wards)...)
		for _, s := range p.snap.staffed {
			staff = append(staff, ui.Choice{Value: s.code, Label: s.name})
		}
	}
	p.wardBox.SetChoices(kept(wards, p.filter.Ward), p.filter.Ward)
	p.staffBox.SetChoices(kept(staff, p.filter.Staff), p.filter.Staff)
	results := []ui.Choice{{Label: "すべての判定"}, {Value: NoSession, Label: "指導なし"}}
	p.resultBox.SetChoices(append(results, ui.ChoicesOf(fee.Results)...), p.filter.Verdict)
	missing := []ui.Choice{{Label: "足りないもの"}, {Value: AnyMissing, Label: "何か足りない"}}
	p.missingBox.SetChoices(append(missing, ui.ChoicesOf(Missings)...), p.filter.Missing)
}

// kept adds a chosen value that is not among the choices, so that it is seen.
func kept(choices []ui.Choice, value string) []ui.Choice {
	for _, c := range choices {
		if c.Value == value {
			return choices
		}
	}
	return append(choices, ui.Choice{Value: value, Label: value})
}

// apply chooses and orders the rows beside the window and shows them. It reads
// the rows of another stay first.
func (p *Page) apply() {
	switch {
	case p.snap == nil:
		return
	case p.snap.stay != p.filter.Stay:
		p.readStay()
		return
	}
	all, filter, state := p.snap.rows, p.filter, p.List.State()
	page.Ask(p.Shell, &p.filters, "入院の絞り込み", func(context.Context) ([]*Row, error) {
		rows := Choose(all, filter)
		for _, c := range columns {
			if c.ID == state.Sort {
				ui.SortBy(rows, c, state.Down)
			}
		}
		return rows, nil
	}, func(rows []*Row) {
		p.fill(rows)
		p.explainEmpty(filter)
		if p.selected != "" {
			p.List.SelectKey(p.selected)
			p.selected = ""
		}
	})
}

func (p *Page) fill(rows []*Row) {
	p.filling = true
	p.ShowRows(rows)
	p.filling = false
}

// readStay reads the rows of the stay chosen; meanwhile the list says so.
func (p *Page) readStay() {
	p.filters.Stop()
	if row, ok := p.List.Selected(); ok {
		p.selected = p.Key(row)
	}
	p.fill(nil)
	p.List.SetEmpty(ui.Loading, "")
	p.Reload()
}

// explainEmpty says why the list is empty where more is known than that a filter
// leaves it so.
func (p *Page) explainEmpty(f Filter) {
	switch {
	case p.known == nil:
		p.List.SetEmpty(ui.Loading, "")
	case !p.recorded():
	case f.Query != "" && f.Stay != Every:
		p.List.SetEmpty("『"+f.Query+"』に合う入院はありません", "「"+p.stayBox.Selected+"」の中でさがしました。", ui.NewButton("すべての入院からさがす", p.searchAll))
	case f == (Filter{}):
		p.List.SetEmpty("いま入院中の患者の登録はありません", "退院した患者は、上の「入院中」を「退院 3か月内」などにすると出ます。", ui.NewButton("すべての入院を見る", p.clearFilters))
	}
}

func (p *Page) counts(shown []*Row) (words, beside string) {
	if p.snap.stay != p.filter.Stay {
		return "", "" // it is being read
	}
	words = Total(shown).String()
	if p.known != nil {
		beside = "全 " + ui.Thousands(len(p.known.Inpatients)) + "件"
	}
	return words, beside
}

// searchAll looks for what is typed among all admissions.
func (p *Page) searchAll() { p.filterBy(Filter{Stay: Every, Query: p.filter.Query}) }

// clearFilters takes the filters within a stay away, or where there are none the
// stay: what was never asked for is not read.
func (p *Page) clearFilters() {
	widened := Filter{Stay: p.filter.Stay}
	if p.filter == widened {
		widened.Stay = Every
	}
	p.Search.SetQuery("")
	p.filterBy(widened)
}

func (p *Page) filterBy(f Filter) {
	p.filter = f
	p.showFilters()
	p.Filtered()
	p.FocusList()
}
