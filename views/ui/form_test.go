package ui

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/models"
)

// memoryDraft keeps one draft in memory.
type memoryDraft struct {
	values map[string]string
	before map[string]string
	saves  int
	err    error
}

func (d *memoryDraft) Load() (Typed, error) { return Typed{Values: d.values, Before: d.before}, d.err }

func (d *memoryDraft) Save(typed Typed) error {
	if d.err != nil {
		return d.err
	}
	d.values, d.before = typed.Values, typed.Before
	d.saves++
	return nil
}

func (d *memoryDraft) Clear() error {
	if d.err == nil {
		d.values = nil
	}
	return d.err
}

// session is a form as a page fills it.
type session struct {
	form    *Form
	w       fyne.Window
	draft   *memoryDraft
	waiting []func() // what After was given
	saved   int
	left    int

	id   *IDField
	on   *DateField
	from *TimeField
	way  *ChoiceField
	part *MarkField
	none *CheckField
	note *MemoField
	who  *TextField
}

func newSession(t *testing.T, draft *memoryDraft) *session {
	t.Helper()
	s := &session{
		draft: draft, id: NewIDField(func() int { return 8 }), on: NewDateField(fixedToday), from: NewTimeField(),
		way:  NewChoiceField(Choice{"対面", "対面"}, Choice{"ビデオ", "ビデオ"}),
		part: NewMarkField("", ""), none: NewCheckField("算定しない"), note: NewMemoField("", 3), who: NewTextField(""),
	}
	options := FormOptions{
		Save: func() { s.saved++ }, Cancel: func() { s.left++ },
		After: func(_ time.Duration, f func()) { s.waiting = append(s.waiting, f) },
	}
	if draft != nil {
		options.Draft = draft
	}
	f := NewForm(options)
	f.Section("指導")
	f.Add(FormRow{Label: "患者ID", Required: true, Field: s.id})
	f.Add(FormRow{Label: "指導日", Required: true, Field: s.on})
	f.Add(FormRow{Label: "開始", Field: s.from, SameLine: true})
	f.Add(FormRow{Label: "方法", Field: s.way})
	f.Section("そのほか")
	f.Add(FormRow{Label: "患者参加", Field: s.part, Hint: "画面越しも参加です"})
	f.Add(FormRow{Name: "算定しない", Field: s.none})
	f.Add(FormRow{Label: "備考", Field: s.note})
	f.Add(FormRow{Label: "担当", Name: "担当者", Field: s.who})
	s.form = f
	f.afterPress = nil // no mouse here
	s.w = test.NewTempWindow(t, f.Object())
	s.w.SetPadded(false)
	s.w.Resize(fyne.NewSize(1190, 500))
	return s
}

// fields are the fields in reading order.
func (s *session) fields() []Field {
	return []Field{s.id, s.on, s.from, s.way, s.part, s.none, s.note, s.who}
}

func (s *session) focused() fyne.Focusable { return s.w.Canvas().Focused() }

func TestTabGoesInReadingOrder(t *testing.T) {
	themed(t)
	s := newSession(t, nil)
	s.form.FocusFirst()
	for _, f := range s.fields() {
		assert.Equal(t, f.FocusTarget(), s.focused(), "%T", f)
		s.w.Canvas().FocusNext()
	}
	b, ok := s.focused().(*Button)
	require.True(t, ok)
	assert.Equal(t, "保存（Ctrl+S）", b.Text, "behind the last field comes 保存")
	s.w.Canvas().FocusPrevious()
	assert.Equal(t, s.who.FocusTarget(), s.focused())
	s.id.SetEnabled(false)
	s.form.FocusFirst()
	assert.Equal(t, s.on.FocusTarget(), s.focused(), "a closed field is passed over")
}

func TestAMessageStandsBelowItsOwnField(t *testing.T) {
	themed(t)
	s := newSession(t, nil)
	row := s.form.row("開始")
	for name, c := range map[string]struct {
		width float32
		below Field // whose left the message shares; nil is the label of 開始
	}{
		"in the middle of a line":           {900, nil},
		"below, where the line has no room": {1190, s.on},
	} {
		s.w.Resize(fyne.NewSize(c.width, 500))
		s.form.Show(models.Problems{{Field: "開始", Message: "早すぎます"}})
		want := row.label.Position().X
		if c.below != nil {
			want = c.below.Position().X
		} else {
			assert.Equal(t, s.on.Position().Y, s.from.Position().Y, "in one line")
		}
		assert.Equal(t, want, row.message.Position().X, name)
		assert.GreaterOrEqual(t, row.message.Position().Y, s.from.Position().Y+s.from.Size().Height, name)
	}
}

func TestFormLayout(t *testing.T) {
	themed(t)
	s := newSession(t, nil)
	at := func(f Field) fyne.Position { return f.Position() }
	t.Run("a wide form has two columns read row by row", func(t *testing.T) {
		assert.Equal(t, at(s.id).Y, at(s.on).Y)
		assert.Greater(t, at(s.on).X, at(s.id).X)
		assert.Greater(t, at(s.way).Y, at(s.id).Y)
		assert.Equal(t, at(s.part).X, at(s.note).X)
		assert.Greater(t, s.note.Size().Width, float32(800), "a memo takes the whole width")
	})
	t.Run("a narrow one has one", func(t *testing.T) {
		s.w.Resize(fyne.NewSize(640, 500))
		assert.Equal(t, at(s.id).X, at(s.on).X)
		assert.Greater(t, at(s.on).Y, at(s.id).Y)
	})
	t.Run("no two fields overlap and none leaves the form", func(t *testing.T) {
		for _, width := range []float32{440, 640, 900, 1190, 1700} {
			s.w.Resize(fyne.NewSize(width, 500))
			fields := s.fields()
			for i, f := range fields {
				assert.LessOrEqual(t, f.Position().X+f.Size().Width, width, "%T at %v", f, width)
				for _, g := range fields[:i] {
					assert.False(t, overlap(f, g), "%T and %T at %v", f, g, width)
				}
			}
		}
	})
	t.Run("an open calendar pushes the rest down", func(t *testing.T) {
		s.w.Resize(fyne.NewSize(640, 500))
		before := at(s.way).Y
		s.on.toggleCalendar()
		assert.Greater(t, at(s.way).Y, before+200)
		s.on.closeCalendar()
		assert.Equal(t, before, at(s.way).Y)
	})
	t.Run("a hidden field takes no room", func(t *testing.T) {
		before := at(s.note).Y
		s.part.Hide()
		s.form.relayout()
		assert.Less(t, at(s.note).Y, before)
	})
}

func overlap(a, b fyne.CanvasObject) bool {
	p, q, m, n := a.Position(), b.Position(), a.Size(), b.Size()
	return p.X < q.X+n.Width && q.X < p.X+m.Width && p.Y < q.Y+n.Height && q.Y < p.Y+m.Height
}

func TestFormFaults(t *testing.T) {
	themed(t)
	s := newSession(t, nil)
	assert.Equal(t, models.Problems{{Field: "患者ID", Message: blankMessage}, {Field: "指導日", Message: blankMessage}}, s.form.Faults())
	s.id.SetText("1")
	s.on.SetValue("13/1")
	faults := s.form.Faults()
	require.Len(t, faults, 1)
	assert.Equal(t, "指導日", faults[0].Field)
	assert.Contains(t, faults[0].Message, "13/1")
}

func TestFormShowsProblems(t *testing.T) {
	themed(t)
	s := newSession(t, nil)
	s.id.SetText("1")
	s.on.SetValue("13/1")
	s.form.Show(models.Problems{
		{Field: "担当者", Message: "登録されていません"},
		{Field: "指導日", Message: "空欄です。日付を入力してください"},
		{Field: "入院", Message: "この患者の入院がありません"},
		{Field: "担当者", Message: "退職しています"},
	})
	texts := []string{}
	for _, l := range s.form.frame.lines {
		texts = append(texts, l.Text())
	}
	require.Len(t, texts, 4)
	assert.Equal(t, "・入院: この患者の入院がありません", texts[0], "what belongs to no field comes first")
	assert.Contains(t, texts[1], "指導日: 日付『13/1』を読み取れません", "a text that cannot be read is not also called blank")
	assert.Equal(t, []string{"・担当: 登録されていません", "・担当: 退職しています"}, texts[2:], "in the order of the rows")
	assert.Equal(t, s.on.FocusTarget(), s.focused(), "the first has the keyboard")
	who := s.form.row("担当者")
	assert.Equal(t, "登録されていません\n退職しています", who.message.Text(), "under its field too")
	assert.True(t, s.form.frame.problems.Visible())

	t.Run("a tap on a line goes to its field", func(t *testing.T) {
		test.Tap(s.form.frame.lines[3])
		assert.Equal(t, s.who.FocusTarget(), s.focused())
	})
	t.Run("a message goes away once the field is changed and left", func(t *testing.T) {
		typeKeys(s.w, "渡邉")
		assert.NotEmpty(t, who.message.Text(), "nothing moves while typing")
		s.w.Canvas().FocusPrevious()
		assert.Empty(t, who.message.Text())
		assert.Len(t, s.form.frame.lines, 2)
	})
	t.Run("none takes the list away", func(t *testing.T) {
		s.on.SetDate(2026_11_22)
		s.form.Show(nil)
		assert.False(t, s.form.frame.problems.Visible())
		assert.Empty(t, s.form.row("指導日").message.Text())
	})
}

func TestFormSaysAtOnceWhatCannotBeRead(t *testing.T) {
	themed(t)
	s := newSession(t, nil)
	s.form.FocusFirst()
	s.w.Canvas().FocusNext()
	assert.Empty(t, s.form.row("患者ID").message.Text(), "a blank field is left alone until saving")
	typeKeys(s.w, "13/1")
	assert.Empty(t, s.form.row("指導日").message.Text(), "not while it is typed")
	s.w.Canvas().FocusNext()
	assert.Contains(t, s.form.row("指導日").message.Text(), "13/1")
	s.w.Canvas().FocusPrevious()
	s.w.Canvas().Focused().(*entry).SetText("")
	typeKeys(s.w, "t")
	s.w.Canvas().FocusNext()
	assert.Empty(t, s.form.row("指導日").message.Text())
}

func TestFormDirtyAndClean(t *testing.T) {
	themed(t)
	s := newSession(t, nil)
	assert.False(t, s.form.Dirty(), "a new form is clean")
	s.on.SetDate(2026_11_01)
	assert.True(t, s.form.Dirty())
	s.form.Clean()
	assert.False(t, s.form.Dirty())
	s.form.FocusFirst()
	s.w.Canvas().FocusNext()
	s.w.Canvas().Focused().(*entry).SetText("11/1")
	assert.False(t, s.form.Dirty(), "the same date in another form is no change")
	typeKeys(s.w, "5")
	assert.True(t, s.form.Dirty())
	s.form.Revert()
	assert.Equal(t, models.Date(2026_11_01), s.on.Date())
	assert.False(t, s.form.Dirty())
}

func TestFormKeys(t *testing.T) {
	themed(t)
	s := newSession(t, nil)
	s.form.FocusFirst()
	save := func() {
		target, ok := s.focused().(fyne.Shortcutable)
		require.True(t, ok, "%T", s.focused())
		target.TypedShortcut(SaveShortcut)
	}
	for i := range s.fields() {
		save()
		assert.Equal(t, i+1, s.saved, "%T", s.focused())
		s.w.Canvas().FocusNext()
	}
	handed := 0
	s.form.OnShortcut = func(fyne.Shortcut) { handed++ }
	s.form.FocusFirst()
	s.focused().(fyne.Shortcutable).TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyF, Modifier: fyne.KeyModifierControl})
	assert.Equal(t, 1, handed)

	typeKeys(s.w, "１２")
	save()
	assert.Equal(t, "00000012", s.id.entry.Text, "saving settles the field that is being typed in")
}

func TestFormEscape(t *testing.T) {
	themed(t)
	s := newSession(t, nil)
	s.form.FocusFirst()
	pressKeys(s.w, fyne.KeyEscape)
	assert.Equal(t, 1, s.left, "nothing would be lost, nothing is asked")
	typeKeys(s.w, "12")
	pressKeys(s.w, fyne.KeyEscape)
	require.NotNil(t, s.w.Canvas().Overlays().Top())
	pressKeys(s.w, fyne.KeyReturn)
	assert.Equal(t, 1, s.left, "Enter goes on with the form")
	assert.Equal(t, "00000012", s.id.Text())
	pressKeys(s.w, fyne.KeyEscape)
	s.w.Canvas().FocusPrevious()
	pressKeys(s.w, fyne.KeyReturn)
	assert.Equal(t, 2, s.left)
	assert.True(t, s.id.Blank())
	s.w.Canvas().Focus(s.on.FocusTarget())
	pressKeys(s.w, fyne.KeyF4, fyne.KeyEscape)
	assert.Equal(t, 2, s.left, "Escape closes what is open first")
}

func TestFormScrollsToTheFieldWithTheKeyboard(t *testing.T) {
	themed(t)
	s := newSession(t, nil)
	s.w.Resize(fyne.NewSize(640, 240))
	for _, f := range s.fields() {
		s.w.Canvas().Focus(f.FocusTarget())
		top := f.Position().Y - s.form.scroll.Offset.Y
		assert.GreaterOrEqual(t, top, float32(0), "%T", f)
		assert.LessOrEqual(t, top+min(f.Size().Height, s.form.scroll.Size().Height), s.form.scroll.Size().Height+0.5, "%T", f)
	}
	s.w.Canvas().Focus(s.id.FocusTarget())
	assert.Less(t, s.form.scroll.Offset.Y, s.id.Position().Y)
}

func TestAFormDoesNotMoveUnderAPressOfTheMouse(t *testing.T) {
	themed(t)
	s := newSession(t, nil)
	var later []func()
	s.form.afterPress = func(_ time.Duration, run func()) { later = append(later, run) }
	s.w.Resize(fyne.NewSize(640, 240))
	last := s.fields()[len(s.fields())-1]
	seen := last.Position().Y - s.form.scroll.Size().Height + last.Size().Height/2 // the upper half of the field
	s.form.scroll.ScrollToOffset(fyne.NewPos(0, seen))

	s.w.Canvas().Focus(last.FocusTarget())

	assert.InDelta(t, seen, s.form.scroll.Offset.Y, 0.5, "the button is still held")
	for _, run := range later {
		run()
	}
	assert.Greater(t, s.form.scroll.Offset.Y, seen, "and then the whole field is seen")
}

func TestAFormThatBecomesLowerKeepsItsFieldInSight(t *testing.T) {
	themed(t)
	s := newSession(t, nil)
	edited := 0
	s.form.OnEdited = func() { edited++ }
	s.w.Resize(fyne.NewSize(640, 900))
	s.w.Canvas().Focus(s.who.FocusTarget())
	require.Zero(t, s.form.scroll.Offset.Y)
	s.w.Resize(fyne.NewSize(640, 240))
	bottom := func() float32 { return s.who.Position().Y + s.who.Size().Height - s.form.scroll.Offset.Y }
	require.Greater(t, bottom(), s.form.scroll.Size().Height, "out of sight")
	s.form.KeepInSight()
	assert.LessOrEqual(t, bottom(), s.form.scroll.Size().Height+0.5)
	s.w.Canvas().Focused().TypedRune('田')
	assert.Equal(t, 1, edited)
}
