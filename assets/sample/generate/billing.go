package main

import (
	"slices"
)

// billSessions enters the 算定区分 as a careful department and 医事課 would:
// all months up to September, most of October, little of November.
func (h *hospital) billSessions() {
	r := newDice(6)
	chains := map[string][]*session{}
	var order []string
	for _, a := range h.admissions {
		key := a.id + "/" + a.in.String()
		if a.chain != "" {
			key = a.id + "/" + a.chain
		}
		if len(chains[key]) == 0 {
			order = append(order, key)
		}
		chains[key] = append(chains[key], a.sessions...)
	}
	for _, key := range order {
		h.billChain(r, chains[key])
	}
}

// fits1 and fits2 are what the department checks before it bills: who held the
// guidance, the ward's filing, the 規程, and whether they knew the care manager
// before. They only fill 算定区分; the program judges for itself.
func (h *hospital) fits1(s *session) bool {
	return s.ordered || slices.ContainsFunc(s.staff, func(c string) bool { return slices.Contains(h.doctors(s.on), c) })
}

func (h *hospital) fits2(s *session) bool {
	department := slices.ContainsFunc(s.staff, func(c string) bool { return slices.Contains(h.department(s.on), c) })
	return s.on >= revision && department && h.ward(s.of.wardOn(s.on), s.on).filed.covers(s.on) && policyKnown(s.on) &&
		h.peacetime(s.manager, s.of.in) && h.contactsShared(s.manager, s.of.in)
}

// open reports whether the session can be billed at all.
func (h *hospital) open(s *session) bool {
	if s.refused || s.on == 0 || s.claim == "なし" {
		return false
	}
	w := h.ward(s.of.wardOn(s.on), s.on)
	return w != nil && !w.bundled && !w.psychiatricAddOn
}

// billChain bills one chain: two at most, never 1 and 2 together, and 1 once
// the old fee was billed by May.
func (h *hospital) billChain(r dice, sessions []*session) {
	slices.SortStableFunc(sessions, func(a, b *session) int { return int(a.on - b.on) })
	var old, can1, can2 []*session
	var used []day
	plan := ""
	for _, s := range sessions {
		if s.settled && s.claim != "" && s.claim != "なし" {
			used = append(used, s.on)
			plan = s.claim
		}
		if s.settled || !h.open(s) {
			continue
		}
		switch {
		case s.on < revision && h.fits1(s):
			old = append(old, s)
		case s.on >= revision:
			if h.fits1(s) {
				can1 = append(can1, s)
			}
			if h.fits2(s) {
				can2 = append(can2, s)
			}
		}
	}
	bill := func(list []*session, claim string) {
		for _, s := range list {
			if len(used) < 2 && !slices.Contains(used, s.on) {
				used = append(used, s.on)
				if s.recorded(r) {
					s.claim = claim
				}
			}
		}
	}
	bill(old, "旧")
	if plan == "" && (len(old) > 0 || 400*min(2, days(can1)) > 500*min(2, days(can2))) {
		plan = "1"
	}
	if plan == "1" || plan == "旧" {
		bill(can1, "1")
	} else {
		bill(can2, "2")
	}
}

// days counts the different days of sessions sorted by day.
func days(list []*session) int {
	n := 0
	for i, s := range list {
		if i == 0 || s.on != list[i-1].on {
			n++
		}
	}
	return n
}

// recorded reports whether the claim was entered by today. A few older ones
// were forgotten, for the program to find.
func (s *session) recorded(r dice) bool {
	switch {
	case s.on >= on(2026, 11, 1):
		return s.of.out != 0 && s.of.out < on(2026, 11, 12) && r.chance(60)
	case s.on >= on(2026, 10, 1):
		return s.noted != 0 && r.chance(93)
	}
	return r.chance(98)
}
