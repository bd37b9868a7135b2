package main

import (
	"cmp"
	"fmt"
	"slices"
)

// contact is one やり取り.
type contact struct {
	on           day
	minute       int
	kind, sender string
	manager      *manager
	office       *partner
	staff        string
	about, body  string
	patient      string
}

// recordContacts records all やり取り.
func (h *hospital) recordContacts() {
	h.talkAboutPatients(newDice(7))
	h.visitPartners(newDice(8))
	h.everydayTalk(newDice(9))
	slices.SortStableFunc(h.contacts, func(a, b contact) int {
		return cmp.Or(cmp.Compare(a.on, b.on), cmp.Compare(a.minute, b.minute))
	})
}

// add records a contact on a working day of the register, in office hours.
func (h *hospital) add(r dice, c contact) {
	if c.on < opened || c.on > today || !c.on.working() {
		return
	}
	c.minute = r.between(8*60+45, 11*60+50)
	if r.chance(55) {
		c.minute = r.between(13*60, 17*60+10)
	}
	if c.staff == "" {
		c.staff = pick(r, h.department(c.on))
	}
	if c.manager != nil && c.manager.office(c.on) == nil {
		return
	}
	if c.manager != nil && r.chance(70) {
		c.office = c.manager.office(c.on)
	}
	h.contacts = append(h.contacts, c)
}

// talkAboutPatients adds the letters and calls of 規程 (ア), the arranging of
// guidance, ward visits, and news from home after discharge.
func (h *hospital) talkAboutPatients(r dice) {
	for _, a := range h.admissions {
		if a.manager == nil {
			continue
		}
		c := contact{manager: a.manager, patient: a.id}
		h.talkInHospital(r, a, c)
		h.talkOfDischarge(r, a, c)
	}
}

func (h *hospital) talkInHospital(r dice, a *admission, c contact) {
	if a.received != 0 && a.received.working() {
		h.add(r, c.with(a.received, pick(r, []string{"FAX", "FAX", "ICT", "文書"}), "先方", "入院時情報提供書の受領", receivedWords(r, a)))
	}
	if a.informed != 0 {
		h.add(r, c.with(a.informed, pick(r, []string{"電話", "電話", "FAX", "ICT"}), "当院", "入院の連絡・情報提供", informedWords(r, a)))
	}
	if a.in+4 < a.end() && r.chance(45) {
		h.add(r, c.with((a.in+day(r.between(3, 12))).workday(), pick(r, []string{"電話", "メール", "チャット"}), pick(r, []string{"当院", "先方"}), "経過の共有", progressWords(r, a)))
	}
	for _, s := range a.sessions {
		if s.on != 0 && r.chance(45) {
			h.add(r, c.with(max(a.in.workday(), (s.on-day(r.between(2, 5))).workdayBefore()), pick(r, []string{"電話", "電話", "メール"}), "当院", "共同指導の日程調整", scheduleWords(r, s)))
		}
	}
	if visit := (a.in + day(r.between(4, 14))).workday(); r.chance(12) && visit < a.end() && !a.manager.office(a.in).quiet {
		h.add(r, c.with(visit, "面会", "先方", "病棟での面談", visitWords(r, a)))
	}
}

func (h *hospital) talkOfDischarge(r dice, a *admission, c contact) {
	if a.noticed != 0 {
		h.add(r, c.with(a.noticed, "電話", "当院", "退院前の連絡", noticeWords(r, a)))
	}
	if a.out != 0 && r.chance(40) {
		h.add(r, c.with((a.out+day(r.between(4, 20))).workday(), pick(r, []string{"電話", "FAX", "ICT", "メール"}), "先方", "退院後の状況報告", afterWords(r, a)))
	}
}

func (c contact) with(d day, kind, sender, about, body string) contact {
	c.on, c.kind, c.sender, c.about, c.body = d, kind, sender, about, body
	return c
}

// visitPartners adds the 面会 of 入退院支援加算1: as many in the last twelve
// months as partner.visits, and a few in the months before.
func (h *hospital) visitPartners(r dice) {
	lastYear := today.yearBefore() + 1
	for _, p := range h.partners {
		for i := range p.visits {
			// spread over the year, the last one in November at the latest
			d := (lastYear + day(360*i/p.visits+r.between(3, 40))).workdayBefore()
			h.visit(r, p, min(d, on(2026, 11, 20)))
		}
		for range r.between(0, 2) {
			if p.ended == 0 || r.chance(50) {
				h.visit(r, p, (opened + day(r.between(1, 165))).workday())
			}
		}
	}
}

func (h *hospital) visit(r dice, p *partner, d day) {
	kind := pick(r, []string{"面会", "面会", "面会", "ビデオ通話"})
	c := contact{office: p, on: d, kind: kind, sender: pick(r, []string{"当院", "当院", "先方"})}
	c.about, c.body = partnerWords(r, p, kind)
	h.add(r, c)
}

// everydayTalk adds questions and news about no particular patient.
func (h *hospital) everydayTalk(r dice) {
	for i := range 18 {
		for range r.between(7, 12) {
			m := pick(r, h.managers)
			c := contact{manager: m, on: on(2025, 6+i, r.between(1, 28)).workday(), kind: pick(r, []string{"電話", "電話", "メール", "チャット", "FAX"}), sender: pick(r, []string{"当院", "先方"})}
			c.about, c.body = everydayWords(r, c.sender)
			h.add(r, c)
		}
	}
}

func (h *hospital) contactSheet() sheet {
	s := sheet{name: "やり取り", columns: []string{"連絡番号", "日付", "時刻", "種別", "発信", "CMコード", "連携先コード", "職員コード", "目的", "内容", "患者ID"}, keys: 1}
	for i, c := range h.contacts {
		manager, office := "", ""
		if c.manager != nil {
			manager = c.manager.code
		}
		if c.office != nil {
			office = c.office.code
		}
		s.rows = append(s.rows, []string{number("R", 5, i+1), c.on.String(), fmt.Sprintf("%02d:%02d", c.minute/60, c.minute%60), c.kind, c.sender, manager, office, c.staff, c.about, c.body, c.patient})
	}
	return s
}
