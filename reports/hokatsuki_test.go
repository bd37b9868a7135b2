package reports

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// wardOn works out from the sample's rows the ward of an admission on a day.
func wardOn(t *testing.T, patient, admitted, day string) record {
	t.Helper()
	code, from := "", ""
	for _, s := range sampleSheet(t, "病棟履歴") {
		if s["患者ID"] == patient && s["入院日"] == admitted && onDay(s, "開始日", "終了日", day) && s["開始日"] >= from {
			code, from = s["病棟コード"], s["開始日"]
		}
	}
	for _, w := range sampleSheet(t, "病棟") {
		if w["病棟コード"] == code && onDay(w, "有効開始", "有効終了", day) {
			return w
		}
	}
	return nil
}

// comprehensiveClaims counts the claims of 指導料2 (and 旧, as long as it
// counts) in 包括期 wards by the sample's rows.
func comprehensiveClaims(t *testing.T, r Request, from, to string) int {
	t.Helper()
	no, n := refused(r), 0
	for _, s := range sampleSheet(t, "共同指導") {
		claimed := s["算定区分"] == "2" || s["算定区分"] == "旧" && to <= "2026-08-31"
		if claimed && !no[s["指導番号"]] && from <= s["指導日"] && s["指導日"] <= to &&
			wardOn(t, s["患者ID"], s["入院日"], s["指導日"])["包括期対象"] == "○" {
			n++
		}
	}
	return n
}

// judgedFee2 counts the sessions in 包括期 wards judged 指導料2.
func judgedFee2(t *testing.T, r Request, from, to string) int {
	t.Helper()
	n := 0
	for i := range r.Verdicts {
		v := &r.Verdicts[i]
		if day := v.Session.On.String(); v.Result == "指導料2" && from <= day && day <= to &&
			wardOn(t, v.Session.PatientID, v.Session.AdmittedOn.String(), day)["包括期対象"] == "○" {
			n++
		}
	}
	return n
}

func TestHokatsukiOfTheSampleHospital(t *testing.T) {
	r := sampleRequest(t)
	file := writtenKind(t, "hokatsuki", r)
	t.Run("the three months to the day", func(t *testing.T) {
		_, rows := tableUnder(t, file, "判定", "基準日")
		n := comprehensiveClaims(t, r, "2026-08-23", "2026-11-22")
		require.Positive(t, n)
		assert.Equal(t, []string{fmt.Sprintf("2026-11-22 2026-08-23 1 %d %d 3 ○ 充足 %d", n, n+1, judgedFee2(t, r, "2026-08-23", "2026-11-22"))}, figures(rows, 8))
	})
	t.Run("month by month", func(t *testing.T) {
		header, rows := tableUnder(t, file, "月別推移", "時点")
		require.Len(t, rows, 24)
		for i := range rows {
			from, to := columnOf(t, header, rows, "直近3か月初日")[i], columnOf(t, header, rows, "時点")[i]
			if to < "2026-06-01" {
				for _, figure := range []string{"① 退院時共同指導料2", "② 指導料2（算定済み）", "①＋②合計", "必要回数", "3回充足", "指導料2（見込）"} {
					assert.Equal(t, "―", columnOf(t, header, rows, figure)[i], "%s %s: before the 加算 began", to, figure)
				}
				continue
			}
			n := comprehensiveClaims(t, r, from, to)
			assert.Equal(t, fmt.Sprint(n), columnOf(t, header, rows, "② 指導料2（算定済み）")[i], to)
			assert.Equal(t, fmt.Sprint(n+1), columnOf(t, header, rows, "①＋②合計")[i], to)
			assert.Equal(t, n+1 >= 3, columnOf(t, header, rows, "3回充足")[i] == "○ 充足", to)
		}
		assert.Equal(t, "2026-08-01", columnOf(t, header, rows, "直近3か月初日")[22], "to the end of October from the first of August")
	})
	t.Run("the sessions behind the count", func(t *testing.T) {
		header, rows := tableUnder(t, file, "対象の共同指導", "患者ID")
		ticked := 0
		for _, m := range columnOf(t, header, rows, "算定済みに数える") {
			if m == "○" {
				ticked++
			}
		}
		confirmed, projected := comprehensiveClaims(t, r, "2026-08-23", "2026-11-22"), judgedFee2(t, r, "2026-08-23", "2026-11-22")
		require.NotEqual(t, confirmed, projected, "the sample tells them apart")
		assert.Equal(t, confirmed, ticked)
		for i, result := range columnOf(t, header, rows, "判定") {
			assert.Equal(t, result == "指導料2", columnOf(t, header, rows, "見込に数える")[i] == "○", result)
		}
		days := columnOf(t, header, rows, "指導日")
		assert.IsNonDecreasing(t, days)
		assert.NotEqual(t, days[0], days[len(days)-1])
		sessions := 0
		for _, s := range sampleSheet(t, "共同指導") {
			if s["指導日"] >= "2026-08-23" && s["指導日"] <= "2026-11-22" && wardOn(t, s["患者ID"], s["入院日"], s["指導日"])["包括期対象"] == "○" {
				sessions++
			}
		}
		assert.Len(t, rows, sessions)
		assert.Contains(t, strings.Join(textsOf(t, file, "対象の共同指導"), "\n"),
			fmt.Sprintf("全 %d件　算定済みに数える %d件　見込に数える %d件", sessions, confirmed, projected))
	})
	t.Run("a native chart stacks the two counts under the line of three", func(t *testing.T) {
		charts := chartsOf(t, file)
		require.Len(t, charts, 1)
		for _, part := range []string{"barChart", "stacked", "lineChart", "'月別推移'!$C$23:$C$28", "'月別推移'!$D$23:$D$28", "'月別推移'!$F$23:$F$28"} {
			assert.Contains(t, charts[0], part)
		}
	})
	checkWorkbook(t, "hokatsuki", r, "判定", "月別推移")
}
