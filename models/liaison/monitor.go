// Package liaison works out the figures managers watch and the daily work:
// 入退院支援加算1 (A246) and 包括期充実体制加算 (A204-4) as of a date
// (fee-rules 11-4, 11-5), 連携の状況, deadlines, the list 今日 and 引き継ぎ書.
//
// All functions are pure: they read a fee.Facts and its verdicts, which are
// shared, and never change them. A figure shown in several places is worked out
// here once. Whether a session may be billed is decided in models/fee; sheets
// and charts of the figures are in reports and views/coverage.
package liaison

import (
	"renkei/models"
	"renkei/models/fee"
)

// Figures are the monitor's figures as of a date.
type Figures struct {
	FeeCountConfirmed   int  `json:"fee_count_confirmed"`  // 実績① (確定)
	FeeCountProjected   int  `json:"fee_count_projected"`  // 実績① (見込)
	ClaimsToWithdraw    int  `json:"claims_to_withdraw"`   // 要取下げ
	A307ConsultCount    int  `json:"a307_consult_count"`   // 実績②
	ThresholdHundredths int  `json:"threshold_hundredths"` // 基準 × 100
	Fulfilled           bool `json:"fulfilled"`            // 確定① + ② > 基準
	Remaining           int  `json:"remaining"`            // 必要残数
	Partners            int  `json:"partners"`             // 連携機関
	PartnersMet3        int  `json:"partners_met3"`        // with 面会 on 3 days or more
	PartnersMet3Medical int  `json:"partners_met3_medical"`
	PartnersMet3Care    int  `json:"partners_met3_care"`
	PartnersFulfilled   bool `json:"partners_fulfilled"`
	HokatsukiConfirmed  int  `json:"hokatsuki_confirmed"`
	HokatsukiProjected  int  `json:"hokatsuki_projected"`
	Kyodo2Count3m       int  `json:"kyodo2_count_3m"` // 退院時共同指導料2
	HokatsukiFulfilled  bool `json:"hokatsuki_fulfilled"`
}

// Thresholds of the 施設基準 (通知 第26の5の1(5)).
const (
	MinPartners     = 25
	MinMenkai       = 3 // 年3回
	MinMedical      = 1
	MinCare         = 5
	MinHokatsuki    = 3
	bedsClassIRo    = 15 // hundredths per bed
	bedsClassHa     = 10
	bedsClassA307   = 5
	maxPerAdmission = 2
)

// ChiikiExemptUntil is the last day on which 地域包括ケア beds may be left out
// (疑義解釈 その7 問11).
const ChiikiExemptUntil models.Date = 2027_03_31

// LegacyHokatsukiUntil is the last day on which claims of the old fee count
// for 包括期充実体制加算 (疑義解釈 その2 問32).
const LegacyHokatsukiUntil models.Date = 2026_08_31

// Period returns the 過去1年 of A246 as of a date (Q18).
func Period(asOf models.Date, p fee.Params) models.Period {
	if p.A246Period == fee.Fiscal {
		return models.Period{From: asOf.FiscalYearStart(), To: asOf}
	}
	return models.LastMonths(asOf, 12)
}

// MonitorPart is the part of the register that Monitor needs.
func MonitorPart(asOf models.Date, p fee.Params) models.Part {
	year := Period(asOf, p)
	return models.Part{Menkai: year}.With(models.Part{Sessions: year}).With(models.Part{Sessions: models.LastMonths(asOf, 3)})
}

// Monitor works out the figures as of a date. verdicts are those of the whole
// book; the date limits only what is counted.
func Monitor(f *fee.Facts, verdicts []fee.Verdict, asOf models.Date) Figures {
	p := f.Params
	year := Period(asOf, p)
	confirmed, projected := tally(verdicts, Counted), tally(verdicts, billable)
	m := Figures{
		FeeCountConfirmed:   confirmed.within(year),
		FeeCountProjected:   projected.within(year),
		ClaimsToWithdraw:    withdrawals(verdicts, year),
		A307ConsultCount:    p.A307ConsultCount,
		ThresholdHundredths: threshold(f, asOf),
		Kyodo2Count3m:       p.Kyodo2Count3m,
	}
	done := m.FeeCountConfirmed + m.A307ConsultCount
	m.Fulfilled = 100*done > m.ThresholdHundredths
	m.Remaining = max(0, m.ThresholdHundredths/100+1-done)
	m.countPartners(StandingNow(f, asOf))
	m.countHokatsuki(verdicts, asOf)
	return m
}

// Counted reports whether a session counts as a claim in 実績①: recorded as
// billed, and not judged 算定不可.
func Counted(v *fee.Verdict) bool {
	return v.Session.Claim.Recorded() && v.Result != fee.NotBillable
}

func billable(v *fee.Verdict) bool { return v.Result.Billable() }

func withdrawals(verdicts []fee.Verdict, year models.Period) int {
	n := 0
	for i := range verdicts {
		if v := &verdicts[i]; ToWithdraw(v) && year.Covers(v.Session.On) {
			n++
		}
	}
	return n
}

// ToWithdraw reports whether a claim must be withdrawn: recorded as billed, but
// judged 算定不可.
func ToWithdraw(v *fee.Verdict) bool {
	return v.Session.Claim.Recorded() && v.Result == fee.NotBillable
}

// countHokatsuki counts 指導料2 in 包括期 wards in the last three months.
func (m *Figures) countHokatsuki(verdicts []fee.Verdict, asOf models.Date) {
	months := models.LastMonths(asOf, 3)
	for i := range verdicts {
		v := &verdicts[i]
		if v.Ward == nil || !v.Ward.Comprehensive.Is() || !months.Covers(v.Session.On) {
			continue
		}
		confirmed, projected := CountsForHokatsuki(v, asOf)
		if confirmed {
			m.HokatsukiConfirmed++
		}
		if projected {
			m.HokatsukiProjected++
		}
	}
	m.HokatsukiFulfilled = m.HokatsukiConfirmed+m.Kyodo2Count3m >= MinHokatsuki
}

// CountsForHokatsuki reports whether a session in a 包括期 ward within the
// three months counts as of a date: by claims (確定) and by billable sessions
// (見込). 指導料1 never counts.
func CountsForHokatsuki(v *fee.Verdict, asOf models.Date) (confirmed, projected bool) {
	legacy := asOf <= LegacyHokatsukiUntil
	claim := v.Session.Claim
	confirmed = Counted(v) && (claim == models.ClaimFee2 || legacy && claim == models.ClaimLegacy)
	projected = v.Result == fee.Fee2 || legacy && v.Result == fee.FeeLegacy
	return confirmed, projected
}
