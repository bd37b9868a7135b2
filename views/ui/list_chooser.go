package ui

import (
	"cmp"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
)

// columnChooser lists the columns at the right of a list, each with a box.
// It lies over the rows; the keyboard reaches it by Tab.
type columnChooser[T any] struct {
	Arranged
	list   *List[T]
	checks []*CheckField // one for each column
	boxes  *fyne.Container
	scroll *container.Scroll
	foot   *Arranged
	title  *Caption
	ground *canvas.Rectangle
}

func newColumnChooser[T any](list *List[T]) *columnChooser[T] {
	c := &columnChooser[T]{
		list: list, boxes: container.NewVBox(), ground: newGround(Paper, Line, 0),
		title: NewCaption("表示する列", Strong),
	}
	c.scroll = container.NewVScroll(c.boxes)
	reset, closing := NewButton("はじめにもどす", list.resetColumns), NewButton("閉じる", list.toggleChooser)
	reset.OnEscape, closing.OnEscape = list.toggleChooser, list.toggleChooser
	c.foot = NewBar(FieldHeight, Fixed(reset, 0), Fixed(closing, 0))
	c.Arrange(c, c.place)
	c.Hidden = true
	return c
}

// Show fills and shows the choice.
func (c *columnChooser[T]) Show() {
	c.objects = []fyne.CanvasObject{c.ground, c.title, c.scroll, c.foot}
	c.Arranged.Show()
}

// Hide hides the choice and takes its buttons out of the order of Tab.
func (c *columnChooser[T]) Hide() {
	c.objects = nil
	c.Arranged.Hide()
}

// Refresh ticks the columns in sight.
func (c *columnChooser[T]) Refresh() {
	if c.Visible() {
		c.fill()
	}
	c.Arranged.Refresh()
}

// fill makes a box for each column the first time, and ticks those in sight.
func (c *columnChooser[T]) fill() {
	for i := range c.list.columns {
		if i == len(c.checks) {
			check := NewCheckField(cmp.Or(c.list.columns[i].Title, c.list.columns[i].ID))
			check.EscapeTo(c.list.toggleChooser)
			check.OnChange(func() { c.list.showColumn(i, check.Checked()) })
			c.checks = append(c.checks, check)
			c.boxes.Add(check)
		}
		c.checks[i].SetChecked(slices.Contains(c.list.shown, i))
	}
}

func (c *columnChooser[T]) takeFocus() {
	if len(c.checks) > 0 {
		giveFocus(c.checks[0])
	}
}

// AccessibilityLabel names the choice.
func (c *columnChooser[T]) AccessibilityLabel() string { return c.title.Text() }

// AccessibilityRole is a container.
func (c *columnChooser[T]) AccessibilityRole() fyne.AccessibleRole {
	return fyne.AccessibleRoleContainer
}

func (c *columnChooser[T]) place(in Room) fyne.Size {
	head, list, foot := Scaled(HeaderHeight), c.boxes.MinSize(), c.foot.MinSize()
	width := in.Width - 2*GapField
	in.Fill(c.ground)
	in.Put(c.title, GapField, 0, width, head)
	in.Put(c.scroll, GapField, head, width, max(0, in.Height-head-foot.Height-2*GapField))
	in.Put(c.foot, GapField, in.Height-foot.Height-GapField, width, foot.Height)
	return fyne.NewSize(max(list.Width, foot.Width)+2*GapField, head+list.Height+foot.Height+2*GapField)
}
