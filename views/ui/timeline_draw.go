package ui

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// timelineLine holds one entry of a Timeline and its objects.
type timelineLine struct {
	entry              TimelineEntry
	sameDay, sameMonth bool // as the entry above it
	top, height        float32

	month, day, time *canvas.Text
	ground, thread   *canvas.Rectangle
	dot              *canvas.Circle
	badge            *Badge
	title            *Paragraph
	detail           *Paragraph
}

func newTimelineLine(e TimelineEntry) *timelineLine {
	title := e.Title
	if e.Kind != "" {
		title = e.Kind + "　" + e.Title
	}
	l := &timelineLine{
		entry: e,
		month: NewText(monthWords(e.On.Month()), Style{Bold: true, Color: QuietInk}),
		day:   NewText(dayWords(e.On), Plain), time: NewText(e.Time, Quiet),
		ground: newGround(color.Transparent, nil, CornerRadius), thread: canvas.NewRectangle(Line),
		dot:   canvas.NewCircle(QuietInk),
		badge: NewBadge(e.Tint),
		title: NewParagraph(title, Strong), detail: NewParagraph(e.Detail, Plain),
	}
	if e.Tint.Color != nil {
		l.dot.FillColor = e.Tint.Color
	}
	l.dot.StrokeColor, l.dot.StrokeWidth = Paper, 2
	l.detail.Hidden = e.Detail == ""
	return l
}

// timelineSpans returns the columns of a timeline: date, time, the thread with
// its dots, text. Where there is little room the time stands under the date.
func timelineSpans(width float32) (date, time, thread, text span) {
	day, clock := Scaled(112), Scaled(46)
	left := day + clock
	if timeBelow(width) {
		left, clock = day, 0
	}
	const dots = 28
	return span{0, day}, span{left - clock, clock}, span{left, dots}, span{left + dots, max(40, width-left-dots-GapField)}
}

func timeBelow(width float32) bool { return width < Scaled(480) }

const dotSize = 12

// heading is the height of the month over the line.
func (l *timelineLine) heading(first bool) float32 {
	switch {
	case l.sameMonth:
		return 0
	case first:
		return Scaled(28)
	}
	return Scaled(28) + GapField
}

// textSpan is where the title stands: beside the badge.
func (l *timelineLine) textSpan(text span) span {
	if badge := l.badge.MinSize().Width; badge > 0 {
		badge += GapField
		return span{text.x + badge, max(40, text.width-badge)}
	}
	return text
}

// measure returns the height of the line without the month.
func (l *timelineLine) measure(width float32) float32 {
	_, _, _, text := timelineSpans(width)
	height := l.title.HeightFor(l.textSpan(text).width)
	if l.detail.Visible() {
		height += l.detail.HeightFor(text.width)
	}
	if l.entry.Time != "" && !l.sameDay && timeBelow(width) {
		height = max(height, 2*Plain.lineHeight())
	}
	return height + 2*GapCell
}

func (t *Timeline) place(in Room) fyne.Size {
	y := float32(0)
	for i, l := range t.lines {
		heading, height := l.heading(i == 0), l.measure(in.Width)
		if in.Placing() {
			l.top, l.height = y+heading, height
			l.month.Hidden = l.sameMonth
			l.month.Move(fyne.NewPos(0, y+heading-Scaled(26)))
			l.place(in, i == 0 || !l.sameMonth, i == len(t.lines)-1 || !t.lines[i+1].sameMonth)
			l.ground.FillColor = t.groundOf(i)
			l.ground.StrokeWidth = 0
			if t.focused && i == t.current {
				l.ground.StrokeColor, l.ground.StrokeWidth = Accent, RuleThickness
			}
		}
		y += heading + height
	}
	if t.more.Visible() {
		_, _, _, text := timelineSpans(in.Width)
		more := t.more.MinSize()
		in.Put(t.more, text.x, y+GapField, more.Width, more.Height)
		y += GapField + more.Height
	}
	if t.empty.Visible() {
		y += in.Fit(t.empty, 0, GapField, in.Width) + 2*GapField
	}
	if in.Placing() {
		t.listObjects()
	}
	return fyne.NewSize(320, y)
}

func (t *Timeline) listObjects() {
	t.objects = []fyne.CanvasObject{t.empty}
	for _, l := range t.lines {
		t.objects = append(t.objects, l.ground, l.thread, l.dot, l.month, l.day, l.time, l.badge, l.title, l.detail)
	}
	t.objects = append(t.objects, t.more)
}

func (t *Timeline) groundOf(index int) color.Color {
	switch {
	case t.focused && index == t.current:
		return AccentSoft
	case index == t.hovered && t.lines[index].entry.Link != nil:
		return HoverSoft
	}
	return color.Transparent
}

// place lays out the line; first and last are those of a thread.
func (l *timelineLine) place(in Room, first, last bool) {
	date, clock, thread, text := timelineSpans(in.Width)
	line := Plain.lineHeight()
	y := l.top + GapCell
	right := thread.x + thread.width - GapCell
	in.Put(l.ground, right, l.top, in.Width-right, l.height)

	l.day.Hidden = l.sameDay
	l.day.Move(fyne.NewPos(date.x, y))
	switch {
	case !timeBelow(in.Width):
		l.time.Move(fyne.NewPos(clock.x, y))
	case l.sameDay:
		l.time.Move(fyne.NewPos(date.x, y))
	default:
		l.time.Move(fyne.NewPos(date.x, y+line))
	}

	middle := thread.x + thread.width/2 - GapCell
	dotTop := y + (line-dotSize)/2
	top, bottom := l.top, l.top+l.height
	if first {
		top = dotTop + dotSize/2
	}
	if last {
		bottom = dotTop + dotSize/2
	}
	in.Put(l.thread, middle-1, top, 2, bottom-top)
	in.Put(l.dot, middle-dotSize/2, dotTop, dotSize, dotSize)

	badge, title := l.badge.MinSize(), l.textSpan(text)
	in.Put(l.badge, text.x, y+(line-badge.Height)/2, badge.Width, badge.Height)
	y += in.Fit(l.title, title.x, y, title.width)
	if l.detail.Visible() {
		in.Fit(l.detail, text.x, y, text.width)
	}
}
