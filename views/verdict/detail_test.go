package verdict

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/models"
	"renkei/models/fee"
	"renkei/views/ui"
	"renkei/views/viewtest"
)

func TestDescribe(t *testing.T) {
	v := viewtest.Verdicts(1)[0]
	v.Admission.BornOn, v.Session.On = models.MustDate("1939-05-02"), models.MustDate("2026-10-19")
	v.Admission.AdmittedOn = models.MustDate("2026-10-02")
	v.Plan, v.T1, v.T2 = fee.Plan2, 800, 1000
	today := models.MustDate("2026-10-22")
	d := Describe(&v, today)
	assert.Contains(t, d.Person, "昭和14年5月2日生（87歳）")
	assert.Contains(t, d.Stay, "入院 2026-10-02（指導日は18日目）")
	assert.Contains(t, d.Session, "2026-10-19（月）")
	assert.Equal(t, "この入院は指導料2で算定します（指導料2なら合計1,000点 ・ 指導料1なら合計800点）", d.Plan)
	t.Run("a patient who left shows the day, not what was expected", func(t *testing.T) {
		v.Admission.DischargedOn = models.MustDate("2026-10-30")
		stay := Describe(&v, today).Stay
		assert.Contains(t, stay, "退院 2026-10-30")
		assert.NotContains(t, stay, "退院見込")
	})
	t.Run("an unregistered admission is reported", func(t *testing.T) {
		w := fee.Verdict{Session: models.JointGuidance{PatientID: "77"}, Result: fee.Pending}
		assert.Contains(t, Describe(&w, today).Patient, "入院の記録がありません")
	})
}

func TestAConditionOfFee1IsNoShortcomingOfFee2(t *testing.T) {
	c := fee.Condition{ID: "e1", Name: "医師の指示", State: fee.NotMet, Missing: "医師の指示が記録されていません"}
	of := func(result fee.Result) ui.Condition { return conditionWords(&fee.Verdict{Result: result}, c) }
	assert.True(t, of(fee.Fee2).Quiet)
	assert.False(t, of(fee.NotBillable).Quiet)
	d := Detail{Conditions: []ui.Condition{of(fee.Fee2), of(fee.Pending)}}
	assert.Equal(t, 1, d.Unmet())
}

func TestTasks(t *testing.T) {
	today := models.MustDate("2026-10-22")
	v := fee.Verdict{
		Warnings: []fee.Warning{
			{Code: "W2", Text: "写しがない", Todo: "依頼する", By: models.MustDate("2026-10-25")},
			{Code: "W5", Text: "取り決めがない", Todo: "登録する"},
			{Code: "W1", Text: "きのうまで", Todo: "記載する", By: models.MustDate("2026-10-21")},
			{Code: "W3", Text: "きょうまで", Todo: "提供する", By: today},
		},
		Remedies: []fee.Remedy{
			{Text: "依頼する", By: models.MustDate("2026-10-25")},
			{Text: "連絡する", By: models.MustDate("2026-10-17")},
			{Text: "きょう連絡する", By: today},
			{Text: "出席簿で確かめる", Late: "2026-10-01までに出席した事実がある場合だけ登録する", By: models.MustDate("2026-10-01"), Decisive: true},
		},
	}
	warnings, remedies := tasksOf(&v, today)
	assert.Equal(t, []Task{{Text: "写しがない"}, {Text: "取り決めがない", Todo: "登録する"},
		{Text: "きのうまで", Todo: "記載する", Due: "10/21 水 まで  期限を1日過ぎています", Late: true},
		{Text: "きょうまで", Todo: "提供する", Due: "10/22 木 まで  きょうが期限"}}, warnings, "what is among the remedies is not named twice")
	assert.Equal(t, "10/25 日 まで  あと3日", remedies[0].Due)
	assert.Equal(t, Task{Text: "連絡する", Due: "10/17 土 まで  期限を5日過ぎています", Late: true}, remedies[1])
	assert.Equal(t, Task{Text: "きょう連絡する", Due: "10/22 木 まで  きょうが期限"}, remedies[2], "the day itself is not late")
	assert.Equal(t, Task{Text: "2026-10-01までに出席した事実がある場合だけ登録する"}, remedies[3], "a fact of the past is not overdue")
}

func TestDetailAsText(t *testing.T) {
	verdicts := viewtest.Verdicts(1)
	i := slices.IndexFunc(verdicts, func(v fee.Verdict) bool { return v.Result == fee.Fee1 })
	require.GreaterOrEqual(t, i, 0)
	text := Describe(&verdicts[i], models.MustDate("2026-11-22")).Text()
	for _, want := range []string{verdicts[i].Session.PatientID, "【指導料1】", "400点", "× 不足", "〔通知(3)イ〕", "次にすること"} {
		assert.Contains(t, text, want)
	}
}
