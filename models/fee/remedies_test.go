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
		late   string
	}{
		{"meetings before the admission", noMeetings, "入院日より前の会議への出席に登録もれがないか、出席簿で確かめる", day("2026-08-31"), "2026-08-31までに会議に出席した事実と記録がある場合だけ登録する"},
		{"meetings before the session", all(noMeetings, bySession), "指導日より前の会議への出席に登録もれがないか、出席簿で確かめる", day("2026-09-09"), "2026-09-09までに会議に出席した事実と記録がある場合だけ登録する"},
		{"contacts", manager(func(c *models.CareManager) { c.SharedOn = 0 }), "入院日より前に連絡先を共有した記録があれば、連絡先共有日を登録する", day("2026-08-31"), "2026-08-31までに連絡先を共有した事実と記録がある場合だけ登録する"},
		{"local agreement", all(set("require_local_agreement", "true"), office(func(p *models.Partner) { p.AgreedOn = day("2026-09-02") })), "入院日より前の取り決めがあれば、取り決め日を登録する", day("2026-08-31"), "2026-08-31までに取り決めた事実と記録がある場合だけ登録する"},
		{"policy by the session", all(set("policy_must_precede", "session"), func(b *models.Book) { b.Policies = nil }), "規程の3項目と周知日を確かめて登録する", day("2026-09-10"), "2026-09-10までに3項目を定めて施行し、周知した事実と記録がある場合だけ登録する"},
		{"policy by the admission", func(b *models.Book) { b.Policies = nil }, "規程の3項目と周知日を確かめて登録する", day("2026-09-01"), "2026-09-01までに3項目を定めて施行し、周知した事実と記録がある場合だけ登録する"},
		{"policy not made known", policy(func(p *models.Policy) { p.AnnouncedOn = day("2026-09-02") }), "規程の3項目と周知日を確かめて登録する", day("2026-09-01"), "2026-09-01までに周知した事実と記録がある場合だけ登録する"},
		{"consent given, not wished", admission(func(a *models.Admission) { a.PatientWishes = models.No }), "導入の適否と本人の希望の記録に誤りがないか、診療録で確かめる", 0, ""},
		{"screen", session(func(s *models.JointGuidance) { s.Way, s.ScreenShared = models.ByVideo, models.Yes }), "画面共有の同意日を確かめて登録する", day("2026-09-10"), "2026-09-10までに画面共有の同意を得た事実と記録がある場合だけ登録する"},
		{"department", byStaff(models.Yes, "N1"), "部門の担当者が同席した記録がある場合だけ、職員に加える", 0, ""},
		{"filing", ward(func(w *models.Ward) { w.FiledFrom = 0 }), "病棟の加算1届出期間に誤りがないか、届出の控えで確かめる", 0, ""},
		{"consent", admission(func(a *models.Admission) { a.ConsentedOn = 0 }), "導入適当・本人の希望・同意日を診療録で確かめて登録する", day("2026-09-10"), "2026-09-10までに本人が同意した事実と記録がある場合だけ登録する"},
		{"held back", session(func(s *models.JointGuidance) { s.CareManager = "" }), "CMコードが未入力のため、登録を補う", 0, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			assert.Equal(t, []fee.Remedy{{Text: c.text, Late: c.late, By: c.by, Decisive: true}}, judge(t, c.change).Remedies)
		})
	}
}

func TestPapersAreRemediesToo(t *testing.T) {
	v := judge(t, noMeetings, session(func(s *models.JointGuidance) { s.NotedOn, s.PlanCopyOn = 0, 0 }))
	require.Len(t, v.Remedies, 3)
	assert.True(t, v.Remedies[0].Decisive, "what leads to 指導料2 comes first")
	assert.Equal(t, fee.Remedy{Text: "診療録に指導の要点を記載し、要点記載日を登録する", Late: "診療録に要点の記載があるか確かめ、実際に記載した日を登録する", By: day("2026-09-10")}, v.Remedies[1])
	assert.Equal(t, fee.Remedy{Text: "ケアプランの写し（原案でもよい）を依頼し、受領日を登録して診療録に添付する", Late: "ケアプランの写し（原案でもよい）を受け取って診療録に添付し、実際の受領日を登録する", By: day("2026-09-24")}, v.Remedies[2])
}

func TestRemediesOfferOnlyWhatHelps(t *testing.T) {
	order := fee.Remedy{Text: "医師の指示、又は医師・医療職の同席の記録がある場合だけ登録する（指導料1の要件）"}
	department := fee.Remedy{Text: "部門の担当者が同席した記録がある場合だけ、職員に加える", Decisive: true}
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
