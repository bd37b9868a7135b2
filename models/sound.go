package models

import (
	"slices"
	"strings"
)

// The sound of a reading is one spelling for all its romaji: kenichi, kennichi
// and ken'ichi all find 健一; ono, oono, ouno and ohno all find 大野. It is the
// folded kana spelled in letters, with long vowels made short and nn made n. It
// is built from left to right, so the sound of a prefix is a prefix of the
// sound.

// soundOf returns the sound of a search key. Anything but kana stays as it is.
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

// soundHasPrefix reports whether the sound of a search key begins with prefix.
// It allocates nothing, so it can compare tens of thousands of keys.
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

// lengthens reports whether a letter only lengthens the one before it: oo, ou,
// nn.
func lengthens(last, c byte) bool {
	return c == last && (c == 'n' || isVowelLetter(c)) || c == 'u' && last == 'o'
}

// letters appends the letters, except those that only lengthen the one before.
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
			// The first row that holds a kana gives its spelling.
			if kana != '・' && spelling[kana-firstKana] == "" {
				spelling[kana-firstKana] = strings.Trim(fields[i], "-") + "aiueo"[v:v+1]
			}
		}
	}
	for kana, letters := range map[rune]string{
		'ヂ': "zi", 'ヅ': "zu", 'ン': "n", 'ヴ': "vu", 'ヰ': "i", 'ヱ': "e",
		// Names spell を as o.
		'ヲ': "o",
	} {
		spelling[kana-firstKana] = letters
	}
	return spelling
}

// soundsOfRomaji returns the possible sounds of a reading typed as these
// letters: one per way to finish the last syllable.
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

// romajiReadings returns the ways to read ny: 慎也 is shinya or shin'ya.
func romajiReadings(letters string) []string {
	if strings.Contains(letters, "ny") {
		return []string{letters, strings.ReplaceAll(letters, "ny", "n'y")}
	}
	return []string{letters}
}

// soundsOfPending returns the possible sounds of the unfinished consonants
// after the kana.
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

// withDoubled appends the sounds of the consonants after っ.
func withDoubled(sounds []string, pending string) []string {
	for _, begin := range romajiBegins[pending] {
		sounds = append(sounds, "tu"+begin)
	}
	return sounds
}
