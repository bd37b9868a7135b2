package coverage

import (
	"fmt"
	"slices"

	"renkei/models"
	"renkei/models/liaison"
	"renkei/views/charts"
	"renkei/views/page"
	"renkei/views/ui"
)

func (b *builder) kasan1() {
	m := liaison.Monitor(b.known.Whole, b.known.WholeVerdicts, b.scope.AsOf)
	b.partners25(m)
	b.yearly(m)
	b.history()
	b.wards()
	b.staffing()
}

func (b *builder) partners25(m liaison.Figures) {
	now, march := liaison.StandingNow(b.f, b.scope.AsOf), liaison.StandingByMarch(b.f, b.scope.AsOf)
	facts := []Fact{
		{Name: "連携機関", Value: fmt.Sprintf("%dか所", m.Partners), Key: b.lead("active", "連携機関", len(now.Partners), standingRows(now.Partners))},
		{Name: "うち面会が3回以上", Value: fmt.Sprintf("%dか所（25か所以上）", m.PartnersMet3), State: state(m.PartnersFulfilled), Key: b.leadMet(now, "連携機関", liaison.MinPartners, anyPartner)},
	}
	facts = append(facts, b.kinds(now, "")...)
	facts = append(facts,
		Fact{Name: "　うち特別の関係", Value: fmt.Sprintf("%dか所（内数）", now.Special), Key: b.leadMet(now, "特別の関係の連携機関", 0, func(p *models.Partner) bool { return p.SpecialRelation.Is() })},
		Fact{Name: march.End.String() + "までに", Value: march.Words(), State: state(march.Fulfilled()), Key: b.leadLacking(march)})
	facts = append(facts, b.kinds(march, "（今年度）")...)
	b.add(Block{Title: "25機関 × 年3回の面会", Facts: facts, Chart: &charts.Chart{
		Kind: charts.Gauge, Title: "面会が3回以上の連携機関", Unit: "か所", Axis: "数え方", Categories: []string{"過去1年", "今年度のこれまで"},
		Series: []charts.Series{{Name: "連携機関", Data: []charts.Datum{b.metDatum(now), b.metDatum(march)}}},
		Marks:  []charts.Mark{{Name: "25か所", Value: liaison.MinPartners}},
	}, Note: fmt.Sprintf("過去1年は %s〜%s。面会は、部門の担当者か病棟専任者が対面又はビデオ通話で会った日を1回とします（会議・研修は数えません）。%s の時点では、年度の面会がそのまま過去1年になります。病棟・地域・期間の選択によりません。", now.Period.From, now.Period.To, march.End)})
	b.lacking(march)
}

func anyPartner(*models.Partner) bool { return true }

// kinds returns a fact for each kind required among the 25.
func (b *builder) kinds(s liaison.Partners25, when string) []Fact {
	var facts []Fact
	if s.Asked.Medical {
		facts = append(facts, Fact{Name: "　うち医療機関" + when, Value: fmt.Sprintf("%dか所（%dか所以上）", s.Medical, liaison.MinMedical), State: state(s.Medical >= liaison.MinMedical), Key: b.leadMet(s, "医療機関", liaison.MinMedical, liaison.Medical)})
	}
	if s.Asked.Care {
		facts = append(facts, Fact{Name: "　うち介護・障害" + when, Value: fmt.Sprintf("%dか所（%dか所以上）", s.Care, liaison.MinCare), State: state(s.Care >= liaison.MinCare), Key: b.leadMet(s, "介護・障害の事業所", liaison.MinCare, func(p *models.Partner) bool { return p.Kind.CareProvider() })})
	}
	return facts
}

// leadMet opens the institutions of a kind with three 面会. If they are fewer than
// the minimum, it lists those that still lack some first.
func (b *builder) leadMet(s liaison.Partners25, name string, minimum int, kind func(*models.Partner) bool) string {
	of := func(list []liaison.PartnerStanding) []liaison.PartnerStanding {
		return slices.DeleteFunc(slices.Clone(list), func(p liaison.PartnerStanding) bool { return !kind(p.Partner) })
	}
	met, lacking := of(s.Partners[:s.Met]), of(s.Lacking())
	when := s.Period.From.String() + "〜" + s.Period.To.String()
	key, title := "met:"+when+name, when+" 面会が3回以上の"+name
	if len(met) >= minimum || len(lacking) == 0 {
		return b.lead(key, title, len(met), standingRows(met))
	}
	return b.leadAs(key, fmt.Sprintf("%s　%dか所と、足りない%dか所（先に並べています）", title, len(met), len(lacking)), standingRows(slices.Concat(lacking, met)))
}

func standingRow(p liaison.PartnerStanding) Row {
	row := Row{ID: "p" + p.Partner.Code, Who: p.Partner.Name, What: string(p.Partner.Kind), State: fmt.Sprintf("面会 %d回", len(p.Days)), To: page.To("連携先", p.Partner.Code)}
	if n := len(p.Days); n > 0 {
		row.On = p.Days[n-1]
	}
	if p.Short > 0 {
		row.State += fmt.Sprintf("　あと%d回", p.Short)
	}
	if p.StartBy != 0 {
		row.State += "　遅くとも " + p.By()
	}
	for i, on := range p.Days {
		if i == daysShown {
			row.State += "　ほか"
			break
		}
		row.State += "　" + on.String()
	}
	return row
}

// daysShown is how many days of 面会 a row lists.
const daysShown = 4

func standingRows(list []liaison.PartnerStanding) func() []Row {
	return func() []Row {
		rows := make([]Row, len(list))
		for i, p := range list {
			rows[i] = standingRow(p)
		}
		return rows
	}
}

func (b *builder) metDatum(s liaison.Partners25) charts.Datum {
	return count(s.Met, b.leadMet(s, "連携機関", liaison.MinPartners, anyPartner))
}

func (b *builder) leadLacking(s liaison.Partners25) string {
	return b.lead("lacking", liaison.FiscalName+"の面会が3回に足りない連携機関（近い順）", len(s.Lacking()), standingRows(s.Lacking()))
}

// nothingLacks says why no institution lacks a 面会.
func nothingLacks(s liaison.Partners25) string {
	if len(s.Partners) == 0 {
		return "連携機関の登録がありません。連携先に協議日を登録すると、ここで数えます"
	}
	return "足りない連携機関はありません"
}

// lacking shows the institutions nearest to the third 面会.
func (b *builder) lacking(s liaison.Partners25) {
	list := s.Lacking()
	met, short := charts.Series{Name: "今年度の回数"}, charts.Series{Name: "足りない回数", Fill: charts.Blank}
	c := &charts.Chart{Kind: charts.Rows, Title: "3回に足りない連携機関（今年度、近い順）", Unit: "回", Axis: "連携機関", Stacked: true, EndsTitle: "遅くとも", Most: liaison.MinMenkai, Empty: nothingLacks(s)}
	records := liaison.Menkai(b.f, s.Period)
	for _, p := range list[:min(top, len(list))] {
		c.Categories = append(c.Categories, p.Partner.Name)
		c.Ends = append(c.Ends, fmt.Sprintf("あと%d回　%s", p.Short, p.By()))
		words := fmt.Sprintf("%s　%d回　あと%d回　遅くとも %s", p.Partner.Name, len(p.Days), p.Short, p.By())
		met.Data = append(met.Data, charts.Datum{Value: float64(len(p.Days)), Detail: words, Key: b.leadMenkai(p.Partner, records[p.Partner.Code])})
		short.Data = append(short.Data, charts.Datum{Value: float64(p.Short), Detail: words, Key: b.leadTo(page.To("連携先", p.Partner.Code))})
	}
	c.Series = []charts.Series{met, short}
	note := fmt.Sprintf("「遅くとも」は、%sまでに平日1日1回ずつ会うときの最後の始めの日です（土日・祝日を除く）。", s.End)
	if more := len(list) - top; more > 0 {
		note = fmt.Sprintf("近い順に%dか所まで（ほか%dか所は、上の「あと」から）。", top, more) + note
	}
	b.add(Block{Chart: c, Note: note})
}

// leadMenkai opens the records of meeting an institution. Several on one day are
// one 面会.
func (b *builder) leadMenkai(p *models.Partner, records []liaison.MenkaiRecord) string {
	return b.lead("menkai:"+p.Code, p.Name+" 面会の記録（同じ日は1回）", len(records), func() []Row {
		rows := make([]Row, len(records))
		for i, r := range records {
			if r.Contact != nil {
				rows[i] = b.contactRow(r.Contact)
			} else {
				rows[i] = sessionRow(b.verdict(r.Session.Number))
			}
		}
		return rows
	})
}

func (b *builder) yearly(m liaison.Figures) {
	asked := float64(m.ThresholdHundredths) / 100
	done := m.FeeCountConfirmed + m.A307ConsultCount
	o := liaison.Forecast(b.known.Whole, b.known.WholeVerdicts, b.scope.AsOf)
	rolling, fiscal := liaison.YearCounts(b.known.Whole, b.known.WholeVerdicts, b.scope.AsOf)
	period := liaison.Period(b.scope.AsOf, b.f.Params)
	counted, judged := liaison.CountedSessions(b.known.WholeVerdicts)
	confirmed, projected := b.leadCounted("claims", period, counted), b.leadCounted("billable", period, judged)
	b.add(Block{Title: "年間の算定回数の基準", Facts: []Fact{
		{Name: "実績 ①＋②（算定済み）", Value: fmt.Sprintf("%d回", done), State: state(m.Fulfilled), Key: confirmed},
		{Name: "基準（これを上回ること）", Value: liaison.Hundredths(m.ThresholdHundredths) + "回", Key: b.leadTo(page.To("病棟", ""))},
		{Name: "必要残数", Value: fmt.Sprintf("%d回", m.Remaining)},
		{Name: "直近12か月で数えると", Value: yearWords(rolling), State: state(100*rolling.Confirmed > m.ThresholdHundredths), Key: b.leadCounted("rolling", rolling.Period, counted)},
		{Name: "年度の初めから数えると", Value: yearWords(fiscal), State: state(100*fiscal.Confirmed > m.ThresholdHundredths), Key: b.leadCounted("fiscal", fiscal.Period, counted)},
		{Name: "見通し（算定済みのペース）", Value: o.Confirmed.Words()},
		{Name: "見通し（見込のペース）", Value: o.Projected.Words()},
		{Name: "取下げが必要な算定", Value: fmt.Sprintf("%d件", m.ClaimsToWithdraw), Key: b.leadToWithdraw(period)},
	}, Chart: &charts.Chart{
		Kind: charts.Gauge, Title: "過去1年の介護支援等連携指導料", Unit: "回", Axis: "数え方", Categories: []string{"算定済み", "見込"},
		Series: []charts.Series{{Name: "①＋②", Data: []charts.Datum{count(done, confirmed), count(m.FeeCountProjected+m.A307ConsultCount, projected)}}},
		Marks:  []charts.Mark{{Name: "基準 " + liaison.Hundredths(m.ThresholdHundredths), Value: asked}},
	}, Note: fmt.Sprintf("過去1年の数え方は設定により、集計期間は %s〜%s です。算定済みは算定の記録があり算定不可でないもの、見込は判定が算定できるもの。②はA307患者の相談支援専門員との連携 %d回（設定）。",
		period.From, period.To, m.A307ConsultCount)})
}

func yearWords(y liaison.YearCount) string {
	return fmt.Sprintf("算定済み %d回 ・ 見込 %d回（%s から）", y.Confirmed, y.Projected, y.Period.From)
}

// leadCounted opens the sessions that count as 実績① of a period.
func (b *builder) leadCounted(key string, period models.Period, of []liaison.CountedSession) string {
	var numbers []string
	for _, s := range of {
		if period.Covers(s.On) {
			numbers = append(numbers, s.Number)
		}
	}
	consults := b.f.Params.A307ConsultCount
	if len(numbers)+consults == 0 {
		return ""
	}
	title := fmt.Sprintf("%s〜%s の実績①＋②　%s回", period.From, period.To, ui.Thousands(len(numbers)+consults))
	if consults > 0 {
		title += fmt.Sprintf("（①の共同指導 %s件と、②の設定 %s回）", ui.Thousands(len(numbers)), ui.Thousands(consults))
	}
	return b.leadAs(key, title, func() []Row {
		rows := b.sessionRows(numbers)
		if consults > 0 {
			rows = append(rows, Row{ID: "a307", Who: fmt.Sprintf("②　%s回", ui.Thousands(consults)), What: "設定「A307患者の相談支援専門員との連携回数」",
				State: "台帳に1件ずつの記録はなく、設定に入力した回数です", To: page.To("設定", "a307_consult_count")})
		}
		return rows
	})
}

func (b *builder) leadToWithdraw(period models.Period) string {
	var numbers []string
	for i := range b.verdicts {
		if v := &b.verdicts[i]; period.Covers(v.Session.On) && liaison.ToWithdraw(v) {
			numbers = append(numbers, v.Session.Number)
		}
	}
	return b.leadSessions("withdraw", "取下げが必要な算定", numbers)
}

// history shows the count against the 基準 at the end of the last months, and the
// forecast for the next twelve.
func (b *builder) history() {
	line := liaison.CountLine(b.known.Whole, b.known.WholeVerdicts, b.first, b.scope.AsOf, liaison.LineMonths)
	counted, _ := liaison.CountedSessions(b.known.WholeVerdicts)
	done, asked := charts.Series{Name: "実績 ①＋②（算定済み）"}, charts.Series{Name: "基準", Fill: charts.Blank, Color: ui.Bad}
	ahead := []charts.Series{{Name: "見通し（算定済みのペース）", Fill: charts.Hatched}, {Name: "見通し（見込のペース）", Fill: charts.Dotted, Color: ui.QuietInk}}
	months := make([]models.Month, len(line))
	for i, p := range line {
		months[i] = p.On.Month()
		need := liaison.Hundredths(p.Threshold) + "回"
		asked.Data = append(asked.Data, charts.Datum{Value: float64(p.Threshold) / 100, Text: need, Key: b.leadTo(page.To("病棟", ""))})
		recorded := charts.Datum{Value: float64(p.Confirmed), Missing: p.Ahead || p.Before, Detail: fmt.Sprintf("%s 時点　実績 %d回　基準 %s", p.On, p.Confirmed, need)}
		if !recorded.Missing {
			recorded.Key = b.leadCounted("claims:"+p.On.String(), liaison.Period(p.On, b.f.Params), counted)
		}
		done.Data = append(done.Data, recorded)
		// The forecast begins at the day looked at.
		begun := p.Ahead || p.On == b.scope.AsOf
		for k, n := range []int{p.Confirmed, p.Projected} {
			ahead[k].Data = append(ahead[k].Data, charts.Datum{Value: float64(n), Missing: !begun, Detail: fmt.Sprintf("%s　%s %d回　基準 %s", p.On, ahead[k].Name, n, need)})
		}
	}
	pace := liaison.Forecast(b.known.Whole, b.known.WholeVerdicts, b.scope.AsOf)
	b.add(Block{Chart: &charts.Chart{Kind: charts.Lines, Title: "過去1年の算定回数と基準の推移、見通し", Unit: "回", Axis: "時点", Categories: monthLabels(months), Series: slices.Concat([]charts.Series{done}, ahead, []charts.Series{asked})},
		Note: fmt.Sprintf("各月の末日（今月は基準日）の時点で、今の記録から数え直したものです。その時点で届け出た数とは違うことがあります。②は今の設定の値です。見通しの前提: %s からの%d日間（算定済み %d回・見込 %d回）と同じ割合で算定が続き、1年を過ぎた算定は外れ、基準はその日の届出・経過措置によるとして、1年先まで見ました。約束ではありません。",
			models.LastMonths(b.scope.AsOf, liaison.PaceMonths).From, pace.Confirmed.Days, pace.Confirmed.Recent, pace.Projected.Recent)})
}

func (b *builder) wards() {
	c := &charts.Chart{Kind: charts.Rows, Title: "基準への算入（病棟別）", Unit: "", Axis: "病棟", Empty: "この日に有効な病棟の登録がありません"}
	row := charts.Series{Name: "病床数 × 係数", Fill: charts.Faint}
	for _, s := range liaison.WardShares(b.f, b.scope.AsOf) {
		c.Categories = append(c.Categories, s.Ward.Name)
		words := fmt.Sprintf("%s　%d床 × %s = %s　%s", s.Ward.Name, s.Ward.Beds, liaison.Hundredths(s.PerBed), liaison.Hundredths(s.Hundredths()), s.Why)
		row.Data = append(row.Data, charts.Datum{Value: float64(s.Hundredths()) / 100, Text: liaison.Hundredths(s.Hundredths()) + "　" + string(s.Why), Detail: words, Key: b.leadTo(page.To("病棟", ""))})
	}
	c.Series = []charts.Series{row}
	words := "経過措置（地域包括ケア病床の除外）は適用していません。"
	if b.f.Params.ChiikiCareExempt {
		words = fmt.Sprintf("経過措置（地域包括ケア病床の除外）を %s まで適用しています。", liaison.ChiikiExemptUntil)
	}
	b.add(Block{Chart: c, Note: "係数: 区分イ・ロ 0.15、ハ 0.10、A307 0.05。B005-1-2を包括する病棟は入りません（A307を除く）。" + words})
}

func (b *builder) staffing() {
	s := liaison.StaffingOn(b.f, b.scope.AsOf)
	names := func(rows []models.Staff) string {
		words := fmt.Sprintf("%d名", len(rows))
		for i, r := range rows {
			if i == 4 {
				return words + fmt.Sprintf("　ほか%d名", len(rows)-i)
			}
			words += "　" + r.Name + "（" + string(r.Job) + "）"
		}
		return words
	}
	b.add(Block{Title: "人の配置（登録から）", Facts: []Fact{
		{Name: "部門の専従", Value: names(s.FullTime), Key: b.leadTo(page.To("職員", ""))}, {Name: "部門の専任", Value: names(s.Dedicated), Key: b.leadTo(page.To("職員", ""))}, {Name: "病棟専任", Value: names(s.Wards), Key: b.leadTo(page.To("職員", ""))},
		{Name: "専従＋もう一方の専任", Value: "看護師と社会福祉士", State: state(s.Paired)},
	}, Note: "看護師・社会福祉士の一方が専従、もう一方が専従か専任として登録されているかだけを見ます。経験年数・勤務時間・担当病棟は登録にないため、様式で確かめてください。"})
	var facts []Fact
	for _, e := range liaison.Expiries(b.f, b.scope.AsOf) {
		facts = append(facts, Fact{Name: e.On.String() + " まで", Value: e.What + "　" + e.Name, Key: b.leadExpiry(e)})
	}
	if len(facts) == 0 {
		facts = []Fact{{Name: "なし", Value: "1年のうちに終わる届出・配置の登録も、3か月のうちに外れる連携機関もありません"}}
	}
	b.add(Block{Title: "次に終わるもの（1年以内）", Facts: facts, Note: expiryNote})
}

// expiryNote explains what ends.
var expiryNote = fmt.Sprintf("終了日が登録されている加算1の届出・病棟・部門の職員、経過措置と、このまま面会がないときに年3回に足りなくなる連携機関（%dか月以内）、それにより要件を満たさなくなる日です。日付は、続く最後の日です。", liaison.LapseMonths)

// toKasan1 opens the section of the 施設基準.
var toKasan1 = page.ToSection(ID, "kasan1", "")

// leadExpiry opens the record that ends. For a requirement it opens its
// institutions.
func (b *builder) leadExpiry(e liaison.Expiry) string {
	switch {
	case e.Key != "":
		return b.leadTo(page.To("連携先", e.Key))
	case e.Of == "":
		return b.leadTo(toKasan1)
	}
	return b.leadTo(page.To(e.Of, ""))
}
