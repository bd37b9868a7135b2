package views

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"renkei/views/page"
	"renkei/views/search"
)

type shortcut struct {
	key fyne.Shortcut
	do  func()
}

// shortcuts are the keys of the window, wherever the keyboard is.
func (f *Frame) shortcuts() []shortcut {
	const control, shift, alt = fyne.KeyModifierControl, fyne.KeyModifierShift, fyne.KeyModifierAlt
	key := func(modifier fyne.KeyModifier, name fyne.KeyName, do func()) shortcut {
		return shortcut{&desktop.CustomShortcut{KeyName: name, Modifier: modifier}, do}
	}
	return []shortcut{
		key(control, fyne.KeyF, func() { f.page().Find() }),
		key(control|shift, fyne.KeyF, f.findEverywhere),
		key(control, fyne.KeyO, func() { f.books.ChooseBook() }),
		key(control, fyne.KeyR, f.reread),
		key(control, fyne.KeyN, func() {
			if maker, ok := f.page().(page.Maker); ok {
				maker.New()
			}
		}),
		key(control, fyne.KeyS, func() {
			if saver, ok := f.page().(page.Saver); ok {
				saver.Save()
			}
		}),
		key(control|shift, fyne.KeyN, func() { shell{f}.GoTo(page.ToNew("やり取り", "")) }),
		key(control, fyne.KeyPageDown, func() { f.turn(1) }),
		key(control, fyne.KeyPageUp, func() { f.turn(-1) }),
		key(alt, fyne.KeyLeft, f.back),
		key(alt, fyne.KeyRight, f.forward),
	}
}

// shortcut runs a shortcut of the window, also one that a focused widget has no
// use for. While a question or a menu is open it does nothing: nothing is saved
// or left behind a question.
func (f *Frame) shortcut(s fyne.Shortcut) {
	if f.window.Canvas().Overlays().Top() != nil {
		return
	}
	for _, known := range f.shortcuts() {
		if known.key.ShortcutName() == s.ShortcutName() {
			known.do()
		}
	}
}

// turn goes to the next page of the navigation or to the one before, as between
// the sheets of a workbook (Ctrl+PageDown, Ctrl+PageUp).
func (f *Frame) turn(by int) {
	next := (f.current + by + len(f.screens)) % len(f.screens)
	shell{f}.GoTo(page.ToPage(f.screens[next].ID()))
}

// findEverywhere goes to さがす from wherever the user is (Ctrl+Shift+F).
func (f *Frame) findEverywhere() {
	if f.page().ID() == search.ID {
		f.page().Find()
		return
	}
	shell{f}.GoTo(page.ToPage(search.ID))
}
