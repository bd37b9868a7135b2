package fee_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"renkei/models"
	"renkei/models/fee"
)

func TestTheGapOfAPolicyIsSaidByItsBaseDay(t *testing.T) {
	for name, c := range map[string]struct {
		policy                 models.Policy
		byAdmission, bySession string
	}{
		"known from the first day": {models.Policy{EffectiveOn: 2026_08_01, AnnouncedOn: 2026_08_01}, "", ""},
		"known before":             {models.Policy{EffectiveOn: 2026_08_01, AnnouncedOn: 2026_07_20}, "", ""},
		"without a day":            {models.Policy{}, "", ""},
		"known later": {models.Policy{EffectiveOn: 2026_08_01, AnnouncedOn: 2026_08_12},
			"施行日 2026-08-01 から周知日 2026-08-12 の前の日まで（11日間）に入院した患者の共同指導は、指導料2を算定できません（院内基準: 入院日まで）",
			"施行日 2026-08-01 から周知日 2026-08-12 の前の日まで（11日間）の共同指導は、指導料2を算定できません（院内基準: 指導日まで）"},
		"never made known": {models.Policy{EffectiveOn: 2026_08_01},
			"周知日が記録されていません。施行日 2026-08-01 から周知されるまでに入院した患者の共同指導は、指導料2を算定できません（院内基準: 入院日まで）",
			"周知日が記録されていません。施行日 2026-08-01 から周知されるまでの共同指導は、指導料2を算定できません（院内基準: 指導日まで）"},
	} {
		t.Run(name, func(t *testing.T) {
			params := fee.DefaultParams()
			params.PolicyMustPrecede = fee.Admission
			assert.Equal(t, c.byAdmission, fee.PolicyGap(&c.policy, params))
			params.PolicyMustPrecede = fee.Session
			assert.Equal(t, c.bySession, fee.PolicyGap(&c.policy, params))
		})
	}
}
