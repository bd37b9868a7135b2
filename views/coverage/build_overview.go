package coverage

import (
	"fmt"

	"renkei/models"
	"renkei/models/fee"
	"renkei/models/liaison"
	"renkei/views/ui"
)

// overview answers the three questions of a manager. Each figure is the same as
// in its own section.
func (b *builder) overview() {
	b.standard()
	b.thin()
	b.lost()
}

// standard says whether the 施設基準 will be met.
func (b *builder) standard() {
	asOf := b.scope.AsOf
	m, march := liaison.Monitor(b.known.Whole, b.known.WholeVerdicts, asOf), liaison.StandingByMarch(b.f, asOf)
	now := liaison.StandingNow(b.f, asOf)
	counted, _ := liaison.CountedSessions(b.known.WholeVerdicts)
	facts := []Fact{
		{Name: "25機関 × 年3回", Value: now.Words(), State: state(m.PartnersFulfilled), Key: b.leadMet(now, "連携機関", liaison.MinPartners, anyPartner)},
		{Name: march.End.String() + "までに", Value: march.Words(), State: state(march.Fulfilled()), Key: b.leadLacking(march)},
		{Name: "年間の算定回数", Value: fmt.Sprintf("%d回（基準 %s）", m.FeeCountConfirmed+m.A307ConsultCount, liaison.Hundredths(m.ThresholdHundredths)), State: state(m.Fulfilled),
			Key: b.leadCounted("claims", liaison.Period(asOf, b.f.Params), counted)},
		{Name: "見通し（算定済みのペース）", Value: liaison.Forecast(b.known.Whole, b.known.WholeVerdicts, asOf).Confirmed.Words(), Key: b.leadTo(toKasan1)},
	}
	if ends := liaison.Expiries(b.f, asOf); len(ends) > 0 {
		facts = append(facts, Fact{Name: "次に終わるもの", Value: expiryWords(ends), Key: b.leadTo(toKasan1)})
	}
	b.add(Block{Title: "施設基準は満たせるか（入退院支援加算1）", Facts: facts,
		Note: "期間・病棟・地域の選択によりません。見通しの前提とくわしい数え方は「加算1・25機関」にあります。"})
}

// expiryWords names what ends first.
func expiryWords(ends []liaison.Expiry) string {
	words := ends[0].On.String() + " まで　" + ends[0].What + "　" + ends[0].Name
	if more := len(ends) - 1; more > 0 {
		words += fmt.Sprintf("　ほか%d件", more)
	}
	return words
}

// thin says where liaison is thin.
func (b *builder) thin() {
	year := b.scope
	year.Period = models.LastMonths(b.scope.AsOf, 12)
	list := liaison.Activities(b.f, year)
	unready, cold := liaison.UnreadyCareManagers(b.f, b.rules, b.scope), liaison.ColdOnes(liaison.Busiest(list))
	people := liaison.ByCareManager(unready)
	quiet, lost := liaison.NotContacted(list, b.scope.AsOf, liaison.QuietDays), liaison.Turnovers(b.f, year).Lost
	b.add(Block{Title: "連携の薄いところ", Facts: []Fact{
		{Name: "平時の連携がない担当CM", Value: fmt.Sprintf("%d名（入院中の患者 %d人）", len(people), len(unready)), Key: b.leadUnready(people)},
		{Name: "入院の割にやり取りが少ない", Value: places(cold), Key: b.leadCold(cold)},
		{Name: fmt.Sprintf("%d日以上やり取りがない", liaison.QuietDays), Value: places(quiet), Key: b.leadQuiet(quiet)},
		{Name: "1年のあいだに途切れた", Value: places(lost), Key: b.leadPartners("lost", "途切れた連携先", lost)},
	}, Note: "期間によらず、直近12か月です。病棟の選択は担当CMだけを絞ります。くわしくは「連携先の広がり」にあります。"})
}

// places says how many partners there are and names the first.
func places(list []liaison.Activity) string {
	words := fmt.Sprintf("%dか所", len(list))
	for i, a := range list {
		if i == 2 {
			return words + "　ほか"
		}
		words += "　" + a.Partner.Name
	}
	return words
}

// lost says how much 指導料2 was lost in the period, and why.
func (b *builder) lost() {
	judged, verdicts := b.known.Together()
	sessions := b.scope.Sessions(verdicts)
	w := liaison.Fee2Waterfall(judged, b.rules, verdicts, sessions)
	tenths, ok := liaison.RateOf(len(w.Fee2), w.All)
	facts := []Fact{
		{Name: "指導料2率", Value: fmt.Sprintf("%s（%s ÷ %s件）", percent(tenths, ok), ui.Thousands(len(w.Fee2)), ui.Thousands(w.All)), Key: b.leadSessions("fee2", string(fee.Fee2), w.Fee2)},
		{Name: "失った額（見積り）", Value: ui.Thousands(w.Yen()) + "円", Key: b.leadLost(w)},
	}
	if dearest := w.Dearest(); len(dearest) > 0 {
		step := dearest[0]
		facts = append(facts, Fact{Name: "いちばん大きい理由", Value: fmt.Sprintf("%s　%s件　%s円", step.Name, ui.Thousands(len(step.Numbers)), ui.Thousands(step.Yen())), Key: b.leadLoss(step)})
	}
	if actions := liaison.WhatIf(judged, b.rules, verdicts, sessions); len(actions) > 0 {
		a := actions[0]
		facts = append(facts, Fact{Name: "いちばん効いたはずの手", Value: fmt.Sprintf("%s　%s件　+%s円", a.Words(b.f), ui.Thousands(len(a.Turned)), ui.Thousands(a.Yen())), Key: b.leadSessions("act:0", a.Words(b.f), a.Turned)})
	}
	b.add(Block{Title: "失っている指導料2", Facts: facts, Note: "選んだ期間・病棟・地域の、令和8年6月以降の共同指導です。くわしくは「指導料2」にあります。"})
}
