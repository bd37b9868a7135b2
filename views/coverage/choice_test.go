package coverage

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"renkei/models"
)

func TestPeriods(t *testing.T) {
	for span, want := range map[string]models.Period{
		ThisYear: {From: 2026_04_01, To: 2027_03_31}, LastYear: {From: 2025_04_01, To: 2026_03_31}, Twelve: {From: 2025_11_23, To: 2026_11_22},
		"year:2024": {From: 2024_04_01, To: 2025_03_31}, "month:2026-02": {From: 2026_02_01, To: 2026_02_28},
		"month:かな": {From: 2026_04_01, To: 2027_03_31}, "": {From: 2026_04_01, To: 2027_03_31},
	} {
		assert.Equal(t, want, Choice{Span: span}.Scope(2026_11_22).Period, span)
	}
	past := Choice{Span: ThisYear, AsOf: 2026_03_31}.Scope(2026_11_22)
	assert.Equal(t, models.Period{From: 2025_04_01, To: 2026_03_31}, past.Period, "the fiscal year of the day looked at")
	assert.Equal(t, models.Date(2026_03_31), past.AsOf)
}

func TestPeriodsOfferedReachBackToTheFirstRecord(t *testing.T) {
	var values []string
	for _, c := range Spans(2026_05_10, 2024_06_01) {
		values = append(values, c.Value)
	}
	assert.Equal(t, []string{ThisYear, LastYear, Twelve, "month:2026-05"}, values[:4])
	assert.Contains(t, values, "month:2024-06")
	assert.NotContains(t, values, "month:2024-05")
	assert.Equal(t, "year:2024", values[len(values)-1])
	assert.Len(t, Spans(2026_05_10, 0), 3+monthsOffered, "without records there is still something to choose")
}
