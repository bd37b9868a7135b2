package partners

import (
	"cmp"
	"image/color"
	"slices"
	"strings"

	"renkei/models"
	"renkei/models/fee"
	"renkei/views/page"
	"renkei/views/ui"
	"renkei/views/words"
)

// coursePart is the part of the register with everything recorded with an office
// or a person.
func coursePart(r Row) models.Part {
	if r.Person {
		return models.Part{CareManagers: []string{r.Code}, OfPartners: true}
	}
	return models.Part{Partners: []string{r.Code}, OfPartners: true}
}

// courseOf returns the course of an office or a person.
func courseOf(f *fee.Facts, r Row) []ui.TimelineEntry {
	if r.Person {
		return PersonTimeline(f, r.Code)
	}
	return OfficeTimeline(f, r.Code)
}

// PersonTimeline returns everything recorded with a care manager, the newest first.
func PersonTimeline(f *fee.Facts, code string) []ui.TimelineEntry {
	return newTeller(f, false).timeline(
		func(c *models.Contact) bool { return c.CareManager == code },
		func(s *models.JointGuidance) bool { return s.CareManager == code },
		func(cm string, _ models.Date) bool { return cm == code })
}

// OfficeTimeline returns everything recorded with an office and the people who
// were there at the time, named, the newest first.
func OfficeTimeline(f *fee.Facts, code string) []ui.TimelineEntry {
	there := func(cm string, on models.Date) bool {
		office := f.OfficeOf(cm, on)
		return office != nil && office.Code == code
	}
	return newTeller(f, true).timeline(
		func(c *models.Contact) bool { return f.OfficeOfContact(c) == code },
		func(s *models.JointGuidance) bool { return there(s.CareManager, s.On) },
		there)
}

// teller puts records into words.
type teller struct {
	facts  *fee.Facts
	staff  map[string]string // names by 職員コード
	naming bool              // says with whom a record is
}

func newTeller(f *fee.Facts, naming bool) teller {
	t := teller{f, make(map[string]string, len(f.Book.Staff)), naming}
	for i := range f.Book.Staff {
		t.staff[f.Book.Staff[i].Code] = f.Book.Staff[i].Name
	}
	return t
}

// timeline tells of the records that are chosen, the newest first. attended chooses
// a meeting by a care manager who was there.
func (t teller) timeline(contact func(*models.Contact) bool, session func(*models.JointGuidance) bool, attended func(cm string, on models.Date) bool) []ui.TimelineEntry {
	book := t.facts.Book
	var entries []ui.TimelineEntry
	for i := range book.Contacts {
		if c := &book.Contacts[i]; contact(c) {
			entries = append(entries, t.contactEntry(c))
		}
	}
	for i := range book.Sessions {
		if s := &book.Sessions[i]; session(s) {
			entries = append(entries, t.sessionEntry(s))
		}
	}
	people := make(map[string][]string) // CMコード by meeting
	for i := range book.Attendances {
		if a := &book.Attendances[i]; a.Kind == models.AttendeeCM {
			people[a.Meeting] = append(people[a.Meeting], a.Code)
		}
	}
	for i := range book.Meetings {
		m := &book.Meetings[i]
		there := slices.DeleteFunc(people[m.Code], func(cm string) bool { return !attended(cm, m.HeldOn) })
		if len(there) > 0 {
			entries = append(entries, t.meetingEntry(m, there))
		}
	}
	ui.SortTimeline(entries)
	return entries
}

// nameOf returns the name of a care manager, the code when it is not registered.
func nameOf(f *fee.Facts, cm string) string {
	if p := f.CareManager(cm); p != nil {
		return p.Name
	}
	return cm
}

// staffNames returns the names of staff, 「渡邉・佐藤」.
func (t teller) staffNames(codes []string) string {
	names := make([]string, len(codes))
	for i, code := range codes {
		names[i] = cmp.Or(t.staff[code], code)
	}
	return strings.Join(names, "・")
}

func (t teller) contactEntry(c *models.Contact) ui.TimelineEntry {
	who := ""
	if t.naming && c.CareManager != "" {
		who = nameOf(t.facts, c.CareManager) + "さん"
	}
	return ui.TimelineEntry{
		On: c.On, Time: c.Time, Tint: ui.Tint{Word: string(c.Kind), Color: contactColor(c.Kind)},
		Title:  words.Joined("　", who, cmp.Or(c.Purpose, "目的の記録なし")),
		Detail: words.Joined("　", c.Body, words.Joined(" ", words.Bracketed("", string(c.Initiator), "から"), t.staffNames(c.Staff))),
		Link:   page.To("やり取り", c.Number),
	}
}

// contactColor sets off what counts as 面会.
func contactColor(k models.ContactKind) color.Color {
	if k.Menkai() {
		return ui.Good
	}
	return ui.QuietInk
}

func (t teller) sessionEntry(s *models.JointGuidance) ui.TimelineEntry {
	patient := s.PatientID
	if a := t.facts.Admission(s.Key()); a != nil {
		patient = words.Joined(" ", s.PatientID, a.Name)
	}
	who := ""
	if t.naming {
		who = nameOf(t.facts, s.CareManager) + "さん"
	}
	return ui.TimelineEntry{
		On: s.On, Tint: ui.Tint{Word: "共同指導", Color: ui.Accent},
		Title:  words.Joined("　", who, string(s.Way), string(s.Content), patient),
		Detail: words.Joined("　", s.Body, t.staffNames(s.Staff)),
		Link:   page.To("共同指導", s.Number),
	}
}

func (t teller) meetingEntry(m *models.Meeting, people []string) ui.TimelineEntry {
	word := "会議"
	if m.Kind == models.StudySession {
		word = "勉強会"
	}
	who := ""
	if t.naming {
		names := make([]string, len(people))
		for i, cm := range people {
			names[i] = nameOf(t.facts, cm)
		}
		who = "出席 " + strings.Join(names, "・")
	}
	shared := ""
	if m.ContactsShared.Is() {
		shared = "連絡先を共有"
	}
	return ui.TimelineEntry{
		On: m.HeldOn, Tint: ui.Tint{Word: word, Color: ui.Hold}, Title: m.Name,
		Detail: words.Joined("　", who, string(m.Way), m.Place, shared),
		Link:   page.To("会議", m.Code),
	}
}
