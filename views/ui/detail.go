package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
)

// Detail scrolls a flow that is as wide as the page: the detail of a row.
type Detail struct {
	Arranged
	flow   *Flow
	scroll *container.Scroll
	ground *canvas.Rectangle
}

// NewDetail returns an empty page on paper.
func NewDetail() *Detail {
	p := &Detail{flow: NewFlow(GapGroup-GapCell, GapGroup-GapCell), ground: newGround(Paper, Line, 0)}
	p.scroll = container.NewVScroll(p.flow)
	p.Arrange(p, p.place, p.ground, p.scroll)
	return p
}

// Set replaces the content and shows its top.
func (p *Detail) Set(objects ...fyne.CanvasObject) {
	p.flow.Set(objects...)
	p.scroll.ScrollToTop()
	p.Refresh()
}

// Renew replaces the content by that of the same record as it is now; what is in
// sight stays.
func (p *Detail) Renew(objects ...fyne.CanvasObject) {
	p.flow.Set(objects...)
	p.Refresh()
}

// LimitTo keeps the lines of a page of prose to a width that reads well.
func (p *Detail) LimitTo(width float32) { p.flow.limit = width }

// Refit lays the content out anew after the height of a part changed; what is in
// sight stays.
func (p *Detail) Refit() {
	p.flow.Refresh()
	p.Refresh()
}

// Reveal scrolls as little as brings a part of the content into sight, its top
// when it is higher than the page.
func (p *Detail) Reveal(o fyne.CanvasObject) {
	driver := fyne.CurrentApp().Driver()
	top := driver.AbsolutePositionForObject(o).Y - driver.AbsolutePositionForObject(p.flow).Y
	offset, view := p.scroll.Offset.Y, p.scroll.Size().Height
	if bottom := top + o.Size().Height; bottom > offset+view {
		offset = bottom - view
	}
	p.scroll.ScrollToOffset(fyne.NewPos(0, min(offset, top)))
}

// Refresh draws the page anew.
func (p *Detail) Refresh() {
	p.Arranged.Refresh()
	p.scroll.Refresh()
}

func (p *Detail) place(in Room) fyne.Size {
	const rule = RuleThickness
	width := in.Width - 2*rule
	in.Fill(p.ground)
	if in.Placing() {
		// The flow has its height before the scroller asks for it.
		p.flow.Resize(fyne.NewSize(width, p.flow.HeightFor(width)))
	}
	in.Put(p.scroll, rule, rule, width, in.Height-2*rule)
	return fyne.NewSize(240, 120)
}

// NarrowWidth is the width of the content, at the standard text size, below
// which MasterDetail shows one part at a time: a window of 1200 pixels less the
// navigation.
const NarrowWidth = 1200 - NavigationWidth

// MasterDetail shows a list at the left and the detail of its selected row at
// the right; in a narrow window the detail takes the place of the list, with a
// button back.
type MasterDetail struct {
	Arranged
	// Wide is the width, at the standard text size, from which both parts stand
	// beside each other; it is NarrowWidth unless set.
	Wide float32
	// ListYields makes the list narrower than it asks to be, not the detail.
	ListYields bool
	// NoBack is set where the detail has its own way back.
	NoBack bool
	// OnRelaid is called when both parts find room, or no longer do; nil does
	// nothing.
	OnRelaid func()

	// OnBack is what the button back does; nil is Close.
	OnBack func()

	list, detail fyne.CanvasObject
	back         *Button
	ratio        float32
	opened       bool
	beside       bool // both parts stand there
}

// NewMasterDetail returns the two parts; ratio is the list's share of the width.
func NewMasterDetail(list, detail fyne.CanvasObject, ratio float32) *MasterDetail {
	m := &MasterDetail{Wide: NarrowWidth, list: list, detail: detail, ratio: ratio}
	m.back = NewButton("← 一覧にもどる", func() {
		if m.OnBack != nil {
			m.OnBack()
			return
		}
		m.Close()
	})
	m.Arrange(m, m.place, list, detail, m.back)
	return m
}

// Open shows the detail where there is room for one part only.
func (m *MasterDetail) Open() { m.opened = true; m.Refresh() }

// Close shows the list again.
func (m *MasterDetail) Close() { m.opened = false; m.Refresh() }

// Narrow reports whether there is room for one part only.
func (m *MasterDetail) Narrow() bool { return m.Size().Width < Scaled(m.Wide) }

// ShowsDetail reports whether the detail is in sight.
func (m *MasterDetail) ShowsDetail() bool { return !m.Narrow() || m.opened }

// ShowsList reports whether the list is in sight.
func (m *MasterDetail) ShowsList() bool { return !m.Narrow() || !m.opened }

func (m *MasterDetail) place(in Room) fyne.Size {
	least := m.list.MinSize().Max(m.detail.MinSize())
	if !in.Placing() {
		return least
	}
	beside := !m.Narrow()
	SetVisible(m.list, m.ShowsList())
	SetVisible(m.detail, m.ShowsDetail())
	SetVisible(m.back, !beside && m.opened && !m.NoBack)
	left, x, y := in.Width, float32(0), float32(0)
	if beside {
		left = float32(int((in.Width - GapField) * m.ratio))
		if !m.ListYields {
			left = max(left, m.list.MinSize().Width)
		}
		x = left + GapField
	} else if !m.NoBack {
		back := m.back.MinSize()
		in.Put(m.back, 0, 0, back.Width, back.Height)
		y = back.Height + GapCell
	}
	in.Put(m.list, 0, 0, left, in.Height)
	in.Put(m.detail, x, y, in.Width-x, in.Height-y)
	if beside != m.beside {
		m.beside = beside
		call(m.OnRelaid)
	}
	return least
}

// SetVisible shows or hides an object.
func SetVisible(o fyne.CanvasObject, visible bool) {
	if visible && !o.Visible() {
		o.Show()
	} else if !visible && o.Visible() {
		o.Hide()
	}
}
