package liaison

import (
	"context"
	"renkei/models"
	"renkei/models/fee"
)

// Known is the register as known on a day. Lists and states of that day use it.
// The monitors use the whole book instead (fee-rules 11-4): there the day only
// limits what is counted.
type Known struct {
	Facts *fee.Facts
	// Verdicts are those of the sessions up to the day (or undated), with the
	// dates known then. Their results are those of the whole book.
	Verdicts []fee.Verdict
	// Turned are the sessions among them whose result a later record changed,
	// by 指導番号.
	Turned []Turned

	// Whole and WholeVerdicts are the whole register, for the monitors.
	Whole         *fee.Facts
	WholeVerdicts []fee.Verdict
}

// Together returns a register with matching verdicts, for code that judges
// again: that of the day, or the whole one if later sessions changed a result.
func (k Known) Together() (*fee.Facts, []fee.Verdict) {
	if len(k.Turned) > 0 {
		return k.Whole, k.WholeVerdicts
	}
	return k.Facts, k.Verdicts
}

// Turned is a session whose result a later session changed through the limits
// of its admission: the verdict by the records up to the day, and by all
// records. On a day of 多機関共同指導加算 both may be equal and only 実績① differs.
type Turned struct{ Then, Now fee.Verdict }

// Why says what changed.
func (t Turned) Why() string {
	if sameVerdict(&t.Then, &t.Now) {
		return "同じ入院の後の算定により、多機関共同指導加算の日として実績①に数えるかどうかが変わりました（1入院2回まで）"
	}
	return t.Now.Reason
}

// KnownOn returns what was known on a day. verdicts are those of the whole
// book. The only error is that of a cancelled ctx.
func KnownOn(ctx context.Context, f *fee.Facts, rules fee.Rules, verdicts []fee.Verdict, on models.Date) (Known, error) {
	return knownOn(ctx, f, rules, verdicts, on, nil)
}

// MonitoredOn is KnownOn for the monitors, which look at the whole register
// (fee-rules 11-4): Verdicts holds no more than Turned rests on, the sessions of the
// patients with later records (see LaterPart).
func MonitoredOn(ctx context.Context, f *fee.Facts, rules fee.Rules, verdicts []fee.Verdict, on models.Date) (Known, error) {
	later := make(map[string]bool)
	for i := range f.Book.Admissions {
		if a := &f.Book.Admissions[i]; a.DischargedOn == 0 || a.DischargedOn >= on {
			later[a.PatientID] = true
		}
	}
	for i := range f.Book.Sessions {
		if s := &f.Book.Sessions[i]; s.On > on {
			later[s.PatientID] = true
		}
	}
	return knownOn(ctx, f, rules, verdicts, on, func(s *models.JointGuidance) bool { return later[s.PatientID] })
}

func knownOn(ctx context.Context, f *fee.Facts, rules fee.Rules, verdicts []fee.Verdict, on models.Date, asked func(*models.JointGuidance) bool) (Known, error) {
	book := f.Book.Until(on)
	if book == f.Book {
		return Known{Facts: f, Verdicts: verdicts, Whole: f, WholeVerdicts: verdicts}, nil
	}
	k := Known{Facts: fee.NewFacts(book, f.Params), Whole: f, WholeVerdicts: verdicts}
	now := make(map[string]*fee.Verdict, len(verdicts))
	for i := range verdicts {
		now[verdicts[i].Session.Number] = &verdicts[i]
	}
	judged, err := fee.JudgeSome(ctx, k.Facts, rules, asked)
	if err != nil {
		return Known{}, err
	}
	k.Verdicts = judged
	countedThen, countedNow := countedNumbers(k.Verdicts), countedNumbers(verdicts)
	for i := range k.Verdicts {
		then := &k.Verdicts[i]
		whole := now[then.Session.Number]
		if whole == nil || sameVerdict(then, whole) && countedThen[then.Session.Number] == countedNow[then.Session.Number] {
			continue
		}
		k.Turned = append(k.Turned, Turned{*then, *whole})
		takeResult(then, whole)
	}
	return k, nil
}

// countedNumbers returns by 指導番号 whether a session counts in 実績①: by
// claims, and by billable sessions.
func countedNumbers(verdicts []fee.Verdict) map[string][2]bool {
	numbers := make(map[string][2]bool)
	confirmed, projected := CountedSessions(verdicts)
	for i, list := range [2][]CountedSession{confirmed, projected} {
		for _, s := range list {
			of := numbers[s.Number]
			of[i] = true
			numbers[s.Number] = of
		}
	}
	return numbers
}

// sameVerdict reports whether two verdicts of one session have the same result.
func sameVerdict(a, b *fee.Verdict) bool {
	return a.Result == b.Result && a.Points == b.Points && a.Code == b.Code
}

// takeResult copies the result of the whole book into v. What was recorded by
// the day stays.
func takeResult(v, whole *fee.Verdict) {
	v.Result, v.Points, v.Code, v.Reason, v.Advice = whole.Result, whole.Points, whole.Code, whole.Reason, whole.Advice
	v.Plan, v.T1, v.T2, v.FirstClaimOn = whole.Plan, whole.T1, whole.T2, whole.FirstClaimOn
}
