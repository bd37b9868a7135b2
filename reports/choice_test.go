package reports

import (
	"context"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/models"
	"renkei/models/fee"
)

func TestBlankDatesOfAChoiceAreFilledIn(t *testing.T) {
	const today models.Date = 2026_11_22
	facts := fee.NewFacts(&models.Book{}, fee.DefaultParams())
	for name, c := range map[string]struct {
		choice Choice
		asOf   models.Date
		period models.Period
	}{
		"no period: this fiscal year to today": {Choice{}, today, models.Period{From: 2026_04_01, To: today}},
		"an end only: its own fiscal year": {
			Choice{Period: models.Period{To: 2026_03_31}}, today, models.Period{From: 2025_04_01, To: 2026_03_31},
		},
		"a given period stays": {
			Choice{AsOf: 2026_06_30, Period: models.Period{From: 2026_05_01, To: 2026_05_31}},
			2026_06_30, models.Period{From: 2026_05_01, To: 2026_05_31},
		},
	} {
		t.Run(name, func(t *testing.T) {
			r := RequestOf(facts, fee.Rules{}, nil, models.Extent{}, today, c.choice)
			assert.Equal(t, c.asOf, r.AsOf)
			assert.Equal(t, c.period, r.Period)
			assert.Equal(t, today, r.OutputOn)
		})
	}
}

func TestTheSetOfAMonthStopsAtItsEndOrToday(t *testing.T) {
	for name, c := range map[string]struct {
		month  models.Month
		asOf   models.Date
		period models.Period
	}{
		"a past month":              {2026_03, 2026_03_31, models.Period{From: 2025_04_01, To: 2026_03_31}},
		"the current month":         {2026_11, 2026_11_22, models.Period{From: 2026_04_01, To: 2026_11_22}},
		"the first month of a year": {2026_04, 2026_04_30, models.Period{From: 2026_04_01, To: 2026_04_30}},
		"a future month":            {2026_12, 2026_11_22, models.Period{From: 2026_04_01, To: 2026_11_22}},
	} {
		t.Run(name, func(t *testing.T) {
			r := Request{Month: c.month, OutputOn: 2026_11_22, Key: "P001", Ward: "3E", Area: "みなと市", Blank: true}.OfMonth()
			assert.Equal(t, c.asOf, r.AsOf)
			assert.Equal(t, c.period, r.Period)
			assert.Empty(t, r.Key+r.Ward+r.Area)
			assert.False(t, r.Blank)
		})
	}
}

func TestWhatAReportCannotUseIsRefused(t *testing.T) {
	whole := Request{Month: 2026_10, AsOf: 2026_11_22, Period: models.Period{From: 2026_04_01, To: 2026_11_22}}
	with := func(change func(*Request)) Request { r := whole; change(&r); return r }
	for name, c := range map[string]struct {
		kind Kind
		r    Request
		says string
	}{
		"everything given":         {Kind{Basis: ByMonth}, whole, ""},
		"no month":                 {Kind{Basis: ByMonth}, with(func(r *Request) { r.Month = 0 }), "月を指定"},
		"a reversed period":        {Kind{Basis: ByPeriod}, with(func(r *Request) { r.Period.To = 2026_03_31 }), "前です"},
		"one that takes no key":    {Kind{Basis: ByDate}, with(func(r *Request) { r.Key = "P001" }), "1件に絞れません"},
		"of one record":            {Kind{Basis: ByDate, KeyName: "連携先"}, with(func(r *Request) { r.Key = "P001" }), ""},
		"one that takes no ward":   {Kind{Basis: ByPeriod}, with(func(r *Request) { r.Ward = "3E" }), "病棟・地域に絞れません"},
		"one that takes no town":   {Kind{Basis: ByPeriod}, with(func(r *Request) { r.Area = "みなと市" }), "病棟・地域に絞れません"},
		"of a ward":                {Kind{Basis: ByPeriod, Narrows: true}, with(func(r *Request) { r.Ward, r.Area = "3E", "みなと市" }), ""},
		"one without a blank form": {Kind{Basis: ByDate}, with(func(r *Request) { r.Blank = true }), "用紙はありません"},
		"a form to sign":           {Kind{Basis: ByDate, HasBlank: true}, with(func(r *Request) { r.Blank = true }), ""},
	} {
		t.Run(name, func(t *testing.T) {
			err := c.kind.Check(c.r)
			if c.says == "" {
				assert.NoError(t, err)
				return
			}
			assert.Equal(t, models.Invalid, models.ErrorCode(err))
			assert.ErrorContains(t, err, c.says)
		})
	}
}

func asItIs(_ context.Context, _ Kind, r Request) (Request, error) { return r, nil }

func TestASetThatIsStoppedSaysSoAndLeavesWholeFiles(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	r := Request{
		Facts: fee.NewFacts(&models.Book{}, fee.DefaultParams()), OutputOn: 2026_11_22, Month: 2026_10,
	}
	folder := t.TempDir()
	var told []string

	files, err := WriteSet(ctx, folder, r, asItIs, func(what string, done, total int) {
		told = append(told, what)
		assert.Equal(t, len(Kinds), total)
		stop()
	})

	assert.Equal(t, models.Canceled, models.ErrorCode(err))
	assert.Empty(t, files)
	assert.Equal(t, []string{Kinds[0].Title}, told)
	left, err := filepath.Glob(filepath.Join(folder, "*"))
	require.NoError(t, err)
	assert.Empty(t, left)
}

func TestContentsCountTheRecordsOfTheDays(t *testing.T) {
	book := &models.Book{
		Partners: []models.Partner{{Code: "P001"}, {Code: "P002"}},
		Sessions: []models.JointGuidance{{Number: "S1", On: 2026_10_08}, {Number: "S2", On: 2025_10_08}, {Number: "S3"}},
		Contacts: []models.Contact{{Number: "K1", On: 2026_03_31}, {Number: "K2", On: 2026_04_01}},
		Meetings: []models.Meeting{{Code: "M1", HeldOn: 2026_11_23}},
	}
	r := Request{
		Facts: fee.NewFacts(book, fee.DefaultParams()), AsOf: 2026_11_23, Month: 2026_10,
		Period:   models.Period{From: 2026_04_01, To: 2026_11_22},
		Verdicts: []fee.Verdict{{Session: book.Sessions[0], Result: fee.Fee1}, {Session: book.Sessions[1], Result: fee.Fee1}},
	}
	assert.Equal(t, "共同指導 1件（算定できる 1件 ・ 要対応 0件）", Kind{Basis: ByMonth}.Contents(r))
	assert.Equal(t, "連携先 2か所 ・ 共同指導 1件 ・ やり取り 1件 ・ 会議 0件", coverageKind.Contents(r))
	assert.Equal(t, "10施設", Kind{Counts: func(Request) string { return "10施設" }}.Contents(r))
	r.Blank = true
	assert.Equal(t, "手で書き込む用紙です", Kind{HasBlank: true}.Contents(r))
}
