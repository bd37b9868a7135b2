package partners

import (
	"cmp"
	"fmt"
	"image/color"
	"slices"
	"strings"

	"renkei/models"
	"renkei/models/liaison"
	"renkei/views/ui"
	"renkei/views/words"
)

// Row is an office or a person in the list, its words ready.
type Row struct {
	Key    string // names the row: offices and people may have equal codes
	Code   string
	Person bool
	Name   string
	Kana   string
	Kind   string // 種別 of an office, 資格 of a person
	Area   string // of an office, of the person's office
	Office string // 名称 of the person's office today
	Group  string // row key of the office the row stands with
	Ended  bool   // the 連携 with the office has ended

	LastContact models.Date
	Menkai      int         // 面会 in the period, of an office
	Active      bool        // 連携機関 today: its 面会 count
	MeetBy      models.Date // when the office is to be met again, blank when it is not
	Ready       bool        // 平時の連携 today, of a person
	ReadyUntil  models.Date // blank without a limit
	People      int         // at the office today
	ReadyPeople int         // of these with 平時の連携 today

	Search string // folded text the search looks in
	Label  string // the name as the list shows it
	order  string // nameOrder, folded once
	seq    int    // the place in the list
}

// homeless is the group of people who work nowhere today.
const homeless = "-"

func officeKey(code string) string { return "P:" + code }
func personKey(code string) string { return "C:" + code }

// makeRows turns the register into rows: each office, then its people.
func (x *Index) makeRows(intervals map[string]int) []Row {
	book := x.Facts.Book
	rows := make([]Row, 0, len(book.Partners)+len(book.CareManagers)+1)
	at := make(map[string]int, len(book.Partners))
	for i := range book.Partners {
		p := &book.Partners[i]
		at[p.Code] = len(rows)
		rows = append(rows, x.officeRow(p, intervals))
	}
	alone := 0
	for i := range book.CareManagers {
		row := x.personRow(&book.CareManagers[i])
		if row.Group == homeless {
			alone++
		} else {
			office := &rows[at[strings.TrimPrefix(row.Group, "P:")]]
			office.People++
			if row.Ready {
				office.ReadyPeople++
			}
		}
		rows = append(rows, row)
	}
	for i := range rows {
		rows[i].order = nameOrder(&rows[i])
	}
	if alone > 0 {
		rows = append(rows, Row{Key: homeless, Group: homeless, Name: "（いまの所属がない人）", People: alone})
	}
	return rows
}

func (x *Index) officeRow(p *models.Partner, intervals map[string]int) Row {
	row := Row{
		Key: officeKey(p.Code), Group: officeKey(p.Code), Code: p.Code, Name: p.Name, Kana: p.Kana, Kind: string(p.Kind),
		Area: models.AreaOf(p.Address), Ended: p.EndedOn != 0 && p.EndedOn <= x.Today, Active: liaison.Active(p, x.Today),
		LastContact: x.last[officeKey(p.Code)], Menkai: len(x.menkai[p.Code]),
		Search: searchKeys(p.Name, p.Kana, p.OfficeNumber, p.Corporation, p.Phone, p.Fax, p.Code, p.Address),
	}
	row.MeetBy = x.meetBy(p, cmp.Or(intervals[p.Code], DefaultInterval))
	return row
}

// meetBy is the day an office is to be met again: an interval after the last
// 面会, today when there has been none. Blank for one that is no 連携機関.
func (x *Index) meetBy(p *models.Partner, interval int) models.Date {
	switch last := x.lastMet[p.Code]; {
	case !liaison.Active(p, x.Today) || interval < 0:
		return 0
	case last == 0:
		return x.Today
	default:
		return last.AddDays(interval)
	}
}

func (x *Index) personRow(c *models.CareManager) Row {
	peace := x.peace[c.Code]
	row := Row{
		Key: personKey(c.Code), Code: c.Code, Person: true, Name: c.Name, Kana: c.Kana, Kind: string(c.Qualification),
		Group: homeless, LastContact: x.last[personKey(c.Code)], Ready: peace.Ready, ReadyUntil: peace.LastsUntil,
		Search: searchKeys(c.Name, c.Kana, c.RegistrationNo, c.Phone, c.Mail, c.Code),
	}
	if office := x.Facts.OfficeOf(c.Code, x.Today); office != nil {
		row.Group, row.Office, row.Area = officeKey(office.Code), office.Name, models.AreaOf(office.Address)
		row.Ended = office.EndedOn != 0 && office.EndedOn <= x.Today
	}
	return row
}

// searchKeys folds texts, a line each, so that no match spans two.
func searchKeys(texts ...string) string {
	for i, text := range texts {
		texts[i] = models.SearchKey(text)
	}
	return strings.Join(texts, "\n")
}

// View is what the list shows.
type View string

// Offices with their people below, offices, or people.
const (
	Tree    View = ""
	Offices View = "offices"
	People  View = "people"
)

// State is a filter by how things stand.
type State string

// The filters by state; the zero value leaves out what has ended.
const (
	StateActive  State = ""
	StateAll     State = "all"
	StateShort   State = "short"   // 面会 fewer than 3 in the period
	StateOverdue State = "overdue" // to be met again by now
	StateUnready State = "unready" // people without 平時の連携
	StateLapsing State = "lapsing" // people whose 平時の連携 ends within 30 days
)

// LapsingDays is how soon a 平時の連携 is called ending.
const LapsingDays = liaison.ExpiringDays

// Filter chooses rows; its zero value shows all that has not ended as a tree.
type Filter struct {
	View  View   `json:"view,omitempty"`
	Kind  string `json:"kind,omitempty"` // 種別 of the office
	Area  string `json:"area,omitempty"`
	State State  `json:"state,omitempty"`
	Query string `json:"-"` // as typed
}

// FilterRows returns the rows the filter chooses. In the tree, an office that is
// found brings its people, and a person that is found brings the office.
func FilterRows(rows []Row, f Filter, today models.Date) []Row {
	sought := models.ParseWords(f.Query)
	kinds := make(map[string]string) // 種別 by group
	for i := range rows {
		if !rows[i].Person {
			kinds[rows[i].Group] = rows[i].Kind
		}
	}
	offices, people := make(map[string]bool), make(map[string]bool) // groups found by an office, by a person
	found := make([]bool, len(rows))
	for i := range rows {
		r := &rows[i]
		if r.Key == homeless || !f.standsIn(r, kinds[r.Group]) || !f.suits(r, today) {
			continue
		}
		if found[i] = sought.In(r.Search); found[i] {
			if r.Person {
				people[r.Group] = true
			} else {
				offices[r.Group] = true
			}
		}
	}
	var kept []Row
	for i := range rows {
		r := rows[i]
		if f.shows(&r, found[i], offices[r.Group], people[r.Group], kinds[r.Group]) {
			r.Label = f.label(&r)
			kept = append(kept, r)
		}
	}
	return kept
}

// shows reports whether a row is in the list, given that it was found itself,
// and that the office or a person of its group was.
func (f Filter) shows(r *Row, found, office, person bool, kind string) bool {
	switch f.View {
	case Offices:
		return found && !r.Person
	case People:
		return found && r.Person
	}
	if r.Person {
		// An office brings its people, but not into a list of what is wrong.
		return found || office && f.asksOffices() && f.standsIn(r, kind)
	}
	return found || person
}

func (f Filter) asksOffices() bool { return f.State == StateActive || f.State == StateAll }

// standsIn reports whether the row's office is of the kind and area.
func (f Filter) standsIn(r *Row, kind string) bool {
	return (f.Kind == "" || kind == f.Kind) && (f.Area == "" || r.Area == f.Area)
}

// suits reports whether the row is in the state asked for.
func (f Filter) suits(r *Row, today models.Date) bool {
	switch f.State {
	case StateAll:
		return true
	case StateShort:
		return !r.Person && r.Active && r.Menkai < liaison.MinMenkai
	case StateOverdue:
		return r.Overdue(today)
	case StateUnready:
		return r.Person && !r.Ended && !r.Ready
	case StateLapsing:
		return r.Person && !r.Ended && r.Lapsing(today)
	}
	return !r.Ended
}

// Overdue reports whether the office is to be met again by now.
func (r *Row) Overdue(today models.Date) bool { return r.MeetBy != 0 && r.MeetBy <= today }

// Lapsing reports whether the person's 平時の連携 ends within 30 days.
func (r *Row) Lapsing(today models.Date) bool {
	return r.Ready && r.ReadyUntil != 0 && today.DaysUntil(r.ReadyUntil) <= LapsingDays
}

func (f Filter) label(r *Row) string {
	switch {
	case r.Person && f.View == Tree:
		return "　　" + r.Name
	case r.Person:
		return words.Joined("　", r.Name, r.Office)
	}
	return r.Name
}

// Areas returns the municipalities of the offices, in order.
func Areas(rows []Row) []string {
	var areas []string
	for i := range rows {
		if !rows[i].Person && rows[i].Area != "" {
			areas = append(areas, rows[i].Area)
		}
	}
	slices.Sort(areas)
	return slices.Compact(areas)
}

// Count returns 「事業所 40 ・ 人 71」 for rows.
func Count(rows []Row) string {
	offices, people := 0, 0
	for i := range rows {
		switch {
		case rows[i].Person:
			people++
		case rows[i].Key != homeless:
			offices++
		}
	}
	return fmt.Sprintf("事業所 %s ・ 人 %s", ui.Thousands(offices), ui.Thousands(people))
}

// Dots returns the 面会 of a period as three marks: ●●○.
func Dots(days int) string {
	n := min(days, liaison.MinMenkai)
	return strings.Repeat("●", n) + strings.Repeat("○", liaison.MinMenkai-n)
}

func (r *Row) menkaiWords() string {
	if r.Person || r.Key == homeless || !r.Active && r.Menkai == 0 {
		return ""
	}
	return Dots(r.Menkai)
}

// peaceWords returns until when a person has 平時の連携, of an office how many of
// its people have it.
func (r *Row) peaceWords() string {
	switch {
	case !r.Person && r.People == 0 || r.Key == homeless:
		return ""
	case !r.Person:
		return fmt.Sprintf("%d人中%d人", r.People, r.ReadyPeople)
	case !r.Ready:
		return "なし"
	case r.ReadyUntil == 0:
		return "あり"
	}
	return r.ReadyUntil.String()
}

func rowColor(r Row) color.Color {
	if r.Ended || r.Key == homeless {
		return ui.QuietInk
	}
	return ui.Ink
}
