package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// chooserSource is what the choice of columns asks of a register.
type chooserSource interface {
	columnChoices() (titles []string, shown []bool)
	showColumn(column int, shown bool)
	resetColumns()
	toggleChooser()
}

// columnChooser lists the columns at the right of a register, each with a box.
// It lies over the rows; the keyboard reaches it by Tab.
type columnChooser struct {
	widget.BaseWidget
	source chooserSource
	checks []*chooserCheck
	list   *fyne.Container
	scroll *container.Scroll
	foot   *fyne.Container
	title  *Caption
	ground *canvas.Rectangle
}

func newColumnChooser(source chooserSource) *columnChooser {
	c := &columnChooser{
		source: source, list: container.NewVBox(), ground: canvas.NewRectangle(Paper),
		title: NewCaption("表示する列", Strong),
	}
	c.ground.StrokeColor, c.ground.StrokeWidth = Line, RuleThickness
	c.scroll = container.NewVScroll(c.list)
	reset, closing := NewButton("はじめにもどす", source.resetColumns), NewButton("閉じる", source.toggleChooser)
	reset.OnEscape, closing.OnEscape = source.toggleChooser, source.toggleChooser
	c.foot = NewBar(FieldHeight, Fixed(reset, 0), Fixed(closing, 0))
	c.ExtendBaseWidget(c)
	c.Hide()
	return c
}

// Show fills and shows the choice.
func (c *columnChooser) Show() {
	c.fill()
	c.BaseWidget.Show()
}

// fill makes a box for each column the first time, and ticks those in sight.
func (c *columnChooser) fill() {
	titles, shown := c.source.columnChoices()
	for i := len(c.checks); i < len(titles); i++ {
		check := newChooserCheck(titles[i], c.source.toggleChooser)
		check.OnChanged = func(on bool) {
			if !check.quiet {
				c.source.showColumn(i, on)
			}
		}
		c.checks = append(c.checks, check)
		c.list.Add(check)
	}
	for i, check := range c.checks {
		check.quiet = true
		check.SetChecked(shown[i])
		check.quiet = false
	}
}

func (c *columnChooser) takeFocus() {
	if len(c.checks) > 0 {
		giveFocus(c.checks[0])
	}
}

// AccessibilityLabel names the choice.
func (c *columnChooser) AccessibilityLabel() string { return c.title.Text() }

// AccessibilityRole is a container.
func (c *columnChooser) AccessibilityRole() fyne.AccessibleRole {
	return fyne.AccessibleRoleContainer
}

// CreateRenderer is called by the toolkit.
func (c *columnChooser) CreateRenderer() fyne.WidgetRenderer { return &chooserRenderer{c} }

type chooserRenderer struct{ c *columnChooser }

func (r *chooserRenderer) Destroy() {}

func (r *chooserRenderer) MinSize() fyne.Size {
	list, foot := r.c.list.MinSize(), r.c.foot.MinSize()
	return fyne.NewSize(max(list.Width, foot.Width)+2*GapField,
		Scaled(HeaderHeight)+list.Height+foot.Height+2*GapField)
}

func (r *chooserRenderer) Layout(size fyne.Size) {
	c := r.c
	c.ground.Resize(size)
	head, foot := Scaled(HeaderHeight), c.foot.MinSize().Height
	width := size.Width - 2*GapField
	c.title.Move(fyne.NewPos(GapField, 0))
	c.title.Resize(fyne.NewSize(width, head))
	c.scroll.Move(fyne.NewPos(GapField, head))
	c.scroll.Resize(fyne.NewSize(width, max(0, size.Height-head-foot-2*GapField)))
	c.foot.Move(fyne.NewPos(GapField, size.Height-foot-GapField))
	c.foot.Resize(fyne.NewSize(width, foot))
}

func (r *chooserRenderer) Objects() []fyne.CanvasObject {
	if !r.c.Visible() {
		return nil // its buttons are none of the page's
	}
	return []fyne.CanvasObject{r.c.ground, r.c.title, r.c.scroll, r.c.foot}
}

func (r *chooserRenderer) Refresh() {
	if r.c.Visible() {
		r.c.fill()
	}
	canvas.Refresh(r.c)
}

// chooserCheck is the toolkit's check box that Escape leaves.
type chooserCheck struct {
	widget.Check
	escape func()
	quiet  bool
}

func newChooserCheck(title string, escape func()) *chooserCheck {
	c := &chooserCheck{escape: escape}
	c.Text = title
	c.ExtendBaseWidget(c)
	return c
}

// TypedKey leaves on Escape.
func (c *chooserCheck) TypedKey(e *fyne.KeyEvent) {
	if e.Name == fyne.KeyEscape {
		c.escape()
		return
	}
	c.Check.TypedKey(e)
}
