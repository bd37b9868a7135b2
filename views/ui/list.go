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

// List is the list most pages consist of. The user selects rows, not cells. A
// click on a header sorts; keys move, open and copy. Only the rows in sight exist
// as objects, so a list may be long.
type List[T any] struct {
	Arranged

	// OnSelected is called when another row becomes the selected one.
	OnSelected func(T)
	// OnOpened is called on Enter and on a double click.
	OnOpened func(T)
	// OnSelection is called when other rows are selected, with all of them.
	OnSelection func([]T)
	// NoHeader leaves the header away, for a short list in a fixed order.
	NoHeader bool
	// MultiSelect lets several rows be selected at once.
	MultiSelect bool
	// OnArranged is called after the user changed the widths, the choice or
	// the order of the columns: State is worth keeping.
	OnArranged func()
	// Count words the number of rows and of selected ones at the foot; see
	// CountRows. nil leaves the foot away unless a column has a Sum.
	Count func(rows, selected int) string
	// After waits on the window's goroutine; tests put their own clock here.
	After func(time.Duration, func())
	// OnSorted is called after the user chose another order.
	OnSorted func(columnID string, descending bool)
	// OnCopied is called with the number of rows put on the clipboard.
	OnCopied func(rows int)
	// OnEscape is called on Escape when there is nothing to end.
	OnEscape func()
	// OnShortcut gets the shortcuts the list does not use: the toolkit hands them to
	// the focused widget alone.
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
	none    func() // puts into empty what is shown without rows
	given   bool   // has got rows, or none
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

// NewList returns a list with the columns. key returns what identifies a row, so
// that the selection survives new rows and another order. The rows are sorted
// by the first column until another is chosen.
func NewList[T any](columns []Column[T], key func(T) string) *List[T] {
	l := &List[T]{columns: columns, key: key, selected: -1, After: After}
	l.marked, l.widths, l.choice = map[string]bool{}, map[string]float32{}, map[string]bool{}
	l.arrange()
	l.header = newListHeader(l)
	l.body = newListBody(l)
	l.scroll = container.NewVScroll(l.body)
	l.scroll.OnScrolled = func(fyne.Position) { l.body.Refresh() }
	l.empty, l.none = NewEmptyState(Loading, ""), func() { l.empty.Set("", "") }
	l.foot = newListFoot(l)
	l.chooser = newColumnChooser(l)
	l.finding = NewBadge(Tint{})
	l.frame = newGround(Paper, Line, 0)
	l.Arrange(l, l.place, l.frame, l.header, l.scroll, l.empty, l.foot, l.finding, l.chooser)
	return l
}

// Loading is what a list shows before it gets its first rows.
const Loading = "読み込み中です"

// SetEmpty gives what the list shows when it has got no rows: what is the
// case, what to do, and the buttons that do it.
func (l *List[T]) SetEmpty(title, text string, buttons ...fyne.CanvasObject) {
	l.none = func() { l.empty.Set(title, text, buttons...) }
	if l.given {
		l.none()
	}
}

// SetRows replaces the rows, in the chosen order, and keeps the selected row
// when it is still there; otherwise the first row is selected.
func (l *List[T]) SetRows(rows []T) {
	if !l.given {
		l.given = true
		l.none()
	}
	selected := l.selectedKey()
	l.rows = slices.Clone(rows)
	l.keepMarks()
	SortBy(l.rows, l.columns[l.sortColumn], l.descending)
	l.foot.count()
	l.selected = l.indexOf(selected)
	if l.selected >= 0 {
		l.Refresh()
		l.anchor = l.selected
		l.scrollTo(l.selected)
		if l.OnSelected != nil {
			l.OnSelected(l.rows[l.selected])
		}
		l.selectionChanged()
		return
	}
	l.scroll.ScrollToTop()
	l.Refresh()
	l.Select(0)
	if len(l.rows) == 0 || len(l.marked) > 0 {
		l.selectionChanged()
	}
}

// Rows returns the rows in the order shown.
func (l *List[T]) Rows() []T { return l.rows }

// Selected returns the selected row, or false when there is none.
func (l *List[T]) Selected() (T, bool) {
	if l.selected < 0 || l.selected >= len(l.rows) {
		var none T
		return none, false
	}
	return l.rows[l.selected], true
}

// selectedKey returns the key of the selected row, "" when there is none.
func (l *List[T]) selectedKey() string {
	if row, ok := l.Selected(); ok {
		return l.key(row)
	}
	return ""
}

// indexOf returns the place of the row of a key, or −1. No row has the key "".
func (l *List[T]) indexOf(key string) int {
	return slices.IndexFunc(l.rows, func(row T) bool { return key != "" && l.key(row) == key })
}

// Select makes the row at an index the current one and brings it into sight; an
// index outside the rows does nothing. Marked rows stay marked.
func (l *List[T]) Select(index int) {
	if index < 0 || index >= len(l.rows) {
		return
	}
	l.anchor = index
	l.moveTo(index)
}

func (l *List[T]) moveTo(index int) {
	changed := index != l.selected
	l.selected = index
	l.scrollTo(index)
	l.body.Refresh()
	if !changed {
		return
	}
	if l.OnSelected != nil {
		l.OnSelected(l.rows[index])
	}
	if len(l.marked) == 0 {
		l.selectionChanged()
	}
}

// SelectKey selects the row of a key and reports whether there is one.
func (l *List[T]) SelectKey(key string) bool {
	i := l.indexOf(key)
	l.Select(i)
	return i >= 0
}

// Sort orders the rows by the column of that ID; an unknown ID does nothing.
func (l *List[T]) Sort(columnID string, descending bool) {
	i := slices.IndexFunc(l.columns, func(c Column[T]) bool { return c.ID == columnID })
	if i < 0 {
		return
	}
	l.sortColumn, l.descending = i, descending
	key := l.selectedKey()
	SortBy(l.rows, l.columns[i], descending)
	if key != "" {
		l.selected = l.indexOf(key)
		l.anchor = l.selected
		l.scrollTo(l.selected)
	}
	l.Refresh()
}

// Order returns the column the rows are sorted by and the direction.
func (l *List[T]) Order() (columnID string, descending bool) {
	return l.columns[l.sortColumn].ID, l.descending
}

// chooseOrder is a click on a header: the same column turns round.
func (l *List[T]) chooseOrder(c int) {
	column := l.shown[c]
	l.Sort(l.columns[column].ID, column == l.sortColumn && !l.descending)
	if l.OnSorted != nil {
		l.OnSorted(l.Order())
	}
	call(l.OnArranged)
}

// Copy puts the marked rows, or all when none is marked, on the clipboard as
// tab-separated text: in the order and with the columns shown.
func (l *List[T]) Copy() {
	rows := l.rows
	if len(l.marked) > 0 {
		rows = l.Selection()
	}
	columns := make([]Column[T], len(l.shown))
	for i := range l.shown {
		columns[i] = *l.column(i)
	}
	fyne.CurrentApp().Clipboard().SetContent(TSV(columns, rows))
	if l.OnCopied != nil {
		l.OnCopied(len(rows))
	}
}

func rowHeight() float32 { return Scaled(RowHeight) }

func (l *List[T]) scrollTo(index int) {
	view := l.scroll.Size().Height
	if index < 0 || view <= 0 {
		return
	}
	top := float32(index) * rowHeight()
	offset := l.scroll.Offset.Y
	if top < offset {
		offset = top
	} else if top+rowHeight() > offset+view {
		offset = top + rowHeight() - view
	} else {
		return
	}
	l.scroll.ScrollToOffset(fyne.NewPos(0, offset))
	l.body.Refresh()
}

// AccessibilityLabel names the list, its length and the selected row.
func (l *List[T]) AccessibilityLabel() string {
	label := fmt.Sprintf("%s %d件", l.Name, len(l.rows))
	if n := len(l.marked); n > 0 {
		label += fmt.Sprintf(" %d件を選択中", n)
	}
	if row, ok := l.Selected(); ok {
		words := make([]string, 0, len(l.shown))
		for i := range l.shown {
			if text := l.column(i).Text(row); text != "" {
				words = append(words, text)
			}
		}
		label += " " + strings.Join(words, " ")
	}
	return label
}

// AccessibilityRole is a container.
func (l *List[T]) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleContainer }

// headHeight is the height of the header, 0 when there is none.
func (l *List[T]) headHeight() float32 {
	if l.NoHeader {
		return 0
	}
	return Scaled(HeaderHeight)
}

func (l *List[T]) place(in Room) fyne.Size {
	const rule = RuleThickness
	head, foot := l.headHeight(), l.footHeight()
	// Columns the user added do not widen the window; all columns become narrower.
	least := fyne.NewSize(scrollSide+2*rule+l.lead(), head+3*rowHeight()+foot)
	for i := range l.columns {
		if c := &l.columns[i]; !c.Off {
			least.Width += Scaled(c.Width)
		}
	}
	if !in.Placing() {
		return least
	}
	in.Fill(l.frame)
	y, width, height := rule+head, in.Width-2*rule, in.Height-2*rule-head-foot
	in.Put(l.header, rule, rule, width, head)
	in.Put(l.scroll, rule, y, width, height)
	in.Put(l.empty, rule, y, width, height)
	in.Put(l.foot, rule, y+height, width, foot)
	panel, tag := l.chooser.MinSize(), l.finding.MinSize()
	in.Put(l.chooser, in.Width-panel.Width-rule, y, panel.Width, min(panel.Height, height))
	in.Put(l.finding, in.Width-tag.Width-GapGroup, y+height-tag.Height-GapField, tag.Width, tag.Height)
	l.body.Refresh()
	return least
}

// Refresh shows the rows as they are now.
func (l *List[T]) Refresh() {
	SetVisible(l.empty, len(l.rows) == 0)
	SetVisible(l.scroll, len(l.rows) > 0)
	l.frame.StrokeColor = Line
	if l.focused {
		l.frame.StrokeColor = Accent
	}
	l.frame.Refresh()
	SetVisible(l.foot, l.footHeight() > 0)
	SetVisible(l.header, !l.NoHeader)
	l.header.Refresh()
	l.scroll.Refresh()
	l.Arranged.Refresh()
	l.foot.Refresh()
}
