package ui

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// pickTags shows what is chosen, each with a × that takes it away. It is one
// stop of the keyboard: the arrows move, Delete takes away, and a letter begins
// a new search. Backspace does nothing: while the user corrects what an IME
// composes, it reaches the widget too.
type pickTags struct {
	Arranged
	core    *fieldCore
	whole   bool // one pick over the whole width, with all that is known of it
	picks   []Pick
	current int
	focused bool
	closed  bool // not open for input
	removed func(index int)
	typed   func(r rune)
	tags    []*pickTag
}

var (
	_ fyne.Focusable    = (*pickTags)(nil)
	_ fyne.Shortcutable = (*pickTags)(nil)
	_ fyne.Disableable  = (*pickTags)(nil)
	_ fyne.Tappable     = (*pickTags)(nil)
)

func newPickTags(core *fieldCore, whole bool) *pickTags {
	t := &pickTags{core: core, whole: whole}
	t.Arrange(t, t.place)
	t.Hide()
	return t
}

// set replaces the picks; without any the tags take no room.
func (t *pickTags) set(picks []Pick) {
	t.picks = picks
	t.current = max(0, min(t.current, len(picks)-1))
	for len(t.tags) < len(picks) {
		t.tags = append(t.tags, newPickTag())
	}
	SetVisible(t, len(picks) > 0)
	t.Refresh()
}

// FocusGained shows that the keyboard is here.
func (t *pickTags) FocusGained() {
	t.focused = true
	t.Refresh()
	t.core.entered()
}

// FocusLost is called when the keyboard goes elsewhere.
func (t *pickTags) FocusLost() {
	t.focused = false
	t.Refresh()
	t.core.left()
}

// TypedRune begins a new search; a space, which confirms nothing here, does not.
func (t *pickTags) TypedRune(r rune) {
	if t.typed != nil && r != ' ' && r != '　' {
		t.typed(r)
	}
}

// TypedKey moves between the tags and takes one away.
func (t *pickTags) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyLeft, fyne.KeyUp:
		t.current = max(0, t.current-1)
	case fyne.KeyRight, fyne.KeyDown:
		t.current = min(len(t.picks)-1, t.current+1)
	case fyne.KeyHome:
		t.current = 0
	case fyne.KeyEnd:
		t.current = len(t.picks) - 1
	case fyne.KeyDelete:
		t.remove(t.current)
		return
	case fyne.KeyEscape:
		t.core.escape()
		return
	}
	t.Refresh()
}

// TypedShortcut hands the shortcut on.
func (t *pickTags) TypedShortcut(s fyne.Shortcut) { t.core.shortcut(s, t) }

// Tapped takes the tag away whose × is clicked, else takes the keyboard.
func (t *pickTags) Tapped(e *fyne.PointEvent) {
	if t.closed {
		return
	}
	for i, tag := range t.tags[:len(t.picks)] {
		at := e.Position.Subtract(tag.position)
		if at.X < 0 || at.Y < 0 || at.X > tag.size.Width || at.Y > tag.size.Height {
			continue
		}
		if at.X >= tag.size.Width-crossWidth() {
			t.remove(i)
			return
		}
		t.current = i
	}
	giveFocus(t)
	t.Refresh()
}

func (t *pickTags) remove(index int) {
	if !t.closed && index >= 0 && index < len(t.picks) {
		t.removed(index)
	}
}

// Enable opens the tags for input.
func (t *pickTags) Enable() { t.closed = false; t.Refresh() }

// Disable closes the tags for input: what is chosen stays to be read.
func (t *pickTags) Disable() { t.closed = true; t.Refresh() }

// Disabled reports whether the tags are closed for input.
func (t *pickTags) Disabled() bool { return t.closed }

// AccessibilityLabel tells what is chosen.
func (t *pickTags) AccessibilityLabel() string {
	words := make([]string, len(t.picks))
	for i, p := range t.picks {
		words[i] = p.words()
	}
	if t.whole {
		return "選択済み " + strings.Join(words, "、")
	}
	return fmt.Sprintf("選択済み %d件 %s", len(words), strings.Join(words, "、"))
}

// AccessibilityRole is text.
func (t *pickTags) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

func tagHeight() float32 { return Scaled(FieldHeight) }

func crossWidth() float32 { return Scaled(28) }

// maxTagWidth keeps a tag that is one of several short.
const maxTagWidth = 280

// width is what the tag of a pick needs within a width.
func (t *pickTags) width(p Pick, within float32) float32 {
	if t.whole {
		return within
	}
	width := CellSide + widthIn(Strong, p.Title) + crossWidth()
	if p.Detail != "" {
		width += widthIn(Quiet, p.Detail)
	}
	return min(width, Scaled(maxTagWidth), within)
}

// widthIn is the room a text takes in a tag.
func widthIn(style Style, text string) float32 { return style.width(oneLine(text)) + 2*CellSide + 1 }

// place lays the tags out in lines.
func (t *pickTags) place(in Room) fyne.Size {
	const least = 160
	if in.Placing() {
		t.objects = nil
	}
	x, y := float32(0), float32(0)
	for i, p := range t.picks {
		w := t.width(p, in.Width)
		if x > 0 && x+w > in.Width {
			x, y = 0, y+tagHeight()+GapCell
		}
		if in.Placing() {
			tag := t.tags[i]
			tag.position, tag.size = fyne.NewPos(x, y), fyne.NewSize(w, tagHeight())
			tag.show(p, t.whole, t.focused && i == t.current, t.closed)
			t.objects = append(t.objects, tag.ground, tag.title, tag.kana, tag.detail, tag.cross)
		}
		x += w + GapField
	}
	if len(t.picks) == 0 {
		return fyne.NewSize(least, 0)
	}
	return fyne.NewSize(least, y+tagHeight())
}

// pickTag holds the objects of one tag.
type pickTag struct {
	position                   fyne.Position
	size                       fyne.Size
	ground                     *canvas.Rectangle
	title, kana, detail, cross *canvas.Text
}

func newPickTag() *pickTag {
	return &pickTag{
		ground: newGround(AccentSoft, Line, CornerRadius),
		title:  NewText("", Strong), kana: NewText("", Quiet), detail: NewText("", Quiet),
		cross: NewText("×", Strong),
	}
}

func (t *pickTag) show(p Pick, whole, current, closed bool) {
	t.ground.Move(t.position)
	t.ground.Resize(t.size)
	t.ground.FillColor, t.ground.StrokeColor, t.ground.StrokeWidth = AccentSoft, Line, RuleThickness
	if current {
		t.ground.StrokeColor, t.ground.StrokeWidth = Accent, 2
	}
	right := t.size.Width
	t.cross.Text = ""
	if !closed {
		right -= crossWidth()
		t.put(t.cross, "×", Style{Bold: true, Color: QuietInk}, right, crossWidth())
		t.cross.Alignment = fyne.TextAlignCenter
	} else {
		t.ground.FillColor = Ground
	}
	x := float32(CellSide)
	title := min(widthIn(Strong, p.Title), right-x)
	t.put(t.title, p.Title, Strong, x, title)
	x += title
	t.kana.Text = ""
	if whole && p.Kana != "" {
		kana := min(widthIn(Quiet, p.Kana), max(0, right-x))
		t.put(t.kana, p.Kana, Quiet, x, kana)
		x += kana
	}
	t.put(t.detail, p.Detail, Quiet, x, max(0, right-x))
}

func (t *pickTag) put(text *canvas.Text, words string, style Style, x, width float32) {
	placeText(text, words, style, fyne.TextAlignLeading, span{x, width}, t.size.Height)
	text.Move(text.Position().AddXY(t.position.X, t.position.Y))
}
