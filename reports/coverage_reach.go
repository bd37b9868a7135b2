package reports

import (
	"cmp"
	"fmt"
	"slices"

	"renkei/models"
	"renkei/models/fee"
	"renkei/models/liaison"
)

func (c coverage) addAreas(b *book) {
	s := c.begin(b, "地域と種別", page{landscape: true, minFont: 10, indent: true}, reachArea, "連携先の地域と種別　"+c.when,
		fmt.Sprintf("対象: %s %s に連携を終えていない連携先　地域は住所の市区町村　並び: 連携先の多い順", c.day(), c.AsOf))
	cols := []column[liaison.AreaRow]{{head: "市区町村", width: flex(24), value: func(a liaison.AreaRow) any { return a.Area }}}
	for _, group := range liaison.KindGroups {
		cols = append(cols, figure(string(group), func(a liaison.AreaRow) any { return len(a.Partners[group]) }))
	}
	cols = append(cols,
		figure("連携先\n計", func(a liaison.AreaRow) any { return a.Total }),
		figure("うち\n連携機関", func(a liaison.AreaRow) any { return a.Active }),
		figure("期間の\n入院", func(a liaison.AreaRow) any { return a.Admissions }),
		figure("やり\n取り", func(a liaison.AreaRow) any { return a.Contacts }),
		figure("共同\n指導", func(a liaison.AreaRow) any { return a.Sessions }),
		rareColumn(liaison.AreaRow.Cold))
	sum := liaison.AreaRow{Partners: map[liaison.KindGroup][]string{}}
	for _, a := range c.areas {
		for group, codes := range a.Partners {
			sum.Partners[group] = append(sum.Partners[group], codes...)
		}
		sum.Total, sum.Active = sum.Total+a.Total, sum.Active+a.Active
		sum.Admissions, sum.Contacts, sum.Sessions = sum.Admissions+a.Admissions, sum.Contacts+a.Contacts, sum.Sessions+a.Sessions
	}
	s.table(withTotal(cols, c.areas, sum).asList(1))
	s.note("居宅は居宅介護支援、包括・予防は地域包括支援センター・介護予防支援、相談支援は計画相談支援・障害児相談支援、施設は特養・老健・介護医療院・特定施設・グループホーム・小規模多機能・看護小規模多機能です。" +
		"入院は、担当CMの入院日の所属先で数えます。" +
		fmt.Sprintf("△ は、入院が%d件以上で、やり取りと共同指導の合計が入院より少ない市区町村です。病棟の絞り込みによりません。", liaison.BusyAdmissions))
}

// addBusiest lists the partners with the dealings of a year.
func (c coverage) addBusiest(b *book) {
	list := liaison.Busiest(c.year)
	s := c.begin(b, "連携先との行き来", page{landscape: true, minFont: 10, indent: true}, reachArea, "連携先との行き来　"+periodWords(c.lastYear().Period),
		fmt.Sprintf("対象: 直近12か月に入院・やり取り・共同指導のあった連携先　%dか所　△ %dか所　並び: 入院の多い順", len(list), len(liaison.ColdOnes(list))))
	s.table(tabulate([]column[liaison.Activity]{
		{head: "コード", width: fit(6, 8), format: formatID, value: func(a liaison.Activity) any { return a.Partner.Code }},
		{head: "連携先", width: flex(26), value: func(a liaison.Activity) any { return a.Partner.Name }},
		{head: "種別", width: fit(8, 21), value: func(a liaison.Activity) any { return string(a.Partner.Kind) }},
		{head: "市区町村", width: fit(8, 14), value: func(a liaison.Activity) any { return cmp.Or(a.Area, liaison.NoArea) }},
		figure("入院", func(a liaison.Activity) any { return a.Admissions }),
		figure("やり\n取り", func(a liaison.Activity) any { return a.Contacts }),
		figure("共同\n指導", func(a liaison.Activity) any { return a.Sessions }),
		{head: "最後の日", format: formatDate, value: func(a liaison.Activity) any { return a.LastOn }},
		{head: "日数", width: fit(5, 5), format: formatNumber, value: c.silentDays},
		rareColumn(liaison.Activity.Cold),
	}, list).asList(2))
	s.note(fmt.Sprintf("△ は、直近12か月の入院が%d件以上で、やり取りと共同指導の合計が入院より少ない連携先です。入院は、担当CMの入院日の所属先で数えます。最後の日は最後のやり取り又は共同指導、日数はその日から%sまでです。%sに連携を終えていない連携先です。期間と、病棟の絞り込みによりません。",
		liaison.BusyAdmissions, c.day(), c.day()))
}

// rareColumn marks the rows that are busy but rarely contacted.
func rareColumn[T any](cold func(T) bool) column[T] {
	return column[T]{head: "少ない", width: fit(6, 6), format: formatMark, tone: func(T) tone { return toneAction }, value: func(row T) any {
		if cold(row) {
			return "△"
		}
		return ""
	}}
}

// silentDays returns the days since the latest やり取り or 共同指導, or the
// word for none.
func (c coverage) silentDays(a liaison.Activity) any {
	if days, ever := a.Silent(c.AsOf); ever {
		return days
	}
	return "なし"
}

// addSilence shows the partners that fell silent, were gained or lost.
func (c coverage) addSilence(b *book) {
	quiet := liaison.NotContacted(c.activities, c.AsOf, liaison.QuietDays)
	s := c.begin(b, "途絶え・新しい連携先", page{minFont: 9, indent: true}, reachArea, "連絡の途絶えている連携先・新しい連携先　"+c.when,
		fmt.Sprintf("日数は%s %s までのもの", c.day(), c.AsOf))
	s.heading("最後のやり取りからの日数（連携機関）")
	s.table(tabulate([]column[liaison.Silence]{
		{head: "日数", span: 2, value: func(l liaison.Silence) any { return l.Words }},
		{head: "連携機関", format: formatNumber, value: func(l liaison.Silence) any { return len(l.Partners) }},
	}, liaison.Silences(c.activities, c.AsOf)))
	s.note("連携機関を、最後のやり取り又は共同指導からの日数で分けました。期間と、病棟の絞り込みによりません。")
	s.heading("期間に増えた・減った連携先")
	turnover := liaison.Turnovers(c.Facts, c.scope)
	s.table(tabulate([]column[keyFigure]{
		{head: "区分", span: 2, value: func(k keyFigure) any { return k.name }},
		{head: "連携先", format: formatNumber, value: func(k keyFigure) any { return k.value }},
		{head: "数え方", span: 3, value: func(k keyFigure) any { return k.words }},
	}, []keyFigure{
		{wordNew, len(turnover.New), "最初のやり取り・共同指導が期間にあるもの"},
		{wordLost, len(turnover.Lost), "期間の前の1年にやり取り・共同指導があり、その後ないもの"},
		{wordEnded, len(turnover.Ended), "連携終了日が期間にあるもの"},
	}))
	s.table(tabulate(cameColumns(), turned(turnover)))
	s.heading(fmt.Sprintf("%d日以上やり取りのない連携機関　%dか所（記録のないものを含む）", liaison.QuietDays, len(quiet)))
	s.table(tabulate(append(partnerColumns(func(a liaison.Activity) *models.Partner { return a.Partner }),
		column[liaison.Activity]{head: "最後の日", format: formatDate, value: func(a liaison.Activity) any { return dateOr(a.LastOn, "なし") }},
		column[liaison.Activity]{head: "日数", width: fit(6, 6), format: formatNumber, value: c.silentDays}), quiet))
	s.note("並び: 長い順。期間と、病棟の絞り込みによりません。")
}

// What happened to a partner.
const (
	wordNew   = "新しい"
	wordLost  = "途切れた"
	wordEnded = "連携終了"
)

// came is a partner gained or lost, and the day.
type came struct {
	word    string
	partner *models.Partner
	on      models.Date
}

func turned(t liaison.Turnover) []came {
	var list []came
	for _, a := range t.New {
		list = append(list, came{wordNew, a.Partner, a.FirstOn})
	}
	for _, a := range t.Lost {
		list = append(list, came{wordLost, a.Partner, a.LastOn})
	}
	for _, p := range t.Ended {
		list = append(list, came{wordEnded, p, p.EndedOn})
	}
	return list
}

// partnerColumns name a partner.
func partnerColumns[T any](of func(T) *models.Partner) []column[T] {
	return []column[T]{
		{head: "コード", width: fit(6, 8), format: formatID, value: func(row T) any { return of(row).Code }},
		{head: "連携先", width: flex(30), value: func(row T) any { return of(row).Name }},
		{head: "種別", width: fit(10, 20), value: func(row T) any { return string(of(row).Kind) }},
		{head: "市区町村", width: fit(10, 16), value: func(row T) any { return cmp.Or(models.AreaOf(of(row).Address), liaison.NoArea) }},
	}
}

func cameColumns() []column[came] {
	return append(partnerColumns(func(l came) *models.Partner { return l.partner }),
		column[came]{head: "区分", width: fit(10, 10), format: formatMark, value: func(l came) any { return l.word }},
		column[came]{head: "日", format: formatDate, value: func(l came) any { return l.on }})
}

// addUnready lists the care managers of patients in hospital who have no 平時の連携.
func (c coverage) addUnready(b *book) {
	people := liaison.ByCareManager(c.unready)
	s := c.begin(b, "平時の連携がない担当CM", page{minFont: 9, indent: true}, reachAll, "平時の連携がない担当CM　"+c.asOfWords(),
		fmt.Sprintf("対象: 入院中の患者の担当CM　%d名（入院中の患者 %d人）　並び: CMコードの順", len(people), len(c.unready)))
	s.table(tabulate([]column[[]liaison.Unready]{
		{head: "CM\nコード", width: fit(6, 8), format: formatID, value: func(of []liaison.Unready) any { return of[0].CareManager.Code }},
		{head: "担当CM", width: fit(14, 20), value: func(of []liaison.Unready) any { return of[0].CareManager.Name }},
		{head: "所属", width: fit(20, 34), value: func(of []liaison.Unready) any {
			if office := of[0].Office; office != nil {
				return office.Name
			}
			return "（所属の登録なし）"
		}},
		{head: "入院中の\n患者（人）", width: fit(8, 8), format: formatNumber, value: func(of []liaison.Unready) any { return len(of) }},
		{head: "足りないもの", width: flex(30), value: missingOf},
	}, people).asList(2))
	s.note("平時の連携は、" + fee.PeacetimeAsked + "を、設定の院内基準で、その患者の入院日から見たものです。期間によりません。")
}

// missingOf returns what the patients of a care manager lack, without repeats.
func missingOf(of []liaison.Unready) any {
	var said []string
	for _, u := range of {
		if words := u.Missing(); !slices.Contains(said, words) {
			said = append(said, words)
		}
	}
	return joinLines(said...)
}
