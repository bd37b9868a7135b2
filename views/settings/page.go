package settings

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"renkei/app"
	"renkei/models"
	"renkei/models/fee"
	"renkei/views/connect"
	"renkei/views/page"
	"renkei/views/ui"
)

// ID is the page's name for GoTo. Its sections are wards, staff, policies,
// params, hospital, text, storage and place.
const ID = "settings"

// Desk is what the page asks of the use cases.
type Desk interface {
	page.Desk
	// PolicyChange lists the sessions that the new default of 規程の基準日 changed.
	PolicyChange(ctx context.Context) ([]app.VerdictChange, error)
	// RestingOn lists the confirmed 指導料2 judged by a 版 of the 規程. It takes a while.
	RestingOn(ctx context.Context, edition string) ([]*fee.Verdict, error)
	// LongestID is the 患者ID with the most digits.
	LongestID(ctx context.Context) (string, error)
	// Place is where the user's own register is: the path of its file, or a URL.
	Place() string
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

// Places are where registers may be.
type Places struct {
	connect.Places
	// Open opens another register in the place of this one, after asking when
	// something would be lost.
	Open func(app.Beginning)
}

// section is one part of the page. One that has records or a form is a
// page.Opener, page.Maker, page.Saver or page.Keeper besides.
type section interface {
	// Build makes its content, once.
	Build() fyne.CanvasObject
	// Find gives the keyboard to the section.
	Find()
	// received is called when the register was read.
	received()
}

// sectionRow is a section in the list at the left.
type sectionRow struct {
	key, word string
	sheet     string // whose records it shows, "" for none
	section   section
	content   fyne.CanvasObject // nil until it is first shown
}

// Page is the page 設定.
type Page struct {
	page.Identity
	page.Reader

	desk Desk
	answer
	sections []*sectionRow
	current  *sectionRow
	list     *ui.List[*sectionRow]
	right    *fyne.Container
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
func New(shell page.Shell, desk Desk, size TextSize, places Places) *Page {
	p := &Page{Identity: page.Identity{Name: ID, Word: "設定", Sign: theme.SettingsIcon()}, desk: desk}
	p.Reader = page.Reader{Shell: shell, Reads: "設定の表示", Load: p.load, Of: page.BehindVerdicts}
	p.sections = []*sectionRow{
		{key: "wards", word: "病棟と届出", sheet: "病棟", section: newWards(p)},
		{key: "staff", word: "職員", sheet: "職員", section: newStaff(p)},
		{key: "policies", word: "規程", sheet: "規程", section: newPolicies(p)},
		{key: "params", word: "判定基準", sheet: "設定", section: newParams(p)},
		{key: "hospital", word: "病院情報", section: newHospital(p)},
		{key: "text", word: "文字の大きさ", section: newTextSize(p, size)},
		{key: "storage", word: "控えと保管", section: newStorage(p)},
		{key: "place", word: "台帳の置き場所", section: newPlace(p, places)},
	}
	p.current = p.sections[0]
	return p
}

// answer is the register as the sections show it.
type answer struct {
	judged  *app.Judged         // the frame, nil until it is read
	changed []app.VerdictChange // by the new default of 規程の基準日
	longest string              // 患者ID with the most digits
}

// load reads the frame once for all sections.
func (p *Page) load() page.Read {
	return page.Reading(func(ctx context.Context) (answer, error) {
		judged, err := p.desk.Judged(ctx, models.Part{})
		if err != nil {
			return answer{}, err
		}
		changed, err := p.desk.PolicyChange(ctx)
		if err != nil {
			return answer{}, err
		}
		longest, err := p.desk.LongestID(ctx)
		return answer{judged, changed, longest}, err
	}, func(a answer) {
		p.answer = a
		for _, s := range p.sections {
			if s.content != nil {
				s.section.received()
			}
		}
	})
}

// Build makes the page's content.
func (p *Page) Build() fyne.CanvasObject {
	p.list = page.NewList(p.Shell, "設定すること", []ui.Column[*sectionRow]{{
		ID: "section", Title: "設定すること", Width: 148, Grow: 1, Text: func(r *sectionRow) string { return r.word },
		Less: func(a, b *sectionRow) bool { return slices.Index(p.sections, a) < slices.Index(p.sections, b) },
	}}, func(r *sectionRow) string { return r.key }, ui.ListState{}, nil)
	p.list.NoHeader = true
	p.list.OnSelected = p.selected
	p.list.OnOpened = func(r *sectionRow) { r.section.Find() }
	p.right = container.NewStack()
	p.list.SetRows(p.sections)
	p.list.SelectKey(p.Shell.Remember(rememberSection))
	return container.NewStack(canvas.NewRectangle(ui.Ground),
		ui.NewSide(sideWidth, ui.GapField, p.list, p.right))
}

// selected brings a section into sight, unless one with typing in it is open.
func (p *Page) selected(row *sectionRow) {
	if row == p.current && row.content != nil {
		return
	}
	if what := p.Unsaved(); what != "" {
		page.SayUnsaved(p.Shell, what)
		p.list.SelectKey(p.current.key)
		return
	}
	p.show(row)
}

func (p *Page) show(row *sectionRow) {
	p.current = row
	if row.content == nil {
		row.content = row.section.Build()
		if p.judged != nil {
			row.section.received()
		}
	}
	p.right.Objects = []fyne.CanvasObject{row.content}
	p.right.Refresh()
	p.Shell.Keep(rememberSection, row.key)
}

// backToSections gives the keyboard to the list at the left.
func (p *Page) backToSections() { p.Shell.Canvas().Focus(p.list) }

// Enable is called when long work begins and ends.
func (p *Page) Enable(idle bool) {
	for _, row := range p.sections {
		if s, ok := row.section.(interface{ Enable(idle bool) }); ok {
			s.Enable(idle)
		}
	}
}

// Shown is called each time the page comes into sight.
func (p *Page) Shown() {
	p.Reload()
	if p.Unsaved() == "" {
		p.backToSections()
	}
}

// Find gives the keyboard to the list of the section, which is typed into.
func (p *Page) Find() { p.current.section.Find() }

// New begins a new record in the section (Ctrl+N).
func (p *Page) New() {
	if m, ok := p.current.section.(page.Maker); ok {
		m.New()
	}
}

// Save saves the form of the section (Ctrl+S).
func (p *Page) Save() {
	if s, ok := p.current.section.(page.Saver); ok {
		s.Save()
	}
}

// Unsaved says what would be lost by leaving.
func (p *Page) Unsaved() string {
	if k, ok := p.current.section.(page.Keeper); ok {
		return k.Unsaved()
	}
	return ""
}

// KeepTyping keeps what is typed as a draft.
func (p *Page) KeepTyping() error {
	if k, ok := p.current.section.(page.Keeper); ok {
		return k.KeepTyping()
	}
	return nil
}

// Place is the section shown.
func (p *Page) Place() page.Target { return page.ToSection(ID, p.current.key, "") }

// Open shows a section, and opens the form of the record named in it. What is
// typed in another stays there, and as a draft.
func (p *Page) Open(t page.Target) {
	p.Await(func() {
		row := p.rowOf(t)
		if row == nil {
			return
		}
		if row != p.current {
			if err := p.KeepTyping(); err != nil {
				p.Shell.ShowError("書きかけを残すこと", err)
			}
			p.show(row)
			p.list.SelectKey(row.key)
		}
		if t.Sheet == "" { // a section, and the record in it
			t.Sheet, t.Key, t.Field = row.sheet, t.Field, ""
		}
		if o, ok := row.section.(page.Opener); ok && t.Key != "" {
			o.Open(t)
		}
	})
}

// rowOf returns the section a target leads to, nil for none.
func (p *Page) rowOf(t page.Target) *sectionRow {
	for _, row := range p.sections {
		if t.Sheet != "" && row.sheet == t.Sheet || t.Sheet == "" && row.key == t.Key {
			return row
		}
	}
	return nil
}

// sideWidth is how wide the list of sections is at the standard text size.
const sideWidth = 172
