package ledger

import (
	"context"

	"renkei/app"
	"renkei/views/page"
	"renkei/views/ui"
	"renkei/views/words"
)

// WriteTemplate writes an empty ledger book to start from.
func (p *Page) WriteTemplate() {
	p.writeBook("記入用の空の台帳を書き出す", "空の台帳", "空の台帳の書き出し",
		func(ctx context.Context, path string, _ page.Progress) error { return app.WriteTemplate(ctx, path) })
}

// export writes the whole register as a ledger book.
func (p *Page) export() {
	name := words.FileWord(words.Joined("_", "台帳", p.hospital, p.shell.Today().String()))
	p.writeBook("台帳を書き出す", name, "台帳の書き出し", p.desk.ExportLedger)
}

// writeBook asks where to write a workbook, writes it and opens it.
func (p *Page) writeBook(title, name, doing string, write func(ctx context.Context, path string, progress page.Progress) error) {
	p.shell.ChooseSave(title, name+".xlsx", func(path string) {
		writeFile(p.shell, doing, path, func(ctx context.Context, progress page.Progress) error { return write(ctx, path, progress) })
	})
}

// writeFile writes a file as a job and opens it.
func writeFile(s page.Shell, doing, path string, write func(context.Context, page.Progress) error) {
	s.Job(doing, write, func(err error) {
		if err == nil {
			page.Written(s, path)
		}
	})
}

// LoadSample shows the sample hospital.
func (p *Page) LoadSample() {
	p.shell.Job("見本の病院の準備", p.desk.TrySample, func(err error) {
		if err == nil {
			p.shell.Say(ui.Done, "見本の病院を読み込みました。名前も病院もすべて架空です")
			p.shell.Changed()
		}
	})
}

// leaveSample goes back to the user's own register.
func (p *Page) leaveSample() {
	p.desk.LeaveSample()
	p.shell.Say(ui.Done, "自分の台帳に戻りました")
	p.shell.Changed()
}
