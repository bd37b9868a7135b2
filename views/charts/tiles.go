package charts

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"renkei/views/ui"
)

// shades go from paper to a blue on which text still has a contrast of 4.5 : 1,
// in steps that differ on a grey printer.
var shades = []color.NRGBA{{0xFF, 0xFF, 0xFF, 0xFF}, {0xDA, 0xE8, 0xF6, 0xFF}, {0xAD, 0xCD, 0xEC, 0xFF}, {0x7C, 0xAE, 0xDD, 0xFF}}

// inTiles reports whether tiles are shown, not their table.
func (v *View) inTiles() bool { return v.chart.Kind == Tiles && !v.table }

// tileGround returns the background of a tile.
func tileGround(fill color.Color) *canvas.Rectangle {
	ground := canvas.NewRectangle(fill)
	ground.StrokeColor, ground.StrokeWidth, ground.CornerRadius = ui.Line, 1, ui.CornerRadius
	return ground
}

// drawTiles draws one tile per category: its name and one line per series,
// darker the greater its first value. While a tile is moved, empty cells are
// shown too.
func (v *View) drawTiles() {
	c, p := &v.chart, &v.plan
	if v.moving {
		for _, cell := range p.grid.free(p.cells) {
			v.place(tileGround(color.Transparent), p.grid.box(cell))
		}
	}
	most := c.most()
	for j, tile := range p.Tiles {
		v.place(tileGround(shades[shadeOf(c.at(j, 0).Value, most)]), tile)
		v.tileText(c.Categories[j], tileLine(tile, 0, lineHeight()), ui.Strong)
		for i := range c.Series {
			v.tileText(c.Series[i].Name+" "+c.text(c.at(j, i)), tileLine(tile, i+1, lineHeight()), ui.Plain)
		}
	}
	v.objects = append(v.objects, v.landing)
}

func (v *View) tileText(words string, line Box, style ui.Style) {
	v.place(ui.NewCaption(words, style), Box{line.X + tileGap/2, line.Y, line.W - tileGap, line.H})
}

// drawSteps draws the legend of the shades.
func (v *View) drawSteps(y float32) {
	words := "色の濃さ　" + v.chart.Series[0].Name
	x := float32(inset)
	v.text(words, x, y, fyne.TextAlignLeading, ui.Quiet)
	x += width(words) + 2*gap
	for _, s := range steps(v.chart.most()) {
		v.place(tileGround(shades[s.shade]), Box{x, y + 2, 24, lineHeight() - 4})
		words := number(s.from)
		if s.to > s.from {
			words += "〜" + number(s.to)
		}
		words += v.chart.Unit
		v.text(words, x+30, y, fyne.TextAlignLeading, ui.Plain)
		x += 30 + width(words) + 2*gap
	}
}
