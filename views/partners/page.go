package partners

import (
	"context"
	"maps"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"renkei/models"
	"renkei/views/page"
	"renkei/views/people"
	"renkei/views/ui"
)

// ID is the page's name for GoTo.
const ID = "partners"

// Desk is what the page asks of the use cases.
type Desk interface{ page.Register }

// Page is the page 連携先・ケアマネ.
type Page struct {
	page.Identity

	shell page.Shell
	desk  Desk

	loads   page.Latest
	loaded  bool
	index   *Index
	offices *models.Finder
	pending page.Target // to open once the register is read

	filter    Filter
	intervals map[string]int // days between two 面会 by 連携先コード

	viewBox  *ui.Select
	kindBox  *ui.Select
	areaBox  *ui.Select
	stateBox *ui.Select
	search   *ui.SearchBox
	list     *ui.Register[Row]
	counts   *ui.Caption
	shown    *ui.Caption

	split  *ui.MasterDetail
	detail *ui.Page
	course *ui.Timeline
	first  fyne.Focusable // what Enter in the list leads to
	right  *fyne.Container
	open   *openForm // nil while no form is open
}

var (
	_ page.Page   = (*Page)(nil)
	_ page.Opener = (*Page)(nil)
	_ page.Maker  = (*Page)(nil)
	_ page.Saver  = (*Page)(nil)
	_ page.Keeper = (*Page)(nil)
	_ page.Placed = (*Page)(nil)
)

// The keys of what the page remembers.
const (
	rememberList      = "partners.list"
	rememberIntervals = "partners.intervals"
)

// remembered is the list as the person arranged it.
type remembered struct {
	Filter Filter           `json:"filter"`
	List   ui.RegisterState `json:"list"`
}

// New returns the page.
func New(shell page.Shell, desk Desk) *Page {
	p := &Page{Identity: page.Identity{Name: ID, Word: "連携先・ケアマネ", Sign: theme.AccountIcon()}, shell: shell, desk: desk, intervals: make(map[string]int)}
	p.Buttons = []*ui.Button{ui.NewPrimaryButton("新しく登録", theme.ContentAddIcon(), p.New)}
	return p
}

// Shown is called each time the page comes into sight.
func (p *Page) Shown() {
	if !p.loaded {
		p.load()
	}
	if p.open == nil {
		p.shell.Canvas().Focus(p.list)
	}
}

// Changed reads the register again.
func (p *Page) Changed() { p.load() }

// Find puts the cursor into the search box.
func (p *Page) Find() {
	p.split.Close()
	p.shell.Canvas().Focus(p.search)
}

// Place is the office or the person shown.
func (p *Page) Place() page.Target {
	row, ok := p.list.Selected()
	switch {
	case !ok:
		return page.ToPage(ID)
	case row.Key == homeless:
		return page.ToSection(ID, homeless, "")
	case row.Person:
		return toPerson(row.Code)
	}
	return toOffice(row.Code)
}

func toOffice(code string) page.Target { return page.To("連携先", code) }
func toPerson(code string) page.Target { return page.To("介護支援専門員", code) }

// Open shows an office or a person, or opens a form: of one of them, of a row of
// the 所属履歴, or 異動 of a person who has none.
func (p *Page) Open(to page.Target) {
	if p.index == nil {
		p.pending = to
		return
	}
	switch {
	case to.Do == page.New && to.Sheet == "連携先":
		p.editOffice(models.Partner{})
	case to.Do == page.New:
		p.editPerson(models.CareManager{}, to.Key)
	case to.Key == "": // the page as it is
	case to.Sheet == "所属履歴":
		p.openJob(to.Key)
	default:
		p.show(p.index.Find(to))
		if to.Do == page.Edit {
			p.edit(to)
		}
	}
	if to.Do == page.Edit && p.open != nil {
		p.open.form.FocusOn(to.Field)
	}
}

// edit opens the form of an office or a person.
func (p *Page) edit(to page.Target) {
	if office := p.index.Facts.Partner(to.Key); office != nil && to.Sheet == "連携先" {
		p.editOffice(*office)
	} else if person := p.index.Facts.CareManager(to.Key); person != nil && to.Sheet == "介護支援専門員" {
		p.editPerson(*person, "")
	}
}

// openJob opens the form of a row of the 所属履歴 by its key, or 異動 when the key
// is the CMコード alone.
func (p *Page) openJob(key string) {
	code, rest, _ := strings.Cut(key, "/")
	p.show(p.index.Find(toPerson(code)))
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

// show selects the row of a key and shows it, without the filters when they
// leave it out.
func (p *Page) show(row string) {
	if row == "" {
		p.shell.Say(ui.Attention, "その連携先・ケアマネは登録されていません。削除されたか、コードが変わっています")
		return
	}
	p.closeForm()
	if !p.list.SelectKey(row) {
		p.filter = Filter{State: StateAll}
		p.search.SetQuery("")
		p.showFilters()
		p.apply()
		p.list.SelectKey(row)
	}
	p.split.Open()
}

// Build makes the page's content.
func (p *Page) Build() fyne.CanvasObject {
	left := page.Recall(p.shell, rememberList, remembered{})
	p.filter = left.Filter
	p.intervals = page.Recall(p.shell, rememberIntervals, p.intervals)
	bar := p.buildFilters()
	p.buildList(left.List)
	p.detail = ui.NewPage()
	p.course = ui.NewTimeline()
	p.course.OnShortcut = p.shell.Shortcut
	p.course.OnOpened = func(link any) { p.shell.GoTo(link.(page.Target)) }
	p.right = container.NewStack(p.detail)
	p.split = ui.NewMasterDetail(p.list, p.right, 0.47)
	p.counts, p.shown = ui.NewCaption("", ui.Strong), ui.NewRightCaption("", ui.Quiet)
	foot := ui.NewBar(ui.StatusHeight+ui.GapCell, ui.Growing(p.counts, 200), ui.Fixed(p.shown, 0))
	return container.NewStack(canvas.NewRectangle(ui.Ground), container.NewBorder(bar, foot, nil, nil, p.split))
}

// keep remembers the list as it is arranged.
func (p *Page) keep() {
	page.Keep(p.shell, rememberList, remembered{p.filter, p.list.State()})
}

// load reads the register and arranges it beside the window.
func (p *Page) load() {
	p.loaded = true
	today, intervals := p.shell.Today(), maps.Clone(p.intervals)
	page.Ask(p.shell, &p.loads, "連携先の表示", func(ctx context.Context) (answer, error) {
		judged, err := p.desk.Judged(ctx)
		if err != nil {
			return answer{}, err
		}
		return answer{NewIndex(judged, today, intervals), models.NewFinder(people.Offices(judged.Facts))}, nil
	}, p.received)
}

// answer is the register as the page shows and searches it.
type answer struct {
	index   *Index
	offices *models.Finder
}

func (p *Page) received(a answer) {
	p.index, p.offices = a.index, a.offices
	p.showFilters()
	p.apply()
	if to := p.pending; !to.IsZero() {
		p.pending = page.Target{}
		p.Open(to)
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
	page.Keep(p.shell, rememberIntervals, p.intervals)
	p.load()
}
