package figures_test

import (
	"context"
	"fmt"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/app/apptest"
	"renkei/app/reporting"
	"renkei/assets/sample"
	"renkei/models"
	"renkei/reports"
	"renkei/reports/reportstest"
)

// What the page 帳票 says about a report's contents is in the file.
func TestWhatIsPromisedIsInTheFile(t *testing.T) {
	judged, today := apptest.JudgedSample(t), models.MustDate(sample.AsOf)
	rowsOf := func(sheet, first string) func(workbook) string {
		return func(w workbook) string { return fmt.Sprint(len(w.table(sheet, first))) }
	}
	summary := func(name string) func(workbook) string {
		return func(w workbook) string {
			for _, row := range w.table("概要", "項目") {
				if row["項目"] == name {
					return row["値"]
				}
			}
			return ""
		}
	}
	for _, c := range []struct {
		kind, says string
		asOf       models.Date
		in         func(workbook) string
	}{
		{"coverage", `連携先 ([0-9,]+)か所`, today, summary("連携先")},
		{"coverage", `連携先 ([0-9,]+)か所`, 2026_06_30, summary("連携先")},
		{"coverage", `共同指導 ([0-9,]+)件`, today, summary("共同指導")},
		{"coverage", `やり取り ([0-9,]+)件`, today, summary("やり取り")},
		{"coverage", `会議 ([0-9,]+)件`, today, summary("会議・勉強会")},
		{"relations", `担当者 ([0-9,]+)名`, today, rowsOf("台帳", "連携先コード")},
		{"relations", `担当者 ([0-9,]+)名`, 2026_03_31, rowsOf("台帳", "連携先コード")},
		{"relations", `会議の記録 ([0-9,]+)行`, 2026_03_31, rowsOf("会議の記録", "連携先コード")},
		{"menkai", `連携機関 ([0-9,]+)機関`, today, rowsOf("機関別", "No")},
		{"form40-9", `連携機関 ([0-9,]+) `, today, rowsOf("4 協議日", "No")},
		{"handover", `職員 ([0-9,]+)名`, today, rowsOf("一覧", "職員コード")},
		{"timeline", `やり取り ([0-9,]+)件`, today, rowsOf("やり取り", "日付")},
		{"attendance", `会議・勉強会 ([0-9,]+)件`, today, rowsOf("一覧", "会議コード")},
		{"policy", `守れなかったもの ([0-9,]+)件`, today, rowsOf("守れなかったもの", "患者ID")},
		{"monthly", `算定できる ([0-9,]+)件`, today, rowsOf("算定一覧", "患者ID")},
	} {
		t.Run(c.kind+" "+c.says+" "+c.asOf.String(), func(t *testing.T) {
			kind, ok := reports.KindNamed(c.kind)
			require.True(t, ok)
			r := reporting.RequestOf(judged, today,
				reports.Choice{AsOf: c.asOf, Month: 2026_10, Period: models.Period{From: today.FiscalYearStart(), To: today}})
			said := regexp.MustCompile(c.says).FindStringSubmatch(kind.Contents(r))
			require.NotNil(t, said, kind.Contents(r))
			path := filepath.Join(t.TempDir(), "帳票.xlsx")
			require.NoError(t, kind.Write(context.Background(), path, r))
			sheets, err := reportstest.Read(path, "")
			require.NoError(t, err)
			assert.Equal(t, strings.ReplaceAll(said[1], ",", ""), strings.ReplaceAll(c.in(sheets), ",", ""))
		})
	}
}
