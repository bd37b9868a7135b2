package ui

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
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
func NewBar(height float32, items ...Item) *Arranged {
	objects := make([]fyne.CanvasObject, len(items))
	for i, item := range items {
		objects[i] = item.Object
	}
	return Arrange(func(in Room) fyne.Size { return placeBar(in, height, items) }, objects...)
}

func placeBar(in Room, height float32, items []Item) fyne.Size {
	least, grow := float32(-GapField), float32(0)
	for i := range items {
		if items[i].Object.Visible() {
			least += items[i].width() + GapField
			grow += items[i].Grow
		}
	}
	rest, x := in.Width-least, float32(0)
	for i := range items {
		item := &items[i]
		if !in.Placing() || !item.Object.Visible() {
			continue
		}
		width := item.width()
		if item.Grow > 0 {
			width = max(0, width+rest*item.Grow/grow)
			if most := Scaled(item.Max); most > 0 {
				width = min(width, most)
			}
		}
		high := item.Object.MinSize().Height
		if _, badge := item.Object.(*Badge); !badge {
			high = max(high, Scaled(FieldHeight))
		}
		high = min(in.Height, high)
		in.Put(item.Object, x, (in.Height-high)/2, width, high)
		x += width + GapField
	}
	return fyne.NewSize(max(0, least), Scaled(height))
}

// width is the least width of the item.
func (i *Item) width() float32 {
	if i.Width > 0 {
		return Scaled(i.Width)
	}
	return i.Object.MinSize().Width
}

// Caption is one line of text that is shortened to the width it has.
type Caption struct {
	Arranged
	text  string
	style Style
	line  *canvas.Text
	align fyne.TextAlign
}

// NewCaption returns a line in the style.
func NewCaption(text string, style Style) *Caption {
	c := &Caption{text: oneLine(text), style: style, line: NewText(text, style)}
	c.Arrange(c, c.place, c.line)
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

func (c *Caption) place(in Room) fyne.Size {
	height := c.style.lineHeight()
	if in.Placing() {
		c.style.apply(c.line)
		c.line.Alignment = c.align
		c.line.Text = fit(c.text, in.Width+0.5, c.style)
		in.Put(c.line, 0, (in.Height-height)/2, in.Width, height)
	}
	return fyne.NewSize(c.style.width(c.text), height)
}
