package fee

import (
	"slices"

	"renkei/models"
)

// Kept says how a promise of the 規程 stands for an admission as of a day.
type Kept string

// 期限前 is not done yet and still in time; 対象外 is not asked of the admission.
const (
	KeptInTime  Kept = "守れた"
	KeptLate    Kept = "期限後"
	KeptMissing Kept = "記録なし"
	KeptOpen    Kept = "期限前"
	KeptNone    Kept = "対象外"
)

// Broken tells that the promise was not kept.
func (k Kept) Broken() bool { return k == KeptLate || k == KeptMissing }

// Deadline is one promise of the 規程 (通知(3)ア(ア)) for an admission as of a day.
type Deadline struct {
	Limit models.Date // the last day; blank when 対象外
	Done  models.Date // as known on the day, whether it was asked or not
	Kept  Kept
}

// Due is the last day of what is still to be done, blank when nothing is.
func (d Deadline) Due() models.Date {
	if d.Kept == KeptOpen || d.Kept == KeptMissing {
		return d.Limit
	}
	return 0
}

// InformOf is the 入院時の情報提供 within seven days (N-02) as of a day. It is
// asked when the patient came with a 担当CM: see InformTargets.
func InformOf(f *Facts, a *models.Admission, asOf models.Date) Deadline {
	limit := InformDeadline(a, f.Params)
	if a.CareManager == "" || chosenInHospital(f, a, asOf) {
		limit = 0
	}
	return deadlineOf(a, limit, a.InformedOn, asOf)
}

// NoticeOf is the 退院前の連絡 seven days before leaving (N-03) as of a day. It is
// asked once a 担当CM and a day of leaving are known.
func NoticeOf(a *models.Admission, asOf models.Date) Deadline {
	limit := NoticeDeadline(a)
	if a.CareManager == "" {
		limit = 0
	}
	return deadlineOf(a, limit, a.NoticedOn, asOf)
}

// InformTargets says of whom the seven days are asked, for below each figure.
const InformTargets = "7日以内の対象は、入院したとき担当が決まっていた方の入院です（通知(3)ア(ア)）。担当CMの登録のないもの、担当が入院中に決まったもの（共同指導の相手の立場が患者選択だけのもの、入院前担当の記録がなく認定状況が未申請のもの）は対象外です。"

// KeptWords says how the share of what was kept is made.
const KeptWords = "記録なしは、期限を過ぎるか退院しても記録のないものです。期限前は、まだ期限の来ていないもので、割合に含めません。割合 = 守れた ÷（守れた + 期限後 + 記録なし）。"

// KeptTerms says all of it of the seven days.
func KeptTerms(p Params) string {
	return InformTargets + "期限は" + dayCountWords(p) + "と数えた7日目です。" + KeptWords
}

// chosenInHospital tells that the care manager was not the patient's before the
// admission, so that nobody was to be told within 7 days (N-02, N-04).
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

// deadlineOf judges a promise by what was known on a day.
func deadlineOf(a *models.Admission, limit, done, asOf models.Date) Deadline {
	d := Deadline{Limit: limit, Done: upTo(asOf, done), Kept: KeptNone}
	if limit != 0 {
		d.Kept = keptBy(limit, d.Done, upTo(asOf, a.DischargedOn), asOf)
	}
	return d
}

// upTo leaves a date out that lies after a day.
func upTo(asOf, on models.Date) models.Date {
	if on > asOf {
		return 0
	}
	return on
}

// keptBy says how a promise with a limit was kept. What is not done counts as
// missed once its day is past or the patient has left.
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

// InformDeadline is the last day for the 入院時の情報提供 by the 規程: the 7th
// day of the admission (day_count, Q12).
func InformDeadline(adm *models.Admission, p Params) models.Date {
	if p.DayCount == NextDay {
		return adm.AdmittedOn.AddDays(7)
	}
	return adm.AdmittedOn.AddDays(6)
}

// DayOfStay is the day of the admission a day is, counted as the seven days are
// (Q12); 0 or less before it.
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

// NoticeDeadline is the last day for the 退院前の連絡: seven days before the
// 退院見込日 (else the 退院日), but not before the admission; blank when neither
// is given.
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

// CopyDays is how many days after the session the ケアプラン写し is due.
const CopyDays = 14

// CopyDue is the last day for the ケアプラン写し of a session (通知(6)): the 通知 name
// none, the department works by 指導日 + CopyDays. Blank without a 指導日.
func CopyDue(s *models.JointGuidance) models.Date {
	if s.On == 0 {
		return 0
	}
	return s.On.AddDays(CopyDays)
}
