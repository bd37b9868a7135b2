package models

import "time"

// Holiday returns the name of a Japanese public holiday, or false for any other
// day. It follows 国民の祝日に関する法律 as in force in the year of the date, from 1973
// (振替休日); earlier dates are never holidays. The equinoxes are computed, valid
// to 2099; the government announces each only in the February before.
func Holiday(d Date) (name string, ok bool) {
	if d.Year() < 1973 {
		return "", false
	}
	if name = namedHoliday(d); name != "" {
		return name, true
	}
	switch {
	case isSubstitute(d):
		return "振替休日", true
	case isBetweenHolidays(d):
		return "国民の休日", true
	}
	return "", false
}

// holidayRule is a holiday on a fixed day or on the nth Monday, in the years
// from–to (0 is open).
type holidayRule struct {
	month, day, monday int
	from, to           int
	name               string
}

// holidayRules are 第2条 of the law and its amendments.
var holidayRules = []holidayRule{
	{month: 1, day: 1, name: "元日"},
	{month: 1, day: 15, to: 1999, name: "成人の日"},
	{month: 1, monday: 2, from: 2000, name: "成人の日"},
	{month: 2, day: 11, name: "建国記念の日"},
	{month: 2, day: 23, from: 2020, name: "天皇誕生日"},
	{month: 4, day: 29, to: 1988, name: "天皇誕生日"},
	{month: 4, day: 29, from: 1989, to: 2006, name: "みどりの日"},
	{month: 4, day: 29, from: 2007, name: "昭和の日"},
	{month: 5, day: 3, name: "憲法記念日"},
	{month: 5, day: 4, from: 2007, name: "みどりの日"},
	{month: 5, day: 5, name: "こどもの日"},
	{month: 7, day: 20, from: 1996, to: 2002, name: "海の日"},
	{month: 7, monday: 3, from: 2003, name: "海の日"},
	{month: 8, day: 11, from: 2016, name: "山の日"},
	{month: 9, day: 15, to: 2002, name: "敬老の日"},
	{month: 9, monday: 3, from: 2003, name: "敬老の日"},
	{month: 10, day: 10, to: 1999, name: "体育の日"},
	{month: 10, monday: 2, from: 2000, to: 2019, name: "体育の日"},
	{month: 10, monday: 2, from: 2020, name: "スポーツの日"},
	{month: 11, day: 3, name: "文化の日"},
	{month: 11, day: 23, name: "勤労感謝の日"},
	{month: 12, day: 23, from: 1989, to: 2018, name: "天皇誕生日"},
}

// singleHolidays are days made holidays once, each by a law of its own.
var singleHolidays = map[Date]string{
	1989_02_24: "大喪の礼",
	1990_11_12: "即位礼正殿の儀",
	1993_06_09: "皇太子徳仁親王の結婚の儀",
	2019_05_01: "天皇の即位の日",
	2019_10_22: "即位礼正殿の儀",
	// 東京2020大会特措法 (平成32年・令和3年の特例).
	2020_07_23: "海の日", 2020_07_24: "スポーツの日", 2020_08_10: "山の日",
	2021_07_22: "海の日", 2021_07_23: "スポーツの日", 2021_08_08: "山の日",
}

// movedIn lists the months whose regular holidays were moved.
var movedIn = map[Month]bool{
	202007: true, 202008: true, 202010: true,
	202107: true, 202108: true, 202110: true,
}

func namedHoliday(d Date) string {
	if name := singleHolidays[d]; name != "" {
		return name
	}
	if movedIn[d.Month()] {
		return ""
	}
	for _, r := range holidayRules {
		if r.fits(d) {
			return r.name
		}
	}
	switch int(d) % 10000 {
	case 300 + vernalEquinox(d.Year()):
		return "春分の日"
	case 900 + autumnalEquinox(d.Year()):
		return "秋分の日"
	}
	return ""
}

func (r holidayRule) fits(d Date) bool {
	if d.MonthNumber() != r.month || d.Year() < r.from || r.to != 0 && d.Year() > r.to {
		return false
	}
	if r.monday == 0 {
		return d.Day() == r.day
	}
	return d.Weekday() == time.Monday && (d.Day()-1)/7+1 == r.monday
}

// vernalEquinox returns the day in March of the spring equinox in Japan, by the
// formula of 新こよみ便利帳.
func vernalEquinox(year int) int { return equinox(year, 20.8357, 20.8431) }

// autumnalEquinox returns the day in September of the autumn equinox.
func autumnalEquinox(year int) int { return equinox(year, 23.2588, 23.2488) }

// equinox uses one constant up to 1979 and another for 1980–2099.
func equinox(year int, until1979, from1980 float64) int {
	drift := 0.242194 * float64(year-1980)
	if year < 1980 {
		return int(until1979 + drift - float64((year-1983)/4))
	}
	return int(from1980 + drift - float64((year-1980)/4))
}

// isSubstitute reports a 振替休日 (第3条第2項): the Monday after a holiday on a
// Sunday. Since 2007 it is the first day after it that is not a holiday.
func isSubstitute(d Date) bool {
	if d < 1973_04_12 {
		return false
	}
	if d.Year() < 2007 {
		return d.Weekday() == time.Monday && namedHoliday(d.AddDays(-1)) != ""
	}
	for b := d.AddDays(-1); namedHoliday(b) != ""; b = b.AddDays(-1) {
		if b.Weekday() == time.Sunday {
			return true
		}
	}
	return false
}

// isBetweenHolidays reports a 国民の休日 (第3条第3項, since the end of 1985): a
// day between two holidays. Until 2006 a Sunday is never one.
func isBetweenHolidays(d Date) bool {
	if d < 1985_12_27 || d.Year() < 2007 && d.Weekday() == time.Sunday {
		return false
	}
	return namedHoliday(d.AddDays(-1)) != "" && namedHoliday(d.AddDays(1)) != ""
}
