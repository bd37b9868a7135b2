package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// EmptyState stands where rows would: what is the case, what to do, and the
// buttons that do it.
type EmptyState struct {
	Arranged
	title, text *Paragraph
	box         *fyne.Container
}

// NewEmptyState returns the state with its buttons.
func NewEmptyState(title, text string, buttons ...fyne.CanvasObject) *EmptyState {
	e := &EmptyState{
		title: NewParagraph(title, Style{Bold: true, Size: SubHeadingSize}),
		text:  NewParagraph(text, Quiet),
		box:   container.NewHBox(buttons...),
	}
	e.Arrange(e, e.place, e.title, e.text, e.box)
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

func (e *EmptyState) place(in Room) fyne.Size {
	width := min(in.Width-2*GapPage, 480)
	y := max(GapPage, in.Height/5)
	for _, o := range e.objects {
		y += in.Fit(o, (in.Width-width)/2, y, width) + GapField
	}
	return fyne.NewSize(120, 96)
}
