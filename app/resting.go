package app

import (
	"context"
	"slices"

	"renkei/app/store"
	"renkei/models"
	"renkei/models/fee"
)

// RestingOn lists the confirmed 指導料2 judged by a 版 of the 規程 (通知(3)ア),
// by 指導番号. While there are any, the 版 must keep its name and its dates.
func (a *App) RestingOn(ctx context.Context, edition string) ([]*fee.Verdict, error) {
	frame, err := a.Judged(ctx, models.Part{})
	if err != nil {
		return nil, err
	}
	j, err := a.JudgedOnce(ctx, judgedUnder(frame.Facts.Book.Policies, edition))
	if err != nil {
		return nil, err
	}
	var resting []*fee.Verdict
	for i := range j.Verdicts {
		v := &j.Verdicts[i]
		if c := j.Facts.Book.ConfirmationOf(v.Session.Number); c != nil && c.Claim == models.ClaimFee2 && citesPolicy(v, edition) {
			resting = append(resting, v)
		}
	}
	return resting, nil
}

// judgedUnder is the part of the register with every session that a 版 was in force
// for: it is so on the 入院日 or on the 指導日, as the hospital chose (Q10). Of an
// unknown 版 it holds none.
func judgedUnder(policies []models.Policy, edition string) models.Part {
	var part models.Part
	for i := range policies {
		if p := &policies[i]; p.Edition == edition {
			since := models.Period{From: max(p.EffectiveOn, models.MinDate)}
			part = models.Part{Sessions: since, Admitted: since}
		}
	}
	return part
}

// LongestID returns the 患者ID of an 入院 with the most digits, "" when none is a
// number.
func (a *App) LongestID(ctx context.Context) (id string, err error) {
	err = a.store.Read(ctx, func(view store.View) error {
		id, err = view.LongestID()
		return err
	})
	return id, err
}

func citesPolicy(v *fee.Verdict, edition string) bool {
	return slices.ContainsFunc(v.Conditions, func(c fee.Condition) bool {
		return slices.ContainsFunc(c.Evidence, func(e fee.Evidence) bool { return e.Kind == "規程" && e.Key == edition })
	})
}
