package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// footSource is what the foot asks of a register.
type footSource interface {
	spans(width float32) []span
	alignment(column int) fyne.TextAlign
	countText() string
	sums() []string // one for each column in sight
}

// registerFoot is the line under the rows: how many there are, and the sums
// under their columns.
type registerFoot struct {
	widget.BaseWidget
	source footSource
	ground *canvas.Rectangle
	rule   *canvas.Rectangle
	words  *canvas.Text
	texts  []*canvas.Text
	sums   []string
}

func newRegisterFoot(source footSource) *registerFoot {
	f := &registerFoot{
		source: source, ground: canvas.NewRectangle(Ground), rule: canvas.NewRectangle(Line),
		words: NewText("", Strong),
	}
	f.ExtendBaseWidget(f)
	return f
}

// count counts and adds up again: the rows or the selection have changed.
func (f *registerFoot) count() {
	f.sums = f.source.sums()
	f.Refresh()
}

// AccessibilityLabel is the count.
func (f *registerFoot) AccessibilityLabel() string { return f.source.countText() }

// AccessibilityRole is text.
func (f *registerFoot) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// CreateRenderer is called by the toolkit.
func (f *registerFoot) CreateRenderer() fyne.WidgetRenderer { return &footRenderer{f} }

type footRenderer struct{ f *registerFoot }

func (r *footRenderer) Destroy()           {}
func (r *footRenderer) MinSize() fyne.Size { return fyne.Size{} }

func (r *footRenderer) Layout(size fyne.Size) {
	f := r.f
	f.ground.Resize(size)
	f.rule.Resize(fyne.NewSize(size.Width, RuleThickness))
	spans := f.source.spans(size.Width)
	for len(f.texts) < len(spans) {
		f.texts = append(f.texts, NewText("", Strong))
	}
	room := size.Width - scrollSide
	for i, t := range f.texts {
		if i >= len(spans) || i >= len(f.sums) || f.sums[i] == "" {
			t.Text = ""
			continue
		}
		placeText(t, f.sums[i], Strong, f.source.alignment(i), spans[i], size.Height)
		room = min(room, spans[i].x)
	}
	placeText(f.words, f.source.countText(), Strong, fyne.TextAlignLeading, span{BarWidth, room - BarWidth}, size.Height)
}

func (r *footRenderer) Objects() []fyne.CanvasObject {
	objects := []fyne.CanvasObject{r.f.ground, r.f.rule, r.f.words}
	for _, t := range r.f.texts {
		objects = append(objects, t)
	}
	return objects
}

func (r *footRenderer) Refresh() {
	r.Layout(r.f.Size())
	canvas.Refresh(r.f)
}

// What the foot asks of a register.

func (r *Register[T]) footHeight() float32 {
	if r.Count != nil {
		return Scaled(StatusHeight)
	}
	for i := range r.shown {
		if r.column(i).Sum != nil {
			return Scaled(StatusHeight)
		}
	}
	return 0
}

func (r *Register[T]) countText() string {
	if r.Count == nil {
		return CountRows(len(r.rows), len(r.marked))
	}
	return r.Count(len(r.rows), len(r.marked))
}

func (r *Register[T]) sums() []string {
	rows := r.rows
	if len(r.marked) > 1 {
		rows = r.Selection()
	}
	sums := make([]string, len(r.shown))
	for i := range r.shown {
		if sum := r.column(i).Sum; sum != nil {
			sums[i] = sum(rows)
		}
	}
	return sums
}
