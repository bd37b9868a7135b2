package partners

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"renkei/models"
	"renkei/models/fee"
	"renkei/models/liaison"
	"renkei/views/ui"
	"renkei/views/words"
)

// Colleague is one period of a person at an office.
type Colleague struct {
	Key    string // row key
	Name   string
	Kana   string
	Detail string // 資格 and period
	Peace  string // of a person there today: 平時の連携 until when
	Ready  bool
	Now    bool // there today
}

// OfficeDetail is what the right side says of an office, above its course.
type OfficeDetail struct {
	Code, Name, Kana string
	Line             string // 種別, 法人, 事業所番号
	Phone, Fax       string
	Checked          ui.Fact // 連絡先の確認
	Facts            []ui.Fact
	People           []Colleague // those there today first, then the newest
	Menkai           MenkaiDetail
}

// MenkaiDetail is how an office stands with its 面会.
type MenkaiDetail struct {
	Dots     string
	Sentence string // of the 過去1年: 「あと1回、2027-03-31まで」
	Fiscal   string // of 今年度, "" when that is the same
	Enough   bool
	Days     string // the days of the period, 「2026-04-10・2026-08-02」
	Next     string // when it is to be met again
	Late     bool
	Interval int // days between two 面会
}

// DescribeOffice puts an office into words; false when it is not registered.
func (x *Index) DescribeOffice(code string, interval int) (OfficeDetail, bool) {
	p := x.Facts.Partner(code)
	if p == nil {
		return OfficeDetail{}, false
	}
	d := OfficeDetail{
		Code: p.Code, Name: p.Name, Kana: p.Kana,
		Line:  words.Joined("　", string(p.Kind), p.Corporation, words.Prefixed("事業所番号 ", p.OfficeNumber), p.Code),
		Phone: GroupedPhone(p.Phone), Fax: GroupedPhone(p.Fax),
		Menkai: x.menkaiDetail(p, interval), Facts: x.officeFacts(p), People: x.colleagues(code),
	}
	d.Checked = x.officeChecked(code)
	return d, true
}

func (x *Index) officeFacts(p *models.Partner) []ui.Fact {
	facts := []ui.Fact{
		{Label: "協議日", Value: cmp.Or(words.LongDate(p.ConsultedOn), "未登録です。連携機関に数えられません"), Warn: p.ConsultedOn == 0 && p.EndedOn == 0},
		{Label: "取り決め日", Value: cmp.Or(words.LongDate(p.AgreedOn), "未登録"), Warn: p.AgreedOn == 0 && x.Facts.Params.RequireLocalAgreement},
	}
	if p.EndedOn != 0 {
		facts = append(facts, ui.Fact{Label: "連携終了日", Value: words.LongDate(p.EndedOn), Warn: true})
	}
	for _, f := range []ui.Fact{
		{Label: "住所", Value: words.Joined(" ", words.Prefixed("〒", p.PostalCode), p.Address)},
		{Label: "特別の関係", Value: markWords(p.SpecialRelation, "あり", "なし")},
		{Label: "高度急性期", Value: markWords(p.AdvancedAcute, "該当", "該当しない")},
		{Label: "併設", Value: string(p.Annex)},
		{Label: "備考", Value: p.Note},
	} {
		if f.Value != "" {
			facts = append(facts, f)
		}
	}
	return facts
}

func markWords(m models.Mark, yes, no string) string {
	switch m {
	case models.Yes:
		return yes
	case models.No:
		return no
	}
	return ""
}

// officeChecked is the newest 連絡先確認日 of the people there today.
func (x *Index) officeChecked(office string) ui.Fact {
	var newest *models.CareManager
	for _, a := range x.peopleOf[office] {
		c := x.Facts.CareManager(a.CareManager)
		if c == nil || !a.Period().Covers(x.Today) || x.checkedOn(c) == 0 {
			continue
		}
		if newest == nil || x.checkedOn(c) > x.checkedOn(newest) {
			newest = c
		}
	}
	if newest == nil {
		return ui.Fact{Label: "連絡先の確認", Value: "記録なし", Warn: len(x.peopleOf[office]) > 0}
	}
	on := x.checkedOn(newest)
	return ui.Fact{Label: "連絡先の確認", Value: words.LongDate(on) + " " + newest.Name + "さん" + x.staleWords(on), Warn: x.stale(on)}
}

// checkedOn is the last day on which a person's contact was known to be right.
func (x *Index) checkedOn(c *models.CareManager) models.Date { return max(c.SharedOn, c.CheckedOn) }

// stale reports whether a check is older than the hospital lets it be.
func (x *Index) stale(on models.Date) bool {
	return on.AddMonths(x.Facts.Params.ContactStaleMonths) <= x.Today
}

func (x *Index) staleWords(on models.Date) string {
	if !x.stale(on) {
		return ""
	}
	return fmt.Sprintf("（%dか月以上たっています。確認してください）", x.Facts.Params.ContactStaleMonths)
}

// colleagues lists the 所属履歴 of an office: those of today by name, then those
// gone, the last to leave first.
func (x *Index) colleagues(office string) []Colleague {
	rows := slices.Clone(x.peopleOf[office])
	now := func(a models.Affiliation) bool { return a.Period().Covers(x.Today) }
	slices.SortStableFunc(rows, func(a, b models.Affiliation) int {
		switch {
		case now(a) != now(b):
			if now(a) {
				return -1
			}
			return 1
		case now(a):
			return cmp.Compare(x.kanaOf(a.CareManager), x.kanaOf(b.CareManager))
		}
		return cmp.Compare(b.To, a.To)
	})
	people := make([]Colleague, len(rows))
	for i, a := range rows {
		people[i] = Colleague{Key: personKey(a.CareManager), Name: nameOf(x.Facts, a.CareManager), Now: now(a), Detail: words.Period(a.Period())}
		if c := x.Facts.CareManager(a.CareManager); c != nil {
			people[i].Kana = c.Kana
			people[i].Detail = words.Joined("　", shortKind(string(c.Qualification)), people[i].Detail)
		}
		if people[i].Now {
			peace := x.peace[a.CareManager]
			people[i].Ready, people[i].Peace = peace.Ready, peaceShort(peace)
		}
	}
	return people
}

func peaceShort(p fee.Peacetime) string {
	switch {
	case !p.Ready:
		return "平時の連携 なし"
	case p.LastsUntil == 0:
		return "平時の連携 あり"
	}
	return "平時の連携 " + p.LastsUntil.String() + "まで"
}

func (x *Index) kanaOf(cm string) string {
	if c := x.Facts.CareManager(cm); c != nil {
		return models.SearchKey(cmp.Or(c.Kana, c.Name))
	}
	return cm
}

func (x *Index) menkaiDetail(p *models.Partner, interval int) MenkaiDetail {
	days := x.menkai[p.Code]
	d := MenkaiDetail{Dots: Dots(len(days)), Interval: interval, Enough: len(days) >= liaison.MinMenkai}
	d.Days = menkaiDates(days)
	d.Sentence, d.Fiscal = x.menkaiSentence(p), x.fiscalSentence(p)
	by := x.meetBy(p, interval)
	switch last := x.lastMet[p.Code]; {
	case by == 0:
	case last == 0:
		d.Next, d.Late = "まだ面会の記録がありません。最初の面会を計画してください", true
	default:
		d.Late = by <= x.Today
		d.Next = fmt.Sprintf("次の面会の目安 %s（%s）", words.LongDate(by), leftWords(by, x.Today))
	}
	return d
}

// menkaiDaysShown is the most days of 面会 named, the newest.
const menkaiDaysShown = 6

// menkaiDates names the newest days: 「面会日 2026-08-02・2026-04-10」.
func menkaiDates(days []models.Date) string {
	if len(days) == 0 {
		return "この期間の面会はありません"
	}
	var dates []string
	for _, on := range slices.Backward(days[max(0, len(days)-menkaiDaysShown):]) {
		dates = append(dates, on.String())
	}
	text := "面会日 " + strings.Join(dates, "・")
	if more := len(days) - len(dates); more > 0 {
		text += fmt.Sprintf(" ほか%d日", more)
	}
	return text
}

// menkaiSentence says how many 面会 of the 過去1年 are wanting and until when they
// count: in a fiscal year until its end, in the last 12 months until the oldest
// drops out.
func (x *Index) menkaiSentence(p *models.Partner) string {
	s, active := x.now[p.Code]
	fiscal := x.Facts.Params.A246Period == fee.Fiscal
	switch {
	case !active:
		return fmt.Sprintf("%d回。連携機関ではないため、年3回には数えません", len(x.menkai[p.Code]))
	case s.Short > 0 && s.Until == 0:
		return fmt.Sprintf("あと%d回", s.Short)
	case s.Short > 0 && fiscal:
		return fmt.Sprintf("あと%d回、%sまで", s.Short, s.Until)
	case s.Short > 0:
		return fmt.Sprintf("あと%d回、%sまで（その後は%sの面会が1年の外に出ます）", s.Short, s.Until, s.Days[0])
	case fiscal:
		return fmt.Sprintf("%d回。年3回を満たしています", len(s.Days))
	}
	return fmt.Sprintf("%d回。年3回を満たしています（新しい面会がなくても%sまで）", len(s.Days), s.Until)
}

// fiscalSentence says how the fiscal year stands, "" when it is the 過去1年 itself
// or the office no 連携機関.
func (x *Index) fiscalSentence(p *models.Partner) string {
	s, active := x.march[p.Code]
	switch {
	case !active || x.Facts.Params.A246Period == fee.Fiscal:
		return ""
	case s.Short == 0:
		return fmt.Sprintf("%sの面会　%d回。年3回を満たしています", liaison.FiscalName, len(s.Days))
	case s.Late:
		return fmt.Sprintf("%sの面会　%d回。あと%d回、%sまで（%s）", liaison.FiscalName, len(s.Days), s.Short, s.Until, s.By())
	}
	return fmt.Sprintf("%sの面会　%d回。あと%d回、%sまで（遅くとも%sに始める）", liaison.FiscalName, len(s.Days), s.Short, s.Until, s.By())
}
