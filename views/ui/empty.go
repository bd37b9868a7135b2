package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// EmptyState stands where rows would: what is the case, what to do, and the
// buttons that do it.
type EmptyState struct {
	widget.BaseWidget
	title, text *Paragraph
	box         *fyne.Container
}

var _ fyne.Widget = (*EmptyState)(nil)

// NewEmptyState returns the state with its buttons.
func NewEmptyState(title, text string, buttons ...fyne.CanvasObject) *EmptyState {
	e := &EmptyState{
		title: NewParagraph(title, Style{Bold: true, Size: SubHeadingSize}),
		text:  NewParagraph(text, Quiet),
		box:   container.NewHBox(buttons...),
	}
	e.ExtendBaseWidget(e)
	return e
}

// Set replaces words and buttons.
func (e *EmptyState) Set(title, text string, buttons ...fyne.CanvasObject) {
	e.title.SetText(title)
	e.text.SetText(text)
	e.box.Objects = buttons
	e.box.Refresh()
	e.Refresh()
}

// Title returns the first line.
func (e *EmptyState) Title() string { return e.title.Text() }

// CreateRenderer is called by the toolkit.
func (e *EmptyState) CreateRenderer() fyne.WidgetRenderer { return &emptyRenderer{e} }

type emptyRenderer struct{ e *EmptyState }

func (r *emptyRenderer) Destroy()           {}
func (r *emptyRenderer) MinSize() fyne.Size { return fyne.NewSize(120, 96) }
func (r *emptyRenderer) Refresh()           { r.Layout(r.e.Size()); canvas.Refresh(r.e) }

func (r *emptyRenderer) Layout(size fyne.Size) {
	width := min(size.Width-2*GapPage, 480)
	x, y := (size.Width-width)/2, max(GapPage, size.Height/5)
	for _, o := range []fyne.CanvasObject{r.e.title, r.e.text, r.e.box} {
		height := HeightFor(o, width)
		o.Move(fyne.NewPos(x, y))
		o.Resize(fyne.NewSize(width, height))
		y += height + GapField
	}
}

func (r *emptyRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.e.title, r.e.text, r.e.box}
}
