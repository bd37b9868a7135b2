package ui

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
)

// pickResults lists what a search found, a line each, one of them marked, with
// a line under them that says how to go on.
type pickResults struct {
	Arranged
	picks   []Pick
	addWord string // the last line, "" for none
	marked  int
	taken   func(line int)
	lines   []*pickLine // pool
	foot    *Caption
	ground  *canvas.Rectangle
}

func newPickResults(taken func(line int)) *pickResults {
	r := &pickResults{taken: taken, foot: NewCaption("", Quiet), ground: newGround(Paper, Line, CornerRadius)}
	r.Arrange(r, r.place)
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
	return joined(p.Title, p.Kana, p.Detail)
}

func footHeight() float32 { return Scaled(26) }

func (r *pickResults) place(in Room) fyne.Size {
	const rule = RuleThickness
	y := rule + float32(r.length())*rowHeight()
	if in.Placing() {
		in.Fill(r.ground)
		width := in.Width - 2*rule
		spans := pickSpans(r.picks, width)
		for len(r.lines) < r.length() {
			r.lines = append(r.lines, newPickLine(r, len(r.lines)))
		}
		r.objects = []fyne.CanvasObject{r.ground, r.foot}
		for i, line := range r.lines[:r.length()] {
			in.Put(line, rule, rule+float32(i)*rowHeight(), width, rowHeight())
			line.show(spans)
			r.objects = append(r.objects, line)
		}
		in.Put(r.foot, CellSide+BarWidth, y, width-2*CellSide-BarWidth, footHeight())
	}
	return fyne.NewSize(0, y+footHeight()+rule)
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
	Arranged
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
	l.Arrange(l, l.place, l.ground, l.bar, l.title, l.kana, l.detail)
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

// place only tells the height: show fills the line.
func (l *pickLine) place(Room) fyne.Size { return fyne.NewSize(0, rowHeight()) }
