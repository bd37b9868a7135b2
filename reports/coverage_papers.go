package reports

import (
	"cmp"
	"fmt"
	"slices"

	"renkei/models/fee"
	"renkei/models/liaison"
)

// days returns the number of days, or the mark for none.
func days(n int, ok bool) any {
	if !ok {
		return "―"
	}
	return n
}

// addPapers shows how long it took to arrange a 共同指導, how the seven days
// were kept, and the papers.
func (c coverage) addPapers(b *book) {
	s := c.begin(b, "日程・書類・7日", page{minFont: 9, indent: true}, reachAll, "日程の調整・7日以内の情報提供・書類　"+c.when,
		"対象: 期間のうち"+c.day()+"まで")
	s.least = slices.Repeat([]float64{unitsFor(19.5)}, 6)
	s.heading("日程の依頼から共同指導まで")
	s.table(withTotal(askedColumns(), c.asked, liaison.AskedTogether(c.asked)))
	s.table(tabulate(smallFigureColumns(), c.waiting()))
	s.note("依頼は、その患者についての、相手のケアマネ（又はその所属先）への当院からのやり取りのうち、目的に「日程」か「共同指導」の「依頼」を含む最初のものです。入院日から、2回目は前の共同指導の翌日から数えます。中央値は、日数の短い順に並べた真ん中です。")
	s.heading("規程の「7日以内」の情報提供")
	s.table(withTotal(informedColumns(), c.informed, liaison.InformedTogether(c.informed)))
	s.note(fee.KeptTerms(c.Facts.Params) + "入院日の月で数えます。病棟は" + c.day() + "（退院していれば退院日）の病棟です。")
	s.heading("書類")
	s.table(tabulate(smallFigureColumns(), c.paperFigures()))
	s.note("期間の共同指導のうち、算定できる判定のもの（旧区分を含む）です。")
}

// withTotal returns a table of months with a total row.
func withTotal[T any](cols []column[T], rows []T, sum T) *grid {
	g := tabulate(cols, rows)
	if len(rows) > 0 {
		total := tabulate(cols, []T{sum})
		total.rows[0].total = true
		total.rows[0].cells[0].value = "計"
		g.rows = append(g.rows, total.rows...)
	}
	return g
}

func askedColumns() []column[liaison.AskedMonth] {
	return []column[liaison.AskedMonth]{
		{head: "指導の月", format: formatMark, value: func(m liaison.AskedMonth) any { return m.Month.String() }},
		figure("共同指導", func(m liaison.AskedMonth) any { return len(m.Asked) + len(m.Unasked) }),
		figure("依頼の\n記録あり", func(m liaison.AskedMonth) any { return len(m.Asked) }),
		figure("依頼の\n記録なし", func(m liaison.AskedMonth) any { return len(m.Unasked) }),
		{head: "かかった日数\n（中央値）", format: formatNumber, value: func(m liaison.AskedMonth) any { return days(m.MedianDays()) }},
	}
}

func informedColumns() []column[liaison.Informing] {
	return []column[liaison.Informing]{
		{head: "入院の月", format: formatMark, value: func(m liaison.Informing) any { return m.Month.String() }},
		figure("対象の\n入院", func(m liaison.Informing) any { return m.Total() }),
		figure("期限内", func(m liaison.Informing) any { return len(m.InTime) }),
		figure("遅れた", func(m liaison.Informing) any { return len(m.Late) }),
		figure("記録なし", func(m liaison.Informing) any { return len(m.Missing) }),
		{head: "期限内の割合", format: formatPercent, value: func(m liaison.Informing) any { return share{len(m.InTime), m.Total()} }},
	}
}

// smallFigureColumns line up with the columns of the months above.
func smallFigureColumns() []column[keyFigure] {
	return []column[keyFigure]{
		{head: "項目", span: 2, value: func(k keyFigure) any { return k.name }},
		{head: "値", format: formatNumber, value: func(k keyFigure) any { return k.value }},
		{head: "数え方", span: 3, value: func(k keyFigure) any { return k.words }},
	}
}

func (c coverage) waiting() []keyFigure {
	longest := any("―")
	if len(c.awaited) > 0 {
		longest = c.awaited[0].Contact.On.DaysUntil(c.AsOf)
	}
	return []keyFigure{
		{"調整中の患者（人）", len(c.awaited), "入院中で、最後の依頼のあと、まだ共同指導をしていない患者（予定のあるものを含む）　" + c.asOfWords()},
		{"いちばん長い待ち（日）", longest, "最後の依頼から" + c.day() + "まで"},
	}
}

func (c coverage) paperFigures() []keyFigure {
	p := c.papers
	return []keyFigure{
		{"診療録の要点が未記載（件）", len(p.NoNote), "要点記載日の登録がないもの"},
		{"ケアプラン写しが未受領（件）", len(p.NoCopy), fmt.Sprintf("指導日から%d日を過ぎたもの", fee.CopyDays)},
		{"　うち依頼済み（件）", len(p.CopyAsked), "ケアプラン依頼日の登録があるもの"},
		{"写しが届くまで（日）", days(p.MedianDays()), fmt.Sprintf("受け取った%s件の、指導日からの日数の中央値", thousands(len(p.Received)))},
	}
}

// addActions ranks the single steps that would have turned sessions into 指導料2.
func (c coverage) addActions(b *book) {
	s := c.begin(b, "ひとつの手", page{landscape: true, minFont: 10, indent: true}, reachAll, "ひとつの手で指導料2になったはずの件数　"+c.when,
		"対象: 期間のうち令和8年6月以降の共同指導　並び: 額の大きい順")
	s.table(tabulate([]column[liaison.Action]{
		{head: "手", width: fit(26, 36), value: func(a liaison.Action) any { return a.Words(c.Facts) }},
		{head: "だれと", width: flex(30), value: func(a liaison.Action) any { return cmp.Or(a.Names(c.Facts), "―") }},
		{head: "いつまでに", format: formatDate, value: func(a liaison.Action) any { return dateOr(a.On, "毎回") }},
		figure("指導料2に\n変わる件数", func(a liaison.Action) any { return len(a.Turned) }),
		figure("増える\n点数", func(a liaison.Action) any { return a.Points }),
		figure("増える額\n（円）", func(a liaison.Action) any { return a.Yen() }),
	}, c.actions).asList(1))
	s.note(fmt.Sprintf("その手を打ったと記録して判定し直し、指導料2に変わった件数です。それぞれ別に試しています。足し合わせることはできません。会議は連絡先も共有した多職種連携会議、%d人までです。「いつまでに」は、この件数の全部に間に合う最後の日です。", liaison.PeopleAtMeeting))
}
