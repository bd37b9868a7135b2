package app

import (
	"renkei/models"
	"renkei/models/fee"
)

// turn is what an edit does to the 確定 of a session: from and to are the 確定 before
// and after, nil for none.
type turn struct {
	number   string // 指導番号
	from, to *models.Confirmation
}

// back is the turn that takes it back.
func (t turn) back() turn { return turn{number: t.number, from: t.to, to: t.from} }

func turned(turns []turn) []string {
	numbers := make([]string, len(turns))
	for i, t := range turns {
		numbers[i] = t.number
	}
	return numbers
}

// by makes the turn by a step. The edit remembers it, and so does the one that takes
// it back.
func (t turn) by(step Step) Step {
	return Step{
		draft: step.draft,
		do: func(e *edit) (Step, error) {
			undo, err := step.do(e)
			if err != nil {
				return Step{}, err
			}
			e.turns = append(e.turns, t)
			return t.back().by(undo), nil
		},
	}
}

// refuseClosed refuses a turn that touches a closed month: that of the session, or
// one in which a 確定 bills it.
func (t turn) refuseClosed(judged *Judged) error {
	what := "確定"
	if t.to == nil {
		what = "確定の取消し"
	}
	var months []models.Month
	for _, c := range []*models.Confirmation{t.to, t.from} {
		if c != nil {
			months = append(months, c.Month)
		}
	}
	if v := judged.Verdict(t.number); v != nil {
		months = append(months, v.Session.On.Month())
	}
	for _, month := range months {
		if judged.Facts.Book.Closed(month) {
			return models.Errorf(models.Invalid, "%sは締めてあるため、%sはできません。先に算定の画面の「締めを解く」で理由を入力してください", month, what)
		}
	}
	return nil
}

// refuse refuses to bring the 確定 of before an edit back where its month is closed
// or today's verdict is another one.
func (t turn) refuse(judged *Judged) error {
	if err := t.refuseClosed(judged); err != nil || t.to == nil {
		return err
	}
	v := judged.Verdict(t.number)
	switch {
	case v == nil:
		return models.Errorf(models.NotFound, "指導番号『%s』の記録がありません", t.number)
	case !v.Confirmable():
		return models.Errorf(models.Conflict, "%s（%s）は、いまは確定できないため元に戻せません。%s", t.number, v.Session.On, WhyNotConfirmable(v))
	case v.Departs(t.to):
		return models.Errorf(models.Conflict, "%s（%s）の判定が、確定したあとで変わったため元に戻せません（%s %d点 → %s %d点）。算定の画面で確かめて、確定してください",
			t.number, v.Session.On, fee.ResultOf(t.to.Claim), t.to.Points, v.Result, v.Points)
	}
	return nil
}
