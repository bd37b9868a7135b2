package reports

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"renkei/models"
	"renkei/models/liaison"
)

// menkaiNeed is a line of what 通知 第26の5の1(5) asks for (K-05, K-06).
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
			func(p *models.Partner) bool { return p.Kind.Medical() && !p.AdvancedAcute.Is() }},
		{"うち 介護・障害の事業者", liaison.MinCare, asked.Care, func(p *models.Partner) bool { return p.Kind.CareProvider() }},
	}
}

// in counts the institutions of the need that have their three 面会.
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

// short is how many institutions the judged period lacks of what is asked.
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

// addInstitutions writes one line an institution: the first three 面会 of the
// judged period and the last.
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

// menkaiShort is a row of 不足一覧: an institution without its three 面会 of the
// fiscal year.
type menkaiShort struct {
	partner *models.Partner
	dates   []models.Date // this fiscal year
	judged  int           // 面会 of the judged period
	latest  models.Date   // the latest 面会 of the judged period or the last fiscal year
}

func (s menkaiShort) missing() int { return liaison.MinMenkai - len(s.dates) }

// shortfall lists the institutions that need more 面会 by 31 March: those the
// judged period lacks too come first, then those that need the fewest.
func (m *menkai) shortfall() []menkaiShort {
	var list []menkaiShort
	for _, p := range m.partners {
		if m.this.met(p) {
			continue
		}
		s := menkaiShort{partner: p, judged: m.judged.count(p)}
		for _, y := range []menkaiYear{m.last, m.judged, m.this} {
			if days := y.days[p.Code]; len(days) > 0 {
				s.latest = max(s.latest, days[len(days)-1].on)
			}
		}
		for _, d := range m.this.days[p.Code] {
			s.dates = append(s.dates, d.on)
		}
		list = append(list, s)
	}
	slices.SortStableFunc(list, func(a, b menkaiShort) int {
		return cmp.Or(cmp.Compare(min(a.judged, liaison.MinMenkai), min(b.judged, liaison.MinMenkai)), cmp.Compare(a.missing(), b.missing()))
	})
	return list
}

func (m *menkai) addShortfall(b *book) {
	list := m.shortfall()
	missing, unmet := 0, 0
	for _, s := range list {
		missing += s.missing()
		if s.judged < liaison.MinMenkai {
			unmet++
		}
	}
	due := m.this.period.From.AddMonths(12).AddDays(-1)
	s := b.addSheet("不足一覧", page{landscape: true, minFont: 9, indent: true})
	s.title("面会が年3回に足りない連携機関　"+m.this.name, m.head(m.asOfWords()),
		fmt.Sprintf("対象: %sの面会が3回に満たない連携機関　%s機関　足りない面会 計%s回　期限 %s　うち%sでも足りないもの %s機関（上に並べています）",
			m.this.name, thousands(len(list)), thousands(missing), due, m.judged.name, thousands(unmet)))
	s.table(tabulate(m.shortColumns(due), list).asList(2))
	s.note("期限は、その年度の3回目の面会をするべき日（3月31日）です。残りは " + m.asOfWords() + "から期限までの日数です。" +
		"担当者は、その機関に所属する介護支援専門員・相談支援専門員です。" + menkaiWords)
}

func (m *menkai) shortColumns(due models.Date) []column[menkaiShort] {
	nth := func(n int) func(menkaiShort) any {
		return func(s menkaiShort) any {
			if n > len(s.dates) {
				return ""
			}
			return s.dates[n-1]
		}
	}
	cols := []column[menkaiShort]{
		{head: "コード", width: fit(4, 8), format: formatID, value: func(s menkaiShort) any { return s.partner.Code }},
		{head: "連携機関名", width: flex(24), value: func(s menkaiShort) any { return s.partner.Name }},
		{head: "種別", width: fit(8, 18.2), value: func(s menkaiShort) any { return string(s.partner.Kind) }},
		{head: "特別の\n関係", width: fit(4, 4), format: formatMark, value: func(s menkaiShort) any { return mark(s.partner.SpecialRelation.Is()) }},
		{head: m.this.name + "\n回数", width: fit(4, 4), format: formatNumber, value: func(s menkaiShort) any { return len(s.dates) }},
		{head: "1回目", width: fit(11.5, 11.5), format: formatDate, value: nth(1)},
		{head: "2回目", width: fit(11.5, 11.5), format: formatDate, value: nth(2)},
		{head: "あと", width: fit(5, 5), format: formatMark, value: func(s menkaiShort) any { return fmt.Sprintf("%d回", s.missing()) },
			tone: func(menkaiShort) tone { return toneAction }},
		{head: "3回目の\n期限", format: formatDate, value: func(menkaiShort) any { return due }},
		{head: "残り", width: fit(10, 10), format: formatMark, value: func(menkaiShort) any { return daysLeft(m.AsOf, due) }},
		{head: "前回の\n面会", width: fit(11.5, 11.5), format: formatDate, value: func(s menkaiShort) any { return s.latest }},
	}
	if m.judged.period != m.this.period {
		cols = append(cols, column[menkaiShort]{head: m.judged.name + "\n回数", width: fit(4, 4), format: formatNumber,
			value: func(s menkaiShort) any { return s.judged }, tone: func(s menkaiShort) tone { return menkaiTone(s.judged >= liaison.MinMenkai) }})
	}
	return append(cols,
		column[menkaiShort]{head: "電話", width: fit(8, 14), format: formatID, value: func(s menkaiShort) any { return s.partner.Phone }},
		column[menkaiShort]{head: "担当者", width: flex(16), value: func(s menkaiShort) any { return m.namesAt(s.partner) }})
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
