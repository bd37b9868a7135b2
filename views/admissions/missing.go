package admissions

import (
	"slices"
	"strings"

	"renkei/models"
	"renkei/models/fee"
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

// soon is how many days before it is due a deadline is named in the list.
const soon = 7

// missingOf finds what an admission lacks.
func missingOf(r *record) []Missing {
	lacks := make(map[Missing]bool)
	if r.inHospital() {
		lacks[LacksInform] = r.informDue() != 0 && r.informDue() <= r.today.AddDays(soon)
		lacks[LacksNotice] = r.noticeDue() != 0 && r.noticeDue() <= r.today.AddDays(soon)
		lacks[LacksConsent] = r.needsConsent()
		lacks[LacksSession] = len(r.chain) == 0 && r.adm.CareManager != "" && r.wantsService()
	}
	for _, v := range r.own {
		lacks[LacksFacts] = lacks[LacksFacts] || v.Result == fee.Pending
		lacks[LacksNote] = lacks[LacksNote] || v.Warned("W1")
		lacks[LacksCopy] = lacks[LacksCopy] || v.Warned("W2")
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

// informDue is the last day for the 入院時の情報提供 that is still to be given to
// the 担当CM, blank when it was given or nobody is in charge (通知(3)ア(ア)).
func (r *record) informDue() models.Date {
	if r.adm.CareManager == "" || r.adm.InformedOn != 0 {
		return 0
	}
	return fee.InformDeadline(r.adm, r.facts.Params)
}

// noticeDue is the last day for the 退院前の連絡 still to be made, blank when it
// was made, nobody is in charge, or no 退院見込日 is known.
func (r *record) noticeDue() models.Date {
	if r.adm.CareManager == "" || r.adm.NoticedOn != 0 {
		return 0
	}
	return fee.NoticeDeadline(r.adm)
}

// needsConsent: fit and willing, but no 同意日 (告示 注).
func (r *record) needsConsent() bool {
	return r.adm.ServiceSuitable.Is() && r.adm.PatientWishes.Is() && r.adm.ConsentedOn == 0
}

// mending returns what would bring a session to a better fee: its remedies but
// those that complete the papers.
func mending(v *fee.Verdict) []fee.Remedy {
	return slices.DeleteFunc(slices.Clone(v.Remedies), func(r fee.Remedy) bool {
		return slices.ContainsFunc(v.Warnings, func(w fee.Warning) bool { return w.Todo == r.Text })
	})
}
