package coverage

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"renkei/app"
	"renkei/reports"
	"renkei/views/page/pagetest"
)

func TestTheReportPrintsTheSameFigures(t *testing.T) {
	judged, built := sampleSections(t, Choice{Span: ThisYear})
	kind, ok := reports.KindNamed("coverage")
	require.True(t, ok)
	path := filepath.Join(t.TempDir(), "報告.xlsx")
	scope := Choice{Span: ThisYear}.Scope(pagetest.Today)
	require.NoError(t, kind.Write(context.Background(), path, reports.Request{
		Facts: judged.Facts, Rules: judged.Rules, Verdicts: judged.Verdicts, OutputOn: pagetest.Today, Period: scope.Period,
	}))
	f, err := excelize.OpenFile(path)
	require.NoError(t, err)
	defer func() { assert.NoError(t, f.Close()) }()
	printed := make(map[string]string) // second cell by the first of its row
	for _, sheet := range f.GetSheetList() {
		rows, err := f.GetRows(sheet, excelize.Options{RawCellValue: true})
		require.NoError(t, err)
		for _, row := range rows {
			if len(row) > 1 && row[0] != "" {
				printed[sheet+" "+row[0]] = row[1]
			}
		}
	}
	for _, block := range built["fee2"].Blocks {
		if block.Chart == nil || !strings.HasPrefix(block.Chart.Title, "全部の共同指導から") {
			continue
		}
		for i, d := range block.Chart.Series[1].Data {
			if !d.Missing {
				assert.Equal(t, fmt.Sprint(int(d.Value)), printed["指導料2にならない理由 "+block.Chart.Categories[i]], block.Chart.Categories[i])
			}
		}
	}
	facts := make(map[string]string)
	for _, f := range built["fee2"].Blocks[0].Facts {
		facts[f.Name] = f.Value
	}
	assert.Equal(t, facts["指導料2"], printed["概要 指導料2（令和8年6月以降）"]+"件")
	for _, block := range built["work"].Blocks {
		if block.Chart != nil && block.Chart.Title == "職員別の件数" {
			assert.Equal(t, block.Chart.Categories[0], printed["職員別 "+codeOf(judged, block.Chart.Categories[0])])
		}
	}
}

// codeOf is the 職員コード of a name.
func codeOf(judged *app.Judged, name string) string {
	for _, s := range judged.Facts.Book.Staff {
		if s.Name == name {
			return s.Code
		}
	}
	return ""
}
