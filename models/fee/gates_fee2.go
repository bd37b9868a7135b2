package fee

import (
	"fmt"
	"slices"
	"strings"

	"renkei/models"
)

// The conditions of 指導料2 (fee-rules 11-1, e2).

// base returns the day before which the 平時の連携 must lie: the 入院日 of the
// session's own admission, or the 指導日 (Q3).
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

// windowStart returns the first day of the evidence window, blank for no limit.
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
	return notMet(fmt.Sprintf("%sは指導日%sに入退院支援加算1の届出病棟ではありません", a.ward.Name, a.s.On), a.wardEvidence(""))
}

func (a *assessment) departmentStaff() finding {
	for i := range a.staff {
		if s := &a.staff[i]; a.f.isDepartment(s) {
			e := staffEvidence(s)
			if s.Department == "" {
				e.Text += house("病棟専任を部門の担当者とみなす")
			}
			return met(e)
		}
	}
	fault := "入退院支援部門の担当者が実施していません"
	dedicated := 0
	for i := range a.staff {
		if a.staff[i].WardDedicated.Is() {
			dedicated++
		}
	}
	switch asked := "。部門の担当者か確認してください" + house("病棟専任を部門の担当者とみなさない"); {
	case dedicated == len(a.staff):
		fault = "病棟専任のみの実施です" + asked
	case dedicated > 0:
		fault += "。病棟専任の方がいます" + asked
	}
	return notMet(fault, staffEvidence(&a.staff[0]))
}

// policyBy returns the day by which the 規程 must be in force and announced
// (Q10), and the name of that day.
func (a *assessment) policyBy() (models.Date, string) {
	if a.f.Params.PolicyMustPrecede == Admission {
		return a.s.AdmittedOn, "入院日"
	}
	return a.s.On, "指導日"
}

// policy judges 通知(3)ア: the latest 版 in force must hold all three items and be
// announced by the day. Between 施行日 and 周知日 of a new 版 there is no 指導料2.
func (a *assessment) policy() finding {
	by, name := a.policyBy()
	rule := house(name + "まで")
	p := a.f.policyOn(by)
	if p == nil {
		return notMet(a.noPolicy(by, name) + rule)
	}
	evidence := Evidence{Kind: "規程", Key: p.Edition, Date: p.EffectiveOn, Text: fmt.Sprintf("%s 施行 %s 周知 %s", p.Edition, p.EffectiveOn, orUnrecorded(p.AnnouncedOn.String()))}
	switch lacking := lackingItems(p); {
	case lacking != "":
		return notMet(fmt.Sprintf("%s%sに施行されている規程（%s）は、%s", name, by, p.Edition, lacking), evidence)
	case p.AnnouncedOn == 0:
		return notMet(fmt.Sprintf("規程（%s）は%sに施行されていますが、周知日が記録されていません。周知するまでは指導料2になりません", p.Edition, p.EffectiveOn)+rule, evidence)
	case p.AnnouncedOn > by:
		gap := fmt.Sprintf("規程（%s）の周知日%sが%s%sより後です", p.Edition, p.AnnouncedOn, name, by)
		if a.f.policyOn(p.EffectiveOn.AddDays(-1)) != nil {
			gap += fmt.Sprintf("。新しい版の施行日%sから周知日までの間は、前の版も使えず指導料2になりません", p.EffectiveOn)
		}
		return notMet(gap+rule, evidence)
	case p.AnnouncedOn > a.s.AdmittedOn || p.EffectiveOn > a.s.AdmittedOn:
		evidence.Text += rule
	}
	return met(evidence)
}

// noPolicy says why no 規程 is in force on the day.
func (a *assessment) noPolicy(by models.Date, name string) string {
	if len(a.f.policies) == 0 {
		return "規程が登録されていません"
	}
	first := a.f.policies[0]
	return fmt.Sprintf("規程（%s）の施行日%sが%s%sより後です", first.Edition, first.EffectiveOn, name, by)
}

// lackingItems names the items of 通知(3)ア missing in a 版, "" when none is.
func lackingItems(p *models.Policy) string {
	var no, blank []string
	for _, item := range []struct {
		name string
		mark models.Mark
	}{{"7日以内の情報提供", p.Within7Days}, {"退院7日前の連絡", p.Before7Days}, {"未申請者への勧奨", p.Encourages}} {
		switch item.mark {
		case models.No:
			no = append(no, item.name)
		case models.Unknown:
			blank = append(blank, item.name)
		}
	}
	var parts []string
	if len(no) > 0 {
		parts = append(parts, strings.Join(no, "・")+"を定めていません")
	}
	if len(blank) > 0 {
		parts = append(parts, strings.Join(blank, "・")+"を定めたかが記録されていません")
	}
	return sentences(parts)
}

// peacetimeMeetings judges 通知(3)イ: enough 会議 in the window attended by a
// 部門の担当者, counted by relationship_unit and require_cm_attendance. The
// newest are the evidence.
func (a *assessment) peacetimeMeetings() finding {
	need := a.f.Params.MeetingMinCount
	var evidence []Evidence
	for _, m := range slices.Backward(newest(need, heldWithin(a.f.meetingPool(a.s.CareManager, a.office.Code), a.windowStart(), a.base()))) {
		evidence = append(evidence, a.meetingEvidence(m))
	}
	for _, c := range slices.Backward(newest(need-len(evidence), a.routineContacts())) {
		evidence = append(evidence, Evidence{Kind: "やり取り", Key: c.Number, Date: c.On, Text: "日頃のやり取り " + c.On.String() + house("会議に代える") + a.notBefore(c.On)})
	}
	if len(evidence) < need {
		return notMet(a.meetingShortfall(len(evidence)), evidence...)
	}
	return met(evidence...)
}

// newest returns the last n of rows sorted by day.
func newest[T any](n int, rows []T) []T { return rows[max(0, len(rows)-n):] }

// meetingPool returns the 会議 of any day that count for a care manager of an
// office.
func (f *Facts) meetingPool(cm, office string) []*meeting {
	switch {
	case !f.Params.RequireCMAttendance:
		return f.qualifying.all
	case f.Params.RelationshipUnit == Office:
		return f.qualifying.byOffice[office]
	default:
		return f.qualifying.byCM[cm]
	}
}

// MeetingServes reports whether a 会議 is evidence of 平時の連携 (通知(3)イ)
// with a care manager of an office for sessions after it: it counts as a 会議,
// and a 部門の担当者 and those the hospital asks for attended. The office
// matters only if it is the relationship_unit.
func (f *Facts) MeetingServes(code, cm, office string) bool {
	return slices.ContainsFunc(f.meetingPool(cm, office), func(m *meeting) bool { return m.Code == code })
}

func (a *assessment) meetingEvidence(m *meeting) Evidence {
	who, p := "", a.f.Params
	switch {
	case slices.Contains(m.cms, a.s.CareManager):
		who = " " + a.cm.Name + "さん出席"
	case p.RequireCMAttendance:
		who = " 同じ事業所の別の方が出席" + house("事業所単位")
	default:
		who = house("相手の出席は求めない")
	}
	if m.Counts == models.Unknown && m.Kind == models.StudySession {
		who += house("勉強会を会議として数える")
	}
	return Evidence{Kind: "会議", Key: m.Code, Date: m.HeldOn, Text: m.Name + " " + m.HeldOn.String() + who + a.notBefore(m.HeldOn)}
}

// notBefore marks evidence dated after the admission, which the hospital
// counts.
func (a *assessment) notBefore(on models.Date) string {
	if on < a.s.AdmittedOn {
		return ""
	}
	return house("指導日より前")
}

// routineContacts returns the やり取り in the window, one per day, if they may
// substitute for meetings (Q8).
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

// localAgreement judges 通知(3)ウ. It is 「望ましい」, so it is asked for only
// if the hospital requires it.
func (a *assessment) localAgreement() finding {
	on := a.office.AgreedOn
	evidence := Evidence{Kind: "連携先", Key: a.office.Code, Date: on, Text: a.office.Name + " 取り決め " + orUnrecorded(on.String())}
	switch {
	case !a.f.Params.RequireLocalAgreement:
		return finding{state: NotAsked, evidence: []Evidence{evidence}}
	case on == 0:
		return notMet("取り決め日が記録されていません"+house("取り決めを必須とする"), evidence)
	case on >= a.base():
		return notMet(fmt.Sprintf("取り決め日%sが%s%sより前ではありません", on, a.baseName(), a.base())+house("取り決めを必須とし、"+a.baseName()+"より前"), evidence)
	}
	return met(evidence)
}
