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
		ws = append(ws, Warning{Code: code, Text: fill(words.Text, pairs...), Todo: words.Todo, By: by})
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
		if on := r.office.AgreedOn; on == 0 || on > r.s.On {
			raise("W5", 0)
		}
		if j.contactStale(r) {
			raise("W6", 0, "月数", strconv.Itoa(j.f.Params.ContactStaleMonths))
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
		done := "登録がありません"
		if adm.InformedOn != 0 {
			done = fmt.Sprintf("入院%d日目です", adm.AdmittedOn.DaysUntil(adm.InformedOn)+1)
		}
		raise("W3", limit, "提供", done, "期限", limit.String())
	}
	if limit := NoticeDeadline(adm); limit != 0 && late(adm.NoticedOn, limit, adm.DischargedOn, r.s.On) {
		done := "登録がありません"
		if adm.NoticedOn != 0 {
			done = adm.NoticedOn.String() + "です"
		}
		raise("W4", limit, "連絡", done, "期限", limit.String())
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

// contactStale is W6: no sharing or check of the contacts up to the day, or
// the latest is older than contact_stale_months.
func (j *judging) contactStale(r *ruled) bool {
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
	return newest == 0 || newest < on.AddMonths(-j.f.Params.ContactStaleMonths)
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
