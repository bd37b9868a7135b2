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

// Rules holds the rule sets, one JSON file each, named by the month they take
// effect.
//
//go:embed rules/*.json
var Rules embed.FS
