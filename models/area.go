package models

import "regexp"

// municipality splits an address into the prefecture and then a city, or a 郡
// with its town. Names that contain 市, 町, 村 or 郡 before their end are
// listed by hand.
var municipality = regexp.MustCompile(`^(?:東京都|北海道|京都府|大阪府|[^都道府県]{2,3}県)?(?:` +
	`[^区町村0-9０-９]{1,5}?郡(余市町|玉村町|[^市0-9０-９]{1,6}?[町村])|` +
	`((?:四日市|廿日市|野々市|十日町|大町|東村山|武蔵村山|羽村|田村|大村|市川|市原|町田|村上|村山)市|` +
	`[^0-9０-９丁番]{1,6}?市[^市区町村0-9０-９丁番]{1,4}?区|` +
	`[^0-9０-９丁番]{1,7}?[市区町村]))`)

// AreaOf returns the municipality of an address, with the ward of a large city:
// 「みなと市」, 「横浜市中区」. It returns "" when the address does not begin with one.
func AreaOf(address string) string {
	if m := municipality.FindStringSubmatch(address); m != nil {
		return m[1] + m[2] // one of them is blank
	}
	return ""
}
