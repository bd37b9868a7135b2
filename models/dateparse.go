package models

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"
)

// era is one Japanese era and its first day.
type era struct {
	name   string
	letter string
	start  Date
}

// eras, newest first. Source: 改元の政令・詔書 (施行日).
var eras = []era{
	{"令和", "R", 2019_05_01},
	{"平成", "H", 1989_01_08},
	{"昭和", "S", 1926_12_25},
	{"大正", "T", 1912_07_30},
	{"明治", "M", 1868_10_23},
}

// Era returns the era name and the year in it (1 for 元年).
func (d Date) Era() (name string, year int) {
	for _, e := range eras {
		if d >= e.start {
			return e.name, d.Year() - e.start.Year() + 1
		}
	}
	return "", 0
}

// Wareki returns the date in the Japanese calendar, 「令和8年11月22日」 (first
// year: 元年), or "" for a blank date.
func (d Date) Wareki() string {
	if d == 0 {
		return ""
	}
	name, y := d.Era()
	year := strconv.Itoa(y)
	if y == 1 {
		year = "元"
	}
	return fmt.Sprintf("%s%s年%d月%d日", name, year, d.MonthNumber(), d.Day())
}

var weekdayNames = [...]string{"日", "月", "火", "水", "木", "金", "土"}

// WeekdayName returns the one-kanji name of the day of the week.
func (d Date) WeekdayName() string { return weekdayNames[d.Weekday()] }

// Echo returns the long form shown beside a date field: 「2026-11-22（日）令和8年」.
func (d Date) Echo() string {
	if d == 0 {
		return ""
	}
	name, y := d.Era()
	year := strconv.Itoa(y)
	if y == 1 {
		year = "元"
	}
	return fmt.Sprintf("%s（%s）%s%s年", d, d.WeekdayName(), name, year)
}

var (
	reDigits8 = regexp.MustCompile(`^(\d{4})(\d{2})(\d{2})$`)
	reWestern = regexp.MustCompile(`^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$`)
	reEra     = regexp.MustCompile(`^(令和|平成|昭和|大正|明治|[RHSTM])\.?(\d{1,3}|元)[-/.年](\d{1,2})[-/.月](\d{1,2})日?$`)
	reEra6    = regexp.MustCompile(`^([RHSTM])(\d{2})(\d{2})(\d{2})$`)
	reMonth   = regexp.MustCompile(`^(\d{4})[-/.年]?(\d{1,2})月?$`)
	reEraMon  = regexp.MustCompile(`^(令和|平成|昭和|大正|明治|[RHSTM])\.?(\d{1,3}|元)[-/.年](\d{1,2})月?$`)

	// A time or zone after a date: 10:30, 10:30:00.000, T10:30Z, 午前10時30分,
	// 10:30 AM, Z.
	reClock = regexp.MustCompile(`(?i)^(.*[\d日月火水木金土曜)\]])(?: +|T)(?:(?:午前|午後|[AP]M) ?)?(\d{1,2})(?:時|(?::|時)[0-5]?\d(?:分|:[0-5]\d(?:\.\d+)?)?)(?: ?[AP]M)? ?(?:Z|[-+]\d{2}:?\d{2})?$`)
	reZone  = regexp.MustCompile(`^(\d{4}-\d{2}-\d{2})(?:Z|[-+]\d{2}:\d{2})$`)
	// The day of the week after a date: (金), （金・祝）, 金曜日.
	reWeekday = regexp.MustCompile(`^(.*\d日?) *(?:[(\[]([日月火水木金土])(?:曜日?)?(?:[・,/]?[祝休])?[)\]]|([日月火水木金土])曜日?)$`)
)

// ParseDate reads a complete date as files write it: 2026-11-22, 2026/11/22,
// 20261122, R8.11.22, 令和8年11月22日 and their full-width forms. A time after
// it (10:30, T10:30:00Z) is dropped. A day of the week （金） must fit the
// date. Blank text gives a blank date. The error is a Japanese sentence with
// code Invalid.
func ParseDate(text string) (Date, error) {
	if d, ok := parseISODate(text); ok {
		return d, nil
	}
	s, ok := withoutClock(foldDateText(text))
	switch {
	case !ok:
		return 0, unreadableDate(text)
	case s == "":
		return 0, nil
	}
	if m := reWeekday.FindStringSubmatch(s); m != nil {
		d, err := parseDay(text, m[1])
		if err == nil && d.WeekdayName() != m[2]+m[3] {
			return 0, Errorf(Invalid, "『%s』は曜日が日付に合いません（%sは%s曜日です）。日付か曜日を直してください", strings.TrimSpace(text), d, d.WeekdayName())
		}
		return d, err
	}
	return parseDay(text, s)
}

// withoutClock drops the time or zone after a date. It reports false for a time
// that does not exist.
func withoutClock(s string) (string, bool) {
	if m := reZone.FindStringSubmatch(s); m != nil {
		return m[1], true
	}
	m := reClock.FindStringSubmatch(s)
	if m == nil {
		return s, true
	}
	hour, _ := strconv.Atoi(m[2]) // two digits, by the pattern
	return strings.TrimSpace(m[1]), hour <= 24
}

// parseDay reads a date alone. text is quoted in the error.
func parseDay(text, s string) (Date, error) {
	s = strings.ReplaceAll(s, " ", "")
	for _, re := range []*regexp.Regexp{reDigits8, reWestern} {
		if m := re.FindStringSubmatch(s); m != nil {
			return dateFromParts(text, m[1], m[2], m[3])
		}
	}
	upper := strings.ToUpper(s)
	for _, re := range []*regexp.Regexp{reEra, reEra6} {
		if m := re.FindStringSubmatch(upper); m != nil {
			return dateInEra(text, m[1], m[2], m[3], m[4])
		}
	}
	return 0, unreadableDate(text)
}

// parseISODate reads 2026-11-22 without regular expressions: nearly every date
// in files and in the database has this form.
func parseISODate(s string) (Date, bool) {
	if len(s) != 10 || s[4] != '-' || s[7] != '-' {
		return 0, false
	}
	n := 0
	for i := range 10 {
		if i == 4 || i == 7 {
			continue
		}
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		n = n*10 + int(s[i]-'0')
	}
	return NewDate(n/10000, n/100%100, n%100)
}

// ParseTypedDate reads what the user types in a date field: everything
// ParseDate reads, and 261122, 11/22 (the nearest such day to today), r81122,
// 8.11.22 (令和), t or 今日, and +3 / -1 days from today.
func ParseTypedDate(text string, today Date) (Date, error) {
	s := strings.ReplaceAll(foldDateText(text), " ", "")
	switch strings.ToLower(s) {
	case "":
		return 0, nil
	case "t", "今日", "本日":
		return today, nil
	}
	if m := reOffset.FindStringSubmatch(s); m != nil {
		n, _ := strconv.Atoi(m[1]) // at most three digits, by the pattern
		return today.AddDays(n), nil
	}
	if m := reDigits6.FindStringSubmatch(s); m != nil {
		return dateFromParts(text, "20"+m[1], m[2], m[3])
	}
	if m := reMonthDay.FindStringSubmatch(s); m != nil {
		return nearestTo(today, text, m[1], m[2])
	}
	upper := strings.ToUpper(s)
	if m := reEra5.FindStringSubmatch(upper); m != nil {
		return dateInEra(text, m[1], m[2], m[3], m[4])
	}
	if m := reReiwa.FindStringSubmatch(s); m != nil {
		return dateInEra(text, "R", m[1], m[2], m[3])
	}
	return ParseDate(text)
}

var (
	reOffset   = regexp.MustCompile(`^([+-]\d{1,3})$`)
	reDigits6  = regexp.MustCompile(`^(\d{2})(\d{2})(\d{2})$`)
	reMonthDay = regexp.MustCompile(`^(\d{1,2})[/月](\d{1,2})日?$`)
	reEra5     = regexp.MustCompile(`^([RHSTM])(\d)(\d{2})(\d{2})$`)
	reReiwa    = regexp.MustCompile(`^(\d{1,2})\.(\d{1,2})\.(\d{1,2})$`)
)

// ParseMonth reads 2026-10, 2026/10, 202610, 2026年10月, R8.10, 令和8年10月,
// each with an optional 分, or any complete date of the month. Blank text gives
// a blank month.
func ParseMonth(text string) (Month, error) {
	s := strings.ReplaceAll(foldDateText(text), " ", "")
	if s == "" {
		return 0, nil
	}
	if short := strings.TrimSuffix(strings.TrimSuffix(s, "分"), "診療"); short != "" {
		s = short
	}
	if m := reMonth.FindStringSubmatch(s); m != nil {
		y, _ := strconv.Atoi(m[1])
		n, _ := strconv.Atoi(m[2])
		if month, ok := NewMonth(y, n); ok {
			return month, nil
		}
	}
	if m := reEraMon.FindStringSubmatch(strings.ToUpper(s)); m != nil {
		if month, ok := monthInEra(m[1], m[2], m[3]); ok {
			return month, nil
		}
	}
	if d, err := ParseDate(text); err == nil {
		return d.Month(), nil
	}
	return 0, Errorf(Invalid, "月『%s』を読み取れません。2026-10 のように入力してください", text)
}

// nearestTo returns the 月/日 nearest to today, before or after it; 2/29 is
// looked for in leap years. Of two equally near days it returns the earlier,
// because a register records what has happened.
func nearestTo(today Date, text, month, day string) (Date, error) {
	m, _ := strconv.Atoi(month)
	d, _ := strconv.Atoi(day)
	var nearest Date
	for year := today.Year() - leapGap; year <= today.Year()+leapGap; year++ {
		if date, ok := NewDate(year, m, d); ok && (nearest == 0 || distance(today, date) < distance(today, nearest)) {
			nearest = date
		}
	}
	if nearest == 0 {
		return 0, unreadableDate(text)
	}
	return nearest, nil
}

// leapGap is the most years between two leap years (1896–1904).
const leapGap = 8

// distance returns the number of days between two dates.
func distance(a, b Date) int {
	if n := a.DaysUntil(b); n > 0 {
		return n
	}
	return b.DaysUntil(a)
}

func dateFromParts(text, year, month, day string) (Date, error) {
	y, _ := strconv.Atoi(year)
	m, _ := strconv.Atoi(month)
	d, _ := strconv.Atoi(day)
	date, ok := NewDate(y, m, d)
	if !ok {
		return 0, unreadableDate(text)
	}
	return date, nil
}

// dateInEra refuses a day outside the named era (平成31年5月1日): either the
// era or the date is a typing slip.
func dateInEra(text, name, year, month, day string) (Date, error) {
	y := 1
	if year != "元" {
		y, _ = strconv.Atoi(year)
	}
	end := MaxDate
	for _, e := range eras {
		if e.name == name || e.letter == name {
			d, err := dateFromParts(text, strconv.Itoa(e.start.Year()+y-1), month, day)
			if err != nil || y < 1 || d < e.start || d > end {
				return 0, unreadableDate(text)
			}
			return d, nil
		}
		end = e.start.AddDays(-1)
	}
	return 0, unreadableDate(text)
}

// monthInEra reports false for a month without any day in the named era.
func monthInEra(name, year, month string) (Month, bool) {
	for _, day := range []string{"1", "31", "30", "28"} {
		if d, err := dateInEra("", name, year, month, day); err == nil {
			return d.Month(), true
		}
	}
	return 0, false
}

func unreadableDate(text string) error {
	return Errorf(Invalid, "日付『%s』を読み取れません。2026-11-22 や 令和8年11月22日 のように入力してください", strings.TrimSpace(text))
}

// foldDateText makes full-width digits and signs half-width and unifies the
// hyphens an input method offers.
func foldDateText(text string) string {
	s := norm.NFKC.String(text)
	return strings.TrimSpace(dateSigns.Replace(s))
}

var dateSigns = strings.NewReplacer("ー", "-", "−", "-", "―", "-", "‐", "-", "–", "-", "\u00a0", " ")

// Age returns the full years from a birth date to a day.
func Age(birth, on Date) int {
	age := on.Year() - birth.Year()
	if int(on)%10000 < int(birth)%10000 {
		age--
	}
	return age
}

// Today returns the date of the clock in the machine's time zone.
func Today(now func() time.Time) Date { return DateOf(now()) }
