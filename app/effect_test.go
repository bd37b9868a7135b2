package app_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/app"
	"renkei/app/apptest"
	"renkei/models"
	"renkei/models/fee"
)

// judgedWith saves a setting for a moment and judges the whole register anew.
func judgedWith(t *testing.T, a *app.App, name, value string) *app.Judged {
	t.Helper()
	ctx := context.Background()
	undo, err := a.Do(ctx, "試し", app.Put(models.Setting{Key: name, Value: value, Version: versionOf(book(t, a), name)}))
	require.NoError(t, err)
	after := judged(t, a)
	_, err = a.TakeBack(ctx, undo)
	require.NoError(t, err)
	return after
}

// difference compares the verdicts of a month.
func difference(before, after *app.Judged, month models.Month) (reclassified []string, points int) {
	for i, b := range before.Verdicts {
		n := after.Verdicts[i]
		if b.Session.On.Month() != month {
			continue
		}
		points += n.Points - b.Points
		if b.Result != n.Result || b.Points != n.Points {
			reclassified = append(reclassified, b.Session.Number)
		}
	}
	return reclassified, points
}

func TestWhatIfIsWhatSavingWouldGive(t *testing.T) {
	a := apptest.Sample(t)
	changed := 0
	for _, c := range []struct{ name, value string }{
		{"meeting_min_count", "3"}, {"evidence_lookback_months", "3"}, {"evidence_must_precede", fee.Session},
		{"relationship_unit", fee.Office}, {"require_cm_attendance", "false"}, {"study_session_default", "true"},
		{"require_contact_share_date", "false"}, {"routine_contact_can_substitute", "true"},
		{"require_local_agreement", "true"}, {"policy_must_precede", fee.Session}, {"ward_staff_is_department", "true"},
		{"merge_linked_admissions", "false"}, {"legacy_treated_as", fee.LegacyAsNone}, {"allow_phone", "true"},
		{"allow_family_only", "true"}, {"day_count", fee.NextDay}, {"a246_period", fee.Fiscal},
	} {
		t.Run(c.name, func(t *testing.T) {
			before := judged(t, a)
			after := judgedWith(t, a, c.name, c.value)
			for _, month := range []models.Month{202606, 202608, 202611} {
				revision := judged(t, a).Revision
				w, err := a.WhatIf(context.Background(), month, map[string]string{c.name: c.value})
				require.NoError(t, err)
				assert.Equal(t, revision, judged(t, a).Revision, "nothing is saved")
				assert.Len(t, before.Month(month), w.Sessions)

				numbers, points := difference(before, after, month)
				var got []string
				for _, change := range w.Changes {
					if change.Reclassified() {
						got = append(got, change.After.Session.Number)
					}
				}
				assert.Equal(t, numbers, got, month)
				assert.Len(t, numbers, w.Reclassified())
				assert.Equal(t, points, w.After-w.Before, month)
				changed += len(numbers)
			}
		})
	}
	assert.Positive(t, changed, "the sample hospital has sessions that change")
}

func TestWhatIfWithTheDefaultOfAPresentDefaultChangesNothing(t *testing.T) {
	a := apptest.Sample(t)
	w, err := a.WhatIf(context.Background(), 202611, map[string]string{"meeting_min_count": ""})
	require.NoError(t, err)
	assert.Empty(t, w.Changes)
	assert.Equal(t, w.Before, w.After)
	assert.Positive(t, w.Sessions)
}

func TestWhatIfRefusesWhatAParameterDoesNotTake(t *testing.T) {
	a := apptest.Sample(t)
	for name, c := range map[string]struct {
		key, value string
		code       models.Code
	}{
		"a number too large":          {"meeting_min_count", "100", models.Invalid},
		"no such choice":              {"relationship_unit", "町内会", models.Invalid},
		"no such parameter":           {"moon_phase", "1", models.NotFound},
		"a word other than yes or no": {"allow_phone", "たぶん", models.Invalid},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := a.WhatIf(context.Background(), 202611, map[string]string{c.key: c.value})
			assert.Equal(t, c.code, models.ErrorCode(err))
		})
	}
}

// An effect equals what saving gives, whatever is saved: each change is really
// made, and every verdict compared.
func TestAnEffectIsWhatSavingWouldGive(t *testing.T) {
	ctx := context.Background()
	a := apptest.Sample(t)
	last := func(b *models.Book) models.JointGuidance { return b.Sessions[len(b.Sessions)-1] }
	total := 0
	for name, build := range map[string]func(*models.Book) []app.Step{
		"a ward": func(b *models.Book) []app.Step {
			w := b.Wards[0]
			w.FiledFrom = 2026_09_01
			return []app.Step{app.Put(w)}
		},
		"staff": func(b *models.Book) []app.Step { m := b.Staff[2]; m.To = 2026_08_31; return []app.Step{app.Put(m)} },
		"a 規程":  func(b *models.Book) []app.Step { p := b.Policies[1]; p.AnnouncedOn = 0; return []app.Step{app.Put(p)} },
		"a 規程 renamed": func(b *models.Book) []app.Step {
			p := b.Policies[1]
			p.Edition, p.Version = "改訂版", 0
			return []app.Step{app.Remove(b.Policies[1]), app.Put(p)}
		},
		"a 規程 deleted":      func(b *models.Book) []app.Step { return []app.Step{app.Remove(b.Policies[0])} },
		"a care manager":    func(b *models.Book) []app.Step { c := b.CareManagers[0]; c.SharedOn = 0; return []app.Step{app.Put(c)} },
		"a session":         func(b *models.Book) []app.Step { g := last(b); g.CareManager = ""; return []app.Step{app.Put(g)} },
		"a session deleted": func(b *models.Book) []app.Step { return []app.Step{app.Remove(b.Sessions[0])} },
		"a new session": func(b *models.Book) []app.Step {
			g := last(b)
			g.Number, g.Version, g.Claim, g.ClaimMonth = "", 0, "", 0
			return []app.Step{app.New(&g)}
		},
		"an admission": func(b *models.Book) []app.Step {
			adm := b.Admissions[len(b.Admissions)-1]
			adm.ChainKey, adm.PatientWishes = "鍵", models.No
			return []app.Step{app.Put(adm)}
		},
		"a parameter": func(b *models.Book) []app.Step {
			return []app.Step{app.Put(models.Setting{Key: "relationship_unit", Value: fee.Office, Version: versionOf(b, "relationship_unit")})}
		},
		"one more attendee at a meeting": func(b *models.Book) []app.Step {
			c := models.CareManager{Name: "新しい人", Qualification: models.QualifiedCM, CanPlan: models.Yes}
			return []app.Step{app.New(&c), app.Then(func() []app.Step {
				return []app.Step{app.Put(models.Attendance{Meeting: b.Meetings[0].Code, Kind: models.AttendeeCM, Code: c.Code})}
			})}
		},
	} {
		t.Run(name, func(t *testing.T) {
			before := judged(t, a)
			steps := build(before.Facts.Book)
			e, err := a.Effect(ctx, steps...)
			require.NoError(t, err)
			require.Same(t, before, judged(t, a))
			undo, err := a.Do(ctx, name, steps...)
			require.NoError(t, err)
			after := judged(t, a)
			sum := 0
			for _, v := range after.Verdicts {
				sum += v.Points
			}
			for _, v := range before.Verdicts {
				sum -= v.Points
			}
			assert.Equal(t, sum, e.After-e.Before)
			var want, got []string
			for _, v := range after.Verdicts {
				if was := before.Verdict(v.Session.Number); was == nil || was.Result != v.Result || was.Points != v.Points {
					want = append(want, fmt.Sprint(v.Session.On, v.Result, v.Points))
				}
			}
			for _, v := range before.Verdicts {
				if after.Verdict(v.Session.Number) == nil {
					want = append(want, fmt.Sprint(v.Session.On, "gone"))
				}
			}
			for _, c := range e.Changes {
				switch {
				case !c.Reclassified():
				case c.After.Result == "":
					got = append(got, fmt.Sprint(c.Before.Session.On, "gone"))
				default:
					got = append(got, fmt.Sprint(c.After.Session.On, c.After.Result, c.After.Points))
				}
			}
			assert.ElementsMatch(t, want, got)
			total += len(got)
			_, err = a.TakeBack(ctx, undo)
			require.NoError(t, err)
		})
	}
	assert.Greater(t, total, 20, "the changes change something")
}

func versionOf(book *models.Book, key string) int {
	for _, s := range book.Settings {
		if s.Key == key {
			return s.Version
		}
	}
	return 0
}
