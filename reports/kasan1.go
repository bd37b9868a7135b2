package reports

import (
	"context"
	"fmt"

	"renkei/models"
	"renkei/models/liaison"
)

const kasan1Title = "入退院支援加算1 実績モニタ"

// kasan1Kind is the 入退院支援加算1 実績モニタ (fee-rules §8 ⑧).
var kasan1Kind = Kind{
	Name: "kasan1", Title: kasan1Title, Basis: ByDate, judges: true, monitors: true, ahead: true, countsFrame: true,
	part:    func(r Request) models.Part { return liaison.CountsPart(r.AsOf, historyMonths, r.Facts.Params) },
	Purpose: "年間の算定回数が基準を上回っているか、いつ上回る・下回る見込みかを確かめます",
	Counts: func(r Request) string {
		return fmt.Sprintf("%s から %s まで%dか月の実績と基準", historyDates(r.AsOf)[0].Month(), r.AsOf, historyMonths)
	},
	Make: writeKasan1,
}

// historyMonths is how many months back a monitor shows.
const historyMonths = 24

// historyDates returns the month ends of the monitor, oldest first. The last is
// asOf itself.
func historyDates(asOf models.Date) []models.Date {
	dates := make([]models.Date, historyMonths)
	for i := range dates {
		dates[i] = asOf.Month().Add(i + 1 - historyMonths).Last()
	}
	dates[historyMonths-1] = asOf
	return dates
}

// kasan1 is the monitor under construction.
type kasan1 struct {
	*Request
	now liaison.Figures
}

func writeKasan1(ctx context.Context, path string, r Request) error {
	if err := r.checkAsOf(kasan1Title); err != nil {
		return err
	}
	b := r.newBook(kasan1Title + " " + r.AsOf.String())
	k := kasan1{&r, r.monitor(r.AsOf)}
	lines, err := k.history(ctx)
	if err != nil {
		return err
	}
	months := skipping(tabulate(kasan1MonthColumns(), lines).asList(1), lines, monthLine.kasan1Before)
	k.addNow(b, months)
	k.addMonths(b, months)
	k.addTerms(b)
	return b.save(ctx, path)
}

// standingLine is the count by one reading against the 基準.
type standingLine struct {
	name          string
	claims        int
	consultations int
	threshold     int
}

func (l standingLine) sum() int  { return l.claims + l.consultations }
func (l standingLine) over() int { return 100*l.sum() - l.threshold }

// remaining returns how many more are needed to exceed the 基準.
func (l standingLine) remaining() int { return max(0, l.threshold/100+1-l.sum()) }

func (k kasan1) addNow(b *book, months *grid) {
	s := b.addSheet("実績と基準", page{landscape: true, minFont: 10, indent: true})
	year := liaison.Period(k.AsOf, k.Facts.Params)
	s.title(kasan1Title+"　"+k.asOfWords(), k.head(k.asOfWords()),
		fmt.Sprintf("集計期間: %s（%s）", periodWords(year), yearWords(k.Facts.Params.A246Period)))
	s.heading("実績と基準")
	lines := []standingLine{
		{"算定済み", k.now.FeeCountConfirmed, k.now.A307ConsultCount, k.now.ThresholdHundredths},
		{"見込（判定どおり算定した場合）", k.now.FeeCountProjected, k.now.A307ConsultCount, k.now.ThresholdHundredths},
	}
	s.table(tabulate(standingColumns(), lines))
	s.note(fmt.Sprintf("①＋②が基準を上回ること（同じでは足りません）。施設基準は算定済みで見ます。必要残数は、上回るまでにあと何回かです。取下げが必要な算定 %d件は①に入れていません。", k.now.ClaimsToWithdraw))
	s.heading("病棟別の病床数と基準")
	s.table(k.wardTable())
	s.note(k.exemptWords())
	s.breakPage()
	s.heading("見通し")
	facts, verdicts := k.monitored()
	outlooks := liaison.Forecast(facts, verdicts, k.AsOf)
	s.table(tabulate(outlookColumns(), []outlookLine{{"算定済み", outlooks.Confirmed}, {"見込（判定どおり算定した場合）", outlooks.Projected}}))
	s.note(fmt.Sprintf("前提: %s から %s までの%d日間の回数と同じ割合で、この先も算定が続くとしたときの計算です（%s まで）。1年を過ぎた算定は実績から外れていき、基準はその日の届出・経過措置・病床数によります。②は今の回数のままとしています。予測であり、約束ではありません。",
		models.LastMonths(k.AsOf, liaison.PaceMonths).From, k.AsOf, outlooks.Confirmed.Days, outlooks.Confirmed.Until))
	s.chart(chart{title: "過去1年の算定回数（①＋②、算定済み）と基準の推移", about: "過去1年の算定回数と基準の、24か月の推移を示す折れ線。数は「月別推移」にあります",
		grid: months, words: 0, months: true, rows: 16,
		series: []series{{column: 5, line: true, color: chartBlue}, {column: 6, line: true, dash: dashed, color: chartOrange}}})
}

func yearWords(period string) string {
	if period == "fiscal" {
		return "過去1年 = 年度の初めから。設定 a246_period"
	}
	return "過去1年 = 直近12か月。設定 a246_period"
}

func standingColumns() []column[standingLine] {
	return []column[standingLine]{
		{head: "数え方", span: 2, value: func(l standingLine) any { return l.name }},
		{head: "① 指導料の\n算定回数", width: fit(10, 10), format: formatNumber, value: func(l standingLine) any { return l.claims }},
		{head: "② A307の\n連携回数", width: fit(10, 10), format: formatNumber, value: func(l standingLine) any { return l.consultations }},
		{head: "①＋②", width: fit(10, 10), format: formatNumber, value: func(l standingLine) any { return l.sum() }},
		{head: "基準", width: fit(10, 10), format: formatDecimal, value: func(l standingLine) any { return hundredths(l.threshold) }},
		{head: "差\n（①＋②−基準）", width: fit(14, 14), format: formatDecimal, value: func(l standingLine) any { return hundredths(l.over()) },
			tone: func(l standingLine) tone { return shortTone(l.over() > 0) }},
		{head: "必要残数\n（回）", width: fit(14, 14), format: formatNumber, value: func(l standingLine) any { return l.remaining() }},
		{head: "充足", width: fit(16, 16), format: formatMark, value: func(l standingLine) any { return fulfilledWord(l.over() > 0) },
			tone: func(l standingLine) tone { return shortTone(l.over() > 0) }},
	}
}

// fulfilledWord returns the word of a 充足 column.
func fulfilledWord(yes bool) string {
	if yes {
		return "○ 充足"
	}
	return "× 不足"
}

func shortTone(fulfilled bool) tone {
	if fulfilled {
		return toneFee2
	}
	return toneRefused
}

func (k kasan1) wardTable() *grid {
	shares := liaison.WardShares(k.Facts, k.AsOf)
	g := tabulate([]column[liaison.WardShare]{
		{head: "病棟", width: fit(24, 34), value: func(s liaison.WardShare) any { return s.Ward.Name }},
		{head: "入院料", width: fit(20, 38), value: func(s liaison.WardShare) any { return s.Ward.BasicFee }},
		{head: "区分", width: fit(8, 8), format: formatMark, value: func(s liaison.WardShare) any { return string(s.Ward.Class) }},
		{head: "病床数", width: fit(8, 8), format: formatNumber, value: func(s liaison.WardShare) any { return s.Ward.Beds }},
		{head: "係数", format: formatDecimal, value: func(s liaison.WardShare) any { return orDash(hundredths(s.PerBed)) }},
		{head: "基準への算入\n（病床数×係数）", format: formatDecimal, value: func(s liaison.WardShare) any { return orDash(hundredths(s.Hundredths())) }},
		{head: "扱い", width: fit(24, 24), span: 3, value: func(s liaison.WardShare) any { return string(s.Why) },
			tone: func(s liaison.WardShare) tone {
				if s.Why == liaison.ShareCounted {
					return toneNormal
				}
				return toneQuiet
			}},
	}, shares)
	beds := 0
	for _, s := range shares {
		if s.PerBed > 0 {
			beds += s.Ward.Beds
		}
	}
	g.addTotal("対象の計", "", "", beds, "", hundredths(k.now.ThresholdHundredths), "")
	return g
}

// orDash returns the figure, or ― for 0.
func orDash(h hundredths) any {
	if h == 0 {
		return "―"
	}
	return h
}

func (k kasan1) exemptWords() string {
	words := "係数: 区分イ・ロ 0.15、ハ 0.10、A307 0.05。一般・療養等の病床は B005-1-2 を算定できるものに限ります（A307 にはこの限定がありません）。"
	switch {
	case !k.Facts.Params.ChiikiCareExempt:
		return words + "経過措置（地域包括ケア病床の除外）: 適用していません。"
	case k.AsOf <= liaison.ChiikiExemptUntil:
		return words + fmt.Sprintf("経過措置（地域包括ケア病床の除外）: 適用しています。%s までです（疑義解釈 その7 問11）。", liaison.ChiikiExemptUntil)
	}
	return words + fmt.Sprintf("経過措置（地域包括ケア病床の除外）: %s で終わりました。", liaison.ChiikiExemptUntil)
}

type outlookLine struct {
	name string
	liaison.Outlook
}

func outlookColumns() []column[outlookLine] {
	return []column[outlookLine]{
		{head: "数え方", span: 2, value: func(l outlookLine) any { return l.name }},
		{head: "直近3か月\nの回数", format: formatNumber, value: func(l outlookLine) any { return l.Recent }},
		{head: "1か月\nあたり", format: formatDecimal, value: func(l outlookLine) any { return hundredths((200*l.Recent/liaison.PaceMonths + 1) / 2) }},
		{head: "今の\n①＋②", format: formatNumber, value: func(l outlookLine) any { return l.Now }},
		{head: "変わる日", format: formatDate, value: func(l outlookLine) any { return dateOr(l.On, "なし") }},
		{head: "その日の\n①＋②", format: formatNumber, value: func(l outlookLine) any { return l.Count }},
		{head: "その日の\n基準", format: formatDecimal, value: func(l outlookLine) any { return hundredths(l.Threshold) }},
		{head: "見通し", width: fit(16, 16), value: func(l outlookLine) any { return l.words() },
			tone: func(l outlookLine) tone { return shortTone(l.Fulfilled == l.On.IsZero()) }},
	}
}

// words says what the forecast means.
func (o outlookLine) words() string {
	switch {
	case o.Fulfilled && o.On.IsZero():
		return "充足が続く見込み"
	case o.Fulfilled:
		return "下回る見込み"
	case o.On.IsZero():
		return "1年のうちには充足しない見込み"
	}
	return "充足する見込み"
}
