package charts

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

var someRoom = Room{Line: 20, Axis: 30, Labels: 60, Value: 40}

func series(values ...float64) Series {
	var s Series
	for _, v := range values {
		s.Data = append(s.Data, Datum{Value: v})
	}
	return s
}

func TestAxisTakesRoundSteps(t *testing.T) {
	for most, want := range map[float64][2]float64{
		0: {1, 1}, 1: {1, 1}, 3: {1, 3}, 7: {2, 8}, 25: {5, 25}, 36: {10, 40}, 100: {20, 100}, 101: {50, 150}, 1234: {500, 1500}, 99999: {20000, 100000},
	} {
		step, end := Axis(most)
		assert.Equal(t, want, [2]float64{step, end}, "%v", most)
	}
}

func TestAxisReachesWhatItShows(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		most := rapid.Float64Range(0, 1e9).Draw(t, "most")
		step, end := Axis(most)
		require.GreaterOrEqual(t, end, most)
		require.LessOrEqual(t, end/step, 5.0)
		require.GreaterOrEqual(t, step, 1.0)
	})
}

// drawChart draws a chart of values that may be missing.
func drawChart(t *rapid.T) Chart {
	c := Chart{Kind: rapid.SampledFrom([]Kind{Columns, Rows, Lines, Gauge, Tiles}).Draw(t, "kind"), Stacked: rapid.Bool().Draw(t, "stacked")}
	n := rapid.IntRange(1, 14).Draw(t, "categories")
	for range n {
		c.Categories = append(c.Categories, "4月")
	}
	for range rapid.IntRange(1, 4).Draw(t, "series") {
		var s Series
		for range n {
			s.Data = append(s.Data, Datum{Value: float64(rapid.IntRange(0, 500).Draw(t, "value")), Missing: rapid.IntRange(0, 5).Draw(t, "missing") == 5})
		}
		c.Series = append(c.Series, s)
	}
	return c
}

func TestEveryValueHasItsPlaceInTheDrawing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := drawChart(t)
		const w, h = 700, 300
		p := c.Layout(w, h, someRoom)
		shown := 0
		for i := range c.Series {
			for j := range c.Categories {
				if !c.at(j, i).Missing {
					shown++
				}
			}
		}
		require.Len(t, p.Shapes, shown)
		for i, s := range p.Shapes {
			require.GreaterOrEqual(t, s.X, float32(-0.01))
			require.LessOrEqual(t, s.X+s.W, float32(w+pointBox))
			require.GreaterOrEqual(t, s.H, float32(-0.01))
			if s.W > 0.5 && s.H > 0.5 {
				hit := p.Shapes[p.At(c.Kind, s.X+s.W/2, s.Y+s.H/2)]
				require.Equal(t, s.Category, hit.Category, "pointing at value %d finds its category", i)
			}
		}
	})
}

func TestBarsAreAsLongAsTheirValues(t *testing.T) {
	t.Run("upright", func(t *testing.T) {
		c := Chart{Categories: []string{"4月", "5月"}, Series: []Series{series(10, 20)}}
		p := c.Layout(638, 268, someRoom)
		assert.InDelta(t, 2*p.Shapes[0].H, p.Shapes[1].H, 0.01)
		assert.InDelta(t, p.Plot.Y+p.Plot.H, p.Shapes[0].Y+p.Shapes[0].H, 0.01, "bars stand on the axis")
	})
	t.Run("lying and floating", func(t *testing.T) {
		c := Chart{Kind: Rows, Categories: []string{"全体", "会議", "指導料2"}, Series: []Series{{Data: []Datum{{Value: 10}, {From: 6, Value: 4}, {Value: 6}}}}}
		p := c.Layout(500, 140, someRoom)
		assert.InDelta(t, p.Shapes[0].X+p.Shapes[0].W, p.Shapes[1].X+p.Shapes[1].W, 0.01, "the fall hangs from the whole")
		assert.InDelta(t, p.Shapes[2].X+p.Shapes[2].W, p.Shapes[1].X, 0.01, "and ends where the rest begins")
	})
	t.Run("stacked", func(t *testing.T) {
		c := Chart{Stacked: true, Categories: []string{"4月"}, Series: []Series{series(3), series(5)}}
		p := c.Layout(300, 268, someRoom)
		assert.InDelta(t, p.Shapes[0].Y, p.Shapes[1].Y+p.Shapes[1].H, 0.01, "one part upon the other")
	})
	t.Run("a mark stands at its value", func(t *testing.T) {
		c := Chart{Kind: Gauge, Categories: []string{"今"}, Series: []Series{series(25)}, Marks: []Mark{{Value: 25}}}
		p := c.Layout(500, 80, someRoom)
		assert.InDelta(t, p.Shapes[0].X+p.Shapes[0].W, p.Marks[0], 0.01)
	})
}

func TestLabelsThatWouldOverlapAreLeftOut(t *testing.T) {
	c := Chart{Series: []Series{{}}}
	for range 24 {
		c.Categories = append(c.Categories, "2026年4月")
		c.Series[0].Data = append(c.Series[0].Data, Datum{Value: 1})
	}
	p := c.Layout(700, 200, someRoom)
	assert.GreaterOrEqual(t, float32(p.Every)*p.Slot, someRoom.Labels)
}

func TestValuesWrittenOverPointsTouchNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 30).Draw(t, "months")
		c := Chart{Kind: Lines, Most: 100, Categories: make([]string, n), Series: make([]Series, rapid.IntRange(1, 4).Draw(t, "series"))}
		for i := range c.Series {
			for range n {
				c.Series[i].Data = append(c.Series[i].Data, Datum{Value: rapid.Float64Range(0, 100).Draw(t, "value"), Missing: rapid.IntRange(0, 3).Draw(t, "missing") == 0})
			}
		}
		p := c.Layout(900, 230, someRoom)
		widths := make([]float32, len(p.Shapes))
		for i := range widths {
			widths[i] = rapid.Float32Range(8, 60).Draw(t, "width")
		}
		labels := p.Labels(widths, 20)
		apart := func(a, b Box) bool { return a.X+a.W <= b.X || b.X+b.W <= a.X || a.Y+a.H <= b.Y || b.Y+b.H <= a.Y }
		for i, box := range labels {
			for k, other := range labels {
				require.True(t, i == k || apart(box, other))
			}
			for k, s := range p.Shapes {
				point := Box{s.X + s.W/2 - 3, s.Y + s.H/2 - 3, 6, 6}
				require.True(t, i == k || apart(box, point), "no point is written over")
			}
		}
		require.Equal(t, len(p.Shapes) > 0, len(labels) > 0, "something is written when there is anything")
	})
}

func TestTheLastValueOfEachLineIsWritten(t *testing.T) {
	c := Chart{Kind: Lines, Most: 100, Categories: []string{"4月", "5月", "6月"}, Series: []Series{series(10, 20, 30), series(90, 80, 70)}}
	p := c.Layout(900, 230, someRoom)
	labels := p.Labels([]float32{30, 30, 30, 30, 30, 30}, 20)
	for i, s := range p.Shapes {
		assert.Equal(t, s.Series == 0 || s.Category == 2, labels[i] != (Box{}), "%d %d", s.Category, s.Series)
	}
}

func TestPointingBesideAValueFindsTheNearestOfItsCategory(t *testing.T) {
	c := Chart{Categories: []string{"4月", "5月"}, Series: []Series{series(1, 10)}}
	p := c.Layout(638, 268, someRoom)
	small := p.Shapes[0]
	assert.Equal(t, 0, p.At(Columns, small.X+1, p.Plot.Y+2), "over a low bar")
	assert.Equal(t, -1, p.At(Columns, 2, 2), "on the axis")
	assert.Equal(t, -1, p.At(Columns, small.X, p.Plot.Y+p.Plot.H+10), "under the axis")
}

func TestTableHoldsEveryValue(t *testing.T) {
	c := Chart{Axis: "月", Unit: "件", Stacked: true, Categories: []string{"4月", "5月"},
		Series: []Series{{Name: "指導料2", Data: []Datum{{Value: 1200}, {Missing: true}}}, {Name: "指導料1", Data: []Datum{{Value: 2}, {Value: 3, Text: "3件（60%）"}}}}}
	assert.Equal(t, [][]string{
		{"月", "指導料2", "指導料1", "計"}, {"4月", "1,200件", "2件", "1,202件"}, {"5月", "―", "3件（60%）", "3件"},
	}, c.Table())
}

func TestPatternsDifferWithoutColour(t *testing.T) {
	inked := func(f Fill) string {
		bits := make([]byte, 0, 400)
		for y := range 20 {
			for x := range 20 {
				if inPattern(x, y, 7, 2, f) {
					bits = append(bits, '#')
				} else {
					bits = append(bits, '.')
				}
			}
		}
		return string(bits)
	}
	seen := make(map[string]Fill)
	for _, f := range []Fill{Solid, Hatched, Blank, Dotted, Crossed} {
		other, taken := seen[inked(f)]
		assert.False(t, taken, "%v looks like %v", f, other)
		seen[inked(f)] = f
	}
}
