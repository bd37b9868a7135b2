package ui

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/assert"
)

// ime plays the keys as X11 reports them while an IME composes: the key always,
// the character only when the IME let it through.
type ime struct{ canvas fyne.Canvas }

// key presses a key that is no letter.
func (i ime) key(names ...fyne.KeyName) {
	for _, name := range names {
		target := i.canvas.Focused()
		if k, ok := target.(desktop.Keyable); ok {
			k.KeyDown(&fyne.KeyEvent{Name: name})
		}
		if t, ok := target.(fyne.Tabbable); name == fyne.KeyTab && !(ok && t.AcceptsTab()) {
			i.canvas.FocusNext()
			continue
		}
		target.TypedKey(&fyne.KeyEvent{Name: name})
	}
}

// reading types letters that go to the IME.
func (i ime) reading(romaji string) {
	for _, r := range strings.ToUpper(romaji) {
		i.key(fyne.KeyName(r))
	}
}

// comes is a text the IME hands over.
func (i ime) comes(text string) {
	for _, r := range text {
		i.canvas.Focused().TypedRune(r)
	}
}

// plain types letters with the IME off.
func (i ime) plain(letters string) {
	for _, r := range letters {
		i.reading(string(r))
		i.comes(string(r))
	}
}

func TestKeysOfAnIMEDoNotReachTheField(t *testing.T) {
	const back, enter, esc, space, left, tab = fyne.KeyBackspace, fyne.KeyReturn, fyne.KeyEscape, fyne.KeySpace, fyne.KeyLeft, fyne.KeyTab
	for name, c := range map[string]struct {
		play func(ime)
		want string
	}{
		"BackSpace mends the reading, not what stands there": {func(i ime) { i.reading("minoru"); i.key(back, back, back) }, "佐藤"},
		"after the text has come BackSpace deletes again":    {func(i ime) { i.reading("mi"); i.key(space, enter); i.comes("実"); i.key(back, back) }, "佐"},
		"Escape ends a conversion and its reading":           {func(i ime) { i.reading("mi"); i.key(space, esc, esc) }, "佐藤"},
		"the arrows choose a candidate":                      {func(i ime) { i.reading("mi"); i.key(space, left, left, enter); i.comes("実") }, "佐藤実"},
		"the next letter takes the conversion": {func(i ime) {
			i.reading("mi")
			i.key(space)
			i.reading("s")
			i.comes("実")
			i.key(back)
		}, "佐藤実"},
		"with the IME off every key is the field's": {func(i ime) { i.plain("abc"); i.key(back, left, back) }, "佐藤b"},
		"letters that come late are not lost": {func(i ime) {
			i.reading("ab")
			i.comes("ab")
			i.key(back)
		}, "佐藤a"},
		"full-width letters are letters": {func(i ime) { i.reading("a"); i.comes("ａ"); i.key(back) }, "佐藤"},
		"a reading taken back entirely does not shut the field": {func(i ime) {
			i.reading("satou")
			i.key(back, back, back) // さとう is gone
			i.key(back, back, back)
		}, "佐"},
		"Tab goes on after it chose once": {func(i ime) { i.reading("mi"); i.key(tab, tab, back) }, "佐藤"},
	} {
		t.Run(name, func(t *testing.T) {
			themed(t)
			field, next := NewTextField("氏名"), NewTextField("カナ")
			escaped := 0
			form := NewForm(FormOptions{Cancel: func() { escaped++ }})
			form.Add(FormRow{Label: "氏名", Field: field})
			form.Add(FormRow{Label: "カナ", Field: next})
			field.SetText("佐藤")
			form.Clean()
			window := test.NewTempWindow(t, form.Object())
			window.Resize(fyne.NewSize(600, 400))
			window.Canvas().Focus(field.FocusTarget())
			c.play(ime{window.Canvas()})
			assert.Equal(t, c.want, field.Text())
			assert.Zero(t, escaped, "the form stays open")
			assert.Nil(t, window.Canvas().Overlays().Top(), "and asks nothing")
		})
	}
}

func TestEnterThatConfirmsAConversionAddsNoLineToAMemo(t *testing.T) {
	themed(t)
	memo := NewMemoField("備考", 3)
	window := test.NewTempWindow(t, memo)
	window.Canvas().Focus(memo.FocusTarget())
	i := ime{window.Canvas()}
	i.reading("asa")
	i.key(fyne.KeySpace, fyne.KeyReturn)
	i.comes("朝")
	i.key(fyne.KeyReturn)
	i.reading("hiru")
	i.key(fyne.KeyReturn)
	i.comes("ひる")
	assert.Equal(t, "朝\nひる", memo.Text(), "only the Enter after the text is a line")
}

func TestACandidateListDoesNotOpenTheChoices(t *testing.T) {
	themed(t)
	field := NewChoiceField(Choice{"居宅", "居宅"}, Choice{"施設", "施設"})
	window := test.NewTempWindow(t, field)
	window.Canvas().Focus(field.FocusTarget())
	i := ime{window.Canvas()}
	i.reading("kyotaku")
	i.key(fyne.KeySpace, fyne.KeyDown, fyne.KeyReturn)
	assert.False(t, field.list.Visible())
	i.comes("居宅")
	assert.Equal(t, "居宅", field.Choice())
}

func TestASearchKeepsItsTextWhileAnIMEComposes(t *testing.T) {
	themed(t)
	box := NewSearchBox("さがす", func(_ time.Duration, f func()) { f() }, func(string) {})
	window := test.NewTempWindow(t, box)
	window.Canvas().Focus(box)
	i := ime{window.Canvas()}
	i.comes("佐藤")
	i.reading("minoru")
	i.key(fyne.KeyBackspace, fyne.KeyEscape)
	assert.Equal(t, "佐藤", box.Text)
	i.key(fyne.KeyBackspace, fyne.KeyEscape)
	assert.Empty(t, box.Text)
}

func TestSavingWaitsForAConversion(t *testing.T) {
	themed(t)
	field, saved := NewTextField("氏名"), ""
	form := NewForm(FormOptions{Save: func() { saved = field.Text() }})
	form.Add(FormRow{Label: "氏名", Field: field})
	window := test.NewTempWindow(t, form.Object())
	window.Canvas().Focus(field.FocusTarget())
	i := ime{window.Canvas()}
	save := func() { window.Canvas().Focused().(fyne.Shortcutable).TypedShortcut(SaveShortcut) }
	i.reading("satou")
	save()
	assert.Empty(t, saved)
	assert.Contains(t, form.frame.status.Text(), "変換中")
	i.key(fyne.KeyReturn)
	i.comes("佐藤")
	save()
	assert.Equal(t, "佐藤", saved)
}
