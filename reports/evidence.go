package reports

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"renkei/models"
	"renkei/models/fee"
)

const evidenceTitle = "根拠一式"

// evidenceKind is what an auditor asks for: the evidence of the claims of a
// month, or of one admission.
var evidenceKind = Kind{
	Name: "evidence", Title: evidenceTitle, Basis: ByMonth, KeyName: "入院", Patients: true,
	part:    evidencePart,
	Purpose: "算定した入院ごとに、事実・判定の条件・よりどころの記録・足りない書類を1人ずつの用紙にまとめます（適時調査・個別指導）",
	Counts: func(r Request) string {
		cases, err := evidenceCases(&r)
		if err != nil {
			return models.ErrorMessage(err)
		}
		sessions := 0
		for _, c := range cases {
			sessions += len(c.claims)
		}
		return fmt.Sprintf("入院 %d件（算定できる・算定した共同指導 %d件）。1件ごとに表と裏の2ページです", len(cases), sessions)
	},
	Make: writeEvidence,
}

// evidenceCase is one admission with its sessions.
type evidenceCase struct {
	n         int
	key       models.AdmissionKey
	admission *models.Admission // nil if not registered
	sessions  []*fee.Verdict    // all of the admission, by day
	claims    []*fee.Verdict    // the sessions the page is about
}

// isClaim reports whether a session is billed or could be.
func isClaim(v *fee.Verdict) bool { return v.Result.Billable() || v.Session.Claim.Recorded() }

// evidencePart is the part behind the claims of the month, or of one admission:
// of its patients, and of the やり取り before the admissions, once these are known.
func evidencePart(r Request) models.Part {
	part := models.Part{Month: r.Month}
	if r.Key != "" {
		patient := r.Key[:max(0, strings.LastIndex(r.Key, "/"))] // 患者ID/入院日
		part = models.Part{Patients: []string{patient}}
	}
	for i := range r.Verdicts {
		if v := &r.Verdicts[i]; r.isEvidence(v) {
			part = part.With(models.Part{Contacts: everydayBefore(v)})
		}
	}
	return part
}

// isEvidence reports whether the report is about a session.
func (r *Request) isEvidence(v *fee.Verdict) bool {
	if r.Key != "" {
		return isClaim(v) && v.Session.Key().String() == r.Key
	}
	return isClaim(v) && v.Session.On.Month() == r.Month
}

// evidenceCases lists the admissions with a claim in the month, by 患者ID. With
// a Key it returns that admission, whatever the month of its sessions.
func evidenceCases(r *Request) ([]*evidenceCase, error) {
	byKey := map[models.AdmissionKey]*evidenceCase{}
	var cases []*evidenceCase
	for i := range r.Verdicts {
		v := &r.Verdicts[i]
		key := v.Session.Key()
		c := byKey[key]
		if c == nil {
			c = &evidenceCase{key: key, admission: v.Admission}
			byKey[key] = c
			cases = append(cases, c)
		}
		c.sessions = append(c.sessions, v)
		if r.isEvidence(v) {
			c.claims = append(c.claims, v)
		}
	}
	cases = slices.DeleteFunc(cases, func(c *evidenceCase) bool {
		return r.Key != "" && c.key.String() != r.Key || r.Key == "" && len(c.claims) == 0
	})
	if r.Key != "" && len(cases) == 0 {
		if cases = withoutSessions(r); cases == nil {
			return nil, unknownKey("入院", r.Key)
		}
	}
	slices.SortFunc(cases, func(a, b *evidenceCase) int {
		return cmp.Or(cmp.Compare(a.key.PatientID, b.key.PatientID), cmp.Compare(a.key.AdmittedOn, b.key.AdmittedOn))
	})
	for i, c := range cases {
		c.n = i + 1
		for _, list := range [][]*fee.Verdict{c.sessions, c.claims} {
			slices.SortFunc(list, func(a, b *fee.Verdict) int {
				return cmp.Or(cmp.Compare(a.Session.On, b.Session.On), cmp.Compare(a.Session.Number, b.Session.Number))
			})
		}
	}
	return cases, nil
}

// withoutSessions returns the admission asked for if it has no session.
func withoutSessions(r *Request) []*evidenceCase {
	for i := range r.Facts.Book.Admissions {
		if a := &r.Facts.Book.Admissions[i]; a.Key().String() == r.Key {
			return []*evidenceCase{{key: a.Key(), admission: a}}
		}
	}
	return nil
}

// evidence is the workbook under construction.
type evidence struct {
	*Request
	when        string
	attendances map[string][]models.Attendance
	confirmed   map[string]models.Confirmation
}

func writeEvidence(ctx context.Context, path string, r Request) error {
	if r.Month.IsZero() || r.OutputOn.IsZero() {
		return models.Errorf(models.Invalid, "%sの対象月と出力日を指定してください", evidenceTitle)
	}
	cases, err := evidenceCases(&r)
	if err != nil {
		return err
	}
	e := evidence{&r, monthWords(r.Month), attendancesByMeeting(r.Facts.Book), confirmations(r.Facts.Book)}
	title := evidenceTitle + " " + r.Month.String()
	if r.Key != "" {
		e.when, title = "入院 "+r.Key, evidenceTitle+" "+r.Key
	}
	b := r.newBook(title)
	e.addList(b, cases)
	e.addPages(b, cases)
	r.addTermSheet(b, e.when, evidenceTerms)
	return b.save(ctx, path)
}

// evidenceLine is a claim and the page of its admission.
type evidenceLine struct {
	n int
	*fee.Verdict
}

func (e evidence) addList(b *book, cases []*evidenceCase) {
	var lines []evidenceLine
	for _, c := range cases {
		for _, v := range c.claims {
			lines = append(lines, evidenceLine{c.n, v})
		}
	}
	s := b.addSheet("一覧", page{landscape: true, minFont: 9, indent: true})
	s.title(evidenceTitle+"　"+e.when, e.head(e.when),
		fmt.Sprintf("対象: 算定できる判定、又は算定の記録がある共同指導　入院 %d件　共同指導 %d件　並び: 患者ID・入院日・指導日の順", len(cases), len(lines)))
	cols := []column[evidenceLine]{{head: "No", width: fit(5, 5), format: formatNumber, value: func(l evidenceLine) any { return l.n }}}
	for _, c := range []sessionColumn{colPatient, colName, colAdmitted, colOn, colWard, colStaff, colPartner, colResult} {
		cols = append(cols, ofEvidence(c))
	}
	cols = append(cols,
		column[evidenceLine]{head: "点数", format: formatNumber, value: func(l evidenceLine) any { return l.Points }},
		ofEvidence(colClaim),
		column[evidenceLine]{head: "確定", width: fit(8, 8), format: formatMark, value: func(l evidenceLine) any { return e.confirmedWord(l.Verdict) }},
		column[evidenceLine]{head: "足りない書類・相違", width: flex(26), value: func(l evidenceLine) any { return warningWords(l.Verdict) },
			tone: func(l evidenceLine) tone {
				if l.NeedsAction() {
					return toneAction
				}
				return toneNormal
			}},
		ofEvidence(colNumber))
	s.table(tabulate(cols, lines).asList(3))
	s.note("No は「根拠」の用紙の番号です。1件の入院ごとに、表に事実と判定の条件、裏に足りない書類とよりどころの記録を載せています（両面で1枚）。")
}

// confirmedWord returns the class 医事課 confirmed for a session.
func (e evidence) confirmedWord(v *fee.Verdict) string {
	c, ok := e.confirmed[v.Session.Number]
	if !ok {
		return "―"
	}
	return string(fee.ResultOf(c.Claim))
}

func ofEvidence(c sessionColumn) column[evidenceLine] {
	return of(c, func(l evidenceLine) *fee.Verdict { return l.Verdict })
}

var evidenceTerms = []term{
	{word: "対象", meaning: "指導日が対象月にあり、判定が指導料2・指導料1・旧区分のもの、又は算定区分に1・2・旧の記録があるものです。入院を1件に絞ったときは、月によらずその入院のすべてです。"},
	{word: "条件の ○・×・－", meaning: "○ は満たす、× は満たさない、－ は問われない（又はそこまで見ていない）です。判定のすべての条件を、告示・通知の根拠とともに並べています。"},
	{word: "根拠", meaning: "条件のよりどころとした台帳の記録です。記録の中身は「よりどころの記録」に写しています。"},
	{word: "よりどころの記録", meaning: "判定の条件が用いた規程・病棟・職員・連携先・会議などの、帳票の日（一式では対象月の末日）までの記録の内容です。原本は病院の書類です。"},
	{word: "日頃のやり取り", meaning: "入院日までの12か月の、その相手との電話・面会などの記録です。補強の資料で、それだけで会議に代わるかは設定によります。"},
	{word: "情報提供日・連絡日の（ ）", meaning: "規程の期限（通知(3)ア(ア)）に対する出力日の状態です。" + fee.InformTargets + "退院前の連絡は、担当CMと退院見込日（なければ退院日）のある入院が対象です。記録なしは、期限を過ぎるか退院しても記録のないものです。"},
	{word: "足りない書類", meaning: "診療録の要点（通知(6)）、ケアプランの写し（通知(6)）、情報提供の期限、取り決め、連絡先の確認、記録と判定の相違です。"},
	{word: "判定", meaning: "ルール版による判定案です。算定は医事課が確かめて確定したものによります。"},
}
