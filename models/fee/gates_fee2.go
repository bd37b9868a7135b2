package fee

import (
	"fmt"
	"slices"

	"renkei/models"
)

// The conditions of 指導料2 (fee-rules 11-1, e2).

// base is the day the 平時の連携 has to lie before: the 入院日 of the session's
// own admission or the 指導日 (Q3).
func (a *assessment) base() models.Date {
	if a.f.Params.EvidenceMustPrecede == Session {
		return a.s.On
	}
	return a.s.AdmittedOn
}

func (a *assessment) baseName() string {
	if a.f.Params.EvidenceMustPrecede == Session {
		return "指導日"
	}
	return "入院日"
}

// windowStart is the first day of the evidence window, blank without a limit.
func (a *assessment) windowStart() models.Date {
	if a.f.Params.LookbackMonths == 0 {
		return 0
	}
	return a.base().AddMonths(-a.f.Params.LookbackMonths)
}

func (a *assessment) filed() finding {
	if a.ward.Filing().Covers(a.s.On) {
		return met(Evidence{Kind: "病棟", Key: a.ward.Code, Date: a.ward.FiledFrom, Text: a.ward.Name + " 届出 " + span(a.ward.FiledFrom, a.ward.FiledTo)})
	}
	return notMet(fmt.Sprintf("%sは%sに入退院支援加算1の届出がありません", a.ward.Name, a.s.On), a.wardEvidence(""))
}

func (a *assessment) departmentStaff() finding {
	for i := range a.staff {
		if a.f.isDepartment(&a.staff[i]) {
			return met(staffEvidence(&a.staff[i]))
		}
	}
	fault := "入退院支援部門の担当者が実施していません"
	if slices.ContainsFunc(a.staff, func(s models.Staff) bool { return s.WardDedicated.Is() }) {
		fault = "病棟専任のみの実施です。部門の担当者か確認してください"
	}
	return notMet(fault, staffEvidence(&a.staff[0]))
}

// policyBy is the day by which the 規程 must be in force and made known (Q10),
// and its name.
func (a *assessment) policyBy() (models.Date, string) {
	if a.f.Params.PolicyMustPrecede == Admission {
		return a.s.AdmittedOn, "入院日"
	}
	return a.s.On, "指導日"
}

// policy finds 通知(3)ア: of the 版 in force the latest must hold all three items
// and be made known by the day. Between 施行日 and 周知日 of a new 版 there is no
// 指導料2.
func (a *assessment) policy() finding {
	on, name := a.policyBy()
	p := a.f.policyOn(on)
	if p == nil {
		return notMet(fmt.Sprintf("%s%sに施行されている規程がありません", name, on))
	}
	evidence := Evidence{Kind: "規程", Key: p.Edition, Date: p.EffectiveOn, Text: fmt.Sprintf("%s 施行 %s 周知 %s", p.Edition, p.EffectiveOn, orUnrecorded(p.AnnouncedOn.String()))}
	switch {
	case !p.Complete():
		return notMet(fmt.Sprintf("規程（%s）に3項目がそろっていません", p.Edition), evidence)
	case p.AnnouncedOn == 0:
		return notMet(fmt.Sprintf("規程（%s）の周知日が未登録です", p.Edition), evidence)
	case p.AnnouncedOn > on:
		return notMet(fmt.Sprintf("規程（%s）は施行されていますが、周知日%sが%sより後です", p.Edition, p.AnnouncedOn, name), evidence)
	}
	return met(evidence)
}

// peacetimeMeetings finds 通知(3)イ: enough 会議 in the window which a
// 部門の担当者 attended, by the reading of relationship_unit and
// require_cm_attendance. The newest are the evidence.
func (a *assessment) peacetimeMeetings() finding {
	need := a.f.Params.MeetingMinCount
	var evidence []Evidence
	for _, m := range slices.Backward(newest(need, heldWithin(a.meetingPool(), a.windowStart(), a.base()))) {
		evidence = append(evidence, a.meetingEvidence(m))
	}
	for _, c := range slices.Backward(newest(need-len(evidence), a.routineContacts())) {
		evidence = append(evidence, Evidence{Kind: "やり取り", Key: c.Number, Date: c.On, Text: "日頃のやり取り " + c.On.String()})
	}
	if len(evidence) < need {
		return notMet(a.meetingShortfall(len(evidence)), evidence...)
	}
	return met(evidence...)
}

// newest returns the last n of rows sorted by day.
func newest[T any](n int, rows []T) []T { return rows[max(0, len(rows)-n):] }

// meetingPool returns the 会議 that may count by who attended them.
func (a *assessment) meetingPool() []*meeting {
	switch {
	case !a.f.Params.RequireCMAttendance:
		return a.f.qualifying.all
	case a.f.Params.RelationshipUnit == Office:
		return a.f.qualifying.byOffice[a.office.Code]
	default:
		return a.f.qualifying.byCM[a.s.CareManager]
	}
}

func (a *assessment) meetingEvidence(m *meeting) Evidence {
	who := ""
	switch {
	case slices.Contains(m.cms, a.s.CareManager):
		who = " " + a.cm.Name + "さん出席"
	case a.f.Params.RequireCMAttendance:
		who = " 同じ事業所の別の方が出席"
	}
	return Evidence{Kind: "会議", Key: m.Code, Date: m.HeldOn, Text: m.Name + " " + m.HeldOn.String() + who}
}

// routineContacts returns the やり取り in the window, one of each day, when they
// may stand for meetings (Q8).
func (a *assessment) routineContacts() []*models.Contact {
	if !a.f.Params.RoutineSubstitutes {
		return nil
	}
	contacts := a.f.routine.byCM[a.s.CareManager]
	if a.f.Params.RelationshipUnit == Office {
		contacts = a.f.routine.byOffice[a.office.Code]
	}
	return between(contacts, a.windowStart(), a.base(), func(c *models.Contact) models.Date { return c.On })
}

// meetingShortfall says why there are too few meetings, naming the nearest
// miss so that the reader knows what to look up.
func (a *assessment) meetingShortfall(have int) string {
	p := a.f.Params
	if have > 0 {
		return fmt.Sprintf("平時の会議等への出席が%d回で、院内基準の%d回に足りません", have, p.MeetingMinCount)
	}
	if why := a.nearMiss(); why != "" {
		return why
	}
	if p.RequireCMAttendance && p.RelationshipUnit == Person {
		if others := heldWithin(a.f.qualifying.byOffice[a.office.Code], a.windowStart(), a.base()); len(others) > 0 {
			m := others[len(others)-1]
			return fmt.Sprintf("%s（%s）の出席者は%sさん本人ではなく、同じ事業所の別の方です", m.Name, m.HeldOn, a.cm.Name)
		}
	}
	if p.RequireCMAttendance {
		return fmt.Sprintf("%sより前に、%sさんと部門の担当者がともに出席した会議等の記録がありません", a.baseName(), a.cm.Name)
	}
	return fmt.Sprintf("%sより前に、部門の担当者が出席した会議等の記録がありません", a.baseName())
}

// nearMiss explains why the 会議 the care manager attended do not count: the
// newest one of the window, else the newest before it, else the first after.
func (a *assessment) nearMiss() string {
	own, start, base := a.f.attended[a.s.CareManager], a.windowStart(), a.base()
	if inside := heldWithin(own, start, base); len(inside) > 0 {
		return a.uncounted(inside[len(inside)-1])
	}
	if before := heldWithin(own, 0, start); len(before) > 0 {
		m := before[len(before)-1]
		return fmt.Sprintf("%s（%s）は有効期間（院内基準%dか月）より前の会議です", m.Name, m.HeldOn, a.f.Params.LookbackMonths)
	}
	if after := heldWithin(own, base, a.s.On+1); len(after) > 0 {
		return fmt.Sprintf("%s（%s）は%s以後の会議のため、平時の実績に数えられません", after[0].Name, after[0].HeldOn, a.baseName())
	}
	return ""
}

// uncounted says why a 会議 of the window does not count, "" when it does (for
// another office).
func (a *assessment) uncounted(m *meeting) string {
	what := fmt.Sprintf("%s（%s）", m.Name, m.HeldOn)
	switch {
	case !m.counted && m.Kind == models.StudySession:
		return what + "は勉強会で、会議として算入する記録がありません"
	case !m.counted:
		return what + "は会議として算入しないと記録されています"
	case !m.department:
		return what + "に部門の担当者の出席記録がありません"
	}
	return ""
}

// contactShared finds 通知(3)イ: the session's own care manager has shared
// contacts before the base date, by a recorded day or at a meeting.
func (a *assessment) contactShared() finding {
	if !a.f.Params.RequireShareDate {
		return notAsked
	}
	base := a.base()
	if on := a.cm.SharedOn; on != 0 && on < base {
		return met(Evidence{Kind: "介護支援専門員", Key: a.cm.Code, Date: on,
			Text: fmt.Sprintf("%s %sの%d日前", on, a.baseName(), on.DaysUntil(base))})
	}
	for _, m := range slices.Backward(heldWithin(a.f.sharings[a.cm.Code], 0, base)) {
		if m.department {
			return met(Evidence{Kind: "会議", Key: m.Code, Date: m.HeldOn, Text: m.Name + " " + m.HeldOn.String() + "で共有"})
		}
	}
	if on := a.cm.SharedOn; on != 0 {
		return notMet(fmt.Sprintf("連絡先共有日%sが%sより前ではありません", on, a.baseName()))
	}
	return notMet("連絡先共有日が未登録です")
}

// localAgreement finds 通知(3)ウ, which is 「望ましい」: asked for only when the
// hospital asks for it.
func (a *assessment) localAgreement() finding {
	on := a.office.AgreedOn
	evidence := Evidence{Kind: "連携先", Key: a.office.Code, Date: on, Text: a.office.Name + " 取り決め " + orUnrecorded(on.String())}
	switch {
	case !a.f.Params.RequireLocalAgreement:
		return finding{state: NotAsked, evidence: []Evidence{evidence}}
	case on == 0:
		return notMet("取り決め日が未登録です", evidence)
	case on >= a.base():
		return notMet(fmt.Sprintf("取り決め日%sが%sより前ではありません", on, a.baseName()), evidence)
	}
	return met(evidence)
}
