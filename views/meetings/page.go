package meetings

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"renkei/app"
	"renkei/models"
	"renkei/models/fee"
	"renkei/views/page"
	"renkei/views/people"
	"renkei/views/ui"
)

// Page is the page 会議・勉強会.
type Page struct {
	page.Identity
	page.Records[Row]

	answer
	filter Filter

	yearBox, kindBox, countedBox *ui.Select
}

var _ page.Maker = (*Page)(nil)

// New returns the page.
func New(shell page.Shell, desk page.Desk) *Page {
	p := &Page{Identity: page.Identity{Name: "meetings", Word: "会議・勉強会", Sign: theme.CalendarIcon()}}
	p.Buttons = []*ui.Button{ui.NewPrimaryButton("会議を加える（Ctrl+N）", theme.ContentAddIcon(), p.New)}
	p.Records = page.Records[Row]{
		Reader: page.Reader{Shell: shell, Reads: "会議・勉強会の表示", Load: p.load, Of: sheets}, Desk: desk,
		Sheet: "会議", Remember: "meetings", ListName: "会議・勉強会",
		Columns: columns, Key: func(r Row) string { return r.Code }, Arranged: ui.ListState{Sort: "date", Down: true}, Share: 0.52,
		Nothing: "一覧で選んだ会議の内容と出席者が、ここに出ます。",
		Empty: page.Empty{
			Title: "会議・勉強会はまだありません", Begin: ui.NewButton("会議を加える", p.New),
			Text: "地域ケア会議・サービス担当者会議・多職種連携会議・勉強会と、その出席者をここに残します。部門の担当者とケアマネが出席した会議は、指導料2の「平時の連携」の根拠になります。",
		},
		FilterWords: "年度・種別・算入",
		Apply:       p.apply, Counts: p.counts, Widen: p.widen,
		Describe: p.describe, Enter: p.takeAttendance, Edit: p.editFacts,
		Make: func(string) { p.editFacts(Row{Meeting: models.Meeting{HeldOn: shell.Today()}}) },
	}
	return p
}

// Build makes the content.
func (p *Page) Build() fyne.CanvasObject {
	page.RecallFilters(&p.Records, &p.filter)
	p.yearBox = p.NewFilter(func(v string) { p.filter.Year = v })
	p.kindBox = p.NewFilter(func(v string) { p.filter.Kind = v })
	p.countedBox = p.NewFilter(func(v string) { p.filter.Counted = v })
	search := p.NewSearch("会議・出席した人・事業所をさがす（Ctrl+F）", func(text string) { p.filter.Query = text })
	return p.BuildRecords(ui.NewBar(ui.FieldHeight+ui.GapField,
		ui.Fixed(ui.Framed(p.yearBox), 140), ui.Fixed(ui.Framed(p.kindBox), 176), ui.Fixed(ui.Framed(p.countedBox), 164),
		ui.Item{Object: search, Width: 140, Grow: 1, Max: 420}))
}

// answer is the register as the page shows it.
type answer struct {
	facts *fee.Facts // nil until the register is read
	known *people.Known
	rows  []Row
}

// sheets are those of which the page shows something.
var sheets = []string{"設定", "規程", "職員", "連携先", "介護支援専門員", "所属履歴", "会議", "会議出席"}

func (p *Page) load() page.Read {
	today := p.Shell.Today()
	return page.ReadPart(p.Desk, models.Part{}, func(judged *app.Judged) answer {
		f := judged.Facts
		return answer{f, &people.Known{Facts: f, On: today, Offices: models.NewFinder(people.Offices(f))}, Rows(f)}
	}, func(a answer) {
		p.answer, p.All = a, a.rows
		p.showFilter()
		p.apply()
	})
}

func (p *Page) showFilter() {
	today := p.Shell.Today()
	p.yearBox.SetChoices(yearChoices(p.All, today), p.filter.year(today))
	p.kindBox.SetChoices(kindChoices(), p.filter.Kind)
	p.countedBox.SetChoices(countedChoices(), p.filter.Counted)
}

// apply shows the rows the filter chooses.
func (p *Page) apply() { p.ShowRows(p.filter.Apply(p.All, p.Shell.Today())) }

func (p *Page) counts(shown []Row) (words, beside string) { return countWords(shown, len(p.All)), "" }

// widen takes every filter away.
func (p *Page) widen() {
	p.filter = Filter{Year: allYears}
	p.Search.SetQuery("")
	p.showFilter()
	p.Filtered()
}

// takeAttendance opens the attendance of a meeting.
func (p *Page) takeAttendance(row Row) {
	p.Begin(func() page.Editor { return newAttendancePanel(p, row) })
}
