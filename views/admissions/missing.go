package admissions

import (
	"slices"
	"strings"

	"renkei/models/fee"
	"renkei/models/liaison"
)

// Missing is a short word for what an admission lacks.
type Missing string

// What an admission can lack, the most urgent first.
const (
	LacksFacts    Missing = "登録"    // a session is 判定保留
	LacksInform   Missing = "情報提供"  // 入院時, past its day or within the week
	LacksNotice   Missing = "退院前連絡" // likewise
	LacksConsent  Missing = "同意"
	LacksSession  Missing = "共同指導"
	LacksNote     Missing = "要点"
	LacksCopy     Missing = "写し"
	LacksTerms    Missing = "要件"    // of 指導料2, or of any fee
	LacksAgreeing Missing = "記録の違い" // what is recorded is not what is judged
)

// Missings lists them in the order the list and the filter show them.
var Missings = []Missing{
	LacksFacts, LacksInform, LacksNotice, LacksConsent, LacksSession, LacksNote, LacksCopy, LacksTerms, LacksAgreeing,
}

// missingOf finds what an admission lacks.
func missingOf(r *record) []Missing {
	lacks := make(map[Missing]bool)
	needs, soon := r.needs(), r.today.AddDays(liaison.NoticeDays)
	lacks[LacksInform] = needs.Inform != 0 && needs.Inform <= soon
	lacks[LacksNotice] = needs.Notice != 0 && needs.Notice <= soon
	lacks[LacksConsent] = needs.Consent
	lacks[LacksSession] = needs.Session == 1
	for _, v := range r.own {
		held := v.Session.On <= r.today
		lacks[LacksFacts] = lacks[LacksFacts] || v.Result == fee.Pending
		lacks[LacksNote] = lacks[LacksNote] || held && v.Warned("W1")
		lacks[LacksCopy] = lacks[LacksCopy] || held && v.Warned("W2")
		lacks[LacksAgreeing] = lacks[LacksAgreeing] || v.Warned("W7")
		lacks[LacksTerms] = lacks[LacksTerms] || v.Result != fee.Pending && !v.Session.Claim.Recorded() && len(mending(v)) > 0
	}
	var list []Missing
	for _, m := range Missings {
		if lacks[m] {
			list = append(list, m)
		}
	}
	return list
}

func missingWords(list []Missing) string {
	parts := make([]string, len(list))
	for i, m := range list {
		parts[i] = string(m)
	}
	return strings.Join(parts, "・")
}

// mending returns what would bring a session to a better fee: its remedies but
// those that complete the papers.
func mending(v *fee.Verdict) []fee.Remedy {
	return slices.DeleteFunc(slices.Clone(v.Remedies), func(r fee.Remedy) bool {
		return slices.ContainsFunc(v.Warnings, func(w fee.Warning) bool { return w.Todo == r.Text })
	})
}
