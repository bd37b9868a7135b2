package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// NewAbove returns a block with the height it needs above an object that takes
// the rest, a field's gap between them. Call Refresh on it after the block's
// text changed.
func NewAbove(top Block, rest fyne.CanvasObject) *fyne.Container {
	return container.New(aboveLayout{}, top, rest)
}

// aboveLayout asks the first of its objects for its height at the width there
// is, which the toolkit's own layouts cannot.
type aboveLayout struct{}

// MinSize is called by the toolkit.
func (aboveLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	top, rest := objects[0].MinSize(), objects[1].MinSize()
	if !objects[0].Visible() {
		return rest
	}
	// The height of the block depends on its width: here only the rest counts.
	return fyne.NewSize(max(top.Width, rest.Width), rest.Height+GapField)
}

// Layout is called by the toolkit.
func (aboveLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	y := float32(0)
	if objects[0].Visible() {
		height := heightFor(objects[0], size.Width)
		objects[0].Move(fyne.NewPos(0, 0))
		objects[0].Resize(fyne.NewSize(size.Width, height))
		y = height + GapField
	}
	objects[1].Move(fyne.NewPos(0, y))
	objects[1].Resize(fyne.NewSize(size.Width, max(0, size.Height-y)))
}
