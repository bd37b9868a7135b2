package reports

import (
	"fmt"
	"slices"
	"strings"

	"renkei/models"
	"renkei/models/liaison"
)

// menkaiNeed is one requirement of 通知 第26の5の1(5) (K-05, K-06).
type menkaiNeed struct {
	name    string
	minimum int
	asked   bool
	is      func(*models.Partner) bool
}

func (m *menkai) needs() []menkaiNeed {
	asked := liaison.KindsAsked(m.Facts, m.AsOf)
	return []menkaiNeed{
		{"年3回以上の面会がある連携機関", liaison.MinPartners, true, func(*models.Partner) bool { return true }},
		{"うち 保険医療機関（病院・診療所）", liaison.MinMedical, asked.Medical,
			liaison.Medical},
		{"うち 介護・障害の事業者", liaison.MinCare, asked.Care, func(p *models.Partner) bool { return p.Kind.CareProvider() }},
	}
}

// in counts the institutions that meet the requirement with three 面会.
func (m *menkai) in(n menkaiNeed, y menkaiYear) (all, special int) {
	return m.tally(func(p *models.Partner) bool { return n.is(p) && y.met(p) })
}

func (m *menkai) addSummary(b *book) {
	s := b.addSheet("集計", page{landscape: true, minFont: 10, indent: true})
	s.title("連携機関 面会状況　集計", m.head(m.asOfWords()), m.conditions())
	s.heading("施設基準（入退院支援加算1 連携機関）")
	s.table(m.needTable())
	s.note("充足は、加算1の「過去1年」（" + m.judged.name + "　" + periodWords(m.judged.period) + "）でみます。保険医療機関は急性期系の病棟があるとき、" +
		"介護・障害の事業者は地域包括ケア（病棟・病室）があるときに求められ、求められないものは「―」です。保険医療機関には、特定機能病院・救命救急センター・A200届出の病院（高度急性期）を含めません。" +
		"介護・障害の事業者には、地域包括支援センターと介護予防支援を含めません。")
	s.note("うち特別の関係は、同じ法人などの機関の数です。除く定めはないため、実績に含めて数えています。")
	s.breakPage()
	s.heading("種別ごとの面会の状況（" + m.judged.name + "　" + periodWords(m.judged.period) + "）")
	s.table(m.kindTable())
	s.note(menkaiWords + "連携機関は、" + m.asOfWords() + "で協議日の登録があり、連携を終えていない機関です。前年度も同じ機関についてみています。")
}

func (m *menkai) needTable() *grid {
	cols := []column[menkaiNeed]{
		{head: "求められるもの", width: fit(22, 34), value: func(n menkaiNeed) any { return n.name }},
		{head: "基準", width: fit(8, 8), format: formatMark, value: func(n menkaiNeed) any { return fmt.Sprintf("%d以上", n.minimum) }},
	}
	for _, y := range m.years() {
		cols = append(cols,
			figure(y.name+"\n実績", func(n menkaiNeed) any { all, _ := m.in(n, y); return all }),
			figure("うち\n特別の関係", func(n menkaiNeed) any { _, special := m.in(n, y); return special }))
		if y.period == m.judged.period {
			cols = append(cols, figure("不足", func(n menkaiNeed) any { return m.short(n) }),
				column[menkaiNeed]{head: "充足", width: fit(6, 6), format: formatMark, value: func(n menkaiNeed) any { return m.fulfilled(n) },
					tone: func(n menkaiNeed) tone { return menkaiTone(m.short(n) == 0) }})
		}
	}
	needs := m.needs()
	g := tabulate(cols, needs)
	total := make([]any, len(cols))
	total[0], total[5] = "加算1 連携機関の要件", "○"
	if slices.ContainsFunc(needs, func(n menkaiNeed) bool { return m.short(n) > 0 }) {
		total[5] = "×"
	}
	g.addTotal(total...)
	return g
}

// short returns how many institutions the judged period lacks.
func (m *menkai) short(n menkaiNeed) int {
	if !n.asked {
		return 0
	}
	all, _ := m.in(n, m.judged)
	return max(0, n.minimum-all)
}

func (m *menkai) fulfilled(n menkaiNeed) string {
	switch {
	case !n.asked:
		return "―"
	case m.short(n) > 0:
		return "×"
	}
	return "○"
}

type menkaiKindLine struct {
	name     string
	group    string
	partners []*models.Partner
}

func (m *menkai) kindTable() *grid {
	group := func(k models.PartnerKind) string {
		switch {
		case k.Medical():
			return "医療機関"
		case k.CareProvider():
			return "介護・障害"
		}
		return "その他"
	}
	var lines []menkaiKindLine
	for _, p := range m.partners {
		if n := len(lines); n == 0 || lines[n-1].name != string(p.Kind) {
			lines = append(lines, menkaiKindLine{name: string(p.Kind), group: group(p.Kind)})
		}
		last := &lines[len(lines)-1]
		last.partners = append(last.partners, p)
	}
	times := func(at func(int) bool) func(menkaiKindLine) any {
		return func(l menkaiKindLine) any {
			return countPartners(l.partners, func(p *models.Partner) bool { return at(m.judged.count(p)) })
		}
	}
	special := func(is func(*models.Partner) bool) func(menkaiKindLine) any {
		return func(l menkaiKindLine) any {
			return countPartners(l.partners, func(p *models.Partner) bool { return p.SpecialRelation.Is() && is(p) })
		}
	}
	cols := []column[menkaiKindLine]{
		label("種別", func(l menkaiKindLine) any { return l.name }),
		{head: "区分", width: fit(10, 10), format: formatMark, value: func(l menkaiKindLine) any { return l.group }},
		figure("連携機関", func(l menkaiKindLine) any { return len(l.partners) }),
		figure("うち\n特別の関係", special(func(*models.Partner) bool { return true })),
		figure("3回以上", times(func(n int) bool { return n >= liaison.MinMenkai })),
		figure("うち\n特別の関係", special(m.judged.met)),
		figure("2回", times(func(n int) bool { return n == 2 })),
		figure("1回", times(func(n int) bool { return n == 1 })),
		figure("0回", times(func(n int) bool { return n == 0 })),
		figure("面会の\n回数", func(l menkaiKindLine) any { return m.visits(l.partners) }),
	}
	g := tabulate(cols, lines)
	sum := menkaiKindLine{partners: m.partners}
	total := []any{"計", ""}
	for _, c := range cols[2:] {
		total = append(total, c.value(sum))
	}
	g.addTotal(total...)
	return g
}

func (m *menkai) visits(partners []*models.Partner) int {
	n := 0
	for _, p := range partners {
		n += m.judged.count(p)
	}
	return n
}

func countPartners(partners []*models.Partner, is func(*models.Partner) bool) int {
	n := 0
	for _, p := range partners {
		if is(p) {
			n++
		}
	}
	return n
}

// addInstitutions writes one line per institution: the first three 面会 of the
// judged period and the last one.
func (m *menkai) addInstitutions(b *book) {
	numbers := make(map[string]int, len(m.partners))
	for i, p := range m.partners {
		numbers[p.Code] = i + 1
	}
	nth := func(n int) func(*models.Partner) any {
		return func(p *models.Partner) any {
			if days := m.judged.days[p.Code]; n > 0 && n <= len(days) {
				return days[n-1].on
			}
			return ""
		}
	}
	fine := func(p *models.Partner) tone { return menkaiTone(m.judged.met(p)) }
	met, special := m.tally(m.judged.met)
	s := b.addSheet("機関別", page{landscape: true, minFont: 9, indent: true})
	s.title("連携機関ごとの面会　"+m.judged.name+"（"+periodWords(m.judged.period)+"）", m.head(m.asOfWords()),
		fmt.Sprintf("対象: %sの連携機関　%s機関　うち年3回以上 %s機関（うち特別の関係 %s）　並び: 種別・コードの順",
			m.asOfWords(), thousands(len(m.partners)), thousands(met), thousands(special)))
	s.table(tabulate([]column[*models.Partner]{
		{head: "No", width: fit(3, 3), format: formatNumber, value: func(p *models.Partner) any { return numbers[p.Code] }},
		{head: "コード", width: fit(4, 8), format: formatID, value: func(p *models.Partner) any { return p.Code }},
		{head: "連携機関名", width: flex(28), value: func(p *models.Partner) any { return p.Name }},
		{head: "種別", width: fit(8, 20.2), value: func(p *models.Partner) any { return string(p.Kind) }},
		{head: "特別の\n関係", width: fit(4, 4), format: formatMark, value: func(p *models.Partner) any { return mark(p.SpecialRelation.Is()) }},
		{head: "協議日", format: formatDate, value: func(p *models.Partner) any { return p.ConsultedOn }},
		{head: "1回目", width: fit(11.5, 11.5), format: formatDate, value: nth(1)},
		{head: "2回目", width: fit(11.5, 11.5), format: formatDate, value: nth(2)},
		{head: "3回目", width: fit(11.5, 11.5), format: formatDate, value: nth(3)},
		{head: "最後の\n面会", width: fit(11.5, 11.5), format: formatDate,
			value: func(p *models.Partner) any { return nth(m.judged.count(p))(p) }},
		{head: "年間\n回数", width: fit(4, 4), format: formatNumber, value: func(p *models.Partner) any { return m.judged.count(p) }},
		{head: "3回\n充足", width: fit(8, 8), format: formatMark, value: func(p *models.Partner) any { return metWord(m.judged.count(p)) }, tone: fine},
	}, m.partners).asList(3))
	s.note(menkaiWords + "面会ごとの方法・担当者・目的は「" + m.judged.name + "」にあります。")
}

// addShortfall writes 不足一覧: the institutions missing for the 充足 of 集計. If the
// 過去1年 is not the fiscal year, 今年度の不足 shows what 31 March needs.
func (m *menkai) addShortfall(b *book) {
	march := liaison.StandingByMarch(m.Facts, m.AsOf)
	if m.judged.period == m.this.period {
		m.addLacking(b, "不足一覧", liaison.YearName(m.Facts.Params), march)
		return
	}
	m.addLacking(b, "不足一覧", liaison.YearName(m.Facts.Params), liaison.StandingNow(m.Facts, m.AsOf))
	m.addLacking(b, "今年度の不足", liaison.FiscalName, march)
}

// addLacking lists the institutions short of three 面会 in a period, fewest
// missing first.
func (m *menkai) addLacking(b *book, sheet, period string, standing liaison.Partners25) {
	list, missing := standing.Lacking(), 0
	for _, p := range list {
		missing += p.Short
	}
	ahead := standing.End > m.AsOf
	words := "集計の「充足」で足りないもの"
	if ahead {
		words = "期限 " + standing.End.String()
	}
	s := b.addSheet(sheet, page{landscape: true, minFont: 9, indent: true})
	s.title("面会が年3回に足りない連携機関　"+period+"（"+periodWords(standing.Period)+"）", m.head(m.asOfWords()),
		fmt.Sprintf("対象: %sの面会が3回に満たない連携機関　%s機関　足りない面会 計%s回　%s　並び: 足りない回数の少ない順",
			period, thousands(len(list)), thousands(missing), words))
	s.table(tabulate(m.lackingColumns(period, ahead), list).asList(2))
	note := "「この数の続く日」は、新しい面会がないとき、いまの回数のままでいられる最後の日です。その後はいちばん古い面会が1年の外に出ます。"
	if ahead {
		note = "期限は、その年度の3回目の面会をするべき日（3月31日）です。この日は、年度の面会がそのまま過去1年になります。「遅くとも」は、期限までに平日1日1回ずつ会うときの最後の始めの日です（土日・祝日を除く）。残りは " + m.asOfWords() + "から期限までの日数です。"
	}
	s.note(note + "担当者は、その機関に所属する介護支援専門員・相談支援専門員です。" + menkaiWords)
}

func (m *menkai) lackingColumns(period string, ahead bool) []column[liaison.PartnerStanding] {
	last := liaison.MenkaiDays(m.Facts, models.Period{From: models.MinDate, To: m.AsOf})
	nth := func(days func(liaison.PartnerStanding) []models.Date, n int) func(liaison.PartnerStanding) any {
		return func(p liaison.PartnerStanding) any {
			if list := days(p); n > 0 && n <= len(list) {
				return list[n-1]
			}
			return ""
		}
	}
	own := func(p liaison.PartnerStanding) []models.Date { return p.Days }
	cols := []column[liaison.PartnerStanding]{
		{head: "コード", width: fit(4, 8), format: formatID, value: func(p liaison.PartnerStanding) any { return p.Partner.Code }},
		{head: "連携機関名", width: flex(24), value: func(p liaison.PartnerStanding) any { return p.Partner.Name }},
		{head: "種別", width: fit(8, 18.2), value: func(p liaison.PartnerStanding) any { return string(p.Partner.Kind) }},
		{head: "特別の\n関係", width: fit(4, 4), format: formatMark, value: func(p liaison.PartnerStanding) any { return mark(p.Partner.SpecialRelation.Is()) }},
		{head: shortPeriod(period) + "\n回数", width: fit(6, 6), format: formatNumber, value: func(p liaison.PartnerStanding) any { return len(p.Days) }},
		{head: "1回目", width: fit(11.5, 11.5), format: formatDate, value: nth(own, 1)},
		{head: "2回目", width: fit(11.5, 11.5), format: formatDate, value: nth(own, 2)},
		{head: "あと", width: fit(5, 5), format: formatMark, value: func(p liaison.PartnerStanding) any { return fmt.Sprintf("%d回", p.Short) },
			tone: func(liaison.PartnerStanding) tone { return toneAction }},
	}
	until := column[liaison.PartnerStanding]{head: "この数の\n続く日", format: formatDate, value: func(p liaison.PartnerStanding) any { return p.Until }}
	if ahead {
		until.head = "3回目の\n期限"
		cols = append(cols, until,
			column[liaison.PartnerStanding]{head: "遅くとも", format: formatDate, width: fit(11, 12), value: func(p liaison.PartnerStanding) any { return startBy(p) }},
			column[liaison.PartnerStanding]{head: "残り", width: fit(10, 10), format: formatMark, value: func(p liaison.PartnerStanding) any { return daysLeft(m.AsOf, p.Until) }})
	} else {
		cols = append(cols, until)
	}
	return append(cols,
		column[liaison.PartnerStanding]{head: "前回の\n面会", width: fit(11.5, 11.5), format: formatDate, value: func(p liaison.PartnerStanding) any {
			days := last[p.Partner.Code]
			return nth(func(liaison.PartnerStanding) []models.Date { return days }, len(days))(p)
		}},
		column[liaison.PartnerStanding]{head: "電話", width: fit(8, 14), format: formatID, value: func(p liaison.PartnerStanding) any { return p.Partner.Phone }},
		column[liaison.PartnerStanding]{head: "担当者", width: flex(16), value: func(p liaison.PartnerStanding) any { return m.namesAt(p.Partner) }})
}

// startBy returns the last day to begin the missing 面会, or that it is too late.
func startBy(p liaison.PartnerStanding) any {
	if p.Late {
		return p.By()
	}
	return p.StartBy
}

// shortPeriod returns the name of a period without its bracketed part.
func shortPeriod(name string) string {
	name, _, _ = strings.Cut(name, "（")
	return name
}

// namesAt returns the names of the care managers of an office on the date.
func (m *menkai) namesAt(p *models.Partner) string {
	var names []string
	for i := range m.Facts.Book.CareManagers {
		cm := &m.Facts.Book.CareManagers[i]
		if office := m.Facts.OfficeOf(cm.Code, m.AsOf); office != nil && office.Code == p.Code {
			names = append(names, cm.Name)
		}
	}
	return strings.Join(names, "、")
}
