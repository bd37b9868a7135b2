package liaison_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/models"
	"renkei/models/liaison"
)

// handover works out what one member hands over as of 2026-11-22.
func handover(t *testing.T, b *models.Book, staff string) liaison.Handover {
	t.Helper()
	facts, rules, verdicts := judge(t, b)
	list := liaison.Handovers(facts, rules, verdicts, day("2026-11-22"), []string{staff})
	require.Len(t, list, 1)
	return list[0]
}

func spoken(b *models.Book, on string, kind models.ContactKind, partner, cm, patient string, staff ...string) {
	b.Contacts = append(b.Contacts, models.Contact{Number: on + partner + cm, On: day(on), Kind: kind, Partner: partner, CareManager: cm, PatientID: patient, Staff: staff})
}

func TestDealingsOfAMember(t *testing.T) {
	b := hospital()
	b.Partners = append(b.Partners, models.Partner{Code: "P2", Name: "しおかぜ"}, models.Partner{Code: "P3", Name: "終えた所", EndedOn: day("2026-10-01")})
	spoken(b, "2026-10-01", models.PhoneCall, "", "M1", "", "S1", "S1") // through the care manager's office; named twice, counted once
	spoken(b, "2026-10-02", models.FaceToFace, "P1", "M1", "", "S1", "W1")
	spoken(b, "2025-11-22", models.PhoneCall, "P1", "", "", "S1") // more than a year ago
	spoken(b, "2026-11-23", models.PhoneCall, "P1", "", "", "S1") // after the day
	spoken(b, "2026-10-03", models.PhoneCall, "P2", "", "", "S1")
	spoken(b, "2026-10-04", models.PhoneCall, "P2", "", "", "W1")
	spoken(b, "2026-10-05", models.PhoneCall, "P2", "", "", "W1")
	spoken(b, "2026-09-30", models.PhoneCall, "P3", "", "", "S1")
	stay(b, "3A", claimed{"2026-06-10", models.ClaimFee1, nil}) // of D1 and S1 with M1

	h := handover(t, b, "S1")

	require.Len(t, h.Partners, 2, "a partner that has ended needs no successor")
	first, second := h.Partners[0], h.Partners[1]
	assert.Equal(t, "P1", first.Partner.Code)
	assert.Equal(t, []int{2, 1, 1, 3}, []int{first.Contacts, first.Menkai, first.Session, first.All})
	assert.Equal(t, day("2026-10-02"), first.LastOn)
	assert.Equal(t, []string{"M1"}, first.CareManagers)
	assert.True(t, first.Main)
	assert.Equal(t, []int{1, 3}, []int{second.Own(), second.All})
	assert.False(t, second.Main, "another member deals with it more often")
}

func TestOpenStaysOfAMember(t *testing.T) {
	b := hospital()
	stay(b, "3A", claimed{"2026-11-10", "", nil}, claimed{"2026-11-20", "", byDoctor}) // in hospital
	stay(b, "3A", claimed{"2026-06-10", "", nil})                                      // discharged
	stay(b, "3A", claimed{"2026-11-11", "", byDoctor})                                 // S1 spoke about the patient
	stay(b, "3A", claimed{"2026-11-12", "", byDoctor})                                 // S1 spoke only before the admission
	b.Admissions[1].DischargedOn = day("2026-07-01")
	spoken(b, "2026-11-05", models.PhoneCall, "P1", "", "00000002", "S1")
	spoken(b, "2026-10-01", models.PhoneCall, "P1", "", "00000003", "S1")

	h := handover(t, b, "S1")

	require.Len(t, h.Open, 2)
	assert.Equal(t, "00000000", h.Open[0].Admission.PatientID)
	assert.Equal(t, 2, h.Open[0].Sessions)
	assert.Equal(t, day("2026-11-20"), h.Open[0].LastOn)
	assert.Equal(t, "00000002", h.Open[1].Admission.PatientID)
}

func TestWorkOfAMember(t *testing.T) {
	b := hospital()
	consulted(b)
	stay(b, "3A", claimed{"2026-11-10", "", nil})      // S1: 要点 and 写し missing
	stay(b, "3A", claimed{"2026-11-11", "", byDoctor}) // not S1's
	b.Admissions[0].CareManager = "M1"
	spoken(b, "2026-10-02", models.FaceToFace, "P1", "M1", "", "S1")

	kinds := map[liaison.WorkKind][]string{}
	for _, w := range handover(t, b, "S1").Works {
		kinds[w.Kind] = append(kinds[w.Kind], w.Key)
	}

	assert.Equal(t, []string{"G00000", "G00000"}, kinds[liaison.WorkPapers])
	assert.Equal(t, []string{b.Admissions[0].Key().String()}, kinds[liaison.WorkDeadline], "入院の情報提供")
	assert.Equal(t, []string{"P1"}, kinds[liaison.WorkMenkai])
	assert.Empty(t, kinds[liaison.WorkClosing])
	assert.Empty(t, handover(t, b, "W1").Works)
}
