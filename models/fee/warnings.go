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
		raise("W2", CopyDue(r.s))
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

// deadlineWarnings raises W3 and W4: the deadlines of the 規程 for the
// patient's own care manager (通知(3)ア(ア)).
func (j *judging) deadlineWarnings(r *ruled, raise func(string, models.Date, ...string)) {
	adm := r.admission
	limit := InformDeadline(adm, j.f.Params)
	if keptBy(limit, adm.InformedOn, adm.DischargedOn, r.s.On).Broken() {
		done := "記録がありません"
		if adm.InformedOn != 0 {
			done = fmt.Sprintf("入院%d日目です", DayOfStay(adm, adm.InformedOn, j.f.Params))
		}
		raise("W3", limit, "提供", done, "期限", limit.String(), "数え方", dayCountWords(j.f.Params))
	}
	if limit := NoticeDeadline(adm); limit != 0 && keptBy(limit, adm.NoticedOn, adm.DischargedOn, r.s.On).Broken() {
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
			until = "入院日" + until // the stay is too short for seven days
		}
		raise("W4", limit, "連絡", done, "退院", leaves, "期限", until)
	}
}

// lastContact returns the newest sharing or check of the contacts up to the
// session (W6), blank when there is none.
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
