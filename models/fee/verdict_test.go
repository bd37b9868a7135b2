package fee_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/models"
	"renkei/models/fee"
)

func TestVerdictListsEveryConditionOnce(t *testing.T) {
	order := []string{"2", "3", "4", "5a", "5b", "5c", "6a", "6b", "7a", "7b", "7c", "e1", "11a", "11b", "11c", "11d", "11e", "11f"}
	for name, c := range map[string]change{
		"指導料2":      all(),
		"held back": func(b *models.Book) { *b = models.Book{Sessions: []models.JointGuidance{{Number: "G1"}}} },
		"refused":   ward(func(w *models.Ward) { w.FeeTreatment = models.FeeBundled }),
	} {
		t.Run(name, func(t *testing.T) {
			v := judge(t, c)
			var ids []string
			for _, c := range v.Conditions {
				ids = append(ids, c.ID)
				assert.NotEmpty(t, c.Name, c.ID)
				assert.NotEmpty(t, c.Source, c.ID)
				assert.Contains(t, []fee.State{fee.Met, fee.NotMet, fee.NotAsked}, c.State, c.ID)
				assert.Equal(t, c.State == fee.NotMet, c.Missing != "", c.ID)
			}
			assert.Equal(t, order, ids)
			assert.Equal(t, "2026-06", v.RuleVersion)
		})
	}
}

func TestConditionsThatCannotBeSeenAreNotAsked(t *testing.T) {
	v := judge(t, func(b *models.Book) { b.Admissions = nil })
	assert.Equal(t, "0", v.Code)
	for _, id := range []string{"2", "3", "4", "7b", "7c", "11a", "11c", "11d", "11e"} {
		assert.Equal(t, fee.NotAsked, condition(t, v, id).State, id)
	}
	for _, id := range []string{"5a", "5b", "6a", "e1", "11b"} {
		assert.Equal(t, fee.Met, condition(t, v, id).State, id)
	}
	assert.False(t, v.Fits2)
}

func TestConditionsShowTheRecordTheyRestOn(t *testing.T) {
	v := judge(t)
	for id, want := range map[string]fee.Evidence{
		"2":   {Kind: "入院", Key: "00000001/2026-09-01", Date: day("2026-09-01"), Text: "入院 2026-09-01〜2026-09-30"},
		"3":   {Kind: "病棟", Key: "3A", Date: day("2025-01-01"), Text: "3階東病棟（急性期一般入院料1）"},
		"4":   {Kind: "入院", Key: "00000001/2026-09-01", Date: day("2026-09-02"), Text: "同意 2026-09-02"},
		"5a":  {Kind: "介護支援専門員", Key: "M1", Text: "佐藤健一（さくら居宅） 介護支援専門員"},
		"e1":  {Kind: "職員", Key: "S1", Date: day("2020-04-01"), Text: "社会福祉士 山田花子（専従） 医師の指示 ○"},
		"11a": {Kind: "病棟", Key: "3A", Date: day("2025-06-01"), Text: "3階東病棟 届出 2025-06-01〜"},
		"11c": {Kind: "規程", Key: "第1版", Date: day("2026-04-01"), Text: "第1版 施行 2026-04-01 周知 2026-04-10"},
		"11d": {Kind: "会議", Key: "K1", Date: day("2026-07-14"), Text: "地域連携の会 2026-07-14 佐藤健一さん出席"},
		"11e": {Kind: "介護支援専門員", Key: "M1", Date: day("2026-05-20"), Text: "2026-05-20 入院日の104日前"},
	} {
		assert.Equal(t, []fee.Evidence{want}, condition(t, v, id).Evidence, id)
	}
}

func TestMeetingsShownAreTheNewest(t *testing.T) {
	v := judge(t, set("meeting_min_count", "2"), held("K2", "2026-05-10", "M1"), held("K3", "2026-08-20", "M1"))
	var keys []string
	for _, e := range condition(t, v, "11d").Evidence {
		keys = append(keys, e.Key)
	}
	assert.Equal(t, []string{"K3", "K1"}, keys)
	assert.Contains(t, v.Reason, "会議（事例検討会 2026-08-20 佐藤健一さん出席 ほか1回）")
}

func TestVerdictCarriesWhoAndWhere(t *testing.T) {
	v := judge(t, byStaff(models.Yes, "S1", "N1"))
	require.NotNil(t, v.Admission)
	assert.Equal(t, "渡辺茂", v.Admission.Name)
	assert.Equal(t, "3A", v.Ward.Code)
	assert.Equal(t, "M1", v.CareManager.Code)
	assert.Equal(t, "P1", v.Office.Code)
	assert.Len(t, v.Staff, 2)
	assert.True(t, v.Meets("11a"))
	assert.False(t, v.Meets("11f"), "not asked for is not ○")
	assert.False(t, v.Meets("99"))
}

// TestReasons pins the sentence of every code.
func TestReasons(t *testing.T) {
	edit := func(e func(*models.JointGuidance)) *models.Book { return with(session(e)) }
	for _, c := range []struct {
		name   string
		book   *models.Book
		number string
		reason string
	}{
		{"0 blank", edit(func(s *models.JointGuidance) { s.On, s.Way = 0, "" }), "G1", "指導日・方法が未入力のため判定できません"},
		{"0 not registered", edit(func(s *models.JointGuidance) { s.Staff = []string{"S9"} }), "G1", "職員コード S9が登録されていないため判定できません"},
		{"0 admission not registered", edit(func(s *models.JointGuidance) { s.AdmittedOn = day("2026-09-02") }), "G1", "入院（00000001/2026-09-02）が登録されていないため判定できません"},
		{"0 not covered", with(func(b *models.Book) { b.WardStays = nil }), "G1", "病棟履歴が指導日2026-09-10を含んでいないため判定できません"},
		{"0 ward not covered", with(ward(func(w *models.Ward) { w.ValidFrom = day("2026-09-11") })), "G1", "病棟3Aの有効期間が指導日2026-09-10を含んでいないため判定できません"},
		{"1", chainBook([]entry{{"05-10", only1, "", ""}}), "G1", "令和8年5月以前の指導のため区分なし（旧点数）です"},
		{"2", edit(func(s *models.JointGuidance) { s.On = day("2026-10-01") }), "G1", "指導日2026-10-01は入院期間（2026-09-01〜2026-09-30）の外です。入院中の患者ではありません"},
		{"3", with(ward(func(w *models.Ward) {
			w.FeeTreatment, w.BasicFee = models.FeeBundled, "回復期リハビリテーション病棟入院料1"
		})), "G1", "3階東病棟の回復期リハビリテーション病棟入院料1に包括されるため算定できません"},
		{"4", with(admission(func(a *models.Admission) { a.PatientWishes, a.ConsentedOn = models.Unknown, 0 })), "G1", "本人がサービスの導入を望んでいるかが記録されていません。同意日が記録されていません（告示 注・通知(1)）"},
		{"5a", with(manager(func(c *models.CareManager) { c.CanPlan = models.No })), "G1", "相手はケアプランの作成を担えないと記録されています（通知(2)）"},
		{"5b", edit(func(s *models.JointGuidance) { s.Standing = "" }), "G1", "相手が入院前からの担当か、患者が選択した方かが記録されていません（通知(2)）"},
		{"5c", with(office(func(p *models.Partner) { p.Annex = models.AnnexFacility })), "G1", "併設の介護保険施設等（さくら居宅）の介護支援専門員との共同指導は対象外です（通知(7)）"},
		{"6a", edit(func(s *models.JointGuidance) { s.Way = models.ByPhone }), "G1", "電話での指導です。通知(10)が挙げるのはビデオ通話です（院内基準: 電話は認めない）"},
		{"6b", edit(func(s *models.JointGuidance) { s.Way, s.ScreenShared = models.ByVideo, models.Yes }), "G1", "ビデオ通話で画面を共有していますが、画面共有の同意日が記録されていません（通知(10)）"},
		{"7a", edit(func(s *models.JointGuidance) { s.MultiAgency = models.Yes }), "G1", "同じ日に退院時共同指導料2の多機関共同指導加算を算定しているため、別に算定できません（通知(8)）"},
		{"7b", with(admission(func(a *models.Admission) { a.RegionalPlan = models.Yes })), "G1", "この入院で地域連携診療計画加算を算定するため、別に算定できません（A246 注4）"},
		{"7c", with(ward(func(w *models.Ward) { w.PSWAddOn = models.Yes })), "G1", "3階東病棟は精神保健福祉士配置加算の病棟のため併算定できません（A103 注9）"},
		{"8", chainBook([]entry{{"06-10", fit2, "", ""}, {"06-10", fit2, "", ""}}), "G2", "同一日は1回分です。2026-06-10は指導G1で判定しています"},
		{"9", chainBook([]entry{{"06-10", fit2, "", ""}, {"06-11", fit2, "", ""}, {"06-12", fit2, "", ""}}), "G3", "入院中2回の上限に達しています（算定に数えた指導日: 2026-06-10・2026-06-11）"},
		{"10", chainBook([]entry{{"06-10", fit2, as1, ""}, {"06-11", only2, "", ""}}), "G2", "指導料1の算定が記録されているため、この入院は指導料1で算定します。2は算定できず、この回は1の要件を満たしません。医師の指示が記録されていません"},
		{"11", with(), "G1", "加算1病棟・部門担当・規程・会議（地域連携の会 2026-07-14 佐藤健一さん出席）・連絡先共有（2026-05-20 入院日の104日前）がそろっています"},
		{"12", chainBook([]entry{{"06-10", only2, as2, ""}, {"06-11", only1, "", ""}}), "G2", "指導料2の算定が記録されているため、この入院は指導料2で算定します。1とは併算定できず、この回は2の要件を満たしません。入退院支援部門の担当者が実施していません"},
		{"12 old", chainBook([]entry{{"06-10", fit2, as2, ""}, {"05-10", only1, "", ""}}), "G2", "指導料2の算定が記録されているため、この入院は指導料2で算定します。5月の旧点数を指導料1相当とする院内基準のため、5月以前の指導は旧区分で算定できません"},
		{"13", with(noMeetings, manager(func(c *models.CareManager) { c.SharedOn = 0 })), "G1", "指導料1の要件を満たします。指導料2にならない理由: 入院日2026-09-01より前に、佐藤健一さんと部門の担当者がともに出席した会議等の記録がありません（院内基準: 入院日より前12か月以内・本人単位）。連絡先・担当者を共有した日が記録されていません（院内基準: 共有日の記録を求める）"},
		{"13 by the plan", chainBook([]entry{{"06-10", only1, as1, ""}, {"06-11", fit2, "", ""}}), "G2", "指導料1の算定が記録されているため、この入院は指導料1で算定します。指導料2の要件は満たしますが、1と2は混在できません（通知(9)）"},
		{"14", chainBook([]entry{{"06-10", fitless, "", ""}}), "G1", "いずれの要件も満たしません。指導料1: 医師の指示が記録されていません ／ 指導料2: 入退院支援部門の担当者が実施していません"},
		{"14 old", chainBook([]entry{{"05-10", fitless, "", ""}}), "G1", "旧点数の要件を満たしません。医師の指示が記録されていません"},
		{"15", edit(func(s *models.JointGuidance) { s.Claim = models.ClaimNone }), "G1", "算定しないと記録されています"},
	} {
		t.Run(c.name, func(t *testing.T) {
			assert.Equal(t, c.reason, judgeBook(t, c.book)[c.number].Reason)
		})
	}
}

// TestShortfallNamesTheNearestMiss pins the sentence about the meeting that
// almost counted.
func TestShortfallNamesTheNearestMiss(t *testing.T) {
	kind := func(k models.MeetingKind, counts models.Mark) change {
		return meeting(func(m *models.Meeting) { m.Kind, m.Counts = k, counts })
	}
	heldOn := func(s string) change { return meeting(func(m *models.Meeting) { m.HeldOn = day(s) }) }
	for _, c := range []struct {
		name    string
		change  change
		missing string
	}{
		{"study session", kind(models.StudySession, models.Unknown), "地域連携の会（2026-07-14）は勉強会で、会議として算入する記録がありません（院内基準: 勉強会は数えない）"},
		{"marked not to count", kind(models.ServiceMeeting, models.No), "地域連携の会（2026-07-14）は会議として算入しないと記録されています"},
		{"without the department", func(b *models.Book) { b.Attendances[0].Code = "N1" }, "地域連携の会（2026-07-14）に部門の担当者の出席記録がありません"},
		{"too early", heldOn("2025-08-31"), "地域連携の会（2025-08-31）は有効期間より前の会議です（院内基準: 12か月）"},
		{"after the admission", heldOn("2026-09-05"), "地域連携の会（2026-09-05）は入院日2026-09-01より前の会議ではありません（院内基準: 入院日より前）"},
		{"long after the session", heldOn("2026-11-05"), "入院日2026-09-01より前に、佐藤健一さんと部門の担当者がともに出席した会議等の記録がありません（院内基準: 入院日より前12か月以内・本人単位）"},
		{"a colleague went", func(b *models.Book) { b.Attendances[1].Code = "M2" }, "地域連携の会（2026-07-14）の出席者は佐藤健一さん本人ではなく、同じ事業所の別の方です（院内基準: 本人単位）"},
		{"attendance is not required, but no meeting was held", all(set("require_cm_attendance", "false"), noMeetings), "入院日2026-09-01より前に、部門の担当者が出席した会議等の記録がありません（院内基準: 入院日より前12か月以内・相手の出席は求めない）"},
		{"too few", set("meeting_min_count", "3"), "平時の会議等への出席が1回で、院内基準の3回に足りません（院内基準: 入院日より前12か月以内・本人単位）"},
		{"of two with one fault, the newest", all(kind(models.StudySession, models.Unknown), held("K2", "2026-09-05", "M1")), "事例検討会（2026-09-05）は入院日2026-09-01より前の会議ではありません（院内基準: 入院日より前）"},
		{"the one with the fewest faults", all(kind(models.StudySession, models.Unknown), heldOn("2025-08-31"), held("K2", "2025-07-01", "M1")), "事例検討会（2025-07-01）は有効期間より前の会議です（院内基準: 12か月）"},
		{"all its faults", all(kind(models.StudySession, models.Unknown), heldOn("2025-08-31")), "地域連携の会（2025-08-31）は有効期間より前の会議です（院内基準: 12か月）。地域連携の会（2025-08-31）は勉強会で、会議として算入する記録がありません（院内基準: 勉強会は数えない）"},
	} {
		t.Run(c.name, func(t *testing.T) {
			assert.Equal(t, c.missing, condition(t, judge(t, c.change), "11d").Missing)
		})
	}
}

func TestAdvice(t *testing.T) {
	t.Run("the second partner may change", func(t *testing.T) {
		here := admission(func(a *models.Admission) { a.DischargedOn = 0 })
		assert.Equal(t, []string{"この入院で2回目の相手が変わる見込みなら、指導料1の方が高くなる場合があります"}, judge(t, here).Advice)
		assert.Empty(t, judge(t, here, also("G2", "2026-09-20")).Advice, "the second is held already")
		assert.Empty(t, judge(t).Advice, "nothing follows the discharge")
		refused := func(s *models.JointGuidance) { s.Standing, s.Claim = "", models.ClaimFee2 }
		assert.Empty(t, judge(t, here, also("G2", "2026-09-20", refused)).Advice, "a claim that was sent has the other place")
	})
	t.Run("annexed care office", func(t *testing.T) {
		annexed := office(func(p *models.Partner) { p.Annex = models.AnnexCareOffice })
		words := "併設の居宅介護支援・相談支援です。通知(7)は患者が選択した場合を述べています"
		assert.Contains(t, judge(t, annexed).Advice, words)
		chosen := session(func(s *models.JointGuidance) { s.Standing = models.PatientsChoice })
		assert.NotContains(t, judge(t, annexed, chosen).Advice, words)
	})
	t.Run("the old fee counted as 指導料1", func(t *testing.T) {
		words := "5月以前の旧点数を指導料1相当として扱いました（院内基準）。医事課に確認してください"
		sessions := []entry{{"05-10", only1, "", ""}, {"06-10", fit2, "", ""}}
		assert.Contains(t, judgeBook(t, chainBook(sessions))["G2"].Advice, words)
		assert.NotContains(t, judgeBook(t, chainBook(sessions, set("legacy_treated_as", "none")))["G2"].Advice, words)
	})
}
