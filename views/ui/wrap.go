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
