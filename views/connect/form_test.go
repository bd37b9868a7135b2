package connect_test

import (
	"context"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/app"
	"renkei/app/store"
	"renkei/app/store/storetest"
	"renkei/assets"
	"renkei/views/connect"
	"renkei/views/page/pagetest"
	"renkei/views/ui"
)

// bench is the form in a window.
type bench struct {
	*connect.Form
	t      *testing.T
	window fyne.Window
	chosen []app.Beginning
}

func open(t *testing.T, look func(context.Context, string) (app.Found, error), place string) *bench {
	t.Helper()
	b := &bench{t: t}
	test.NewTempApp(t).Settings().SetTheme(ui.NewTheme(ui.Fonts{Regular: assets.FontRegular, Bold: assets.FontBold}, 0))
	b.Form = connect.NewForm(connect.Env{
		Do:    func(work func(context.Context) error, done func(error)) { done(work(context.Background())) },
		After: func(_ time.Duration, do func()) { do() },
		Look:  look,
		Found: func(at app.Beginning, _ app.Found) []*ui.Button {
			return []*ui.Button{ui.NewButton("この台帳を使う", func() { b.chosen = append(b.chosen, at) })}
		},
	}, place)
	b.window = test.NewTempWindow(t, b.Object())
	b.window.Resize(fyne.NewSize(1366, 768))
	b.Focus()
	return b
}

func (b *bench) said() string { return pagetest.Texts(b.window.Content()) }

// to moves the keyboard on by so many fields and types.
func (b *bench) to(fields int, text string) {
	b.t.Helper()
	for range fields {
		b.window.Canvas().FocusNext()
	}
	for _, r := range text {
		b.window.Canvas().Focused().TypedRune(r)
	}
}

func (b *bench) save() {
	b.t.Helper()
	focused, ok := b.window.Canvas().Focused().(fyne.Shortcutable)
	require.True(b.t, ok)
	focused.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyS, Modifier: fyne.KeyModifierControl})
}

func TestARealServerIsFoundByItsPassword(t *testing.T) {
	place := storetest.Locked(t, "nurse", "secret")
	t.Setenv("PGPASSWORD", "")
	t.Setenv("PGPASSFILE", "/nowhere")
	b := open(t, app.LookAt, place)
	b.save()
	assert.Contains(t, b.said(), "パスワードがありません")
	b.to(4, "secre")
	assert.NotContains(t, b.said(), "パスワードがありません", "what is typed since was not tried")
	b.save()
	assert.Contains(t, b.said(), "利用者の名前かパスワードが違います")
	b.to(0, "t")
	b.save()
	assert.Contains(t, b.said(), "まだ1件も入っていない台帳です")
	b.window.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	assert.Equal(t, []app.Beginning{{Place: app.WithPassword(place, "secret"), KeepPassword: true}}, b.chosen)
}

func TestTheConnectionIsProtectedAsChosen(t *testing.T) {
	const place = "postgres://nurse@db.local:5432/renkei"
	var looked []string
	look := func(_ context.Context, place string) (app.Found, error) {
		looked = append(looked, place)
		return app.Found{}, nil
	}
	for outcome, c := range map[string]struct {
		place  string
		choose func(verified *ui.CheckField, weaker *ui.ChoiceField)
		want   string
	}{
		"checked, unless something else is chosen": {place, nil, place},
		"as the place says":                        {place + "?sslmode=disable", nil, place + "?sslmode=disable"},
		"unchecked":                                {place, func(verified *ui.CheckField, _ *ui.ChoiceField) { test.Tap(verified) }, place + "?sslmode=require"},
		"checked again":                            {place + "?sslmode=disable", func(verified *ui.CheckField, _ *ui.ChoiceField) { test.Tap(verified) }, place},
	} {
		t.Run(outcome, func(t *testing.T) {
			b := open(t, look, c.place)
			verified, weaker := pagetest.All[*ui.CheckField](b.window.Content())[1], pagetest.All[*ui.ChoiceField](b.window.Content())[0]
			if c.choose != nil {
				c.choose(verified, weaker)
			}
			b.Focus()
			b.save()
			assert.Equal(t, c.want, looked[len(looked)-1])
			closed, ok := weaker.FocusTarget().(fyne.Disableable)
			require.True(t, ok)
			assert.Equal(t, verified.Checked(), closed.Disabled(), "the other ways are for when it is not checked")
		})
	}
}

func TestAWholeURLInTheFieldOfTheServerIsSplit(t *testing.T) {
	const url = "postgres://nurse:secret@db.local:5544/ward?sslmode=disable"
	var looked []string
	look := func(_ context.Context, place string) (app.Found, error) {
		looked = append(looked, place)
		return app.Found{}, nil
	}
	fields := func(b *bench) []string {
		var texts []string
		for _, f := range pagetest.All[*ui.TextField](b.window.Content()) {
			texts = append(texts, f.Text())
		}
		return texts
	}
	blank := []string{"", "5432", "renkei", "renkei", ""}
	split := []string{"db.local", "5544", "ward", "nurse", ""}
	t.Run("pasted", func(t *testing.T) {
		b := open(t, look, "")
		require.Equal(t, blank, fields(b))
		fyne.CurrentApp().Clipboard().SetContent(url)
		focused, ok := b.window.Canvas().Focused().(fyne.Shortcutable)
		require.True(t, ok)
		focused.TypedShortcut(&fyne.ShortcutPaste{Clipboard: fyne.CurrentApp().Clipboard()})
		assert.Equal(t, split, fields(b))
		assert.NotContains(t, b.said(), "secret")
		assert.False(t, pagetest.All[*ui.CheckField](b.window.Content())[1].Checked(), "nor is the certificate checked")
		b.save()
		assert.Equal(t, []string{url}, looked)
	})
	t.Run("typed, when another field is edited", func(t *testing.T) {
		b := open(t, look, "")
		b.to(0, url)
		assert.Equal(t, url, fields(b)[0], "nothing moves while it is typed")
		b.to(2, "x")
		assert.Equal(t, split, fields(b))
	})
	t.Run("typed, when it is tried", func(t *testing.T) {
		b := open(t, look, "")
		b.to(0, url)
		b.save()
		assert.Equal(t, split, fields(b))
		assert.Equal(t, url, looked[len(looked)-1])
	})
	t.Run("a name is left as it is", func(t *testing.T) {
		b := open(t, look, "")
		b.to(0, "db.local")
		assert.Equal(t, append([]string{"db.local"}, blank[1:]...), fields(b))
	})
}

func TestWhatKeepsFromConnectingIsSaid(t *testing.T) {
	b := open(t, nil, "")
	b.save()
	assert.Contains(t, b.said(), "まだつないでいません。1か所を直してください")
	assert.NotContains(t, b.said(), "保存していません")
}

func TestWhatWasFoundIsSaidInWords(t *testing.T) {
	at := time.Date(2026, 11, 21, 17, 5, 0, 0, time.Local)
	some := store.Content{Sheets: []store.SheetCount{{Sheet: "設定", Records: 9}, {Sheet: "入院", Records: 30}, {Sheet: "会議", Records: 2}}}
	for outcome, c := range map[string]struct {
		found app.Found
		want  string
	}{
		"nothing":              {app.Found{}, "つながりました。まだ1件も入っていない台帳です。"},
		"settings are no work": {app.Found{Content: store.Content{Sheets: some.Sheets[:1]}, Changed: at}, "つながりました。まだ1件も入っていない台帳です。"},
		"a hospital's":         {app.Found{Hospital: "港病院", Content: some, Changed: at}, "つながりました。「港病院」の台帳です。全32件（入院 30）、最後の変更 2026-11-21 17:05"},
		"without a name":       {app.Found{Content: some, Changed: at.UTC()}, "つながりました。台帳です。全32件（入院 30）、最後の変更 2026-11-21 17:05"},
	} {
		assert.Equal(t, c.want, connect.Words(c.found), outcome)
	}
}
