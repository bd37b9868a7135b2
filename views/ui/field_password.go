package ui

// PasswordField is one line that shows dots for what is typed. It is kept by
// nobody: Value, which drafts are made of, is always "".
type PasswordField struct{ typedField }

var _ Field = (*PasswordField)(nil)

// NewPasswordField returns an empty field with a hint shown while it is empty.
func NewPasswordField(hint string) *PasswordField {
	f := &PasswordField{}
	f.entry = newEntry(&f.fieldCore, hint)
	f.entry.Password = true
	f.ExtendBaseWidget(f)
	return f
}

// Text returns what is typed, as it is typed: in a password a space counts.
func (f *PasswordField) Text() string { return f.entry.Text }

// Clear empties the field; nothing brings back what was typed. What was shown
// by the eye at its end is hidden again.
func (f *PasswordField) Clear() {
	f.entry.Password = true
	f.entry.put("")
	f.entry.Refresh()
}

// Blank reports whether nothing is typed, not even a space.
func (f *PasswordField) Blank() bool { return f.entry.Text == "" }

// Fault is always "": any text can be read.
func (f *PasswordField) Fault() string { return "" }

// Value is always "", so that no draft holds a password.
func (f *PasswordField) Value() string { return "" }

// SetValue does nothing.
func (f *PasswordField) SetValue(string) {}
