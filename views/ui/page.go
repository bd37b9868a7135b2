package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// Page scrolls a flow that is as wide as the page: the detail of a row.
type Page struct {
	widget.BaseWidget
	flow   *Flow
	scroll *container.Scroll
	ground *canvas.Rectangle
}

var _ fyne.Widget = (*Page)(nil)

// NewPage returns an empty page on paper.
func NewPage() *Page {
	p := &Page{flow: NewFlow(GapGroup-GapCell, GapGroup-GapCell), ground: canvas.NewRectangle(Paper)}
	p.ground.StrokeColor, p.ground.StrokeWidth = Line, RuleThickness
	p.scroll = container.NewVScroll(p.flow)
	p.ExtendBaseWidget(p)
	return p
}

// Set replaces the content and shows its top.
func (p *Page) Set(objects ...fyne.CanvasObject) {
	p.flow.Set(objects...)
	p.scroll.ScrollToTop()
	p.fitWidth()
	p.Refresh()
}

// LimitTo keeps the lines of a page of prose to a width that reads well.
func (p *Page) LimitTo(width float32) { p.flow.limit = width }

// Refit lays the content out anew after the height of a part changed; what is in
// sight stays.
func (p *Page) Refit() {
	p.fitWidth()
	p.flow.Refresh()
	p.Refresh()
}

// Reveal scrolls as little as brings a part of the content into sight, its top
// when it is higher than the page.
func (p *Page) Reveal(o fyne.CanvasObject) {
	driver := fyne.CurrentApp().Driver()
	top := driver.AbsolutePositionForObject(o).Y - driver.AbsolutePositionForObject(p.flow).Y
	offset, view := p.scroll.Offset.Y, p.scroll.Size().Height
	if bottom := top + o.Size().Height; bottom > offset+view {
		offset = bottom - view
	}
	p.scroll.ScrollToOffset(fyne.NewPos(0, min(offset, top)))
}

// fitWidth tells the flow its width before the scroller asks its height.
func (p *Page) fitWidth() {
	width := p.scroll.Size().Width
	p.flow.Resize(fyne.NewSize(width, p.flow.HeightFor(width)))
}

// CreateRenderer is called by the toolkit.
func (p *Page) CreateRenderer() fyne.WidgetRenderer { return &pageRenderer{p} }

type pageRenderer struct{ p *Page }

func (r *pageRenderer) Destroy()           {}
func (r *pageRenderer) MinSize() fyne.Size { return fyne.NewSize(240, 120) }

func (r *pageRenderer) Layout(size fyne.Size) {
	r.p.ground.Resize(size)
	inner := size.Subtract(fyne.NewSize(2*RuleThickness, 2*RuleThickness))
	r.p.flow.Resize(fyne.NewSize(inner.Width, r.p.flow.HeightFor(inner.Width)))
	r.p.scroll.Move(fyne.NewPos(RuleThickness, RuleThickness))
	r.p.scroll.Resize(inner)
}

func (r *pageRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.p.ground, r.p.scroll}
}

func (r *pageRenderer) Refresh() {
	r.p.scroll.Refresh()
	canvas.Refresh(r.p)
}

// NarrowWidth is the width of the content, at the standard text size, below
// which MasterDetail shows one part at a time: a window of 1200 pixels less the
// navigation.
const NarrowWidth = 1200 - NavigationWidth

// MasterDetail shows a list at the left and the detail of its selected row at
// the right; in a narrow window the detail takes the place of the list, with a
// button back.
type MasterDetail struct {
	widget.BaseWidget
	list, detail fyne.CanvasObject
	back         *Button
	ratio        float32
	opened       bool
}

var _ fyne.Widget = (*MasterDetail)(nil)

// NewMasterDetail returns the two parts; ratio is the list's share of the width.
func NewMasterDetail(list, detail fyne.CanvasObject, ratio float32) *MasterDetail {
	m := &MasterDetail{list: list, detail: detail, ratio: ratio}
	m.back = NewButton("← 一覧にもどる", m.Close)
	m.ExtendBaseWidget(m)
	return m
}

// Open shows the detail where there is room for one part only.
func (m *MasterDetail) Open() { m.opened = true; m.Refresh() }

// Close shows the list again.
func (m *MasterDetail) Close() { m.opened = false; m.Refresh() }

// Narrow reports whether there is room for one part only.
func (m *MasterDetail) Narrow() bool { return m.Size().Width < Scaled(NarrowWidth) }

// CreateRenderer is called by the toolkit.
func (m *MasterDetail) CreateRenderer() fyne.WidgetRenderer { return &masterDetailRenderer{m} }

type masterDetailRenderer struct{ m *MasterDetail }

func (r *masterDetailRenderer) Destroy() {}

func (r *masterDetailRenderer) MinSize() fyne.Size {
	list, detail := r.m.list.MinSize(), r.m.detail.MinSize()
	return list.Max(detail)
}

func (r *masterDetailRenderer) Layout(size fyne.Size) {
	m := r.m
	narrow := size.Width < Scaled(NarrowWidth)
	setVisible(m.list, !narrow || !m.opened)
	setVisible(m.detail, !narrow || m.opened)
	setVisible(m.back, narrow && m.opened)
	if !narrow {
		left := max(m.list.MinSize().Width, float32(int((size.Width-GapField)*m.ratio)))
		m.list.Move(fyne.NewPos(0, 0))
		m.list.Resize(fyne.NewSize(left, size.Height))
		m.detail.Move(fyne.NewPos(left+GapField, 0))
		m.detail.Resize(fyne.NewSize(size.Width-left-GapField, size.Height))
		return
	}
	m.list.Move(fyne.NewPos(0, 0))
	m.list.Resize(size)
	head := m.back.MinSize()
	m.back.Move(fyne.NewPos(0, 0))
	m.back.Resize(head)
	m.detail.Move(fyne.NewPos(0, head.Height+GapCell))
	m.detail.Resize(fyne.NewSize(size.Width, size.Height-head.Height-GapCell))
}

// SetVisible shows or hides an object.
func SetVisible(o fyne.CanvasObject, visible bool) { setVisible(o, visible) }

func setVisible(o fyne.CanvasObject, visible bool) {
	if visible && !o.Visible() {
		o.Show()
	} else if !visible && o.Visible() {
		o.Hide()
	}
}

func (r *masterDetailRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.m.list, r.m.detail, r.m.back}
}

func (r *masterDetailRenderer) Refresh() {
	r.Layout(r.m.Size())
	canvas.Refresh(r.m)
}
