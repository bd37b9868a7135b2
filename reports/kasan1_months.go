package reports

import (
	"context"
	"slices"

	"renkei/models"
	"renkei/models/liaison"
)

// monthLine is the monitor as of a month end, with the claims of that month.
type monthLine struct {
	on     models.Date
	claims liaison.ClaimsOf
	// begun says from when there is something to judge.
	begun liaison.Beginning
	liaison.Figures
}

// history works out the monitor for every month end.
func (r *Request) history(ctx context.Context) ([]monthLine, error) {
	dates := historyDates(r.AsOf)
	periods := make([]models.Period, len(dates))
	for i, on := range dates {
		periods[i] = models.Period{From: on.Month().First(), To: on}
	}
	facts, verdicts := r.monitored()
	claims, begun := liaison.ClaimsIn(verdicts, periods...), liaison.BeginningOf(facts, r.Extent.First)
	lines := make([]monthLine, len(dates))
	for i, on := range dates {
		if err := canceled(ctx); err != nil {
			return nil, err
		}
		lines[i] = monthLine{on, claims[i], begun, r.monitor(on)}
	}
	return lines, nil
}

// orBefore returns the value of a line, or ― before there was anything to
// count.
func orBefore[T any](before func(T) bool, value func(T) any) func(T) any {
	return func(l T) any {
		if before(l) {
			return "―"
		}
		return value(l)
	}
}

// kasan1Before reports a month before the register or the 届出 began.
func (l monthLine) kasan1Before() bool { return l.begun.Kasan1Before(l.on) }

// hokatsukiBefore reports a month before the register or the 加算 began.
func (l monthLine) hokatsukiBefore() bool { return l.begun.HokatsukiBefore(l.on) }

func (l monthLine) done() int { return l.FeeCountConfirmed + l.A307ConsultCount }

func (k kasan1) addMonths(b *book, months *grid) {
	s := b.addSheet("月別推移", page{minFont: 9, indent: true})
	s.title("入退院支援加算1 月別推移　"+k.asOfWords(), k.head(k.asOfWords()),
		"各月の末日時点の過去1年の実績と基準　24か月　最後の行は基準日の時点　並び: 古い順")
	s.table(months)
	s.note("実績は今の記録から数え直したもので、その時点で届け出た数とは違うことがあります。②は設定の今の値を全部の月に用いています。" +
		"「その月の算定」は、その月に行い算定した指導料です。①には、そのほかに「多機関加算の日」（多機関共同指導加算のため算定しなかった日、定義を参照）が入ります。" +
		"記録を始める前の月と、加算1の届出病棟のない月は「―」です。基準はその日に有効な病棟・届出・経過措置によります。")
}

func kasan1MonthColumns() []column[monthLine] {
	figure := func(head string, f format, w width, value func(monthLine) any) column[monthLine] {
		return column[monthLine]{head: head, width: w, format: f, value: orBefore(monthLine.kasan1Before, value)}
	}
	return []column[monthLine]{
		{head: "時点", format: formatDate, value: func(l monthLine) any { return l.on }},
		figure("その月の\n算定済み", formatNumber, width{}, func(l monthLine) any { return l.claims.Claims }),
		figure("多機関\n加算の日", formatNumber, width{}, func(l monthLine) any { return l.claims.MultiAgency }),
		figure("① 算定済み\n（過去1年）", formatNumber, width{}, func(l monthLine) any { return l.FeeCountConfirmed }),
		figure("②", formatNumber, fit(5, 5), func(l monthLine) any { return l.A307ConsultCount }),
		figure("①＋②", formatNumber, width{}, func(l monthLine) any { return l.done() }),
		figure("基準", formatDecimal, fit(8, 8), func(l monthLine) any { return hundredths(l.ThresholdHundredths) }),
		figure("差", formatDecimal, fit(8, 8), func(l monthLine) any { return hundredths(100*l.done() - l.ThresholdHundredths) }),
		figure("必要\n残数", formatNumber, width{}, func(l monthLine) any { return l.Remaining }),
		{head: "充足", width: fit(9, 9), format: formatMark, value: orBefore(monthLine.kasan1Before, func(l monthLine) any { return fulfilledWord(l.Fulfilled) }),
			tone: func(l monthLine) tone { return beforeTone(l.kasan1Before(), l.Fulfilled) }},
		figure("① 見込\n（過去1年）", formatNumber, width{}, func(l monthLine) any { return l.FeeCountProjected }),
		figure("取下げ\nが必要", formatNumber, width{}, func(l monthLine) any { return l.ClaimsToWithdraw }),
	}
}

// beforeTone returns the tone of 充足, quiet before there was anything to judge.
func beforeTone(before, fulfilled bool) tone {
	if before {
		return toneQuiet
	}
	return shortTone(fulfilled)
}

var kasan1Terms = []term{
	{word: "① 算定済み", meaning: "過去1年に算定した介護支援等連携指導料の回数です。算定区分に1・2・旧の記録があり、判定が算定不可でないものを、指導日で数えます。1と2は分けません。"},
	{word: "① 見込", meaning: "過去1年の共同指導のうち、判定が指導料2・指導料1・旧区分のものの回数です（記録の有無によりません）。"},
	{word: "多機関共同指導加算の日", meaning: "同じ日に多機関共同指導加算を算定したために指導料を算定できなかった共同指導は、①に入れます（疑義解釈 その1 問24）。1入院2回までです。"},
	{word: "② A307の連携回数", meaning: "A307（小児入院医療管理料）の患者についての相談支援専門員との連携の回数です。設定 a307_consult_count の値です。"},
	{word: "基準", meaning: "加算1の届出がある病棟の病床数に、区分イ・ロは0.15、ハは0.10、A307は0.05を掛けて合計した数です。①＋②がこれを上回る必要があります。"},
	{word: "必要残数", meaning: "基準を上回るまでに、あと何回の算定が要るかです。"},
	{word: "経過措置", meaning: "2026-03-31に加算1と地域包括ケアの両方を届け出ていた病院は、2027-03-31まで地域包括ケア病床を基準から除けます（疑義解釈 その7 問11）。設定 chiiki_care_exempt によります。"},
	{word: "過去1年", meaning: "直近12か月か年度かは、設定 a246_period によります。月末の日は、12か月前の翌月1日からです。"},
	{word: "取下げが必要", meaning: "算定の記録があるのに判定が算定不可のものです。①に入れていません。"},
	{word: "出典", meaning: "A246 入退院支援加算（令和8年厚生労働省告示第70号、保医発0305第7号 別添3 第26の5の1(6)）、様式40の9。"},
}

func (k kasan1) addTerms(b *book) { k.addTermSheet(b, k.asOfWords(), kasan1Terms) }

// addTermSheet defines the words of a workbook and names the edition of the
// rules.
func (r *Request) addTermSheet(b *book, when string, terms []term) {
	s := b.addSheet("定義", page{landscape: true, minFont: 10, indent: true})
	s.title("定義　"+when, r.head(when))
	s.table(tabulate([]column[term]{
		{head: "ことば", width: fit(20, 30), value: func(t term) any { return t.word }},
		{head: "意味", width: flex(60), value: func(t term) any { return t.meaning }},
	}, append(slices.Clip(terms), editionTerms(&r.Rules)...)).asList(1))
}
