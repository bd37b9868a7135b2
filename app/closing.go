package app

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"renkei/app/ledger"
	"renkei/app/store"
	"renkei/models"
	"renkei/models/fee"
)

// Confirm records what 医事課 confirmed for sessions: the class as judged goes
// to 算定区分, the month to 算定月, and the class, points and rule version are
// kept apart. Only sessions that are 確定可 can be confirmed; the first that is
// not refuses them all.
func (a *App) Confirm(ctx context.Context, month models.Month, numbers []string) (*Undo, error) {
	judged, err := a.Judged(ctx)
	if err != nil {
		return nil, err
	}
	var steps []Step
	for _, number := range numbers {
		v := judged.Verdict(number)
		if v == nil {
			return nil, models.Errorf(models.NotFound, "指導番号『%s』の記録がありません", number)
		}
		if !v.Confirmable() {
			return nil, models.Errorf(models.Invalid, "%s（%s）は確定できません。%s", number, v.Session.On, WhyNotConfirmable(v))
		}
		session := v.Session
		session.Claim, session.ClaimMonth = claimOf(v.Result), month
		steps = append(steps, Put(session), Put(models.Confirmation{
			Session: number, Claim: session.Claim, Points: v.Points, RuleVersion: v.RuleVersion, Month: month,
			By: a.config.Actor, At: a.instant(), Version: confirmedVersion(judged.Facts.Book, number),
		}))
	}
	return a.Do(ctx, fmt.Sprintf("%d件の確定", len(numbers)), steps...)
}

// Unconfirm takes the 確定 of sessions back: 算定区分 and 算定月 become blank.
func (a *App) Unconfirm(ctx context.Context, numbers []string) (*Undo, error) {
	judged, err := a.Judged(ctx)
	if err != nil {
		return nil, err
	}
	var steps []Step
	for _, number := range numbers {
		confirmation := judged.Facts.Book.ConfirmationOf(number)
		if confirmation == nil {
			return nil, models.Errorf(models.NotFound, "指導番号『%s』は確定されていません", number)
		}
		if v := judged.Verdict(number); v != nil {
			session := v.Session
			session.Claim, session.ClaimMonth = "", 0
			steps = append(steps, Put(session))
		}
		steps = append(steps, Remove(*confirmation))
	}
	return a.Do(ctx, fmt.Sprintf("%d件の確定の取消し", len(numbers)), steps...)
}

// Verdict returns the verdict of a session by its 指導番号, nil when there is
// none.
func (j *Judged) Verdict(number string) *fee.Verdict {
	i, ok := slices.BinarySearchFunc(j.Verdicts, number, func(v fee.Verdict, n string) int { return strings.Compare(v.Session.Number, n) })
	if !ok {
		return nil
	}
	return &j.Verdicts[i]
}

// WhyNotConfirmable says why 医事課 cannot confirm a session, "" when it can.
func WhyNotConfirmable(v *fee.Verdict) string {
	switch {
	case v.Confirmable():
		return ""
	case !v.Result.Billable() && v.Warned("W7"):
		// Recorded as claimed, but not billable: the warning says both.
	case !v.Result.Billable():
		return "判定は" + string(v.Result) + "です"
	}
	var why []string
	for _, w := range v.Warnings {
		if w.Code == "W1" || w.Code == "W2" || w.Code == "W7" {
			why = append(why, w.Text)
		}
	}
	return strings.Join(why, "。")
}

func claimOf(result fee.Result) models.Claim {
	switch result {
	case fee.Fee1:
		return models.ClaimFee1
	case fee.Fee2:
		return models.ClaimFee2
	case fee.FeeLegacy:
		return models.ClaimLegacy
	}
	return ""
}

func confirmedVersion(book *models.Book, number string) int {
	if c := book.ConfirmationOf(number); c != nil {
		return c.Version
	}
	return 0
}

func (a *App) instant() string { return a.config.Now().UTC().Format(time.RFC3339) }

// CloseMonth closes a month: what is changed in it later is listed by
// ChangesAfterClosing. A closed month is refused.
func (a *App) CloseMonth(ctx context.Context, month models.Month) (*Undo, error) {
	judged, err := a.Judged(ctx)
	if err != nil {
		return nil, err
	}
	last := judged.Facts.Book.LastClosing(month)
	number := 1
	if last != nil {
		if last.Closed() {
			return nil, models.Errorf(models.Invalid, "%sはすでに締めてあります", month)
		}
		number = last.Number + 1
	}
	return a.Do(ctx, month.String()+"の締め", Put(models.Closing{Month: month, Number: number, ClosedBy: a.config.Actor, ClosedAt: a.instant()}))
}

// ReopenMonth opens a closed month again, for a reason.
func (a *App) ReopenMonth(ctx context.Context, month models.Month, reason string) (*Undo, error) {
	judged, err := a.Judged(ctx)
	if err != nil {
		return nil, err
	}
	last := judged.Facts.Book.LastClosing(month)
	if last == nil || !last.Closed() {
		return nil, models.Errorf(models.Invalid, "%sは締めてありません", month)
	}
	if strings.TrimSpace(reason) == "" {
		return nil, models.Errorf(models.Invalid, "締めを解く理由を入力してください")
	}
	open := *last
	open.ReopenedBy, open.ReopenedAt, open.Reason = a.config.Actor, a.instant(), reason
	return a.Do(ctx, month.String()+"の締めの解除", Put(open))
}

// LateChange is what ChangesAfterClosing lists.
type LateChange = models.LateChange

// ChangesAfterClosing lists what was changed in the sessions of a month after
// it was closed for the last time (締め後の変更), oldest first.
func (a *App) ChangesAfterClosing(ctx context.Context, month models.Month) ([]LateChange, error) {
	judged, err := a.Judged(ctx)
	if err != nil {
		return nil, err
	}
	closing := judged.Facts.Book.LastClosing(month)
	if closing == nil {
		return nil, nil
	}
	entries, err := store.AuditAfter(ctx, a.store, "共同指導", closing)
	if err != nil {
		return nil, err
	}
	var changes []LateChange
	for _, e := range entries {
		lines, in, err := sessionChange(e, month)
		if err != nil {
			return nil, err
		}
		if in {
			changes = append(changes, LateChange{At: e.At, Actor: e.Actor, Session: e.Key, Lines: lines})
		}
	}
	return changes, nil
}

// sessionChange puts an audit row of a session into words, and tells whether
// its day, before or after, lies in the month.
func sessionChange(e store.AuditEntry, month models.Month) (lines []string, in bool, err error) {
	before, after, err := store.Audited[models.JointGuidance](e)
	if err != nil {
		return nil, false, err
	}
	for _, g := range []*models.JointGuidance{before, after} {
		in = in || g != nil && g.On.Month() == month
	}
	switch {
	case before == nil:
		return []string{"新しい記録"}, in, nil
	case after == nil:
		return []string{"削除"}, in, nil
	}
	for _, c := range ledger.Changes(before, after) {
		lines = append(lines, fmt.Sprintf("%s: %s → %s", c.Column, cmp.Or(c.Before, "空欄"), cmp.Or(c.After, "空欄")))
	}
	return lines, in, nil
}
