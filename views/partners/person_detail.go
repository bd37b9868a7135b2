package partners

import (
	"cmp"
	"fmt"

	"renkei/models"
	"renkei/models/fee"
	"renkei/views/page"
	"renkei/views/ui"
	"renkei/views/verdict"
	"renkei/views/words"
)

// PersonDetail is what the right side says of a care manager, above the course.
type PersonDetail struct {
	Code, Name, Kana string
	Line             string // 資格, 登録番号, code
	OfficeKey        string // row key of the office today, "" for none
	Office           string // 「ケアプランさくら（2024-12-01から）」
	Moves            []Move // all periods, the newest first
	Phone, Mail      string
	Shared, Checked  ui.Fact
	Facts            []ui.Fact
	Peace            PeaceDetail
}

// Move is one period of the 所属履歴 in words.
type Move struct {
	Job       models.Affiliation
	OfficeKey string
	Text      string
	Now       bool
}

// PeaceDetail answers whether 平時の連携 is there today.
type PeaceDetail struct {
	Tint       ui.Tint
	Sentence   string
	Conditions []ui.Condition
	Todo       []string // what to do so that it is there, or stays
}

// DescribePerson puts a care manager into words; false when not registered.
func (x *Index) DescribePerson(code string) (PersonDetail, bool) {
	c := x.Facts.CareManager(code)
	if c == nil {
		return PersonDetail{}, false
	}
	d := PersonDetail{
		Code: c.Code, Name: c.Name, Kana: c.Kana, Phone: GroupedPhone(c.Phone), Mail: c.Mail,
		Line:   words.Joined("　", string(c.Qualification), words.Prefixed("登録番号 ", c.RegistrationNo), c.Code),
		Shared: ui.Fact{Label: "連絡先共有日", Value: cmp.Or(words.LongDate(c.SharedOn), "未登録"), Warn: c.SharedOn == 0},
		Peace:  x.peaceDetail(c),
	}
	d.Checked = x.checkedFact(c)
	d.Office = "いまの所属の記録がありません"
	for _, a := range x.jobsOf[code] {
		m := Move{Job: a, OfficeKey: officeKey(a.Partner), Text: words.Period(a.Period()) + "　" + x.officeName(a.Partner), Now: a.Period().Covers(x.Today)}
		d.Moves = append(d.Moves, m)
	}
	if job, ok := x.jobNow(code); ok {
		d.OfficeKey = officeKey(job.Partner)
		d.Office = x.officeName(job.Partner) + "（" + job.From.String() + "から）"
	}
	for _, f := range []ui.Fact{
		{Label: "ケアプラン作成", Value: markWords(c.CanPlan, "できる", "できない")},
		{Label: "備考", Value: c.Note},
	} {
		if f.Value != "" {
			d.Facts = append(d.Facts, f)
		}
	}
	return d, true
}

// jobNow returns the 所属履歴 that holds today: of several the one begun last,
// as the judgement takes it.
func (x *Index) jobNow(cm string) (models.Affiliation, bool) {
	office := x.Facts.OfficeOf(cm, x.Today)
	for _, a := range x.jobsOf[cm] {
		if office != nil && a.Partner == office.Code && a.Period().Covers(x.Today) {
			return a, true
		}
	}
	return models.Affiliation{}, false
}

func (x *Index) officeName(code string) string {
	if p := x.Facts.Partner(code); p != nil {
		return p.Name
	}
	return code
}

func (x *Index) checkedFact(c *models.CareManager) ui.Fact {
	last := x.checkedOn(c)
	if c.CheckedOn == 0 {
		return ui.Fact{Label: "連絡先確認日", Value: "未登録", Warn: last != 0 && x.stale(last)}
	}
	return ui.Fact{Label: "連絡先確認日", Value: words.LongDate(c.CheckedOn) + x.staleWords(last), Warn: x.stale(last)}
}

// peaceDetail says whether a patient admitted today would find 平時の連携 (通知(3)イ)
// with the person, on what grounds, until when, and what to do if not.
func (x *Index) peaceDetail(c *models.CareManager) PeaceDetail {
	p := x.peace[c.Code]
	if x.Facts.OfficeOf(c.Code, x.Today) == nil {
		return PeaceDetail{
			Tint:     ui.Tint{Word: "なし", Color: ui.Warn},
			Sentence: "いまの所属の記録がないため、平時の連携はないものとして扱います。",
			Todo:     []string{"「異動」で、いまの所属を登録してください。"},
		}
	}
	var d PeaceDetail
	for _, condition := range p.Asked() {
		d.Conditions = append(d.Conditions, verdict.Condition(condition, nil))
	}
	verdict.Relink(d.Conditions, map[page.Target]page.Target{toPerson(c.Code): {}})
	switch {
	case !p.Ready:
		d.Tint, d.Sentence = ui.Tint{Word: "なし", Color: ui.Warn}, "平時の連携は、きょうの時点でありません。いま入院する患者さんは指導料2の対象になりません。"
	case p.LastsUntil == 0:
		d.Tint, d.Sentence = ui.Tint{Word: "あり", Color: ui.Good}, "平時の連携は、きょうの時点であります。"
	default:
		d.Tint = ui.Tint{Word: "あり", Color: ui.Good}
		d.Sentence = fmt.Sprintf("平時の連携は、きょうの時点であります。%sまでの入院に使えます（%s）。", p.LastsUntil, leftWords(p.LastsUntil, x.Today))
	}
	d.Todo = x.peaceTodo(p)
	return d
}

// peaceTodo names what would make the 平時の連携, or keep it when it ends soon.
func (x *Index) peaceTodo(p fee.Peacetime) (todo []string) {
	with := "この方と入退院支援部門の担当者がともに出席する"
	if !x.Facts.Params.RequireCMAttendance {
		with = "入退院支援部門の担当者が出席する"
	}
	if p.Meetings.State == fee.NotMet {
		todo = append(todo, with+"会議などを開くか、出席した会議の記録を「会議・勉強会」で補ってください。開催日より後の入院から使えます。")
	}
	if p.Contacts.State == fee.NotMet {
		todo = append(todo, "連絡先を交換し、上の「連絡先を確認した」で連絡先共有日を登録してください。その日より後の入院から使えます。")
	}
	if p.Agreement.State == fee.NotMet {
		todo = append(todo, "事業所との事前の取り決めを結び、連携先に取り決め日を登録してください。その日より後の入院から使えます。")
	}
	if p.Ready && p.LastsUntil != 0 && x.Today.DaysUntil(p.LastsUntil) <= LapsingDays {
		todo = append(todo, fmt.Sprintf("まもなく切れます。%sまでに、%s会議などを開いてください。", p.LastsUntil, with))
	}
	return todo
}
