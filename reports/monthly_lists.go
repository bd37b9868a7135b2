package reports

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"renkei/models"
	"renkei/models/fee"
)

var listPage = page{landscape: true, minFont: 8}

const orderWords = "並び: 患者ID・指導日の順"

func (m Monthly) addBillable(b *book, sessions []*fee.Verdict) {
	listed := pick(sessions, m.isListed)
	confirmed := pick(listed, m.isConfirmed)
	sum := m.claimedPoints(listed)
	s := b.addSheet("算定一覧", listPage)
	s.title("算定一覧　"+monthWords(m.Month), m.head(),
		fmt.Sprintf("対象: 確定済の共同指導と、判定が指導料2・指導料1・旧区分の共同指導　全 %s件　%s点　%s円　うち確定済 %s件 %s点　%s",
			thousands(len(listed)), thousands(sum), thousands(sum*fee.YenPerPoint),
			thousands(len(confirmed)), thousands(m.claimedPoints(confirmed)), orderWords))
	s.table(tabulate(m.billableColumns(), listed).asList(2))
	s.note("算定日は指導日です。初回算定日は、この入院（通算入院を含む）で最初に算定する日、または算定済みの日です。" +
		"点数と診療行為コードは、確定済の行では確定したときのものです。状態が「確定済」の行は医事課が確定したもの、「確定可」の行は確定できるものです。" +
		"「確定と相違」は確定した後に判定が変わったもので、確定の点数→今の判定の点数です（締め後の変更）。「要対応」の行は要対応一覧、理由の全文は算定理由、警告の記号は定義をご覧ください。")
}

func (m Monthly) billableColumns() []sessionColumn {
	return []sessionColumn{
		colPatient, colName,
		{head: "病棟\n加算1", width: fit(7.8, 10.2), value: func(v *fee.Verdict) any { return wardAndFiling(v) }},
		colAdmitted,
		{head: "同意日", format: formatDate, value: func(v *fee.Verdict) any { return consent(v) }},
		{head: "算定日\n（指導日）", format: formatDate, value: func(v *fee.Verdict) any { return v.Session.On }},
		colWay,
		{head: "実施者", width: fit(8, 9.5), value: func(v *fee.Verdict) any { return staffNames(v) }},
		{head: "相手", width: fit(12, 15.2), value: func(v *fee.Verdict) any { return partnerName(v) }},
		colResult,
		{head: "点数", format: formatNumber, value: func(v *fee.Verdict) any { _, points := m.claimed(v); return points }},
		{head: "初回\n算定日", format: formatDate, value: func(v *fee.Verdict) any { return v.FirstClaimOn }},
		{head: "診療行為\nコード", width: fit(8, 10.2), format: formatID, value: func(v *fee.Verdict) any { return m.claimedCode(v) },
			tone: func(v *fee.Verdict) tone { return codeTone(m.claimedCode(v)) }},
		{head: "診療録\n記載日", format: formatDate, value: func(v *fee.Verdict) any { return dateOr(v.Session.NotedOn, "未記載") },
			tone: func(v *fee.Verdict) tone { return missingTone(v.Session.NotedOn) }},
		{head: "ケアプラン\n写し\n受領日", format: formatDate, value: func(v *fee.Verdict) any { return dateOr(v.Session.PlanCopyOn, "未受領") },
			tone: func(v *fee.Verdict) tone { return missingTone(v.Session.PlanCopyOn) }},
		{head: "状態", width: fit(6.2, 6.2), format: formatMark, value: func(v *fee.Verdict) any { return m.stateWord(v) },
			tone: func(v *fee.Verdict) tone { return m.stateTone(v) }},
		colWarnings,
		{head: "理由", width: flex(16), value: func(v *fee.Verdict) any { return shortReason(v) }},
		colClaim,
		{head: "指導番号\nルール版", width: fit(4, 8.2), format: formatID,
			value: func(v *fee.Verdict) any { return joinLines(v.Session.Number, v.RuleVersion) }},
	}
}

func consent(v *fee.Verdict) models.Date {
	if v.Admission == nil {
		return 0
	}
	return v.Admission.ConsentedOn
}

// claimedCode returns the 診療行為コード a session is billed with.
func (m Monthly) claimedCode(v *fee.Verdict) string {
	result, _ := m.claimed(v)
	return m.codeOf(result)
}

func codeTone(code string) tone {
	if code == "未登録" {
		return toneAction
	}
	return toneNormal
}

// stateWord returns how far a billable session is on its way to the claim.
func (m Monthly) stateWord(v *fee.Verdict) string {
	switch {
	case m.differs(v):
		return fmt.Sprintf("確定と\n相違\n%d→\n%d点", m.confirmation(v).Points, v.Points)
	case m.isConfirmed(v):
		return "確定済"
	case v.Confirmable():
		return "確定可"
	case v.NeedsAction():
		return "要対応"
	}
	return "―"
}

func (m Monthly) stateTone(v *fee.Verdict) tone {
	switch {
	case m.differs(v):
		return toneRefused
	case m.isConfirmed(v):
		return toneFee2
	case v.NeedsAction():
		return toneAction
	}
	return toneNormal
}

// action is one thing to do before a session can be billed as judged.
type action struct {
	verdict *fee.Verdict
	kind    string
	found   string
	todo    string
	by      models.Date
}

// Kinds of action, in the order of 集計.
const (
	actPending  = "判定保留"
	actNote     = "診療録の要点が未記載"
	actPlanCopy = "ケアプランの写しが未受領"
	actDiffers  = "記録と判定の相違"
)

var actionKinds = []string{actPending, actNote, actPlanCopy, actDiffers}

// blockingWarnings prevent 確定可 (fee-rules 11-3).
var blockingWarnings = map[string]string{"W1": actNote, "W2": actPlanCopy, "W7": actDiffers}

// actionsOf lists what has to be done about a session as of today.
func actionsOf(v *fee.Verdict, today models.Date) []action {
	var list []action
	if v.Result == fee.Pending {
		list = append(list, action{verdict: v, kind: actPending, found: v.Reason,
			todo: cmp.Or(remedyWords(v, today), missingWords(v), "足りない項目を登録してください"), by: firstDeadline(v)})
	}
	for _, w := range v.Warnings {
		if kind, ok := blockingWarnings[w.Code]; ok {
			list = append(list, action{verdict: v, kind: kind, found: w.Text, todo: w.Do(today), by: w.By})
		}
	}
	return list
}

func firstDeadline(v *fee.Verdict) models.Date {
	var first models.Date
	for _, r := range v.Remedies {
		if !r.By.IsZero() && (first.IsZero() || r.By < first) {
			first = r.By
		}
	}
	return first
}

func (m Monthly) addActions(b *book, sessions []*fee.Verdict) {
	var actions []action
	waiting := 0
	for _, v := range sessions {
		of := actionsOf(v, m.On)
		actions = append(actions, of...)
		waiting += min(1, len(of))
	}
	s := b.addSheet("要対応一覧", page{landscape: true, minFont: 9, indent: true})
	s.title("要対応一覧　"+monthWords(m.Month), m.head(),
		fmt.Sprintf("対象: 判定保留、診療録の要点が未記載、ケアプランの写しが未受領、記録と判定の相違　%s行（共同指導 %s件）　%s",
			thousands(len(actions)), thousands(waiting), orderWords))
	s.table(tabulate(m.actionColumns(), actions).asList(2))
	s.note(fmt.Sprintf("1件の共同指導に足りないものがいくつかあるときは、その数だけ行があります。残りは %s から期限までの日数です。", m.On))
}

func (m Monthly) actionColumns() []column[action] {
	var cols []column[action]
	for _, c := range []sessionColumn{colPatient, colName, colWard, colOn, colResult} {
		cols = append(cols, ofAction(c))
	}
	cols = append(cols,
		column[action]{head: "区分", width: fit(12, 14.2), value: func(a action) any { return a.kind },
			tone: func(action) tone { return toneAction }},
		column[action]{head: "足りないもの", width: flex(24), value: func(a action) any { return a.found }},
		column[action]{head: "すること", width: flex(24), value: func(a action) any { return a.todo }},
		column[action]{head: "期限", width: fit(10.5, 10.5), format: formatDate, value: func(a action) any { return a.by }},
		column[action]{head: "残り", width: fit(8, 8), format: formatMark, value: func(a action) any { return daysLeft(m.On, a.by) },
			tone: func(a action) tone { return overdueTone(m.On, a.by) }})
	for _, c := range []sessionColumn{colStaff, colPartner, colNumber} {
		cols = append(cols, ofAction(c))
	}
	return cols
}

// ofAction turns a column of sessions into a column of actions.
func ofAction(c sessionColumn) column[action] {
	return of(c, func(a action) *fee.Verdict { return a.verdict })
}

func daysLeft(today, by models.Date) string {
	if by.IsZero() {
		return ""
	}
	switch days := today.DaysUntil(by); {
	case days < 0:
		return fmt.Sprintf("%d日超過", -days)
	case days == 0:
		return "今日まで"
	default:
		return fmt.Sprintf("あと%d日", days)
	}
}

func overdueTone(today, by models.Date) tone {
	if !by.IsZero() && by < today {
		return toneRefused
	}
	return toneNormal
}

func (m Monthly) addRefused(b *book, sessions []*fee.Verdict) {
	refused := pick(sessions, func(v *fee.Verdict) bool { return v.Result == fee.NotBillable || v.Result == fee.NotBilled })
	s := b.addSheet("算定不可一覧", page{landscape: true, minFont: 9, indent: true})
	s.title("算定不可一覧　"+monthWords(m.Month), m.head(),
		fmt.Sprintf("対象: 判定が算定不可・算定なしの共同指導　全 %s件　%s", thousands(len(refused)), orderWords))
	s.table(tabulate(m.refusedColumns(), refused).asList(2))
	s.note("コードの意味は定義にあります。算定なしは、部門が算定しないと記録した共同指導です。" +
		"記録の算定区分が1・2・旧の行は、算定済みなら取下げを確かめてください（要対応一覧の「記録と判定の相違」）。")
}

func (m Monthly) refusedColumns() []sessionColumn {
	return []sessionColumn{
		colPatient, colName, colWard, colOn, colStaff, colPartner, colResult,
		{head: "コード", width: fit(4, 6.5), format: formatID, value: func(v *fee.Verdict) any { return v.Code }},
		{head: "理由", width: flex(30), value: func(v *fee.Verdict) any { return v.Reason }},
		{head: "足りないもの", width: flex(22), value: func(v *fee.Verdict) any { return missingWords(v) }},
		{head: "できること", width: flex(22), value: func(v *fee.Verdict) any { return remedyWords(v, m.On) }},
		colClaim, colNumber,
	}
}

// addGrounds writes the full reason of every billable session, for which the
// billing list has no room, with the warnings in words.
func (m Monthly) addGrounds(b *book, sessions []*fee.Verdict) {
	billable := pick(sessions, m.isListed)
	s := b.addSheet("算定理由", page{landscape: true, minFont: 9, indent: true})
	s.title("算定理由　"+monthWords(m.Month), m.head(),
		fmt.Sprintf("対象: 算定一覧と同じ共同指導　全 %s件　%s", thousands(len(billable)), orderWords))
	s.table(tabulate([]sessionColumn{
		colPatient, colName, colOn, colStaff, colResult,
		{head: "理由", width: flex(44), value: func(v *fee.Verdict) any { return v.Reason }},
		{head: "警告の内容", width: flex(24), value: func(v *fee.Verdict) any { return warningWords(v) }},
		{head: "入院の合計\n2なら", format: formatNumber, value: func(v *fee.Verdict) any { return v.T2 }},
		{head: "入院の合計\n1なら", format: formatNumber, value: func(v *fee.Verdict) any { return v.T1 }},
		colNumber,
	}, billable).asList(2))
	s.note("入院の合計は、この入院（通算入院を含む）の共同指導をすべて指導料2、または指導料1で算定した場合の点数です。")
}

// distinct returns the texts without repeats, most frequent first, then by code
// point.
func distinct(texts []string) []string {
	counts := map[string]int{}
	for _, t := range texts {
		if t = strings.TrimSpace(t); t != "" {
			counts[t]++
		}
	}
	list := make([]string, 0, len(counts))
	for t := range counts {
		list = append(list, t)
	}
	slices.SortFunc(list, func(a, b string) int { return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b)) })
	return list
}
