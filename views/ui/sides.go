package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
)

// SideText is one of two values beside each other: whose it is, and the value.
type SideText struct{ Head, Text string }

// Sides are two values of which one is to be chosen. None is chosen at first. The
// arrows and 1 and 2 choose, Space the other one, and a tap; Enter goes on.
type Sides struct {
	Arranged
	// OnChosen is called after a side is chosen, OnEnter and OnEscape on those keys.
	OnChosen, OnEnter, OnEscape func()
	// OnShortcut gets the shortcuts.
	OnShortcut func(fyne.Shortcut)
	// OnFocused is called when the keyboard comes here.
	OnFocused func()

	name    string
	texts   [2]SideText
	chosen  int // 0 for none, else 1 or 2
	focused bool
	cards   [2]*sideCard
}

var (
	_ fyne.Focusable     = (*Sides)(nil)
	_ fyne.Tappable      = (*Sides)(nil)
	_ fyne.Shortcutable  = (*Sides)(nil)
	_ desktop.Cursorable = (*Sides)(nil)
)

// sideCard is one of the two.
type sideCard struct {
	ground *canvas.Rectangle
	head   *Paragraph
	flow   *Flow
}

// NewSides returns two values to choose from; name says of what they are.
func NewSides(name string, left, right SideText) *Sides {
	s := &Sides{name: name, texts: [2]SideText{left, right}}
	var objects []fyne.CanvasObject
	for i, text := range s.texts {
		card := &sideCard{ground: newGround(Paper, Line, CornerRadius), head: NewParagraph(text.Head, Quiet)}
		value := NewParagraph(text.Text, Plain)
		if text.Text == "" {
			value = NewParagraph("（空欄）", Quiet)
		}
		card.flow = NewFlow(2, GapField, card.head, value)
		s.cards[i] = card
		objects = append(objects, card.ground, card.flow)
	}
	s.Arrange(s, s.place, objects...)
	s.paint()
	return s
}

// Chosen returns 1 for the left one, 2 for the right one, 0 for none.
func (s *Sides) Chosen() int { return s.chosen }

// Choose chooses a side as the user does.
func (s *Sides) Choose(side int) {
	if s.chosen == side {
		return
	}
	s.chosen = side
	s.paint()
	call(s.OnChosen)
}

// paint shows which is chosen and whether the keyboard is here.
func (s *Sides) paint() {
	for i, card := range s.cards {
		fill, line, width, head := Paper, Line, float32(RuleThickness), s.texts[i].Head
		if s.focused {
			line = Accent
		}
		if s.chosen == i+1 {
			fill, line, width, head = AccentSoft, Accent, 2*RuleThickness, "✓ "+head
		}
		card.ground.FillColor, card.ground.StrokeColor, card.ground.StrokeWidth = fill, line, width
		card.head.SetText(head)
	}
	s.Refresh()
}

func (s *Sides) place(in Room) fyne.Size {
	width := (in.Width - GapField) / 2
	height := max(HeightFor(s.cards[0].flow, width), HeightFor(s.cards[1].flow, width))
	for i, card := range s.cards {
		x := float32(i) * (width + GapField)
		in.Put(card.ground, x, 0, width, height)
		in.Put(card.flow, x, 0, width, height)
	}
	return fyne.NewSize(240, height)
}

// FocusGained is called by the toolkit.
func (s *Sides) FocusGained() {
	s.focused = true
	s.paint()
	call(s.OnFocused)
}

// FocusLost is called by the toolkit.
func (s *Sides) FocusLost() {
	s.focused = false
	s.paint()
}

// TypedRune chooses by 1, 2 and Space, as wide as they come.
func (s *Sides) TypedRune(r rune) {
	switch r {
	case '1', '１':
		s.Choose(1)
	case '2', '２':
		s.Choose(2)
	case ' ', '　':
		s.Choose(1 + s.chosen%2)
	}
}

// TypedKey chooses by the arrows and hands Enter and Escape on.
func (s *Sides) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyLeft:
		s.Choose(1)
	case fyne.KeyRight:
		s.Choose(2)
	case fyne.KeyDown:
		focusNext(s)
	case fyne.KeyUp:
		if c := canvasOf(s); c != nil {
			c.FocusPrevious()
		}
	case fyne.KeyReturn, fyne.KeyEnter:
		call(s.OnEnter)
	case fyne.KeyEscape:
		call(s.OnEscape)
	}
}

// TypedShortcut hands the shortcuts on.
func (s *Sides) TypedShortcut(shortcut fyne.Shortcut) {
	if s.OnShortcut != nil {
		s.OnShortcut(shortcut)
	}
}

// Tapped chooses the side under the pointer.
func (s *Sides) Tapped(e *fyne.PointEvent) {
	giveFocus(s)
	if e.Position.X < s.Size().Width/2 {
		s.Choose(1)
	} else {
		s.Choose(2)
	}
}

// Cursor is the pointer over the values.
func (s *Sides) Cursor() desktop.Cursor { return desktop.PointerCursor }

// AccessibilityLabel names the field, both values and the one chosen.
func (s *Sides) AccessibilityLabel() string {
	chosen := "未選択"
	if s.chosen > 0 {
		chosen = s.texts[s.chosen-1].Head
	}
	return joined(s.name, s.texts[0].Head, s.texts[0].Text, s.texts[1].Head, s.texts[1].Text, "選択", chosen)
}

// AccessibilityRole is a group of choices.
func (s *Sides) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleContainer }
