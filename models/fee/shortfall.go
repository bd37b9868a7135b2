package fee

import (
	"fmt"
	"slices"

	"renkei/models"
)

// Why there is no 平時の連携. The sentences name the nearest miss, so that the
// user knows what to look up, and the hospital's parameters that matter.

// before names the day before which the 平時の連携 must lie:
// 「入院日2026-09-01より前」, without the date if no patient was admitted.
func (a *assessment) before() string {
	if a.supposed {
		return a.baseName() + "より前"
	}
	return a.baseName() + a.base().String() + "より前"
}

// meetingRule says how meetings are counted (Q1–Q5).
func (a *assessment) meetingRule() string {
	p := a.f.Params
	words := a.baseName() + "より前"
	if p.LookbackMonths > 0 {
		words += fmt.Sprintf("%dか月以内", p.LookbackMonths)
	}
	switch {
	case !p.RequireCMAttendance:
		words += "・相手の出席は求めない"
	case p.RelationshipUnit == Office:
		words += "・事業所単位"
	default:
		words += "・本人単位"
	}
	return house(words)
}

// meetingShortfall says why there are too few meetings.
func (a *assessment) meetingShortfall(have int) string {
	p := a.f.Params
	var words []string
	if have > 0 {
		words = append(words, fmt.Sprintf("平時の会議等への出席が%d回で、院内基準の%d回に足りません", have, p.MeetingMinCount)+a.meetingRule())
	}
	if elsewhere := a.atAnotherOffice(); elsewhere != "" {
		words = append(words, elsewhere)
	}
	if len(words) > 0 {
		return sentences(words)
	}
	if why := a.nearMiss(); why != "" {
		return why
	}
	if p.RequireCMAttendance && p.RelationshipUnit == Person {
		if others := heldWithin(a.f.qualifying.byOffice[a.office.Code], a.windowStart(), a.base()); len(others) > 0 {
			return fmt.Sprintf("%sの出席者は%sさん本人ではなく、同じ事業所の別の方です", title(others[len(others)-1]), a.cm.Name) + house("本人単位")
		}
	}
	who := "部門の担当者が出席した"
	switch {
	case p.RequireCMAttendance && p.RelationshipUnit == Office:
		who = a.office.Name + "の方と部門の担当者がともに出席した"
	case p.RequireCMAttendance:
		who = a.cm.Name + "さんと部門の担当者がともに出席した"
	}
	return a.before() + "に、" + who + "会議等の記録がありません" + a.meetingRule()
}

// title names a 会議 with its day.
func title(m *meeting) string { return fmt.Sprintf("%s（%s）", m.Name, m.HeldOn) }

// atAnotherOffice names the newest 会議 that does not count only because the
// care manager was at another office then. It returns "" for none.
func (a *assessment) atAnotherOffice() string {
	for _, m := range slices.Backward(heldWithin(a.f.qualifying.byCM[a.s.CareManager], a.windowStart(), a.base())) {
		if why := a.otherOffice(m); why != "" && !slices.Contains(a.f.meetingPool(a.s.CareManager, a.office.Code), m) {
			return title(m) + why
		}
	}
	return ""
}

// otherOffice says that the care manager was at another office at a 会議, if
// that matters, else "".
func (a *assessment) otherOffice(m *meeting) string {
	if !a.f.Params.RequireCMAttendance || a.f.Params.RelationshipUnit != Office {
		return ""
	}
	then, name := a.f.OfficeOf(a.s.CareManager, m.HeldOn), "記録なし"
	if then != nil {
		if name = then.Name; then.Code == a.office.Code {
			return ""
		}
	}
	return "に出席していますが、当時の所属（" + name + "）が今と異なり、院内基準（事業所）では数えません"
}

// nearMiss explains why the 会議 the care manager attended up to the session do
// not count. It takes the one that lacks least, then the newest.
func (a *assessment) nearMiss() string {
	var near *meeting
	var faults []string
	for _, m := range slices.Backward(heldWithin(a.f.attended[a.s.CareManager], 0, a.s.On+1)) {
		if found := a.uncounted(m); near == nil || len(found) < len(faults) {
			near, faults = m, found
		}
	}
	if near == nil {
		return ""
	}
	return sentences(faults)
}

// uncounted says why an attended 会議 does not count. The first sentence names
// it.
func (a *assessment) uncounted(m *meeting) []string {
	var faults []string
	say := func(sentence string) { faults = append(faults, sentence) }
	p := a.f.Params
	switch {
	case m.HeldOn >= a.base():
		say("は" + a.before() + "の会議ではありません" + house(a.baseName()+"より前"))
	case m.HeldOn < a.windowStart():
		say("は有効期間より前の会議です" + house(fmt.Sprintf("%dか月", p.LookbackMonths)))
	}
	switch {
	case m.counted:
	case m.Counts == models.No:
		say("は会議として算入しないと記録されています")
	default:
		say("は勉強会で、会議として算入する記録がありません" + house("勉強会は数えない"))
	}
	if !m.department {
		say("に部門の担当者の出席記録がありません")
	}
	if why := a.otherOffice(m); why != "" {
		say(why)
	}
	for i := range faults {
		faults[i] = title(m) + faults[i]
	}
	return faults
}

// contactShared judges 通知(3)イ: contacts were shared with the session's own
// care manager before the base date, by a recorded day or at a meeting. The
// newest sharing is the evidence.
func (a *assessment) contactShared() finding {
	if !a.f.Params.RequireShareDate {
		return notAsked
	}
	on, base := a.cm.SharedOn, a.base()
	if m := a.sharedAt(base); m != nil && (m.HeldOn > on || on >= base) {
		return met(Evidence{Kind: "会議", Key: m.Code, Date: m.HeldOn, Text: m.Name + " " + m.HeldOn.String() + "で共有" + a.notBefore(m.HeldOn)})
	}
	if on != 0 && on < base {
		return met(Evidence{Kind: "介護支援専門員", Key: a.cm.Code, Date: on,
			Text: fmt.Sprintf("%s %sの%d日前", on, a.baseName(), on.DaysUntil(base)) + a.notBefore(on)})
	}
	return notMet(a.unshared())
}

// sharedAt returns the newest 会議 before a day at which a 部門の担当者 shared
// contacts with the care manager, nil when there is none.
func (a *assessment) sharedAt(before models.Date) *meeting {
	for _, m := range slices.Backward(heldWithin(a.f.sharings[a.cm.Code], 0, before)) {
		if m.department {
			return m
		}
	}
	return nil
}

// unshared says why no sharing counts.
func (a *assessment) unshared() string {
	late := a.before() + "ではありません" + house(a.baseName()+"より前")
	if on := a.cm.SharedOn; on != 0 {
		return "連絡先共有日" + on.String() + "が" + late
	}
	if m := a.sharedAt(a.s.On + 1); m != nil {
		return "連絡先を共有した" + title(m) + "が" + late
	}
	if shared := heldWithin(a.f.sharings[a.cm.Code], 0, a.base()); len(shared) > 0 {
		return "連絡先を共有した" + title(shared[len(shared)-1]) + "に部門の担当者の出席記録がありません"
	}
	return "連絡先・担当者を共有した日が記録されていません" + house("共有日の記録を求める")
}
