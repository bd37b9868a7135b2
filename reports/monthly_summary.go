package reports

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"renkei/models"
	"renkei/models/fee"
)

// fee2Points is the points of 指導料2 (告示 注2). The loss of a session judged
// 指導料1 is the difference to its own points.
const fee2Points = 500

func (m Monthly) addSummary(b *book, sessions []*fee.Verdict) {
	s := b.addSheet("集計", page{landscape: true, minFont: 9.5, indent: true})
	s.title("月次算定一覧　"+monthWords(m.Month), m.head())
	s.note(m.standing(sessions) + "1点 = 10円。数え方は「定義」にあります。")
	s.heading("判定別")
	s.table(m.resultTable(sessions))
	s.heading("確定の状況　" + m.closingWords())
	s.table(m.confirmTable(sessions))
	s.note("確定済は医事課が確定したもので、確定したときの区分と点数です。未確定は、判定が算定できるもののうち確定していないもので、判定の区分と点数です。" +
		"「確定と判定の相違」は、確定した後に記録が変わり、今の判定と違うものです（締め後の変更・要対応一覧）。")
	s.heading("要対応")
	s.table(m.actionTable(sessions))
	s.note("1件の共同指導がいくつかの内容に当てはまることがあります。計は重複を除いた件数です。点数は、対応しないと失うおそれのある点数です。" +
		"確定済・算定済みのものはその点数（返戻・取下げになるおそれ）、ほかは判定どおりなら算定できる点数です。")
	s.breakPage()
	s.heading("病棟別")
	s.table(wardTable(sessions))
	s.note("病棟は指導日の病棟です（転棟の日は移った先）。点数と金額は判定どおりに算定した場合です。")
	s.heading("指導料2にならなかった理由")
	s.table(reasonTable(sessions))
	s.note("対象: 算定の対象になる共同指導（候補）のうち、指導料2だけの条件を満たさないもの。1件がいくつかの条件を欠くときは、それぞれの行に数えます。" +
		"差は、指導料1と判定した件数 × 100点（500点 − 400点）、1点 = 10円です。「これだけ」は、ほかの条件はすべて満たすもので、これが整えば指導料2になりえた件数です。")
	if unified := count(sessions, func(v *fee.Verdict) bool { return v.Result == fee.Fee1 && v.Fits2 }); unified > 0 {
		s.note(fmt.Sprintf("ほかに、指導料2の条件を満たすが、入院を指導料1で算定するため指導料1としたものが%d件あります（1と2は同じ入院で併せて算定できません。通知(9)）。", unified))
	}
}

// figure is a column of a table of 集計.
func figure[T any](head string, value func(T) any) column[T] {
	return column[T]{head: head, width: fit(5, 5), format: formatNumber, value: value,
		tone: func(row T) tone {
			if value(row) == 0 {
				return toneQuiet
			}
			return toneNormal
		}}
}

func label[T any](head string, value func(T) any) column[T] {
	return column[T]{head: head, width: fit(22, 32), value: value}
}

type resultLine struct {
	result   fee.Result
	sessions []*fee.Verdict
}

func (m Monthly) resultTable(sessions []*fee.Verdict) *grid {
	cols := []column[resultLine]{
		label("判定", func(l resultLine) any { return string(l.result) }),
		figure("件数", func(l resultLine) any { return len(l.sessions) }),
		figure("点数", func(l resultLine) any { return points(l.sessions) }),
		figure("金額\n（円）", func(l resultLine) any { return points(l.sessions) * fee.YenPerPoint }),
		figure("うち\n確定済", func(l resultLine) any { return count(l.sessions, m.isConfirmed) }),
		figure("うち\n確定可", func(l resultLine) any { return count(l.sessions, m.isReady) }),
		figure("うち\n要対応", func(l resultLine) any { return count(l.sessions, (*fee.Verdict).NeedsAction) }),
		{head: "診療行為\nコード", span: 2, format: formatMark, value: func(l resultLine) any { return cmp.Or(m.codeOf(l.result), "―") }},
	}
	cols[0].tone = func(l resultLine) tone { return resultTone(l.result) }
	var billable []*fee.Verdict
	line := func(result fee.Result) resultLine {
		return resultLine{result, pick(sessions, func(v *fee.Verdict) bool { return v.Result == result })}
	}
	g := tabulate(cols, nil)
	addLines := func(lines ...resultLine) { g.rows = append(g.rows, tabulate(cols, lines).rows...) }
	for _, result := range fee.Results {
		if l := line(result); result.Billable() {
			billable = append(billable, l.sessions...)
			addLines(l)
		}
	}
	addSum := func(name string, of []*fee.Verdict) {
		g.addTotal(name, len(of), points(of), points(of)*fee.YenPerPoint,
			count(of, m.isConfirmed), count(of, m.isReady), count(of, (*fee.Verdict).NeedsAction), "")
	}
	addSum("算定できるもの 計", billable)
	addLines(line(fee.NotBilled), line(fee.Pending), line(fee.NotBillable))
	addSum("共同指導 計", sessions)
	return g
}

func count(sessions []*fee.Verdict, is func(*fee.Verdict) bool) int { return len(pick(sessions, is)) }

type actionLine struct {
	kind, todo string
	sessions   []*fee.Verdict
}

// actionTodo says what each kind of action asks of the department.
var actionTodo = map[string]string{
	actPending:  "足りない項目を登録すると判定できます",
	actNote:     "指導の要点を診療録に記載し、記載日を登録します（通知(6)）",
	actPlanCopy: "写しを受け取って診療録に添付し、受領日を登録します（通知(6)）",
	actDiffers:  "記録の算定区分を直すか、算定済みなら返戻・取下げを確かめます",
}

func (m Monthly) actionTable(sessions []*fee.Verdict) *grid {
	cols := []column[actionLine]{
		label("内容", func(l actionLine) any { return l.kind }),
		figure("件数", func(l actionLine) any { return len(l.sessions) }),
		figure("点数", func(l actionLine) any { return m.atStake(l.sessions) }),
		figure("金額\n（円）", func(l actionLine) any { return m.atStake(l.sessions) * fee.YenPerPoint }),
		{head: "すること", span: 8, value: func(l actionLine) any { return l.todo }},
	}
	var lines []actionLine
	for _, kind := range actionKinds {
		of := pick(sessions, func(v *fee.Verdict) bool {
			return slices.ContainsFunc(actionsOf(v, 0), func(a action) bool { return a.kind == kind })
		})
		lines = append(lines, actionLine{kind, actionTodo[kind], of})
	}
	g := tabulate(cols, lines)
	all := pick(sessions, (*fee.Verdict).NeedsAction)
	g.addTotal("計（重複を除く）", len(all), m.atStake(all), m.atStake(all)*fee.YenPerPoint, "")
	return g
}

type wardLine struct {
	code, name string
	on         models.Date // for the name: a ward may be renamed within the month
	sessions   []*fee.Verdict
}

// byWard groups the sessions by the ward of their day, sorted by ward code.
// Sessions without a known ward come last.
func byWard(sessions []*fee.Verdict) []wardLine {
	lines := map[string]*wardLine{}
	for _, v := range sessions {
		code := ""
		if v.Ward != nil {
			code = v.Ward.Code
		}
		if lines[code] == nil {
			lines[code] = &wardLine{code: code}
		}
		l := lines[code]
		l.sessions = append(l.sessions, v)
		if l.name == "" || v.Session.On > l.on {
			l.name, l.on = wardName(v), v.Session.On
		}
	}
	list := make([]wardLine, 0, len(lines))
	for _, l := range lines {
		list = append(list, *l)
	}
	slices.SortFunc(list, func(a, b wardLine) int {
		if (a.code == "") != (b.code == "") {
			return cmp.Compare(b.code, a.code)
		}
		return cmp.Compare(a.code, b.code)
	})
	return list
}

func wardTable(sessions []*fee.Verdict) *grid {
	cols := []column[wardLine]{label("病棟", func(l wardLine) any { return l.name })}
	of := func(l wardLine, is func(fee.Result) bool) []*fee.Verdict {
		return pick(l.sessions, func(v *fee.Verdict) bool { return is(v.Result) })
	}
	addMoney := func(head string, is func(fee.Result) bool) {
		cols = append(cols,
			figure(head+"\n件数", func(l wardLine) any { return len(of(l, is)) }),
			figure(head+"\n点数", func(l wardLine) any { return points(of(l, is)) }),
			figure(head+"\n金額（円）", func(l wardLine) any { return points(of(l, is)) * fee.YenPerPoint }))
	}
	for _, result := range fee.Results {
		if result.Billable() {
			addMoney(string(result), func(r fee.Result) bool { return r == result })
		}
	}
	addMoney("算定計", fee.Result.Billable)
	for _, result := range []fee.Result{fee.NotBilled, fee.Pending, fee.NotBillable} {
		cols = append(cols, figure(string(result)+"\n件数", func(l wardLine) any {
			return len(of(l, func(r fee.Result) bool { return r == result }))
		}))
	}
	g := tabulate(cols, byWard(sessions))
	total := tabulate(cols, []wardLine{{name: "計", sessions: sessions}})
	if len(g.rows) > 0 {
		total.rows[0].total = true
		g.rows = append(g.rows, total.rows...)
	}
	return g
}

// reasonLine is one condition of 指導料2 that sessions of the month did not
// meet.
type reasonLine struct {
	id, name, source string
	missing          []string
	sessions         []*fee.Verdict
	alone            int // sessions that lack nothing else
}

// failedFee2 returns the unmet conditions of 指導料2 alone. It is empty for a
// session refused by 11-1 or of the old fee.
func failedFee2(v *fee.Verdict) []fee.Condition {
	if !v.Candidate || v.Fits2 || v.Session.On < models.RevisionDate {
		return nil
	}
	var failed []fee.Condition
	for _, c := range v.Conditions {
		if c.Fee2Only && c.State == fee.NotMet {
			failed = append(failed, c)
		}
	}
	return failed
}

func byReason(sessions []*fee.Verdict) []reasonLine {
	lines := map[string]*reasonLine{}
	for _, v := range sessions {
		failed := failedFee2(v)
		for _, c := range failed {
			if lines[c.ID] == nil {
				lines[c.ID] = &reasonLine{id: c.ID, name: c.Name, source: c.Source}
			}
			l := lines[c.ID]
			l.sessions = append(l.sessions, v)
			l.missing = append(l.missing, c.Missing)
			if len(failed) == 1 {
				l.alone++
			}
		}
	}
	list := make([]reasonLine, 0, len(lines))
	for _, l := range lines {
		list = append(list, *l)
	}
	slices.SortFunc(list, func(a, b reasonLine) int {
		return cmp.Or(cmp.Compare(len(b.sessions), len(a.sessions)), cmp.Compare(a.id, b.id))
	})
	return list
}

// lostPoints returns how much more the sessions judged 指導料1 would earn as 指導料2.
func lostPoints(sessions []*fee.Verdict) int {
	lost := 0
	for _, v := range sessions {
		if v.Result == fee.Fee1 {
			lost += fee2Points - v.Points
		}
	}
	return lost
}

func isFee1(v *fee.Verdict) bool    { return v.Result == fee.Fee1 }
func isRefused(v *fee.Verdict) bool { return v.Result == fee.NotBillable }

func reasonTable(sessions []*fee.Verdict) *grid {
	cols := []column[reasonLine]{
		label("満たさない条件", func(l reasonLine) any { return l.name }),
		figure("件数", func(l reasonLine) any { return len(l.sessions) }),
		figure("うち\nこれだけ", func(l reasonLine) any { return l.alone }),
		figure("うち\n指導料1", func(l reasonLine) any { return count(l.sessions, isFee1) }),
		figure("うち\n算定不可", func(l reasonLine) any { return count(l.sessions, isRefused) }),
		figure("差\n（点）", func(l reasonLine) any { return lostPoints(l.sessions) }),
		figure("差\n（円）", func(l reasonLine) any { return lostPoints(l.sessions) * fee.YenPerPoint }),
		{head: "足りないもの（多い順）", span: 7, value: func(l reasonLine) any { return examples(l.missing) }},
		{head: "出典", span: 2, value: func(l reasonLine) any { return l.source }},
	}
	lines := byReason(sessions)
	g := tabulate(cols, lines)
	if len(lines) == 0 {
		return g
	}
	all := pick(sessions, func(v *fee.Verdict) bool { return len(failedFee2(v)) > 0 })
	alone := count(all, func(v *fee.Verdict) bool { return len(failedFee2(v)) == 1 })
	g.addTotal("計（重複を除く）", len(all), alone, count(all, isFee1), count(all, isRefused),
		lostPoints(all), lostPoints(all)*fee.YenPerPoint, "", "")
	return g
}

// examples returns the most frequent words for what is missing. All of them
// would fill the page in a busy month.
func examples(missing []string) string {
	const most = 3
	words := distinct(missing)
	if len(words) <= most {
		return strings.Join(words, "\n")
	}
	return strings.Join(words[:most], "\n") + fmt.Sprintf("\nほか%d通り", len(words)-most)
}
