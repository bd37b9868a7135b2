package liaison

import (
	"renkei/models"
	"renkei/models/fee"
)

// Known is the register as it was known on a day: what lists and states of that
// day are made of. The figures of the monitors are judged on the whole book
// (fee-rules 11-4), where the day limits only what is counted.
type Known struct {
	Facts *fee.Facts
	// Verdicts are those of the sessions held up to the day (or without one),
	// with the dates known then; the result is that of the whole book.
	Verdicts []fee.Verdict
	// Turned are of these the ones that a later record judges otherwise, by 指導番号.
	Turned []Turned

	// Whole and WholeVerdicts are the whole register, for the monitors.
	Whole         *fee.Facts
	WholeVerdicts []fee.Verdict
}

// Together is a register whose verdicts are its own, for what judges sessions anew:
// that of the day, but the whole one where later sessions turned some.
func (k Known) Together() (*fee.Facts, []fee.Verdict) {
	if len(k.Turned) > 0 {
		return k.Whole, k.WholeVerdicts
	}
	return k.Facts, k.Verdicts
}

// Turned is a session that a later one turned through the limits of its
// admission: how the records up to the day judge it, and how all of them do. Of a
// day of 多機関共同指導加算 both may be the same, and only the count of 実績① differ.
type Turned struct{ Then, Now fee.Verdict }

// Why says what came of it.
func (t Turned) Why() string {
	if sameVerdict(&t.Then, &t.Now) {
		return "同じ入院の後の算定により、多機関共同指導加算の日として実績①に数えるかどうかが変わりました（1入院2回まで）"
	}
	return t.Now.Reason
}

// KnownOn finds what was known on a day; verdicts are those of the whole book.
func KnownOn(f *fee.Facts, rules fee.Rules, verdicts []fee.Verdict, on models.Date) Known {
	book := f.Book.Until(on)
	if book == f.Book {
		return Known{Facts: f, Verdicts: verdicts, Whole: f, WholeVerdicts: verdicts}
	}
	k := Known{Facts: fee.NewFacts(book, f.Params), Whole: f, WholeVerdicts: verdicts}
	now := make(map[string]*fee.Verdict, len(verdicts))
	for i := range verdicts {
		now[verdicts[i].Session.Number] = &verdicts[i]
	}
	k.Verdicts = fee.JudgeAll(k.Facts, rules)
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
	return k
}

// countedNumbers tells of sessions by 指導番号 whether they make one of 実績①: by
// what is claimed, and by what is judged.
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

// sameVerdict tells whether two verdicts of one session say the same of it.
func sameVerdict(a, b *fee.Verdict) bool {
	return a.Result == b.Result && a.Points == b.Points && a.Code == b.Code
}

// takeResult gives a verdict the result of the whole book; what was recorded by
// the day stays.
func takeResult(v, whole *fee.Verdict) {
	v.Result, v.Points, v.Code, v.Reason, v.Advice = whole.Result, whole.Points, whole.Code, whole.Reason, whole.Advice
	v.Plan, v.T1, v.T2, v.FirstClaimOn = whole.Plan, whole.T1, whole.T2, whole.FirstClaimOn
}
