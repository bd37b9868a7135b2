package app

import (
	"context"
	"slices"
	"strings"

	"renkei/models"
	"renkei/models/fee"
)

// WhatIf is what other parameters would change in the verdicts of a month.
// Nothing is saved.
type WhatIf struct {
	Month    models.Month
	Sessions int // of the month
	Changes  []VerdictChange
	// Before and After are the points of all sessions of the month.
	Before, After int
}

// VerdictChange is one session whose verdict or warnings would change.
type VerdictChange struct{ Before, After fee.Verdict }

// Reclassified reports whether the result or the points change, and not only
// the reason or what is to be checked.
func (c VerdictChange) Reclassified() bool {
	return c.Before.Result != c.After.Result || c.Before.Points != c.After.Points
}

// Reclassified counts the sessions whose result or points change.
func (w WhatIf) Reclassified() int {
	n := 0
	for _, c := range w.Changes {
		if c.Reclassified() {
			n++
		}
	}
	return n
}

// WhatIf judges the sessions of a month as if 設定 held the given values, by
// their names; a blank value is the default, a blank month is all of them. A
// value its parameter does not take is an error. Only the chains of the month
// are judged, for the limits of an admission span months.
func (a *App) WhatIf(ctx context.Context, month models.Month, values map[string]string) (WhatIf, error) {
	judged, err := a.Judged(ctx)
	if err != nil {
		return WhatIf{}, err
	}
	return judged.WhatIf(ctx, month, values)
}

// WhatIf is App.WhatIf on a register that was judged already.
func (j *Judged) WhatIf(ctx context.Context, month models.Month, values map[string]string) (WhatIf, error) {
	return j.whatIf(ctx, month, values, func(*models.JointGuidance) bool { return true })
}

// whatIf is WhatIf of the chains that hold a session of the month which the
// change may touch.
func (j *Judged) whatIf(ctx context.Context, month models.Month, values map[string]string, touched func(*models.JointGuidance) bool) (WhatIf, error) {
	params, err := paramsWith(j.Facts.Params, values)
	if err != nil {
		return WhatIf{}, err
	}
	facts := fee.NewFacts(j.Facts.Book, params)
	w := WhatIf{Month: month}
	in := func(s *models.JointGuidance) bool { return month.IsZero() || s.On.Month() == month }
	for _, chain := range fee.Chains(facts) {
		if ctx.Err() != nil || !slices.ContainsFunc(chain, func(s *models.JointGuidance) bool { return in(s) && touched(s) }) {
			continue
		}
		for _, after := range fee.Judge(chain, facts, j.Rules) {
			before := j.Verdict(after.Session.Number)
			if in(&after.Session) && before != nil {
				w.add(*before, after)
			}
		}
	}
	slices.SortFunc(w.Changes, func(a, b VerdictChange) int {
		return strings.Compare(a.Before.Session.Number, b.Before.Session.Number)
	})
	return w, ctx.Err()
}

// policyParameter is the 規程の基準日, whose default was 指導日まで in earlier
// programs.
const policyParameter = "policy_must_precede"

// PolicyChange lists the sessions that are judged otherwise than by the older
// default of 規程の基準日, for a register that does not say which it wants. What
// was confirmed stays as it was confirmed.
func (j *Judged) PolicyChange(ctx context.Context) ([]VerdictChange, error) {
	if slices.ContainsFunc(j.Facts.Book.Settings, func(s models.Setting) bool { return s.Key == policyParameter }) {
		return nil, nil
	}
	// The two readings agree where no 規程 came into force or was made known
	// between the admission and the session.
	between := func(s *models.JointGuidance) bool {
		return slices.ContainsFunc(j.Facts.Book.Policies, func(p models.Policy) bool {
			within := func(d models.Date) bool { return d > s.AdmittedOn && d <= s.On }
			return within(p.EffectiveOn) || within(p.AnnouncedOn)
		})
	}
	w, err := j.whatIf(ctx, 0, map[string]string{policyParameter: fee.Session}, between)
	if err != nil {
		return nil, err
	}
	var changes []VerdictChange
	for _, c := range w.Changes {
		if c.Reclassified() {
			changes = append(changes, VerdictChange{Before: c.After, After: c.Before})
		}
	}
	return changes, nil
}

func paramsWith(p fee.Params, values map[string]string) (fee.Params, error) {
	for name, value := range values {
		def, ok := fee.DefinitionOf(name)
		if !ok {
			return p, models.Errorf(models.NotFound, "判定基準『%s』はありません", name)
		}
		if strings.TrimSpace(value) == "" {
			value = def.Default
		}
		if err := def.Set(&p, value); err != nil {
			return p, err
		}
	}
	return p, nil
}

func (w *WhatIf) add(before, after fee.Verdict) {
	w.Sessions++
	w.Before += before.Points
	w.After += after.Points
	c := VerdictChange{before, after}
	if c.Reclassified() || before.Reason != after.Reason || !slices.Equal(before.Warnings, after.Warnings) {
		w.Changes = append(w.Changes, c)
	}
}
