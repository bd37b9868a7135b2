package main

import (
	"fmt"
)

// example turns one ordinary admission into a special case of the rules. It
// takes the first admission that fits and is not an example yet.
type example struct {
	code   string // the code or warning it shows
	month  string // month of the changed session, "2026-10"
	second bool   // change the second session of the admission, else the first
	when   func(h *hospital, s *session) bool
	make   func(h *hospital, s *session)
}

// stageExamples makes sure that every code of the rules appears, several of
// them in October 2026. Codes 1, 3, 7c, 11 and 13 and W1–W6 appear without it,
// from the wards, the meetings and the dates.
func (h *hospital) stageExamples() error {
	for _, e := range examples() {
		if !h.stage(e) {
			return fmt.Errorf("no admission to stage an example of %s in %s", e.code, e.month)
		}
	}
	return nil
}

func (h *hospital) stage(e example) bool {
	for _, a := range h.admissions {
		if a.staged || a.chain != "" || len(a.sessions) == 0 || e.second && len(a.sessions) < 2 {
			continue
		}
		s := a.sessions[0]
		if e.second {
			s = a.sessions[1]
		}
		if s.on.month() == e.month && h.open(s) && e.when(h, s) {
			a.staged = true
			e.make(h, s)
			return true
		}
	}
	return false
}

func any1(*hospital, *session) bool { return true }

// ready selects sessions that could be billed as 1 or 2.
func ready(h *hospital, s *session) bool { return h.fits1(s) || h.fits2(s) }

// would2 selects sessions that would be 指導料2.
func would2(h *hospital, s *session) bool { return h.fits1(s) && h.fits2(s) }

// both2 selects second sessions of an admission whose two sessions would be
// 指導料2.
func both2(h *hospital, s *session) bool {
	return would2(h, s) && h.open(s.of.sessions[0]) && would2(h, s.of.sessions[0])
}

// discharged selects sessions of patients discharged early enough for a date
// after it.
func discharged(h *hospital, s *session) bool {
	return ready(h, s) && s.of.out != 0 && s.of.out+3 < today
}

// refuse makes the change and marks the session as not billable.
func refuse(change func(h *hospital, s *session)) func(h *hospital, s *session) {
	return func(h *hospital, s *session) {
		change(h, s)
		s.refused = true
	}
}

// refuseAll is refuse for a change that affects every session of the admission.
func refuseAll(change func(h *hospital, s *session)) func(h *hospital, s *session) {
	return func(h *hospital, s *session) {
		change(h, s)
		for _, t := range s.of.sessions {
			t.refused = true
		}
	}
}

// setClaim sets what was billed, right or wrong.
func (s *session) setClaim(claim string) { s.claim, s.settled = claim, true }

// examples are in the order of staging: those that need most of an admission
// first.
func examples() []example {
	return append(append(chainExamples(), contradictions()...), refusals()...)
}

// refusals are codes 0, 2 and 4–7b, where the session alone cannot be billed,
// and 15.
func refusals() []example {
	noManager := refuse(func(_ *hospital, s *session) {
		s.manager = nil
		s.body = "退院支援の打合せに居宅の担当者が来院。本人・家族と面談した。先方の氏名を確認して登録する。"
	})
	noStaff := refuse(func(_ *hospital, s *session) { s.staff = nil })
	noConsent := refuseAll(func(_ *hospital, s *session) { s.of.consented = 0 })
	undecided := refuseAll(func(_ *hospital, s *session) {
		s.of.wishes = "×"
		s.body += "本人は「まだ人の世話にはなりたくない」と話し、サービスの利用は見合わせとなった。"
	})
	phone := refuse(func(_ *hospital, s *session) {
		s.way, s.screen, s.screenConsent = "電話", false, 0
		s.body = "担当者の都合がつかず電話で実施。" + s.body
	})
	familyOnly := refuse(func(_ *hospital, s *session) {
		s.joined = false
		s.body = "本人は検査のため不在、家族のみ同席。退院後の生活の希望とサービスの内容を確認した。"
	})
	letter := refuse(func(_ *hospital, s *session) {
		s.way, s.screen, s.screenConsent = "文書", false, 0
		s.body = "面談の日程が合わず、サービス調整の内容を文書で取り交わした。"
	})
	noScreenConsent := refuse(func(_ *hospital, s *session) {
		s.way, s.screen, s.screenConsent = "ビデオ通話", true, 0
		s.body = "オンラインで実施。検査結果とリハビリ計画書を画面で共有。" + s.body
	})
	multi := refuse(func(_ *hospital, s *session) {
		s.multiAgency = true
		s.body = "退院時カンファレンス。在宅医・訪問看護・薬局・介護支援専門員の4者が参加。" + s.body
	})
	noStanding := refuse(func(_ *hospital, s *session) { s.standing = "" })
	regionalPlan := refuseAll(func(_ *hospital, s *session) { s.of.regionalPlan = true })
	notBilled := func(_ *hospital, s *session) {
		s.setClaim("なし")
		s.body += "（カンファレンスの一部として行ったため算定しないこととした。）"
	}
	afterDischarge := refuse(func(_ *hospital, s *session) { s.on = (s.of.out + 1).workday() })
	return []example{
		{"0", "2026-10", false, ready, noManager},
		{"0", "2026-11", false, ready, noStaff},
		{"0", "2026-08", true, ready, noStaff},
		{"0", "2026-11", true, any1, refuse(func(_ *hospital, s *session) { // planned, the day not agreed yet
			s.on, s.noted, s.asked, s.copied, s.copyKind, s.screenConsent = 0, 0, 0, 0, "", 0
			s.body = "日程調整中。退院前に本人・家族をまじえて実施する予定。"
		})},
		{"2", "2026-07", true, discharged, afterDischarge},
		{"2", "2025-11", false, any1, afterDischarge},
		{"4", "2026-10", false, ready, noConsent},
		{"4", "2026-07", false, ready, undecided},
		{"4", "2025-10", false, any1, noConsent},
		{"5a", "2026-07", true, ready, refuse(func(h *hospital, s *session) { // 保健師 of the 地域包括
			s.manager, s.standing = h.managers[len(h.managers)-2], "患者選択"
		})},
		{"5a", "2026-09", true, ready, refuse(func(h *hospital, s *session) { // no longer writes plans
			s.manager, s.standing = h.managers[len(h.managers)-1], "患者選択"
		})},
		{"5a", "2026-06", true, ready, refuse(func(h *hospital, s *session) { // chosen, but a 訪問看護ステーション
			s.manager, s.standing = h.managerAt("訪問看護ステーション港みらい"), "患者選択"
		})},
		{"5b", "2026-09", true, ready, noStanding},
		{"5b", "2026-06", false, ready, noStanding},
		{"5c", "2026-09", false, ready, refuse(atOwnFacility)},
		{"5c", "2025-12", true, any1, refuse(atOwnFacility)},
		{"6a", "2026-10", false, ready, phone},
		{"6a", "2026-08", false, ready, familyOnly},
		{"6a", "2026-06", true, ready, letter},
		{"6a", "2025-09", false, any1, phone},
		{"6b", "2026-09", true, ready, noScreenConsent},
		{"6b", "2026-08", false, ready, noScreenConsent},
		{"7a", "2026-10", true, ready, multi},
		{"7a", "2026-07", true, ready, multi},
		{"7a", "2026-03", true, any1, multi},
		{"7b", "2026-08", true, ready, regionalPlan},
		{"7b", "2026-02", false, any1, regionalPlan},
		{"15", "2026-10", false, ready, notBilled},
		{"15", "2026-07", true, ready, notBilled},
		{"15", "2026-01", false, any1, notBilled},
	}
}

// atOwnFacility sends the patient to the 老健 on the hospital's own site.
func atOwnFacility(h *hospital, s *session) {
	s.manager, s.standing = h.managerAt("介護老人保健施設 港みらい"), "患者選択"
	s.body = "退院先として介護老人保健施設 港みらいへの入所を検討。本人・家族、施設の介護支援専門員と入所後の生活を確認した。"
}

func (h *hospital) managerAt(office string) *manager {
	for _, m := range h.managers {
		if at := m.office(today); at != nil && at.name == office {
			return m
		}
	}
	panic("nobody at " + office)
}

// chainExamples are codes 8, 9, 10, 12 and 14, decided by the rest of the
// admission.
func chainExamples() []example {
	again := func(h *hospital, s *session) { // 8: a second session on one day
		t := *s
		t.content, t.way, t.screen, t.screenConsent = "2回目", "対面", false, 0
		t.body = "同日午後、福祉用具の選定をふまえて再度面談。特殊寝台と手すりの位置を確認した。"
		s.of.sessions = append(s.of.sessions, &t)
	}
	third := func(h *hospital, s *session) { // 9: the discharge was postponed
		t := *s
		t.on = (s.on + 1).workday()
		t.body = thirdNote(newDice(int64(s.on)), s.of)
		t.noted, t.asked, t.copied, t.copyKind = t.on, 0, 0, ""
		s.of.sessions = append(s.of.sessions, &t)
	}
	room := func(h *hospital, s *session) bool { // a third fits before the discharge
		return both2(h, s) && (s.on+1).workday() < s.of.end() && (s.on+1).workday().month() == s.on.month()
	}
	nobodyAsked := func(h *hospital, s *session) { // neither a doctor nor 医師の指示
		s.ordered = false
		s.staff = []string{h.department(s.on)[0]}
	}
	stranger := func(h *hospital, s *session) bool { return h.fits1(s) && !h.fits2(s) && h.open(s.of.sessions[0]) }
	return []example{
		{"8", "2026-10", false, would2, again},
		{"8", "2026-07", true, both2, again},
		{"9", "2026-10", true, room, third},
		{"9", "2026-07", true, room, third},
		// The first was billed as 指導料1. The second, without 医師の指示,
		// would only be 指導料2.
		{"10", "2026-10", true, both2, func(h *hospital, s *session) {
			nobodyAsked(h, s)
			s.of.sessions[0].setClaim("1")
		}},
		// The first was the old fee in May.
		{"10", "2026-06", true, func(h *hospital, s *session) bool {
			return would2(h, s) && s.of.sessions[0].on < revision && h.open(s.of.sessions[0]) && h.fits1(s.of.sessions[0])
		}, nobodyAsked},
		// The first was billed as 指導料2. The second was held by the 病棟専任 alone.
		{"12", "2026-10", true, wardHeld, byWardNurse},
		{"12", "2026-09", true, wardHeld, byWardNurse},
		{"14", "2026-10", false, stranger, nobodyAsked},
		{"14", "2026-06", false, stranger, nobodyAsked},
		{"14", "2025-12", false, any1, nobodyAsked},
	}
}

func wardHeld(h *hospital, s *session) bool {
	return both2(h, s) && len(h.dedicatedTo(s.of.wardOn(s.on), s.on)) > 0
}

func byWardNurse(h *hospital, s *session) {
	s.of.sessions[0].setClaim("2")
	s.staff = h.dedicatedTo(s.of.wardOn(s.on), s.on)
	s.ordered = true
}

// contradictions are W7: billed claims that do not hold.
func contradictions() []example {
	return []example{
		// Between 施行日 and 周知日 of the 2nd 版.
		{"W7", "2026-08", true, func(h *hospital, s *session) bool {
			return !policyKnown(s.on) && h.fits1(s) && s.of.wardOn(s.on) != acuteWest && h.peacetime(s.manager, s.of.in) && h.contactsShared(s.manager, s.of.in)
		}, func(_ *hospital, s *session) { s.setClaim("2") }},
		// Before the filing of the ward.
		{"W7", "2026-07", false, func(h *hospital, s *session) bool { return s.of.wardOn(s.on) == acuteWest && h.fits1(s) }, func(_ *hospital, s *session) { s.setClaim("2") }},
		// 1 and 2 in one admission.
		{"W7", "2026-09", true, both2, func(_ *hospital, s *session) {
			s.of.sessions[0].setClaim("1")
			s.setClaim("2")
		}},
		// The old fee for a patient who had not consented yet.
		{"W7", "2026-02", false, any1, func(_ *hospital, s *session) {
			s.of.consented = s.on + 2
			s.setClaim("旧")
		}},
		// Billed although the 多機関共同指導加算 was billed for the same day.
		{"W7", "2026-09", true, would2, func(_ *hospital, s *session) {
			s.multiAgency = true
			s.setClaim("2")
		}},
	}
}
