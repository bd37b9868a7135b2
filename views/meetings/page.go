package meetings

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"renkei/app"
	"renkei/models"
	"renkei/models/fee"
	"renkei/views/page"
	"renkei/views/people"
	"renkei/views/ui"
)

// Desk is what the page asks of the use cases.
type Desk interface{ page.Register }

// The keys of what the page remembers.
const (
	keepFilter = "meetings/filter"
	keepList   = "meetings/list"
)

// Page is the page 会議・勉強会.
type Page struct {
	page.Identity

	shell page.Shell
	desk  Desk
	loads page.Latest

	facts   *fee.Facts // nil until the register is read
	rows    []Row
	offices *models.Finder
	filter  Filter
	pending page.Target // to open once the register is read
	wanted  string      // code to select once the register is read again
	attend  string      // code whose attendance is to be taken then
	filling bool        // the list is being filled by the program

	yearBox    *ui.Select
	kindBox    *ui.Select
	countedBox *ui.Select
	search     *ui.SearchBox
	list       *ui.Register[Row]
	detail     *ui.Page
	side       *fyne.Container // the detail, the form or the attendance
	split      *ui.MasterDetail
	count      *ui.Caption
	content    fyne.CanvasObject

	form  *factsForm
	panel *attendancePanel
}

var (
	_ page.Page   = (*Page)(nil)
	_ page.Opener = (*Page)(nil)
	_ page.Maker  = (*Page)(nil)
	_ page.Saver  = (*Page)(nil)
	_ page.Keeper = (*Page)(nil)
	_ page.Placed = (*Page)(nil)
)

// New returns the page.
func New(shell page.Shell, desk Desk) *Page {
	p := &Page{Identity: page.Identity{Name: "meetings", Word: "会議・勉強会", Sign: theme.CalendarIcon()}, shell: shell, desk: desk}
	p.Buttons = []*ui.Button{ui.NewPrimaryButton("会議を加える（Ctrl+N）", theme.ContentAddIcon(), p.New)}
	return p
}

// Build makes the content.
func (p *Page) Build() fyne.CanvasObject {
	p.filter = page.Recall(p.shell, keepFilter, Filter{})
	p.yearBox = ui.NewSelect(func(v string) { p.filter.Year = v; p.filtered() })
	p.kindBox = ui.NewSelect(func(v string) { p.filter.Kind = v; p.filtered() })
	p.countedBox = ui.NewSelect(func(v string) { p.filter.Counted = v; p.filtered() })
	p.search = page.NewSearchBox(p.shell, "会議・出席した人・事業所をさがす（Ctrl+F）", func(text string) { p.filter.Query = text; p.apply() })
	bar := ui.NewBar(ui.FieldHeight+ui.GapField,
		ui.Fixed(ui.Framed(p.yearBox), 140), ui.Fixed(ui.Framed(p.kindBox), 176), ui.Fixed(ui.Framed(p.countedBox), 164),
		ui.Item{Object: p.search, Width: 140, Grow: 1, Max: 420})
	p.makeList()
	p.detail = ui.NewPage()
	p.side = container.NewStack(p.detail)
	p.split = ui.NewMasterDetail(p.list, p.side, 0.52)
	p.count = ui.NewCaption("", ui.Strong)
	foot := ui.NewBar(ui.StatusHeight+ui.GapCell, ui.Growing(p.count, 320))
	p.content = container.NewBorder(bar, foot, nil, nil, p.split)
	return p.content
}

func (p *Page) makeList() {
	left := page.Recall(p.shell, keepList, ui.RegisterState{Sort: "date", Down: true})
	p.list = page.NewList(p.shell, "会議・勉強会", columns, func(r Row) string { return r.Code }, left, func() { page.Keep(p.shell, keepList, p.list.State()) })
	p.list.OnSelected = p.selected
	p.list.OnOpened = func(r Row) { p.split.Open(); p.takeAttendance(r) }
}

// Shown reads the register the first time and gives the list the keyboard.
func (p *Page) Shown() {
	if p.facts == nil {
		p.load()
	}
	if p.form == nil && p.panel == nil {
		p.shell.Canvas().Focus(p.list)
	}
}

// Changed reads the register again.
func (p *Page) Changed() { p.load() }

// Find puts the cursor into the search box.
func (p *Page) Find() { p.shell.Canvas().Focus(p.search) }

// load reads the register, beside the window.
func (p *Page) load() {
	if p.content == nil {
		return // built when it is first shown
	}
	page.Ask(p.shell, &p.loads, "会議・勉強会の表示", func(ctx context.Context) (answer, error) {
		judged, err := p.desk.Judged(ctx)
		if err != nil {
			return answer{}, err
		}
		return answer{judged, Rows(judged.Facts), models.NewFinder(people.Offices(judged.Facts))}, nil
	}, p.received)
}

// answer is the register as the page shows it.
type answer struct {
	judged  *app.Judged
	rows    []Row
	offices *models.Finder
}

func (p *Page) received(a answer) {
	p.facts, p.rows, p.offices = a.judged.Facts, a.rows, a.offices
	p.showFilter()
	p.apply()
	if code := p.wanted; code != "" {
		p.wanted = ""
		p.show(code)
	}
	if code := p.attend; code != "" {
		p.attend = ""
		if row, ok := p.row(code); ok {
			p.takeAttendance(row)
		}
	}
	if to := p.pending; !to.IsZero() {
		p.pending = page.Target{}
		p.Open(to)
	}
}

func (p *Page) showFilter() {
	today := p.shell.Today()
	p.yearBox.SetChoices(yearChoices(p.rows, today), p.filter.year(today))
	p.kindBox.SetChoices(kindChoices(), p.filter.Kind)
	p.countedBox.SetChoices(countedChoices(), p.filter.Counted)
}

// filtered is called when the person chose another filter.
func (p *Page) filtered() {
	page.Keep(p.shell, keepFilter, p.filter)
	p.apply()
}

// apply shows the rows the filter chooses.
func (p *Page) apply() {
	rows := p.filter.Apply(p.rows, p.shell.Today())
	if len(p.rows) == 0 {
		p.list.SetEmpty("会議・勉強会はまだありません",
			"地域ケア会議・サービス担当者会議・多職種連携会議・勉強会と、その出席者をここに残します。部門の担当者とケアマネが出席した会議は、指導料2の「平時の連携」の根拠になります。",
			ui.NewButton("会議を加える", p.New))
	} else {
		p.list.SetEmpty("条件に合う会議はありません", "年度・種別・算入・さがす言葉のどれかをゆるめてください。",
			ui.NewButton("絞り込みをやめる", p.widen))
	}
	p.filling = true
	p.list.SetRows(rows)
	p.filling = false
	p.count.SetText(countWords(rows, len(p.rows)))
	if row, ok := p.list.Selected(); ok {
		p.describe(row)
		return
	}
	p.detail.Set(ui.NewParagraph("一覧で選んだ会議の内容と出席者が、ここに出ます。", ui.Quiet))
}

// widen takes every filter away.
func (p *Page) widen() {
	p.filter = Filter{Year: allYears}
	p.search.SetQuery("")
	p.showFilter()
	p.filtered()
}

func (p *Page) row(code string) (Row, bool) {
	for i := range p.rows {
		if p.rows[i].Code == code {
			return p.rows[i], true
		}
	}
	return Row{}, false
}

// show selects the meeting of a code, widening the filter if need be.
func (p *Page) show(code string) bool {
	p.filling = true
	found := p.list.SelectKey(code)
	if _, known := p.row(code); !found && known {
		p.widen()
		p.filling = true
		found = p.list.SelectKey(code)
	}
	p.filling = false
	if row, ok := p.list.Selected(); ok && found {
		p.describe(row)
		p.split.Open()
	}
	return found
}

// Open shows a meeting by its 会議コード, or begins a new one.
func (p *Page) Open(to page.Target) {
	if p.facts == nil {
		p.pending = to
		p.load()
		return
	}
	switch {
	case to.Key == "" && to.Do != page.New: // the page as it is
	case p.Unsaved() != "":
		page.SayUnsaved(p.shell)
	case to.Do == page.New:
		p.openForm(Row{Meeting: models.Meeting{HeldOn: p.shell.Today()}})
	default:
		p.closed("")
		if !p.show(to.Key) {
			p.shell.Say(ui.Attention, "会議 "+to.Key+" は見つかりません。削除されたか、コードが変わっています")
		}
	}
}

// New begins a new meeting.
func (p *Page) New() { p.Open(page.ToNew("会議", "")) }

// openForm opens the facts of a meeting.
func (p *Page) openForm(row Row) {
	if p.Unsaved() != "" {
		page.SayUnsaved(p.shell)
		return
	}
	p.form, p.panel = newFactsForm(p, row), nil
	p.put(p.form.object)
	p.form.form.FocusFirst()
}

// takeAttendance opens the attendance of a meeting.
func (p *Page) takeAttendance(row Row) {
	if p.Unsaved() != "" {
		page.SayUnsaved(p.shell)
		return
	}
	p.panel, p.form = newAttendancePanel(p, row), nil
	p.put(p.panel.object)
	p.shell.Canvas().Focus(p.panel.list.entry)
}

func (p *Page) put(o fyne.CanvasObject) {
	p.side.Objects = []fyne.CanvasObject{o}
	p.side.Refresh()
	p.split.Open()
}

// leave is called when the person gives up what is open.
func (p *Page) leave() {
	p.closed("")
	p.shell.Canvas().Focus(p.list)
}

// closed shows the detail again; the code is to be selected once the register
// has been read again, "" for none.
func (p *Page) closed(code string) {
	p.form, p.panel, p.wanted = nil, nil, code
	p.side.Objects = []fyne.CanvasObject{p.detail}
	p.side.Refresh()
	if row, ok := p.list.Selected(); ok {
		p.describe(row)
	} else {
		p.split.Close()
	}
	if code != "" {
		p.shell.Canvas().Focus(p.list)
	}
}

// selected is called when another row of the list is chosen.
func (p *Page) selected(row Row) {
	if p.filling {
		return
	}
	if p.Unsaved() != "" {
		page.SayUnsaved(p.shell)
		return
	}
	if p.form != nil || p.panel != nil {
		p.closed("")
	}
	p.describe(row)
}

// Save saves what is open.
func (p *Page) Save() {
	switch {
	case p.panel != nil:
		p.panel.save()
	case p.form != nil:
		p.form.form.TypedShortcut(ui.SaveShortcut)
	}
}

// Unsaved says what would be lost by leaving.
func (p *Page) Unsaved() string {
	switch {
	case p.panel != nil && p.panel.dirty():
		return "出席の入力"
	case p.form != nil && p.form.form.Dirty():
		return "会議の入力"
	}
	return ""
}

// KeepTyping keeps what is typed or ticked as a draft.
func (p *Page) KeepTyping() error {
	switch {
	case p.panel != nil:
		return p.panel.keepTyping()
	case p.form != nil:
		return p.form.form.KeepDraft()
	}
	return nil
}

// Place is the meeting shown.
func (p *Page) Place() page.Target {
	if p.form != nil && p.form.row.Version == 0 {
		return page.ToNew("会議", "")
	}
	if row, ok := p.list.Selected(); ok {
		return page.To("会議", row.Code)
	}
	return page.ToPage(p.ID())
}
