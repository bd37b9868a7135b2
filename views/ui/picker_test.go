package ui

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"renkei/models"
)

var managers = []Pick{
	{"C1", "髙橋 花子", "タカハシ ハナコ", "さくら居宅"},
	{"C2", "高橋 健一", "タカハシ ケンイチ", "北町包括"},
	{"C3", "山田 太郎", "ヤマダ タロウ", "みなみ居宅"},
}

func findManagers(query string, limit int) []Pick {
	entries := make([]models.FindEntry, len(managers))
	for i, p := range managers {
		entries[i] = models.FindEntry{Key: p.Key, Title: p.Title, Kana: p.Kana, Detail: p.Detail}
	}
	var picks []Pick
	for _, e := range models.NewFinder(entries).Find(query, limit) {
		picks = append(picks, Pick{e.Key, e.Title, e.Kana, e.Detail})
	}
	return picks
}

// clock holds what waits, by how long, until a test lets the time pass.
type clock struct{ waiting []func() }

func (c *clock) after(_ time.Duration, f func()) { c.waiting = append(c.waiting, f) }

// pass lets all the time pass.
func (c *clock) pass() {
	waiting := c.waiting
	c.waiting = nil
	for _, f := range waiting {
		f()
	}
}

// picking is a picker in a window, with the keyboard.
type picking struct {
	*Picker
	clock
	w       fyne.Window
	changes int
}

func newPicking(t *testing.T) *picking {
	t.Helper()
	themed(t)
	p := &picking{Picker: NewPicker("ケアマネをさがす", findManagers)}
	p.After = p.after
	p.OnChange(func() { p.changes++ })
	p.w = test.NewTempWindow(t, NewFlow(GapField, 0, p.Picker, NewButton("次", func() {})))
	p.w.Resize(fyne.NewSize(600, 500))
	p.w.Canvas().Focus(p.FocusTarget())
	return p
}

func (p *picking) press(names ...fyne.KeyName) {
	for _, name := range names {
		p.w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: name})
	}
}

func (p *picking) types(text string) {
	for _, r := range text {
		p.w.Canvas().Focused().TypedRune(r)
	}
}

func (p *picking) key() string {
	pick, _ := p.Picked()
	return pick.Key
}

func TestPickerByKeyboard(t *testing.T) {
	p := newPicking(t)
	p.types("takah")
	assert.False(t, p.search.shown, "nothing is searched while somebody types")
	p.pass()
	require.True(t, p.search.shown)
	assert.Len(t, p.search.results.picks, 2)
	assert.Equal(t, "takah", p.search.entry.Text, "the text stays as typed")
	assert.NotEmpty(t, p.Fault(), "typed is not chosen")
	assert.Greater(t, p.HeightFor(400), float32(100), "the results are in the layout")
	p.press(fyne.KeyDown, fyne.KeyReturn)
	assert.Empty(t, p.key(), "Enter waits for a text it may have confirmed")
	p.pass()
	assert.Equal(t, "C1", p.key(), "in the order of the reading the second is 花子")
	assert.Empty(t, p.Fault())
	assert.Same(t, p.tags, p.w.Canvas().Focused(), "the keyboard is on what was chosen")
	assert.Contains(t, p.AccessibilityLabel(), "髙橋 花子")
	p.w.Canvas().FocusNext()
	next, ok := p.w.Canvas().Focused().(*Button)
	require.True(t, ok)
	assert.Equal(t, "次", next.Text, "Tab goes on from it")
}

func TestPickerAndTheEnterOfAnIME(t *testing.T) {
	t.Run("Enter before the search has caught up chooses nothing", func(t *testing.T) {
		p := newPicking(t)
		p.types("yama")
		p.pass()
		p.types("d")
		p.press(fyne.KeyReturn)
		p.pass()
		assert.Empty(t, p.key())
		assert.Equal(t, "yamad", p.search.entry.Text)
	})
	t.Run("Enter reported before the text it confirms chooses nothing", func(t *testing.T) {
		p := newPicking(t)
		p.types("高橋")
		p.pass()
		p.press(fyne.KeyReturn)
		p.types("健一")
		p.pass()
		assert.Empty(t, p.key())
		assert.Equal(t, "高橋健一", p.search.entry.Text)
		require.Len(t, p.search.results.picks, 1)
	})
	t.Run("Enter reported after the text chooses nothing", func(t *testing.T) {
		p := newPicking(t)
		p.types("高橋")
		p.press(fyne.KeyReturn)
		p.pass()
		assert.Empty(t, p.key())
	})
	t.Run("Enter in an empty picker does nothing", func(t *testing.T) {
		p := newPicking(t)
		p.press(fyne.KeyReturn, fyne.KeyDown, fyne.KeyReturn)
		p.pass()
		assert.True(t, p.Blank())
		assert.Zero(t, p.changes)
	})
	t.Run("Tab right after Enter need not wait", func(t *testing.T) {
		p := newPicking(t)
		p.types("yamada")
		p.pass()
		p.press(fyne.KeyReturn)
		p.w.Canvas().FocusNext()
		assert.Equal(t, "C3", p.key())
	})
}

func TestPickerBeginsAgain(t *testing.T) {
	p := newPicking(t)
	p.Pick(managers[2])
	assert.Zero(t, p.changes, "the program's choice is no change of the person")
	p.w.Canvas().Focus(p.FocusTarget())
	p.press(fyne.KeyBackspace, fyne.KeyReturn)
	p.types(" ")
	assert.Equal(t, "C3", p.key(), "keys an IME lets through do not take it away")
	p.types("た")
	assert.Equal(t, "た", p.search.entry.Text, "a letter begins a new search")
	assert.Same(t, p.search.entry, p.w.Canvas().Focused())
	p.pass()
	p.press(fyne.KeyEscape, fyne.KeyEscape)
	assert.Equal(t, "C3", p.key(), "Escape closes the results, then puts back what was chosen")
	p.press(fyne.KeyDelete)
	assert.True(t, p.Blank())
	escaped := 0
	p.join(fieldHost{escape: func() { escaped++ }})
	p.Clear()
	p.w.Canvas().Focus(p.FocusTarget())
	p.press(fyne.KeyEscape)
	assert.Equal(t, 1, escaped, "with nothing to close Escape is the form's")
}

func TestPickerByMouse(t *testing.T) {
	p := newPicking(t)
	p.types("taka")
	p.pass()
	p.w.Canvas().Unfocus()
	line := p.search.results.lines[1]
	line.MouseMoved(&desktop.MouseEvent{})
	assert.Equal(t, 1, p.search.results.marked)
	test.Tap(line)
	assert.Equal(t, "C1", p.key())
	p.tags.Tapped(&fyne.PointEvent{Position: fyne.NewPos(p.tags.Size().Width-10, 10)})
	assert.True(t, p.Blank(), "the × takes it away")
	p.Pick(managers[0])
	p.SetEnabled(false)
	p.tags.Tapped(&fyne.PointEvent{Position: fyne.NewPos(p.tags.Size().Width-10, 10)})
	assert.Equal(t, "C1", p.key(), "not from a closed field")
}

func TestPickerOffersToEnterWhatIsNotFound(t *testing.T) {
	p := newPicking(t)
	added := ""
	p.SetAdd("を新しく登録", func(text string) { added = text })
	p.types("鈴木")
	p.pass()
	assert.Equal(t, "「鈴木」を新しく登録", p.search.results.lines[0].AccessibilityLabel())
	p.press(fyne.KeyReturn)
	p.pass()
	assert.Equal(t, "鈴木", added)
	assert.Equal(t, "鈴木", p.Query(), "the text is kept")
}

func TestPickerValueComesBack(t *testing.T) {
	themed(t)
	text := rapid.StringOfN(rapid.SampledFrom([]rune("山田 ヤmａ1\t\n髙")), 0, 8, -1)
	rapid.Check(t, func(t *rapid.T) {
		m := NewMultiPicker("", findManagers)
		n := rapid.IntRange(0, 4).Draw(t, "picks")
		for range n {
			m.set(append(m.Picks(), Pick{oneLine(text.Draw(t, "key")), oneLine(text.Draw(t, "title")), oneLine(text.Draw(t, "kana")), oneLine(text.Draw(t, "detail"))}))
		}
		m.search.entry.put(strings.TrimSpace(oneLine(text.Draw(t, "typed"))))
		again := NewMultiPicker("", findManagers)
		again.SetValue(m.Value())
		require.Equal(t, m.Picks(), again.Picks())
		require.Equal(t, m.Query(), again.Query())
		require.Equal(t, m.Value(), again.Value())
	})
}

func TestMultiPicker(t *testing.T) {
	themed(t)
	var c clock
	m := NewMultiPicker("相手", findManagers)
	m.After = c.after
	w := test.NewTempWindow(t, NewFlow(0, 0, m))
	w.Resize(fyne.NewSize(600, 500))
	w.Canvas().Focus(m.FocusTarget())
	changes := 0
	choose := func(text string) {
		for _, r := range text {
			w.Canvas().Focused().TypedRune(r)
		}
		c.pass()
		w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
		c.pass()
	}
	choose("taka")
	choose("taka")
	m.OnChange(func() { changes++ })
	assert.Equal(t, []Pick{managers[1], managers[0]}, m.Picks(), "what is chosen is not offered again")
	assert.Empty(t, m.Query())
	assert.Same(t, m.search.entry, w.Canvas().Focused(), "ready for the next")
	w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyBackspace})
	assert.Len(t, m.Picks(), 2, "Backspace in an empty search takes nothing away")
	w.Canvas().FocusNext()
	require.Same(t, m.tags, w.Canvas().Focused())
	m.tags.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
	m.tags.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDelete})
	assert.Equal(t, []Pick{managers[1]}, m.Picks())
	assert.Equal(t, 1, changes)
	m.tags.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDelete})
	assert.True(t, m.Blank())
	assert.Same(t, m.search.entry, w.Canvas().Focused(), "the keyboard does not get lost")
	m.SetPicks(managers)
	assert.Greater(t, m.HeightFor(200), m.HeightFor(900), "tags go on to the next line")
	assert.Contains(t, m.AccessibilityLabel(), "3件")
}
