package reports

import (
	"cmp"
	"fmt"
	"slices"

	"renkei/models"
	"renkei/models/fee"
)

// admissionColumns are the first columns of every list about admissions.
func admissionColumns[T any](of func(T) *models.Admission) []column[T] {
	return []column[T]{
		{head: "患者ID", width: fit(6, 12), format: formatID, value: func(row T) any { return of(row).PatientID }},
		{head: "氏名", width: fit(8, 11), value: func(row T) any { return of(row).Name }},
		{head: "入院日", format: formatDate, width: fit(8, 11.2), value: func(row T) any { return of(row).AdmittedOn }},
	}
}

// careManagerWords returns the 担当CM with the office on the day of admission.
func (r *Request) careManagerWords(a *models.Admission) string {
	name, office := a.CareManager, ""
	if cm := r.Facts.CareManager(a.CareManager); cm != nil {
		name = cm.Name
	}
	if p := r.Facts.OfficeOf(a.CareManager, a.AdmittedOn); p != nil {
		office = p.Name
	}
	return joinLines(name, office)
}

func (p *policyReport) addStays(b *book) {
	inform, notice := tallyKept(p.stays, informOf), tallyKept(p.stays, noticeOf)
	s := b.addSheet("運用状況", page{landscape: true, minFont: 8.5})
	s.title("規程の運用状況　入院別", p.head(periodWords(p.Period)),
		fmt.Sprintf("対象: 入院日が期間にあり、担当CMの登録のある入院　%s件　7日以内 守れた%s・期限後%s・記録なし%s　退院7日前 守れた%s・期限後%s・記録なし%s　並び: 入院日・患者IDの順",
			thousands(len(p.stays)), thousands(inform[fee.KeptInTime]), thousands(inform[fee.KeptLate]), thousands(inform[fee.KeptMissing]),
			thousands(notice[fee.KeptInTime]), thousands(notice[fee.KeptLate]), thousands(notice[fee.KeptMissing])))
	s.table(tabulate(p.stayColumns(), p.stays).asList(2))
	s.note(p.rateWords())
	s.note("入院n日目は情報提供日、n日前は退院前連絡日から退院見込日（なければ退院日）までの日数です。担当CMの事業所は入院日のものです。")
}

func (p *policyReport) stayColumns() []column[policyStay] {
	result := func(head string, of func(policyStay) fee.Deadline) column[policyStay] {
		return column[policyStay]{head: head, width: fit(8, 8.2), format: formatMark, value: func(s policyStay) any { return string(of(s).Kept) },
			tone: func(s policyStay) tone { return menkaiTone(!of(s).Kept.Broken()) }}
	}
	date := func(head string, of func(policyStay) models.Date) column[policyStay] {
		return column[policyStay]{head: head, width: fit(8, 11.2), format: formatDate, value: func(s policyStay) any { return of(s) }}
	}
	cols := admissionColumns(func(s policyStay) *models.Admission { return s.admission })
	return append(cols,
		column[policyStay]{head: "担当CM", width: flex(22), value: func(s policyStay) any { return p.careManagerWords(s.admission) }},
		date("情報提供\n期限", func(s policyStay) models.Date { return s.inform.Limit }),
		date("情報\n提供日", func(s policyStay) models.Date { return s.inform.Done }),
		column[policyStay]{head: "入院\nn日目", width: fit(4, 6.4), format: formatNumber, value: func(s policyStay) any { return p.dayOfStay(s.admission) }},
		result("7日以内", informOf),
		date("退院\n見込日", func(s policyStay) models.Date { return s.admission.ExpectedOn }),
		date("退院日", func(s policyStay) models.Date { return s.admission.DischargedOn }),
		date("連絡\n期限", func(s policyStay) models.Date { return s.notice.Limit }),
		date("退院前\n連絡日", func(s policyStay) models.Date { return s.notice.Done }),
		column[policyStay]{head: "退院\nn日前", width: fit(4, 6.4), format: formatNumber, value: func(s policyStay) any { return daysBeforeLeaving(s.admission) }},
		result("退院7日前", noticeOf))
}

// dayOfStay returns on which day of the stay the 情報提供 was made, counted as
// the hospital counts (Q12). A day before the admission is given in words.
func (p *policyReport) dayOfStay(a *models.Admission) any {
	if a.InformedOn.IsZero() {
		return ""
	}
	if a.InformedOn < a.AdmittedOn {
		return "入院前"
	}
	return fee.DayOfStay(a, a.InformedOn, p.Facts.Params)
}

func daysBeforeLeaving(a *models.Admission) any {
	leaving := cmp.Or(a.ExpectedOn, a.DischargedOn)
	if a.NoticedOn.IsZero() || leaving.IsZero() {
		return ""
	}
	return a.NoticedOn.DaysUntil(leaving)
}

// policyBreach is a missed deadline.
type policyBreach struct {
	stay     policyStay
	what     string
	deadline fee.Deadline
}

// daysLate returns how many days late it was done, 0 if never.
func (b policyBreach) daysLate() int {
	if b.deadline.Done.IsZero() {
		return 0
	}
	return b.deadline.Limit.DaysUntil(b.deadline.Done)
}

func (p *policyReport) breaches() []policyBreach {
	var list []policyBreach
	for _, s := range p.stays {
		if s.inform.Kept.Broken() {
			list = append(list, policyBreach{s, "7日以内の情報提供", s.inform})
		}
		if s.notice.Kept.Broken() {
			list = append(list, policyBreach{s, "退院7日前の連絡", s.notice})
		}
	}
	slices.SortStableFunc(list, func(a, b policyBreach) int { return cmp.Compare(a.deadline.Limit, b.deadline.Limit) })
	return list
}

func (p *policyReport) addBreaches(b *book) {
	list := p.breaches()
	missing := 0
	for _, br := range list {
		if br.deadline.Kept == fee.KeptMissing {
			missing++
		}
	}
	s := b.addSheet("守れなかったもの", page{landscape: true, minFont: 9})
	s.title("規程の期限を守れなかったもの", p.head(periodWords(p.Period)),
		fmt.Sprintf("対象: 7日以内の情報提供・退院7日前の連絡のうち、期限後・記録なしのもの　%s件（期限後 %s、記録なし %s）　並び: 期限の順",
			thousands(len(list)), thousands(len(list)-missing), thousands(missing)))
	cols := admissionColumns(func(br policyBreach) *models.Admission { return br.stay.admission })
	cols = append(cols,
		column[policyBreach]{head: "区分", width: fit(16, 18), value: func(br policyBreach) any { return br.what }},
		column[policyBreach]{head: "期限", format: formatDate, value: func(br policyBreach) any { return br.deadline.Limit }},
		column[policyBreach]{head: "実施日", format: formatDate, width: fit(11.2, 11.2), value: func(br policyBreach) any { return dateOr(br.deadline.Done, "記録なし") },
			tone: func(br policyBreach) tone { return missingTone(br.deadline.Done) }},
		column[policyBreach]{head: "超過\n日数", width: fit(5, 5), format: formatNumber, value: func(br policyBreach) any {
			if days := br.daysLate(); days > 0 {
				return days
			}
			return "―"
		}},
		column[policyBreach]{head: "退院日", format: formatDate, width: fit(11.2, 11.2), value: func(br policyBreach) any { return br.stay.admission.DischargedOn }},
		column[policyBreach]{head: "担当CM", width: flex(24), value: func(br policyBreach) any { return p.careManagerWords(br.stay.admission) }},
		column[policyBreach]{head: "理由・対応（手書き）", width: flex(28), value: func(policyBreach) any { return "" }})
	s.table(tabulate(cols, list).asList(2))
	s.note("記録なしは、期限を過ぎるか退院しても、提供日・連絡日の記録がないものです。行われていたときは、日付を入院に登録してください。個々の遅れは指導料2の算定を妨げません（規程に定めることが要件です）が、遵守率として管理します。")
}

// encouraged is what is recorded about the 勧奨 of a patient 未申請.
type encouraged struct {
	admission *models.Admission
	contact   *models.Contact       // the first with the patient's ID during the stay
	session   *models.JointGuidance // the first
}

// state says how far it went (通知(3)ア(イ)).
func (e encouraged) state() string {
	switch {
	case e.admission.CareManager != "":
		return "担当が決まっています"
	case e.contact != nil:
		return "相談・連絡があります"
	}
	return "記録なし"
}

func (p *policyReport) encouragements() []encouraged {
	contacts := make(map[string][]*models.Contact)
	for i := range p.Facts.Book.Contacts {
		if c := &p.Facts.Book.Contacts[i]; c.PatientID != "" {
			contacts[c.PatientID] = append(contacts[c.PatientID], c)
		}
	}
	sessions := make(map[models.AdmissionKey]*models.JointGuidance)
	for i := range p.Facts.Book.Sessions {
		s := &p.Facts.Book.Sessions[i]
		if first := sessions[s.Key()]; s.On != 0 && (first == nil || s.On < first.On) {
			sessions[s.Key()] = s
		}
	}
	list := make([]encouraged, len(p.notApplied))
	for i, a := range p.notApplied {
		e := encouraged{admission: a, session: sessions[a.Key()]}
		stay := models.Period{From: a.AdmittedOn, To: a.DischargedOn}
		for _, c := range contacts[a.PatientID] {
			if stay.Covers(c.On) && (e.contact == nil || c.On < e.contact.On) {
				e.contact = c
			}
		}
		list[i] = e
	}
	return list
}

func (p *policyReport) addNotApplied(b *book) {
	list := p.encouragements()
	counts := map[string]int{}
	for _, e := range list {
		counts[e.state()]++
	}
	s := b.addSheet("未申請者", page{landscape: true, minFont: 9})
	s.title("要介護認定 未申請の方への勧奨", p.head(periodWords(p.Period)),
		fmt.Sprintf("対象: 入院日が期間にあり、認定状況が未申請の入院　%s件（担当が決まっている %s、相談・連絡がある %s、記録なし %s）　並び: 入院日・患者IDの順",
			thousands(len(list)), thousands(counts["担当が決まっています"]), thousands(counts["相談・連絡があります"]), thousands(counts["記録なし"])))
	cols := admissionColumns(func(e encouraged) *models.Admission { return e.admission })
	cols = append(cols,
		column[encouraged]{head: "退院日", format: formatDate, width: fit(11.2, 11.2), value: func(e encouraged) any { return e.admission.DischargedOn }},
		column[encouraged]{head: "最初の\n相談・連絡", format: formatDate, width: fit(11.2, 11.2), value: func(e encouraged) any { return e.contactOn() }},
		column[encouraged]{head: "相談・連絡の相手", width: flex(22), value: func(e encouraged) any { return p.contactWords(e.contact) }},
		column[encouraged]{head: "担当CM", width: flex(22), value: func(e encouraged) any { return p.careManagerWords(e.admission) }},
		column[encouraged]{head: "最初の\n共同指導", format: formatDate, width: fit(11.2, 11.2), value: func(e encouraged) any { return e.sessionOn() }},
		column[encouraged]{head: "状況", width: fit(14, 21), value: func(e encouraged) any { return e.state() },
			tone: func(e encouraged) tone { return menkaiTone(e.state() != "記録なし") }},
		column[encouraged]{head: "勧奨した日（手書き）", width: fit(16, 16), value: func(encouraged) any { return "" }})
	s.table(tabulate(cols, list).asList(2))
	s.note("規程は、未申請の疑いのある患者に、入院中に居宅介護支援事業所・地域包括支援センターへの相談を促し、担当が決まり次第連絡することを求めています（通知(3)ア(イ)）。" +
		"勧奨した日は記録の項目にないため、分かることだけを示し、欄を空けてあります。相談・連絡は、その患者IDを記したやり取りで入院中の最初のものです。")
}

func (e encouraged) contactOn() models.Date {
	if e.contact == nil {
		return 0
	}
	return e.contact.On
}

func (e encouraged) sessionOn() models.Date {
	if e.session == nil {
		return 0
	}
	return e.session.On
}

// contactWords names the other side of an やり取り.
func (r *Request) contactWords(c *models.Contact) string {
	if c == nil {
		return ""
	}
	name, office := c.CareManager, ""
	if cm := r.Facts.CareManager(c.CareManager); cm != nil {
		name = cm.Name
	}
	if p := r.Facts.Partner(r.Facts.OfficeOfContact(c)); p != nil {
		office = p.Name
	}
	return joinLines(name, office)
}
