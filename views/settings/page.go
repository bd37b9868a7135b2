// Package settings is the page 設定: wards and their 届出, staff, 規程, the
// parameters of the judgement, the hospital, the size of the text and the
// copies of the register.
package settings

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"renkei/app"
	"renkei/views/page"
	"renkei/views/ui"
)

// ID is the page's name for GoTo. Its sections are wards, staff, policies,
// params, hospital, text and storage.
const ID = "settings"

// sectionOf is the section that shows the records of a sheet.
var sectionOf = map[string]string{"病棟": "wards", "職員": "staff", "規程": "policies", "設定": "params"}

// Desk is what the page asks of the use cases.
type Desk interface {
	page.Register
	// Storage tells where the register and its copies are.
	Storage(ctx context.Context) (app.Storage, error)
	// BackUpNow copies the register and returns the file.
	BackUpNow(ctx context.Context) (string, error)
}

// TextSize is the size of the text of the whole window, in pixels.
type TextSize struct {
	Get func() float32
	// Set takes effect at once.
	Set func(float32)
}

// section is one part of the page.
type section interface {
	build() fyne.CanvasObject
	// received is called when the register was read.
	received()
	// enter gives the keyboard to the section.
	enter()
}

// The sections that do more.
type (
	maker   interface{ makeNew() }
	chooser interface{ choose(key, field string) }
	keeper  interface{ openForm() *openForm }
	idler   interface{ enable(idle bool) }
)

// sectionRow is a section in the list at the left.
type sectionRow struct {
	key, word string
	section   section
}

// Page is the page 設定.
type Page struct {
	page.Identity

	shell page.Shell
	desk  Desk

	loads    page.Latest
	judged   *app.Judged
	changed  []app.VerdictChange // by the new default of 規程の基準日
	sections []sectionRow
	list     *ui.Register[sectionRow]
	built    map[string]fyne.CanvasObject
	right    *fyne.Container
	current  string
	pending  page.Target // to open once the register is read
}

var (
	_ page.Page   = (*Page)(nil)
	_ page.Opener = (*Page)(nil)
	_ page.Maker  = (*Page)(nil)
	_ page.Saver  = (*Page)(nil)
	_ page.Keeper = (*Page)(nil)
	_ page.Placed = (*Page)(nil)
)

// rememberSection is the key of the section shown last.
const rememberSection = "settings.section"

// New returns the page.
func New(shell page.Shell, desk Desk, size TextSize) *Page {
	p := &Page{Identity: page.Identity{Name: ID, Word: "設定", Sign: theme.SettingsIcon()}, shell: shell, desk: desk, built: make(map[string]fyne.CanvasObject)}
	p.sections = []sectionRow{
		{"wards", "病棟と届出", newWards(p)}, {"staff", "職員", newStaff(p)}, {"policies", "規程", newPolicies(p)},
		{"params", "判定基準", newParams(p)}, {"hospital", "病院情報", newHospital(p)},
		{"text", "文字の大きさ", newTextSize(p, size)}, {"storage", "控えと保管", newStorage(p)},
	}
	return p
}

// Enable is called when long work begins and ends.
func (p *Page) Enable(idle bool) {
	for _, s := range p.sections {
		if i, ok := s.section.(idler); ok {
			i.enable(idle)
		}
	}
}

// Changed reads the register again.
func (p *Page) Changed() { p.load() }

// Shown is called each time the page comes into sight.
func (p *Page) Shown() {
	p.load()
	if p.Unsaved() == "" {
		p.shell.Canvas().Focus(p.list)
	}
}

// Find gives the keyboard to the list of the section, which is typed into.
func (p *Page) Find() { p.section().section.enter() }

// New begins a new record in the section (Ctrl+N).
func (p *Page) New() {
	if m, ok := p.section().section.(maker); ok && p.judged != nil && p.form() == nil {
		m.makeNew()
	}
}

// Save saves the form of the section (Ctrl+S).
func (p *Page) Save() {
	if o := p.form(); o != nil {
		o.form.TypedShortcut(ui.SaveShortcut)
	}
}

// Unsaved says what would be lost by leaving.
func (p *Page) Unsaved() string {
	if o := p.form(); o != nil && o.form.Dirty() {
		return o.title
	}
	return ""
}

// KeepTyping keeps what is typed as a draft.
func (p *Page) KeepTyping() error {
	if o := p.form(); o != nil {
		return o.form.KeepDraft()
	}
	return nil
}

// Place is the section shown.
func (p *Page) Place() page.Target { return page.ToSection(ID, p.current, "") }

func (p *Page) section() sectionRow {
	for _, s := range p.sections {
		if s.key == p.current {
			return s
		}
	}
	return p.sections[0]
}

// form is what is being typed in the section shown.
func (p *Page) form() *openForm {
	if k, ok := p.section().section.(keeper); ok {
		return k.openForm()
	}
	return nil
}

// Build makes the page's content.
func (p *Page) Build() fyne.CanvasObject {
	p.list = page.NewList(p.shell, "設定すること", []ui.Column[sectionRow]{{
		ID: "section", Title: "設定すること", Width: 148, Grow: 1, Text: func(r sectionRow) string { return r.word },
		Less: func(a, b sectionRow) bool { return p.place(a) < p.place(b) },
	}}, func(r sectionRow) string { return r.key }, ui.RegisterState{}, nil)
	p.list.NoHeader = true
	p.list.OnSelected = func(r sectionRow) { p.show(r) }
	p.list.OnOpened = func(r sectionRow) { r.section.enter() }
	p.right = container.NewStack()
	p.current = p.sections[0].key
	p.list.SetRows(p.sections)
	p.list.SelectKey(p.shell.Remember(rememberSection))
	return container.NewStack(canvas.NewRectangle(ui.Ground),
		ui.NewSide(sideWidth, ui.GapField, p.list, p.right))
}

func (p *Page) place(row sectionRow) int {
	for i, s := range p.sections {
		if s.key == row.key {
			return i
		}
	}
	return -1
}

// show brings a section into sight, unless one with typing in it is open.
func (p *Page) show(row sectionRow) {
	if row.key == p.current && len(p.right.Objects) > 0 {
		return
	}
	if what := p.Unsaved(); what != "" {
		p.shell.Say(ui.Attention, what+"の途中です。保存するか、やめてから移ってください")
		p.list.SelectKey(p.current)
		return
	}
	p.current = row.key
	if p.built[row.key] == nil {
		p.built[row.key] = row.section.build()
		if p.judged != nil {
			row.section.received()
		}
	}
	p.right.Objects = []fyne.CanvasObject{p.built[row.key]}
	p.right.Refresh()
	p.shell.Keep(rememberSection, row.key)
}

// Open shows a section, and opens the record named in it.
func (p *Page) Open(to page.Target) {
	if p.judged == nil {
		p.pending = to
		return
	}
	name, row, field := to.Key, to.Field, ""
	if to.Sheet != "" {
		name, row, field = sectionOf[to.Sheet], to.Key, to.Field
	}
	if !p.list.SelectKey(name) {
		return
	}
	if c, ok := p.section().section.(chooser); ok && row != "" && p.current == name {
		c.choose(row, field)
	}
}

// load reads the register beside the window.
func (p *Page) load() {
	page.Ask(p.shell, &p.loads, "設定の表示", func(ctx context.Context) (answer, error) {
		judged, err := p.desk.Judged(ctx)
		if err != nil {
			return answer{}, err
		}
		changed, err := judged.PolicyChange(ctx)
		return answer{judged, changed}, err
	}, p.received)
}

// answer is the register as the sections show it.
type answer struct {
	judged  *app.Judged
	changed []app.VerdictChange
}

func (p *Page) received(a answer) {
	p.judged, p.changed = a.judged, a.changed
	for _, s := range p.sections {
		if p.built[s.key] != nil {
			s.section.received()
		}
	}
	if to := p.pending; !to.IsZero() {
		p.pending = page.Target{}
		p.Open(to)
	}
}

// backToSections gives the keyboard to the list at the left.
func (p *Page) backToSections() { p.shell.Canvas().Focus(p.list) }

// sideWidth is how wide the list of sections is at the standard text size.
const sideWidth = 172
