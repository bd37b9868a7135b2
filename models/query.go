package models

import (
	"cmp"
	"slices"
	"strings"
)

// Query is search text prepared for comparing with many search keys: kanji,
// kana of any kind and width, romaji typed with the input method off, and
// numbers with or without leading zeros and hyphens. The zero Query is empty
// and matches everything.
type Query struct {
	key    string
	digits string   // number without leading zeros, "" when not a number
	sounds []string // nil when not romaji
}

// ParseQuery prepares search text.
func ParseQuery(text string) Query {
	q := Query{key: SearchKey(text)}
	if isDigits(q.key) {
		q.digits = trimZeros(q.key)
		return q
	}
	if letters := romajiLetters(text); letters != "" {
		q.sounds = soundsOfRomaji(letters)
	}
	return q
}

// Empty reports whether the query has nothing to search for.
func (q Query) Empty() bool { return q.key == "" }

// In reports whether a search key contains the query. Romaji matches from the
// start of a kana only.
func (q Query) In(key string) bool {
	if strings.Contains(key, q.key) {
		return true
	}
	if len(q.sounds) == 0 {
		return false
	}
	for i := range key {
		if q.soundBegins(key[i:]) {
			return true
		}
	}
	return false
}

// InText reports whether the query stands in the search key of a text that is
// no name; a number with or without its leading zeros.
func (q Query) InText(key string) bool {
	return strings.Contains(key, cmp.Or(q.digits, q.key))
}

// Words are the words of what a person typed into a search box: all of them
// must be found. Without a word everything is.
type Words []Query

// ParseWords prepares what was typed, word by word.
func ParseWords(text string) Words {
	var words Words
	for _, word := range strings.Fields(text) {
		if q := ParseQuery(word); !q.Empty() {
			words = append(words, q)
		}
	}
	return words
}

// In reports whether every word is found in a search key; see Query.In.
func (w Words) In(key string) bool {
	return !slices.ContainsFunc(w, func(q Query) bool { return !q.In(key) })
}

// Begins reports whether a search key begins with the query.
func (q Query) Begins(key string) bool {
	if strings.HasPrefix(key, q.key) || q.digits != "" && isDigits(key) && strings.HasPrefix(trimZeros(key), q.digits) {
		return true
	}
	return q.soundBegins(key)
}

// soundBegins reports whether the sound of a search key begins with the query.
func (q Query) soundBegins(key string) bool {
	for _, s := range q.sounds {
		if soundHasPrefix(key, s) {
			return true
		}
	}
	return false
}

func (q Query) beginsSound(sound string) bool {
	for _, s := range q.sounds {
		if strings.HasPrefix(sound, s) {
			return true
		}
	}
	return false
}

func isDigits(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

func trimZeros(digits string) string { return strings.TrimLeft(digits, "0") }
