package liaison_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/models"
	"renkei/models/fee"
	"renkei/models/liaison"
)

func TestContactsByMonth(t *testing.T) {
	b := hospital()
	spoken(b, "2026-09-30", models.PhoneCall, "P1", "", "", "S1")
	spoken(b, "2026-10-01", models.PhoneCall, "P1", "", "", "S1", "W1")
	spoken(b, "2026-10-31", models.FaceToFace, "P1", "", "", "S1")
	spoken(b, "2026-11-23", models.PhoneCall, "P1", "", "", "S1") // after the day looked at
	b.Meetings[0].HeldOn = day("2026-11-01")
	stay(b, "3A", claimed{"2026-11-10", "", nil})
	scope := liaison.Scope{Period: models.Period{From: day("2026-10-01"), To: day("2027-03-31")}, AsOf: day("2026-11-22")}

	facts, _, verdicts := judgedBook(t, b)
	months := liaison.ContactsByMonth(facts, verdicts, scope)

	require.Len(t, months, 2)
	assert.Equal(t, liaison.ContactMonth{Month: 2026_10, Contacts: 2, Kinds: map[models.ContactKind]int{models.PhoneCall: 1, models.FaceToFace: 1}}, months[0])
	assert.Equal(t, liaison.ContactMonth{Month: 2026_11, Kinds: map[models.ContactKind]int{}, Meetings: 1, Sessions: 1}, months[1])
}

func TestPeacetimeByMonth(t *testing.T) {
	b := hospital() // M1 was met on 2025-04-10, contacts shared in 2020
	admit := func(on, cm string) {
		b.Admissions = append(b.Admissions, models.Admission{PatientID: on + cm, AdmittedOn: day(on), CareManager: cm})
	}
	admit("2026-03-31", "M1") // outside the period
	admit("2026-04-10", "M1") // one year after the meeting
	admit("2026-04-11", "M1") // one day more
	admit("2026-04-12", "")
	admit("2026-04-13", "M9") // not registered
	admit("2026-06-01", "M1")
	rules, err := shippedRules()
	require.NoError(t, err)
	scope := liaison.Scope{Period: models.Period{From: day("2026-04-01"), To: day("2026-06-30")}, AsOf: day("2026-05-31")}

	months := liaison.PeacetimeByMonth(fee.NewFacts(b, fee.DefaultParams()), rules, scope)

	assert.Equal(t, []liaison.PeacetimeMonth{
		{Month: 2026_04, Admissions: 4,
			Ready:   []models.AdmissionKey{{PatientID: "2026-04-10M1", AdmittedOn: 2026_04_10}},
			Unready: []models.AdmissionKey{{PatientID: "2026-04-11M1", AdmittedOn: 2026_04_11}}},
		{Month: 2026_05},
	}, months)
}
