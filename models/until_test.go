package models_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"renkei/models"
)

func TestARegisterUntilADay(t *testing.T) {
	const on, later = models.Date(2026_10_31), models.Date(2026_11_01)
	a := models.AdmissionKey{PatientID: "1", AdmittedOn: 2026_10_01}
	b := &models.Book{
		Policies:     []models.Policy{{Edition: "1", EffectiveOn: on, AnnouncedOn: later, AnnouncedHow: "掲示"}, {Edition: "2", EffectiveOn: later}},
		Wards:        []models.Ward{{Code: "3E", ValidFrom: on, ValidTo: later, FiledFrom: later}, {Code: "3E", ValidFrom: later}},
		Staff:        []models.Staff{{Code: "S1", From: on, To: later}, {Code: "S1", From: later}},
		Partners:     []models.Partner{{Code: "P1", ConsultedOn: on, AgreedOn: later, EndedOn: later}, {Code: "P2", ConsultedOn: later}, {Code: "P3", ConsultedOn: later}, {Code: "P4"}},
		CareManagers: []models.CareManager{{Code: "M1", SharedOn: on, CheckedOn: later}, {Code: "M2", SharedOn: later}, {Code: "M3", SharedOn: later}, {Code: "M4"}},
		Affiliations: []models.Affiliation{{CareManager: "M3", Partner: "P3", From: on, To: later}, {CareManager: "M2", Partner: "P2", From: later}},
		Meetings:     []models.Meeting{{Code: "K1", HeldOn: on}, {Code: "K2", HeldOn: later}},
		Attendances:  []models.Attendance{{Meeting: "K1", Kind: models.AttendeeCM, Code: "M1"}, {Meeting: "K2", Kind: models.AttendeeCM, Code: "M2"}},
		Contacts:     []models.Contact{{Number: "1", On: on, Partner: "P1"}, {Number: "2", On: later, Partner: "P2"}},
		Admissions: []models.Admission{{PatientID: a.PatientID, AdmittedOn: a.AdmittedOn, ExpectedOn: later, DischargedOn: later, ConsentedOn: on, InformedOn: later, NoticedOn: later, ReceivedOn: later},
			{PatientID: "2", AdmittedOn: later}},
		WardStays: []models.WardStay{{PatientID: a.PatientID, AdmittedOn: a.AdmittedOn, From: on, To: later}, {PatientID: a.PatientID, AdmittedOn: a.AdmittedOn, From: later}},
		Sessions: []models.JointGuidance{
			{Number: "G1", PatientID: a.PatientID, AdmittedOn: a.AdmittedOn, On: on, NotedOn: later, PlanAskedOn: on, PlanCopyOn: later, PlanCopyKind: "原案"},
			{Number: "G2", PatientID: a.PatientID, AdmittedOn: a.AdmittedOn, On: later}, {Number: "G3"},
		},
	}
	want := &models.Book{
		Policies:     []models.Policy{{Edition: "1", EffectiveOn: on}},
		Wards:        []models.Ward{{Code: "3E", ValidFrom: on, ValidTo: later}},
		Staff:        []models.Staff{{Code: "S1", From: on, To: later}},
		Partners:     []models.Partner{{Code: "P1", ConsultedOn: on, EndedOn: later}, {Code: "P3"}, {Code: "P4"}},
		CareManagers: []models.CareManager{{Code: "M1", SharedOn: on}, {Code: "M3"}, {Code: "M4"}},
		Affiliations: []models.Affiliation{{CareManager: "M3", Partner: "P3", From: on}},
		Meetings:     b.Meetings[:1], Attendances: b.Attendances[:1], Contacts: b.Contacts[:1],
		Admissions: []models.Admission{{PatientID: a.PatientID, AdmittedOn: a.AdmittedOn, ExpectedOn: later, ConsentedOn: on}},
		WardStays:  []models.WardStay{{PatientID: a.PatientID, AdmittedOn: a.AdmittedOn, From: on}},
		Sessions:   []models.JointGuidance{{Number: "G1", PatientID: a.PatientID, AdmittedOn: a.AdmittedOn, On: on, PlanAskedOn: on}, {Number: "G3"}},
	}
	assert.Equal(t, want, b.Until(on))
	assert.Equal(t, later, b.Partners[0].AgreedOn, "the register itself is as it was")
	assert.Same(t, b, b.Until(later), "nothing is later")
}
