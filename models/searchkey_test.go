package models_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"renkei/models"
)

func TestSpellingsPeopleDoNotDistinguishFindEachOther(t *testing.T) {
	tests := []struct {
		name  string
		texts []string
	}{
		{"hiragana and katakana", []string{"やまだ", "ヤマダ", "ﾔﾏﾀﾞ"}},
		{"width", []string{"ABC123", "ＡＢＣ１２３", "abc123"}},
		{"spaces", []string{"髙橋 花子", "高橋　花子", "高橋花子"}},
		{"long vowels, hyphens, dots", []string{"ケアプランセンター・さくら", "けあぷらんせんたさくら", "ケア-プラン.センター さくら"}},
		{"small kana", []string{"キャッチ", "キヤツチ", "きゃっち"}},
		{"髙 and 高", []string{"髙橋", "高橋"}},
		{"﨑 and 崎", []string{"山﨑", "山崎", "山嵜"}},
		{"邉, 邊 and 辺", []string{"渡邉", "渡邊", "渡辺"}},
		{"齋, 齊 and 斎", []string{"齋藤", "齊藤", "斎藤", "斉藤"}},
		{"澤 and 沢", []string{"澤田", "沢田"}},
		{"濵, 濱 and 浜", []string{"濵田", "濱田", "浜田"}},
		{"廣 and 広", []string{"廣瀨", "広瀬"}},
		{"國 and 国", []string{"國井", "国井"}},
		{"𠮷 and 吉", []string{"𠮷野", "吉野"}},
		{"塚 of the old set", []string{"塚本", "塚本"}},
		{"kanji 卜 for katakana ト", []string{"ベス卜", "ベスト", "べすと"}},
		{"㈱ and circled digits", []string{"㈱さくら①", "(株)サクラ1"}},
		{"phone with and without hyphens", []string{"03-1234-5678", "0312345678", "０３－１２３４－５６７８"}},
		{"variation selectors", []string{"葛\U000E0100西", "葛西"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for _, text := range tt.texts[1:] {
				assert.Equal(t, models.SearchKey(tt.texts[0]), models.SearchKey(text), text)
			}
			assert.NotEmpty(t, models.SearchKey(tt.texts[0]))
		})
	}
}

func TestDifferentNamesStayApart(t *testing.T) {
	for _, pair := range [][2]string{{"山田", "山本"}, {"ハナ", "バナ"}, {"カナ", "サナ"}, {"00012", "0012"}} {
		assert.NotEqual(t, models.SearchKey(pair[0]), models.SearchKey(pair[1]))
	}
}

func TestSearchKeyIsStable(t *testing.T) {
	runes := rapid.RuneFrom([]rune("あぁかがきゃっヴゖヽ゛゜ーアァ髙﨑邉𠮷卜二八工aＡａß1１①㈱ｶﾞ 　-・\u3099\uFE00"))
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(runes).Draw(t, "text")
		key := models.SearchKey(text)
		require.Equal(t, key, models.SearchKey(key), "%q", text)
		require.Equal(t, key, models.SearchKey(" "+text+"　"))
	})
}
