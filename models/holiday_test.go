package models_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"

	"renkei/models"
)

// holidaysIn lists the days of 内閣府「国民の祝日について」 by year.
var holidaysIn = map[int]string{
	2019: "1/1元日 1/14成人の日 2/11建国記念の日 3/21春分の日 4/29昭和の日 4/30国民の休日 5/1天皇の即位の日 5/2国民の休日 5/3憲法記念日 5/4みどりの日 5/5こどもの日 5/6振替休日 7/15海の日 8/11山の日 8/12振替休日 9/16敬老の日 9/23秋分の日 10/14体育の日 10/22即位礼正殿の儀 11/3文化の日 11/4振替休日 11/23勤労感謝の日",
	2020: "1/1元日 1/13成人の日 2/11建国記念の日 2/23天皇誕生日 2/24振替休日 3/20春分の日 4/29昭和の日 5/3憲法記念日 5/4みどりの日 5/5こどもの日 5/6振替休日 7/23海の日 7/24スポーツの日 8/10山の日 9/21敬老の日 9/22秋分の日 11/3文化の日 11/23勤労感謝の日",
	2021: "1/1元日 1/11成人の日 2/11建国記念の日 2/23天皇誕生日 3/20春分の日 4/29昭和の日 5/3憲法記念日 5/4みどりの日 5/5こどもの日 7/22海の日 7/23スポーツの日 8/8山の日 8/9振替休日 9/20敬老の日 9/23秋分の日 11/3文化の日 11/23勤労感謝の日",
	2022: "1/1元日 1/10成人の日 2/11建国記念の日 2/23天皇誕生日 3/21春分の日 4/29昭和の日 5/3憲法記念日 5/4みどりの日 5/5こどもの日 7/18海の日 8/11山の日 9/19敬老の日 9/23秋分の日 10/10スポーツの日 11/3文化の日 11/23勤労感謝の日",
	2023: "1/1元日 1/2振替休日 1/9成人の日 2/11建国記念の日 2/23天皇誕生日 3/21春分の日 4/29昭和の日 5/3憲法記念日 5/4みどりの日 5/5こどもの日 7/17海の日 8/11山の日 9/18敬老の日 9/23秋分の日 10/9スポーツの日 11/3文化の日 11/23勤労感謝の日",
	2024: "1/1元日 1/8成人の日 2/11建国記念の日 2/12振替休日 2/23天皇誕生日 3/20春分の日 4/29昭和の日 5/3憲法記念日 5/4みどりの日 5/5こどもの日 5/6振替休日 7/15海の日 8/11山の日 8/12振替休日 9/16敬老の日 9/22秋分の日 9/23振替休日 10/14スポーツの日 11/3文化の日 11/4振替休日 11/23勤労感謝の日",
	2025: "1/1元日 1/13成人の日 2/11建国記念の日 2/23天皇誕生日 2/24振替休日 3/20春分の日 4/29昭和の日 5/3憲法記念日 5/4みどりの日 5/5こどもの日 5/6振替休日 7/21海の日 8/11山の日 9/15敬老の日 9/23秋分の日 10/13スポーツの日 11/3文化の日 11/23勤労感謝の日 11/24振替休日",
	2026: "1/1元日 1/12成人の日 2/11建国記念の日 2/23天皇誕生日 3/20春分の日 4/29昭和の日 5/3憲法記念日 5/4みどりの日 5/5こどもの日 5/6振替休日 7/20海の日 8/11山の日 9/21敬老の日 9/22国民の休日 9/23秋分の日 10/12スポーツの日 11/3文化の日 11/23勤労感謝の日",
	2027: "1/1元日 1/11成人の日 2/11建国記念の日 2/23天皇誕生日 3/21春分の日 3/22振替休日 4/29昭和の日 5/3憲法記念日 5/4みどりの日 5/5こどもの日 7/19海の日 8/11山の日 9/20敬老の日 9/23秋分の日 10/11スポーツの日 11/3文化の日 11/23勤労感謝の日",
}

func TestHolidaysOfWholeYears(t *testing.T) {
	for year, want := range holidaysIn {
		t.Run(fmt.Sprint(year), func(t *testing.T) {
			var got []string
			for d := day(fmt.Sprintf("%d-01-01", year)); d.Year() == year; d = d.AddDays(1) {
				if name, ok := models.Holiday(d); ok {
					got = append(got, fmt.Sprintf("%d/%d%s", d.MonthNumber(), d.Day(), name))
				}
			}
			assert.Equal(t, want, strings.Join(got, " "))
		})
	}
}

func TestHolidayOfOlderLaws(t *testing.T) {
	for date, want := range map[string]string{
		"1973-04-30": "振替休日",
		"1973-02-12": "", // substitutes begin on 1973-04-12
		"1979-03-21": "春分の日",
		"1979-09-24": "秋分の日",
		"1988-04-29": "天皇誕生日",
		"1988-05-04": "国民の休日",
		"1989-02-24": "大喪の礼",
		"1997-05-04": "", // a Sunday between holidays
		"1999-01-15": "成人の日",
		"2000-01-10": "成人の日",
		"2003-09-15": "敬老の日",
		"2006-05-04": "国民の休日",
		"2006-04-29": "みどりの日",
		"2008-05-06": "振替休日", // the substitute of the Sunday skips two holidays
		"2009-09-22": "国民の休日",
		"2012-09-22": "秋分の日",
		"2018-12-24": "振替休日",
		"2032-09-21": "国民の休日",
		"1960-01-01": "",
	} {
		name, ok := models.Holiday(day(date))
		assert.Equal(t, want, name, date)
		assert.Equal(t, want != "", ok, date)
	}
	_, ok := models.Holiday(0)
	assert.False(t, ok, "a blank date is no holiday")
}

func TestHolidayLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := day("2007-01-01").AddDays(rapid.IntRange(0, 33000).Draw(t, "days"))
		name, ok := models.Holiday(d)
		if ok && d.Weekday() == time.Sunday {
			free := d.AddDays(1)
			for isHoliday(free) && free.DaysUntil(d.AddDays(5)) > 0 {
				free = free.AddDays(1)
			}
			substitute, _ := models.Holiday(free.AddDays(-1))
			assert.Equal(t, "振替休日", substitute, "a holiday on Sunday %s frees a later day", d)
		}
		if name == "国民の休日" {
			assert.True(t, isHoliday(d.AddDays(-1)) && isHoliday(d.AddDays(1)), "%s", d)
		}
	})
}

func isHoliday(d models.Date) bool {
	_, ok := models.Holiday(d)
	return ok
}
