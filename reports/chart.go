package reports

import (
	"fmt"

	"github.com/xuri/excelize/v2"
)

// chart is a native Excel chart of a table, as wide as its sheet. It refers to
// the cells, so it changes when a figure is corrected.
type chart struct {
	title  string
	about  string // alt text: what the chart shows
	grid   *grid
	words  int // column of the table for the axis
	series []series
	rows   int // height in rows of 15 points
	// percent: the values are parts of a whole.
	percent bool
	// months: the words are days of months, shown as 2026-10.
	months bool
	// slanted writes the words at an angle, when they are many or long.
	slanted bool
	// lying draws horizontal bars, the first at the top.
	lying bool
}

// series is one column of the table: a line, or bars beside those of other
// series (stacked: on top of them).
type series struct {
	column  int
	line    bool
	dash    dash
	stacked bool
	color   string
}

// dash is the style of a line. It tells lines apart in one colour.
type dash int

const (
	solid  dash = iota // with filled points
	dashed             // long dashes, no points: a 基準, a forecast
	hollow             // short dashes with hollow points
	dotted             // dots, no points
)

// draw applies the dashes and points to a series.
func (d dash) draw(s *excelize.ChartSeries) {
	s.Line = excelize.LineOptions{Width: 2.25, Fill: s.Fill}
	s.Marker = excelize.ChartMarker{Symbol: "none"}
	switch d {
	case solid:
		s.Marker = excelize.ChartMarker{Symbol: "circle", Size: 5, Fill: s.Fill}
	case dashed:
		s.Line.Dash = excelize.LineDashDash
	case hollow:
		s.Line.Dash, s.Line.Width = excelize.LineDashSysDash, 1.5
		s.Marker = excelize.ChartMarker{Symbol: "diamond", Size: 7, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"FFFFFF"}},
			Border: excelize.LineOptions{Type: excelize.LineSolid, Width: 1.25, Fill: s.Fill}}
	case dotted:
		s.Line.Dash = excelize.LineDashSysDot
	}
}

// Colours of charts, darkest first. They differ enough in brightness to be told
// apart in grey; lines also differ by their dashes.
const (
	chartInk    = "56606D" // for lines only
	chartBlue   = "1F4E8C"
	chartOrange = "C55A11"
	chartGreen  = "8CC3A0"
	chartGrey   = "D3D8DF"
)

// chartRowHeight is the height in points of the rows under a chart.
// chartRowPixels is the height excelize assumes for such a row when it places
// the lower edge.
const (
	chartRowHeight = 15.0
	chartRowPixels = 18
)

// tablePlace is where a table was written, for its charts.
type tablePlace struct {
	sheet     string
	firstRow  int // first row below the header
	rows      int // without total rows
	skip      int // rows at the top that charts leave out
	columnsAt []int
}

// notePlace records where the table is.
func (g *grid) notePlace(sheet string, firstRow int) {
	p := tablePlace{sheet: sheet, firstRow: firstRow, skip: g.skip, rows: g.body()}
	col := 1
	for _, c := range g.cols {
		p.columnsAt = append(p.columnsAt, col)
		col += c.span
	}
	g.place = p
}

// area returns the absolute cell range of a column; header is the cell above
// it.
func (p tablePlace) area(column int) string {
	name := columnName(p.columnsAt[column])
	return fmt.Sprintf("%s!$%s$%d:$%s$%d", quoteSheet(p.sheet), name, p.firstRow+p.skip, name, p.firstRow+p.rows-1)
}

func (p tablePlace) header(column int) string {
	return fmt.Sprintf("%s!$%s$%d", quoteSheet(p.sheet), columnName(p.columnsAt[column]), p.firstRow-1)
}

// writeChart reserves the rows for a chart. drawCharts fills them when the
// places of all tables are known.
func (s *sheet) writeChart(w *writer, c *chart) {
	w.charts = append(w.charts, placedChart{c, s, s.row})
	for range c.rows {
		w.do(w.file.SetRowHeight(s.name, s.row, chartRowHeight))
		s.row++
	}
	s.gap(w)
}

type placedChart struct {
	*chart
	sheet *sheet
	row   int
}

func (w *writer) drawCharts() {
	for _, c := range w.charts {
		if c.grid.place.rows == c.grid.place.skip {
			continue // the table has no such rows
		}
		bars, lines := c.of(false), c.of(true)
		switch {
		case bars == nil:
			w.do(w.file.AddChart(c.sheet.name, cellName(1, c.row), lines))
		case lines == nil:
			w.do(w.file.AddChart(c.sheet.name, cellName(1, c.row), bars))
		default:
			w.do(w.file.AddChart(c.sheet.name, cellName(1, c.row), bars, lines))
		}
	}
}

// of makes the chart of the series that are lines, or of those that are bars.
// It returns nil if there are none.
func (c placedChart) of(lines bool) *excelize.Chart {
	drawn := c.frame()
	for _, s := range c.series {
		if s.line != lines {
			continue
		}
		place := c.grid.place
		one := excelize.ChartSeries{Name: place.header(s.column), Categories: place.area(c.words), Values: place.area(s.column),
			Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{s.color}}}
		drawn.Type = excelize.Col
		if s.stacked {
			drawn.Type = excelize.ColStacked
		}
		if c.lying {
			drawn.Type = excelize.Bar
		}
		if lines {
			drawn.Type = excelize.Line
			s.dash.draw(&one)
		}
		drawn.Series = append(drawn.Series, one)
	}
	if len(drawn.Series) == 0 {
		return nil
	}
	return drawn
}

// frame returns the chart without its series.
func (c placedChart) frame() *excelize.Chart {
	width := 0
	for _, units := range c.sheet.widths {
		width += int(units*unitPixels + 0.5)
	}
	format := "#,##0"
	if c.percent {
		format = "0%"
	}
	font := excelize.Font{Family: fontName, Size: 9, Color: toneColor[toneNormal]}
	title := font
	title.Size, title.Bold = 11, true
	drawn := &excelize.Chart{
		Title:     excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{Text: c.title, Font: &title}}},
		Dimension: excelize.ChartDimension{Width: uint(width - 4), Height: uint(c.rows*chartRowPixels - 4)},
		Legend:    excelize.ChartLegend{Position: "bottom", Font: &font},
		XAxis:     excelize.ChartAxis{Font: font},
		YAxis:     excelize.ChartAxis{Font: font, MajorGridLines: true, Minimum: ptr(0.0), NumFmt: excelize.ChartNumFmt{CustomNumFmt: format}},
		Format:    excelize.GraphicOptions{AltText: c.about, Name: c.title, PrintObject: ptr(true), Positioning: "twoCell", OffsetY: 2},
		GapWidth:  ptr(uint(60)), ShowBlanksAs: "gap", VaryColors: ptr(false),
	}
	if len(c.series) == 1 {
		drawn.Legend.Position = "none" // the title names the only series
	}
	if c.months {
		drawn.XAxis.NumFmt = excelize.ChartNumFmt{CustomNumFmt: "yyyy-mm"}
	}
	if c.months || c.slanted {
		drawn.XAxis.Alignment = excelize.Alignment{TextRotation: -45}
	}
	drawn.XAxis.ReverseOrder = c.lying
	if c.percent {
		drawn.YAxis.Maximum = ptr(1.0)
	}
	return drawn
}
