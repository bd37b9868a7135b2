package reports_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/models"
	"renkei/reports"
)

func TestReportsRefuseWhatTheyCannotBeMadeFrom(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, report string
		change       func(*reports.Request)
		says         string
	}{
		{"no date", "menkai", func(r *reports.Request) { r.AsOf = 0 }, "連携機関 面会状況一覧の基準日と出力日を指定してください"},
		{"an office nobody registered", "relations", func(r *reports.Request) { r.Key = "P999" }, "連携先コード『P999』の登録がありません。コードを確かめてください"},
		{"a meeting nobody recorded", "attendance", func(r *reports.Request) { r.Key = "K999" }, "会議コード『K999』の登録がありません。コードを確かめてください"},
		{"a period that ends before it begins", "attendance", func(r *reports.Request) { r.Period.From, r.Period.To = asOf, asOf.AddDays(-1) },
			"会議・勉強会 出席簿の期間の終わり 2026-11-21 が初め 2026-11-22 より前です。期間を直してください"},
	} {
		t.Run(c.report+": "+c.name, func(t *testing.T) {
			kind, ok := reports.KindNamed(c.report)
			require.True(t, ok)
			err := kind.Write(t.Context(), t.TempDir()+"/x.xlsx", ask(t, c.change))
			require.Error(t, err)
			assert.Equal(t, c.says, models.ErrorMessage(err))
		})
	}
}
