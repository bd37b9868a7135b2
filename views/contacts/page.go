package contacts

import (
	"cmp"
	"context"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"renkei/models"
	"renkei/models/fee"
	"renkei/models/liaison"
	"renkei/views/page"
	"renkei/views/people"
	"renkei/views/ui"
)

// The keys of what the page remembers besides its list and its filter.
const (
	keepEntry   = "contacts/last"
	keepPhrased = "contacts/phrases"
)

// Desk is what the page needs from the use cases.
type Desk interface {
	page.Desk
	// ContactedOn returns the 日付 of a やり取り, blank if there is no such one.
	ContactedOn(ctx context.Context, number string) (models.Date, error)
	// ContactCount counts the やり取り of the register.
	ContactCount(ctx context.Context) (int, error)
}

// Page is the page やり取り.
type Page struct {
	page.Identity
	page.Records[*Row]

	// Now tells the time a new contact begins with.
	Now func() time.Time

	answer
	desk      Desk
	directory *people.Directory
	filter    Filter
	asked     models.Period // read, or being read
	counting  models.Month  // whose 面会 the open form tells of, blank for none
	finding   page.Latest   // the reading of where a link leads
	phrases   []Phrase

	periodBox, kindBox, staffBox *ui.Select
	person                       *ui.Button // the care manager or office the list is narrowed to; a tap widens it
	bar                          *ui.Arranged
}

var _ page.Maker = (*Page)(nil)

// New returns the page.
func New(shell page.Shell, desk Desk, directory *people.Directory) *Page {
	p := &Page{Identity: page.Identity{Name: "contacts", Word: "やり取り", Sign: theme.MailComposeIcon()}, Now: time.Now, desk: desk, directory: directory}
	p.Buttons = []*ui.Button{ui.NewPrimaryButton("やり取りを記録（Ctrl+N）", theme.ContentAddIcon(), p.New)}
	p.Records = page.Records[*Row]{
		Reader: page.Reader{Shell: shell, Reads: "やり取りの表示", Load: p.load, Of: sheets}, Desk: desk,
		Sheet: "やり取り", Remember: "contacts",
		Columns: columns, Key: func(r *Row) string { return r.Number }, Arranged: ui.ListState{Sort: "date", Down: true}, Share: 0.5,
		Nothing: "一覧で選んだやり取りの内容が、ここに出ます。Ctrl+N で新しく記録します。",
		Empty: page.Empty{
			Title: "やり取りはまだありません", Begin: ui.NewButton("やり取りを記録する", p.New),
			Text: "電話・面会・FAXなど、ケアマネや事業所とのやり取りをここに残します。面会とビデオ通話は、入退院支援加算1の年3回に数えます。",
		},
		FilterWords: "期間・種別・職員",
		Apply:       p.apply, Counts: p.counts, Widen: p.widen, Clear: p.clear, Follow: p.follow,
		Describe: p.describe, Enter: p.edit, Edit: p.edit, Make: p.begin, Recorded: func() bool { return p.count > 0 },
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

// sheets are those of which the page shows something. 共同指導 may count as 面会.
var sheets = []string{"設定", "職員", "連携先", "介護支援専門員", "所属履歴", "やり取り", "入院", "共同指導"}

// answer is the register as the page shows and searches it.
type answer struct {
	period  models.Period // of the rows
	facts   *fee.Facts    // of the period; nil until the register is read
	rows    []*Row
	chosen  []*Row      // by the filter as it was when the reading began
	count   int         // of the やり取り of the register
	first   models.Date // of the register
	known   *people.Known
	parties *models.Finder // care managers and offices
	staff   []ui.Choice    // those to choose among
	counted models.Month   // whose 面会 are in met
	met     *fee.Facts     // of what counts as 面会; nil for none
}

// load makes all that is shown and searched beside the window, the rows the
// filter chooses too. It reads the やり取り of the period.
func (p *Page) load() page.Read {
	today, filter, before := p.Shell.Today(), p.filter, made{p.facts, p.rows}
	if p.Editor() == nil {
		p.counting = 0
	}
	counting := p.counting
	p.asked = filter.within(today)
	return page.Reading(func(ctx context.Context) (answer, error) {
		a := answer{period: filter.within(today), counted: counting}
		if err := p.read(ctx, &a, today); err != nil {
			return answer{}, err
		}
		a.rows = newestFirst(Rows(a.facts, a.known.Inpatients, before))
		a.chosen, a.staff = filter.Apply(a.rows, today), staffChoices(a.facts, filter.Staff)
		return a, nil
	}, func(a answer) {
		p.answer, p.All, p.Waiting = a, a.rows, false
		if p.filter != filter { // another one was chosen meanwhile
			p.staff, p.chosen = staffChoices(a.facts, p.filter.Staff), p.filter.Apply(p.All, today)
		}
		p.showFilter()
		p.ShowRows(p.chosen)
	})
}

// read reads what an answer is made of.
func (p *Page) read(ctx context.Context, a *answer, today models.Date) error {
	var err error
	if a.known, err = p.directory.Know(ctx, today); err != nil {
		return err
	}
	a.parties = p.directory.Parties(a.known)
	judged, err := p.desk.Judged(ctx, models.Part{Contacts: a.period})
	if err != nil {
		return err
	}
	a.facts, a.first = judged.Facts, judged.Extent.First
	if a.count, err = p.desk.ContactCount(ctx); err != nil || a.counted.IsZero() {
		return err
	}
	met, err := p.desk.Judged(ctx, liaison.MenkaiOfMonthPart(a.counted, a.facts.Params))
	if err == nil {
		a.met = met.Facts
	}
	return err
}

// metBy returns the register with what counts as 面会 in the year up to a day. If it
// is not read yet, it returns nil and reads it.
func (p *Page) metBy(on models.Date) *fee.Facts {
	month := on.Month()
	if p.counting != month {
		p.counting = month
		p.Reload()
	}
	if p.counted != month {
		return nil
	}
	return p.met
}

// showFilter shows what the list is narrowed to.
func (p *Page) showFilter() {
	p.periodBox.SetChoices(periodChoices(p.Shell.Today(), p.first, p.filter.Period), cmp.Or(p.filter.Period, periodYear))
	p.kindBox.SetChoices(kindChoices(), p.filter.Kind)
	p.staffBox.SetChoices(p.staff, p.filter.Staff)
	p.person.Hide()
	if p.filter.Person != "" {
		p.person.SetText("相手: " + short(p.partyPick(p.filter.Person).Title, 12))
		p.person.Show()
	}
	p.bar.Refresh()
}

// apply shows the rows the filter chooses. Those of another period are read first;
// until then it shows the ones there are.
func (p *Page) apply() {
	today := p.Shell.Today()
	if p.filter.within(today) != p.asked {
		p.Reload()
	}
	p.Waiting = p.asked != p.period
	p.ShowRows(p.filter.Apply(p.All, today))
}

func (p *Page) counts(shown []*Row) (words, beside string) {
	if p.Waiting {
		return ui.Loading, ""
	}
	return countWords(shown, p.count), ""
}

// widen takes every filter away but the period.
func (p *Page) widen() { p.choose(Filter{Period: p.filter.Period}) }

// clear takes every filter away.
func (p *Page) clear() { p.choose(Filter{Period: periodAll}) }

func (p *Page) choose(filter Filter) {
	p.filter = filter
	p.Search.SetQuery("")
	p.showFilter()
	p.Filtered()
}

// follow leads to a やり取り that is not read, by its 年度. It reports whether it
// has to.
func (p *Page) follow(t page.Target) bool {
	today := p.Shell.Today()
	row, known := p.Row(t.Key)
	if t.Key == "" || t.Do == page.New || known && p.filter.within(today).Covers(row.On) {
		return false
	}
	page.Ask(p.Shell, &p.finding, p.Reads, func(ctx context.Context) (models.Date, error) {
		return p.desk.ContactedOn(ctx, t.Key)
	}, func(on models.Date) {
		if on.IsZero() {
			p.SayGone(t)
			return
		}
		p.AfterNext(func() {
			_, read := p.Row(t.Key)
			switch {
			case !read:
				p.SayGone(t)
			case p.Editor() == nil: // nothing was begun meanwhile
				p.Open(t)
			}
		})
		p.asked = models.Period{} // it is not among what was read
		p.choose(Filter{Period: periodWith(on, today)})
	})
	return true
}

// narrowTo shows the contacts with one care manager or office, by its key of
// people; "" is everybody.
func (p *Page) narrowTo(key string) {
	p.filter.Person = key
	p.showFilter()
	p.apply()
}
