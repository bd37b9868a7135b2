package ui

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/assets"
)

func TestNavigation(t *testing.T) {
	themed(t)
	chosen := ""
	n := NewNavigation("連携台帳", "版 1", []NavigationEntry{
		{"claims", "算定", theme.ListIcon()}, {"ledger", "台帳", theme.GridIcon()},
	}, func(id string) { chosen = id })
	w := test.NewTempWindow(t, n)
	w.Resize(fyne.NewSize(NavigationWidth, 400))
	n.SetCurrent("claims")
	assert.True(t, n.entries[0].bar.Visible())
	assert.False(t, n.entries[1].bar.Visible())
	test.Tap(n.entries[1])
	assert.Equal(t, "ledger", chosen)
	w.Canvas().FocusNext()
	w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	assert.Equal(t, "claims", chosen, "Tab and Enter reach a page")
}

func TestEveryPageStaysInSightWithLargeText(t *testing.T) {
	app := test.NewTempApp(t)
	var entries []NavigationEntry
	for _, word := range []string{"今日", "さがす", "連携先", "会議", "やり取り", "入院", "算定", "連携の状況", "帳票", "設定", "台帳"} {
		entries = append(entries, NavigationEntry{word, word, theme.ListIcon()})
	}
	for _, size := range []float32{MinTextSize, TextSize, MaxTextSize} {
		app.Settings().SetTheme(NewTheme(Fonts{Regular: assets.FontRegular, Bold: assets.FontBold}, size))
		n := NewNavigation("連携台帳", "版 1", entries, func(string) {})
		w := test.NewTempWindow(t, n)
		w.SetPadded(false)
		w.Resize(fyne.NewSize(Scaled(NavigationWidth), 690))
		y := float32(0)
		for _, e := range n.entries {
			assert.GreaterOrEqual(t, e.Position().Y, y, "none lies over another")
			assert.GreaterOrEqual(t, e.Size().Height, e.word.MinSize().Height, "the word is not cut")
			y = e.Position().Y + e.Size().Height
		}
		assert.LessOrEqual(t, y, n.foot.Position().Y, "%v: the last is above the foot", size)
	}
}

func TestStatusLine(t *testing.T) {
	themed(t)
	stopped := 0
	s := NewStatusLine(func() { stopped++ })
	test.NewTempWindow(t, s).Resize(fyne.NewSize(1000, StatusHeight))
	assert.False(t, s.stop.Visible(), "nothing runs, nothing can be stopped")
	s.SetFacts("利用者 渡邉")
	s.Start("台帳の読み込み")
	assert.True(t, s.stop.Visible())
	s.Progress("入院", 12000, 30000)
	assert.Equal(t, "台帳の読み込み… 入院 12,000 / 30,000", s.Work())
	assert.InDelta(t, s.track.Size().Width*0.4, s.fill.Size().Width, 0.5)
	s.Progress("判定", 500, 0)
	assert.Equal(t, "台帳の読み込み… 判定 500", s.Work(), "without a known end it counts")
	test.Tap(s.stop)
	assert.Equal(t, 1, stopped)
	s.Progress("入院", 20000, 30000)
	assert.Equal(t, "中止しています…", s.Work(), "late progress does not undo the stopping")
	s.Finish()
	assert.Empty(t, s.Work())
	assert.False(t, s.stop.Visible())
	assert.Equal(t, "利用者 渡邉", s.Facts())
}

func TestNotice(t *testing.T) {
	themed(t)
	n := NewNotice()
	assert.False(t, n.Visible())
	n.Say(Done, "書き出しました", NewButton("開く", func() {}))
	assert.True(t, n.Visible())
	assert.Equal(t, "完了 書き出しました", n.AccessibilityLabel())
	assert.Greater(t, n.HeightFor(300), float32(0))
	test.Tap(n.close)
	assert.False(t, n.Visible())
}

func TestErrorDialog(t *testing.T) {
	themed(t)
	w := test.NewTempWindow(t, canvas.NewRectangle(Paper))
	w.Resize(fyne.NewSize(900, 600))
	ShowError(w.Canvas(), Message{Title: "読み込めません", What: "ファイルがありません。", Todo: "選び直してください。", Details: "open: no such file"})
	require.NotNil(t, w.Canvas().Overlays().Top())
	focused, ok := w.Canvas().Focused().(*Button)
	require.True(t, ok, "the button that closes has the focus")
	assert.Equal(t, "閉じる", focused.Text)
	w.Canvas().FocusPrevious()
	w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	assert.Equal(t, "読み込めません\nファイルがありません。\n選び直してください。\n\nopen: no such file", fyne.CurrentApp().Clipboard().Content())
	w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	assert.Nil(t, w.Canvas().Overlays().Top(), "Escape closes")
}

func TestAsk(t *testing.T) {
	themed(t)
	w := test.NewTempWindow(t, canvas.NewRectangle(Paper))
	w.Resize(fyne.NewSize(900, 600))
	done := 0
	ask := func() {
		Ask(w.Canvas(), "中止しますか", "途中のものは残りません", "中止する", "続ける", func() { done++ })
	}
	ask()
	w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	assert.Zero(t, done, "Enter does not do what cannot be undone")
	ask()
	w.Canvas().FocusPrevious()
	w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	assert.Equal(t, 1, done)
	assert.Nil(t, w.Canvas().Overlays().Top())
}

func TestSelect(t *testing.T) {
	themed(t)
	var chosen []string
	s := NewSelect(func(v string) { chosen = append(chosen, v) })
	s.SetChoices([]Choice{{"", "すべて"}, {"3E", "3東病棟"}}, "3E")
	assert.Equal(t, "3E", s.Value())
	assert.Empty(t, chosen, "setting is not choosing")
	s.Choose("")
	assert.Equal(t, []string{""}, chosen)
	s.SetChoices([]Choice{{"a", "A"}}, "unknown")
	assert.Equal(t, "a", s.Value(), "an unknown value chooses the first")
}

func TestSearchBox(t *testing.T) {
	themed(t)
	var waiting []func()
	var searched []string
	b := NewSearchBox("さがす", func(_ time.Duration, f func()) { waiting = append(waiting, f) }, func(q string) { searched = append(searched, q) })
	test.NewTempWindow(t, b)
	test.Type(b, "たか")
	assert.Empty(t, searched, "nothing is searched while typing")
	require.Len(t, waiting, 2)
	waiting[0]()
	assert.Empty(t, searched, "only the last change searches")
	waiting[1]()
	assert.Equal(t, []string{"たか"}, searched)
	b.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	assert.Len(t, searched, 1, "the same query is not searched again")
	b.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	assert.Equal(t, []string{"たか", ""}, searched, "Escape empties the field")
	handed := 0
	b.OnShortcut = func(fyne.Shortcut) { handed++ }
	b.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyO, Modifier: fyne.KeyModifierControl})
	assert.Equal(t, 1, handed)
}

func TestMasterDetail(t *testing.T) {
	themed(t)
	list, detail := canvas.NewRectangle(Paper), canvas.NewRectangle(Paper)
	m := NewMasterDetail(list, detail, 0.46)
	w := test.NewTempWindow(t, m)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(1200, 600))
	assert.True(t, list.Visible() && detail.Visible())
	assert.Greater(t, detail.Size().Width, list.Size().Width)
	w.Resize(fyne.NewSize(800, 600))
	assert.True(t, m.Narrow())
	assert.True(t, list.Visible())
	assert.False(t, detail.Visible())
	m.Open()
	assert.True(t, detail.Visible())
	assert.False(t, list.Visible())
	test.Tap(m.back)
	assert.True(t, list.Visible())
}

func TestBar(t *testing.T) {
	themed(t)
	a, b := canvas.NewRectangle(Paper), canvas.NewRectangle(Paper)
	bar := NewBar(FieldHeight, Fixed(a, 100), Item{Object: b, Width: 50, Grow: 1, Max: 200})
	bar.Resize(fyne.NewSize(220, FieldHeight))
	assert.Equal(t, float32(112), b.Size().Width)
	bar.Resize(fyne.NewSize(900, FieldHeight))
	assert.Equal(t, float32(200), b.Size().Width, "it grows no wider than its most")
	a.Hide()
	bar.Resize(fyne.NewSize(901, FieldHeight))
	assert.Zero(t, b.Position().X, "what is hidden takes no room")
}

func TestCaptionShortens(t *testing.T) {
	themed(t)
	c := NewCaption("利用者 看護師 渡邉　台帳 renkei.db", Plain)
	c.Resize(fyne.NewSize(90, 24))
	assert.Contains(t, c.line.Text, "…")
	c.Resize(fyne.NewSize(900, 24))
	assert.Equal(t, c.Text(), c.line.Text)
}

func TestPageGivesItsFlowTheWidth(t *testing.T) {
	themed(t)
	p := NewDetail()
	w := test.NewTempWindow(t, p)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(400, 300))
	text := NewParagraph(longText, Plain)
	p.Set(text)
	assert.Equal(t, text.HeightFor(text.Size().Width), text.Size().Height)
	before := text.Size().Height
	w.Resize(fyne.NewSize(900, 300))
	assert.Less(t, text.Size().Height, before)
	p.LimitTo(300)
	p.Set(text)
	assert.LessOrEqual(t, text.Size().Width, float32(300))
}

const longText = "いま使っている台帳を読み込むと、月ごとの共同指導が指導料1・2のどちらになるか、理由と根拠つきで並びます。まず様子を見たいときは、架空の病院で試せます。"

func TestSearchBoxLeadsIntoWhatItFound(t *testing.T) {
	themed(t)
	var waiting []func()
	pass := func() {
		now := waiting
		waiting = nil
		for _, f := range now {
			f()
		}
	}
	searched, entered, moved := 0, 0, 0
	b := NewSearchBox("さがす", func(_ time.Duration, f func()) { waiting = append(waiting, f) }, func(string) { searched++ })
	b.OnEntered = func() { entered++ }
	b.OnKey = func(k fyne.KeyName) bool {
		if k == fyne.KeyDown {
			moved++
		}
		return k == fyne.KeyDown
	}
	w := test.NewTempWindow(t, b)
	w.Canvas().Focus(b)
	enter := func() { b.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn}) }

	test.Type(b, "やま")
	enter()
	assert.Equal(t, 1, searched, "the first Enter searches at once")
	pass()
	assert.Zero(t, entered)
	enter()
	pass()
	assert.Equal(t, 1, entered, "the next one goes on")

	// The Enter that confirms what an IME composed comes before its text.
	enter()
	test.Type(b, "だ")
	pass()
	assert.Equal(t, 1, entered, "a text that follows takes it back")
	assert.Equal(t, "やまだ", b.Text)

	b.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	assert.Equal(t, 1, moved)
	assert.Equal(t, fyne.Focusable(b), w.Canvas().Focused(), "the keyboard stays")
}

func TestSearchBoxShortensItsHint(t *testing.T) {
	themed(t)
	const hint = "氏名・カナ・ID（Ctrl+F）"
	b := NewSearchBox(hint, func(time.Duration, func()) {}, func(string) {})
	test.NewTempWindow(t, b)
	b.Resize(fyne.NewSize(120, FieldHeight))
	assert.Regexp(t, "^氏名.*…$", b.PlaceHolder)
	assert.Equal(t, hint, b.AccessibilityLabel())
	b.Resize(fyne.NewSize(400, FieldHeight))
	assert.Equal(t, hint, b.PlaceHolder, "whole again where there is room")
}
