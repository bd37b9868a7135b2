package app

import (
	"renkei/models"
	"renkei/models/fee"
)

// Stranded is a record of a day on which its 職員 or 病棟 would no longer be
// registered.
type Stranded struct {
	Sheet string // 共同指導, 会議, やり取り or 病棟履歴
	Key   string // of the record on that sheet
	On    models.Date
	Name  string // of the 職員 or 病棟
}

// stranded lists the records covered by a period of 職員 or 病棟 now, but not
// by the other facts, in sheet order.
func stranded(now, then *fee.Facts) []Stranded {
	var found []Stranded
	book := then.Book
	staff := func(sheet, key, code string, on models.Date) {
		if rows := now.StaffOn(code, on); len(rows) > 0 && len(then.StaffOn(code, on)) == 0 {
			found = append(found, Stranded{sheet, key, on, rows[0].Name})
		}
	}
	for i := range book.Sessions {
		for _, code := range book.Sessions[i].Staff {
			staff("共同指導", book.Sessions[i].Number, code, book.Sessions[i].On)
		}
	}
	held := make(map[string]models.Date, len(book.Meetings))
	for i := range book.Meetings {
		held[book.Meetings[i].Code] = book.Meetings[i].HeldOn
	}
	for i := range book.Attendances {
		if a := &book.Attendances[i]; a.Kind == models.AttendeeStaff {
			staff("会議", a.Meeting, a.Code, held[a.Meeting])
		}
	}
	for i := range book.Contacts {
		for _, code := range book.Contacts[i].Staff {
			staff("やり取り", book.Contacts[i].Number, code, book.Contacts[i].On)
		}
	}
	for i := range book.WardStays {
		s := &book.WardStays[i]
		for _, on := range []models.Date{s.From, s.To} {
			if w := now.WardFacts(s.Ward, on); on != 0 && w != nil && then.WardFacts(s.Ward, on) == nil {
				found = append(found, Stranded{"病棟履歴", s.Key().String(), on, w.Name})
				break
			}
		}
	}
	return found
}
