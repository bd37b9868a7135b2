package reports

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"renkei/models"
	"renkei/models/fee"
)

// perTable is how many sessions share one table of conditions.
const perTable = 2

func (e evidence) addPages(b *book, cases []*evidenceCase) {
	s := b.addSheet("根拠", page{minFont: 7.5, indent: true})
	s.least = []float64{12, 18, 4.5, 17, 17, 4.5, 17, 17, 16}
	s.title(evidenceTitle+"　"+e.when, e.head(e.when))
	if len(cases) == 0 {
		s.table(tabulate(factPairColumns(), nil))
		return
	}
	for i, c := range cases {
		if i > 0 {
			s.breakPage()
		}
		e.addPage(s, c)
	}
}

func (e evidence) addPage(s *sheet, c *evidenceCase) {
	name := "（入院未登録）"
	if c.admission != nil {
		name = c.admission.Name
	}
	s.heading(fmt.Sprintf("No.%d　患者ID %s　%s　入院日 %s", c.n, c.key.PatientID, name, c.key.AdmittedOn))
	s.table(tabulate(factPairColumns(), e.facts(c)))
	s.heading("共同指導")
	s.table(tabulate(e.sessionColumns(), c.sessions))
	if len(c.sessions) > 0 {
		v := c.sessions[0]
		s.note(fmt.Sprintf("この入院（通算入院を含む）の合計: すべて指導料2なら %s点、すべて指導料1なら %s点。プラン: %s。ルール版 %s。",
			thousands(v.T2), thousands(v.T1), planWords(v.Plan), v.RuleVersion))
	}
	for group := range slices.Chunk(c.claims, perTable) {
		s.heading("判定の条件　" + sessionNames(group))
		s.table(conditionTable(group))
	}
	if len(c.claims) > 0 {
		s.breakPage() // the back of the paper
		s.heading(fmt.Sprintf("No.%d　%s　足りない書類・すること", c.n, name))
		s.table(tabulate(e.lackColumns(), lacks(c.claims)))
		s.heading("よりどころの記録")
		s.table(tabulate(quoteColumns(), e.quotes(c)))
	}
}

func planWords(p fee.Plan) string {
	if p == fee.NoPlan {
		return "なし"
	}
	return "指導料" + string(p)
}

func sessionNames(sessions []*fee.Verdict) string {
	names := make([]string, len(sessions))
	for i, v := range sessions {
		names[i] = fmt.Sprintf("%s（%s %s）", v.Session.Number, v.Session.On, v.Result)
	}
	return strings.Join(names, "・")
}

// factPair is two facts side by side.
type factPair struct{ name, value, name2, value2 string }

func factPairColumns() []column[factPair] {
	return []column[factPair]{
		{head: "項目", span: 2, value: func(l factPair) any { return l.name }},
		{head: "内容", span: 3, value: func(l factPair) any { return l.value }},
		{head: "項目", span: 2, value: func(l factPair) any { return l.name2 }},
		{head: "内容", span: 2, value: func(l factPair) any { return l.value2 }},
	}
}

func (e evidence) facts(c *evidenceCase) []factPair {
	a := c.admission
	if a == nil {
		return []factPair{{"入院の登録", "この患者ID・入院日の入院は登録されていません", "", ""}}
	}
	return []factPair{
		{"氏名・カナ", joinWords(a.Name, a.Kana), "生年月日・性別", joinWords(a.BornOn.String(), a.Sex)},
		{"入院日", a.AdmittedOn.String(), "退院日（退院見込日）", cmp.Or(a.DischargedOn.String(), "入院中") + "（" + cmp.Or(a.ExpectedOn.String(), "未記録") + "）"},
		{"診療科・通算入院キー", joinWords(a.Specialty, a.ChainKey), "病棟", e.stays(a.Key())},
		{"認定状況・要介護度", joinWords(string(a.CareStatus), a.CareLevel), "担当CM", e.careManagerWords(a.CareManager, a.AdmittedOn)},
		{"導入適当・本人の希望", orUnknown(a.ServiceSuitable) + "・" + orUnknown(a.PatientWishes), "同意日", cmp.Or(a.ConsentedOn.String(), "未記録")},
		{"情報提供書の受領日", cmp.Or(a.ReceivedOn.String(), "未記録"), "入院時の情報提供日", deadlineWords(fee.InformOf(e.Facts, a, e.AsOf))},
		{"退院前の連絡日", deadlineWords(fee.NoticeOf(a, e.AsOf)), "地域連携診療計画加算", orNoRecord(a.RegionalPlan)},
	}
}

// deadlineWords says whether a deadline of the 規程 was kept, with its day.
func deadlineWords(d fee.Deadline) string {
	words := cmp.Or(d.Done.String(), "未記録")
	if d.Kept == fee.KeptNone {
		return words + "（" + string(d.Kept) + "）"
	}
	return fmt.Sprintf("%s（%s、期限 %s）", words, d.Kept, d.Limit)
}

func joinWords(words ...string) string {
	kept := slices.DeleteFunc(slices.Clone(words), func(w string) bool { return w == "" })
	return cmp.Or(strings.Join(kept, "　"), "未記録")
}

// orUnknown writes a mark that the judgement needs: blank means 未確認.
func orUnknown(m models.Mark) string { return cmp.Or(m.String(), "未確認") }

// orNoRecord writes a mark that need not be recorded: blank counts as なし, and
// the condition beside it is ○.
func orNoRecord(m models.Mark) string { return cmp.Or(m.String(), "記録なし") }

// stays lists the wards of an admission in order.
func (e evidence) stays(key models.AdmissionKey) string {
	var stays []models.WardStay
	for _, s := range e.Facts.Book.WardStays {
		if s.Key() == key {
			stays = append(stays, s)
		}
	}
	slices.SortFunc(stays, func(a, b models.WardStay) int { return cmp.Compare(a.From, b.From) })
	words := make([]string, len(stays))
	for i, s := range stays {
		name := s.Ward
		if w := e.Facts.WardFacts(s.Ward, s.From); w != nil {
			name = w.Name
		}
		words[i] = fmt.Sprintf("%s %s〜%s", name, s.From, s.To)
	}
	return cmp.Or(joinLines(words...), "未記録")
}

func (e evidence) careManagerWords(code string, on models.Date) string {
	cm := e.Facts.CareManager(code)
	switch {
	case code == "":
		return "なし"
	case cm == nil:
		return code + "（未登録）"
	}
	if office := e.Facts.OfficeOf(code, on); office != nil {
		return cm.Name + "（" + office.Name + "）"
	}
	return cm.Name
}

// sessionColumns describe every session of the admission: what was done, with
// whom, and the result.
func (e evidence) sessionColumns() []column[*fee.Verdict] {
	return []column[*fee.Verdict]{
		{head: "指導番号", width: fit(9, 10), format: formatID, value: func(v *fee.Verdict) any { return v.Session.Number }},
		{head: "指導日", format: formatDate, value: func(v *fee.Verdict) any { return v.Session.On }},
		{head: "方法・実施者・相手", span: 2, value: func(v *fee.Verdict) any {
			return joinLines(string(v.Session.Way)+"　"+strings.ReplaceAll(staffNames(v), "\n", "・"),
				strings.ReplaceAll(partnerName(v), "\n", "　")+"　"+string(v.Session.Standing))
		}},
		{head: "判定・点数", format: formatMark, value: func(v *fee.Verdict) any {
			return joinLines(string(v.Result), thousands(v.Points)+"点", claimLine(v), e.confirmedLine(v))
		}, tone: func(v *fee.Verdict) tone { return resultTone(v.Result) }},
		{head: "理由・指導の内容（要点）", span: 4, value: func(v *fee.Verdict) any {
			return joinLines("理由: "+v.Reason, "内容: "+cmp.Or(v.Session.Body, "未記録"),
				fmt.Sprintf("要点記載日 %s　写し受領日 %s%s", cmp.Or(v.Session.NotedOn.String(), "未記載"), cmp.Or(v.Session.PlanCopyOn.String(), "未受領"), inBrackets(string(v.Session.PlanCopyKind))))
		}},
	}
}

func inBrackets(word string) string {
	if word == "" {
		return ""
	}
	return "（" + word + "）"
}

func claimLine(v *fee.Verdict) string {
	if v.Session.Claim == "" {
		return "記録なし"
	}
	return joinWords("記録 "+string(v.Session.Claim), v.Session.ClaimMonth.String())
}

func (e evidence) confirmedLine(v *fee.Verdict) string {
	c, ok := e.confirmed[v.Session.Number]
	if !ok {
		return ""
	}
	return fmt.Sprintf("確定 %s", fee.ResultOf(c.Claim))
}

// conditionTable puts the conditions of up to two sessions side by side.
func conditionTable(sessions []*fee.Verdict) *grid {
	first := sessions[0].Conditions
	cols := []column[int]{{head: "条件", span: 2, value: func(i int) any { return first[i].Name }}}
	for _, v := range sessions {
		cols = append(cols, stateColumn(v), groundColumn(v, len(sessions)))
	}
	cols = append(cols, column[int]{head: "出典", value: func(i int) any { return first[i].Source }})
	rows := make([]int, len(first))
	for i := range rows {
		rows[i] = i
	}
	return tabulate(cols, rows)
}

func stateColumn(v *fee.Verdict) column[int] {
	return column[int]{head: "判", format: formatMark, value: func(i int) any { return string(v.Conditions[i].State) },
		tone: func(i int) tone { return stateToneOf(v.Conditions[i]) }}
}

// groundColumn takes the rest of the nine columns: the condition takes two, the
// source one, each session one for its mark.
func groundColumn(v *fee.Verdict, sessions int) column[int] {
	span := 5
	if sessions > 1 {
		span = 2
	}
	return column[int]{head: v.Session.Number + " の根拠", span: span, value: func(i int) any { return groundWords(v.Conditions[i]) },
		tone: func(i int) tone {
			if v.Conditions[i].State == fee.NotMet {
				return toneAction
			}
			return toneNormal
		}}
}

func stateToneOf(c fee.Condition) tone {
	switch c.State {
	case fee.Met:
		return toneFee2
	case fee.NotMet:
		return toneRefused
	}
	return toneQuiet
}

// groundWords says what a condition rests on and what it lacks.
func groundWords(c fee.Condition) string {
	var lines []string
	if c.State == fee.NotMet {
		lines = append(lines, c.Missing)
	}
	for _, e := range c.Evidence {
		lines = append(lines, e.Text)
	}
	return joinLines(lines...)
}

// lack is a missing paper or a contradiction.
type lack struct {
	*fee.Verdict
	fee.Warning
}

func lacks(claims []*fee.Verdict) []lack {
	var list []lack
	for _, v := range claims {
		for _, w := range v.Warnings {
			list = append(list, lack{v, w})
		}
	}
	return list
}

func (e evidence) lackColumns() []column[lack] {
	return []column[lack]{
		{head: "指導番号", format: formatID, value: func(l lack) any { return l.Session.Number }},
		{head: "期限", format: formatDate, value: func(l lack) any { return l.By },
			tone: func(l lack) tone { return overdueTone(e.AsOf, l.By) }},
		{head: "足りないもの", span: 3, value: func(l lack) any { return l.Warning.Code + " " + l.Text },
			tone: func(lack) tone { return toneAction }},
		{head: "すること", span: 4, value: func(l lack) any { return l.Do(e.AsOf) }},
	}
}
