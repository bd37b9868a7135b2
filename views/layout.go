package views

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"renkei/views/page"
	"renkei/views/ui"
)

// titleLine is the title of a page with its buttons at the right.
type titleLine struct {
	text *ui.Caption
	line *fyne.Container
}

func newTitleLine() titleLine {
	return titleLine{ui.NewCaption("", ui.Heading), container.NewStack()}
}

func (t titleLine) show(p page.Page) {
	t.text.SetText(p.Title())
	items := []ui.Item{ui.Growing(t.text, 80)}
	for _, b := range p.Actions() {
		b.Refresh() // the size of the text may have changed while it was out of sight
		items = append(items, ui.Fixed(b, 0))
	}
	fill(t.line, ui.NewBar(ui.TitleHeight, items...))
}

// frameLayout places the parts of the frame.
type frameLayout struct{ f *Frame }

// MinSize is called by the toolkit.
func (l frameLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(leastWidth, leastHeight)
}

// Layout is called by the toolkit.
func (l frameLayout) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	f := l.f
	left, foot, head := ui.Scaled(ui.NavigationWidth), ui.Scaled(ui.StatusHeight), ui.Scaled(ui.TitleHeight)
	margin := pageMargin(size.Width)
	place := func(o fyne.CanvasObject, x, y, w, h float32) {
		o.Move(fyne.NewPos(x, y))
		o.Resize(fyne.NewSize(w, h))
	}
	place(f.navigation, 0, 0, left, size.Height-foot)
	place(f.status, 0, size.Height-foot, size.Width, foot)
	x, width := left+margin, size.Width-left-2*margin
	place(f.title.line, x, 0, width, head)
	y := head
	if f.notice.Visible() {
		height := f.notice.HeightFor(width)
		place(f.notice, x, y, width, height)
		y += height + ui.GapField
	}
	place(f.body, x, y, width, size.Height-foot-y-ui.GapField)
}

// pageMargin is the page margin, narrower where room is short.
func pageMargin(width float32) float32 {
	if width < 1600 {
		return ui.GapGroup - ui.GapCell
	}
	return ui.GapPage
}
