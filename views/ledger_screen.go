package views

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"renkei/app/store"
	"renkei/views/imports"
	"renkei/views/page"
	"renkei/views/ui"
)

// ledgerScreen is the page 台帳: the register in and out as one workbook. While
// a book waits to be taken in, its preview stands in the place of the page.
type ledgerScreen struct {
	page.Identity
	f *Frame

	read, folder, template, write, sample, leave *ui.Button

	body    *fyne.Container
	plain   *ui.Page
	asked   page.Latest
	past    *ui.Flow // hidden when nothing was taken in yet
	records *ui.Flow
	undo    []*ui.Button     // of the imports that stand
	waiting *imports.Preview // nil when there is none
	from    place            // where the person was when it came
}

var _ page.Saver = (*ledgerScreen)(nil)

func newLedgerScreen(f *Frame) *ledgerScreen {
	return &ledgerScreen{
		Identity: page.Identity{Name: "ledger", Word: "台帳", Sign: theme.GridIcon()},
		f:        f,
		read:     ui.NewPrimaryButton("台帳ブックを選ぶ", theme.FolderOpenIcon(), f.chooseLedgerBook),
		folder:   ui.NewButton("CSVのフォルダを選ぶ", f.chooseLedgerFolder),
		write:    ui.NewIconButton("台帳を書き出す", theme.DocumentSaveIcon(), f.exportLedger),
		template: ui.NewIconButton("記入用の空の台帳を書き出す", theme.DocumentCreateIcon(), f.writeTemplate),
		sample:   ui.NewButton("見本の病院で試す", f.loadSample),
		leave:    ui.NewButton("見本を終えて自分の台帳に戻る", f.leaveSample),
	}
}

// Find goes to さがす.
func (s *ledgerScreen) Find() { s.f.findEverywhere() }

// Save takes the book of the preview in (Ctrl+S).
func (s *ledgerScreen) Save() {
	if s.waiting != nil {
		s.waiting.Take()
	}
}

// Changed reads what was taken in, and compares the book that waits anew.
func (s *ledgerScreen) Changed() {
	s.leave.SetEnabled(s.f.desk.Trying())
	s.readRecords()
	if s.waiting != nil {
		s.waiting.Changed()
	}
}

// Shown gives the first decision or the first button the keyboard.
func (s *ledgerScreen) Shown() {
	s.leave.SetEnabled(s.f.desk.Trying())
	s.readRecords()
	if s.waiting != nil {
		s.waiting.Focus()
		return
	}
	s.f.window.Canvas().Focus(s.read)
}

// Enable lets the buttons be pressed while no long work runs.
func (s *ledgerScreen) Enable(idle bool) {
	for _, b := range append([]*ui.Button{s.read, s.folder, s.template, s.write, s.sample}, s.undo...) {
		b.SetEnabled(idle)
	}
	s.leave.SetEnabled(idle && s.f.desk.Trying())
	if s.waiting != nil {
		s.waiting.Enable(idle)
	}
}

// Build makes the page's content.
func (s *ledgerScreen) Build() fyne.CanvasObject {
	s.records = ui.NewFlow(ui.GapCell, 0)
	s.past = ui.NewFlow(ui.GapField, ui.GapCell,
		ui.NewParagraph("読み込みの記録", ui.Style{Bold: true, Size: ui.SubHeadingSize}),
		ui.NewParagraph("自分の台帳に読み込んだものです。新しいものが上にあります。", ui.Plain), s.records, ui.NewRule())
	s.past.Hide()
	s.plain = ui.NewPage()
	s.plain.LimitTo(860)
	s.plain.Set(
		section("読み込む", "Excelの台帳ブック（.xlsx）か、シートごとのCSVを入れたフォルダを読み込みます。ファイルを窓の上に置いても読み込めます。\n"+
			"登録する前に、新しくなる行・変わる値・空欄になる値を一覧でお見せします。ブックにない列や行は、いまの登録のまま残ります。"+
			"値が空欄になるところは、確かめていただいてから空欄にします。"+
			"書き出したブックを直して読み込んだときは、そのあいだに台帳で変わったところも残ります。"+
			"読み込む前に控えを作り、読み込みはあとから取り消せます。\n"+
			"1か所でも誤りがあれば何も登録せず、誤りをすべて一覧でお見せします。", s.read, s.folder),
		s.past,
		section("はじめての台帳", "記入例と説明のついた空の台帳ブックを書き出します。例の行を消して記入し、上の「台帳ブックを選ぶ」で読み込みます。", s.template),
		section("書き出す", "登録されているすべてを1冊の台帳ブックに書き出します。"+
			"書き出したブックは直してそのまま読み込めます。患者さんの氏名を含むため、置き場所に気をつけてください。", s.write),
		section("見本", "架空の病院（220床・18か月分）で使い方を試せます。見本は別の台帳に入り、いまの登録には混ざりません。", s.sample, s.leave),
	)
	s.body = container.NewStack(s.plain)
	return s.body
}

// section is a heading, what it is about, and its buttons.
func section(title, text string, buttons ...*ui.Button) fyne.CanvasObject {
	row := container.NewHBox()
	for _, b := range buttons {
		row.Add(b)
	}
	return ui.NewFlow(ui.GapField, ui.GapCell,
		ui.NewParagraph(title, ui.Style{Bold: true, Size: ui.SubHeadingSize}),
		ui.NewParagraph(text, ui.Plain), row, ui.NewRule())
}

// preview brings what a book would do into sight, in the place of the page.
func (s *ledgerScreen) preview(book imports.Book, found *imports.Found) {
	if s.waiting == nil {
		s.from = s.f.here()
	}
	s.waiting = imports.New(shell{s.f}, s.f.desk, book, found, imports.Ends{
		Taken: s.f.imported, Left: s.closePreview, Save: s.f.saveLines,
	})
	s.f.goTo(place{page: s.ID()})
	s.put(s.waiting.Content())
	s.f.Show(s.ID())
}

// closePreview shows the page again, or the one where the book was chosen.
func (s *ledgerScreen) closePreview() {
	s.waiting = nil
	s.put(s.plain)
	if s.f.page().ID() == s.ID() {
		s.f.goTo(s.from)
		if s.from.page == s.ID() {
			s.f.Show(s.ID())
		}
	}
}

func (s *ledgerScreen) put(o fyne.CanvasObject) {
	s.body.Objects = []fyne.CanvasObject{o}
	s.body.Refresh()
}

// mostRecords is how many of the last imports are listed.
const mostRecords = 5

// readRecords lists the last books taken in.
func (s *ledgerScreen) readRecords() {
	page.Ask(shell{s.f}, &s.asked, "読み込みの記録の表示", s.f.desk.Imports, s.showRecords)
}

func (s *ledgerScreen) showRecords(list []store.Import) {
	s.undo = nil
	var lines []fyne.CanvasObject
	for _, of := range list[:min(len(list), mostRecords)] {
		lines = append(lines, s.record(of))
	}
	if more := len(list) - mostRecords; more > 0 {
		lines = append(lines, ui.NewParagraph(fmt.Sprintf("ほかに、これより前の%s件があります。", ui.Thousands(more)), ui.Quiet))
	}
	s.records.Set(lines...)
	ui.SetVisible(s.past, len(list) > 0)
	s.plain.Refit()
}

// record is one book taken in, with the button that takes it back.
func (s *ledgerScreen) record(of store.Import) fyne.CanvasObject {
	text := fmt.Sprintf("%s　%s　『%s』　%s行", of.At.Local().Format("2006-01-02 15:04"), of.Actor, of.Source, ui.Thousands(of.Rows))
	if of.Undone != 0 {
		return ui.NewBar(ui.FieldHeight, ui.Growing(ui.NewCaption(text, ui.Quiet), 80), ui.Fixed(ui.NewCaption("取消し済み", ui.Quiet), 0))
	}
	undo := ui.NewButton("取り消す", func() { s.askUndo(of) })
	undo.SetEnabled(s.f.job == nil)
	s.undo = append(s.undo, undo)
	return ui.NewBar(ui.FieldHeight, ui.Growing(ui.NewCaption(text, ui.Plain), 80), ui.Fixed(undo, 0))
}

// askUndo asks once, for what is taken back does not come back by itself.
func (s *ledgerScreen) askUndo(of store.Import) {
	ui.Ask(s.f.window.Canvas(), "『"+of.Source+"』の読み込みを取り消しますか",
		"この読み込みで増えた記録を消し、変わった記録を元に戻します。そのあとに直した記録、ほかの記録から使われている記録、"+
			"確定した算定や締めた月の記録は消さずに残し、一覧でお見せします。先に控えを作ります。",
		"取り消す", "やめる", func() { s.f.undoImport(of.Number) })
}
