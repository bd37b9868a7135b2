package partners

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"renkei/views/ui"
)

// factList shows facts below each other, their values in line.
type factList struct {
	widget.BaseWidget
	labels []*ui.Caption
	values []*ui.Paragraph
}

var (
	_ fyne.Widget = (*factList)(nil)
	_ ui.Block    = (*factList)(nil)
)

func newFactList(facts ...Fact) *factList {
	l := &factList{}
	for _, f := range facts {
		style := ui.Plain
		if f.Warn {
			style.Color = ui.Warn
		}
		l.labels = append(l.labels, ui.NewCaption(f.Label, ui.Quiet))
		l.values = append(l.values, ui.NewParagraph(f.Value, style))
	}
	l.ExtendBaseWidget(l)
	return l
}

const factLabelWidth = 112

// HeightFor returns the height of all facts at a width.
func (l *factList) HeightFor(width float32) float32 { return l.place(width, false) }

// place walks through the facts and returns their height; move puts them there.
func (l *factList) place(width float32, move bool) float32 {
	left := ui.Scaled(factLabelWidth)
	y := float32(0)
	for i, value := range l.values {
		if i > 0 {
			y += ui.GapCell
		}
		line := l.labels[i].MinSize().Height
		height := max(line, value.HeightFor(width-left))
		if move {
			l.labels[i].Move(fyne.NewPos(0, y))
			l.labels[i].Resize(fyne.NewSize(left-ui.GapField, line))
			value.Move(fyne.NewPos(left, y))
			value.Resize(fyne.NewSize(width-left, height))
		}
		y += height
	}
	return y
}

// CreateRenderer is called by the toolkit.
func (l *factList) CreateRenderer() fyne.WidgetRenderer { return &factListRenderer{l} }

type factListRenderer struct{ l *factList }

func (r *factListRenderer) Destroy()           {}
func (r *factListRenderer) Layout(s fyne.Size) { r.l.place(s.Width, true) }
func (r *factListRenderer) Refresh()           { r.Layout(r.l.Size()); canvas.Refresh(r.l) }

func (r *factListRenderer) MinSize() fyne.Size {
	least := ui.Scaled(factLabelWidth) + 160
	return fyne.NewSize(least, r.l.HeightFor(max(least, r.l.Size().Width)))
}

func (r *factListRenderer) Objects() []fyne.CanvasObject {
	var objects []fyne.CanvasObject
	for i := range r.l.labels {
		objects = append(objects, r.l.labels[i], r.l.values[i])
	}
	return objects
}
