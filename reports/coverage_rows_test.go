package reports

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"renkei/models"
)

// The sample's rows, read without the code under test.

// officeOfContact returns the 連携先コード of an やり取り.
func officeOfContact(t *testing.T, c record) string {
	t.Helper()
	if c["連携先コード"] != "" {
		return c["連携先コード"]
	}
	return officeOf(t, c["CMコード"], c["日付"])
}

// wardOf returns the 病棟コード of an admission on a day. On a transfer day it
// is the new ward.
func wardOf(t *testing.T, patient, admitted, day string) string {
	t.Helper()
	ward, since := "", ""
	for _, s := range sampleSheet(t, "病棟履歴") {
		if s["患者ID"] == patient && s["入院日"] == admitted && onDay(s, "開始日", "終了日", day) && s["開始日"] >= since {
			ward, since = s["病棟コード"], s["開始日"]
		}
	}
	return ward
}

// townOf returns the municipality in the address of a partner.
func townOf(t *testing.T, office string) string {
	t.Helper()
	for _, p := range sampleSheet(t, "連携先") {
		if p["連携先コード"] != office {
			continue
		}
		town := strings.TrimPrefix(p["住所"], "みらい県")
		for _, end := range []string{"市", "町"} {
			if at := strings.Index(town, end); at >= 0 {
				return town[:at+len(end)]
			}
		}
	}
	return ""
}

// active lists the 連携機関 of a day.
func active(t *testing.T, day string) []record {
	t.Helper()
	var list []record
	for _, p := range sampleSheet(t, "連携先") {
		if p["協議日"] != "" && p["協議日"] <= day && (p["連携終了日"] == "" || p["連携終了日"] > day) {
			list = append(list, p)
		}
	}
	return list
}

// metOn returns by 連携先コード, in ascending order, the days on which staff of
// the department or a ward met somebody of the office face to face or by video.
func metOn(t *testing.T, from, to string) map[string][]string {
	t.Helper()
	met := map[string][]string{}
	note := func(office, day string, staff []string) {
		counts := slices.ContainsFunc(staff, func(code string) bool {
			return slices.ContainsFunc(sampleSheet(t, "職員"), func(s record) bool {
				return s["職員コード"] == code && onDay(s, "所属開始", "所属終了", day) && (s["部門所属"] != "" || s["病棟専任"] == "○")
			})
		})
		if day >= from && day <= to && counts {
			met[office] = append(met[office], day)
		}
	}
	for _, c := range sampleSheet(t, "やり取り") {
		if c["種別"] == "面会" || c["種別"] == "ビデオ通話" {
			note(officeOfContact(t, c), c["日付"], c.codes("職員コード"))
		}
	}
	for _, s := range sampleSheet(t, "共同指導") {
		if s["方法"] == "対面" || s["方法"] == "ビデオ通話" {
			note(officeOf(t, s["CMコード"], s["指導日"]), s["指導日"], s.codes("職員コード"))
		}
	}
	for office, days := range met {
		slices.Sort(days)
		met[office] = slices.Compact(days)
	}
	return met
}

// multiIn counts the days of 多機関共同指導加算 counted beside the claims.
func multiIn(t *testing.T, from, to string) int {
	t.Helper()
	n := 0
	for _, s := range sampleSheet(t, "共同指導") {
		if s["同日多機関共同指導加算"] == "○" && s["算定区分"] == "" && from <= s["指導日"] && s["指導日"] <= to {
			n++
		}
	}
	return n
}

// confirmedIn is 実績① of a span by claims; with ② it is three more.
func confirmedIn(t *testing.T, r Request, from, to string) int {
	t.Helper()
	return claimsIn(t, r, from, to, "1", "2", "旧") + multiIn(t, from, to)
}

// projectedIn is 実績① of a span by billable sessions.
func projectedIn(t *testing.T, r Request, from, to string) int {
	t.Helper()
	n := multiIn(t, from, to)
	for i := range r.Verdicts {
		v := &r.Verdicts[i]
		day := v.Session.On.String()
		if from <= day && day <= to && slices.Contains([]string{"指導料1", "指導料2", "旧区分"}, string(v.Result)) {
			n++
		}
	}
	return n
}

// median returns the middle of the numbers, the lower one of two.
func median(numbers []int) string {
	if len(numbers) == 0 {
		return "―"
	}
	slices.Sort(numbers)
	return fmt.Sprint(numbers[(len(numbers)-1)/2])
}

// daysBetween counts the days from one day to a later one.
func daysBetween(t *testing.T, from, to string) int {
	t.Helper()
	a, err := models.ParseDate(from)
	require.NoError(t, err)
	b, err := models.ParseDate(to)
	require.NoError(t, err)
	return a.DaysUntil(b)
}

// valuesBy returns the values of a column by those of another.
func valuesBy(t *testing.T, file *excelize.File, sheet, key, column string) map[string]string {
	t.Helper()
	header, rows := tableUnder2(t, file, sheet, key, column)
	values := map[string]string{}
	for i, k := range columnOf(t, header, rows, key) {
		values[k] = columnOf(t, header, rows, column)[i]
	}
	return values
}
