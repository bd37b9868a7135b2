package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// Wrap places objects beside each other, as many to a line as its width holds,
// each in the middle of its line. Hidden ones take no room.
type Wrap struct {
	widget.BaseWidget
	objects []fyne.CanvasObject
}

var (
	_ fyne.Widget = (*Wrap)(nil)
	_ Block       = (*Wrap)(nil)
)

// NewWrap returns the objects beside each other, a cell's gap between them.
func NewWrap(objects ...fyne.CanvasObject) *Wrap {
	w := &Wrap{objects: objects}
	w.ExtendBaseWidget(w)
	return w
}

// Set replaces the objects.
func (w *Wrap) Set(objects ...fyne.CanvasObject) {
	w.objects = objects
	w.Refresh()
}

// HeightFor returns the height of all lines at a width.
func (w *Wrap) HeightFor(width float32) float32 { return w.place(width, false) }

// place walks along the lines and returns their height; move puts the objects
// there.
func (w *Wrap) place(width float32, move bool) float32 {
	x, y, height := float32(0), float32(0), float32(0)
	var line []fyne.CanvasObject
	end := func() {
		for _, o := range line {
			if move {
				o.Move(fyne.NewPos(o.Position().X, y+(height-o.Size().Height)/2))
			}
		}
	}
	for _, o := range w.objects {
		if !o.Visible() {
			continue
		}
		size := o.MinSize()
		size.Width = min(size.Width, width)
		if x > 0 && x+size.Width > width {
			end()
			x, y, height, line = 0, y+height+GapCell, 0, nil
		}
		if move {
			o.Move(fyne.NewPos(x, y))
			o.Resize(size)
		}
		line = append(line, o)
		x += size.Width + GapCell
		height = max(height, size.Height)
	}
	end()
	return y + height
}

// CreateRenderer is called by the toolkit.
func (w *Wrap) CreateRenderer() fyne.WidgetRenderer { return &wrapRenderer{w} }

type wrapRenderer struct{ w *Wrap }

func (r *wrapRenderer) Destroy()                     {}
func (r *wrapRenderer) Layout(size fyne.Size)        { r.w.place(size.Width, true) }
func (r *wrapRenderer) Refresh()                     { r.Layout(r.w.Size()); canvas.Refresh(r.w) }
func (r *wrapRenderer) Objects() []fyne.CanvasObject { return r.w.objects }

func (r *wrapRenderer) MinSize() fyne.Size {
	width := float32(0)
	for _, o := range r.w.objects {
		if o.Visible() {
			width = max(width, o.MinSize().Width)
		}
	}
	return fyne.NewSize(width, r.w.HeightFor(max(width, r.w.Size().Width)))
}

// NewBetween returns an object between a head and a foot, whose heights follow
// from their words. Call Refresh on it after either changed.
func NewBetween(head Block, middle fyne.CanvasObject, foot Block) *fyne.Container {
	return container.New(betweenLayout{head, middle, foot}, head, middle, foot)
}

type betweenLayout struct {
	head   Block
	middle fyne.CanvasObject
	foot   Block
}

// MinSize is called by the toolkit.
func (l betweenLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(480, 240) }

// Layout is called by the toolkit.
func (l betweenLayout) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	head, foot := l.head.HeightFor(size.Width), l.foot.HeightFor(size.Width)
	box{0, 0, size.Width, head}.place(l.head)
	box{0, head + GapField, size.Width, size.Height - head - foot - 2*GapField}.place(l.middle)
	box{0, size.Height - foot, size.Width, foot}.place(l.foot)
}
