// Package search is the page さがす: one box that searches all records.
// index.go lists what is searched, rows.go lays out the results, page.go is the
// page. To add a kind of record, add a group.
package search

import (
	"strings"

	"renkei/app"
	"renkei/models"
	"renkei/models/fee"
	"renkei/views/page"
	"renkei/views/people"
	"renkei/views/words"
)

// group is a kind of record to search.
type group struct {
	name    string
	sheet   string // sheet of its records
	entries func(f *fee.Facts, today models.Date) []models.FindEntry
}

// groups are the kinds in display order. The keys of their entries are those of
// the sheet. Never change it at run time.
var groups = []group{
	{"患者・入院", "入院", func(f *fee.Facts, _ models.Date) []models.FindEntry { return bare(people.Admissions(f)) }},
	{"ケアマネジャー", "介護支援専門員", func(f *fee.Facts, on models.Date) []models.FindEntry { return bare(people.CareManagers(f, on)) }},
	{"連携先", "連携先", func(f *fee.Facts, _ models.Date) []models.FindEntry { return bare(people.Offices(f)) }},
	{"会議・勉強会", "会議", func(f *fee.Facts, _ models.Date) []models.FindEntry { return bare(people.Meetings(f)) }},
	{"職員", "職員", staff},
	{"やり取り", "やり取り", contacts},
	{"共同指導", "共同指導", sessions},
}

// bare removes the kind from the keys: the group implies it.
func bare(entries []models.FindEntry) []models.FindEntry {
	for i := range entries {
		_, entries[i].Key = people.Split(entries[i].Key)
	}
	return entries
}

// staff returns everyone ever registered, as of the last row.
func staff(f *fee.Facts, _ models.Date) []models.FindEntry {
	last := make(map[string]models.Date)
	for _, s := range f.Book.Staff {
		last[s.Code] = max(last[s.Code], s.From)
	}
	var entries []models.FindEntry
	for _, s := range f.Book.Staff {
		if s.From != last[s.Code] {
			continue
		}
		e, ok := people.StaffEntry(f, s.Code, s.From)
		if !ok {
			continue
		}
		e.Key, e.ID = s.Code+"/"+s.From.String(), s.Code
		if !s.To.IsZero() {
			e.Detail += "（" + s.To.String() + "まで）"
		}
		entries = append(entries, e)
	}
	return entries
}

// contacts returns the やり取り, newest first, found by the other side, 目的
// and content.
func contacts(f *fee.Facts, _ models.Date) []models.FindEntry {
	entries := make([]models.FindEntry, len(f.Book.Contacts))
	for i := range f.Book.Contacts {
		c := &f.Book.Contacts[i]
		who, kana := "", ""
		if cm := f.CareManager(c.CareManager); cm != nil {
			who, kana = cm.Name, cm.Kana
		}
		office := ""
		if p := f.Partner(f.OfficeOfContact(c)); p != nil {
			office = p.Name
			kana = words.Joined(" ", kana, p.Kana)
		}
		entries[i] = models.FindEntry{
			Key: c.Number, Title: words.Joined(" ", c.On.String(), string(c.Kind), c.Purpose),
			Detail: words.Joined("  ", words.Joined(" ", who, office), oneLine(c.Body)),
			Texts:  []string{kana, c.Body, c.PatientID}, ID: c.Number, Order: people.NewestFirst(c.On),
		}
	}
	return entries
}

// oneLine returns the beginning of a text as one line for the list.
func oneLine(text string) string {
	const most = 80
	line := []rune(strings.Join(strings.Fields(text), " "))
	return string(line[:min(len(line), most)])
}

// sessions returns the 共同指導, found by number, day, patient and care manager.
func sessions(f *fee.Facts, _ models.Date) []models.FindEntry {
	entries := make([]models.FindEntry, len(f.Book.Sessions))
	for i := range f.Book.Sessions {
		s := &f.Book.Sessions[i]
		patient, manager := s.PatientID, s.CareManager
		if a := f.Admission(s.Key()); a != nil {
			patient = words.Joined(" ", s.PatientID, a.Name)
		}
		if cm := f.CareManager(s.CareManager); cm != nil {
			manager = cm.Name
		}
		entries[i] = models.FindEntry{
			Key: s.Number, Title: s.Number, ID: s.Number, Order: people.NewestFirst(s.On),
			Detail: words.Joined("  ", s.On.String(), string(s.Way), patient, words.Prefixed("相手 ", manager)),
		}
	}
	return entries
}

// Index searches one state of the register. It is immutable: several goroutines
// may share it.
type Index struct {
	of      *app.Judged
	today   models.Date
	finders []*models.Finder // by group
}

// NewIndex builds the index of a register. It takes time: call it in the
// worker.
func NewIndex(judged *app.Judged, today models.Date) *Index {
	x := &Index{of: judged, today: today, finders: make([]*models.Finder, len(groups))}
	for i, g := range groups {
		x.finders[i] = models.NewFinder(g.entries(judged.Facts, today))
	}
	return x
}

// Rows per group: the first few, and the maximum when opened.
const (
	fewRows  = 6
	mostRows = 60
)

// Find returns the rows for a query, grouped by kind. A group in open shows
// more of its results.
func (x *Index) Find(query string, open map[string]bool) []Row {
	var rows []Row
	for at, g := range groups {
		found := x.finders[at].Find(query, mostRows+2)
		shown, more := len(found), false
		if limit := limitOf(open[g.name]); shown > limit+1 { // one more row takes no more room than the line "more"
			shown, more = limit, true
		}
		for i, e := range found[:shown] {
			row := Row{At: len(rows), Title: e.Title, Kana: e.Kana, Detail: e.Detail, Group: g.name, To: page.To(g.sheet, e.Key)}
			if i == 0 {
				row.Kind = g.name + "　" + countWords(len(found))
			}
			rows = append(rows, row)
		}
		if more || open[g.name] && len(found) > fewRows+1 {
			rows = append(rows, moreRow(len(rows), g.name, len(found), open[g.name]))
		}
	}
	return rows
}
