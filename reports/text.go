package reports

import (
	"math"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf16"
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

func lineWidth(line string) float64 {
	sum := 0.0
	for _, r := range line {
		sum += runeWidth(r)
	}
	return sum
}

// textWidth returns the width of the widest line in half-widths.
func textWidth(text string) float64 {
	widest := 0.0
	for line := range strings.SplitSeq(text, "\n") {
		widest = max(widest, lineWidth(line))
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

func countParagraph(paragraph string, width float64) int {
	const rounding = 0.01 // a column made to fit a text must be found to fit it
	lines, used := 1, 0.0
	width += rounding
	for _, chunk := range chunks(paragraph) {
		w := lineWidth(chunk)
		if used > 0 && used+w > width {
			lines, used = lines+1, 0
		}
		if w > width { // too long for any line: it breaks at the end of the line
			over := int(math.Ceil(w/width)) - 1
			lines, w = lines+over, w-float64(over)*width
		}
		used += w
	}
	return lines
}

// chunks splits a paragraph at the possible line breaks.
func chunks(paragraph string) []string {
	var pieces []string
	var last rune
	for _, r := range paragraph {
		joined := len(pieces) > 0 && (isWord(last) && isWord(r) ||
			strings.ContainsRune(noLineStart, r) || strings.ContainsRune(noLineEnd, last) || runeWidth(r) == 0)
		if joined {
			pieces[len(pieces)-1] += string(r)
		} else {
			pieces = append(pieces, string(r))
		}
		last = r
	}
	return pieces
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
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\t", " ").Replace(strings.ToValidUTF8(text, "〓"))
	text = strings.Map(func(r rune) rune {
		if r != '\n' && unicode.IsControl(r) || r == 0xfffe || r == 0xffff {
			return -1
		}
		return r
	}, text)
	return strings.TrimRight(text, "\n ")
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
