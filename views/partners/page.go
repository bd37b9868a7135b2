package partners

import (
	"context"
	"maps"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"renkei/app"
	"renkei/models"
	"renkei/models/liaison"
	"renkei/views/page"
	"renkei/views/people"
	"renkei/views/ui"
)

// Page is the page 連携先・ケアマネ.
type Page struct {
	page.Identity
	page.Records[Row]

	answer
	filter    Filter
	intervals map[string]int // days between two 面会 by 連携先コード

	viewBox, kindBox, areaBox, stateBox *ui.Select

	desk   Desk
	chosen arranged // the rows chosen last
	course course
	first  fyne.Focusable // what Enter in the list leads to
}

var _ page.Maker = (*Page)(nil)

// shown are the sheets of which the page shows something. Never change it at run
// time.
var shown = []string{
	"設定", "規程", "病棟", "職員", "連携先", "介護支援専門員", "所属履歴", "会議", "会議出席", "やり取り", "入院", "共同指導",
}

// rememberIntervals is the key under which the intervals are kept.
const rememberIntervals = "partners.intervals"

// Desk is what the page asks of the use cases.
type Desk interface {
	page.Desk
	// Recorded reads a part of the register. was is what was read before, or nil.
	Recorded(ctx context.Context, part models.Part, was *app.Recorded) (*app.Recorded, error)
}

// New returns the page.
func New(shell page.Shell, desk Desk) *Page {
	p := &Page{desk: desk, Identity: page.Identity{Name: "partners", Word: "連携先・ケアマネ", Sign: theme.AccountIcon()}, intervals: make(map[string]int)}
	p.Buttons = []*ui.Button{ui.NewPrimaryButton("新しく登録", theme.ContentAddIcon(), p.New)}
	p.Records = page.Records[Row]{
		Reader: page.Reader{Shell: shell, Reads: "連携先の表示", Load: p.load, Of: shown}, Desk: desk,
		Sheet: "連携先", Remember: "partners", ListName: "連携先とケアマネ",
		Columns: columns(), Key: func(r Row) string { return r.Key }, Share: 0.47,
		Nothing: "左の一覧で選んだ事業所・人の記録が、ここに出ます。",
		Empty: page.Empty{
			Title: "連携先がまだ登録されていません", Begin: ui.NewButton("事業所を登録", func() { p.Open(page.ToNew("連携先", "")) }),
			Text: "事業所を登録し、そこで働くケアマネジャーを登録します。いま使っている台帳があれば「台帳」から読み込めます。",
		},
		FilterWords: "種別・地域・状態",
		Apply:       p.apply, Counts: p.counts, Widen: p.widen, Clear: p.clear,
		Describe: p.describe, Enter: func(Row) { p.enterDetail() },
		At: func(r Row) page.Target { return targetOf(r.Key) }, Follow: p.follow,
	}
	return p
}

// Build makes the content.
func (p *Page) Build() fyne.CanvasObject {
	page.RecallFilters(&p.Records, &p.filter)
	p.intervals = page.Recall(p.Shell, rememberIntervals, p.intervals)
	p.course.build(p.Shell)
	content := p.BuildRecords(p.filterBar())
	p.List.OnSorted = func(string, bool) { p.apply() }
	return content
}

// answer is what the list shows, and what forms search.
type answer struct {
	read  *app.Recorded
	index *Index // nil until the register is read
	known *people.Known
	areas []string // of the offices
}

// load reads what the list shows and arranges it beside the window.
func (p *Page) load() page.Read {
	today, was, intervals, choice := p.Shell.Today(), p.read, maps.Clone(p.intervals), p.choice()
	type read struct {
		answer
		chosen arranged
	}
	return page.Reading(func(ctx context.Context) (read, error) {
		now, err := circle(ctx, p.desk, today, was)
		if err != nil {
			return read{}, err
		}
		facts := now.Facts
		x := NewIndex(facts, now.Rules, today, intervals)
		known := &people.Known{Facts: facts, On: today, Offices: models.NewFinder(people.Offices(facts))}
		return read{answer{now, x, known, Areas(x.Rows)}, choice.rows(x)}, nil
	}, func(r read) {
		p.answer, p.chosen, p.All = r.answer, r.chosen, r.index.Rows
		p.showFilters()
		p.apply()
	})
}

// circle reads the part of the register that the list shows as of a day.
func circle(ctx context.Context, desk Desk, today models.Date, was *app.Recorded) (*app.Recorded, error) {
	frame, err := desk.Judged(ctx, models.Part{})
	if err != nil {
		return nil, err
	}
	return desk.Recorded(ctx, liaison.CirclePart(today, frame.Facts.Params), was)
}

func toOffice(code string) page.Target { return page.To("連携先", code) }
func toPerson(code string) page.Target { return page.To("介護支援専門員", code) }

// targetOf leads to the row of a key.
func targetOf(key string) page.Target {
	if code, ok := strings.CutPrefix(key, "P:"); ok {
		return toOffice(code)
	}
	if code, ok := strings.CutPrefix(key, "C:"); ok {
		return toPerson(code)
	}
	return page.ToSection("partners", key, "")
}

// keyOf is the key of the row a target leads to.
func keyOf(t page.Target) string {
	switch t.Sheet {
	case "連携先":
		return officeKey(t.Key)
	case "介護支援専門員":
		return personKey(t.Key)
	}
	return t.Key
}

// follow shows an office or a person, or opens a form: of one of them, of a row
// of the 所属履歴, or 異動 of a person who has none.
func (p *Page) follow(t page.Target) bool {
	switch {
	case t.Do == page.New && t.Sheet == "連携先":
		p.editOffice(models.Partner{})
	case t.Do == page.New:
		p.editPerson(models.CareManager{}, t.Key)
	case t.Key == "": // the page as it is
	case t.Sheet == "所属履歴":
		p.openJob(t.Key)
	default:
		p.show(keyOf(t))
		if t.Do == page.Edit {
			p.edit(t)
		}
	}
	if t.Do == page.Edit {
		p.FocusOn(t.Field)
	}
	return true
}

// edit opens the form of an office or a person.
func (p *Page) edit(t page.Target) {
	if office := p.index.Facts.Partner(t.Key); office != nil && t.Sheet == "連携先" {
		p.editOffice(*office)
	} else if person := p.index.Facts.CareManager(t.Key); person != nil && t.Sheet == "介護支援専門員" {
		p.editPerson(*person, "")
	}
}

// openJob opens the form of a row of the 所属履歴 by its key, or 異動 when the key
// is the CMコード alone.
func (p *Page) openJob(key string) {
	code, rest, _ := strings.Cut(key, "/")
	p.show(personKey(code))
	for _, job := range p.index.jobsOf[code] {
		if job.Partner+"/"+job.From.String() == rest {
			p.correctJob(job)
			return
		}
	}
	if rest == "" && p.index.Facts.CareManager(code) != nil {
		p.move(code)
	}
}

// show selects the row of a key and shows it, or says that there is none.
func (p *Page) show(key string) {
	if !p.ShowKey(key) {
		p.Shell.Say(ui.Attention, "その連携先・ケアマネは登録されていません。削除されたか、コードが変わっています")
	}
}

// interval returns the days between two 面会 with an office.
func (p *Page) interval(office string) int {
	if days, ok := p.intervals[office]; ok {
		return days
	}
	return DefaultInterval
}

func (p *Page) setInterval(office string, days int) {
	p.intervals[office] = days
	if days == DefaultInterval {
		delete(p.intervals, office)
	}
	page.Keep(p.Shell, rememberIntervals, p.intervals)
	p.Reload()
}
