// Package claims is the page 算定: the sessions of a month with their verdicts,
// their 確定 and the 締め of the month. It has no database and no rules: the
// verdicts come from models/fee, how one is shown is in views/verdict, and the
// 月次算定一覧 is written by reports.
//
// page.go puts the page together, load.go reads a month, list.go and columns.go
// are the list, detail.go and late.go the right side, confirm.go and reopen.go
// what 医事課 does; rows.go and month.go know no window and are tested alone.
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
	// ClaimMonth reads the month that choose returns, see app.App.
	ClaimMonth(ctx context.Context, number string, choose func(of models.Month, months []models.Month) models.Month) (app.ClaimMonth, error)
	// Confirm records what 医事課 confirmed. It fails if a verdict is no longer the
	// one seen.
	Confirm(ctx context.Context, month models.Month, sessions []app.Seen) (*app.Undo, error)
	// Unconfirm takes back the 確定 of sessions.
	Unconfirm(ctx context.Context, numbers []string) (*app.Undo, error)
	CloseMonth(ctx context.Context, month models.Month) (*app.Undo, error)
	ReopenMonth(ctx context.Context, month models.Month, reason string) (*app.Undo, error)
	// WriteMonthly writes the 月次算定一覧 of a month.
	WriteMonthly(ctx context.Context, path string, month models.Month, progress page.Progress) error
}

// Start is what the page offers while the register is empty. It is the page 台帳.
type Start interface {
	// ImportMenu opens a menu of the kinds of ledger under a button.
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
	page.Records[Row]

	desk  Desk
	start Start

	answer
	going  models.Month // asked for by the user, until it is read; 0 for none
	number string       // 指導番号 whose month is being read, "" for none
	filter Filter
	idle   bool

	monthBox, wardBox, resBox *ui.Select
	first                     fyne.Focusable // in the detail; nil for none

	stateBadge              *ui.Badge
	stateText               *ui.Caption
	late, confirm, takeBack *ui.Button
	closing                 *ui.Button
	stateBar                fyne.CanvasObject

	content      fyne.CanvasObject
	begin        *ui.EmptyState
	export, read *ui.Button
}

var (
	_ page.Page   = (*Page)(nil)
	_ page.Opener = (*Page)(nil)
	_ page.Saver  = (*Page)(nil)
	_ page.Keeper = (*Page)(nil)
	_ page.Placed = (*Page)(nil)
)

// rememberMonth is the name under which the month is kept.
const rememberMonth = "claims.month"

// New returns the page.
func New(shell page.Shell, desk Desk, start Start) *Page {
	p := &Page{Identity: page.Identity{Name: ID, Word: "算定", Sign: theme.ListIcon()}, desk: desk, start: start, idle: true}
	p.export = ui.NewPrimaryButton("Excelに書き出す", theme.DocumentSaveIcon(), p.exportMonth)
	p.export.Disable()
	p.read = ui.NewIconButton("台帳を読み込む", theme.FolderOpenIcon(), func() { start.ImportMenu(p.read) })
	p.Buttons = []*ui.Button{p.read, p.export}
	p.Records = page.Records[Row]{
		Reader: page.Reader{Shell: shell, Reads: "算定の表示", Load: p.load}, Desk: desk,
		Sheet: "算定", RowName: "共同指導", FilterWords: "病棟・判定", Remember: "claims", ListName: "算定する共同指導",
		Columns: columns, Key: func(r Row) string { return r.Number }, Share: 0.46,
		Nothing: "左の一覧で選んだ共同指導の判定が、ここに出ます。",
		Apply:   p.apply, Counts: p.counts, Widen: p.widen, Clear: func() { p.widen(); p.FocusList() },
		Describe: p.describe, DescribeMarked: p.describeMarked, Chosen: p.showState,
		Enter: func(Row) { p.focusDetail() }, Follow: p.follow,
	}
	return p
}

// Build makes the page's content.
func (p *Page) Build() fyne.CanvasObject {
	p.month = page.Recall(p.Shell, rememberMonth, p.month)
	page.RecallFilters(&p.Records, &p.filter)
	p.buildState()
	filters := p.buildFilters()
	p.content = p.BuildRecords(container.NewVBox(p.stateBar, filters))
	p.List.OnShortcut, p.Search.OnShortcut = p.shortcut, p.shortcut
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

// Enable lets the buttons be pressed while no long work runs.
func (p *Page) Enable(idle bool) {
	p.idle = idle
	p.read.SetEnabled(idle)
	p.export.SetEnabled(idle && len(p.All) > 0)
}

// Place is the session shown, else the month.
func (p *Page) Place() page.Target {
	if at := p.Records.Place(); at.Key != "" || p.month.IsZero() {
		return at
	}
	return page.To(p.Sheet, p.month.String())
}

// follow shows a month, or reads the month of a session that is in another one.
func (p *Page) follow(t page.Target) bool {
	var month models.Month
	if err := month.Scan(t.Key); err == nil && !month.IsZero() {
		p.goTo(month)
		return true
	}
	if _, here := p.Row(t.Key); here || t.Key == p.number {
		p.number = "" // it was looked for: Records shows it, or says that it is gone
		return false
	}
	p.number = t.Key
	p.AfterNext(func() { p.Open(t) })
	p.Reload()
	return true
}

// shortcut confirms on Ctrl+Enter and hands the others on.
func (p *Page) shortcut(s fyne.Shortcut) {
	if k, ok := s.(*desktop.CustomShortcut); ok && k.Modifier == fyne.KeyModifierControl &&
		(k.KeyName == fyne.KeyReturn || k.KeyName == fyne.KeyEnter) {
		p.confirmSelected()
		return
	}
	p.Shell.Shortcut(s)
}
