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
	Arranged
	source chooserSource
	checks []*chooserCheck
	list   *fyne.Container
	scroll *container.Scroll
	foot   *Arranged
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
	c.Arrange(c, c.place)
	c.Hidden = true
	return c
}

// Show fills and shows the choice.
func (c *columnChooser) Show() {
	c.objects = []fyne.CanvasObject{c.ground, c.title, c.scroll, c.foot}
	c.Arranged.Show()
}

// Hide hides the choice. Its buttons are none of the page's then.
func (c *columnChooser) Hide() {
	c.objects = nil
	c.Arranged.Hide()
}

// Refresh ticks the columns in sight.
func (c *columnChooser) Refresh() {
	if c.Visible() {
		c.fill()
	}
	c.Arranged.Refresh()
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

func (c *columnChooser) place(in Room) fyne.Size {
	head, list, foot := Scaled(HeaderHeight), c.list.MinSize(), c.foot.MinSize()
	width := in.Width - 2*GapField
	in.Fill(c.ground)
	in.Put(c.title, GapField, 0, width, head)
	in.Put(c.scroll, GapField, head, width, max(0, in.Height-head-foot.Height-2*GapField))
	in.Put(c.foot, GapField, in.Height-foot.Height-GapField, width, foot.Height)
	return fyne.NewSize(max(list.Width, foot.Width)+2*GapField, head+list.Height+foot.Height+2*GapField)
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
