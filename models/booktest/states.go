package booktest

import (
	"pgregory.net/rapid"

	"renkei/models"
	"renkei/models/fee"
)

// drawState draws the facts of an admission that decide its deadlines and what
// it still needs.
func drawState(t *rapid.T, a *models.Admission) {
	a.CareStatus = OneOf(t, "status", models.Certified, models.Certified, models.NotApplied, "")
	a.PatientWishes = OneOf(t, "wishes", models.Yes, models.Yes, models.Yes, models.No, models.Unknown)
	if rapid.Bool().Draw(t, "expected") {
		a.ExpectedOn = a.AdmittedOn.AddDays(rapid.IntRange(3, 60).Draw(t, "leaving"))
	}
	if rapid.Bool().Draw(t, "noticed") {
		a.NoticedOn = a.AdmittedOn.AddDays(rapid.IntRange(0, 50).Draw(t, "after"))
	}
}

// drawReadings draws the 取り決め and the parameters of the hospital that
// decide 平時の連携 and the seven days.
func drawReadings(t *rapid.T, b *models.Book) {
	for i := range b.Partners {
		b.Partners[i].AgreedOn = OneOf(t, "agreed", day("2020-04-01"), day("2026-06-20"), 0)
	}
	Set(b, "day_count", OneOf(t, "days", fee.AdmissionIsDay1, fee.NextDay))
	Set(b, "require_cm_attendance", OneOf(t, "attendance", "true", "true", "false"))
}
