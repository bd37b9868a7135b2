package reports

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"renkei/models"
	"renkei/models/fee"
)

// confirmedResult is the class a 確定 stands for.
var confirmedResult = map[models.Claim]fee.Result{
	models.ClaimFee1: fee.Fee1, models.ClaimFee2: fee.Fee2, models.ClaimLegacy: fee.FeeLegacy,
}

// confirmation returns the 確定 of a session, nil when there is none.
func (m Monthly) confirmation(v *fee.Verdict) *models.Confirmation {
	c, ok := m.Confirmed[v.Session.Number]
	if !ok {
		return nil
	}
	return &c
}

func (m Monthly) isConfirmed(v *fee.Verdict) bool { return m.confirmation(v) != nil }

// differs tells that a session is judged otherwise today than it was confirmed.
func (m Monthly) differs(v *fee.Verdict) bool {
	c := m.confirmation(v)
	return c != nil && (confirmedResult[c.Claim] != v.Result || c.Points != v.Points)
}

// confirmLine is a fee with the sessions confirmed as it, and those judged so
// that nobody has confirmed yet.
type confirmLine struct {
	name            string
	result          fee.Result
	confirmed       []*fee.Verdict
	confirmedPoints int
	open            []*fee.Verdict
}

// confirmTable splits the month into what 医事課 has confirmed, by the class and
// the points of the 確定, and what is still to be confirmed, as judged.
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
			case c != nil && confirmedResult[c.Claim] == result:
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
	c := m.Closing
	switch {
	case c == nil:
		return "締め: まだ締めていません"
	case c.Closed():
		return fmt.Sprintf("締め: %s %s（%d回目）", stampWords(c.ClosedAt), c.ClosedBy, c.Number)
	}
	return fmt.Sprintf("締め: %s %s（%d回目）　解除: %s %s（理由: %s）",
		stampWords(c.ClosedAt), c.ClosedBy, c.Number, stampWords(c.ReopenedAt), c.ReopenedBy, c.Reason)
}

const minuteFormat = "2006-01-02 15:04"

// stampWords shows a kept instant in the time of the machine.
func stampWords(stamp string) string {
	at, err := time.Parse(time.RFC3339, stamp)
	if err != nil {
		return stamp
	}
	return at.Local().Format(minuteFormat)
}

// lateLine is a change after the closing, with its session as it is now: nil
// when it is no more in the month.
type lateLine struct {
	LateChange
	verdict *fee.Verdict
}

func (m Monthly) addLateChanges(b *book, sessions []*fee.Verdict) {
	byNumber := make(map[string]*fee.Verdict, len(sessions))
	for _, v := range sessions {
		byNumber[v.Session.Number] = v
	}
	var lines []lateLine
	changed := map[string]bool{}
	for _, c := range m.LateChanges {
		lines = append(lines, lateLine{c, byNumber[c.Session]})
		changed[c.Session] = true
	}
	slices.SortStableFunc(lines, func(a, b lateLine) int { return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Session, b.Session)) })
	s := b.addSheet("締め後の変更", page{landscape: true, minFont: 9, indent: true})
	s.title("締め後の変更　"+monthWords(m.Month), m.head(),
		fmt.Sprintf("%s　変更 %s件（共同指導 %s件）　並び: 変更日時の順", m.closingWords(), thousands(len(lines)), thousands(len(changed))))
	s.table(tabulate(m.lateColumns(), lines).asList(2))
	s.note("最後に締めた後に、この月の共同指導の記録を新しく入れた・直した・消したものです。締める前の変更は入りません。" +
		"請求を済ませているときは、返戻・取下げが要るかを確かめてください。今の判定は出力日のものです。")
}

func (m Monthly) lateColumns() []column[lateLine] {
	cols := []column[lateLine]{
		{head: "変更日時", width: fit(17, 17), format: formatMark, value: func(l lateLine) any { return l.At.Local().Format(minuteFormat) }},
		{head: "指導番号", width: fit(8, 10), format: formatID, value: func(l lateLine) any { return l.Session }},
		{head: "変更した人", width: fit(8, 14), value: func(l lateLine) any { return l.Actor }},
		{head: "変更の内容（前 → 後）", width: flex(34), value: func(l lateLine) any { return joinLines(l.Lines...) }},
	}
	for _, c := range []sessionColumn{colPatient, colName, colOn, colResult, colClaim} {
		cols = append(cols, column[lateLine]{head: c.head, width: c.width, format: c.format,
			value: func(l lateLine) any {
				if l.verdict == nil {
					return nil
				}
				return c.value(l.verdict)
			},
			tone: func(l lateLine) tone {
				if l.verdict == nil || c.tone == nil {
					return toneNormal
				}
				return c.tone(l.verdict)
			}})
	}
	return append(cols,
		column[lateLine]{head: "確定", width: fit(8, 12), value: func(l lateLine) any { return m.confirmedWords(l.verdict) },
			tone: func(l lateLine) tone {
				if l.verdict != nil && m.differs(l.verdict) {
					return toneRefused
				}
				return toneNormal
			}})
}

// confirmedWords tells what a session was confirmed as, and whether it is
// judged otherwise now.
func (m Monthly) confirmedWords(v *fee.Verdict) string {
	if v == nil {
		return "（この月にない）"
	}
	c := m.confirmation(v)
	if c == nil {
		return "―"
	}
	words := fmt.Sprintf("%s\n%s点", confirmedResult[c.Claim], thousands(c.Points))
	if m.differs(v) {
		words += "\n判定と相違"
	}
	return words
}
