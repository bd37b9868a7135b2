package charts

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"

	"renkei/views/ui"
)

// inset is the space between the frame and the drawing.
const inset = 10

func width(text string) float32 {
	return fyne.MeasureText(text, theme.Size(theme.SizeNameText), fyne.TextStyle{}).Width
}

func lineHeight() float32 {
	return fyne.MeasureText("国", theme.Size(theme.SizeNameText), fyne.TextStyle{}).Height
}

// room measures the texts of the chart.
func (c *Chart) room() Room {
	_, end := Axis(c.most())
	r := Room{Line: lineHeight(), Axis: width(number(end))}
	for j, name := range c.Categories {
		r.Labels = max(r.Labels, width(name))
		for i := range c.Series {
			if d := c.at(j, i); !d.Missing {
				r.Value = max(r.Value, width(c.text(d)))
			}
		}
		if c.Stacked {
			r.Value = max(r.Value, width(c.end(j)))
		}
	}
	return r
}

// HeightFor returns the height of the drawing or the table at a width.
func (v *View) HeightFor(w float32) float32 {
	return v.headHeight() + v.bodyHeight(w-2*inset) + lineHeight() + 2*inset + gap
}

func (v *View) headHeight() float32 {
	h := lineHeight() + gap
	if v.legend() || v.shaded() {
		h += lineHeight() + gap
	}
	return h
}

// legend reports whether the series need a legend.
func (v *View) legend() bool {
	return len(v.chart.Series) > 1 && v.chart.Kind != Tiles && !v.table && !v.chart.blank()
}

// shaded reports whether the shades of tiles need a legend.
func (v *View) shaded() bool { return v.inTiles() && !v.chart.blank() }

func (v *View) bodyHeight(w float32) float32 {
	line, n := lineHeight(), float32(len(v.chart.Categories))
	switch {
	case v.chart.blank():
		return 2 * line
	case v.table:
		return (n + 1) * tableRow()
	}
	switch v.chart.Kind {
	case Rows:
		h := n*v.chart.rowHeight() + line
		if len(v.chart.Marks) > 0 {
			h += line
		}
		return h
	case Gauge:
		return n*ui.Scaled(40) + 2*line
	case Tiles:
		g, _ := v.chart.tiles(w, v.chart.room())
		return g.height()
	}
	return ui.Scaled(230)
}

// rowHeight is the height of one category of lying bars: one line of text per
// series if they are side by side.
func (c *Chart) rowHeight() float32 {
	if c.beside() && len(c.Series) > 1 {
		return lineHeight()*float32(len(c.Series)) + 2*rowInset
	}
	return max(ui.Scaled(30), lineHeight()+2*rowInset+2) // room for the numbers in the bar
}

func tableRow() float32 { return lineHeight() + gap }

// draw makes the objects of the view for a size.
func (v *View) draw(size fyne.Size) {
	chosen := v.chosen()
	v.frame.Resize(size)
	v.frame.CornerRadius, v.frame.StrokeColor, v.frame.StrokeWidth = ui.CornerRadius, v.edge(), ui.RuleThickness
	v.objects = []fyne.CanvasObject{v.frame}
	w := size.Width - 2*inset
	title := ui.NewCaption(v.chart.Title, ui.Strong)
	v.place(title, Box{inset, inset, w, lineHeight()})
	top := inset + v.headHeight()
	if v.legend() {
		v.drawLegend(inset + lineHeight() + gap)
	}
	if v.shaded() {
		v.drawSteps(inset + lineHeight() + gap)
	}
	body := Box{inset, top, w, size.Height - top - lineHeight() - inset - gap}
	v.plan, v.cells = v.chart.Layout(body.W, body.H, v.chart.room()), nil
	v.plan.shift(body.X, body.Y)
	v.current = v.shapeOf(chosen.Category, chosen.Series)
	switch {
	case v.chart.blank():
		v.place(ui.NewCaption(v.chart.Empty, ui.Quiet), Box{body.X, body.Y, w, lineHeight()})
	case v.table:
		v.drawTable(body)
	case v.chart.Kind == Tiles:
		v.drawTiles()
	default:
		v.drawAxis()
		v.drawShapes()
		v.drawMarks()
		v.writeValues()
	}
	v.objects = append(v.objects, v.pointer)
	v.place(v.foot, Box{inset, size.Height - inset - lineHeight(), w, lineHeight()})
	v.point()
}

// edge returns the colour of the frame.
func (v *View) edge() color.Color {
	if v.focused {
		return ui.Accent
	}
	return ui.Line
}

// shift moves a plan by an offset.
func (p *Plan) shift(dx, dy float32) {
	p.Plot.X, p.Plot.Y = p.Plot.X+dx, p.Plot.Y+dy
	p.grid.x, p.grid.y = p.grid.x+dx, p.grid.y+dy
	for i := range p.Shapes {
		p.Shapes[i].X += dx
		p.Shapes[i].Y += dy
	}
	for i := range p.Tiles {
		p.Tiles[i].X += dx
		p.Tiles[i].Y += dy
	}
}

func (v *View) place(o fyne.CanvasObject, b Box) {
	o.Move(fyne.NewPos(b.X, b.Y))
	o.Resize(fyne.NewSize(b.W, b.H))
	v.objects = append(v.objects, o)
}

// text writes a line. align says whether x is its start, middle or end.
func (v *View) text(words string, x, y float32, align fyne.TextAlign, style ui.Style) {
	t := ui.NewText(words, style)
	w := fyne.MeasureText(words, t.TextSize, t.TextStyle).Width
	switch align {
	case fyne.TextAlignCenter:
		x -= w / 2
	case fyne.TextAlignTrailing:
		x -= w
	}
	v.place(t, Box{x, y, w, lineHeight()})
}

func (v *View) line(x1, y1, x2, y2, thick float32, ink color.Color) {
	l := canvas.NewLine(ink)
	l.StrokeWidth = thick
	l.Position1, l.Position2 = fyne.NewPos(x1, y1), fyne.NewPos(x2, y2)
	v.objects = append(v.objects, l)
}

func (v *View) drawLegend(y float32) {
	x := float32(inset)
	for i := range v.chart.Series {
		s := &v.chart.Series[i]
		if v.chart.Kind == Lines {
			v.drawPoint(x+9, y+lineHeight()/2, s)
		} else {
			v.objects = append(v.objects, filled(Box{x, y + 3, 18, lineHeight() - 6}, s.Fill, s.ink())...)
		}
		v.text(s.Name, x+24, y, fyne.TextAlignLeading, ui.Plain)
		x += 24 + width(s.Name) + 2*gap
	}
}

func (s *Series) ink() color.Color {
	if s.Color == nil {
		return ui.Accent
	}
	return s.Color
}

// drawAxis draws the value axis and the names of the categories.
func (v *View) drawAxis() {
	p, c := &v.plan, &v.chart
	dy, dx := p.Plot.Y, p.Plot.X
	if c.Kind == Rows || c.Kind == Gauge {
		for _, t := range p.Ticks {
			x := t.At + inset
			v.line(x, dy, x, dy+p.Plot.H, 1, ui.FaintLine)
			v.text(number(t.Value), x, dy+p.Plot.H, fyne.TextAlignCenter, ui.Quiet)
		}
		v.line(dx, dy, dx, dy+p.Plot.H, 1, ui.QuietInk)
		for j, name := range c.Categories {
			label := ui.NewRightCaption(name, ui.Plain)
			v.place(label, Box{inset, dy + p.Slot*float32(j), dx - inset - gap, p.Slot})
		}
		return
	}
	top := v.bodyTop()
	for _, t := range p.Ticks {
		y := t.At + top
		v.line(dx, y, dx+p.Plot.W, y, 1, ui.FaintLine)
		v.text(number(t.Value), dx-gap, y-lineHeight()/2, fyne.TextAlignTrailing, ui.Quiet)
	}
	v.line(dx, dy+p.Plot.H, dx+p.Plot.W, dy+p.Plot.H, 1, ui.QuietInk)
	for j, name := range c.Categories {
		if j%p.Every == 0 {
			v.text(name, dx+p.Slot*(float32(j)+0.5), dy+p.Plot.H+gap/2, fyne.TextAlignCenter, ui.Plain)
		}
	}
	v.text(c.Unit, dx-gap, top-lineHeight()/3, fyne.TextAlignTrailing, ui.Quiet)
}

func (v *View) bodyTop() float32 { return inset + v.headHeight() }

// drawMarks draws the thresholds over the values as dashed lines with names.
func (v *View) drawMarks() {
	p := &v.plan
	for i, at := range p.Marks {
		name := v.chart.Marks[i].Name
		if v.chart.Kind == Rows || v.chart.Kind == Gauge {
			x := at + inset
			v.dashed(x, p.Plot.Y, x, p.Plot.Y+p.Plot.H, ui.Bad)
			x = min(x, p.Plot.X+p.Plot.W+v.chart.room().Value-width(name)/2)
			v.text(name, x, p.Plot.Y-lineHeight(), fyne.TextAlignCenter, ui.Style{Color: ui.Bad})
			continue
		}
		y := at + v.bodyTop()
		v.dashed(p.Plot.X, y, p.Plot.X+p.Plot.W, y, ui.Bad)
		right := p.Plot.X + p.Plot.W
		v.place(canvas.NewRectangle(ui.Paper), Box{right - width(name) - gap/2, y - lineHeight(), width(name) + gap/2, lineHeight() - 2})
		v.text(name, right, y-lineHeight(), fyne.TextAlignTrailing, ui.Style{Color: ui.Bad})
	}
}

// dashed draws a vertical or horizontal dashed line.
func (v *View) dashed(x1, y1, x2, y2 float32, ink color.Color) {
	const dash = 6
	length := max(x2-x1, y2-y1)
	for at := float32(0); at < length; at += 2 * dash {
		end := min(at+dash, length)
		if x2 > x1 {
			v.line(x1+at, y1, x1+end, y1, 2, ink)
		} else {
			v.line(x1, y1+at, x1, y1+end, 2, ink)
		}
	}
}

// drawTable draws the table instead of the chart.
func (v *View) drawTable(body Box) {
	rows := v.chart.Table()
	spans := tableSpans(rows, body.W)
	for i, row := range rows {
		y, x := body.Y+float32(i)*tableRow(), body.X
		style := ui.Plain
		if i == 0 {
			style = ui.Style{Bold: true, Color: ui.QuietInk}
		}
		for k, cell := range row {
			box := Box{x + gap/2, y, spans[k] - gap, tableRow()}
			if k == 0 {
				v.place(ui.NewCaption(cell, style), box)
			} else {
				v.place(ui.NewRightCaption(cell, style), box)
			}
			if i > 0 && k > 0 && k <= len(v.chart.Series) {
				v.cells = append(v.cells, Shape{box, i - 1, k - 1})
			}
			x += spans[k]
		}
		v.line(body.X, y+tableRow(), x, y+tableRow(), 1, ui.FaintLine)
	}
}

// tableSpans returns the column widths of a table: what the texts need, widened
// or narrowed in proportion to the room.
func tableSpans(rows [][]string, room float32) []float32 {
	spans := make([]float32, len(rows[0]))
	sum := float32(0)
	for k := range spans {
		for i, row := range rows {
			w := width(row[k]) + 2*gap
			if i == 0 {
				w += gap // the titles are bold
			}
			spans[k] = max(spans[k], w)
		}
		sum += spans[k]
	}
	for k := range spans {
		if sum > room {
			spans[k] *= room / sum
		} else {
			spans[k] += min((room-sum)/float32(len(spans)), ui.Scaled(80))
		}
	}
	return spans
}
