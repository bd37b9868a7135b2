package models

// RomajiKey shows tests how romaji is read: as the search key of its kana,
// 「yamada」 as ヤマダ. A final n is ン; other unfinished consonants are
// dropped. Text that is not romaji gives "".
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

// FoldedKey is SearchKey without its fast way.
var FoldedKey = foldedKey
