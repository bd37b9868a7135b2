package views

import (
	"fyne.io/fyne/v2"

	"renkei/views/ui"
)

// screen is one page of the window. A new page is one more entry in
// newScreens; the navigation and the title line follow from it.
type screen interface {
	// id names the page in the settings and for screenshots.
	id() string
	// title is the word in the navigation and over the page.
	title() string
	icon() fyne.Resource
	// build makes the page's content, once.
	build() fyne.CanvasObject
	// actions are the buttons at the right of the title, the primary one last.
	actions() []*ui.Button
	// enable is called when long work begins (false) and ends (true): the
	// actions that would begin other work follow it.
	enable(idle bool)
	// shown is called each time the page comes into sight.
	shown()
	// changed is called after the register's content changed.
	changed()
	// find puts the cursor into the page's search box, if it has one (Ctrl+F).
	find()
}

// newScreens returns the pages in the order of the navigation.
func newScreens(f *Frame) []screen {
	return []screen{newClaimScreen(f), newLedgerScreen(f)}
}
