package settings

import (
	"context"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"renkei/app"
	"renkei/views/page"
	"renkei/views/ui"
	"renkei/views/words"
)

// storage is the section 控えと保管.
type storage struct {
	p     *Page
	loads page.Latest
	now   app.Storage

	head     *ui.Flow
	list     *ui.List[app.Copy]
	copy     *ui.Button
	openData *ui.Button
	openCopy *ui.Button
	content  fyne.CanvasObject
}

func newStorage(p *Page) *storage {
	s := &storage{p: p}
	s.copy = ui.NewPrimaryButton("いま控えをとる", theme.DocumentSaveIcon(), s.copyNow)
	s.openData = ui.NewIconButton("データのフォルダを開く", theme.FolderOpenIcon(), func() { p.Shell.OpenFile(filepath.Dir(s.now.Path)) })
	s.openCopy = ui.NewIconButton("控えのフォルダを開く", theme.FolderOpenIcon(), func() { p.Shell.OpenFile(s.now.Folder) })
	return s
}

func (s *storage) Build() fyne.CanvasObject {
	s.head = ui.NewFlow(ui.GapCell, 0)
	s.list = page.NewList(s.p.Shell, "控え", page.CopyColumns(), func(c app.Copy) string { return c.Path }, ui.ListState{}, nil)
	s.list.OnEscape = s.p.backToSections
	s.list.SetEmpty("控えはまだありません", "「いま控えをとる」で作れます。使いはじめた日からは、1日に1回、自動でもとります。")
	bar := page.NewButtonLine(ui.FieldHeight+ui.GapField, s.p.backToSections, s.copy, s.openCopy, s.openData)
	s.content = ui.NewAbove(s.head, container.NewBorder(bar, nil, nil, nil, s.list))
	return s.content
}

// received asks for the files, which change without the register.
func (s *storage) received() {
	page.Ask(s.p.Shell, &s.loads, "控えの一覧の表示", s.p.desk.Storage, func(now app.Storage) {
		s.now = now
		s.show()
	})
}

func (s *storage) show() {
	last := "控えはまだありません"
	if len(s.now.Copies) > 0 {
		last = s.now.Copies[0].When()
	}
	if s.now.Trouble != "" {
		last += "　" + s.now.Trouble
	}
	where, shared := "データ（患者さんの氏名を含みます）は、このパソコンの中だけにあります。", app.IsServer(s.p.desk.Place())
	if shared {
		where = "データはサーバーにあり、控え（患者さんの氏名を含みます）はこのパソコンにとります。"
	}
	ui.SetVisible(s.openData, !shared)
	s.head.Set(
		ui.NewParagraph(where+"1日に1回と、変えたあとに閉じるとき、自動で控えをとります。"+
			"毎日の控えは14日分と12か月分の月初めを残し、あとの控えより記録の多いものは消しません。"+
			"パソコンの故障に備えて、控えのフォルダをときどき別の場所にも写してください。", ui.Quiet),
		facts("データの場所", s.now.Path, "控えの場所", s.now.Folder, "最後の控え", last))
	s.openCopy.SetEnabled(len(s.now.Copies) > 0)
	s.list.SetRows(s.now.Copies)
	s.content.Refresh()
}

func (s *storage) copyNow() {
	var path string
	s.p.Shell.Job("控えをとる作業", func(ctx context.Context, _ page.Progress) (err error) {
		path, err = s.p.desk.BackUpNow(ctx)
		return err
	}, func(err error) {
		if err == nil {
			s.p.Shell.Say(ui.Done, "控え『"+filepath.Base(path)+"』をとりました（"+words.ShortPath(filepath.Dir(path))+"）")
			s.p.Shell.Changed()
		}
	})
}

func (s *storage) Find()            { s.p.Shell.Canvas().Focus(s.copy) }
func (s *storage) Enable(idle bool) { s.copy.SetEnabled(idle) }
