package liaison_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"renkei/models"
	"renkei/models/fee"
	"renkei/models/liaison"
)

func forecast(t *testing.T, b *models.Book, asOf string) liaison.Outlooks {
	t.Helper()
	facts, _, verdicts := judge(t, b)
	return liaison.Forecast(facts, verdicts, day(asOf))
}

// monthly adds n claims on the 10th of each month from first to last. Claims
// before 2026-06 are 旧.
func monthly(b *models.Book, n int, first, last string) {
	for on := day(first); on <= day(last); on = on.AddMonths(1) {
		claim := models.ClaimFee1
		if on < models.RevisionDate {
			claim = models.ClaimLegacy
		}
		claims(b, n, on.String(), claim)
	}
}

// Ward 3A has 45 beds: the 基準 is 6.75, so seven claims are enough.
func TestForecast(t *testing.T) {
	for _, c := range []struct {
		name      string
		edit      func(*models.Book)
		now       int
		fulfilled bool
		on        string
	}{
		{"steady: met, and stays so", func(b *models.Book) { monthly(b, 1, "2025-12-10", "2026-11-10") }, 12, true, ""},
		{"growing from none: met on the day the pace reaches seven", func(b *models.Book) {
			claims(b, 3, "2026-11-10", models.ClaimFee1) // 3 in 91 days: the 4th more after 122 days (4·91/3 = 121.3)
		}, 3, false, "2027-04-01"},
		{"none: not met within the year", func(*models.Book) {}, 0, false, ""},
		{"dried up: missed when last year's claims drop out", func(b *models.Book) {
			claims(b, 6, "2026-02-10", models.ClaimLegacy)
			claims(b, 4, "2026-06-10", models.ClaimFee1)
		}, 10, true, "2027-02-10"},
		{"enough, but the 経過措置 ends and doubles the 基準", func(b *models.Book) {
			w := b.Wards[0]
			w.Code, w.CommunityCare = "4C", models.Yes
			b.Wards = append(b.Wards, w)
			set(b, "chiiki_care_exempt", "true")
			claims(b, 8, "2026-06-10", models.ClaimFee1)
		}, 8, true, "2027-04-01"},
		{"by fiscal year: the new year starts at zero", func(b *models.Book) {
			set(b, "a246_period", "fiscal")
			claims(b, 10, "2026-06-10", models.ClaimFee1)
		}, 10, true, "2027-04-01"},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := hospital()
			c.edit(b)
			o := forecast(t, b, "2026-11-30").Confirmed
			assert.Equal(t, c.now, o.Now)
			assert.Equal(t, c.fulfilled, o.Fulfilled)
			assert.Equal(t, c.on, o.On.String())
			assert.Equal(t, day("2027-11-30"), o.Until)
			assert.Equal(t, c.fulfilled == (c.on == ""), 100*o.Count > o.Threshold, "on the day, or at the end")
		})
	}
	t.Run("the pace is that of the last three months, by 確定 and by 見込", func(t *testing.T) {
		b := hospital()
		claims(b, 2, "2026-09-01", models.ClaimFee1)
		claims(b, 5, "2026-08-31", models.ClaimFee1)
		claims(b, 3, "2026-11-30", "") // judged billable, not recorded
		claims(b, 4, "2026-12-01", models.ClaimFee1)
		o := forecast(t, b, "2026-11-30")
		assert.Equal(t, []int{7, 2, 91}, []int{o.Confirmed.Now, o.Confirmed.Recent, o.Confirmed.Days})
		assert.Equal(t, []int{10, 5, 91}, []int{o.Projected.Now, o.Projected.Recent, o.Projected.Days})
	})
}

func TestWardSharesSayWhyAWardCountsOrNot(t *testing.T) {
	b := hospital()
	set(b, "chiiki_care_exempt", "true")
	more := func(code string, edit func(*models.Ward)) {
		w := b.Wards[0]
		w.Code = code
		edit(&w)
		b.Wards = append(b.Wards, w)
	}
	more("4C", func(w *models.Ward) { w.Class, w.CommunityCare = models.WardClassRo, models.Yes })
	more("5H", func(w *models.Ward) { w.Class, w.Beds = models.WardClassHa, 30 })
	more("6N", func(w *models.Ward) { w.FiledFrom = 0 })
	more("7P", func(w *models.Ward) {
		w.Class, w.Beds, w.FeeTreatment = models.WardClassA307, 12, models.FeeBundled
	})
	more("8X", func(w *models.Ward) { w.ValidTo = day("2026-11-21") })
	params, aside := fee.ParamsOf(b.Settings)
	require.Empty(t, aside)

	type line struct {
		code       string
		hundredths int
		why        liaison.ShareReason
	}
	var got []line
	for _, s := range liaison.WardShares(fee.NewFacts(b, params), day("2026-11-22")) {
		got = append(got, line{s.Ward.Code, s.Hundredths(), s.Why})
	}
	assert.Equal(t, []line{
		{"3A", 675, liaison.ShareCounted}, {"5R", 0, liaison.ShareBundled}, {"4C", 0, liaison.ShareExempt},
		{"5H", 300, liaison.ShareCounted}, {"6N", 0, liaison.ShareNotFiled}, {"7P", 60, liaison.ShareCounted},
	}, got)
}

func TestTheLineOfTheCountAheadIsTheForecast(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t)
		asOf := d.scope.AsOf
		line := liaison.CountLine(d.facts, d.verdicts, d.book.Extent().First, asOf, 4)
		require.Len(t, line, 4+12)
		outlook := liaison.Forecast(d.facts, d.verdicts, asOf)
		for i, p := range line {
			require.Equal(t, i >= 4, p.Ahead)
			monitor := liaison.Monitor(d.facts, d.verdicts, p.On)
			require.Equal(t, monitor.ThresholdHundredths, p.Threshold)
			if !p.Ahead {
				other := d.facts.Params.A307ConsultCount
				require.Equal(t, []int{monitor.FeeCountConfirmed + other, monitor.FeeCountProjected + other}, []int{p.Confirmed, p.Projected})
			}
			if i > 0 {
				require.Equal(t, line[i-1].On.Month().Add(1), p.On.Month())
			}
			for _, o := range []struct {
				liaison.Outlook
				count int
			}{{outlook.Confirmed, p.Confirmed}, {outlook.Projected, p.Projected}} {
				if p.Ahead && (o.On == 0 || p.On < o.On) {
					require.Equal(t, o.Fulfilled, 100*o.count > p.Threshold, "it turns on the day of the forecast, not before")
				}
				if p.On == o.On {
					require.Equal(t, []int{o.Count, o.Threshold}, []int{o.count, p.Threshold})
				}
			}
		}
		require.Equal(t, asOf, line[3].On)
		require.Equal(t, outlook.Confirmed.Until, line[15].On)
	})
}

func TestBothReadingsOfTheYearAreCounted(t *testing.T) {
	b := hospital()
	set(b, "a307_consult_count", "4")
	claims(b, 2, "2025-12-01", models.ClaimLegacy)
	claims(b, 3, "2026-04-01", models.ClaimLegacy)
	claims(b, 1, "2026-11-01", "")
	facts, _, verdicts := judgedBook(t, b)

	rolling, fiscal := liaison.YearCounts(facts, verdicts, day("2026-11-30"))

	assert.Equal(t, liaison.YearCount{Period: models.Period{From: 2025_12_01, To: 2026_11_30}, Confirmed: 2 + 3 + 4, Projected: 2 + 3 + 1 + 4}, rolling)
	assert.Equal(t, liaison.YearCount{Period: models.Period{From: 2026_04_01, To: 2026_11_30}, Confirmed: 3 + 4, Projected: 3 + 1 + 4}, fiscal)
}
