package ui

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// Tint is a white word on a coloured ground. The word carries the meaning; the
// colour only supports it.
type Tint struct {
	Word  string
	Color color.Color
}

// Badge shows a Tint.
type Badge struct {
	Arranged
	ground *canvas.Rectangle
	word   *canvas.Text
	tint   Tint
	size   float32
}

// NewBadge returns a badge of the theme's text size.
func NewBadge(t Tint) *Badge { return newBadge(t, 0) }

// NewLargeBadge returns a badge for the head of a panel.
func NewLargeBadge(t Tint) *Badge { return newBadge(t, SubHeadingSize) }

func newBadge(t Tint, size float32) *Badge {
	b := &Badge{ground: newGround(color.Transparent, nil, CornerRadius), word: NewText("", Plain), size: size}
	b.word.Alignment = fyne.TextAlignCenter
	b.Arrange(b, b.place, b.ground, b.word)
	b.Set(t)
	return b
}

// Set changes the word and colour; an empty word hides the badge.
func (b *Badge) Set(t Tint) {
	if b.tint == t {
		return
	}
	b.tint = t
	Style{Size: b.size, Bold: true, Color: White}.apply(b.word)
	b.word.Text = t.Word
	b.ground.FillColor = t.Color
	b.ground.Hidden, b.word.Hidden = t.Word == "", t.Word == ""
	b.Refresh()
}

// Word returns the word shown.
func (b *Badge) Word() string { return b.tint.Word }

// AccessibilityLabel is the word.
func (b *Badge) AccessibilityLabel() string { return b.tint.Word }

// AccessibilityRole is text.
func (b *Badge) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

func (b *Badge) place(in Room) fyne.Size {
	if b.tint.Word == "" {
		return fyne.Size{}
	}
	word := b.word.MinSize()
	in.Fill(b.ground)
	in.Put(b.word, 0, (in.Height-word.Height)/2, in.Width, word.Height)
	return fyne.NewSize(word.Width+2*GapField, word.Height+2)
}
