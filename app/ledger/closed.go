package ledger

import (
	"fmt"

	"renkei/models"
)

// closedSessions knows which sessions 医事課 confirmed and which months are
// closed.
type closedSessions struct {
	confirmed map[string]bool
	months    map[models.Month]bool
}

func newClosedSessions(b *models.Book) *closedSessions {
	c := &closedSessions{confirmed: make(map[string]bool), months: make(map[models.Month]bool)}
	for i := range b.Confirmations {
		c.confirmed[b.Confirmations[i].Session] = true
	}
	for _, closing := range b.Closings {
		c.months[closing.Month] = b.Closed(closing.Month)
	}
	return c
}

// WhyClosed returns a function that says why a session may not be changed from
// before to after, "" if it may: it is confirmed, or its month (算定月, else that
// of 指導日) is closed. before is nil for a new session, after for a deleted one.
func WhyClosed(b *models.Book) func(before, after *models.JointGuidance) string {
	return newClosedSessions(b).why
}

func (c *closedSessions) why(before, after *models.JointGuidance) string {
	for _, session := range []*models.JointGuidance{before, after} {
		if session == nil {
			continue
		}
		month := session.BilledMonth()
		if c.confirmed[session.Number] && c.months[month] {
			return fmt.Sprintf("『%s』は確定済みで、月（%s）も締めてあります。算定の画面で締めを解き、確定を取り消してから読み込むか、この行を除いてください", session.Number, month)
		}
		if c.confirmed[session.Number] {
			return "『" + session.Number + "』は確定済みです。算定の画面で確定を取り消してから読み込むか、この行を除いてください"
		}
		if c.months[month] {
			return fmt.Sprintf("『%s』の月（%s）は締めてあります。算定の画面で締めを解いてから読み込むか、この行を除いてください", session.Number, month)
		}
	}
	return ""
}
