package main

import (
	"slices"
	"strings"
)

// stay is one row of 病棟履歴. The day of a transfer belongs to both wards.
type stay struct {
	ward string
	time period
}

// admission is one 入院 of a patient the department takes care of.
type admission struct {
	id                          string
	in, expected, out           day // out is blank while the patient is in hospital
	name                        word
	born                        day
	sex, chain                  string
	ill                         illness
	suitable, wishes            string // サービス導入適当, 本人の希望
	consented                   day
	manager                     *manager
	prior                       bool // the manager is 入院前担当
	level, status               string
	received, informed, noticed day // 情報提供書受領, 入院時情報提供, 退院前連絡
	regionalPlan                bool
	stays                       []stay
	sessions                    []*session
	staged                      bool // already changed into an example
}

// end returns the 退院日, or the planned one for a patient in hospital.
func (a *admission) end() day {
	if a.out != 0 {
		return a.out
	}
	return a.expected
}

// wardOn returns the code of the ward on d. On a transfer day it is the new
// one.
func (a *admission) wardOn(d day) string {
	code := ""
	for _, s := range a.stays {
		if s.time.covers(d) {
			code = s.ward
		}
	}
	return code
}

// leg is one stay of a way through the hospital, of from–to days.
type leg struct {
	ward   string
	lo, hi int
}

// way is one way through the hospital, with its weight before and from 2026-06.
// From then on the 地域包括ケア ward is used more, because it can bill.
type way struct {
	legs          []leg
	before, after int
	guided        bool // leads to joint guidance, else to a plain discharge
}

var ways = []way{
	{[]leg{{acuteEast, 16, 30}}, 34, 32, true},
	{[]leg{{acuteWest, 15, 28}}, 24, 17, true},
	{[]leg{{acuteEast, 9, 14}, {communityCare, 18, 38}}, 8, 19, true},
	{[]leg{{acuteWest, 8, 13}, {communityCare, 18, 34}}, 3, 6, true},
	{[]leg{{communityCare, 18, 45}}, 3, 12, true},
	{[]leg{{acuteEast, 12, 18}, {rehabWard, 45, 75}}, 6, 3, true},
	{[]leg{{longTermWard, 40, 100}}, 10, 6, true},
	{[]leg{{childWard, 14, 35}}, 4, 2, true},
	{[]leg{{mentalWard, 35, 75}}, 4, 2, true},
	{[]leg{{acuteEast, 8, 16}}, 45, 45, false},
	{[]leg{{acuteWest, 7, 16}}, 40, 40, false},
	{[]leg{{acuteEast, 10, 16}, {rehabWard, 40, 60}}, 15, 15, false},
}

// guidedPerMonth is the number of admissions per month, from June 2025, that
// lead to joint guidance. It grows with the revision of June 2026.
var guidedPerMonth = []int{8, 8, 8, 9, 9, 9, 8, 10, 9, 10, 12, 17, 23, 23, 23, 24, 21, 22}

// admitPatients admits 18 months of patients.
func (h *hospital) admitPatients() {
	r := newDice(4)
	ids := map[string]bool{}
	for i, guided := range guidedPerMonth {
		others := r.between(7, 10)
		for n := range guided + others {
			in := on(2025, 6+i, r.between(1, 28))
			if in > today-2 {
				in -= 14
			}
			h.admissions = append(h.admissions, h.admit(r, ids, in, n < guided))
		}
	}
	h.readmit(r)
	slices.SortStableFunc(h.admissions, func(a, b *admission) int { return int(a.in - b.in) })
}

func (h *hospital) admit(r dice, ids map[string]bool, in day, guided bool) *admission {
	a := &admission{in: in}
	a.travel(r, chooseWay(r, in, guided))
	for a.id == "" || ids[a.id] {
		a.id = number("", 8, r.between(10000, 129999))
	}
	ids[a.id] = true
	a.beBorn(r)
	h.assess(r, a, guided)
	return a
}

func chooseWay(r dice, in day, guided bool) way {
	total := 0
	weight := func(w way) int {
		if w.guided != guided {
			return 0
		}
		if in >= revision {
			return w.after
		}
		return w.before
	}
	for _, w := range ways {
		total += weight(w)
	}
	roll := r.Intn(total)
	for _, w := range ways {
		if roll -= weight(w); roll < 0 {
			return w
		}
	}
	return ways[0]
}

// travel adds the stays of the way. What is after today is cut off, and the
// discharge becomes a plan.
func (a *admission) travel(r dice, w way) {
	at := a.in
	for _, l := range w.legs {
		if at > today {
			break
		}
		leave := at + day(r.between(l.lo, l.hi))
		a.expected = leave
		a.stays = append(a.stays, stay{l.ward, period{at, leave.kept()}})
		at = leave
	}
	if len(a.stays) < len(w.legs) { // still before the transfer
		a.expected += 25
	}
	if at <= today && len(a.stays) == len(w.legs) {
		a.out = at
		a.expected += day(r.between(-2, 1)) // plans are never exact
		a.expected = max(a.expected, a.in+1)
	}
}

func (a *admission) beBorn(r dice) {
	first := a.stays[0].ward
	year, men, women := r.between(1931, 1954), elderMen, elderWomen
	switch first {
	case childWard:
		year, men, women = r.between(2015, 2023), boys, girls
	case mentalWard:
		year, men, women = r.between(1958, 1988), adults[:8], adults[8:]
	}
	a.born = on(year, r.between(1, 12), r.between(1, 28))
	a.sex = "女"
	given := pick(r, women)
	if r.chance(45) {
		a.sex, given = "男", pick(r, men)
	}
	a.name = person(pick(r, surnames), given)
	a.ill = pick(r, illnessesOf(first))
}

// assess fills in what the ward and the department ask in the first days.
func (h *hospital) assess(r dice, a *admission, guided bool) {
	child := a.stays[0].ward == childWard
	mental := a.stays[0].ward == mentalWard
	switch {
	case child:
		a.status = "対象外"
	case mental:
		a.status, a.level = "対象外", "障害支援区分3"
	default:
		a.status = pick(r, []string{"認定済", "認定済", "認定済", "認定済", "区分変更申請中", "申請中", "未申請"})
		if a.status == "認定済" || a.status == "区分変更申請中" {
			a.level = pick(r, []string{"要支援1", "要支援2", "要介護1", "要介護1", "要介護2", "要介護2", "要介護3", "要介護4", "要介護5"})
		}
	}
	if !guided {
		a.suitable = pick(r, []string{"×", "×", "○", ""})
		if a.suitable == "○" {
			a.wishes = pick(r, []string{"×", "○", ""})
		}
	} else {
		a.suitable, a.wishes = "○", "○"
		a.consented = (a.in + day(r.between(1, 4))).kept()
	}
	if guided || r.chance(30) {
		a.manager = h.chooseManager(r, a)
		a.prior = child || mental || a.level != "" && r.chance(80)
		a.correspond(r)
	}
}

// correspond sets the three dates of 規程 (ア): mostly in time, sometimes late
// or forgotten (W3, W4).
func (a *admission) correspond(r dice) {
	if a.prior {
		if r.chance(70) {
			a.received = (a.in + day(r.between(0, 2))).kept()
		}
		switch {
		case r.chance(88):
			a.informed = (a.in + day(r.between(1, 5))).workdayBefore()
		case r.chance(75):
			a.informed = (a.in + day(r.between(8, 11))).workday()
		}
		if a.informed != 0 {
			a.informed = max(a.informed, a.in).kept()
		}
		if a.out != 0 && a.informed > a.out { // discharged before anybody wrote
			a.informed = 0
		}
	}
	switch {
	case r.chance(88):
		a.noticed = max(a.in+1, a.expected-day(r.between(8, 13))).workdayBefore()
	case r.chance(75):
		a.noticed = max(a.in+2, a.expected-day(r.between(2, 5))).workdayBefore()
	}
	if a.noticed != 0 {
		if a.noticed <= a.in {
			a.noticed = (a.in + 1).workday()
		}
		a.noticed = a.noticed.kept()
	}
}

// chooseManager picks a 相談支援専門員 for children and the A103 ward; for
// others an active care manager whose partner is not quiet. One in ten is from
// a facility the patient will move to.
func (h *hospital) chooseManager(r dice, a *admission) *manager {
	var fit []*manager
	facility := r.chance(10) && !strings.HasPrefix(a.level, "要支援")
	for _, m := range h.managers {
		from, to := m.office(a.in), m.office(min(a.end(), today))
		if !m.plans() || from == nil || to == nil || from.quiet || to.quiet || to.annex == "介護保険施設等" {
			continue
		}
		if kindFits(a.stays[0].ward, to.kind, facility) {
			fit = append(fit, m)
			if m.regular && r.chance(50) { // larger practices come to the meetings
				fit = append(fit, m)
			}
		}
	}
	return pick(r, fit)
}

func kindFits(ward, kind string, facility bool) bool {
	switch kind {
	case consult:
		return ward == mentalWard
	case childConsult:
		return ward == childWard
	case careOffice, community, "介護予防支援", "小規模多機能", "看護小規模多機能":
		return ward != mentalWard && ward != childWard && !facility
	case nursingHome, healthFacility, "特定施設", "認知症グループホーム", "介護医療院":
		return ward != mentalWard && ward != childWard && facility
	}
	return false
}

// readmit readmits some patients within weeks, with a 通算入院キー if it is the
// same illness (then both are one admission for the fee).
func (h *hospital) readmit(r dice) {
	for i, a := range h.admissions[:len(h.admissions)-60] {
		if i%13 != 5 || a.out == 0 || a.manager == nil || a.consented == 0 || a.manager.office(today) == nil || a.manager.office(today).quiet {
			continue
		}
		in := a.out + day(r.between(9, 60))
		if in > today-12 {
			continue
		}
		b := &admission{id: a.id, in: in, name: a.name, born: a.born, sex: a.sex, ill: a.ill, level: a.level, status: a.status,
			suitable: "○", wishes: "○", manager: a.manager, prior: true}
		b.travel(r, way{legs: []leg{{a.stays[0].ward, 14, 30}}})
		b.consented = b.in + day(r.between(1, 4))
		b.correspond(r)
		if i%26 == 5 {
			a.chain = number("T", 3, i)
			b.chain = a.chain
		}
		h.admissions = append(h.admissions, b)
	}
}

func (h *hospital) admissionSheet() sheet {
	s := sheet{name: "入院", columns: []string{"患者ID", "入院日", "氏名", "カナ", "生年月日", "性別", "退院見込日", "退院日", "通算入院キー", "診療科",
		"サービス導入適当", "本人の希望", "同意日", "担当CMコード", "要介護度", "認定状況", "入院時情報提供書受領日", "入院時情報提供日", "退院前連絡日", "地域連携診療計画加算"}, keys: 2}
	for _, a := range h.admissions {
		manager := ""
		if a.manager != nil {
			manager = a.manager.code
		}
		s.rows = append(s.rows, []string{a.id, a.in.String(), a.name.text, a.name.kana, a.born.String(), a.sex, a.expected.String(), a.out.String(), a.chain, a.ill.department,
			a.suitable, a.wishes, a.consented.String(), manager, a.level, a.status, a.received.String(), a.informed.String(), a.noticed.String(), mark(a.regionalPlan)})
	}
	return s
}

func (h *hospital) staySheet() sheet {
	s := sheet{name: "病棟履歴", columns: []string{"患者ID", "入院日", "開始日", "病棟コード", "終了日"}, keys: 3}
	for _, a := range h.admissions {
		for _, t := range a.stays {
			s.rows = append(s.rows, []string{a.id, a.in.String(), t.time.from.String(), t.ward, t.time.to.String()})
		}
	}
	return s
}
