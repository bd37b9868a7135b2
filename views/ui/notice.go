package ui

import (
	"image/color"
	"slices"
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
	Arranged
	// After waits on the window's goroutine; tests put their own clock here.
	After func(time.Duration, func())
	// OnChanged is called when the notice comes, changes or goes, because its
	// height changes then.
	OnChanged func()

	shown   int // counts what was said, so that an old end does not hide the new
	badge   *Badge
	text    *Paragraph
	ground  *canvas.Rectangle
	buttons []*Button
	close   *Button
}

// NewNotice returns a hidden notice.
func NewNotice() *Notice {
	n := &Notice{badge: NewBadge(Tint{}), text: NewParagraph("", Plain), ground: newGround(Paper, nil, CornerRadius)}
	n.After = After
	n.close = NewButton("閉じる", n.Dismiss)
	n.close.Importance = widget.LowImportance
	n.Arrange(n, n.place)
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

// ShowUndo says what was done, with a button that takes it back. This replaces a
// question before the deed. It stays for UndoTime or until another notice.
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

func (n *Notice) place(in Room) fyne.Size {
	all := append(slices.Clone(n.buttons), n.close)
	badge, x := n.badge.MinSize(), in.Width-GapCell
	for _, b := range all {
		x -= b.MinSize().Width + GapCell
	}
	text := max(40, x+GapCell-badge.Width-4*GapField)
	height := n.text.HeightFor(text)
	in.Fill(n.ground)
	in.Put(n.badge, GapField, (in.Height-badge.Height)/2, badge.Width, badge.Height)
	in.Put(n.text, badge.Width+2*GapField, (in.Height-height)/2, text, height)
	n.objects = []fyne.CanvasObject{n.ground, n.badge, n.text}
	for _, b := range all {
		size := b.MinSize()
		in.Put(b, x, (in.Height-size.Height)/2, size.Width, size.Height)
		x += size.Width + GapCell
		n.objects = append(n.objects, b)
	}
	return fyne.NewSize(320, max(height, Scaled(FieldHeight))+2*GapCell)
}

// AccessibilityLabel is the word and the text.
func (n *Notice) AccessibilityLabel() string { return n.badge.Word() + " " + n.text.Text() }

// AccessibilityRole is text.
func (n *Notice) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }
