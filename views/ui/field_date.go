package ui

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"renkei/models"
)

// DateField is a date, typed in any form ParseTypedDate takes. The date
// understood so far stands beside it; leaving the field puts the text into its
// usual form. F4 and the icon open a calendar below, Enter moves on, the arrows
// up and down and + and − change the day.
type DateField struct {
	digitField
	today    func() models.Date
	echo     *Caption
	calendar *Calendar
	icon     *iconTap
}

var (
	_ Field = (*DateField)(nil)
	_ Block = (*DateField)(nil)
)

// NewDateField returns an empty field; today is what 「今日」 and 「+3」 count
// from.
func NewDateField(today func() models.Date) *DateField {
	f := &DateField{today: today, echo: NewCaption("", Quiet)}
	f.begin("例 11/22", dateEntryWidth+GapField+dateEchoWidth, f.readDate)
	f.step = f.stepBy
	f.calendar = NewCalendar(today, f.choose)
	f.calendar.OnClose = f.closeCalendar
	f.calendar.onReturn = func() { giveFocus(f.entry) }
	f.calendar.Hide()
	f.icon = newIconTap(theme.CalendarIcon(), "カレンダー", f.toggleCalendar)
	f.entry.ActionItem = f.icon
	f.entry.edited = f.say
	f.entry.rune = f.stepRune
	digits := f.entry.key
	f.entry.key = func(name fyne.KeyName) bool { return f.dateKey(name) || digits(name) }
	f.Arrange(f, f.place, f.entry, f.echo, f.calendar)
	return f
}

const (
	dateEntryWidth = 152
	dateEchoWidth  = 232
)

func (f *DateField) readDate(text string) (usual, fault string) {
	d, err := f.parse(text)
	if err != nil {
		return "", models.ErrorMessage(err)
	}
	return d.String(), ""
}

// parse takes a lone + or − as the day after or before today, so that the echo
// shows a day before a number follows.
func (f *DateField) parse(text string) (models.Date, error) {
	if s := folded(text); s == "+" || s == "-" {
		text = s + "1"
	}
	return models.ParseTypedDate(text, f.today())
}

// Date returns the date, or a blank one when the field is blank or cannot be
// read; Fault tells which.
func (f *DateField) Date() models.Date {
	d, err := f.parse(f.entry.Text)
	if err != nil {
		return 0
	}
	return d
}

// SetDate replaces the date; a blank one empties the field.
func (f *DateField) SetDate(d models.Date) { f.SetValue(d.String()) }

// SetEnabled opens or closes the field for input.
func (f *DateField) SetEnabled(enabled bool) {
	f.digitField.SetEnabled(enabled)
	if !enabled {
		f.closeCalendar()
	}
}

// say shows what was understood so far. Half a date says nothing yet.
func (f *DateField) say() { f.echo.SetText(echoOf(f.Date())) }

// echoOf is the long form of a date, a holiday marked: 「2026-11-23（月・祝）令和8年」.
func echoOf(d models.Date) string {
	if _, ok := models.Holiday(d); ok {
		return strings.Replace(d.Echo(), "）", "・祝）", 1)
	}
	return d.Echo()
}

// dateKey opens and closes the calendar.
func (f *DateField) dateKey(name fyne.KeyName) bool {
	switch {
	case name == fyne.KeyF4:
		f.toggleCalendar()
	case name == fyne.KeyEscape && f.calendar.Visible():
		f.closeCalendar()
	default:
		return false
	}
	return true
}

// stepRune takes + and − behind a whole date for one day more or less. There
// they cannot belong to a date.
func (f *DateField) stepRune(r rune) bool {
	atEnd := f.entry.CursorTextOffset() == len([]rune(f.entry.Text)) && f.entry.SelectedText() == ""
	if f.Date() == 0 || !atEnd && !f.entry.allMarked() {
		return false
	}
	switch r {
	case '+', '＋':
		f.stepBy(1)
	case '-', '－', '−':
		f.stepBy(-1)
	default:
		return false
	}
	return true
}

// stepBy changes the day; a blank field begins at today.
func (f *DateField) stepBy(by int) {
	d := f.Date()
	switch {
	case d != 0:
		d = min(max(d.AddDays(by), models.MinDate), models.MaxDate)
	case f.Blank():
		d = f.today()
	default:
		return
	}
	f.retype(d.String())
}

// choose takes a day of the calendar.
func (f *DateField) choose(d models.Date) {
	f.closeCalendar()
	f.retype(d.String())
}

func (f *DateField) toggleCalendar() {
	if f.calendar.Visible() {
		f.closeCalendar()
		return
	}
	if f.entry.Disabled() {
		return
	}
	f.calendar.Go(f.Date())
	f.calendar.Show()
	f.resized()
	giveFocus(f.calendar)
}

// closeCalendar gives the keyboard back to the text if the calendar had it.
func (f *DateField) closeCalendar() {
	if !f.calendar.Visible() {
		return
	}
	had := f.calendar.focused
	f.calendar.Hide()
	f.resized()
	if had {
		giveFocus(f.entry)
	}
}

func (f *DateField) resized() {
	f.Refresh()
	f.grown()
}

// echoBelow reports whether there is no room for the echo beside the entry.
func (f *DateField) echoBelow(width float32) bool {
	return width < Scaled(dateEntryWidth+dateEchoWidth*0.8)
}

func (f *DateField) place(in Room) fyne.Size {
	least := fyne.NewSize(Scaled(dateEntryWidth), f.entry.MinSize().Height)
	width := min(in.Width, least.Width)
	in.Put(f.entry, 0, 0, width, least.Height)
	if f.echoBelow(in.Width) {
		least.Height += in.Fit(f.echo, GapCell, least.Height, in.Width-GapCell)
	} else {
		in.Put(f.echo, width+GapField, 0, in.Width-width-GapField, least.Height)
	}
	if f.calendar.Visible() {
		size := f.calendar.MinSize()
		in.Put(f.calendar, 0, least.Height+GapCell, size.Width, size.Height)
		least = fyne.NewSize(max(least.Width, size.Width), least.Height+GapCell+size.Height)
	}
	return least
}

// iconTap is an icon that can be tapped and never takes the keyboard. A key does
// the same.
type iconTap struct {
	widget.Icon
	label  string
	tapped func()
}

var _ fyne.Tappable = (*iconTap)(nil)

func newIconTap(icon fyne.Resource, label string, tapped func()) *iconTap {
	i := &iconTap{label: strings.TrimSpace(label), tapped: tapped}
	i.SetResource(icon)
	i.ExtendBaseWidget(i)
	return i
}

// Tapped is called by the toolkit.
func (i *iconTap) Tapped(*fyne.PointEvent) { i.tapped() }

// Cursor is the pointer over the icon.
func (i *iconTap) Cursor() desktop.Cursor { return desktop.PointerCursor }

// AccessibilityLabel says what the icon does.
func (i *iconTap) AccessibilityLabel() string { return i.label }
