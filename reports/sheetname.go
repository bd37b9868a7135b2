package reports

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf16"
)

// maxSheetName is the maximum length of a sheet name in UTF-16 units.
const maxSheetName = 31

// freeName makes a sheet name from recorded text: without the characters Excel
// forbids, short enough, and different from existing names (ignoring case, like
// Excel).
func (b *book) freeName(text string) string {
	name := strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || strings.ContainsRune(`[]:*?/\`, r) {
			return '_'
		}
		return r
	}, strings.ToValidUTF8(text, "〓"))
	name = firstUnits(strings.Trim(name, "' "), maxSheetName)
	if name == "" {
		name = "シート"
	}
	taken := func(name string) bool {
		return slices.ContainsFunc(b.sheets, func(s *sheet) bool { return strings.EqualFold(s.name, name) })
	}
	for n, plain := 2, name; taken(name); n++ {
		suffix := fmt.Sprintf(" (%d)", n)
		name = firstUnits(plain, maxSheetName-len(suffix)) + suffix
	}
	return name
}

// firstUnits returns the longest prefix of text that fits in that many UTF-16
// units.
func firstUnits(text string, units int) string {
	for i, r := range text {
		if units -= utf16.RuneLen(r); units < 0 {
			return strings.TrimRight(text[:i], "' ")
		}
	}
	return text
}
