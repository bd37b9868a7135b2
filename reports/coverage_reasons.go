package reports

import (
	"fmt"

	"renkei/models/fee"
	"renkei/models/liaison"
)

// lossLine is a reason with the results of its sessions.
type lossLine struct {
	liaison.Loss
	fee1, refused, pending int
}

// lossLines adds to each reason how its sessions were judged.
func (c coverage) lossLines(steps []liaison.Loss) []lossLine {
	result := map[string]fee.Result{}
	for _, v := range c.sessions {
		result[v.Session.Number] = v.Result
	}
	var lines []lossLine
	for _, step := range steps {
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

// dearest returns the reasons that cost most, as many as fit beside the
// figures.
func (c coverage) dearest() []lossLine {
	const most = 6
	steps := c.waterfall.Dearest()
	return c.lossLines(steps[:min(most, len(steps))])
}

func lossColumns() []column[lossLine] {
	return []column[lossLine]{
		{head: "理由", width: flex(26), value: func(l lossLine) any { return l.Name }},
		figure("件数", func(l lossLine) any { return len(l.Numbers) }),
		figure("うち\n指導料1のみ", func(l lossLine) any { return l.fee1 }),
		figure("うち算定不可・\n算定なし・保留", func(l lossLine) any { return l.refused + l.pending }),
		figure("失った\n点数", func(l lossLine) any { return l.Points }),
		figure("失った額\n（円）", func(l lossLine) any { return l.Yen() }),
		{head: "コード", width: fit(7, 7), format: formatID, value: func(l lossLine) any { return l.Code }},
	}
}

// addReasons goes from all sessions to those that are 指導料2.
func (c coverage) addReasons(b *book) {
	s := c.begin(b, "指導料2にならない理由", page{minFont: 9, indent: true}, reachAll, "指導料2にならない理由　"+c.when,
		fmt.Sprintf("対象: 期間のうち令和8年6月以降の共同指導　%d件（指導料2 %d件）　並び: 判定の順", c.waterfall.All, len(c.waterfall.Fee2)))
	lines := c.lossLines(c.waterfall.Steps)
	steps := tabulate(lossColumns(), lines).asList(1)
	if len(lines) > 0 {
		n, fee1, other := 0, 0, 0
		for _, l := range lines {
			n, fee1, other = n+len(l.Numbers), fee1+l.fee1, other+l.refused+l.pending
		}
		steps.addTotal("計", n, fee1, other, c.waterfall.Points(), c.waterfall.Yen(), "")
	}
	s.table(steps)
	s.note("1件の共同指導は、判定の順に最初に当たる理由だけに数えます。失った点数は、記録や体制で防げた理由について、500点と実際の点数との差を、1入院2回までの枠で見積もったものです。入院料に包括される病棟など、規則によるものは0点です。")
}

// addShares groups the sessions by how they were judged.
func (c coverage) addShares(b *book) {
	s := c.begin(b, "判定の内訳", page{minFont: 9, indent: true}, reachAll, "月別・病棟別・職員別・連携先別の判定　"+c.when,
		fmt.Sprintf("対象: 期間のうち令和8年6月以降の共同指導　%d件　並び: 月別は古い順、ほかは共同指導の多い順", c.waterfall.All))
	table := func(name string, by liaison.Grouping) {
		s.heading(name + "別")
		s.table(tabulate(shareColumns(name), liaison.Fee2Shares(c.Facts, c.sessions, c.scope, by)))
	}
	table("月", liaison.ByMonth)
	table("病棟", liaison.ByWard)
	s.breakPage()
	table("職員", liaison.ByStaff)
	s.breakPage()
	table("連携先", liaison.ByOffice)
	s.note("病棟・連携先は指導日のものです。何人かで行った共同指導は、それぞれの職員に数えるため、職員別の計は多くなります。件数の少ない行の率は、1件で大きく動きます。")
}

func shareColumns(name string) []column[liaison.Share] {
	cols := []column[liaison.Share]{
		{head: name, width: flex(24), value: func(s liaison.Share) any { return s.Name }},
		figure("共同\n指導", func(s liaison.Share) any { return s.Total }),
	}
	for _, result := range fee.Results {
		if result != fee.FeeLegacy { // the sessions are since 2026-06-01
			cols = append(cols, figure(string(result), func(s liaison.Share) any { return s.Of(result) }))
		}
	}
	return append(cols,
		column[liaison.Share]{head: "指導料2率", width: fit(9, 9), format: formatPercent, value: func(s liaison.Share) any { return share{s.Of(fee.Fee2), s.Total} }},
		column[liaison.Share]{head: "コード", width: fit(7, 10), format: formatID, value: func(s liaison.Share) any {
			if s.Key == s.Name {
				return "" // a month
			}
			return s.Key
		}})
}
