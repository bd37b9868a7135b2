package views

import (
	_ "embed"

	"fyne.io/fyne/v2/lang"
)

// toolkitWords are the toolkit's own words (its menus and file dialog) in
// Japanese.
//
//go:embed words/toolkit.json
var toolkitWords []byte

// speakJapanese gives the toolkit Japanese words whatever the desktop's
// language is.
func speakJapanese() error {
	return lang.AddTranslationsForLocale(toolkitWords, lang.SystemLocale())
}
