package fee_test

import (
	"fmt"
	"maps"
	"slices"

	"pgregory.net/rapid"

	"renkei/models"
)

// drawBook draws a small register: two admissions of one patient that may be
// counted together, a few sessions on few days, a few meetings and contacts,
// and the parameters. Most sessions pass the first gates.
func drawBook(t *rapid.T) *models.Book {
	b := with(longAdmission)
	second := b.Admissions[0]
	second.AdmittedOn = day("2026-06-05")
	stay := b.WardStays[0]
	stay.AdmittedOn, stay.From = second.AdmittedOn, second.AdmittedOn
	b.Admissions, b.WardStays = append(b.Admissions, second), append(b.WardStays, stay)
	if rarely(t, "unlinked", 4) {
		b.Admissions[0].ChainKey, b.Admissions[1].ChainKey = "T1", "T1"
	}
	drawRelations(t, b)
	proto := b.Sessions[0]
	b.Sessions = nil
	for i := range rapid.IntRange(1, 6).Draw(t, "sessions") {
		b.Sessions = append(b.Sessions, drawSession(t, proto, i))
	}
	for _, key := range slices.Sorted(maps.Keys(readings)) {
		if !rarely(t, key, 3) {
			set(key, rapid.SampledFrom(readings[key]).Draw(t, key))(b)
		}
	}
	return b
}

// readings are the parameters that affect a fee.
var readings = map[string][]string{
	"legacy_treated_as":              {"1", "none"},
	"merge_linked_admissions":        {"true", "false"},
	"evidence_must_precede":          {"admission", "session"},
	"policy_must_precede":            {"admission", "session"},
	"relationship_unit":              {"person", "office"},
	"require_cm_attendance":          {"true", "false"},
	"require_contact_share_date":     {"true", "false"},
	"routine_contact_can_substitute": {"true", "false"},
	"meeting_min_count":              {"1", "1", "2"},
	"evidence_lookback_months":       {"0", "2", "12"},
}

// rarely is false one time in n.
func rarely(t *rapid.T, what string, n int) bool {
	return rapid.IntRange(1, n).Draw(t, what) != n
}

func drawDay(t *rapid.T, from string, span int) models.Date {
	return day(from).AddDays(rapid.IntRange(0, span).Draw(t, "day"))
}

func drawSession(t *rapid.T, proto models.JointGuidance, i int) models.JointGuidance {
	s := proto
	s.Number = fmt.Sprintf("G%d", i+1)
	s.AdmittedOn = rapid.SampledFrom([]models.Date{day("2026-04-20"), day("2026-06-05")}).Draw(t, "admission")
	on := rapid.SampledFrom([]string{"2026-05-10", "2026-05-31", "2026-06-01", "2026-06-10", "2026-06-10", "2026-06-20", "2026-07-01"}).Draw(t, "on")
	s.On = day(on)
	rapid.SampledFrom([]fit{fit2, fit2, fit2, only1, only1, only2, fitless, rejected}).Draw(t, "fit").apply(&s)
	s.CareManager = rapid.SampledFrom([]string{"M1", "M1", "M2"}).Draw(t, "care manager")
	if !rarely(t, "multi-agency", 12) {
		s.MultiAgency = models.Yes
	}
	claims := []models.Claim{"", "", "", models.ClaimFee1, models.ClaimFee2, models.ClaimNone}
	if s.On < models.RevisionDate {
		claims = []models.Claim{"", "", "", models.ClaimLegacy, models.ClaimNone}
	}
	s.Claim = rapid.SampledFrom(claims).Draw(t, "claim")
	if !rarely(t, "day", 15) {
		s.On = 0
	}
	return s
}

// drawRelations draws meetings and contacts with the care managers, with
// overlapping rows.
func drawRelations(t *rapid.T, b *models.Book) {
	b.Staff = append(b.Staff, models.Staff{Code: "S1", From: day("2026-05-01"), Name: "山田花子", Job: models.Nurse, WardDedicated: models.Yes})
	b.Affiliations = append(b.Affiliations, models.Affiliation{CareManager: "M2", Partner: "P2", From: drawDay(t, "2026-03-01", 120)})
	for i := range rapid.IntRange(0, 3).Draw(t, "meetings") {
		held(fmt.Sprintf("K%d", i+2), "2026-04-01", rapid.SampledFrom([]string{"M1", "M2"}).Draw(t, "attending"), func(m *models.Meeting) {
			m.HeldOn = drawDay(t, "2025-03-01", 480)
			m.Counts = rapid.SampledFrom([]models.Mark{models.Unknown, models.Unknown, models.Yes, models.No}).Draw(t, "counts")
			m.ContactsShared = rapid.SampledFrom([]models.Mark{models.Unknown, models.Yes}).Draw(t, "shared")
		})(b)
	}
	for i := range rapid.IntRange(0, 3).Draw(t, "contacts") {
		b.Contacts = append(b.Contacts, models.Contact{
			Number: fmt.Sprintf("R%d", i+1), On: drawDay(t, "2026-01-01", 150), Kind: models.PhoneCall,
			CareManager: rapid.SampledFrom([]string{"M1", "M2"}).Draw(t, "with"), Staff: []string{"S1"},
		})
	}
	if !rarely(t, "shared", 4) {
		b.CareManagers[0].SharedOn = 0
	}
	if !rarely(t, "policy", 4) {
		p := b.Policies[0]
		p.Edition, p.EffectiveOn, p.AnnouncedOn = "第2版", day("2026-06-05"), drawDay(t, "2026-06-01", 20)
		b.Policies = append(b.Policies, p)
	}
}
