package models_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"renkei/models"
)

var day = models.MustDate

// anyDate draws the dates the register accepts.
var anyDate = rapid.Custom(func(t *rapid.T) models.Date {
	span := models.MinDate.DaysUntil(models.MaxDate)
	return models.MinDate.AddDays(rapid.IntRange(0, span).Draw(t, "days"))
})

func TestNewDateRefusesDaysTheCalendarLacks(t *testing.T) {
	tests := []struct {
		name             string
		year, month, day int
		ok               bool
	}{
		{"an ordinary day", 2026, 11, 22, true},
		{"leap day", 2028, 2, 29, true},
		{"leap day of a common year", 2026, 2, 29, false},
		{"leap day of 1900", 1900, 2, 29, false},
		{"leap day of 2000", 2000, 2, 29, true},
		{"31 April", 2026, 4, 31, false},
		{"month 13", 2026, 13, 1, false},
		{"month 0", 2026, 0, 1, false},
		{"day 0", 2026, 1, 0, false},
		{"first day of 明治", 1868, 10, 23, true},
		{"the day before 明治", 1868, 10, 22, false},
		{"last day accepted", 2999, 12, 31, true},
		{"the day after", 3000, 1, 1, false},
		{"negative year", -1, 1, 1, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, ok := models.NewDate(tt.year, tt.month, tt.day)
			assert.Equal(t, tt.ok, ok)
		})
	}
}

func TestMustDatePanicsOnAMalformedLiteral(t *testing.T) {
	assert.Panics(t, func() { models.MustDate("2026-02-30") })
	assert.Panics(t, func() { models.MustDate("x") })
}

func TestAddMonthsClampsToTheMonthEnd(t *testing.T) {
	tests := []struct {
		from   string
		months int
		want   string
	}{
		{"2026-08-31", -6, "2026-02-28"}, // fee-rules §11
		{"2028-02-29", -12, "2027-02-28"},
		{"2026-11-22", -12, "2025-11-22"},
		{"2026-01-31", 1, "2026-02-28"},
		{"2028-01-31", 1, "2028-02-29"},
		{"2026-12-15", 1, "2027-01-15"},
		{"2026-01-15", -1, "2025-12-15"},
		{"2026-11-22", 0, "2026-11-22"},
		{"2026-03-31", -120, "2016-03-31"},
		{"2026-10-31", -1, "2026-09-30"},
	}
	for _, tt := range tests {
		t.Run(tt.from, func(t *testing.T) {
			assert.Equal(t, day(tt.want), day(tt.from).AddMonths(tt.months))
		})
	}
	assert.Zero(t, models.Date(0).AddMonths(3), "a blank date stays blank")
	assert.Zero(t, models.Date(0).AddDays(3))
}

func TestLastMonths(t *testing.T) {
	tests := []struct {
		to     string
		months int
		from   string
	}{
		{"2026-11-30", 3, "2026-09-01"}, // fee-rules §11: the last day of a month
		{"2026-11-22", 3, "2026-08-23"},
		{"2026-11-22", 12, "2025-11-23"},
		{"2026-11-30", 12, "2025-12-01"},
		{"2026-02-28", 12, "2025-03-01"},
		{"2028-02-28", 12, "2027-03-01"}, // not the last day: from the day after 2027-02-28
		{"2028-02-29", 12, "2027-03-01"},
		{"2026-05-30", 3, "2026-03-01"}, // 2026-02-30 clamps to 02-28
		{"2026-11-01", 1, "2026-10-02"},
		{"2026-12-31", 1, "2026-12-01"},
	}
	for _, tt := range tests {
		t.Run(tt.to, func(t *testing.T) {
			assert.Equal(t, models.Period{From: day(tt.from), To: day(tt.to)}, models.LastMonths(day(tt.to), tt.months))
		})
	}
}

func TestPeriodsIncludeBothEnds(t *testing.T) {
	closed := models.Period{From: day("2026-04-01"), To: day("2026-04-30")}
	assert.False(t, closed.Covers(day("2026-03-31")))
	assert.True(t, closed.Covers(day("2026-04-01")))
	assert.True(t, closed.Covers(day("2026-04-30")))
	assert.False(t, closed.Covers(day("2026-05-01")))
	assert.True(t, models.Period{From: day("2026-04-01")}.Covers(models.MaxDate), "a blank end is open")
	assert.False(t, models.Period{To: day("2026-04-30")}.Covers(day("2026-04-01")), "a blank start covers nothing")
	assert.True(t, models.Period{From: day("2026-04-02"), To: day("2026-04-01")}.Reversed())
	assert.False(t, models.Period{From: day("2026-04-01"), To: day("2026-04-01")}.Reversed())
	assert.False(t, models.Period{To: day("2026-04-01")}.Reversed())
}

func TestDatesFollowTheCalendar(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := anyDate.Draw(t, "date")
		n := rapid.IntRange(-1000, 1000).Draw(t, "days")
		want := time.Date(d.Year(), time.Month(d.MonthNumber()), d.Day()+n, 0, 0, 0, 0, time.UTC)
		require.Equal(t, models.DateOf(want), d.AddDays(n))
		require.Equal(t, n, d.DaysUntil(d.AddDays(n)))
		require.Equal(t, d, d.AddDays(n).AddDays(-n))
		require.Equal(t, want.AddDate(0, 0, -n).Weekday(), d.Weekday())
		require.Equal(t, d < d.AddDays(n), n > 0)
	})
}

func TestMonthsAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := anyDate.Draw(t, "date")
		n := rapid.IntRange(-600, 600).Draw(t, "months")
		moved := d.AddMonths(n)
		require.Equal(t, d.Month().Add(n), moved.Month(), "never a month too far")
		require.LessOrEqual(t, moved.Day(), d.Day())
		if moved.Day() < d.Day() {
			require.True(t, moved.IsMonthEnd())
		}
		require.Equal(t, d.Month(), d.Month().Add(n).Add(-n))
		require.True(t, models.Period{From: d.Month().First(), To: d.Month().Last()}.Covers(d))
		require.Equal(t, d.Month().Add(1).First(), d.Month().Last().AddDays(1))
	})
}

func TestLastMonthsEndsOnTheDayAndHoldsNoMonthTwice(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := anyDate.Draw(t, "date")
		n := rapid.IntRange(1, 120).Draw(t, "months")
		p := models.LastMonths(d, n)
		require.Equal(t, d, p.To)
		require.True(t, p.Covers(d))
		require.Greater(t, p.From, d.AddMonths(-n))
		if d.IsMonthEnd() {
			require.Equal(t, 1, p.From.Day())
		} else {
			require.False(t, p.Covers(d.AddMonths(-n)))
		}
	})
}

func TestFiscalYearStartsInApril(t *testing.T) {
	for date, want := range map[string]string{"2026-03-31": "2025-04-01", "2026-04-01": "2026-04-01", "2026-12-31": "2026-04-01", "2027-01-01": "2026-04-01"} {
		assert.Equal(t, day(want), day(date).FiscalYearStart(), date)
	}
}

func TestStoredValuesAreReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := anyDate.Draw(t, "date")
		stored, err := d.Value()
		require.NoError(t, err)
		var date models.Date
		require.NoError(t, date.Scan(stored))
		require.Equal(t, d, date)
		require.NoError(t, date.Scan([]byte(d.String())))
		require.Equal(t, d, date)
		require.NoError(t, date.Scan(d.Time()))
		require.Equal(t, d, date)

		stored, err = d.Month().Value()
		require.NoError(t, err)
		var month models.Month
		require.NoError(t, month.Scan(stored))
		require.Equal(t, d.Month(), month)
	})
}

func TestStoredBlanksAreBlank(t *testing.T) {
	date, month := day("2026-01-01"), models.Month(202601)
	require.NoError(t, date.Scan(nil))
	require.NoError(t, month.Scan(""))
	assert.Zero(t, date)
	assert.Zero(t, month)
	assert.Empty(t, date.String())
	assert.Empty(t, month.String())
	assert.Error(t, date.Scan(1.5))
	assert.Error(t, date.Scan("x"))
	assert.Error(t, month.Scan(true))
	assert.Error(t, month.Scan("x"))
}

func TestMonthBounds(t *testing.T) {
	for _, bad := range [][2]int{{2026, 0}, {2026, 13}, {1867, 12}, {3000, 1}} {
		_, ok := models.NewMonth(bad[0], bad[1])
		assert.False(t, ok, bad)
	}
	m, ok := models.NewMonth(2026, 2)
	require.True(t, ok)
	assert.Equal(t, "2026-02", m.String())
	assert.Equal(t, day("2026-02-28"), m.Last())
}

func TestAgeIsCompletedYears(t *testing.T) {
	for _, tt := range []struct {
		birth, on string
		want      int
	}{{"1939-05-02", "2026-05-01", 86}, {"1939-05-02", "2026-05-02", 87}, {"1940-02-29", "2026-02-28", 85}, {"1940-02-29", "2026-03-01", 86}} {
		assert.Equal(t, tt.want, models.Age(day(tt.birth), day(tt.on)), tt.birth)
	}
}

func TestTodayIsTheDateOfTheZone(t *testing.T) {
	tokyo := time.FixedZone("JST", 9*3600)
	now := time.Date(2026, 11, 21, 15, 30, 0, 0, time.UTC)
	assert.Equal(t, day("2026-11-22"), models.Today(func() time.Time { return now.In(tokyo) }))
}
