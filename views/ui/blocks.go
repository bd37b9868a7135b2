package ui

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// Block is an object whose height depends on the width it is given. The
// toolkit's own layouts cannot ask that question; Flow can.
type Block interface {
	fyne.CanvasObject
	// HeightFor returns the height the block needs at a width.
	HeightFor(width float32) float32
}

func heightFor(o fyne.CanvasObject, width float32) float32 {
	if b, ok := o.(Block); ok {
		return b.HeightFor(width)
	}
	return o.MinSize().Height
}

// Paragraph is a text of as many lines as its width asks for, broken as
// Japanese is (禁則).
type Paragraph struct {
	widget.BaseWidget
	text  string
	style Style

	lines   []*canvas.Text
	wrapped float32 // the width the lines were made for
	sized   float32 // and the size of the text
}

var (
	_ fyne.Widget = (*Paragraph)(nil)
	_ Block       = (*Paragraph)(nil)
)

// NewParagraph returns a paragraph in the style.
func NewParagraph(text string, style Style) *Paragraph {
	p := &Paragraph{text: text, style: style}
	p.ExtendBaseWidget(p)
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
	p.lines, p.wrapped = nil, 0
	p.Refresh()
}

// HeightFor returns the height of the text at a width.
func (p *Paragraph) HeightFor(width float32) float32 {
	p.wrapTo(width)
	return float32(len(p.lines)) * p.style.lineHeight()
}

func (p *Paragraph) wrapTo(width float32) {
	if p.lines != nil && p.wrapped == width && p.sized == p.style.size() {
		return
	}
	p.wrapped, p.sized = width, p.style.size()
	p.lines = p.lines[:0]
	for _, line := range wrap(p.text, width, p.style) {
		p.lines = append(p.lines, NewText(line, p.style))
	}
}

// MinSize asks for a little width and, once laid out, for the height of the
// text at the width it has.
func (p *Paragraph) MinSize() fyne.Size {
	p.ExtendBaseWidget(p)
	if w := p.Size().Width; w > 0 {
		return fyne.NewSize(8, p.HeightFor(w))
	}
	return fyne.NewSize(8, p.style.lineHeight())
}

// AccessibilityLabel is the text.
func (p *Paragraph) AccessibilityLabel() string { return p.text }

// AccessibilityRole is text.
func (p *Paragraph) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// CreateRenderer is called by the toolkit.
func (p *Paragraph) CreateRenderer() fyne.WidgetRenderer { return &paragraphRenderer{p} }

type paragraphRenderer struct{ p *Paragraph }

func (r *paragraphRenderer) Destroy()           {}
func (r *paragraphRenderer) MinSize() fyne.Size { return r.p.MinSize() }

func (r *paragraphRenderer) Layout(size fyne.Size) {
	r.p.wrapTo(size.Width)
	height := r.p.style.lineHeight()
	for i, line := range r.p.lines {
		line.Move(fyne.NewPos(0, float32(i)*height))
		line.Resize(fyne.NewSize(size.Width, height))
	}
}

func (r *paragraphRenderer) Objects() []fyne.CanvasObject {
	objects := make([]fyne.CanvasObject, len(r.p.lines))
	for i, line := range r.p.lines {
		objects[i] = line
	}
	return objects
}

func (r *paragraphRenderer) Refresh() {
	r.Layout(r.p.Size())
	canvas.Refresh(r.p)
}

// Flow stacks objects from the top, each as high as its width asks, with a
// gap between.
type Flow struct {
	widget.BaseWidget
	gap, margin float32
	limit       float32 // the most its objects are wide; 0 is no limit
	objects     []fyne.CanvasObject
}

var (
	_ fyne.Widget = (*Flow)(nil)
	_ Block       = (*Flow)(nil)
)

// NewFlow returns a flow with the gap between its objects and the margin
// around them.
func NewFlow(gap, margin float32, objects ...fyne.CanvasObject) *Flow {
	c := &Flow{gap: gap, margin: margin, objects: objects}
	c.ExtendBaseWidget(c)
	return c
}

// Set replaces the objects.
func (c *Flow) Set(objects ...fyne.CanvasObject) {
	c.objects = objects
	c.Refresh()
}

// inner is the width of the objects in a flow of a width.
func (c *Flow) inner(width float32) float32 {
	width -= 2 * c.margin
	if c.limit > 0 {
		width = min(width, Scaled(c.limit))
	}
	return width
}

// HeightFor returns the height of all objects at a width.
func (c *Flow) HeightFor(width float32) float32 {
	height, n := 2*c.margin, 0
	inner := c.inner(width)
	for _, o := range c.objects {
		if !o.Visible() {
			continue
		}
		height += heightFor(o, inner)
		n++
	}
	return height + c.gap*float32(max(0, n-1))
}

// CreateRenderer is called by the toolkit.
func (c *Flow) CreateRenderer() fyne.WidgetRenderer { return &flowRenderer{c} }

type flowRenderer struct{ c *Flow }

func (r *flowRenderer) Destroy()                     {}
func (r *flowRenderer) Objects() []fyne.CanvasObject { return r.c.objects }

func (r *flowRenderer) MinSize() fyne.Size {
	width := float32(0)
	for _, o := range r.c.objects {
		if o.Visible() {
			width = max(width, o.MinSize().Width)
		}
	}
	width += 2 * r.c.margin
	return fyne.NewSize(width, r.c.HeightFor(max(width, r.c.Size().Width)))
}

func (r *flowRenderer) Layout(size fyne.Size) {
	width, y := r.c.inner(size.Width), r.c.margin
	for _, o := range r.c.objects {
		if !o.Visible() {
			continue
		}
		height := heightFor(o, width)
		o.Move(fyne.NewPos(r.c.margin, y))
		o.Resize(fyne.NewSize(width, height))
		y += height + r.c.gap
	}
}

func (r *flowRenderer) Refresh() {
	r.Layout(r.c.Size())
	canvas.Refresh(r.c)
}

// Panel is a block on a coloured ground with an optional bar of the colour of
// what it says at its left edge.
type Panel struct {
	widget.BaseWidget
	content Block
	ground  *canvas.Rectangle
	bar     *canvas.Rectangle
}

var (
	_ fyne.Widget = (*Panel)(nil)
	_ Block       = (*Panel)(nil)
)

// NewPanel returns the content on the ground; a nil bar colour draws none.
func NewPanel(content Block, ground, bar color.Color) *Panel {
	p := &Panel{content: content, ground: canvas.NewRectangle(ground)}
	p.ground.CornerRadius = CornerRadius
	if bar != nil {
		p.bar = canvas.NewRectangle(bar)
	}
	p.ExtendBaseWidget(p)
	return p
}

// HeightFor returns the height of the content with its surround at a width.
func (p *Panel) HeightFor(width float32) float32 {
	return p.content.HeightFor(width-p.inset()-GapField-GapCell) + 2*GapField
}

func (p *Panel) inset() float32 {
	if p.bar == nil {
		return GapField + GapCell
	}
	return BarWidth + GapField
}

// CreateRenderer is called by the toolkit.
func (p *Panel) CreateRenderer() fyne.WidgetRenderer { return &panelRenderer{p} }

type panelRenderer struct{ p *Panel }

func (r *panelRenderer) Destroy() {}
func (r *panelRenderer) Refresh() { r.Layout(r.p.Size()); canvas.Refresh(r.p) }

func (r *panelRenderer) MinSize() fyne.Size {
	width := r.p.content.MinSize().Width + r.p.inset() + GapField + GapCell
	return fyne.NewSize(width, r.p.HeightFor(max(width, r.p.Size().Width)))
}

func (r *panelRenderer) Layout(size fyne.Size) {
	r.p.ground.Resize(size)
	if r.p.bar != nil {
		r.p.bar.Resize(fyne.NewSize(BarWidth, size.Height))
	}
	r.p.content.Move(fyne.NewPos(r.p.inset(), GapField))
	r.p.content.Resize(fyne.NewSize(size.Width-r.p.inset()-GapField-GapCell, size.Height-2*GapField))
}

func (r *panelRenderer) Objects() []fyne.CanvasObject {
	if r.p.bar == nil {
		return []fyne.CanvasObject{r.p.ground, r.p.content}
	}
	return []fyne.CanvasObject{r.p.ground, r.p.bar, r.p.content}
}

// NewRule returns a horizontal line.
func NewRule() fyne.CanvasObject {
	rule := canvas.NewRectangle(Line)
	rule.SetMinSize(fyne.NewSize(RuleThickness, RuleThickness))
	return rule
}
