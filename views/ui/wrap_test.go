package ui

import (
	"image/color"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/assert"
)

func block(width, height float32) fyne.CanvasObject {
	r := canvas.NewRectangle(color.Black)
	r.SetMinSize(fyne.NewSize(width, height))
	return r
}

func TestWrapFillsLines(t *testing.T) {
	test.NewTempApp(t)
	first, high, third, hidden := block(50, 10), block(40, 30), block(60, 20), block(500, 500)
	hidden.Hide()
	w := NewWrap(first, hidden, high, third)
	assert.Equal(t, float32(30+GapCell+20), w.HeightFor(100), "two and one")
	assert.Equal(t, float32(30), w.HeightFor(200), "all in one line")
	assert.Equal(t, float32(10+30+20+2*GapCell), w.HeightFor(55), "one a line, the widest made narrower")

	test.NewTempWindow(t, w).Resize(fyne.NewSize(100, 100))
	w.Resize(fyne.NewSize(100, 100))
	assert.Equal(t, fyne.NewPos(0, 10), first.Position(), "in the middle of its line")
	assert.Equal(t, fyne.NewPos(50+GapCell, 0), high.Position())
	assert.Equal(t, fyne.NewPos(0, 30+GapCell), third.Position())
}

func TestBetweenGivesTheRestToTheMiddle(t *testing.T) {
	test.NewTempApp(t)
	head, foot, middle := NewWrap(block(50, 40)), NewWrap(block(50, 20), block(60, 20)), block(1, 1)
	NewBetween(head, middle, foot).Resize(fyne.NewSize(100, 300))
	assert.Equal(t, fyne.NewPos(0, 40+GapField), middle.Position())
	assert.Equal(t, fyne.NewSize(100, 300-40-(20+GapCell+20)-2*GapField), middle.Size())
	assert.Equal(t, fyne.NewPos(0, 300-44), foot.Position())
}
