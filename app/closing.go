package app

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"renkei/models"
	"renkei/models/fee"
)

// Seen is the verdict and points of a session as the user saw them.
type Seen struct {
	Number string // 指導番号
	Result fee.Result
	Points int
}

// Confirm records the 確定 of 医事課 for sessions. The class as judged goes to
// 算定区分, the month to 算定月; class, points and rule version are also kept
// in the Confirmation. It refuses all sessions if one is not 確定可 or its
// month is closed (Invalid), or if its verdict is not the one seen (Conflict:
// its records changed meanwhile).
func (a *App) Confirm(ctx context.Context, month models.Month, sessions []Seen) (*Undo, error) {
	return a.decided(ctx, fmt.Sprintf("%d件の確定", len(sessions)), models.Part{Numbers: numbersOf(sessions)}, func(judged *Judged, at string) ([]Step, error) {
		return a.confirming(judged, month, sessions, at)
	})
}

func (a *App) confirming(judged *Judged, month models.Month, sessions []Seen, at string) ([]Step, error) {
	book := judged.Facts.Book
	var steps []Step
	for _, seen := range sessions {
		number := seen.Number
		v := judged.Verdict(number)
		if v == nil {
			return nil, models.Errorf(models.NotFound, "指導番号『%s』の記録がありません", number)
		}
		if !v.Confirmable() {
			return nil, models.Errorf(models.Invalid, "%s（%s）は確定できません。%s", number, v.Session.On, WhyNotConfirmable(v))
		}
		if v.Result != seen.Result || v.Points != seen.Points {
			return nil, models.Errorf(models.Conflict, "%s（%s）の判定が、見ているあいだに変わりました（%s %d点 → %s %d点）。まだ確定していません。確かめて、もう一度行ってください",
				number, v.Session.On, seen.Result, seen.Points, v.Result, v.Points)
		}
		again := book.ConfirmationOf(number)
		c := models.Confirmation{PriorClaim: v.Session.Claim, PriorMonth: v.Session.ClaimMonth}
		if again != nil {
			c.PriorClaim, c.PriorMonth, c.Version = again.PriorClaim, again.PriorMonth, again.Version
		}
		session := v.Session
		session.Claim, session.ClaimMonth = claimOf(v.Result), month
		c.Session, c.Claim, c.Points, c.RuleVersion, c.Month = number, session.Claim, v.Points, v.RuleVersion, month
		c.By, c.At = a.config.Actor, at
		t := turn{number: number, from: again, to: &c}
		if err := t.refuseClosed(judged); err != nil {
			return nil, err
		}
		steps = append(steps, Put(session), t.by(Put(c)))
	}
	return steps, nil
}

func numbersOf(sessions []Seen) []string {
	numbers := make([]string, len(sessions))
	for i, s := range sessions {
		numbers[i] = s.Number
	}
	return numbers
}

// Unconfirm takes the 確定 of sessions back and restores the 算定区分 and
// 算定月 from before. Sessions of a closed month are refused.
func (a *App) Unconfirm(ctx context.Context, numbers []string) (*Undo, error) {
	return a.decided(ctx, fmt.Sprintf("%d件の確定の取消し", len(numbers)), models.Part{Numbers: numbers}, func(judged *Judged, _ string) ([]Step, error) {
		return unconfirming(judged, numbers)
	})
}

func unconfirming(judged *Judged, numbers []string) ([]Step, error) {
	var steps []Step
	for _, number := range numbers {
		confirmation := judged.Facts.Book.ConfirmationOf(number)
		if confirmation == nil {
			return nil, models.Errorf(models.NotFound, "指導番号『%s』は確定されていません", number)
		}
		t := turn{number: number, from: confirmation}
		if err := t.refuseClosed(judged); err != nil {
			return nil, err
		}
		if v := judged.Verdict(number); v != nil {
			session := v.Session
			session.Claim, session.ClaimMonth = confirmation.PriorClaim, confirmation.PriorMonth
			steps = append(steps, Put(session))
		}
		steps = append(steps, t.by(Remove(*confirmation)))
	}
	return steps, nil
}

// Verdict returns the verdict of a session by 指導番号, or nil. Treat it as
// read-only.
func (j *Judged) Verdict(number string) *fee.Verdict {
	i, ok := slices.BinarySearchFunc(j.Verdicts, number, func(v fee.Verdict, n string) int { return strings.Compare(v.Session.Number, n) })
	if !ok {
		return nil
	}
	return &j.Verdicts[i]
}

// WhyNotConfirmable says why 医事課 cannot confirm a session, or "".
func WhyNotConfirmable(v *fee.Verdict) string {
	switch {
	case v.Confirmable():
		return ""
	case !v.Result.Billable() && v.Warned("W7"):
		// Recorded as billed but not billable: the warning says both.
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

// CloseMonth closes a month and keeps the verdict of each of its sessions, so
// that AfterClosing can list later differences. A month that is closed already,
// or has no sessions, is refused.
func (a *App) CloseMonth(ctx context.Context, month models.Month) (*Undo, error) {
	return a.decided(ctx, month.String()+"の締め", models.Part{Month: month}, func(judged *Judged, at string) ([]Step, error) {
		return a.closing(judged, month, at)
	})
}

func (a *App) closing(judged *Judged, month models.Month, at string) ([]Step, error) {
	last := judged.Facts.Book.LastClosing(month)
	number := 1
	if last != nil {
		if last.Closed() {
			return nil, models.Errorf(models.Invalid, "%sはすでに締めてあります", month)
		}
		number = last.Number + 1
	}
	sessions := judged.Month(month)
	if len(sessions) == 0 {
		return nil, models.Errorf(models.Invalid, "%sの共同指導がないため、締めるものがありません", month)
	}
	closing := models.Closing{Month: month, Number: number, ClosedBy: a.config.Actor, ClosedAt: at}
	steps := []Step{Put(closing)}
	for _, v := range sessions {
		kept, err := fee.Keep(&v, closing, judged.Facts.Book.ConfirmationOf(v.Session.Number))
		if err != nil {
			return nil, models.Wrap(err, models.Internal, "%sの判定を残せません", month)
		}
		steps = append(steps, Put(kept))
	}
	return steps, nil
}

// ReopenMonth re-opens a closed month. A reason is required.
func (a *App) ReopenMonth(ctx context.Context, month models.Month, reason string) (*Undo, error) {
	return a.decided(ctx, month.String()+"の締めの解除", models.Part{Month: month}, func(judged *Judged, at string) ([]Step, error) {
		last := judged.Facts.Book.LastClosing(month)
		if last == nil || !last.Closed() {
			return nil, models.Errorf(models.Invalid, "%sは締めてありません", month)
		}
		if strings.TrimSpace(reason) == "" {
			return nil, models.Errorf(models.Invalid, "締めを解く理由を入力してください")
		}
		open := *last
		open.ReopenedBy, open.ReopenedAt, open.Reason = a.config.Actor, at, reason
		return []Step{Put(open)}, nil
	})
}
