// Package ledger is the page 台帳: importing and exporting the register as a ledger
// book, the list of imports, and the sample hospital. page.go is the page, read.go
// imports, write.go exports, lines.go lists refused lines. The preview of a book is
// views/imports; the format of a book is app/ledger.
package ledger

import (
	"context"
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"renkei/app"
	"renkei/app/store"
	"renkei/views/imports"
	"renkei/views/page"
	"renkei/views/ui"
)

// ID is the page's name for GoTo.
const ID = "ledger"

// Desk is what the page asks of the use cases.
type Desk interface {
	// Imports go into the user's own register, even while the sample is shown.
	imports.Desk
	// Place is that of the user's own register.
	Place() string
	// ExportLedger writes the whole register shown as a ledger book.
	ExportLedger(ctx context.Context, path string, progress page.Progress) error
	// Status names the hospital of the register shown.
	Status(ctx context.Context) (app.Status, error)
	// TrySample shows the sample hospital in a separate register.
	TrySample(ctx context.Context, progress page.Progress) error
	// LeaveSample shows the user's own register again.
	LeaveSample()
	// Trying reports whether the sample is shown.
	Trying() bool
}

// Page is the page 台帳. While a book waits for its import, the preview replaces
// the content.
type Page struct {
	page.Identity

	shell page.Shell
	desk  Desk

	read, folder, template, write, sample, leave *ui.Button

	idle     bool
	body     *fyne.Container
	plain    *ui.Detail
	asked    page.Latest
	hospital string   // of the register shown, "" if not set
	past     *ui.Flow // hidden while there is no import
	records  *ui.Flow
	undo     []*ui.Button     // of the imports not taken back
	waiting  *imports.Preview // nil for none
	back     func()           // to where the user was before the preview
}

var (
	_ page.Page  = (*Page)(nil)
	_ page.Saver = (*Page)(nil)
)

// New returns the page.
func New(shell page.Shell, desk Desk) *Page {
	p := &Page{Identity: page.Identity{Name: ID, Word: "台帳", Sign: theme.GridIcon()}, shell: shell, desk: desk, idle: true}
	p.read = ui.NewPrimaryButton("台帳ブックを選ぶ", theme.FolderOpenIcon(), p.ChooseBook)
	p.folder = ui.NewButton("CSVのフォルダを選ぶ", p.ChooseFolder)
	p.write = ui.NewIconButton("台帳を書き出す", theme.DocumentSaveIcon(), p.export)
	p.template = ui.NewIconButton("記入用の空の台帳を書き出す", theme.DocumentCreateIcon(), p.WriteTemplate)
	p.sample = ui.NewButton("見本の病院で試す", p.LoadSample)
	p.leave = ui.NewButton("見本を終えて自分の台帳に戻る", p.leaveSample)
	return p
}

// Find goes to さがす: the page has no search box of its own.
func (p *Page) Find() { p.shell.GoTo(page.ToPage("search")) }

// Save imports the book of the preview (Ctrl+S).
func (p *Page) Save() {
	if p.waiting != nil {
		p.waiting.Take()
	}
}

// Changed reads the imports and compares the waiting book again.
func (p *Page) Changed(feed app.Feed) {
	p.load()
	if p.waiting != nil {
		p.waiting.Changed()
	}
}

// Shown gives the keyboard to the first decision or the first button.
func (p *Page) Shown() {
	p.load()
	if p.waiting != nil {
		p.waiting.Focus()
		return
	}
	p.shell.Canvas().Focus(p.read)
}

// Enable enables the buttons while no job runs.
func (p *Page) Enable(idle bool) {
	p.idle = idle
	for _, b := range append([]*ui.Button{p.read, p.folder, p.template, p.write, p.sample}, p.undo...) {
		b.SetEnabled(idle)
	}
	p.leave.SetEnabled(idle && p.desk.Trying())
	if p.waiting != nil {
		p.waiting.Enable(idle)
	}
}

// Build makes the page's content.
func (p *Page) Build() fyne.CanvasObject {
	p.records = ui.NewFlow(ui.GapCell, 0)
	p.past = ui.NewFlow(ui.GapField, ui.GapCell,
		ui.NewParagraph("読み込みの記録", ui.Style{Bold: true, Size: ui.SubHeadingSize}),
		ui.NewParagraph("自分の台帳に読み込んだものです。新しいものが上にあります。", ui.Plain), p.records, ui.NewRule())
	p.past.Hide()
	p.plain = ui.NewDetail()
	p.plain.LimitTo(860)
	p.plain.Set(
		section("読み込む", "Excelの台帳ブック（.xlsx）か、シートごとのCSVを入れたフォルダを読み込みます。ファイルを窓の上に置いても読み込めます。\n"+
			"登録する前に、新しくなる行・変わる値・空欄になる値を一覧でお見せします。ブックにない列や行は、いまの登録のまま残ります。"+
			"値が空欄になるところは、確かめていただいてから空欄にします。"+
			"書き出したブックを直して読み込んだときは、そのあいだに台帳で変わったところも残ります。"+
			"読み込む前に控えを作り、読み込みはあとから取り消せます。\n"+
			"1か所でも誤りがあれば何も登録せず、誤りをすべて一覧でお見せします。", p.read, p.folder),
		p.past,
		section("はじめての台帳", "記入例と説明のついた空の台帳ブックを書き出します。例の行を消して記入し、上の「台帳ブックを選ぶ」で読み込みます。", p.template),
		section("書き出す", "登録されているすべてを1冊の台帳ブックに書き出します。"+
			"書き出したブックは直してそのまま読み込めます。患者さんの氏名を含むため、置き場所に気をつけてください。", p.write),
		section("見本", "架空の病院（220床・18か月分）で使い方を試せます。見本は別の台帳に入り、いまの登録には混ざりません。", p.sample, p.leave),
	)
	p.body = container.NewStack(p.plain)
	return p.body
}

// section is a heading, an explanation and buttons.
func section(title, text string, buttons ...*ui.Button) fyne.CanvasObject {
	row := container.NewHBox()
	for _, b := range buttons {
		row.Add(b)
	}
	return ui.NewFlow(ui.GapField, ui.GapCell,
		ui.NewParagraph(title, ui.Style{Bold: true, Size: ui.SubHeadingSize}),
		ui.NewParagraph(text, ui.Plain), row, ui.NewRule())
}

func (p *Page) put(o fyne.CanvasObject) {
	p.body.Objects = []fyne.CanvasObject{o}
	p.body.Refresh()
}

// mostRecords is how many imports are listed.
const mostRecords = 5

// answer is what the page shows.
type answer struct {
	hospital string
	imports  []store.Import
}

// load reads the imports and the name of the hospital.
func (p *Page) load() {
	p.leave.SetEnabled(p.idle && p.desk.Trying())
	page.Ask(p.shell, &p.asked, "読み込みの記録の表示", func(ctx context.Context) (a answer, err error) {
		if a.imports, err = p.desk.Imports(ctx); err != nil {
			return a, err
		}
		status, err := p.desk.Status(ctx)
		a.hospital = status.Hospital
		return a, err
	}, func(a answer) {
		p.hospital = a.hospital
		p.showRecords(a.imports)
	})
}

func (p *Page) showRecords(list []store.Import) {
	p.undo = nil
	var lines []fyne.CanvasObject
	for _, of := range list[:min(len(list), mostRecords)] {
		lines = append(lines, p.record(of))
	}
	if more := len(list) - mostRecords; more > 0 {
		lines = append(lines, ui.NewParagraph(fmt.Sprintf("ほかに、これより前の%s件があります。", ui.Thousands(more)), ui.Quiet))
	}
	p.records.Set(lines...)
	ui.SetVisible(p.past, len(list) > 0)
	p.plain.Refit()
}

// record is the line of one import, with the button that takes it back.
func (p *Page) record(of store.Import) fyne.CanvasObject {
	text := fmt.Sprintf("%s　%s　『%s』　%s行", of.At.Local().Format("2006-01-02 15:04"), of.Actor, of.Source, ui.Thousands(of.Rows))
	if of.Undone != 0 {
		return ui.NewBar(ui.FieldHeight, ui.Growing(ui.NewCaption(text, ui.Quiet), 80), ui.Fixed(ui.NewCaption("取消し済み", ui.Quiet), 0))
	}
	undo := ui.NewButton("取り消す", func() { p.askUndo(of) })
	undo.SetEnabled(p.idle)
	p.undo = append(p.undo, undo)
	return ui.NewBar(ui.FieldHeight, ui.Growing(ui.NewCaption(text, ui.Plain), 80), ui.Fixed(undo, 0))
}

// askUndo asks before taking an import back: that cannot be undone.
func (p *Page) askUndo(of store.Import) {
	ui.Ask(p.shell.Canvas(), "『"+of.Source+"』の読み込みを取り消しますか",
		"この読み込みで増えた記録を消し、変わった記録を元に戻します。そのあとに直した記録、ほかの記録から使われている記録、"+
			"確定した算定や締めた月の記録は消さずに残し、一覧でお見せします。先に控えを作ります。",
		"取り消す", "やめる", func() { p.undoImport(of.Number) })
}
