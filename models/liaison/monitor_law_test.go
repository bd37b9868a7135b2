package liaison_test

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"renkei/models"
	"renkei/models/booktest"
	"renkei/models/fee"
	"renkei/models/liaison"
)

// year is the 過去1年 of a day by hand: from 1 April of its fiscal year, or
// from the day after the same day a year before (at a month end, from the 1st
// of the next month).
func (d drawn) year(on models.Date) models.Period {
	if d.facts.Params.A246Period == fee.Fiscal {
		y := on.Year()
		if on.Month().Number() < 4 {
			y--
		}
		return models.Period{From: models.Date(y*10000 + 401), To: on}
	}
	if on.AddDays(1).Month() != on.Month() {
		return models.Period{From: on.AddDays(1).AddMonths(-12), To: on}
	}
	return models.Period{From: on.AddMonths(-12).AddDays(1), To: on}
}

func recorded(v *fee.Verdict) bool {
	return slices.Contains([]models.Claim{models.ClaimFee1, models.ClaimFee2, models.ClaimLegacy}, v.Session.Claim)
}

// fitsButForMulti judges the register again without 多機関共同指導加算 on the
// day of a session, and with the session undecided.
func (d drawn) fitsButForMulti(t *rapid.T, v *fee.Verdict) bool {
	b := *d.book
	b.Sessions = slices.Clone(b.Sessions)
	at := 0
	for i := range b.Sessions {
		s := &b.Sessions[i]
		if s.PatientID == v.Session.PatientID && s.On == v.Session.On {
			s.MultiAgency = models.No
		}
		if s.Number == v.Session.Number {
			s.Claim, at = "", i
		}
	}
	again := booktest.Judge(t, fee.NewFacts(&b, d.facts.Params), d.rules)
	i := slices.IndexFunc(again, func(o fee.Verdict) bool { return o.Session.Number == b.Sessions[at].Number })
	return again[i].Candidate && (again[i].Fits1 || again[i].Fits2)
}

// counted lists by hand the days of 実績①: those of the sessions that count,
// and for each chain the earliest 7a days up to two in all.
func (d drawn) counted(t *rapid.T, counts func(*fee.Verdict) bool) []models.Date {
	claims := make(map[string][]models.Date)
	multi := make(map[string][]models.Date)
	for i := range d.verdicts {
		v := &d.verdicts[i]
		switch {
		case counts(v):
			claims[v.Chain] = append(claims[v.Chain], v.Session.On)
		case v.Code == "7a" && !recorded(v) && d.fitsButForMulti(t, v):
			multi[v.Chain] = append(multi[v.Chain], v.Session.On)
		}
	}
	var all []models.Date
	for _, days := range claims {
		all = append(all, days...)
	}
	for chain, days := range multi {
		slices.Sort(days)
		left := 2 - len(claims[chain])
		for _, on := range slices.Compact(days) {
			if left > 0 && !slices.Contains(claims[chain], on) {
				all = append(all, on)
				left--
			}
		}
	}
	return all
}

func countIn(days []models.Date, p models.Period) (n int) {
	for _, on := range days {
		if on >= p.From && on <= p.To {
			n++
		}
	}
	return n
}

func confirmed(v *fee.Verdict) bool { return recorded(v) && v.Result != "算定不可" }

func projected(v *fee.Verdict) bool { return v.Points > 0 }

// threshold is the 基準 by hand: 3A is イ with 45 beds, 4B ハ with 40.
func (d drawn) threshold(on models.Date) int {
	sum := 45 * 15
	w := d.book.Wards[2]
	filed := w.FiledFrom != 0 && w.FiledFrom <= on && (w.FiledTo == 0 || w.FiledTo >= on) && (w.ValidTo == 0 || w.ValidTo >= on)
	if exempt := w.CommunityCare == models.Yes && d.facts.Params.ChiikiCareExempt && on <= 2027_03_31; filed && !exempt {
		sum += 40 * 10
	}
	return sum
}

func TestTheYearlyCountIsThatOfTheRecords(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t)
		asOf := d.scope.AsOf
		year := d.year(asOf)
		byClaim, byVerdict := d.counted(t, confirmed), d.counted(t, projected)
		withdraw := 0
		for i := range d.verdicts {
			if v := &d.verdicts[i]; recorded(v) && v.Result == "算定不可" && year.Covers(v.Session.On) {
				withdraw++
			}
		}
		m := liaison.Monitor(d.facts, d.verdicts, asOf)
		require.Equal(t, []int{countIn(byClaim, year), countIn(byVerdict, year), withdraw, d.threshold(asOf)},
			[]int{m.FeeCountConfirmed, m.FeeCountProjected, m.ClaimsToWithdraw, m.ThresholdHundredths})
		done := countIn(byClaim, year) + d.facts.Params.A307ConsultCount
		require.Equal(t, 100*done > d.threshold(asOf), m.Fulfilled)
		require.Equal(t, m.Fulfilled, m.Remaining == 0)
		require.Greater(t, 100*(done+m.Remaining), d.threshold(asOf), "so many more are enough")

		sessions, judged := liaison.CountedSessions(d.verdicts)
		for i, list := range [][]liaison.CountedSession{sessions, judged} {
			var days []models.Date
			for _, s := range list {
				at := slices.IndexFunc(d.book.Sessions, func(o models.JointGuidance) bool { return o.Number == s.Number })
				require.Equal(t, d.book.Sessions[at].On, s.On)
				days = append(days, s.On)
			}
			require.True(t, slices.IsSorted(days))
			require.ElementsMatch(t, [][]models.Date{byClaim, byVerdict}[i], days)
		}
		// Ahead: what is left of the year on that day, plus the pace.
		for _, p := range liaison.CountLine(d.facts, d.verdicts, d.book.Extent().First, asOf, 2) {
			require.Equal(t, d.threshold(p.On), p.Threshold)
			for i, n := range []int{p.Confirmed, p.Projected} {
				days := [][]models.Date{byClaim, byVerdict}[i]
				require.Equal(t, d.carriedOn(days, asOf, p.On), n, "%s", p.On)
			}
		}
	})
}

// carriedOn is the count of a day by hand: the records up to asOf, then the
// pace of the three months before.
func (d drawn) carriedOn(days []models.Date, asOf, on models.Date) int {
	year := d.year(on)
	n := countIn(days, models.Period{From: year.From, To: min(on, asOf)}) + d.facts.Params.A307ConsultCount
	recent := models.Period{From: asOf.AddMonths(-3).AddDays(1), To: asOf}
	if asOf.AddDays(1).Month() != asOf.Month() {
		recent.From = asOf.AddDays(1).AddMonths(-3)
	}
	ahead := 0
	for day := asOf.AddDays(1); day <= on; day = day.AddDays(1) {
		if day >= year.From {
			ahead++
		}
	}
	return n + countIn(days, recent)*ahead/(recent.From.DaysUntil(recent.To)+1)
}

// met lists by hand the days on which our staff met an institution.
func (d drawn) met(office string, p models.Period) []models.Date {
	ours := func(staff []string) bool { return slices.Contains(staff, "S1") || slices.Contains(staff, "W1") }
	at := func(cm string, on models.Date) bool {
		o := d.facts.OfficeOf(cm, on)
		return o != nil && o.Code == office
	}
	var days []models.Date
	for _, c := range d.book.Contacts {
		there := c.Partner == office || c.Partner == "" && at(c.CareManager, c.On)
		if (c.Kind == "面会" || c.Kind == "ビデオ通話") && ours(c.Staff) && there && p.Covers(c.On) {
			days = append(days, c.On)
		}
	}
	for _, s := range d.book.Sessions {
		if d.facts.Params.GuidanceCountsAsMenkai && ours(s.Staff) && at(s.CareManager, s.On) && p.Covers(s.On) {
			days = append(days, s.On) // all are 対面
		}
	}
	slices.Sort(days)
	return slices.Compact(days)
}

// workingDays counts the working days of a span, both ends included.
func workingDays(from, to models.Date) (n int) {
	for on := from; on <= to; on = on.AddDays(1) {
		_, holiday := models.Holiday(on)
		if !holiday && on.Weekday() != time.Saturday && on.Weekday() != time.Sunday {
			n++
		}
	}
	return n
}

func TestTheInstitutionsAreThoseWeMet(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t)
		asOf := d.scope.AsOf
		april := asOf.FiscalYearStart()
		for _, c := range []struct {
			got    liaison.Partners25
			period models.Period
			end    models.Date
		}{
			{liaison.StandingNow(d.facts, asOf), d.year(asOf), asOf},
			{liaison.StandingByMarch(d.facts, asOf), models.Period{From: april, To: asOf}, models.Date((april.Year()+1)*10000 + 331)},
		} {
			require.Equal(t, []any{c.period, c.end}, []any{c.got.Period, c.got.End})
			want := make(map[string][]models.Date)
			var met, medical, care, special int
			for _, p := range d.book.Partners {
				if p.ConsultedOn == 0 || p.ConsultedOn > asOf || p.EndedOn != 0 && p.EndedOn <= asOf {
					continue
				}
				days := d.met(p.Code, c.period)
				want[p.Code] = days
				if len(days) < 3 {
					continue
				}
				met++
				if p.Kind == "病院" && p.AdvancedAcute != models.Yes {
					medical++
				}
				if p.Kind == "居宅介護支援" {
					care++
				}
				if p.SpecialRelation == models.Yes {
					special++
				}
			}
			got := make(map[string][]models.Date)
			for _, p := range c.got.Partners {
				got[p.Partner.Code] = p.Days
				require.Equal(t, max(0, 3-len(p.Days)), p.Short)
				require.Equal(t, p.StartBy != 0 && workingDays(asOf, c.end) < p.Short, p.Late)
			}
			require.Equal(t, want, got)
			require.Equal(t, []int{met, medical, care, special, 25 - met}, []int{c.got.Met, c.got.Medical, c.got.Care, c.got.Special, c.got.Short})
			require.Equal(t, d.book.Wards[0].Acute == models.Yes, c.got.Asked.Medical)
			w := d.book.Wards[2]
			require.Equal(t, w.CommunityCare == models.Yes && (w.ValidTo == 0 || w.ValidTo >= asOf), c.got.Asked.Care)
		}
	})
}
