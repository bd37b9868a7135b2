package fee

import (
	"cmp"
	"fmt"
	"strings"

	"renkei/models"
)

// verdicts builds the verdicts with the sentence the user reads first.
func (j *judging) verdicts() []Verdict {
	first := j.firstClaim()
	out := make([]Verdict, 0, len(j.sessions))
	for _, r := range j.sessions {
		v := Verdict{
			Session: *r.s, Admission: r.admission, Ward: r.ward, CareManager: r.cm, Office: r.office, Staff: r.staff,
			Result: r.result, Points: r.points, Code: r.final, Reason: j.reason(r),
			Plan: j.plan, T1: j.t1, T2: j.t2, FirstClaimOn: first, Chain: j.sessions[0].s.Number,
			Conditions: r.conditions, Holds: r.holds, Fits1: r.e1, Fits2: r.e2, Candidate: r.candidate(), RuleVersion: j.rules.Version,
		}
		v.Warnings = j.warnings(r)
		v.Advice = j.advice(r)
		v.Remedies = j.remedies(r, v.Warnings)
		out = append(out, v)
	}
	return out
}

// firstClaim returns the 初回算定日 of the chain: the first day billable or
// recorded as billed.
func (j *judging) firstClaim() models.Date {
	var first models.Date
	for _, r := range j.sessions {
		if r.s.On != 0 && (r.result.Billable() || r.recorded()) && (first == 0 || r.s.On < first) {
			first = r.s.On
		}
	}
	return first
}

// reason returns the sentence of the code.
func (j *judging) reason(r *ruled) string {
	pairs := []string{"指導日", r.s.On.String(), "欠け", j.lacking(r), "プランの理由", j.planWhy(), "日", days(r.taken)}
	if r.admission != nil {
		pairs = append(pairs, "入院期間", span(r.admission.AdmittedOn, r.admission.DischargedOn))
	}
	if r.ward != nil {
		pairs = append(pairs, "病棟", r.ward.Name, "入院料", cmp.Or(r.ward.BasicFee, "入院料"))
	}
	if r.office != nil {
		pairs = append(pairs, "事業所", r.office.Name)
	}
	switch r.final {
	case "8":
		pairs = append(pairs, "先の指導", r.sameAs.s.Number)
	case "11":
		pairs = append(pairs, "そろい", r.grounds())
	case "14":
		pairs = append(pairs, "1の欠け", r.lack(fee1Alone), "2の欠け", r.lack(fee2Alone))
	}
	sentence := fill(j.rules.Reasons[r.reasonKey()], pairs...)
	switch {
	case r.final == "8" && r.s.CareManager != r.sameAs.s.CareManager:
		sentence += "。相手が2人でも1回分です"
	case r.final == "13" && !r.e2 && j.planWhy() != "":
		sentence += "。この入院は、" + j.planWhy() + "指導料1で算定します"
	}
	if j.rebilling(r) {
		sentence += "。" + j.rebillingWords(r)
	}
	return sentence
}

// rebillingWords proposes billing the chain by 指導料1. For a session that
// cannot be 指導料1 itself, the words speak of its admission.
func (j *judging) rebillingWords(r *ruled) string {
	what := "この回を"
	switch {
	case !r.candidate() || !r.e1 || !j.free1[r.s.On]:
		what = "この入院を"
	case j.t1 > j.rules.Points.Fee1:
		what = "両方を"
	}
	return fmt.Sprintf("%s指導料1とすれば合計%d点です（指導料2では%d点）。請求済みの分を組み替えるには返戻・取下げが必要です", what, j.t1, j.t2)
}

// planWhy says why the chain is billed by the fee of its plan, ending in
// ため、. It returns "" when only that fee is possible.
func (j *judging) planWhy() string {
	p := j.rules.Points
	switch {
	case j.plan == Plan1 && j.recordedAs(models.ClaimFee1):
		return "指導料1の算定が記録されているため、"
	case j.plan == Plan1 && j.legacy > 0:
		return "5月の旧点数を指導料1相当とする院内基準のため、"
	case j.plan == Plan1 && j.t2 > 0:
		return fmt.Sprintf("指導料1なら%d回で%d点、指導料2なら%d点のため、", j.t1/p.Fee1, j.t1, j.t2)
	case j.plan == Plan2 && j.recordedAs(models.ClaimFee2):
		return "指導料2の算定が記録されているため、"
	case j.plan == Plan2 && j.t1 > 0:
		return fmt.Sprintf("指導料2なら%d回で%d点、指導料1なら%d点のため、", j.t2/p.Fee2, j.t2, j.t1)
	}
	return ""
}

// days joins days: 「2026-08-03・2026-08-20」.
func days(list []models.Date) string {
	words := make([]string, len(list))
	for i, d := range list {
		words[i] = d.String()
	}
	return strings.Join(words, "・")
}

// reasonKey returns the code, or the variant of its sentence for the case.
func (r *ruled) reasonKey() string {
	switch {
	case r.final == "13" && r.e2:
		return "13plan"
	case (r.final == "12" || r.final == "14") && r.old():
		return r.final + "old"
	}
	return r.final
}

// groundNames are the short names of the conditions of 指導料2.
var groundNames = map[string]string{
	"11a": "加算1病棟", "11b": "部門担当", "11c": "規程", "11d": "会議", "11e": "連絡先共有", "11f": "取り決め",
}

// grounds names what a 指導料2 rests on: 会議 and 共有 with their first evidence.
func (r *ruled) grounds() string {
	var parts []string
	for _, c := range r.conditions {
		if !c.Fee2Only || c.State != Met {
			continue
		}
		part := groundNames[c.ID]
		if c.ID == "11d" || c.ID == "11e" {
			part += "（" + c.Evidence[0].Text
			if more := len(c.Evidence) - 1; more > 0 {
				part += fmt.Sprintf(" ほか%d回", more)
			}
			part += "）"
		}
		parts = append(parts, part)
	}
	return strings.Join(parts, "・")
}

// fee1Alone and fee2Alone select the conditions that only one of the fees asks
// for.
func fee1Alone(c Condition) bool { return c.ID == "e1" }
func fee2Alone(c Condition) bool { return c.Fee2Only }

// lacking says what is missing for the code.
func (j *judging) lacking(r *ruled) string {
	switch r.final {
	case "0":
		return r.unclear
	case "10", "14":
		return r.lack(fee1Alone)
	case "12", "13":
		return r.lack(fee2Alone)
	}
	return r.lack(func(c Condition) bool { return c.ID == r.final })
}

// lack joins what is missing for the selected conditions.
func (r *ruled) lack(of func(Condition) bool) string {
	var words []string
	for _, c := range r.conditions {
		if of(c) && c.State == NotMet {
			words = append(words, c.Missing)
		}
	}
	return sentences(words)
}

// rebilling: 指導料2 is recorded, but billing all as 指導料1 would earn more.
func (j *judging) rebilling(r *ruled) bool {
	return r.s.On != 0 && !r.old() && j.plan == Plan2 && j.recordedAs(models.ClaimFee2) && j.t1 > j.t2
}

// linked reports whether the chain spans admissions (Q14).
func (j *judging) linked() bool {
	return j.any(func(r *ruled) bool { return r.s.Key() != j.sessions[0].s.Key() })
}

// advice returns hints that do not change the verdict.
func (j *judging) advice(r *ruled) []string {
	var lines []string
	if r.final == "7a" {
		lines = append(lines, "多機関共同指導加算を算定した日の指導は、入退院支援加算1の実績には数えられる場合があります（疑義解釈その1 問24）")
	}
	if j.legacy > 0 && r.candidate() && !r.old() {
		lines = append(lines, "5月以前の旧点数を指導料1相当として扱いました（院内基準）。医事課に確認してください")
	}
	if j.linked() {
		lines = append(lines, "通算される入院として、まとめて回数を数えています（院内基準）")
	}
	if r.candidate() && !r.old() && j.t1 > j.t2 && j.t2 > 0 && !j.rebilling(r) {
		lines = append(lines, fmt.Sprintf("この入院は指導料1で統一すると%d点、指導料2で統一すると%d点です", j.t1, j.t2))
	}
	if r.result == Fee2 && j.openPlace(r) && j.t1 <= j.t2 {
		lines = append(lines, "この入院で2回目の相手が変わる見込みなら、指導料1の方が高くなる場合があります")
	}
	if r.office != nil && r.office.Annex == models.AnnexCareOffice && r.s.Standing == models.PriorCareManager {
		lines = append(lines, "併設の居宅介護支援・相談支援です。通知(7)は患者が選択した場合を述べています")
	}
	return lines
}

// openPlace reports whether the session is the only one of its chain that takes
// a place and the patient is still in hospital: a second may follow.
func (j *judging) openPlace(r *ruled) bool {
	return r.admission.DischargedOn == 0 &&
		len(j.dates(func(other *ruled) bool { return other.result.Billable() || other.recorded() })) == 1
}
