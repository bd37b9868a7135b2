package ui

import "maps"

// ListState is how the user arranged a list, to be kept as JSON.
type ListState struct {
	// Widths holds the widths the user gave, in pixels at the standard text
	// size, by column ID.
	Widths map[string]float32 `json:"widths,omitempty"`
	// Shown holds the columns taken in or out of sight against their default.
	Shown map[string]bool `json:"shown,omitempty"`
	// Sort is the ID of the column the rows are sorted by, Down the direction.
	Sort string `json:"sort,omitempty"`
	Down bool   `json:"down,omitempty"`
}

// State returns how the list is arranged.
func (l *List[T]) State() ListState {
	id, down := l.Order()
	return ListState{Widths: maps.Clone(l.widths), Shown: maps.Clone(l.choice), Sort: id, Down: down}
}

// Restore arranges the list as State told. It leaves out unknown columns and
// impossible widths.
func (l *List[T]) Restore(s ListState) {
	clear(l.widths)
	clear(l.choice)
	for i := range l.columns {
		c := &l.columns[i]
		if width := s.Widths[c.ID]; width >= leastColumn && width < mostColumn {
			l.widths[c.ID] = width
		}
		if shown, ok := s.Shown[c.ID]; ok && shown == c.Off {
			l.choice[c.ID] = shown
		}
	}
	l.arrange()
	l.foot.count()
	l.Sort(s.Sort, s.Down)
	l.Refresh()
}

// The least and most pixels a column can be made wide.
const leastColumn, mostColumn = 32, 2000

// arrange puts the columns chosen into sight; without any, the first stays.
func (l *List[T]) arrange() {
	l.shown = l.shown[:0]
	for i := range l.columns {
		if l.inSight(i) {
			l.shown = append(l.shown, i)
		}
	}
	if len(l.shown) == 0 {
		l.shown = append(l.shown, 0)
	}
}

func (l *List[T]) inSight(i int) bool {
	if shown, ok := l.choice[l.columns[i].ID]; ok {
		return shown
	}
	return !l.columns[i].Off
}

// column returns a column by its place among those in sight.
func (l *List[T]) column(c int) *Column[T] { return &l.columns[l.shown[c]] }

func (l *List[T]) spans(width float32) []span {
	widths := make([]columnWidth, len(l.shown))
	for i := range l.shown {
		widths[i] = l.widthOf(i)
	}
	return columnSpans(widths, l.lead(), width)
}

func (l *List[T]) widthOf(c int) columnWidth {
	column := l.column(c)
	if given, ok := l.widths[column.ID]; ok {
		return columnWidth{least: Scaled(given)}
	}
	return columnWidth{Scaled(column.Width), column.Grow}
}

// resize gives a column a width, in a list as wide as within. The other columns
// keep their least width.
func (l *List[T]) resize(c int, width, within float32) {
	room := within - scrollSide - l.lead()
	for i := range l.shown {
		if i != c {
			room -= l.widthOf(i).least
		}
	}
	width = max(Scaled(leastColumn), min(width, room))
	l.widths[l.column(c).ID] = width / Scaled(1)
	l.header.Refresh()
	l.body.Refresh()
	l.foot.Refresh()
}

// showColumn takes a column in or out of sight; the last one stays.
func (l *List[T]) showColumn(i int, shown bool) {
	if !shown && len(l.shown) == 1 && l.shown[0] == i {
		l.chooser.Refresh()
		return
	}
	c := &l.columns[i]
	if shown == !c.Off {
		delete(l.choice, c.ID)
	} else {
		l.choice[c.ID] = shown
	}
	l.columnsChanged()
}

// resetColumns goes back to the columns and widths of the program.
func (l *List[T]) resetColumns() {
	clear(l.widths)
	clear(l.choice)
	l.columnsChanged()
}

func (l *List[T]) columnsChanged() {
	l.arrange()
	l.foot.count()
	l.Refresh()
	l.chooser.Refresh()
	call(l.OnArranged)
}

// ChooseColumns opens the choice of columns for the keyboard.
func (l *List[T]) ChooseColumns() {
	if !l.chooser.Visible() {
		l.toggleChooser()
	}
	l.chooser.takeFocus()
}

func (l *List[T]) toggleChooser() {
	if l.chooser.Visible() {
		l.chooser.Hide()
		giveFocus(l)
	} else {
		l.chooser.Show()
	}
	l.Refresh()
}
