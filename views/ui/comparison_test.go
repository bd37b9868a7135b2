package ui

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestSidesAreChosenByKeysAndTaps(t *testing.T) {
	themed(t)
	for _, c := range []struct {
		name string
		do   func(*Sides)
		want int
	}{
		{"nothing is chosen at first", func(*Sides) {}, 0},
		{"Left", func(s *Sides) { s.TypedKey(&fyne.KeyEvent{Name: fyne.KeyLeft}) }, 1},
		{"Right", func(s *Sides) { s.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight}) }, 2},
		{"１", func(s *Sides) { s.TypedRune('１') }, 1},
		{"2", func(s *Sides) { s.TypedRune('2') }, 2},
		{"Space", func(s *Sides) { s.TypedRune(' ') }, 1},
		{"Space twice", func(s *Sides) { s.TypedRune(' '); s.TypedRune(' ') }, 2},
		{"Space three times", func(s *Sides) { s.TypedRune(' '); s.TypedRune(' '); s.TypedRune('　') }, 1},
		{"a tap at the left", func(s *Sides) { s.Tapped(&fyne.PointEvent{Position: fyne.NewPos(10, 10)}) }, 1},
		{"a tap at the right", func(s *Sides) { s.Tapped(&fyne.PointEvent{Position: fyne.NewPos(390, 10)}) }, 2},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := NewSides("電話", SideText{"自分", "1"}, SideText{"佐藤さん", "2"})
			w := test.NewTempWindow(t, s)
			w.Resize(fyne.NewSize(400, 100))
			told := 0
			s.OnChosen = func() { told++ }
			c.do(s)
			assert.Equal(t, c.want, s.Chosen())
			assert.Equal(t, c.want > 0, told > 0)
		})
	}
}

func TestOneOfThreeSidesIsChosen(t *testing.T) {
	themed(t)
	for _, c := range []struct {
		name string
		do   func(*Sides)
		want int
	}{
		{"3", func(s *Sides) { s.TypedRune('3') }, 3},
		{"4 is none", func(s *Sides) { s.TypedRune('4') }, 0},
		{"Right twice, and once more", func(s *Sides) {
			for range 3 {
				s.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
			}
		}, 3},
		{"back by Left", func(s *Sides) { s.Choose(3); s.TypedKey(&fyne.KeyEvent{Name: fyne.KeyLeft}) }, 2},
		{"Space goes round", func(s *Sides) { s.Choose(3); s.TypedRune(' ') }, 1},
		{"a tap in the middle", func(s *Sides) { s.Tapped(&fyne.PointEvent{Position: fyne.NewPos(200, 10)}) }, 2},
		{"a tap at the right", func(s *Sides) { s.Tapped(&fyne.PointEvent{Position: fyne.NewPos(390, 10)}) }, 3},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := NewSides("内容", SideText{"自分", "甲"}, SideText{"佐藤さん", "乙"}, SideText{"両方をつなげる", "乙甲"})
			test.NewTempWindow(t, s).Resize(fyne.NewSize(400, 100))
			c.do(s)
			assert.Equal(t, c.want, s.Chosen())
		})
	}
}

func TestComparison(t *testing.T) {
	themed(t)
	w := test.NewTempWindow(t, canvas.NewRectangle(Paper))
	w.Resize(fyne.NewSize(1000, 600))
	var chosen []int
	refused := 0
	compare := func() {
		Compare(w.Canvas(), Comparison{Title: "どちらを残しますか", Save: "保存", Missing: "まだ選んでいません", Every: [2]string{"すべて自分", "すべて相手"},
			Groups: []ComparedGroup{{"連携先 P001", []Compared{
				{"電話", []SideText{{"自分", "1"}, {"佐藤さん", "2"}}}, {"FAX", []SideText{{"自分", ""}, {"佐藤さん", "4"}}}}}},
			Chosen: func(sides []int) { chosen = sides }, Refused: func() { refused++ }})
	}
	press := func(keys ...fyne.KeyName) {
		for _, k := range keys {
			w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: k})
		}
	}

	compare()
	press(fyne.KeyReturn, fyne.KeyReturn, fyne.KeyReturn)
	assert.Nil(t, chosen, "nothing is saved before it is chosen")
	first, ok := w.Canvas().Focused().(*Sides)
	require.True(t, ok, "the keyboard goes to the field without a choice")
	assert.Equal(t, "電話 自分 1 佐藤さん 2 選択 未選択", first.AccessibilityLabel())
	press(fyne.KeyLeft, fyne.KeyReturn, fyne.KeyRight, fyne.KeyReturn, fyne.KeyReturn)
	assert.Equal(t, []int{1, 2}, chosen)
	assert.Nil(t, w.Canvas().Overlays().Top())
	assert.Zero(t, refused)

	compare()
	press(fyne.KeyRight, fyne.KeyEscape)
	assert.Equal(t, 1, refused, "Escape goes back")
	assert.Nil(t, w.Canvas().Overlays().Top())

	compare()
	w.Canvas().FocusNext()
	w.Canvas().FocusNext()
	press(fyne.KeyReturn) // すべて自分
	w.Canvas().FocusNext()
	w.Canvas().FocusNext()
	press(fyne.KeyReturn)
	assert.Equal(t, []int{1, 1}, chosen)

	compare()
	press(fyne.KeyRight, fyne.KeyReturn, fyne.KeyRight)
	w.Canvas().Focused().(fyne.Shortcutable).TypedShortcut(SaveShortcut)
	assert.Equal(t, []int{2, 2}, chosen, "Ctrl+S saves")
}
