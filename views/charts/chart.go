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
	Gauge // one value against what is asked for
	Tiles // a tile a category, with a line a series, its ground by the first
)

// Fill is how the area of a series is drawn. Neighbours differ in form, so
// that they can be told apart in one colour.
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
	// From is where a floating bar begins, 0 for one that stands on the axis; it
	// ends at From + Value.
	From float64
	// Text is the value as written; "" writes the number.
	Text string
	// Detail is what is said of it when it is pointed at; "" says category,
	// series and value.
	Detail string
	// Missing tells that there is no value: nothing is drawn, the table says ―.
	Missing bool
	// Key names what it leads to, "" for nothing.
	Key string
}

// Series is a row of values, one for each category.
type Series struct {
	Name  string
	Fill  Fill
	Color color.Color // nil is the accent
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
	// Cells are the places of tiles on a grid of GridColumns columns, like a map:
	// one a category, no two alike. nil stands them line by line.
	Cells   []Cell
	Series  []Series
	Stacked bool
	// Overlaid draws the series over each other instead of side by side: at most
	// one of them has a value in each category.
	Overlaid bool
	// Ends are the words at the end of each stack, with the title of their column
	// in the table; nil writes its sum.
	Ends      []string
	EndsTitle string
	Marks     []Mark
	// Most is the end of the value axis; 0 takes it from the values.
	Most float64
	// Empty is what is said when there is nothing to draw.
	Empty string
}

// at returns a value; one beyond the data is missing.
func (c *Chart) at(category, series int) Datum {
	if data := c.Series[series].Data; category < len(data) {
		return data[category]
	}
	return Datum{Missing: true}
}

// text is a value as written.
func (c *Chart) text(d Datum) string {
	switch {
	case d.Missing:
		return "―"
	case d.Text != "":
		return d.Text
	}
	return number(d.Value) + c.Unit
}

// detail is what is said of a value.
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

// end is what stands at the end of a stack.
func (c *Chart) end(category int) string {
	if category < len(c.Ends) {
		return c.Ends[category]
	}
	return number(c.total(category)) + c.Unit
}

// total is the sum of a category, when the series are parts of it.
func (c *Chart) total(category int) float64 {
	sum := 0.0
	for i := range c.Series {
		if d := c.at(category, i); !d.Missing {
			sum += d.Value
		}
	}
	return sum
}

// blank tells a chart without any value: of bars, without any but 0, where there
// are words to say instead.
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

// most is the end of the values to be drawn.
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
			// The ground of a tile is that of its first series.
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

// step is one of the shades of tiles, and the whole numbers it stands for.
type step struct {
	shade    int
	from, to float64
}

// shadeOf is the shade of a value: 0 for the lightest.
func shadeOf(value, most float64) int {
	if most <= 0 {
		return 0
	}
	return min(len(shades)-1, max(0, int(value*float64(len(shades))/most)))
}

// steps divides the whole numbers from 0 to most by their shade; a shade no
// number has is left out.
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

// number writes a value: whole ones with their digits grouped, others with one
// digit after the point.
func number(v float64) string {
	if v == math.Trunc(v) {
		return ui.Thousands(int(v))
	}
	return strconv.FormatFloat(v, 'f', 1, 64)
}

// Table returns the chart as rows of text, the titles first; what stands at the
// end of a stack ends its row.
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
