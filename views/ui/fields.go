package ui

import (
	"image/color"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Button is the toolkit's button that Enter presses too, and that hands on
// Escape.
type Button struct {
	widget.Button
	// OnEscape is called on the Escape key.
	OnEscape func()
}

// NewButton returns a button with a word.
func NewButton(word string, tapped func()) *Button {
	b := &Button{}
	b.Text, b.OnTapped = word, tapped
	b.ExtendBaseWidget(b)
	return b
}

// NewIconButton returns a button with an icon before the word.
func NewIconButton(word string, icon fyne.Resource, tapped func()) *Button {
	b := NewButton(word, tapped)
	b.Icon = icon
	return b
}

// NewPrimaryButton returns the one button of a page that does its main job.
func NewPrimaryButton(word string, icon fyne.Resource, tapped func()) *Button {
	b := NewIconButton(word, icon, tapped)
	b.Importance = widget.HighImportance
	return b
}

// TypedKey presses on Enter and Space.
func (b *Button) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		if !b.Disabled() && b.OnTapped != nil {
			b.OnTapped()
		}
	case fyne.KeyEscape:
		if b.OnEscape != nil {
			b.OnEscape()
		}
	default:
		b.Button.TypedKey(e)
	}
}

// SetEnabled enables or disables the button.
func (b *Button) SetEnabled(enabled bool) { setEnabled(b, enabled) }

// Choice is one option of a Select: what is kept and what is shown.
type Choice struct{ Value, Label string }

// Select is a list of choices that gives the value, not the label.
type Select struct {
	widget.Select
	choices []Choice
	quiet   bool
}

// NewSelect returns a select of the choices; chosen gets the value.
func NewSelect(chosen func(value string)) *Select {
	s := &Select{}
	s.PlaceHolder = "選んでください"
	s.OnChanged = func(string) {
		if !s.quiet {
			chosen(s.Value())
		}
	}
	s.ExtendBaseWidget(s)
	return s
}

// SetChoices replaces the choices and the chosen value without calling back.
// A value that is none of the choices chooses the first.
func (s *Select) SetChoices(choices []Choice, value string) {
	s.choices = choices
	labels := make([]string, len(choices))
	index := 0
	for i, c := range choices {
		labels[i] = c.Label
		if c.Value == value {
			index = i
		}
	}
	s.quiet = true
	s.Options = labels
	if len(labels) > 0 {
		s.SetSelectedIndex(index)
	}
	s.quiet = false
	s.Refresh()
}

// Value returns the chosen value, "" when there is none.
func (s *Select) Value() string {
	if i := s.SelectedIndex(); i >= 0 && i < len(s.choices) {
		return s.choices[i].Value
	}
	return ""
}

// Choose chooses a value as a change by the user.
func (s *Select) Choose(value string) {
	for i, c := range s.choices {
		if c.Value == value {
			s.SetSelectedIndex(i)
			return
		}
	}
}

// Choices returns the choices.
func (s *Select) Choices() []Choice { return s.choices }

// SearchDelay is the pause after the last letter before a search runs: a
// Japanese field is never searched while it is being typed into.
const SearchDelay = 300 * time.Millisecond

// SearchBox is a field that searches when the typing pauses, and at once on
// Enter. It never changes what was typed.
type SearchBox struct {
	widget.Entry
	// OnShortcut gets the shortcuts the field does not use.
	OnShortcut func(fyne.Shortcut)
	// OnKey gets each key first and reports whether it used it: the arrows that
	// move in what was found, while the keyboard stays here.
	OnKey func(fyne.KeyName) bool
	// OnEntered is called on Enter when what is typed has been searched for
	// already. Enter may also confirm what an IME composed, and come before that
	// text; so it waits for EnterDelay and does nothing when a text follows.
	OnEntered func()
	search    func(text string)
	after     func(time.Duration, func())
	typed     int // counts changes, so that only the last one searches
	last      string
	quiet     bool
	ime       Composing
	hint      string // whole, where there is room
}

var _ desktop.Keyable = (*SearchBox)(nil)

// NewSearchBox returns a field that calls search; after runs a function on the
// window's goroutine when the time is over.
func NewSearchBox(hint string, after func(time.Duration, func()), search func(text string)) *SearchBox {
	b := &SearchBox{search: search, after: after}
	b.ExtendBaseWidget(b)
	b.PlaceHolder, b.hint = hint, hint
	b.Scroll = fyne.ScrollNone
	b.ActionItem = widget.NewIcon(theme.SearchIcon())
	b.OnChanged = func(string) { b.changed() }
	b.OnSubmitted = func(string) { b.submitted() }
	return b
}

// Resize shortens the hint where there is little room; the toolkit would draw it
// over the icon.
func (b *SearchBox) Resize(size fyne.Size) {
	b.Entry.Resize(size)
	room := size.Width - b.ActionItem.MinSize().Width - 2*theme.InnerPadding()
	if hint := fit(b.hint, room, Plain); hint != b.PlaceHolder {
		b.SetPlaceHolder(hint)
	}
}

// AccessibilityLabel is the whole hint.
func (b *SearchBox) AccessibilityLabel() string { return b.hint }

// SetQuery sets the text without searching.
func (b *SearchBox) SetQuery(text string) {
	b.quiet = true
	b.last = text
	b.SetText(text)
	b.quiet = false
}

func (b *SearchBox) changed() {
	if b.quiet {
		return
	}
	b.typed++
	typed := b.typed
	b.after(SearchDelay, func() {
		if typed == b.typed {
			b.run()
		}
	})
}

func (b *SearchBox) run() {
	if b.Text != b.last {
		b.last = b.Text
		b.search(b.Text)
	}
}

// submitted searches at once, or goes on when that was done.
func (b *SearchBox) submitted() {
	if b.Text != b.last || b.OnEntered == nil {
		b.run()
		return
	}
	typed := b.typed
	b.after(EnterDelay, func() {
		if typed == b.typed {
			b.OnEntered()
		}
	})
}

// KeyDown is called by the toolkit.
func (b *SearchBox) KeyDown(e *fyne.KeyEvent) {
	b.ime.Pressed(e.Name)
	b.Entry.KeyDown(e)
}

// TypedRune types a character.
func (b *SearchBox) TypedRune(r rune) {
	b.ime.Typed(r)
	b.Entry.TypedRune(r)
}

// FocusLost is called by the toolkit.
func (b *SearchBox) FocusLost() {
	b.ime.Over()
	b.Entry.FocusLost()
}

// TypedKey empties the field on Escape.
func (b *SearchBox) TypedKey(e *fyne.KeyEvent) {
	if b.ime.Takes(e.Name) {
		return
	}
	if b.OnKey != nil && b.OnKey(e.Name) {
		return
	}
	if e.Name == fyne.KeyEscape && b.Text != "" {
		b.SetText("")
		b.run()
		return
	}
	b.Entry.TypedKey(e)
}

// TypedShortcut hands on what the field does not use.
func (b *SearchBox) TypedShortcut(s fyne.Shortcut) {
	if _, known := s.(fyne.KeyboardShortcut); known && !isEditing(s) && b.OnShortcut != nil {
		b.OnShortcut(s)
		return
	}
	b.Entry.TypedShortcut(s)
}

func isEditing(s fyne.Shortcut) bool {
	switch s.(type) {
	case *fyne.ShortcutCopy, *fyne.ShortcutCut, *fyne.ShortcutPaste, *fyne.ShortcutSelectAll, *fyne.ShortcutUndo, *fyne.ShortcutRedo:
		return true
	}
	return false
}

// After runs f on the window's goroutine when the time is over.
func After(d time.Duration, f func()) { time.AfterFunc(d, func() { fyne.Do(f) }) }

// Framed draws the border of a field round a Select, which has none itself.
func Framed(s *Select) fyne.CanvasObject {
	return container.NewStack(s, newGround(color.Transparent, theme.Color(theme.ColorNameInputBorder), CornerRadius))
}
