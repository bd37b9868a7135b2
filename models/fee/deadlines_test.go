package fee_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"renkei/models"
	"renkei/models/fee"
)

func TestADeadlineIsMissedFromTheDayAfterIt(t *testing.T) {
	const admitted, limit = models.Date(2026_10_02), models.Date(2026_10_08) // the 7th day
	for _, c := range []struct {
		name             string
		asOf             models.Date
		done, discharged models.Date
		want             fee.Kept
		due              models.Date
	}{
		{"open on its day", limit, 0, 0, fee.KeptOpen, limit},
		{"missed on the day after", limit + 1, 0, 0, fee.KeptMissing, limit},
		{"missed before its day because the patient has left", limit - 3, 0, limit - 4, fee.KeptMissing, limit},
		{"open because the patient leaves later", limit - 3, 0, limit - 2, fee.KeptOpen, limit},
		{"done on its day", limit + 13, limit, 0, fee.KeptInTime, 0},
		{"done on the day after", limit + 13, limit + 1, 0, fee.KeptLate, 0},
		{"done late, not known yet on the day", limit + 1, limit + 2, 0, fee.KeptMissing, limit},
		{"done in time, not known yet on the day", limit - 2, limit - 1, 0, fee.KeptOpen, limit},
		{"done late by one who has left", limit + 13, limit + 1, limit + 2, fee.KeptLate, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := &models.Admission{PatientID: "1", AdmittedOn: admitted, CareManager: "M1", InformedOn: c.done, DischargedOn: c.discharged}
			got := fee.InformOf(fee.NewFacts(&models.Book{}, fee.DefaultParams()), a, c.asOf)
			assert.Equal(t, c.want, got.Kept)
			assert.Equal(t, c.due, got.Due())
		})
	}
}

func TestOfWhomTheSevenDaysAreAsked(t *testing.T) {
	const admitted, asOf = models.Date(2026_10_02), models.Date(2026_10_20)
	for _, c := range []struct {
		name      string
		cm        string
		status    models.CareStatus
		standings []models.Standing
		on        models.Date
		want      fee.Kept
	}{
		{"a care manager in charge, no session yet", "M1", models.Certified, nil, 0, fee.KeptMissing},
		{"no care manager in charge", "", models.Certified, nil, 0, fee.KeptNone},
		{"chosen in hospital by the only session", "M1", models.Certified, []models.Standing{models.PatientsChoice}, admitted + 5, fee.KeptNone},
		{"chosen by a session in the future", "M1", models.Certified, []models.Standing{models.PatientsChoice}, asOf + 1, fee.KeptMissing},
		{"the patient's own care manager, besides a chosen one", "M1", models.Certified, []models.Standing{models.PatientsChoice, models.PriorCareManager}, admitted + 5, fee.KeptMissing},
		{"not applied, so nobody was in charge", "M1", models.NotApplied, nil, 0, fee.KeptNone},
		{"not applied, but with the patient's own", "M1", models.NotApplied, []models.Standing{models.PriorCareManager}, admitted + 5, fee.KeptMissing},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := models.Admission{PatientID: "1", AdmittedOn: admitted, CareManager: c.cm, CareStatus: c.status}
			b := &models.Book{Admissions: []models.Admission{a}}
			for _, s := range c.standings {
				b.Sessions = append(b.Sessions, models.JointGuidance{PatientID: "1", AdmittedOn: admitted, On: c.on, Standing: s})
			}
			got := fee.InformOf(fee.NewFacts(b, fee.DefaultParams()), &b.Admissions[0], asOf)
			assert.Equal(t, c.want, got.Kept)
			assert.Equal(t, c.want == fee.KeptNone, got.Limit == 0, "what is not asked has no last day")
		})
	}
}

func TestTheNoticeNeedsACareManagerAndADayOfLeaving(t *testing.T) {
	kept := func(a models.Admission) fee.Deadline { return fee.NoticeOf(&a, 2026_10_20) }
	assert.Equal(t, fee.Deadline{Kept: fee.KeptNone}, kept(models.Admission{AdmittedOn: 2026_10_02, CareManager: "M1"}))
	assert.Equal(t, fee.Deadline{Kept: fee.KeptNone}, kept(models.Admission{AdmittedOn: 2026_10_02, ExpectedOn: 2026_10_26}))
	assert.Equal(t, fee.Deadline{Limit: 2026_10_19, Kept: fee.KeptMissing}, kept(models.Admission{AdmittedOn: 2026_10_02, ExpectedOn: 2026_10_26, CareManager: "M1"}))
	assert.Equal(t, fee.Deadline{Limit: 2026_10_18, Done: 2026_10_18, Kept: fee.KeptInTime},
		kept(models.Admission{AdmittedOn: 2026_10_18, ExpectedOn: 2026_10_22, NoticedOn: 2026_10_18, CareManager: "M1"}), "a stay too short for seven days")
}

func TestTheCopyOfThePlanIsDueFourteenDaysAfterTheSession(t *testing.T) {
	assert.Equal(t, models.Date(2026_11_03), fee.CopyDue(&models.JointGuidance{On: 2026_10_20}))
	assert.Equal(t, models.Date(0), fee.CopyDue(&models.JointGuidance{}))
}
