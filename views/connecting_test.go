package views

import (
	"cmp"
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/app"
	"renkei/app/store"
	"renkei/assets"
	"renkei/models"
	"renkei/views/connect"
	"renkei/views/page/pagetest"
	"renkei/views/ui"
	"renkei/views/viewtest"
)

// asked is the window while no register is open.
type asked struct {
	*connecting
	t      *testing.T
	began  []app.Beginning
	answer []error // of beginning, one after the other
	looked []string
	found  error // what looking at a server answers
	shown  []fyne.Window
}

const (
	ownFile = "/home/ward/renkei/renkei.db"
	server  = "postgres://nurse@db.local:5432/renkei"
)

func askAbout(t *testing.T, err error, places connect.Places) *asked {
	t.Helper()
	a := &asked{t: t}
	places.Usual = cmp.Or(places.Usual, ownFile)
	places.Look = func(_ context.Context, place string) (app.Found, error) {
		a.looked = append(a.looked, place)
		return app.Found{Hospital: "みなと病院", Content: store.Content{Sheets: []store.SheetCount{{Sheet: "入院", Records: 30}}}}, a.found
	}
	fonts := ui.Fonts{Regular: assets.FontRegular, Bold: assets.FontBold}
	a.connecting = newConnecting(test.NewTempApp(t), connectingParams{
		Places: places, Err: err, Fonts: fonts, Size: fyne.NewSize(1366, 768), Log: slog.New(slog.DiscardHandler), Worker: syncWorker(),
		Begin: func(_ context.Context, how app.Beginning) (Params, error) {
			a.began = append(a.began, how)
			if len(a.answer) > 0 {
				err := a.answer[0]
				a.answer = a.answer[1:]
				if err != nil {
					return Params{}, err
				}
			}
			return Params{
				Desk: func() Desk { return viewtest.NewDesk() }, Settings: NewSettingsFile(filepath.Join(t.TempDir(), "settings.json")),
				Fonts: fonts, Log: slog.New(slog.DiscardHandler), Worker: syncWorker(), Files: &fakeFiles{}, Places: places,
			}, nil
		},
	})
	a.open = func(w fyne.Window) error { a.shown = append(a.shown, w); return nil }
	a.start()
	t.Cleanup(a.end)
	return a
}

func (a *asked) said() string { return pagetest.Texts(a.window.Content()) }

// press presses Enter on the button of a word, in the dialog if there is one.
func (a *asked) press(word string) {
	a.t.Helper()
	over := a.window.Content()
	if top := a.window.Canvas().Overlays().Top(); top != nil {
		over = top
	}
	b := findButtons(over)[word]
	require.NotNil(a.t, b, "%s in\n%s", word, pagetest.Texts(over))
	b.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
}

func (a *asked) type_(text string) {
	for _, r := range text {
		a.window.Canvas().Focused().TypedRune(r)
	}
}

func (a *asked) save() {
	a.window.Canvas().Focused().(fyne.Shortcutable).TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyS, Modifier: fyne.KeyModifierControl})
}

// begun requires the program in the window.
func (a *asked) begun(want ...app.Beginning) {
	a.t.Helper()
	assert.Equal(a.t, want, a.began)
	require.NotNil(a.t, a.frame)
	assert.Same(a.t, a.window, a.frame.window)
}

func TestTheFirstStartAsksWhereTheRegisterIs(t *testing.T) {
	t.Run("this PC", func(t *testing.T) {
		a := askAbout(t, &app.NotChosen{}, connect.Places{})
		require.Contains(t, a.said(), "台帳をどこに置きますか")
		assert.Empty(t, a.began, "nothing is begun unasked")
		a.window.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
		a.begun(app.Beginning{Place: ownFile})
	})
	t.Run("a server, after it was looked at", func(t *testing.T) {
		a := askAbout(t, &app.NotChosen{}, connect.Places{})
		assert.Contains(t, a.said(), "サーバーの名前・ポート・データベース・利用者・パスワードを受け取って")
		a.press("部署で共有する（サーバー）")
		a.type_("db.local")
		a.window.Canvas().FocusNext() // ポート
		a.window.Canvas().FocusNext() // データベース
		a.window.Canvas().FocusNext()
		a.window.Canvas().Focused().(fyne.Shortcutable).TypedShortcut(&fyne.ShortcutSelectAll{})
		a.type_("nurse")
		a.window.Canvas().FocusNext()
		a.type_("secret")
		a.found = models.Errorf(models.Unavailable, "その名前のデータベースがありません")
		a.save()
		assert.Contains(t, a.said(), "その名前のデータベースがありません")
		assert.NotContains(t, a.said(), "この台帳を使う")
		a.found = nil
		a.save()
		assert.Contains(t, a.said(), "つながりました。「みなと病院」の台帳です。全30件（入院 30）")
		assert.NotContains(t, a.said(), "その名前のデータベースがありません")
		assert.Empty(t, a.began)
		a.window.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn}) // この台帳を使う
		a.begun(app.Beginning{Place: app.WithPassword(server, "secret"), KeepPassword: true})
		assert.Equal(t, []string{app.WithPassword(server, "secret"), app.WithPassword(server, "secret")}, a.looked)
	})
	t.Run("one thing after the other is corrected", func(t *testing.T) {
		a := askAbout(t, &app.NotChosen{}, connect.Places{})
		a.press("部署で共有する（サーバー）")
		a.save()
		assert.Empty(t, a.looked)
		assert.Contains(t, a.said(), "空欄です。入力してください")
		a.press("やめる")
		assert.Contains(t, a.said(), "台帳をどこに置きますか")
	})
}

func TestAServerThatCannotBeReachedAtTheStartIsSaid(t *testing.T) {
	cause := models.Errorf(models.Unavailable, "サーバーにつながりません")
	unreached := &app.Unreached{Place: server, Cause: cause}
	t.Run("and tried again until it answers", func(t *testing.T) {
		a := askAbout(t, unreached, connect.Places{})
		a.answer = []error{unreached, nil}
		assert.Contains(t, a.said(), "サーバーにつながりません")
		assert.Contains(t, a.said(), "ほかの場所に記録を始めないでください")
		a.press("もう一度")
		assert.Nil(t, a.frame)
		assert.Contains(t, a.said(), "サーバーにつながりません")
		a.press("もう一度")
		a.begun(app.Beginning{Place: server}, app.Beginning{Place: server})
	})
	t.Run("the file of this PC is opened only after a question", func(t *testing.T) {
		a := askAbout(t, unreached, connect.Places{})
		a.press("別の台帳を開く")
		a.press("もどる")
		assert.Contains(t, a.said(), "サーバーにつながりません")
		a.press("別の台帳を開く")
		a.press("このパソコンの台帳を使う")
		a.press("やめる")
		assert.Empty(t, a.began)
		a.press("このパソコンの台帳を使う")
		assert.Contains(t, pagetest.Texts(a.window.Canvas().Overlays().Top()), "台帳のファイルがありません。新しい空の台帳「"+ownFile+"」を始めます")
		a.press("空の台帳を始める")
		a.begun(app.Beginning{Place: ownFile})
	})
	t.Run("the file that is there is no new one", func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "renkei.db")
		require.NoError(t, os.WriteFile(path, nil, 0o600))
		a := askAbout(t, unreached, connect.Places{Usual: path})
		a.press("別の台帳を開く")
		a.press("このパソコンの台帳を使う")
		a.press("このパソコンの台帳を使う") // in the dialog
		a.begun(app.Beginning{Place: path})
	})
	t.Run("the place is corrected from what it was", func(t *testing.T) {
		a := askAbout(t, unreached, connect.Places{})
		a.press("別の台帳を開く")
		a.press("別のサーバーにつなぐ")
		a.save()
		assert.Equal(t, []string{server}, a.looked)
	})
	t.Run("nothing else is offered when --data named it", func(t *testing.T) {
		a := askAbout(t, unreached, connect.Places{Given: true})
		assert.NotContains(t, a.said(), "別の台帳を開く")
		assert.Contains(t, a.said(), "もう一度")
	})
	t.Run("a record that cannot be read names no server", func(t *testing.T) {
		a := askAbout(t, &app.Unreached{Cause: cause}, connect.Places{})
		assert.NotContains(t, a.said(), "サーバーにある記録")
		a.press("もう一度")
		a.begun(app.Beginning{})
	})
	t.Run("copies of a lost file are offered", func(t *testing.T) {
		a := askAbout(t, &app.NotChosen{}, connect.Places{})
		a.answer = []error{&app.Lost{Path: ownFile, Copies: []app.Copy{{Path: "控え.db"}}}}
		a.press("このパソコンだけで使う")
		require.NotNil(t, a.lost)
		assert.Equal(t, []fyne.Window{a.lost.window}, a.shown)
	})
}

func TestARegisterThatWasMovedIsOpenedWhereItIsNow(t *testing.T) {
	const next = "postgres://nurse@new.local:5432/renkei"
	moved := func(from, to string) error {
		return &app.Unreached{Place: from, Cause: &app.Moved{Place: from, To: to}}
	}
	register := filepath.Join(t.TempDir(), "renkei.db")
	s, err := store.Open(context.Background(), register, store.Options{Log: slog.New(slog.DiscardHandler)})
	require.NoError(t, err)
	require.NoError(t, s.Close())
	for outcome, c := range map[string]struct{ from, to, says string }{
		"on another server":    {server, next, "「db.local:5432/renkei」の台帳は「new.local:5432/renkei」に移されました"},
		"in a file of this PC": {server, register, "の台帳は「" + register + "」に移されました"},
		"from the file here":   {ownFile, next, "「" + ownFile + "」の台帳は「new.local:5432/renkei」に"},
	} {
		t.Run(outcome, func(t *testing.T) {
			a := askAbout(t, moved(c.from, c.to), connect.Places{})
			assert.Contains(t, a.said(), c.says)
			for _, false_ := range []string{"もう一度", "つながるまで", "そのままです", "下書き"} {
				assert.NotContains(t, a.said(), false_, "it is no outage")
			}
			a.window.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn}) // 移した先を開く
			a.begun(app.Beginning{Place: c.to})
		})
	}
	t.Run("in a file of another PC: one of this PC can be chosen", func(t *testing.T) {
		a := askAbout(t, moved(server, "/nowhere/renkei.db"), connect.Places{})
		files := &fakeFiles{open: register}
		a.p.Files = files
		assert.Contains(t, a.said(), "このパソコンからは開けません")
		assert.NotContains(t, a.said(), "移した先を開く")
		a.window.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn}) // 別の台帳を開く
		a.press("もどる")
		a.press("別の台帳を開く")
		a.press("このパソコンの台帳を使う")
		assert.NotContains(t, pagetest.Texts(a.window.Canvas().Overlays().Top()), "直るのを待つ")
		a.press("やめる")
		a.press("ファイルを選んで開く")
		assert.Equal(t, []string{"台帳のファイルを選ぶ"}, files.asked)
		a.begun(app.Beginning{Place: register})
	})
	t.Run("found while another was being opened", func(t *testing.T) {
		a := askAbout(t, &app.Unreached{Place: server, Cause: models.Errorf(models.Unavailable, "サーバーにつながりません")}, connect.Places{})
		a.answer = []error{moved(server, next), nil}
		a.press("もう一度")
		a.press("移した先を開く")
		a.begun(app.Beginning{Place: server}, app.Beginning{Place: next})
	})
	t.Run("named by --data", func(t *testing.T) {
		a := askAbout(t, &app.Moved{Place: ownFile, To: next}, connect.Places{Given: true})
		assert.Contains(t, a.said(), "次からは、--data に移した先を指定してください")
		assert.NotContains(t, a.said(), "別の台帳を開く")
		assert.True(t, connects(&app.Moved{}))
		a.press("移した先を開く")
		a.begun(app.Beginning{Place: next})
	})
}

func TestThePasswordIsAskedForWhenTheServerWantsOne(t *testing.T) {
	refused := &app.Unreached{Place: server, Password: true, Cause: models.Errorf(models.Unavailable, "利用者の名前かパスワードが違います")}
	a := askAbout(t, refused, connect.Places{})
	a.answer = []error{refused, nil}
	assert.Contains(t, a.said(), "db.local:5432/renkei")
	assert.NotContains(t, a.said(), "パスワードが違います", "none was typed yet")
	a.type_("wrong")
	a.window.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	assert.Contains(t, a.said(), "利用者の名前かパスワードが違います")
	a.type_("secret")
	pagetest.All[*ui.CheckField](a.window.Content())[0].SetChecked(false)
	a.press("つなぐ")
	a.begun(app.Beginning{Place: app.WithPassword(server, "wrong"), KeepPassword: true},
		app.Beginning{Place: app.WithPassword(server, "secret")})
}

func TestAnotherRegisterTakesThePlaceOfTheOneShown(t *testing.T) {
	for outcome, err := range map[string]error{
		"opened":         nil,
		"not to be had":  &app.Unreached{Place: server, Cause: models.Errorf(models.Unavailable, "サーバーにつながりません")},
		"open elsewhere": models.Errorf(models.Unavailable, "連携台帳はすでに開いています"),
	} {
		t.Run(outcome, func(t *testing.T) {
			b := open(t, viewtest.NewDesk())
			var began []app.Beginning
			b.p.Begin = func(_ context.Context, how app.Beginning) (Params, error) {
				assert.Error(t, b.ctx.Err(), "the work of the one before has ended")
				began = append(began, how)
				p := b.p
				p.Window = nil
				return p, err
			}
			b.Frame.open(app.Beginning{Place: server})
			next, ok := b.next.(*connecting)
			require.True(t, ok)
			t.Cleanup(b.finish)
			assert.Equal(t, []app.Beginning{{Place: server}}, began)
			if err == nil {
				require.NotNil(t, next.frame)
				return
			}
			assert.Contains(t, pagetest.Texts(next.window.Content()), models.ErrorMessage(err))
			assert.Contains(t, pagetest.Texts(next.window.Content()), "別の台帳を開く")
		})
	}
}

func TestAnotherRegisterWaitsForWorkThatRuns(t *testing.T) {
	desk := viewtest.NewDesk()
	b := open(t, desk)
	b.Show("ledger")
	desk.During = func(string) { b.Frame.open(app.Beginning{Place: server}) }
	path := filepath.Join(t.TempDir(), "台帳.xlsx")
	b.ReadLedger(path)
	assert.Nil(t, b.next)
	assert.NoError(t, b.ctx.Err())
}

func TestANoticeOfTheStartIsSaid(t *testing.T) {
	b := open(t, viewtest.NewDesk())
	b.p.Notice = "パスワードを残せませんでした"
	b.Start()
	assert.Contains(t, pagetest.Texts(b.notice), "パスワードを残せませんでした")
}
