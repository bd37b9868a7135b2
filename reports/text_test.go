package reports

import (
	"bytes"
	"strings"
	"testing"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"renkei/models"
)

func TestTextWidth(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want float64
	}{
		"a kanji is two half-widths":                 {"髙﨑", 4},
		"a kanji beyond the first plane is two":      {"𠮷", 2},
		"a variation selector takes no room":         {"葛\U000E0100", 2},
		"a combining voiced mark takes no room":      {"か\u3099", 2},
		"half-width katakana is one":                 {"ｶﾅ", 2},
		"a full-width digit is two":                  {"１", 2},
		"the widest line counts":                     {"あ\nあいう\nい", 6},
		"a sign drawn full-width in Japanese is two": {"○―×", 6},
		"nothing takes no room":                      {"", 0},
	} {
		t.Run(name, func(t *testing.T) { assert.InDelta(t, c.want, textWidth(c.text), 0.001) })
	}
}

func TestWidthsFoundFastAreThoseOfTheTables(t *testing.T) {
	for r := range rune(unicode.MaxRune + 1) {
		if runeWidth(r) != tableWidth(r) {
			require.Equal(t, tableWidth(r), runeWidth(r), "%U", r)
		}
	}
	for _, list := range []string{noLineStart, noLineEnd} {
		for _, r := range list {
			assert.True(t, forbidden(list, r), "%c", r)
		}
	}
}

func TestCountLines(t *testing.T) {
	for name, c := range map[string]struct {
		text  string
		width float64
		want  int
	}{
		"an empty text is one line":                  {"", 10, 1},
		"what fits is one line":                      {"指導料", 6, 1},
		"Japanese breaks anywhere":                   {"介護支援等連携指導料", 8, 3},
		"a line end starts a new line":               {"佐藤 実\nさくら", 20, 2},
		"a date is not broken":                       {"同意日 2026-10-03", 12, 2},
		"a word longer than a line is broken":        {strings.Repeat("A", 20), 16, 2},
		"a closing bracket pulls its letter along":   {"あいう）え", 6, 2},
		"a comma never starts a line":                {"あいう、え", 6, 2},
		"an opening bracket never ends a line":       {"あいう（え）", 8, 2},
		"a column no wider than a letter still ends": {"あいう", 1, 6},
	} {
		t.Run(name, func(t *testing.T) { assert.Equal(t, c.want, countLines(c.text, c.width)) })
	}
	t.Run("the lines always have room for the text", rapid.MakeCheck(func(t *rapid.T) {
		text := rapid.StringOf(rapid.RuneFrom([]rune("あ漢、（）Ab1 -\n"))).Draw(t, "text")
		width := rapid.Float64Range(2, 60).Draw(t, "width")
		lines := countLines(text, width)
		assert.GreaterOrEqual(t, float64(lines)*(width+0.02), textWidth(strings.ReplaceAll(text, "\n", "")))
		assert.Greater(t, lines, strings.Count(text, "\n"))
	}))
}

func TestClean(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"formula-like text stays as it is":     {"=1+1", "=1+1"},
		"line ends are unified":                {"a\r\nb\rc", "a\nb\nc"},
		"a tab is a space":                     {"a\tb", "a b"},
		"control characters are dropped":       {"髙\x00橋\x1b\u0085", "髙橋"},
		"broken bytes become the printer's 〓":  {"佐\xff藤", "佐〓藤"},
		"invalid characters are dropped":       {"a\ufffe\uffffb", "ab"},
		"an escape of Excel's stays literal":   {"_x000D_", "_x005F_x000D_"},
		"empty lines at the end are dropped":   {"要点\n\n ", "要点"},
		"a character of two units stays whole": {"𠮷", "𠮷"},
	} {
		t.Run(name, func(t *testing.T) { assert.Equal(t, c.want, clean(c.text)) })
	}
	t.Run("what exceeds a cell is cut with a mark, between characters", func(t *testing.T) {
		long := strings.Repeat("𠮷", 20000)
		got := clean(long)
		assert.LessOrEqual(t, len(utf16.Encode([]rune(got))), maxCellUnits)
		assert.True(t, strings.HasSuffix(got, "𠮷"+cutMark))
	})
	t.Run("a cell that is just full is not cut", func(t *testing.T) {
		assert.Equal(t, strings.Repeat("a", maxCellUnits), clean(strings.Repeat("a", maxCellUnits)))
	})
}

func TestAPlainTextNeedsNoCleaning(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.RuneFrom([]rune("あ漢 \n\r\t\x00\u0085\ufffe\uffff\ufffdA_"))).Draw(t, "text") + rapid.SampledFrom([]string{"", " ", "\n", "\xff", "あ"}).Draw(t, "end")
		got := plain(text)
		assert.True(t, isPlain(got) || strings.ContainsRune(got, '\ufffd'), "%q", got)
		assert.Equal(t, got, plain(got))
		if isPlain(text) {
			assert.Equal(t, text, got)
			assert.True(t, utf8.ValidString(text))
			assert.NotContains(t, text, "\r")
			assert.NotContains(t, text, "\t")
		}
	})
}

func TestARememberedCellIsDrawnAsANewOne(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		column := gridColumn{format: format(rapid.IntRange(0, int(formatMonthDay)).Draw(t, "format")), span: 1}
		s := &sheet{page: page{indent: rapid.Bool().Draw(t, "indent")}, widths: []float64{rapid.Float64Range(3, 40).Draw(t, "width")}}
		d := s.drawers(&grid{cols: []gridColumn{column}})[0]
		for range rapid.IntRange(1, 30).Draw(t, "cells") {
			cell := gridCell{tone: rapid.SampledFrom([]tone{toneNormal, toneQuiet, toneAction}).Draw(t, "tone"),
				value: rapid.SampledFrom([]any{1, hundredths(1), share{1, 2}, models.Date(2026_11_22), "未登録", "退院後の暮らしと家屋の状況を確認", "1", nil}).Draw(t, "value")}
			total := rapid.Bool().Draw(t, "total")
			assert.Equal(t, d.work(cell, total), d.draw(cell, total))
		}
	})
}

// TestCellRoundTrip: any text a user can type is read back from the file
// unchanged.
func TestCellRoundTrip(t *testing.T) {
	read := func(t require.TestingT, text string) string {
		file := excelize.NewFile()
		w := &writer{file: file, styles: map[look]int{}}
		w.set("Sheet1", "A1", text, look{})
		require.NoError(t, w.err)
		var buffer bytes.Buffer
		require.NoError(t, file.Write(&buffer))
		require.NoError(t, file.Close())
		again, err := excelize.OpenReader(&buffer)
		require.NoError(t, err)
		got, err := again.GetCellValue("Sheet1", "A1")
		require.NoError(t, err)
		require.NoError(t, again.Close())
		return got
	}
	for _, text := range []string{"=1+1", "+81", "-5", "@SUM", "_x000D_", "_x005F_x000D_", "00000012", " 先頭の空白", "<b>&amp;", "髙﨑𠮷", "1E5"} {
		t.Run(text+" is read as written", func(t *testing.T) { assert.Equal(t, text, read(t, text)) })
	}
	t.Run("any printable text is read as written", rapid.MakeCheck(func(t *rapid.T) {
		text := rapid.StringOf(rapid.RuneFrom([]rune("=+-@_x0D5F<>&\"' \n髙﨑𠮷①㈱〜ｶ"), unicode.Han, unicode.Hiragana)).Draw(t, "text")
		text = strings.TrimRight(text, "\n ")
		assert.Equal(t, text, read(t, text))
	}))
}

func TestThousands(t *testing.T) {
	for n, want := range map[int]string{0: "0", 999: "999", 1000: "1,000", 1234567: "1,234,567", -1000: "-1,000", -999: "-999"} {
		assert.Equal(t, want, thousands(n))
	}
}
