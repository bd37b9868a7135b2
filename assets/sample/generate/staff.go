package main

// staffRow is one row of 職員: a member as long as nothing changes.
type staffRow struct {
	code       string
	employed   period
	name       word
	job        string
	department string // 専従, 専任 or blank
	dedicated  bool   // 病棟専任
	ward       string // ward of a 病棟専任; not a column
}

// hireStaff adds the 入退院支援部門 with joiners, leavers and a nurse who moved
// to it from a ward, the 病棟専任 of each ward, doctors and therapists.
func (h *hospital) hireStaff() {
	h.staff = []staffRow{
		{code: "N001", employed: period{from: on(2019, 4, 1)}, name: word{"渡邉 智子", "ワタナベ トモコ"}, job: "看護師", department: "専従"},
		// Moved to the department from 3西 in the new fiscal year.
		{code: "N002", employed: period{on(2021, 4, 1), on(2026, 3, 31)}, name: word{"濵田 美穂", "ハマダ ミホ"}, job: "看護師", dedicated: true, ward: acuteWest},
		{code: "N002", employed: period{from: on(2026, 4, 1)}, name: word{"濵田 美穂", "ハマダ ミホ"}, job: "看護師", department: "専任"},
		{code: "N003", employed: period{from: on(2020, 4, 1)}, name: word{"石川 早苗", "イシカワ サナエ"}, job: "看護師", department: "専任"},
		{code: "N011", employed: period{from: on(2020, 4, 1)}, name: word{"村上 恵美", "ムラカミ エミ"}, job: "看護師", dedicated: true, ward: acuteEast},
		{code: "N012", employed: period{from: on(2026, 4, 1)}, name: word{"神﨑 彩", "カンザキ アヤ"}, job: "看護師", dedicated: true, ward: acuteWest},
		{code: "N013", employed: period{from: on(2021, 10, 1)}, name: word{"太田 優子", "オオタ ユウコ"}, job: "看護師", dedicated: true, ward: communityCare},
		{code: "N014", employed: period{from: on(2019, 4, 1)}, name: word{"谷口 理恵", "タニグチ リエ"}, job: "看護師", dedicated: true, ward: longTermWard},
		{code: "N015", employed: period{from: on(2022, 4, 1)}, name: word{"菅原 瞳", "スガワラ ヒトミ"}, job: "看護師", dedicated: true, ward: childWard},
		{code: "N021", employed: period{from: on(2018, 4, 1)}, name: word{"市川 裕子", "イチカワ ユウコ"}, job: "看護師"},
		{code: "N022", employed: period{from: on(2023, 4, 1)}, name: word{"水野 麻衣", "ミズノ マイ"}, job: "看護師"},
		{code: "M001", employed: period{from: on(2018, 4, 1)}, name: word{"齋藤 健一", "サイトウ ケンイチ"}, job: "社会福祉士", department: "専従"},
		{code: "M002", employed: period{from: on(2021, 4, 1)}, name: word{"栁田 奈緒", "ヤナギダ ナオ"}, job: "社会福祉士", department: "専任"},
		{code: "M003", employed: period{from: on(2023, 4, 1)}, name: word{"小川 亮", "オガワ リョウ"}, job: "社会福祉士", department: "専任"},
		{code: "M004", employed: period{on(2020, 4, 1), on(2026, 3, 31)}, name: word{"松尾 久美子", "マツオ クミコ"}, job: "社会福祉士", department: "専任"},
		{code: "M005", employed: period{from: on(2026, 4, 1)}, name: word{"𠮷野 千尋", "ヨシノ チヒロ"}, job: "社会福祉士", department: "専任"},
		// Started on the 回復期 ward and joined the department when its work grew.
		{code: "M006", employed: period{on(2022, 4, 1), on(2026, 5, 31)}, name: word{"德永 誠", "トクナガ マコト"}, job: "社会福祉士", dedicated: true, ward: rehabWard},
		{code: "M006", employed: period{from: on(2026, 6, 1)}, name: word{"德永 誠", "トクナガ マコト"}, job: "社会福祉士", department: "専任", dedicated: true, ward: rehabWard},
		{code: "M007", employed: period{from: on(2020, 4, 1)}, name: word{"日下部 直樹", "クサカベ ナオキ"}, job: "精神保健福祉士", dedicated: true, ward: mentalWard},
		{code: "D001", employed: period{from: on(2015, 4, 1)}, name: word{"髙木 浩二", "タカギ コウジ"}, job: "医師"},
		{code: "D002", employed: period{from: on(2018, 4, 1)}, name: word{"服部 誠", "ハットリ マコト"}, job: "医師"},
		{code: "D003", employed: period{from: on(2016, 4, 1)}, name: word{"眞田 陽子", "サナダ ヨウコ"}, job: "医師"},
		{code: "D004", employed: period{from: on(2020, 4, 1)}, name: word{"岡本 拓也", "オカモト タクヤ"}, job: "医師"},
		{code: "D005", employed: period{on(2019, 4, 1), on(2026, 3, 31)}, name: word{"宮本 直樹", "ミヤモト ナオキ"}, job: "医師"},
		{code: "D006", employed: period{from: on(2026, 4, 1)}, name: word{"東海林 翔太", "ショウジ ショウタ"}, job: "医師"},
		{code: "D007", employed: period{from: on(2017, 4, 1)}, name: word{"五十嵐 香織", "イガラシ カオリ"}, job: "医師"},
		{code: "P001", employed: period{from: on(2019, 4, 1)}, name: word{"竹内 大輔", "タケウチ ダイスケ"}, job: "理学療法士"},
		{code: "P002", employed: period{from: on(2021, 4, 1)}, name: word{"酒井 つばさ", "サカイ ツバサ"}, job: "作業療法士"},
		{code: "P003", employed: period{from: on(2020, 4, 1)}, name: word{"生方 めぐみ", "ウブカタ メグミ"}, job: "言語聴覚士"},
		{code: "P004", employed: period{from: on(2018, 4, 1)}, name: word{"久保 真由美", "クボ マユミ"}, job: "薬剤師"},
		{code: "P005", employed: period{from: on(2022, 4, 1)}, name: word{"小澤 さゆり", "オザワ サユリ"}, job: "管理栄養士"},
		{code: "J001", employed: period{from: on(2019, 4, 1)}, name: word{"四方田 由美子", "ヨモダ ユミコ"}, job: "事務", department: "専任"},
	}
}

// department returns the codes of the nurses and social workers of the
// 入退院支援部門 on d. The clerk belongs to it too but holds no guidance.
func (h *hospital) department(d day) []string {
	return h.staffWhere(d, func(s staffRow) bool { return s.department != "" && s.job != "事務" })
}

// doctors returns the codes of the doctors on d.
func (h *hospital) doctors(d day) []string {
	return h.staffWhere(d, func(s staffRow) bool { return s.job == "医師" })
}

// therapists returns the codes of the other professions who may join a
// guidance.
func (h *hospital) therapists(d day) []string {
	return h.staffWhere(d, func(s staffRow) bool { return s.code[0] == 'P' })
}

// dedicatedTo returns the codes of the 病棟専任 of a ward who are not also in
// the department.
func (h *hospital) dedicatedTo(ward string, d day) []string {
	return h.staffWhere(d, func(s staffRow) bool { return s.dedicated && s.department == "" && s.ward == ward })
}

func (h *hospital) staffWhere(d day, fits func(staffRow) bool) []string {
	var codes []string
	for _, s := range h.staff {
		if s.employed.covers(d) && fits(s) {
			codes = append(codes, s.code)
		}
	}
	return codes
}

func (h *hospital) staffSheet() sheet {
	s := sheet{name: "職員", columns: []string{"職員コード", "所属開始", "所属終了", "氏名", "カナ", "職種", "部門所属", "病棟専任"}, keys: 2}
	for _, r := range h.staff {
		s.rows = append(s.rows, []string{r.code, r.employed.from.String(), r.employed.to.String(), r.name.text, r.name.kana, r.job, r.department, mark(r.dedicated)})
	}
	return s
}
