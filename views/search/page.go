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
	"renkei/views/people"
	"renkei/views/ui"
)

// ID is the page's name for GoTo. The key of its targets is what to search for.
const ID = "search"

// Desk is what the page needs from the use cases.
type Desk interface {
	people.Desk
	// EachContact and EachSession pass the やり取り and the 共同指導, newest first,
	// in lists until fn returns false.
	EachContact(ctx context.Context, fn func([]models.Contact) bool) error
	EachSession(ctx context.Context, fn func([]models.JointGuidance) bool) error
}

// Page is the page さがす.
type Page struct {
	page.Identity
	page.Reader

	desk      Desk
	directory *people.Directory
	query     string
	found     string // the query of the rows shown
	hits      Found
	open      map[string]bool // groups shown in full
	later     page.Latest     // the search through what is read
	searching bool            // it goes on
	follows   page.Latest     // the reading of what changed

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
func New(shell page.Shell, desk Desk, directory *people.Directory) *Page {
	p := &Page{
		Identity: page.Identity{Name: ID, Word: "さがす", Sign: theme.SearchIcon()}, desk: desk, directory: directory, open: make(map[string]bool),
	}
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
	p.show()
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

// Changed brings what is searched in memory up to date beside the window, so that
// the next search need not wait. The results stay: each search is of the register
// as it is then.
func (p *Page) Changed(feed app.Feed) {
	if !p.IsRead() || !feed.Touches(inMemory...) {
		return
	}
	today := p.Shell.Today()
	page.Ask(p.Shell, &p.follows, p.Reads, func(ctx context.Context) (*people.Records, error) {
		return p.directory.Records(ctx, today)
	}, func(*people.Records) {})
}

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
		p.show()
		if p.open[row.Group] {
			p.list.Select(row.At) // the first row that was hidden before
		}
	default:
		p.Shell.GoTo(row.To)
	}
}

func (p *Page) search(text string) {
	p.query = text
	p.later.Stop()
	clear(p.open)
	p.AfterNext(func() { p.list.Select(0) })
	p.Reload()
}

// load searches the register as it is now: first what is in memory.
func (p *Page) load() page.Read {
	query, today := p.query, p.Shell.Today()
	return func(ctx context.Context) (func(), error) {
		records, err := p.directory.Records(ctx, today)
		if err != nil {
			return nil, err
		}
		found := FindAtOnce(records, query)
		return func() {
			p.found, p.hits, p.searching = query, found, query != ""
			p.show()
			p.findLater(records)
		}, nil
	}
}

// findLater searches what has to be read and shows it below the rest. It stops when
// something else is searched for.
func (p *Page) findLater(records *people.Records) {
	query := p.found
	page.Ask(p.Shell, &p.later, p.Reads, func(ctx context.Context) (Found, error) {
		return FindLater(ctx, p.desk, records, query)
	}, func(found Found) {
		maps.Copy(p.hits, found)
		p.searching = false
		p.show()
		if _, chosen := p.list.Selected(); !chosen {
			p.list.Select(0)
		}
	})
}

// show shows what is found, or says why there is nothing.
func (p *Page) show() {
	rows := p.hits.Rows(p.open)
	switch {
	case !p.IsRead() && p.hits == nil:
		p.list.SetEmpty("読み込み中", "台帳を読んでいます。言葉はもう入力できます。")
	case p.found == "":
		p.list.SetEmpty("さがす言葉を入力してください",
			"漢字・かな・ローマ字（yamada）・患者ID（頭の0はなくてもよい）・電話番号や事業所番号（ハイフンはなくてもよい）でさがせます。"+
				"言葉を空けて並べると、両方を含むものに絞れます。")
	case p.searching:
		p.list.SetEmpty("読み込み中", "やり取りと共同指導を、新しいものからさがしています。")
	default:
		p.list.SetEmpty("「"+p.found+"」は見つかりません", "かな・ローマ字・番号でもさがせます。言葉を短くすると見つかることがあります。")
	}
	p.list.SetRows(rows)
	switch {
	case len(rows) == 0:
		p.count.SetText("")
	case p.searching:
		p.count.SetText("やり取りと共同指導をさがしています")
	default:
		p.count.SetText("↑↓で移り、Enterで開きます。Alt+← でここに戻ります")
	}
}
