package fee

import (
	"fmt"

	"renkei/models"
)

// PolicyGap says on which days a 版 was in force but not announced, so that
// there is no 指導料2 (11c, 通知(3)ア). It returns "" when there are none. The 規程の基準日
// (Q10) decides whether the day of admission or of the session counts.
func PolicyGap(p *models.Policy, params Params) string {
	whose, rule := "の共同指導", house("指導日まで")
	if params.PolicyMustPrecede == Admission {
		whose, rule = "に入院した患者の共同指導", house("入院日まで")
	}
	switch {
	case p.EffectiveOn == 0:
		return ""
	case p.AnnouncedOn == 0:
		return fmt.Sprintf("周知日が記録されていません。施行日 %s から周知されるまで%sは、指導料2を算定できません", p.EffectiveOn, whose) + rule
	case p.AnnouncedOn > p.EffectiveOn:
		return fmt.Sprintf("施行日 %s から周知日 %s の前の日まで（%d日間）%sは、指導料2を算定できません",
			p.EffectiveOn, p.AnnouncedOn, p.EffectiveOn.DaysUntil(p.AnnouncedOn), whose) + rule
	}
	return ""
}
