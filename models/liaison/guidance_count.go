package liaison

import (
	"slices"

	"renkei/models"
	"renkei/models/fee"
)

// count is 実績①: the days of the claims, and the 7a days that may be counted
// beside them (疑義解釈 その1 問24).
type count struct {
	claims    []models.Date
	multiDays []models.Date
}

func (c count) within(p models.Period) int {
	n := 0
	for _, days := range [][]models.Date{c.claims, c.multiDays} {
		for _, d := range days {
			if p.Covers(d) {
				n++
			}
		}
	}
	return n
}

// chainCount is what one chain holds of the count.
type chainCount struct {
	claims int
	used   map[models.Date]bool
	multi  []models.Date
}

// tally collects 実績① over the whole book: the sessions that are claims by the
// given reading, and per chain the earliest 7a days, up to the two an
// admission allows.
func tally(verdicts []fee.Verdict, isClaim func(*fee.Verdict) bool) count {
	chains := make(map[string]*chainCount)
	var c count
	for i := range verdicts {
		v := &verdicts[i]
		chain := chains[v.Chain]
		if chain == nil {
			chain = &chainCount{used: make(map[models.Date]bool)}
			chains[v.Chain] = chain
		}
		switch {
		case isClaim(v):
			chain.claims++
			chain.used[v.Session.On] = true
			c.claims = append(c.claims, v.Session.On)
		case onlyMultiAgency(v):
			chain.multi = append(chain.multi, v.Session.On)
		}
	}
	for _, chain := range chains {
		c.multiDays = append(c.multiDays, chain.countableDays()...)
	}
	return c
}

func (c *chainCount) countableDays() []models.Date {
	days := slices.DeleteFunc(c.multi, func(d models.Date) bool { return c.used[d] })
	slices.Sort(days)
	days = slices.Compact(days)
	return days[:min(len(days), max(0, maxPerAdmission-c.claims))]
}

// onlyMultiAgency tells whether a session would be billable but for the
// 多機関共同指導加算 of its day: code 7a, not recorded, 7b and 7c met, and fit for
// 指導料1 or 2.
func onlyMultiAgency(v *fee.Verdict) bool {
	return v.Code == "7a" && !v.Session.Claim.Recorded() && v.Meets("7b") && v.Meets("7c") && (v.Fits1 || v.Fits2)
}

// FeeCount is 実績① of a period by its two readings.
type FeeCount struct{ Confirmed, Projected int }

// FeeCounts works out 実績① of several periods: what is claimed (確定) and what
// is judged billable (見込), with the 7a days that count beside them.
func FeeCounts(verdicts []fee.Verdict, periods ...models.Period) []FeeCount {
	confirmed, projected := tally(verdicts, Counted), tally(verdicts, billable)
	counts := make([]FeeCount, len(periods))
	for i, p := range periods {
		counts[i] = FeeCount{confirmed.within(p), projected.within(p)}
	}
	return counts
}
