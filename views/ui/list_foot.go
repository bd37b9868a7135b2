package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// listFoot is the line under the rows: how many there are, and the sums
// under their columns.
type listFoot[T any] struct {
	Arranged
	list   *List[T]
	ground *canvas.Rectangle
	rule   *canvas.Rectangle
	words  *canvas.Text
	texts  []*canvas.Text
	sums   []string
}

func newListFoot[T any](list *List[T]) *listFoot[T] {
	f := &listFoot[T]{
		list: list, ground: canvas.NewRectangle(Ground), rule: canvas.NewRectangle(Line),
		words: NewText("", Strong),
	}
	f.Arrange(f, f.place)
	return f
}

// count counts and adds up again: the rows or the selection have changed.
func (f *listFoot[T]) count() {
	f.sums = f.list.sums()
	f.Refresh()
}

// AccessibilityLabel is the count.
func (f *listFoot[T]) AccessibilityLabel() string { return f.list.countText() }

// AccessibilityRole is text.
func (f *listFoot[T]) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

func (f *listFoot[T]) place(in Room) fyne.Size {
	if !in.Placing() {
		return fyne.Size{}
	}
	in.Fill(f.ground)
	in.Put(f.rule, 0, 0, in.Width, RuleThickness)
	spans, room := f.list.spans(in.Width), in.Width-scrollSide
	for len(f.texts) < len(spans) {
		f.texts = append(f.texts, NewText("", Strong))
	}
	f.objects = []fyne.CanvasObject{f.ground, f.rule, f.words}
	for i, t := range f.texts {
		f.objects = append(f.objects, t)
		if i >= len(spans) || i >= len(f.sums) || f.sums[i] == "" {
			t.Text = ""
			continue
		}
		placeText(t, f.sums[i], Strong, f.list.column(i).Align, spans[i], in.Height)
		room = min(room, spans[i].x)
	}
	placeText(f.words, f.list.countText(), Strong, fyne.TextAlignLeading, span{BarWidth, room - BarWidth}, in.Height)
	return fyne.Size{}
}

func (l *List[T]) footHeight() float32 {
	if l.Count != nil {
		return Scaled(StatusHeight)
	}
	for i := range l.shown {
		if l.column(i).Sum != nil {
			return Scaled(StatusHeight)
		}
	}
	return 0
}

func (l *List[T]) countText() string {
	if l.Count == nil {
		return CountRows(len(l.rows), len(l.marked))
	}
	return l.Count(len(l.rows), len(l.marked))
}

func (l *List[T]) sums() []string {
	rows := l.rows
	if len(l.marked) > 1 {
		rows = l.Selection()
	}
	sums := make([]string, len(l.shown))
	for i := range l.shown {
		if sum := l.column(i).Sum; sum != nil {
			sums[i] = sum(rows)
		}
	}
	return sums
}
