package liaison

import (
	"cmp"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// Cold reports a busy 市区町村 the hospital rarely talks to, like Activity.Cold.
func (r AreaRow) Cold() bool { return cold(r.Admissions, r.Contacts+r.Sessions) }

// ByPostalCode sorts rows by the smallest 郵便番号 of their partners, so that
// neighbours are mostly next to each other. Rows without one come after them,
// NoArea last.
func ByPostalCode(rows []AreaRow, activities []Activity) []AreaRow {
	first := make(map[string]string, len(rows))
	for _, a := range activities {
		code := postalDigits(a.Partner.PostalCode)
		if known, ok := first[a.Area]; code != "" && (!ok || code < known) {
			first[a.Area] = code
		}
	}
	// 「~」 sorts after the digits.
	rank := func(r AreaRow) string {
		if r.Area == NoArea {
			return "~~"
		}
		return cmp.Or(first[r.Area], "~")
	}
	ordered := slices.Clone(rows)
	slices.SortStableFunc(ordered, func(a, b AreaRow) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(a.Area, b.Area))
	})
	return ordered
}

// postalDigits returns the digits of a 郵便番号 as typed: 「〒２３１-0001」 is 2310001.
func postalDigits(typed string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, norm.NFKC.String(typed))
}
