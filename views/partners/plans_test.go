package partners

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"renkei/models"
	"renkei/views/ui"
)

// TestTheUsualIsOfferedUntilSomebodyChooses: ケアプラン作成可 follows 資格 and office
// while nobody chose otherwise.
func TestTheUsualIsOfferedUntilSomebodyChooses(t *testing.T) {
	b := smallBook()
	b.Partners[0].Kind = models.CareOffice
	b.Partners = append(b.Partners, models.Partner{Code: "P9", Name: "潮騒園", Kind: models.NursingHome})
	x := bookIndex(t, b)
	office, qualification := "", models.QualifiedCM
	field := ui.NewMarkField("できる", "できない")
	offer := offerPlans(field, func() models.Mark { return models.UsuallyPlans(qualification, x.kindOf(office)) })

	offer()
	assert.Equal(t, models.Unknown, field.Mark(), "no office yet")
	office = "P1"
	offer()
	assert.Equal(t, models.Yes, field.Mark())
	office = "P9"
	offer()
	assert.Equal(t, models.Unknown, field.Mark(), "a home, after all")
	office = "P1"
	qualification = models.OtherQualified
	offer()
	assert.Equal(t, models.Unknown, field.Mark(), "no care manager, after all")
	field.SetMark(models.No)
	qualification = models.ChiefCM
	offer()
	assert.Equal(t, models.No, field.Mark(), "what somebody chose stays")
}
