package models

import (
	"database/sql/driver"
	"fmt"
	"time"
)

// Date is a calendar date without time or zone. It is the number yyyymmdd, so
// dates compare with < and > and serve as map keys. The zero value is a blank
// date.
type Date int32

// Bounds of the dates the register accepts: the first day of 明治 in the
// Gregorian calendar, and a year no record reaches.
const (
	MinDate Date = 1868_10_23
	MaxDate Date = 2999_12_31
)

// NewDate returns the date, or a blank date and false when the calendar has no
// such day or it is outside MinDate–MaxDate.
func NewDate(year, month, day int) (Date, bool) {
	if year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month) {
		return 0, false
	}
	d := Date(year*10000 + month*100 + day)
	return d, d >= MinDate && d <= MaxDate
}

// MustDate reads a YYYY-MM-DD literal in the source (rule tables, tests). It
// panics on a malformed one.
func MustDate(s string) Date {
	var y, m, d int
	if _, err := fmt.Sscanf(s, "%d-%d-%d", &y, &m, &d); err == nil {
		if date, ok := NewDate(y, m, d); ok {
			return date
		}
	}
	panic(fmt.Sprintf("models: malformed date literal %q", s))
}

// DateOf returns the calendar date of an instant in the instant's own zone.
func DateOf(t time.Time) Date {
	y, m, d := t.Date()
	return Date(y*10000 + int(m)*100 + d)
}

// IsZero reports whether the date is blank.
func (d Date) IsZero() bool { return d == 0 }

// Year returns the Gregorian year.
func (d Date) Year() int { return int(d) / 10000 }

// MonthNumber returns the month, 1–12.
func (d Date) MonthNumber() int { return int(d) / 100 % 100 }

// Day returns the day of the month, 1–31.
func (d Date) Day() int { return int(d) % 100 }

// Month returns the calendar month of the date.
func (d Date) Month() Month { return Month(int(d) / 100) }

// Time returns midnight UTC of the date, as workbooks need it.
func (d Date) Time() time.Time {
	return time.Date(d.Year(), time.Month(d.MonthNumber()), d.Day(), 0, 0, 0, 0, time.UTC)
}

// Weekday returns the day of the week.
func (d Date) Weekday() time.Weekday { return d.Time().Weekday() }

// AddDays returns the date n days later (earlier when n is negative). A blank
// date stays blank.
func (d Date) AddDays(n int) Date {
	if d == 0 {
		return 0
	}
	return DateOf(d.Time().AddDate(0, 0, n))
}

// AddMonths returns the date n months later. The day is kept, or clamped to the
// last day of the target month: 2026-08-31 − 6 months is 2026-02-28. A blank
// date stays blank.
func (d Date) AddMonths(n int) Date {
	if d == 0 {
		return 0
	}
	m := d.Month().Add(n)
	day := min(d.Day(), daysIn(m.Year(), m.Number()))
	return Date(int(m)*100 + day)
}

// DaysUntil returns the number of days from d to other, negative when other is
// earlier. Neither may be blank.
func (d Date) DaysUntil(other Date) int {
	return int(other.Time().Sub(d.Time()).Hours() / 24)
}

// IsMonthEnd reports whether the date is the last day of its month.
func (d Date) IsMonthEnd() bool {
	return d != 0 && d.Day() == daysIn(d.Year(), d.MonthNumber())
}

// FiscalYearStart returns 1 April of the fiscal year of the date.
func (d Date) FiscalYearStart() Date {
	y := d.Year()
	if d.MonthNumber() < 4 {
		y--
	}
	return Date(y*10000 + 401)
}

// String returns YYYY-MM-DD, or "" for a blank date.
func (d Date) String() string {
	if d == 0 {
		return ""
	}
	// Verdicts write millions of dates: Sprintf would be a tenth of judging.
	text, rest := []byte("0000-00-00"), int(d)
	for i := len(text) - 1; i >= 0; i-- {
		if text[i] == '0' {
			text[i] += byte(rest % 10)
			rest /= 10
		}
	}
	return string(text)
}

// Value stores the date as YYYY-MM-DD text, a blank date as "".
func (d Date) Value() (driver.Value, error) { return d.String(), nil }

// Scan reads what Value stored; NULL is blank.
func (d *Date) Scan(src any) error {
	s, err := scanText(src)
	if err != nil {
		return fmt.Errorf("date: %w", err)
	}
	if s == "" {
		*d = 0
		return nil
	}
	parsed, perr := ParseDate(s)
	if perr != nil {
		return perr
	}
	*d = parsed
	return nil
}

// Month is a calendar month as the number yyyymm. Zero is blank.
type Month int32

// NewMonth returns the month, or false when the number is not 1–12.
func NewMonth(year, month int) (Month, bool) {
	if year < 1868 || year > 2999 || month < 1 || month > 12 {
		return 0, false
	}
	return Month(year*100 + month), true
}

// IsZero reports whether the month is blank.
func (m Month) IsZero() bool { return m == 0 }

// Year returns the Gregorian year.
func (m Month) Year() int { return int(m) / 100 }

// Number returns 1–12.
func (m Month) Number() int { return int(m) % 100 }

// First returns the first day of the month.
func (m Month) First() Date { return Date(int(m)*100 + 1) }

// Last returns the last day of the month.
func (m Month) Last() Date { return Date(int(m)*100 + daysIn(m.Year(), m.Number())) }

// Add returns the month n months later.
func (m Month) Add(n int) Month {
	i := m.Year()*12 + m.Number() - 1 + n
	return Month(i/12*100 + i%12 + 1)
}

// String returns YYYY-MM, or "" for a blank month.
func (m Month) String() string {
	if m == 0 {
		return ""
	}
	return fmt.Sprintf("%04d-%02d", m.Year(), m.Number())
}

// Value stores the month as YYYY-MM text.
func (m Month) Value() (driver.Value, error) { return m.String(), nil }

// Scan reads what Value stored; NULL is blank.
func (m *Month) Scan(src any) error {
	s, err := scanText(src)
	if err != nil {
		return fmt.Errorf("month: %w", err)
	}
	if s == "" {
		*m = 0
		return nil
	}
	parsed, perr := ParseMonth(s)
	if perr != nil {
		return perr
	}
	*m = parsed
	return nil
}

// Period is a span of dates that includes both ends. A blank To means open; a
// blank From covers nothing.
type Period struct{ From, To Date }

// Covers reports whether the date lies in the period.
func (p Period) Covers(d Date) bool {
	return p.From != 0 && p.From <= d && (p.To == 0 || d <= p.To)
}

// Reversed reports whether the end is before the start.
func (p Period) Reversed() bool { return p.From != 0 && p.To != 0 && p.To < p.From }

// LastMonths returns the last n months to t: the dates x ≤ t with x > t − n
// months. When t is the last day of its month, the period starts on the 1st of
// the month n − 1 months earlier (2026-11-30, 3 months: from 2026-09-01).
func LastMonths(t Date, n int) Period {
	if t.IsMonthEnd() {
		return Period{t.Month().Add(1 - n).First(), t}
	}
	return Period{t.AddMonths(-n).AddDays(1), t}
}

// daysIn returns the days of a month, 31 for a month no calendar has: that of a
// blank one.
func daysIn(year, month int) int {
	if month < 1 || month > 12 {
		return 31
	}
	if month == 2 && (year%4 != 0 || year%100 == 0 && year%400 != 0) {
		return 28
	}
	return [...]int{31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}[month-1]
}

func scanText(src any) (string, error) {
	switch v := src.(type) {
	case nil:
		return "", nil
	case string:
		return v, nil
	case []byte:
		return string(v), nil
	case time.Time:
		return v.Format(time.DateOnly), nil
	}
	return "", fmt.Errorf("cannot read a %T", src)
}
