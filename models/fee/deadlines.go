package fee

import (
	"slices"

	"renkei/models"
)

// Kept is whether a deadline of the 規程 was kept for an admission, as of a day.
type Kept string

// 期限前: not done yet, still in time. 対象外: not asked of this admission.
const (
	KeptInTime  Kept = "守れた"
	KeptLate    Kept = "期限後"
	KeptMissing Kept = "記録なし"
	KeptOpen    Kept = "期限前"
	KeptNone    Kept = "対象外"
)

// Broken reports whether the deadline was missed.
func (k Kept) Broken() bool { return k == KeptLate || k == KeptMissing }

// Deadline is one deadline of the 規程 (通知(3)ア(ア)) for an admission, as of a day.
type Deadline struct {
	Limit models.Date // the last day; blank for 対象外
	Done  models.Date // the day it was done, as known on the day, even for 対象外
	Kept  Kept
}

// Due returns the last day if it is still to be done, else blank.
func (d Deadline) Due() models.Date {
	if d.Kept == KeptOpen || d.Kept == KeptMissing {
		return d.Limit
	}
	return 0
}

// InformOf returns the deadline of 入院時の情報提供, seven days after admission
// (N-02), as of a day. It applies when the patient already had a 担当CM: see
// InformTargets.
func InformOf(f *Facts, a *models.Admission, asOf models.Date) Deadline {
	limit := InformDeadline(a, f.Params)
	if a.CareManager == "" || chosenInHospital(f, a, asOf) {
		limit = 0
	}
	return deadlineOf(a, limit, a.InformedOn, asOf)
}

// NoticeOf returns the deadline of 退院前の連絡, seven days before discharge
// (N-03), as of a day. It applies once a 担当CM and a discharge date are known.
func NoticeOf(a *models.Admission, asOf models.Date) Deadline {
	limit := NoticeDeadline(a)
	if a.CareManager == "" {
		limit = 0
	}
	return deadlineOf(a, limit, a.NoticedOn, asOf)
}

// InformTargets says which admissions the seven days apply to. It is printed
// under each figure.
const InformTargets = "7日以内の対象は、入院したとき担当が決まっていた方の入院です（通知(3)ア(ア)）。担当CMの登録のないもの、担当が入院中に決まったもの（共同指導の相手の立場が患者選択だけのもの、入院前担当の記録がなく認定状況が未申請のもの）は対象外です。"

// KeptWords defines the share of deadlines kept.
const KeptWords = "記録なしは、期限を過ぎるか退院しても記録のないものです。期限前は、まだ期限の来ていないもので、割合に含めません。割合 = 守れた ÷（守れた + 期限後 + 記録なし）。"

// KeptTerms is the full definition for the seven days.
func KeptTerms(p Params) string {
	return InformTargets + "期限は" + dayCountWords(p) + "と数えた7日目です。" + KeptWords
}

// chosenInHospital reports whether the care manager was chosen during the
// admission, so nobody could be informed within 7 days (N-02, N-04).
func chosenInHospital(f *Facts, a *models.Admission, asOf models.Date) bool {
	var standings []models.Standing
	for _, s := range f.sessions[a.Key()] {
		if s.On <= asOf {
			standings = append(standings, s.Standing)
		}
	}
	if slices.Contains(standings, models.PriorCareManager) {
		return false
	}
	return slices.Contains(standings, models.PatientsChoice) || a.CareStatus == models.NotApplied
}

// deadlineOf judges a deadline by what was known on a day.
func deadlineOf(a *models.Admission, limit, done, asOf models.Date) Deadline {
	d := Deadline{Limit: limit, Done: upTo(asOf, done), Kept: KeptNone}
	if limit != 0 {
		d.Kept = keptBy(limit, d.Done, upTo(asOf, a.DischargedOn), asOf)
	}
	return d
}

// upTo returns the date, or blank if it is after a day.
func upTo(asOf, on models.Date) models.Date {
	if on > asOf {
		return 0
	}
	return on
}

// keptBy judges a deadline that has a limit. Not done counts as missed once the
// limit has passed or the patient has left.
func keptBy(limit, done, discharged, on models.Date) Kept {
	switch {
	case done != 0 && done <= limit:
		return KeptInTime
	case done != 0:
		return KeptLate
	case discharged != 0 || on > limit:
		return KeptMissing
	}
	return KeptOpen
}

// InformDeadline returns the last day for 入院時の情報提供: the 7th day of the
// admission (day_count, Q12).
func InformDeadline(adm *models.Admission, p Params) models.Date {
	if p.DayCount == NextDay {
		return adm.AdmittedOn.AddDays(7)
	}
	return adm.AdmittedOn.AddDays(6)
}

// DayOfStay returns which day of the admission a date is, counted as for the
// seven days (Q12). It is 0 or less before the admission.
func DayOfStay(adm *models.Admission, on models.Date, p Params) int {
	days := adm.AdmittedOn.DaysUntil(on)
	if p.DayCount == NextDay {
		return days
	}
	return days + 1
}

// dayCountWords says how the seven days are counted (Q12).
func dayCountWords(p Params) string {
	if p.DayCount == NextDay {
		return "翌日を1日目"
	}
	return "入院日を1日目"
}

// NoticeDeadline returns the last day for 退院前の連絡: seven days before the
// 退院見込日 (else the 退院日), but not before the admission. It is blank when
// neither date is known.
func NoticeDeadline(adm *models.Admission) models.Date {
	on := leaving(adm)
	if on == 0 {
		return 0
	}
	return max(adm.AdmittedOn, on.AddDays(-7))
}

func leaving(adm *models.Admission) models.Date {
	if adm.ExpectedOn != 0 {
		return adm.ExpectedOn
	}
	return adm.DischargedOn
}

// CopyDays is the number of days after the session within which the
// ケアプラン写し is due.
const CopyDays = 14

// CopyDue returns the last day for the ケアプラン写し of a session (通知(6)).
// The 通知 sets no date; the department works by 指導日 + CopyDays. It is blank
// without a 指導日.
func CopyDue(s *models.JointGuidance) models.Date {
	if s.On == 0 {
		return 0
	}
	return s.On.AddDays(CopyDays)
}
