package reports

import (
	"fmt"
	"slices"
	"strings"

	"renkei/models"
	"renkei/models/liaison"
)

// kasan1Note says that the figures of 加算1 are those of the whole hospital on
// a day.
const kasan1Note = "この表の数は、期間と、病棟・地域の絞り込みによりません。"

func (c coverage) addKasan1(b *book, line *grid) {
	s := c.begin(b, "加算1", page{landscape: true, minFont: 9, indent: true}, reachNone, "入退院支援加算1　"+c.asOfWords(),
		fmt.Sprintf("%s %s の登録から", c.day(), c.AsOf))
	s.least = []float64{34, 36, 10, 10, 11, 16, 10, 10, 12}
	s.heading("25機関 × 年3回の面会")
	s.table(c.metTable())
	s.note(fmt.Sprintf("過去1年は %s、今年度は %s です。%s には、今年度の面会がそのまま過去1年になります（%s）。面会は、部門の担当者か病棟専任者が対面又はビデオ通話で会った日を1回とします。会議・研修は数えません。",
		periodWords(c.now.Period), periodWords(c.march.Period), c.march.End, c.march.Words()))
	s.heading("年間の算定回数の基準")
	s.table(tabulate(yearColumns(), c.yearLines()))
	s.table(tabulate(paceColumns(), []outlookLine{{"算定済みのペース", c.outlooks.Confirmed}, {"見込のペース", c.outlooks.Projected}}))
	s.note(fmt.Sprintf("①は算定の記録があり算定不可でないもの（算定済み）と、判定が算定できるもの（見込）、②はA307患者の相談支援専門員との連携 %d回（設定）です。①＋②が基準を上回ること（同じでは足りません）。取下げが必要な算定は①に入れていません。",
		c.figures.A307ConsultCount))
	s.note(c.paceNote() + kasan1Note)
	s.breakPage()
	s.chart(chart{title: "過去1年の算定回数（①＋②）と基準の推移、見通し", about: "過去1年の算定回数と基準の推移と、この先1年の見通しを示す折れ線。実績は実線、見通しは破線、基準は点線。数は「加算1の推移」にあります",
		grid: line, words: 0, months: true, rows: 17, series: []series{
			{column: colRecorded, line: true, color: chartBlue},
			{column: colAhead, line: true, dash: dashed, color: chartBlue},
			{column: colProjectedAhead, line: true, dash: hollow, color: chartInk},
			{column: colThreshold, line: true, dash: dotted, color: chartOrange}}})
	wards := kasan1{c.Request, c.figures}
	s.heading("病棟別の基準への算入")
	s.table(wards.wardTable())
	s.note(wards.exemptWords())
	s.breakPage()
	s.heading("人の配置（登録から）")
	s.table(tabulate(postColumns(), c.posts()))
	s.note("看護師・社会福祉士の一方が専従、もう一方が専従か専任として登録されているかだけを見ます。経験年数・勤務時間・担当病棟は登録にないため、様式で確かめてください。")
	s.heading("次に終わるもの（1年以内）")
	s.table(tabulate([]column[liaison.Expiry]{
		{head: "最後の日", format: formatDate, value: func(e liaison.Expiry) any { return e.On }},
		{head: "終わるもの", span: 3, value: func(e liaison.Expiry) any { return e.What }},
		{head: "名", span: 5, value: func(e liaison.Expiry) any { return e.Name }},
	}, liaison.Expiries(c.Facts, c.AsOf)))
	s.note(fmt.Sprintf("終了日が登録されている加算1の届出・病棟・部門の職員、経過措置と、このまま面会がないときに年3回に足りなくなる連携機関（%dか月以内）、それにより要件を満たさなくなる日です。", liaison.LapseMonths))
}

func (c coverage) paceNote() string {
	return fmt.Sprintf("見通しの前提: %s からの%d日間と同じ割合で算定が続き、1年を過ぎた算定は外れ、基準はその日の届出・経過措置によるとして、%s まで見ました。約束ではありません。",
		models.LastMonths(c.AsOf, liaison.PaceMonths).From, c.outlooks.Confirmed.Days, c.outlooks.Confirmed.Until)
}

// metLine is one line of 25機関×年3回.
type metLine struct {
	name    string
	minimum int // 0 when nothing is required
	of      func(liaison.Partners25) int
}

func (c coverage) metLines() []metLine {
	asked := func(yes bool, minimum int) int {
		if yes {
			return minimum
		}
		return 0
	}
	return []metLine{
		{"連携機関", 0, func(p liaison.Partners25) int { return len(p.Partners) }},
		{"面会が3回以上の連携機関", liaison.MinPartners, func(p liaison.Partners25) int { return p.Met }},
		{"　うち医療機関", asked(c.now.Asked.Medical, liaison.MinMedical), func(p liaison.Partners25) int { return p.Medical }},
		{"　うち介護・障害", asked(c.now.Asked.Care, liaison.MinCare), func(p liaison.Partners25) int { return p.Care }},
		{"　うち特別の関係（内数）", 0, func(p liaison.Partners25) int { return p.Special }},
		{"25か所に足りない数", 0, func(p liaison.Partners25) int { return p.Short }},
	}
}

// metTable compares what is required with the last year and this fiscal year.
func (c coverage) metTable() *grid {
	cols := []column[metLine]{
		{head: "項目", span: 2, value: func(l metLine) any { return l.name }},
		{head: "基準", span: 2, format: formatMark, value: func(l metLine) any {
			if l.minimum == 0 {
				return "―"
			}
			return fmt.Sprintf("%dか所以上", l.minimum)
		}},
		{head: "過去1年", format: formatNumber, value: func(l metLine) any { return l.of(c.now) }},
		{head: "充足", format: formatMark, value: func(l metLine) any { return l.word(c.now) }, tone: func(l metLine) tone { return l.tone(c.now) }},
		{head: "今年度のこれまで", span: 2, format: formatNumber, value: func(l metLine) any { return l.of(c.march) }},
		{head: "充足", format: formatMark, value: func(l metLine) any { return l.word(c.march) }, tone: func(l metLine) tone { return l.tone(c.march) }},
	}
	lines := c.metLines()
	g := tabulate(cols, lines)
	all := func(p liaison.Partners25) string {
		return fulfilledWord(!slices.ContainsFunc(lines, func(l metLine) bool { return l.of(p) < l.minimum }))
	}
	g.addTotal("加算1の連携機関の要件", "", "", all(c.now), "", all(c.march))
	return g
}

// word says whether the minimum is reached, ― when nothing is required.
func (l metLine) word(p liaison.Partners25) string {
	if l.minimum == 0 {
		return "―"
	}
	return fulfilledWord(l.of(p) >= l.minimum)
}

func (l metLine) tone(p liaison.Partners25) tone {
	if l.minimum == 0 {
		return toneNormal
	}
	return shortTone(l.of(p) >= l.minimum)
}

// yearLine is the yearly count against the 基準 by one reading of 過去1年.
type yearLine struct {
	liaison.YearCount
	standingLine
	withdraw int
	inForce  bool // the reading chosen in 設定
}

func (c coverage) yearLines() []yearLine {
	facts, verdicts := c.monitored()
	rolling, fiscal := liaison.YearCounts(facts, verdicts, c.AsOf)
	line := func(name string, y liaison.YearCount) yearLine {
		l := yearLine{y, standingLine{name: name, claims: y.Confirmed, threshold: c.figures.ThresholdHundredths}, 0, y.Period == liaison.Period(c.AsOf, c.Facts.Params)}
		for i := range verdicts {
			if v := &verdicts[i]; liaison.ToWithdraw(v) && y.Period.Covers(v.Session.On) {
				l.withdraw++
			}
		}
		if l.inForce {
			l.name += "（設定）"
		}
		return l
	}
	return []yearLine{line("直近12か月", rolling), line("年度の初めから", fiscal)}
}

func yearColumns() []column[yearLine] {
	return []column[yearLine]{
		{head: "過去1年の数え方", value: func(l yearLine) any { return l.name }},
		{head: "期間", width: fit(24, 24), format: formatMark, value: func(l yearLine) any { return periodWords(l.Period) }},
		{head: "①＋②\n算定済み", format: formatNumber, value: func(l yearLine) any { return l.Confirmed }},
		{head: "①＋②\n見込", format: formatNumber, value: func(l yearLine) any { return l.Projected }},
		{head: "基準", format: formatDecimal, value: func(l yearLine) any { return hundredths(l.threshold) }},
		{head: "差\n（算定済み−基準）", format: formatDecimal, value: func(l yearLine) any { return hundredths(l.over()) }, tone: func(l yearLine) tone { return shortTone(l.over() > 0) }},
		{head: "必要\n残数", width: fit(8, 8), format: formatNumber, value: func(l yearLine) any { return l.remaining() }},
		{head: "取下げ\nが必要", width: fit(8, 8), format: formatNumber, value: func(l yearLine) any { return l.withdraw }},
		{head: "充足", width: fit(10, 10), format: formatMark, value: func(l yearLine) any { return fulfilledWord(l.over() > 0) }, tone: func(l yearLine) tone { return shortTone(l.over() > 0) }},
	}
}

func paceColumns() []column[outlookLine] {
	return []column[outlookLine]{
		{head: "見通し", value: func(l outlookLine) any { return l.name }},
		{head: "直近3か月の回数", format: formatNumber, value: func(l outlookLine) any { return l.Recent }},
		{head: "今の①＋②", span: 2, format: formatNumber, value: func(l outlookLine) any { return l.Now }},
		{head: "この先1年", span: 5, value: func(l outlookLine) any { return l.Words() }, tone: func(l outlookLine) tone { return shortTone(l.Fulfilled == l.On.IsZero()) }},
	}
}

// post is a role in 入退院支援 and its holders.
type post struct {
	name, people string
	count        any // a number, or the word of 充足
	tone         tone
}

func (c coverage) posts() []post {
	s := liaison.StaffingOn(c.Facts, c.AsOf)
	of := func(name string, rows []models.Staff) post {
		names := make([]string, len(rows))
		for i, r := range rows {
			names[i] = staffName(r) + "（" + string(r.Job) + "）"
		}
		return post{name: name, people: strings.Join(names, "　"), count: len(rows)}
	}
	return []post{
		of("部門の専従", s.FullTime), of("部門の専任", s.Dedicated), of("病棟専任", s.Wards),
		{"専従＋もう一方の専任", "看護師と社会福祉士", fulfilledWord(s.Paired), shortTone(s.Paired)},
	}
}

func postColumns() []column[post] {
	return []column[post]{
		{head: "配置", value: func(p post) any { return p.name }},
		{head: "氏名（職種）", span: 7, value: func(p post) any { return p.people }},
		{head: "人数", format: formatNumber, value: func(p post) any { return p.count }, tone: func(p post) tone { return p.tone }},
	}
}

// Columns of 加算1の推移 used by the chart of 加算1.
const (
	colRecorded       = 2
	colAhead          = 3
	colProjectedAhead = 5
	colThreshold      = 6
)

// countPoint is a point of the line of yearly counts. here marks AsOf, where
// records end and the forecast begins.
type countPoint struct {
	liaison.CountPoint
	here bool
}

func (p countPoint) over() int { return 100*p.Confirmed - p.Threshold }

// countLine is the yearly count by month, with its forecast.
func (c coverage) countLine() *grid {
	facts, verdicts := c.monitored()
	line := liaison.CountLine(facts, verdicts, c.Extent.First, c.AsOf, liaison.LineMonths)
	points := make([]countPoint, len(line))
	for i, p := range line {
		points[i] = countPoint{p, p.On == c.AsOf}
	}
	return skipping(tabulate(countColumns(), points).asList(1), points, func(p countPoint) bool { return p.Before })
}

func (c coverage) addCountLine(b *book, line *grid) {
	s := c.begin(b, "加算1の推移", page{minFont: 9, indent: true}, reachNone, "年間の算定回数の推移と見通し　"+c.asOfWords(),
		fmt.Sprintf("各月の末日（今月は%s）の時点の過去1年の①＋②　実績 %dか月、見通し %dか月", c.day(), liaison.LineMonths, liaison.AheadMonths))
	s.table(line)
	s.note("実績は今の記録から数え直したもので、その時点で届け出た数とは違うことがあります。②は今の設定の値を全部の月に用いています。差と充足は算定済みによります。記録を始める前の月と、加算1の届出病棟のない月は「―」です。" + c.paceNote() + kasan1Note)
}

func countColumns() []column[countPoint] {
	recorded := func(of func(countPoint) int) func(countPoint) any {
		return func(p countPoint) any {
			if p.Ahead {
				return ""
			}
			if p.Before {
				return "―"
			}
			return of(p)
		}
	}
	ahead := func(of func(countPoint) int) func(countPoint) any {
		return func(p countPoint) any {
			if !p.Ahead && !p.here {
				return ""
			}
			return of(p)
		}
	}
	before := func(p countPoint) bool { return p.Before }
	confirmed, projected := func(p countPoint) int { return p.Confirmed }, func(p countPoint) int { return p.Projected }
	return []column[countPoint]{
		{head: "時点", format: formatDate, value: func(p countPoint) any { return p.On }},
		{head: "実績・\n見通し", width: fit(8, 8), format: formatMark, value: func(p countPoint) any {
			if p.Ahead {
				return "見通し"
			}
			return "実績"
		}},
		{head: "算定済み", width: fit(10, 10), format: formatNumber, value: recorded(confirmed)},
		{head: "算定済みの\n見通し", width: fit(10, 10), format: formatNumber, value: ahead(confirmed)},
		{head: "見込", width: fit(10, 10), format: formatNumber, value: recorded(projected)},
		{head: "見込の\n見通し", width: fit(10, 10), format: formatNumber, value: ahead(projected)},
		{head: "基準", width: fit(9, 9), format: formatDecimal, value: orBefore(before, func(p countPoint) any { return hundredths(p.Threshold) })},
		{head: "差", width: fit(9, 9), format: formatDecimal, value: orBefore(before, func(p countPoint) any { return hundredths(p.over()) })},
		{head: "充足", width: fit(10, 10), format: formatMark, value: orBefore(before, func(p countPoint) any { return fulfilledWord(p.over() > 0) }),
			tone: func(p countPoint) tone { return beforeTone(p.Before, p.over() > 0) }},
	}
}

// addLacking lists the institutions that need more 面会 by 31 March.
func (c coverage) addLacking(b *book) {
	list := c.march.Lacking()
	missing := 0
	for _, p := range list {
		missing += p.Short
	}
	s := c.begin(b, "面会の足りない連携機関", page{minFont: 9, indent: true}, reachNone, "面会の足りない連携機関　"+c.asOfWords(),
		fmt.Sprintf("対象: 今年度の面会が3回に足りない連携機関　%dか所（計%d回）　並び: 足りない回数の少ない順", len(list), missing))
	s.table(tabulate([]column[liaison.PartnerStanding]{
		{head: "コード", width: fit(6, 8), format: formatID, value: func(p liaison.PartnerStanding) any { return p.Partner.Code }},
		{head: "連携先", width: flex(30), value: func(p liaison.PartnerStanding) any { return p.Partner.Name }},
		{head: "種別", width: fit(10, 22), value: func(p liaison.PartnerStanding) any { return string(p.Partner.Kind) }},
		{head: "今年度の\n回数", width: fit(8, 8), format: formatNumber, value: func(p liaison.PartnerStanding) any { return len(p.Days) }},
		{head: "足りない\n回数", width: fit(8, 8), format: formatNumber, value: func(p liaison.PartnerStanding) any { return p.Short }},
		{head: "最後の面会", format: formatDate, value: func(p liaison.PartnerStanding) any {
			if n := len(p.Days); n > 0 {
				return p.Days[n-1]
			}
			return "なし"
		}},
		{head: "3回目の\n期限", format: formatDate, value: func(p liaison.PartnerStanding) any { return p.Until }},
		{head: "遅くとも", width: fit(11, 12), format: formatDate, value: func(p liaison.PartnerStanding) any { return startBy(p) }},
	}, list).asList(2))
	s.note(fmt.Sprintf("「遅くとも」は、%sまでに平日1日1回ずつ会うときの最後の始めの日です（土日・祝日を除く）。回数と最後の面会は %s のものです。25か所 × 年3回は、%sまでに: %s。"+kasan1Note, c.march.End, periodWords(c.march.Period), c.march.End, c.march.Words()))
}
