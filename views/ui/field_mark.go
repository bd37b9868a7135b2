package ui

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"renkei/models"
)

// MarkField is ○, × or 未確認. Space goes from one to the next, 1 is ○, 0 is ×,
// Delete is 未確認, the arrows move; a tap chooses.
type MarkField struct {
	widget.DisableableWidget
	fieldCore
	mark    models.Mark
	focused bool
	words   [3]string

	ring    *canvas.Rectangle
	grounds [3]*canvas.Rectangle
	texts   [3]*canvas.Text
}

// markOrder is the order of the three on the screen.
var markOrder = [3]models.Mark{models.Yes, models.No, models.Unknown}

var (
	_ Field          = (*MarkField)(nil)
	_ fyne.Focusable = (*MarkField)(nil)
	_ fyne.Tappable  = (*MarkField)(nil)
)

// NewMarkField returns a field at 未確認; yes and no are the words after ○ and ×,
// "" for none.
func NewMarkField(yes, no string) *MarkField {
	f := &MarkField{ring: newGround(Paper, nil, CornerRadius)}
	f.words = [3]string{strings.TrimSpace("○ " + yes), strings.TrimSpace("× " + no), "未確認"}
	for i := range f.texts {
		f.grounds[i] = newGround(Paper, nil, CornerRadius)
		f.texts[i] = centred(f.words[i], Plain)
	}
	f.ExtendBaseWidget(f)
	return f
}

// Mark returns the mark.
func (f *MarkField) Mark() models.Mark { return f.mark }

// SetMark replaces the mark.
func (f *MarkField) SetMark(m models.Mark) {
	f.mark = m
	f.Refresh()
}

// FocusTarget is the field itself.
func (f *MarkField) FocusTarget() fyne.Focusable { return f }

// Blank reports whether the mark is 未確認.
func (f *MarkField) Blank() bool { return f.mark == models.Unknown }

// Value returns ○, × or "".
func (f *MarkField) Value() string { return f.mark.String() }

// SetValue puts back what Value returned.
func (f *MarkField) SetValue(s string) {
	m, err := models.ParseMark(s)
	if err != nil {
		m = models.Unknown // only Value's own texts are given back
	}
	f.SetMark(m)
}

// SetEnabled opens or closes the field for input.
func (f *MarkField) SetEnabled(enabled bool) { setEnabled(f, enabled) }

// pick changes the mark as a change by the user.
func (f *MarkField) pick(m models.Mark) {
	if f.Disabled() || m == f.mark {
		return
	}
	f.SetMark(m)
	f.changed()
}

// move goes along the three as they stand on the screen.
func (f *MarkField) move(by int, around bool) {
	next := slices.Index(markOrder[:], f.mark) + by
	if around {
		next = (next + len(markOrder)) % len(markOrder)
	}
	f.pick(markOrder[max(0, min(len(markOrder)-1, next))])
}

// FocusGained is called by the toolkit.
func (f *MarkField) FocusGained() {
	f.focused = true
	f.Refresh()
	f.entered()
}

// FocusLost is called by the toolkit.
func (f *MarkField) FocusLost() {
	f.focused = false
	f.Refresh()
	f.left()
}

// TypedRune takes 1, 0 and Space, as wide as they come.
func (f *MarkField) TypedRune(r rune) {
	switch r {
	case ' ', '　':
		f.move(1, true)
	case '1', '１', '○', '〇', '◯':
		f.pick(models.Yes)
	case '0', '０', '×':
		f.pick(models.No)
	}
}

// TypedKey moves and takes the mark away.
func (f *MarkField) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyLeft:
		f.move(-1, false)
	case fyne.KeyRight:
		f.move(1, false)
	case fyne.KeyDelete, fyne.KeyBackspace:
		f.pick(models.Unknown)
	case fyne.KeyReturn, fyne.KeyEnter:
		focusNext(f)
	case fyne.KeyEscape:
		f.escape()
	}
}

// TypedShortcut hands the window's shortcuts on.
func (f *MarkField) TypedShortcut(s fyne.Shortcut) { f.shortcut(s, f) }

// Tapped chooses one of the three.
func (f *MarkField) Tapped(e *fyne.PointEvent) {
	if f.Disabled() {
		return
	}
	giveFocus(f)
	x := float32(0)
	for i, m := range markOrder {
		if x += f.width(i); e.Position.X < x {
			f.pick(m)
			return
		}
	}
}

// Cursor is the pointer over the field.
func (f *MarkField) Cursor() desktop.Cursor {
	if f.Disabled() {
		return desktop.DefaultCursor
	}
	return desktop.PointerCursor
}

// AccessibilityLabel is the name and the mark in words.
func (f *MarkField) AccessibilityLabel() string {
	return strings.TrimSpace(f.host.name + " " + f.words[slices.Index(markOrder[:], f.mark)])
}

func (f *MarkField) width(i int) float32 { return Strong.width(f.words[i]) + 2*(GapField+GapCell) }

// CreateRenderer is called by the toolkit.
func (f *MarkField) CreateRenderer() fyne.WidgetRenderer {
	objects := []fyne.CanvasObject{f.ring}
	for i := range f.words {
		objects = append(objects, f.grounds[i], f.texts[i])
	}
	return newRenderer(f, f.place, objects...)
}

func (f *MarkField) place(in Room) fyne.Size {
	if in.Placing() {
		f.paint()
	}
	x, height := float32(0), Scaled(FieldHeight)
	for i := range f.words {
		width := f.width(i)
		in.Put(f.grounds[i], x+2, 2, width-4, height-4)
		in.Put(f.texts[i], x, 0, width, height)
		x += width
	}
	in.Put(f.ring, 0, 0, x, height)
	return fyne.NewSize(x, height)
}

// paint fills the chosen one, 未確認 lightly. ○ and × have the same colour, for
// neither is good or bad in itself.
func (f *MarkField) paint() {
	f.ring.StrokeColor, f.ring.StrokeWidth = theme.Color(theme.ColorNameInputBorder), RuleThickness
	if f.focused {
		f.ring.StrokeColor, f.ring.StrokeWidth = Accent, 2*RuleThickness
	}
	for i, m := range markOrder {
		style := Style{Color: QuietInk}
		f.grounds[i].FillColor = Paper
		switch {
		case m == f.mark && (m == models.Unknown || f.Disabled()):
			f.grounds[i].FillColor, style = Line, Style{Color: Ink, Bold: true}
		case m == f.mark:
			f.grounds[i].FillColor, style = Accent, Style{Color: White, Bold: true}
		}
		style.apply(f.texts[i])
	}
}

// CheckField is a box that is ticked or not, with its words behind it.
type CheckField struct {
	widget.Check
	fieldCore
	quiet bool
}

var _ Field = (*CheckField)(nil)

// NewCheckField returns a box that is not ticked.
func NewCheckField(label string) *CheckField {
	f := &CheckField{}
	f.Text = label
	f.Check.OnChanged = func(bool) {
		if !f.quiet {
			f.changed()
		}
	}
	f.ExtendBaseWidget(f)
	return f
}

// EscapeTo says what Escape does in a box that stands in no form.
func (f *CheckField) EscapeTo(escape func()) { f.join(fieldHost{escape: escape}) }

// Checked reports whether the box is ticked.
func (f *CheckField) Checked() bool { return f.Check.Checked }

// SetChecked ticks the box or not.
func (f *CheckField) SetChecked(checked bool) {
	f.quiet = true
	f.Check.SetChecked(checked)
	f.quiet = false
}

// FocusTarget is the field itself.
func (f *CheckField) FocusTarget() fyne.Focusable { return f }

// Blank reports whether the box is not ticked.
func (f *CheckField) Blank() bool { return !f.Checked() }

// Value returns ○ for a ticked box, "" otherwise.
func (f *CheckField) Value() string {
	if f.Checked() {
		return models.Yes.String()
	}
	return ""
}

// SetValue puts back what Value returned.
func (f *CheckField) SetValue(s string) { f.SetChecked(s == models.Yes.String()) }

// SetEnabled opens or closes the field for input.
func (f *CheckField) SetEnabled(enabled bool) { setEnabled(f, enabled) }

// FocusGained is called by the toolkit.
func (f *CheckField) FocusGained() {
	f.Check.FocusGained()
	f.entered()
}

// FocusLost is called by the toolkit.
func (f *CheckField) FocusLost() {
	f.Check.FocusLost()
	f.left()
}

// TypedRune ticks on Space, as wide as it comes.
func (f *CheckField) TypedRune(r rune) {
	if r == '　' {
		r = ' '
	}
	f.Check.TypedRune(r)
}

// TypedKey moves on by Enter and hands Escape on.
func (f *CheckField) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		focusNext(f)
	case fyne.KeyEscape:
		f.escape()
	default:
		f.Check.TypedKey(e)
	}
}

// TypedShortcut hands the window's shortcuts on.
func (f *CheckField) TypedShortcut(s fyne.Shortcut) { f.shortcut(s, f) }

// AccessibilityLabel is the words and whether it is ticked.
func (f *CheckField) AccessibilityLabel() string {
	if f.Checked() {
		return f.Text + " ○"
	}
	return f.Text
}
