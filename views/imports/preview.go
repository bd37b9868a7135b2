package imports

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"renkei/app"
	"renkei/app/ledger"
	"renkei/app/store"
	"renkei/models"
	"renkei/views/page"
	"renkei/views/ui"
)

// Desk is what importing asks of the use cases. It is always the user's own
// register, even while the sample is shown.
type Desk interface {
	// OpenLedger reads a ledger book (.xlsx or a folder of CSV).
	OpenLedger(ctx context.Context, path string, progress page.Progress) (*app.Import, error)
	// PlanImport returns what importing the book would do.
	PlanImport(ctx context.Context, book *app.Import, choice ledger.Choice) (*ledger.Plan, error)
	// ImportEffect returns what a plan would change in the recorded sessions.
	ImportEffect(ctx context.Context, plan *ledger.Plan) (app.Effect, error)
	// TakeImport imports the book. seen is the plan shown to the user.
	TakeImport(ctx context.Context, book *app.Import, choice ledger.Choice, seen *ledger.Plan, progress page.Progress) (app.Imported, error)
	// Imports returns the imports, newest first.
	Imports(ctx context.Context) ([]store.Import, error)
	// UndoImport takes an import back.
	UndoImport(ctx context.Context, number int, progress page.Progress) (store.TakenBack, store.Import, error)
}

// Found is a plan with its lines. Making them takes a while for a large book: do
// it in the background.
type Found struct {
	Plan    *ledger.Plan
	entries []*Entry
	counts  [All + 1]int
}

// Find makes the lines of a plan.
func Find(plan *ledger.Plan) *Found {
	entries := Entries(plan)
	return &Found{plan, entries, Counts(entries)}
}

// Decides reports whether the user has anything to decide.
func (f *Found) Decides() bool {
	return f.Plan.Written() > 0 || f.counts[Conflict] > 0 || f.counts[Closed] > 0
}

// Book is the ledger book of a preview.
type Book struct {
	Name   string // of the file
	Book   *app.Import
	Target string // the register it goes into, in words
	Effect string // what it changes of confirmed and closed sessions, in words; "" for nothing
}

// Ends are what a preview calls.
type Ends struct {
	Taken func(app.Imported)                // after the import
	Left  func()                            // on cancel
	Save  func(name string, lines []string) // writes a list to a file
}

// Preview shows what importing a book would do, in place of a page.
type Preview struct {
	shell page.Shell
	desk  Desk
	book  Book
	ends  Ends

	found   *Found
	chosen  map[ledger.RowKey]bool // rows for which the book decides
	kind    Kind
	sheet   string
	busy    bool // a new plan is being made, or the book imported
	asked   page.Latest
	content *ui.Arranged

	head  head
	list  *ui.List[*Entry]
	split *ui.MasterDetail
	side  detail
	foot  foot
}

// New returns the preview of a book.
func New(shell page.Shell, desk Desk, book Book, found *Found, ends Ends) *Preview {
	p := &Preview{shell: shell, desk: desk, book: book, ends: ends, chosen: make(map[ledger.RowKey]bool), kind: All}
	p.head.build(p)
	p.side.build(p)
	p.foot.build(p)
	p.list = page.NewList(shell, "読み込みで変わるところ", columns, func(e *Entry) string { return e.Key }, ui.ListState{Sort: "kind"}, nil)
	p.list.OnSelected = func(e *Entry) { p.side.show(e) }
	p.list.OnOpened = func(*Entry) { p.split.Open(); p.side.enter() }
	p.list.OnEscape = p.escape
	p.split = ui.NewMasterDetail(p.list, p.side.page, 0.6)
	p.content = ui.NewBetween(p.head.flow, p.split, p.foot.flow)
	p.show(found)
	return p
}

// Content is what is shown.
func (p *Preview) Content() fyne.CanvasObject { return p.content }

// Focus gives the keyboard to the first decision.
func (p *Preview) Focus() { p.shell.Canvas().Focus(p.foot.first()) }

// Enable is called when long work begins and ends.
func (p *Preview) Enable(idle bool) {
	p.busy = !idle
	p.foot.fill()
}

// show fills the preview from a plan.
func (p *Preview) show(found *Found) {
	p.found = found
	if found.counts[p.kind] == 0 {
		p.kind = All
	}
	p.head.fill()
	p.foot.fill()
	p.filter()
	p.content.Refresh()
}

// filter shows the lines of the kind and sheet chosen.
func (p *Preview) filter() {
	rows := Filtered(p.found.entries, p.kind, p.sheet)
	p.list.SetEmpty("この条件の行はありません", "上の区分かシートを選び直してください。")
	p.list.SetRows(rows)
	if len(rows) == 0 {
		p.side.show(nil)
	}
}

// decide lets the book or the register decide rows that both changed, and makes
// a new plan.
func (p *Preview) decide(rows []*ledger.Row, book bool) {
	before := maps.Clone(p.chosen)
	for _, row := range rows {
		if book {
			p.chosen[row.RowKey] = true
		} else {
			delete(p.chosen, row.RowKey)
		}
	}
	p.replan(p.show, func(err error) {
		p.chosen = before
		p.sayRefused(err)
	})
}

// sayRefused says why the book cannot decide a row.
func (p *Preview) sayRefused(err error) {
	var rejected *app.Rejected
	if !errors.As(err, &rejected) {
		p.shell.ShowError("読み込みの下調べ", err)
		return
	}
	lines := rejected.IssueLines()
	text := "ブックの値にできません。" + lines[0]
	if more := len(lines) - 1; more > 0 {
		text += fmt.Sprintf("（ほか%d件）", more)
	}
	p.shell.Say(ui.Attention, text)
}

// replan makes a new plan in the background. It calls show if the plan differs.
func (p *Preview) replan(show func(*Found), refused func(error)) {
	p.busy = true
	p.foot.fill()
	newest := p.asked.Next()
	choice := p.choice()
	var found *Found
	p.shell.Do(func(ctx context.Context) error {
		plan, err := p.desk.PlanImport(ctx, p.book.Book, choice)
		if err == nil {
			found = Find(plan)
		}
		return err
	}, func(err error) {
		if !newest() {
			return
		}
		p.busy = false
		switch {
		case errors.Is(err, context.Canceled):
		case err != nil:
			refused(err)
			p.foot.fill()
		case found.Plan.SameAs(p.found.Plan):
			p.foot.fill()
		default:
			show(found)
		}
	})
}

// Changed makes a new plan after the register changed, and says so if the plan
// differs. It ignores an error: the import will report it.
func (p *Preview) Changed() { p.replan(p.outdated, func(error) {}) }

// outdated shows the new plan and asks every decision again.
func (p *Preview) outdated(found *Found) {
	p.head.renewed = true
	p.foot.clearN, p.foot.keepN = 0, 0
	p.show(found)
}

func (p *Preview) choice() ledger.Choice {
	return ledger.Choice{Book: maps.Clone(p.chosen), Clear: p.foot.clear.Checked(), KeepClosed: p.foot.keep.Checked()}
}

// Take imports the book, unless something is left to decide.
func (p *Preview) Take() {
	if p.busy {
		return
	}
	if why := p.foot.why(); why != "" {
		p.shell.Say(ui.Attention, why)
		return
	}
	choice, seen := p.choice(), p.found.Plan
	var done app.Imported
	var renewed *Found
	p.shell.Job("台帳の読み込み", func(ctx context.Context, progress page.Progress) (err error) {
		done, err = p.desk.TakeImport(ctx, p.book.Book, choice, seen, progress)
		var outdated *app.Outdated
		if errors.As(err, &outdated) {
			renewed = Find(outdated.Plan)
			return nil
		}
		return err
	}, func(err error) {
		switch {
		case err != nil:
		case renewed != nil:
			p.outdated(renewed)
			p.shell.Canvas().Focus(p.list)
		default:
			p.ends.Taken(done)
		}
	})
}

// Leave closes the preview. If the user made choices, it asks first.
func (p *Preview) Leave() {
	if len(p.chosen) == 0 {
		p.ends.Left()
		return
	}
	ui.Ask(p.shell.Canvas(), "読み込みをやめますか", "ブックの値にすると選んだ"+ui.Thousands(len(p.chosen))+"行の選び方は残りません。何も登録していません。",
		"読み込みをやめる", "続ける", p.ends.Left)
}

// escape goes back from the detail to the list in a narrow window, else it leaves.
func (p *Preview) escape() {
	if p.split.Narrow() && p.side.page.Visible() {
		p.side.back()
		return
	}
	p.Leave()
}

// save writes the lines shown.
func (p *Preview) save() {
	name := strings.TrimSuffix(p.book.Name, ".xlsx") + "_読み込みで変わるところ.txt"
	p.ends.Save(name, Lines(p.list.Rows()))
}

// columns of the list, sorted as Entries.
var columns = []ui.Column[*Entry]{
	{
		ID: "kind", Title: "区分", Width: 96, Text: func(e *Entry) string { return e.Kinds[0].Look().Word },
		Tint: func(e *Entry) ui.Tint { return e.Kinds[0].Look() }, Less: func(a, b *Entry) bool { return a.At < b.At },
	},
	{ID: "sheet", Title: "シート", Width: 110, Text: func(e *Entry) string { return e.Sheet }},
	{
		ID: "row", Title: "行", Width: 44, Align: fyne.TextAlignTrailing,
		Text: func(e *Entry) string { return e.number() }, Less: func(a, b *Entry) bool { return a.rowNumber() < b.rowNumber() },
	},
	{ID: "key", Title: "キー", Width: 110, Text: func(e *Entry) string { return e.recordKey() }, Find: func(e *Entry) string { return models.SearchKey(e.recordKey()) }},
	{ID: "name", Title: "氏名・名称", Width: 88, Text: func(e *Entry) string { return e.name() }},
	{ID: "what", Title: "何が起きるか", Width: 190, Grow: 1, Text: func(e *Entry) string { return e.What }},
}

func (e *Entry) rowNumber() int {
	if e.Row == nil {
		return 0
	}
	return e.Row.Number
}

func (e *Entry) number() string {
	if e.Row == nil {
		return ""
	}
	return ui.Thousands(e.Row.Number)
}

func (e *Entry) recordKey() string {
	if e.Row == nil {
		return ""
	}
	return e.Row.Key
}

func (e *Entry) name() string {
	if e.Row == nil {
		return ""
	}
	return e.Row.Name
}

// chip is a button that shows the lines of one kind.
func (p *Preview) chip(kind Kind) *ui.Button {
	b := ui.NewButton(fmt.Sprintf("%s %s", kind.Look().Word, ui.Thousands(p.found.counts[kind])), func() {
		p.kind = kind
		p.head.fillChips()
		p.filter()
	})
	b.OnEscape = p.Leave
	return b
}

// head names the book and counts the lines by kind.
type head struct {
	p       *Preview
	renewed bool // the register changed while the preview was shown

	flow         *ui.Flow
	title, about *ui.Paragraph
	effect       *ui.Paragraph
	warning      *ui.Paragraph
	chips        *ui.Wrap
	byKind       [All + 1]*ui.Button
	sheets       *ui.Select
}

func (h *head) build(p *Preview) {
	h.p = p
	h.title = ui.NewParagraph("『"+p.book.Name+"』を読み込むと、次のようになります。まだ何も登録していません。", ui.Style{Bold: true, Size: ui.SubHeadingSize})
	h.about = ui.NewParagraph("", ui.Plain)
	h.warning = ui.NewParagraph("確かめているあいだに登録が変わったため、もう一度比べました。変わったところを確かめてください。", ui.Style{Bold: true, Color: ui.Warn})
	h.effect = ui.NewParagraph(p.book.Effect, ui.Style{Bold: true, Color: ui.Warn})
	ui.SetVisible(h.effect, p.book.Effect != "")
	h.chips = ui.NewWrap()
	h.sheets = ui.NewSelect(func(sheet string) { p.sheet = sheet; p.filter() })
	h.flow = ui.NewFlow(ui.GapField, 0, h.title, h.about, h.effect, h.warning, h.chips)
}

func (h *head) fill() {
	ui.SetVisible(h.warning, h.renewed)
	origin := "書き出し元の分からないブックです（人が台帳で直した記録は、選ぶまでそのまま残します）。"
	if h.p.found.Plan.Based {
		origin = "この台帳から書き出したブックです（そのあと台帳で変わったところは残します）。"
	}
	h.about.SetText(origin + "ブックにない列と行は、いまの登録のままです。" + h.p.book.Target)
	choices := []ui.Choice{{Label: "すべてのシート"}}
	h.sheets.SetChoices(append(choices, ui.ChoicesOf(Sheets(h.p.found.entries))...), h.p.sheet)
	h.p.sheet = h.sheets.Value()
	h.byKind = [All + 1]*ui.Button{}
	objects := []fyne.CanvasObject{ui.Framed(h.sheets)}
	for _, kind := range []Kind{All, Conflict, Emptied, Closed, Changed, Added, Newer, Gone, Same, Note} {
		if h.p.found.counts[kind] > 0 || kind == All {
			h.byKind[kind] = h.p.chip(kind)
			objects = append(objects, h.byKind[kind])
		}
	}
	h.chips.Set(objects...)
	h.fillChips()
}

// fillChips marks the kind shown.
func (h *head) fillChips() {
	for kind, b := range h.byKind {
		if b == nil {
			continue
		}
		b.Importance = widget.MediumImportance
		if Kind(kind) == h.p.kind {
			b.Importance = widget.HighImportance
		}
		b.Refresh()
	}
}
