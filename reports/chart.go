package reports

import (
	"fmt"

	"github.com/xuri/excelize/v2"
)

// chart is a native chart of a table of the workbook, as wide as its sheet: the
// figures stay in the cells, so that whoever corrects one sees it move.
type chart struct {
	title  string
	about  string // what it shows, for a reader who cannot see it
	grid   *grid
	words  int // column of the table along the axis
	series []series
	rows   int // height in rows of 15 points
	// percent tells that the axis counts parts of the whole.
	percent bool
	// months tells that the words are days of months, shown as 2026-10.
	months bool
	// slanted writes the words at an angle, where they are many or long.
	slanted bool
	// lying lays the bars on their side, the first at the top.
	lying bool
}

// series is one column of the table: a line, or bars beside (or, stacked, on)
// those of the others.
type series struct {
	column  int
	line    bool
	dash    dash
	stacked bool
	color   string
}

// dash is how a line is drawn, so that lines are told apart in one colour.
type dash int

const (
	solid  dash = iota // with filled points
	dashed             // long dashes without points: a 基準, what is carried on
	hollow             // short dashes with hollow points
	dotted             // dots without points
)

// draw gives a line its dashes and points.
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

// Colours of charts, far enough apart in brightness to be told apart in grey as
// well, the darkest first; lines differ by their dashes besides.
const (
	chartInk    = "56606D" // of lines only
	chartBlue   = "1F4E8C"
	chartOrange = "C55A11"
	chartGreen  = "8CC3A0"
	chartGrey   = "D3D8DF"
)

// chartRowHeight is the height in points of the rows a chart lies over, and
// chartRowPixels the pixels excelize counts for it: the chart is tied to the
// cells in which these run out.
const (
	chartRowHeight = 15.0
	chartRowPixels = 18
)

// tablePlace is where a table was written, for the charts of it.
type tablePlace struct {
	sheet     string
	firstRow  int // of the rows, below the header
	rows      int // without lines of totals
	skip      int // of these, the first ones with nothing to draw
	columnsAt []int
}

// notePlace remembers where the table begins.
func (g *grid) notePlace(sheet string, firstRow int) {
	p := tablePlace{sheet: sheet, firstRow: firstRow, skip: g.skip, rows: g.body()}
	col := 1
	for _, c := range g.cols {
		p.columnsAt = append(p.columnsAt, col)
		col += c.span
	}
	g.place = p
}

// area returns the cells of a column, absolute; header is the cell above them.
func (p tablePlace) area(column int) string {
	name := columnName(p.columnsAt[column])
	return fmt.Sprintf("%s!$%s$%d:$%s$%d", quoteSheet(p.sheet), name, p.firstRow+p.skip, name, p.firstRow+p.rows-1)
}

func (p tablePlace) header(column int) string {
	return fmt.Sprintf("%s!$%s$%d", quoteSheet(p.sheet), columnName(p.columnsAt[column]), p.firstRow-1)
}

// writeChart keeps the rows for a chart; drawCharts fills them when every table
// has its place.
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
			continue // a table without such rows has nothing to draw
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

// of makes the chart of the series that are lines, or of those that are bars;
// nil when there is none.
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

// frame is the chart without its series.
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
		drawn.Legend.Position = "none" // the title says it
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
