package ui

import "fyne.io/fyne/v2"

// Wrap places objects beside each other, as many to a line as its width holds,
// each in the middle of its line. Hidden ones take no room.
type Wrap struct {
	Arranged
	gap, lineGap float32
}

// NewWrap returns the objects beside each other, a cell's gap between them and
// between the lines.
func NewWrap(objects ...fyne.CanvasObject) *Wrap { return newWrap(GapCell, GapCell, objects) }

// NewRun returns pieces of text beside each other, the gap between them.
func NewRun(gap float32, pieces ...fyne.CanvasObject) *Wrap { return newWrap(gap, 2, pieces) }

func newWrap(gap, lineGap float32, objects []fyne.CanvasObject) *Wrap {
	w := &Wrap{gap: gap, lineGap: lineGap}
	w.Arrange(w, w.place, objects...)
	return w
}

// Set replaces the objects.
func (w *Wrap) Set(objects ...fyne.CanvasObject) {
	w.objects = objects
	w.Refresh()
}

func (w *Wrap) place(in Room) fyne.Size {
	x, y, height := float32(0), float32(0), float32(0)
	var line []fyne.CanvasObject
	end := func() {
		x = 0
		for _, o := range line {
			size := o.MinSize()
			in.Put(o, x, y+(height-size.Height)/2, min(size.Width, in.Width), size.Height)
			x += size.Width + w.gap
		}
	}
	for _, o := range w.objects {
		if !o.Visible() {
			continue
		}
		size := o.MinSize()
		if len(line) > 0 && x+size.Width > in.Width+0.5 {
			end()
			x, y, height, line = 0, y+height+w.lineGap, 0, nil
		}
		line = append(line, o)
		x += size.Width + w.gap
		height = max(height, size.Height)
	}
	end()
	return fyne.NewSize(leastWidth(w.objects...), y+height)
}

// NewBetween returns an object between a head and a foot, whose heights follow
// from their words. Call Refresh on it after either changed.
func NewBetween(head Block, middle fyne.CanvasObject, foot Block) *Arranged {
	return Arrange(func(in Room) fyne.Size {
		above := in.Fit(head, 0, 0, in.Width)
		below := foot.HeightFor(in.Width)
		in.Put(middle, 0, above+GapField, in.Width, in.Height-above-below-2*GapField)
		in.Put(foot, 0, in.Height-below, in.Width, below)
		return fyne.NewSize(480, 240)
	}, head, middle, foot)
}

// NewAbove returns a block with the height it needs above an object that takes
// the rest, a field's gap between them. Call Refresh on it after the block's
// text changed.
func NewAbove(top Block, rest fyne.CanvasObject) *Arranged {
	return Arrange(func(in Room) fyne.Size {
		y, least := float32(0), rest.MinSize()
		if top.Visible() {
			y = in.Fit(top, 0, 0, in.Width) + GapField
			// The height of the block depends on its width: here only the rest counts.
			least = fyne.NewSize(max(top.MinSize().Width, least.Width), least.Height+GapField)
		}
		in.Put(rest, 0, y, in.Width, max(0, in.Height-y))
		return least
	}, top, rest)
}

// NewSide returns an object of a width, at the standard text size, at the left
// of another that takes the rest.
func NewSide(width, gap float32, left, rest fyne.CanvasObject) *Arranged {
	return Arrange(func(in Room) fyne.Size {
		x := Scaled(width) + gap
		in.Put(left, 0, 0, x-gap, in.Height)
		in.Put(rest, x, 0, in.Width-x, in.Height)
		return rest.MinSize().AddWidthHeight(x, 0)
	}, left, rest)
}
