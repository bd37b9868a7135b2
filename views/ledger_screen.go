package views

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"renkei/views/ui"
)

// ledgerScreen is the page 台帳: the register in and out as one workbook.
type ledgerScreen struct {
	f *Frame

	read, folder, template, write, sample, leave *ui.Button
}

func newLedgerScreen(f *Frame) *ledgerScreen {
	return &ledgerScreen{
		f:        f,
		read:     ui.NewPrimaryButton("台帳ブックを選ぶ", theme.FolderOpenIcon(), f.chooseLedgerBook),
		folder:   ui.NewButton("CSVのフォルダを選ぶ", f.chooseLedgerFolder),
		write:    ui.NewIconButton("台帳を書き出す", theme.DocumentSaveIcon(), f.exportLedger),
		template: ui.NewIconButton("記入用の空の台帳を書き出す", theme.DocumentCreateIcon(), f.writeTemplate),
		sample:   ui.NewButton("見本の病院で試す", f.loadSample),
		leave:    ui.NewButton("見本を終えて自分の台帳に戻る", f.leaveSample),
	}
}

func (s *ledgerScreen) ID() string            { return "ledger" }
func (s *ledgerScreen) Title() string         { return "台帳" }
func (s *ledgerScreen) Icon() fyne.Resource   { return theme.GridIcon() }
func (s *ledgerScreen) Actions() []*ui.Button { return nil }
func (s *ledgerScreen) Changed()              { s.leave.SetEnabled(s.f.p.Desk.Trying()) }
func (s *ledgerScreen) Find()                 { s.f.findEverywhere() }

// Shown gives the first button the keyboard.
func (s *ledgerScreen) Shown() {
	s.Changed()
	s.f.window.Canvas().Focus(s.read)
}

func (s *ledgerScreen) Enable(idle bool) {
	for _, b := range []*ui.Button{s.read, s.folder, s.template, s.write, s.sample} {
		b.SetEnabled(idle)
	}
	s.leave.SetEnabled(idle && s.f.p.Desk.Trying())
}

func (s *ledgerScreen) Build() fyne.CanvasObject {
	page := ui.NewPage()
	page.LimitTo(860)
	page.Set(
		section("読み込む", "Excelの台帳ブック（.xlsx）か、シートごとのCSVを入れたフォルダを読み込みます。"+
			"同じ番号の行は新しい内容に置きかわり、台帳にない行は消えません。"+
			"1か所でも誤りがあれば何も登録せず、誤りをすべて一覧でお見せします。ファイルを窓の上に置いても読み込めます。", s.read, s.folder),
		section("はじめての台帳", "記入例と説明のついた空の台帳ブックを書き出します。例の行を消して記入し、上の「台帳ブックを選ぶ」で読み込みます。", s.template),
		section("書き出す", "登録されているすべてを1冊の台帳ブックに書き出します。"+
			"書き出したブックは直してそのまま読み込めます。患者さんの氏名を含むため、置き場所に気をつけてください。", s.write),
		section("見本", "架空の病院（220床・18か月分）で使い方を試せます。見本は別の台帳に入り、いまの登録には混ざりません。", s.sample, s.leave),
	)
	return page
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
