package ui

import (
	"image/color"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// NoticeKind is what a notice is about.
type NoticeKind int

// The kinds of notice, each with a word before the text.
const (
	Done NoticeKind = iota
	Attention
	Failed
)

var noticeLooks = map[NoticeKind]struct {
	word        string
	ink, ground color.Color
}{
	Done:      {"完了", Good, GoodSoft},
	Attention: {"確認", Warn, WarnSoft},
	Failed:    {"失敗", Bad, BadSoft},
}

// Notice is a line under the page's title that says how something went. It
// stays until it is closed or replaced; nothing waits for it.
type Notice struct {
	widget.BaseWidget
	// After waits on the window's goroutine; tests put their own clock here.
	After func(time.Duration, func())
	// OnChanged is called when the notice comes, changes or goes: the room it
	// takes is another then.
	OnChanged func()

	shown   int // counts what was said, so that an old end does not hide the new
	badge   *Badge
	text    *Paragraph
	ground  *canvas.Rectangle
	buttons []*Button
	close   *Button
}

var (
	_ fyne.Widget = (*Notice)(nil)
	_ Block       = (*Notice)(nil)
)

// NewNotice returns a hidden notice.
func NewNotice() *Notice {
	n := &Notice{badge: NewBadge(Tint{}), text: NewParagraph("", Plain), ground: canvas.NewRectangle(Paper)}
	n.ground.CornerRadius = CornerRadius
	n.After = AfterFunc(fyne.Do)
	n.close = NewButton("閉じる", n.Dismiss)
	n.close.Importance = widget.LowImportance
	n.ExtendBaseWidget(n)
	n.Hide()
	return n
}

// Say shows a text with buttons for what can be done next.
func (n *Notice) Say(kind NoticeKind, text string, buttons ...*Button) {
	n.shown++
	look := noticeLooks[kind]
	n.badge.Set(Tint{look.word, look.ink})
	n.ground.FillColor = look.ground
	n.text.SetText(text)
	n.buttons = buttons
	n.Show()
	n.Refresh()
	call(n.OnChanged)
}

// UndoTime is how long 元に戻す is offered.
const UndoTime = 30 * time.Second

// ShowUndo says what was done, with a button that takes it back: instead of a
// question before it. It stays for UndoTime, or until something else is said.
func (n *Notice) ShowUndo(text string, undo func()) {
	n.Say(Done, text, NewButton("元に戻す", func() {
		n.Dismiss()
		undo()
	}))
	shown := n.shown
	n.After(UndoTime, func() {
		if shown == n.shown {
			n.Dismiss()
		}
	})
}

// Dismiss puts the notice away.
func (n *Notice) Dismiss() {
	if !n.Visible() {
		return
	}
	n.shown++
	n.Hide()
	call(n.OnChanged)
}

// Text returns what the notice says.
func (n *Notice) Text() string { return n.text.Text() }

// Buttons returns the buttons of the notice but the one that closes it.
func (n *Notice) Buttons() []*Button { return n.buttons }

// HeightFor returns the height at a width.
func (n *Notice) HeightFor(width float32) float32 {
	_, _, text := n.spans(width)
	return max(n.text.HeightFor(text), Scaled(FieldHeight)) + 2*GapCell
}

// spans returns the widths of badge, buttons and text.
func (n *Notice) spans(width float32) (badge, buttons, text float32) {
	badge = n.badge.MinSize().Width
	for _, b := range n.all() {
		buttons += b.MinSize().Width + GapCell
	}
	return badge, buttons, max(40, width-badge-buttons-4*GapField)
}

func (n *Notice) all() []*Button { return append(append([]*Button{}, n.buttons...), n.close) }

// AccessibilityLabel is the word and the text.
func (n *Notice) AccessibilityLabel() string { return n.badge.Word() + " " + n.text.Text() }

// AccessibilityRole is text.
func (n *Notice) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// CreateRenderer is called by the toolkit.
func (n *Notice) CreateRenderer() fyne.WidgetRenderer { return &noticeRenderer{n} }

type noticeRenderer struct{ n *Notice }

func (r *noticeRenderer) Destroy() {}
func (r *noticeRenderer) Refresh() { r.Layout(r.n.Size()); canvas.Refresh(r.n) }

func (r *noticeRenderer) MinSize() fyne.Size {
	const least = 320
	return fyne.NewSize(least, r.n.HeightFor(max(least, r.n.Size().Width)))
}

func (r *noticeRenderer) Layout(size fyne.Size) {
	n := r.n
	n.ground.Resize(size)
	badge, buttons, text := n.spans(size.Width)
	height := n.badge.MinSize().Height
	n.badge.Move(fyne.NewPos(GapField, (size.Height-height)/2))
	n.badge.Resize(fyne.NewSize(badge, height))
	height = n.text.HeightFor(text)
	n.text.Move(fyne.NewPos(badge+2*GapField, (size.Height-height)/2))
	n.text.Resize(fyne.NewSize(text, height))
	x := size.Width - buttons - GapCell
	for _, b := range n.all() {
		m := b.MinSize()
		b.Move(fyne.NewPos(x, (size.Height-m.Height)/2))
		b.Resize(m)
		x += m.Width + GapCell
	}
}

func (r *noticeRenderer) Objects() []fyne.CanvasObject {
	objects := []fyne.CanvasObject{r.n.ground, r.n.badge, r.n.text}
	for _, b := range r.n.all() {
		objects = append(objects, b)
	}
	return objects
}
