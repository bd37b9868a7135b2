package reports

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"renkei/models"
)

func TestNDaysBeforeLeavingAreCountedFromTheDayExpected(t *testing.T) {
	for _, c := range []struct {
		name string
		a    models.Admission
		want any
	}{
		{"by the expected day, though the patient left on another", models.Admission{NoticedOn: 2026_10_18, ExpectedOn: 2026_10_27, DischargedOn: 2026_10_30}, 9},
		{"by the day of leaving if none was expected", models.Admission{NoticedOn: 2026_10_18, DischargedOn: 2026_10_30}, 12},
		{"after the day expected", models.Admission{NoticedOn: 2026_10_28, ExpectedOn: 2026_10_27}, -1},
		{"no day to count to", models.Admission{NoticedOn: 2026_10_28}, ""},
		{"not done", models.Admission{ExpectedOn: 2026_10_27}, ""},
	} {
		t.Run(c.name, func(t *testing.T) { assert.Equal(t, c.want, daysBeforeLeaving(&c.a)) })
	}
}
