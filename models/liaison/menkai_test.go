package liaison_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"

	"renkei/models"
	"renkei/models/fee"
	"renkei/models/liaison"
)

// meets adds やり取り of a kind with the office on the days.
func meets(b *models.Book, office string, kind models.ContactKind, days ...string) {
	for _, on := range days {
		b.Contacts = append(b.Contacts, models.Contact{
			Number: fmt.Sprintf("R%05d", len(b.Contacts)), On: day(on), Kind: kind, Partner: office, Staff: []string{"S1"},
		})
	}
}

// consulted makes the office a 連携機関.
func consulted(b *models.Book) { b.Partners[0].ConsultedOn = day("2025-04-01") }

func TestInstitutionsAreConsultedAndNotEnded(t *testing.T) {
	const asOf = "2026-11-22"
	for _, c := range []struct {
		name             string
		consulted, ended string
		counts           bool
	}{
		{"never consulted", "", "", false},
		{"consulted on the day", asOf, "", true},
		{"consulted the day after", "2026-11-23", "", false},
		{"ended on the day", "2025-04-01", asOf, false},
		{"ends the day after", "2025-04-01", "2026-11-23", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := hospital()
			if c.consulted != "" {
				b.Partners[0].ConsultedOn = day(c.consulted)
			}
			if c.ended != "" {
				b.Partners[0].EndedOn = day(c.ended)
			}
			assert.Equal(t, c.counts, monitor(t, b, asOf).Partners == 1)
			assert.Equal(t, c.counts, liaison.Active(&b.Partners[0], day(asOf)))
		})
	}
}

func TestMenkaiAreDistinctDaysOfMeeting(t *testing.T) {
	first, second := "2026-06-10", "2026-07-10"
	session := func(edits ...func(*models.JointGuidance)) func(*models.Book) {
		return func(b *models.Book) {
			stay(b, "3A", claimed{"2026-08-10", "", func(s *models.JointGuidance) {
				for _, edit := range edits {
					edit(s)
				}
			}})
		}
	}
	contact := func(edit func(*models.Contact)) func(*models.Book) {
		return func(b *models.Book) {
			meets(b, "P1", models.FaceToFace, "2026-08-10")
			edit(&b.Contacts[len(b.Contacts)-1])
		}
	}
	way := func(w models.GuidanceWay) func(*models.JointGuidance) {
		return func(s *models.JointGuidance) { s.Way = w }
	}
	by := func(staff ...string) func(*models.JointGuidance) {
		return func(s *models.JointGuidance) { s.Staff = staff }
	}
	for _, c := range []struct {
		name  string
		third func(*models.Book)
		met   bool
	}{
		{"two days", func(*models.Book) {}, false},
		{"a third day", contact(func(*models.Contact) {}), true},
		{"a video call", contact(func(c *models.Contact) { c.Kind = models.VideoCall }), true},
		{"a phone call", contact(func(c *models.Contact) { c.Kind = models.PhoneCall }), false},
		{"a chat", contact(func(c *models.Contact) { c.Kind = models.Chat }), false},
		{"a day that is counted already", contact(func(c *models.Contact) { c.On = day(first) }), false},
		{"out of the year", contact(func(c *models.Contact) { c.On = day("2025-11-22") }), false},
		{"on the first day of the year", contact(func(c *models.Contact) { c.On = day("2025-11-23") }), true},
		{"after the day", contact(func(c *models.Contact) { c.On = day("2026-11-23") }), false},
		{"by a ward nurse", contact(func(c *models.Contact) { c.Staff = []string{"W1"} }), true},
		{"by a doctor", contact(func(c *models.Contact) { c.Staff = []string{"D1"} }), false},
		{"by a doctor and the department", contact(func(c *models.Contact) { c.Staff = []string{"D1", "S1"} }), true},
		{"by nobody", contact(func(c *models.Contact) { c.Staff = nil }), false},
		{"before the member joined", func(b *models.Book) {
			contact(func(c *models.Contact) { c.Staff = []string{"S2"} })(b)
			b.Staff = append(b.Staff, models.Staff{Code: "S2", From: day("2026-08-11"), Job: models.Nurse, Department: models.Dedicated})
		}, false},
		{"with its care manager, no office written", contact(func(c *models.Contact) { c.Partner, c.CareManager = "", "M1" }), true},
		{"with its care manager, another office written", contact(func(c *models.Contact) { c.Partner, c.CareManager = "P2", "M1" }), false},
		{"with a care manager who has left by then", func(b *models.Book) {
			contact(func(c *models.Contact) { c.Partner, c.CareManager = "", "M1" })(b)
			b.Affiliations[0].To = day("2026-08-09")
		}, false},
		{"a meeting", func(b *models.Book) { b.Meetings[0].HeldOn = day("2026-08-10") }, false},
		{"a joint guidance session", session(), true},
		{"a refused one", session(alone), true},
		{"by video", session(way(models.ByVideo)), true},
		{"by phone", session(way(models.ByPhone)), false},
		{"by document", session(way(models.ByDocument)), false},
		{"a session of the doctor", session(byDoctor), false},
		{"a session of the ward nurse", session(by("W1")), true},
		{"a session with somebody not registered", session(by("S9", "S1")), true},
		{"a session, sessions not counted", func(b *models.Book) { session()(b); set(b, "guidance_counts_as_menkai", "false") }, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := hospital()
			consulted(b)
			meets(b, "P1", models.FaceToFace, first, second, first)
			c.third(b)
			assert.Equal(t, c.met, monitor(t, b, "2026-11-22").PartnersMet3 == 1)
		})
	}
}

func TestMenkaiDaysAreListedByInstitution(t *testing.T) {
	b := hospital()
	meets(b, "P1", models.FaceToFace, "2026-07-10", "2026-06-10", "2026-07-10")
	stay(b, "3A", claimed{"2026-08-10", "", nil})
	facts := fee.NewFacts(b, fee.DefaultParams())
	days := liaison.MenkaiDays(facts, liaison.Period(day("2026-11-22"), facts.Params))
	assert.Equal(t, map[string][]models.Date{"P1": {day("2026-06-10"), day("2026-07-10"), day("2026-08-10")}}, days)
}

func TestMenkaiRecordsSayWhoMetWhom(t *testing.T) {
	b := hospital()
	meets(b, "P1", models.VideoCall, "2026-08-10", "2026-06-10")
	stay(b, "3A", claimed{"2026-08-10", "", nil})
	facts := fee.NewFacts(b, fee.DefaultParams())
	records := liaison.Menkai(facts, liaison.Period(day("2026-11-22"), facts.Params))["P1"]
	var told []string
	for _, r := range records {
		told = append(told, fmt.Sprint(r.On, r.Contact != nil, r.Session != nil, r.Staff(), r.CareManager()))
	}
	assert.Equal(t, []string{"2026-06-10 true false [S1]", "2026-08-10 true false [S1]", "2026-08-10 false true [D1 S1]M1"}, told)
}

// network adds institutions of the kinds, each met on three days.
func network(b *models.Book, n int, kind models.PartnerKind) {
	for range n {
		p := models.Partner{Code: fmt.Sprintf("N%03d", len(b.Partners)), Kind: kind, ConsultedOn: day("2025-04-01")}
		b.Partners = append(b.Partners, p)
		meets(b, p.Code, models.FaceToFace, "2026-06-10", "2026-07-10", "2026-08-10")
	}
}

func TestTwentyFiveInstitutions(t *testing.T) {
	acute := func(b *models.Book) { b.Wards[0].Acute = models.Yes }
	community := func(b *models.Book) { b.Wards[0].CommunityCare = models.Yes }
	for _, c := range []struct {
		name          string
		medical, care int
		others        int // 地域包括支援センター: neither
		edit          func(*models.Book)
		fulfilled     bool
	}{
		{"24", 0, 0, 24, nil, false},
		{"25 of any kind", 0, 0, 25, nil, true},
		{"an acute ward, no medical one", 0, 0, 25, acute, false},
		{"an acute ward, one medical one", 1, 0, 24, acute, true},
		{"an acute ward, a 25th beside the medical one is asked", 1, 0, 23, acute, false},
		{"an acute ward that is no more", 0, 0, 25, func(b *models.Book) { acute(b); b.Wards[0].ValidTo = day("2026-11-21") }, true},
		{"an acute ward that is not filed", 0, 0, 25, func(b *models.Book) { acute(b); b.Wards[0].FiledFrom = 0 }, false},
		{"the medical one is highly acute", 1, 0, 24, func(b *models.Book) { acute(b); b.Partners[1].AdvancedAcute = models.Yes }, false},
		{"a community care ward, four care providers", 0, 4, 21, community, false},
		{"a community care ward, five", 0, 5, 20, community, true},
		{"a community care room, four", 0, 4, 21, func(b *models.Book) { set(b, "has_chiiki_care_room", "true") }, false},
		{"a community care room, five", 0, 5, 20, func(b *models.Book) { set(b, "has_chiiki_care_room", "true") }, true},
		{"both wards, one and five", 1, 5, 19, func(b *models.Book) { acute(b); community(b) }, true},
		{"both wards, one and four", 1, 4, 20, func(b *models.Book) { acute(b); community(b) }, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := hospital()
			network(b, c.medical, models.Clinic)
			network(b, c.care, models.NursingHome)
			network(b, c.others, models.CommunityCenter)
			if c.edit != nil {
				c.edit(b)
			}
			m := monitor(t, b, "2026-11-22")
			assert.Equal(t, c.fulfilled, m.PartnersFulfilled)
			assert.Equal(t, c.medical+c.care+c.others, m.PartnersMet3)
			assert.Equal(t, c.care, m.PartnersMet3Care)
		})
	}
}

func TestKindsOfInstitutions(t *testing.T) {
	medical := map[models.PartnerKind]bool{models.Hospital: true, models.Clinic: true}
	neither := map[models.PartnerKind]bool{models.OtherPartner: true, models.PreventiveOffice: true, models.CommunityCenter: true}
	for _, kind := range models.PartnerKinds {
		t.Run(string(kind), func(t *testing.T) {
			b := hospital()
			network(b, 1, kind)
			m := monitor(t, b, "2026-11-22")
			assert.Equal(t, medical[kind], m.PartnersMet3Medical == 1)
			assert.Equal(t, !medical[kind] && !neither[kind], m.PartnersMet3Care == 1)
		})
	}
}
