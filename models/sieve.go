package models

import "strings"

// Sieve tells cheaply which of many entries a search may find. A Finder made of
// these alone finds what one of all entries would.
type Sieve struct {
	whole Query
	words []Query // of several
}

// NewSieve returns the sieve of a query.
func NewSieve(query string) Sieve {
	s := Sieve{whole: ParseQuery(query)}
	if words := strings.Fields(query); len(words) > 1 {
		for _, word := range words {
			s.words = append(s.words, ParseQuery(word))
		}
	}
	return s
}

// Passes reports whether the search may find an entry. It may report true of
// one that is not found, never false of one that is.
func (s Sieve) Passes(e *FindEntry) bool {
	texts := append([]string{e.Title, e.ID, e.Detail, e.Kana}, e.Texts...)
	if later := strings.Fields(e.Kana); len(later) > 1 {
		texts = append(texts, later[1:]...)
	}
	key, sound := SearchKey(strings.Join(texts, textMark)), ""
	may := func(q Query) bool {
		if strings.Contains(key, q.key) || q.digits != "" && strings.Contains(key, q.digits) {
			return true
		}
		for _, s := range q.sounds {
			if sound == "" {
				sound = soundOf(key)
			}
			if strings.Contains(sound, s) {
				return true
			}
		}
		return false
	}
	if may(s.whole) {
		return true
	}
	for _, word := range s.words {
		if !may(word) {
			return false
		}
	}
	return len(s.words) > 0
}

// textMark stands between texts that are folded at once. Folding keeps it.
const textMark = "\x01"
