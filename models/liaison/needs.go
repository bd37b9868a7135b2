package liaison

import (
	"renkei/models"
	"renkei/models/fee"
)

// Needs is what is still to be done for a patient in hospital as of a day. It
// is zero for a patient who is not in hospital.
type Needs struct {
	// Inform and Notice are the last days for 入院時の情報提供 and 退院前の連絡
	// that are still to be done (通知(3)ア(ア)). Blank when not.
	Inform, Notice models.Date
	Consent        bool // suitable and willing, but no 同意日 (告示 注)
	// Session is the next 共同指導 to hold of the two an admission allows
	// (通知(5)): 1 the first, 2 the one before discharge, 0 none.
	Session int
	// Encourage: 未申請, and no 担当CM (通知(3)ア(イ)).
	Encourage bool
	// CareManager and Leaving: the 担当CM or the 退院見込日 is not recorded.
	CareManager, Leaving bool
}

// NeedsOf finds what is still to be done for an admission. chain holds the
// verdicts of the sessions that share its limits.
func NeedsOf(f *fee.Facts, a *models.Admission, chain []*fee.Verdict, today models.Date) Needs {
	if !a.InHospital(today) {
		return Needs{}
	}
	wants := wantsService(a)
	n := Needs{
		Inform:  fee.InformOf(f, a, today).Due(),
		Notice:  fee.NoticeOf(a, today).Due(),
		Consent: a.ServiceSuitable.Is() && a.PatientWishes.Is() && a.ConsentedOn == 0,
	}
	switch {
	case a.CareManager == "":
		n.Encourage = a.CareStatus == models.NotApplied
		n.CareManager = !n.Encourage && wants
		return n
	case a.ExpectedOn == 0 && a.NoticedOn == 0:
		n.Leaving = true
	}
	switch {
	case !wants:
	case len(chain) == 0:
		n.Session = 1
	case len(chain) == 1 && chain[0].Result.Billable():
		n.Session = 2
	}
	return n
}

// wantsService reports whether no record speaks against a session: the patient
// is suitable for services and wishes them, or it is unknown (通知(1)), and
// 地域連携診療計画加算 is not billed.
func wantsService(a *models.Admission) bool {
	return a.ServiceSuitable != models.No && a.PatientWishes != models.No && a.RegionalPlan != models.Yes
}
