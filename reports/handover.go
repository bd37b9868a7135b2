package reports

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"renkei/models"
	"renkei/models/fee"
	"renkei/models/liaison"
)

const handoverTitle = "引き継ぎ書"

// handoverKind is the 引き継ぎ書 of a staff member for a successor.
var handoverKind = Kind{
	Name: "handover", Title: handoverTitle, Basis: ByDate, judges: true, KeyName: "職員", Patients: true, countsFrame: true,
	part:    func(r Request) models.Part { return liaison.HandoverPart(r.AsOf, r.Facts.Params) },
	Purpose: "職員ごとに、付き合いのある連携先・入院中の患者・期限を過ぎた書類・次にすることをまとめます（異動・休みのとき）",
	Counts: func(r Request) string {
		staff, err := handoverStaff(&r)
		if err != nil {
			return models.ErrorMessage(err)
		}
		return fmt.Sprintf("職員 %d名。1名ごとにシートがあります", len(staff))
	},
	Make: writeHandover,
}

// handoverStaff returns the staff member asked for, else the 入退院支援部門 and
// the 病棟専任 of the day.
func handoverStaff(r *Request) ([]models.Staff, error) {
	if r.Key == "" {
		return staffWith(r, func(s models.Staff) bool { return s.Department != "" || s.WardDedicated.Is() }), nil
	}
	if !r.Facts.KnowsStaff(r.Key) {
		return nil, unknownKey("職員コード", r.Key)
	}
	if rows := r.Facts.StaffOn(r.Key, r.AsOf); len(rows) > 0 {
		return rows[len(rows)-1:], nil
	}
	// Not there on the day (left, or not yet come): use the last row.
	var last models.Staff
	for _, s := range r.Facts.Book.Staff {
		if s.Code == r.Key && s.From >= last.From {
			last = s
		}
	}
	return []models.Staff{last}, nil
}

// handover is the handover of one member, with its words.
type handover struct {
	models.Staff
	liaison.Handover
	overdue, next []liaison.Work
}

func writeHandover(ctx context.Context, path string, r Request) error {
	if err := r.checkAsOf(handoverTitle); err != nil {
		return err
	}
	staff, err := handoverStaff(&r)
	if err != nil {
		return err
	}
	codes := make([]string, len(staff))
	for i, s := range staff {
		codes[i] = s.Code
	}
	var list []handover
	for i, h := range liaison.Handovers(r.Facts, r.Rules, r.Verdicts, r.AsOf, codes) {
		one := handover{Staff: staff[i], Handover: h}
		one.overdue, one.next = overdueAndNext(h.Works, r.AsOf)
		list = append(list, one)
	}
	b := r.newBook(strings.TrimSpace(handoverTitle + " " + r.AsOf.String() + " " + r.Key))
	r.addHandoverList(b, list)
	for _, h := range list {
		if err := canceled(ctx); err != nil {
			return err
		}
		r.addHandover(b, h)
	}
	r.addTermSheet(b, r.asOfWords(), handoverTerms)
	return b.save(ctx, path)
}

// overdueAndNext splits the work by whether its due day is before asOf.
func overdueAndNext(works []liaison.Work, asOf models.Date) (overdue, next []liaison.Work) {
	for _, w := range works {
		if !w.Due.IsZero() && w.Due < asOf {
			overdue = append(overdue, w)
		} else {
			next = append(next, w)
		}
	}
	return overdue, next
}

func (r *Request) addHandoverList(b *book, list []handover) {
	s := b.addSheet("一覧", page{landscape: true, minFont: 10, indent: true})
	s.title(handoverTitle+"　"+r.asOfWords(), r.head(r.asOfWords()), r.handoverScope(len(list)))
	s.table(tabulate([]column[handover]{
		{head: "職員\nコード", width: fit(8, 10), format: formatID, value: func(h handover) any { return h.Staff.Code }},
		{head: "氏名", width: fit(18, 24), value: func(h handover) any { return staffName(h.Staff) }},
		{head: "職種・所属", width: flex(26), value: func(h handover) any { return staffPost(h.Staff) }},
		{head: "付き合いのある\n連携先", width: fit(14, 14), format: formatNumber, value: func(h handover) any { return len(h.Partners) }},
		{head: "うち主な\n担当", width: fit(9, 9), format: formatNumber, value: func(h handover) any { return mainPartners(h) }},
		{head: "入院中の\n患者", width: fit(9, 9), format: formatNumber, value: func(h handover) any { return len(h.Open) }},
		{head: "期限を\n過ぎたもの", width: fit(11, 11), format: formatNumber, value: func(h handover) any { return len(h.overdue) },
			tone: func(h handover) tone {
				if len(h.overdue) > 0 {
					return toneRefused
				}
				return toneQuiet
			}},
		{head: "次に\nすること", width: fit(9, 9), format: formatNumber, value: func(h handover) any { return len(h.next) }},
	}, list).asList(2))
	s.note("職員ごとの内容は、職員コードと氏名のシートにあります。1件を何人かで行った記録は、それぞれの人に数えます。")
}

func (r *Request) handoverScope(n int) string {
	scope := "対象: 基準日に入退院支援部門又は病棟専任の職員"
	if r.Key != "" {
		scope = "対象: 職員コード " + r.Key
	}
	return fmt.Sprintf("%s　%d名　記録の期間: %s", scope, n, periodWords(models.LastMonths(r.AsOf, liaison.HandoverMonths)))
}

func mainPartners(h handover) int {
	n := 0
	for _, d := range h.Partners {
		if d.Main {
			n++
		}
	}
	return n
}

// addHandover writes the sheet of one member. The successor gets it alone, so
// every page names the member. The tables share ten columns.
func (r *Request) addHandover(b *book, h handover) {
	s := b.addSheet(b.freeName(h.Staff.Code+" "+staffName(h.Staff)), page{landscape: true, minFont: 9, indent: true})
	s.least = []float64{11, 32, 21, 16, 9, 9, 9, 9, 12, 26}
	s.title(fmt.Sprintf("%s　%s %s（%s）", handoverTitle, h.Staff.Code, staffName(h.Staff), staffPost(h.Staff)), r.head(r.asOfWords()))
	s.heading("引き継ぐ人:　　　　　　　　　　　　　　引き継いだ日:　　　　　年　　　月　　　日")
	s.heading(fmt.Sprintf("期限を過ぎた書類・連絡　%d件", len(h.overdue)))
	s.table(tabulate(r.workColumns(), h.overdue))
	s.heading(fmt.Sprintf("入院中の患者　%d名", len(h.Open)))
	s.table(tabulate(r.openColumns(), h.Open))
	s.heading(fmt.Sprintf("次にすること　%d件", len(h.next)))
	s.table(tabulate(r.workColumns(), h.next))
	s.heading(fmt.Sprintf("付き合いのある連携先（直近12か月）　%dか所", len(h.Partners)))
	s.table(tabulate(r.dealingColumns(), h.Partners))
	s.note("割合は、その連携先とのやり取り・共同指導の全部のうち、この人が行ったものです。◎ はこの人がいちばん多い連携先で、引き継ぎのあいさつが要ります。")
}

func (r *Request) dealingColumns() []column[liaison.Dealing] {
	return []column[liaison.Dealing]{
		{head: "連携先\nコード", format: formatID, value: func(d liaison.Dealing) any { return d.Partner.Code }},
		{head: "名称", value: func(d liaison.Dealing) any { return d.Partner.Name }},
		{head: "種別", value: func(d liaison.Dealing) any { return string(d.Partner.Kind) }},
		{head: "電話", format: formatID, value: func(d liaison.Dealing) any { return d.Partner.Phone }},
		{head: "やり\n取り", format: formatNumber, value: func(d liaison.Dealing) any { return d.Contacts }},
		{head: "うち\n面会", format: formatNumber, value: func(d liaison.Dealing) any { return d.Menkai }},
		{head: "共同\n指導", format: formatNumber, value: func(d liaison.Dealing) any { return d.Session }},
		{head: "割合", format: formatPercent, value: func(d liaison.Dealing) any { return share{d.Own(), d.All} }},
		{head: "直近", format: formatDate, value: func(d liaison.Dealing) any { return d.LastOn }},
		{head: "主な相手", value: func(d liaison.Dealing) any { return r.dealtWith(d) }},
	}
}

// dealtWith names the care managers met most, and marks the partners whose main
// contact is the member.
func (r *Request) dealtWith(d liaison.Dealing) string {
	const most = 3
	var names []string
	for _, code := range d.CareManagers[:min(most, len(d.CareManagers))] {
		name := code
		if cm := r.Facts.CareManager(code); cm != nil {
			name = cm.Name
		}
		names = append(names, name)
	}
	words := strings.Join(names, "・")
	if d.Main {
		words = "◎ " + words
	}
	return words
}

func (r *Request) openColumns() []column[liaison.OpenStay] {
	return []column[liaison.OpenStay]{
		{head: "患者ID", format: formatID, value: func(o liaison.OpenStay) any { return o.Admission.PatientID }},
		{head: "氏名・病棟", value: func(o liaison.OpenStay) any {
			ward := ""
			if w := r.Facts.WardOf(o.Admission.Key(), r.AsOf); w != nil {
				ward = w.Name
			}
			return joinLines(o.Admission.Name, ward)
		}},
		{head: "担当CM", value: func(o liaison.OpenStay) any {
			if cm := r.Facts.CareManager(o.Admission.CareManager); cm != nil {
				return cm.Name
			}
			return cmp.Or(o.Admission.CareManager, "未定")
		}},
		{head: "入院日", format: formatDate, value: func(o liaison.OpenStay) any { return o.Admission.AdmittedOn }},
		{head: "退院見込日", span: 2, format: formatDate, value: func(o liaison.OpenStay) any { return dateOr(o.Admission.ExpectedOn, "未記録") }},
		{head: "同意日", span: 2, format: formatDate, value: func(o liaison.OpenStay) any { return dateOr(o.Admission.ConsentedOn, "未記録") },
			tone: func(o liaison.OpenStay) tone { return missingTone(o.Admission.ConsentedOn) }},
		{head: "直近の\n共同指導", format: formatDate, value: func(o liaison.OpenStay) any { return dateOr(o.LastOn, "なし") }},
		{head: "これまで", value: func(o liaison.OpenStay) any {
			inform, notice := fee.InformOf(r.Facts, o.Admission, r.AsOf), fee.NoticeOf(o.Admission, r.AsOf)
			return fmt.Sprintf("共同指導 %d回\n情報提供 %s\n退院前連絡 %s", o.Sessions,
				cmp.Or(inform.Done.String(), string(inform.Kept)), cmp.Or(notice.Done.String(), string(notice.Kept)))
		}},
	}
}

func (r *Request) workColumns() []column[liaison.Work] {
	return []column[liaison.Work]{
		{head: "すること", span: 2, value: func(w liaison.Work) any { return w.Text }},
		{head: "患者・相手", span: 2, value: func(w liaison.Work) any { return w.Detail }},
		{head: "期限", span: 2, format: formatDate, value: func(w liaison.Work) any { return w.Due }},
		{head: "残り", span: 2, format: formatMark, value: func(w liaison.Work) any { return daysLeft(r.AsOf, w.Due) },
			tone: func(w liaison.Work) tone { return overdueTone(r.AsOf, w.Due) }},
		{head: "台帳の\nシート", format: formatMark, value: func(w liaison.Work) any { return w.Sheet }},
		{head: "台帳の番号", format: formatID, value: func(w liaison.Work) any { return w.Key }},
	}
}

var handoverTerms = []term{
	{word: "付き合いのある連携先", meaning: "直近12か月に、その職員がやり取り又は共同指導を行った連携先です（連携を終えたものを除く）。やり取りの連携先が空欄のときは、相手のその日の所属先です。"},
	{word: "うち面会", meaning: "やり取りのうち、面会とビデオ通話です。"},
	{word: "割合", meaning: "その連携先との直近12か月のやり取り・共同指導の全部のうち、その職員が加わったものです。"},
	{word: "主な担当（◎）", meaning: "その連携先とのやり取り・共同指導の数が、ほかの職員より少なくないことです。"},
	{word: "入院中の患者", meaning: "基準日に入院していて、その職員がこの入院の共同指導を行ったか、入院日以後にその患者についてやり取りをした患者です。"},
	{word: "期限を過ぎたもの・次にすること", meaning: "その職員が行った共同指導の書類、上の患者の情報提供・退院前連絡・共同指導、主な担当の連携先の面会、まもなく切れる平時の連携です。期限が基準日より前のものを「期限を過ぎた」としています。ケアプラン写しの期限は指導日から14日です。" + fee.InformTargets},
	{word: "残り", meaning: "基準日から期限までの日数です。"},
}
