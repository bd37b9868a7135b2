package models

// RomajiKey lets the tests see how romaji is read: as the search key of its
// kana, 「yamada」 as ヤマダ. A final n is ン; other consonants at the end, of a
// syllable not yet finished, are dropped. Text that is no romaji gives "".
func RomajiKey(text string) string {
	kana, pending, ok := readRomaji(romajiLetters(text))
	if !ok {
		return ""
	}
	if pending == "n" {
		kana += "ン"
	}
	return kana
}
