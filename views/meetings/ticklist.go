package meetings

import (
	"fmt"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"renkei/models"
	"renkei/views/ui"
)

// tickList takes the attendance by keyboard: a search over a list of people.
// Typing narrows the list to who is found, the arrows move the mark, Space
// ticks and empties the search for the next name. Nothing pops up and the
// keyboard stays in the search.
type tickList struct {
	ui.Arranged

	// find returns the people found by what is typed, best first.
	find func(query string, limit int) []Attendee
	// add is asked to enter somebody who is in no list.
	add func(name string)
	// changed is called after somebody was ticked or not.
	changed func()
	// after waits on the window's goroutine.
	after func(time.Duration, func())

	offered []Attendee
	ticked  map[string]bool
	shown   []Attendee
	adds    bool   // the last line offers to enter what is typed
	query   string // the list is for this
	marked  int
	typed   int

	entry  *tickEntry
	rows   []*tickRow
	box    *ui.Flow // of the rows
	scroll *container.Scroll
	frame  *canvas.Rectangle
	keys   *ui.Caption
}

func newTickList() *tickList {
	l := &tickList{ticked: make(map[string]bool), frame: canvas.NewRectangle(ui.Paper)}
	l.frame.StrokeColor, l.frame.StrokeWidth = ui.Line, ui.RuleThickness
	l.entry = newTickEntry(l)
	l.box = ui.NewFlow(0, 0)
	l.scroll = container.NewVScroll(l.box)
	l.keys = ui.NewCaption("名前を打って絞る ・ ↑↓で移る ・ Space で出席をつける、取り消す", ui.Quiet)
	l.Arrange(l, l.place, l.entry, l.keys, l.frame, l.scroll)
	return l
}

// set offers people, those of the keys ticked.
func (l *tickList) set(offered []Attendee, ticked map[string]bool) {
	l.offered, l.ticked = offered, ticked
	l.query = ""
	l.narrow("")
}

// attendees returns those who are ticked, in the order of the list.
func (l *tickList) attendees() []Attendee {
	var list []Attendee
	for _, a := range l.offered {
		if l.ticked[a.Key()] {
			list = append(list, a)
		}
	}
	return list
}

// tick puts somebody on the list, ticked.
func (l *tickList) tick(a Attendee) {
	l.offer(a)
	l.ticked[a.Key()] = true
	l.empty()
	l.mark(l.indexOf(a.Key()))
	l.changed()
}

func (l *tickList) offer(a Attendee) {
	for _, o := range l.offered {
		if o.Key() == a.Key() {
			return
		}
	}
	// Beside those of the same kind, at their end.
	at := len(l.offered)
	for i, o := range l.offered {
		if kindRank(o.Kind) > kindRank(a.Kind) {
			at = i
			break
		}
	}
	l.offered = append(l.offered[:at:at], append([]Attendee{a}, l.offered[at:]...)...)
}

func (l *tickList) indexOf(key string) int {
	for i, a := range l.shown {
		if a.Key() == key {
			return i
		}
	}
	return 0
}

// toggle ticks the line or takes the tick away. By keyboard the search is
// emptied for the next name.
func (l *tickList) toggle(line int) {
	if line == len(l.shown) && l.adds {
		name := strings.TrimSpace(l.entry.Text)
		l.empty()
		l.add(name)
		return
	}
	if line < 0 || line >= len(l.shown) {
		return
	}
	a := l.shown[line]
	l.offer(a)
	if l.ticked[a.Key()] {
		delete(l.ticked, a.Key())
	} else {
		l.ticked[a.Key()] = true
	}
	if l.query != "" {
		l.empty()
		line = l.indexOf(a.Key())
	}
	l.mark(line)
	l.Refresh()
	l.changed()
}

// empty clears the search. No input method is composing now, for the user pressed
// a key of the list.
func (l *tickList) empty() {
	l.typed++
	l.entry.put("")
	l.narrow("")
}

// edited searches when the typing pauses.
func (l *tickList) edited() {
	l.typed++
	typed := l.typed
	l.after(ui.PickDelay, func() {
		if typed == l.typed {
			l.settle()
		}
	})
}

// settle searches now for what is typed.
func (l *tickList) settle() {
	if text := strings.TrimSpace(l.entry.Text); text != l.query {
		l.narrow(text)
	}
}

// mostFound is how many people a search lists.
const mostFound = 30

// narrow shows who is found by a query, or everybody offered.
func (l *tickList) narrow(query string) {
	l.query, l.marked, l.adds = query, 0, false
	l.shown = l.offered
	if query != "" {
		l.shown = l.found(query)
		l.adds = true
	}
	l.scroll.ScrollToTop()
	l.Refresh()
}

// found returns those offered first, then everybody else.
func (l *tickList) found(query string) []Attendee {
	var list []Attendee
	seen := make(map[string]bool)
	q := models.ParseQuery(query)
	everybody := l.find(query, mostFound)
	for _, a := range l.offered {
		among := false
		for _, e := range everybody {
			among = among || e.Key() == a.Key()
		}
		if among || q.Begins(models.SearchKey(a.Kana)) || q.In(models.SearchKey(a.Name)) {
			seen[a.Key()] = true
			list = append(list, a)
		}
	}
	for _, a := range everybody {
		if !seen[a.Key()] {
			list = append(list, a)
		}
	}
	return list
}

func (l *tickList) length() int {
	if l.adds {
		return len(l.shown) + 1
	}
	return len(l.shown)
}

// mark moves the mark to a line and brings it into sight.
func (l *tickList) mark(line int) {
	l.marked = max(0, min(line, l.length()-1))
	height := lineHeight()
	top, offset, view := float32(l.marked)*height, l.scroll.Offset.Y, l.scroll.Size().Height
	if top < offset {
		l.scroll.ScrollToOffset(fyne.NewPos(0, top))
	} else if top+height > offset+view {
		l.scroll.ScrollToOffset(fyne.NewPos(0, top+height-view))
	}
	l.fill()
}

func lineHeight() float32 { return ui.Scaled(ui.RowHeight) }

// AccessibilityLabel tells how many there are and who is marked.
func (l *tickList) AccessibilityLabel() string {
	label := fmt.Sprintf("出席者 %d人 %s", len(l.ticked), headcount(l.attendees()))
	if l.marked < len(l.shown) {
		label += " " + l.shown[l.marked].Name
	}
	return label
}

// AccessibilityRole is a container.
func (l *tickList) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleContainer }

func (l *tickList) place(in ui.Room) fyne.Size {
	const rule = ui.RuleThickness
	entry, keys := l.entry.MinSize().Height, ui.Scaled(24)
	y := entry + keys
	in.Put(l.entry, 0, 0, in.Width, entry)
	in.Put(l.keys, ui.GapCell, entry, in.Width-2*ui.GapCell, keys)
	in.Put(l.frame, 0, y, in.Width, in.Height-y)
	in.Put(l.scroll, rule, y+rule, in.Width-2*rule, max(0, in.Height-y-2*rule))
	return fyne.NewSize(320, y+4*lineHeight())
}

// Refresh shows the people as they are now.
func (l *tickList) Refresh() {
	for len(l.rows) < l.length() {
		l.rows = append(l.rows, newTickRow(l, len(l.rows)))
	}
	l.fill()
	l.scroll.Refresh()
	l.Arranged.Refresh()
}

// fill fills the rows there is somebody for and hides the others.
func (l *tickList) fill() {
	objects := make([]fyne.CanvasObject, len(l.rows))
	for i, row := range l.rows {
		objects[i] = row
		row.Hidden = i >= l.length()
		if !row.Hidden {
			row.fill()
		}
	}
	l.box.Set(objects...)
}

// tickEntry is the search of a tickList.
type tickEntry struct {
	widget.Entry
	list     *tickList
	shortcut func(fyne.Shortcut)
	escape   func()
	quiet    bool
	ime      ui.Composing
}

var _ desktop.Keyable = (*tickEntry)(nil)

func newTickEntry(l *tickList) *tickEntry {
	e := &tickEntry{list: l}
	e.PlaceHolder = "出席した人の名前"
	e.Scroll = fyne.ScrollNone
	e.ActionItem = widget.NewIcon(theme.SearchIcon())
	e.OnChanged = func(string) {
		if !e.quiet {
			l.edited()
		}
	}
	e.ExtendBaseWidget(e)
	return e
}

func (e *tickEntry) put(text string) {
	e.quiet = true
	e.SetText(text)
	e.quiet = false
}

// TypedRune ticks on a space. An input method takes the spaces that convert, so a
// space that arrives here is meant for the list.
func (e *tickEntry) TypedRune(r rune) {
	e.ime.Typed(r)
	if r == ' ' || r == '　' {
		e.list.settle()
		e.list.toggle(e.list.marked)
		return
	}
	e.Entry.TypedRune(r)
}

// KeyDown is called by the toolkit.
func (e *tickEntry) KeyDown(k *fyne.KeyEvent) {
	e.ime.Pressed(k.Name)
	e.Entry.KeyDown(k)
}

// FocusLost is called by the toolkit.
func (e *tickEntry) FocusLost() {
	e.ime.Over()
	e.Entry.FocusLost()
}

// TypedKey moves the mark. Enter only searches, for it may have confirmed what an
// input method composed.
func (e *tickEntry) TypedKey(k *fyne.KeyEvent) {
	if e.ime.Takes(k.Name) {
		return
	}
	l := e.list
	page := max(1, int(l.scroll.Size().Height/lineHeight())-1)
	switch k.Name {
	case fyne.KeyDown:
		l.mark(l.marked + 1)
	case fyne.KeyUp:
		l.mark(l.marked - 1)
	case fyne.KeyPageDown:
		l.mark(l.marked + page)
	case fyne.KeyPageUp:
		l.mark(l.marked - page)
	case fyne.KeyReturn, fyne.KeyEnter:
		l.settle()
	case fyne.KeyEscape:
		if e.Text != "" {
			l.empty()
			return
		}
		e.escape()
	default:
		e.Entry.TypedKey(k)
	}
}

// TypedShortcut keeps what edits the text and hands the others on.
func (e *tickEntry) TypedShortcut(s fyne.Shortcut) {
	switch s.(type) {
	case *fyne.ShortcutCopy, *fyne.ShortcutCut, *fyne.ShortcutPaste, *fyne.ShortcutSelectAll, *fyne.ShortcutUndo, *fyne.ShortcutRedo:
		e.Entry.TypedShortcut(s)
	default:
		e.shortcut(s)
	}
}

// AccessibilityLabel names the search.
func (e *tickEntry) AccessibilityLabel() string { return "出席した人をさがす" }
