package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
)

// SideText is one of two values beside each other: whose it is, and the value.
type SideText struct{ Head, Text string }

// Sides are two values, or three, of which one is to be chosen. None is chosen at
// first. The arrows, 1, 2 and 3 choose, Space the next one, and a tap; Enter goes on.
type Sides struct {
	Arranged
	// OnChosen is called after a side is chosen, OnEnter and OnEscape on those keys.
	OnChosen, OnEnter, OnEscape func()
	// OnShortcut gets the shortcuts.
	OnShortcut func(fyne.Shortcut)
	// OnFocused is called when the keyboard comes here.
	OnFocused func()

	name    string
	texts   []SideText
	chosen  int // 0 for none, else the number of a side
	focused bool
	cards   []*sideCard
}

var (
	_ fyne.Focusable     = (*Sides)(nil)
	_ fyne.Tappable      = (*Sides)(nil)
	_ fyne.Shortcutable  = (*Sides)(nil)
	_ desktop.Cursorable = (*Sides)(nil)
)

// sideCard is one of them.
type sideCard struct {
	ground *canvas.Rectangle
	head   *Paragraph
	flow   *Flow
}

// NewSides returns values to choose from, from left to right; name says of what they
// are.
func NewSides(name string, sides ...SideText) *Sides {
	s := &Sides{name: name, texts: sides}
	var objects []fyne.CanvasObject
	for _, text := range s.texts {
		card := &sideCard{ground: newGround(Paper, Line, CornerRadius), head: NewParagraph(text.Head, Quiet)}
		value := NewParagraph(text.Text, Plain)
		if text.Text == "" {
			value = NewParagraph("（空欄）", Quiet)
		}
		card.flow = NewFlow(2, GapField, card.head, value)
		s.cards = append(s.cards, card)
		objects = append(objects, card.ground, card.flow)
	}
	s.Arrange(s, s.place, objects...)
	s.paint()
	return s
}

// Chosen returns the number of a side from the left, 0 for none.
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
	n := float32(len(s.cards))
	width, height := (in.Width-(n-1)*GapField)/n, float32(0)
	for _, card := range s.cards {
		height = max(height, HeightFor(card.flow, width))
	}
	for i, card := range s.cards {
		x := float32(i) * (width + GapField)
		in.Put(card.ground, x, 0, width, height)
		in.Put(card.flow, x, 0, width, height)
	}
	return fyne.NewSize(120*n, height)
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

// TypedRune chooses by number and Space, as wide as they come.
func (s *Sides) TypedRune(r rune) {
	n := len(s.cards)
	switch {
	case r >= '1' && r < '1'+rune(n):
		s.Choose(int(r - '0'))
	case r >= '１' && r < '１'+rune(n):
		s.Choose(int(r - '０'))
	case r == ' ' || r == '　':
		s.Choose(1 + s.chosen%n)
	}
}

// TypedKey chooses by the arrows and hands Enter and Escape on.
func (s *Sides) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyLeft:
		s.Choose(max(1, s.chosen-1))
	case fyne.KeyRight:
		s.Choose(s.right())
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

// right is the side right of the one chosen; the first time it is the second.
func (s *Sides) right() int {
	if s.chosen == 0 {
		return 2
	}
	return min(len(s.cards), s.chosen+1)
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
	n := len(s.cards)
	s.Choose(min(n, 1+int(e.Position.X/s.Size().Width*float32(n))))
}

// Cursor is the pointer over the values.
func (s *Sides) Cursor() desktop.Cursor { return desktop.PointerCursor }

// AccessibilityLabel names the field, the values and the one chosen.
func (s *Sides) AccessibilityLabel() string {
	chosen := "未選択"
	if s.chosen > 0 {
		chosen = s.texts[s.chosen-1].Head
	}
	said := []string{s.name}
	for _, text := range s.texts {
		said = append(said, text.Head, text.Text)
	}
	return joined(append(said, "選択", chosen)...)
}

// AccessibilityRole is a group of choices.
func (s *Sides) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleContainer }
