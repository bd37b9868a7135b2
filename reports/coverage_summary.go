package reports

import (
	"cmp"
	"fmt"
	"slices"

	"renkei/models"
	"renkei/models/fee"
	"renkei/models/liaison"
)

// keyFigure is one line of 概要.
type keyFigure struct {
	name  string
	value any
	words string
}

func (c coverage) addSummary(b *book, months *grid) {
	s := c.begin(b, "概要", page{minFont: 9, indent: true}, reachAll, coverageTitle+"　"+c.when, "対象: 期間のうち"+c.day()+"まで")
	s.table(tabulate([]column[keyFigure]{
		{head: "項目", width: fit(34, 42), value: func(k keyFigure) any { return k.name }},
		{head: "値", width: fit(12, 14), format: formatNumber, value: func(k keyFigure) any { return k.value }},
		{head: "数え方", width: flex(50), value: func(k keyFigure) any { return k.words }},
	}, c.keyFigures()))
	if !c.place.all() {
		s.note("25機関・年間の算定回数と会議の数は、病棟・地域の絞り込みによりません。連携先とやり取りの数は、病棟の絞り込みによりません。")
	}
	dearest := tabulate([]column[lossLine]{
		{head: "理由", value: func(l lossLine) any { return l.Name }},
		{head: "失った額\n（円）", format: formatNumber, value: func(l lossLine) any { return l.Yen() }},
		{head: "共同指導", value: func(l lossLine) any {
			return fmt.Sprintf("%d件（うち指導料1のみ %d件）", len(l.Numbers), l.fee1)
		}},
	}, c.dearest())
	s.heading("失った額の大きい理由")
	s.table(dearest)
	s.note("1点 = 10円。失った額は見積りで、判定と登録の今の状態によります。すべての理由は「指導料2にならない理由」にあります。")
	s.breakPage()
	s.chart(chart{title: "指導料2率と、平時の連携のある入院の割合（月別）", about: "月ごとの指導料2率と平時の連携のある入院の割合を示す折れ線。数は「月別」にあります",
		grid: months, words: 0, rows: 18, percent: true,
		series: []series{{column: colPeacetimeShare, line: true, dash: hollow, color: chartOrange}, {column: colFee2Share, line: true, color: chartBlue}}})
	s.chart(chart{title: "やり取りの数（月別）", about: "月ごとのやり取りを方法別に積み上げた棒",
		grid: months, words: 0, rows: 18, series: []series{
			{column: 1, stacked: true, color: chartBlue}, {column: 2, stacked: true, color: chartGreen},
			{column: 3, stacked: true, color: chartGrey}, {column: 4, stacked: true, color: chartOrange}}})
	s.chart(chart{title: "失った額の大きい理由（円）", about: "理由ごとの失った額を示す横の棒。数は前のページにあります", grid: dearest, words: 0, rows: 14, lying: true,
		series: []series{{column: 1, color: chartOrange}}})
}

func (c coverage) keyFigures() []keyFigure {
	return slices.Concat(c.standardFigures(), c.partnerFigures(), c.workFigures(), c.feeFigures())
}

// standardFigures are the figures of 加算1.
func (c coverage) standardFigures() []keyFigure {
	m := c.figures
	return []keyFigure{
		{"面会が3回以上の連携機関（過去1年）", m.PartnersMet3, fmt.Sprintf("%s　25か所以上が要ります　%sまでに: %s", fulfilledWord(m.PartnersFulfilled), c.march.End, c.march.Words())},
		{"年間の算定回数（①＋②、算定済み）", m.FeeCountConfirmed + m.A307ConsultCount, fmt.Sprintf("%s　基準 %s を上回ること　見通し: %s", fulfilledWord(m.Fulfilled), hundredths(m.ThresholdHundredths), c.outlooks.Confirmed.Words())},
	}
}

// partnerFigures show how far liaison reaches and where it is thin.
func (c coverage) partnerFigures() []keyFigure {
	partners, active := 0, 0
	for _, a := range c.areas {
		partners, active = partners+a.Total, active+a.Active
	}
	return []keyFigure{
		{"連携先", partners, "登録があり、" + c.day() + "までに連携を終えていないもの"},
		{"うち連携機関", active, "協議日が" + c.day() + "までにあるもの（加算1の25機関のもと）"},
		{"平時の連携がない担当CM", len(liaison.ByCareManager(c.unready)), fmt.Sprintf("入院中の患者の担当CM　その患者 %d人", len(c.unready))},
		{"入院は多いのにやり取りの少ない連携先", len(liaison.ColdOnes(c.year)), "直近12か月（△）"},
		{fmt.Sprintf("%d日以上やり取りのない連携機関", liaison.QuietDays), len(liaison.NotContacted(c.year, c.AsOf, liaison.QuietDays)), "記録のないものを含む　" + c.asOfWords()},
		{"1年のあいだに途切れた連携先", len(liaison.Turnovers(c.Facts, c.lastYear()).Lost), "その前の1年にやり取り・共同指導があり、直近12か月にないもの"},
	}
}

// workFigures are the work of the period and the backlog.
func (c coverage) workFigures() []keyFigure {
	sum := monthTotal(c.months)
	menkai := sum.Kinds[models.FaceToFace] + sum.Kinds[models.VideoCall]
	asked, informed := liaison.AskedTogether(c.asked), liaison.InformedTogether(c.informed)
	return []keyFigure{
		{"やり取り", sum.Contacts, fmt.Sprintf("期間の記録。うち面会・ビデオ通話 %s", thousands(menkai))},
		{"会議・勉強会", sum.Meetings, "期間に開いた・出席したもの"},
		{"共同指導", sum.Sessions, "期間に行ったもの（判定によらない）"},
		{"日程の依頼から共同指導まで（日）", days(asked.MedianDays()), fmt.Sprintf("依頼の記録のある%s件の中央値　調整中 %d人", thousands(len(asked.Asked)), len(c.awaited))},
		{"期限内の情報提供（7日以内）", len(informed.InTime), fmt.Sprintf("入院したとき担当が決まっていた入院のうち、期限前を除く %s件のうち　%s", thousands(informed.Total()), shareWords(len(informed.InTime), informed.Total()))},
		{"足りない書類（件）", len(c.papers.NoNote) + len(c.papers.NoCopy), fmt.Sprintf("要点が未記載 %d件　ケアプラン写しが%d日を過ぎて未受領 %d件", len(c.papers.NoNote), fee.CopyDays, len(c.papers.NoCopy))},
		{"担当CMのいる入院", sum.admitted.WithCareManager(), fmt.Sprintf("期間に始まった入院 %s件のうち", thousands(sum.admitted.Admissions))},
		{"うち平時の連携のある入院", len(sum.admitted.Ready), "担当CMと、入院日に平時の連携（" + fee.PeacetimeAsked + "）があるもの　" + shareWords(len(sum.admitted.Ready), sum.admitted.WithCareManager())},
	}
}

// feeFigures are the figures of 指導料2.
func (c coverage) feeFigures() []keyFigure {
	judged := monthTotal(c.months).judged
	lines := []keyFigure{
		{"指導料2（令和8年6月以降）", judged.Of(fee.Fee2), fmt.Sprintf("共同指導 %s件のうち判定が指導料2のもの　指導料2率 %s", thousands(judged.Total), shareWords(judged.Of(fee.Fee2), judged.Total))},
		{"指導料1のみ（令和8年6月以降）", judged.Of(fee.Fee1), "判定が指導料1のもの。理由は「指導料2にならない理由」にあります"},
		{"指導料2にならずに失った額（円・見積り）", c.waterfall.Yen(), "記録や体制で防げたもの。1入院2回まで、500点との差"},
	}
	if len(c.actions) > 0 {
		a := c.actions[0]
		lines = append(lines, keyFigure{"いちばん効いたはずの手（円）", a.Yen(), fmt.Sprintf("%s　%d件が指導料2に変わります", a.Words(c.Facts), len(a.Turned))})
	}
	return lines
}

func shareWords(part, of int) string { return cmp.Or(share{part, of}.String(), "―") }
