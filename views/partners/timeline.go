package partners

import (
	"cmp"
	"image/color"
	"strings"

	"renkei/models"
	"renkei/views/page"
	"renkei/views/ui"
	"renkei/views/words"
)

// PersonTimeline returns everything recorded with a care manager.
func (x *Index) PersonTimeline(code string) []ui.TimelineEntry {
	return x.timeline(x.person, code, false)
}

// OfficeTimeline returns everything recorded with an office and the people who
// were there at the time, named.
func (x *Index) OfficeTimeline(code string) []ui.TimelineEntry {
	return x.timeline(x.office, code, true)
}

func (x *Index) timeline(r records, code string, naming bool) []ui.TimelineEntry {
	contacts, sessions, meetings := r.contacts[code], r.sessions[code], r.meetings[code]
	entries := make([]ui.TimelineEntry, 0, len(contacts)+len(sessions)+len(meetings))
	for _, c := range contacts {
		entries = append(entries, x.contactEntry(c, naming))
	}
	for _, s := range sessions {
		entries = append(entries, x.sessionEntry(s, naming))
	}
	for _, m := range meetings {
		entries = append(entries, x.meetingEntry(m, naming))
	}
	return entries
}

func (x *Index) contactEntry(c *models.Contact, naming bool) ui.TimelineEntry {
	who := ""
	if naming && c.CareManager != "" {
		who = x.nameOf(c.CareManager) + "さん"
	}
	return ui.TimelineEntry{
		On: c.On, Time: c.Time, Tint: ui.Tint{Word: string(c.Kind), Color: contactColor(c.Kind)},
		Title:  words.Joined("　", who, cmp.Or(c.Purpose, "目的の記録なし")),
		Detail: words.Joined("　", c.Body, words.Joined(" ", words.Bracketed("", string(c.Initiator), "から"), x.staffNames(c.Staff))),
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

func (x *Index) sessionEntry(s *models.JointGuidance, naming bool) ui.TimelineEntry {
	patient := s.PatientID
	if a := x.Facts.Admission(s.Key()); a != nil {
		patient = words.Joined(" ", s.PatientID, a.Name)
	}
	who := ""
	if naming {
		who = x.nameOf(s.CareManager) + "さん"
	}
	return ui.TimelineEntry{
		On: s.On, Tint: ui.Tint{Word: "共同指導", Color: ui.Accent},
		Title:  words.Joined("　", who, string(s.Way), string(s.Content), patient),
		Detail: words.Joined("　", s.Body, x.staffNames(s.Staff)),
		Link:   page.To("共同指導", s.Number),
	}
}

func (x *Index) meetingEntry(a attended, naming bool) ui.TimelineEntry {
	word := "会議"
	if a.meeting.Kind == models.StudySession {
		word = "勉強会"
	}
	who := ""
	if naming {
		names := make([]string, len(a.people))
		for i, cm := range a.people {
			names[i] = x.nameOf(cm)
		}
		who = "出席 " + strings.Join(names, "・")
	}
	shared := ""
	if a.meeting.ContactsShared.Is() {
		shared = "連絡先を共有"
	}
	return ui.TimelineEntry{
		On: a.meeting.HeldOn, Tint: ui.Tint{Word: word, Color: ui.Hold}, Title: a.meeting.Name,
		Detail: words.Joined("　", who, string(a.meeting.Way), a.meeting.Place, shared),
		Link:   page.To("会議", a.meeting.Code),
	}
}
