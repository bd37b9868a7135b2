package contacts

import (
	"cmp"
	"context"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"renkei/models"
	"renkei/models/fee"
	"renkei/views/page"
	"renkei/views/people"
	"renkei/views/ui"
)

// The keys of what the page remembers besides its list and its filter.
const (
	keepEntry   = "contacts/last"
	keepPhrased = "contacts/phrases"
)

// Page is the page やり取り.
type Page struct {
	page.Identity
	page.Records[*Row]

	// Now tells the time a new contact begins with.
	Now func() time.Time

	answer
	directory *people.Directory
	filter    Filter
	phrases   []Phrase

	periodBox, kindBox, staffBox *ui.Select
	person                       *ui.Button // the care manager or office the list is narrowed to; a tap widens it
	bar                          *ui.Arranged
}

var _ page.Maker = (*Page)(nil)

// New returns the page.
func New(shell page.Shell, desk page.Desk, directory *people.Directory) *Page {
	p := &Page{Identity: page.Identity{Name: "contacts", Word: "やり取り", Sign: theme.MailComposeIcon()}, Now: time.Now, directory: directory}
	p.Buttons = []*ui.Button{ui.NewPrimaryButton("やり取りを記録（Ctrl+N）", theme.ContentAddIcon(), p.New)}
	p.Records = page.Records[*Row]{
		Reader: page.Reader{Shell: shell, Reads: "やり取りの表示", Load: p.load}, Desk: desk,
		Sheet: "やり取り", Remember: "contacts",
		Columns: columns, Key: func(r *Row) string { return r.Number }, Arranged: ui.ListState{Sort: "date", Down: true}, Share: 0.5,
		Nothing: "一覧で選んだやり取りの内容が、ここに出ます。Ctrl+N で新しく記録します。",
		Empty: page.Empty{
			Title: "やり取りはまだありません", Begin: ui.NewButton("やり取りを記録する", p.New),
			Text: "電話・面会・FAXなど、ケアマネや事業所とのやり取りをここに残します。面会とビデオ通話は、入退院支援加算1の年3回に数えます。",
		},
		FilterWords: "期間・種別・職員",
		Apply:       p.apply, Counts: p.counts, Widen: p.widen,
		Describe: p.describe, Enter: p.edit, Edit: p.edit, Make: p.begin,
	}
	return p
}

// Build makes the content.
func (p *Page) Build() fyne.CanvasObject {
	p.phrases = recallPhrases(p.Shell)
	page.RecallFilters(&p.Records, &p.filter)
	p.periodBox = p.NewFilter(func(v string) { p.filter.Period = v })
	p.kindBox = p.NewFilter(func(v string) { p.filter.Kind = v })
	p.staffBox = p.NewFilter(func(v string) { p.filter.Staff = v })
	p.person = ui.NewIconButton("", theme.CancelIcon(), func() { p.narrowTo("") })
	p.person.Hide()
	search := p.NewSearch("相手・事業所・内容・患者をさがす（Ctrl+F）", func(text string) { p.filter.Query = text })
	p.bar = ui.NewBar(ui.FieldHeight+ui.GapField,
		ui.Fixed(ui.Framed(p.periodBox), 140), ui.Fixed(ui.Framed(p.kindBox), 164), ui.Fixed(ui.Framed(p.staffBox), 148),
		ui.Fixed(p.person, 0), ui.Item{Object: search, Width: 140, Grow: 1, Max: 420})
	return p.BuildRecords(p.bar)
}

// answer is the register as the page shows and searches it.
type answer struct {
	facts   *fee.Facts // nil until the register is read
	rows    []*Row
	chosen  []*Row // by the filter as it was when the reading began
	known   *people.Known
	parties *models.Finder // care managers and offices
	staff   []ui.Choice    // those to choose among
}

// load makes all that is shown and searched beside the window, the rows the
// filter chooses too.
func (p *Page) load() page.Read {
	today, filter, before := p.Shell.Today(), p.filter, made{p.facts, p.rows}
	return page.Reading(func(ctx context.Context) (answer, error) {
		known, err := p.directory.Know(ctx, today)
		if err != nil {
			return answer{}, err
		}
		judged, err := p.Desk.Judged(ctx, models.Part{Whole: true})
		if err != nil {
			return answer{}, err
		}
		f := judged.Facts
		rows := newestFirst(Rows(f, before))
		return answer{
			facts: f, rows: rows, chosen: filter.Apply(rows, today), known: known, staff: staffChoices(f, filter.Staff),
			parties: models.NewFinder(append(people.CareManagers(f, today), people.Offices(f)...)),
		}, nil
	}, func(a answer) {
		p.answer, p.All = a, a.rows
		if p.filter != filter { // another one was chosen meanwhile
			p.staff, p.chosen = staffChoices(a.facts, p.filter.Staff), p.filter.Apply(p.All, today)
		}
		p.showFilter()
		p.ShowRows(p.chosen)
	})
}

// showFilter shows what the list is narrowed to.
func (p *Page) showFilter() {
	p.periodBox.SetChoices(periodChoices(), cmp.Or(p.filter.Period, periodYear))
	p.kindBox.SetChoices(kindChoices(), p.filter.Kind)
	p.staffBox.SetChoices(p.staff, p.filter.Staff)
	p.person.Hide()
	if p.filter.Person != "" {
		p.person.SetText("相手: " + short(p.partyPick(p.filter.Person).Title, 12))
		p.person.Show()
	}
	p.bar.Refresh()
}

// apply shows the rows the filter chooses.
func (p *Page) apply() { p.ShowRows(p.filter.Apply(p.All, p.Shell.Today())) }

func (p *Page) counts(shown []*Row) (words, beside string) { return countWords(shown, len(p.All)), "" }

// widen takes every filter away.
func (p *Page) widen() {
	p.filter = Filter{Period: periodAll}
	p.Search.SetQuery("")
	p.showFilter()
	p.Filtered()
}

// narrowTo shows the contacts with one care manager or office, by its key of
// people; "" is everybody.
func (p *Page) narrowTo(key string) {
	p.filter.Person = key
	p.showFilter()
	p.apply()
}
