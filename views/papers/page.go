package papers

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"renkei/app"
	"renkei/app/reporting"
	"renkei/models"
	"renkei/reports"
	"renkei/views/page"
	"renkei/views/ui"
)

// ID is the page's name for GoTo. Its sections are the names of the reports, as
// the command takes them; the part is the record of a report of one record:
// 「evidence」, 「00000001/2026-10-02」.
const ID = "reports"

// Desk is what the page needs from the use cases.
type Desk interface {
	reporting.Desk
	// Inpatients returns who was in hospital when, to choose an 入院 from.
	Inpatients(ctx context.Context) (*app.Inpatients, error)
}

// remember is the settings key of what the page remembers.
const remember = "reports.choice"

// kept is the user's last choice. Days and months are not kept: they are soon
// wrong.
type kept struct {
	Name string       `json:"name,omitempty"`
	Span Span         `json:"span,omitempty"`
	List ui.ListState `json:"list"`
}

// known is what the page offers to choose from: the frame of the register, and the
// patients.
type known struct {
	*app.Judged
	patients models.Inpatients
}

// Page is the page 帳票.
type Page struct {
	page.Identity
	page.Reader

	desk   Desk
	counts page.Latest
	known  *known // nil until the register is read
	kept   kept

	// The choice, shared by all reports.
	month models.Month
	asOf  models.Date
	own   models.Period
	span  Span

	list  *ui.List[Row]
	right *fyne.Container
	split *ui.MasterDetail
	ask   *asking // the form of the report shown
}

var (
	_ page.Page   = (*Page)(nil)
	_ page.Opener = (*Page)(nil)
	_ page.Saver  = (*Page)(nil)
	_ page.Placed = (*Page)(nil)
)

// New returns the page.
func New(shell page.Shell, desk Desk) *Page {
	p := &Page{Identity: page.Identity{Name: ID, Word: "帳票", Sign: theme.DocumentPrintIcon()}, desk: desk, span: ThisYear}
	p.Reader = page.Reader{Shell: shell, Reads: "帳票の表示", Load: func() page.Read {
		return page.Reading(func(ctx context.Context) (*known, error) {
			frame, err := desk.Judged(ctx, models.Part{})
			if err != nil {
				return nil, err
			}
			inpatients, err := desk.Inpatients(ctx)
			if err != nil {
				return nil, err
			}
			return &known{frame, inpatients.All}, nil
		}, p.received)
	}}
	return p
}

// Find goes to さがす; the list is short.
func (p *Page) Find() { p.Shell.GoTo(page.ToPage("search")) }

// Save writes the report shown (Ctrl+S).
func (p *Page) Save() {
	if p.ask != nil {
		p.ask.form.TypedShortcut(ui.SaveShortcut)
	}
}

// Place is the report shown.
func (p *Page) Place() page.Target { return page.ToSection(ID, p.name(), "") }

// name is that of the report shown.
func (p *Page) name() string {
	if row, ok := p.list.Selected(); ok {
		return row.Name
	}
	return ""
}

// Build makes the page's content.
func (p *Page) Build() fyne.CanvasObject {
	p.restore()
	p.list = page.NewList(p.Shell, "帳票", columns, func(r Row) string { return r.Name }, p.kept.List, p.keep)
	p.list.OnSelected = func(r Row) { p.show(r) }
	p.list.OnOpened = func(Row) { p.enter() }
	p.right = container.NewStack()
	p.split = ui.NewMasterDetail(p.list, p.right, 0.52)
	return container.NewStack(canvas.NewRectangle(ui.Ground), p.split)
}

// restore reads the remembered choice. Unreadable settings count as none.
func (p *Page) restore() {
	p.kept = page.Recall(p.Shell, remember, kept{})
	if p.kept.Span != "" && p.kept.Span != OwnDates {
		p.span = p.kept.Span
	}
}

// keep remembers the choice.
func (p *Page) keep() {
	p.kept = kept{Name: p.name(), Span: p.span, List: p.list.State()}
	page.Keep(p.Shell, remember, p.kept)
}

// Shown reads the register again: the day may have changed.
func (p *Page) Shown() {
	if p.ask != nil {
		p.ask.forgetPassword()
	}
	p.Reload()
	p.Shell.Canvas().Focus(p.list)
}

func (p *Page) received(now *known) {
	first := p.known == nil
	p.known = now
	if first {
		today := p.Shell.Today()
		p.month, p.asOf = LastWithSessions(now.Extent, today), today
		p.own = ThisYear.Period(today, models.Period{})
		wanted := p.kept.Name
		p.list.SetRows(Rows(reports.Kinds))
		p.list.SelectKey(wanted)
	} else if p.ask != nil {
		p.ask.refresh()
	}
}

// Open shows a report, and chooses the record it is to be of.
func (p *Page) Open(to page.Target) {
	p.Await(func() {
		if !p.list.SelectKey(to.Key) {
			p.Shell.Say(ui.Attention, "『"+to.Key+"』という帳票はありません。一覧から選んでください")
			return
		}
		p.ask.choose(to.Field)
		p.split.Open()
	})
}

// enter focuses the form.
func (p *Page) enter() {
	p.split.Open()
	p.ask.form.FocusFirst()
}

// columns of the list, which cannot be sorted. Shared: never change it.
var columns = []ui.Column[Row]{
	{ID: "title", Title: "帳票", Width: 208, Text: func(r Row) string { return r.Title }, Less: inOrder, Bold: true},
	{ID: "of", Title: "いつの", Width: 64, Text: func(r Row) string { return r.Of }, Less: inOrder},
	{ID: "purpose", Title: "何のため", Width: 200, Grow: 1, Text: func(r Row) string { return r.Purpose }, Less: inOrder},
}

func inOrder(a, b Row) bool { return a.At < b.At }
