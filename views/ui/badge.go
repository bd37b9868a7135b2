package ui

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// Tint is a word on a filled ground: white on the colour, so that the meaning
// never rests on the colour alone.
type Tint struct {
	Word  string
	Color color.Color
}

// Badge shows a Tint.
type Badge struct {
	widget.BaseWidget
	ground *canvas.Rectangle
	word   *canvas.Text
	tint   Tint
	size   float32
}

var _ fyne.Widget = (*Badge)(nil)

// NewBadge returns a badge of the theme's text size.
func NewBadge(t Tint) *Badge { return newBadge(t, 0) }

// NewLargeBadge returns a badge for the head of a panel.
func NewLargeBadge(t Tint) *Badge { return newBadge(t, SubHeadingSize) }

func newBadge(t Tint, size float32) *Badge {
	b := &Badge{ground: canvas.NewRectangle(color.Transparent), word: NewText("", Plain), size: size}
	b.ground.CornerRadius = CornerRadius
	b.word.Alignment = fyne.TextAlignCenter
	b.ExtendBaseWidget(b)
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
	b.Refresh()
}

// Word returns the word shown.
func (b *Badge) Word() string { return b.tint.Word }

// AccessibilityLabel is the word.
func (b *Badge) AccessibilityLabel() string { return b.tint.Word }

// AccessibilityRole is text.
func (b *Badge) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// CreateRenderer is called by the toolkit.
func (b *Badge) CreateRenderer() fyne.WidgetRenderer { return &badgeRenderer{b} }

type badgeRenderer struct{ b *Badge }

func (r *badgeRenderer) Destroy() {}

func (r *badgeRenderer) MinSize() fyne.Size {
	if r.b.tint.Word == "" {
		return fyne.Size{}
	}
	m := r.b.word.MinSize()
	return fyne.NewSize(m.Width+2*GapField, m.Height+2)
}

func (r *badgeRenderer) Layout(size fyne.Size) {
	r.b.ground.Resize(size)
	m := r.b.word.MinSize()
	r.b.word.Move(fyne.NewPos(0, (size.Height-m.Height)/2))
	r.b.word.Resize(fyne.NewSize(size.Width, m.Height))
}

func (r *badgeRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.b.ground, r.b.word}
}

func (r *badgeRenderer) Refresh() {
	visible := r.b.tint.Word != ""
	r.b.ground.Hidden, r.b.word.Hidden = !visible, !visible
	r.Layout(r.b.Size())
	canvas.Refresh(r.b)
}
