package models_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"renkei/models"
)

func TestEraBoundaries(t *testing.T) {
	tests := []struct{ date, wareki, echo string }{
		{"2019-05-01", "令和元年5月1日", "2019-05-01（水）令和元年"},
		{"2019-04-30", "平成31年4月30日", "2019-04-30（火）平成31年"},
		{"1989-01-08", "平成元年1月8日", "1989-01-08（日）平成元年"},
		{"1989-01-07", "昭和64年1月7日", "1989-01-07（土）昭和64年"},
		{"1926-12-25", "昭和元年12月25日", "1926-12-25（土）昭和元年"},
		{"1926-12-24", "大正15年12月24日", "1926-12-24（金）大正15年"},
		{"1912-07-30", "大正元年7月30日", "1912-07-30（火）大正元年"},
		{"1912-07-29", "明治45年7月29日", "1912-07-29（月）明治45年"},
		{"1868-10-23", "明治元年10月23日", "1868-10-23（金）明治元年"},
		{"2026-11-22", "令和8年11月22日", "2026-11-22（日）令和8年"},
	}
	for _, tt := range tests {
		t.Run(tt.date, func(t *testing.T) {
			assert.Equal(t, tt.wareki, day(tt.date).Wareki())
			assert.Equal(t, tt.echo, day(tt.date).Echo())
			read, err := models.ParseDate(tt.wareki)
			require.NoError(t, err)
			assert.Equal(t, day(tt.date), read)
		})
	}
	assert.Empty(t, models.Date(0).Wareki())
	assert.Empty(t, models.Date(0).Echo())
}

func TestDatesInFilesAreRead(t *testing.T) {
	want := day("2026-11-22")
	for _, text := range []string{
		"2026-11-22", "2026/11/22", "2026.11.22", "2026年11月22日", "20261122", "R8.11.22", "r8.11.22", "R8/11/22", "R8-11-22",
		"R08.11.22", "R.8.11.22", "R081122", "令和8年11月22日", "令和 8年 11月 22日", "令和8.11.22", "２０２６－１１－２２", "２０２６／１１／２２",
		"２０２６ー１１ー２２", "2026−11−22", "Ｒ８．１１．２２", "令和８年１１月２２日", "㋿8年11月22日", " 2026-11-22　", "2026-11-22 00:00:00",
		"2026/11/22 0:00", "2026-11-22T00:00:00Z", "2026-11-22\u00a000:00",
		"2026-11-22 10:30", "2026-11-22 24:00", "2026/11/22 10:30:59", "2026-11-22T10:30:00.000Z", "2026-11-22T10:30:00+09:00", "2026-11-22Z", "2026-11-22+09:00",
		"R8.11.22 9:05", "令和8年11月22日　10時30分", "2026/11/22 午後2時", "2026/11/22 10:30 AM", "20261122 10:30",
		"2026/11/22（日）", "2026年11月22日(日)", "2026/11/22(日曜日)", "2026/11/22 日曜日", "2026/11/22（日・祝）", "R8.11.22[日]", "令和8年11月22日日曜",
		"2026/11/22㈰", "2026/11/22（日） 10:30", "2026年11月22日(日) 23時59分",
	} {
		t.Run(text, func(t *testing.T) {
			got, err := models.ParseDate(text)
			require.NoError(t, err)
			assert.Equal(t, want, got)
		})
	}
}

func TestUnreadableDatesAreRefused(t *testing.T) {
	for _, text := range []string{
		"2026-02-29", "2026-13-01", "2026/13/01", "20261301", "2026-00-10", "2026-1", "261122", "11/22", "いつか", "2026-11-22 25:00", "2026-11-22 10:60", "10:30", "Z", "(日)", "2026-11-31(日)", "2026-11-22(祝)",
		"平成31年5月1日", "H31.5.1", "昭和64年1月8日", "平成元年1月7日", "令和元年4月30日", "大正15年12月25日", "明治45年7月30日", "昭和65年1月1日",
		"R0.1.1", "令和0年1月1日", "R8.2.30", "X8.11.22", "3000-01-01", "1868-10-22", "2026-11-222", "-2026-11-22", "2026-0:-22", "2026-1/-22", "2026-11-2２x",
	} {
		t.Run(text, func(t *testing.T) {
			got, err := models.ParseDate(text)
			assert.Zero(t, got)
			assert.Equal(t, "日付『"+text+"』を読み取れません。2026-11-22 や 令和8年11月22日 のように入力してください", models.ErrorMessage(err))
			assert.Equal(t, models.Invalid, models.ErrorCode(err))
		})
	}
}

func TestAWeekdayThatDoesNotFitIsNamed(t *testing.T) {
	for _, text := range []string{"2026/11/22（土）", "令和8年11月22日(月) 10:30", "2026/11/22 月曜日"} {
		got, err := models.ParseDate(text)
		assert.Zero(t, got)
		assert.Equal(t, "『"+text+"』は曜日が日付に合いません（2026-11-22は日曜日です）。日付か曜日を直してください", models.ErrorMessage(err))
	}
}

func TestMonthsOfAnEraAndWithAWordAfterAreRead(t *testing.T) {
	for text, want := range map[string]models.Month{
		"R8.10": 202610, "r8/10": 202610, "Ｒ８．１０": 202610, "令和8年10月": 202610, "2026年10月分": 202610, "令和8年10月分": 202610,
		"2026年10月診療分": 202610, "R8.10.2": 202610, "2026/10/2（金）": 202610, "2026-10-02 10:30": 202610,
		"令和元年5月": 201905, "H31.4": 201904, "昭和64年1月": 198901, "平成元年1月": 198901,
	} {
		got, err := models.ParseMonth(text)
		require.NoError(t, err, text)
		assert.Equal(t, want, got, text)
	}
	for _, text := range []string{"R8.13", "令和元年4月", "H31.5", "平成31年5月分", "10月分", "R0.1", "分"} {
		got, err := models.ParseMonth(text)
		assert.Zero(t, got)
		assert.Equal(t, "月『"+text+"』を読み取れません。2026-10 のように入力してください", models.ErrorMessage(err))
	}
}

func TestBlankTextIsABlankDate(t *testing.T) {
	for _, text := range []string{"", " ", "　", "\t"} {
		d, err := models.ParseDate(text)
		require.NoError(t, err)
		assert.Zero(t, d)
		d, err = models.ParseTypedDate(text, day("2026-11-22"))
		require.NoError(t, err)
		assert.Zero(t, d)
		m, err := models.ParseMonth(text)
		require.NoError(t, err)
		assert.Zero(t, m)
	}
}

func TestTypedDatesAreRead(t *testing.T) {
	today := day("2026-11-20")
	tests := []struct{ typed, want string }{
		{"20261122", "2026-11-22"}, {"261122", "2026-11-22"}, {"２６１１２２", "2026-11-22"}, {"2026/11/22", "2026-11-22"},
		{"11/22", "2026-11-22"}, {"１１／２２", "2026-11-22"}, {"11月22日", "2026-11-22"}, {"5/22", "2026-05-22"}, {"4/1", "2027-04-01"}, {"3/31", "2027-03-31"}, {"1/5", "2027-01-05"},
		{"R8.11.22", "2026-11-22"}, {"r81122", "2026-11-22"}, {"r8.11.22", "2026-11-22"}, {"h310430", "2019-04-30"}, {"8.11.22", "2026-11-22"}, {"８．１１．２２", "2026-11-22"},
		{"令和8年11月22日", "2026-11-22"}, {"s150502", "1940-05-02"},
		{"t", "2026-11-20"}, {"T", "2026-11-20"}, {"ｔ", "2026-11-20"}, {"今日", "2026-11-20"}, {"本日", "2026-11-20"},
		{"+3", "2026-11-23"}, {"＋３", "2026-11-23"}, {"-1", "2026-11-19"}, {"ー1", "2026-11-19"}, {"+0", "2026-11-20"}, {"-30", "2026-10-21"},
	}
	for _, tt := range tests {
		t.Run(tt.typed, func(t *testing.T) {
			got, err := models.ParseTypedDate(tt.typed, today)
			require.NoError(t, err)
			assert.Equal(t, day(tt.want), got)
		})
	}
}

func TestMonthAndDayAreTheNearestToToday(t *testing.T) {
	for _, tt := range []struct{ name, typed, today, want string }{
		{"nearest in the previous fiscal year", "3/31", "2026-04-02", "2026-03-31"},
		{"nearest in the last year", "12/30", "2026-01-03", "2025-12-30"},
		{"nearest in the next year", "1/5", "2026-12-28", "2027-01-05"},
		{"today", "4/2", "2026-04-02", "2026-04-02"},
		{"182 days ago is nearer than 183 ahead", "1/1", "2026-07-02", "2026-01-01"},
		{"182 days ahead is nearer than 183 ago", "1/1", "2026-07-03", "2027-01-01"},
		{"equally near because of a leap day: the earlier", "1/1", "2028-07-02", "2028-01-01"},
		{"one day later", "1/1", "2028-07-03", "2029-01-01"},
		{"2/29 of the leap year behind", "2/29", "2026-02-28", "2024-02-29"},
		{"2/29 of the leap year ahead", "2/29", "2026-03-01", "2028-02-29"},
		{"2/29 next to a century without one", "2/29", "2100-03-01", "2104-02-29"},
		{"2/29 of eight years ago", "2/29", "2099-06-01", "2096-02-29"},
		{"no day beyond the last accepted", "1/1", "2999-12-31", "2999-01-01"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := models.ParseTypedDate(tt.typed, day(tt.today))
			require.NoError(t, err)
			assert.Equal(t, day(tt.want), got)
		})
	}
}

func TestMonthAndDayAreNeverMoreThanHalfAYearAway(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		today := day("1900-01-01").AddDays(rapid.IntRange(0, 300*365).Draw(t, "today"))
		other := today.AddDays(rapid.IntRange(-4000, 4000).Draw(t, "day"))
		got, err := models.ParseTypedDate(fmt.Sprintf("%d/%d", other.MonthNumber(), other.Day()), today)
		require.NoError(t, err)
		require.Equal(t, int(other)%10000, int(got)%10000, "the day that was typed")
		away := today.DaysUntil(got)
		if int(other)%10000 == 229 {
			require.LessOrEqual(t, max(away, -away), 1461, "half of the eight years between leap years about 1900")
			return
		}
		require.LessOrEqual(t, away, 182, "half a year, and the earlier of two as far")
		require.GreaterOrEqual(t, away, -183)
	})
}

func TestUnreadableTypedDatesAreRefused(t *testing.T) {
	for _, typed := range []string{"2/30", "13/1", "0/1", "4/31", "r80230", "261301", "+1000", "1", "明日", "0.1.1", "h310501"} {
		_, err := models.ParseTypedDate(typed, day("2026-11-22"))
		assert.Equal(t, models.Invalid, models.ErrorCode(err), typed)
	}
}

func TestMonthsAreRead(t *testing.T) {
	for _, text := range []string{"2026-10", "2026/10", "202610", "2026年10月", "２０２６年１０月", "2026-10-31", "R8.10.1", "2026.10"} {
		m, err := models.ParseMonth(text)
		require.NoError(t, err, text)
		assert.Equal(t, models.Month(202610), m, text)
	}
	for _, text := range []string{"2026-13", "2026-00", "10月", "2026", "10", "3000-01", "いつか"} {
		_, err := models.ParseMonth(text)
		assert.Equal(t, "月『"+text+"』を読み取れません。2026-10 のように入力してください", models.ErrorMessage(err))
	}
}

func TestEveryFormOfADateIsReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := anyDate.Draw(t, "date")
		name, year := d.Era()
		letter := map[string]string{"令和": "R", "平成": "H", "昭和": "S", "大正": "T", "明治": "M"}[name]
		forms := []string{d.String(), d.Wareki(), fmt.Sprint(int(d)), fmt.Sprintf("%d/%d/%d", d.Year(), d.MonthNumber(), d.Day()),
			fmt.Sprintf("%d年%02d月%02d日", d.Year(), d.MonthNumber(), d.Day()),
			fmt.Sprintf("%s%d.%d.%d", letter, year, d.MonthNumber(), d.Day())}
		if year < 100 {
			forms = append(forms, fmt.Sprintf("%s%02d%02d%02d", letter, year, d.MonthNumber(), d.Day()))
		}
		for _, form := range forms {
			got, err := models.ParseDate(form)
			require.NoError(t, err)
			require.Equal(t, d, got, form)
			got, err = models.ParseTypedDate(form, day("2026-11-22"))
			require.NoError(t, err)
			require.Equal(t, d, got, form)
		}
	})
}

func TestErasNeverRunBackwards(t *testing.T) {
	rank := map[string]int{"明治": 0, "大正": 1, "昭和": 2, "平成": 3, "令和": 4}
	rapid.Check(t, func(t *rapid.T) {
		d := anyDate.Filter(func(d models.Date) bool { return d < models.MaxDate }).Draw(t, "date")
		next := d.AddDays(1)
		era, year := d.Era()
		nextEra, nextYear := next.Era()
		require.GreaterOrEqual(t, rank[nextEra], rank[era])
		if era == nextEra {
			require.GreaterOrEqual(t, nextYear, year)
		} else {
			require.Equal(t, 1, nextYear)
		}
	})
}

func TestAnyTextIsReadOrRefusedInWords(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.RuneFrom([]rune("0123456789/-.年月日RHSTM令和平成元 +T:"))).Draw(t, "text")
		d, err := models.ParseTypedDate(text, day("2026-11-22"))
		if err != nil {
			require.Equal(t, models.Invalid, models.ErrorCode(err))
			return
		}
		if !d.IsZero() {
			_, ok := models.NewDate(d.Year(), d.MonthNumber(), d.Day())
			require.True(t, ok, "%q became %d", text, d)
		}
	})
}
