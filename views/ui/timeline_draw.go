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
		ground: canvas.NewRectangle(color.Transparent), thread: canvas.NewRectangle(Line),
		dot:   canvas.NewCircle(QuietInk),
		badge: NewBadge(e.Tint),
		title: NewParagraph(title, Strong), detail: NewParagraph(e.Detail, Plain),
	}
	l.ground.CornerRadius = CornerRadius
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

// HeightFor returns the height of the entries at a width.
func (t *Timeline) HeightFor(width float32) float32 {
	height := float32(0)
	for i, l := range t.lines {
		height += l.heading(i == 0) + l.measure(width)
	}
	if t.more.Visible() {
		height += GapField + t.more.MinSize().Height
	}
	if t.empty.Visible() {
		height += t.empty.MinSize().Height + 2*GapField
	}
	return height
}

// CreateRenderer is called by the toolkit.
func (t *Timeline) CreateRenderer() fyne.WidgetRenderer { return &timelineRenderer{t} }

type timelineRenderer struct{ t *Timeline }

func (r *timelineRenderer) Destroy() {}
func (r *timelineRenderer) Refresh() { r.Layout(r.t.Size()); canvas.Refresh(r.t) }

func (r *timelineRenderer) MinSize() fyne.Size {
	const least = 320
	return fyne.NewSize(least, r.t.HeightFor(max(least, r.t.Size().Width)))
}

func (r *timelineRenderer) Layout(size fyne.Size) {
	t := r.t
	y := float32(0)
	for i, l := range t.lines {
		heading := l.heading(i == 0)
		l.top, l.height = y+heading, l.measure(size.Width)
		l.month.Hidden = l.sameMonth
		l.month.Move(fyne.NewPos(0, y+heading-Scaled(26)))
		l.place(size.Width, i == 0 || !l.sameMonth, i == len(t.lines)-1 || !t.lines[i+1].sameMonth)
		l.ground.FillColor = t.groundOf(i)
		l.ground.StrokeWidth = 0
		if t.focused && i == t.current {
			l.ground.StrokeColor, l.ground.StrokeWidth = Accent, RuleThickness
		}
		y = l.top + l.height
	}
	if t.more.Visible() {
		_, _, _, text := timelineSpans(size.Width)
		t.more.Move(fyne.NewPos(text.x, y+GapField))
		t.more.Resize(t.more.MinSize())
	}
	t.empty.Move(fyne.NewPos(0, GapField))
	t.empty.Resize(fyne.NewSize(size.Width, t.empty.MinSize().Height))
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
func (l *timelineLine) place(width float32, first, last bool) {
	date, clock, thread, text := timelineSpans(width)
	line := Plain.lineHeight()
	y := l.top + GapCell
	l.ground.Move(fyne.NewPos(thread.x+thread.width-GapCell, l.top))
	l.ground.Resize(fyne.NewSize(width-thread.x-thread.width+GapCell, l.height))

	l.day.Hidden = l.sameDay
	l.day.Move(fyne.NewPos(date.x, y))
	switch {
	case !timeBelow(width):
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
	l.thread.Move(fyne.NewPos(middle-1, top))
	l.thread.Resize(fyne.NewSize(2, bottom-top))
	l.dot.Move(fyne.NewPos(middle-dotSize/2, dotTop))
	l.dot.Resize(fyne.NewSize(dotSize, dotSize))

	badge := l.badge.MinSize()
	l.badge.Move(fyne.NewPos(text.x, y+(line-badge.Height)/2))
	l.badge.Resize(badge)
	title := l.textSpan(text)
	height := l.title.HeightFor(title.width)
	l.title.Move(fyne.NewPos(title.x, y))
	l.title.Resize(fyne.NewSize(title.width, height))
	if l.detail.Visible() {
		l.detail.Move(fyne.NewPos(text.x, y+height))
		l.detail.Resize(fyne.NewSize(text.width, l.detail.HeightFor(text.width)))
	}
}

func (r *timelineRenderer) Objects() []fyne.CanvasObject {
	objects := []fyne.CanvasObject{r.t.empty}
	for _, l := range r.t.lines {
		objects = append(objects, l.ground, l.thread, l.dot, l.month, l.day, l.time, l.badge, l.title, l.detail)
	}
	return append(objects, r.t.more)
}
