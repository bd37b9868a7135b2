package charts

import (
	"maps"
	"math"
	"slices"
)

// Box is a rectangle in pixels from the top left of the drawing.
type Box struct{ X, Y, W, H float32 }

// Holds reports whether a point is in the box.
func (b Box) Holds(x, y float32) bool { return x >= b.X && x < b.X+b.W && y >= b.Y && y < b.Y+b.H }

func (b Box) overlaps(o Box) bool {
	return b.X < o.X+o.W && o.X < b.X+b.W && b.Y < o.Y+o.H && o.Y < b.Y+b.H
}

// Shape is the place of one value.
type Shape struct {
	Box
	Category, Series int
}

// Tick is a position on the value axis.
type Tick struct {
	Value float64
	At    float32 // y of Columns and Lines, x of Rows and Gauge
}

// Plan is the position of everything in a chart. It depends only on the values
// and the room.
type Plan struct {
	Plot   Box
	Shapes []Shape // bars, the lines of tiles, or a small box round each point
	Tiles  []Box   // one per category
	Ticks  []Tick
	Marks  []float32 // position of each mark on the value axis
	Slot   float32   // width of a category in the plot
	Every  int       // every n-th category is labelled

	grid  grid // of the tiles
	cells []Cell
}

// Room is the space that texts need.
type Room struct {
	Line   float32 // height of a line
	Axis   float32 // width of the widest number on the axis
	Labels float32 // width of the widest label of a category
	Value  float32 // width of the widest value
}

// Measures of a drawing at the standard text size.
const (
	gap      = 8
	widest   = 56  // of a column
	rowInset = 5   // above and below a lying bar
	tileWide = 150 // least width of a tile laid out line by line
	tileGap  = 6   // between tiles on a grid, and inside a tile
	pointBox = 14  // around a point
)

// Axis returns the step and the end of a value axis that includes most. Steps
// are 1, 2 or 5 times a power of ten, whole numbers, at most five.
func Axis(most float64) (step, end float64) {
	if most <= 0 {
		return 1, 1
	}
	step = math.Pow(10, math.Floor(math.Log10(most)))
	for _, part := range []float64{0.1, 0.2, 0.5, 1, 2, 5} {
		if s := math.Max(1, step*part); math.Ceil(most/s) <= 5 {
			step = s
			break
		}
	}
	return step, step * math.Ceil(most/step)
}

// Layout places a chart in a drawing of a size.
func (c *Chart) Layout(w, h float32, room Room) Plan {
	switch c.Kind {
	case Rows, Gauge:
		return c.layRows(w, h, room)
	case Tiles:
		return c.layTiles(w, h, room)
	}
	return c.layColumns(w, h, room)
}

// beside reports whether the bars of a category share its width.
func (c *Chart) beside() bool { return !c.Stacked && !c.Overlaid }

func (c *Chart) layColumns(w, h float32, room Room) Plan {
	left := room.Axis + gap
	p := Plan{Plot: Box{left, room.Line, max(0, w-left), max(0, h-2*room.Line-gap)}, Every: 1}
	n := len(c.Categories)
	if n == 0 {
		return p
	}
	step, end := Axis(c.most())
	y := func(v float64) float32 { return p.Plot.Y + p.Plot.H*float32(1-v/end) }
	for v := 0.0; v <= end; v += step {
		p.Ticks = append(p.Ticks, Tick{v, y(v)})
	}
	for _, m := range c.Marks {
		p.Marks = append(p.Marks, y(m.Value))
	}
	p.Slot = p.Plot.W / float32(n)
	p.Every = max(1, int(math.Ceil(float64((room.Labels+gap)/p.Slot))))
	wide := min(p.Slot*0.7, widest)
	if c.beside() && c.Kind == Columns {
		wide /= float32(len(c.Series))
	}
	for j := range c.Categories {
		centre := p.Plot.X + p.Slot*(float32(j)+0.5)
		below := 0.0
		for i := range c.Series {
			d := c.at(j, i)
			if d.Missing {
				continue
			}
			from := d.From
			if c.Stacked {
				from = below
				below += d.Value
			}
			top := y(from + d.Value)
			box := Box{centre - wide/2, top, wide, y(from) - top}
			switch {
			case c.Kind == Lines:
				box = Box{centre - pointBox/2, top - pointBox/2, pointBox, pointBox}
			case c.beside():
				box.X = centre + wide*(float32(i)-float32(len(c.Series))/2)
			}
			p.Shapes = append(p.Shapes, Shape{box, j, i})
		}
	}
	return p
}

func (c *Chart) layRows(w, h float32, room Room) Plan {
	left := min(room.Labels, w*0.36) + gap
	right := room.Value + gap
	bottom := room.Line
	p := Plan{Plot: Box{left, 0, max(1, w-left-right), max(0, h-bottom)}, Every: 1}
	if len(c.Marks) > 0 { // their names are above
		p.Plot.Y, p.Plot.H = room.Line, max(0, p.Plot.H-room.Line)
	}
	n := len(c.Categories)
	if n == 0 {
		return p
	}
	step, end := Axis(c.most())
	x := func(v float64) float32 { return p.Plot.X + p.Plot.W*float32(v/end) }
	for v := 0.0; v <= end; v += step {
		p.Ticks = append(p.Ticks, Tick{v, x(v)})
	}
	for _, m := range c.Marks {
		p.Marks = append(p.Marks, x(m.Value))
	}
	p.Slot = p.Plot.H / float32(n)
	for j := range c.Categories {
		top := p.Plot.Y + p.Slot*float32(j) + rowInset
		high := p.Slot - 2*rowInset
		if c.beside() {
			high /= float32(len(c.Series))
		}
		before := 0.0
		for i := range c.Series {
			d := c.at(j, i)
			if d.Missing {
				continue
			}
			from := d.From
			if c.Stacked {
				from = before
				before += d.Value
			}
			box := Box{x(from), top, x(from+d.Value) - x(from), high}
			if c.beside() {
				box.Y += high * float32(i)
			}
			p.Shapes = append(p.Shapes, Shape{box, j, i})
		}
	}
	return p
}

// layTiles places one tile per category: on the grid, without empty rows and
// columns at its edges, or line by line. A tile has one line for its name and
// one per series.
func (c *Chart) layTiles(w, _ float32, room Room) Plan {
	g, cells := c.tiles(w, room)
	p := Plan{Plot: Box{0, 0, w, g.height()}, Slot: g.wide, Every: 1, grid: g, cells: cells}
	for j, cell := range cells {
		tile := g.box(cell)
		p.Tiles = append(p.Tiles, tile)
		for i := range c.Series {
			if !c.at(j, i).Missing {
				p.Shapes = append(p.Shapes, Shape{tileLine(tile, i+1, room.Line), j, i})
			}
		}
	}
	return p
}

// tiles returns the grid of the tiles and the cell of each.
func (c *Chart) tiles(w float32, room Room) (grid, []Cell) {
	g := grid{high: float32(1+len(c.Series))*room.Line + 2*tileGap, gap: gap, columns: TilesAcross(w, room)}
	cells := c.Cells
	if c.placed() {
		first, last := extent(cells)
		g.first, g.gap, g.columns, g.rows = first, tileGap, max(GridColumns, last.Column-first.Column+1), last.Row-first.Row+1
	} else {
		cells = make([]Cell, len(c.Categories))
		for j := range cells {
			cells[j] = Cell{j % g.columns, j / g.columns}
		}
		g.rows = (len(cells) + g.columns - 1) / g.columns
	}
	g.wide = (w+g.gap)/float32(g.columns) - g.gap
	return g, cells
}

// tileLine returns the box of a line in a tile. Line 0 is its name.
func tileLine(tile Box, line int, high float32) Box {
	return Box{tile.X + tileGap/2, tile.Y + tileGap + float32(line)*high, tile.W - tileGap, high}
}

// TilesAcross returns how many tiles fit side by side when laid out line by
// line.
func TilesAcross(w float32, room Room) int { return max(1, int((w+gap)/(tileWide*room.Line/20+gap))) }

// Labels chooses the points of Lines that get their value written above, and
// where: the last of each series, then points of the first series from its end,
// as long as they touch no other label or point. widths are those of the
// values, one per shape.
func (p *Plan) Labels(widths []float32, line float32) map[int]Box {
	last := make(map[int]int) // by series
	for i, s := range p.Shapes {
		if at, ok := last[s.Series]; !ok || p.Shapes[at].Category < s.Category {
			last[s.Series] = i
		}
	}
	order := slices.Sorted(maps.Values(last))
	for i := len(p.Shapes) - 1; i >= 0; i-- {
		if p.Shapes[i].Series == 0 {
			order = append(order, i)
		}
	}
	placed := make(map[int]Box)
	for _, i := range order {
		s := p.Shapes[i]
		box := Box{s.X + s.W/2 - widths[i]/2, s.Y - line + 2, widths[i], line}
		box.X = min(box.X, p.Plot.X+p.Plot.W-box.W) // stay inside the frame
		if p.free(i, box, placed) {
			placed[i] = box
		}
	}
	return placed
}

// free reports whether a value can be written over a point.
func (p *Plan) free(point int, box Box, placed map[int]Box) bool {
	for i, other := range placed {
		apart := Box{other.X - gap/2, other.Y, other.W + gap, other.H}
		if i == point || apart.overlaps(box) {
			return false
		}
	}
	for i, s := range p.Shapes {
		const inner = pointBox / 4 // the drawn point is smaller than its pointer area
		if i != point && box.overlaps(Box{s.X + inner, s.Y + inner, s.W - 2*inner, s.H - 2*inner}) {
			return false
		}
	}
	return true
}

// At returns the index of the shape at a point: the one that holds it, else the
// nearest in its category, or −1 outside the plot.
func (p *Plan) At(kind Kind, x, y float32) int {
	if i := slices.IndexFunc(p.Shapes, func(s Shape) bool { return s.Holds(x, y) }); i >= 0 {
		return i
	}
	if kind == Tiles { // the first value of the tile
		tile := slices.IndexFunc(p.Tiles, func(b Box) bool { return b.Holds(x, y) })
		return slices.IndexFunc(p.Shapes, func(s Shape) bool { return s.Category == tile })
	}
	if x < p.Plot.X && kind != Rows && kind != Gauge || y < p.Plot.Y || y >= p.Plot.Y+p.Plot.H || p.Slot <= 0 {
		return -1
	}
	category := int((x - p.Plot.X) / p.Slot)
	if kind == Rows || kind == Gauge {
		category = int((y - p.Plot.Y) / p.Slot)
	}
	best, nearest := -1, float32(math.MaxFloat32)
	for i, s := range p.Shapes {
		if s.Category != category {
			continue
		}
		dx, dy := x-(s.X+s.W/2), y-(s.Y+s.H/2)
		if d := dx*dx + dy*dy; d < nearest {
			best, nearest = i, d
		}
	}
	return best
}
