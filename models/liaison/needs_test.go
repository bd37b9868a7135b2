package liaison_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"renkei/models"
	"renkei/models/fee"
	"renkei/models/liaison"
)

func TestWhatAnAdmissionStillNeeds(t *testing.T) {
	const today = models.Date(2026_10_10)
	billed, refused := &fee.Verdict{Result: fee.Fee2}, &fee.Verdict{Result: fee.NotBillable}
	for _, c := range []struct {
		name  string
		edit  func(*models.Admission)
		chain []*fee.Verdict
		want  liaison.Needs
	}{
		{"everything there, no session yet", func(*models.Admission) {}, nil, liaison.Needs{Session: 1}},
		{"one session that is billed", func(*models.Admission) {}, []*fee.Verdict{billed}, liaison.Needs{Session: 2}},
		{"one session that is refused", func(*models.Admission) {}, []*fee.Verdict{refused}, liaison.Needs{}},
		{"both places taken", func(*models.Admission) {}, []*fee.Verdict{billed, billed}, liaison.Needs{}},
		{"the patient declined", func(a *models.Admission) { a.PatientWishes = models.No }, nil, liaison.Needs{}},
		{"not fit for services", func(a *models.Admission) { a.ServiceSuitable = models.No }, nil, liaison.Needs{}},
		{"地域連携診療計画加算 is claimed", func(a *models.Admission) { a.RegionalPlan = models.Yes }, nil, liaison.Needs{}},
		{"not known yet what the patient wishes", func(a *models.Admission) { a.PatientWishes = models.Unknown }, nil, liaison.Needs{Session: 1}},
		{"no consent", func(a *models.Admission) { a.ConsentedOn = 0 }, nil, liaison.Needs{Consent: true, Session: 1}},
		{"no 情報提供 recorded", func(a *models.Admission) { a.InformedOn, a.NoticedOn = 0, 0 }, nil,
			liaison.Needs{Inform: 2026_10_08, Notice: 2026_10_20, Session: 1}},
		{"nobody in charge", func(a *models.Admission) { a.CareManager, a.InformedOn = "", 0 }, nil, liaison.Needs{CareManager: true}},
		{"nobody in charge, not applied yet", func(a *models.Admission) { a.CareManager, a.CareStatus = "", models.NotApplied }, nil, liaison.Needs{Encourage: true}},
		{"nobody in charge, declined", func(a *models.Admission) { a.CareManager, a.PatientWishes = "", models.No }, nil, liaison.Needs{}},
		{"no 退院見込日", func(a *models.Admission) { a.ExpectedOn, a.NoticedOn = 0, 0 }, nil, liaison.Needs{Leaving: true, Session: 1}},
		{"leaves today", func(a *models.Admission) { a.DischargedOn = today }, nil, liaison.Needs{Session: 1}},
		{"left yesterday", func(a *models.Admission) { a.DischargedOn, a.ConsentedOn = today-1, 0 }, nil, liaison.Needs{}},
		{"comes tomorrow", func(a *models.Admission) { a.AdmittedOn, a.ConsentedOn = today+1, 0 }, nil, liaison.Needs{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := models.Admission{PatientID: "1", AdmittedOn: 2026_10_02, ExpectedOn: 2026_10_27, ServiceSuitable: models.Yes, PatientWishes: models.Yes,
				ConsentedOn: 2026_10_03, CareManager: "M1", InformedOn: 2026_10_03, NoticedOn: 2026_10_05}
			c.edit(&a)
			assert.Equal(t, c.want, liaison.NeedsOf(fee.NewFacts(&models.Book{}, fee.DefaultParams()), &a, c.chain, today))
		})
	}
}
