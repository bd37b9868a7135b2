// Package search is the page さがす: one box over everything that is recorded.
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

// group is a kind of record that is searched.
type group struct {
	name    string
	sheet   string // which its records are on
	entries func(f *fee.Facts, today models.Date) []models.FindEntry
}

// groups are the kinds in the order they are listed. The keys of the entries
// are those of their sheet.
var groups = []group{
	{"患者・入院", "入院", func(f *fee.Facts, _ models.Date) []models.FindEntry { return bare(people.Admissions(f)) }},
	{"ケアマネジャー", "介護支援専門員", func(f *fee.Facts, on models.Date) []models.FindEntry { return bare(people.CareManagers(f, on)) }},
	{"連携先", "連携先", func(f *fee.Facts, _ models.Date) []models.FindEntry { return bare(people.Offices(f)) }},
	{"会議・勉強会", "会議", func(f *fee.Facts, _ models.Date) []models.FindEntry { return bare(people.Meetings(f)) }},
	{"職員", "職員", staff},
	{"やり取り", "やり取り", contacts},
	{"共同指導", "共同指導", sessions},
}

// bare leaves the kind out of the keys: the page of a group knows it.
func bare(entries []models.FindEntry) []models.FindEntry {
	for i := range entries {
		_, entries[i].Key = people.Split(entries[i].Key)
	}
	return entries
}

// staff are all who were ever registered, as of their last row.
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

// contacts are found by with whom, what for and what was said, the newest
// first.
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

// oneLine is the beginning of a text in one line; the list shows no more.
func oneLine(text string) string {
	const most = 80
	line := []rune(strings.Join(strings.Fields(text), " "))
	return string(line[:min(len(line), most)])
}

// sessions are found by their number, day, patient and care manager.
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

// Index is everything that is searched, as of one state of the register. It
// does not change once made and may be used by several goroutines.
type Index struct {
	of      *app.Judged
	today   models.Date
	finders []*models.Finder // by group
}

// NewIndex makes the search over a register; make it beside the window.
func NewIndex(judged *app.Judged, today models.Date) *Index {
	x := &Index{of: judged, today: today, finders: make([]*models.Finder, len(groups))}
	for i, g := range groups {
		x.finders[i] = models.NewFinder(g.entries(judged.Facts, today))
	}
	return x
}

// The most rows of a group: the few shown first, and all when it is opened.
const (
	fewRows  = 6
	mostRows = 60
)

// Find returns the rows for what was typed, grouped by kind. A group that is
// open shows more of what it found.
func (x *Index) Find(query string, open map[string]bool) []Row {
	var rows []Row
	for at, g := range groups {
		found := x.finders[at].Find(query, mostRows+2)
		shown, more := len(found), false
		if limit := limitOf(open[g.name]); shown > limit+1 { // one more takes no more room than its line
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
