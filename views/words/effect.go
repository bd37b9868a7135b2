package words

import (
	"fmt"
	"strings"

	"renkei/app"
	"renkei/models"
	"renkei/models/fee"
)

// namedSessions is how many sessions a question or notice names.
const namedSessions = 6

// Effect summarises what a change would do: 「判定が変わる 22件（確定済
// 14件、締め済の 2026-10を含む）、−3,100点（合計 14,300点 → 11,200点）」.
func Effect(e app.Effect) string {
	n, rest := e.Reclassified(), len(e.Changes)-e.Reclassified()
	switch {
	case len(e.Changes) == 0 && e.Sessions == 0:
		return "判定の変わる共同指導はありません"
	case len(e.Changes) == 0:
		return fmt.Sprintf("記録のある%d件の判定は、どれも変わりません", e.Sessions)
	}
	bound := e.BoundWords()
	if bound != "" {
		bound = "（" + bound + "）"
	}
	text := fmt.Sprintf("判定が変わる %d件%s、%s（合計 %s → %s）", n, bound, Signed(e.After-e.Before), Points(e.Before), Points(e.After))
	if n == 0 {
		return fmt.Sprintf("判定の変わる共同指導はありません。%d件は理由か確認することだけが変わります", rest)
	}
	if rest > 0 {
		text += fmt.Sprintf("。ほかに%d件は理由か確認することだけが変わります", rest)
	}
	return text
}

// Signed returns 「+100点」, 「−1,200点」 or 「±0点」.
func Signed(n int) string {
	switch {
	case n > 0:
		return "+" + Points(n)
	case n < 0:
		return "−" + Points(-n)
	}
	return "±0点"
}

// Turned returns 「500→0点」.
func Turned(before, after int) string { return fmt.Sprintf("%d→%d点", before, after) }

// BoundState says whether a session is confirmed or closed:
// 「確定済み（500点、2026-10）」, 「締め済み（2026-10）」, or "". closed is its
// closed month, 0 for none.
func BoundState(c *models.Confirmation, closed models.Month) string {
	switch {
	case c != nil && c.Month != 0:
		return fmt.Sprintf("確定済み（%s、%s）", Points(c.Points), c.Month)
	case c != nil:
		return fmt.Sprintf("確定済み（%s）", Points(c.Points))
	case closed != 0:
		return fmt.Sprintf("締め済み（%s）", closed)
	}
	return ""
}

// BoundChange says that a session is confirmed or closed and what the change
// does to it: 「確定済み（500点、2026-10）です。変えると 500→0点」. It returns
// "" for other sessions.
func BoundChange(c app.VerdictChange) string {
	state := BoundState(c.Confirmation, c.Closed)
	switch {
	case state == "":
		return ""
	case c.Before.Result == "":
		return fmt.Sprintf("%sの月の記録になります。%s", state, Signed(c.After.Points))
	case !c.Reclassified():
		return state + "です。いまの入力では、判定は変わりません"
	}
	return state + "です。変えると " + Turned(c.Before.Points, c.After.Points)
}

// BoundNow says that a session is confirmed or closed and how v, its verdict
// today, differs: 「確定済み（500点、2026-10）。いまの判定は 算定不可 500→0点」. differs reports
// whether it does. Without a 確定, v is compared with what the closing kept.
func BoundNow(book *models.Book, v *fee.Verdict) (text string, differs bool) {
	c := app.NewChange(book, v, v)
	text = BoundState(c.Confirmation, c.Closed)
	points := v.Points
	if c.Confirmation != nil {
		points = c.Confirmation.Points
	} else if closing := book.LastClosing(c.Closed); closing != nil {
		for _, kept := range book.ClosedVerdictsOf(*closing) {
			if kept.Session == v.Session.Number {
				points = kept.Points
			}
		}
	}
	if points == v.Points {
		return text, false
	}
	return fmt.Sprintf("%s。いまの判定は %s %s", text, v.Result, Turned(points, v.Points)), true
}

// Patient names the patient of a verdict.
func Patient(v *fee.Verdict) string {
	if v.Admission != nil {
		return Joined(" ", v.Admission.Name, v.Session.PatientID)
	}
	return v.Session.PatientID
}

// Change describes one session of an effect in a line: 「G0123 2026-10-08 髙橋
// 花子 00012345 500→0点 確定済（2026-10）」.
func Change(c app.VerdictChange) string {
	v := c.Verdict()
	number, points, state := v.Session.Number, Turned(c.Before.Points, c.After.Points), ""
	switch {
	case c.After.Result == "":
		points += "（記録がなくなります）"
	case c.Before.Result == "":
		number, points = "新しい記録", Signed(c.After.Points)
	}
	switch {
	case c.Confirmation != nil:
		state = "　確定済（" + c.Confirmation.Month.String() + "）"
	case c.Closed != 0:
		state = "　締め済（" + c.Closed.String() + "）"
	}
	return Joined(" ", number, v.Session.On.String(), Patient(v), points) + state
}

// BeforeSaving is the question before a save: the confirmed and closed sessions
// it changes, and the records it strands. It returns "" when there are none.
func BeforeSaving(e app.Effect) string {
	var parts []string
	if bound := e.Bound(); len(bound) > 0 {
		parts = append(parts, fmt.Sprintf("確定済み・締め済みの共同指導 %d件の判定が変わります。", len(bound)))
		parts = append(parts, named(bound, Change)...)
		if e.Confirmed() > 0 {
			parts = append(parts, "医事課が確定した区分と点数は、そのまま残ります。")
		}
	}
	if len(e.Stranded) > 0 {
		parts = append(parts, Stranded(e)+"。")
		parts = append(parts, named(e.Stranded, func(s app.Stranded) string { return Joined(" ", s.On.String(), s.Sheet, s.Key, s.Name) })...)
		parts = append(parts, "日付を確かめるか、保存したあとで、これらの記録を直してください。")
	}
	return strings.Join(parts, "\n")
}

// Stranded counts the records no longer covered by a period: 「職員・病棟の登録の
// ない日の記録が33件残ります（共同指導 9件、やり取り 24件）」, or "".
func Stranded(e app.Effect) string {
	var sheets []string
	count := make(map[string]int)
	for _, s := range e.Stranded {
		if count[s.Sheet]++; count[s.Sheet] == 1 {
			sheets = append(sheets, s.Sheet)
		}
	}
	for i, sheet := range sheets {
		sheets[i] = fmt.Sprintf("%s %d件", sheet, count[sheet])
	}
	if len(sheets) == 0 {
		return ""
	}
	return fmt.Sprintf("職員・病棟の登録のない日の記録が%d件残ります（%s）", len(e.Stranded), strings.Join(sheets, "、"))
}

// Resting says which confirmed claims depend on a 版 of the 規程, or "".
func Resting(verdicts []*fee.Verdict) string {
	if len(verdicts) == 0 {
		return ""
	}
	var names []string
	for _, v := range verdicts[:min(namedSessions, len(verdicts))] {
		names = append(names, Joined(" ", v.Session.Number, v.Session.On.String()))
	}
	if more := len(verdicts) - len(names); more > 0 {
		names = append(names, fmt.Sprintf("ほか%d件", more))
	}
	return fmt.Sprintf("この版で確定した指導料2が%d件あります（%s）。先に「算定」の画面で確定を取り消してください", len(verdicts), strings.Join(names, "、"))
}

// Afterwards is the notice after a save that changed verdicts of existing
// sessions: how many, or which ones if confirmed or closed. It returns "" for
// none.
func Afterwards(e app.Effect) string {
	bound := e.Bound()
	if len(bound) == 0 {
		n, points := 0, 0
		for _, c := range e.Changes {
			if c.Reclassified() && c.Before.Result != "" && c.After.Result != "" {
				n++
				points += c.After.Points - c.Before.Points
			}
		}
		if n == 0 {
			return ""
		}
		return fmt.Sprintf("。判定が変わった共同指導 %d件、%s", n, Signed(points))
	}
	text := "。確定済み・締め済みの判定が変わりました: " + Change(bound[0])
	if more := len(bound) - 1; more > 0 {
		text += fmt.Sprintf(" ほか%d件", more)
	}
	return text
}

// named describes the first elements, one per line, and says how many more
// there are.
func named[T any](all []T, line func(T) string) []string {
	var lines []string
	for _, one := range all[:min(namedSessions, len(all))] {
		lines = append(lines, "・"+line(one))
	}
	if more := len(all) - len(lines); more > 0 {
		lines = append(lines, fmt.Sprintf("・ほか%d件", more))
	}
	return lines
}
