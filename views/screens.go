package views

import (
	"renkei/views/admissions"
	"renkei/views/claims"
	"renkei/views/contacts"
	"renkei/views/coverage"
	"renkei/views/meetings"
	"renkei/views/page"
	"renkei/views/papers"
	"renkei/views/partners"
	"renkei/views/search"
	"renkei/views/settings"
	"renkei/views/today"
)

// newScreens returns the pages in the order of the navigation. A new page is
// one more entry.
func newScreens(f *Frame) []page.Page {
	s := shell{f}
	f.ledger = newLedgerScreen(f)
	return []page.Page{
		today.New(s, f.p.Desk),
		search.New(s, f.p.Desk),
		partners.New(s, f.p.Desk),
		meetings.New(s, f.p.Desk),
		newContacts(f, s),
		admissions.New(s, f.p.Desk),
		claims.New(s, f.p.Desk, claims.Start{
			ImportMenu: f.importMenu, ChooseBook: f.chooseLedgerBook, ChooseFolder: f.chooseLedgerFolder, WriteTemplate: f.writeTemplate, LoadSample: f.loadSample,
		}),
		coverage.New(s, f.p.Desk),
		papers.New(s, f.p.Desk),
		settings.New(s, f.p.Desk, settings.TextSize{Get: f.textSize, Set: f.setTextSize}),
		f.ledger,
	}
}

func newContacts(f *Frame, s shell) page.Page {
	p := contacts.New(s, f.p.Desk)
	p.Now = f.p.Worker.Now
	return p
}
