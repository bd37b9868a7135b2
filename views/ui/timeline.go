package ui

import (
	"cmp"
	"fmt"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"renkei/models"
)

// TimelineEntry is one thing that happened, or is to happen.
type TimelineEntry struct {
	On     models.Date
	Time   string // 09:30, "" when it is not known
	Kind   string // 電話, 会議; shown before the title
	Title  string
	Detail string
	Tint   Tint // the badge and the dot; no word is no badge
	Link   any  // what OnOpened is given, compared with ==; nil opens nothing
}

// Timeline lists what happened, the newest first, a heading for each month. It
// is one stop of the keyboard: the arrows move, Enter opens.
type Timeline struct {
	Arranged
	// OnOpened is called with the link of an entry on Enter and on a click.
	OnOpened func(link any)
	// OnMoved gets the top and bottom of the entry the keyboard moved to, so that
	// the page can scroll.
	OnMoved func(top, bottom float32)
	// OnShortcut gets all shortcuts; nil hands them to the window.
	OnShortcut func(fyne.Shortcut)
	// Name is what screen readers call the timeline.
	Name string

	lines   []*timelineLine
	more    *Button
	held    []TimelineEntry // entries not shown yet
	current int             // index in lines, −1 for none
	hovered int
	focused bool
	empty   *Caption
}

var (
	_ fyne.Focusable    = (*Timeline)(nil)
	_ fyne.Shortcutable = (*Timeline)(nil)
	_ fyne.Tappable     = (*Timeline)(nil)
	_ desktop.Hoverable = (*Timeline)(nil)
)

// timelineStep is the number of entries shown at once; a button shows more.
const timelineStep = 60

// NewTimeline returns an empty timeline.
func NewTimeline() *Timeline {
	t := &Timeline{current: -1, hovered: -1, empty: NewCaption("まだ記録がありません", Quiet)}
	t.more = NewButton("", t.showMore)
	t.more.Hide()
	t.Arrange(t, t.place)
	return t
}

// SortTimeline puts entries into the order of a Timeline, the newest first.
func SortTimeline(entries []TimelineEntry) { slices.SortStableFunc(entries, newerFirst) }

func newerFirst(a, b TimelineEntry) int {
	return cmp.Or(cmp.Compare(b.On, a.On), cmp.Compare(b.Time, a.Time))
}

// SetEntries replaces the entries, in any order. A long list is shown at once if it
// is sorted already; it must not change afterwards.
func (t *Timeline) SetEntries(entries []TimelineEntry) {
	var link any
	if t.current >= 0 {
		link = t.lines[t.current].entry.Link
	}
	t.held = entries
	if !slices.IsSortedFunc(entries, newerFirst) {
		t.held = slices.Clone(entries)
		SortTimeline(t.held)
	}
	t.lines, t.current, t.hovered = nil, -1, -1
	t.showMore()
	if link != nil {
		t.current = slices.IndexFunc(t.lines, func(l *timelineLine) bool { return l.entry.Link == link })
	}
	t.Refresh()
}

// Len returns the number of entries.
func (t *Timeline) Len() int { return len(t.lines) + len(t.held) }

func (t *Timeline) showMore() {
	n := min(timelineStep, len(t.held))
	for _, e := range t.held[:n] {
		line := newTimelineLine(e)
		if i := len(t.lines); i > 0 {
			before := t.lines[i-1].entry.On
			line.sameDay = before == e.On
			line.sameMonth = before.Month() == e.On.Month()
		}
		t.lines = append(t.lines, line)
	}
	t.held = t.held[n:]
	t.more.SetText(fmt.Sprintf("以前の記録を表示（あと%s件）", Thousands(len(t.held))))
	SetVisible(t.more, len(t.held) > 0)
	SetVisible(t.empty, len(t.lines) == 0)
	t.Refresh()
}

// FocusGained shows that the keyboard is here.
func (t *Timeline) FocusGained() {
	t.focused = true
	if t.current < 0 && len(t.lines) > 0 {
		t.current = 0
	}
	t.Refresh()
}

// FocusLost is called when the keyboard goes elsewhere.
func (t *Timeline) FocusLost() {
	t.focused = false
	t.Refresh()
}

// TypedRune does nothing.
func (t *Timeline) TypedRune(rune) {}

// TypedKey moves over the entries and opens one.
func (t *Timeline) TypedKey(e *fyne.KeyEvent) {
	if len(t.lines) == 0 {
		return
	}
	switch e.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		t.open(t.current)
	case fyne.KeyDown:
		if t.current == len(t.lines)-1 && len(t.held) > 0 {
			t.showMore()
		}
	}
	const page = 8
	if to, ok := moved(e.Name, t.current, len(t.lines)-1, page); ok {
		t.moveTo(to)
	}
}

// TypedShortcut hands the shortcut on.
func (t *Timeline) TypedShortcut(s fyne.Shortcut) { handOn(s, t.OnShortcut, t) }

func (t *Timeline) moveTo(index int) {
	t.current = index
	t.Refresh()
	if t.OnMoved != nil {
		line := t.lines[index]
		t.OnMoved(line.top, line.top+line.height)
	}
}

func (t *Timeline) open(index int) {
	if index < 0 || index >= len(t.lines) || t.OnOpened == nil {
		return
	}
	if link := t.lines[index].entry.Link; link != nil {
		t.OnOpened(link)
	}
}

func (t *Timeline) lineAt(y float32) int {
	return slices.IndexFunc(t.lines, func(l *timelineLine) bool { return y >= l.top && y < l.top+l.height })
}

// Tapped opens the entry under the pointer.
func (t *Timeline) Tapped(e *fyne.PointEvent) {
	giveFocus(t)
	if i := t.lineAt(e.Position.Y); i >= 0 {
		t.current = i
		t.Refresh()
		t.open(i)
	}
}

// MouseIn marks the entry under the pointer.
func (t *Timeline) MouseIn(e *desktop.MouseEvent) { t.hover(t.lineAt(e.Position.Y)) }

// MouseMoved marks the entry under the pointer.
func (t *Timeline) MouseMoved(e *desktop.MouseEvent) { t.hover(t.lineAt(e.Position.Y)) }

// MouseOut unmarks.
func (t *Timeline) MouseOut() { t.hover(-1) }

func (t *Timeline) hover(index int) {
	if t.hovered != index {
		t.hovered = index
		t.Refresh()
	}
}

// AccessibilityLabel names the timeline, its length and the current entry.
func (t *Timeline) AccessibilityLabel() string {
	label := fmt.Sprintf("%s %d件", t.Name, t.Len())
	if t.current >= 0 {
		label += " " + t.lines[t.current].entry.words()
	}
	return label
}

// AccessibilityRole is a container.
func (t *Timeline) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleContainer }

func (e TimelineEntry) words() string {
	return joined(dayWords(e.On), e.Time, e.Tint.Word, e.Kind, e.Title, e.Detail)
}

// dayWords returns 11月22日（日）, and 日付なし for no date.
func dayWords(d models.Date) string {
	if d.IsZero() {
		return "日付なし"
	}
	return fmt.Sprintf("%d月%d日（%s）", d.MonthNumber(), d.Day(), d.WeekdayName())
}

func monthWords(m models.Month) string {
	if m.IsZero() {
		return "日付なし"
	}
	return fmt.Sprintf("%d年%d月", m.Year(), m.Number())
}
