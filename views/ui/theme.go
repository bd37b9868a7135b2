package ui

import (
	"cmp"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// Fonts are the two faces the program is set in. Both must hold the whole of
// the Japanese text: a character taken from another font is drawn lower and
// loses its foot. Each is a whole TTF file of one face.
type Fonts struct {
	Regular, Bold []byte
}

// Theme is the look of the program: always light, whatever the desktop says.
type Theme struct {
	regular, bold fyne.Resource
	textSize      float32
}

var _ fyne.Theme = (*Theme)(nil)

// NewTheme returns the theme with the given faces and size of text in pixels;
// a size outside 12–20 is brought to the nearer end, 0 is the standard 14.
func NewTheme(fonts Fonts, textSize float32) *Theme {
	return &Theme{
		regular:  fyne.NewStaticResource("renkei-regular.ttf", fonts.Regular),
		bold:     fyne.NewStaticResource("renkei-bold.ttf", fonts.Bold),
		textSize: textSizeFor(textSize),
	}
}

// textSizeFor brings a size to the nearest one there is; 0 is the standard.
func textSizeFor(size float32) float32 {
	return min(max(cmp.Or(size, TextSize), MinTextSize), MaxTextSize)
}

// Is reports whether NewTheme would return the same look.
func (t *Theme) Is(fonts Fonts, textSize float32) bool {
	same := func(face fyne.Resource, data []byte) bool {
		was := face.Content()
		return len(was) == len(data) && (len(was) == 0 || &was[0] == &data[0])
	}
	return same(t.regular, fonts.Regular) && same(t.bold, fonts.Bold) && t.textSize == textSizeFor(textSize)
}

// ReadFaces reads the faces of the current theme, which takes the toolkit longer
// than all else before its first frame. It may run beside the making of the
// window, but not beside anything that measures or draws text.
func ReadFaces() {
	Plain.lineHeight()
	Strong.lineHeight()
}

// Scaled returns a size that grows with the text, for the current theme.
func Scaled(size float32) float32 {
	return size * theme.Size(theme.SizeNameText) / TextSize
}

// Font returns Bold for bold text and Regular for all else: Japanese has no
// italics, and the digits of the face are of one width already.
func (t *Theme) Font(style fyne.TextStyle) fyne.Resource {
	switch {
	case style.Symbol:
		return theme.DefaultTheme().Font(style)
	case style.Bold:
		return t.bold
	}
	return t.regular
}

// Icon returns the toolkit's icons.
func (t *Theme) Icon(name fyne.ThemeIconName) fyne.Resource {
	return theme.DefaultTheme().Icon(name)
}

// Color returns the token for each of the toolkit's colour names.
func (t *Theme) Color(name fyne.ThemeColorName, _ fyne.ThemeVariant) color.Color {
	if c, ok := themeColors[name]; ok {
		return c
	}
	return theme.DefaultTheme().Color(name, theme.VariantLight)
}

// Size returns the token for each of the toolkit's size names.
func (t *Theme) Size(name fyne.ThemeSizeName) float32 {
	switch name {
	case theme.SizeNameText, theme.SizeNameCaptionText:
		return t.textSize
	case theme.SizeNameHeadingText:
		return t.textSize * HeadingSize / TextSize
	case theme.SizeNameSubHeadingText:
		return t.textSize * SubHeadingSize / TextSize
	}
	if s, ok := themeSizes[name]; ok {
		return s
	}
	return theme.DefaultTheme().Size(name)
}

var themeColors = map[fyne.ThemeColorName]color.Color{
	theme.ColorNameBackground:          Ground,
	theme.ColorNameButton:              rgb(0xE9EDF2),
	theme.ColorNameDisabledButton:      rgb(0xEEF0F3),
	theme.ColorNameDisabled:            rgb(0x8A929C),
	theme.ColorNameError:               Bad,
	theme.ColorNameFocus:               color.NRGBA{R: 0x00, G: 0x2A, B: 0x55, A: 0x48},
	theme.ColorNameForeground:          Ink,
	theme.ColorNameForegroundOnError:   White,
	theme.ColorNameForegroundOnPrimary: White,
	theme.ColorNameForegroundOnSuccess: White,
	theme.ColorNameForegroundOnWarning: White,
	theme.ColorNameHeaderBackground:    Ground,
	theme.ColorNameHover:               color.NRGBA{A: 0x0F},
	theme.ColorNameHyperlink:           Accent,
	theme.ColorNameInputBackground:     Paper,
	theme.ColorNameInputBorder:         rgb(0xAEB6C1),
	theme.ColorNameMenuBackground:      Paper,
	theme.ColorNameOverlayBackground:   Paper,
	theme.ColorNamePlaceHolder:         rgb(0x667080),
	theme.ColorNamePressed:             color.NRGBA{A: 0x1F},
	theme.ColorNamePrimary:             Accent,
	theme.ColorNameScrollBar:           color.NRGBA{R: 0x56, G: 0x60, B: 0x6D, A: 0x99},
	theme.ColorNameShadow:              color.NRGBA{A: 0x2E},
	theme.ColorNameSelection:           rgb(0xCFE0F3),
	theme.ColorNameSeparator:           Line,
	theme.ColorNameSuccess:             Good,
	theme.ColorNameWarning:             Warn,
}

var themeSizes = map[fyne.ThemeSizeName]float32{
	theme.SizeNamePadding:            GapCell,
	theme.SizeNameInnerPadding:       6,
	theme.SizeNameLineSpacing:        4,
	theme.SizeNameInlineIcon:         18,
	theme.SizeNameInputBorder:        1,
	theme.SizeNameInputRadius:        CornerRadius,
	theme.SizeNameSelectionRadius:    CornerRadius,
	theme.SizeNameSeparatorThickness: RuleThickness,
	theme.SizeNameScrollBar:          12,
	theme.SizeNameScrollBarSmall:     4,
	theme.SizeNameModalBlurRadius:    0,
}
