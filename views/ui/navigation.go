package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
)

// NavigationEntry is one page of the navigation.
type NavigationEntry struct {
	ID   string
	Word string
	Icon fyne.Resource
}

// Navigation is the list of pages at the left edge of the window. The current
// one is marked by a bar and bold type.
type Navigation struct {
	Arranged
	name, owner *Caption
	foot        *Caption
	entries     []*navigationItem
	ground      *canvas.Rectangle
	edge        *canvas.Rectangle
}

// NewNavigation returns the navigation under the program's name; chosen gets
// the ID of the entry the user picks.
func NewNavigation(name, foot string, entries []NavigationEntry, chosen func(id string)) *Navigation {
	n := &Navigation{
		name:   NewCaption(name, Style{Bold: true, Size: HeadingSize, Color: Accent}),
		owner:  NewCaption("", Quiet),
		foot:   NewCaption(foot, Quiet),
		ground: canvas.NewRectangle(Paper),
		edge:   canvas.NewRectangle(Line),
	}
	objects := []fyne.CanvasObject{n.ground, n.edge, n.name, n.owner, n.foot}
	for _, e := range entries {
		item := newNavigationItem(e, chosen)
		n.entries, objects = append(n.entries, item), append(objects, item)
	}
	n.Arrange(n, n.place, objects...)
	return n
}

// SetOwner shows whose register it is: the hospital.
func (n *Navigation) SetOwner(name string) { n.owner.SetText(name) }

// SetCurrent marks the entry of the page shown.
func (n *Navigation) SetCurrent(id string) {
	for _, e := range n.entries {
		e.current = e.entry.ID == id
		e.Refresh()
	}
}

// Heights of an entry: what it has where there is room, and what it needs.
const entryHeight = 40

func leastEntry() float32 { return Scaled(24) }

func (n *Navigation) place(in Room) fyne.Size {
	foot, y := Scaled(StatusHeight), GapField+Scaled(30+22)+GapGroup
	inner := in.Width - GapGroup - GapField
	in.Fill(n.ground)
	in.Put(n.edge, in.Width-RuleThickness, 0, RuleThickness, in.Height)
	in.Put(n.name, GapGroup, GapField, inner, Scaled(32))
	in.Put(n.owner, GapGroup, GapField+Scaled(30), inner, Scaled(22))
	// Large text on a low screen: all pages stay in sight.
	room := (in.Height - y - foot) / float32(max(1, len(n.entries)))
	high := max(leastEntry(), min(Scaled(entryHeight), room))
	for _, e := range n.entries {
		in.Put(e, 0, y, in.Width-RuleThickness, high)
		y += high
	}
	in.Put(n.foot, GapGroup, in.Height-foot, inner, foot)
	return fyne.NewSize(Scaled(NavigationWidth), Scaled(TitleHeight+40+StatusHeight)+float32(len(n.entries))*leastEntry())
}

// navigationItem is one entry: reached by Tab, chosen by a click, Enter or Space.
type navigationItem struct {
	Arranged
	entry   NavigationEntry
	chosen  func(id string)
	current bool
	hovered bool
	focused bool
	ground  *canvas.Rectangle
	bar     *canvas.Rectangle
	icon    *canvas.Image
	word    *canvas.Text
}

var (
	_ fyne.Tappable     = (*navigationItem)(nil)
	_ fyne.Focusable    = (*navigationItem)(nil)
	_ desktop.Hoverable = (*navigationItem)(nil)
)

func newNavigationItem(e NavigationEntry, chosen func(string)) *navigationItem {
	i := &navigationItem{
		entry: e, chosen: chosen,
		ground: canvas.NewRectangle(Paper),
		bar:    canvas.NewRectangle(Accent),
		icon:   canvas.NewImageFromResource(theme.NewThemedResource(e.Icon)),
		word:   NewText(e.Word, Plain),
	}
	i.icon.FillMode = canvas.ImageFillContain
	i.Arrange(i, i.place, i.ground, i.bar, i.icon, i.word)
	return i
}

func (i *navigationItem) Tapped(*fyne.PointEvent)        { i.chosen(i.entry.ID) }
func (i *navigationItem) MouseIn(*desktop.MouseEvent)    { i.hovered = true; i.Refresh() }
func (i *navigationItem) MouseMoved(*desktop.MouseEvent) {}
func (i *navigationItem) MouseOut()                      { i.hovered = false; i.Refresh() }
func (i *navigationItem) FocusGained()                   { i.focused = true; i.Refresh() }
func (i *navigationItem) FocusLost()                     { i.focused = false; i.Refresh() }
func (i *navigationItem) TypedRune(rune)                 {}

func (i *navigationItem) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		i.chosen(i.entry.ID)
	}
}

// AccessibilityLabel is the word of the page.
func (i *navigationItem) AccessibilityLabel() string { return i.entry.Word }

// AccessibilityRole is a button.
func (i *navigationItem) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

func (i *navigationItem) place(in Room) fyne.Size {
	if in.Placing() {
		i.paint()
	}
	icon, height := Scaled(20), i.word.MinSize().Height
	in.Fill(i.ground)
	in.Put(i.bar, 0, 0, BarWidth, in.Height)
	in.Put(i.icon, GapGroup, (in.Height-icon)/2, icon, icon)
	in.Put(i.word, GapGroup+icon+GapField+2, (in.Height-height)/2, in.Width, height)
	return fyne.NewSize(0, leastEntry())
}

func (i *navigationItem) paint() {
	i.bar.Hidden = !i.current
	style := Style{Bold: i.current}
	i.ground.FillColor = Paper
	switch {
	case i.current:
		i.ground.FillColor = AccentSoft
		style.Color = Accent
	case i.hovered:
		i.ground.FillColor = HoverSoft
	}
	i.ground.StrokeWidth = 0
	if i.focused {
		i.ground.StrokeColor, i.ground.StrokeWidth = Accent, RuleThickness
	}
	style.apply(i.word)
}
