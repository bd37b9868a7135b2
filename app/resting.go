package app

import (
	"slices"

	"renkei/models"
	"renkei/models/fee"
)

// RestingOn lists the confirmed 指導料2 judged by a 版 of the 規程 (通知(3)ア),
// by 指導番号. While there are any, the 版 must keep its name and its dates.
func (j *Judged) RestingOn(edition string) []*fee.Verdict {
	var resting []*fee.Verdict
	for i := range j.Verdicts {
		v := &j.Verdicts[i]
		if c := j.Facts.Book.ConfirmationOf(v.Session.Number); c != nil && c.Claim == models.ClaimFee2 && citesPolicy(v, edition) {
			resting = append(resting, v)
		}
	}
	return resting
}

func citesPolicy(v *fee.Verdict, edition string) bool {
	return slices.ContainsFunc(v.Conditions, func(c fee.Condition) bool {
		return slices.ContainsFunc(c.Evidence, func(e fee.Evidence) bool { return e.Kind == "規程" && e.Key == edition })
	})
}
