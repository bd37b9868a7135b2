package reports

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"renkei/models"
	"renkei/models/fee"
)

const policyTitle = "規程管理と運用状況"

// policyKind is 規程管理 and 規程運用状況 (fee-rules §8 ⑤⑥).
var policyKind = Kind{
	Name: "policy", Title: policyTitle, Basis: ByPeriod, Patients: true,
	part:    func(r Request) models.Part { return models.Part{Admitted: r.Period, OfPatients: true} },
	Purpose: "規程の版と、入院ごとの7日以内の情報提供・退院7日前までの連絡が守れたかの一覧です",
	Counts: func(r Request) string {
		p := newPolicyReport(&r)
		return fmt.Sprintf("規程 %s版 ・ 担当者のいる入院 %s件 ・ 守れなかったもの %s件 ・ 未申請の方 %s名", thousands(len(r.Facts.Book.Policies)),
			thousands(len(p.stays)), thousands(len(p.breaches())), thousands(len(p.notApplied)))
	},
	Make: writePolicy,
}

// policyReport is the data of the report.
type policyReport struct {
	*Request
	stays      []policyStay        // admissions of the period with a 担当CM
	notApplied []*models.Admission // those 未申請
}

// policyStay is an admission with its two deadlines (通知(3)ア(ア)).
type policyStay struct {
	admission *models.Admission
	inform    fee.Deadline // 入院日から7日以内の情報提供
	notice    fee.Deadline // 退院見込みの7日前までの連絡
}

// writePolicy writes 集計, 規程, 運用状況, 守れなかったもの and 未申請者.
func writePolicy(ctx context.Context, path string, r Request) error {
	if err := r.checkPeriod(policyTitle); err != nil {
		return err
	}
	p := newPolicyReport(&r)
	b := r.newBook(policyTitle + " " + periodWords(r.Period))
	p.addSummary(b)
	p.addEditions(b)
	p.addStays(b)
	p.addBreaches(b)
	p.addNotApplied(b)
	return b.save(ctx, path)
}

func newPolicyReport(r *Request) *policyReport {
	p := &policyReport{Request: r}
	for i := range r.Facts.Book.Admissions {
		a := &r.Facts.Book.Admissions[i]
		if !r.Period.Covers(a.AdmittedOn) {
			continue
		}
		if a.CareManager != "" {
			p.stays = append(p.stays, policyStay{a, fee.InformOf(r.Facts, a, r.AsOf), fee.NoticeOf(a, r.AsOf)})
		}
		if a.CareStatus == models.NotApplied {
			p.notApplied = append(p.notApplied, a)
		}
	}
	slices.SortFunc(p.stays, func(a, b policyStay) int { return compareAdmissions(a.admission, b.admission) })
	slices.SortFunc(p.notApplied, compareAdmissions)
	return p
}

func compareAdmissions(a, b *models.Admission) int {
	return cmp.Or(cmp.Compare(a.AdmittedOn, b.AdmittedOn), cmp.Compare(a.PatientID, b.PatientID))
}

// keptTally counts how often a deadline was kept, late or missed.
type keptTally map[fee.Kept]int

func (t keptTally) rate() share {
	return share{t[fee.KeptInTime], t[fee.KeptInTime] + t[fee.KeptLate] + t[fee.KeptMissing]}
}

func tallyKept(stays []policyStay, of func(policyStay) fee.Deadline) keptTally {
	t := keptTally{}
	for _, s := range stays {
		t[of(s).Kept]++
	}
	return t
}

func informOf(s policyStay) fee.Deadline { return s.inform }
func noticeOf(s policyStay) fee.Deadline { return s.notice }

func (p *policyReport) rateWords() string {
	return "対象は、入院日が期間にあり、担当CMの登録のある入院です。" + "退院7日前の期限は、退院見込日（なければ退院日）の7日前、入院日より前にはしません。" +
		fee.KeptTerms(p.Facts.Params)
}

// policyMonth is one line of 集計: the admissions of a month.
type policyMonth struct {
	name  string
	stays []policyStay
}

func (p *policyReport) months() []policyMonth {
	var months []policyMonth
	for m := p.Period.From.Month(); m <= p.Period.To.Month(); m = m.Add(1) {
		months = append(months, policyMonth{name: m.String()})
	}
	for _, s := range p.stays {
		first := p.Period.From.Month()
		on := s.admission.AdmittedOn.Month()
		i := (on.Year()-first.Year())*12 + on.Number() - first.Number()
		months[i].stays = append(months[i].stays, s)
	}
	return months
}

func (p *policyReport) addSummary(b *book) {
	inform, notice := tallyKept(p.stays, informOf).rate(), tallyKept(p.stays, noticeOf).rate()
	s := b.addSheet("集計", page{landscape: true, minFont: 10, indent: true})
	s.title("規程の運用状況　集計", p.head(periodWords(p.Period)),
		fmt.Sprintf("対象: 入院日が期間にあり、担当CMの登録のある入院　%s件　遵守率: 7日以内の情報提供 %s、退院7日前の連絡 %s",
			thousands(len(p.stays)), cmp.Or(inform.String(), "―"), cmp.Or(notice.String(), "―")))
	s.heading("入院日から7日以内の情報提供と、退院が見込まれる7日前までの連絡（通知(3)ア(ア)）")
	s.table(p.rateTable())
	s.note(p.rateWords())
}

func (p *policyReport) rateTable() *grid {
	cols := []column[policyMonth]{
		{head: "入院月", width: fit(10, 10), format: formatMark, value: func(m policyMonth) any { return m.name }},
		figure("入院", func(m policyMonth) any { return len(m.stays) }),
	}
	for _, d := range []struct {
		name, none string
		of         func(policyStay) fee.Deadline
	}{{"7日以内", "入院中に\n決まった", informOf}, {"退院7日前", "退院見込\nなし", noticeOf}} {
		for _, way := range []fee.Kept{fee.KeptInTime, fee.KeptLate, fee.KeptMissing, fee.KeptOpen} {
			cols = append(cols, figure(d.name+"\n"+string(way), func(m policyMonth) any { return tallyKept(m.stays, d.of)[way] }))
		}
		cols = append(cols,
			figure(d.none, func(m policyMonth) any { return tallyKept(m.stays, d.of)[fee.KeptNone] }),
			column[policyMonth]{head: d.name + "\n遵守率", width: fit(8, 8), format: formatPercent,
				value: func(m policyMonth) any { return tallyKept(m.stays, d.of).rate() }})
	}
	g := tabulate(cols, p.months())
	all := policyMonth{stays: p.stays}
	total := []any{"計"}
	for _, c := range cols[1:] {
		total = append(total, c.value(all))
	}
	g.addTotal(total...)
	return g
}

// edition is a 版 with its last day in force, blank for the current one.
type edition struct {
	*models.Policy
	until models.Date
}

func (p *policyReport) editions() []edition {
	var list []edition
	for i := range p.Facts.Book.Policies {
		list = append(list, edition{Policy: &p.Facts.Book.Policies[i]})
	}
	slices.SortFunc(list, func(a, b edition) int { return cmp.Compare(a.EffectiveOn, b.EffectiveOn) })
	for i := 1; i < len(list); i++ {
		list[i-1].until = list[i].EffectiveOn.AddDays(-1)
	}
	return list
}

// remark says why the 版 does not support 指導料2 (fee-rules 11c), or "".
func (p *policyReport) remark(e edition) string {
	if !e.Complete() {
		return "3項目がそろっていません。この版では指導料2を算定できません"
	}
	return fee.PolicyGap(e.Policy, p.Facts.Params)
}

func (p *policyReport) addEditions(b *book) {
	item := func(head string, of func(*models.Policy) models.Mark) column[edition] {
		return column[edition]{head: head, width: fit(8, 8), format: formatMark,
			value: func(e edition) any { return cmp.Or(of(e.Policy).String(), "―") },
			tone:  func(e edition) tone { return menkaiTone(of(e.Policy).Is()) }}
	}
	editions := p.editions()
	s := b.addSheet("規程", page{landscape: true, minFont: 9, indent: true})
	s.title("規程管理", p.head(periodWords(p.Period)), fmt.Sprintf("対象: 登録のあるすべての版　%s版　並び: 施行日の順", thousands(len(editions))))
	s.table(tabulate([]column[edition]{
		{head: "版", width: fit(6, 12), format: formatID, value: func(e edition) any { return e.Edition }},
		{head: "施行日", width: fit(11.5, 11.5), format: formatDate, value: func(e edition) any { return e.EffectiveOn }},
		{head: "次の版の\n前日まで", width: fit(11.5, 11.5), format: formatDate, value: func(e edition) any { return dateOr(e.until, "施行中") }},
		item("7日以内の\n情報提供", func(m *models.Policy) models.Mark { return m.Within7Days }),
		item("退院7日前\nの連絡", func(m *models.Policy) models.Mark { return m.Before7Days }),
		item("未申請者\nへの勧奨", func(m *models.Policy) models.Mark { return m.Encourages }),
		{head: "条番号\n（手書き）", width: fit(14, 14), value: func(edition) any { return "" }},
		{head: "周知日", width: fit(11.5, 11.5), format: formatDate, value: func(e edition) any { return dateOr(e.AnnouncedOn, "未登録") },
			tone: func(e edition) tone { return missingTone(e.AnnouncedOn) }},
		{head: "周知方法", width: fit(14, 28), value: func(e edition) any { return e.AnnouncedHow }},
		{head: "対象部署\n（手書き）", width: fit(16, 16), value: func(edition) any { return "" }},
		{head: "指導料2との関わり", width: flex(24), value: func(e edition) any { return p.remark(e) }},
	}, editions).asList(1))
	s.note("通知(3)アは、次の3項目を規程に定め、院内に周知することを求めています。7日以内の情報提供: 担当のケアマネ等が決まっている患者は、原則、入院日から7日以内に入院の事実等を情報提供する。" +
		"退院7日前の連絡: 退院が見込まれる7日前までに連絡し、ケアプランに必要な情報を提供する。未申請者への勧奨: 要介護認定が未申請の疑いのある患者に、入院中の相談を促し、決まり次第連絡する。")
	s.note("条番号と対象部署は記録の項目にないため、手で書き込みます。")
}
