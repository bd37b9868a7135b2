package admissions

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"

	"renkei/views/ui"
)

// pairWidth is the width from which two blocks stand beside each other.
const pairWidth = 1000

// newPair returns two blocks beside each other, equally high, and below each
// other where there is no room; ratio is the share of the left one.
func newPair(left, right ui.Block, ratio float32) *ui.Arranged {
	return ui.Arrange(func(in ui.Room) fyne.Size {
		least := max(left.MinSize().Width, right.MinSize().Width)
		if in.Width < ui.Scaled(pairWidth) {
			y := in.Fit(left, 0, 0, in.Width) + ui.GapField
			return fyne.NewSize(least, y+in.Fit(right, 0, y, in.Width))
		}
		x := (in.Width-ui.GapField)*ratio + ui.GapField
		in.Put(left, 0, 0, x-ui.GapField, in.Height)
		in.Put(right, x, 0, in.Width-x, in.Height)
		return fyne.NewSize(least, max(left.HeightFor(x-ui.GapField), right.HeightFor(in.Width-x)))
	}, left, right)
}

// choiceLine is a line that is chosen by a tap, Enter or Space; the one chosen
// stands on the colour of a selection with a bar before it.
type choiceLine struct {
	ui.Arranged
	label    string // for screen readers
	content  ui.Block
	chosen   bool
	focused  bool
	choose   func()
	shortcut func(fyne.Shortcut)
	escape   func() // nil for nothing
	ground   *canvas.Rectangle
	bar      *canvas.Rectangle
}

var (
	_ fyne.Focusable     = (*choiceLine)(nil)
	_ fyne.Tappable      = (*choiceLine)(nil)
	_ fyne.Shortcutable  = (*choiceLine)(nil)
	_ desktop.Cursorable = (*choiceLine)(nil)
)

func newChoiceLine(label string, content ui.Block, choose func()) *choiceLine {
	l := &choiceLine{label: label, content: content, choose: choose, ground: canvas.NewRectangle(ui.Paper), bar: canvas.NewRectangle(ui.Accent)}
	l.ground.CornerRadius = ui.CornerRadius
	l.Arrange(l, l.place, l.ground, l.bar, content)
	l.paint()
	return l
}

func (l *choiceLine) setChosen(chosen bool) {
	l.chosen = chosen
	l.paint()
}

func (l *choiceLine) paint() {
	l.ground.FillColor, l.ground.StrokeWidth = ui.Paper, 0
	if l.chosen {
		l.ground.FillColor = ui.AccentSoft
	}
	if l.focused {
		l.ground.StrokeColor, l.ground.StrokeWidth = ui.Accent, 2*ui.RuleThickness
	}
	l.bar.Hidden = !l.chosen
	canvas.Refresh(l)
}

// Tapped chooses the line.
func (l *choiceLine) Tapped(*fyne.PointEvent) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(l); c != nil {
		c.Focus(l)
	}
	l.choose()
}

// Cursor shows that the line can be clicked.
func (l *choiceLine) Cursor() desktop.Cursor { return desktop.PointerCursor }

// FocusGained is called by the toolkit.
func (l *choiceLine) FocusGained() { l.focused = true; l.paint() }

// FocusLost is called by the toolkit.
func (l *choiceLine) FocusLost() { l.focused = false; l.paint() }

// TypedRune chooses on Space.
func (l *choiceLine) TypedRune(r rune) {
	if r == ' ' || r == '　' {
		l.choose()
	}
}

// TypedKey chooses on Enter.
func (l *choiceLine) TypedKey(e *fyne.KeyEvent) {
	switch {
	case e.Name == fyne.KeyReturn || e.Name == fyne.KeyEnter:
		l.choose()
	case e.Name == fyne.KeyEscape && l.escape != nil:
		l.escape()
	}
}

// TypedShortcut hands the window's shortcuts on.
func (l *choiceLine) TypedShortcut(s fyne.Shortcut) {
	if l.shortcut != nil {
		l.shortcut(s)
	}
}

// AccessibilityLabel is the line in words.
func (l *choiceLine) AccessibilityLabel() string { return l.label }

// AccessibilityRole is a button.
func (l *choiceLine) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

func (l *choiceLine) place(in ui.Room) fyne.Size {
	const x, y = ui.GapField, ui.GapCell / 2
	in.Fill(l.ground)
	in.Put(l.bar, 0, 0, ui.BarWidth, in.Height)
	in.Put(l.content, x, y, in.Width-2*x, in.Height-2*y)
	return fyne.NewSize(l.content.MinSize().Width+2*x, l.content.HeightFor(in.Width-2*x)+2*y)
}
