package ui

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
)

// listHeader is the line of column titles. A click sorts, the right edge of
// a title can be dragged, and the sign at the right end (or a right click)
// opens the choice of columns.
type listHeader[T any] struct {
	Arranged
	list    *List[T]
	ground  *canvas.Rectangle
	rule    *canvas.Rectangle
	titles  []*canvas.Text
	ticks   []*canvas.Rectangle // between the columns
	box     *markBox
	menu    *canvas.Image
	pointer float32 // where the pointer is
	dragged int     // the column being made wider, −1 for none
	from    float32 // its width less the place of the pointer when it began
}

var (
	_ fyne.Tappable          = (*listHeader[int])(nil)
	_ fyne.SecondaryTappable = (*listHeader[int])(nil)
	_ fyne.Draggable         = (*listHeader[int])(nil)
	_ desktop.Mouseable      = (*listHeader[int])(nil)
	_ desktop.Hoverable      = (*listHeader[int])(nil)
	_ desktop.Cursorable     = (*listHeader[int])(nil)
)

func newListHeader[T any](list *List[T]) *listHeader[T] {
	h := &listHeader[T]{
		list: list, ground: canvas.NewRectangle(Ground), rule: canvas.NewRectangle(Line),
		box: newMarkBox(), menu: canvas.NewImageFromResource(theme.MoreVerticalIcon()), dragged: -1,
	}
	h.menu.FillMode = canvas.ImageFillContain
	h.Arrange(h, h.place)
	return h
}

const (
	// edgeReach is how near an edge the pointer takes hold of it.
	edgeReach = 4
	// menuWidth is the room of the sign at the right end.
	menuWidth = 24
)

// edgeAt returns the column whose right edge is at x, or −1. The last column
// ends with the list and has none.
func (h *listHeader[T]) edgeAt(x float32) int {
	spans := h.list.spans(h.Size().Width)
	for i := 0; i < len(spans)-1; i++ {
		if edge := spans[i].x + spans[i].width; x >= edge-edgeReach && x <= edge+edgeReach {
			return i
		}
	}
	return -1
}

// Tapped sorts by the column under the pointer.
func (h *listHeader[T]) Tapped(e *fyne.PointEvent) {
	switch {
	case e.Position.X < h.list.lead():
		h.list.toggleAll()
	case e.Position.X > h.Size().Width-menuWidth:
		h.list.toggleChooser()
	case h.edgeAt(e.Position.X) >= 0:
	default:
		if c := spanAt(h.list.spans(h.Size().Width), e.Position.X); c >= 0 {
			h.list.chooseOrder(c)
		}
	}
}

// TappedSecondary opens the choice of columns.
func (h *listHeader[T]) TappedSecondary(*fyne.PointEvent) { h.list.toggleChooser() }

// MouseDown takes hold of the edge under the pointer.
func (h *listHeader[T]) MouseDown(e *desktop.MouseEvent) {
	h.dragged = h.edgeAt(e.Position.X)
	if h.dragged >= 0 {
		h.from = h.list.spans(h.Size().Width)[h.dragged].width - e.Position.X
	}
}

// MouseUp does nothing: DragEnd follows a drag.
func (h *listHeader[T]) MouseUp(*desktop.MouseEvent) {}

// Dragged makes the column as wide as the pointer is far.
func (h *listHeader[T]) Dragged(e *fyne.DragEvent) {
	if h.dragged >= 0 {
		h.list.resize(h.dragged, h.from+e.Position.X, h.Size().Width)
	}
}

// DragEnd lets the edge go.
func (h *listHeader[T]) DragEnd() {
	if h.dragged >= 0 {
		h.dragged = -1
		call(h.list.OnArranged)
	}
}

// MouseIn notes where the pointer is.
func (h *listHeader[T]) MouseIn(e *desktop.MouseEvent) { h.pointer = e.Position.X }

// MouseMoved notes where the pointer is.
func (h *listHeader[T]) MouseMoved(e *desktop.MouseEvent) { h.pointer = e.Position.X }

// MouseOut does nothing.
func (h *listHeader[T]) MouseOut() {}

// Cursor shows what can be done where the pointer is.
func (h *listHeader[T]) Cursor() desktop.Cursor {
	if h.dragged >= 0 || h.edgeAt(h.pointer) >= 0 {
		return desktop.HResizeCursor
	}
	return desktop.PointerCursor
}

func (h *listHeader[T]) place(in Room) fyne.Size {
	least := fyne.NewSize(0, Scaled(HeaderHeight))
	if !in.Placing() {
		return least
	}
	in.Fill(h.ground)
	in.Put(h.rule, 0, in.Height-RuleThickness, in.Width, RuleThickness)
	in.Put(h.menu, in.Width-menuWidth+GapCell/2, (in.Height-18)/2, 18, 18)
	h.box.place(fyne.NewPos(0, 0), h.list.lead(), h.list.allMarked())
	h.objects = h.box.objects([]fyne.CanvasObject{h.ground, h.rule})
	style := Style{Bold: true, Color: QuietInk}
	spans := h.list.spans(in.Width)
	sorted := slices.Index(h.list.shown, h.list.sortColumn)
	for len(h.titles) < len(spans) {
		h.titles = append(h.titles, NewText("", style))
		h.ticks = append(h.ticks, canvas.NewRectangle(Line))
	}
	for i, s := range spans {
		title := h.list.column(i).Title
		switch {
		case i == sorted && h.list.descending:
			title += "▼"
		case i == sorted:
			title += "▲"
		}
		in.Put(h.ticks[i], s.x+s.width-RuleThickness, in.Height*0.25, RuleThickness, in.Height*0.5)
		h.ticks[i].Hidden = i == len(spans)-1
		// The last title makes room for the sign.
		s.width = min(s.width, in.Width-menuWidth-s.x)
		placeText(h.titles[i], title, style, h.list.column(i).Align, s, in.Height)
		h.objects = append(h.objects, h.titles[i], h.ticks[i])
	}
	h.objects = append(h.objects, h.menu)
	return least
}
