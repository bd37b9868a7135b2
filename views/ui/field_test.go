package ui

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"renkei/models"
)

func fixedToday() models.Date { return 2026_11_22 }

// inWindow puts fields one below the other into a window with the keyboard in
// the first.
func inWindow(t *testing.T, fields ...Field) fyne.Window {
	t.Helper()
	box := container.NewVBox()
	for _, f := range fields {
		box.Add(f)
	}
	w := test.NewTempWindow(t, box)
	w.Resize(fyne.NewSize(700, 600))
	w.Canvas().Focus(fields[0].FocusTarget())
	return w
}

func pressKeys(w fyne.Window, keys ...fyne.KeyName) {
	for _, k := range keys {
		w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: k})
	}
}

// typeKeys types where the keyboard is.
func typeKeys(w fyne.Window, text string) {
	for _, r := range text {
		w.Canvas().Focused().TypedRune(r)
	}
}

func TestJapaneseTextAndEnter(t *testing.T) {
	themed(t)
	text, memo := NewTextField("氏名"), NewMemoField("備考", 3)
	w := inWindow(t, text, memo)
	typeKeys(w, "　髙橋 花子 ")
	pressKeys(w, fyne.KeyReturn, fyne.KeyEnter)
	assert.Equal(t, text.FocusTarget(), w.Canvas().Focused(), "Enter leaves no field that takes Japanese")
	assert.Equal(t, "髙橋 花子", text.Text())
	assert.Equal(t, "　髙橋 花子 ", text.entry.Text, "what was typed is not touched")
	w.Canvas().FocusNext()
	typeKeys(w, "一行目")
	pressKeys(w, fyne.KeyReturn)
	typeKeys(w, "二行目")
	assert.Equal(t, "一行目\n二行目", memo.Text(), "in a memo Enter begins a line")
	tab, ok := memo.FocusTarget().(fyne.Tabbable)
	require.True(t, ok)
	assert.False(t, tab.AcceptsTab(), "Tab leaves a memo")
	memo.SetText(" ")
	assert.True(t, memo.Blank())
}

func TestSettingIsNoChange(t *testing.T) {
	themed(t)
	fields := []Field{
		NewTextField(""), NewMemoField("", 2), NewDateField(fixedToday), NewTimeField(), NewNumberField(0, 99),
		NewIDField(func() int { return 8 }), NewChoiceField(Choice{"a", "あ"}, Choice{"b", "い"}), NewMarkField("", ""), NewCheckField("する"),
	}
	values := []string{"本文", "一\n二", "2026-11-22", "09:30", "12", "00001234", "b", "×", "○"}
	inWindow(t, fields...)
	for i, f := range fields {
		changes := 0
		f.OnChange(func() { changes++ })
		assert.True(t, f.Blank(), "%T begins blank", f)
		f.SetValue(values[i])
		assert.Equal(t, values[i], f.Value(), "%T gives back what was set", f)
		assert.False(t, f.Blank())
		assert.Empty(t, f.Fault())
		assert.Zero(t, changes, "%T", f)
		f.SetValue("")
		assert.True(t, f.Blank(), "%T can be emptied", f)
		f.SetEnabled(false)
		d, ok := f.FocusTarget().(fyne.Disableable)
		require.True(t, ok)
		assert.True(t, d.Disabled())
	}
}

func TestTimeField(t *testing.T) {
	themed(t)
	for typed, want := range map[string]string{
		"9:30": "09:30", "930": "09:30", "0930": "09:30", "９：３０": "09:30", "9時30分": "09:30", "9時半": "09:30",
		"9時": "09:00", "9": "09:00", "14": "14:00", "0:00": "00:00", "23:59": "23:59", " ": "",
	} {
		f := NewTimeField()
		w := inWindow(t, f)
		typeKeys(w, typed)
		assert.Empty(t, f.Fault(), typed)
		assert.Equal(t, want, f.Text(), typed)
		assert.Equal(t, typed, f.entry.Text, "the text is left alone while it is typed")
	}
	for _, typed := range []string{"24:00", "9:60", "99", "朝", "9:30:00", "12345"} {
		f := NewTimeField()
		typeKeys(inWindow(t, f), typed)
		assert.Contains(t, f.Fault(), "『"+typed+"』")
		assert.Empty(t, f.Text())
		assert.Equal(t, typed, f.Value())
	}
}

func TestNumberField(t *testing.T) {
	themed(t)
	f, next := NewNumberField(1, 2000), NewTextField("")
	w := inWindow(t, f, next)
	typeKeys(w, "１，２００")
	n, ok := f.Number()
	assert.True(t, ok)
	assert.Equal(t, 1200, n)
	pressKeys(w, fyne.KeyUp)
	assert.Equal(t, "1201", f.Value())
	pressKeys(w, fyne.KeyReturn)
	assert.Equal(t, next.FocusTarget(), w.Canvas().Focused(), "Enter moves on")
	for typed, want := range map[string]string{"0": "1から2,000まで", "2001": "1から2,000まで", "三": "数ではありません"} {
		f.SetValue(typed)
		assert.Contains(t, f.Fault(), want)
		_, ok = f.Number()
		assert.False(t, ok)
	}
	f.SetValue("")
	_, ok = f.Number()
	assert.False(t, ok, "blank is no number")
	w.Canvas().Focus(f.FocusTarget())
	pressKeys(w, fyne.KeyUp)
	assert.Equal(t, "1", f.Value(), "the arrows begin within the bounds")
	pressKeys(w, fyne.KeyDown)
	assert.Equal(t, "1", f.Value(), "and stay there")
}

func TestIDField(t *testing.T) {
	themed(t)
	digits := 8
	f, next := NewIDField(func() int { return digits }), NewTextField("")
	w := inWindow(t, f, next)
	typeKeys(w, "１２３４")
	assert.Equal(t, "１２３４", f.entry.Text, "nothing is changed while typing")
	w.Canvas().FocusNext()
	assert.Equal(t, "00001234", f.entry.Text, "zeros fill it up on leaving")
	f.SetText("0000001234")
	assert.Equal(t, "00001234", f.Text(), "zeros too many are dropped")
	f.SetText("123456789")
	assert.Contains(t, f.Fault(), "8桁を超えています")
	f.SetText("A-123")
	assert.Equal(t, "A-123", f.Text(), "a number with letters stays as it is")
	f.SetText("患者1")
	assert.NotEmpty(t, f.Fault())
	digits = 0
	f.SetText("7")
	assert.Equal(t, "7", f.Text(), "of unknown length it stays as typed")
}

func TestDateFieldEchoesWhileTyping(t *testing.T) {
	themed(t)
	f := NewDateField(fixedToday)
	w := inWindow(t, f, NewTextField(""))
	for _, step := range []struct{ typed, text, echo string }{
		{"1", "1", ""},
		{"1", "11", ""},
		{"/2", "11/2", "2026-11-02（月）令和8年"},
		{"3", "11/23", "2026-11-23（月・祝）令和8年"},
	} {
		typeKeys(w, step.typed)
		assert.Equal(t, step.text, f.entry.Text, "the text is left alone")
		assert.Equal(t, step.echo, f.echo.Text())
	}
	pressKeys(w, fyne.KeyReturn)
	assert.Equal(t, "2026-11-23", f.entry.Text, "the usual form on leaving")
	assert.NotEqual(t, f.FocusTarget(), w.Canvas().Focused(), "Enter moves on")
}

func TestDateFieldReads(t *testing.T) {
	themed(t)
	for typed, want := range map[string]models.Date{
		"20261122": 2026_11_22, "261122": 2026_11_22, "R8.11.22": 2026_11_22, "令和８年１１月２２日": 2026_11_22, "8.11.22": 2026_11_22,
		"t": 2026_11_22, "今日": 2026_11_22, "+3": 2026_11_25, "-1": 2026_11_21, "+": 2026_11_23, "－": 2026_11_21,
	} {
		f := NewDateField(fixedToday)
		typeKeys(inWindow(t, f), typed)
		assert.Equal(t, want, f.Date(), typed)
		assert.Empty(t, f.Fault(), typed)
	}
}

func TestDateFieldKeepsNoStaleDate(t *testing.T) {
	themed(t)
	f := NewDateField(fixedToday)
	w := inWindow(t, f, NewTextField(""))
	f.SetDate(2026_10_01)
	pressKeys(w, fyne.KeyBackspace)
	typeKeys(w, "x")
	assert.Zero(t, f.Date())
	assert.False(t, f.Blank(), "unreadable is not empty")
	assert.Contains(t, f.Fault(), "2026-10-0x")
	assert.Empty(t, f.echo.Text())
	pressKeys(w, fyne.KeyReturn)
	assert.Equal(t, f.FocusTarget(), w.Canvas().Focused(), "Enter stays where something is wrong")
	w.Canvas().FocusNext()
	assert.Equal(t, "2026-10-0x", f.entry.Text, "what was typed is kept")
	f.SetDate(0)
	assert.True(t, f.Blank())
	assert.Empty(t, f.Fault())
	assert.Empty(t, f.echo.Text())
}

func TestDateFieldSteps(t *testing.T) {
	themed(t)
	f := NewDateField(fixedToday)
	changes := 0
	f.OnChange(func() { changes++ })
	w := inWindow(t, f)
	pressKeys(w, fyne.KeyUp)
	assert.Equal(t, models.Date(2026_11_22), f.Date(), "a blank field begins at today")
	pressKeys(w, fyne.KeyUp)
	typeKeys(w, "+＋")
	assert.Equal(t, models.Date(2026_11_25), f.Date())
	typeKeys(w, "-")
	pressKeys(w, fyne.KeyDown)
	assert.Equal(t, models.Date(2026_11_23), f.Date())
	assert.Equal(t, "2026-11-23（月・祝）令和8年", f.echo.Text())
	assert.Equal(t, 6, changes)
	f.SetDate(models.MaxDate)
	pressKeys(w, fyne.KeyUp)
	assert.Equal(t, models.MaxDate, f.Date(), "never a day that cannot be read back")
	f.SetDate(models.MinDate)
	pressKeys(w, fyne.KeyDown)
	assert.Equal(t, models.MinDate, f.Date())
	f.SetDate(0)
	typeKeys(w, "2026-11-05")
	assert.Equal(t, models.Date(2026_11_05), f.Date(), "hyphens within a date are typed as they are")
}

func TestCalendar(t *testing.T) {
	themed(t)
	f, next := NewDateField(fixedToday), NewTextField("")
	w := inWindow(t, f, next)
	closed := f.HeightFor(600)
	pressKeys(w, fyne.KeyF4)
	require.True(t, f.calendar.Visible())
	assert.Greater(t, f.HeightFor(600), closed, "it opens in the layout")
	assert.Nil(t, w.Canvas().Overlays().Top(), "nothing pops up")
	assert.Equal(t, f.calendar, w.Canvas().Focused())
	assert.Equal(t, "2026年11月（令和8年）", f.calendar.title.Text)
	assert.Equal(t, "3日 文化の日　23日 勤労感謝の日", f.calendar.foot.Text())
	assert.Equal(t, "日", f.calendar.weekdays[0].Text, "Sunday first")
	pressKeys(w, fyne.KeyRight, fyne.KeyDown, fyne.KeyPageDown)
	assert.Equal(t, models.Date(2026_12_30), f.calendar.cursor)
	pressKeys(w, fyne.KeyHome, fyne.KeyUp, fyne.KeyReturn)
	assert.Equal(t, models.Date(2026_11_24), f.Date())
	assert.False(t, f.calendar.Visible())
	assert.Equal(t, f.FocusTarget(), w.Canvas().Focused(), "the keyboard comes back")

	pressKeys(w, fyne.KeyF4, fyne.KeyPageUp, fyne.KeyEscape)
	assert.Equal(t, models.Date(2026_11_24), f.Date(), "Escape changes nothing")
	assert.False(t, f.calendar.Visible())

	pressKeys(w, fyne.KeyF4)
	w.Canvas().FocusNext()
	assert.False(t, f.calendar.Visible(), "it closes when the keyboard goes on")
	assert.Equal(t, next.FocusTarget(), w.Canvas().Focused())
}

func TestCalendarByMouse(t *testing.T) {
	themed(t)
	f := NewDateField(fixedToday)
	inWindow(t, f, NewTextField(""))
	test.Tap(f.icon)
	c := f.calendar
	tap := func(b box) { test.TapAt(c, fyne.NewPos(b.x+b.w/2, b.y+b.h/2)) }
	g := c.geometry()
	tap(g.next)
	assert.Equal(t, "2026年12月（令和8年）", c.title.Text)
	tap(g.back)
	tap(g.back)
	assert.Equal(t, "2026年10月（令和8年）", c.title.Text)
	tap(g.cell(0))
	assert.True(t, c.Visible(), "a day of another month is not shown and not chosen")
	tap(g.cell(4)) // October 2026 begins on a Thursday
	assert.Equal(t, models.Date(2026_10_01), f.Date())
	assert.False(t, c.Visible())
}

func TestCalendarTurnsMonthsWithinMonthEnds(t *testing.T) {
	themed(t)
	c := NewCalendar(fixedToday, func(models.Date) {})
	c.Go(2027_01_31)
	c.TypedKey(&fyne.KeyEvent{Name: fyne.KeyPageDown})
	assert.Equal(t, models.Date(2027_02_28), c.cursor, "January's 31st is followed by February")
	c.Go(2019_05_01)
	assert.Equal(t, "2019年5月（令和元年）", c.title.Text)
	rapid.Check(t, func(t *rapid.T) {
		d := models.Date(1950_01_01).AddDays(rapid.IntRange(0, 50000).Draw(t, "days"))
		c.Go(d)
		g := c.geometry()
		cell := g.cell(c.first().DaysUntil(d))
		at, ok := c.dayAt(fyne.NewPos(cell.x+1, cell.y+1))
		assert.True(t, ok)
		assert.Equal(t, d, at)
	})
}

func TestChoiceField(t *testing.T) {
	themed(t)
	f := NewChoiceField(Choice{"in_person", "対面"}, Choice{"video", "ビデオ通話"}, Choice{"phone", "電話"})
	changes := 0
	f.OnChange(func() { changes++ })
	next := NewTextField("")
	w := inWindow(t, f, next)
	pressKeys(w, fyne.KeyReturn)
	assert.True(t, f.list.Visible(), "Enter opens the list")
	assert.Nil(t, w.Canvas().Overlays().Top(), "in the layout")
	pressKeys(w, fyne.KeyDown, fyne.KeyReturn)
	assert.Equal(t, "video", f.Choice())
	assert.False(t, f.list.Visible())
	assert.Equal(t, f.FocusTarget(), w.Canvas().Focused(), "Enter does not move on")
	assert.Equal(t, 1, changes)

	typeKeys(w, " ")
	assert.True(t, f.list.Visible(), "Space behind a choice opens the list")
	pressKeys(w, fyne.KeyUp)
	typeKeys(w, " ")
	assert.Equal(t, "in_person", f.Choice(), "and chooses in it")

	f.SetChoice("")
	assert.True(t, f.Blank())
	typeKeys(w, "びで")
	assert.Equal(t, []Choice{{"video", "ビデオ通話"}}, f.list.choices, "typing narrows, however it is spelt")
	assert.Equal(t, "びで", f.entry.Text)
	assert.Empty(t, f.Choice(), "what is half typed is no choice")
	f.SetChoice("")
	typeKeys(w, "bide")
	assert.Equal(t, []Choice{{"video", "ビデオ通話"}}, f.list.choices, "in romaji too")
	w.Canvas().FocusNext()
	assert.Equal(t, "video", f.Choice(), "the only one left is taken on leaving")
	assert.False(t, f.list.Visible())

	w.Canvas().Focus(f.FocusTarget())
	typeKeys(w, "z")
	assert.Empty(t, f.Choice(), "never the choice before")
	w.Canvas().FocusNext()
	assert.Contains(t, f.Fault(), "『z』は一覧にありません")
}

func TestChoiceByMouse(t *testing.T) {
	themed(t)
	f := NewChoiceField(Choice{"a", "あ"}, Choice{"b", "い"})
	w := inWindow(t, f, NewTextField(""))
	icon, ok := f.entry.ActionItem.(*iconTap)
	require.True(t, ok)
	test.Tap(icon)
	require.True(t, f.list.Visible())
	over := fyne.NewPos(20, GapCell+1.5*f.list.lineHeight())
	f.list.MouseIn(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: over}})
	w.Canvas().Unfocus() // as the window does before a tap
	require.True(t, f.list.Visible(), "the list waits for the tap")
	test.TapAt(f.list, over)
	assert.Equal(t, "b", f.Choice())
	assert.False(t, f.list.Visible())
}

func TestLongChoiceList(t *testing.T) {
	themed(t)
	var choices []Choice
	for i := range 30 {
		choices = append(choices, Choice{strings.Repeat("x", i+1), "病棟" + Thousands(i)})
	}
	f := NewChoiceField(choices...)
	w := inWindow(t, f)
	pressKeys(w, fyne.KeyDown)
	assert.Equal(t, choiceLines, f.list.shown())
	assert.Contains(t, f.list.footWord(), "全30件")
	for range 40 {
		pressKeys(w, fyne.KeyDown)
	}
	c, ok := f.list.current()
	assert.True(t, ok)
	assert.Equal(t, "病棟29", c.Label)
	assert.Equal(t, 30-choiceLines, f.list.top, "the marked line is in sight")
	f.list.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, 10)})
	assert.Equal(t, 29-choiceLines, f.list.top)
	pressKeys(w, fyne.KeyEscape)
	assert.False(t, f.list.Visible())
	assert.True(t, f.Blank(), "Escape chooses nothing")
}

func TestMarkField(t *testing.T) {
	themed(t)
	f, next := NewMarkField("参加", "不参加"), NewTextField("")
	changes := 0
	f.OnChange(func() { changes++ })
	w := inWindow(t, f, next)
	for _, step := range []struct {
		typed string
		want  models.Mark
	}{{" ", models.Yes}, {"　", models.No}, {" ", models.Unknown}, {"1", models.Yes}, {"0", models.No}, {"１", models.Yes}, {"x", models.Yes}} {
		typeKeys(w, step.typed)
		assert.Equal(t, step.want, f.Mark(), "after %q", step.typed)
	}
	pressKeys(w, fyne.KeyRight)
	assert.Equal(t, models.No, f.Mark())
	assert.Equal(t, "× 不参加", f.AccessibilityLabel())
	pressKeys(w, fyne.KeyDelete)
	assert.True(t, f.Blank())
	assert.Equal(t, 8, changes)
	pressKeys(w, fyne.KeyReturn)
	assert.Equal(t, next.FocusTarget(), w.Canvas().Focused())
	test.TapAt(f, fyne.NewPos(f.width(0)+5, 5))
	assert.Equal(t, models.No, f.Mark())
	f.SetEnabled(false)
	test.TapAt(f, fyne.NewPos(5, 5))
	assert.Equal(t, models.No, f.Mark(), "a closed field stays")
}

func TestCheckField(t *testing.T) {
	themed(t)
	f := NewCheckField("算定しない")
	changes := 0
	f.OnChange(func() { changes++ })
	w := inWindow(t, f, NewTextField(""))
	typeKeys(w, " ")
	assert.True(t, f.Checked())
	assert.Equal(t, 1, changes)
	typeKeys(w, "　")
	assert.False(t, f.Checked())
	f.SetChecked(true)
	assert.Equal(t, 2, changes)
	assert.Equal(t, "算定しない ○", f.AccessibilityLabel())
}

func TestShortcutsReachTheWindow(t *testing.T) {
	themed(t)
	fields := []Field{NewTextField(""), NewMemoField("", 2), NewDateField(fixedToday), NewChoiceField(), NewMarkField("", ""), NewCheckField("")}
	inWindow(t, fields...)
	reached := 0
	find := &desktop.CustomShortcut{KeyName: fyne.KeyF, Modifier: fyne.KeyModifierControl}
	for i, f := range fields {
		h, ok := f.(hosted)
		require.True(t, ok, "%T", f)
		h.join(fieldHost{shortcut: func(fyne.Shortcut) { reached++ }})
		target, ok := f.FocusTarget().(fyne.Shortcutable)
		require.True(t, ok, "%T", f)
		target.TypedShortcut(find)
		assert.Equal(t, i+1, reached, "%T", f)
	}
	text := fields[0].(*TextField)
	text.SetText("消える")
	text.entry.TypedShortcut(&fyne.ShortcutSelectAll{})
	assert.Equal(t, "消える", text.entry.SelectedText(), "the field's own shortcuts stay with it")
}

func TestTypingTakesThePlaceOfAValue(t *testing.T) {
	themed(t)
	first, kind, on := NewTextField("氏名"), NewChoiceField(Choice{"電話", "電話"}, Choice{"面会", "面会"}), NewDateField(fixedToday)
	kind.SetChoice("電話")
	on.SetDate(fixedToday())
	first.SetText("佐藤")
	w := inWindow(t, first, kind, on)
	typeKeys(w, "実")
	assert.Equal(t, "佐藤実", first.Text(), "a text goes on")
	w.Canvas().FocusNext()
	typeKeys(w, "面会")
	assert.Equal(t, "面会", kind.Choice())
	w.Canvas().FocusNext()
	typeKeys(w, "11/20")
	assert.Equal(t, models.Date(2026_11_20), on.Date())
	w.Canvas().FocusPrevious()
	assert.Empty(t, on.entry.SelectedText(), "nothing stays marked behind")
	w.Canvas().FocusNext()
	typeKeys(w, "+")
	assert.Equal(t, models.Date(2026_11_21), on.Date(), "+ is still the next day")
	pressKeys(w, fyne.KeyBackspace)
	typeKeys(w, "9")
	assert.Equal(t, "2026-11-29", on.entry.Text, "after which typing goes on")
}
