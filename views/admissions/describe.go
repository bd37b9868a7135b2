package admissions

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"renkei/models"
	"renkei/models/fee"
	"renkei/views/ui"
	"renkei/views/verdict"
	"renkei/views/words"
)

// detail is everything the page of an admission says, in words.
type detail struct {
	Key      models.AdmissionKey
	Who      string   // 「00012345  髙橋 花子  タカハシ ハナコ」
	About    []string // birth date, ward, days, leaving; shown beside each other
	Tint     ui.Tint
	Sum      string // 「2回で 1,000点」
	Other    string // 「指導料1なら 800点」
	Plan     string
	Advice   []string
	Sessions []sessionLine
	Tasks    []task
	Compare  []compareLine
	Totals   [2]string // of 指導料2 and 指導料1
	Stays    []stayLine
	Facts    []ui.Fact
	Linked   []linkedLine
}

// sessionLine is one session in the block 判定.
type sessionLine struct {
	Number  string
	Turn    string // 「1回目」
	When    string // 「10/08 木」
	Way     string
	Partner string
	Tint    ui.Tint
	Points  string
	Check   string // 要対応, 確定可, 確定済 or ""
	Linked  bool   // of another admission counted together
	// Bound is what 医事課 did with the session, Differs whether it is judged
	// otherwise now.
	Bound   string
	Differs bool
}

// compareLine is one session in the comparison of the two plans.
type compareLine struct {
	Session    string
	Fee2, Fee1 string // ○ or × with the word
}

// stayLine is one row of the 病棟履歴.
type stayLine struct{ Ward, From, To, Days, Fee string }

// linkedLine is another admission counted together (通算入院).
type linkedLine struct {
	Key  models.AdmissionKey
	Text string
}

// describe puts an admission into words. rules give the points of a session.
func describe(r *record, rules fee.Rules) detail {
	a := r.adm
	d := detail{
		Key: a.Key(), Who: words.Joined("  ", a.PatientID, a.Name, a.Kana), About: aboutWords(r),
		Tasks: tasksOf(r), Stays: stayLines(r), Facts: factsOf(r),
	}
	d.Tint, d.Sum, d.Other, d.Plan = sumWords(r)
	for i, v := range r.chain {
		d.Sessions = append(d.Sessions, newSessionLine(r, v, i+1))
		for _, advice := range v.Advice {
			if !slices.Contains(d.Advice, advice) {
				d.Advice = append(d.Advice, advice)
			}
		}
	}
	d.Compare, d.Totals = comparePlans(r, rules)
	for _, other := range r.linked {
		d.Linked = append(d.Linked, linkedLine{other.Key(), words.Joined("  ", "入院 "+other.AdmittedOn.String(),
			words.Prefixed("退院 ", other.DischargedOn.String()))})
	}
	return d
}

// aboutWords is the line under the name: birth date with the age, ward with
// its 届出, the day of the stay, and when the patient leaves.
func aboutWords(r *record) []string {
	a := r.adm
	var parts []string
	if a.BornOn != 0 {
		parts = append(parts, fmt.Sprintf("%s生(%d)", a.BornOn.Wareki(), models.Age(a.BornOn, r.asOf())))
	}
	if w := r.ward(); w != nil {
		short := *w
		short.Name = shortWard(w.Name)
		parts = append(parts, wardWords(&short, r.asOf()))
	} else if name := r.wardName(); name != "" {
		parts = append(parts, name)
	} else {
		parts = append(parts, "病棟の登録がありません")
	}
	_, stay := stayWords(r)
	parts = append(parts, fmt.Sprintf("入院 %s（%s）", a.AdmittedOn, stay))
	switch {
	case a.DischargedOn != 0:
		parts = append(parts, "退院 "+a.DischargedOn.String())
	case a.ExpectedOn != 0:
		parts = append(parts, "退院見込 "+a.ExpectedOn.String())
	default:
		parts = append(parts, "退院見込 未定")
	}
	return parts
}

// sumWords says what the chain earns and what the other plan would give.
func sumWords(r *record) (tint ui.Tint, sum, other, plan string) {
	if len(r.chain) == 0 {
		return ui.Tint{Word: "共同指導なし", Color: ui.QuietInk}, "", "", "共同指導の記録はまだありません。1回目を記録すると、ここに判定が出ます。"
	}
	result, points := overall(r.chain)
	n := len(r.billable())
	sum = fmt.Sprintf("%d回で %s", n, words.Points(points))
	if n == 0 {
		sum = "算定できる回はありません"
	}
	v := r.chain[0]
	switch v.Plan {
	case fee.Plan2:
		other = "指導料1なら " + words.Points(v.T1)
	case fee.Plan1:
		other = "指導料2なら " + words.Points(v.T2)
	}
	if len(r.linked) > 0 {
		plan = fmt.Sprintf("通算される%d件の入院をまとめて数えています", len(r.linked)+1)
	}
	return verdict.Tint(result), sum, other, plan
}

func newSessionLine(r *record, v *fee.Verdict, turn int) sessionLine {
	line := sessionLine{
		Number: v.Session.Number, Turn: fmt.Sprintf("%d回目", turn), When: words.ShortDate(v.Session.On),
		Way: wayWords(v.Session.Way), Partner: verdict.Partner(v), Tint: verdict.Tint(v.Result),
		Check: verdict.Checked(v, r.facts.Book.ConfirmationOf(v.Session.Number)),
	}
	if v.Points > 0 {
		line.Points = words.Points(v.Points)
	}
	if v.Session.On == 0 {
		line.When = "日付なし"
	} else if v.Session.On.Year() != r.today.Year() {
		line.When = v.Session.On.String()
	}
	line.Linked = v.Session.Key() != r.adm.Key()
	line.Bound, line.Differs = words.BoundNow(r.facts.Book, v)
	return line
}

// wayWords is short for a line: ビデオ for ビデオ通話.
func wayWords(w models.GuidanceWay) string { return strings.TrimSuffix(string(w), "通話") }

// comparePlans sets the two plans side by side (fee-rules 7-3): which session
// fits which fee, and what each plan earns in all. Sessions before the fee was
// divided have no part in it.
func comparePlans(r *record, rules fee.Rules) (lines []compareLine, totals [2]string) {
	var t1, t2 int
	for _, v := range r.chain {
		if v.Session.On < models.RevisionDate {
			continue
		}
		t1, t2 = v.T1, v.T2
		line := compareLine{Session: words.Joined(" ", words.ShortDate(v.Session.On), verdict.Partner(v))}
		line.Fee2, line.Fee1 = fitWords(v, v.Fits2, rules.Points.Fee2), fitWords(v, v.Fits1, rules.Points.Fee1)
		lines = append(lines, line)
	}
	return lines, [2]string{words.Points(t2), words.Points(t1)}
}

func fitWords(v *fee.Verdict, fits bool, points int) string {
	switch {
	case !v.Candidate:
		return "－ 対象外"
	case fits:
		return "○ " + words.Points(points)
	}
	return "× 要件不足"
}

func stayLines(r *record) []stayLine {
	lines := make([]stayLine, len(r.stays))
	for i, s := range r.stays {
		line := stayLine{Ward: s.Ward, From: s.From.String(), To: s.To.String()}
		if w := r.facts.WardFacts(s.Ward, s.From); w != nil {
			line.Ward, line.Fee = wardWords(w, s.From), words.Joined(" ・ ", w.BasicFee, "B005-1-2 "+string(w.FeeTreatment))
		}
		end := s.To
		if end == 0 {
			line.To, end = "在室中", r.asOf()
		}
		if end >= s.From {
			line.Days = fmt.Sprintf("%d日", s.From.DaysUntil(end)+1)
		}
		lines[i] = line
	}
	return lines
}

// factsOf lists the rest of what is recorded of an admission.
func factsOf(r *record) []ui.Fact {
	a := r.adm
	cm := "未登録"
	if a.CareManager != "" {
		cm = r.careManagerName()
		if office := r.office(); office != nil {
			cm = words.Joined("  ", cm+"（"+office.Name+"）", words.Prefixed("☎ ", office.Phone))
		}
	}
	facts := []ui.Fact{
		{Label: "担当ケアマネ", Value: cm, Warn: a.CareManager == ""},
		{Label: "要介護度・認定", Value: words.Joined("  ", a.CareLevel, string(a.CareStatus))},
		{Label: "サービス導入が適当", Value: markWords(a.ServiceSuitable)},
		{Label: "本人の希望", Value: markWords(a.PatientWishes)},
		{Label: "同意日", Value: a.ConsentedOn.String(), Warn: r.needs().Consent},
		deadlineFact("入院時情報提供", fee.InformOf(r.facts, a, r.today), "対象外（入院したとき担当が決まっていません）"),
		deadlineFact("退院前連絡", fee.NoticeOf(a, r.today), ""),
		{Label: "情報提供書の受領", Value: a.ReceivedOn.String()},
		{Label: "性別・診療科", Value: words.Joined("  ", a.Sex, a.Specialty)},
	}
	if a.RegionalPlan != models.Unknown {
		facts = append(facts, ui.Fact{Label: "地域連携診療計画加算", Value: markWords(a.RegionalPlan), Warn: a.RegionalPlan.Is()})
	}
	if a.ChainKey != "" {
		facts = append(facts, ui.Fact{Label: "通算入院", Value: a.ChainKey})
	}
	for i := range facts {
		facts[i].Value = cmp.Or(strings.TrimSpace(facts[i].Value), "未登録")
	}
	return facts
}

func markWords(m models.Mark) string {
	switch m {
	case models.Yes:
		return "○ はい"
	case models.No:
		return "× いいえ"
	}
	return "未確認"
}

// deadlineFact says when something was done and whether in time, or by when it is
// due. notAsked stands where nothing is asked of the admission.
func deadlineFact(label string, d fee.Deadline, notAsked string) ui.Fact {
	value := d.Done.String()
	switch d.Kept {
	case fee.KeptNone:
		value = words.Joined("  ", value, notAsked)
	case fee.KeptLate:
		value = fmt.Sprintf("%s（期限 %s を%d日過ぎて）", d.Done, d.Limit, d.Limit.DaysUntil(d.Done))
	case fee.KeptInTime:
		value = fmt.Sprintf("%s（期限 %s）", d.Done, d.Limit)
	case fee.KeptOpen, fee.KeptMissing:
		value = "未登録（期限 " + d.Limit.String() + "）"
	}
	return ui.Fact{Label: label, Value: value, Warn: d.Kept == fee.KeptMissing}
}

// conditionLines is the table of a session: what 指導料2 asks, whatever else is
// not met, and the papers. The others are one line unless all are asked for.
func conditionLines(v *fee.Verdict, today models.Date, all bool) []ui.Condition {
	whole := verdict.Describe(v, today).Conditions
	var lines []ui.Condition
	folded, met := 0, 0
	for i, c := range v.Conditions {
		line := whole[i]
		if c.ID == "11f" && c.State == fee.NotAsked && v.Session.On >= models.RevisionDate {
			line = agreementLine(v, line)
		}
		// What 指導料2 asks comes first; the rest follows.
		open := all || c.Fee2Only && v.Session.On >= models.RevisionDate || c.State == fee.NotMet && !line.Quiet
		if !open {
			folded++
			if c.State == fee.Met {
				met++
			}
			continue
		}
		lines = append(lines, line)
	}
	if folded > 0 {
		lines = append(lines, verdict.Condition(fee.Condition{State: fee.Met, Name: "ほかの条件", Source: "告示・通知",
			Evidence: []fee.Evidence{{Text: foldedWords(met, folded-met)}}}, nil))
	}
	return append(lines, paperLines(v)...)
}

func foldedWords(met, notAsked int) string {
	text := fmt.Sprintf("%d項目を満たしています", met)
	if notAsked > 0 {
		text += fmt.Sprintf("（この回では問われない %d項目）", notAsked)
	}
	return text
}

// agreementLine shows the 事前の取り決め, which is 「望ましい」 (通知(3)ウ), with a
// mark of its own.
func agreementLine(v *fee.Verdict, line ui.Condition) ui.Condition {
	if v.Office == nil {
		return line
	}
	if on := v.Office.AgreedOn; on != 0 && on <= v.Session.On {
		line.Mark, line.Word, line.Color, line.Quiet = "○", "あり", ui.Good, false
		return line
	}
	line.Mark, line.Word, line.Color, line.Quiet = "△", "望ましい", ui.Warn, false
	line.Evidence, line.Missing = []ui.Evidence{mendEvidence("連携先", v.Office.Code, "取り決め日")}, "取り決め日が記録されていません"
	if on := v.Office.AgreedOn; on != 0 {
		line.Missing = "取り決め日" + on.String() + "が指導日より後です"
	}
	return line
}

// paperLines are the two papers 通知(6) asks for.
func paperLines(v *fee.Verdict) []ui.Condition {
	if !v.Result.Billable() {
		return nil
	}
	s := v.Session
	note := paper("診療録への要点の記載", s.NotedOn, "記載 ", "要点記載日が記録されていません", "", s.Number, "要点記載日")
	asked := words.Prefixed("依頼 ", s.PlanAskedOn.String())
	plan := paper("ケアプランの写し", s.PlanCopyOn, "受領 ", "受領日が記録されていません", words.Joined("  ", asked, string(s.PlanCopyKind)), s.Number, "ケアプラン写し受領日")
	return []ui.Condition{note, plan}
}

// mendEvidence leads to the field of a record in which something is entered.
func mendEvidence(kind fee.EvidenceKind, key, field string) ui.Evidence {
	m := fee.Mending{Kind: kind, Key: key, Field: field}
	return ui.Evidence{Text: "→ " + verdict.MendWord(m), Link: verdict.ToMend(m).Link()}
}

func paper(name string, on models.Date, done, missing, beside, number, field string) ui.Condition {
	c := fee.Condition{State: fee.Met, Name: name, Source: "通知(6)"}
	text := words.Joined("  ", words.Prefixed(done, on.String()), beside)
	if on == 0 {
		c.State, c.Missing, c.Mend = fee.NotMet, missing, fee.Mending{Kind: "共同指導", Key: number, Field: field}
	}
	if text != "" {
		c.Evidence = []fee.Evidence{{Kind: "共同指導", Key: number, Text: text}}
	}
	return verdict.Condition(c, nil)
}
