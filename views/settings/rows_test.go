package settings

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"

	"renkei/models"
	"renkei/models/fee"
)

func TestFit(t *testing.T) {
	past, now := models.Period{From: 2022_04_01, To: 2025_03_31}, models.Period{From: 2025_04_01}
	for name, c := range map[string]struct {
		others  []models.Period
		period  models.Period
		shorten bool
		cut     []int
		problem string
	}{
		"the first period":                       {nil, now, false, nil, ""},
		"after a closed one":                     {[]models.Period{past}, now, false, nil, ""},
		"following an open one ends it":          {[]models.Period{past, now}, models.Period{From: 2026_04_01}, true, []int{1}, ""},
		"an open one in the way is not ended":    {[]models.Period{now}, models.Period{From: 2026_04_01}, false, nil, "2025-04-01〜からの期間と重なります"},
		"the same first day":                     {[]models.Period{now}, now, true, nil, "同じ日（2025-04-01）に始まる期間"},
		"before a later one without an end":      {[]models.Period{now}, models.Period{From: 2024_04_01}, true, nil, "2025-04-01に始まる期間と重なります"},
		"before a later one with an end in time": {[]models.Period{now}, models.Period{From: 2024_04_01, To: 2025_03_31}, true, nil, ""},
	} {
		t.Run(name, func(t *testing.T) {
			cut, problem := fit(c.others, c.period, c.shorten)
			assert.Equal(t, c.cut, cut)
			if c.problem == "" {
				assert.Empty(t, problem)
				return
			}
			assert.Contains(t, problem, c.problem)
		})
	}
}

func TestNoDayEverHasTwoPeriods(t *testing.T) {
	day := rapid.Custom(func(t *rapid.T) models.Date {
		return models.Date(2026_01_01).AddDays(rapid.IntRange(0, 40).Draw(t, "day"))
	})
	rapid.Check(t, func(t *rapid.T) {
		var periods []models.Period
		for range rapid.IntRange(1, 6).Draw(t, "periods") {
			p := models.Period{From: day.Draw(t, "from")}
			if rapid.Bool().Draw(t, "ends") {
				p.To = p.From.AddDays(rapid.IntRange(0, 20).Draw(t, "days"))
			}
			cut, problem := fit(periods, p, rapid.Bool().Draw(t, "shorten"))
			if problem != "" {
				continue
			}
			for _, i := range cut {
				periods[i].To = p.From.AddDays(-1)
			}
			periods = append(periods, p)
		}
		for d := models.Date(2026_01_01); d < 2026_04_01; d = d.AddDays(1) {
			n := 0
			for _, p := range periods {
				if p.Covers(d) {
					n++
				}
			}
			assert.LessOrEqual(t, n, 1, d)
		}
	})
}

func TestParamRows(t *testing.T) {
	params := fee.DefaultParams()
	params.RelationshipUnit = fee.Office
	rows := ParamRows(params)
	assert.Len(t, rows, len(fee.Definitions)-len(hospitalFacts))
	for _, r := range rows {
		assert.NotEmpty(t, r.Definition.Words, r.Definition.Name)
		assert.Equal(t, r.Definition.Name == "relationship_unit", r.Changed, r.Definition.Name)
		if r.Changed {
			assert.Equal(t, "事業所", r.Shown)
			assert.Equal(t, "本人", r.Default)
		}
	}
}

func TestMovingTheFirstDayOfAPeriodMovesTheRow(t *testing.T) {
	ward := models.Ward{Code: "3E", Name: "3東", ValidFrom: 2024_04_01, Class: models.WardClassI, FeeTreatment: models.FeeSeparate, Version: 3}
	moved := ward
	moved.ValidFrom = 2024_05_01
	steps, problems := wardPeriods.steps([]models.Ward{ward}, ward, &moved, false, 2026_11_22)
	assert.Empty(t, problems)
	assert.Len(t, steps, 2, "the old row goes, the new one comes")
	moved.ValidTo = 2099_12_31
	_, problems = wardPeriods.steps([]models.Ward{ward}, ward, &moved, false, 2026_11_22)
	assert.Equal(t, "有効終了: 『2099-12-31』は今日（2026-11-22）から10年より先の日付です。続いているときは空欄にし、そうでなければ年を確かめてください", problems[0].String())
	_, problems = wardPeriods.steps(nil, models.Ward{}, &models.Ward{Code: "9"}, false, 2026_11_22)
	assert.NotEmpty(t, problems)
}

func TestAllFaultsOfAPeriodAreFoundAtOnce(t *testing.T) {
	ward := models.Ward{Code: "3E", Name: "3東", ValidFrom: 2024_04_01, Class: models.WardClassI, FeeTreatment: models.FeeSeparate, Version: 3}
	for name, c := range map[string]struct {
		after   models.Ward
		follows bool
		want    []string
	}{
		"a code that is taken and a blank name": {models.Ward{Code: "3E", ValidFrom: 2026_04_01, Class: models.WardClassI, FeeTreatment: models.FeeSeparate}, false,
			[]string{"病棟名", "病棟コード"}},
		"no room, a blank name and a 届出 that ends before it begins": {models.Ward{Code: "3E", ValidFrom: 2024_04_01, Class: models.WardClassI, FeeTreatment: models.FeeSeparate,
			FiledFrom: 2026_04_01, FiledTo: 2026_03_31}, true, []string{"病棟名", "加算1届出終了", "有効開始"}},
		"no first day is no overlap": {models.Ward{Code: "3E", Name: "3東", Class: models.WardClassI, FeeTreatment: models.FeeSeparate}, true, []string{"有効開始"}},
	} {
		t.Run(name, func(t *testing.T) {
			steps, problems := wardPeriods.steps([]models.Ward{ward}, models.Ward{}, &c.after, c.follows, 2026_11_22)
			var fields []string
			for _, p := range problems {
				fields = append(fields, p.Field)
			}
			assert.Equal(t, c.want, fields)
			assert.Empty(t, steps)
		})
	}
}
