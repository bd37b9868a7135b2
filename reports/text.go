package reports

import (
	"math"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// maxCellUnits is the most UTF-16 units a cell holds. Excelize cuts silently,
// so text is cut here first and marked.
const maxCellUnits = 32767

// cutMark ends a text that was cut.
const cutMark = "…（以下略）"

// runeWidth returns the width of a character in half-widths: 2 for a kanji or
// kana, a little over 1 for a digit. The values are those of the Latin glyphs
// in Japanese system fonts, rounded up.
func runeWidth(r rune) float64 {
	switch {
	case r >= 0x30a0 && r < 0xa000, r >= 0x3041 && r <= 0x3096: // most of a text: no need to ask the tables below
		return 2
	case r > ' ' && r <= '~':
		return narrowWidths[r]
	}
	return tableWidth(r)
}

// narrowWidths are the widths of ASCII.
var narrowWidths = func() (widths ['~' + 1]float64) {
	for r := range widths {
		widths[r] = tableWidth(rune(r))
	}
	return widths
}()

// tableWidth finds the width of any character, slowly.
func tableWidth(r rune) float64 {
	switch {
	case r == '\u200d' || unicode.In(r, unicode.Mn, unicode.Me, unicode.Variation_Selector):
		return 0
	case r >= 0xff61 && r <= 0xff9f: // half-width katakana
		return 1
	case r > 0xff:
		return 2
	case strings.ContainsRune("×÷±§¶°", r):
		return 2
	case strings.ContainsRune(" .,:;'!|-()[]", r):
		return 0.75
	case r >= 'A' && r <= 'Z' || strings.ContainsRune("mw%&@#+=<>~_", r) || r > 0x7f:
		return 1.6
	}
	return 1.12
}

// textWidth returns the width of the widest line in half-widths.
func textWidth(text string) float64 {
	widest, line := 0.0, 0.0
	for _, r := range text {
		if r == '\n' {
			line = 0
			continue
		}
		line += runeWidth(r)
		widest = max(widest, line)
	}
	return widest
}

// Characters that may not begin or end a line in Japanese (行頭・行末禁則).
const (
	noLineStart = "、。，．・：；？！」』】〕）］｝〉》ーぁぃぅぇぉっゃゅょァィゥェォッャュョ々％ゝゞ)]},.:;!?"
	noLineEnd   = "「『【〔（［｛〈《([{"
)

// countLines returns how many lines a text takes in a cell of that many
// half-widths. Japanese breaks anywhere except for 禁則; a run of letters and
// digits stays whole if it fits.
func countLines(text string, width float64) int {
	lines := 0
	for paragraph := range strings.SplitSeq(text, "\n") {
		lines += countParagraph(paragraph, width)
	}
	return lines
}

// rounding lets a column made to fit a text be found to fit it.
const rounding = 0.01

func countParagraph(paragraph string, width float64) int {
	line := lineOf{lines: 1, width: width + rounding}
	chunk, last := 0.0, rune(-1)
	for _, r := range paragraph {
		wide := runeWidth(r)
		if last >= 0 && !joined(last, r, wide) {
			line.add(chunk)
			chunk = 0
		}
		chunk += wide
		last = r
	}
	if last >= 0 {
		line.add(chunk)
	}
	return line.lines
}

// lineOf fills lines of a width with chunks, what stands between two possible
// line breaks.
type lineOf struct {
	lines       int
	used, width float64
}

func (l *lineOf) add(chunk float64) {
	if l.used > 0 && l.used+chunk > l.width {
		l.lines, l.used = l.lines+1, 0
	}
	if chunk > l.width { // too long for any line: it breaks at the end of the line
		over := int(math.Ceil(chunk/l.width)) - 1
		l.lines, chunk = l.lines+over, chunk-float64(over)*l.width
	}
	l.used += chunk
}

// joined reports whether no line may break between two characters; wide is the
// width of the second.
func joined(last, r rune, wide float64) bool {
	return isWord(last) && isWord(r) || wide == 0 || forbidden(noLineStart, r) || forbidden(noLineEnd, last)
}

// forbidden reports whether r is in a list of 禁則. No kanji is in either, and
// they are most of a text.
func forbidden(list string, r rune) bool {
	return (r < 0x4e00 || r > 0x9fff) && strings.ContainsRune(list, r)
}

func isWord(r rune) bool { return r > ' ' && r < 0x100 }

// clean makes a text fit for a cell: as plain does, and so that Excel reads no
// escaped character in it. Text that looks like a formula is safe: it is
// written as a string.
func clean(text string) string { return cut(escapeEscapes(plain(text)), maxCellUnits) }

// plain makes a text printable: line ends become \n, control characters are
// dropped, and broken bytes become 〓 (the printers' mark for a missing
// character).
func plain(text string) string {
	if isPlain(text) {
		return text
	}
	text = lineEnds.Replace(strings.ToValidUTF8(text, "〓"))
	text = strings.Map(func(r rune) rune {
		if r != '\n' && !printable(r) {
			return -1
		}
		return r
	}, text)
	return strings.TrimRight(text, "\n ")
}

var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\t", " ")

func printable(r rune) bool { return !unicode.IsControl(r) && r != 0xfffe && r != 0xffff }

// isPlain reports whether plain leaves the text as it is: true of nearly every
// text.
func isPlain(text string) bool {
	for _, r := range text {
		if r != '\n' && !printable(r) || r == utf8.RuneError {
			return false
		}
	}
	return !strings.HasSuffix(text, "\n") && !strings.HasSuffix(text, " ")
}

// reEscape matches what Excel reads as an escaped character, as _x000D_.
var reEscape = regexp.MustCompile(`^_x[0-9A-Fa-f]{4}_`)

// escapeEscapes escapes the underline of every text that Excel would read as an
// escaped character. Two of them may share one underline.
func escapeEscapes(text string) string {
	if !strings.Contains(text, "_x") {
		return text
	}
	var b strings.Builder
	for i, r := range text {
		if r == '_' && reEscape.MatchString(text[i:]) {
			b.WriteString("_x005F")
		}
		b.WriteRune(r)
	}
	return b.String()
}

// cut returns the text if it has at most limit UTF-16 units, else a prefix of
// it with the mark.
func cut(text string, limit int) string {
	if len(text) <= limit || len(utf16.Encode([]rune(text))) <= limit {
		return text
	}
	room := limit - len(utf16.Encode([]rune(cutMark)))
	for i, r := range text {
		if room -= utf16.RuneLen(r); room < 0 {
			return text[:i] + cutMark
		}
	}
	return text
}

// joinLines joins the texts that are not blank, one per line.
func joinLines(texts ...string) string {
	kept := make([]string, 0, len(texts))
	for _, t := range texts {
		if t != "" {
			kept = append(kept, t)
		}
	}
	return strings.Join(kept, "\n")
}
