package ui

import (
	"fmt"
	"image/color"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"

	"renkei/models"
)

// Calendar is one month to choose a day from: Sunday first, holidays named at
// its foot. Arrows move by days and weeks, PageUp and PageDown by months, T
// goes to today, Enter and Space choose, Escape closes.
type Calendar struct {
	Arranged
	// OnClose is called on Escape and when the keyboard goes elsewhere.
	OnClose func()

	today    func() models.Date
	chosen   func(models.Date)
	cursor   models.Date
	hovered  int // the cell under the pointer, -1 for none
	focused  bool
	onReturn func() // the toolkit gave the keyboard back to a closed calendar

	ground, ring, mark *canvas.Rectangle // paper; today; the cursor
	hover              *canvas.Rectangle
	title, back, next  *canvas.Text
	goToday            *canvas.Text
	weekdays           [7]*canvas.Text
	days               [calendarCells]*canvas.Text
	rules              [calendarCells]*canvas.Rectangle // under a holiday
	foot               *Paragraph
}

const (
	calendarCells  = 42
	calendarCell   = 40 // the width of a day at the standard text size
	calendarRow    = 30
	calendarHead   = 36
	calendarFoot   = 44
	calendarMargin = 8
)

var (
	_ fyne.Widget       = (*Calendar)(nil)
	_ fyne.Focusable    = (*Calendar)(nil)
	_ fyne.Tappable     = (*Calendar)(nil)
	_ desktop.Hoverable = (*Calendar)(nil)
)

// NewCalendar returns a calendar at today's month; chosen gets the day.
func NewCalendar(today func() models.Date, chosen func(models.Date)) *Calendar {
	c := &Calendar{today: today, chosen: chosen, hovered: -1, cursor: today()}
	c.ground, c.ring = newGround(Paper, Line, CornerRadius), newGround(Paper, Accent, CornerRadius)
	c.mark, c.hover = newGround(Accent, nil, CornerRadius), newGround(HoverSoft, nil, CornerRadius)
	c.title = centred("", Strong)
	c.back, c.next = centred("◀", Style{Color: Accent}), centred("▶", Style{Color: Accent})
	c.goToday = centred("今日", Style{Color: Accent})
	for i := range c.weekdays {
		c.weekdays[i] = centred(c.first().AddDays(i).WeekdayName(), Style{Color: dayInk(i, false)})
	}
	for i := range c.days {
		c.days[i] = centred("", Plain)
		c.rules[i] = canvas.NewRectangle(Bad)
	}
	c.foot = NewParagraph("", Quiet)
	objects := []fyne.CanvasObject{c.ground, c.ring, c.hover, c.mark, c.title, c.back, c.next, c.goToday, c.foot}
	for _, w := range c.weekdays {
		objects = append(objects, w)
	}
	for i := range c.days {
		objects = append(objects, c.rules[i], c.days[i])
	}
	c.Arrange(c, c.place, objects...)
	c.fill()
	return c
}

func centred(text string, style Style) *canvas.Text {
	t := NewText(text, style)
	t.Alignment = fyne.TextAlignCenter
	return t
}

// dayInk is the colour of a day of the week; holidays are as Sundays.
func dayInk(weekday int, holiday bool) color.Color {
	switch {
	case holiday || weekday == 0:
		return Bad
	case weekday == 6:
		return Accent
	}
	return Ink
}

// Go moves the cursor to a day and shows its month; a blank date is today.
func (c *Calendar) Go(d models.Date) {
	if d == 0 {
		d = c.today()
	}
	if d < models.MinDate || d > models.MaxDate {
		return
	}
	c.cursor = d
	c.Refresh()
}

// first returns the Sunday the month's first week begins with.
func (c *Calendar) first() models.Date {
	d := c.cursor.Month().First()
	return d.AddDays(-int(d.Weekday()))
}

// fill writes the month into the cells.
func (c *Calendar) fill() {
	month := c.cursor.Month()
	c.title.Text = calendarTitle(month)
	Strong.apply(c.title)
	for _, t := range []*canvas.Text{c.back, c.next, c.goToday} {
		Style{Color: Accent}.apply(t)
	}
	for i, w := range c.weekdays {
		Style{Color: dayInk(i, false)}.apply(w)
	}
	first := c.first()
	for i := range c.days {
		day := first.AddDays(i)
		_, holiday := models.Holiday(day)
		style := Style{Color: dayInk(i%7, holiday)}
		if day == c.cursor {
			style = Style{Color: White, Bold: true}
		}
		style.apply(c.days[i])
		c.days[i].Text = strconv.Itoa(day.Day())
		inside := day.Month() == month
		c.days[i].Hidden = !inside
		c.rules[i].Hidden = !inside || !holiday
		c.rules[i].FillColor = style.Color
	}
	c.foot.SetText(holidaysOf(month))
}

func calendarTitle(m models.Month) string {
	// An era that begins within the month is not named before it begins.
	name, year := m.First().Era()
	if name == "" {
		return fmt.Sprintf("%d年%d月", m.Year(), m.Number())
	}
	number := strconv.Itoa(year)
	if year == 1 {
		number = "元"
	}
	return fmt.Sprintf("%d年%d月（%s%s年）", m.Year(), m.Number(), name, number)
}

// holidaysOf names the holidays of a month: 「3日 文化の日　23日 勤労感謝の日」.
func holidaysOf(m models.Month) string {
	var names []string
	for d := m.First(); d <= m.Last(); d = d.AddDays(1) {
		if name, ok := models.Holiday(d); ok {
			names = append(names, fmt.Sprintf("%d日 %s", d.Day(), name))
		}
	}
	return strings.Join(names, "　")
}

// FocusGained is called by the toolkit.
func (c *Calendar) FocusGained() {
	c.focused = true
	if !c.Visible() {
		call(c.onReturn)
		return
	}
	c.Refresh()
}

// FocusLost closes the calendar.
func (c *Calendar) FocusLost() {
	c.focused = false
	call(c.OnClose)
}

// TypedRune goes to today on T.
func (c *Calendar) TypedRune(r rune) {
	if r == 't' || r == 'T' || r == 'ｔ' {
		c.Go(c.today())
	}
}

// TypedKey moves, chooses and closes.
func (c *Calendar) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyLeft:
		c.Go(c.cursor.AddDays(-1))
	case fyne.KeyRight:
		c.Go(c.cursor.AddDays(1))
	case fyne.KeyUp:
		c.Go(c.cursor.AddDays(-7))
	case fyne.KeyDown:
		c.Go(c.cursor.AddDays(7))
	case fyne.KeyPageUp:
		c.Go(c.cursor.AddMonths(-1))
	case fyne.KeyPageDown:
		c.Go(c.cursor.AddMonths(1))
	case fyne.KeyHome:
		c.Go(c.cursor.Month().First())
	case fyne.KeyEnd:
		c.Go(c.cursor.Month().Last())
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		c.chosen(c.cursor)
	case fyne.KeyEscape, fyne.KeyF4:
		call(c.OnClose)
	}
}

// Tapped chooses a day, or turns the month.
func (c *Calendar) Tapped(e *fyne.PointEvent) {
	g := c.geometry()
	switch {
	case g.back.holds(e.Position):
		c.Go(c.cursor.AddMonths(-1))
	case g.next.holds(e.Position):
		c.Go(c.cursor.AddMonths(1))
	case g.today.holds(e.Position):
		c.Go(c.today())
	default:
		if day, ok := c.dayAt(e.Position); ok {
			c.Go(day)
			c.chosen(day)
		}
	}
}

// dayAt returns the day of the month shown under a position.
func (c *Calendar) dayAt(p fyne.Position) (models.Date, bool) {
	g := c.geometry()
	for i := range c.days {
		if !c.days[i].Hidden && g.cell(i).holds(p) {
			return c.first().AddDays(i), true
		}
	}
	return 0, false
}

// MouseIn is called by the toolkit.
func (c *Calendar) MouseIn(e *desktop.MouseEvent) { c.MouseMoved(e) }

// MouseMoved lights the day under the pointer.
func (c *Calendar) MouseMoved(e *desktop.MouseEvent) {
	hovered := -1
	if day, ok := c.dayAt(e.Position); ok {
		hovered = c.first().DaysUntil(day)
	}
	if hovered != c.hovered {
		c.hovered = hovered
		c.Refresh()
	}
}

// MouseOut is called by the toolkit.
func (c *Calendar) MouseOut() {
	c.hovered = -1
	c.Refresh()
}

// AccessibilityLabel is the month and the day of the cursor.
func (c *Calendar) AccessibilityLabel() string {
	return "カレンダー " + echoOf(c.cursor)
}

// box is a part of the calendar.
type box struct{ x, y, w, h float32 }

func (b box) holds(p fyne.Position) bool {
	return p.X >= b.x && p.X < b.x+b.w && p.Y >= b.y && p.Y < b.y+b.h
}

func (b box) place(o fyne.CanvasObject) {
	o.Move(fyne.NewPos(b.x, b.y))
	o.Resize(fyne.NewSize(b.w, b.h))
}

// calendarGeometry is where the parts are at the current text size.
type calendarGeometry struct {
	back, next, today, title box
	cellW, cellH, top        float32
}

func (c *Calendar) geometry() calendarGeometry {
	g := calendarGeometry{cellW: Scaled(calendarCell), cellH: Scaled(calendarRow)}
	head, width := Scaled(calendarHead), 7*g.cellW
	button := g.cellW
	g.back = box{calendarMargin, calendarMargin, button, head}
	g.today = box{calendarMargin + width - 2.2*button, calendarMargin, 1.2 * button, head}
	g.next = box{calendarMargin + width - button, calendarMargin, button, head}
	g.title = box{calendarMargin + button, calendarMargin, width - 3.2*button, head}
	g.top = calendarMargin + head
	return g
}

// cell is the place of a day, below the row of the weekdays.
func (g calendarGeometry) cell(i int) box {
	return box{calendarMargin + float32(i%7)*g.cellW, g.top + float32(i/7+1)*g.cellH, g.cellW, g.cellH}
}

func (c *Calendar) place(in Room) fyne.Size {
	g := c.geometry()
	least := fyne.NewSize(7*g.cellW+2*calendarMargin, g.top+7*g.cellH+Scaled(calendarFoot)+calendarMargin)
	if !in.Placing() {
		return least
	}
	in.Fill(c.ground)
	g.back.place(c.back)
	g.next.place(c.next)
	g.today.place(c.goToday)
	g.title.place(c.title)
	for i, w := range c.weekdays {
		box{calendarMargin + float32(i)*g.cellW, g.top, g.cellW, g.cellH}.place(w)
	}
	for i := range c.days {
		cell := g.cell(i)
		cell.place(c.days[i])
		box{cell.x + cell.w/2 - 8, cell.y + cell.h - 5, 16, 2}.place(c.rules[i])
	}
	c.placeMarks(g)
	// Every month has the height of six weeks, so that turning the month moves
	// nothing. The names of the holidays follow the last week.
	last := c.first().DaysUntil(c.cursor.Month().Last())
	foot := g.cell(last).y + g.cellH + GapCell
	in.Put(c.foot, calendarMargin+GapCell, foot, 7*g.cellW-2*GapCell, Scaled(calendarFoot))
	return least
}

// placeMarks puts the cursor, today's ring and the pointer's light in place.
func (c *Calendar) placeMarks(g calendarGeometry) {
	inset := func(b box) box { return box{b.x + 2, b.y + 1, b.w - 4, b.h - 2} }
	inset(g.cell(c.first().DaysUntil(c.cursor))).place(c.mark)
	today := c.today()
	c.ring.Hidden = today.Month() != c.cursor.Month()
	if !c.ring.Hidden {
		inset(g.cell(c.first().DaysUntil(today))).place(c.ring)
	}
	c.hover.Hidden = c.hovered < 0
	if c.hovered >= 0 {
		inset(g.cell(c.hovered)).place(c.hover)
	}
}

// Refresh shows the month as it is now.
func (c *Calendar) Refresh() {
	c.fill()
	c.ground.StrokeColor = Line
	if c.focused {
		c.ground.StrokeColor = Accent
	}
	c.Arranged.Refresh()
}
