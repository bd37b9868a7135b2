package views

import (
	"context"
	"errors"
	"log/slog"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"renkei/app"
	"renkei/models"
	"renkei/views/connect"
	"renkei/views/ui"
)

// connectingParams are the parts of a connecting.
type connectingParams struct {
	Places connect.Places
	Err    error         // why no register is open; nil tries How
	How    app.Beginning // chosen in another window
	Fonts  ui.Fonts
	Icon   fyne.Resource // nil leaves the desktop's
	Size   fyne.Size
	// TextSize is that of the settings.
	TextSize float32
	Log      *slog.Logger
	Worker   Worker
	Files    FilePicker // nil for that of a real window
	Begin    func(context.Context, app.Beginning) (Params, error)
}

// connecting is the window in the place of the program while no register is open:
// it asks where the register is to be, says why one on a server cannot be reached,
// and goes on with the program in the same window.
type connecting struct {
	p      connectingParams
	app    fyne.App
	window fyne.Window
	frame  *Frame      // of the program once it was begun
	lost   *lostWindow // in its place, if the register is lost
	ctx    context.Context
	cancel context.CancelFunc
	open   func(fyne.Window) error // shows a window; a field for tests

	first bool          // no register was ever chosen
	last  app.Beginning // what was tried last
	form  *connect.Form // nil unless it is shown
}

func newConnecting(a fyne.App, p connectingParams) *connecting {
	if p.Worker.Go == nil {
		p.Worker = NewWorker(p.Log)
	}
	c := &connecting{p: p, app: a, window: newWindow(a, p.Icon), open: show}
	setTheme(a, p.Fonts, p.TextSize)
	c.ctx, c.cancel = context.WithCancel(context.Background())
	if c.p.Files == nil {
		c.p.Files = newNativeFiles(newInnerFiles(c.window, c.p.Worker.UI), c.p.Log)
	}
	c.window.SetPadded(false)
	c.window.Resize(p.Size)
	c.window.SetOnClosed(c.cancel)
	return c
}

// start tries what was chosen, or says why nothing is open.
func (c *connecting) start() {
	if c.p.Err == nil {
		c.begin(c.p.How)
		return
	}
	c.refused(c.p.Err)
}

// connects reports whether an error of a start is for connecting.
func connects(err error) bool {
	var first *app.NotChosen
	var unreached *app.Unreached
	var moved *app.Moved
	return errors.As(err, &first) || errors.As(err, &unreached) || errors.As(err, &moved)
}

// end ends the work of the window, and of the program once it was begun.
func (c *connecting) end() {
	c.cancel()
	if c.frame != nil {
		c.frame.finish()
	}
	if c.lost != nil {
		c.lost.end()
	}
}

// refused says why no register is open, and asks what to do.
func (c *connecting) refused(err error) {
	var first *app.NotChosen
	var unreached *app.Unreached
	var lost *app.Lost
	var moved *app.Moved
	switch {
	case errors.As(err, &lost):
		c.giveWay(lost)
	case errors.As(err, &moved):
		c.tellMoved(err, moved)
	case errors.As(err, &first):
		c.first = true
		c.ask()
	case errors.As(err, &unreached) && unreached.Password:
		c.askPassword(unreached)
	default:
		if c.last.Place == "" && unreached != nil {
			c.last.Place = unreached.Place
		}
		c.tell(err)
	}
}

// giveWay closes the window for the one that offers the copies of a lost register.
func (c *connecting) giveWay(lost *app.Lost) {
	c.lost = newLostWindow(c.app, LostParams{Lost: lost, Fonts: c.p.Fonts, Icon: c.p.Icon, Log: c.p.Log, Worker: c.p.Worker, Begin: c.p.Begin})
	if err := c.open(c.lost.window); err != nil {
		c.tell(err)
		return
	}
	c.window.Close()
}

// show shows a page of the window, the focus at what is to be pressed or typed into
// first.
func (c *connecting) show(title string, focus func(), objects ...fyne.CanvasObject) {
	c.form = nil
	head := ui.NewParagraph(title, ui.Heading)
	flow := ui.NewFlow(ui.GapGroup, ui.GapPage, append([]fyne.CanvasObject{head}, objects...)...)
	c.fill(ui.NewAbove(flow, canvas.NewRectangle(nil)))
	if focus != nil {
		focus()
	}
}

func (c *connecting) fill(content fyne.CanvasObject) {
	c.window.SetContent(container.NewStack(canvas.NewRectangle(ui.Ground), content))
}

// focusOn gives the keyboard to a widget.
func (c *connecting) focusOn(f fyne.Focusable) func() {
	return func() { c.window.Canvas().Focus(f) }
}

// ask asks where the register is to be, at the first start.
func (c *connecting) ask() {
	own := ui.NewPrimaryButton("このパソコンだけで使う", theme.ComputerIcon(), func() { c.begin(app.Beginning{Place: c.p.Places.Usual}) })
	shared := ui.NewIconButton("部署で共有する（サーバー）", theme.StorageIcon(), func() { c.connect(c.p.Places.Server) })
	c.show("台帳をどこに置きますか", c.focusOn(own),
		choice(own, "台帳はこのパソコンの中のファイルになります。使うのがこのパソコンだけなら、こちらです。あとからサーバーへ移せます。"),
		choice(shared, "部署のサーバー（PostgreSQL）にある1つの台帳を、何台ものパソコンで同時に使います。サーバーの管理者から、サーバーの名前・ポート・データベース・利用者・パスワードを受け取っておいてください。"))
}

// choice is a button with what it means below it.
func choice(button *ui.Button, meaning string) fyne.CanvasObject {
	return ui.NewPanel(ui.NewFlow(ui.GapField, ui.GapField,
		ui.NewBar(ui.FieldHeight, ui.Fixed(button, 0), ui.Spring()), ui.NewParagraph(meaning, ui.Plain)), ui.Paper, nil)
}

// connect shows the form for a server, filled with a place.
func (c *connecting) connect(place string) {
	back := c.ask
	if !c.first {
		back = func() { c.choose() }
	}
	form := connect.NewForm(connect.Env{
		Do: func(work func(context.Context) error, done func(error)) { c.p.Worker.Do(c.ctx, work, done) }, After: c.p.Worker.After,
		Look: c.p.Places.Look, Cancel: back,
		Found: func(at app.Beginning, _ app.Found) []*ui.Button {
			return []*ui.Button{ui.NewPrimaryButton("この台帳を使う", theme.ConfirmIcon(), func() { c.begin(at) })}
		},
	}, place)
	head := ui.NewFlow(ui.GapField, ui.GapGroup, ui.NewParagraph("サーバーの台帳につなぐ", ui.Heading),
		ui.NewParagraph("サーバーの管理者から受け取ったとおりに入力して、「つないで確かめる」を押してください。", ui.Quiet))
	c.fill(ui.NewAbove(head, form.Object()))
	c.form = form
	form.Focus()
}

// choose offers another register than the one that could not be opened.
func (c *connecting) choose() {
	own := ui.NewIconButton("このパソコンの台帳を使う", theme.ComputerIcon(), c.own)
	shared := ui.NewIconButton("別のサーバーにつなぐ", theme.StorageIcon(), func() { c.connect(c.last.Place) })
	file := ui.NewIconButton("ファイルを選んで開く", theme.FolderOpenIcon(), c.chooseFile)
	back := ui.NewButton("もどる", func() { c.refused(c.p.Err) })
	c.show("どの台帳を開きますか", c.focusOn(back),
		choice(own, "このパソコンの中のファイル（"+c.p.Places.Usual+"）を開きます。サーバーの台帳に入っている記録は、こちらには出ません。"),
		choice(shared, "サーバーの名前や利用者を直すか、別のサーバーを指定します。"),
		choice(file, "このパソコンの中の、ほかの台帳のファイル（.db）を開きます。"),
		ui.NewBar(ui.FieldHeight, ui.Fixed(back, 0), ui.Spring()))
}

// chooseFile opens another file of this PC.
func (c *connecting) chooseFile() {
	var path string
	folder := filepath.Dir(c.p.Places.Usual)
	c.p.Worker.Do(c.ctx, func(ctx context.Context) (err error) {
		path, err = c.p.Files.OpenFile(ctx, "台帳のファイルを選ぶ", folder, FileKind{Word: "台帳", Extension: ".db"})
		return err
	}, func(err error) {
		switch {
		case canceled(err) || c.ctx.Err() != nil:
		case err != nil:
			c.tell(err)
		case path != "":
			c.begin(app.Beginning{Place: path})
		}
	})
}

// own opens the file of this PC, which another PC does not see, or begins it.
func (c *connecting) own() {
	there := false
	c.p.Worker.Do(c.ctx, func(context.Context) error {
		there = app.IsThere(c.p.Places.Usual)
		return nil
	}, func(error) {
		title, told, yes := "このパソコンの台帳を使いますか", "ここに記録したものは、サーバーの台帳には入りません。", "このパソコンの台帳を使う"
		if !there {
			title, told, yes = "新しい空の台帳を始めますか", connect.NoFileWords(c.p.Places.Usual)+told, "空の台帳を始める"
		}
		var moved *app.Moved
		if !errors.As(c.p.Err, &moved) {
			told += "サーバーが直るのを待つときは「やめる」を押してください。"
		}
		ui.Ask(c.window.Canvas(), title, told, yes, "やめる", func() { c.begin(app.Beginning{Place: c.p.Places.Usual}) })
	})
}

// tell says why the register cannot be opened.
func (c *connecting) tell(err error) {
	c.p.Err = err
	again := ui.NewPrimaryButton("もう一度", theme.ViewRefreshIcon(), func() { c.begin(c.last) })
	other := ui.NewButton("別の台帳を開く", c.choose)
	ui.SetVisible(other, !c.p.Places.Given)
	quit := ui.NewButton("閉じる", c.window.Close)
	told := "サーバーにある記録はそのままです。つながるまで、ほかの場所に記録を始めないでください。"
	if c.last.MoveFrom != "" {
		told = "移し終えていません。このパソコンの台帳は「別の台帳を開く」で開けます。"
	}
	shared := ui.NewParagraph(told, ui.Quiet)
	ui.SetVisible(shared, app.IsServer(c.last.Place))
	c.show("台帳を開けません", c.focusOn(again),
		ui.NewPanel(ui.NewFlow(0, 0, ui.NewParagraph(models.ErrorMessage(err), ui.Plain)), ui.BadSoft, ui.Bad), shared,
		ui.NewBar(ui.FieldHeight, ui.Fixed(again, 0), ui.Fixed(other, 0), ui.Fixed(quit, 0), ui.Spring()))
}

// tellMoved says where the register is now, and opens it there if that can be done
// from this PC.
func (c *connecting) tellMoved(err error, m *app.Moved) {
	c.p.Err = err
	if c.last.Place == "" {
		c.last.Place = m.Place
	}
	here := false
	c.p.Worker.Do(c.ctx, func(ctx context.Context) error {
		here = m.IsHere(ctx)
		return nil
	}, func(error) {
		there := ui.NewPrimaryButton("移した先を開く", theme.NavigateNextIcon(), func() { c.begin(app.Beginning{Place: m.To}) })
		other := ui.NewButton("別の台帳を開く", c.choose)
		quit := ui.NewButton("閉じる", c.window.Close)
		told := "記録はすべて移した先にあります。このパソコンでも、次からは移した先を開きます。"
		first := there
		if c.p.Places.Given {
			told = "記録はすべて移した先にあります。次からは、--data に移した先を指定してください。"
		}
		if !here {
			told = "移した先は、このパソコンからは開けません。台帳を移した人に、どこにつなげばよいかを確かめてください。"
			first = other
		}
		if !here && c.p.Places.Given {
			first = quit
		}
		ui.SetVisible(there, here)
		ui.SetVisible(other, !c.p.Places.Given)
		c.show("台帳は移されています", c.focusOn(first),
			ui.NewPanel(ui.NewFlow(0, 0, ui.NewParagraph("「"+app.Shown(m.Place)+"」の台帳は「"+app.Shown(m.To)+"」に移されました。", ui.Plain)), ui.WarnSoft, ui.Warn),
			ui.NewParagraph(told, ui.Quiet),
			ui.NewBar(ui.FieldHeight, ui.Fixed(there, 0), ui.Fixed(other, 0), ui.Fixed(quit, 0), ui.Spring()))
	})
}

// askPassword asks for the password of a server.
func (c *connecting) askPassword(u *app.Unreached) {
	c.p.Err = u
	password, keep := ui.NewPasswordField(""), ui.NewCheckField(connect.KeepWords)
	keep.SetChecked(true)
	enter := func() {
		c.begin(app.Beginning{Place: app.WithPassword(u.Place, password.Text()), KeepPassword: keep.Checked()})
	}
	password.OnEntered(c.p.Worker.After, enter)
	doIt := ui.NewPrimaryButton("つなぐ", theme.LoginIcon(), enter)
	other, quit := ui.NewButton("別の台帳を開く", c.choose), ui.NewButton("閉じる", c.window.Close)
	ui.SetVisible(other, !c.p.Places.Given)
	lines := []fyne.CanvasObject{ui.NewParagraph("サーバー　"+app.Shown(u.Place)+"　　利用者　"+app.ServerOf(u.Place).User, ui.Plain)}
	if c.last.Place != "" {
		lines = append(lines, ui.NewPanel(ui.NewFlow(0, 0, ui.NewParagraph(models.ErrorMessage(u), ui.Plain)), ui.BadSoft, ui.Bad))
	}
	c.last = app.Beginning{Place: u.Place}
	c.show("パスワードを入れてください", c.focusOn(password.FocusTarget()), append(lines,
		ui.NewBar(ui.FieldHeight, ui.Fixed(ui.NewCaption("パスワード", ui.Plain), 88), ui.Fixed(password, 280), ui.Fixed(doIt, 0), ui.Spring()),
		ui.NewBar(ui.FieldHeight, ui.Fixed(keep, 0), ui.Spring()),
		ui.NewBar(ui.FieldHeight, ui.Fixed(other, 0), ui.Fixed(quit, 0), ui.Spring()))...)
}

// begin opens a register beside the window and goes on with the program in it.
func (c *connecting) begin(how app.Beginning) {
	c.last = how
	shown, title := app.Shown(how.Place), "台帳を開いています…"
	if how.MoveFrom != "" {
		title = "台帳を移しています…"
	}
	c.show(title, nil, ui.NewParagraph(shown, ui.Plain))
	var params Params
	c.p.Worker.Do(c.ctx, func(ctx context.Context) (err error) {
		params, err = c.p.Begin(ctx, how)
		return err
	}, func(err error) {
		if c.ctx.Err() != nil {
			return
		}
		if err != nil {
			c.p.Log.Error("cannot begin", "place", shown, "error", err)
			c.refused(err)
			return
		}
		params.Window = c.window
		c.frame = NewFrame(c.app, params)
		c.frame.Start()
	})
}
