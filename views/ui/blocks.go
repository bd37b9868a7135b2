package ui

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// Paragraph is a text that breaks into lines at its width, by the rules of
// Japanese (禁則).
type Paragraph struct {
	Arranged
	text  string
	style Style

	lines   []string
	wrapped float32 // the width the lines were broken for
	sized   float32 // and the size of the text
}

// NewParagraph returns a paragraph in the style.
func NewParagraph(text string, style Style) *Paragraph {
	p := &Paragraph{text: text, style: style}
	p.Arrange(p, p.place)
	return p
}

// Text returns the whole text.
func (p *Paragraph) Text() string { return p.text }

// SetText replaces the text.
func (p *Paragraph) SetText(text string) {
	if p.text == text {
		return
	}
	p.text = text
	p.lines = nil
	p.Refresh()
}

func (p *Paragraph) place(in Room) fyne.Size {
	p.wrapTo(in.Width)
	height := p.style.lineHeight()
	if in.Placing() {
		p.objects = nil
		for i, line := range p.lines {
			text := NewText(line, p.style)
			in.Put(text, 0, float32(i)*height, in.Width, height)
			p.objects = append(p.objects, text)
		}
	}
	return fyne.NewSize(8, float32(len(p.lines))*height)
}

func (p *Paragraph) wrapTo(width float32) {
	if p.lines == nil || p.wrapped != width || p.sized != p.style.size() {
		p.wrapped, p.sized = width, p.style.size()
		p.lines = wrap(p.text, width, p.style)
	}
}

// MinSize asks for a little width and, once laid out, for the height of the
// text at the width it has.
func (p *Paragraph) MinSize() fyne.Size {
	if w := p.Size().Width; w > 0 {
		return fyne.NewSize(8, p.HeightFor(w))
	}
	return fyne.NewSize(8, p.style.lineHeight())
}

// AccessibilityLabel is the text.
func (p *Paragraph) AccessibilityLabel() string { return p.text }

// AccessibilityRole is text.
func (p *Paragraph) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// Flow stacks objects from the top with a gap between. Each is as high as it
// needs at the width.
type Flow struct {
	Arranged
	gap, margin float32
	limit       float32 // the most its objects are wide; 0 is no limit
}

// NewFlow returns a flow with the gap between its objects and the margin
// around them. Hidden ones take no room.
func NewFlow(gap, margin float32, objects ...fyne.CanvasObject) *Flow {
	f := &Flow{gap: gap, margin: margin}
	f.Arrange(f, f.place, objects...)
	return f
}

// Set replaces the objects.
func (f *Flow) Set(objects ...fyne.CanvasObject) {
	f.objects = objects
	f.Refresh()
}

func (f *Flow) place(in Room) fyne.Size {
	width, y, gap := in.Width-2*f.margin, f.margin, float32(0)
	if f.limit > 0 {
		width = min(width, Scaled(f.limit))
	}
	for _, o := range f.objects {
		if o.Visible() {
			y += gap
			y += in.Fit(o, f.margin, y, width)
			gap = f.gap
		}
	}
	return fyne.NewSize(leastWidth(f.objects...)+2*f.margin, y+f.margin)
}

// Panel is a block on a coloured ground. A coloured bar at its left edge is
// optional.
type Panel struct {
	Arranged
	content     Block
	ground, bar *canvas.Rectangle
}

// NewPanel returns the content on the ground; a nil bar colour draws none.
func NewPanel(content Block, ground, bar color.Color) *Panel {
	p := &Panel{content: content, ground: newGround(ground, nil, CornerRadius), bar: canvas.NewRectangle(bar)}
	p.bar.Hidden = bar == nil
	p.Arrange(p, p.place, p.ground, p.bar, content)
	return p
}

func (p *Panel) place(in Room) fyne.Size {
	const right = GapField + GapCell
	left := float32(BarWidth + GapField)
	if p.bar.Hidden {
		left = right
	}
	in.Fill(p.ground)
	in.Put(p.bar, 0, 0, BarWidth, in.Height)
	in.Put(p.content, left, GapField, in.Width-left-right, in.Height-2*GapField)
	return fyne.NewSize(left+p.content.MinSize().Width+right, p.content.HeightFor(in.Width-left-right)+2*GapField)
}

// newGround returns a ground with corners of a radius, and a thin border unless
// its colour is nil.
func newGround(fill, border color.Color, radius float32) *canvas.Rectangle {
	g := canvas.NewRectangle(fill)
	g.CornerRadius = radius
	if border != nil {
		g.StrokeColor, g.StrokeWidth = border, RuleThickness
	}
	return g
}

// NewRule returns a horizontal line.
func NewRule() fyne.CanvasObject {
	rule := canvas.NewRectangle(Line)
	rule.SetMinSize(fyne.NewSize(RuleThickness, RuleThickness))
	return rule
}
