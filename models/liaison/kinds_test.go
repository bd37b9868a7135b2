package liaison_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"renkei/models"
	"renkei/models/liaison"
)

// TestEveryKindHasItsColumn: each 種別 is in the column where a reader looks
// for it.
func TestEveryKindHasItsColumn(t *testing.T) {
	want := map[models.PartnerKind]liaison.KindGroup{
		"居宅介護支援": "居宅", "地域包括支援センター": "包括・予防", "介護予防支援": "包括・予防", "計画相談支援": "相談支援", "障害児相談支援": "相談支援",
		"特別養護老人ホーム": "施設", "介護老人保健施設": "施設", "介護医療院": "施設", "特定施設": "施設", "認知症グループホーム": "施設",
		"小規模多機能": "施設", "看護小規模多機能": "施設", "訪問看護": "在宅サービス", "居宅サービス": "在宅サービス", "地域密着型サービス": "在宅サービス",
		"病院": "病院", "診療所": "診療所", "その他": "その他",
	}
	for _, kind := range models.PartnerKinds {
		assert.Equal(t, want[kind], liaison.GroupOf(kind), kind)
		assert.Contains(t, liaison.KindGroups, liaison.GroupOf(kind))
	}
	assert.Len(t, want, len(models.PartnerKinds))
	assert.Equal(t, liaison.KindGroup("その他"), liaison.GroupOf(""))
}
