package views

import (
	"renkei/views/claims"
	"renkei/views/page"
	"renkei/views/today"
)

// newScreens returns the pages in the order of the navigation. A new page is
// one more entry.
func newScreens(f *Frame) []page.Page {
	s := shell{f}
	return []page.Page{
		today.New(s, f.p.Desk),
		claims.New(s, f.p.Desk, claims.Start{
			ImportMenu: f.importMenu, ChooseBook: f.chooseLedgerBook, ChooseFolder: f.chooseLedgerFolder, LoadSample: f.loadSample,
		}),
		newLedgerScreen(f),
	}
}
