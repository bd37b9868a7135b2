package ui

import "maps"

// ListState is how a person arranged a register, to be kept as JSON.
type ListState struct {
	// Widths holds the widths the person gave, in pixels at the standard text
	// size, by column ID.
	Widths map[string]float32 `json:"widths,omitempty"`
	// Shown holds the columns taken in or out of sight against their default.
	Shown map[string]bool `json:"shown,omitempty"`
	// Sort is the ID of the column the rows are sorted by, Down the direction.
	Sort string `json:"sort,omitempty"`
	Down bool   `json:"down,omitempty"`
}

// State returns how the register is arranged.
func (r *List[T]) State() ListState {
	id, down := r.Order()
	return ListState{Widths: maps.Clone(r.widths), Shown: maps.Clone(r.choice), Sort: id, Down: down}
}

// Restore arranges the register as it was. What it does not know, and widths
// no column can have, are left out.
func (r *List[T]) Restore(s ListState) {
	clear(r.widths)
	clear(r.choice)
	for i := range r.columns {
		c := &r.columns[i]
		if width := s.Widths[c.ID]; width >= leastColumn && width < mostColumn {
			r.widths[c.ID] = width
		}
		if shown, ok := s.Shown[c.ID]; ok && shown == c.Off {
			r.choice[c.ID] = shown
		}
	}
	r.arrange()
	r.foot.count()
	r.Sort(s.Sort, s.Down)
	r.Refresh()
}

// The least and most pixels a column can be made wide.
const leastColumn, mostColumn = 32, 2000

// arrange puts the columns chosen into sight; without any, the first stays.
func (r *List[T]) arrange() {
	r.shown = r.shown[:0]
	for i := range r.columns {
		if r.inSight(i) {
			r.shown = append(r.shown, i)
		}
	}
	if len(r.shown) == 0 {
		r.shown = append(r.shown, 0)
	}
}

func (r *List[T]) inSight(i int) bool {
	if shown, ok := r.choice[r.columns[i].ID]; ok {
		return shown
	}
	return !r.columns[i].Off
}

// column returns a column by its place among those in sight.
func (r *List[T]) column(c int) *Column[T] { return &r.columns[r.shown[c]] }

func (r *List[T]) spans(width float32) []span {
	widths := make([]columnWidth, len(r.shown))
	for i := range r.shown {
		widths[i] = r.widthOf(i)
	}
	return columnSpans(widths, r.lead(), width)
}

func (r *List[T]) widthOf(c int) columnWidth {
	column := r.column(c)
	if given, ok := r.widths[column.ID]; ok {
		return columnWidth{least: Scaled(given)}
	}
	return columnWidth{Scaled(column.Width), column.Grow}
}

// resize makes a column as wide as given in a register of a width, at most so
// wide that the others keep their least.
func (r *List[T]) resize(c int, width, within float32) {
	room := within - scrollSide - r.lead()
	for i := range r.shown {
		if i != c {
			room -= r.widthOf(i).least
		}
	}
	width = max(Scaled(leastColumn), min(width, room))
	r.widths[r.column(c).ID] = width / Scaled(1)
	r.header.Refresh()
	r.body.Refresh()
	r.foot.Refresh()
}

// showColumn takes a column in or out of sight; the last one stays.
func (r *List[T]) showColumn(i int, shown bool) {
	if !shown && len(r.shown) == 1 && r.shown[0] == i {
		r.chooser.Refresh()
		return
	}
	c := &r.columns[i]
	if shown == !c.Off {
		delete(r.choice, c.ID)
	} else {
		r.choice[c.ID] = shown
	}
	r.columnsChanged()
}

// resetColumns goes back to the columns and widths of the program.
func (r *List[T]) resetColumns() {
	clear(r.widths)
	clear(r.choice)
	r.columnsChanged()
}

func (r *List[T]) columnsChanged() {
	r.arrange()
	r.foot.count()
	r.Refresh()
	r.chooser.Refresh()
	call(r.OnArranged)
}

// ChooseColumns opens the choice of columns for the keyboard.
func (r *List[T]) ChooseColumns() {
	if !r.chooser.Visible() {
		r.toggleChooser()
	}
	r.chooser.takeFocus()
}

func (r *List[T]) toggleChooser() {
	if r.chooser.Visible() {
		r.chooser.Hide()
		giveFocus(r)
	} else {
		r.chooser.Show()
	}
	r.Refresh()
}
