package reports

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"renkei/models"
	"renkei/models/liaison"
)

const menkaiTitle = "連携機関 面会状況一覧"

// menkaiKind is the 連携機関 面会状況一覧, which 様式40の9 (注意6) asks to
// attach, with the columns of K-06.
var menkaiKind = Kind{
	Name: "menkai", Title: menkaiTitle, Basis: ByDate, ahead: true, countsFrame: true,
	part:    menkaiPart,
	Purpose: "入退院支援加算1の届出に添える、連携機関ごとの年3回の面会の一覧です",
	Counts: func(r Request) string {
		return fmt.Sprintf("%sの連携機関 %s機関 ・ 直近12か月と今年度・前年度の面会", r.asOfWords(), thousands(len(newMenkai(&r).partners)))
	},
	Make: writeMenkai,
}

// menkaiPart is the part behind the years listed and, of the institutions not met
// in them, behind the day on which they were met last.
func menkaiPart(r Request) models.Part {
	from := min(r.AsOf.FiscalYearStart().AddMonths(-12), liaison.Period(r.AsOf, r.Facts.Params).From)
	years := models.Period{From: from, To: r.AsOf}
	part := liaison.MenkaiPart(years, r.Facts.Params)
	if r.OverFrame {
		return part
	}
	met := liaison.MenkaiDays(r.Facts, years)
	for i := range r.Facts.Book.Partners {
		if p := &r.Facts.Book.Partners[i]; liaison.Active(p, r.AsOf) && len(met[p.Code]) == 0 {
			part = part.With(models.Part{Partners: []string{p.Code}, OfPartners: true})
		}
	}
	return part
}

// menkai is the data of the 面会状況一覧.
type menkai struct {
	*Request
	partners []*models.Partner // 連携機関 as of the date, in display order
	judged   menkaiYear        // the 過去1年 of 加算1 by 設定
	this     menkaiYear        // the fiscal year so far
	last     menkaiYear        // the fiscal year before it
}

// menkaiYear is a period with the 面会 of each institution, by day.
type menkaiYear struct {
	name   string
	period models.Period
	days   map[string][]menkaiDay
}

// menkaiDay is one 面会: the records of one day with one institution.
type menkaiDay struct {
	on      models.Date
	records []liaison.MenkaiRecord
}

// writeMenkai writes 集計, 機関別, 不足一覧, and the 面会 of the judged period,
// this fiscal year and the last one.
func writeMenkai(ctx context.Context, path string, r Request) error {
	if err := r.checkAsOf(menkaiTitle); err != nil {
		return err
	}
	m := newMenkai(&r)
	b := r.newBook(menkaiTitle + " " + r.AsOf.String())
	m.addSummary(b)
	m.addInstitutions(b)
	m.addShortfall(b)
	for _, year := range m.years() {
		if err := canceled(ctx); err != nil {
			return err
		}
		m.addList(b, year)
	}
	return b.save(ctx, path)
}

func newMenkai(r *Request) *menkai {
	m := &menkai{Request: r}
	for i := range r.Facts.Book.Partners {
		if p := &r.Facts.Book.Partners[i]; liaison.Active(p, r.AsOf) {
			m.partners = append(m.partners, p)
		}
	}
	slices.SortFunc(m.partners, func(a, b *models.Partner) int {
		return cmp.Or(cmp.Compare(kindOrder(a.Kind), kindOrder(b.Kind)), cmp.Compare(a.Code, b.Code))
	})
	from := r.AsOf.FiscalYearStart()
	judged := liaison.Period(r.AsOf, r.Facts.Params)
	m.judged = m.year("直近12か月", judged)
	m.this = m.year(fiscalName(from), models.Period{From: from, To: r.AsOf})
	m.last = m.year(fiscalName(from.AddMonths(-12)), models.Period{From: from.AddMonths(-12), To: from.AddDays(-1)})
	if judged == m.this.period {
		m.judged = m.this
	}
	return m
}

// years returns the periods to list, without repeating the judged one.
func (m *menkai) years() []menkaiYear {
	if m.judged.period == m.this.period {
		return []menkaiYear{m.this, m.last}
	}
	return []menkaiYear{m.judged, m.this, m.last}
}

// kindOrder returns the position of a 種別 in lists by kind. Unknown ones come
// last.
func kindOrder(k models.PartnerKind) int {
	if i := slices.Index(models.PartnerKinds, k); i >= 0 {
		return i
	}
	return len(models.PartnerKinds)
}

// fiscalName returns 「2026年度」.
func fiscalName(from models.Date) string { return fmt.Sprintf("%d年度", from.Year()) }

func (m *menkai) year(name string, period models.Period) menkaiYear {
	y := menkaiYear{name: name, period: period, days: make(map[string][]menkaiDay)}
	for office, records := range liaison.Menkai(m.Facts, period) {
		var days []menkaiDay
		for _, r := range records {
			if n := len(days); n == 0 || days[n-1].on != r.On {
				days = append(days, menkaiDay{on: r.On})
			}
			last := &days[len(days)-1]
			last.records = append(last.records, r)
		}
		y.days[office] = days
	}
	return y
}

// count returns the number of 面会 with an institution: distinct days.
func (y menkaiYear) count(p *models.Partner) int { return len(y.days[p.Code]) }

// met reports whether there are 年3回.
func (y menkaiYear) met(p *models.Partner) bool { return y.count(p) >= liaison.MinMenkai }

// tally counts the institutions that match, and those of 特別の関係 among them.
func (m *menkai) tally(is func(*models.Partner) bool) (all, special int) {
	for _, p := range m.partners {
		if is(p) {
			all++
			if p.SpecialRelation.Is() {
				special++
			}
		}
	}
	return all, special
}

// conditions names the settings that decide what counts.
func (m *menkai) conditions() string {
	period, guidance := "直近12か月", "数える"
	if m.judged.period == m.this.period {
		period = "年度（4月から）"
	}
	if !m.Facts.Params.GuidanceCountsAsMenkai {
		guidance = "数えない"
	}
	return fmt.Sprintf("設定: 加算1の「過去1年」= %s（%s）、共同指導を面会に%s", period, periodWords(m.judged.period), guidance)
}

const menkaiWords = "面会は、部門の職員（専従・専任）または病棟専任の職員が、連携機関の職員と対面またはビデオ通話で会った日です。同じ日に何度会っても1回と数えます。" +
	"会議・研修で一堂に会しただけのものは数えません（平成28年 疑義解釈）。"

// menkaiLine is one row of the list: a 面会, or an institution without any.
type menkaiLine struct {
	no      int
	partner *models.Partner
	count   int
	nth     int        // 1 for the first 面会 of the period, 0 for none
	day     *menkaiDay // nil for none
}

func (m *menkai) lines(y menkaiYear) []menkaiLine {
	var lines []menkaiLine
	for i, p := range m.partners {
		days := y.days[p.Code]
		if len(days) == 0 {
			lines = append(lines, menkaiLine{no: i + 1, partner: p})
		}
		for j := range days {
			lines = append(lines, menkaiLine{no: i + 1, partner: p, count: len(days), nth: j + 1, day: &days[j]})
		}
	}
	return lines
}

func (m *menkai) addList(b *book, y menkaiYear) {
	lines := m.lines(y)
	days := 0
	for _, p := range m.partners {
		days += y.count(p)
	}
	met, special := m.tally(y.met)
	s := b.addSheet(y.name, listPage)
	s.title(menkaiTitle+"　"+y.name+"（"+periodWords(y.period)+"）", m.head(m.asOfWords()),
		fmt.Sprintf("対象: %sの連携機関　%s機関　うち年3回以上 %s機関（うち特別の関係 %s）　面会 %s回　並び: 種別・コード・面会日の順",
			m.asOfWords(), thousands(len(m.partners)), thousands(met), thousands(special), thousands(days)))
	s.table(tabulate(m.listColumns(), lines).asList(3))
	s.note(menkaiWords)
	s.note("1行が1回の面会です。年3回に足りない機関は「3回充足」に残りの回数を示します。連携機関は、協議日の登録があり、連携を終えていない機関です。" +
		"職種・所属の「部門」は入退院支援部門の専従・専任です。先方担当者の空欄は、相手の氏名の記録がないものです。")
}

func (m *menkai) listColumns() []column[menkaiLine] {
	of := func(value func(*models.Partner) any) func(menkaiLine) any {
		return func(l menkaiLine) any { return value(l.partner) }
	}
	again := func(l menkaiLine) tone { // the institution repeats on every row, so that rows can be sorted
		if l.nth > 1 {
			return toneQuiet
		}
		return toneNormal
	}
	return []column[menkaiLine]{
		{head: "No", width: fit(3, 3), format: formatNumber, value: func(l menkaiLine) any { return l.no }, tone: again},
		{head: "コード", width: fit(4, 8), format: formatID, value: of(func(p *models.Partner) any { return p.Code }), tone: again},
		{head: "連携機関名", width: flex(18), value: of(func(p *models.Partner) any { return p.Name }), tone: again},
		{head: "種別", width: fit(8, 14.2), value: of(func(p *models.Partner) any { return string(p.Kind) }), tone: again},
		{head: "特別の\n関係", width: fit(4, 4), format: formatMark, value: of(func(p *models.Partner) any { return mark(p.SpecialRelation.Is()) }), tone: again},
		{head: "協議日", format: formatDate, value: of(func(p *models.Partner) any { return p.ConsultedOn }), tone: again},
		{head: "回", width: fit(3, 3), format: formatNumber, value: func(l menkaiLine) any { return l.nth }},
		{head: "面会日", format: formatDate, value: func(l menkaiLine) any { return l.on() },
			tone: func(l menkaiLine) tone { return menkaiTone(l.nth > 0) }},
		{head: "方法", width: fit(4, 10.2), format: formatMark, value: func(l menkaiLine) any { return l.each(menkaiWay) }},
		{head: "自院担当者", width: fit(8, 14.2), value: func(l menkaiLine) any { return m.staffOf(l, staffName) }},
		{head: "職種・所属", width: fit(8, 31), value: func(l menkaiLine) any { return m.staffOf(l, staffPost) }},
		{head: "先方担当者", width: fit(8, 10.2), value: func(l menkaiLine) any { return l.each(m.otherSide) }},
		{head: "目的", width: flex(16), value: func(l menkaiLine) any { return l.each(menkaiPurpose) }},
		{head: "年間\n回数", width: fit(3, 3), format: formatNumber, value: func(l menkaiLine) any { return l.count }},
		{head: "3回\n充足", width: fit(6.4, 6.4), format: formatMark, value: func(l menkaiLine) any { return metWord(l.count) },
			tone: func(l menkaiLine) tone { return menkaiTone(l.count >= liaison.MinMenkai) }},
	}
}

func (l menkaiLine) on() any {
	if l.day == nil {
		return "面会なし"
	}
	return l.day.on
}

func menkaiTone(fine bool) tone {
	if fine {
		return toneNormal
	}
	return toneAction
}

// metWord returns ○, or the number of 面会 missing.
func metWord(count int) string {
	if count >= liaison.MinMenkai {
		return "○"
	}
	return fmt.Sprintf("あと%d回", liaison.MinMenkai-count)
}

// each joins what the records of the 面会 say, without repeats.
func (l menkaiLine) each(say func(liaison.MenkaiRecord) string) string {
	if l.day == nil {
		return ""
	}
	var said []string
	for _, r := range l.day.records {
		if text := say(r); !slices.Contains(said, text) {
			said = append(said, text)
		}
	}
	return joinLines(said...)
}

func menkaiWay(r liaison.MenkaiRecord) string {
	switch {
	case r.Session != nil:
		return string(r.Session.Way)
	case r.Contact.Kind == models.FaceToFace:
		return string(models.InPerson)
	}
	return string(r.Contact.Kind)
}

func menkaiPurpose(r liaison.MenkaiRecord) string {
	if r.Contact != nil {
		return r.Contact.Purpose
	}
	if r.Session.Content != "" {
		return "介護支援等連携指導（" + string(r.Session.Content) + "）"
	}
	return "介護支援等連携指導"
}

// otherSide names who was met at the institution.
func (m *menkai) otherSide(r liaison.MenkaiRecord) string {
	if cm := m.Facts.CareManager(r.CareManager()); cm != nil {
		return cm.Name
	}
	return r.CareManager()
}

// staffOf describes each of our staff, one per line. Those who make it a 面会
// come first.
func (m *menkai) staffOf(l menkaiLine, say func(models.Staff) string) string {
	if l.day == nil {
		return ""
	}
	var members []models.Staff
	for _, r := range l.day.records {
		for _, code := range r.Staff() {
			for _, s := range m.Facts.StaffOn(code, r.On) {
				if !slices.ContainsFunc(members, func(o models.Staff) bool { return o.Code == s.Code }) {
					members = append(members, s)
				}
			}
		}
	}
	slices.SortStableFunc(members, func(a, b models.Staff) int { return cmp.Compare(postOrder(a), postOrder(b)) })
	lines := make([]string, len(members))
	for i, s := range members {
		lines[i] = say(s)
	}
	return joinLines(lines...)
}
