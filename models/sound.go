package models

import (
	"slices"
	"strings"
)

// The sound of a reading is one spelling for all romaji of it, so that 健一 is
// found by kenichi, kennichi and ken'ichi, and 大野 by ono, oono, ouno and ohno.
// It is the folded kana spelled letter by letter, with long vowels made short
// and nn made n. It is made from left to right and never taken back, therefore
// the sound of the beginning of a reading begins the sound of the whole.

// soundOf returns the sound of a search key. What is no kana stays as it is.
func soundOf(key string) string {
	var b soundBuilder
	b.key(key)
	return b.String()
}

type soundBuilder struct {
	strings.Builder
	last byte
}

func (b *soundBuilder) key(key string) {
	for _, r := range key {
		letters := kanaLetters(r)
		if letters == "" {
			b.WriteRune(r)
			b.last = 0
			continue
		}
		b.letters(letters)
	}
}

// soundHasPrefix reports whether the sound of a search key begins with a sound.
// It makes nothing, so that tens of thousands of keys can be compared at once.
func soundHasPrefix(key, prefix string) bool {
	last := byte(0)
	for _, r := range key {
		letters := kanaLetters(r)
		if letters == "" {
			return prefix == ""
		}
		for i := 0; i < len(letters); i++ {
			c := letters[i]
			if lengthens(last, c) {
				continue
			}
			if prefix == "" {
				return true
			}
			if prefix[0] != c {
				return false
			}
			prefix, last = prefix[1:], c
		}
	}
	return prefix == ""
}

// lengthens reports whether a letter only lengthens the one before: oo, ou, nn.
func lengthens(last, c byte) bool {
	return c == last && (c == 'n' || isVowelLetter(c)) || c == 'u' && last == 'o'
}

// letters appends letters but those that only lengthen the one before.
func (b *soundBuilder) letters(letters string) {
	for i := 0; i < len(letters); i++ {
		c := letters[i]
		if !lengthens(b.last, c) {
			b.WriteByte(c)
			b.last = c
		}
	}
}

const firstKana, lastKana = 'ァ', 'ヺ'

// kanaSpelling holds the letters of each large katakana.
var kanaSpelling = makeKanaSpelling()

func kanaLetters(r rune) string {
	if r < firstKana || r > lastKana {
		return ""
	}
	return kanaSpelling[r-firstKana]
}

func makeKanaSpelling() (spelling [lastKana - firstKana + 1]string) {
	fields := strings.Fields(romajiRows)
	for i := 0; i < len(fields); i += 2 {
		for v, kana := range []rune(fields[i+1]) {
			// The first row of a kana gives its spelling.
			if kana != '・' && spelling[kana-firstKana] == "" {
				spelling[kana-firstKana] = strings.Trim(fields[i], "-") + "aiueo"[v:v+1]
			}
		}
	}
	for kana, letters := range map[rune]string{
		'ヂ': "zi", 'ヅ': "zu", 'ン': "n", 'ヴ': "vu", 'ヰ': "i", 'ヱ': "e",
		// Names are written with o for を.
		'ヲ': "o",
	} {
		spelling[kana-firstKana] = letters
	}
	return spelling
}

// soundsOfRomaji returns what the sound of a reading may be when the letters
// are typed of it: one for each way to go on with an unfinished syllable.
func soundsOfRomaji(letters string) []string {
	var sounds []string
	for _, reading := range romajiReadings(letters) {
		kana, pending, ok := readRomaji(reading)
		if !ok {
			continue
		}
		for _, begin := range soundsOfPending(kana, pending) {
			var b soundBuilder
			b.key(kana)
			b.letters(begin)
			sounds = append(sounds, b.String())
		}
	}
	return sounds
}

// romajiReadings returns the ways to read ny: 慎也 is shinya as well as shin'ya.
func romajiReadings(letters string) []string {
	if strings.Contains(letters, "ny") {
		return []string{letters, strings.ReplaceAll(letters, "ny", "n'y")}
	}
	return []string{letters}
}

// soundsOfPending returns what the consonants at the end, typed after the kana,
// may become.
func soundsOfPending(kana, pending string) []string {
	if pending == "" {
		return []string{""}
	}
	if len(pending) > 1 && doubled(pending) {
		return withDoubled(nil, pending[1:])
	}
	sounds := slices.Clone(romajiBegins[pending])
	if len(pending) > 1 || pending == "n" {
		return sounds
	}
	sounds = withDoubled(sounds, pending) // nik of nikko
	switch sound := soundOf(kana); {
	case pending == "m":
		sounds = append(sounds, "n") // nam of namba
	case pending == "h" && strings.HasSuffix(sound, "o"):
		sounds = append(sounds, "") // oh of ohno
	}
	return sounds
}

// withDoubled appends what the consonants are after っ.
func withDoubled(sounds []string, pending string) []string {
	for _, begin := range romajiBegins[pending] {
		sounds = append(sounds, "tu"+begin)
	}
	return sounds
}
