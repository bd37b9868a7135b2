package views

import (
	"cmp"

	"renkei/app"
	"renkei/views/admissions"
	"renkei/views/claims"
	"renkei/views/contacts"
	"renkei/views/coverage"
	"renkei/views/ledger"
	"renkei/views/meetings"
	"renkei/views/page"
	"renkei/views/papers"
	"renkei/views/partners"
	"renkei/views/people"
	"renkei/views/search"
	"renkei/views/settings"
	"renkei/views/today"
	"renkei/views/ui"
)

// newScreens returns the pages in the order of the navigation, and the one of
// them that reads files. A new page is one more entry.
func newScreens(f *Frame) ([]page.Page, *ledger.Page) {
	s := shell{f}
	directory := people.NewDirectory(f.desk)
	books, calls := ledger.New(s, f.desk), contacts.New(s, f.desk, directory)
	calls.Now = f.p.Worker.Now
	return []page.Page{
		today.New(s, f.desk),
		search.New(s, f.desk, directory),
		partners.New(s, f.desk),
		meetings.New(s, f.desk),
		calls,
		admissions.New(s, f.desk, directory),
		claims.New(s, f.desk, books),
		coverage.New(s, f.desk),
		papers.New(s, f.desk),
		settings.New(s, f.desk, settings.TextSize{Get: func() float32 { return cmp.Or(f.settings.TextSize, ui.TextSize) }, Set: f.setTextSize},
			settings.Places{Places: f.p.Places, Open: func(how app.Beginning) { f.leave(func() { f.open(how) }) }}),
		books,
	}, books
}
