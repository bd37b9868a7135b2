package ui

import (
	"cmp"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// Field is one thing the user fills in on a form. Only what the user does is a
// change: the setters call nothing back.
type Field interface {
	fyne.CanvasObject
	// FocusTarget is the part of the field that takes the keyboard.
	FocusTarget() fyne.Focusable
	// OnChange adds a function called after each change by the user.
	OnChange(func())
	// Blank reports whether nothing is filled in.
	Blank() bool
	// Fault says why the typed text cannot be read, "" when it can.
	Fault() string
	// Value is the content as text, for drafts and for comparing: in its usual
	// form, or as typed when it cannot be read.
	Value() string
	// SetValue puts back what Value returned.
	SetValue(string)
	// SetEnabled opens or closes the field for input.
	SetEnabled(bool)
}

// fieldHost is what a form gives its fields to call.
type fieldHost struct {
	name     string // what screen readers call the field
	shortcut func(fyne.Shortcut)
	escape   func()
	entered  func() // the field got the keyboard
	left     func() // the field lost the keyboard, or Enter found a fault
	grown    func() // the field changed its height
	hasty    func() // saving was asked for in the middle of a conversion
}

// fieldCore is the part all fields share: it calls back on changes and hands on
// the keys the field does not use.
type fieldCore struct {
	host      fieldHost
	listeners []func()
}

// hosted is a field that can be joined to a form.
type hosted interface{ join(fieldHost) }

func (c *fieldCore) join(h fieldHost) { c.host = h }

// OnChange adds a function called after each change by the user.
func (c *fieldCore) OnChange(f func()) { c.listeners = append(c.listeners, f) }

func (c *fieldCore) changed() {
	for _, f := range c.listeners {
		f()
	}
}

func (c *fieldCore) entered() { call(c.host.entered) }
func (c *fieldCore) left()    { call(c.host.left) }
func (c *fieldCore) grown()   { call(c.host.grown) }
func (c *fieldCore) escape()  { call(c.host.escape) }

// Fault is "" for the fields that can read anything.
func (c *fieldCore) Fault() string { return "" }

func call(f func()) {
	if f != nil {
		f()
	}
}

// shortcut hands a shortcut on to the form.
func (c *fieldCore) shortcut(s fyne.Shortcut, from fyne.CanvasObject) {
	handOn(s, c.host.shortcut, from)
}

// handOn gives a shortcut to a function or, where it is nil, to the window the
// object is in.
func handOn(s fyne.Shortcut, to func(fyne.Shortcut), from fyne.CanvasObject) {
	if to != nil {
		to(s)
	} else if w, ok := canvasOf(from).(fyne.Shortcutable); ok {
		w.TypedShortcut(s)
	}
}

// setEnabled opens or closes an object for input.
func setEnabled(o fyne.Disableable, enabled bool) {
	if enabled {
		o.Enable()
	} else {
		o.Disable()
	}
}

// canvasOf returns the canvas of an object. The driver knows only objects it
// has painted; one that is just being shown is in the program's one window.
func canvasOf(o fyne.CanvasObject) fyne.Canvas {
	driver := fyne.CurrentApp().Driver()
	if c := driver.CanvasForObject(o); c != nil {
		return c
	}
	if windows := driver.AllWindows(); len(windows) > 0 {
		return windows[0].Canvas()
	}
	return nil
}

// giveFocus gives the keyboard to a part of a field, if it is in a window.
func giveFocus(target fyne.Focusable) {
	if o, ok := target.(fyne.CanvasObject); ok {
		if c := canvasOf(o); c != nil {
			c.Focus(target)
		}
	}
}

// focusNext moves the keyboard on from where it is.
func focusNext(from fyne.CanvasObject) {
	if c := canvasOf(from); c != nil {
		c.FocusNext()
	}
}

// entry is the toolkit's entry as every field uses it. Tab leaves it, Enter
// submits nothing, Escape and the window's shortcuts are handed on. It never
// changes the text while the user may be composing Japanese.
type entry struct {
	widget.Entry
	core *fieldCore
	// key gets each key first and reports whether it used it.
	key func(fyne.KeyName) bool
	// rune gets each character first and reports whether it used it. Only a
	// field of digits may set it, and never to refuse a character.
	rune func(rune) bool
	// edited is called after each change by the user, before the listeners.
	edited func()
	// leave is called when the field loses the keyboard.
	leave func()
	// whole selects all of the text when the field gets the keyboard, so that
	// typing replaces it. It is for fields that hold one value, not prose.
	whole bool
	quiet bool
	ime   Composing
}

var (
	_ fyne.Focusable  = (*entry)(nil)
	_ fyne.Tabbable   = (*entry)(nil)
	_ desktop.Keyable = (*entry)(nil)
)

func newEntry(core *fieldCore, hint string) *entry {
	e := &entry{core: core}
	e.PlaceHolder = hint
	e.Scroll = fyne.ScrollNone
	e.OnChanged = func(string) {
		if e.quiet {
			return
		}
		call(e.edited)
		core.changed()
	}
	e.ExtendBaseWidget(e)
	return e
}

// put replaces the text without calling back.
func (e *entry) put(text string) {
	if e.Text == text {
		return
	}
	e.unmark()
	e.quiet = true
	e.SetText(text)
	e.quiet = false
	e.CursorRow, e.CursorColumn = 0, 0
	if !e.MultiLine {
		e.CursorColumn = len([]rune(text))
	}
	e.Refresh()
}

// mark selects all of the text.
func (e *entry) mark() {
	if e.Text != "" && !e.Disabled() {
		e.Entry.TypedShortcut(&fyne.ShortcutSelectAll{})
	}
}

// unmark takes a selection away; the toolkit offers only a key for it.
func (e *entry) unmark() {
	if e.SelectedText() != "" {
		e.Entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnd})
	}
}

// allMarked reports whether the whole text is selected.
func (e *entry) allMarked() bool { return e.Text != "" && e.SelectedText() == e.Text }

// AcceptsTab is false, so that Tab leaves a memo too. While an IME composes, Tab
// is the IME's.
func (e *entry) AcceptsTab() bool { return e.ime.Active() }

// KeyDown is called by the toolkit.
func (e *entry) KeyDown(k *fyne.KeyEvent) {
	e.ime.Pressed(k.Name)
	e.Entry.KeyDown(k)
}

// TypedKey gives a key to the IME, else to the field, else to the entry. Escape
// goes to the form.
func (e *entry) TypedKey(k *fyne.KeyEvent) {
	switch {
	case e.ime.Takes(k.Name):
	case e.key != nil && e.key(k.Name):
	case k.Name == fyne.KeyEscape:
		e.core.escape()
	default:
		e.Entry.TypedKey(k)
	}
}

// TypedRune types a character.
func (e *entry) TypedRune(r rune) {
	e.ime.Typed(r)
	if e.rune != nil && e.rune(r) {
		return
	}
	e.Entry.TypedRune(r)
}

// TypedShortcut hands on what an entry does not use.
func (e *entry) TypedShortcut(s fyne.Shortcut) {
	if e.ime.Active() && e.core.host.hasty != nil && s.ShortcutName() == SaveShortcut.ShortcutName() {
		e.ime.Over() // asked again, it saves
		e.core.host.hasty()
		return
	}
	if _, known := s.(fyne.KeyboardShortcut); known && !isEditing(s) && !movesCursor(s) {
		e.core.shortcut(s, e)
		return
	}
	e.Entry.TypedShortcut(s)
}

// movesCursor reports whether the shortcut is one of an entry's own, such as
// Ctrl and an arrow. Alt and an arrow is the window's, to go back.
func movesCursor(s fyne.Shortcut) bool {
	k, ok := s.(fyne.KeyboardShortcut)
	if !ok || k.Mod() == fyne.KeyModifierAlt {
		return false
	}
	switch k.Key() {
	case fyne.KeyLeft, fyne.KeyRight, fyne.KeyHome, fyne.KeyEnd, fyne.KeyBackspace, fyne.KeyDelete:
		return true
	}
	return false
}

// FocusGained is called by the toolkit.
func (e *entry) FocusGained() {
	e.Entry.FocusGained()
	if e.whole {
		e.mark()
	}
	e.core.entered()
}

// FocusLost is called by the toolkit.
func (e *entry) FocusLost() {
	if e.whole {
		e.unmark()
	}
	e.Entry.FocusLost()
	e.ime.Over()
	call(e.leave)
	e.core.left()
}

// AccessibilityLabel is the field's name, or its hint.
func (e *entry) AccessibilityLabel() string { return cmp.Or(e.core.host.name, e.PlaceHolder) }

// typedField is the part of the fields made of one entry.
type typedField struct {
	Arranged
	fieldCore
	entry *entry
}

// FocusTarget is the entry.
func (f *typedField) FocusTarget() fyne.Focusable { return f.entry }

// Blank reports whether nothing but spaces is typed.
func (f *typedField) Blank() bool { return strings.TrimSpace(f.entry.Text) == "" }

// Text returns what is typed without the blank lines and spaces around it.
func (f *typedField) Text() string {
	return strings.TrimSpace(strings.ReplaceAll(f.entry.Text, "\r\n", "\n"))
}

// SetText replaces the text.
func (f *typedField) SetText(s string) { f.entry.put(s) }

// Value returns the text.
func (f *typedField) Value() string { return f.Text() }

// SetValue replaces the text.
func (f *typedField) SetValue(s string) { f.SetText(s) }

// SetEnabled opens or closes the field for input.
func (f *typedField) SetEnabled(enabled bool) { setEnabled(f.entry, enabled) }

// AccessibilityLabel is the name the form gave the field, or its hint.
func (f *typedField) AccessibilityLabel() string { return f.entry.AccessibilityLabel() }

// placeEntry gives the entry the whole field.
func (f *typedField) placeEntry(in Room) fyne.Size {
	in.Fill(f.entry)
	return f.entry.MinSize()
}
