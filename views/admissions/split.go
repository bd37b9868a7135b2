package admissions

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"renkei/views/ui"
)

// wideWidth is the width of the content from which the list and the page of an
// admission stand beside each other. The page needs a whole window of 1366
// pixels to itself; it is no panel beside a list.
const wideWidth = 1480

// split shows the list, or the page of an admission in its place, or both in a
// very wide window.
type split struct {
	widget.BaseWidget
	list, detail fyne.CanvasObject
	opened       bool
	isWide       bool
	relaid       func()
}

var _ fyne.Widget = (*split)(nil)

func newSplit(list, detail fyne.CanvasObject, relaid func()) *split {
	s := &split{list: list, detail: detail, relaid: relaid}
	s.ExtendBaseWidget(s)
	return s
}

// show shows the detail, or the list, where there is room for one only.
func (s *split) show(detail bool) {
	s.opened = detail
	s.Refresh()
}

// wide reports whether both parts are shown.
func (s *split) wide() bool { return s.isWide }

// detailOnly reports whether the detail is shown in place of the list.
func (s *split) detailOnly() bool { return !s.isWide && s.opened }

// CreateRenderer is called by the toolkit.
func (s *split) CreateRenderer() fyne.WidgetRenderer { return &splitRenderer{s} }

type splitRenderer struct{ s *split }

func (r *splitRenderer) Destroy() {}
func (r *splitRenderer) Refresh() { r.Layout(r.s.Size()); canvas.Refresh(r.s) }

func (r *splitRenderer) MinSize() fyne.Size {
	return r.s.list.MinSize().Max(r.s.detail.MinSize())
}

func (r *splitRenderer) Layout(size fyne.Size) {
	s := r.s
	wide := size.Width >= ui.Scaled(wideWidth)
	changed := wide != s.isWide
	s.isWide = wide
	setShown(s.list, wide || !s.opened)
	setShown(s.detail, wide || s.opened)
	left := size.Width
	if wide {
		left = float32(int(size.Width * 0.44))
		s.detail.Move(fyne.NewPos(left+ui.GapField, 0))
		s.detail.Resize(fyne.NewSize(size.Width-left-ui.GapField, size.Height))
	} else {
		s.detail.Move(fyne.NewPos(0, 0))
		s.detail.Resize(size)
	}
	s.list.Move(fyne.NewPos(0, 0))
	s.list.Resize(fyne.NewSize(left, size.Height))
	if changed {
		s.relaid()
	}
}

func (r *splitRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.s.list, r.s.detail}
}

func setShown(o fyne.CanvasObject, shown bool) {
	if shown && !o.Visible() {
		o.Show()
	} else if !shown && o.Visible() {
		o.Hide()
	}
}
