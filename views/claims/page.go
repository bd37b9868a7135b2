// Package claims is the page 算定: the sessions of a month with their verdicts,
// their 確定 and the 締め of the month.
package claims

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"

	"renkei/app"
	"renkei/models"
	"renkei/views/page"
	"renkei/views/ui"
)

// ID is the page's name for GoTo. The keys of 算定 are a 指導番号 and a month
// 「2026-10」.
const ID = "claims"

// Desk is what the page asks of the use cases.
type Desk interface {
	page.Desk
	// ClaimMonth reads a month, all of it as of one revision: the month that
	// choose names, given the register.
	ClaimMonth(ctx context.Context, choose func(*app.Judged) models.Month) (app.ClaimMonth, error)
	// Confirm records what 医事課 confirmed, as long as it is judged as it was seen.
	Confirm(ctx context.Context, month models.Month, sessions []app.Seen) (*app.Undo, error)
	// Unconfirm takes the 確定 of sessions back.
	Unconfirm(ctx context.Context, numbers []string) (*app.Undo, error)
	CloseMonth(ctx context.Context, month models.Month) (*app.Undo, error)
	ReopenMonth(ctx context.Context, month models.Month, reason string) (*app.Undo, error)
	// WriteMonthly writes the 月次算定一覧 of a month.
	WriteMonthly(ctx context.Context, path string, month models.Month, progress page.Progress) error
}

// Start is how a register is begun, for the first start: the page 台帳.
type Start interface {
	// ImportMenu offers the forms of a ledger under a button.
	ImportMenu(under fyne.CanvasObject)
	// ChooseBook reads a ledger book.
	ChooseBook()
	// ChooseFolder reads a folder of CSV files.
	ChooseFolder()
	// WriteTemplate writes the empty ledger book to begin with.
	WriteTemplate()
	// LoadSample shows the sample hospital.
	LoadSample()
}

// Page is the page 算定.
type Page struct {
	page.Identity

	shell page.Shell
	desk  Desk
	start Start

	loads    page.Latest
	loaded   bool
	pending  string         // 指導番号 to show once its month is there
	months   []models.Month // with sessions, newest first
	month    models.Month
	rows     []Row // of the month
	state    MonthState
	hospital string
	keeps    kept
	idle     bool

	monthBox, wardBox, resBox *ui.Select
	search                    *ui.SearchBox
	list                      *ui.List[Row]
	detail                    *ui.Detail
	right                     *fyne.Container
	split                     *ui.MasterDetail
	reopening                 *reopening // nil while the form is not open
	first                     fyne.Focusable

	stateBadge              *ui.Badge
	stateText               *ui.Caption
	late, confirm, takeBack *ui.Button
	closing                 *ui.Button
	stateBar                fyne.CanvasObject

	totals, shownSum *ui.Caption
	content          *fyne.Container
	begin            *ui.EmptyState
	export, read     *ui.Button
}

var (
	_ page.Page   = (*Page)(nil)
	_ page.Opener = (*Page)(nil)
	_ page.Saver  = (*Page)(nil)
	_ page.Keeper = (*Page)(nil)
	_ page.Placed = (*Page)(nil)
)

// rememberList is the key of what the page remembers.
const rememberList = "claims.list"

// kept is the list as the person arranged it.
type kept struct {
	Month  models.Month `json:"month,omitempty"`
	Filter Filter       `json:"filter"`
	List   ui.ListState `json:"list"`
}

// New returns the page.
func New(shell page.Shell, desk Desk, start Start) *Page {
	p := &Page{Identity: page.Identity{Name: ID, Word: "算定", Sign: theme.ListIcon()}, shell: shell, desk: desk, start: start, idle: true}
	p.export = ui.NewPrimaryButton("Excelに書き出す", theme.DocumentSaveIcon(), p.exportMonth)
	p.export.Disable()
	p.read = ui.NewIconButton("台帳を読み込む", theme.FolderOpenIcon(), func() { start.ImportMenu(p.read) })
	p.Buttons = []*ui.Button{p.read, p.export}
	return p
}

// Enable is called when long work begins and ends.
func (p *Page) Enable(idle bool) {
	p.idle = idle
	p.read.SetEnabled(idle)
	p.export.SetEnabled(idle && len(p.rows) > 0)
}

// Changed reads the month again.
func (p *Page) Changed() { p.load() }

// Shown is called each time the page comes into sight.
func (p *Page) Shown() {
	if !p.loaded {
		p.load()
	}
	if p.reopening == nil {
		p.shell.Canvas().Focus(p.list)
	}
}

// Find puts the cursor into the search box.
func (p *Page) Find() { p.shell.Canvas().Focus(p.search) }

// Place is the session of the row shown, else the month.
func (p *Page) Place() page.Target {
	if p.list != nil {
		if row, ok := p.list.Selected(); ok {
			return page.To("算定", row.Number)
		}
	}
	if p.month.IsZero() {
		return page.ToPage(ID)
	}
	return page.To("算定", p.month.String())
}

// Open shows a month, or the session of a 指導番号 in its month.
func (p *Page) Open(to page.Target) {
	var month models.Month
	if err := month.Scan(to.Key); err == nil && !month.IsZero() {
		p.goTo(month)
		return
	}
	if p.loaded && p.showSession(to.Key) {
		return
	}
	p.pending = to.Key
	p.load()
}

// showSession selects a session of the month, without the filters when they
// leave it out.
func (p *Page) showSession(number string) bool {
	if !p.list.SelectKey(number) {
		if !holds(p.rows, number) {
			return false
		}
		p.clearFilters()
		p.list.SelectKey(number)
	}
	p.split.Open()
	return true
}

func holds(rows []Row, number string) bool {
	for i := range rows {
		if rows[i].Number == number {
			return true
		}
	}
	return false
}

// Build makes the page's content.
func (p *Page) Build() fyne.CanvasObject {
	p.keeps = page.Recall(p.shell, rememberList, kept{})
	p.buildState()
	filters := p.buildFilters()
	p.buildList()
	p.detail = ui.NewDetail()
	p.right = container.NewStack(p.detail)
	p.split = ui.NewMasterDetail(p.list, p.right, 0.46)
	p.totals = ui.NewCaption("", ui.Strong)
	p.shownSum = ui.NewRightCaption("", ui.Quiet)
	foot := ui.NewBar(ui.StatusHeight+ui.GapCell, ui.Growing(p.totals, 320), ui.Fixed(p.shownSum, 0))
	p.content = container.NewBorder(container.NewVBox(p.stateBar, filters), foot, nil, nil, p.split)
	p.begin = ui.NewEmptyState("まだ何も登録されていません",
		"いま使っている台帳（Excelの台帳ブック、またはCSVのフォルダ）を読み込むと、"+
			"月ごとの共同指導が指導料1・2のどちらになるか、理由と根拠つきで並びます。"+
			"台帳がまだないときは、記入例のついた空の台帳から始められます。まず様子を見たいときは、架空の病院で試せます。",
		ui.NewPrimaryButton("台帳を読み込む", theme.FolderOpenIcon(), p.start.ChooseBook),
		ui.NewButton("CSVのフォルダを読み込む", p.start.ChooseFolder),
		ui.NewButton("空の台帳を書き出す", p.start.WriteTemplate),
		ui.NewButton("見本の病院で試す", p.start.LoadSample))
	p.begin.Hide()
	return container.NewStack(canvas.NewRectangle(ui.Ground), p.content, p.begin)
}

// shortcut confirms on Ctrl+Enter and hands the others on.
func (p *Page) shortcut(s fyne.Shortcut) {
	if k, ok := s.(*desktop.CustomShortcut); ok && k.Modifier == fyne.KeyModifierControl &&
		(k.KeyName == fyne.KeyReturn || k.KeyName == fyne.KeyEnter) {
		p.confirmSelected()
		return
	}
	p.shell.Shortcut(s)
}

// keep remembers the list as it is arranged.
func (p *Page) keep() {
	p.keeps.List = p.list.State()
	page.Keep(p.shell, rememberList, p.keeps)
}
