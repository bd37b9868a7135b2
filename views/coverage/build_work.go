package coverage

import (
	"fmt"
	"slices"

	"renkei/models"
	"renkei/models/fee"
	"renkei/models/liaison"
	"renkei/views/charts"
	"renkei/views/page"
	"renkei/views/ui"
)

func (b *builder) work() {
	b.monthly()
	b.staff()
	b.asking()
	b.sevenDays()
	b.papers()
}

func (b *builder) monthly() {
	months := liaison.ContactsByMonth(b.f, b.verdicts, b.scope)
	labels := make([]models.Month, len(months))
	contacts, meetings, sessions := charts.Series{Name: "やり取り"}, charts.Series{Name: "会議・勉強会", Fill: charts.Hatched}, charts.Series{Name: "共同指導", Fill: charts.Blank}
	for i, m := range months {
		labels[i] = m.Month
		words := fmt.Sprintf("%s　やり取り %d（うち面会・ビデオ %d）　会議 %d　共同指導 %d", m.Month, m.Contacts, m.Kinds[models.FaceToFace]+m.Kinds[models.VideoCall], m.Meetings, m.Sessions)
		for kind, n := range []int{m.Contacts, m.Meetings, m.Sessions} {
			to := []*charts.Series{&contacts, &meetings, &sessions}[kind]
			key := b.leadRecords(fmt.Sprintf("month:%s:%d", m.Month, kind), m.Month.String()+" "+to.Name, n, func(k record, on models.Date, _ []string) bool {
				return k == record(kind) && on.Month() == m.Month
			})
			to.Data = append(to.Data, charts.Datum{Value: float64(n), Detail: words, Key: key})
		}
	}
	b.add(Block{Title: "やり取り・会議・共同指導", Chart: &charts.Chart{Title: "月別の件数", Unit: "件", Axis: "月", Stacked: true, Categories: monthLabels(labels), Series: []charts.Series{contacts, meetings, sessions}, Empty: "この期間に記録はありません"},
		Note: "1件の記録を1回と数えます。" + recordsReach})
}

// record is a kind of record of work.
type record int

// The kinds, in the order of the charts.
const (
	aContact record = iota
	aMeeting
	aSession
)

// leadRecords opens the やり取り, 会議 and 共同指導 of the scope whose kind, day and
// staff pass a test.
func (b *builder) leadRecords(key, title string, n int, test func(kind record, on models.Date, staff []string) bool) string {
	return b.lead(key, title, n, func() []Row {
		within, attended := b.scope.Within(), liaison.StaffAt(b.f.Book)
		var rows []Row
		for i := range b.f.Book.Contacts {
			if c := &b.f.Book.Contacts[i]; b.scope.HoldsContact(b.f, c) && test(aContact, c.On, c.Staff) {
				rows = append(rows, b.contactRow(c))
			}
		}
		for i := range b.f.Book.Meetings {
			if m := &b.f.Book.Meetings[i]; m.HeldOn != 0 && within.Covers(m.HeldOn) && test(aMeeting, m.HeldOn, attended[m.Code]) {
				rows = append(rows, Row{ID: "m" + m.Code, On: m.HeldOn, Who: m.Name, What: string(m.Kind), State: m.Host, To: page.To("会議", m.Code)})
			}
		}
		for i := range b.verdicts {
			if v := &b.verdicts[i]; b.scope.Holds(v) && test(aSession, v.Session.On, v.Session.Staff) {
				rows = append(rows, sessionRow(v))
			}
		}
		return rows
	})
}

func (b *builder) staff() {
	loads := liaison.Workload(b.f, b.verdicts, b.scope)
	c := &charts.Chart{Kind: charts.Rows, Title: "職員別の件数", Unit: "件", Axis: "職員", Stacked: true, Empty: "この期間に記録はありません",
		Series: []charts.Series{{Name: "やり取り"}, {Name: "会議・勉強会", Fill: charts.Hatched}, {Name: "共同指導", Fill: charts.Blank}}}
	for _, s := range loads[:min(top, len(loads))] {
		c.Categories = append(c.Categories, s.Name)
		words := fmt.Sprintf("%s　やり取り %d　会議 %d　共同指導 %d", s.Name, s.Total.Contacts, s.Total.Meetings, s.Total.Sessions)
		for i, n := range []int{s.Total.Contacts, s.Total.Meetings, s.Total.Sessions} {
			key := b.leadRecords(fmt.Sprintf("staff:%s:%d", s.Code, i), s.Name+" "+c.Series[i].Name, n, func(kind record, _ models.Date, staff []string) bool {
				return kind == record(i) && slices.Contains(staff, s.Code)
			})
			c.Series[i].Data = append(c.Series[i].Data, charts.Datum{Value: float64(n), Detail: words, Key: key})
		}
	}
	b.add(Block{Chart: c, Note: "何人かで行った記録は、それぞれの職員に数えるため、合計は月別より多くなります。評価のためではなく、偏りを見るためのものです。" + recordsReach + moreThan(len(loads))})
	b.staffMonths(loads)
}

// recordsReach says which records ward and area filter.
const recordsReach = "病棟の選択は共同指導だけ、地域の選択は共同指導とやり取りを絞ります。会議は絞りません。"

// staffMonths adds the table of staff and month.
func (b *builder) staffMonths(loads []liaison.StaffLoad) {
	months := b.scope.Months()
	c := &charts.Chart{Kind: charts.Rows, Title: "職員 × 月", Unit: "", Axis: "職員", Stacked: true, Empty: "この期間に記録はありません"}
	fills := []charts.Fill{charts.Solid, charts.Blank, charts.Hatched, charts.Dotted, charts.Crossed, charts.Faint}
	for i, name := range monthLabels(months) {
		c.Series = append(c.Series, charts.Series{Name: name, Fill: fills[i%len(fills)]})
	}
	for _, s := range loads {
		c.Categories = append(c.Categories, s.Name)
		for i, l := range s.Months {
			key := b.leadRecords("staff:"+s.Code+":"+months[i].String(), s.Name+" "+months[i].String(), l.Sum(), func(_ record, on models.Date, staff []string) bool {
				return on.Month() == months[i] && slices.Contains(staff, s.Code)
			})
			c.Series[i].Data = append(c.Series[i].Data, charts.Datum{Value: float64(l.Sum()), Key: key,
				Detail: fmt.Sprintf("%s %s　やり取り %d　会議 %d　共同指導 %d", s.Name, months[i], l.Contacts, l.Meetings, l.Sessions)})
		}
	}
	b.add(Block{Chart: c, AsTable: true, Note: "やり取り・会議・共同指導の合計です。記録のある職員全員を、多い順に並べています。" + recordsReach})
}

func (b *builder) asking() {
	line := charts.Series{Name: "中央値"}
	months := liaison.AskedByMonth(b.f, b.verdicts, b.scope)
	all := liaison.AskedTogether(months)
	labels := make([]models.Month, len(months))
	for i, m := range months {
		labels[i] = m.Month
		days, ok := m.MedianDays()
		line.Data = append(line.Data, charts.Datum{Value: float64(days), Missing: !ok, Key: b.leadAsked("asked:"+m.Month.String(), m.Month.String(), m.Asked),
			Detail: fmt.Sprintf("%s　%d日（%d件の中央値）　依頼の記録なし %d件", m.Month, days, len(m.Asked), len(m.Unasked))})
	}
	median := "―"
	if days, ok := all.MedianDays(); ok {
		median = fmt.Sprintf("%d日（%s件の中央値）", days, ui.Thousands(len(all.Asked)))
	}
	waiting := liaison.AwaitedOn(b.known.Whole, b.scope) // including what is arranged for later days
	longest := ""
	if len(waiting) > 0 {
		longest = fmt.Sprintf("　いちばん長いもの %d日", waiting[0].Contact.On.DaysUntil(b.scope.AsOf))
	}
	b.add(Block{Title: "日程の依頼から共同指導まで", Facts: []Fact{
		{Name: "かかった日数", Value: median, Key: b.leadAsked("asked", "依頼の記録のある共同指導", all.Asked)},
		{Name: "依頼の記録のない共同指導", Value: ui.Thousands(len(all.Unasked)) + "件", Key: b.leadSessions("unasked", "依頼の記録のない共同指導", all.Unasked)},
		{Name: "調整中（基準日）", Value: fmt.Sprintf("%d人%s", len(waiting), longest), Key: b.leadAwaited(waiting)},
	}, Chart: &charts.Chart{Kind: charts.Lines, Title: "日程の依頼から共同指導までの日数（月別の中央値）", Unit: "日", Axis: "指導の月", Categories: monthLabels(labels), Series: []charts.Series{line}, Empty: "この期間に、依頼の記録のある共同指導はありません"},
		Note: "依頼は、その患者についての、相手のケアマネ（又はその所属先）への当院からのやり取りのうち、目的に「日程」か「共同指導」の「依頼」を含む最初のものです。入院日から、2回目は前の共同指導の翌日から数えます。調整中は、基準日に入院中で、最後の依頼のあと基準日までに共同指導をしていない患者です（予定の入っているものを含みます）。"})
}

func (b *builder) leadAsked(key, title string, list []liaison.Asking) string {
	return b.lead(key, title+"　依頼から共同指導まで", len(list), func() []Row {
		rows := make([]Row, len(list))
		for i, a := range list {
			rows[i] = sessionRow(b.verdict(a.Number))
			rows[i].State = fmt.Sprintf("%d日　依頼 %s", a.Days(), a.Since)
		}
		return rows
	})
}

func (b *builder) leadAwaited(list []liaison.Awaited) string {
	return b.lead("awaited", "日程の調整中（待っている日数の長い順）", len(list), func() []Row {
		rows := make([]Row, len(list))
		for i, w := range list {
			rows[i] = b.admissionRow(w.Admission)
			rows[i].State = fmt.Sprintf("%d日　依頼 %s", w.Contact.On.DaysUntil(b.scope.AsOf), w.Contact.On)
			if w.Planned != 0 {
				rows[i].State += "　予定 " + w.Planned.String()
			}
		}
		return rows
	})
}

func (b *builder) sevenDays() {
	list := liaison.InformedByMonth(b.f, b.scope)
	labels := make([]models.Month, len(list))
	c := &charts.Chart{Title: "入院の情報提供（7日以内）", Unit: "件", Axis: "入院の月", Stacked: true, Empty: "この期間に、情報提供をした、又は期限の過ぎた入院はありません",
		Series: []charts.Series{{Name: "期限内"}, {Name: "遅れた", Fill: charts.Hatched}, {Name: "記録なし", Fill: charts.Blank}}}
	all := liaison.InformedTogether(list)
	var fell []models.AdmissionKey // month by month
	for i, m := range list {
		labels[i] = m.Month
		fell = slices.Concat(fell, m.Late, m.Missing)
		for k, keys := range [][]models.AdmissionKey{m.InTime, m.Late, m.Missing} {
			name := c.Series[k].Name
			c.Series[k].Data = append(c.Series[k].Data, count(len(keys), b.leadAdmissions("inform:"+m.Month.String()+":"+name, m.Month.String()+" "+name, keys)))
		}
	}
	c.Categories = monthLabels(labels)
	if all.Total() == 0 {
		c.Series = nil
	}
	tenths, ok := liaison.RateOf(len(all.InTime), all.Total())
	b.add(Block{Title: "規程の「7日以内」", Facts: []Fact{{Name: "期限内の割合", Value: fmt.Sprintf("%s（%s ÷ %s件）", percent(tenths, ok), ui.Thousands(len(all.InTime)), ui.Thousands(all.Total())), Key: b.leadAdmissions("inform:fell", "期限内でなかった入院", fell)}}, Chart: c,
		Note: fee.KeptTerms(b.f.Params) + "病棟は基準日（退院していれば退院日）の病棟です。"})
}

func (b *builder) papers() {
	p := liaison.PapersOf(b.verdicts, b.scope)
	days, ok := p.MedianDays()
	median := "―"
	if ok {
		median = fmt.Sprintf("%d日（%s件の中央値）", days, ui.Thousands(len(p.Received)))
	}
	noNote, noCopy := "診療録の要点が未記載", fmt.Sprintf("ケアプラン写しが%d日を過ぎて未受領", fee.CopyDays)
	b.add(Block{Title: "書類", Facts: []Fact{{Name: "写しが届くまで", Value: median, Key: b.leadReceived(p.Received)}, {Name: "未受領のうち依頼済み", Value: fmt.Sprintf("%d件", len(p.CopyAsked)), Key: b.leadSessions("copy:asked", "ケアプラン写しが未受領で、依頼済み", p.CopyAsked)}},
		Chart: &charts.Chart{Kind: charts.Rows, Title: "足りない書類", Unit: "件", Axis: "書類", Empty: "足りない書類はありません", Categories: []string{noNote, noCopy},
			Series: []charts.Series{{Fill: charts.Hatched, Data: []charts.Datum{
				count(len(p.NoNote), b.leadSessions("note", noNote, p.NoNote)), count(len(p.NoCopy), b.leadSessions("copy", noCopy, p.NoCopy)),
			}}}},
		Note: "期間の共同指導のうち、算定できる判定のもの（旧区分を含む）です。"})
}

func (b *builder) leadReceived(list []liaison.Received) string {
	return b.lead("received", "ケアプラン写しの届いた共同指導（早い順）", len(list), func() []Row {
		rows := make([]Row, len(list))
		for i, r := range list {
			rows[i] = sessionRow(b.verdict(r.Number))
			rows[i].State = fmt.Sprintf("%d日で受領", r.Days)
		}
		return rows
	})
}
