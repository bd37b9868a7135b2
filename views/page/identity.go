package page

import (
	"fyne.io/fyne/v2"

	"renkei/views/ui"
)

// Identity is the name of a page and the buttons of its title line. A page
// embeds it and so has the methods of Page that tell them. A page that does more
// when long work begins and ends has its own Enable.
type Identity struct {
	Name    string // see Page.ID
	Word    string // see Page.Title
	Sign    fyne.Resource
	Buttons []*ui.Button
}

// ID is the name.
func (i *Identity) ID() string { return i.Name }

// Title is the word.
func (i *Identity) Title() string { return i.Word }

// Icon is the sign.
func (i *Identity) Icon() fyne.Resource { return i.Sign }

// Actions are the buttons.
func (i *Identity) Actions() []*ui.Button { return i.Buttons }

// Enable lets the buttons be pressed while no long work runs.
func (i *Identity) Enable(idle bool) {
	for _, b := range i.Buttons {
		b.SetEnabled(idle)
	}
}
