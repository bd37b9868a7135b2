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

// place places the parts of the frame.
func (f *Frame) place(in ui.Room) fyne.Size {
	left, foot, y := ui.Scaled(ui.NavigationWidth), ui.Scaled(ui.StatusHeight), ui.Scaled(ui.TitleHeight)
	margin := pageMargin(in.Width)
	x, width := left+margin, in.Width-left-2*margin
	in.Put(f.navigation, 0, 0, left, in.Height-foot)
	in.Put(f.status, 0, in.Height-foot, in.Width, foot)
	in.Put(f.title.line, x, 0, width, y)
	if f.notice.Visible() {
		y += in.Fit(f.notice, x, y, width) + ui.GapField
	}
	in.Put(f.body, x, y, width, in.Height-foot-y-ui.GapField)
	return fyne.NewSize(leastWidth, leastHeight)
}

// pageMargin is the page margin, narrower where room is short.
func pageMargin(width float32) float32 {
	if width < 1600 {
		return ui.GapGroup - ui.GapCell
	}
	return ui.GapPage
}
