package models

import (
	"sort"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// romajiLetters prepares a text for readRomaji: lower case, half width, no
// macrons. It returns "" if the text holds anything but Latin letters and
// romaji signs.
func romajiLetters(text string) string {
	var b strings.Builder
	letters := false
	for _, r := range norm.NFD.String(norm.NFKC.String(text)) {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z':
			b.WriteRune(unicode.ToLower(r))
			letters = true
		case r == '\'' || r == '’' || r == '`':
			b.WriteByte('\'')
		case unicode.IsSpace(r), r == '-', r == '.', unicode.Is(unicode.Mn, r):
		default:
			return ""
		}
	}
	if !letters {
		return ""
	}
	return b.String()
}

// readRomaji converts letters to folded kana. pending is the unfinished
// consonants at the end.
func readRomaji(s string) (kana, pending string, ok bool) {
	var b strings.Builder
	for s != "" {
		if syllable, n := syllableAt(s); n > 0 {
			b.WriteString(syllable)
			s = s[n:]
			continue
		}
		if syllable, n := markAt(s, b.Len() > 0); n > 0 {
			b.WriteString(syllable)
			s = s[n:]
			continue
		}
		if _, begins := romajiBegins[s]; begins || len(s) > 1 && doubled(s) && romajiBegins[s[1:]] != nil {
			return b.String(), s, true
		}
		if s == "'" || s == "h" && b.Len() > 0 {
			break
		}
		return "", "", false
	}
	return b.String(), "", b.Len() > 0
}

// syllableAt returns the kana of the longest syllable at the start of s.
func syllableAt(s string) (kana string, length int) {
	for n := min(4, len(s)); n > 0; n-- {
		if kana, ok := romajiSyllables[s[:n]]; ok {
			return kana, n
		}
	}
	return "", 0
}

// markAt reads letters that are not a syllable: ん, っ, and the h of a long
// vowel.
func markAt(s string, inside bool) (kana string, length int) {
	if len(s) < 2 {
		return "", 0
	}
	switch {
	case s[0] == 'n' && s[1] == '\'':
		return "ン", 2
	case s[0] == 'n' && s[1] == 'n':
		// こんな is konna in Hepburn and konnna in some input methods. The
		// second n belongs to the next syllable if a vowel follows.
		if len(s) > 2 && (isVowelLetter(s[2]) || s[2] == 'y') {
			return "ン", 1
		}
		return "ン", 2
	case s[0] == 'n' && !isVowelLetter(s[1]) && s[1] != 'y':
		return "ン", 1
	case s[0] == 'm' && strings.IndexByte("bpm", s[1]) >= 0: // namba
		return "ン", 1
	case doubled(s) && len(s) > 2:
		return "ツ", 1 // folded っ
	case s[0] == 'h' && inside && s[1] != 'y' && !isVowelLetter(s[1]):
		return "", 1 // ohno
	case s[0] == '\'':
		return "", 1
	}
	return "", 0
}

// doubled reports whether s begins with a doubled consonant: っ.
func doubled(s string) bool {
	return s[0] == s[1] && !isVowelLetter(s[0]) && s[0] != 'n' || s[0] == 't' && s[1] == 'c'
}

func isVowelLetter(b byte) bool { return strings.IndexByte("aiueo", b) >= 0 }

var (
	// romajiSyllables maps every spelling of a syllable to its folded kana.
	romajiSyllables = makeSyllables()
	// romajiBegins maps every unfinished syllable to the possible beginnings of
	// the sound of the finished one (see soundOf), one per first letter.
	romajiBegins = makeBegins(romajiSyllables)
)

// Rows of the kana table by vowel. ・ is not a syllable.
const romajiRows = `
- アイウエオ
k カキクケコ
s サシスセソ
t タチツテト
n ナニヌネノ
h ハヒフヘホ
m マミムメモ
y ヤ・ユ・ヨ
r ラリルレロ
w ワ・・・ヲ
g ガギグゲゴ
z ザジズゼゾ
d ダヂヅデド
b バビブベボ
p パピプペポ
x アイウエオ
l アイウエオ
xy ヤ・ユ・ヨ
ly ヤ・ユ・ヨ
c カ・ク・コ
`

// Rows of syllables with a small kana, which a search key holds as a large one.
const romajiTwoRows = `
ky キ
gy ギ
sy シ
sh シ
zy ジ
j ジ
jy ジ
ty チ
ch チ
cy チ
dy ヂ
ny ニ
hy ヒ
my ミ
ry リ
by ビ
py ピ
`

// Syllables outside the rows.
const romajiOthers = `
shi シ she シエ chi チ che チエ tsu ツ fu フ ji ジ je ジエ dzu ヅ dzi ヂ
fa フア fi フイ fe フエ fo フオ fyu フユ
va ヴア vi ヴイ vu ヴ ve ヴエ vo ヴオ
wi ウイ we ウエ wha ウア whi ウイ whe ウエ who ウオ
tsa ツア tsi ツイ tse ツエ tso ツオ
thi テイ thu テユ dhi デイ dhu デユ twu トウ dwu ドウ
kwa クア kwo クオ qua クア qui クイ que クエ quo クオ gwa グア
xtu ツ xtsu ツ ltu ツ ltsu ツ xwa ワ xn ン
si シ ti チ tu ツ hu フ zi ジ di ヂ du ヅ ye イエ
`

func makeSyllables() map[string]string {
	syllables := make(map[string]string)
	fields := strings.Fields(romajiRows)
	for i := 0; i < len(fields); i += 2 {
		consonant := strings.Trim(fields[i], "-")
		for v, kana := range []rune(fields[i+1]) {
			if kana != '・' {
				syllables[consonant+"aiueo"[v:v+1]] = string(kana)
			}
		}
	}
	fields = strings.Fields(romajiTwoRows)
	for i := 0; i < len(fields); i += 2 {
		for v, kana := range map[string]string{"a": "ヤ", "u": "ユ", "o": "ヨ", "e": "エ"} {
			syllables[fields[i]+v] = fields[i+1] + kana
		}
	}
	fields = strings.Fields(romajiOthers)
	for i := 0; i < len(fields); i += 2 {
		syllables[fields[i]] = fields[i+1]
	}
	return syllables
}

func makeBegins(syllables map[string]string) map[string][]string {
	sounds := make(map[string]map[byte]string)
	for letters, kana := range syllables {
		sound := soundOf(kana)
		for n := 1; n < len(letters); n++ {
			begins := sounds[letters[:n]]
			if begins == nil {
				begins = make(map[byte]string)
				sounds[letters[:n]] = begins
			}
			if common, ok := begins[sound[0]]; ok {
				sound := sound
				for !strings.HasPrefix(sound, common) {
					common = common[:len(common)-1]
				}
				begins[sound[0]] = common
			} else {
				begins[sound[0]] = sound
			}
		}
	}
	result := make(map[string][]string, len(sounds))
	for letters, begins := range sounds {
		for _, common := range begins {
			result[letters] = append(result[letters], common)
		}
		sort.Strings(result[letters])
	}
	return result
}
