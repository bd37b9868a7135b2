package views

import "renkei/views/page"

// newScreens returns the pages in the order of the navigation. A new page is
// one more entry.
func newScreens(f *Frame) []page.Page {
	return []page.Page{newClaimScreen(f), newLedgerScreen(f)}
}
