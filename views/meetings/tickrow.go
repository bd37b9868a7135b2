package meetings

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"renkei/views/ui"
)

// tickRow is one line of a tickList; a tap ticks.
type tickRow struct {
	widget.BaseWidget
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
	r.ExtendBaseWidget(r)
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

// CreateRenderer is called by the toolkit.
func (r *tickRow) CreateRenderer() fyne.WidgetRenderer { return &tickRowRenderer{r} }

type tickRowRenderer struct{ r *tickRow }

func (d *tickRowRenderer) Destroy()           {}
func (d *tickRowRenderer) MinSize() fyne.Size { return fyne.NewSize(0, lineHeight()) }

func (d *tickRowRenderer) Layout(size fyne.Size) {
	r := d.r
	r.ground.Resize(size)
	r.bar.Resize(fyne.NewSize(ui.BarWidth, size.Height))
	r.rule.Move(fyne.NewPos(0, size.Height-ui.RuleThickness))
	r.rule.Resize(fyne.NewSize(size.Width, ui.RuleThickness))
	icon := ui.Scaled(20)
	x := float32(ui.BarWidth + ui.CellSide)
	for _, i := range []*canvas.Image{r.on, r.off} {
		i.Move(fyne.NewPos(x, (size.Height-icon)/2))
		i.Resize(fyne.NewSize(icon, icon))
	}
	x += icon + ui.GapField
	put := func(c *ui.Caption, width float32) {
		c.Move(fyne.NewPos(x, 0))
		c.Resize(fyne.NewSize(max(0, width-ui.GapField), size.Height))
		x += width
	}
	kind, name, why := ui.Scaled(48), ui.Scaled(116), ui.Scaled(124)
	rest := size.Width - x - kind - ui.CellSide
	if r.adds() {
		put(r.kind, kind)
		put(r.from, rest)
		return
	}
	put(r.kind, kind)
	put(r.name, name)
	put(r.from, max(0, rest-name-why))
	put(r.why, why)
}

func (d *tickRowRenderer) Objects() []fyne.CanvasObject {
	r := d.r
	return []fyne.CanvasObject{r.ground, r.rule, r.bar, r.on, r.off, r.kind, r.name, r.from, r.why}
}

func (d *tickRowRenderer) Refresh() {
	d.Layout(d.r.Size())
	canvas.Refresh(d.r)
}
