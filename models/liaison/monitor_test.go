package liaison_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/models"
	"renkei/models/liaison"
)

func TestComprehensiveWardsNeedThreeInThreeMonths(t *testing.T) {
	comprehensive := func(b *models.Book) { b.Wards[0].Comprehensive = models.Yes }
	for _, c := range []struct {
		name                 string
		asOf                 string
		sessions             []claimed
		kyodo2               string
		confirmed, projected int
		fulfilled            bool
	}{
		{"recorded and judged 2", "2026-11-22", []claimed{{"2026-10-10", models.ClaimFee2, nil}}, "0", 1, 1, false},
		{"judged 2 only", "2026-11-22", []claimed{{"2026-10-10", "", nil}}, "2", 0, 1, false},
		{"one and two of 退院時共同指導料2", "2026-11-22", []claimed{{"2026-10-10", models.ClaimFee2, nil}}, "2", 1, 1, true},
		{"指導料1 never counts", "2026-11-22", []claimed{{"2026-10-10", models.ClaimFee1, nil}}, "2", 0, 0, false},
		{"recorded 2, refused", "2026-11-22", []claimed{{"2026-10-10", models.ClaimFee2, alone}}, "2", 0, 0, false},
		{"recorded 2, judged 1", "2026-11-22", []claimed{{"2026-10-10", models.ClaimFee2, nil}, {"2026-10-12", models.ClaimFee1, nil}}, "0", 1, 0, false},
		{"recorded 2, held back", "2026-11-22", []claimed{{"2026-10-10", models.ClaimFee2, func(s *models.JointGuidance) { s.CareManager = "M9" }}}, "0", 1, 0, false},
		{"three months ago", "2026-11-22", []claimed{{"2026-08-22", models.ClaimFee2, nil}}, "0", 0, 0, false},
		{"one day less than three months ago", "2026-11-22", []claimed{{"2026-08-23", models.ClaimFee2, nil}}, "0", 1, 1, false},
		{"at the end of a month, from the first", "2026-11-30", []claimed{{"2026-09-01", models.ClaimFee2, nil}}, "0", 1, 1, false},
		{"but not a day earlier", "2026-11-30", []claimed{{"2026-08-31", models.ClaimFee2, nil}}, "0", 0, 0, false},
		{"the old fee until August 2026", "2026-08-20", []claimed{{"2026-05-25", models.ClaimLegacy, nil}}, "2", 1, 1, true},
		{"the old fee, not recorded", "2026-08-20", []claimed{{"2026-05-25", "", nil}}, "0", 0, 1, false},
		{"the last day still reaches back to June", "2026-08-31", []claimed{{"2026-05-31", models.ClaimLegacy, nil}}, "0", 0, 0, false},
		{"指導料1 in June does not count", "2026-08-20", []claimed{{"2026-06-10", models.ClaimFee1, nil}}, "0", 0, 0, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := hospital()
			comprehensive(b)
			set(b, "kyodo2_count_3m", c.kyodo2)
			stay(b, "3A", c.sessions...)
			m := monitor(t, b, c.asOf)
			assert.Equal(t, []int{c.confirmed, c.projected}, []int{m.HokatsukiConfirmed, m.HokatsukiProjected})
			assert.Equal(t, c.fulfilled, m.HokatsukiFulfilled)
		})
	}
	t.Run("other wards do not count", func(t *testing.T) {
		b := hospital()
		stay(b, "3A", claimed{"2026-10-10", models.ClaimFee2, nil})
		assert.Zero(t, monitor(t, b, "2026-11-22").HokatsukiConfirmed)
	})
	t.Run("the ward is that of the session's day", func(t *testing.T) {
		b := hospital()
		later := b.Wards[0]
		later.ValidFrom, later.Comprehensive = day("2026-10-11"), models.Yes
		b.Wards = append(b.Wards, later)
		stay(b, "3A", claimed{"2026-10-10", models.ClaimFee2, nil}, claimed{"2026-10-11", models.ClaimFee2, nil})
		assert.Equal(t, 1, monitor(t, b, "2026-11-22").HokatsukiConfirmed)
	})
}

func TestTheOldFeeEndsWithAugust2026(t *testing.T) {
	// No day of May is within three months of September, so this book records a
	// claim of the old fee on a later day.
	b := hospital()
	b.Wards[0].Comprehensive = models.Yes
	stay(b, "3A", claimed{"2026-06-10", models.ClaimFee2, nil}, claimed{"2026-06-20", models.ClaimLegacy, nil})
	assert.Equal(t, 2, monitor(t, b, "2026-08-31").HokatsukiConfirmed)
	assert.Equal(t, 1, monitor(t, b, "2026-09-01").HokatsukiConfirmed)
}

func TestFiguresOfAnEmptyBook(t *testing.T) {
	m := monitor(t, &models.Book{}, "2026-11-22")
	assert.Equal(t, liaison.Figures{Remaining: 1}, m)
}

func TestFiguresHaveTheNamesOfTheContract(t *testing.T) {
	data, err := json.Marshal(liaison.Figures{})
	require.NoError(t, err)
	var keys map[string]any
	require.NoError(t, json.Unmarshal(data, &keys))
	for _, key := range []string{
		"fee_count_confirmed", "fee_count_projected", "claims_to_withdraw", "a307_consult_count", "threshold_hundredths", "fulfilled",
		"remaining", "partners", "partners_met3", "partners_met3_medical", "partners_met3_care", "partners_fulfilled",
		"hokatsuki_confirmed", "hokatsuki_projected", "kyodo2_count_3m", "hokatsuki_fulfilled",
	} {
		assert.Contains(t, keys, key)
	}
	assert.Len(t, keys, 16)
}
