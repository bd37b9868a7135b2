package fee

import (
	"fmt"
	"strconv"

	"renkei/models"
)

// warnings raises W1–W7 for a session (fee-rules 11-3). They never change the
// class.
func (j *judging) warnings(r *ruled) []Warning {
	var ws []Warning
	raise := func(code string, by models.Date, pairs ...string) {
		words := j.rules.Warnings[code]
		ws = append(ws, Warning{Code: code, Text: fill(words.Text, pairs...), Todo: words.Todo, Late: words.Late, By: by})
	}
	if r.result.Billable() && r.s.NotedOn == 0 {
		raise("W1", r.s.On)
	}
	if r.result.Billable() && r.s.PlanCopyOn == 0 {
		raise("W2", leaving(r.admission))
	}
	if r.result == Fee2 {
		if r.s.Standing == models.PriorCareManager {
			j.deadlineWarnings(r, raise)
		}
		switch on := r.office.AgreedOn; {
		case on == 0:
			raise("W5", 0, "取り決め", "記録がありません")
		case on > r.s.On:
			raise("W5", 0, "取り決め", fmt.Sprintf("取り決め日%sが指導日%sより後です", on, r.s.On))
		}
		if newest := j.lastContact(r); newest == 0 || newest < r.s.On.AddMonths(-j.f.Params.ContactStaleMonths) {
			words := "指導日までの記録がありません"
			if newest != 0 {
				words = "指導日までの最後が" + newest.String() + "です"
			}
			raise("W6", 0, "共有", words, "月数", strconv.Itoa(j.f.Params.ContactStaleMonths))
		}
	}
	if r.recorded() && !agrees(r.s.Claim, r.result) {
		raise("W7", 0, "記録", claimName(r.s.Claim), "判定", string(r.result))
	}
	return ws
}

// deadlineWarnings raises W3 and W4: what the 規程 promises for the patient's
// own care manager (通知(3)ア(ア)).
func (j *judging) deadlineWarnings(r *ruled, raise func(string, models.Date, ...string)) {
	adm := r.admission
	limit := InformDeadline(adm, j.f.Params)
	if late(adm.InformedOn, limit, adm.DischargedOn, r.s.On) {
		done := "記録がありません"
		if adm.InformedOn != 0 {
			done = fmt.Sprintf("入院%d日目です", adm.AdmittedOn.DaysUntil(adm.InformedOn)+1)
		}
		raise("W3", limit, "提供", done, "期限", limit.String(), "数え方", dayCountWords(j.f.Params))
	}
	if limit := NoticeDeadline(adm); limit != 0 && late(adm.NoticedOn, limit, adm.DischargedOn, r.s.On) {
		done := "記録がありません"
		if adm.NoticedOn != 0 {
			done = adm.NoticedOn.String() + "です"
		}
		leaves := "退院見込日" + adm.ExpectedOn.String()
		if adm.ExpectedOn == 0 {
			leaves = "退院日" + adm.DischargedOn.String()
		}
		until := limit.String()
		if limit == adm.AdmittedOn {
			until = "入院日" + until // a stay too short for seven days
		}
		raise("W4", limit, "連絡", done, "退院", leaves, "期限", until)
	}
}

// late: done after the limit, or not done while the patient has left or the
// session is past the limit.
func late(done, limit, discharged, on models.Date) bool {
	if done != 0 {
		return done > limit
	}
	return discharged != 0 || on > limit
}

// InformDeadline is the last day for the 入院時の情報提供 by the 規程: the 7th
// day of the admission (day_count, Q12).
func InformDeadline(adm *models.Admission, p Params) models.Date {
	if p.DayCount == NextDay {
		return adm.AdmittedOn.AddDays(7)
	}
	return adm.AdmittedOn.AddDays(6)
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

// lastContact is the newest sharing or check of the contacts up to the session
// (W6), blank when there is none.
func (j *judging) lastContact(r *ruled) models.Date {
	on := r.s.On
	var newest models.Date
	note := func(d models.Date) {
		if d <= on {
			newest = max(newest, d)
		}
	}
	note(r.cm.SharedOn)
	note(r.cm.CheckedOn)
	if shared := heldWithin(j.f.sharings[r.cm.Code], 0, on+1); len(shared) > 0 {
		note(shared[len(shared)-1].HeldOn)
	}
	return newest
}

func agrees(claim models.Claim, result Result) bool {
	switch claim {
	case models.ClaimFee1:
		return result == Fee1
	case models.ClaimFee2:
		return result == Fee2
	case models.ClaimLegacy:
		return result == FeeLegacy
	}
	return true
}

func claimName(c models.Claim) string {
	switch c {
	case models.ClaimFee1:
		return string(Fee1)
	case models.ClaimFee2:
		return string(Fee2)
	case models.ClaimLegacy:
		return string(FeeLegacy)
	}
	return string(c)
}
