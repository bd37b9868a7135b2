package ui

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// pickResults lists what a search found, a line each, one of them marked, with
// a line under them that says how to go on.
type pickResults struct {
	widget.BaseWidget
	picks   []Pick
	addWord string // the last line, "" for none
	marked  int
	taken   func(line int)
	lines   []*pickLine // pool
	foot    *Caption
	ground  *canvas.Rectangle
}

var _ fyne.Widget = (*pickResults)(nil)

func newPickResults(taken func(line int)) *pickResults {
	r := &pickResults{taken: taken, foot: NewCaption("", Quiet), ground: canvas.NewRectangle(Paper)}
	r.ground.StrokeColor, r.ground.StrokeWidth = Line, RuleThickness
	r.ground.CornerRadius = CornerRadius
	r.ExtendBaseWidget(r)
	return r
}

// set replaces the results and marks the first.
func (r *pickResults) set(picks []Pick, more bool, addWord string) {
	r.picks, r.addWord, r.marked = picks, addWord, 0
	switch {
	case len(picks) == 0:
		r.foot.SetText("見つかりません。漢字・かな・ローマ字・番号でさがせます")
	case more:
		r.foot.SetText("ほかにもあります。続けて入力すると絞れます　" + pickKeys)
	default:
		r.foot.SetText(fmt.Sprintf("%d件　%s", len(picks), pickKeys))
	}
	r.Refresh()
}

const pickKeys = "↑↓で移り、Enterで選びます"

// length is the number of lines that can be taken.
func (r *pickResults) length() int {
	if r.addWord != "" {
		return len(r.picks) + 1
	}
	return len(r.picks)
}

// move moves the mark, from the last line to the first and back.
func (r *pickResults) move(by int) {
	if n := r.length(); n > 0 {
		r.marked = (r.marked + by + n) % n
		r.Refresh()
	}
}

func (r *pickResults) mark(line int) {
	if r.marked != line {
		r.marked = line
		r.Refresh()
	}
}

// AccessibilityLabel is the number of results and the marked one.
func (r *pickResults) AccessibilityLabel() string {
	if r.marked < len(r.picks) {
		return fmt.Sprintf("候補 %d件 %s", len(r.picks), r.picks[r.marked].words())
	}
	return r.foot.Text()
}

// AccessibilityRole is a container.
func (r *pickResults) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleContainer }

// words returns the pick in one line.
func (p Pick) words() string {
	words := p.Title
	for _, more := range []string{p.Kana, p.Detail} {
		if more != "" {
			words += " " + more
		}
	}
	return words
}

// CreateRenderer is called by the toolkit.
func (r *pickResults) CreateRenderer() fyne.WidgetRenderer { return &pickResultsRenderer{r} }

type pickResultsRenderer struct{ r *pickResults }

func (d *pickResultsRenderer) Destroy() {}

func footHeight() float32 { return Scaled(26) }

func (d *pickResultsRenderer) MinSize() fyne.Size {
	return fyne.NewSize(0, float32(d.r.length())*rowHeight()+footHeight()+2*RuleThickness)
}

func (d *pickResultsRenderer) Layout(size fyne.Size) {
	r := d.r
	r.ground.Resize(size)
	inner := size.Width - 2*RuleThickness
	spans := pickSpans(r.picks, inner)
	for len(r.lines) < r.length() {
		r.lines = append(r.lines, newPickLine(r, len(r.lines)))
	}
	for i, line := range r.lines[:r.length()] {
		line.Move(fyne.NewPos(RuleThickness, RuleThickness+float32(i)*rowHeight()))
		line.Resize(fyne.NewSize(inner, rowHeight()))
		line.show(spans)
	}
	y := RuleThickness + float32(r.length())*rowHeight()
	r.foot.Move(fyne.NewPos(CellSide+BarWidth, y))
	r.foot.Resize(fyne.NewSize(inner-2*CellSide-BarWidth, footHeight()))
}

func (d *pickResultsRenderer) Objects() []fyne.CanvasObject {
	objects := []fyne.CanvasObject{d.r.ground}
	for _, line := range d.r.lines[:min(len(d.r.lines), d.r.length())] {
		objects = append(objects, line)
	}
	return append(objects, d.r.foot)
}

func (d *pickResultsRenderer) Refresh() {
	d.Layout(d.r.Size())
	canvas.Refresh(d.r)
}

// pickSpans gives name and reading the width their longest needs, up to a
// share of the line, and the detail what is left.
func pickSpans(picks []Pick, width float32) [3]span {
	title, kana := float32(0), float32(0)
	for _, p := range picks {
		title = max(title, Strong.width(oneLine(p.Title)))
		kana = max(kana, Quiet.width(oneLine(p.Kana)))
	}
	const sides = 2*CellSide + GapCell
	title = min(title+sides, width*0.4)
	if kana > 0 {
		kana = min(kana+sides, width*0.3)
	}
	return [3]span{
		{BarWidth, title},
		{BarWidth + title, kana},
		{BarWidth + title + kana, max(0, width-BarWidth-title-kana)},
	}
}

// pickLine is one line of the results.
type pickLine struct {
	widget.BaseWidget
	list                *pickResults
	index               int
	ground, bar         *canvas.Rectangle
	title, kana, detail *canvas.Text
}

var (
	_ fyne.Tappable     = (*pickLine)(nil)
	_ desktop.Hoverable = (*pickLine)(nil)
)

func newPickLine(list *pickResults, index int) *pickLine {
	l := &pickLine{
		list: list, index: index,
		ground: canvas.NewRectangle(Paper), bar: canvas.NewRectangle(Accent),
		title: NewText("", Strong), kana: NewText("", Quiet), detail: NewText("", Plain),
	}
	l.ExtendBaseWidget(l)
	return l
}

// Tapped takes the line.
func (l *pickLine) Tapped(*fyne.PointEvent) { l.list.taken(l.index) }

// MouseIn does nothing; see MouseMoved.
func (l *pickLine) MouseIn(*desktop.MouseEvent) {}

// MouseMoved marks the line: only a moved pointer does, for one that lies
// where the list appears must not take the mark from the keyboard.
func (l *pickLine) MouseMoved(*desktop.MouseEvent) { l.list.mark(l.index) }

// MouseOut does nothing.
func (l *pickLine) MouseOut() {}

// show fills the line.
func (l *pickLine) show(spans [3]span) {
	marked := l.index == l.list.marked
	l.bar.Hidden = !marked
	l.ground.FillColor = Paper
	if marked {
		l.ground.FillColor = AccentSoft
	}
	size := l.Size()
	l.ground.Resize(size)
	l.bar.Resize(fyne.NewSize(BarWidth, size.Height))
	if l.index == len(l.list.picks) {
		whole := span{BarWidth, size.Width - BarWidth}
		placeText(l.title, l.list.addWord, Style{Bold: true, Color: Accent}, fyne.TextAlignLeading, whole, size.Height)
		l.kana.Text, l.detail.Text = "", ""
	} else {
		p := l.list.picks[l.index]
		placeText(l.title, p.Title, Strong, fyne.TextAlignLeading, spans[0], size.Height)
		placeText(l.kana, p.Kana, Quiet, fyne.TextAlignLeading, spans[1], size.Height)
		placeText(l.detail, p.Detail, Plain, fyne.TextAlignLeading, spans[2], size.Height)
	}
	canvas.Refresh(l)
}

// AccessibilityLabel is what the line offers.
func (l *pickLine) AccessibilityLabel() string {
	if l.index < len(l.list.picks) {
		return l.list.picks[l.index].words()
	}
	return l.list.addWord
}

// AccessibilityRole is a button.
func (l *pickLine) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// CreateRenderer is called by the toolkit.
func (l *pickLine) CreateRenderer() fyne.WidgetRenderer {
	return &pickLineRenderer{l}
}

type pickLineRenderer struct{ l *pickLine }

func (r *pickLineRenderer) Destroy()           {}
func (r *pickLineRenderer) Layout(fyne.Size)   {}
func (r *pickLineRenderer) Refresh()           { canvas.Refresh(r.l) }
func (r *pickLineRenderer) MinSize() fyne.Size { return fyne.NewSize(0, rowHeight()) }

func (r *pickLineRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.l.ground, r.l.bar, r.l.title, r.l.kana, r.l.detail}
}
