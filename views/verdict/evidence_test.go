package verdict

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"renkei/models"
	"renkei/models/fee"
	"renkei/views/ui"
)

func TestEvidenceLeadsToItsRecord(t *testing.T) {
	ward := &models.Ward{Code: "3E", ValidFrom: models.MustDate("2026-06-01")}
	c := fee.Condition{Evidence: []fee.Evidence{
		{Kind: "会議", Key: "K1", Date: models.MustDate("2026-07-14"), Text: "多職種連携会議"},
		{Kind: "病棟", Key: "3E", Date: models.MustDate("2024-04-01"), Text: "3東病棟 届出 2024-04-01〜"},
		{Kind: "職員", Key: "N1", Date: models.MustDate("2020-04-01"), Text: "看護師 渡邉（専従）"},
		{Kind: "規程", Key: "第2版", Text: "第2版"},
		{Text: "記録のない根拠"},
	}}
	got := Evidence(c, ward)
	assert.Equal(t, []ui.Evidence{
		{Text: "多職種連携会議", Link: "meetings/K1"},
		{Text: "3東病棟 届出 2024-04-01〜", Link: "settings/wards/3E/2026-06-01"}, // the period, not the day of the 届出
		{Text: "看護師 渡邉（専従）", Link: "settings/staff/N1/2020-04-01"},
		{Text: "第2版", Link: "settings/policies/第2版"},
		{Text: "記録のない根拠"},
	}, got)
	assert.Empty(t, Evidence(c, nil)[1].Link, "a ward that is not known")

	t.Run("links to records in view can be replaced or removed", func(t *testing.T) {
		lines := Relink([]ui.Condition{{Evidence: got}}, map[string]string{"meetings/K1": "", "settings/policies/第2版": "settings/policies"})
		assert.Equal(t, "", lines[0].Evidence[0].Link)
		assert.Equal(t, "settings/wards/3E/2026-06-01", lines[0].Evidence[1].Link)
		assert.Equal(t, "settings/policies", lines[0].Evidence[3].Link)
	})
}
