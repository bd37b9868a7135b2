package views

import (
	"context"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"

	"renkei/views/page"
	"renkei/views/ui"
	"renkei/views/words"
)

// importMenu offers the two forms a ledger is kept in, under a button.
func (f *Frame) importMenu(under fyne.CanvasObject) {
	ui.ShowMenu(under,
		fyne.NewMenuItem("Excelの台帳ブックを選ぶ…", f.chooseLedgerBook),
		fyne.NewMenuItem("CSVのフォルダを選ぶ…", f.chooseLedgerFolder))
}

func (f *Frame) chooseLedgerBook() {
	f.pick(func(ctx context.Context, folder string) (string, error) {
		return f.p.Files.OpenFile(ctx, "台帳を読み込む", folder, ledgerBooks)
	}, f.importLedger)
}

func (f *Frame) chooseLedgerFolder() {
	f.pick(func(ctx context.Context, folder string) (string, error) {
		return f.p.Files.OpenFolder(ctx, "台帳（CSVのフォルダ）を読み込む", folder)
	}, f.importLedger)
}

func (f *Frame) importLedger(path string) {
	var summary string
	f.runJob("台帳の読み込み", func(ctx context.Context, progress Progress) (err error) {
		summary, err = f.p.Desk.ImportLedger(ctx, path, progress)
		return err
	}, func(err error) {
		if err == nil {
			f.say(ui.Done, summary+"　"+filepath.Base(path))
			f.changed()
		}
	})
}

func (f *Frame) loadSample() {
	f.runJob("見本の病院の準備", f.p.Desk.LoadSample, func(err error) {
		if err == nil {
			f.say(ui.Done, "見本の病院を読み込みました。名前も病院もすべて架空です")
			f.changed()
		}
	})
}

// leaveSample goes back to the person's own register.
func (f *Frame) leaveSample() {
	f.p.Desk.LeaveSample()
	f.say(ui.Done, "自分の台帳に戻りました")
	f.changed()
}

// writeTemplate writes the empty ledger book to begin with.
func (f *Frame) writeTemplate() {
	f.pickSave("記入用の空の台帳を書き出す", "空の台帳"+excelBooks.Extension, excelBooks, func(path string) {
		f.runJob("空の台帳の書き出し", func(ctx context.Context, _ Progress) error {
			return f.p.Desk.WriteTemplate(ctx, path)
		}, f.written(path))
	})
}

// exportLedger writes the whole register as a ledger book.
func (f *Frame) exportLedger() {
	name := words.FileWord(words.Joined("_", "台帳", f.facts.Hospital, f.today().String())) + excelBooks.Extension
	f.pickSave("台帳を書き出す", name, excelBooks, func(path string) {
		f.runJob("台帳の書き出し", func(ctx context.Context, progress Progress) error {
			return f.p.Desk.ExportLedger(ctx, path, progress)
		}, f.written(path))
	})
}

// written returns what follows a finished export.
func (f *Frame) written(path string) func(error) {
	return func(err error) {
		if err == nil {
			page.Written(shell{f}, path)
		}
	}
}

// dropped takes a ledger book or a folder dragged onto the window.
func (f *Frame) dropped(_ fyne.Position, uris []fyne.URI) {
	if len(uris) != 1 || uris[0].Scheme() != "file" {
		f.say(ui.Attention, "台帳ブック（.xlsx）かCSVのフォルダを1つだけ置いてください")
		return
	}
	path := uris[0].Path()
	if extension := strings.ToLower(filepath.Ext(path)); extension == ".xlsx" || extension == "" {
		f.importLedger(path)
		return
	}
	f.say(ui.Attention, "『"+filepath.Base(path)+"』は台帳ではありません。台帳ブック（.xlsx）かCSVのフォルダを置いてください")
}
