package models

import "strings"

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
