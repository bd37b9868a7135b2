package ui

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// Composing guesses whether an IME is composing a text over a field. The
// toolkit knows nothing of IMEs, and on X11 and macOS it reports every key the
// IME works with to the field too: the BackSpace that mends a reading would
// delete what stands in the field already, the Escape that ends a conversion
// would leave the form.
//
// The guess rests on this: the toolkit reports a letter's key first and its
// character after it. A letter that no character follows has gone to an IME.
// On Windows the toolkit reports none of these keys, so nothing is guessed.
//
// Where the guess is wrong, a key does nothing once or twice. The user sees that
// and presses it again; nothing is lost. Only after BackSpace may it be wrong: a
// BackSpace deletes one kana, which took one to three letters to type.
type Composing struct {
	letters   int    // pressed and not arrived as a text; no fewer than the kana
	last      string // the letter pressed last, "" when another key was
	converted bool   // a conversion is shown, not the reading
	doubt     bool   // BackSpace may have taken everything away
}

// Pressed is told of each key that goes down.
func (c *Composing) Pressed(name fyne.KeyName) {
	if keyModifiers()&^fyne.KeyModifierShift != 0 {
		return
	}
	switch {
	case composingKey(name):
		c.last = string(name)
		c.letters++
		c.doubt = false
		c.converted = false
	case name == fyne.KeySpace:
		c.last = ""
		c.converted = c.letters > 0
	case name != desktop.KeyShiftLeft && name != desktop.KeyShiftRight:
		c.last = ""
	}
}

// composingKey reports whether a key begins or goes on a reading. Digits do
// not: with the number lock off, their keys mean something else.
func composingKey(name fyne.KeyName) bool {
	return len(name) == 1 && (name[0] >= 'A' && name[0] <= 'Z' || strings.Contains("-,./[]", string(name)))
}

// Typed is told of each character that arrives.
func (c *Composing) Typed(r rune) {
	if r >= '！' && r <= '～' {
		r += '!' - '！' // full width
	}
	if r < 0x80 { // the key itself, not composed
		c.letters = max(0, c.letters-1)
		c.converted = false
		return
	}
	// A composed text. The letter that ended the conversion before has begun
	// the next reading.
	c.letters = min(len(c.last), c.letters)
	c.converted, c.doubt = false, false
}

// Active reports whether a text is being composed.
func (c *Composing) Active() bool { return c.letters > 0 }

// Takes reports whether a key is the IME's and not the field's.
func (c *Composing) Takes(name fyne.KeyName) bool {
	if !c.Active() {
		return false
	}
	switch name {
	case fyne.KeyBackspace, fyne.KeyDelete:
		if !c.converted {
			c.letters--
			c.doubt = true
		}
		c.converted = false
	case fyne.KeyEscape:
		if !c.converted {
			c.letters = 0
		}
		c.converted = false
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeyTab:
		c.Over()
	case fyne.KeyLeft, fyne.KeyRight, fyne.KeyUp, fyne.KeyDown, fyne.KeyHome, fyne.KeyEnd, fyne.KeyPageUp, fyne.KeyPageDown:
		if c.doubt {
			c.letters--
		}
	default:
		return false
	}
	return true
}

// Over is called when the composing has ended, as when the keyboard leaves.
func (c *Composing) Over() { *c = Composing{} }

// keyModifiers are the modifier keys held down.
func keyModifiers() fyne.KeyModifier {
	if d, ok := fyne.CurrentApp().Driver().(desktop.Driver); ok {
		return d.CurrentKeyModifiers()
	}
	return 0
}
