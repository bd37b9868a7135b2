package reports

import (
	"cmp"
	"fmt"
	"slices"

	"renkei/models/fee"
	"renkei/models/liaison"
)

// lossLine is a reason with how its sessions were judged.
type lossLine struct {
	liaison.Loss
	fee1, refused, pending int
}

// lossLines are the reasons why sessions did not become 指導料2, in the order of
// the rules.
func (c coverage) lossLines() []lossLine {
	result := map[string]fee.Result{}
	for _, v := range c.sessions {
		result[v.Session.Number] = v.Result
	}
	var lines []lossLine
	for _, step := range c.waterfall.Steps {
		line := lossLine{Loss: step}
		for _, number := range step.Numbers {
			switch result[number] {
			case fee.Fee1:
				line.fee1++
			case fee.Pending:
				line.pending++
			default:
				line.refused++
			}
		}
		lines = append(lines, line)
	}
	return lines
}

// dearest are the reasons that cost most, no more than fit beside the figures.
func (c coverage) dearest() []lossLine {
	const most = 6
	lines := slices.DeleteFunc(c.lossLines(), func(l lossLine) bool { return l.Points == 0 })
	slices.SortStableFunc(lines, func(a, b lossLine) int { return cmp.Compare(b.Points, a.Points) })
	return lines[:min(most, len(lines))]
}

func lossColumns() []column[lossLine] {
	return []column[lossLine]{
		{head: "理由", width: fit(26, 34), value: func(l lossLine) any { return l.Name }},
		figure("件数", func(l lossLine) any { return len(l.Numbers) }),
		figure("うち\n指導料1のみ", func(l lossLine) any { return l.fee1 }),
		figure("うち算定不可・\n算定なし・保留", func(l lossLine) any { return l.refused + l.pending }),
		figure("失った\n点数", func(l lossLine) any { return l.Points }),
		figure("失った額\n（円）", func(l lossLine) any { return l.Yen() }),
		{head: "コード", width: fit(7, 7), format: formatID, value: func(l lossLine) any { return l.Code }},
	}
}

// addReasons leads from all sessions to those that are 指導料2.
func (c coverage) addReasons(b *book) {
	s := b.addSheet("指導料2にならない理由", page{minFont: 9, indent: true})
	s.title("指導料2にならない理由　"+c.when, c.head(c.when),
		fmt.Sprintf("対象: 期間のうち令和8年6月以降の共同指導　%d件（指導料2 %d件）　並び: 判定の順", c.waterfall.All, len(c.waterfall.Fee2)))
	lines := c.lossLines()
	steps := tabulate(lossColumns(), lines).asList(1)
	if len(lines) > 0 {
		n, fee1, other := 0, 0, 0
		for _, l := range lines {
			n, fee1, other = n+len(l.Numbers), fee1+l.fee1, other+l.refused+l.pending
		}
		steps.addTotal("計", n, fee1, other, c.waterfall.Points(), c.waterfall.Points()*yenPerPoint, "")
	}
	s.table(steps)
	s.note("1件の共同指導は、判定の順に最初に当たる理由だけに数えます。失った点数は、記録や体制で防げた理由について、500点と実際の点数との差を、1入院2回までの枠で見積もったものです。入院料に包括される病棟など、規則によるものは0点です。")
}

// addShares compares wards and partners.
func (c coverage) addShares(b *book) {
	s := b.addSheet("病棟別・連携先別", page{minFont: 9, indent: true})
	s.title("病棟別・連携先別の指導料2率　"+c.when, c.head(c.when),
		fmt.Sprintf("対象: 期間のうち令和8年6月以降の共同指導　%d件　並び: 共同指導の多い順", c.waterfall.All))
	s.heading("病棟別")
	s.table(tabulate(shareColumns("病棟"), liaison.Fee2Shares(c.Facts, c.sessions, c.scope, liaison.ByWard)))
	s.heading("連携先別")
	s.table(tabulate(shareColumns("連携先"), liaison.Fee2Shares(c.Facts, c.sessions, c.scope, liaison.ByOffice)))
	s.note("病棟・連携先は指導日のものです。件数の少ない行の率は、1件で大きく動きます。")
}

func shareColumns(name string) []column[liaison.Share] {
	return []column[liaison.Share]{
		{head: name, width: fit(28, 40), value: func(s liaison.Share) any { return s.Name }},
		figure("共同指導", func(s liaison.Share) any { return s.Total }),
		figure("指導料2", func(s liaison.Share) any { return s.Of(fee.Fee2) }),
		figure("指導料1", func(s liaison.Share) any { return s.Of(fee.Fee1) }),
		figure("そのほか", func(s liaison.Share) any { return s.Total - s.Of(fee.Fee2) - s.Of(fee.Fee1) }),
		{head: "指導料2率", width: fit(10, 10), format: formatPercent, value: func(s liaison.Share) any { return share{s.Of(fee.Fee2), s.Total} }},
		{head: "コード", width: fit(7, 10), format: formatID, value: func(s liaison.Share) any { return s.Key }},
	}
}

var coverageTerms = []term{
	{word: "期間", meaning: "指定した期間のうち、出力日までの記録です。"},
	{word: "連携先・連携機関", meaning: "連携先は登録があり出力日までに連携を終えていないもの、連携機関はそのうち協議日が出力日までにあるものです。"},
	{word: "市区町村", meaning: "連携先の住所から読み取ります。住所のないもの、読み取れないものは「（住所なし）」です。"},
	{word: "やり取り", meaning: "電話・FAX・メール・面会などの記録です。月別では1件を1回、職員別では加わった職員それぞれに1回数えます。"},
	{word: "平時の連携のある入院", meaning: "担当CMが登録されていて、入院日にその担当CMとの会議への出席と連絡先の共有（通知(3)イ）が、設定の基準で満たされている入院です。"},
	{word: "指導料2率", meaning: "令和8年6月以降の共同指導のうち、判定が指導料2のものの割合です。"},
	{word: "指導料1のみ", meaning: "判定が指導料1の共同指導です。指導料2なら1回100点（1,000円）高くなります。"},
	{word: "失った点数・額", meaning: "記録や体制で防げた理由について、指導料2（500点）との差を、入院中2回の枠で見積もったものです。算定できなかった共同指導は500点、指導料1になったものは100点です。"},
	{word: "理由", meaning: "判定の順に最初に当たるものです。指導料2だけの条件は、病棟の届出・部門の担当者・規程・会議・連絡先・取り決めの順に見ます。"},
	{word: "判定", meaning: "出力日の登録とルール版による判定案です。"},
}
