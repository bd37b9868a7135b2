// Package search is the page さがす: one box that searches all records.
// index.go lists what is searched, rows.go lays out the results, page.go is the
// page. To add a kind of record, add a group.
package search

import (
	"context"
	"strings"

	"renkei/models"
	"renkei/views/page"
	"renkei/views/people"
	"renkei/views/words"
)

// group is a kind of record to search.
type group struct {
	name  string
	sheet string // sheet of its records
	// finder searches what is held in memory. later reads the register, newest
	// records first. A group has one of them.
	finder func(*people.Records) *models.Finder
	later  func(context.Context, Desk, *people.Records, string) ([]models.FindEntry, error)
}

// groups are the kinds in display order. The keys of their entries are those of
// the sheet. Never change it at run time.
var groups = []group{
	{name: "患者・入院", sheet: "入院", finder: func(r *people.Records) *models.Finder { return r.Admissions }},
	{name: "ケアマネジャー", sheet: "介護支援専門員", finder: func(r *people.Records) *models.Finder { return r.CareManagers }},
	{name: "連携先", sheet: "連携先", finder: func(r *people.Records) *models.Finder { return r.Offices }},
	{name: "会議・勉強会", sheet: "会議", finder: func(r *people.Records) *models.Finder { return r.Meetings }},
	{name: "職員", sheet: "職員", finder: func(r *people.Records) *models.Finder { return r.Staff }},
	{name: "やり取り", sheet: "やり取り", later: contacts},
	{name: "共同指導", sheet: "共同指導", later: sessions},
}

// inMemory are the sheets of which the finders know something. Never change it at
// run time.
var inMemory = []string{"入院", "介護支援専門員", "所属履歴", "連携先", "会議", "職員"}

// contacts finds やり取り by the other side, 目的 and content.
func contacts(ctx context.Context, desk Desk, r *people.Records, query string) ([]models.FindEntry, error) {
	return newest(ctx, desk.EachContact, query, func(c *models.Contact) models.FindEntry { return contactEntry(r, c) })
}

func contactEntry(r *people.Records, c *models.Contact) models.FindEntry {
	who, kana, office := "", "", ""
	if cm := r.Facts.CareManager(c.CareManager); cm != nil {
		who, kana = cm.Name, cm.Kana
	}
	if p := r.Facts.Partner(r.Facts.OfficeOfContact(c)); p != nil {
		office = p.Name
		kana = words.Joined(" ", kana, p.Kana)
	}
	return models.FindEntry{
		Key: c.Number, Title: words.Joined(" ", c.On.String(), string(c.Kind), c.Purpose),
		Detail: words.Joined("  ", words.Joined(" ", who, office), oneLine(c.Body)),
		Texts:  []string{kana, c.Body, c.PatientID}, ID: c.Number, Order: people.NewestFirst(c.On),
	}
}

// oneLine returns the beginning of a text as one line for the list.
func oneLine(text string) string {
	const most = 80
	line := []rune(strings.Join(strings.Fields(text), " "))
	return string(line[:min(len(line), most)])
}

// sessions finds 共同指導 by number, day, patient and care manager.
func sessions(ctx context.Context, desk Desk, r *people.Records, query string) ([]models.FindEntry, error) {
	return newest(ctx, desk.EachSession, query, func(s *models.JointGuidance) models.FindEntry { return sessionEntry(r, s) })
}

func sessionEntry(r *people.Records, s *models.JointGuidance) models.FindEntry {
	patient, manager := s.PatientID, s.CareManager
	if p := r.Inpatients.Find(s.Key()); p != nil {
		patient = words.Joined(" ", s.PatientID, p.Name)
	}
	if cm := r.Facts.CareManager(s.CareManager); cm != nil {
		manager = cm.Name
	}
	return models.FindEntry{
		Key: s.Number, Title: s.Number, ID: s.Number, Order: people.NewestFirst(s.On),
		Detail: words.Joined("  ", s.On.String(), string(s.Way), patient, words.Prefixed("相手 ", manager)),
	}
}

// newest searches records as they are read, newest first, until there are as many
// as are shown. The best come first only within each list read.
func newest[R any](
	ctx context.Context, each func(context.Context, func([]R) bool) error, query string, entry func(*R) models.FindEntry,
) (found []models.FindEntry, err error) {
	sieve := models.NewSieve(query)
	err = each(ctx, func(list []R) bool {
		var passed []models.FindEntry
		for i := range list {
			if e := entry(&list[i]); sieve.Passes(&e) {
				passed = append(passed, e)
			}
		}
		found = append(found, models.NewFinder(passed).Find(query, searched-len(found))...)
		return len(found) < searched && ctx.Err() == nil
	})
	if err == nil {
		err = ctx.Err()
	}
	return found, err
}

// Rows per group: the first few, the maximum when opened, and as many as tell that
// there are more.
const (
	fewRows  = 6
	mostRows = 60
	searched = mostRows + 2
)

// Found are the entries found, by the name of their group.
type Found map[string][]models.FindEntry

// FindAtOnce searches what is held in memory.
func FindAtOnce(r *people.Records, query string) Found {
	found := make(Found)
	for _, g := range groups {
		if g.finder != nil {
			found[g.name] = g.finder(r).Find(query, searched)
		}
	}
	return found
}

// FindLater searches what has to be read from the register.
func FindLater(ctx context.Context, desk Desk, r *people.Records, query string) (Found, error) {
	found := make(Found)
	if models.ParseQuery(query).Empty() {
		return found, nil
	}
	for _, g := range groups {
		if g.later == nil {
			continue
		}
		entries, err := g.later(ctx, desk, r, query)
		if err != nil {
			return nil, err
		}
		found[g.name] = entries
	}
	return found, nil
}

// Rows lays out what was found, grouped by kind. A group in open shows more of its
// results.
func (f Found) Rows(open map[string]bool) []Row {
	var rows []Row
	for _, g := range groups {
		found := f[g.name]
		shown, more := len(found), false
		if limit := limitOf(open[g.name]); shown > limit+1 { // one more row takes no more room than the line "more"
			shown, more = limit, true
		}
		for i, e := range found[:shown] {
			_, key := people.Split(e.Key) // the group implies the kind
			row := Row{At: len(rows), Title: e.Title, Kana: e.Kana, Detail: e.Detail, Group: g.name, To: page.To(g.sheet, key)}
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
