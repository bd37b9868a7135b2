package ui

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// Item is an object in a Bar.
type Item struct {
	Object fyne.CanvasObject
	// Width in pixels at the standard text size; 0 is the least the object needs.
	Width float32
	// Grow is the share of the width left over.
	Grow float32
	// Max is the most it grows to; 0 is no limit.
	Max float32
}

// Fixed returns an item of a width; 0 is the least the object needs.
func Fixed(o fyne.CanvasObject, width float32) Item { return Item{Object: o, Width: width} }

// Growing returns an item of at least the width that takes what is left over.
func Growing(o fyne.CanvasObject, width float32) Item { return Item{Object: o, Width: width, Grow: 1} }

// Spring returns an empty item that takes what is left over.
func Spring() Item {
	return Item{Object: canvas.NewRectangle(color.Transparent), Width: 1, Grow: 1}
}

// NewBar returns the items side by side, centred in the height, a field's gap
// between them. Hidden ones take no room.
func NewBar(height float32, items ...Item) *fyne.Container {
	objects := make([]fyne.CanvasObject, len(items))
	for i, item := range items {
		objects[i] = item.Object
	}
	return container.New(&barLayout{items, height}, objects...)
}

type barLayout struct {
	items  []Item
	height float32
}

func (l *barLayout) width(i int) float32 {
	if l.items[i].Width > 0 {
		return Scaled(l.items[i].Width)
	}
	return l.items[i].Object.MinSize().Width
}

func (l *barLayout) measure() (width, grow float32) {
	n := 0
	for i := range l.items {
		if l.items[i].Object.Visible() {
			width += l.width(i)
			grow += l.items[i].Grow
			n++
		}
	}
	return width + GapField*float32(max(0, n-1)), grow
}

// MinSize is called by the toolkit.
func (l *barLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	width, _ := l.measure()
	return fyne.NewSize(width, Scaled(l.height))
}

// Layout is called by the toolkit.
func (l *barLayout) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	used, grow := l.measure()
	rest := size.Width - used
	x := float32(0)
	for i := range l.items {
		o := l.items[i].Object
		if !o.Visible() {
			continue
		}
		width := l.width(i)
		if l.items[i].Grow > 0 && grow > 0 {
			width = max(0, width+rest*l.items[i].Grow/grow)
			if most := Scaled(l.items[i].Max); most > 0 {
				width = min(width, most)
			}
		}
		height := min(size.Height, max(o.MinSize().Height, Scaled(FieldHeight)))
		if c, ok := o.(interface{ natural() bool }); ok && c.natural() {
			height = min(size.Height, o.MinSize().Height)
		}
		o.Move(fyne.NewPos(x, (size.Height-height)/2))
		o.Resize(fyne.NewSize(width, height))
		x += width + GapField
	}
}

// natural keeps a badge in a bar at its own height.
func (b *Badge) natural() bool { return true }

// Caption is one line of text that is shortened to the width it has.
type Caption struct {
	widget.BaseWidget
	text  string
	style Style
	line  *canvas.Text
	align fyne.TextAlign
}

var _ fyne.Widget = (*Caption)(nil)

// NewCaption returns a line in the style.
func NewCaption(text string, style Style) *Caption {
	c := &Caption{text: oneLine(text), style: style, line: NewText(text, style)}
	c.ExtendBaseWidget(c)
	return c
}

// NewRightCaption returns a line that ends at the right edge.
func NewRightCaption(text string, style Style) *Caption {
	c := NewCaption(text, style)
	c.align = fyne.TextAlignTrailing
	return c
}

// Text returns the whole text.
func (c *Caption) Text() string { return c.text }

// SetText replaces the text.
func (c *Caption) SetText(text string) {
	c.text = oneLine(text)
	c.Refresh()
}

// AccessibilityLabel is the text.
func (c *Caption) AccessibilityLabel() string { return c.text }

// AccessibilityRole is text.
func (c *Caption) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// CreateRenderer is called by the toolkit.
func (c *Caption) CreateRenderer() fyne.WidgetRenderer { return &captionRenderer{c} }

type captionRenderer struct{ c *Caption }

func (r *captionRenderer) Destroy()                     {}
func (r *captionRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.c.line} }

func (r *captionRenderer) MinSize() fyne.Size {
	return fyne.NewSize(r.c.style.width(r.c.text), r.c.style.lineHeight())
}

func (r *captionRenderer) Layout(size fyne.Size) {
	c := r.c
	c.style.apply(c.line)
	c.line.Alignment = c.align
	c.line.Text = fit(c.text, size.Width+0.5, c.style)
	line := c.style.lineHeight()
	c.line.Move(fyne.NewPos(0, (size.Height-line)/2))
	c.line.Resize(fyne.NewSize(size.Width, line))
}

func (r *captionRenderer) Refresh() {
	r.Layout(r.c.Size())
	canvas.Refresh(r.c)
}
