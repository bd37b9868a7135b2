package ui

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
)

// Disabled keeps Tab from stopping at a table without links.
func (t *Conditions) Disabled() bool { return len(t.links) == 0 }

// Enable does nothing: the links decide.
func (t *Conditions) Enable() {}

// Disable does nothing: the links decide.
func (t *Conditions) Disable() {}

// FocusGained shows that the keyboard is here.
func (t *Conditions) FocusGained() {
	t.focused = true
	t.moveTo(t.current)
}

// FocusLost is called when the keyboard goes elsewhere.
func (t *Conditions) FocusLost() {
	t.focused = false
	t.moveTo(t.current)
}

// TypedRune does nothing.
func (t *Conditions) TypedRune(rune) {}

// TypedKey moves over the links and opens one.
func (t *Conditions) TypedKey(e *fyne.KeyEvent) {
	if to, ok := moved(e.Name, t.current, len(t.links)-1, 0); ok {
		t.moveTo(to)
	}
	switch e.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		t.open()
	case fyne.KeyEscape:
		call(t.OnEscape)
	}
}

// TypedShortcut hands the shortcut on.
func (t *Conditions) TypedShortcut(s fyne.Shortcut) { handOn(s, t.OnShortcut, t) }

// moveTo makes a link the current one; with the keyboard here it gets a frame.
func (t *Conditions) moveTo(index int) {
	if index < 0 || index >= len(t.links) {
		return
	}
	before, now := t.links[t.current], t.links[index]
	t.current = index
	before.paint()
	now.paint()
	if t.focused && t.OnMoved != nil {
		t.OnMoved(now)
	}
}

func (t *Conditions) open() {
	if t.OnOpened != nil && !t.Disabled() {
		t.OnOpened(t.links[t.current].link)
	}
}

// AccessibilityLabel names the table, its links and the current one.
func (t *Conditions) AccessibilityLabel() string {
	const name = "条件・根拠・出典"
	if len(t.links) == 0 {
		return name
	}
	texts := make([]string, len(t.links))
	for i, l := range t.links {
		texts[i] = l.text.Text()
	}
	return fmt.Sprintf("%s 開ける記録%d件 %s 選択 %s", name, len(texts), strings.Join(texts, "、"), texts[t.current])
}

// AccessibilityRole is a container.
func (t *Conditions) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleContainer }

// evidenceLink is a piece of evidence that opens its record. It is only as wide
// as its text, so that a click beside the text does nothing.
type evidenceLink struct {
	Arranged
	table *Conditions
	link  any
	text  *Paragraph
	frame *canvas.Rectangle
	lines []*canvas.Rectangle // under the lines of the text
	room  float32             // the width the text is broken to
}

var (
	_ fyne.Tappable      = (*evidenceLink)(nil)
	_ desktop.Cursorable = (*evidenceLink)(nil)
)

func newEvidenceLink(t *Conditions, e Evidence) *evidenceLink {
	l := &evidenceLink{table: t, link: e.Link, text: NewParagraph(e.Text, Style{Color: Accent}), frame: newGround(AccentSoft, Accent, CornerRadius)}
	l.frame.Hide()
	l.Arrange(l, l.place)
	return l
}

// Resize breaks the text to the width and makes the link as wide as the text.
func (l *evidenceLink) Resize(size fyne.Size) {
	l.room = size.Width
	l.text.wrapTo(l.room)
	size.Width = 0
	for _, line := range l.text.lines {
		size.Width = max(size.Width, l.text.style.width(line))
	}
	l.BaseWidget.Resize(size)
	l.Refresh()
}

// paint shows whether the keyboard is at the link.
func (l *evidenceLink) paint() {
	t := l.table
	SetVisible(l.frame, t.focused && t.links[t.current] == l)
	canvas.Refresh(l)
}

// Tapped opens the record.
func (l *evidenceLink) Tapped(*fyne.PointEvent) {
	t := l.table
	for i, other := range t.links {
		if other == l {
			t.moveTo(i)
		}
	}
	giveFocus(t)
	t.open()
}

// Cursor shows that the text can be clicked.
func (l *evidenceLink) Cursor() desktop.Cursor { return desktop.PointerCursor }

// AccessibilityLabel is the text.
func (l *evidenceLink) AccessibilityLabel() string { return l.text.Text() }

// AccessibilityRole is a link.
func (l *evidenceLink) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleLink }

func (l *evidenceLink) place(in Room) fyne.Size {
	width := in.Width
	if in.Placing() {
		width = l.room // the link is narrower: as wide as its longest line
		l.text.wrapTo(l.room)
		in.Put(l.text, 0, 0, l.room, in.Height)
		in.Put(l.frame, -GapCell, -GapCell/2, in.Width+2*GapCell, in.Height+GapCell)
		l.lines, l.objects = nil, []fyne.CanvasObject{l.frame, l.text}
		style := l.text.style
		for i, text := range l.text.lines {
			line := canvas.NewRectangle(Accent)
			in.Put(line, 0, float32(i)*style.lineHeight()+style.underline(), style.width(text), RuleThickness)
			l.lines, l.objects = append(l.lines, line), append(l.objects, line)
		}
	}
	return fyne.NewSize(8, l.text.HeightFor(width))
}
