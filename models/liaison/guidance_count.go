package liaison

import (
	"cmp"
	"slices"

	"renkei/models"
	"renkei/models/fee"
)

// CountedSession is a session that counts 1 in 実績①.
type CountedSession struct {
	Number string // 指導番号
	On     models.Date
}

// count is 実績①: the claims, and for each 7a day counted beside them (疑義解釈
// その1 問24) its first session.
type count []CountedSession

func (c count) within(p models.Period) int {
	n := 0
	for _, s := range c {
		if p.Covers(s.On) {
			n++
		}
	}
	return n
}

// chainCount is what one chain adds to the count.
type chainCount struct {
	claims int
	used   map[models.Date]bool
	multi  []CountedSession
}

// tally collects 実績① over the whole book: the sessions isClaim accepts, and
// the earliest 7a days of each chain, up to the two an admission allows.
func tally(verdicts []fee.Verdict, isClaim func(*fee.Verdict) bool) count {
	var c count
	chains := make(map[string]*chainCount) // the few with a 7a day
	for i := range verdicts {
		v := &verdicts[i]
		session := CountedSession{v.Session.Number, v.Session.On}
		switch {
		case isClaim(v):
			c = append(c, session)
		case onlyMultiAgency(v):
			if chains[v.Chain] == nil {
				chains[v.Chain] = &chainCount{used: make(map[models.Date]bool)}
			}
			chains[v.Chain].multi = append(chains[v.Chain].multi, session)
		}
	}
	if len(chains) == 0 {
		return c
	}
	for i := range verdicts {
		v := &verdicts[i]
		if chain := chains[v.Chain]; chain != nil && isClaim(v) {
			chain.claims++
			chain.used[v.Session.On] = true
		}
	}
	for _, chain := range chains {
		c = append(c, chain.countableDays()...)
	}
	return c
}

func (c *chainCount) countableDays() []CountedSession {
	days := slices.DeleteFunc(c.multi, func(s CountedSession) bool { return c.used[s.On] })
	slices.SortStableFunc(days, func(a, b CountedSession) int { return cmp.Compare(a.On, b.On) })
	days = slices.CompactFunc(days, func(a, b CountedSession) bool { return a.On == b.On })
	return days[:min(len(days), max(0, maxPerAdmission-c.claims))]
}

// onlyMultiAgency reports whether only the 多機関共同指導加算 of its day keeps
// a session from being billable: code 7a, not recorded, 7b and 7c met, and fit
// for 指導料1 or 2.
func onlyMultiAgency(v *fee.Verdict) bool {
	return v.Code == "7a" && !v.Session.Claim.Recorded() && v.Meets("7b") && v.Meets("7c") && (v.Fits1 || v.Fits2)
}

// FeeCount is 実績① of a period by both readings: claims (確定), billable (見込).
type FeeCount struct{ Confirmed, Projected int }

// FeeCounts returns 実績① of several periods: claims (確定) and billable
// sessions (見込), each with the 7a days counted beside them.
func FeeCounts(verdicts []fee.Verdict, periods ...models.Period) []FeeCount {
	confirmed, projected := tally(verdicts, Counted), tally(verdicts, billable)
	counts := make([]FeeCount, len(periods))
	for i, p := range periods {
		counts[i] = FeeCount{confirmed.within(p), projected.within(p)}
	}
	return counts
}

// CountedSessions lists the sessions that make up 実績① of all days, by claims
// (確定) and by billable sessions (見込), earliest first.
func CountedSessions(verdicts []fee.Verdict) (confirmed, projected []CountedSession) {
	confirmed, projected = tally(verdicts, Counted), tally(verdicts, billable)
	for _, list := range [][]CountedSession{confirmed, projected} {
		slices.SortFunc(list, func(a, b CountedSession) int {
			return cmp.Or(cmp.Compare(a.On, b.On), cmp.Compare(a.Number, b.Number))
		})
	}
	return confirmed, projected
}
