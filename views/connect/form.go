// Package connect holds the form by which a person connects with a register on a
// server. The start of the program and the page 設定 share it.
package connect

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"renkei/app"
	"renkei/models"
	"renkei/views/form"
	"renkei/views/page"
	"renkei/views/ui"
)

// Env is what the form needs of its window.
type Env struct {
	// Do runs work in the background and then done on the window's goroutine.
	Do    func(work func(context.Context) error, done func(error))
	After func(time.Duration, func())
	// Shortcut gets the shortcuts the form does not use.
	Shortcut func(fyne.Shortcut)
	// Look tells what is at a place on a server.
	Look func(ctx context.Context, place string) (app.Found, error)
	// Cancel leaves the form.
	Cancel func()
	// Found returns the buttons for what can be done with the register that was
	// found.
	Found func(at app.Beginning, found app.Found) []*ui.Button
}

// Form asks where the server is and tries to connect with it. Nothing is changed
// there.
type Form struct {
	env      Env
	server   app.Server
	host     string // as it was before the last change
	verified bool   // 証明書を確かめる
	weaker   app.Security
	keep     bool

	form     *ui.Form
	fields   *form.Binding
	security *form.Field[*ui.ChoiceField]
	password *ui.PasswordField
	answer   *ui.Flow
	content  *ui.Arranged
	looks    page.Latest
}

// PasswordHint says what a blank password means.
const PasswordHint = "空欄なら、PGPASSWORD か .pgpass のものを使います"

// KeepWords are those of the box that lets the system keep a password.
const KeepWords = "このパソコンの利用者ごとの保管場所（資格情報マネージャーなど）に残す"

// NewForm returns a form, filled with the place of a server if it is one.
func NewForm(env Env, place string) *Form {
	f := &Form{env: env, keep: true, weaker: app.Unverified}
	f.set(app.ServerOf(place))
	f.form = ui.NewForm(ui.FormOptions{Save: f.try, SaveWord: "つないで確かめる", NotDone: "まだつないでいません", Cancel: env.Cancel, After: env.After})
	f.form.OnShortcut, f.form.OnEdited = env.Shortcut, f.edited
	f.password = ui.NewPasswordField("")
	var kept string // always ""
	f.security = form.ChoiceOf(&f.weaker,
		ui.Choice{Value: string(app.Unverified), Label: "暗号化するが、証明書は確かめない"},
		ui.Choice{Value: string(app.Plain), Label: "暗号化しない"}).Label("確かめないとき").Fixed(f.verified)
	f.fields = form.Bind(f.form, form.Env{After: env.After}, &f.server,
		form.Text(&f.server.Host, "例: db.example.jp").Label(app.FieldHost).Required().Width(280),
		form.Text(&f.server.Port, "").Label(app.FieldPort).Width(96).SameLine(),
		form.Text(&f.server.Database, "").Label(app.FieldDatabase).Required().Width(280),
		form.Text(&f.server.User, "").Label(app.FieldUser).Required().Width(280),
		form.Value(&kept, "パスワード", f.password).Label("パスワード").Width(280).Hint(PasswordHint),
		form.Check(&f.keep, KeepWords).Label("パスワードの保管"),
		form.Section("詳しく"),
		form.Check(&f.verified, "通信を暗号化し、サーバーの証明書を確かめる").Label("通信").Hint("このパソコンの中のサーバーでは、暗号化しません"),
		f.security,
		form.Text(&f.server.Certificate, "").Label("証明書のファイル").Hint("サーバーの管理者から受け取ったときだけ、ファイルの場所を入れます"))
	f.answer = ui.NewFlow(ui.GapField, 0)
	f.content = ui.NewAbove(f.answer, f.form.Object())
	f.form.Clean()
	return f
}

// Object is the form to put on a page.
func (f *Form) Object() fyne.CanvasObject { return f.content }

// Focus gives the keyboard to the first field.
func (f *Form) Focus() { f.form.FocusFirst() }

// set takes over a server.
func (f *Form) set(server app.Server) {
	f.server, f.host = server, server.Host
	if f.verified = server.Security == app.Verified; !f.verified {
		f.weaker = server.Security
	}
}

// edited takes away what was found by other values.
func (f *Form) edited() {
	f.fields.Read()
	// A URL that is being typed is complete when something else is edited.
	if typing := len([]rune(f.server.Host)) - len([]rune(f.host)); typing != 1 && typing != -1 {
		f.split()
	}
	f.host = f.server.Host
	f.security.Fixed(f.verified)
	f.say()
}

// split puts the parts of a whole URL in サーバー into their fields.
func (f *Form) split() {
	server, is := app.ServerIn(f.server.Host)
	if !is {
		return
	}
	if server.Certificate == "" {
		server.Certificate = f.server.Certificate
	}
	if server.Password != "" {
		f.password.SetText(server.Password)
		server.Password = ""
	}
	f.set(server)
	f.fields.Fill()
}

func (f *Form) say(objects ...fyne.CanvasObject) {
	f.looks.Stop()
	f.answer.Set(objects...)
	f.content.Refresh()
}

// try connects with the server as it is written.
func (f *Form) try() {
	f.fields.Read()
	f.split()
	server := f.server
	server.Password = f.password.Text()
	if server.Security = f.weaker; f.verified {
		server.Security = app.Verified
	}
	place, problems := server.Place()
	f.form.Show(problems)
	if len(problems) > 0 {
		f.say()
		return
	}
	f.say(ui.NewParagraph("つないでいます…", ui.Quiet))
	newest := f.looks.Next()
	var found app.Found
	f.env.Do(func(ctx context.Context) (err error) {
		found, err = f.env.Look(ctx, place)
		return err
	}, func(err error) {
		if newest() {
			f.tell(app.Beginning{Place: place, KeepPassword: f.keep}, found, err)
		}
	})
}

// tell says what was found, or why nothing was.
func (f *Form) tell(at app.Beginning, found app.Found, err error) {
	if err != nil {
		f.say(ui.NewPanel(ui.NewFlow(0, 0, ui.NewParagraph(models.ErrorMessage(err), ui.Plain)), ui.BadSoft, ui.Bad))
		return
	}
	buttons := f.env.Found(at, found)
	items := make([]ui.Item, len(buttons), len(buttons)+1)
	for i, b := range buttons {
		b.OnEscape = f.Focus
		items[i] = ui.Fixed(b, 0)
	}
	f.say(ui.NewPanel(ui.NewFlow(ui.GapField, 0, ui.NewParagraph(Words(found), ui.Plain),
		ui.NewBar(ui.FieldHeight, append(items, ui.Spring())...)), ui.GoodSoft, ui.Good))
	if c := fyne.CurrentApp().Driver().CanvasForObject(f.content); c != nil && len(buttons) > 0 {
		c.Focus(buttons[0])
	}
}

// Words says what was found on a server.
func Words(found app.Found) string {
	copied := app.Copy{Content: found.Content}
	if copied.Records() == 0 {
		return "つながりました。まだ1件も入っていない台帳です。"
	}
	of := ""
	if found.Hospital != "" {
		of = "「" + found.Hospital + "」の"
	}
	return "つながりました。" + of + "台帳です。" + copied.Counts() + "、最後の変更 " + found.Changed.Local().Format("2006-01-02 15:04")
}
