package charts

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"renkei/views/ui"
)

func (v *View) drawShapes() {
	if v.chart.Kind == Lines {
		v.drawLines()
		return
	}
	for _, s := range v.plan.Shapes {
		if v.chart.at(s.Category, s.Series).Value == 0 {
			continue // a bar of 0 would show as a line
		}
		series := &v.chart.Series[s.Series]
		v.objects = append(v.objects, filled(s.Box, series.Fill, series.ink())...)
	}
}

// writeValues writes the numbers on top of the drawing.
func (v *View) writeValues() {
	if v.chart.Kind == Lines {
		v.writeAbove()
		return
	}
	parts := v.chart.Stacked && len(v.chart.Series) > 1
	for _, s := range v.plan.Shapes {
		if parts {
			v.writeInside(s)
		} else {
			v.writeBeside(s, v.chart.text(v.chart.at(s.Category, s.Series)))
		}
	}
	if parts {
		v.writeTotals()
	}
}

// writeAbove writes numbers above the points where there is room.
func (v *View) writeAbove() {
	words := make([]string, len(v.plan.Shapes))
	widths := make([]float32, len(words))
	for i, s := range v.plan.Shapes {
		words[i] = v.chart.text(v.chart.at(s.Category, s.Series))
		widths[i] = width(words[i])
	}
	for i, box := range v.plan.Labels(widths, lineHeight()) {
		v.text(words[i], box.X+box.W/2, box.Y, fyne.TextAlignCenter, ui.Plain)
	}
}

// writeBeside writes a number at the end of its bar.
func (v *View) writeBeside(s Shape, words string) {
	if v.chart.Kind == Columns {
		if width(words) <= max(s.W, v.plan.Slot/float32(len(v.chart.Series))) {
			v.onPaper(words, s.X+s.W/2-width(words)/2, s.Y-lineHeight())
		}
		return
	}
	v.onPaper(words, s.X+s.W+gap/2, s.Y+(s.H-lineHeight())/2)
}

// onPaper writes words on a paper background, so that a mark behind does not
// hide them.
func (v *View) onPaper(words string, x, y float32) {
	if len(v.plan.Marks) > 0 {
		v.place(canvas.NewRectangle(ui.Paper), Box{x - 2, y + 1, width(words) + 4, lineHeight() - 2})
	}
	v.text(words, x, y, fyne.TextAlignLeading, ui.Plain)
}

// writeInside writes a number into its part of a stack, on a paper background
// so that it is readable on every pattern. Parts that are too small show no
// number: the foot and the table have it.
func (v *View) writeInside(s Shape) {
	words := number(v.chart.at(s.Category, s.Series).Value)
	w, h := width(words)+gap/2, lineHeight()-2
	if s.W < w+2 || s.H < h+2 {
		return
	}
	box := Box{s.X + (s.W-w)/2, s.Y + (s.H-h)/2, w, h}
	ground := canvas.NewRectangle(ui.Paper)
	ground.CornerRadius = 3
	v.place(ground, box)
	v.text(words, s.X+s.W/2, s.Y+(s.H-lineHeight())/2, fyne.TextAlignCenter, ui.Plain)
}

// writeTotals writes the sum of each stack at its end.
func (v *View) writeTotals() {
	last := make(map[int]Shape)
	for _, s := range v.plan.Shapes {
		last[s.Category] = s
	}
	for category, s := range last {
		if v.chart.total(category) > 0 {
			v.writeBeside(s, v.chart.end(category))
		}
	}
}

// drawLines connects the points of each series.
func (v *View) drawLines() {
	for i := range v.chart.Series {
		series := &v.chart.Series[i]
		var before *Shape
		for k := range v.plan.Shapes {
			s := &v.plan.Shapes[k]
			if s.Series != i {
				continue
			}
			x, y := s.X+s.W/2, s.Y+s.H/2
			if before != nil && before.Category == s.Category-1 {
				v.join(before.X+before.W/2, before.Y+before.H/2, x, y, series)
			}
			before = s
		}
	}
	for _, s := range v.plan.Shapes {
		v.drawPoint(s.X+s.W/2, s.Y+s.H/2, &v.chart.Series[s.Series])
	}
}

// join draws the line between two points, solid or dashed.
func (v *View) join(x1, y1, x2, y2 float32, s *Series) {
	if s.Fill == Solid {
		v.line(x1, y1, x2, y2, 2, s.ink())
		return
	}
	const parts = 7
	for i := 0; i < parts; i += 2 {
		a, b := float32(i)/parts, float32(i+1)/parts
		v.line(x1+(x2-x1)*a, y1+(y2-y1)*a, x1+(x2-x1)*b, y1+(y2-y1)*b, 2, s.ink())
	}
}

// drawPoint draws the symbol of a series: a filled disc, a ring, a square
// outline, ×, + or a filled square.
func (v *View) drawPoint(x, y float32, s *Series) {
	const r = 4
	box, ink := Box{x - r, y - r, 2 * r, 2 * r}, s.ink()
	switch s.Fill {
	case Solid, Blank:
		disc := canvas.NewCircle(ink)
		if s.Fill == Blank {
			disc.FillColor = ui.Paper
		}
		disc.StrokeColor, disc.StrokeWidth = ink, 2
		v.place(disc, box)
	case Dotted:
		v.line(x-r, y-r, x+r, y+r, 2, ink)
		v.line(x-r, y+r, x+r, y-r, 2, ink)
	case Crossed:
		v.line(x-r-1, y, x+r+1, y, 2, ink)
		v.line(x, y-r-1, x, y+r+1, 2, ink)
	default:
		square := canvas.NewRectangle(ui.Paper)
		if s.Fill == Faint {
			square.FillColor = ink
		}
		square.StrokeColor, square.StrokeWidth = ink, 2
		v.place(square, box)
	}
}
