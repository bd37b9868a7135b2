package app_test

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/app"
	"renkei/models"
	"renkei/models/fee"
)

// bruteWhatIf saves the value for a moment, judges the whole register anew and
// compares it with the one before.
func bruteWhatIf(t *testing.T, a *app.App, month models.Month, name, value string) (reclassified []string, difference int) {
	t.Helper()
	before := judged(t, a)
	setting := models.Setting{Key: name, Value: value}
	if i := slices.IndexFunc(before.Facts.Book.Settings, func(s models.Setting) bool { return s.Key == name }); i >= 0 {
		setting.Version = before.Facts.Book.Settings[i].Version
	}
	undo, err := a.Do(context.Background(), "試し", app.Put(setting))
	require.NoError(t, err)
	after := judged(t, a)
	for i := range before.Verdicts {
		b, n := before.Verdicts[i], after.Verdicts[i]
		if b.Session.On.Month() != month {
			continue
		}
		difference += n.Points - b.Points
		if b.Result != n.Result || b.Points != n.Points {
			reclassified = append(reclassified, b.Session.Number)
		}
	}
	_, err = a.TakeBack(context.Background(), undo)
	require.NoError(t, err)
	return reclassified, difference
}

func TestWhatIfIsWhatSavingWouldGive(t *testing.T) {
	a := sampleApp(t)
	changed := 0
	for _, c := range []struct{ name, value string }{
		{"meeting_min_count", "3"}, {"evidence_lookback_months", "3"}, {"evidence_must_precede", fee.Session},
		{"relationship_unit", fee.Office}, {"require_cm_attendance", "false"}, {"study_session_default", "true"},
		{"require_contact_share_date", "false"}, {"routine_contact_can_substitute", "true"},
		{"require_local_agreement", "true"}, {"policy_must_precede", fee.Session}, {"ward_staff_is_department", "true"},
		{"merge_linked_admissions", "false"}, {"legacy_treated_as", fee.LegacyAsNone}, {"allow_phone", "true"},
		{"allow_family_only", "true"}, {"day_count", fee.NextDay}, {"a246_period", fee.Fiscal},
	} {
		for _, month := range []models.Month{202606, 202608, 202611} {
			t.Run(fmt.Sprint(c.name, " ", month), func(t *testing.T) {
				revision := judged(t, a).Revision
				w, err := a.WhatIf(context.Background(), month, map[string]string{c.name: c.value})
				require.NoError(t, err)
				assert.Equal(t, revision, judged(t, a).Revision, "nothing is saved")
				assert.Len(t, judged(t, a).Month(month), w.Sessions)

				numbers, difference := bruteWhatIf(t, a, month, c.name, c.value)
				var got []string
				for _, change := range w.Changes {
					if change.Reclassified() {
						got = append(got, change.After.Session.Number)
					}
				}
				assert.Equal(t, numbers, got)
				assert.Len(t, numbers, w.Reclassified())
				assert.Equal(t, difference, w.After-w.Before)
				changed += len(numbers)
			})
		}
	}
	assert.Positive(t, changed, "the sample hospital has sessions that change")
}

func TestWhatIfWithTheDefaultOfAPresentDefaultChangesNothing(t *testing.T) {
	a := sampleApp(t)
	w, err := a.WhatIf(context.Background(), 202611, map[string]string{"meeting_min_count": ""})
	require.NoError(t, err)
	assert.Empty(t, w.Changes)
	assert.Equal(t, w.Before, w.After)
	assert.Positive(t, w.Sessions)
}

func TestWhatIfRefusesWhatAParameterDoesNotTake(t *testing.T) {
	a := sampleApp(t)
	for name, c := range map[string]struct {
		key, value string
		code       models.Code
	}{
		"a number too large":   {"meeting_min_count", "100", models.Invalid},
		"no such choice":       {"relationship_unit", "町内会", models.Invalid},
		"no such parameter":    {"moon_phase", "1", models.NotFound},
		"a word for a yes, no": {"allow_phone", "たぶん", models.Invalid},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := a.WhatIf(context.Background(), 202611, map[string]string{c.key: c.value})
			assert.Equal(t, c.code, models.ErrorCode(err))
		})
	}
}
