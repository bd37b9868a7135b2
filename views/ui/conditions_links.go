package ui

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
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
	last := len(t.links) - 1
	switch e.Name {
	case fyne.KeyDown:
		t.moveTo(min(t.current+1, last))
	case fyne.KeyUp:
		t.moveTo(max(t.current-1, 0))
	case fyne.KeyHome:
		t.moveTo(0)
	case fyne.KeyEnd:
		t.moveTo(last)
	case fyne.KeyReturn, fyne.KeyEnter:
		t.open()
	case fyne.KeyEscape:
		call(t.OnEscape)
	}
}

// TypedShortcut hands the shortcut on.
func (t *Conditions) TypedShortcut(s fyne.Shortcut) {
	if t.OnShortcut != nil {
		t.OnShortcut(s)
		return
	}
	shortcutToWindow(s, t)
}

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

// evidenceLink is a piece of evidence that opens its record. It is no wider
// than its text: beside it nothing is clicked.
type evidenceLink struct {
	widget.BaseWidget
	table *Conditions
	link  any
	text  *Paragraph
	frame *canvas.Rectangle
	lines []*canvas.Rectangle // under the lines of the text
	room  float32             // the width the text is broken to
}

var (
	_ Block              = (*evidenceLink)(nil)
	_ fyne.Tappable      = (*evidenceLink)(nil)
	_ desktop.Cursorable = (*evidenceLink)(nil)
)

func newEvidenceLink(t *Conditions, e Evidence) *evidenceLink {
	l := &evidenceLink{table: t, link: e.Link, text: NewParagraph(e.Text, Style{Color: Accent}), frame: canvas.NewRectangle(AccentSoft)}
	l.frame.StrokeColor, l.frame.StrokeWidth, l.frame.CornerRadius = Accent, RuleThickness, CornerRadius
	l.frame.Hide()
	l.ExtendBaseWidget(l)
	return l
}

// HeightFor returns the height of the text at a width.
func (l *evidenceLink) HeightFor(width float32) float32 { return l.text.HeightFor(width) }

// Resize gives the text its room, and the link the part of it that is written on.
func (l *evidenceLink) Resize(size fyne.Size) {
	l.room = size.Width
	l.text.wrapTo(l.room)
	size.Width = 0
	for _, line := range l.text.objects {
		size.Width = max(size.Width, line.MinSize().Width)
	}
	l.BaseWidget.Resize(size)
	l.Refresh()
}

// paint shows whether the keyboard is at the link.
func (l *evidenceLink) paint() {
	t := l.table
	setVisible(l.frame, t.focused && t.links[t.current] == l)
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

// CreateRenderer is called by the toolkit.
func (l *evidenceLink) CreateRenderer() fyne.WidgetRenderer { return &evidenceLinkRenderer{l} }

type evidenceLinkRenderer struct{ l *evidenceLink }

func (r *evidenceLinkRenderer) Destroy()           {}
func (r *evidenceLinkRenderer) MinSize() fyne.Size { return r.l.text.MinSize() }
func (r *evidenceLinkRenderer) Refresh()           { r.Layout(r.l.Size()); canvas.Refresh(r.l) }

func (r *evidenceLinkRenderer) Layout(size fyne.Size) {
	l := r.l
	l.text.Resize(fyne.NewSize(l.room, size.Height))
	l.frame.Move(fyne.NewPos(-GapCell, -GapCell/2))
	l.frame.Resize(size.AddWidthHeight(2*GapCell, GapCell))
	height, under := l.text.style.lineHeight(), l.text.style.underline()
	for len(l.lines) < len(l.text.objects) {
		l.lines = append(l.lines, canvas.NewRectangle(Accent))
	}
	l.lines = l.lines[:len(l.text.objects)]
	for i, line := range l.text.objects {
		l.lines[i].Move(fyne.NewPos(0, float32(i)*height+under))
		l.lines[i].Resize(fyne.NewSize(line.MinSize().Width, RuleThickness))
	}
}

func (r *evidenceLinkRenderer) Objects() []fyne.CanvasObject {
	objects := []fyne.CanvasObject{r.l.frame, r.l.text}
	for _, line := range r.l.lines {
		objects = append(objects, line)
	}
	return objects
}
