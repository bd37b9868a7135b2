package main

import (
	"fmt"
	"strconv"
)

// hospital is the register under construction.
type hospital struct {
	wards      []ward
	staff      []staffRow
	partners   []*partner
	managers   []*manager
	meetings   []*meeting
	admissions []*admission
	contacts   []contact
}

// ward is one row of 病棟.
type ward struct {
	code             string
	valid            period
	name, fee        string
	beds             int
	class            string // 区分
	bundled          bool   // B005-1-2 is 包括
	communityCare    bool
	acute            bool
	comprehensive    bool // 包括期対象
	psychiatricAddOn bool // 精神保健福祉士配置加算
	filed            period
}

// Ward codes, by floor and side.
const (
	childWard     = "2E"
	acuteEast     = "3E"
	acuteWest     = "3W"
	communityCare = "4E"
	rehabWard     = "4W"
	longTermWard  = "5E"
	mentalWard    = "5W"
)

// newHospital returns seven wards, 220 beds, with every 区分: 3西, filed late
// for 加算1; 地域包括ケア, out of the 包括 from 2026-06; 回復期リハ and 小児,
// still 包括; and an A103 ward, for which A246 does not exist.
func newHospital() *hospital {
	long := period{from: on(2022, 4, 1)}
	filed := period{from: on(2022, 4, 1)}
	h := &hospital{wards: []ward{
		{code: childWard, valid: long, name: "2東病棟（小児）", fee: "小児入院医療管理料4", beds: 12, class: "A307", bundled: true, filed: filed},
		{code: acuteEast, valid: long, name: "3東病棟", fee: "急性期一般入院料4", beds: 45, class: "イ", acute: true, filed: filed},
		{code: acuteWest, valid: long, name: "3西病棟", fee: "急性期一般入院料4", beds: 40, class: "イ", acute: true, filed: period{from: on(2026, 9, 1)}},
		{code: communityCare, valid: period{on(2022, 4, 1), on(2026, 5, 31)}, name: "4東病棟（地域包括ケア）", fee: "地域包括ケア病棟入院料1", beds: 38, class: "ロ", bundled: true, communityCare: true, comprehensive: true, filed: filed},
		{code: communityCare, valid: period{from: revision}, name: "4東病棟（地域包括ケア）", fee: "地域包括ケア病棟入院料1", beds: 38, class: "ロ", communityCare: true, comprehensive: true, filed: filed},
		{code: rehabWard, valid: long, name: "4西病棟（回復期リハビリ）", fee: "回復期リハビリテーション病棟入院料1", beds: 30, class: "ロ", bundled: true, filed: filed},
		{code: longTermWard, valid: long, name: "5東病棟（療養）", fee: "療養病棟入院料1", beds: 30, class: "ハ", filed: filed},
		{code: mentalWard, valid: long, name: "5西病棟（精神）", fee: "精神病棟入院基本料（15対1）", beds: 25, class: "ハ", psychiatricAddOn: true},
	}}
	return h
}

// ward returns the ward row for a code on d.
func (h *hospital) ward(code string, d day) *ward {
	for i := range h.wards {
		if h.wards[i].code == code && h.wards[i].valid.covers(d) {
			return &h.wards[i]
		}
	}
	return nil
}

// policy is one 版 of the 規程.
type policy struct {
	edition     string
	force, told day // 施行日, 周知日
	how         string
}

// policies: the 2nd 版 came into force on 1 August 2026 but was announced only
// on the 12th, which makes eleven days without 指導料2.
var policies = []policy{
	{"第1版", on(2025, 4, 1), on(2025, 4, 10), "院内掲示・全体朝礼"},
	{"第2版", on(2026, 8, 1), on(2026, 8, 12), "全職員宛メール・病棟師長会"},
}

// policyKnown reports whether the 規程 in force on d was announced by then.
func policyKnown(d day) bool {
	known := false
	for _, p := range policies {
		if p.force <= d {
			known = p.told <= d
		}
	}
	return known
}

func (h *hospital) settingSheet() sheet {
	s := sheet{name: "設定", columns: []string{"キー", "値"}, keys: 1}
	s.rows = [][]string{
		{"hospital_name", "港みらい総合病院"}, {"hospital_code", "9919900012"}, {"patient_id_digits", "8"},
		{"meeting_min_count", "1"}, {"evidence_lookback_months", "12"}, {"a246_period", "rolling12"},
		{"a307_consult_count", "3"}, {"kyodo2_count_3m", "1"}, {"policy_must_precede", "admission"},
	}
	return s
}

func (h *hospital) policySheet() sheet {
	s := sheet{name: "規程", columns: []string{"版", "施行日", "七日以内の情報提供", "退院七日前の連絡", "未申請者への勧奨", "周知日", "周知方法"}, keys: 1}
	for _, p := range policies {
		s.rows = append(s.rows, []string{p.edition, p.force.String(), "○", "○", "○", p.told.String(), p.how})
	}
	return s
}

func (h *hospital) wardSheet() sheet {
	s := sheet{name: "病棟", columns: []string{"病棟コード", "有効開始", "有効終了", "病棟名", "入院料", "病床数", "区分", "B005-1-2", "地域包括ケア",
		"急性期系", "包括期対象", "精神保健福祉士配置加算", "加算1届出開始", "加算1届出終了"}, keys: 2}
	for _, w := range h.wards {
		treatment := "可"
		if w.bundled {
			treatment = "包括"
		}
		s.rows = append(s.rows, []string{w.code, w.valid.from.String(), w.valid.to.String(), w.name, w.fee, strconv.Itoa(w.beds), w.class, treatment,
			mark(w.communityCare), mark(w.acute), mark(w.comprehensive), mark(w.psychiatricAddOn), w.filed.from.String(), w.filed.to.String()})
	}
	return s
}

// sheets returns the thirteen sheets of the book.
func (h *hospital) sheets() []sheet {
	return []sheet{
		h.settingSheet(), h.policySheet(), h.wardSheet(), h.staffSheet(), h.partnerSheet(), h.managerSheet(), h.affiliationSheet(),
		h.meetingSheet(), h.attendanceSheet(), h.contactSheet(), h.admissionSheet(), h.staySheet(), h.sessionSheet(),
	}
}

// number returns a code with that prefix and width.
func number(prefix string, width, n int) string { return fmt.Sprintf("%s%0*d", prefix, width, n) }
