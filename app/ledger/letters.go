package ledger

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/japanese"

	"renkei/models"
)

const (
	byteOrderMark = "\xEF\xBB\xBF"
	// geta is the printers' mark for a missing character.
	geta = "〓"
)

// letters is the encoding of a CSV. A byte that is not part of a character
// becomes U+FFFD.
type letters struct {
	// size returns how many bytes the first character of b has, and whether it
	// is valid. b has at least four bytes, or fewer at the end of the text.
	size func(b []byte) (n int, ok bool)
	text func(b []byte) string
}

var (
	utf8Letters     = &letters{utf8Size, utf8Text}
	shiftJISLetters = &letters{shiftJISSize, shiftJISText}
)

// lettersOf detects UTF-8 (with or without BOM) or Shift_JIS (CP932), the two
// encodings of Japanese Excel. A few bad bytes are tolerated. It returns nil
// for text in neither.
func lettersOf(ctx context.Context, in io.Reader) (*letters, error) {
	counts := map[*letters]*letterCount{utf8Letters: {}, shiftJISLetters: {}}
	buffer, zeros, total := make([]byte, 64<<10), 0, 0
	for begun := false; ; begun = true {
		if err := ctx.Err(); err != nil {
			return nil, canceled(err)
		}
		n, err := io.ReadFull(in, buffer)
		ended := errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
		if err != nil && !ended {
			return nil, err
		}
		chunk := buffer[:n]
		zeros, total = zeros+bytes.Count(chunk, []byte{0}), total+n
		if !begun && (bytes.HasPrefix(chunk, []byte("\xFF\xFE")) || bytes.HasPrefix(chunk, []byte("\xFE\xFF"))) {
			return nil, nil // UTF-16
		}
		for l, count := range counts {
			count.take(l, chunk, ended)
		}
		if ended {
			break
		}
	}
	switch {
	case zeros > total/4: // UTF-16 without a BOM
		return nil, nil
	case counts[utf8Letters].plausible():
		return utf8Letters, nil
	case counts[shiftJISLetters].plausible():
		return shiftJISLetters, nil
	}
	return nil, nil
}

// letterCount counts the non-ASCII characters of a text, and the bytes that are
// not characters.
type letterCount struct {
	good, bad int
	rest      []byte // start of a character at the end of a chunk
}

func (c *letterCount) take(l *letters, chunk []byte, last bool) {
	b := append(c.rest, chunk...)
	for len(b) > 0 && (last || len(b) >= utf8.UTFMax) {
		n, ok := l.size(b)
		switch {
		case !ok:
			c.bad++
		case n > 1 || b[0] >= utf8.RuneSelf:
			c.good++
		}
		b = b[n:]
	}
	c.rest = append(c.rest[:0], b...)
}

// plausible: a few bad bytes are 外字 or damage, many mean another encoding.
func (c *letterCount) plausible() bool { return c.bad*4 <= c.good }

func utf8Size(b []byte) (int, bool) {
	r, n := utf8.DecodeRune(b)
	return n, r != utf8.RuneError || n > 1
}

func utf8Text(b []byte) string { return strings.ToValidUTF8(string(b), string(utf8.RuneError)) }

// shiftJISSize counts a user-defined character (外字, F040–F9FC) as valid.
// shiftJISText later finds that it has no meaning.
func shiftJISSize(b []byte) (int, bool) {
	switch c := b[0]; {
	case c < 0x80 || 0xA1 <= c && c <= 0xDF:
		return 1, true
	case c == 0x80 || c == 0xA0 || c > 0xFC:
		return 1, false
	case len(b) < 2 || b[1] < 0x40 || b[1] == 0x7F || b[1] > 0xFC:
		return 1, false
	}
	return 2, true
}

func shiftJISText(b []byte) string {
	decoder := japanese.ShiftJIS.NewDecoder()
	if text, err := decoder.Bytes(b); err == nil && !bytes.ContainsRune(text, utf8.RuneError) {
		return string(text)
	}
	var out strings.Builder
	for len(b) > 0 {
		n, ok := shiftJISSize(b)
		letter, err := decoder.Bytes(b[:n])
		if !ok || err != nil || utf8.RuneCount(letter) != 1 {
			letter = []byte(string(utf8.RuneError))
		}
		out.Write(letter)
		b = b[n:]
	}
	return out.String()
}

// unreadable replaces bytes that are not characters, and private characters of
// one machine (外字), by 〓.
func unreadable(s string) (string, bool) {
	found := false
	out := strings.Map(func(r rune) rune {
		if r == utf8.RuneError || unicode.Is(unicode.Co, r) {
			found = true
			return '〓'
		}
		return r
	}, s)
	return out, found
}

// Unreadable reports whether a value contains 〓, which replaced an unreadable
// character at import. Such a value may not replace a better one.
func Unreadable(value string) bool { return strings.Contains(value, geta) }

// openErrorUnlessKnown keeps an error that has its own sentence.
func openErrorUnlessKnown(name string, err error) error {
	var known *models.Error
	if errors.As(err, &known) {
		return err
	}
	return openError(name, err)
}
