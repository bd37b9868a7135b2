package app

import (
	"fmt"
	"strconv"
	"strings"

	"renkei/models"
)

// NextPartner returns the 連携先コード for a new partner.
func (j *Judged) NextPartner() string {
	return nextCode(j.Facts.Book.Partners, func(p *models.Partner) string { return p.Code }, "P001")
}

// NextCareManager returns the CMコード for a new care manager.
func (j *Judged) NextCareManager() string {
	return nextCode(j.Facts.Book.CareManagers, func(c *models.CareManager) string { return c.Code }, "C001")
}

// NextMeeting returns the 会議コード for a new meeting.
func (j *Judged) NextMeeting() string {
	return nextCode(j.Facts.Book.Meetings, func(m *models.Meeting) string { return m.Code }, "M001")
}

// NextContact returns the 連絡番号 for a new contact.
func (j *Judged) NextContact() string {
	return nextCode(j.Facts.Book.Contacts, func(c *models.Contact) string { return c.Number }, "K0001")
}

// NextSession returns the 指導番号 for a new session.
func (j *Judged) NextSession() string {
	return nextCode(j.Facts.Book.Sessions, func(s *models.JointGuidance) string { return s.Number }, "G0001")
}

// NextStaff returns the 職員コード for a new member of staff.
func (j *Judged) NextStaff() string {
	return nextCode(j.Facts.Book.Staff, func(s *models.Staff) string { return s.Code }, "S001")
}

// NextAfter returns the code that follows another in the same form, for
// several new records at once.
func NextAfter(code string) string {
	return nextCode([]string{code}, func(c *string) string { return *c }, code)
}

// nextCode returns the code after the greatest of those that end in a number,
// in the same form: P041 after P040. With none it is first.
func nextCode[T any](rows []T, code func(*T) string, first string) string {
	prefix, width, greatest := "", 0, -1
	for i := range rows {
		c := code(&rows[i])
		digits := c[len(strings.TrimRight(c, "0123456789")):]
		n, err := strconv.Atoi(digits)
		if err == nil && n > greatest {
			prefix, width, greatest = c[:len(c)-len(digits)], len(digits), n
		}
	}
	if greatest < 0 {
		return first
	}
	return fmt.Sprintf("%s%0*d", prefix, width, greatest+1)
}
