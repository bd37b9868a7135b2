package charts

import (
	"image"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"renkei/views/ui"
)

// filled returns the objects that draw an area in a fill.
func filled(b Box, fill Fill, ink color.Color) []fyne.CanvasObject {
	ground := canvas.NewRectangle(ink)
	ground.Move(fyne.NewPos(b.X, b.Y))
	ground.Resize(fyne.NewSize(b.W, b.H))
	if fill == Solid {
		return []fyne.CanvasObject{ground}
	}
	ground.FillColor = ui.Paper
	if fill == Faint {
		ground.FillColor = ui.AccentSoft
	}
	ground.StrokeColor, ground.StrokeWidth = ink, 1
	if fill == Blank || fill == Faint || b.W < 3 || b.H < 3 {
		return []fyne.CanvasObject{ground}
	}
	pattern := canvas.NewRaster(nil)
	pattern.Generator = func(w, h int) image.Image { return drawPattern(w, h, float64(w)/float64(b.W), fill, ink) }
	pattern.ScaleMode = canvas.ImageScalePixels
	pattern.Move(ground.Position())
	pattern.Resize(ground.Size())
	return []fyne.CanvasObject{ground, pattern}
}

// drawPattern draws lines or dots on a transparent background. scale is the
// number of screen pixels per pixel.
func drawPattern(w, h int, scale float64, fill Fill, ink color.Color) image.Image {
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	period, thick := max(3, int(7*scale)), max(1, int(2*scale))
	for y := range h {
		for x := range w {
			if inPattern(x, y, period, thick, fill) {
				img.Set(x, y, ink)
			}
		}
	}
	return img
}

func inPattern(x, y, period, thick int, fill Fill) bool {
	switch fill {
	case Hatched:
		return (x+y)%period < thick
	case Crossed:
		return (x+y)%period < thick || (x-y+period*4096)%period < thick
	case Dotted:
		return x%period < thick+1 && y%period < thick+1
	}
	return fill == Solid
}
