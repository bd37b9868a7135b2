// Package assets holds what is embedded in the program: fonts, the icon and the
// rule sets as data. The sample hospital is in assets/sample.
//
// A new edition of the rules is a new file in rules, named by the month it
// takes effect. What the rules ask, and in which order, is code in models/fee.
package assets

import (
	"embed"
)

// FontRegular and FontBold are Noto Sans JP (SIL Open Font License, see
// fonts/OFL.txt).
var (
	//go:embed fonts/NotoSansJP-Regular.ttf
	FontRegular []byte
	//go:embed fonts/NotoSansJP-Bold.ttf
	FontBold []byte
)

// Icon is the program's icon, a PNG of 512 × 512 pixels drawn from icon.svg.
//
//go:embed icon.png
var Icon []byte

// Rules holds the rule sets, one JSON file each, named by the month they take
// effect.
//
//go:embed rules/*.json
var Rules embed.FS
