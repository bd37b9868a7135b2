package reports

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"renkei/models"
	"renkei/models/fee"
)

// quote is a record the judgement rests on, as registered.
type quote struct {
	kind  fee.EvidenceKind
	key   string
	on    models.Date
	words string
}

func quoteColumns() []column[quote] {
	return []column[quote]{
		{head: "記録", format: formatMark, value: func(q quote) any { return string(q.kind) }},
		{head: "コード・日付", format: formatID, value: func(q quote) any { return joinLines(q.key, q.on.String()) }},
		{head: "内容", span: 7, value: func(q quote) any { return q.words }},
	}
}

// quotes copies every record named by a condition of the claims, once each, and
// adds the everyday contacts with the care managers.
func (e evidence) quotes(c *evidenceCase) []quote {
	var list []quote
	seen := map[quote]bool{}
	add := func(q quote) {
		if mark := (quote{kind: q.kind, key: q.key}); q.words != "" && !seen[mark] {
			seen[mark] = true
			list = append(list, q)
		}
	}
	for _, v := range c.claims {
		for _, condition := range v.Conditions {
			for _, ev := range condition.Evidence {
				add(e.quote(v, ev))
			}
		}
		add(e.everyday(v))
	}
	order := []fee.EvidenceKind{"規程", "病棟", "職員", "介護支援専門員", "連携先", "会議", "やり取り"}
	slices.SortStableFunc(list, func(a, b quote) int { return cmp.Compare(slices.Index(order, a.kind), slices.Index(order, b.kind)) })
	return list
}

// quote copies one record. The admission and the session are already on the
// page.
func (e evidence) quote(v *fee.Verdict, ev fee.Evidence) quote {
	q := quote{kind: ev.Kind, key: ev.Key}
	switch ev.Kind {
	case "規程":
		for _, p := range e.Facts.Book.Policies {
			if p.Edition == ev.Key {
				q.on = p.EffectiveOn
				q.words = fmt.Sprintf("施行 %s　周知 %s（%s）　七日以内の情報提供 %s　退院七日前の連絡 %s　未申請者への勧奨 %s", p.EffectiveOn,
					cmp.Or(p.AnnouncedOn.String(), "未記録"), cmp.Or(p.AnnouncedHow, "方法 未記録"), orUnknown(p.Within7Days), orUnknown(p.Before7Days), orUnknown(p.Encourages))
			}
		}
	case "病棟":
		if w := v.Ward; w != nil {
			q.words = fmt.Sprintf("%s　%s　%d床　区分%s　B005-1-2 %s　加算1届出 %s", w.Name, w.BasicFee, w.Beds, w.Class, w.FeeTreatment, filingWords(w))
		}
	case "職員":
		for _, s := range e.Facts.StaffOn(ev.Key, v.Session.On) {
			q.words = fmt.Sprintf("%s　%s　%s から%s", staffName(s), staffPost(s), s.From, s.To)
		}
	case "介護支援専門員":
		if cm := e.Facts.CareManager(ev.Key); cm != nil {
			q.words = fmt.Sprintf("%s　%s　登録番号 %s　ケアプラン作成可 %s　連絡先共有日 %s　連絡先確認日 %s", cm.Name, cm.Qualification,
				cmp.Or(cm.RegistrationNo, "未記録"), orUnknown(cm.CanPlan), cmp.Or(cm.SharedOn.String(), "未記録"), cmp.Or(cm.CheckedOn.String(), "未記録"))
		}
	case "連携先":
		if p := e.Facts.Partner(ev.Key); p != nil {
			q.words = fmt.Sprintf("%s　%s　%s　併設 %s　特別の関係 %s　協議日 %s　取り決め日 %s", p.Name, p.Kind, cmp.Or(p.Corporation, "法人名 未記録"),
				cmp.Or(string(p.Annex), "なし"), orNoRecord(p.SpecialRelation), cmp.Or(p.ConsultedOn.String(), "未記録"), cmp.Or(p.AgreedOn.String(), "未記録"))
		}
	case "会議":
		for i := range e.Facts.Book.Meetings {
			if m := &e.Facts.Book.Meetings[i]; m.Code == ev.Key {
				q.on, q.words = m.HeldOn, e.meetingWords(m)
			}
		}
	}
	return q
}

func filingWords(w *models.Ward) string {
	if w.FiledFrom.IsZero() {
		return "なし"
	}
	return fmt.Sprintf("%s〜%s", w.FiledFrom, w.FiledTo)
}

func (e evidence) meetingWords(m *models.Meeting) string {
	var staff, others []string
	for _, a := range e.attendances[m.Code] {
		name := attendeeName(e.Facts, a, m.HeldOn)
		if a.Kind == models.AttendeeStaff {
			staff = append(staff, name)
		} else {
			others = append(others, name)
		}
	}
	counts := cmp.Or(m.Counts.String(), "種別による")
	return joinLines(
		fmt.Sprintf("%s　%s　主催 %s　場所 %s　%s", m.Name, m.Kind, cmp.Or(m.Host, "未記録"), cmp.Or(m.Place, "未記録"), m.Way),
		fmt.Sprintf("議題: %s　会議として算入 %s%s　連絡先共有 %s", cmp.Or(m.Agenda, "未記録"), counts, inBrackets(m.CountsBecause), orNoRecord(m.ContactsShared)),
		"当院の出席者: "+cmp.Or(strings.Join(staff, "・"), "なし")+"　ほかの出席者: "+cmp.Or(strings.Join(others, "・"), "なし"))
}

// everydayMonths is how many months back everyday contacts are counted.
const everydayMonths = 12

// everydayBefore is the period of the everyday contacts before an admission.
func everydayBefore(v *fee.Verdict) models.Period {
	return models.Period{From: v.Session.AdmittedOn.AddMonths(-everydayMonths), To: v.Session.AdmittedOn.AddDays(-1)}
}

// everyday summarises the everyday contacts with the care manager of a session
// in the year before the admission. They support the evidence (fee-rules §9).
func (e evidence) everyday(v *fee.Verdict) quote {
	code := v.Session.CareManager
	if code == "" {
		return quote{}
	}
	period := everydayBefore(v)
	counts, latest, n := map[models.ContactKind]int{}, models.Date(0), 0
	for i := range e.Facts.Book.Contacts {
		if c := &e.Facts.Book.Contacts[i]; c.CareManager == code && period.Covers(c.On) {
			counts[c.Kind]++
			latest, n = max(latest, c.On), n+1
		}
	}
	if n == 0 {
		return quote{kind: "やり取り", key: code, words: "入院日までの12か月に、この相手とのやり取りの記録はありません"}
	}
	var kinds []string
	for _, kind := range models.ContactKinds {
		if counts[kind] > 0 {
			kinds = append(kinds, fmt.Sprintf("%s %d", kind, counts[kind]))
		}
	}
	return quote{kind: "やり取り", key: code, on: latest,
		words: fmt.Sprintf("日頃のやり取り（補強の資料）: 入院日までの12か月に %d回（%s）。直近 %s", n, strings.Join(kinds, "・"), latest)}
}
