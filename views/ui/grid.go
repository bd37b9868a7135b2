package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// GridColumn is a column of a grid: at least as wide as Width at the standard
// text size, with a share of what is left over. Without a width it is as wide
// as its widest object.
type GridColumn struct{ Width, Grow float32 }

// grid lays objects out in rows and columns, each row as high as its highest
// object.
type grid struct {
	columns []GridColumn
	rows    [][]fyne.CanvasObject
	gap     float32             // between rows
	rules   []*canvas.Rectangle // under the rows
	top     bool                // objects stand at the top of their row, not in its middle
}

// NewGrid returns the rows below each other, the gap between them, their objects
// in the middle of the row. A nil object leaves its place empty. ruled draws a
// line under each row.
func NewGrid(columns []GridColumn, gap float32, ruled bool, rows ...[]fyne.CanvasObject) *Arranged {
	g := &grid{columns: columns, rows: rows, gap: gap}
	return g.arrange(ruled)
}

// NewTopGrid returns a grid whose objects stand at the top of their row.
func NewTopGrid(columns []GridColumn, gap float32, rows ...[]fyne.CanvasObject) *Arranged {
	g := &grid{columns: columns, rows: rows, gap: gap, top: true}
	return g.arrange(false)
}

func (g *grid) arrange(ruled bool) *Arranged {
	var objects []fyne.CanvasObject
	if ruled {
		for range g.rows {
			rule := canvas.NewRectangle(FaintLine)
			g.rules, objects = append(g.rules, rule), append(objects, rule)
		}
	}
	for _, row := range g.rows {
		for _, o := range row {
			if o != nil {
				objects = append(objects, o)
			}
		}
	}
	return Arrange(g.place, objects...)
}

func (g *grid) place(in Room) fyne.Size {
	spans, least := g.spans(in.Width)
	y := float32(0)
	for n, row := range g.rows {
		height := float32(0)
		for i, o := range row {
			if o != nil {
				height = max(height, HeightFor(o, spans[i].width))
			}
		}
		for i, o := range row {
			if o == nil || !in.Placing() {
				continue
			}
			h, at := HeightFor(o, spans[i].width), y
			if !g.top {
				at += (height - h) / 2
			}
			in.Put(o, spans[i].x, at, spans[i].width, h)
		}
		y += height + g.gap
		if g.rules != nil {
			in.Put(g.rules[n], 0, y-g.gap/2-RuleThickness, in.Width, RuleThickness)
		}
	}
	return fyne.NewSize(least, max(0, y-g.gap))
}

// spans returns the columns in a width, and the least width they need.
func (g *grid) spans(width float32) (spans []span, least float32) {
	spans = make([]span, len(g.columns))
	grow := float32(0)
	for i, c := range g.columns {
		spans[i].width = Scaled(c.Width)
		if c.Width == 0 {
			for _, row := range g.rows {
				if row[i] != nil {
					spans[i].width = max(spans[i].width, row[i].MinSize().Width)
				}
			}
		}
		least += spans[i].width
		grow += c.Grow
	}
	least += GapField * float32(max(0, len(spans)-1))
	at := float32(0)
	for i, c := range g.columns {
		if rest := width - least; rest > 0 && grow > 0 {
			spans[i].width += rest * c.Grow / grow
		}
		spans[i].x = at
		at += spans[i].width + GapField
	}
	return spans, least
}

// Fact is a labelled value; Warn is for one that asks for a look.
type Fact struct {
	Label, Value string
	Warn         bool
}

// NewFacts returns the facts, so many to a line, their values in line behind
// labels of a width at the standard text size. Where there are several to a line
// there is a rule under each line.
func NewFacts(labels float32, inLine int, facts ...Fact) *Arranged {
	g := &grid{gap: GapCell, top: true}
	for range inLine {
		g.columns = append(g.columns, GridColumn{Width: labels}, GridColumn{Width: 120, Grow: 1})
	}
	ruled := inLine > 1
	if ruled {
		g.gap = GapField
	}
	for i, f := range facts {
		if i%inLine == 0 {
			g.rows = append(g.rows, make([]fyne.CanvasObject, 2*inLine))
		}
		style := Plain
		if f.Warn {
			style = Style{Bold: true, Color: Warn}
		}
		row, at := g.rows[len(g.rows)-1], i%inLine*2
		row[at], row[at+1] = NewParagraph(f.Label, Quiet), NewParagraph(f.Value, style)
	}
	return g.arrange(ruled)
}
