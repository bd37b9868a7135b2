package claims

import (
	"fmt"
	"time"

	"renkei/models"
	"renkei/models/fee"
	"renkei/views/ui"
	"renkei/views/words"
)

// MonthState counts what is left to do before the month can be billed.
type MonthState struct {
	Billable  int // sessions that earn points
	Confirmed int
	Open      int // billable and not confirmed
	// ConfirmedPoints are the points of the 確定. Judged are the points of the same
	// sessions as judged today. OpenPoints are the points not confirmed.
	ConfirmedPoints, Judged, OpenPoints int
	Ready                               int // of these, what can be confirmed
	Action                              int // 要対応
	// Closing is the latest closing of the month, nil when there was none.
	Closing *models.Closing
	// Late is the 締め後の変更 of each closing, newest first.
	Late []fee.AfterClosing
}

// StateOf counts the rows of a month.
func StateOf(rows []Row, closing *models.Closing, late []fee.AfterClosing) MonthState {
	s := MonthState{Closing: closing, Late: late}
	for i := range rows {
		r := &rows[i]
		if r.Confirmed != nil {
			s.Confirmed++
			s.ConfirmedPoints += r.Confirmed.Points
			s.Judged += r.Points
		}
		if r.Result.Billable() {
			s.Billable++
		}
		if r.Open() {
			s.Open++
			s.OpenPoints += r.Points
		}
		if r.Ready() {
			s.Ready++
		}
		if r.Action {
			s.Action++
		}
	}
	return s
}

// Closed reports whether the month is closed.
func (s MonthState) Closed() bool { return s.Closing != nil && s.Closing.Closed() }

// Tint returns the state as a badge.
func (s MonthState) Tint() ui.Tint {
	switch {
	case s.Closed():
		return ui.Tint{Word: "締め済", Color: ui.Good}
	case s.Open > 0:
		return ui.Tint{Word: fmt.Sprintf("未確定 %d件", s.Open), Color: ui.Warn}
	case s.Billable > 0:
		return ui.Tint{Word: "確定済", Color: ui.Accent}
	}
	return ui.Tint{Word: "算定なし", Color: ui.QuietInk}
}

// String says what is left to do, and who closed or re-opened the month.
func (s MonthState) String() string {
	counts := fmt.Sprintf("確定 %d件 %s", s.Confirmed, words.Points(s.ConfirmedPoints))
	if s.Judged != s.ConfirmedPoints {
		counts += fmt.Sprintf("（いまの判定 %s）", words.Points(s.Judged))
	}
	if s.Open > 0 {
		counts += fmt.Sprintf(" ・ 未確定 %d件 %s", s.Open, words.Points(s.OpenPoints))
	}
	if s.Ready > 0 && !s.Closed() {
		counts += fmt.Sprintf("（確定できる %d件）", s.Ready)
	}
	if s.Action > 0 {
		counts += fmt.Sprintf(" ・ 要対応 %d件", s.Action)
	}
	history := ""
	switch {
	case s.Closed():
		history = day(s.Closing.ClosedAt) + " " + s.Closing.ClosedBy
	case s.Closing != nil:
		history = fmt.Sprintf("%s %s が締めを解きました（%s）", day(s.Closing.ReopenedAt), s.Closing.ReopenedBy, s.Closing.Reason)
	}
	return words.Joined("　", counts, history)
}

// local parses a stored instant and returns it in local time. If it cannot be
// parsed, the result is zero.
func local(instant string) time.Time {
	at, err := time.Parse(time.RFC3339, instant)
	if err != nil {
		return time.Time{}
	}
	return at.Local()
}

// day returns 「2026-11-05」 for a stored instant.
func day(instant string) string {
	if at := local(instant); !at.IsZero() {
		return at.Format(time.DateOnly)
	}
	return ""
}

// confirmedWords returns 「2026-11-05 山田」.
func confirmedWords(r Row) string {
	if r.Confirmed == nil {
		return ""
	}
	return words.Joined(" ", day(r.Confirmed.At), r.Confirmed.By)
}
