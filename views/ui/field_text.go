package ui

import (
	"strings"

	"fyne.io/fyne/v2"
)

// TextField is one line of any text. Enter does nothing in it, for it confirms
// what an IME composed.
type TextField struct{ typedField }

var _ Field = (*TextField)(nil)

// NewTextField returns an empty field with a hint shown while it is empty.
func NewTextField(hint string) *TextField {
	f := &TextField{}
	f.entry = newEntry(&f.fieldCore, hint)
	f.ExtendBaseWidget(f)
	return f
}

// Text returns what is typed without the spaces around it.
func (f *TextField) Text() string { return strings.TrimSpace(f.entry.Text) }

// SetText replaces the text.
func (f *TextField) SetText(s string) { f.entry.put(s) }

// Fault is always "": any text can be read.
func (f *TextField) Fault() string { return "" }

// Value returns the text.
func (f *TextField) Value() string { return f.Text() }

// SetValue replaces the text.
func (f *TextField) SetValue(s string) { f.SetText(s) }

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
	f.ExtendBaseWidget(f)
	return f
}

// Text returns what is typed without the blank lines and spaces around it.
func (f *MemoField) Text() string {
	return strings.TrimSpace(strings.ReplaceAll(f.entry.Text, "\r\n", "\n"))
}

// SetText replaces the text.
func (f *MemoField) SetText(s string) { f.entry.put(s) }

// Fault is always "": any text can be read.
func (f *MemoField) Fault() string { return "" }

// Value returns the text.
func (f *MemoField) Value() string { return f.Text() }

// SetValue replaces the text.
func (f *MemoField) SetValue(s string) { f.SetText(s) }

// spans makes a memo as wide as the form.
func (f *MemoField) spans() bool { return true }
