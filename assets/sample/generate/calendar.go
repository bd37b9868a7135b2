package main

import (
	"slices"
	"time"
)

// day is a calendar date as days since 1970-01-01; 0 is blank.
type day int

// today is the day the sample hospital is viewed on. Nothing is recorded after
// it except planned 退院見込日.
var today = on(2026, 11, 22)

// revision is the day 指導料 was split into 1 and 2.
var revision = on(2026, 6, 1)

// opened is the first day of the register.
var opened = on(2025, 6, 1)

func on(y, m, d int) day {
	return day(time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

func (d day) time() time.Time { return time.Unix(int64(d)*86400, 0).UTC() }

func (d day) String() string {
	if d == 0 {
		return ""
	}
	return d.time().Format("2006-01-02")
}

func (d day) month() string {
	if d == 0 {
		return ""
	}
	return d.time().Format("2006-01")
}

func (d day) weekday() time.Weekday { return d.time().Weekday() }

// yearBefore returns the same day a year earlier. 29 February becomes the 28th.
func (d day) yearBefore() day {
	t := d.time()
	if t.Month() == time.February && t.Day() == 29 {
		return on(t.Year()-1, 2, 28)
	}
	return on(t.Year()-1, int(t.Month()), t.Day())
}

// holidays are the public holidays of the 18 months that are not on a Sunday,
// and the year-end closing of the outpatient department.
var holidays = []day{
	on(2025, 7, 21), on(2025, 8, 11), on(2025, 9, 15), on(2025, 9, 23), on(2025, 10, 13), on(2025, 11, 3), on(2025, 11, 24),
	on(2025, 12, 29), on(2025, 12, 30), on(2025, 12, 31), on(2026, 1, 1), on(2026, 1, 2), on(2026, 1, 3), on(2026, 1, 12),
	on(2026, 2, 11), on(2026, 2, 23), on(2026, 3, 20), on(2026, 4, 29), on(2026, 5, 4), on(2026, 5, 5), on(2026, 5, 6),
	on(2026, 7, 20), on(2026, 8, 11), on(2026, 9, 21), on(2026, 9, 22), on(2026, 9, 23), on(2026, 10, 12), on(2026, 11, 3),
}

func (d day) working() bool {
	return d.weekday() != time.Saturday && d.weekday() != time.Sunday && !slices.Contains(holidays, d)
}

// workday returns d, or the first working day after it.
func (d day) workday() day {
	for !d.working() {
		d++
	}
	return d
}

// workdayBefore returns d, or the last working day before it.
func (d day) workdayBefore() day {
	for !d.working() {
		d--
	}
	return d
}

// kept returns d, or blank if it is after today: the future is not recorded.
func (d day) kept() day {
	if d > today {
		return 0
	}
	return d
}

// period includes both ends. A blank end is open.
type period struct{ from, to day }

func (p period) covers(d day) bool {
	return p.from != 0 && p.from <= d && (p.to == 0 || d <= p.to)
}
