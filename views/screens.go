package views

import (
	"renkei/views/admissions"
	"renkei/views/claims"
	"renkei/views/contacts"
	"renkei/views/coverage"
	"renkei/views/ledger"
	"renkei/views/meetings"
	"renkei/views/page"
	"renkei/views/papers"
	"renkei/views/partners"
	"renkei/views/search"
	"renkei/views/settings"
	"renkei/views/today"
	"renkei/views/ui"
)

// newScreens returns the pages in the order of the navigation, and the one of
// them that reads files. A new page is one more entry.
func newScreens(f *Frame) ([]page.Page, *ledger.Page) {
	s := shell{f}
	books := ledger.New(s, f.desk)
	return []page.Page{
		today.New(s, f.desk),
		search.New(s, f.desk),
		partners.New(s, f.desk),
		meetings.New(s, f.desk),
		newContacts(f, s),
		admissions.New(s, f.desk),
		claims.New(s, f.desk, books),
		coverage.New(s, f.desk),
		papers.New(s, f.desk),
		settings.New(s, f.desk, settings.TextSize{Get: func() float32 { return orElse(f.settings.TextSize, ui.TextSize) }, Set: f.setTextSize}),
		books,
	}, books
}

func newContacts(f *Frame, s shell) page.Page {
	p := contacts.New(s, f.desk)
	p.Now = f.p.Worker.Now
	return p
}
