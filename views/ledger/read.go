package ledger

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"

	"renkei/app"
	ledgerbook "renkei/app/ledger"
	"renkei/app/store"
	"renkei/views/imports"
	"renkei/views/page"
	"renkei/views/ui"
	"renkei/views/words"
)

// ImportMenu opens a menu of the two kinds of ledger under a button.
func (p *Page) ImportMenu(under fyne.CanvasObject) {
	ui.ShowMenu(under,
		fyne.NewMenuItem("Excelの台帳ブックを選ぶ…", p.ChooseBook),
		fyne.NewMenuItem("CSVのフォルダを選ぶ…", p.ChooseFolder))
}

// ChooseBook asks for a ledger book and reads it.
func (p *Page) ChooseBook() {
	p.shell.ChooseFile("台帳を読み込む", "Excelの台帳ブック", ".xlsx", p.Read)
}

// ChooseFolder asks for a folder of CSV files and reads it.
func (p *Page) ChooseFolder() {
	p.shell.ChooseFolder("台帳（CSVのフォルダ）を読み込む", p.Read)
}

// Dropped reads a ledger book or a folder dropped on the window.
func (p *Page) Dropped(uris []fyne.URI) {
	if len(uris) != 1 || uris[0].Scheme() != "file" {
		p.shell.Say(ui.Attention, "台帳ブック（.xlsx）かCSVのフォルダを1つだけ置いてください")
		return
	}
	path := uris[0].Path()
	if extension := strings.ToLower(filepath.Ext(path)); extension == ".xlsx" || extension == "" {
		p.Read(path)
		return
	}
	p.shell.Say(ui.Attention, "『"+filepath.Base(path)+"』は台帳ではありません。台帳ブック（.xlsx）かCSVのフォルダを置いてください")
}

// Read reads a ledger book and shows what importing it would do.
func (p *Page) Read(path string) { p.shell.Leave(func() { p.readBook(path) }) }

func (p *Page) readBook(path string) {
	book := imports.Book{Name: filepath.Base(path), Target: p.targetWords()}
	var found *imports.Found
	p.shell.Job("台帳の読み取り", func(ctx context.Context, progress page.Progress) (err error) {
		if book.Book, err = p.desk.OpenLedger(ctx, path, progress); err != nil {
			return err
		}
		progress("登録との比較", 0, 0)
		plan, err := p.desk.PlanImport(ctx, book.Book, ledgerbook.Choice{})
		if err != nil {
			return err
		}
		found = imports.Find(plan)
		effect, err := p.desk.ImportEffect(ctx, plan)
		book.Effect = words.BeforeSaving(effect)
		return err
	}, func(err error) {
		switch {
		case err != nil:
		case found.Decides():
			p.preview(book, found)
		default:
			p.sayImported(app.Imported{Plan: found.Plan})
		}
	})
}

// targetWords says which register a book goes into.
func (p *Page) targetWords() string {
	path := words.ShortPath(app.Shown(p.desk.Place()))
	if p.desk.Trying() {
		return "読み込み先は自分の台帳（" + path + "）で、見本の病院には入りません。"
	}
	return "読み込み先は台帳 " + path + " です。"
}

// preview shows the preview of a book in place of the page.
func (p *Page) preview(book imports.Book, found *imports.Found) {
	back := p.shell.Visit(ID)
	if p.waiting == nil {
		p.back = back
	}
	p.waiting = imports.New(p.shell, p.desk, book, found, imports.Ends{
		Taken: p.imported, Left: p.closePreview,
		Save: func(name string, lines []string) { saveLines(p.shell, name, lines) },
	})
	p.put(p.waiting.Content())
	p.shell.Uncover()
}

// closePreview shows the page again and goes back to where the user was.
func (p *Page) closePreview() {
	p.waiting = nil
	p.put(p.plain)
	p.back()
}

// imported shows the register that the book went into and says what changed.
func (p *Page) imported(done app.Imported) {
	p.closePreview()
	p.desk.LeaveSample()
	p.shell.Changed()
	p.sayImported(done)
}

// sayImported says what an import did and lists what it left unchanged.
func (p *Page) sayImported(done app.Imported) {
	text := done.Summary()
	var buttons []*ui.Button
	if done.Copy != "" {
		text += "。読み込む前の控えを作ってあります"
	}
	if done.Number > 0 {
		buttons = append(buttons, ui.NewButton("元に戻す", func() { p.undoImport(done.Number) }))
	}
	// Newer values alone are no news: re-importing an exported book has them.
	if left := imports.Left(done.Plan); len(left) > done.Plan.Count(ledgerbook.Newer) {
		list{"台帳のまま残したところ", "台帳のまま残したところと、読み取りで気づいたこと（" + ui.Thousands(len(left)) + "件）", ui.Warn, left}.show(p.shell)
	}
	p.shell.Say(ui.Done, text, buttons...)
}

// undoImport takes an import back and lists what it could not.
func (p *Page) undoImport(number int) {
	var done store.TakenBack
	var of store.Import
	p.shell.Job("読み込みの取消し", func(ctx context.Context, progress page.Progress) (err error) {
		done, of, err = p.desk.UndoImport(ctx, number, progress)
		return err
	}, func(err error) {
		if err != nil {
			return
		}
		p.shell.Changed()
		p.shell.Uncover() // the list of what the import left is obsolete
		if len(done.Kept) > 0 {
			lines := make([]string, len(done.Kept))
			for i, kept := range done.Kept {
				lines[i] = kept.Sheet + " " + kept.Key + ": " + kept.Why
			}
			list{"取り消さずに残した記録", "読み込みを取り消しましたが、次の記録はそのまま残しました（" + ui.Thousands(len(lines)) + "件）", ui.Warn, lines}.show(p.shell)
		}
		p.shell.Say(ui.Done, fmt.Sprintf("%sの読み込みを取り消しました。消した記録%s件、元に戻した記録%s件、残した記録%s件",
			"『"+of.Source+"』", ui.Thousands(done.Removed), ui.Thousands(done.Restored), ui.Thousands(len(done.Kept))))
	})
}
