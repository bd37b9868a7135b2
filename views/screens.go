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
		today.New(s, f.desk),
		search.New(s, f.desk),
		partners.New(s, f.desk),
		meetings.New(s, f.desk),
		newContacts(f, s),
		admissions.New(s, f.desk),
		claims.New(s, f.desk, claims.Start{
			ImportMenu: f.importMenu, ChooseBook: f.chooseLedgerBook, ChooseFolder: f.chooseLedgerFolder, WriteTemplate: f.writeTemplate, LoadSample: f.loadSample,
		}),
		coverage.New(s, f.desk),
		papers.New(s, f.desk),
		settings.New(s, f.desk, settings.TextSize{Get: f.textSize, Set: f.setTextSize}),
		f.ledger,
	}
}

func newContacts(f *Frame, s shell) page.Page {
	p := contacts.New(s, f.desk)
	p.Now = f.p.Worker.Now
	return p
}
