package charts

import (
	"cmp"
	"image/color"
	"math"
	"strconv"
	"strings"

	"renkei/views/ui"
)

// Kind is the form of a chart.
type Kind int

// The kinds.
const (
	Columns Kind = iota // upright bars, for months
	Rows                // lying bars, for names
	Lines
	Gauge // one value against its target
	Tiles // one tile per category with one line per series, coloured by the first series
)

// Fill is how the area of a series is drawn. Neighbouring fills differ in
// pattern, so that one colour is enough to tell them apart.
type Fill int

// The fills.
const (
	Solid Fill = iota
	Hatched
	Blank
	Dotted
	Crossed
	Faint
)

// Datum is one value.
type Datum struct {
	Value float64
	// From is where a floating bar begins, 0 for one on the axis. It ends at
	// From + Value.
	From float64
	// Text is the value as shown. "" formats the number.
	Text string
	// Detail is the text when the value is pointed at. "" means category,
	// series and value.
	Detail string
	// Missing: there is no value. Nothing is drawn, and the table shows ―.
	Missing bool
	// Key names what the value leads to, "" for nothing.
	Key string
}

// Series is a list of values, one per category.
type Series struct {
	Name  string
	Fill  Fill
	Color color.Color // nil means the accent colour
	Data  []Datum
}

// Mark is a line across the chart: a threshold.
type Mark struct {
	Name  string
	Value float64
}

// Chart is what a View shows.
type Chart struct {
	Kind       Kind
	Title      string
	Unit       string // 「件」, 「％」
	Axis       string // what the categories are: 「月」, 「病棟」
	Categories []string
	// Cells are the positions of tiles on a grid of GridColumns columns, like a
	// map: one per category, all different. nil lays the tiles out line by line.
	Cells   []Cell
	Series  []Series
	Stacked bool
	// Overlaid draws the series over each other instead of side by side. At
	// most one of them may have a value in each category.
	Overlaid bool
	// Ends are the words at the end of each stack, with their column title in
	// the table. nil shows the sum.
	Ends      []string
	EndsTitle string
	Marks     []Mark
	// Most is the end of the value axis. 0 derives it from the values.
	Most float64
	// Empty is the text when there is nothing to draw.
	Empty string
}

// at returns a value. Outside the data it is missing.
func (c *Chart) at(category, series int) Datum {
	if data := c.Series[series].Data; category < len(data) {
		return data[category]
	}
	return Datum{Missing: true}
}

// text returns a value as shown.
func (c *Chart) text(d Datum) string {
	switch {
	case d.Missing:
		return "―"
	case d.Text != "":
		return d.Text
	}
	return number(d.Value) + c.Unit
}

// detail returns the text when a value is pointed at.
func (c *Chart) detail(category, series int) string {
	d := c.at(category, series)
	if d.Detail != "" {
		return d.Detail
	}
	words := []string{c.Categories[category]}
	if name := c.Series[series].Name; name != "" {
		words = append(words, name)
	}
	return strings.Join(append(words, c.text(d)), "　")
}

// end returns the text at the end of a stack.
func (c *Chart) end(category int) string {
	if category < len(c.Ends) {
		return c.Ends[category]
	}
	return number(c.total(category)) + c.Unit
}

// total returns the sum of a category whose series are parts of it.
func (c *Chart) total(category int) float64 {
	sum := 0.0
	for i := range c.Series {
		if d := c.at(category, i); !d.Missing {
			sum += d.Value
		}
	}
	return sum
}

// blank reports a chart without values. Bars that are all 0 also count, if
// there is a text to show instead.
func (c *Chart) blank() bool {
	zeros := c.Empty != "" && (c.Kind == Rows || c.Kind == Columns)
	for i := range c.Series {
		for j := range c.Categories {
			if d := c.at(j, i); !d.Missing && (d.Value != 0 || !zeros) {
				return false
			}
		}
	}
	return true
}

// most returns the largest value to draw.
func (c *Chart) most() float64 {
	if c.Most > 0 {
		return c.Most
	}
	most := 0.0
	for j := range c.Categories {
		if c.Stacked {
			most = max(most, c.total(j))
		}
		for i := range c.Series {
			// The colour of a tile is that of its first series.
			if d := c.at(j, i); !d.Missing && (c.Kind != Tiles || i == 0) {
				most = max(most, d.From+d.Value)
			}
		}
	}
	for _, m := range c.Marks {
		most = max(most, m.Value)
	}
	return most
}

// step is one shade of tiles and the whole numbers it stands for.
type step struct {
	shade    int
	from, to float64
}

// shadeOf returns the shade of a value: 0 is the lightest.
func shadeOf(value, most float64) int {
	if most <= 0 {
		return 0
	}
	return min(len(shades)-1, max(0, int(value*float64(len(shades))/most)))
}

// steps groups the whole numbers from 0 to most by shade. Shades without a
// number are left out.
func steps(most float64) []step {
	if most <= 0 {
		return []step{{}}
	}
	var list []step
	for k := range shades {
		s := step{k, math.Ceil(most * float64(k) / float64(len(shades))), math.Ceil(most*float64(k+1)/float64(len(shades))) - 1}
		if k == len(shades)-1 {
			s.to = most
		}
		if s.from <= s.to {
			list = append(list, s)
		}
	}
	return list
}

// number formats a value: whole numbers with grouped digits, others with one
// decimal.
func number(v float64) string {
	if v == math.Trunc(v) {
		return ui.Thousands(int(v))
	}
	return strconv.FormatFloat(v, 'f', 1, 64)
}

// Table returns the chart as rows of text, titles first. The text at the end of
// a stack is the last cell of its row.
func (c *Chart) Table() [][]string {
	head := []string{c.Axis}
	for _, s := range c.Series {
		head = append(head, s.Name)
	}
	if len(c.Series) == 1 && c.Series[0].Name == "" {
		head[1] = "値"
	}
	stacks := c.Stacked && len(c.Series) > 1
	if stacks {
		head = append(head, cmp.Or(c.EndsTitle, "計"))
	}
	rows := [][]string{head}
	for j, name := range c.Categories {
		row := []string{name}
		for i := range c.Series {
			row = append(row, c.text(c.at(j, i)))
		}
		if stacks {
			row = append(row, c.end(j))
		}
		rows = append(rows, row)
	}
	return rows
}
