package contacts

import (
	"context"
	"errors"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"renkei/models"
	"renkei/models/fee"
	"renkei/views/page"
	"renkei/views/people"
	"renkei/views/ui"
)

const lowImportance = widget.LowImportance

// Desk is what the page asks of the use cases.
type Desk interface{ page.Register }

// The keys of what the page remembers.
const (
	keepFilter  = "contacts/filter"
	keepList    = "contacts/list"
	keepEntry   = "contacts/last"
	keepPhrased = "contacts/phrases"
	draftNew    = "contacts/new"
)

// Page is the page やり取り.
type Page struct {
	page.Identity

	// Now tells the time a new contact begins with.
	Now func() time.Time

	shell page.Shell
	desk  Desk
	loads page.Latest

	answer
	phrases []Phrase
	filter  Filter
	pending page.Target // to open once the register is read
	wanted  string      // number to select once the register is read again
	filling bool        // the list is being filled by the program

	periodBox *ui.Select
	kindBox   *ui.Select
	staffBox  *ui.Select
	search    *ui.SearchBox
	person    *ui.Button // what the list is narrowed to; a tap widens it
	list      *ui.Register[*Row]
	detail    *ui.Page
	side      *fyne.Container // the detail or the form
	split     *ui.MasterDetail
	count     *ui.Caption
	content   fyne.CanvasObject

	form    *entryForm
	editing *ui.Form // of the phrases
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
	p := &Page{Identity: page.Identity{Name: "contacts", Word: "やり取り", Sign: theme.MailComposeIcon()}, Now: time.Now, shell: shell, desk: desk}
	p.Buttons = []*ui.Button{ui.NewPrimaryButton("やり取りを記録（Ctrl+N）", theme.ContentAddIcon(), p.New)}
	return p
}

// Build makes the content.
func (p *Page) Build() fyne.CanvasObject {
	p.phrases = recallPhrases(p.shell)
	p.filter = page.Recall(p.shell, keepFilter, Filter{Period: periodYear})
	p.periodBox = ui.NewSelect(func(v string) { p.filter.Period = v; p.filtered() })
	p.kindBox = ui.NewSelect(func(v string) { p.filter.Kind = v; p.filtered() })
	p.staffBox = ui.NewSelect(func(v string) { p.filter.Staff = v; p.filtered() })
	p.search = page.NewSearchBox(p.shell, "相手・事業所・内容・患者をさがす（Ctrl+F）", func(text string) { p.filter.Query = text; p.apply() })
	p.person = ui.NewIconButton("", theme.CancelIcon(), func() { p.narrowTo("") })
	p.person.Hide()
	bar := ui.NewBar(ui.FieldHeight+ui.GapField,
		ui.Fixed(ui.Framed(p.periodBox), 140), ui.Fixed(ui.Framed(p.kindBox), 164), ui.Fixed(ui.Framed(p.staffBox), 148),
		ui.Fixed(p.person, 0), ui.Item{Object: p.search, Width: 140, Grow: 1, Max: 420})
	p.makeList()
	p.detail = ui.NewPage()
	p.side = container.NewStack(p.detail)
	p.split = ui.NewMasterDetail(p.list, p.side, 0.5)
	p.count = ui.NewCaption("", ui.Strong)
	foot := ui.NewBar(ui.StatusHeight+ui.GapCell, ui.Growing(p.count, 320))
	p.content = container.NewBorder(bar, foot, nil, nil, p.split)
	return p.content
}

func (p *Page) makeList() {
	left := page.Recall(p.shell, keepList, ui.RegisterState{Sort: "date", Down: true})
	p.list = page.NewList(p.shell, "やり取り", columns, func(r *Row) string { return r.Number }, left, func() { page.Keep(p.shell, keepList, p.list.State()) })
	p.list.OnSelected = p.selected
	p.list.OnOpened = func(r *Row) { p.split.Open(); p.edit(r.Contact) }
}

// Shown reads the register the first time and gives the list the keyboard.
func (p *Page) Shown() {
	if p.facts == nil {
		p.load()
	}
	if p.form == nil && p.editing == nil {
		p.shell.Canvas().Focus(p.list)
	}
}

// Changed reads the register again.
func (p *Page) Changed() { p.load() }

// Find puts the cursor into the search box.
func (p *Page) Find() { p.shell.Canvas().Focus(p.search) }

// load reads the register and makes all that is searched, beside the window.
func (p *Page) load() {
	if p.content == nil {
		return // built when it is first shown
	}
	today, filter := p.shell.Today(), p.filter
	page.Ask(p.shell, &p.loads, "やり取りの表示", func(ctx context.Context) (answer, error) {
		judged, err := p.desk.Judged(ctx)
		if err != nil {
			return answer{}, err
		}
		return newAnswer(judged.Facts, today, filter), nil
	}, p.received)
}

// answer is the register as the page shows and searches it.
type answer struct {
	facts *fee.Facts // nil until the register is read
	rows  []*Row
	shown []*Row // those the filter chose when it was asked
	// under is that filter, choices the staff to choose among under it.
	under   Filter
	choices []ui.Choice

	parties, managers, offices, staff, patients *models.Finder
}

func newAnswer(facts *fee.Facts, today models.Date, filter Filter) answer {
	rows := newestFirst(Rows(facts))
	managers, offices := people.CareManagers(facts, today), people.Offices(facts)
	return answer{
		facts: facts, rows: rows, shown: filter.Apply(rows, today), under: filter, choices: staffChoices(facts, filter.Staff),
		parties:  models.NewFinder(append(append([]models.FindEntry{}, managers...), offices...)),
		managers: models.NewFinder(managers), offices: models.NewFinder(offices),
		staff: models.NewFinder(people.StaffMembers(facts, today)), patients: models.NewFinder(people.Patients(facts)),
	}
}

func (p *Page) received(a answer) {
	p.answer = a
	p.periodBox.SetChoices(periodChoices(), p.filter.Period)
	p.kindBox.SetChoices(kindChoices(), p.filter.Kind)
	if p.filter == a.under {
		p.staffBox.SetChoices(a.choices, p.filter.Staff)
		p.fill(a.shown)
	} else { // chosen meanwhile
		p.staffBox.SetChoices(staffChoices(p.facts, p.filter.Staff), p.filter.Staff)
		p.apply()
	}
	if p.form != nil {
		p.form.explain()
	}
	if wanted := p.wanted; wanted != "" {
		p.wanted = ""
		p.show(wanted)
	}
	if to := p.pending; !to.IsZero() {
		p.pending = page.Target{}
		p.Open(to)
	}
}

// filtered is called when the person chose another filter.
func (p *Page) filtered() {
	page.Keep(p.shell, keepFilter, p.filter)
	p.apply()
}

// apply shows the rows the filter chooses.
func (p *Page) apply() { p.fill(p.filter.Apply(p.rows, p.shell.Today())) }

func (p *Page) fill(rows []*Row) {
	switch {
	case len(p.rows) == 0:
		p.list.SetEmpty("やり取りはまだありません",
			"電話・面会・FAXなど、ケアマネや事業所とのやり取りをここに残します。面会とビデオ通話は、入退院支援加算1の年3回に数えます。",
			ui.NewButton("やり取りを記録する", p.New))
	default:
		p.list.SetEmpty("条件に合うやり取りはありません", "期間・種別・職員・さがす言葉のどれかをゆるめてください。",
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
	p.detail.Set(ui.NewParagraph("一覧で選んだやり取りの内容が、ここに出ます。Ctrl+N で新しく記録します。", ui.Quiet))
}

// widen takes every filter away.
func (p *Page) widen() {
	p.filter = Filter{Period: periodAll}
	p.search.SetQuery("")
	p.person.Hide()
	p.periodBox.SetChoices(periodChoices(), periodAll)
	p.kindBox.SetChoices(kindChoices(), "")
	if p.facts != nil {
		p.staffBox.SetChoices(staffChoices(p.facts, ""), "")
	}
	p.filtered()
}

// narrowTo shows the contacts with one care manager or office; "" is everybody.
func (p *Page) narrowTo(key string) {
	p.filter.Person = key
	pick, ok := p.pickOf(key)
	p.person.SetText("相手: " + short(pick.Title, 12))
	if ok {
		p.person.Show()
	} else {
		p.filter.Person = ""
		p.person.Hide()
	}
	p.apply()
	p.content.Refresh()
}

// show selects the contact of a number, widening the filter if need be.
func (p *Page) show(number string) bool {
	p.filling = true
	found := p.list.SelectKey(number)
	if !found && p.known(number) {
		p.widen()
		p.filling = true
		found = p.list.SelectKey(number)
	}
	p.filling = false
	if row, ok := p.list.Selected(); ok && found {
		p.describe(row)
		p.split.Open()
	}
	return found
}

func (p *Page) known(number string) bool {
	for i := range p.rows {
		if p.rows[i].Number == number {
			return true
		}
	}
	return false
}

// Open shows a contact by its 連絡番号, or begins a new one; with the care manager
// or the office whose code is the key.
func (p *Page) Open(to page.Target) {
	if p.facts == nil {
		p.pending = to
		p.load()
		return
	}
	switch {
	case to.Do == page.New:
		p.begin(to.Key)
	case to.Key == "": // the page as it is
	default:
		p.closeForm("")
		if !p.show(to.Key) {
			p.shell.Say(ui.Attention, "やり取り "+to.Key+" は見つかりません。削除されたか、番号が変わっています")
		}
	}
}

// New begins a new contact.
func (p *Page) New() { p.Open(page.ToNew("やり取り", "")) }

// begin opens an empty entry, with the person or office of a code.
func (p *Page) begin(code string) {
	if p.Unsaved() != "" {
		page.SayUnsaved(p.shell, p.Unsaved())
		return
	}
	var chosen []string
	draft := draftNew
	if code != "" {
		key := people.Key(people.CareManager, code)
		if p.facts.CareManager(code) == nil {
			key = people.Key(people.Office, code)
		}
		if _, ok := p.pickOf(key); !ok {
			p.shell.Say(ui.Attention, "『"+code+"』という相手は登録されていません。相手をさがして選んでください")
		} else {
			chosen, draft = []string{key}, draftNew+":"+code
		}
	}
	last := recallLast(p.shell)
	p.openForm(newEntryForm(p, models.Contact{
		On: p.shell.Today(), Time: p.Now().Format("15:04"), Kind: last.Kind, Initiator: last.Initiator, Staff: last.Staff,
	}, chosen, draft))
}

// edit opens a recorded contact.
func (p *Page) edit(c models.Contact) {
	if p.Unsaved() != "" {
		page.SayUnsaved(p.shell, p.Unsaved())
		return
	}
	p.openForm(newEntryForm(p, c, nil, "contacts/"+c.Number))
}

func (p *Page) openForm(e *entryForm) {
	p.form, p.editing = e, nil
	p.side.Objects = []fyne.CanvasObject{e.object}
	p.side.Refresh()
	p.split.Open()
	e.form.FocusFirst()
	if len(e.who.Picks()) > 0 && e.isNew() {
		p.shell.Canvas().Focus(e.kind.FocusTarget())
	}
}

// leaveForm is called when the person gives up a form.
func (p *Page) leaveForm() {
	p.closeForm("")
	p.shell.Canvas().Focus(p.list)
}

// closeForm shows the detail again; number is to be selected once the register
// has been read again, "" for none.
func (p *Page) closeForm(number string) {
	p.form, p.editing = nil, nil
	p.wanted = number
	p.side.Objects = []fyne.CanvasObject{p.detail}
	p.side.Refresh()
	if row, ok := p.list.Selected(); ok {
		p.describe(row)
	} else {
		p.split.Close()
	}
	if number != "" {
		p.shell.Canvas().Focus(p.list)
	}
}

// selected is called when another row of the list is chosen.
func (p *Page) selected(row *Row) {
	if p.filling {
		return
	}
	if p.Unsaved() != "" {
		page.SayUnsaved(p.shell, p.Unsaved())
		return
	}
	if p.form != nil || p.editing != nil {
		p.closeForm("")
	}
	p.describe(row)
}

// Save saves the form that is open.
func (p *Page) Save() {
	switch {
	case p.editing != nil:
		p.editing.TypedShortcut(ui.SaveShortcut)
	case p.form != nil:
		p.form.form.TypedShortcut(ui.SaveShortcut)
	}
}

// Unsaved says what would be lost by leaving.
func (p *Page) Unsaved() string {
	switch {
	case p.editing != nil && p.editing.Dirty():
		return "定型文の変更"
	case p.form != nil && p.form.form.Dirty():
		return "やり取りの入力"
	}
	return ""
}

// KeepTyping keeps what is typed as a draft.
func (p *Page) KeepTyping() error {
	var err error
	if p.editing != nil {
		err = p.editing.KeepDraft()
	}
	if p.form != nil {
		err = errors.Join(err, p.form.form.KeepDraft())
	}
	return err
}

// Place is the contact shown.
func (p *Page) Place() page.Target {
	if p.form != nil && p.form.isNew() {
		return page.ToNew("やり取り", "")
	}
	if row, ok := p.list.Selected(); ok {
		return page.To("やり取り", row.Number)
	}
	return page.ToPage(p.ID())
}
