package models

import "slices"

// Part names the part of the register that a question needs. Its fields add up;
// the zero Part is the frame alone. A blank period (no From) selects nothing.
//
// The frame is what grows with the hospital's circle and not with its patients:
// 設定, 規程, 病棟, 職員, 連携先, 介護支援専門員, 所属履歴, 会議, 会議出席 and 月締め. It belongs
// to every part. 入院, 病棟履歴, 共同指導 and 確定 are selected by patient: all records of a
// selected patient belong to the part. So its chains are whole, and the verdict of each of
// its sessions is that of the whole register.
type Part struct {
	Whole bool // everything; the other fields do not matter

	// These select patients.
	Sessions   Period // a 共同指導 was held in the period
	Undated    bool   // a 共同指導 has no 指導日
	Stays      Period // in hospital on a day of the period
	Admitted   Period // an 入院日 is in the period
	Unfinished Date   // a 共同指導 lacked its 要点 or its ケアプラン写し on the day
	After      Date   // a 共同指導 is after the day
	// Month selects by a 共同指導 held or claimed in the month, or kept by a closing of
	// it. The 締めの判定 of the month belong to the part too.
	Month Month
	// AcrossPolicies selects by a 共同指導 since 2026-06-01, when 規程 began to matter,
	// with a 施行日 or 周知日 of a 規程 between
	// its 入院日 and its 指導日.
	AcrossPolicies bool
	OfContacts     bool     // an やり取り of Contacts is about the patient
	Patients       []string // 患者ID
	Numbers        []string // 指導番号
	// CareManagers are those of 入院 and 共同指導. Partners stand for everyone who
	// worked there at any time.
	CareManagers, Partners []string

	// Kept adds the 締めの判定 of the 共同指導 of selected patients, of the months they
	// are billed in.
	Kept bool

	// Before selects the latest before the day: やり取り with each 連携先 and each
	// 介護支援専門員, and, at each of their 所属, やり取り and 共同指導 with each
	// 介護支援専門員. So it is known of everyone when they were dealt with last.
	Before Date
	// Met selects the latest before the day at which one of our 担当者 met each 連携先,
	// and, at each of their 所属, each 介護支援専門員: やり取り that are 面会 or ビデオ通話,
	// and 共同指導 held so. So it is known of every 連携先 when it was met last.
	Met Date

	// These select やり取り.
	Contacts   Period
	Menkai     Period // 面会 and ビデオ通話
	OfPatients bool   // about a selected patient
	OfPartners bool   // with one of CareManagers and Partners
}

// With returns a part that holds both. It may hold more: periods become one
// that spans both.
func (p Part) With(q Part) Part {
	p.Whole = p.Whole || q.Whole
	p.Sessions, p.Stays, p.Admitted = p.Sessions.spanning(q.Sessions), p.Stays.spanning(q.Stays), p.Admitted.spanning(q.Admitted)
	p.Contacts, p.Menkai = p.Contacts.spanning(q.Contacts), p.Menkai.spanning(q.Menkai)
	p.Undated = p.Undated || q.Undated
	p.AcrossPolicies = p.AcrossPolicies || q.AcrossPolicies
	p.Kept = p.Kept || q.Kept
	p.OfContacts, p.OfPatients, p.OfPartners = p.OfContacts || q.OfContacts, p.OfPatients || q.OfPatients, p.OfPartners || q.OfPartners
	p.Patients, p.Numbers = merged(p.Patients, q.Patients), merged(p.Numbers, q.Numbers)
	p.CareManagers, p.Partners = merged(p.CareManagers, q.CareManagers), merged(p.Partners, q.Partners)
	p.After, p.Unfinished = earlier(p.After, q.After), earlier(p.Unfinished, q.Unfinished)
	var oneMonth, oneBefore, oneMet bool
	p.Month, oneMonth = theOne(p.Month, q.Month)
	p.Before, oneBefore = theOne(p.Before, q.Before)
	p.Met, oneMet = theOne(p.Met, q.Met)
	p.Whole = p.Whole || !oneMonth || !oneBefore || !oneMet // no part has two
	return p
}

// theOne returns the one of two values that is given; ok is false if both are
// and differ.
func theOne[T comparable](a, b T) (one T, ok bool) {
	var none T
	if a == none {
		return b, true
	}
	return a, b == none || a == b
}

// spanning returns the shortest period that holds both.
func (p Period) spanning(q Period) Period {
	switch {
	case p.From == 0:
		return q
	case q.From == 0:
		return p
	case p.To == 0 || q.To == 0:
		return Period{From: min(p.From, q.From)}
	}
	return Period{From: min(p.From, q.From), To: max(p.To, q.To)}
}

func merged(a, b []string) []string {
	all := slices.Concat(a, b)
	slices.Sort(all)
	return slices.Compact(all)
}

// Extent is how far a register reaches. Every part of it knows that of the whole.
type Extent struct {
	First  Date    // the day of the earliest 入院, 共同指導 or やり取り, blank without any
	Months []Month // those with 共同指導, newest first
	// Sessions is the number of 共同指導.
	Sessions int
}

// Extent returns how far a whole register reaches.
func (b *Book) Extent() Extent {
	e := Extent{Sessions: len(b.Sessions)}
	note := func(on Date) {
		if on != 0 && (e.First == 0 || on < e.First) {
			e.First = on
		}
	}
	for i := range b.Sessions {
		on := b.Sessions[i].On
		note(on)
		if on != 0 {
			e.Months = append(e.Months, on.Month())
		}
	}
	for i := range b.Contacts {
		note(b.Contacts[i].On)
	}
	for i := range b.Admissions {
		note(b.Admissions[i].AdmittedOn)
	}
	slices.Sort(e.Months)
	e.Months = slices.Compact(e.Months)
	slices.Reverse(e.Months)
	return e
}
