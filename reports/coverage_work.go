package reports

import (
	"cmp"
	"fmt"
	"slices"

	"renkei/models"
	"renkei/models/fee"
	"renkei/models/liaison"
)

// monthTotal adds up the months.
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
		sum.admitted.Ready = append(sum.admitted.Ready, m.admitted.Ready...)
		sum.admitted.Unready = append(sum.admitted.Unready, m.admitted.Unready...)
		sum.judged.Total += m.judged.Total
		for result, numbers := range m.judged.Numbers {
			sum.judged.Numbers[result] = append(sum.judged.Numbers[result], numbers...)
		}
	}
	return sum
}

// Columns of 月別 used by charts.
const (
	colPeacetimeShare = 10
	colFee2Share      = 14
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
		figure("担当CM\nあり", func(m coverageMonth) any { return m.admitted.WithCareManager() }),
		figure("平時の\n連携あり", func(m coverageMonth) any { return len(m.admitted.Ready) }),
		{head: "平時の連携\nの割合", width: fit(9, 9), format: formatPercent, ratio: [2]int{9, 8}, value: func(m coverageMonth) any { return share{len(m.admitted.Ready), m.admitted.WithCareManager()} }},
		figure("共同\n指導", func(m coverageMonth) any { return m.Sessions }),
		figure("率の\n対象", func(m coverageMonth) any { return m.judged.Total }),
		figure("指導料2", func(m coverageMonth) any { return m.judged.Of(fee.Fee2) }),
		{head: "指導料2率", width: fit(9, 9), format: formatPercent, ratio: [2]int{13, 12}, value: func(m coverageMonth) any { return share{m.judged.Of(fee.Fee2), m.judged.Total} }},
		figure("指導料1", func(m coverageMonth) any { return m.judged.Of(fee.Fee1) }),
	}
}

func (c coverage) addMonths(b *book, months *grid) {
	s := c.begin(b, "月別", page{landscape: true, minFont: 10, indent: true}, reachAll, "月別の連携の状況　"+c.when,
		"やり取り・会議・共同指導は行った日、入院は入院日の月で数えます　並び: 古い順")
	s.table(months)
	s.note("平時の連携の割合は、担当CMのいる入院のうち、入院日にその担当CMと平時の連携があるものの割合です。指導料2率は、令和8年6月以降の共同指導（率の対象）のうち判定が指導料2のものの割合で、5月以前の月は空欄です。" + recordsNote)
}

// recordsNote says how ward and area narrow the records of work.
const recordsNote = "病棟の絞り込みは共同指導だけ、地域の絞り込みは共同指導とやり取りに及びます。会議は絞りません。"

// staffMonth is the work of one staff member in one month.
type staffMonth struct {
	month models.Month
	staff liaison.StaffLoad
	load  liaison.Load
}

func (c coverage) addStaff(b *book) {
	loads := liaison.Workload(c.Facts, c.Verdicts, c.scope)
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
	s := c.begin(b, "職員別", page{minFont: 9, indent: true}, reachAll, "職員別の連携の記録　"+c.when,
		fmt.Sprintf("対象: 期間に記録のある職員　%d名　並び: 多い順", len(loads)))
	s.table(totals)
	s.note("1件を何人かで行った記録は、それぞれの人に数えるため、計は月別の数より多くなります。評価のためではなく、担当の偏りを見るためのものです。" + recordsNote)
	s.chart(chart{title: "職員別の記録の数", about: "職員ごとのやり取り・会議・共同指導を積み上げた棒", grid: totals, words: 1, rows: 14, slanted: true, series: []series{
		{column: 2, stacked: true, color: chartBlue}, {column: 3, stacked: true, color: chartGrey}, {column: 4, stacked: true, color: chartOrange}}})
	s = c.begin(b, "職員別・月別", page{minFont: 10, indent: true}, reachAll, "職員別・月別の連携の記録　"+c.when,
		fmt.Sprintf("対象: 記録のある職員と月　%d行　並び: 月・職員コードの順", len(lines)))
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
