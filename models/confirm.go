package models

import (
	"slices"
	"time"
)

// Confirmation is the 確定 of a session by 医事課: the class, points and rule
// version it was confirmed with. Later records do not change it.
type Confirmation struct {
	Session     string // 指導番号
	Claim       Claim  // 確定した区分: 1, 2 or 旧
	Points      int
	RuleVersion string
	Month       Month // 算定月
	// PriorClaim and PriorMonth are the 算定区分 and 算定月 of the session
	// before it was confirmed: those of an imported book, or blank.
	PriorClaim Claim
	PriorMonth Month
	By         string // who
	At         string // UTC, RFC 3339
	Version    int
}

// Validate returns every problem of the record.
func (c Confirmation) Validate() Problems {
	var ps Problems
	ps.required("指導番号", c.Session)
	oneOf(&ps, "算定区分", c.Claim, []Claim{ClaimFee1, ClaimFee2, ClaimLegacy})
	return ps
}

// Closing is the 締め of a month. The month is closed until its latest Closing
// is re-opened.
type Closing struct {
	Month      Month
	Number     int    // 1 for the first closing of the month, 2 after it was re-opened …
	ClosedBy   string // who
	ClosedAt   string // UTC, RFC 3339
	ReopenedBy string
	ReopenedAt string // "" while closed
	Reason     string // why it was re-opened
	Version    int
}

// Closed reports whether the month is still closed by this closing.
func (c Closing) Closed() bool { return c.ReopenedAt == "" }

// Validate returns every problem of the record.
func (c Closing) Validate() Problems {
	var ps Problems
	if c.Month == 0 {
		ps.add("月", "空欄です。月を入力してください")
	}
	if !c.Closed() {
		ps.required("理由", c.Reason)
	}
	return ps
}

// LateChange is a change made to a session after its month was closed (締め後の変更).
type LateChange struct {
	At      time.Time
	Actor   string
	Session string   // 指導番号
	Lines   []string // one per changed field: 「算定区分: 2 → 1」
}

// LastClosing returns the latest closing of a month, nil if it was never
// closed.
func (b *Book) LastClosing(month Month) *Closing {
	var last *Closing
	for i := range b.Closings {
		if c := &b.Closings[i]; c.Month == month && (last == nil || c.Number > last.Number) {
			last = c
		}
	}
	return last
}

// Closed reports whether a month is closed now.
func (b *Book) Closed(month Month) bool {
	last := b.LastClosing(month)
	return last != nil && last.Closed()
}

// ConfirmationOf returns the 確定 of a session, or nil.
func (b *Book) ConfirmationOf(session string) *Confirmation {
	i := slices.IndexFunc(b.Confirmations, func(c Confirmation) bool { return c.Session == session })
	if i < 0 {
		return nil
	}
	return &b.Confirmations[i]
}
