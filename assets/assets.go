// Package assets holds what is shipped inside the program: fonts, the icon,
// the rule sets as data and the sample hospital.
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
