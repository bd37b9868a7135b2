package coverage

import (
	"fmt"

	"renkei/models"
	"renkei/models/fee"
	"renkei/models/liaison"
	"renkei/views/charts"
	"renkei/views/page"
	"renkei/views/ui"
)

const fee2Words = "令和8年6月以降の共同指導が対象です。指導料2率＝判定が指導料2の共同指導÷全部の共同指導。病棟は指導日の病棟、地域は指導日の所属先の市区町村です。基準日が過去でも、判定は今の登録によります。"

func (b *builder) fee2() {
	judged, verdicts := b.known.Together()
	sessions := b.scope.Sessions(verdicts)
	w := liaison.Fee2Waterfall(judged, b.rules, verdicts, sessions)
	tenths, ok := liaison.RateOf(len(w.Fee2), w.All)
	fee2 := b.leadSessions("fee2", string(fee.Fee2), w.Fee2)
	b.add(Block{Title: "指導料2のまとめ", Facts: []Fact{
		{Name: "共同指導", Value: ui.Thousands(w.All) + "件", Key: b.leadAll(sessions)},
		{Name: "指導料2", Value: ui.Thousands(len(w.Fee2)) + "件", Key: fee2},
		{Name: "指導料2率", Value: percent(tenths, ok), Key: fee2},
		{Name: "失った額（見積り）", Value: ui.Thousands(w.Yen()) + "円", Key: b.leadLost(w)},
	}, Note: fee2Words})
	months := liaison.Fee2Shares(b.f, sessions, b.scope, liaison.ByMonth)
	b.rates(months)
	b.results("月別の判定", "月", "month", months, charts.Columns)
	b.waterfall(w)
	b.losses(w)
	b.whatIf(sessions)
	b.results("病棟別の判定", "病棟", "ward", liaison.Fee2Shares(b.f, sessions, b.scope, liaison.ByWard), charts.Rows)
	b.results("職員別の判定", "職員", "staff", liaison.Fee2Shares(b.f, sessions, b.scope, liaison.ByStaff), charts.Rows)
	b.results("事業所別の判定", "事業所", "office", liaison.Fee2Shares(b.f, sessions, b.scope, liaison.ByOffice), charts.Rows)
}

func (b *builder) leadAll(sessions []*fee.Verdict) string {
	numbers := make([]string, len(sessions))
	for i, v := range sessions {
		numbers[i] = v.Session.Number
	}
	return b.leadSessions("all", "共同指導", numbers)
}

// leadLost opens the sessions that lost points, each under its costliest reason.
func (b *builder) leadLost(w liaison.Waterfall) string {
	var rows []func() Row
	for _, step := range w.Dearest() {
		for i, points := range step.Lost {
			if points > 0 {
				rows = append(rows, func() Row { return b.lossRow(step, i) })
			}
		}
	}
	return b.lead("lost", "失った額のある共同指導（額の大きい理由から）", len(rows), func() []Row {
		made := make([]Row, len(rows))
		for i, row := range rows {
			made[i] = row()
		}
		return made
	})
}

// leadLoss opens the sessions of a reason, with the points each lost.
func (b *builder) leadLoss(step liaison.Loss) string {
	return b.lead("loss:"+step.Code, step.Name, len(step.Numbers), func() []Row {
		rows := make([]Row, len(step.Numbers))
		for i := range step.Numbers {
			rows[i] = b.lossRow(step, i)
		}
		return rows
	})
}

// lossRow is a session with the points it lost and the reason, short form first.
func (b *builder) lossRow(step liaison.Loss, i int) Row {
	v := b.verdict(step.Numbers[i])
	row := sessionRow(v)
	row.State = fmt.Sprintf("−%s円　%s　%s", ui.Thousands(fee.YenPerPoint*step.Lost[i]), step.Name, why(v))
	if step.Lost[i] == 0 {
		row.State = fmt.Sprintf("0円　%s　%s", step.Name, why(v))
	}
	return row
}

const noSessions = "この期間・範囲に、令和8年6月以降の共同指導はありません"

func monthsOf(shares []liaison.Share) []string {
	months := make([]models.Month, len(shares))
	for i, s := range shares {
		months[i], _ = models.ParseMonth(s.Key)
	}
	return monthLabels(months)
}

func (b *builder) rates(shares []liaison.Share) {
	line := charts.Series{Name: "指導料2率"}
	for _, s := range shares {
		d := rate(s.Of(fee.Fee2), s.Total, s.Name)
		d.Key = b.leadSessions("rate:"+s.Key, s.Name+" 指導料2", s.Numbers[fee.Fee2])
		line.Data = append(line.Data, d)
	}
	b.add(Block{Chart: &charts.Chart{Kind: charts.Lines, Title: "指導料2率（月別）", Unit: "％", Axis: "月", Most: 100, Categories: monthsOf(shares), Series: []charts.Series{line}, Empty: noSessions},
		Note: "その月の共同指導のうち、判定が指導料2のものの割合です。共同指導のない月は点を描きません。"})
}

// resultFills are the patterns that tell the results apart.
var resultFills = map[fee.Result]charts.Fill{
	fee.Fee2: charts.Solid, fee.Fee1: charts.Hatched, fee.Pending: charts.Dotted, fee.NotBillable: charts.Blank, fee.NotBilled: charts.Crossed,
}

// results stacks the results of the sessions of each group.
func (b *builder) results(title, axis, prefix string, shares []liaison.Share, kind charts.Kind) {
	all := len(shares)
	c := &charts.Chart{Kind: kind, Title: title, Unit: "件", Axis: axis, Stacked: true, Categories: monthsOf(shares), Empty: noSessions}
	note := "判定別の件数です。"
	var rest []Fact
	if kind == charts.Rows {
		rest = b.restOf(title, prefix, shares[min(top, all):])
		note = "棒の右は件数と指導料2率です。" + moreThan(all)
		shares = shares[:min(top, all)]
		c.Categories, c.EndsTitle = nil, "計・指導料2率"
		for _, s := range shares {
			tenths, ok := s.Rate()
			c.Categories = append(c.Categories, s.Name)
			c.Ends = append(c.Ends, fmt.Sprintf("%s件　%s", ui.Thousands(s.Total), percent(tenths, ok)))
		}
	}
	for _, r := range fee.Results {
		if r == fee.FeeLegacy {
			continue
		}
		row := charts.Series{Name: string(r), Fill: resultFills[r]}
		for _, s := range shares {
			row.Data = append(row.Data, count(s.Of(r), b.leadSessions(prefix+":"+s.Key+":"+string(r), s.Name+" "+string(r), s.Numbers[r])))
		}
		c.Series = append(c.Series, row)
	}
	if prefix == "staff" {
		note += "何人かで行った共同指導は、それぞれの職員に数えます。"
	}
	b.add(Block{Chart: c, Facts: rest, Note: note})
}

// restOf opens the groups that a chart leaves out.
func (b *builder) restOf(title, prefix string, shares []liaison.Share) []Fact {
	if len(shares) == 0 {
		return nil
	}
	key := b.lead("rest:"+prefix, title+"　図のほか", len(shares), func() []Row {
		rows := make([]Row, len(shares))
		for i, s := range shares {
			tenths, ok := s.Rate()
			rows[i] = Row{ID: prefix + s.Key, Who: s.Name, What: s.Key, State: fmt.Sprintf("%s件　指導料2 %s件　%s", ui.Thousands(s.Total), ui.Thousands(s.Of(fee.Fee2)), percent(tenths, ok)),
				To: toGroup(prefix, s.Key)}
		}
		return rows
	})
	return []Fact{{Name: "図のほか", Value: fmt.Sprintf("%d件", len(shares)), Key: key}}
}

// toGroup opens a group of sessions: an office, else all wards or staff.
func toGroup(prefix, key string) page.Target {
	switch prefix {
	case "ward":
		return page.To("病棟", "")
	case "staff":
		return page.To("職員", "")
	}
	return page.To("連携先", key)
}

func (b *builder) waterfall(w liaison.Waterfall) {
	c := &charts.Chart{Kind: charts.Rows, Title: "全部の共同指導から指導料2まで（理由別）", Unit: "件", Axis: "理由", Categories: []string{"全部の共同指導"},
		Series: []charts.Series{{Name: "件数", Data: []charts.Datum{count(w.All, "all")}}}, Empty: noSessions}
	left := w.All
	fall := charts.Series{Name: "外れた", Fill: charts.Hatched, Data: []charts.Datum{{Missing: true}}}
	whole := &c.Series[0]
	for _, s := range w.Steps {
		n := len(s.Numbers)
		left -= n
		c.Categories = append(c.Categories, s.Name)
		whole.Data = append(whole.Data, charts.Datum{Missing: true})
		fall.Data = append(fall.Data, charts.Datum{From: float64(left), Value: float64(n), Text: fmt.Sprintf("−%s件", ui.Thousands(n)),
			Detail: fmt.Sprintf("%s　%s件　失った額 %s円", s.Name, ui.Thousands(n), ui.Thousands(s.Yen())), Key: b.leadLoss(s)})
	}
	c.Categories = append(c.Categories, "指導料2")
	whole.Data = append(whole.Data, count(len(w.Fee2), b.leadSessions("fee2", "指導料2", w.Fee2)))
	fall.Data = append(fall.Data, charts.Datum{Missing: true})
	c.Series = append(c.Series, fall)
	c.Overlaid = true
	if w.All == 0 {
		c.Series = nil
	}
	b.add(Block{Chart: c, Note: "1件の共同指導は、判定の順に最初に当たる理由だけに数えます。病棟の届出・部門の担当者・規程・会議・連絡先・取り決めは、指導料2だけの条件です。"})
}

func (b *builder) losses(w liaison.Waterfall) {
	c := &charts.Chart{Kind: charts.Rows, Title: "失った額（理由別・見積り）", Unit: "円", Axis: "理由", Empty: "記録や体制で防げたものはありません"}
	row := charts.Series{Fill: charts.Hatched}
	for _, s := range w.Dearest() {
		c.Categories = append(c.Categories, s.Name)
		row.Data = append(row.Data, count(s.Yen(), "loss:"+s.Code))
	}
	c.Series = []charts.Series{row}
	b.add(Block{Chart: c, Note: "記録や体制で防げた理由だけを数えます。500点と実際の点数との差を、1入院2回までの枠に日付の順に入れ、1点＝10円としました。入院料に包括されるなど規則によるものは0円です。"})
}

func (b *builder) whatIf(sessions []*fee.Verdict) {
	judged, verdicts := b.known.Together()
	actions := liaison.WhatIf(judged, b.rules, verdicts, sessions)
	c := &charts.Chart{Kind: charts.Rows, Title: "ひとつの手で指導料2になったはずの件数", Unit: "件", Axis: "手", Empty: "ひとつの手で指導料2になる共同指導はありません"}
	row := charts.Series{Fill: charts.Faint}
	for i, a := range actions {
		c.Categories = append(c.Categories, a.Words(b.f))
		row.Data = append(row.Data, charts.Datum{
			Value: float64(len(a.Turned)), Text: fmt.Sprintf("%d件　+%s円", len(a.Turned), ui.Thousands(a.Yen())),
			Detail: a.Detail(b.f), Key: b.leadSessions(fmt.Sprintf("act:%d", i), a.Words(b.f), a.Turned),
		})
	}
	c.Series = []charts.Series{row}
	b.add(Block{Chart: c, Note: "その手を打ったと記録して判定し直し、指導料2に変わった件数です（額の大きい順）。それぞれ別に試しています。足し合わせることはできません。会議は連絡先も共有した多職種連携会議、5人までです。"})
}
