package models_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"renkei/models"
)

func TestRomajiGivesTheKana(t *testing.T) {
	for romaji, kana := range map[string]string{
		"yamada": "ヤマダ", "YAMADA": "ヤマダ", "ｙａｍａｄａ": "ヤマダ",
		"sasaki": "ささき", "shimizu": "しみず", "simizu": "しみず",
		"chiba": "ちば", "tiba": "ちば", "tsuchiya": "つちや", "tutiya": "つちや",
		"fujii": "ふじい", "huzii": "ふじい", "fukuda": "ふくだ",
		"shouji": "しょうじ", "syouzi": "しょうじ", "jun": "じゅん", "zyun": "じゅん", "jyun": "じゅん",
		"hattori": "はっとり", "nishikawa": "にしかわ", "nikkou": "にっこう", "matcha": "まっちゃ", "issei": "いっせい",
		"honda": "ほんだ", "honnda": "ほんだ", "homma": "ほんま", "namba": "なんば", "konna": "こんな", "kannna": "かんな",
		"ken'ichi": "けんいち", "kenn'ichi": "けんいち", "shin'ya": "しんや",
		"ohno": "おの", "Satō": "さと", "kyouko": "きょうこ", "ryuu": "りゅう", "sentaa": "せんたあ",
		"yamada hanako": "やまだはなこ", "senta-": "せんたー",
		"yamad": "やま", "sat": "さ", "ky": "", "shin": "しん",
		"vaiorin": "ヴァイオリン", "fan": "ファン", "thi-": "ティー", "dhi": "ディ", "wo": "を", "xtu": "っ",
	} {
		t.Run(romaji, func(t *testing.T) {
			assert.Equal(t, models.SearchKey(kana), models.RomajiKey(romaji))
		})
	}
	for _, text := range []string{"", "山田", "やまだ", "0012", "yama1", "bcd", "abcda", "'"} {
		t.Run("no romaji: "+text, func(t *testing.T) { assert.Empty(t, models.RomajiKey(text)) })
	}
}

func TestQueriesFindTheReading(t *testing.T) {
	for reading, queries := range map[string][]string{
		"オオノ":        {"ono", "oono", "ohno", "ouno", "Ōno", "おお", "ｵｵﾉ", "oh", "on"},
		"オノ":         {"ono", "ohno", "oono"},
		"サトウ":        {"sato", "satou", "satoh", "sat", "sa", "s", "さと"},
		"ケンイチ":       {"kenichi", "ken'ichi", "kennichi", "keniti", "kenn"},
		"シンヤ":        {"shinya", "sinnya", "shin'ya", "shiny"},
		"コニャ":        {"konya", "konni", "kony"},
		"ジュンイチ":      {"junichi", "zyunniti", "jyunichi", "juni", "j", "jy", "z"},
		"ニッコウ":       {"nikko", "nikkou", "nik", "nikk", "ni"},
		"ナンバ":        {"namba", "nanba", "nam", "namb"},
		"イノウエ":       {"inoue", "inou", "ino"},
		"コウイチ":       {"koichi", "kouichi", "koh"},
		"サトウ ウメ":     {"ume", "satou ume", "satoume", "sato"},
		"ツチヤ":        {"tsuchiya", "tutiya", "ts", "tsuc", "tuch"},
		"マッチャ":       {"matcha", "maccha", "mattya", "mat", "matc", "match"},
		"イイダ":        {"iida", "ida"},
		"トウキョウ センター": {"tokyo", "toukyou", "sentaa", "senta"},
		"0312345678": {"0312", "03-1234", "０３－１２３４"},
		"00012":      {"12", "0012", "00012", "0000012"},
		"フアン":        {"fan", "fuan", "fa"},
	} {
		for _, query := range queries {
			t.Run(reading+" by "+query, func(t *testing.T) {
				assert.True(t, models.ParseQuery(query).Begins(models.SearchKey(reading)) ||
					models.ParseQuery(query).In(models.SearchKey(reading)))
			})
		}
	}
}

func TestQueriesFindNothingElse(t *testing.T) {
	for _, pair := range [][2]string{
		{"コノ", "ono"}, {"ヤマモト", "yamada"}, {"サトウ", "kato"}, {"サカイ", "sat"}, {"ケバ", "ken"},
		{"山田", "yamada"}, {"ハナ", "bana"}, {"カタ", "katta"}, {"ヤマダ", "yamadat"}, {"00012", "13"},
	} {
		assert.False(t, models.ParseQuery(pair[1]).In(models.SearchKey(pair[0])), "%s in %s", pair[1], pair[0])
	}
	assert.True(t, models.ParseQuery("").In("ヤマダ"), "nothing typed is in everything")
	assert.True(t, models.ParseQuery(" 　-").Empty())
	assert.True(t, models.ParseWords(" 　- ").In("ヤマダ"), "no word is in everything")
	assert.True(t, models.ParseWords("yamada　さくら").In(models.SearchKey("さくら居宅の山田")+"\n"+models.SearchKey("ヤマダ")))
	assert.False(t, models.ParseWords("yamada もみじ").In("ヤマダ"), "every word must be found")
	assert.True(t, models.ParseQuery("00123").InText(models.SearchKey("患者 123 の件")))
	assert.True(t, models.ParseQuery("0").InText("0123"))
	assert.False(t, models.ParseQuery("taiin").InText(models.SearchKey("タイイン")), "a text is no name: romaji is not read")
}

// kanaSpellings lists the spellings of each kana, Hepburn first.
var kanaSpellings = map[string][]string{
	"あ": {"a"}, "い": {"i"}, "う": {"u"}, "え": {"e"}, "お": {"o"},
	"か": {"ka"}, "き": {"ki"}, "く": {"ku"}, "け": {"ke"}, "こ": {"ko"},
	"さ": {"sa"}, "し": {"shi", "si"}, "す": {"su"}, "せ": {"se"}, "そ": {"so"},
	"た": {"ta"}, "ち": {"chi", "ti"}, "つ": {"tsu", "tu"}, "て": {"te"}, "と": {"to"},
	"な": {"na"}, "に": {"ni"}, "ぬ": {"nu"}, "ね": {"ne"}, "の": {"no"},
	"は": {"ha"}, "ひ": {"hi"}, "ふ": {"fu", "hu"}, "へ": {"he"}, "ほ": {"ho"},
	"ま": {"ma"}, "み": {"mi"}, "む": {"mu"}, "め": {"me"}, "も": {"mo"},
	"や": {"ya"}, "ゆ": {"yu"}, "よ": {"yo"}, "ら": {"ra"}, "り": {"ri"}, "る": {"ru"}, "れ": {"re"}, "ろ": {"ro"},
	"わ": {"wa"}, "を": {"wo"}, "ん": {"n'", "nn"},
	"が": {"ga"}, "ぎ": {"gi"}, "ざ": {"za"}, "じ": {"ji", "zi"}, "ず": {"zu"}, "だ": {"da"}, "づ": {"du"}, "ど": {"do"},
	"ば": {"ba"}, "び": {"bi"}, "ぶ": {"bu"}, "ぱ": {"pa"}, "ぴ": {"pi"},
	"きゃ": {"kya"}, "しゃ": {"sha", "sya"}, "しゅ": {"shu", "syu"}, "ちょ": {"cho", "tyo", "cyo"}, "じゃ": {"ja", "zya", "jya"},
	"にゃ": {"nya"}, "ひょ": {"hyo"}, "みゅ": {"myu"}, "りょ": {"ryo"}, "ぎゅ": {"gyu"}, "びゃ": {"bya"}, "ぴょ": {"pyo"},
	"っか": {"kka"}, "っし": {"sshi", "ssi"}, "っち": {"tchi", "cchi", "tti"}, "っぽ": {"ppo"}, "っきょ": {"kkyo"},
}

var sortedKana = slices.Sorted(maps.Keys(kanaSpellings))

// spelled draws a reading and one of its spellings.
func spelled(t *rapid.T) (kana, romaji string) {
	var k, r strings.Builder
	for range rapid.IntRange(1, 8).Draw(t, "syllables") {
		s := rapid.SampledFrom(sortedKana).Draw(t, "kana")
		k.WriteString(s)
		r.WriteString(rapid.SampledFrom(kanaSpellings[s]).Draw(t, "spelling"))
	}
	return k.String(), r.String()
}

func TestRomajiOfAnyReading(t *testing.T) {
	t.Run("the spelling reads as the kana", func(t *testing.T) {
		rapid.Check(t, func(t *rapid.T) {
			kana, romaji := spelled(t)
			// nn before a vowel or y is read as in Hepburn: ん and な.
			romaji = strings.ReplaceAll(romaji, "nn", "n'")
			require.Equal(t, models.SearchKey(kana), models.RomajiKey(romaji), romaji)
		})
	})
	t.Run("every prefix of it finds the reading", func(t *testing.T) {
		rapid.Check(t, func(t *rapid.T) {
			kana, romaji := spelled(t)
			n := rapid.IntRange(1, len(romaji)).Draw(t, "typed")
			require.True(t, models.ParseQuery(romaji[:n]).Begins(models.SearchKey(kana)), "%s by %s", kana, romaji[:n])
			require.True(t, models.ParseQuery(romaji[:n]).In(models.SearchKey("かい"+kana)), "%s within by %s", kana, romaji[:n])
		})
	})
}

func FuzzQuery(f *testing.F) {
	for _, s := range []string{"yamada", "n'", "tch", "03-1", "山", "xtsu", "ｙ"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		q := models.ParseQuery(text)
		assert.True(t, q.In(models.SearchKey(text)))
		assert.True(t, q.Begins(models.SearchKey(text)))
	})
}

func BenchmarkQueryIn50000Keys(b *testing.B) {
	q := models.ParseQuery("yamadaro")
	for b.Loop() {
		for range 50_000 {
			q.In("サトウケンイチロウ")
		}
	}
}
