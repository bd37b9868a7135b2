package search

import (
	"context"
	"maps"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"renkei/app"
	"renkei/models"
	"renkei/views/page"
	"renkei/views/ui"
)

// ID is the page's name for GoTo. The key of its targets is what to search for.
const ID = "search"

// Desk is what the page needs from the use cases.
type Desk interface {
	// Judged returns the whole register with its verdicts. It is shared: never
	// change it.
	Judged(ctx context.Context, part models.Part) (*app.Judged, error)
}

// Page is the page さがす.
type Page struct {
	page.Identity
	page.Reader

	desk  Desk
	index *Index // nil until it is made
	query string
	found string          // the query of the rows shown
	open  map[string]bool // groups shown in full

	box   *ui.SearchBox
	list  *ui.List[Row]
	count *ui.Caption
}

var (
	_ page.Page   = (*Page)(nil)
	_ page.Opener = (*Page)(nil)
	_ page.Placed = (*Page)(nil)
)

// New returns the page.
func New(shell page.Shell, desk Desk) *Page {
	p := &Page{Identity: page.Identity{Name: ID, Word: "さがす", Sign: theme.SearchIcon()}, desk: desk, open: make(map[string]bool)}
	p.Reader = page.Reader{Shell: shell, Reads: "さがすこと", Load: p.load}
	return p
}

// Build makes the search box and the result list.
func (p *Page) Build() fyne.CanvasObject {
	p.box = page.NewSearchBox(p.Shell, "患者ID・氏名・ケアマネ・事業所・電話・会議・やり取りの内容・指導番号", p.search)
	p.box.OnKey, p.box.OnEntered = p.boxKey, p.entered
	p.list = page.NewList(p.Shell, "見つかったもの", columns, Row.ID, ui.ListState{}, nil)
	p.list.OnOpened = func(Row) { p.follow() }
	p.list.OnEscape = p.Find
	p.count = ui.NewCaption("", ui.Quiet)
	bar := ui.NewBar(ui.FieldHeight+ui.GapField, ui.Item{Object: p.box, Width: 320, Grow: 1, Max: 720})
	foot := ui.NewBar(ui.StatusHeight+ui.GapCell, ui.Growing(p.count, 320))
	p.show(nil)
	return container.NewStack(canvas.NewRectangle(ui.Ground), container.NewBorder(bar, foot, nil, nil, p.list))
}

// Shown focuses the box and selects the last query, so that typing replaces it.
func (p *Page) Shown() {
	p.Find()
	p.Reload()
}

// Find focuses the box.
func (p *Page) Find() {
	p.Shell.Canvas().Focus(p.box)
	if p.box.Text != "" {
		p.box.Entry.TypedShortcut(&fyne.ShortcutSelectAll{})
	}
}

// Changed does nothing: each search reads the register as it is then.
func (p *Page) Changed(app.Feed) {}

// Place is what is searched for.
func (p *Page) Place() page.Target { return page.ToSection(ID, p.query, "") }

// Open searches for the text that is the key.
func (p *Page) Open(to page.Target) {
	p.box.SetQuery(to.Key)
	p.search(to.Key)
}

// boxKey moves the selection in the results while the box keeps the focus.
func (p *Page) boxKey(key fyne.KeyName) bool {
	switch key {
	case fyne.KeyDown, fyne.KeyUp, fyne.KeyPageDown, fyne.KeyPageUp:
		p.list.TypedKey(&fyne.KeyEvent{Name: key})
		return true
	}
	return false
}

// entered follows the selected row, unless the rows belong to an earlier query.
func (p *Page) entered() {
	if p.found == p.box.Text {
		p.follow()
	}
}

// follow opens the record of the selected row, or opens or folds its group.
func (p *Page) follow() {
	row, ok := p.list.Selected()
	switch {
	case !ok:
	case row.More:
		p.open[row.Group] = !p.open[row.Group]
		p.AfterNext(func() {
			if p.open[row.Group] {
				p.list.Select(row.At) // the first row that was hidden before
			}
		})
		p.Reload()
	default:
		p.Shell.GoTo(row.To)
	}
}

func (p *Page) search(text string) {
	p.query = text
	clear(p.open)
	p.AfterNext(func() { p.list.Select(0) })
	p.Reload()
}

// load searches the register as it is now. It makes a new index if that changed.
func (p *Page) load() page.Read {
	query, open, index, today := p.query, maps.Clone(p.open), p.index, p.Shell.Today()
	return func(ctx context.Context) (func(), error) {
		judged, err := p.desk.Judged(ctx, models.Part{Whole: true})
		if err != nil {
			return nil, err
		}
		if index == nil || index.of != judged || index.today != today {
			index = NewIndex(judged, today)
		}
		rows := index.Find(query, open)
		return func() {
			p.index, p.found = index, query
			p.show(rows)
		}, nil
	}
}

// show shows the results and selects the best.
func (p *Page) show(rows []Row) {
	if p.query == "" {
		p.list.SetEmpty("さがす言葉を入力してください",
			"漢字・かな・ローマ字（yamada）・患者ID（頭の0はなくてもよい）・電話番号や事業所番号（ハイフンはなくてもよい）でさがせます。"+
				"言葉を空けて並べると、両方を含むものに絞れます。")
	} else {
		p.list.SetEmpty("「"+p.query+"」は見つかりません", "かな・ローマ字・番号でもさがせます。言葉を短くすると見つかることがあります。")
	}
	p.list.SetRows(rows)
	p.count.SetText("")
	if len(rows) > 0 {
		p.count.SetText("↑↓で移り、Enterで開きます。Alt+← でここに戻ります")
	}
}
