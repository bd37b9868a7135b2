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

// ID is the page's name for GoTo. Its keys are a 連携先コード, a CMコード, or
// NewOffice and NewPerson.
const ID = "partners"

// The keys that open an empty form; 「new:office」 and 「new:person」, the latter
// with 「/連携先コード」 for a person of that office.
const (
	NewOffice = "new:office"
	NewPerson = "new:person"
)

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
	pending string // the key to open once the register is read

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

// Place is the key of the row shown.
func (p *Page) Place() string {
	if row, ok := p.list.Selected(); ok {
		return row.Key
	}
	return ""
}

// Open shows an office or a person by key, or an empty form.
func (p *Page) Open(key string) {
	if p.index == nil {
		p.pending = key
		return
	}
	key, field := page.CutField(key)
	switch office, person := strings.CutPrefix(key, NewPerson); {
	case p.openMending(key):
		if p.open != nil {
			p.open.form.FocusOn(field)
		}
	case key == NewOffice:
		p.editOffice(models.Partner{})
	case person:
		p.editPerson(models.CareManager{}, strings.TrimPrefix(office, "/"))
	default:
		p.show(p.index.Find(key))
	}
}

// openMending opens the form of a page.FormLink: of an office or a person, of a
// row of the 所属履歴, or 異動 of a person who has none.
func (p *Page) openMending(key string) bool {
	if row, ok := strings.CutPrefix(key, "edit:"); ok {
		p.show(p.index.Find(row))
		code := row[strings.Index(row, ":")+1:]
		if office := p.index.Facts.Partner(code); office != nil && officeKey(code) == row {
			p.editOffice(*office)
		} else if person := p.index.Facts.CareManager(code); person != nil {
			p.editPerson(*person, "")
		}
		return true
	}
	row, ok := strings.CutPrefix(key, "job:")
	if !ok {
		return false
	}
	code, rest, _ := strings.Cut(row, "/")
	p.show(p.index.Find(personKey(code)))
	for _, job := range p.index.jobsOf[code] {
		if job.Partner+"/"+job.From.String() == rest {
			p.correctJob(job)
			return true
		}
	}
	if rest == "" && p.index.Facts.CareManager(code) != nil {
		p.move(code)
	}
	return true
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
	p.course.OnOpened = func(key string) { page.Follow(p.shell, key) }
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
	if key := p.pending; key != "" {
		p.pending = ""
		p.Open(key)
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
