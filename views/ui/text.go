package ui

import (
	"image/color"
	"slices"
	"sort"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
)

// Style is how a piece of text is set. A zero Size is the theme's text size, a
// nil Color is Ink.
type Style struct {
	Size  float32
	Bold  bool
	Color color.Color
}

// The styles most texts use.
var (
	Plain   = Style{}
	Strong  = Style{Bold: true}
	Quiet   = Style{Color: QuietInk}
	Heading = Style{Bold: true, Size: HeadingSize}
)

func (s Style) size() float32 {
	if s.Size == 0 {
		return theme.Size(theme.SizeNameText)
	}
	return Scaled(s.Size)
}

func (s Style) textStyle() fyne.TextStyle { return fyne.TextStyle{Bold: s.Bold} }

func (s Style) color() color.Color {
	if s.Color == nil {
		return Ink
	}
	return s.Color
}

// apply gives a text object the style.
func (s Style) apply(t *canvas.Text) {
	t.TextSize = s.size()
	t.TextStyle = s.textStyle()
	t.Color = s.color()
}

func (s Style) width(text string) float32 {
	return fyne.MeasureText(text, s.size(), s.textStyle()).Width
}

// lineHeight is the height of one line of the style.
func (s Style) lineHeight() float32 {
	return fyne.MeasureText("国", s.size(), s.textStyle()).Height
}

// underline is how far below the top of a line of the style its underline
// stands: clear of the letters, which reach a little below the baseline.
func (s Style) underline() float32 {
	_, baseline := fyne.CurrentApp().Driver().RenderedTextSize("国", s.size(), s.textStyle(), nil)
	return baseline + Scaled(2.5)
}

// NewText returns one line of text in the style. Line breaks and tabs, which a
// single line cannot show, become spaces.
func NewText(text string, s Style) *canvas.Text {
	t := canvas.NewText(oneLine(text), s.color())
	s.apply(t)
	return t
}

var lineBreaks = strings.NewReplacer("\r\n", " ", "\n", " ", "\r", " ", "\t", " ")

func oneLine(text string) string {
	if strings.ContainsAny(text, "\r\n\t") {
		return lineBreaks.Replace(text)
	}
	return text
}

// joined returns the words that are not empty, a space between them.
func joined(words ...string) string {
	return strings.Join(slices.DeleteFunc(words, func(w string) bool { return w == "" }), " ")
}

// fit returns the text shortened with 「…」 to the width, or whole when it fits.
func fit(text string, width float32, s Style) string {
	text = oneLine(text)
	// No character of the face is wider than the size, so short texts need no
	// measuring.
	if float32(len(text))*s.size() <= width || s.width(text) <= width {
		return text
	}
	runes := []rune(text)
	n := sort.Search(len(runes), func(n int) bool {
		return s.width(string(runes[:n+1])+"…") > width
	})
	if n == 0 {
		return ""
	}
	return string(runes[:n]) + "…"
}

// 禁則: characters that may not begin a line, and that may not end one.
const (
	notAtStart = "、。，．・：；？！）」』】〕》〉］｝,.:;?!)]}ー々〜～…‥ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ％%"
	notAtEnd   = "（「『【〔《〈［｛([{"
)

// wrap breaks a text into lines of at most the width. It breaks between any
// two Japanese characters but keeps 禁則, and keeps runs of Latin letters and
// digits (dates, IDs) whole when they fit a line.
func wrap(text string, width float32, s Style) []string {
	var lines []string
	for _, paragraph := range strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n") {
		lines = append(lines, wrapParagraph(paragraph, width, s)...)
	}
	return lines
}

func wrapParagraph(text string, width float32, s Style) []string {
	text = oneLine(text)
	if width <= 0 || s.width(text) <= width {
		return []string{text}
	}
	var lines []string
	runes := []rune(text)
	for len(runes) > 0 {
		if s.width(string(runes)) <= width {
			return append(lines, string(runes))
		}
		// The most characters that fit; at least one, or no progress is made.
		n := max(1, sort.Search(len(runes), func(n int) bool {
			return s.width(string(runes[:n+1])) > width
		}))
		n = breakBefore(runes, n)
		lines = append(lines, strings.TrimRight(string(runes[:n]), " 　"))
		runes = runes[n:]
		for len(runes) > 0 && (runes[0] == ' ' || runes[0] == '　') {
			runes = runes[1:]
		}
	}
	return lines
}

// breakBefore moves a break at n to the left until it is allowed, or leaves it
// when the whole line has no allowed place.
func breakBefore(runes []rune, n int) int {
	if n >= len(runes) {
		return n
	}
	for i := n; i > n/2 && i > 0; i-- {
		if mayBreak(runes[i-1], runes[i]) {
			return i
		}
	}
	return n
}

func mayBreak(before, after rune) bool {
	if strings.ContainsRune(notAtStart, after) || strings.ContainsRune(notAtEnd, before) {
		return false
	}
	if isVariation(after) {
		return false
	}
	return !(isWord(before) && isWord(after))
}

// isWord reports whether the character belongs to a run kept whole: letters,
// digits and the signs inside dates and numbers.
func isWord(r rune) bool {
	return r > ' ' && r < 0x7F && r != '(' && r != ')'
}

// isVariation reports whether the character is a variation selector, which
// changes the shape of the character before it.
func isVariation(r rune) bool {
	return r >= 0xFE00 && r <= 0xFE0F || r >= 0xE0100 && r <= 0xE01EF
}
