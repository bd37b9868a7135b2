package main

import (
	"slices"
	"strings"
)

// session is one 共同指導.
type session struct {
	of                   *admission
	on                   day
	way, content         string
	staff                []string
	ordered              bool // 医師の指示
	manager              *manager
	standing             string
	joined               bool // 患者参加
	screen               bool // 画面共有
	screenConsent        day
	multiAgency          bool // 同日多機関共同指導加算
	body                 string
	noted, asked, copied day // 要点記載日, ケアプラン依頼日, 写し受領日
	copyKind             string
	claim                string
	settled              bool // an example set the claim; billing leaves it alone
	refused              bool // an example made it not billable
}

// holdSessions adds the joint guidance of every admission with a care manager
// and the patient's consent: the first when the discharge takes shape, the
// second before it (通知(5)).
func (h *hospital) holdSessions() {
	r := newDice(5)
	for _, a := range h.admissions {
		if a.manager == nil || a.consented == 0 || a.suitable != "○" || a.wishes != "○" {
			continue
		}
		first := (a.in + day(r.between(5, 11))).workday()
		if first > a.end() {
			first = a.end().workdayBefore()
		}
		h.hold(r, a, max(first, a.consented), "初回")
		second := (a.end() - day(r.between(2, 7))).workdayBefore()
		if second > first+4 && r.chance(78) {
			h.hold(r, a, second, "2回目")
		}
	}
}

// hold adds a session of the admission, unless its day is in the future.
func (h *hospital) hold(r dice, a *admission, d day, content string) *session {
	if d > today || !d.working() || d < a.in || a.manager.office(d) == nil {
		return nil
	}
	s := &session{of: a, on: d, way: "対面", content: content, manager: a.manager, joined: true, standing: "患者選択"}
	if a.prior {
		s.standing = "入院前担当"
	}
	if r.chance(20) {
		s.way = "ビデオ通話"
		if s.screen = r.chance(50); s.screen {
			s.screenConsent = max(a.consented, a.in)
		}
	}
	h.send(r, s)
	s.body = firstNote(r, a)
	if content == "2回目" {
		s.body = secondNote(r, a)
	}
	s.writeUp(r)
	a.sessions = append(a.sessions, s)
	return s
}

// send chooses our staff: usually one of the department, sometimes with a
// doctor or a therapist. One time in twelve only the 病棟専任 goes, which makes
// the session 指導料1. Sometimes 医師の指示 is not recorded.
func (h *hospital) send(r dice, s *session) {
	ward := s.of.wardOn(s.on)
	s.staff = []string{pick(r, h.department(s.on))}
	s.ordered = !r.chance(3)
	dedicated := h.dedicatedTo(ward, s.on)
	if len(dedicated) > 0 && r.chance(8) {
		s.staff = []string{pick(r, dedicated)}
		return
	}
	switch {
	case r.chance(12):
		s.staff = append(s.staff, pick(r, h.doctors(s.on)))
	case r.chance(18):
		s.staff = append(s.staff, pick(r, h.therapists(s.on)))
	case len(dedicated) > 0 && r.chance(20):
		s.staff = append(s.staff, dedicated[0])
	}
	slices.Sort(s.staff)
}

// writeUp enters the 要点 in the chart and asks for the copy of the care plan.
// For last month and this month some are still open (W1, W2).
func (s *session) writeUp(r dice) {
	recent := s.on >= on(2026, 10, 1)
	s.noted = s.on
	if r.chance(20) {
		s.noted = (s.on + 1).workday().kept()
	}
	if recent && r.chance(12) || r.chance(1) {
		s.noted = 0
	}
	s.asked = s.on
	arrives := 97
	if recent {
		arrives = 82
	}
	if r.chance(arrives) {
		s.copied = (s.on + day(r.between(4, 16))).workday().kept()
	}
	if s.copied != 0 {
		s.copyKind = pick(r, []string{"原案", "原案", "確定"})
	}
}

// sessions returns all sessions in the order of 指導番号: by day, those without
// a day last.
func (h *hospital) sessions() []*session {
	var all []*session
	for _, a := range h.admissions {
		all = append(all, a.sessions...)
	}
	slices.SortStableFunc(all, func(a, b *session) int {
		if a.on == 0 || b.on == 0 {
			return int(b.on - a.on)
		}
		return int(a.on - b.on)
	})
	return all
}

func (h *hospital) sessionSheet() sheet {
	s := sheet{name: "共同指導", columns: []string{"指導番号", "患者ID", "入院日", "指導日", "方法", "内容区分", "職員コード", "医師の指示", "CMコード", "相手の立場", "患者参加",
		"画面共有", "画面共有同意日", "同日多機関共同指導加算", "内容", "要点記載日", "ケアプラン依頼日", "ケアプラン写し受領日", "写しの種類", "算定区分", "算定月"}, keys: 1}
	for i, g := range h.sessions() {
		manager, month := "", ""
		if g.manager != nil {
			manager = g.manager.code
		}
		if g.claim == "1" || g.claim == "2" || g.claim == "旧" {
			month = g.on.month()
		}
		s.rows = append(s.rows, []string{number("G", 4, i+1), g.of.id, g.of.in.String(), g.on.String(), g.way, g.content, strings.Join(g.staff, ";"), mark(g.ordered), manager,
			g.standing, mark(g.joined), mark(g.screen), g.screenConsent.String(), mark(g.multiAgency), g.body, g.noted.String(), g.asked.String(), g.copied.String(),
			g.copyKind, g.claim, month})
	}
	return s
}
