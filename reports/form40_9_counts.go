package reports

import (
	"cmp"
	"fmt"
	"slices"

	"renkei/models"
	"renkei/models/liaison"
)

// countLine is one of ①–⑦ of the form and how it is calculated.
type countLine struct {
	mark, words  string
	wards, beds  any // for ④–⑥
	sum          string
	value        any
	isTotal, bad bool
}

func (f form40) countTable() *grid {
	lines := f.countLines()
	cols := []column[countLine]{
		{head: "番号", format: formatMark, value: func(l countLine) any { return l.mark }},
		{head: "項目", span: 3, value: func(l countLine) any { return l.words }},
		{head: "病棟数", format: formatNumber, value: func(l countLine) any { return l.wards }},
		{head: "病床数", format: formatNumber, value: func(l countLine) any { return l.beds }},
		{head: "算式", value: func(l countLine) any { return l.sum }},
		{head: "値", format: formatDecimal, value: func(l countLine) any { return l.value },
			tone: func(l countLine) tone {
				if l.bad {
					return toneRefused
				}
				return toneNormal
			}},
	}
	g := tabulate(cols, lines)
	for i, l := range lines {
		g.rows[i].total = l.isTotal
	}
	return g
}

func (f form40) countLines() []countLine {
	n := f.now
	done := n.FeeCountConfirmed + n.A307ConsultCount
	lines := []countLine{
		{mark: "①", words: "過去1年間の介護支援等連携指導料の算定回数", value: n.FeeCountConfirmed},
		{mark: "②", words: "過去1年間の相談支援専門員との連携回数（A307）", value: n.A307ConsultCount},
		{mark: "③", words: "①＋②", sum: fmt.Sprintf("%d＋%d", n.FeeCountConfirmed, n.A307ConsultCount), value: done, isTotal: true},
	}
	for _, class := range []struct {
		mark, words string
		perBed      int
	}{{"④", "イ及びロ（一般病棟等、地域包括医療病棟・回復期リハ・地域包括ケア）", 15}, {"⑤", "ハ（療養病棟等）", 10}, {"⑥", "イ（A307 小児入院医療管理料）", 5}} {
		wards, beds := 0, 0
		for _, s := range f.shares {
			if s.PerBed == class.perBed {
				wards, beds = wards+1, beds+s.Ward.Beds
			}
		}
		lines = append(lines, countLine{mark: class.mark, words: class.words, wards: wards, beds: beds,
			sum: fmt.Sprintf("%d×%s", beds, hundredths(class.perBed)), value: hundredths(beds * class.perBed)})
	}
	threshold := hundredths(n.ThresholdHundredths)
	return append(lines,
		countLine{mark: "⑦", words: "④〜⑥の基準の合計", sum: "④＋⑤＋⑥", value: threshold, isTotal: true},
		countLine{mark: tick(n.Fulfilled), words: "③が⑦を上回ること", sum: "③−⑦", value: hundredths(100*done) - threshold, isTotal: true, bad: !n.Fulfilled})
}

// filedWards are the wards of section 3: those filed for 入退院支援加算1.
func (f form40) filedWards() []*models.Ward {
	var wards []*models.Ward
	for _, s := range f.shares {
		if s.Ward.Filing().Covers(f.AsOf) {
			wards = append(wards, s.Ward)
		}
	}
	return wards
}

func wardColumns() []column[*models.Ward] {
	blank := func(*models.Ward) any { return toFill }
	quiet := func(*models.Ward) tone { return toneQuiet }
	return []column[*models.Ward]{
		{head: "病棟\nコード", format: formatID, value: func(w *models.Ward) any { return w.Code }},
		{head: "病棟名", width: fit(16, 22), value: func(w *models.Ward) any { return w.Name }},
		{head: "病床数", format: formatNumber, value: func(w *models.Ward) any { return w.Beds }},
		{head: "当該病棟で算定している入院料", span: 3, value: func(w *models.Ward) any { return w.BasicFee }},
		{head: "氏名", format: formatMark, value: blank, tone: quiet},
		{head: "職種", format: formatMark, value: blank, tone: quiet},
	}
}

// wardWords says how many 病棟専任 the filed wards need at least: one per two
// wards and 120 beds (K-04; wards under 20 beds do not count).
func (f form40) wardWords() string {
	wards, beds := 0, 0
	for _, w := range f.filedWards() {
		beds += w.Beds
		if w.Beds >= 20 {
			wards++
		}
	}
	needed := max((wards+1)/2, (beds+119)/120)
	return fmt.Sprintf("専任の看護師又は社会福祉士は1人2病棟・計120床までです（20床未満の病棟は病棟数に入れず、病床数には入れます）。届出病棟 %d（20床以上 %d）・%d床 … 少なくとも %d名。台帳の病棟専任は %d名です。",
		len(f.filedWards()), wards, beds, needed, len(wardStaff(f.Request)))
}

func wardStaffColumns() []column[models.Staff] {
	return []column[models.Staff]{
		{head: "コード", format: formatID, value: func(s models.Staff) any { return s.Code }},
		{head: "氏名", value: func(s models.Staff) any { return staffName(s) }},
		{head: "部門", format: formatMark, value: func(s models.Staff) any { return cmp.Or(string(s.Department), "―") }},
		{head: "職種", format: formatMark, value: func(s models.Staff) any { return string(s.Job) }},
		{head: "担当の病棟", span: 4, value: func(models.Staff) any { return toFill }, tone: func(models.Staff) tone { return toneQuiet }},
	}
}

func assessorColumns() []column[int] {
	quiet := func(int) tone { return toneQuiet }
	blank := func(int) any { return toFill }
	return []column[int]{
		{head: "No", format: formatMark, value: func(n int) any { return n }},
		{head: "氏名", format: formatMark, value: blank, tone: quiet},
		{head: "職種", span: 2, format: formatMark, value: blank, tone: quiet},
		{head: "研修の名称・修了日", span: 4, format: formatMark, value: blank, tone: quiet},
	}
}

// numbered is a partner with its number in the list.
type numbered struct {
	n int
	*models.Partner
}

// addPartners writes section 4: the latest 協議日 of every 連携機関.
func (f form40) addPartners(b *book) {
	var lines []numbered
	partners := activePartners(f.Request)
	slices.SortStableFunc(partners, func(a, b *models.Partner) int { return cmp.Compare(b.ConsultedOn, a.ConsultedOn) })
	for i, p := range partners {
		lines = append(lines, numbered{i + 1, p})
	}
	s := b.addSheet("4 協議日", page{minFont: 9, indent: true})
	s.title("4　地域連携に係る体制　"+f.asOfWords(), f.head(f.asOfWords()),
		fmt.Sprintf("対象: 協議日があり、連携を終えていない連携機関　全 %d機関　並び: 協議日の新しい順", len(lines)))
	s.table(tabulate([]column[numbered]{
		{head: "No", width: fit(5, 5), format: formatNumber, value: func(l numbered) any { return l.n }},
		{head: "直近の協議日\n（月日）", width: fit(12, 12), format: formatMonthDay, value: func(l numbered) any { return l.ConsultedOn }},
		{head: "連携機関名", width: flex(34), value: func(l numbered) any { return l.Name }},
		{head: "種別", width: fit(14, 24), value: func(l numbered) any { return string(l.Kind) }},
		{head: "協議日\n（年月日）", format: formatDate, value: func(l numbered) any { return l.ConsultedOn }},
		{head: "過去1年\nの面会日数", width: fit(9, 9), format: formatNumber, value: func(l numbered) any { return len(f.menkai[l.Code]) }},
		{head: "3回\n充足", width: fit(6, 6), format: formatMark, value: func(l numbered) any { return mark(len(f.menkai[l.Code]) >= liaison.MinMenkai) }},
	}, lines).asList(1))
	s.note("様式の欄は「直近の協議日（月日）」と「連携機関名」です。ほかの列は確かめるためのものです。1年より前の協議日は、改めて協議したかを確かめてください。")
}

// addGrounds writes the wards behind ④–⑥ and the source of the form.
func (f form40) addGrounds(b *book) {
	s := b.addSheet("算式の根拠", page{landscape: true, minFont: 10, indent: true})
	s.title("④〜⑦の根拠　"+f.asOfWords(), f.head(f.asOfWords()))
	k := kasan1{f.Request, f.now}
	s.table(k.wardTable())
	s.note(k.exemptWords())
	s.note("出典: 様式40の9（保医発0305第7号 別添7）、A246 入退院支援加算の施設基準（同 別添3 第26の5）。①〜③の数え方は「入退院支援加算1 実績モニタ」の定義と同じです。")
	s.note(editionNote(&f.Rules))
}
