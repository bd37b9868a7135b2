package today

import (
	"context"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"renkei/models"
	"renkei/models/liaison"
	"renkei/views/page"
	"renkei/views/ui"
)

// Desk is what the page needs from the use cases.
type Desk interface {
	page.Desk
	// Worklist lists what is to be done as of a day.
	Worklist(ctx context.Context, today models.Date) ([]liaison.Work, error)
	// CopyTrouble says what is wrong with the copies of the register, or "".
	CopyTrouble(ctx context.Context) string
}

// Page is the page 今日.
type Page struct {
	page.Identity
	page.Reader

	desk   Desk
	list   *ui.List[Row]
	quiet  *ui.Caption
	answer answer
	open   map[liaison.WorkKind]bool
}

var _ page.Page = (*Page)(nil)

// answer is the work to show.
type answer struct {
	work    []liaison.Work
	trouble string // with the copies
}

// New returns the page.
func New(shell page.Shell, desk Desk) *Page {
	p := &Page{Identity: page.Identity{Name: "today", Word: "今日", Sign: theme.HomeIcon()}, desk: desk, open: make(map[liaison.WorkKind]bool)}
	p.Reader = page.Reader{Shell: shell, Reads: "今日の表示", Load: p.load}
	return p
}

// Find goes to さがす: the page has no search box of its own.
func (p *Page) Find() { p.Shell.GoTo(page.ToPage("search")) }

// Build makes the list.
func (p *Page) Build() fyne.CanvasObject {
	p.list = page.NewList(p.Shell, "今日すること", columns, func(r Row) string { return r.ID }, ui.ListState{}, nil)
	p.list.NoHeader = true
	p.list.OnOpened = p.follow
	p.list.SetEmpty("きょうの仕事はありません", "期限の近いもの、足りない書類、面会の足りない連携先があると、ここに並びます。")
	p.quiet = ui.NewCaption("", ui.Quiet)
	return container.NewBorder(nil, p.quiet, nil, nil, p.list)
}

// Shown reads the work again: the day may have changed.
func (p *Page) Shown() {
	p.Reload()
	p.Shell.Canvas().Focus(p.list)
}

func (p *Page) load() page.Read {
	today := p.Shell.Today()
	return page.Reading(func(ctx context.Context) (answer, error) {
		work, err := p.desk.Worklist(ctx, today)
		return answer{work, p.desk.CopyTrouble(ctx)}, err
	}, func(a answer) {
		p.answer = a
		p.show()
	})
}

func (p *Page) show() {
	p.list.SetRows(append(copyRows(p.answer.trouble), Rows(p.answer.work, p.Shell.Today(), p.open)...))
	p.quiet.SetText(Quiet(p.answer.work))
}

// follow opens the record of a line, or opens or folds its group.
func (p *Page) follow(r Row) {
	if (r.More || r.Heading) && r.To.IsZero() {
		p.open[r.Kind] = !p.open[r.Kind]
		p.show()
		return
	}
	p.Shell.GoTo(r.To)
}

// columns of the list. It is sorted by ID, which keeps the groups together.
// Shared: never change it.
var columns = []ui.Column[Row]{
	{
		ID: "text", Title: "すること", Width: 260, Grow: 0.6,
		Text: func(r Row) string {
			if r.Heading || r.More {
				return r.Text
			}
			return "　" + r.Text
		},
		Less: byID, Color: textColor,
	},
	{ID: "detail", Title: "だれ・どこ", Width: 280, Grow: 1, Text: func(r Row) string { return r.Detail }, Less: byID},
	{ID: "due", Title: "いつまで", Width: 270, Grow: 0.3, Text: func(r Row) string { return r.Due }, Less: byID, Color: dueColor},
}

func byID(a, b Row) bool { return a.ID < b.ID }

func textColor(r Row) color.Color {
	switch {
	case r.Heading && r.Late:
		return ui.Bad
	case r.Heading:
		return ui.Accent
	case r.More:
		return ui.QuietInk
	}
	return ui.Ink
}

func dueColor(r Row) color.Color {
	if r.Late {
		return ui.Bad
	}
	return ui.Ink
}
