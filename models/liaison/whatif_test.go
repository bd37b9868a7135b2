package liaison_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/models"
	"renkei/models/booktest"
	"renkei/models/fee"
	"renkei/models/liaison"
)

// judgedBook returns facts and verdicts of a book under its own 設定.
func judgedBook(t *testing.T, b *models.Book) (*fee.Facts, fee.Rules, []fee.Verdict) {
	t.Helper()
	params, aside := fee.ParamsOf(b.Settings)
	require.Empty(t, aside)
	rules, err := shippedRules()
	require.NoError(t, err)
	facts := fee.NewFacts(b, params)
	return facts, rules, booktest.Judge(t, facts, rules)
}

// autumn is a scope that covers the sessions of the cases.
var autumn = liaison.Scope{Period: models.Period{From: 2026_06_01, To: 2027_03_31}, AsOf: 2027_03_31}

func TestWhatIfNamesTheOneThingThatWasMissing(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*models.Book)
		want   liaison.Action
	}{
		"a meeting": {
			func(b *models.Book) { b.Meetings, b.Attendances = nil, nil },
			liaison.Action{Kind: liaison.ActMeeting, People: []string{"M1"}, On: 2026_08_21},
		},
		"contacts not shared, which a meeting mends as well": {
			func(b *models.Book) { b.CareManagers[0].SharedOn = 0 },
			liaison.Action{Kind: liaison.ActMeeting, People: []string{"M1"}, On: 2026_08_21},
		},
		"a policy made known": {
			func(b *models.Book) { b.Policies[0].AnnouncedOn = 0 },
			liaison.Action{Kind: liaison.ActPolicy, On: 2026_08_22},
		},
		"a filing": {
			func(b *models.Book) { b.Wards[0].FiledFrom = 0 },
			liaison.Action{Kind: liaison.ActFiling, Key: "3A", Name: "3階東", On: 2026_09_01},
		},
		"somebody of the department": {
			func(b *models.Book) {
				for i := range b.Sessions {
					byDoctor(&b.Sessions[i])
				}
			},
			liaison.Action{Kind: liaison.ActAttend},
		},
		"an agreement": {
			func(b *models.Book) { set(b, "require_local_agreement", "true") },
			liaison.Action{Kind: liaison.ActAgreement, Key: "P1", Name: "さくら居宅", On: 2026_08_21},
		},
	} {
		t.Run(name, func(t *testing.T) {
			b := hospital()
			stay(b, "3A", claimed{on: "2026-09-01"}, claimed{on: "2026-09-10"})
			stay(b, "3A", claimed{on: "2026-09-03"})
			c.change(b)
			facts, rules, verdicts := judgedBook(t, b)

			actions := liaison.WhatIf(facts, rules, verdicts, autumn.Sessions(verdicts))

			require.NotEmpty(t, actions)
			c.want.Turned, c.want.Points = []string{"G00000", "G00001", "G00002"}, 300
			assert.Equal(t, c.want, actions[0], "from three sessions of 指導料1 to three of 指導料2")
		})
	}
}

func TestWhatIfIsSilentWhereNothingWouldHelp(t *testing.T) {
	b := hospital()
	stay(b, "3A", claimed{on: "2026-09-01"})                            // already 指導料2
	stay(b, "5R", claimed{on: "2026-09-01"})                            // 包括
	stay(b, "3A", claimed{on: "2026-09-01", claim: models.ClaimNone})   // decided not to bill
	stay(b, "3A", claimed{on: "2026-05-20"}, claimed{on: "2026-06-02"}) // bound by the old fee
	facts, rules, verdicts := judgedBook(t, b)

	assert.Empty(t, liaison.WhatIf(facts, rules, verdicts, autumn.Sessions(verdicts)))
}

func TestWaterfallOfAnAdmissionLosesAtMostTwoPlaces(t *testing.T) {
	b := hospital()
	b.CareManagers[0].SharedOn = 0
	stay(b, "3A", claimed{on: "2026-09-01"}, claimed{on: "2026-09-05", edit: byDoctor}, claimed{on: "2026-09-09"})
	facts, rules, verdicts := judgedBook(t, b)

	w := liaison.Fee2Waterfall(facts, rules, verdicts, autumn.Sessions(verdicts))

	assert.Equal(t, 3, w.All)
	assert.Empty(t, w.Fee2)
	assert.Equal(t, 200, w.Points(), "two sessions of 指導料1 instead of two of 指導料2, the third has no place")
	var codes []string
	for _, s := range w.Steps {
		codes = append(codes, s.Code)
	}
	assert.Equal(t, []string{"9", "11b", "11e"}, codes)
	assert.Equal(t, 1000, w.Steps[1].Yen())
}
