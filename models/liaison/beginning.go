package liaison

import (
	"renkei/models"
	"renkei/models/fee"
)

// ClaimsOf is 実績① (確定) split in two: the claims, and the days of
// 多機関共同指導加算 counted beside them (疑義解釈 その1 問24).
type ClaimsOf struct{ Claims, MultiAgency int }

// ClaimsIn returns the two parts for several periods. Their sum equals
// FeeCounts.
func ClaimsIn(verdicts []fee.Verdict, periods ...models.Period) []ClaimsOf {
	counts := FeeCounts(verdicts, periods...)
	list := make([]ClaimsOf, len(periods))
	for i, p := range periods {
		for j := range verdicts {
			if v := &verdicts[j]; Counted(v) && p.Covers(v.Session.On) {
				list[i].Claims++
			}
		}
		list[i].MultiAgency = counts[i].Confirmed - list[i].Claims
	}
	return list
}

// HokatsukiFrom is the first day of 包括期充実体制加算 (A204-4).
const HokatsukiFrom = models.RevisionDate

// Beginning says from when there is something to monitor.
type Beginning struct {
	// Records is the day of the first record of the work, blank without any.
	Records models.Date
	facts   *fee.Facts
}

// BeginningOf returns the beginning of a register whose first record is of a day
// (models.Extent).
func BeginningOf(f *fee.Facts, first models.Date) Beginning { return Beginning{first, f} }

// Kasan1Before reports a day before the first record, or a day on which no ward
// was filed for 入退院支援加算1.
func (b Beginning) Kasan1Before(on models.Date) bool {
	if b.Records == 0 || on < b.Records {
		return true
	}
	for _, s := range WardShares(b.facts, on) {
		if s.Ward.Filing().Covers(on) {
			return false
		}
	}
	return true
}

// HokatsukiBefore reports a day before the first record or before the 加算
// existed.
func (b Beginning) HokatsukiBefore(on models.Date) bool {
	return b.Records == 0 || on < b.Records || on < HokatsukiFrom
}
