package ui

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
)

// List is the list the program's pages are made of: rows are selected, not
// cells; a click on a header sorts; the keyboard moves, opens and copies. Only
// the rows in sight exist as objects, so the length does not matter.
type List[T any] struct {
	Arranged

	// OnSelected is called when another row becomes the selected one.
	OnSelected func(T)
	// OnOpened is called on Enter and on a double click.
	OnOpened func(T)
	// OnSelection is called when other rows are selected, with all of them.
	OnSelection func([]T)
	// NoHeader leaves the header away, for a list whose order is given and whose
	// one or few columns speak for themselves.
	NoHeader bool
	// MultiSelect lets several rows be selected at once.
	MultiSelect bool
	// OnArranged is called after the person changed the widths, the choice or
	// the order of the columns: State is worth keeping.
	OnArranged func()
	// Count words the number of rows and of selected ones at the foot; see
	// CountRows. nil leaves the foot away unless a column has a Sum.
	Count func(rows, selected int) string
	// After waits on the window's goroutine; tests put their own clock here.
	After func(time.Duration, func())
	// OnSorted is called after the person chose another order.
	OnSorted func(columnID string, descending bool)
	// OnCopied is called with the number of rows put on the clipboard.
	OnCopied func(rows int)
	// OnEscape is called on Escape when there is nothing to end.
	OnEscape func()
	// OnShortcut gets the shortcuts the register does not use itself, for the
	// toolkit hands them to the focused widget alone.
	OnShortcut func(fyne.Shortcut)
	// Name is what screen readers call the list.
	Name string

	columns    []Column[T]
	shown      []int // columns in sight
	key        func(T) string
	rows       []T
	selected   int // index in rows of the current row, −1 for none
	sortColumn int
	descending bool
	focused    bool
	shift      bool // the key is down

	marked map[string]bool // keys of the rows marked among several
	anchor int             // where a range of marked rows began
	widths map[string]float32
	choice map[string]bool // columns shown or not against their default
	search typedSearch

	header  *listHeader[T]
	body    *listBody[T]
	scroll  *container.Scroll
	empty   *EmptyState
	frame   *canvas.Rectangle
	foot    *listFoot[T]
	chooser *columnChooser[T]
	finding *Badge
}

var (
	_ fyne.Focusable    = (*List[int])(nil)
	_ fyne.Shortcutable = (*List[int])(nil)
	_ desktop.Keyable   = (*List[int])(nil)
)

// NewList returns a register of the columns. key names a row for good, so
// that the selection survives new rows and another order. The rows are sorted
// by the first column until another is chosen.
func NewList[T any](columns []Column[T], key func(T) string) *List[T] {
	r := &List[T]{columns: columns, key: key, selected: -1, After: After}
	r.marked, r.widths, r.choice = map[string]bool{}, map[string]float32{}, map[string]bool{}
	r.arrange()
	r.header = newListHeader(r)
	r.body = newListBody(r)
	r.scroll = container.NewVScroll(r.body)
	r.scroll.OnScrolled = func(fyne.Position) { r.body.Refresh() }
	r.empty = NewEmptyState("", "")
	r.foot = newListFoot(r)
	r.chooser = newColumnChooser(r)
	r.finding = NewBadge(Tint{})
	r.frame = newGround(Paper, Line, 0)
	r.Arrange(r, r.place, r.frame, r.header, r.scroll, r.empty, r.foot, r.finding, r.chooser)
	return r
}

// SetEmpty gives what the register shows when it has no rows: what is the
// case, what to do, and the buttons that do it.
func (r *List[T]) SetEmpty(title, text string, buttons ...fyne.CanvasObject) {
	r.empty.Set(title, text, buttons...)
}

// SetRows replaces the rows, in the chosen order, and keeps the selected row
// when it is still there; otherwise the first row is selected.
func (r *List[T]) SetRows(rows []T) {
	selected := ""
	if row, ok := r.Selected(); ok {
		selected = r.key(row)
	}
	r.rows = slices.Clone(rows)
	r.keepMarks()
	SortBy(r.rows, r.columns[r.sortColumn], r.descending)
	r.foot.count()
	r.selected = -1
	if selected != "" {
		r.selected = slices.IndexFunc(r.rows, func(row T) bool { return r.key(row) == selected })
	}
	if r.selected >= 0 {
		r.Refresh()
		r.anchor = r.selected
		r.scrollTo(r.selected)
		if r.OnSelected != nil {
			r.OnSelected(r.rows[r.selected])
		}
		r.selectionChanged()
		return
	}
	r.scroll.ScrollToTop()
	r.Refresh()
	r.Select(0)
	if len(r.rows) == 0 || len(r.marked) > 0 {
		r.selectionChanged()
	}
}

// Rows returns the rows in the order shown.
func (r *List[T]) Rows() []T { return r.rows }

// Selected returns the selected row, or false when there is none.
func (r *List[T]) Selected() (T, bool) {
	if r.selected < 0 || r.selected >= len(r.rows) {
		var none T
		return none, false
	}
	return r.rows[r.selected], true
}

// Select makes the row at an index the current one and brings it into sight; an
// index outside the rows does nothing. Marked rows stay marked.
func (r *List[T]) Select(index int) {
	if index < 0 || index >= len(r.rows) {
		return
	}
	r.anchor = index
	r.moveTo(index)
}

func (r *List[T]) moveTo(index int) {
	changed := index != r.selected
	r.selected = index
	r.scrollTo(index)
	r.body.Refresh()
	if !changed {
		return
	}
	if r.OnSelected != nil {
		r.OnSelected(r.rows[index])
	}
	if len(r.marked) == 0 {
		r.selectionChanged()
	}
}

// SelectKey selects the row of a key and reports whether there is one.
func (r *List[T]) SelectKey(key string) bool {
	i := slices.IndexFunc(r.rows, func(row T) bool { return r.key(row) == key })
	r.Select(i)
	return i >= 0
}

// Sort orders the rows by the column of that ID; an unknown ID does nothing.
func (r *List[T]) Sort(columnID string, descending bool) {
	i := slices.IndexFunc(r.columns, func(c Column[T]) bool { return c.ID == columnID })
	if i < 0 {
		return
	}
	r.sortColumn, r.descending = i, descending
	key := ""
	if row, ok := r.Selected(); ok {
		key = r.key(row)
	}
	SortBy(r.rows, r.columns[i], descending)
	if key != "" {
		r.selected = slices.IndexFunc(r.rows, func(row T) bool { return r.key(row) == key })
		r.anchor = r.selected
		r.scrollTo(r.selected)
	}
	r.Refresh()
}

// Order returns the column the rows are sorted by and the direction.
func (r *List[T]) Order() (columnID string, descending bool) {
	return r.columns[r.sortColumn].ID, r.descending
}

// chooseOrder is a click on a header: the same column turns round.
func (r *List[T]) chooseOrder(c int) {
	column := r.shown[c]
	r.Sort(r.columns[column].ID, column == r.sortColumn && !r.descending)
	if r.OnSorted != nil {
		r.OnSorted(r.Order())
	}
	call(r.OnArranged)
}

// Copy puts the marked rows, or all when none is marked, on the clipboard as
// tab-separated text: in the order and with the columns shown.
func (r *List[T]) Copy() {
	rows := r.rows
	if len(r.marked) > 0 {
		rows = r.Selection()
	}
	columns := make([]Column[T], len(r.shown))
	for i := range r.shown {
		columns[i] = *r.column(i)
	}
	fyne.CurrentApp().Clipboard().SetContent(TSV(columns, rows))
	if r.OnCopied != nil {
		r.OnCopied(len(rows))
	}
}

func rowHeight() float32 { return Scaled(RowHeight) }

func (r *List[T]) scrollTo(index int) {
	view := r.scroll.Size().Height
	if index < 0 || view <= 0 {
		return
	}
	top := float32(index) * rowHeight()
	offset := r.scroll.Offset.Y
	if top < offset {
		offset = top
	} else if top+rowHeight() > offset+view {
		offset = top + rowHeight() - view
	} else {
		return
	}
	r.scroll.ScrollToOffset(fyne.NewPos(0, offset))
	r.body.Refresh()
}

// AccessibilityLabel names the list, its length and the selected row.
func (r *List[T]) AccessibilityLabel() string {
	label := fmt.Sprintf("%s %d件", r.Name, len(r.rows))
	if n := len(r.marked); n > 0 {
		label += fmt.Sprintf(" %d件を選択中", n)
	}
	if row, ok := r.Selected(); ok {
		words := make([]string, 0, len(r.shown))
		for i := range r.shown {
			if text := r.column(i).Text(row); text != "" {
				words = append(words, text)
			}
		}
		label += " " + strings.Join(words, " ")
	}
	return label
}

// AccessibilityRole is a container.
func (r *List[T]) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleContainer }

// headHeight is the height of the header, 0 when there is none.
func (r *List[T]) headHeight() float32 {
	if r.NoHeader {
		return 0
	}
	return Scaled(HeaderHeight)
}

func (r *List[T]) place(in Room) fyne.Size {
	const rule = RuleThickness
	head, foot := r.headHeight(), r.footHeight()
	// What the person chose to see besides makes the window no wider: the
	// columns give way.
	least := fyne.NewSize(scrollSide+2*rule+r.lead(), head+3*rowHeight()+foot)
	for i := range r.columns {
		if c := &r.columns[i]; !c.Off {
			least.Width += Scaled(c.Width)
		}
	}
	if !in.Placing() {
		return least
	}
	in.Fill(r.frame)
	y, width, height := rule+head, in.Width-2*rule, in.Height-2*rule-head-foot
	in.Put(r.header, rule, rule, width, head)
	in.Put(r.scroll, rule, y, width, height)
	in.Put(r.empty, rule, y, width, height)
	in.Put(r.foot, rule, y+height, width, foot)
	panel, tag := r.chooser.MinSize(), r.finding.MinSize()
	in.Put(r.chooser, in.Width-panel.Width-rule, y, panel.Width, min(panel.Height, height))
	in.Put(r.finding, in.Width-tag.Width-GapGroup, y+height-tag.Height-GapField, tag.Width, tag.Height)
	r.body.Refresh()
	return least
}

// Refresh shows the rows as they are now.
func (r *List[T]) Refresh() {
	SetVisible(r.empty, len(r.rows) == 0)
	SetVisible(r.scroll, len(r.rows) > 0)
	r.frame.StrokeColor = Line
	if r.focused {
		r.frame.StrokeColor = Accent
	}
	r.frame.Refresh()
	SetVisible(r.foot, r.footHeight() > 0)
	SetVisible(r.header, !r.NoHeader)
	r.header.Refresh()
	r.scroll.Refresh()
	r.Arranged.Refresh()
	r.foot.Refresh()
}
