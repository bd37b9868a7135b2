package reports

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"renkei/models"
	"renkei/models/fee"
	"renkei/models/liaison"
)

const coverageTitle = "連携状況報告"

// coverageKind is the report for managers.
var coverageKind = Kind{
	Name: "coverage", Title: coverageTitle, Basis: ByPeriod,
	Purpose: "管理者に、連携先の広がり・やり取り・平時の連携・指導料2率と、指導料2にならなかった理由を報告します",
	Write:   writeCoverage,
}

// coverage is the report under construction: the figures of the screen
// 連携の状況 for a period.
type coverage struct {
	*Request
	when      string
	scope     liaison.Scope
	areas     []liaison.AreaRow
	months    []coverageMonth
	sessions  []*fee.Verdict // since the fee was divided
	waterfall liaison.Waterfall
}

// coverageMonth is a month by all its figures.
type coverageMonth struct {
	liaison.ContactMonth
	admitted liaison.PeacetimeMonth
	judged   liaison.Share // blank before the fee was divided
}

func writeCoverage(ctx context.Context, path string, r Request) error {
	if err := r.checkPeriod(coverageTitle); err != nil {
		return err
	}
	c := newCoverage(&r)
	b := r.newBook(coverageTitle + " " + periodWords(r.Period))
	months := tabulate(coverageMonthColumns(), c.months).asList(1)
	c.addTotals(months, monthTotal(c.months))
	c.addSummary(b, months)
	c.addAreas(b)
	c.addMonths(b, months)
	c.addStaff(b)
	c.addReasons(b)
	c.addShares(b)
	c.addTermSheet(b, c.when, coverageTerms)
	return b.save(ctx, path)
}

func newCoverage(r *Request) coverage {
	c := coverage{Request: r, when: periodWords(r.Period), scope: liaison.Scope{Period: r.Period, AsOf: r.OutputOn}}
	c.areas = liaison.Areas(liaison.Activities(r.Facts, c.scope))
	c.sessions = c.scope.Sessions(r.Verdicts)
	c.waterfall = liaison.Fee2Waterfall(r.Facts, r.Rules, r.Verdicts, c.sessions)
	judged := map[string]liaison.Share{}
	for _, s := range liaison.Fee2Shares(r.Facts, c.sessions, c.scope, liaison.ByMonth) {
		judged[s.Key] = s
	}
	admitted := liaison.PeacetimeByMonth(r.Facts, r.Rules, c.scope)
	for i, m := range liaison.ContactsByMonth(r.Facts, c.scope) {
		c.months = append(c.months, coverageMonth{m, admitted[i], judged[m.Month.String()]})
	}
	return c
}

// monthTotal is the months together.
func monthTotal(months []coverageMonth) coverageMonth {
	sum := coverageMonth{ContactMonth: liaison.ContactMonth{Kinds: map[models.ContactKind]int{}}, judged: liaison.Share{Numbers: map[fee.Result][]string{}}}
	for _, m := range months {
		for kind, n := range m.Kinds {
			sum.Kinds[kind] += n
		}
		sum.Contacts += m.Contacts
		sum.Meetings += m.Meetings
		sum.Sessions += m.Sessions
		sum.admitted.Admissions += m.admitted.Admissions
		sum.admitted.WithCareManager += m.admitted.WithCareManager
		sum.admitted.Ready += m.admitted.Ready
		sum.judged.Total += m.judged.Total
		for result, numbers := range m.judged.Numbers {
			sum.judged.Numbers[result] = append(sum.judged.Numbers[result], numbers...)
		}
	}
	return sum
}

func (c coverage) addTotals(g *grid, sum coverageMonth) {
	if len(c.months) == 0 {
		return
	}
	total := tabulate(coverageMonthColumns(), []coverageMonth{sum})
	total.rows[0].total = true
	total.rows[0].cells[0].value = "計"
	g.rows = append(g.rows, total.rows...)
}

// keyFigure is one line of the summary.
type keyFigure struct {
	name  string
	value any
	words string
}

func (c coverage) addSummary(b *book, months *grid) {
	s := b.addSheet("概要", page{landscape: true, minFont: 9, indent: true})
	s.title(coverageTitle+"　"+c.when, c.head(c.when), "対象: 期間のうち出力日まで　病棟・地域の絞り込み: なし")
	s.table(tabulate([]column[keyFigure]{
		{head: "項目", width: fit(34, 40), value: func(k keyFigure) any { return k.name }},
		{head: "値", width: fit(14, 14), format: formatNumber, value: func(k keyFigure) any { return k.value }},
		{head: "数え方", width: flex(60), value: func(k keyFigure) any { return k.words }},
	}, c.keyFigures()))
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
		grid: months, words: 0, rows: 11, percent: true,
		series: []series{{column: colPeacetimeShare, line: true, color: chartGreen}, {column: colFee2Share, line: true, color: chartBlue}}})
	s.chart(chart{title: "やり取りの数（月別）", about: "月ごとのやり取りを方法別に積み上げた棒",
		grid: months, words: 0, rows: 11, series: []series{
			{column: 1, stacked: true, color: chartBlue}, {column: 2, stacked: true, color: chartGreen},
			{column: 3, stacked: true, color: chartGrey}, {column: 4, stacked: true, color: chartOrange}}})
	s.chart(chart{title: "失った額の大きい理由（円）", about: "理由ごとの失った額を示す横の棒。数は前のページにあります", grid: dearest, words: 0, rows: 10, lying: true,
		series: []series{{column: 1, color: chartOrange}}})
}

func (c coverage) keyFigures() []keyFigure {
	partners, active := 0, 0
	for _, a := range c.areas {
		partners, active = partners+a.Total, active+a.Active
	}
	sum := monthTotal(c.months)
	menkai := sum.Kinds[models.FaceToFace] + sum.Kinds[models.VideoCall]
	return []keyFigure{
		{"連携先", partners, "登録があり、出力日までに連携を終えていないもの"},
		{"うち連携機関", active, "協議日が出力日までにあるもの（加算1の25機関のもと）"},
		{"やり取り", sum.Contacts, fmt.Sprintf("期間の記録。うち面会・ビデオ通話 %s", thousands(menkai))},
		{"会議・勉強会", sum.Meetings, "期間に開いた・出席したもの"},
		{"共同指導", sum.Sessions, "期間に行ったもの（判定によらない）"},
		{"担当CMのいる入院", sum.admitted.WithCareManager, fmt.Sprintf("期間に始まった入院 %s件のうち", thousands(sum.admitted.Admissions))},
		{"うち平時の連携のある入院", sum.admitted.Ready, "担当CMと、入院日に平時の連携（会議への出席と連絡先の共有、通知(3)イ）があるもの　" + shareWords(sum.admitted.Ready, sum.admitted.WithCareManager)},
		{"指導料2（令和8年6月以降）", sum.judged.Of(fee.Fee2), fmt.Sprintf("共同指導 %s件のうち判定が指導料2のもの　指導料2率 %s", thousands(sum.judged.Total), shareWords(sum.judged.Of(fee.Fee2), sum.judged.Total))},
		{"指導料1のみ（令和8年6月以降）", sum.judged.Of(fee.Fee1), "判定が指導料1のもの。理由は「指導料2にならない理由」にあります"},
		{"指導料2にならずに失った額（円・見積り）", c.waterfall.Points() * yenPerPoint, "記録や体制で防げたもの。1入院2回まで、500点との差"},
	}
}

func shareWords(part, of int) string { return cmp.Or(share{part, of}.String(), "―") }

func (c coverage) addAreas(b *book) {
	s := b.addSheet("地域と種別", page{landscape: true, minFont: 10, indent: true})
	s.title("連携先の地域と種別　"+c.when, c.head(c.when), fmt.Sprintf("対象: 出力日 %s に連携を終えていない連携先　地域は住所の市区町村　並び: 連携先の多い順", c.OutputOn))
	cols := []column[liaison.AreaRow]{{head: "市区町村", width: flex(24), value: func(a liaison.AreaRow) any { return a.Area }}}
	for _, group := range liaison.KindGroups {
		cols = append(cols, figure(string(group), func(a liaison.AreaRow) any { return len(a.Partners[group]) }))
	}
	cols = append(cols,
		figure("連携先\n計", func(a liaison.AreaRow) any { return a.Total }),
		figure("うち\n連携機関", func(a liaison.AreaRow) any { return a.Active }),
		figure("期間の\n入院", func(a liaison.AreaRow) any { return a.Admissions }),
		figure("やり\n取り", func(a liaison.AreaRow) any { return a.Contacts }),
		figure("共同\n指導", func(a liaison.AreaRow) any { return a.Sessions }))
	g := tabulate(cols, c.areas).asList(1)
	if len(c.areas) > 0 {
		sum := liaison.AreaRow{Area: "計", Partners: map[liaison.KindGroup][]string{}}
		for _, a := range c.areas {
			for group, codes := range a.Partners {
				sum.Partners[group] = append(sum.Partners[group], codes...)
			}
			sum.Total, sum.Active = sum.Total+a.Total, sum.Active+a.Active
			sum.Admissions, sum.Contacts, sum.Sessions = sum.Admissions+a.Admissions, sum.Contacts+a.Contacts, sum.Sessions+a.Sessions
		}
		total := tabulate(cols, []liaison.AreaRow{sum})
		total.rows[0].total = true
		g.rows = append(g.rows, total.rows...)
	}
	s.table(g)
	s.note("居宅は居宅介護支援、包括・予防は地域包括支援センター・介護予防支援、相談支援は計画相談支援・障害児相談支援、施設は特養・老健・介護医療院・特定施設・グループホーム・小規模多機能・看護小規模多機能です。" +
		"入院は、担当CMの入院日の所属先で数えます。")
}

// Columns of 月別 that charts show.
const (
	colPeacetimeShare = 10
	colFee2Share      = 13
)

func coverageMonthColumns() []column[coverageMonth] {
	kinds := func(of ...models.ContactKind) func(coverageMonth) any {
		return func(m coverageMonth) any {
			n := 0
			for _, kind := range of {
				n += m.Kinds[kind]
			}
			return n
		}
	}
	return []column[coverageMonth]{
		{head: "月", width: fit(9, 9), format: formatMark, value: func(m coverageMonth) any { return m.Month.String() }},
		figure("面会・\nビデオ", kinds(models.FaceToFace, models.VideoCall)),
		figure("電話", kinds(models.PhoneCall)),
		figure("FAX・\n文書", kinds(models.FaxSent, models.Document)),
		figure("メール・\nチャット・ICT", kinds(models.Mail, models.Chat, models.ICT)),
		figure("やり取り\n計", func(m coverageMonth) any { return m.Contacts }),
		figure("会議・\n勉強会", func(m coverageMonth) any { return m.Meetings }),
		figure("入院", func(m coverageMonth) any { return m.admitted.Admissions }),
		figure("担当CM\nあり", func(m coverageMonth) any { return m.admitted.WithCareManager }),
		figure("平時の\n連携あり", func(m coverageMonth) any { return m.admitted.Ready }),
		{head: "平時の連携\nの割合", width: fit(9, 9), format: formatPercent, value: func(m coverageMonth) any { return share{m.admitted.Ready, m.admitted.WithCareManager} }},
		figure("共同\n指導", func(m coverageMonth) any { return m.Sessions }),
		figure("指導料2", func(m coverageMonth) any { return m.judged.Of(fee.Fee2) }),
		{head: "指導料2率", width: fit(9, 9), format: formatPercent, value: func(m coverageMonth) any { return share{m.judged.Of(fee.Fee2), m.judged.Total} }},
		figure("指導料1", func(m coverageMonth) any { return m.judged.Of(fee.Fee1) }),
	}
}

func (c coverage) addMonths(b *book, months *grid) {
	s := b.addSheet("月別", page{landscape: true, minFont: 10, indent: true})
	s.title("月別の連携の状況　"+c.when, c.head(c.when), "やり取り・会議・共同指導は行った日、入院は入院日の月で数えます　並び: 古い順")
	s.table(months)
	s.note("平時の連携の割合は、担当CMのいる入院のうち、入院日にその担当CMと平時の連携があるものの割合です。指導料2率は、令和8年6月以降の共同指導のうち判定が指導料2のものの割合で、5月以前の月は空欄です。")
}

// staffMonth is the work of one member in one month.
type staffMonth struct {
	month models.Month
	staff liaison.StaffLoad
	load  liaison.Load
}

func (c coverage) addStaff(b *book) {
	loads := liaison.Workload(c.Facts, c.scope)
	var lines []staffMonth
	for i, month := range c.scope.Months() {
		for _, s := range loads {
			if s.Months[i].Sum() > 0 {
				lines = append(lines, staffMonth{month, s, s.Months[i]})
			}
		}
	}
	slices.SortStableFunc(lines, func(a, b staffMonth) int {
		return cmp.Or(cmp.Compare(a.month, b.month), cmp.Compare(a.staff.Code, b.staff.Code))
	})
	totals := tabulate(staffTotalColumns(max(1, len(c.scope.Months()))), loads).asList(2)
	s := b.addSheet("職員別", page{minFont: 9, indent: true})
	s.title("職員別の連携の記録　"+c.when, c.head(c.when), fmt.Sprintf("対象: 期間に記録のある職員　%d名　並び: 多い順", len(loads)))
	s.table(totals)
	s.note("1件を何人かで行った記録は、それぞれの人に数えるため、計は月別の数より多くなります。評価のためではなく、担当の偏りを見るためのものです。")
	s.chart(chart{title: "職員別の記録の数", about: "職員ごとのやり取り・会議・共同指導を積み上げた棒", grid: totals, words: 1, rows: 14, slanted: true, series: []series{
		{column: 2, stacked: true, color: chartBlue}, {column: 3, stacked: true, color: chartGreen}, {column: 4, stacked: true, color: chartOrange}}})
	s = b.addSheet("職員別・月別", page{minFont: 10, indent: true})
	s.title("職員別・月別の連携の記録　"+c.when, c.head(c.when), fmt.Sprintf("対象: 記録のある職員と月　%d行　並び: 月・職員コードの順", len(lines)))
	s.table(tabulate([]column[staffMonth]{
		{head: "月", width: fit(9, 9), format: formatMark, value: func(l staffMonth) any { return l.month.String() }},
		{head: "職員\nコード", width: fit(8, 10), format: formatID, value: func(l staffMonth) any { return l.staff.Code }},
		{head: "氏名", width: flex(18), value: func(l staffMonth) any { return l.staff.Name }},
		figure("やり取り", func(l staffMonth) any { return l.load.Contacts }),
		figure("会議・\n勉強会", func(l staffMonth) any { return l.load.Meetings }),
		figure("共同指導", func(l staffMonth) any { return l.load.Sessions }),
		figure("計", func(l staffMonth) any { return l.load.Sum() }),
	}, lines).asList(3))
	s.note("見出しの▼で、月や職員を絞り込めます。")
}

func staffTotalColumns(months int) []column[liaison.StaffLoad] {
	return []column[liaison.StaffLoad]{
		{head: "職員\nコード", width: fit(8, 10), format: formatID, value: func(s liaison.StaffLoad) any { return s.Code }},
		{head: "氏名", width: flex(20), value: func(s liaison.StaffLoad) any { return s.Name }},
		figure("やり取り", func(s liaison.StaffLoad) any { return s.Total.Contacts }),
		figure("会議・\n勉強会", func(s liaison.StaffLoad) any { return s.Total.Meetings }),
		figure("共同指導", func(s liaison.StaffLoad) any { return s.Total.Sessions }),
		figure("計", func(s liaison.StaffLoad) any { return s.Total.Sum() }),
		{head: "1か月\nあたり", width: fit(9, 9), format: formatDecimal, value: func(s liaison.StaffLoad) any { return hundredths((200*s.Total.Sum()/months + 1) / 2) }},
	}
}
