package models

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// SearchKey folds text so that spellings users do not distinguish compare
// equal: NFKC, hiragana to katakana, small kana to large, old kanji to new,
// look-alikes of katakana, letters to upper case; spaces, long vowels, hyphens
// and dots are dropped. Use it for searching only; names are stored as typed.
func SearchKey(text string) string {
	if key, ok := plainKey(text); ok {
		return key
	}
	return foldedKey(text)
}

// plainKey folds a text of plain runes, as most are, one by one: many times
// faster than foldedKey, with the same result.
func plainKey(text string) (string, bool) {
	folds := plainFolds()
	var b strings.Builder
	b.Grow(len(text))
	for _, r := range text {
		if int(r) >= len(folds) || folds[r] == notPlain {
			return "", false
		}
		if folds[r] != dropped {
			b.WriteRune(folds[r])
		}
	}
	return b.String(), true
}

const (
	notPlain rune = 0 // also of runes that combine with others
	dropped  rune = -1
)

// plainFolds returns what runes that neither combine with others nor become
// several are folded to.
var plainFolds = sync.OnceValue(func() []rune {
	folds := make([]rune, '～'+1)
	for _, of := range [][2]rune{{1, '~'}, {'、', '。'}, {'ぁ', 'ゖ'}, {'ァ', 'ー'}, {'一', '龥'}, {'！', '～'}} {
		for r := of[0]; r <= of[1]; r++ {
			folds[r] = dropped
			if key := foldedKey(string(r)); key != "" {
				folds[r], _ = utf8.DecodeRuneInString(key)
			}
		}
	}
	return folds
})

func foldedKey(text string) string {
	var b strings.Builder
	for _, r := range norm.NFKC.String(text) {
		if r >= 'ぁ' && r <= 'ゖ' {
			r += 'ァ' - 'ぁ'
		}
		if folded, ok := foldedRunes[r]; ok {
			r = folded
		}
		if droppedRunes[r] || unicode.IsSpace(r) || unicode.Is(unicode.Variation_Selector, r) {
			continue
		}
		b.WriteRune(unicode.ToUpper(r))
	}
	// Where a space was dropped (か゛), a mark may now join its letter.
	return norm.NFC.String(b.String())
}

var droppedRunes = runeSet("ー-‐‑‒–—―−－・.。､、,，･'’`")

// foldedRunes maps small kana to large, old or variant kanji to the common
// form, and kanji that open data uses for a katakana (卜 for ト) to that
// katakana.
var foldedRunes = runePairs(
	"ァアィイゥウェエォオッツャヤュユョヨヮワヵカヶケ" +
		"髙高﨑崎嵜崎碕崎邉辺邊辺齋斎齊斎斉斎澤沢濵浜濱浜廣広國国塚塚" +
		"德徳瀨瀬眞真槇槙惠恵櫻桜龍竜嶋島嶌島冨富曾曽圓円榮栄藪薮桒桑𠮷吉" +
		"條条學学壽寿實実假仮關関靜静黑黒鷗鴎渕淵舘館彌弥縣県" +
		"卜ト二ニ八ハ工エ口ロ力カ夕タ")

func runeSet(s string) map[rune]bool {
	set := make(map[rune]bool)
	for _, r := range s {
		set[r] = true
	}
	return set
}

func runePairs(s string) map[rune]rune {
	runes := []rune(s)
	pairs := make(map[rune]rune, len(runes)/2)
	for i := 0; i+1 < len(runes); i += 2 {
		pairs[runes[i]] = runes[i+1]
	}
	return pairs
}
