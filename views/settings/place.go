package settings

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"renkei/app"
	"renkei/views/connect"
	"renkei/views/page"
	"renkei/views/ui"
)

// place is the section 台帳の置き場所.
type place struct {
	p      *Page
	places Places

	head   *ui.Flow
	shared *ui.Button // connects with a server
	own    *ui.Button // back to the file of this PC
	form   *connect.Form
	below  *fyne.Container
	page   *ui.Arranged
}

func newPlace(p *Page, places Places) *place {
	s := &place{p: p, places: places}
	s.shared = ui.NewIconButton("サーバーの台帳につなぐ", theme.StorageIcon(), s.connect)
	s.own = ui.NewIconButton("このパソコンの台帳に戻す", theme.ComputerIcon(), s.askOwn)
	return s
}

func (s *place) Build() fyne.CanvasObject {
	s.head, s.below = ui.NewFlow(ui.GapField, 0), container.NewStack()
	s.page = ui.NewAbove(s.head, s.below)
	s.show()
	return s.page
}

// show says where the register is, over what can be done about it.
func (s *place) show() {
	at := s.p.desk.Place()
	where := facts("いまの台帳", "このパソコンのファイル", "場所", at)
	about := "台帳はこのパソコンの中だけにあります。何台かで同時に使うには、サーバー（PostgreSQL）に置きます。"
	if app.IsServer(at) {
		server := app.ServerOf(at)
		where = facts("いまの台帳", "サーバー", "サーバー", server.Host+"（ポート "+server.Port+"）", "データベース", server.Database,
			"利用者", server.User, "通信", securityWords[app.SecurityOf(at)])
		about = "部署で共有している台帳です。ほかのパソコンで記録されたことは、すぐに画面に出ます。"
	}
	lines := []fyne.CanvasObject{ui.NewParagraph(about, ui.Quiet), where}
	if s.places.Given {
		lines = append(lines, ui.NewParagraph("この台帳は --data の指定で開いています。置き場所を変えるには、--data をつけずに開いてください。", ui.Plain))
	} else {
		ui.SetVisible(s.own, app.IsServer(at))
		if app.IsServer(at) {
			s.shared.SetText("別のサーバーにつなぐ")
		}
		lines = append(lines, page.NewButtonLine(ui.FieldHeight+ui.GapField, s.p.backToSections, s.shared, s.own))
	}
	s.head.Set(lines...)
	s.page.Refresh()
}

// securityWords say how a connection is protected.
var securityWords = map[app.Security]string{
	app.Verified:   "暗号化し、サーバーの証明書を確かめています",
	app.Unverified: "暗号化していますが、証明書は確かめていません",
	app.Plain:      "暗号化していません",
}

// connect shows the form for a server.
func (s *place) connect() {
	filled := s.p.desk.Place()
	if !app.IsServer(filled) {
		filled = s.places.Server
	}
	s.form = connect.NewForm(connect.Env{
		Do: s.p.Shell.Do, After: s.p.Shell.After, Shortcut: s.p.Shell.Shortcut, Look: s.places.Look, Cancel: s.close, Found: s.found,
	}, filled)
	s.below.Objects = []fyne.CanvasObject{s.form.Object()}
	s.below.Refresh()
	s.form.Focus()
}

// close takes the form away.
func (s *place) close() {
	s.form, s.below.Objects = nil, nil
	s.below.Refresh()
	s.Find()
}

// found returns what can be done with a register on a server.
func (s *place) found(at app.Beginning, found app.Found) []*ui.Button {
	buttons := []*ui.Button{ui.NewPrimaryButton("この台帳に切り替える", theme.ConfirmIcon(), func() { s.places.Open(at) })}
	if !app.IsServer(s.p.desk.Place()) && found.Content.Total() == 0 {
		move := ui.NewPrimaryButton("いまの台帳をここへ移す", theme.UploadIcon(), func() { s.askMove(at) })
		buttons = append([]*ui.Button{move}, buttons...)
	}
	return buttons
}

func (s *place) askMove(at app.Beginning) {
	ui.Ask(s.p.Shell.Canvas(), "いまの台帳をサーバーへ移しますか", "このパソコンの台帳のすべての記録と変更の履歴を「"+app.Shown(at.Place)+"」に写し、"+
		"同じであることを確かめてから、サーバーの台帳に切り替えます。このパソコンのファイルは、読み取り専用にして残します。",
		"サーバーへ移す", "やめる", func() {
			at.MoveFrom = s.p.desk.Place()
			s.places.Open(at)
		})
}

// askOwn asks before the file of this PC is opened, or begun if there is none.
func (s *place) askOwn() {
	there := false
	s.p.Shell.Do(func(context.Context) error {
		there = app.IsThere(s.places.Usual)
		return nil
	}, func(error) {
		open := func() { s.places.Open(app.Beginning{Place: s.places.Usual}) }
		if there {
			ui.Ask(s.p.Shell.Canvas(), "このパソコンの台帳に戻しますか", "「"+s.places.Usual+"」を開きます。サーバーの台帳に入っている記録は、こちらには出ません。"+
				"部署の台帳はサーバーにそのまま残り、あとでまたつなげます。",
				"このパソコンの台帳に戻す", "やめる", open)
			return
		}
		ui.Ask(s.p.Shell.Canvas(), "新しい空の台帳を始めますか", connect.NoFileWords(s.places.Usual)+"部署の台帳はサーバーにそのまま残り、あとでまたつなげます。",
			"空の台帳を始める", "やめる", open)
	})
}

func (s *place) received() {}

// Find gives the keyboard to the section.
func (s *place) Find() {
	switch {
	case s.form != nil:
		s.form.Focus()
	case !s.places.Given:
		s.p.Shell.Canvas().Focus(s.shared)
	}
}

// Enable is called when long work begins and ends.
func (s *place) Enable(idle bool) {
	s.shared.SetEnabled(idle)
	s.own.SetEnabled(idle)
}
