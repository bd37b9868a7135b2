package reports

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf16"
)

// maxSheetName is the most UTF-16 units the name of a sheet has.
const maxSheetName = 31

// freeName makes a name of a sheet out of recorded text: without what Excel
// forbids, no longer than it takes, and unlike those there are, whose case it
// ignores.
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

// firstUnits returns as much of a text as fits in so many UTF-16 units.
func firstUnits(text string, units int) string {
	for i, r := range text {
		if units -= utf16.RuneLen(r); units < 0 {
			return strings.TrimRight(text[:i], "' ")
		}
	}
	return text
}
