package ui

import (
	"time"

	"fyne.io/fyne/v2"
)

// TextField is one line of any text. Enter does nothing in it: it may confirm
// what an IME composed.
type TextField struct{ typedField }

var _ Field = (*TextField)(nil)

// NewTextField returns an empty field with a hint shown while it is empty.
func NewTextField(hint string) *TextField {
	f := &TextField{}
	f.entry = newEntry(&f.fieldCore, hint)
	f.Arrange(f, f.placeEntry, f.entry)
	return f
}

// MemoField is a text of several lines. Enter begins a new line, Tab leaves.
type MemoField struct{ typedField }

var _ Field = (*MemoField)(nil)

// NewMemoField returns an empty field as high as the number of rows.
func NewMemoField(hint string, rows int) *MemoField {
	f := &MemoField{}
	f.entry = newEntry(&f.fieldCore, hint)
	f.entry.MultiLine = true
	f.entry.Wrapping = fyne.TextWrapBreak
	f.entry.Scroll = fyne.ScrollVerticalOnly
	f.entry.SetMinRowsVisible(max(1, rows))
	f.Arrange(f, f.placeEntry, f.entry)
	return f
}

// spans makes a memo as wide as the form.
func (f *MemoField) spans() bool { return true }

// PasswordField is one line that shows dots. Drafts are made of Value, which is
// always "", so that no draft holds a password.
type PasswordField struct{ typedField }

var _ Field = (*PasswordField)(nil)

// NewPasswordField returns an empty field with a hint shown while it is empty.
func NewPasswordField(hint string) *PasswordField {
	f := &PasswordField{}
	f.entry = newEntry(&f.fieldCore, hint)
	f.entry.Password = true
	f.Arrange(f, f.placeEntry, f.entry)
	return f
}

// Text returns what is typed, as it is typed: in a password a space counts.
func (f *PasswordField) Text() string { return f.entry.Text }

// OnEntered sets what Enter does, where the field is all there is to fill in. Enter
// may also confirm what an IME composed, and come before that text; so it waits for
// EnterDelay and does nothing when a text follows.
func (f *PasswordField) OnEntered(after func(time.Duration, func()), entered func()) {
	f.entry.OnSubmitted = func(typed string) {
		after(EnterDelay, func() {
			if f.entry.Text == typed {
				entered()
			}
		})
	}
}

// Clear empties the field for good, and shows dots again if the user had made
// the text visible.
func (f *PasswordField) Clear() {
	f.entry.Password = true
	f.entry.put("")
	f.entry.Refresh()
}

// Blank reports whether nothing is typed, not even a space.
func (f *PasswordField) Blank() bool { return f.entry.Text == "" }

// Value is always "".
func (f *PasswordField) Value() string { return "" }

// SetValue does nothing.
func (f *PasswordField) SetValue(string) {}
