package app

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"renkei/app/ledger"
	"renkei/app/store"
	"renkei/models"
	"renkei/models/fee"
)

// Effect is what a change would do to the verdicts, in all months unless Month
// is set. Nothing is saved.
type Effect struct {
	Month    models.Month
	Sessions int // as recorded now
	// Before and After are the total points of the sessions looked at: all, or
	// those of the patients, the partner or the time that a change may touch.
	Before, After int
	Changes       []VerdictChange // by 指導番号
	// Stranded are records that would no longer be covered by a period of 職員
	// or 病棟.
	Stranded []Stranded
}

// VerdictChange is one session whose verdict or warnings would change. Before
// is zero for a new session, After for a deleted one.
type VerdictChange struct {
	Before, After fee.Verdict
	// Confirmation is the 確定 of the session, or nil.
	Confirmation *models.Confirmation
	// Closed is the closed month the session belongs to, before or after the
	// change; 0 for none.
	Closed models.Month
}

// Session returns the session after the change, or before it if deleted.
func (c VerdictChange) Session() models.JointGuidance { return c.Verdict().Session }

// Verdict returns the verdict after the change, or before it if the session is
// deleted.
func (c VerdictChange) Verdict() *fee.Verdict {
	if c.After.Result == "" {
		return &c.Before
	}
	return &c.After
}

// Reclassified reports whether the result or the points change, not only the
// reason or the warnings.
func (c VerdictChange) Reclassified() bool {
	return c.Before.Result != c.After.Result || c.Before.Points != c.After.Points
}

// Reclassified counts the sessions whose result or points change.
func (e Effect) Reclassified() int { return len(e.reclassified(nil)) }

// Bound lists the sessions whose result or points change although they are
// confirmed or closed, confirmed ones first.
func (e Effect) Bound() []VerdictChange {
	confirmed := e.reclassified(func(c VerdictChange) bool { return c.Confirmation != nil })
	return append(confirmed, e.reclassified(func(c VerdictChange) bool { return c.Closed != 0 && c.Confirmation == nil })...)
}

func (e Effect) reclassified(which func(VerdictChange) bool) []VerdictChange {
	var of []VerdictChange
	for _, c := range e.Changes {
		if c.Reclassified() && (which == nil || which(c)) {
			of = append(of, c)
		}
	}
	return of
}

// Confirmed counts the confirmed sessions whose result or points change.
func (e Effect) Confirmed() int {
	return len(e.reclassified(func(c VerdictChange) bool { return c.Confirmation != nil }))
}

// ClosedMonths lists the closed months with sessions whose result or points
// change, oldest first.
func (e Effect) ClosedMonths() []models.Month {
	var months []models.Month
	for _, c := range e.Bound() {
		if c.Closed != 0 {
			months = append(months, c.Closed)
		}
	}
	slices.Sort(months)
	return slices.Compact(months)
}

// BoundWords summarises Bound: 「確定済 14件、 締め済の2026-10を含む」, or "".
func (e Effect) BoundWords() string {
	var parts []string
	if n := e.Confirmed(); n > 0 {
		parts = append(parts, fmt.Sprintf("確定済 %d件", n))
	}
	for _, month := range e.ClosedMonths() {
		parts = append(parts, "締め済の"+month.String())
	}
	if len(parts) == 0 {
		return ""
	}
	return strings.Join(parts, "、") + "を含む"
}

// Effect works out what a Do with these steps would change.
func (a *App) Effect(ctx context.Context, steps ...Step) (Effect, error) {
	frame, err := a.Judged(ctx, models.Part{})
	if err != nil {
		return Effect{}, err
	}
	draft := store.NewDraft(frame.Facts.Book)
	defer draft.Discard()
	if err := all(steps).draft(draft); err != nil {
		return Effect{}, err
	}
	judged, err := a.judgedToTry(ctx, partTouched(draft.Touched, frame.Facts))
	if err != nil {
		return Effect{}, err
	}
	draft.Discard()
	e, err := judged.Effect(ctx, steps...)
	e.Sessions = judged.Extent.Sessions
	return e, err
}

// Effect is App.Effect on a judged register.
func (j *Judged) Effect(ctx context.Context, steps ...Step) (Effect, error) {
	draft := store.NewDraft(j.Facts.Book)
	defer draft.Discard()
	if err := all(steps).draft(draft); err != nil {
		return Effect{}, err
	}
	return j.effectOf(ctx, draft)
}

// ImportEffect works out what an import would change for the sessions already
// recorded. It skips the judging if nothing is confirmed or closed yet.
func (a *App) ImportEffect(ctx context.Context, plan *ledger.Plan) (Effect, error) {
	if !plan.Bound || plan.Write.Empty() {
		return Effect{}, nil
	}
	frame, err := a.Judged(ctx, models.Part{})
	if err != nil {
		return Effect{}, err
	}
	touched := store.NewDraft(frame.Facts.Book)
	touched.PutAll(plan.Write)
	judged, err := a.judgedToTry(ctx, partTouched(touched.Touched, frame.Facts))
	if err != nil {
		return Effect{}, err
	}
	draft := store.NewDraft(judged.Facts.Book)
	draft.PutAll(plan.Write)
	e, err := judged.effectOf(ctx, draft)
	e.Changes = slices.DeleteFunc(e.Changes, func(c VerdictChange) bool { return c.Before.Session.Number == "" })
	return e, err
}

func (j *Judged) effectOf(ctx context.Context, draft *store.Draft) (Effect, error) {
	params, _ := fee.ParamsOf(draft.Book.Settings)
	facts := fee.NewFacts(&draft.Book, params)
	e, err := j.effect(ctx, facts, 0, j.sessionsTouchedBy(draft, params))
	if sheets := draft.Sheets(); err == nil && (slices.Contains(sheets, "職員") || slices.Contains(sheets, "病棟")) {
		e.Stranded = stranded(j.Facts, facts)
	}
	return e, err
}

// sessionsTouchedBy returns a test for the sessions whose verdict a draft may change,
// nil for all. A change of a patient's records affects only that patient.
func (j *Judged) sessionsTouchedBy(draft *store.Draft, params fee.Params) func(*models.JointGuidance) bool {
	for _, sheet := range draft.Sheets() {
		switch sheet {
		case "共同指導", "入院", "病棟履歴":
		case "設定":
			if params != j.Facts.Params {
				return nil
			}
		case "やり取り":
			if params.RoutineSubstitutes {
				return nil
			}
		default:
			return nil
		}
	}
	return func(s *models.JointGuidance) bool { return draft.Patients[s.PatientID] }
}

// WhatIf works out the effect on a month of setting parameters, by name. A
// blank value means the default, a blank month all months. An invalid value is
// an error.
func (a *App) WhatIf(ctx context.Context, month models.Month, values map[string]string) (Effect, error) {
	part := models.Part{Month: month, Whole: month.IsZero()}
	frame, err := a.Judged(ctx, models.Part{})
	if err != nil {
		return Effect{}, err
	}
	if params, err := paramsWith(frame.Facts.Params, values); err != nil || params.RoutineSubstitutes {
		part.Whole = true // any やり取り may count then
	}
	judged, err := a.judgedToTry(ctx, part)
	if err != nil {
		return Effect{}, err
	}
	return judged.WhatIf(ctx, month, values)
}

// WhatIf is App.WhatIf on a judged register.
func (j *Judged) WhatIf(ctx context.Context, month models.Month, values map[string]string) (Effect, error) {
	params, err := paramsWith(j.Facts.Params, values)
	if err != nil {
		return Effect{}, err
	}
	return j.effect(ctx, fee.NewFacts(j.Facts.Book, params), month, nil)
}

// effect compares the verdicts of a month, or of all months if blank, with
// those of other facts. It judges only chains with a session of the month and a
// touched session, because the limits of an admission span months. A nil
// touched selects all.
func (j *Judged) effect(ctx context.Context, facts *fee.Facts, month models.Month, touched func(*models.JointGuidance) bool) (Effect, error) {
	in := func(s *models.JointGuidance) bool { return month.IsZero() || s.On.Month() == month }
	after := make(map[string]*fee.Verdict)
	for _, chain := range fee.Chains(facts) {
		if ctx.Err() != nil {
			return Effect{}, ctx.Err()
		}
		asked := slices.ContainsFunc(chain, func(s *models.JointGuidance) bool { return in(s) && (touched == nil || touched(s)) })
		if !asked {
			for _, s := range chain {
				after[s.Number] = j.Verdict(s.Number)
			}
			continue
		}
		verdicts := fee.Judge(chain, facts, j.Rules)
		for i := range verdicts {
			after[verdicts[i].Session.Number] = &verdicts[i]
		}
	}
	e := Effect{Month: month}
	for i := range j.Verdicts {
		before := &j.Verdicts[i]
		now := after[before.Session.Number]
		delete(after, before.Session.Number)
		if in(&before.Session) {
			e.Sessions++
			e.add(j.Facts.Book, before, now)
		}
	}
	for _, v := range after {
		if in(&v.Session) {
			e.add(j.Facts.Book, nil, v)
		}
	}
	slices.SortFunc(e.Changes, func(a, b VerdictChange) int { return strings.Compare(a.Session().Number, b.Session().Number) })
	return e, nil
}

// add compares two verdicts of a session. nil means there is none.
func (e *Effect) add(book *models.Book, before, after *fee.Verdict) {
	if before != nil {
		e.Before += before.Points
	}
	if after != nil {
		e.After += after.Points
	}
	if before != nil && after != nil && before.Result == after.Result && before.Points == after.Points &&
		before.Reason == after.Reason && slices.Equal(before.Warnings, after.Warnings) {
		return
	}
	e.Changes = append(e.Changes, NewChange(book, before, after))
}

// NewChange returns the change of a session from one verdict to another (nil
// for none), with its 確定 and closing in book.
func NewChange(book *models.Book, before, after *fee.Verdict) VerdictChange {
	var c VerdictChange
	if before != nil {
		c.Before = *before
	}
	if after != nil {
		c.After = *after
	}
	c.Confirmation = book.ConfirmationOf(c.Session().Number)
	for _, v := range []*fee.Verdict{before, after} {
		if v == nil {
			continue
		}
		if month := v.Session.BilledMonth(); book.Closed(month) {
			c.Closed = month
		}
	}
	return c
}

// policyParameter is the 規程の基準日. Earlier programs had the default 指導日まで.
const policyParameter = "policy_must_precede"

// PolicyChange lists the sessions whose verdict differs from that under the old
// default of 規程の基準日, if the register does not set it. Confirmed sessions
// keep their 確定.
func (a *App) PolicyChange(ctx context.Context) ([]VerdictChange, error) {
	frame, err := a.Judged(ctx, models.Part{})
	if err != nil || slices.ContainsFunc(frame.Facts.Book.Settings, func(s models.Setting) bool { return s.Key == policyParameter }) {
		return nil, err
	}
	j, err := a.Judged(ctx, models.Part{AcrossPolicies: true})
	if err != nil {
		return nil, err
	}
	// The two readings agree if no 規程 came into force or was announced
	// between the admission and the session.
	between := func(s *models.JointGuidance) bool {
		return slices.ContainsFunc(j.Facts.Book.Policies, func(p models.Policy) bool {
			within := func(d models.Date) bool { return d > s.AdmittedOn && d <= s.On }
			return within(p.EffectiveOn) || within(p.AnnouncedOn)
		})
	}
	params, err := paramsWith(j.Facts.Params, map[string]string{policyParameter: fee.Session})
	if err != nil {
		return nil, err
	}
	e, err := j.effect(ctx, fee.NewFacts(j.Facts.Book, params), 0, between)
	if err != nil {
		return nil, err
	}
	changes := e.reclassified(func(c VerdictChange) bool { return c.After.Result != "" })
	for i := range changes {
		changes[i].Before, changes[i].After = changes[i].After, changes[i].Before
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
