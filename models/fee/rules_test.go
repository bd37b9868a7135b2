package fee_test

import (
	"encoding/json"
	"os"
	"regexp"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/models"
	"renkei/models/fee"
)

func TestShippedRulesAreWhole(t *testing.T) {
	r := rules(t)
	assert.Equal(t, "2026-06", r.Version)
	assert.Equal(t, "2026-06-01", r.EffectiveFrom)
	assert.Equal(t, fee.Points{Fee1: 400, Fee2: 500, Legacy: 400}, r.Points)
	assert.Equal(t, 10, r.YenPerPoint)
	assert.NotEmpty(t, r.Sources)
	assert.Equal(t, "告示・通知・施設基準は2026-07-18まで、疑義解釈はその10（2026-07-17）までを読んで作りました", r.ReadWords())
	assert.Equal(t, "出ていて、まだ読んでいないもの: 疑義解釈 その11（2026-07-30）、疑義解釈 その12（2026-09-02）、疑義解釈 その13（2026-09-26まで）、訂正（2026-06-19・2026-07-30）", r.UnreadWords())
	assert.Empty(t, (&fee.Rules{}).UnreadWords())
	for _, code := range fee.Codes {
		assert.NotEmpty(t, r.Reasons[code], code)
	}
	for _, code := range fee.WarningCodes {
		assert.NotEmpty(t, r.Warnings[code].Text, code)
		assert.NotEmpty(t, r.Warnings[code].Todo, code)
	}
	for _, c := range r.Conditions {
		assert.Equal(t, regexp.MustCompile(`^11[a-f]$`).MatchString(c.ID), c.Fee2, c.ID)
	}
}

func TestRulesThatLackSomethingAreRefused(t *testing.T) {
	data, err := os.ReadFile("../../assets/rules/2026-06.json")
	require.NoError(t, err)
	without := func(cut func(map[string]any)) []byte {
		var whole map[string]any
		require.NoError(t, json.Unmarshal(data, &whole))
		cut(whole)
		short, err := json.Marshal(whole)
		require.NoError(t, err)
		return short
	}
	drop := func(section, key string) func(map[string]any) {
		return func(m map[string]any) { delete(m[section].(map[string]any), key) }
	}
	for _, c := range []struct {
		name  string
		data  []byte
		names string
	}{
		{"a reason", without(drop("reasons", "12")), "reason 12"},
		{"a variant of a reason", without(drop("reasons", "13plan")), "reason 13plan"},
		{"a warning", without(drop("warnings", "W4")), "warning W4"},
		{"up to when it was read", without(func(m map[string]any) { delete(m, "read_until") }), "read_until or read_qa"},
		{"the points", without(drop("points", "fee2")), "version or points"},
		{"the version", without(func(m map[string]any) { delete(m, "version") }), "version or points"},
		{"the conditions", without(func(m map[string]any) { delete(m, "conditions") }), "condition 11e"},
	} {
		t.Run("without "+c.name, func(t *testing.T) {
			_, err := fee.ParseRules(c.data)
			require.Error(t, err)
			assert.Equal(t, models.Internal, models.ErrorCode(err))
			assert.Contains(t, err.Error(), c.names)
		})
	}
	t.Run("not JSON", func(t *testing.T) {
		_, err := fee.ParseRules([]byte("{"))
		assert.Equal(t, "判定ルールを読み込めません", models.ErrorMessage(err))
	})
}

// TestSentencesLeaveNothingUnfilled looks for a {name} left in a sentence, over
// books that give every code.
func TestSentencesLeaveNothingUnfilled(t *testing.T) {
	blank := regexp.MustCompile(`[{}]|（）|未登録に|。。`)
	seen := make(map[string]bool)
	for _, book := range []*models.Book{
		with(), with(session(func(s *models.JointGuidance) { s.On = 0 })), with(func(b *models.Book) { b.Admissions = nil }),
		with(ward(func(w *models.Ward) { w.FeeTreatment, w.BasicFee = models.FeeBundled, "" })),
		with(admission(func(a *models.Admission) { a.InformedOn, a.NoticedOn = 0, 0 }), office(func(p *models.Partner) { p.AgreedOn = 0 })),
		chainBook([]entry{{"06-10", fit2, as2, ""}, {"06-10", only1, "", ""}, {"06-12", only1, as1, ""}, {"06-14", only2, "", ""}, {"05-10", only1, asOld, ""}}),
		chainBook([]entry{{"06-10", fit2, as2, ""}, {"06-12", only1, as2, ""}, {"06-14", fit2, "", ""}, {"06-20", fit2, "", ""}, {"05-10", only1, "", ""}, {"05-11", fitless, "", ""}}),
	} {
		for _, v := range judgeBook(t, book) {
			seen[v.Code] = true
			sentences := append([]string{v.Reason}, v.Advice...)
			for _, w := range v.Warnings {
				sentences = append(sentences, w.Text, w.Todo)
			}
			for _, r := range v.Remedies {
				sentences = append(sentences, r.Text)
			}
			for _, s := range sentences {
				assert.NotEmpty(t, s)
				assert.NotRegexp(t, blank, s)
			}
		}
	}
	for _, code := range []string{"0", "1", "3", "8", "9", "10", "11", "12", "13", "14"} {
		assert.True(t, seen[code], "code %s is among the books", code)
	}
}
