package effect

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/app"
	"renkei/models"
	"renkei/models/fee"
	"renkei/views/words"
)

func verdictOf(number string, on models.Date, result fee.Result, points int, reason string, warnings ...fee.Warning) fee.Verdict {
	return fee.Verdict{Session: models.JointGuidance{Number: number, On: on, PatientID: "00000001"}, Result: result, Points: points, Reason: reason, Warnings: warnings}
}

func TestRowsAndWordsOfAnEffect(t *testing.T) {
	e := app.Effect{Sessions: 5, Before: 1900, After: 900, Changes: []app.VerdictChange{
		{Before: verdictOf("G1", 2026_11_02, fee.Fee2, 500, "そろっています"),
			After: verdictOf("G1", 2026_11_02, fee.Fee2, 500, "そろっています", fee.Warning{Code: "W6", Text: "連絡先の確認が古い"})},
		{Before: verdictOf("G2", 2026_11_09, fee.Fee2, 500, "そろっています"), After: verdictOf("G2", 2026_11_09, fee.NotBillable, 0, "会議がありません"),
			Confirmation: &models.Confirmation{Points: 500, Month: 2026_11}},
		{Before: verdictOf("G3", 2026_10_09, fee.Fee2, 500, "そろっています"), After: verdictOf("G3", 2026_10_09, fee.NotBillable, 0, "会議がありません"), Closed: 2026_10},
		{After: verdictOf("G4", 2026_09_09, fee.Fee2, 500, "そろっています")},
		{Before: verdictOf("G5", 2026_09_10, fee.Fee2, 500, "そろっています")},
	}}
	assert.Equal(t, "判定が変わる 4件（確定済 1件、締め済の2026-10を含む）、−1,000点（合計 1,900点 → 900点）。ほかに1件は理由か確認することだけが変わります", words.Effect(e))
	rows := Rows(e)
	require.Len(t, rows, 5)
	var numbers, bound, points []string
	for _, r := range rows {
		numbers, bound, points = append(numbers, r.Number), append(bound, r.Bound), append(points, r.Points)
	}
	assert.Equal(t, []string{"G3", "G2", "G4", "G5", "G1"}, numbers, "confirmed and closed ones come first")
	assert.Equal(t, []string{"締め済", "確定済", "", "", ""}, bound)
	assert.Equal(t, []string{"500→0点", "500→0点", "0→500点", "500→0点", "500→500点"}, points)
	assert.Equal(t, "会議がありません", rows[1].Why)
	assert.Equal(t, -500, rows[1].Change)
	assert.Equal(t, "加わる: 連絡先の確認が古い", rows[4].Why)

	assert.Equal(t, "確定済み・締め済みの共同指導 2件の判定が変わります。\n"+
		"・G2 2026-11-09 00000001 500→0点　確定済（2026-11）\n・G3 2026-10-09 00000001 500→0点　締め済（2026-10）\n"+
		"医事課が確定した区分と点数は、そのまま残ります。", words.BeforeSaving(e))
	assert.Equal(t, "。確定済み・締め済みの判定が変わりました: G2 2026-11-09 00000001 500→0点　確定済（2026-11） ほか1件", words.Afterwards(e))
}

func TestAnEffectOnNothingIsSaidAndAsksNothing(t *testing.T) {
	for name, c := range map[string]struct {
		effect app.Effect
		words  string
	}{
		"no sessions": {app.Effect{}, "判定の変わる共同指導はありません"},
		"no change":   {app.Effect{Sessions: 5}, "記録のある5件の判定は、どれも変わりません"},
		"other warnings of a confirmed one": {app.Effect{Sessions: 1, Changes: []app.VerdictChange{{Before: verdictOf("G1", 2026_11_02, fee.Fee2, 500, ""),
			After: verdictOf("G1", 2026_11_02, fee.Fee2, 500, "理由"), Confirmation: &models.Confirmation{}}}},
			"判定の変わる共同指導はありません。1件は理由か確認することだけが変わります"},
	} {
		t.Run(name, func(t *testing.T) {
			assert.Equal(t, c.words, words.Effect(c.effect))
			assert.Empty(t, words.BeforeSaving(c.effect))
			assert.Empty(t, words.Afterwards(c.effect))
		})
	}
}

func TestRecordsLeftWithoutAPeriodAreCountedAndNamed(t *testing.T) {
	e := app.Effect{Sessions: 9, Stranded: []app.Stranded{
		{Sheet: "共同指導", Key: "G1", On: 2026_10_19, Name: "渡邉 恵"}, {Sheet: "やり取り", Key: "K1", On: 2026_11_02, Name: "渡邉 恵"},
		{Sheet: "やり取り", Key: "K2", On: 2026_11_03, Name: "渡邉 恵"},
	}}
	assert.Equal(t, "職員・病棟の登録のない日の記録が3件残ります（共同指導 1件、やり取り 2件）", words.Stranded(e))
	assert.Equal(t, words.Stranded(e)+"。\n・2026-10-19 共同指導 G1 渡邉 恵\n・2026-11-02 やり取り K1 渡邉 恵\n・2026-11-03 やり取り K2 渡邉 恵\n"+
		"日付を確かめるか、保存したあとで、これらの記録を直してください。", words.BeforeSaving(e))
	assert.Empty(t, words.Stranded(app.Effect{}))
}

func TestPointsWithTheirSign(t *testing.T) {
	assert.Equal(t, []string{"+100点", "−1,200点", "±0点"}, []string{words.Signed(100), words.Signed(-1200), words.Signed(0)})
}

func TestWhatIsSaidAfterSaving(t *testing.T) {
	two := verdictOf("G2", 2026_11_09, fee.Fee2, 500, "そろっています")
	one, none := two, two
	one.Result, one.Points = fee.Fee1, 400
	none.Result, none.Points = fee.NotBillable, 0
	for name, c := range map[string]struct {
		changes []app.VerdictChange
		want    string
	}{
		"two that were recorded":              {[]app.VerdictChange{{Before: two, After: none}, {Before: two, After: one}}, "。判定が変わった共同指導 2件、−600点"},
		"a new session is not mentioned":      {[]app.VerdictChange{{After: two}}, ""},
		"a deleted session":                   {[]app.VerdictChange{{Before: two}}, ""},
		"a new session besides a changed one": {[]app.VerdictChange{{After: two}, {Before: one, After: two}}, "。判定が変わった共同指導 1件、+100点"},
		"a new session in a closed month":     {[]app.VerdictChange{{After: two, Closed: 2026_11}}, "。確定済み・締め済みの判定が変わりました: 新しい記録 2026-11-09 00000001 +500点　締め済（2026-11）"},
		"a deleted session of a closed month": {[]app.VerdictChange{{Before: two, Closed: 2026_11}}, "。確定済み・締め済みの判定が変わりました: G2 2026-11-09 00000001 500→0点（記録がなくなります）　締め済（2026-11）"},
	} {
		t.Run(name, func(t *testing.T) { assert.Equal(t, c.want, words.Afterwards(app.Effect{Changes: c.changes})) })
	}
}
