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

const (
	hokatsukiTitle  = "包括期充実体制加算モニタ"
	hokatsukiMonths = 3 // over which 指導料2 is counted
)

// hokatsukiKind is the 包括期充実体制加算モニタ (fee-rules §8 ⑨).
var hokatsukiKind = Kind{
	Name: "hokatsuki", Title: hokatsukiTitle, Basis: ByDate, judges: true, ahead: true, Patients: true, countsFrame: true,
	part: func(r Request) models.Part {
		first := max(historyDates(r.AsOf)[0], liaison.HokatsukiFrom.Month().Last()) // the months before show no figures
		counted := models.LastMonths(min(first, r.AsOf), hokatsukiMonths)
		return liaison.LaterPart(r.AsOf).With(models.Part{Sessions: models.Period{From: counted.From, To: r.AsOf}})
	},
	Purpose: "直近3か月の退院時共同指導料2と指導料2の合計が3回以上あるかを確かめます",
	Counts: func(r Request) string {
		months := models.LastMonths(r.AsOf, hokatsukiMonths)
		return fmt.Sprintf("直近3か月（%s）と、%dか月の推移", periodWords(months), historyMonths)
	},
	Make: writeHokatsuki,
}

// hokatsuki is the monitor under construction.
type hokatsuki struct {
	*Request
	lines  []monthLine
	months *grid
}

func writeHokatsuki(ctx context.Context, path string, r Request) error {
	if err := r.checkAsOf(hokatsukiTitle); err != nil {
		return err
	}
	lines, err := r.history(ctx)
	if err != nil {
		return err
	}
	h := hokatsuki{&r, lines, skipping(tabulate(hokatsukiColumns("時点"), lines).asList(1), lines, monthLine.hokatsukiBefore)}
	b := r.newBook(hokatsukiTitle + " " + r.AsOf.String())
	h.addNow(b)
	h.addMonths(b)
	h.addSessions(b)
	r.addTermSheet(b, r.asOfWords(), hokatsukiTerms)
	return b.save(ctx, path)
}

// hokatsukiColumns is the layout of §8 ⑨, for one day or for month ends.
func hokatsukiColumns(first string) []column[monthLine] {
	figure := func(head string, w float64, value func(monthLine) any) column[monthLine] {
		return column[monthLine]{head: head, width: fit(w, w), format: formatNumber, value: orBefore(monthLine.hokatsukiBefore, value)}
	}
	return []column[monthLine]{
		{head: first, width: fit(11, 11), format: formatDate, value: func(l monthLine) any { return l.on }},
		{head: "直近3か月\n初日", width: fit(11, 11), format: formatDate, value: func(l monthLine) any { return models.LastMonths(l.on, hokatsukiMonths).From }},
		figure("① 退院時共同\n指導料2", 10, func(l monthLine) any { return l.Kyodo2Count3m }),
		figure("② 指導料2\n（算定済み）", 10, func(l monthLine) any { return l.HokatsukiConfirmed }),
		figure("①＋②\n合計", 8, func(l monthLine) any { return l.Kyodo2Count3m + l.HokatsukiConfirmed }),
		figure("必要回数", 8, func(monthLine) any { return liaison.MinHokatsuki }),
		{head: "3回充足", width: fit(10, 10), format: formatMark, value: orBefore(monthLine.hokatsukiBefore, func(l monthLine) any { return fulfilledWord(l.HokatsukiFulfilled) }),
			tone: func(l monthLine) tone { return beforeTone(l.hokatsukiBefore(), l.HokatsukiFulfilled) }},
		figure("指導料2\n（見込）", 8, func(l monthLine) any { return l.HokatsukiProjected }),
	}
}

const hokatsukiLegacyWords = "2026-08-31 までの時点では、旧区分（令和8年5月以前の指導料）も数えます（疑義解釈 その2 問32）。指導料1は数えません。"

func (h hokatsuki) addNow(b *book) {
	s := b.addSheet("判定", page{minFont: 9, indent: true})
	s.title(hokatsukiTitle+"　"+h.asOfWords(), h.head(h.asOfWords()),
		"対象: 指導日の病棟が包括期対象（地域包括医療病棟・地域包括ケア病棟）の共同指導　集計: 直近3か月")
	s.table(tabulate(hokatsukiColumns("基準日"), h.lines[len(h.lines)-1:]))
	s.note("①は設定の回数（kyodo2_count_3m）、②は算定の記録が指導料2のもの（判定が算定不可のものを除く）です。①＋②が3回以上で充足です。" + hokatsukiLegacyWords)
	s.chart(chart{title: "直近3か月の回数の推移（算定済み）", about: "直近3か月の退院時共同指導料2と指導料2の回数の、24か月の推移を示す棒と、必要な3回の線",
		grid: h.months, words: 0, months: true, rows: 16, series: []series{
			{column: 2, stacked: true, color: chartGrey}, {column: 3, stacked: true, color: chartBlue},
			{column: 5, line: true, dash: dashed, color: chartOrange}}})
}

func (h hokatsuki) addMonths(b *book) {
	s := b.addSheet("月別推移", page{minFont: 9, indent: true})
	s.title("包括期充実体制加算 月別推移　"+h.asOfWords(), h.head(h.asOfWords()),
		"各月の末日時点の直近3か月の回数　24か月　最後の行は基準日の時点　並び: 古い順")
	s.table(h.months)
	s.note("実績は今の記録から数え直したものです。①は設定の今の値を全部の月に用いています。包括期対象かどうかは指導日の病棟の登録によります。包括期充実体制加算のできた2026年6月より前の月と、記録を始める前の月は「―」です。" + hokatsukiLegacyWords)
}

// hokatsukiSession is a session in a 包括期 ward within the three months.
type hokatsukiSession struct {
	*fee.Verdict
	confirmed, projected bool
}

func (h hokatsuki) sessions() []hokatsukiSession {
	months := models.LastMonths(h.AsOf, hokatsukiMonths)
	var list []hokatsukiSession
	for i := range h.Verdicts {
		v := &h.Verdicts[i]
		if v.Ward != nil && v.Ward.Comprehensive.Is() && months.Covers(v.Session.On) {
			confirmed, projected := liaison.CountsForHokatsuki(v, h.AsOf)
			list = append(list, hokatsukiSession{v, confirmed, projected})
		}
	}
	slices.SortStableFunc(list, func(a, b hokatsukiSession) int {
		return cmp.Or(cmp.Compare(a.Session.On, b.Session.On), cmp.Compare(a.Session.Number, b.Session.Number))
	})
	return list
}

func (h hokatsuki) addSessions(b *book) {
	list := h.sessions()
	confirmed, projected := 0, 0
	for _, s := range list {
		if s.confirmed {
			confirmed++
		}
		if s.projected {
			projected++
		}
	}
	s := b.addSheet("対象の共同指導", page{landscape: true, minFont: 9, indent: true})
	s.title("包括期対象の病棟の共同指導　"+periodWords(models.LastMonths(h.AsOf, hokatsukiMonths)), h.head(h.asOfWords()),
		fmt.Sprintf("対象: 直近3か月に包括期対象の病棟で行った共同指導　全 %d件　算定済みに数える %d件　見込に数える %d件　並び: 指導日の順", len(list), confirmed, projected))
	cols := []column[hokatsukiSession]{}
	for _, c := range []sessionColumn{colPatient, colName, colWard, colOn, colStaff, colPartner, colResult, colClaim} {
		cols = append(cols, ofHokatsuki(c))
	}
	cols = append(cols,
		column[hokatsukiSession]{head: "算定済みに\n数える", width: fit(7, 7), format: formatMark, value: func(s hokatsukiSession) any { return mark(s.confirmed) }},
		column[hokatsukiSession]{head: "見込に\n数える", width: fit(7, 7), format: formatMark, value: func(s hokatsukiSession) any { return mark(s.projected) }},
		column[hokatsukiSession]{head: "理由", width: flex(30), value: func(s hokatsukiSession) any { return s.Reason }},
		ofHokatsuki(colNumber))
	s.table(tabulate(cols, list).asList(2))
	s.note("数えないものも示しています。算定済みは算定区分の記録、見込は判定によります。")
}

func ofHokatsuki(c sessionColumn) column[hokatsukiSession] {
	return of(c, func(s hokatsukiSession) *fee.Verdict { return s.Verdict })
}

var hokatsukiTerms = []term{
	{word: "直近3か月", meaning: "基準日までの3か月です。月末の日は、2か月前の1日からです（2026-11-30 なら 2026-09-01 から）。"},
	{word: "① 退院時共同指導料2", meaning: "対象の病棟で直近3か月に算定した退院時共同指導料2の回数です。この台帳では記録していないため、設定 kyodo2_count_3m に入力した数です。"},
	{word: "② 指導料2（算定済み）", meaning: "対象の病棟で直近3か月に算定した介護支援等連携指導料2の回数です。算定区分に2の記録があり、判定が算定不可でないものを数えます。"},
	{word: "指導料2（見込）", meaning: "判定が指導料2の共同指導の回数です（記録の有無によりません）。"},
	{word: "旧区分", meaning: "2026-08-31 までの時点では、令和8年5月以前の介護支援等連携指導料も②に数えます（疑義解釈 その2 問32）。"},
	{word: "包括期対象", meaning: "地域包括医療病棟（A304）・地域包括ケア病棟（A308-3）として登録した病棟です。指導日の病棟で見ます。"},
	{word: "充足", meaning: "①＋②が3回以上であることです。指導料1は数えません。加算1の届出も要ります。"},
	{word: "出典", meaning: "A204-4 包括期充実体制加算（保医発0305第7号 別添3 第2の2）、様式13の3の2。"},
}
