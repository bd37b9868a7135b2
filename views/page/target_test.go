package page_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"renkei/views/page"
)

func TestATargetLeadsToThePageOfItsSheet(t *testing.T) {
	for want, to := range map[string]page.Target{
		"partners/連携先/P001":                           page.To("連携先", "P001"),
		"partners/介護支援専門員/C001":                       page.To("介護支援専門員", "C001"),
		"meetings/会議/K001":                            page.To("会議", "K001"),
		"contacts/やり取り/R00001":                        page.To("やり取り", "R00001"),
		"admissions/入院/00035140/2026-11-01":           page.To("入院", "00035140/2026-11-01"),
		"admissions/共同指導/G0001":                       page.To("共同指導", "G0001"),
		"claims/算定/2026-10":                           page.To("算定", "2026-10"),
		"settings/病棟/3E/2024-04-01":                   page.To("病棟", "3E/2024-04-01"),
		"settings/職員/N1/2020-04-01":                   page.To("職員", "N1/2020-04-01"),
		"settings/規程/第2版":                             page.To("規程", "第2版"),
		"settings/設定/meeting_min_count":               page.To("設定", "meeting_min_count"),
		"meetings/会議":                                 page.To("会議", ""),
		"partners/連携先/P001?edit#取り決め日":                page.ToEdit("連携先", "P001", "取り決め日"),
		"partners/介護支援専門員/C001?edit#資格":               page.ToEdit("介護支援専門員", "C001", "資格"),
		"partners/所属履歴/C001/P001/2024-04-01?edit#終了日": page.ToEdit("所属履歴", "C001/P001/2024-04-01", "終了日"),
		"partners/所属履歴/C001?edit":                     page.ToEdit("所属履歴", "C001", ""),
		"admissions/入院/00035140/2026-11-01?edit#同意日":  page.ToEdit("入院", "00035140/2026-11-01", "同意日"),
		"admissions/病棟履歴/00035140/2026-11-01?edit":    page.ToEdit("病棟履歴", "00035140/2026-11-01", ""),
		"admissions/共同指導/G0001?edit#医師の指示":            page.ToEdit("共同指導", "G0001", "医師の指示"),
		"settings/職員/N1/2020-04-01?edit#所属終了":         page.ToEdit("職員", "N1/2020-04-01", "所属終了"),
		"admissions/共同指導/00035140/2026-11-01?new":     page.ToNew("共同指導", "00035140/2026-11-01"),
		"contacts/やり取り?new":                           page.ToNew("やり取り", ""),
		"reports":                                     page.ToPage("reports"),
		"coverage/fee2#loss:11d":                      page.ToSection("coverage", "fee2", "loss:11d"),
	} {
		assert.Equal(t, want, to.String())
		assert.Equal(t, any(to), to.Link())
	}
}

func TestWithoutARecordOrAPageNothingIsEdited(t *testing.T) {
	assert.Equal(t, page.To("会議", ""), page.ToEdit("会議", "", "氏名"), "without a key the page alone")
	for name, to := range map[string]page.Target{
		"shown": page.To("出席", "K001"), "edited": page.ToEdit("出席", "K001", "氏名"), "new": page.ToNew("出席", "K001"),
	} {
		assert.True(t, to.IsZero(), "a sheet without a page of its own, %s", name)
		assert.Nil(t, to.Link())
	}
}
