package words

import (
	"strings"

	"renkei/app"
)

// AlsoOpen says who else has a record open: 「いま 佐藤さん（受付PC）もこの記録を開いています」, or "".
func AlsoOpen(others []app.Presence) string {
	if len(others) == 0 {
		return ""
	}
	names := make([]string, len(others))
	for i, p := range others {
		names[i] = p.Actor + "さん" + Bracketed("（", p.Machine, "）")
	}
	return "いま " + strings.Join(names, "、") + "もこの記録を開いています"
}
