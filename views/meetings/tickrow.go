package meetings

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"

	"renkei/views/ui"
)

// tickRow is one line of a tickList; a tap ticks.
type tickRow struct {
	ui.Arranged
	list                  *tickList
	index                 int
	ground, bar, rule     *canvas.Rectangle
	on, off               *canvas.Image
	kind, name, from, why *ui.Caption
}

var (
	_ fyne.Tappable      = (*tickRow)(nil)
	_ desktop.Cursorable = (*tickRow)(nil)
)

func newTickRow(l *tickList, index int) *tickRow {
	icon := func(r fyne.Resource, name fyne.ThemeColorName) *canvas.Image {
		i := canvas.NewImageFromResource(theme.NewColoredResource(r, name))
		i.FillMode = canvas.ImageFillContain
		return i
	}
	r := &tickRow{
		list: l, index: index,
		ground: canvas.NewRectangle(ui.Paper), bar: canvas.NewRectangle(ui.Accent), rule: canvas.NewRectangle(ui.FaintLine),
		on:   icon(theme.CheckButtonCheckedIcon(), theme.ColorNamePrimary),
		off:  icon(theme.CheckButtonIcon(), theme.ColorNameForeground),
		kind: ui.NewCaption("", ui.Quiet), name: ui.NewCaption("", ui.Strong),
		from: ui.NewCaption("", ui.Plain), why: ui.NewCaption("", ui.Quiet),
	}
	r.Arrange(r, r.place, r.ground, r.rule, r.bar, r.on, r.off, r.kind, r.name, r.from, r.why)
	return r
}

// Tapped ticks, and gives the keyboard to the search.
func (r *tickRow) Tapped(*fyne.PointEvent) {
	r.list.toggle(r.index)
	if c := fyne.CurrentApp().Driver().CanvasForObject(r.list); c != nil && r.list.Visible() {
		c.Focus(r.list.entry)
	}
}

// Cursor is the pointer.
func (r *tickRow) Cursor() desktop.Cursor { return desktop.PointerCursor }

// adds reports whether the line offers to enter what is typed.
func (r *tickRow) adds() bool { return r.index >= len(r.list.shown) }

// fill shows who stands on the line now.
func (r *tickRow) fill() {
	l := r.list
	marked := r.index == l.marked
	r.bar.Hidden = !marked
	r.ground.FillColor = ui.Paper
	if marked {
		r.ground.FillColor = ui.AccentSoft
	}
	if r.adds() {
		r.on.Hidden, r.off.Hidden = true, true
		r.kind.SetText("＋")
		r.name.SetText("")
		r.from.SetText("「" + l.query + "」を名簿にない人として加える")
		r.why.SetText("")
	} else {
		a := l.shown[r.index]
		ticked := l.ticked[a.Key()]
		r.on.Hidden, r.off.Hidden = !ticked, ticked
		r.kind.SetText(string(a.Kind))
		r.name.SetText(a.Name)
		r.from.SetText(a.Affiliation)
		r.why.SetText(a.Why)
	}
	r.Refresh()
}

// AccessibilityLabel is the person and whether they were there.
func (r *tickRow) AccessibilityLabel() string {
	if r.adds() {
		return r.from.Text()
	}
	a := r.list.shown[r.index]
	mark := "欠席"
	if r.list.ticked[a.Key()] {
		mark = "出席"
	}
	return mark + " " + a.Name + " " + a.Affiliation
}

func (r *tickRow) place(in ui.Room) fyne.Size {
	in.Fill(r.ground)
	in.Put(r.bar, 0, 0, ui.BarWidth, in.Height)
	in.Put(r.rule, 0, in.Height-ui.RuleThickness, in.Width, ui.RuleThickness)
	icon, x := ui.Scaled(20), float32(ui.BarWidth+ui.CellSide)
	in.Put(r.on, x, (in.Height-icon)/2, icon, icon)
	in.Put(r.off, x, (in.Height-icon)/2, icon, icon)
	x += icon + ui.GapField
	put := func(c *ui.Caption, width float32) {
		in.Put(c, x, 0, max(0, width-ui.GapField), in.Height)
		x += width
	}
	kind, name, why := ui.Scaled(48), ui.Scaled(116), ui.Scaled(124)
	rest := in.Width - x - kind - ui.CellSide
	put(r.kind, kind)
	if r.adds() {
		put(r.from, rest)
	} else {
		put(r.name, name)
		put(r.from, max(0, rest-name-why))
		put(r.why, why)
	}
	return fyne.NewSize(0, lineHeight())
}
