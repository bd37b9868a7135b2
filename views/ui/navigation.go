package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
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
	widget.BaseWidget
	name, owner *Caption
	foot        *Caption
	entries     []*navigationItem
	ground      *canvas.Rectangle
	edge        *canvas.Rectangle
}

var _ fyne.Widget = (*Navigation)(nil)

// NewNavigation returns the navigation under the program's name; chosen gets
// the ID of the entry the person picks.
func NewNavigation(name, foot string, entries []NavigationEntry, chosen func(id string)) *Navigation {
	n := &Navigation{
		name:   NewCaption(name, Style{Bold: true, Size: HeadingSize, Color: Accent}),
		owner:  NewCaption("", Quiet),
		foot:   NewCaption(foot, Quiet),
		ground: canvas.NewRectangle(Paper),
		edge:   canvas.NewRectangle(Line),
	}
	for _, e := range entries {
		n.entries = append(n.entries, newNavigationItem(e, chosen))
	}
	n.ExtendBaseWidget(n)
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

// CreateRenderer is called by the toolkit.
func (n *Navigation) CreateRenderer() fyne.WidgetRenderer { return &navigationRenderer{n} }

type navigationRenderer struct{ n *Navigation }

func (r *navigationRenderer) Destroy() {}
func (r *navigationRenderer) Refresh() { r.Layout(r.n.Size()); canvas.Refresh(r.n) }

func (r *navigationRenderer) MinSize() fyne.Size {
	return fyne.NewSize(Scaled(NavigationWidth), Scaled(TitleHeight+40+StatusHeight)+float32(len(r.n.entries))*leastEntry())
}

// Heights of an entry: what it has where there is room, and what it needs.
const entryHeight = 40

func leastEntry() float32 { return Scaled(24) }

func (r *navigationRenderer) Layout(size fyne.Size) {
	n := r.n
	n.ground.Resize(size)
	n.edge.Move(fyne.NewPos(size.Width-RuleThickness, 0))
	n.edge.Resize(fyne.NewSize(RuleThickness, size.Height))
	inner := size.Width - GapGroup - GapField
	n.name.Move(fyne.NewPos(GapGroup, GapField))
	n.name.Resize(fyne.NewSize(inner, Scaled(32)))
	n.owner.Move(fyne.NewPos(GapGroup, GapField+Scaled(30)))
	n.owner.Resize(fyne.NewSize(inner, Scaled(22)))
	y := GapField + Scaled(30+22) + GapGroup
	// Large text on a low screen: all pages stay in sight.
	room := (size.Height - y - Scaled(StatusHeight)) / float32(max(1, len(n.entries)))
	high := max(leastEntry(), min(Scaled(entryHeight), room))
	for _, e := range n.entries {
		e.Move(fyne.NewPos(0, y))
		e.Resize(fyne.NewSize(size.Width-RuleThickness, high))
		y += high
	}
	n.foot.Move(fyne.NewPos(GapGroup, size.Height-Scaled(StatusHeight)))
	n.foot.Resize(fyne.NewSize(inner, Scaled(StatusHeight)))
}

func (r *navigationRenderer) Objects() []fyne.CanvasObject {
	objects := []fyne.CanvasObject{r.n.ground, r.n.edge, r.n.name, r.n.owner, r.n.foot}
	for _, e := range r.n.entries {
		objects = append(objects, e)
	}
	return objects
}

// navigationItem is one entry: reached by Tab, chosen by a click, Enter or Space.
type navigationItem struct {
	widget.BaseWidget
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
	i.ExtendBaseWidget(i)
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

func (i *navigationItem) CreateRenderer() fyne.WidgetRenderer { return &navigationItemRenderer{i} }

type navigationItemRenderer struct{ i *navigationItem }

func (r *navigationItemRenderer) Destroy()           {}
func (r *navigationItemRenderer) MinSize() fyne.Size { return fyne.NewSize(0, leastEntry()) }

func (r *navigationItemRenderer) Layout(size fyne.Size) {
	i := r.i
	i.ground.Resize(size)
	i.bar.Resize(fyne.NewSize(BarWidth, size.Height))
	icon := Scaled(20)
	i.icon.Move(fyne.NewPos(GapGroup, (size.Height-icon)/2))
	i.icon.Resize(fyne.NewSize(icon, icon))
	height := i.word.MinSize().Height
	i.word.Move(fyne.NewPos(GapGroup+icon+GapField+2, (size.Height-height)/2))
	i.word.Resize(fyne.NewSize(size.Width, height))
}

func (r *navigationItemRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.i.ground, r.i.bar, r.i.icon, r.i.word}
}

func (r *navigationItemRenderer) Refresh() {
	i := r.i
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
	r.Layout(i.Size())
	canvas.Refresh(i)
}
