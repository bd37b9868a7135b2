package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Comparison asks which of two values to keep, field by field.
type Comparison struct {
	Title string
	// Lines stand over the fields.
	Lines  []string
	Groups []ComparedGroup
	// Save is the word of the button that keeps what is chosen, Every those of the
	// buttons that choose a side of every field.
	Save  string
	Every [2]string
	// Missing is said when Save is pressed while a field has no choice.
	Missing string
	// Chosen gets the side of each field, in their order: see Sides.Chosen. Refused is
	// called when the user goes back.
	Chosen  func(sides []int)
	Refused func()
}

// ComparedGroup are the fields of one record, under its name.
type ComparedGroup struct {
	Name   string
	Fields []Compared
}

// Compared is a field with its values: the user's own, the other's and, where both
// can be kept, what they are together.
type Compared struct {
	Name  string
	Sides []SideText
}

// comparisonWidth is that of the panel, comparisonShare the most of the window it
// takes.
const (
	comparisonWidth = 820
	comparisonShare = 0.9
)

// comparing is a Comparison in sight.
type comparing struct {
	*Dialog
	of      Comparison
	fields  []*Sides
	body    *Flow
	scroll  *container.Scroll
	missing *Paragraph
	save    *Button
}

// Compare shows a Comparison over the window. The first field has the keyboard; Enter
// goes to the next and at last to the button, Ctrl+S saves, Escape goes back.
func Compare(c fyne.Canvas, of Comparison) *Dialog {
	d := &comparing{Dialog: &Dialog{canvas: c, before: c.Focused(), OnRefused: of.Refused}, of: of}
	d.missing = NewParagraph("", Style{Bold: true, Color: Bad})
	d.missing.Hide()
	d.save = NewPrimaryButton(of.Save, theme.DocumentSaveIcon(), d.finish)
	d.body = NewFlow(GapGroup, 0)
	d.scroll = container.NewVScroll(d.body)
	var objects []fyne.CanvasObject
	for _, group := range of.Groups {
		objects = append(objects, NewParagraph(group.Name, Strong))
		for _, f := range group.Fields {
			objects = append(objects, NewFlow(2, 0, NewParagraph(f.Name, Quiet), d.field(f)))
		}
	}
	d.body.Set(objects...)
	d.show()
	if len(d.fields) > 0 {
		c.Focus(d.fields[0])
	}
	return d.Dialog
}

// field returns the choice of a field.
func (d *comparing) field(f Compared) *Sides {
	s, next := NewSides(f.Name, f.Sides...), len(d.fields)+1
	s.OnEscape, s.OnFocused = d.Close, func() { d.reveal(s) }
	s.OnEnter = func() {
		if next < len(d.fields) {
			d.canvas.Focus(d.fields[next])
		} else {
			d.canvas.Focus(d.save)
		}
	}
	s.OnChosen = func() { d.missing.SetText("") }
	s.OnShortcut = func(shortcut fyne.Shortcut) {
		if shortcut.ShortcutName() == SaveShortcut.ShortcutName() {
			d.finish()
		}
	}
	d.fields = append(d.fields, s)
	return s
}

// finish hands over what is chosen, or goes to the first field without a choice.
func (d *comparing) finish() {
	sides := make([]int, len(d.fields))
	for i, s := range d.fields {
		if sides[i] = s.Chosen(); sides[i] == 0 {
			d.missing.SetText(d.of.Missing)
			d.missing.Show()
			d.popup.Refresh()
			d.canvas.Focus(s)
			return
		}
	}
	d.OnRefused = nil
	d.Close()
	d.of.Chosen(sides)
}

// reveal scrolls as little as brings a field into sight, with its name.
func (d *comparing) reveal(s *Sides) {
	driver := fyne.CurrentApp().Driver()
	top := driver.AbsolutePositionForObject(s).Y - driver.AbsolutePositionForObject(d.body).Y - 2*Scaled(TextSize)
	offset, view := d.scroll.Offset.Y, d.scroll.Size().Height
	if bottom := top + s.Size().Height + 2*Scaled(TextSize); bottom > offset+view {
		offset = bottom - view
	}
	d.scroll.ScrollToOffset(fyne.NewPos(0, min(offset, top)))
}

// show puts the fields between what is said and the buttons, as high as they need or
// as there is room.
func (d *comparing) show() {
	said := []fyne.CanvasObject{NewParagraph(d.of.Title, Style{Bold: true, Size: SubHeadingSize})}
	for _, line := range d.of.Lines {
		said = append(said, NewParagraph(line, Plain))
	}
	head, foot := NewFlow(GapCell, 0, append(said, d.missing)...), d.buttons()
	window := d.canvas.Size()
	width := min(Scaled(comparisonWidth), window.Width*comparisonShare)
	inner := width - 2*GapGroup
	need := head.HeightFor(inner) + Scaled(2*TextSize) + d.body.HeightFor(inner) + foot.HeightFor(inner) + 2*GapField + 2*GapGroup
	size := fyne.NewSize(width, min(need, window.Height*comparisonShare))
	between := NewBetween(head, d.scroll, foot)
	d.popup = widget.NewModalPopUp(container.NewGridWrap(size, Arrange(func(in Room) fyne.Size {
		in.Put(between, GapGroup, GapGroup, in.Width-2*GapGroup, in.Height-2*GapGroup)
		return size
	}, between)), d.canvas)
	d.popup.Show()
}

func (d *comparing) buttons() *Arranged {
	var items []Item
	add := func(b *Button) {
		b.OnEscape = d.Close
		items = append(items, Fixed(b, 0))
	}
	for side, word := range d.of.Every {
		if len(d.fields) > 1 {
			add(NewButton(word, func() {
				for _, s := range d.fields {
					s.Choose(side + 1)
				}
			}))
		}
	}
	items = append(items, Spring())
	add(d.save)
	add(NewButton("もどる", d.Close))
	return NewBar(FieldHeight, items...)
}
