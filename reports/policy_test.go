package reports

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"renkei/models"
)

func TestADeadlineOfThePolicyIsMissedFromTheDayAfterIt(t *testing.T) {
	const limit = models.Date(2026_10_08)
	for _, c := range []struct {
		name       string
		today      models.Date
		limit      models.Date
		done       models.Date
		discharged models.Date
		want       kept
	}{
		{"open on its day", limit, limit, 0, 0, keptOpen},
		{"missed on the day after", limit + 1, limit, 0, 0, keptMissing},
		{"missed before its day, for the patient has left", limit - 3, limit, 0, limit - 4, keptMissing},
		{"done on its day", limit + 30, limit, limit, 0, keptInTime},
		{"done on the day after", limit + 30, limit, limit + 1, 0, keptLate},
		{"done late by one who left", limit + 30, limit, limit + 1, limit + 2, keptLate},
		{"asked of nobody", limit + 30, 0, 0, 0, keptNone},
		{"asked of nobody, though done", limit + 30, 0, limit, limit, keptNone},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := Request{AsOf: c.today}
			assert.Equal(t, deadline{c.limit, c.done, c.want}, r.deadline(&models.Admission{DischargedOn: c.discharged}, c.limit, c.done))
		})
	}
}

func TestNDaysBeforeLeavingAreCountedFromTheDayExpected(t *testing.T) {
	for _, c := range []struct {
		name string
		a    models.Admission
		want any
	}{
		{"the day expected, though the patient left on another", models.Admission{NoticedOn: 2026_10_18, ExpectedOn: 2026_10_27, DischargedOn: 2026_10_30}, 9},
		{"the day of leaving where none was expected", models.Admission{NoticedOn: 2026_10_18, DischargedOn: 2026_10_30}, 12},
		{"after the day expected", models.Admission{NoticedOn: 2026_10_28, ExpectedOn: 2026_10_27}, -1},
		{"no day to count to", models.Admission{NoticedOn: 2026_10_28}, ""},
		{"not done", models.Admission{ExpectedOn: 2026_10_27}, ""},
	} {
		t.Run(c.name, func(t *testing.T) { assert.Equal(t, c.want, daysBeforeLeaving(&c.a)) })
	}
}
