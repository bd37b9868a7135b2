package main

import (
	"fmt"
	"slices"
)

// meeting is one 会議 with its 出席簿.
type meeting struct {
	code                            string
	on                              day
	name, kind, host, place, way    string
	agenda, counts, because         string // counts is 会議として算入
	shares                          bool   // 連絡先共有
	staff                           []string
	managers                        []*manager
	others                          []guest
	departmentCame, countsAsMeeting bool
}

// guest is an attendee in neither register (区分 その他).
type guest struct{ name, from string }

// Guests who come often.
var (
	visitingNurses    = []guest{{"德永 さゆり", "訪問看護ステーションつばさ湊"}, {"大塚 亮", "訪問看護ステーションつばさ湊"}, {"平野 早苗", "訪問看護ステーションつばさ湊"}}
	pharmacists       = []guest{{"籠島 彩", "うみかぜ薬局 本店 薬剤師"}, {"林 拓也", "うみかぜ薬局 本店 薬剤師"}}
	equipmentAdvisers = []guest{{"柴田 誠", "福祉用具みなと 相談員"}, {"今井 翔太", "福祉用具みなと 相談員"}}
	cityOfficers      = []guest{{"後藤 直美", "みなと市 高齢福祉課"}, {"邊見 亮", "みなと市 高齢福祉課"}}
	welfareVolunteers = []guest{{"﨑山 武夫", "民生委員児童委員（中央地区）"}, {"髙木 節子", "民生委員児童委員（東地区）"}, {"前田 邦彦", "民生委員児童委員（西地区）"}}
	homeHelpers       = []guest{{"坂本 恵美", "訪問介護事業所みなとの手"}, {"𠮷田 陽子", "訪問介護事業所みなとの手"}}
)

// holdMeetings adds 18 months of meetings.
func (h *hospital) holdMeetings() {
	r := newDice(3)
	h.holdCommunityMeetings(r)
	h.holdMultiJobMeetings(r)
	h.holdServiceMeetings(r)
	h.holdStudySessions(r)
	slices.SortStableFunc(h.meetings, func(a, b *meeting) int { return int(a.on - b.on) })
	for i, m := range h.meetings {
		m.code = number("K", 3, i+1)
		m.departmentCame = slices.ContainsFunc(m.staff, func(s string) bool { return slices.Contains(h.department(m.on), s) })
		m.countsAsMeeting = m.departmentCame && (m.counts == "○" || m.counts == "" && m.kind != "勉強会")
	}
}

// holdCommunityMeetings adds a monthly meeting at one of three
// 地域包括支援センター in turn. At two of them only a ward nurse attended:
// these do not count for the department.
func (h *hospital) holdCommunityMeetings(r dice) {
	themes := []string{"独居高齢者の退院支援と見守り体制", "認知症のある方の入退院時の情報共有", "口腔・栄養を支える地域の取り組み", "身寄りのない方の支援",
		"在宅看取りを支える連携", "フレイル予防と通いの場", "入退院連携ルールの振り返り", "災害時の要援護者の把握"}
	areas := []string{"中央", "東", "西"}
	for i := range 18 {
		date := on(2025, 6+i, r.between(8, 19)).workday()
		area := areas[i%3]
		m := &meeting{on: date, kind: "地域ケア会議", name: fmt.Sprintf("地域ケア会議（%s圏域）", area), host: "みなと市地域包括支援センター" + area,
			place: "みなと市" + area + "コミュニティセンター", way: "対面", agenda: themes[i%len(themes)]}
		m.staff = pickSome(r, h.department(date), r.between(1, 2))
		if i == 4 || i == 13 {
			m.staff = []string{"N021"}
		}
		m.managers = h.whoComes(r, date, 30, 1)
		m.others = []guest{pick(r, cityOfficers), welfareVolunteers[i%3]}
		if r.chance(60) {
			m.others = append(m.others, pick(r, visitingNurses))
		}
		h.meetings = append(h.meetings, m)
	}
}

// holdMultiJobMeetings adds the hospital's own 多職種連携会議 every other
// month, where the list of contacts is handed out.
func (h *hospital) holdMultiJobMeetings(r dice) {
	themes := []string{"入退院連携ルールと連絡窓口の確認", "退院前カンファレンスの進め方", "心不全患者の在宅療養を支える", "指導料の見直しと共同指導の持ち方",
		"誤嚥性肺炎をくり返す方の支援", "服薬管理の引き継ぎ", "福祉用具と住宅改修の早めの相談", "看取り期の意思決定支援", "ケアプラン原案のやり取りを早くする"}
	for i := range 9 {
		date := on(2025, 6+2*i, r.between(16, 27)).workday()
		m := &meeting{on: date, kind: "多職種連携会議", name: fmt.Sprintf("第%d回 みなと地域多職種連携会議", 21+i), host: "港みらい総合病院 入退院支援部門",
			place: "当院 3階講堂", way: pick(r, []string{"対面", "併用", "併用"}), agenda: themes[i], shares: true}
		m.staff = pickSome(r, h.department(date), 4)
		m.staff = append(m.staff, pick(r, h.doctors(date)), pick(r, h.therapists(date)))
		m.managers = h.whoComes(r, date, 36, 2)
		m.others = []guest{pick(r, pharmacists), pick(r, visitingNurses),
			pick(r, equipmentAdvisers)}
		h.meetings = append(h.meetings, m)
	}
}

// holdServiceMeetings adds the サービス担当者会議 about one client to which the
// department was invited, some in each month.
func (h *hospital) holdServiceMeetings(r dice) {
	for i := range 18 {
		for range r.between(1, 3) {
			date := on(2025, 6+i, r.between(1, 26)).workday()
			if date > today {
				continue
			}
			came := h.whoComes(r, date, 5, 1)
			if len(came) == 0 {
				continue
			}
			lead := came[0]
			m := &meeting{on: date, kind: "サービス担当者会議", name: "サービス担当者会議（退院後の支援体制）", host: lead.office(date).name,
				place: pick(r, []string{"利用者宅", "利用者宅", lead.office(date).name}), way: pick(r, []string{"対面", "対面", "オンライン"}),
				agenda: pick(r, []string{"退院後1か月の状況確認とプラン変更", "福祉用具の追加と訪問看護の導入", "再入院を防ぐための見守りと服薬支援", "通所サービスの再開について"})}
			m.staff = pickSome(r, h.department(date), 1)
			m.managers = came[:1]
			m.others = []guest{pick(r, visitingNurses), pick(r, equipmentAdvisers)}
			h.meetings = append(h.meetings, m)
		}
	}
}

// holdStudySessions adds a 勉強会 every month except August. Those with a
// roster, a multi-profession theme and the contact list are marked to count,
// lectures are marked not to, a few are undecided.
func (h *hospital) holdStudySessions(r dice) {
	themes := []struct{ agenda, counts, because string }{
		{"褥瘡予防とポジショニング", "×", "講義のみのため会議として扱わない"},
		{"事例検討: 退院直後に再入院となった心不全の方", "○", "多職種の事例検討・出席簿あり・連絡先一覧を共有"},
		{"認知症ケアの基本", "", ""},
		{"事例検討: 身寄りのない方の退院支援", "○", "多職種の事例検討・出席簿あり・連絡先一覧を共有"},
		{"嚥下調整食の段階と選び方", "×", "講義のみのため会議として扱わない"},
		{"意見交換会: 入院時情報提供書の見直し", "○", "多職種の意見交換・出席簿あり・連絡先一覧を共有"},
		{"令和8年度 報酬改定の説明会", "", ""},
	}
	n := 0
	for i := range 18 {
		date := on(2025, 6+i, r.between(10, 20)).workday()
		if date.time().Month() == 8 {
			continue
		}
		t := themes[n%len(themes)]
		n++
		m := &meeting{on: date, kind: "勉強会", name: fmt.Sprintf("第%d回 地域連携勉強会", 40+n), host: "港みらい総合病院 入退院支援部門", place: "当院 2階会議室",
			way: pick(r, []string{"対面", "併用", "オンライン"}), agenda: t.agenda, counts: t.counts, because: t.because, shares: t.counts == "○"}
		m.staff = append(pickSome(r, h.department(date), 2), pick(r, h.therapists(date)))
		m.managers = h.whoComes(r, date, 32, 4)
		m.others = []guest{pick(r, homeHelpers)}
		h.meetings = append(h.meetings, m)
	}
}

// whoComes returns the managers who attend, with the chances of regular and
// other ones in percent.
func (h *hospital) whoComes(r dice, d day, regular, other int) []*manager {
	var came []*manager
	for _, m := range h.managers {
		percent := other
		if m.regular {
			percent = regular
		}
		if r.chance(percent) && m.office(d) != nil {
			came = append(came, m)
		}
	}
	return came
}

// peacetime reports whether the manager met the department in a 会議 in the
// year before the admission (通知(3)イ by the hospital's parameters).
func (h *hospital) peacetime(m *manager, admitted day) bool {
	return slices.ContainsFunc(h.meetings, func(k *meeting) bool {
		return k.countsAsMeeting && k.on < admitted && k.on >= admitted.yearBefore() && slices.Contains(k.managers, m)
	})
}

// contactsShared reports whether contacts were shared before the admission.
func (h *hospital) contactsShared(m *manager, admitted day) bool {
	return m.shared != 0 && m.shared < admitted || slices.ContainsFunc(h.meetings, func(k *meeting) bool {
		return k.shares && k.departmentCame && k.on < admitted && slices.Contains(k.managers, m)
	})
}

func (h *hospital) meetingSheet() sheet {
	s := sheet{name: "会議", columns: []string{"会議コード", "開催日", "名称", "種別", "主催", "場所", "方法", "議題", "会議として算入", "算入理由", "連絡先共有"}, keys: 1}
	for _, m := range h.meetings {
		s.rows = append(s.rows, []string{m.code, m.on.String(), m.name, m.kind, m.host, m.place, m.way, m.agenda, m.counts, m.because, mark(m.shares)})
	}
	return s
}

// attendanceSheet writes the names as on the 出席簿 of that day.
func (h *hospital) attendanceSheet() sheet {
	s := sheet{name: "会議出席", columns: []string{"会議コード", "区分", "コード", "氏名", "所属"}, keys: 4}
	for _, m := range h.meetings {
		for _, code := range m.staff {
			s.rows = append(s.rows, []string{m.code, "職員", code, h.staffName(code), "港みらい総合病院"})
		}
		for _, c := range m.managers {
			s.rows = append(s.rows, []string{m.code, "CM", c.code, c.name.text, c.office(m.on).name})
		}
		for _, o := range m.others {
			s.rows = append(s.rows, []string{m.code, "その他", "", o.name, o.from})
		}
	}
	return s
}

func (h *hospital) staffName(code string) string {
	for _, s := range h.staff {
		if s.code == code {
			return s.name.text
		}
	}
	return ""
}
