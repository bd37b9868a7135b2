package main

import "fmt"

// affiliation is one row of 所属履歴.
type affiliation struct {
	office *partner
	time   period
}

// manager is a 介護支援専門員 or 相談支援専門員.
type manager struct {
	code, qualification string
	name                word
	canPlan             bool
	shared, checked     day // 連絡先共有日, 連絡先確認日
	note                string
	jobs                []affiliation
	// regular managers come to the meetings. The others come rarely or never,
	// and joint guidance with them is 指導料1.
	regular bool
}

// office returns where the manager works on d, or nil.
func (m *manager) office(d day) *partner {
	var at *partner
	var since day
	for _, j := range m.jobs {
		if j.time.covers(d) && j.time.from > since {
			at, since = j.office, j.time.from
		}
	}
	return at
}

// plans reports whether a guidance with the manager can be billed.
func (m *manager) plans() bool { return m.canPlan && m.qualification != "その他" }

// meetCareManagers fills the offices with managers of invented names.
func (h *hospital) meetCareManagers() {
	r := newDice(2)
	deck := r.Perm(len(surnames)) // no surname twice per office: offices are small
	for _, p := range h.partners {
		for i := range p.managers {
			m := &manager{code: number("C", 3, len(h.managers)+1), name: h.nextName(r, deck), canPlan: true}
			m.qualification = qualificationOf(r, p, i)
			m.regular = r.chance(58)
			m.shareContacts(r)
			m.jobs = []affiliation{{p, period{from: on(r.between(2018, 2024), r.between(1, 12), 1)}}}
			h.managers = append(h.managers, m)
		}
	}
	h.namesakes()
	h.hireUnqualified(r, deck)
	h.moves()
}

// nextName returns a name whose surname is still unused.
func (h *hospital) nextName(r dice, deck []int) word {
	return person(surnames[deck[len(h.managers)]], pick(r, adults))
}

func qualificationOf(r dice, p *partner, i int) string {
	switch {
	case p.kind == consult || p.kind == childConsult:
		return "相談支援専門員"
	case i == 0 && p.managers >= 3, r.chance(15):
		return "主任介護支援専門員"
	}
	return "介護支援専門員"
}

// shareContacts: most shared contacts years ago and are checked every spring;
// some were never checked again (W6), and some never shared.
func (m *manager) shareContacts(r dice) {
	switch {
	case m.regular || r.chance(40):
		m.shared = on(r.between(2023, 2024), r.between(1, 12), r.between(1, 28)).workday()
	case r.chance(30):
		m.shared = on(2026, r.between(5, 9), r.between(1, 28)).workday()
	}
	if m.shared != 0 && r.chance(50) {
		m.checked = max(on(2026, r.between(4, 7), r.between(1, 28)).workday(), m.shared)
	}
}

// namesakes adds two managers with the same name in different offices.
func (h *hospital) namesakes() {
	h.managers[1].name = word{"佐藤 美咲", "サトウ ミサキ"}
	h.managers[11].name = word{"佐藤 美咲", "サトウ ミサキ"}
	h.managers[1].note = "同姓同名あり（連絡先を必ず確認）"
	h.managers[11].note = "同姓同名あり（連絡先を必ず確認）"
}

// hireUnqualified adds the two managers a guidance cannot be billed with (code
// 5a): a 保健師 of the 地域包括, and a 介護支援専門員 who no longer writes plans.
func (h *hospital) hireUnqualified(r dice, deck []int) {
	h.managers = append(h.managers,
		&manager{code: number("C", 3, len(h.managers)+1), name: h.nextName(r, deck), qualification: "その他", regular: true,
			shared: on(2024, 6, 3), checked: on(2026, 5, 11), note: "保健師（介護支援専門員の資格なし）",
			jobs: []affiliation{{h.partnerNamed("みなと市地域包括支援センター中央"), period{from: on(2022, 4, 1)}}}})
	h.managers = append(h.managers,
		&manager{code: number("C", 3, len(h.managers)+1), name: h.nextName(r, deck), qualification: "主任介護支援専門員", regular: true,
			shared: on(2023, 9, 4), checked: on(2026, 4, 20), note: "管理者専任。ケアプランは作成していない",
			jobs: []affiliation{{h.partnerNamed("ケアプランセンターしおかぜ"), period{from: on(2019, 4, 1)}}}})
}

func (h *hospital) partnerNamed(name string) *partner {
	for _, p := range h.partners {
		if p.name == name {
			return p
		}
	}
	panic("no partner of the name " + name)
}

// moves: nine managers changed office. かもめ closed and its two went to
// neighbours. One entry overlaps by two weeks, as in real registers.
func (h *hospital) moves() {
	for _, move := range []struct {
		who     int
		to      string
		on      day
		overlap int
	}{
		{3, "汐見台ケアプランセンター", on(2025, 10, 1), 0},
		{7, "みなと市地域包括支援センター東", on(2026, 4, 1), 0},
		{15, "みなとさくら居宅介護支援事業所", on(2026, 7, 1), 0},
		{19, "ケアプラン港みらい", on(2025, 12, 1), 14},
		{22, "ケアマネジメントオフィスなぎさ", on(2026, 9, 1), 0},
		{35, "ケアプランセンターしおかぜ", on(2026, 4, 1), 0},
		{36, "ケアマネジメントオフィスなぎさ", on(2026, 4, 1), 0},
		{40, "さんばし居宅介護支援事業所", on(2026, 4, 1), 0},
		{44, "居宅介護支援センター灯台", on(2026, 6, 1), 0},
	} {
		m := h.managers[move.who]
		m.jobs[0].time.to = move.on - 1 + day(move.overlap)
		m.jobs = append(m.jobs, affiliation{h.partnerNamed(move.to), period{from: move.on}})
	}
}

func (h *hospital) managerSheet() sheet {
	s := sheet{name: "介護支援専門員", columns: []string{"CMコード", "氏名", "カナ", "資格", "登録番号", "ケアプラン作成可", "連絡先共有日", "連絡先確認日",
		"電話", "メール", "備考"}, keys: 1}
	for i, m := range h.managers {
		s.rows = append(s.rows, []string{m.code, m.name.text, m.name.kana, m.qualification, fmt.Sprintf("99%06d", 10000+i*431), mark(m.canPlan),
			m.shared.String(), m.checked.String(), m.jobs[len(m.jobs)-1].office.phone(), "cm" + m.code[1:] + "@renkei.example.jp", m.note})
	}
	return s
}

func (h *hospital) affiliationSheet() sheet {
	s := sheet{name: "所属履歴", columns: []string{"CMコード", "連携先コード", "開始日", "終了日"}, keys: 3}
	for _, m := range h.managers {
		for _, j := range m.jobs {
			s.rows = append(s.rows, []string{m.code, j.office.code, j.time.from.String(), j.time.to.String()})
		}
	}
	return s
}
