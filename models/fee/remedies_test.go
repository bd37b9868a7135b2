package fee_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/models"
	"renkei/models/fee"
)

func TestRemediesSayByWhichDay(t *testing.T) {
	bySession := set("evidence_must_precede", "session")
	for _, c := range []struct {
		name   string
		change change
		text   string
		by     models.Date
	}{
		{"meetings before the admission", noMeetings, "入院日より前の会議への出席に登録もれがないか、出席簿で確かめる", day("2026-08-31")},
		{"meetings before the session", all(noMeetings, bySession), "指導日より前の会議への出席に登録もれがないか、出席簿で確かめる", day("2026-09-09")},
		{"contacts", manager(func(c *models.CareManager) { c.SharedOn = 0 }), "入院日より前に連絡先を共有した記録があれば、連絡先共有日を登録する", day("2026-08-31")},
		{"local agreement", all(set("require_local_agreement", "true"), office(func(p *models.Partner) { p.AgreedOn = day("2026-09-02") })), "入院日より前の取り決めがあれば、取り決め日を登録する", day("2026-08-31")},
		{"policy by the session", all(set("policy_must_precede", "session"), func(b *models.Book) { b.Policies = nil }), "規程の3項目と周知日を確かめて登録する", day("2026-09-10")},
		{"policy by the admission", func(b *models.Book) { b.Policies = nil }, "規程の3項目と周知日を確かめて登録する", day("2026-09-01")},
		{"department", byStaff(models.Yes, "N1"), "部門の担当者が同席していれば職員に加える", 0},
		{"filing", ward(func(w *models.Ward) { w.FiledFrom = 0 }), "病棟の加算1届出期間を確かめて登録する", 0},
		{"consent", admission(func(a *models.Admission) { a.ConsentedOn = 0 }), "導入適当・本人の希望・同意日を診療録で確かめて登録する", day("2026-09-10")},
		{"held back", session(func(s *models.JointGuidance) { s.CareManager = "" }), "CMコードが未入力のため、登録を補う", 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			assert.Equal(t, []fee.Remedy{{Text: c.text, By: c.by, Decisive: true}}, judge(t, c.change).Remedies)
		})
	}
}

func TestPapersAreRemediesToo(t *testing.T) {
	v := judge(t, noMeetings, session(func(s *models.JointGuidance) { s.NotedOn, s.PlanCopyOn = 0, 0 }))
	require.Len(t, v.Remedies, 3)
	assert.True(t, v.Remedies[0].Decisive, "what leads to 指導料2 comes first")
	assert.Equal(t, fee.Remedy{Text: "診療録に指導の要点を記載し、要点記載日を登録する", By: day("2026-09-10")}, v.Remedies[1])
	assert.Equal(t, fee.Remedy{Text: "ケアプランの写し（原案でもよい）を依頼し、受領日を登録して診療録に添付する", By: day("2026-09-30")}, v.Remedies[2])
}

func TestRemediesOfferOnlyWhatHelps(t *testing.T) {
	order := fee.Remedy{Text: "医師の指示、又は医師・医療職の同席があれば登録する（指導料1の要件）"}
	department := fee.Remedy{Text: "部門の担当者が同席していれば職員に加える", Decisive: true}
	bundled := ward(func(w *models.Ward) { w.FeeTreatment = models.FeeBundled })
	for _, c := range []struct {
		name   string
		book   *models.Book
		number string
		want   []fee.Remedy
	}{
		{"指導料2 needs none", with(), "G1", nil},
		{"指導料2 without an order needs none", chainBook([]entry{{"06-10", only2, "", ""}}), "G1", nil},
		{"neither fee", chainBook([]entry{{"06-10", fitless, "", ""}}), "G1", []fee.Remedy{department, order}},
		{"indifferent to what the ward forbids", with(bundled, noMeetings), "G1", nil},
		{"multi-agency day", with(session(func(s *models.JointGuidance) { s.MultiAgency = models.Yes }), noMeetings), "G1", nil},
		{"day already counted", chainBook([]entry{{"06-10", fit2, "", ""}, {"06-10", only1, "", ""}}), "G2", nil},
		{"over the limit", chainBook([]entry{{"06-10", only1, as1, ""}, {"06-11", only1, "", ""}, {"06-12", only1, "", ""}}), "G3", nil},
		{"decided not to bill", with(session(func(s *models.JointGuidance) { s.Claim = models.ClaimNone }), noMeetings), "G1", nil},
		{"bound to 指導料1", chainBook([]entry{{"06-10", only1, as1, ""}, {"06-11", only2, "", ""}}), "G2", []fee.Remedy{order}},
		{"billed as 指導料1 as recorded", chainBook([]entry{{"06-10", only1, as1, ""}}), "G1", nil},
		{"the old fee", chainBook([]entry{{"05-10", fitless, "", ""}}), "G1", []fee.Remedy{order}},
	} {
		t.Run(c.name, func(t *testing.T) {
			assert.Equal(t, c.want, judgeBook(t, c.book)[c.number].Remedies)
		})
	}
}
