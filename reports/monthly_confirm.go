package reports

import (
	"fmt"
	"time"

	"renkei/models"
	"renkei/models/fee"
)

// confirmation returns the 確定 of a session, or nil.
func (m Monthly) confirmation(v *fee.Verdict) *models.Confirmation {
	c, ok := m.Confirmed[v.Session.Number]
	if !ok {
		return nil
	}
	return &c
}

func (m Monthly) isConfirmed(v *fee.Verdict) bool { return m.confirmation(v) != nil }

// differs reports whether a session is judged differently today than confirmed.
func (m Monthly) differs(v *fee.Verdict) bool { return v.Departs(m.confirmation(v)) }

// isReady reports whether a session can be confirmed but is not yet.
func (m Monthly) isReady(v *fee.Verdict) bool { return !m.isConfirmed(v) && v.Confirmable() }

// claimed returns the class and points 医事課 bills for a session: those of its
// 確定, else of its verdict.
func (m Monthly) claimed(v *fee.Verdict) (fee.Result, int) {
	if c := m.confirmation(v); c != nil {
		return fee.ResultOf(c.Claim), c.Points
	}
	return v.Result, v.Points
}

// isListed reports whether a session is in 算定一覧: confirmed, whatever its
// verdict now, or judged billable.
func (m Monthly) isListed(v *fee.Verdict) bool { return m.isConfirmed(v) || v.Result.Billable() }

// claimedPoints adds up the points 医事課 bills.
func (m Monthly) claimedPoints(sessions []*fee.Verdict) int {
	sum := 0
	for _, v := range sessions {
		_, points := m.claimed(v)
		sum += points
	}
	return sum
}

// atStake adds up the points that depend on open work: those confirmed or
// recorded as billed, else those judged.
func (m Monthly) atStake(sessions []*fee.Verdict) int {
	sum := 0
	for _, v := range sessions {
		_, points := m.claimed(v)
		if !m.isConfirmed(v) && v.Session.Claim.Recorded() {
			points = m.Rules.Points.Of(fee.ResultOf(v.Session.Claim))
		}
		sum += points
	}
	return sum
}

// standing says who stands behind the month's figures: the judgement, 医事課,
// or both.
func (m Monthly) standing(sessions []*fee.Verdict) string {
	confirmed := pick(sessions, m.isConfirmed)
	open := pick(sessions, func(v *fee.Verdict) bool { return v.Result.Billable() && !m.isConfirmed(v) })
	done := fmt.Sprintf("%s件 %s点", thousands(len(confirmed)), thousands(m.claimedPoints(confirmed)))
	switch {
	case len(confirmed) == 0:
		return "この帳票は判定案です。算定は医事課が確かめて確定してください。"
	case len(open) > 0:
		return fmt.Sprintf("確定済の%sは医事課が確定したものです。未確定の%s件 %s点は判定案で、医事課が確かめて確定してください。",
			done, thousands(len(open)), thousands(points(open)))
	}
	return fmt.Sprintf("この月は医事課が確定しています（%s）。判定は、出力日の記録によるものです。", done)
}

// confirmLine is a fee with the sessions confirmed for it, and those judged so
// but not confirmed.
type confirmLine struct {
	name            string
	result          fee.Result
	confirmed       []*fee.Verdict
	confirmedPoints int
	open            []*fee.Verdict
}

// confirmTable splits the month into what 医事課 confirmed (class and points of
// the 確定) and what is still to confirm (as judged).
func (m Monthly) confirmTable(sessions []*fee.Verdict) *grid {
	cols := []column[confirmLine]{
		label("区分", func(l confirmLine) any { return l.name }),
		figure("確定済\n件数", func(l confirmLine) any { return len(l.confirmed) }),
		figure("確定済\n点数", func(l confirmLine) any { return l.confirmedPoints }),
		figure("確定済\n金額（円）", func(l confirmLine) any { return l.confirmedPoints * fee.YenPerPoint }),
		figure("未確定\n件数", func(l confirmLine) any { return len(l.open) }),
		figure("未確定\n点数", func(l confirmLine) any { return points(l.open) }),
		figure("未確定\n金額（円）", func(l confirmLine) any { return points(l.open) * fee.YenPerPoint }),
		figure("未確定の\nうち確定可", func(l confirmLine) any { return count(l.open, (*fee.Verdict).Confirmable) }),
		figure("未確定の\nうち要対応", func(l confirmLine) any { return count(l.open, (*fee.Verdict).NeedsAction) }),
		figure("確定と\n判定の相違", func(l confirmLine) any { return count(l.confirmed, m.differs) }),
	}
	cols[0].tone = func(l confirmLine) tone { return resultTone(l.result) }
	sum := confirmLine{name: "計"}
	var lines []confirmLine
	for _, result := range fee.Results {
		if !result.Billable() {
			continue
		}
		l := confirmLine{name: string(result), result: result}
		for _, v := range sessions {
			switch c := m.confirmation(v); {
			case c != nil && fee.ResultOf(c.Claim) == result:
				l.confirmed = append(l.confirmed, v)
				l.confirmedPoints += c.Points
			case c == nil && v.Result == result:
				l.open = append(l.open, v)
			}
		}
		sum.confirmed, sum.open = append(sum.confirmed, l.confirmed...), append(sum.open, l.open...)
		sum.confirmedPoints += l.confirmedPoints
		lines = append(lines, l)
	}
	g := tabulate(cols, lines)
	total := tabulate(cols, []confirmLine{sum})
	total.rows[0].total = true
	g.rows = append(g.rows, total.rows...)
	return g
}

// closingWords says whether and when the month was closed.
func (m Monthly) closingWords() string {
	if m.Closing == nil {
		return "締め: まだ締めていません"
	}
	return closingWords(m.Closing)
}

func closingWords(c *models.Closing) string {
	if c.Closed() {
		return fmt.Sprintf("締め: %s %s（%d回目）", stampWords(c.ClosedAt), c.ClosedBy, c.Number)
	}
	return fmt.Sprintf("締め: %s %s（%d回目）　解除: %s %s（理由: %s）",
		stampWords(c.ClosedAt), c.ClosedBy, c.Number, stampWords(c.ReopenedAt), c.ReopenedBy, c.Reason)
}

const minuteFormat = "2006-01-02 15:04"

// stampWords shows a stored instant in the machine's time zone.
func stampWords(stamp string) string {
	at, err := time.Parse(time.RFC3339, stamp)
	if err != nil {
		return stamp
	}
	return at.Local().Format(minuteFormat)
}
