package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// Block is an object whose height depends on its width. The toolkit's layouts
// cannot ask for that height; an Arranged can.
type Block interface {
	fyne.CanvasObject
	// HeightFor returns the height the block needs at a width.
	HeightFor(width float32) float32
}

// HeightFor returns the height an object needs at a width.
func HeightFor(o fyne.CanvasObject, width float32) float32 {
	if b, ok := o.(Block); ok {
		return b.HeightFor(width)
	}
	return o.MinSize().Height
}

// Place puts the objects of an Arranged into a room. It returns their least
// width, and their height at the width of the room. It is also called only to
// measure; the room then has no height.
type Place func(in Room) fyne.Size

// Room is the width and the height there is for the objects of an Arranged.
type Room struct {
	Width, Height float32
	placing       bool
}

// Placing reports whether the objects are placed, not only measured.
func (r Room) Placing() bool { return r.placing }

// Put gives an object its place.
func (r Room) Put(o fyne.CanvasObject, x, y, width, height float32) {
	if r.placing {
		o.Move(fyne.NewPos(x, y))
		o.Resize(fyne.NewSize(width, height))
	}
}

// Fit gives an object its place at the height it needs at the width, and
// returns that height.
func (r Room) Fit(o fyne.CanvasObject, x, y, width float32) float32 {
	height := HeightFor(o, width)
	r.Put(o, x, y, width, height)
	return height
}

// Fill gives an object the whole room.
func (r Room) Fill(o fyne.CanvasObject) { r.Put(o, 0, 0, r.Width, r.Height) }

// Arranged is a widget of other objects. Its Place says where they stand and
// what room they need. Widgets with behaviour of their own embed it and call
// Arrange in place of ExtendBaseWidget.
type Arranged struct {
	widget.BaseWidget
	self    fyne.Widget
	place   Place
	objects []fyne.CanvasObject
}

var _ Block = (*Arranged)(nil)

// Arrange returns the objects, from the lowest to the one on top, as place puts
// them.
func Arrange(place Place, objects ...fyne.CanvasObject) *Arranged {
	a := &Arranged{}
	a.Arrange(a, place, objects...)
	return a
}

// Arrange makes self, which embeds the Arranged, a widget of the objects.
func (a *Arranged) Arrange(self fyne.Widget, place Place, objects ...fyne.CanvasObject) {
	a.self, a.place, a.objects = self, place, objects
	a.ExtendBaseWidget(self)
}

// HeightFor returns the height the objects need at a width.
func (a *Arranged) HeightFor(width float32) float32 { return a.place(Room{Width: width}).Height }

// CreateRenderer is called by the toolkit.
func (a *Arranged) CreateRenderer() fyne.WidgetRenderer { return &arrangedRenderer{a} }

// newRenderer returns the renderer of a widget that cannot embed an Arranged
// because it embeds another widget.
func newRenderer(self fyne.Widget, place Place, objects ...fyne.CanvasObject) fyne.WidgetRenderer {
	return &arrangedRenderer{&Arranged{self: self, place: place, objects: objects}}
}

type arrangedRenderer struct{ a *Arranged }

func (r *arrangedRenderer) Destroy()                     {}
func (r *arrangedRenderer) Objects() []fyne.CanvasObject { return r.a.objects }

func (r *arrangedRenderer) Layout(size fyne.Size) {
	r.a.place(Room{size.Width, size.Height, true})
}

// Refresh lays out again. An Arranged that no widget embeds refreshes its
// objects too, as a container does.
func (r *arrangedRenderer) Refresh() {
	r.Layout(r.a.self.Size())
	if r.a.self == fyne.Widget(r.a) {
		for _, o := range r.a.objects {
			o.Refresh()
		}
	}
	canvas.Refresh(r.a.self)
}

// MinSize returns the least width, and the height at the present width. Before
// there is a width it takes the least one.
func (r *arrangedRenderer) MinSize() fyne.Size {
	width := r.a.self.Size().Width
	need := r.a.place(Room{Width: width})
	if need.Width > width {
		need.Height = r.a.HeightFor(need.Width)
	}
	return need
}

// leastWidth is the width of the widest of those that are visible.
func leastWidth(objects ...fyne.CanvasObject) float32 {
	width := float32(0)
	for _, o := range objects {
		if o.Visible() {
			width = max(width, o.MinSize().Width)
		}
	}
	return width
}

// NewBetween returns an object between a head and a foot, which are as high as
// their text. Call Refresh on it after either text changed.
func NewBetween(head Block, middle fyne.CanvasObject, foot Block) *Arranged {
	return Arrange(func(in Room) fyne.Size {
		above := in.Fit(head, 0, 0, in.Width)
		below := foot.HeightFor(in.Width)
		in.Put(middle, 0, above+GapField, in.Width, in.Height-above-below-2*GapField)
		in.Put(foot, 0, in.Height-below, in.Width, below)
		return fyne.NewSize(480, 240)
	}, head, middle, foot)
}

// NewAbove returns a block with the height it needs above an object that takes
// the rest, a field's gap between them. Call Refresh on it after the block's
// text changed.
func NewAbove(top Block, rest fyne.CanvasObject) *Arranged {
	return Arrange(func(in Room) fyne.Size {
		y, least := float32(0), rest.MinSize()
		if top.Visible() {
			y = in.Fit(top, 0, 0, in.Width) + GapField
			// The height of the block depends on its width: here only the rest counts.
			least = fyne.NewSize(max(top.MinSize().Width, least.Width), least.Height+GapField)
		}
		in.Put(rest, 0, y, in.Width, max(0, in.Height-y))
		return least
	}, top, rest)
}

// NewSide returns an object of a width, at the standard text size, at the left
// of another that takes the rest.
func NewSide(width, gap float32, left, rest fyne.CanvasObject) *Arranged {
	return Arrange(func(in Room) fyne.Size {
		x := Scaled(width) + gap
		in.Put(left, 0, 0, x-gap, in.Height)
		in.Put(rest, x, 0, in.Width-x, in.Height)
		return rest.MinSize().AddWidthHeight(x, 0)
	}, left, rest)
}
