package views

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"

	"renkei/app"
	"renkei/app/ledger"
	"renkei/app/store"
	"renkei/views/imports"
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
	}, f.ImportLedger)
}

func (f *Frame) chooseLedgerFolder() {
	f.pick(func(ctx context.Context, folder string) (string, error) {
		return f.p.Files.OpenFolder(ctx, "台帳（CSVのフォルダ）を読み込む", folder)
	}, f.ImportLedger)
}

// ImportLedger reads a ledger book and shows what taking it in would do.
func (f *Frame) ImportLedger(path string) { f.leave(func() { f.readLedger(path) }) }

func (f *Frame) readLedger(path string) {
	book := imports.Book{Name: filepath.Base(path)}
	var found *imports.Found
	f.runJob("台帳の読み取り", func(ctx context.Context, progress Progress) (err error) {
		if book.Book, err = f.desk.OpenLedger(ctx, path, progress); err != nil {
			return err
		}
		progress("登録との比較", 0, 0)
		plan, err := f.desk.PlanImport(ctx, book.Book, ledger.Choice{})
		if err != nil {
			return err
		}
		found = imports.Find(plan)
		effect, err := f.desk.ImportEffect(ctx, plan)
		if err != nil {
			return err
		}
		book.Effect = words.BeforeSaving(effect)
		book.Target = f.targetWords(f.desk.Path())
		return nil
	}, func(err error) {
		switch {
		case err != nil:
		case found.Decides():
			f.ledger.preview(book, found)
		default:
			f.sayImported(app.Imported{Plan: found.Plan})
		}
	})
}

// targetWords says into which register a book goes.
func (f *Frame) targetWords(path string) string {
	if f.desk.Trying() {
		return "読み込み先は自分の台帳（" + words.ShortPath(path) + "）で、見本の病院には入りません。"
	}
	return "読み込み先は台帳 " + words.ShortPath(path) + " です。"
}

// imported tells what a book that was taken in changed, over the register it
// went into.
func (f *Frame) imported(done app.Imported) {
	f.ledger.closePreview()
	if f.desk.Trying() {
		f.desk.LeaveSample()
	}
	f.changed()
	f.sayImported(done)
}

// sayImported tells what an import did, and lists what it left as it was.
func (f *Frame) sayImported(done app.Imported) {
	text := done.Summary()
	var buttons []*ui.Button
	if done.Copy != "" {
		text += "。読み込む前の控えを作ってあります"
	}
	if done.Number > 0 {
		buttons = append(buttons, ui.NewButton("元に戻す", func() { f.undoImport(done.Number) }))
	}
	// That something was newer in the register is what an exported book is for.
	if left := imports.Left(done.Plan); len(left) > done.Plan.Count(ledger.Newer) {
		f.showLines(lineList{"台帳のまま残したところ", "台帳のまま残したところと、読み取りで気づいたこと（" + ui.Thousands(len(left)) + "件）", ui.Warn, left})
	}
	f.say(ui.Done, text, buttons...)
}

// undoImport takes an import back and lists what could not be.
func (f *Frame) undoImport(number int) {
	var done store.TakenBack
	var of store.Import
	f.runJob("読み込みの取消し", func(ctx context.Context, progress Progress) (err error) {
		done, of, err = f.desk.UndoImport(ctx, number, progress)
		return err
	}, func(err error) {
		if err != nil {
			return
		}
		f.changed()
		f.Show(f.page().ID()) // what the import had left is of no interest any more
		if len(done.Kept) > 0 {
			lines := make([]string, len(done.Kept))
			for i, kept := range done.Kept {
				lines[i] = kept.Sheet + " " + kept.Key + ": " + kept.Why
			}
			f.showLines(lineList{"取り消さずに残した記録", "読み込みを取り消しましたが、次の記録はそのまま残しました（" + ui.Thousands(len(lines)) + "件）", ui.Warn, lines})
		}
		f.say(ui.Done, fmt.Sprintf("%sの読み込みを取り消しました。消した記録%s件、元に戻した記録%s件、残した記録%s件",
			"『"+of.Source+"』", ui.Thousands(done.Removed), ui.Thousands(done.Restored), ui.Thousands(len(done.Kept))))
	})
}

func (f *Frame) loadSample() {
	f.runJob("見本の病院の準備", f.desk.TrySample, func(err error) {
		if err == nil {
			f.say(ui.Done, "見本の病院を読み込みました。名前も病院もすべて架空です")
			f.changed()
		}
	})
}

// leaveSample goes back to the person's own register.
func (f *Frame) leaveSample() {
	f.desk.LeaveSample()
	f.say(ui.Done, "自分の台帳に戻りました")
	f.changed()
}

// writeTemplate writes the empty ledger book to begin with.
func (f *Frame) writeTemplate() {
	f.pickSave("記入用の空の台帳を書き出す", "空の台帳"+excelBooks.Extension, excelBooks, func(path string) {
		f.runJob("空の台帳の書き出し", func(ctx context.Context, _ Progress) error {
			return app.WriteTemplate(ctx, path)
		}, f.written(path))
	})
}

// exportLedger writes the whole register as a ledger book.
func (f *Frame) exportLedger() {
	name := words.FileWord(words.Joined("_", "台帳", f.facts.Hospital, f.today().String())) + excelBooks.Extension
	f.pickSave("台帳を書き出す", name, excelBooks, func(path string) {
		f.runJob("台帳の書き出し", func(ctx context.Context, progress Progress) error {
			return f.desk.ExportLedger(ctx, path, progress)
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
		f.ImportLedger(path)
		return
	}
	f.say(ui.Attention, "『"+filepath.Base(path)+"』は台帳ではありません。台帳ブック（.xlsx）かCSVのフォルダを置いてください")
}
