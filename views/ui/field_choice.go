package ui

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"

	"renkei/models"
)

// ChoiceField is one of a list of choices. The list opens below the field, in
// the layout; typing narrows it, the arrows move in it, Enter and Space choose.
// A text that is no choice is a fault, never the choice made before.
type ChoiceField struct {
	typedField
	choices []Choice
	list    *choiceList
}

var (
	_ Field = (*ChoiceField)(nil)
	_ Block = (*ChoiceField)(nil)
)

// NewChoiceField returns a field without a choice made.
func NewChoiceField(choices ...Choice) *ChoiceField {
	f := &ChoiceField{choices: choices}
	f.entry = newEntry(&f.fieldCore, "選んでください")
	f.entry.ActionItem = newIconTap(theme.MenuDropDownIcon(), "一覧を開く", f.toggle)
	f.entry.key, f.entry.rune = f.typedKey, f.typedRune
	f.entry.edited, f.entry.leave, f.entry.whole = f.narrow, f.settle, true
	f.list = newChoiceList(f.take)
	f.Arrange(f, f.place, f.entry, f.list)
	return f
}

// Choice returns the value chosen, "" when there is none.
func (f *ChoiceField) Choice() string {
	if c, ok := f.typed(); ok {
		return c.Value
	}
	return ""
}

// SetChoice chooses a value; one that is no choice empties the field.
func (f *ChoiceField) SetChoice(value string) {
	for _, c := range f.choices {
		if c.Value == value {
			f.entry.put(c.Label)
			return
		}
	}
	f.entry.put("")
}

// typed returns the choice whose label is typed. Where two share a label the
// first is meant.
func (f *ChoiceField) typed() (Choice, bool) {
	text := f.Text()
	if text == "" {
		return Choice{}, false
	}
	key := models.SearchKey(text)
	for _, exact := range []bool{true, false} {
		for _, c := range f.choices {
			if c.Label == text || !exact && models.SearchKey(c.Label) == key {
				return c, true
			}
		}
	}
	return Choice{}, false
}

// Fault says that what is typed is no choice.
func (f *ChoiceField) Fault() string {
	if _, ok := f.typed(); ok || f.Blank() {
		return ""
	}
	return fmt.Sprintf("『%s』は一覧にありません。↓キーで一覧から選んでください", f.Text())
}

// Value returns the value chosen, or what is typed when it is no choice.
func (f *ChoiceField) Value() string {
	if c, ok := f.typed(); ok {
		return c.Value
	}
	return f.Text()
}

// SetValue puts back what Value returned.
func (f *ChoiceField) SetValue(s string) {
	f.SetChoice(s)
	if f.entry.Text == "" {
		f.entry.put(s)
	}
}

func (f *ChoiceField) preferredWidth() float32 { return 264 }

// matches returns the choices the text narrows to; a whole label or nothing
// narrows to all.
func (f *ChoiceField) matches() []Choice {
	if _, ok := f.typed(); ok || f.Blank() {
		return f.choices
	}
	query := models.ParseQuery(f.entry.Text)
	var found []Choice
	for _, c := range f.choices {
		if query.In(models.SearchKey(c.Label)) {
			found = append(found, c)
		}
	}
	return found
}

// narrow opens the list for what is typed. It touches no text.
func (f *ChoiceField) narrow() {
	found := f.matches()
	at := -1
	if len(found) == 1 && !f.Blank() {
		at = 0
	}
	f.list.set(found, at)
	f.show(true)
}

func (f *ChoiceField) open() {
	found := f.matches()
	at := 0
	for i, c := range found {
		if c.Value == f.Choice() && !f.Blank() {
			at = i
		}
	}
	f.list.set(found, at)
	f.show(true)
}

func (f *ChoiceField) close() { f.show(false) }

func (f *ChoiceField) toggle() {
	if f.entry.Disabled() {
		return
	}
	if f.list.Visible() {
		f.close()
	} else {
		f.open()
	}
	giveFocus(f.entry)
}

func (f *ChoiceField) show(open bool) {
	SetVisible(f.list, open)
	f.list.hovered = f.list.hovered && open
	f.Refresh()
	f.grown()
}

// take makes a choice and closes the list; the keyboard stays in the field.
func (f *ChoiceField) take(c Choice) {
	f.entry.put(c.Label)
	f.close()
	giveFocus(f.entry)
	f.entry.mark()
	f.changed()
}

// typedKey opens the list, moves in it and chooses. Enter never leaves: it may
// have confirmed what an IME composed.
func (f *ChoiceField) typedKey(name fyne.KeyName) bool {
	open := f.list.Visible()
	switch name {
	case fyne.KeyDown, fyne.KeyUp, fyne.KeyReturn, fyne.KeyEnter, fyne.KeyF4:
		switch {
		case !open:
			f.open()
		case name == fyne.KeyDown:
			f.list.move(1)
		case name == fyne.KeyUp:
			f.list.move(-1)
		case name == fyne.KeyF4:
			f.close()
		default:
			f.takeCurrent()
		}
	case fyne.KeyEscape:
		if !open {
			return false
		}
		f.close()
	default:
		return false
	}
	return true
}

// typedRune lets Space open the list and choose where a blank means nothing:
// in an empty field, behind a choice, and on a marked line of the list.
func (f *ChoiceField) typedRune(r rune) bool {
	if r != ' ' && r != '　' {
		return false
	}
	_, chosen := f.typed()
	switch {
	case f.list.Visible() && f.list.at >= 0:
		f.takeCurrent()
	case f.Blank() || chosen:
		f.open()
	default:
		return false
	}
	return true
}

func (f *ChoiceField) takeCurrent() {
	if c, ok := f.list.current(); ok {
		f.take(c)
	}
}

// settle closes the list on leaving and completes a text only one choice has.
func (f *ChoiceField) settle() {
	if f.list.hovered {
		return // the pointer is about to choose
	}
	if c, ok := f.typed(); ok {
		f.entry.put(c.Label)
	} else if found := f.matches(); len(found) == 1 && !f.Blank() {
		f.entry.put(found[0].Label)
		f.changed()
	}
	if f.list.Visible() {
		f.close()
	}
}

func (f *ChoiceField) place(in Room) fyne.Size {
	height := f.entry.MinSize().Height
	in.Put(f.entry, 0, 0, in.Width, height)
	if f.list.Visible() {
		list := f.list.MinSize().Height
		in.Put(f.list, 0, height+GapCell, in.Width, list)
		height += GapCell + list
	}
	return fyne.NewSize(Scaled(96), height)
}

// choiceList is the list below a ChoiceField. It never takes the keyboard.
type choiceList struct {
	Arranged
	take    func(Choice)
	choices []Choice
	at      int // the marked line, -1 for none
	top     int // the first line shown
	hovered bool
	ground  *canvas.Rectangle
	mark    *canvas.Rectangle
	lines   []*Caption
	more    *Caption
}

const choiceLines = 8 // the most lines shown at once

var (
	_ fyne.Tappable     = (*choiceList)(nil)
	_ fyne.Scrollable   = (*choiceList)(nil)
	_ desktop.Hoverable = (*choiceList)(nil)
)

func newChoiceList(take func(Choice)) *choiceList {
	l := &choiceList{take: take, at: -1, ground: newGround(Paper, Accent, CornerRadius), mark: canvas.NewRectangle(AccentSoft), more: NewCaption("", Quiet)}
	objects := []fyne.CanvasObject{l.ground, l.mark}
	for range choiceLines {
		line := NewCaption("", Plain)
		l.lines, objects = append(l.lines, line), append(objects, line)
	}
	l.Hidden = true
	l.Arrange(l, l.place, append(objects, l.more)...)
	return l
}

func (l *choiceList) set(choices []Choice, at int) {
	l.choices, l.at, l.top = choices, at, 0
	l.Refresh()
}

// move moves the mark and keeps it in sight.
func (l *choiceList) move(by int) {
	if len(l.choices) == 0 {
		return
	}
	l.at = max(0, min(len(l.choices)-1, l.at+by))
	l.Refresh()
}

func (l *choiceList) current() (Choice, bool) {
	if l.at < 0 || l.at >= len(l.choices) {
		return Choice{}, false
	}
	return l.choices[l.at], true
}

func (l *choiceList) shown() int { return min(choiceLines, len(l.choices)) }

// footWord says why lines are missing.
func (l *choiceList) footWord() string {
	switch {
	case len(l.choices) == 0:
		return "あてはまるものがありません"
	case len(l.choices) > choiceLines:
		return fmt.Sprintf("全%d件　文字を入力すると絞り込めます", len(l.choices))
	}
	return ""
}

func (l *choiceList) lineHeight() float32 { return Scaled(RowHeight - GapCell) }

func (l *choiceList) lineAt(p fyne.Position) int {
	i := int((p.Y - GapCell) / l.lineHeight())
	if p.Y < GapCell || i < 0 || i >= l.shown() {
		return -1
	}
	return l.top + i
}

// Tapped chooses a line.
func (l *choiceList) Tapped(e *fyne.PointEvent) {
	if i := l.lineAt(e.Position); i >= 0 {
		l.take(l.choices[i])
	}
}

// MouseIn is called by the toolkit.
func (l *choiceList) MouseIn(e *desktop.MouseEvent) {
	l.hovered = true
	l.MouseMoved(e)
}

// MouseMoved marks the line under the pointer.
func (l *choiceList) MouseMoved(e *desktop.MouseEvent) {
	if i := l.lineAt(e.Position); i >= 0 && i != l.at {
		l.at = i
		l.Refresh()
	}
}

// MouseOut is called by the toolkit.
func (l *choiceList) MouseOut() { l.hovered = false }

// Scrolled moves the lines.
func (l *choiceList) Scrolled(e *fyne.ScrollEvent) {
	by := 1
	if e.Scrolled.DY > 0 {
		by = -1
	}
	l.top = max(0, min(len(l.choices)-l.shown(), l.top+by))
	l.at = max(l.top, min(l.top+l.shown()-1, l.at))
	l.Refresh()
}

// AccessibilityLabel is the marked line.
func (l *choiceList) AccessibilityLabel() string {
	c, _ := l.current()
	return "一覧 " + c.Label
}

func (l *choiceList) place(in Room) fyne.Size {
	line := l.lineHeight()
	foot := GapCell + float32(l.shown())*line
	if in.Placing() {
		l.fill()
		// What scrolls is clipped: the border has to stand within.
		in.Put(l.ground, 2, 2, in.Width-4, in.Height-4)
		for i, text := range l.lines {
			in.Put(text, GapField, GapCell+float32(i)*line, in.Width-2*GapField, line)
		}
		in.Put(l.mark, 3, GapCell+float32(l.at-l.top)*line, in.Width-6, line)
		in.Put(l.more, GapField, foot, in.Width-2*GapField, line)
	}
	if l.footWord() != "" {
		foot += line
	}
	return fyne.NewSize(Scaled(96), foot+GapCell)
}

// fill shows the choices from the top line on.
func (l *choiceList) fill() {
	// The mark is always in sight.
	if l.at >= 0 {
		l.top = max(l.at-choiceLines+1, min(l.top, l.at))
	}
	for i, line := range l.lines {
		line.Hidden = i >= l.shown()
		if !line.Hidden {
			line.SetText(l.choices[l.top+i].Label)
		}
	}
	l.mark.Hidden = l.at < 0 || len(l.choices) == 0
	l.more.Hidden = l.footWord() == ""
	l.more.SetText(l.footWord())
}
