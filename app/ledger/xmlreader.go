package ledger

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"
)

// maxDepth is how deep elements may nest. A sheet needs ten.
const maxDepth = 64

// xmlReader reads a part token by token, ten times as fast as encoding/xml and
// within bounds: a sheet formatted down to its last row is half a gigabyte of
// blank cells. It refuses XML that is not well-formed, a document type (no part
// of a workbook has one), and elements that never end. The zip below it refuses
// a wrong checksum.
type xmlReader struct {
	in      *bufio.Reader
	way     []string // names of the open elements without prefix, root first
	attrs   []xmlAttr
	text    []byte // text of the current token
	long    []byte // a token longer than the buffer of in
	names   map[string]string
	begun   bool // the root was read
	tag     bool // the next byte follows a <
	closing bool // the innermost element of way ended with the last token
	empty   bool // the element that just started is empty
}

type xmlAttr struct {
	name  string
	value []byte
}

// token is the kind of what next finds.
type token int

const (
	elementStart token = iota // way ends with its name; attrs are its attributes
	elementEnd                // way still ends with its name
	characters                // text
)

func newXMLReader(in io.Reader) *xmlReader {
	return &xmlReader{in: utf8Of(in), names: map[string]string{}}
}

// utf8Of converts UTF-16, with or without byte order mark, to UTF-8, and drops
// a UTF-8 byte order mark.
func utf8Of(in io.Reader) *bufio.Reader {
	b := bufio.NewReaderSize(in, 64<<10)
	if head, err := b.Peek(len(byteOrderMark)); err == nil && string(head) == byteOrderMark {
		_, _ = b.Discard(len(byteOrderMark)) // just peeked at
		return b
	}
	head, err := b.Peek(2)
	if err != nil {
		return b // reading it reports the error
	}
	order := unicode.LittleEndian
	switch string(head) {
	case "\xFE\xFF", "\x00<":
		order = unicode.BigEndian
	case "\xFF\xFE", "<\x00":
	default:
		return b
	}
	return bufio.NewReaderSize(unicode.UTF16(order, unicode.UseBOM).NewDecoder().Reader(b), 64<<10)
}

var errNotXML = errors.New("not well-formed")

// next returns the next token, or io.EOF at the end of a complete part. Text
// and attributes are valid until the next call.
func (x *xmlReader) next() (token, error) {
	for {
		switch {
		case x.closing:
			x.way, x.closing = x.way[:len(x.way)-1], false
		case x.empty:
			x.empty, x.closing = false, true
			return elementEnd, nil
		}
		if !x.tag {
			found, err := x.characters()
			if found || err != nil {
				return characters, err
			}
			continue
		}
		x.tag = false
		kind, found, err := x.markup()
		if found || err != nil {
			return kind, err
		}
	}
}

// characters reads the text up to the next tag. It returns false for no text.
func (x *xmlReader) characters() (bool, error) {
	b, err := x.upTo('<')
	switch {
	case errors.Is(err, io.EOF) && (len(x.way) > 0 || !x.begun):
		return false, io.ErrUnexpectedEOF
	case errors.Is(err, io.EOF) && len(bytes.TrimSpace(b)) > 0:
		return false, errNotXML
	case err != nil:
		return false, err
	}
	x.tag = true
	b = b[:len(b)-1]
	if len(x.way) == 0 {
		if len(bytes.TrimSpace(b)) > 0 {
			return false, errNotXML
		}
		return false, nil
	}
	if len(b) == 0 {
		return false, nil
	}
	x.text, err = plainText(b)
	return true, err
}

// upTo reads up to and including a byte. At the end of the part it returns the
// rest with io.EOF.
func (x *xmlReader) upTo(last byte) ([]byte, error) {
	x.long = x.long[:0]
	b, err := x.in.ReadSlice(last)
	if errors.Is(err, bufio.ErrBufferFull) {
		return x.more(b, last)
	}
	return b, err
}

// more continues after b, just read, up to the next such byte.
func (x *xmlReader) more(b []byte, last byte) ([]byte, error) {
	if len(x.long) == 0 {
		x.long = append(x.long, b...)
	}
	for {
		b, err := x.in.ReadSlice(last)
		if x.long = append(x.long, b...); len(x.long) > maxTokenBytes {
			return nil, errTooLarge
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return x.long, noEOF(err)
		}
	}
}

// markup reads what follows a <. It returns false for markup that is not a
// token.
func (x *xmlReader) markup() (kind token, found bool, err error) {
	b, err := x.upTo('>')
	if err != nil {
		return 0, false, noEOF(err)
	}
	switch {
	case bytes.HasPrefix(b, []byte("!--")):
		_, err = x.ending(b, "-->", len("!---->"))
		return 0, false, err
	case bytes.HasPrefix(b, []byte("![CDATA[")):
		b, err = x.ending(b, "]]>", len("![CDATA[]]>"))
		if err == nil && len(x.way) == 0 {
			err = errNotXML
		}
		if err != nil {
			return 0, false, err
		}
		x.text = lineEnds(b[len("![CDATA[") : len(b)-len("]]>")])
		if !utf8.Valid(x.text) {
			err = errNotXML
		}
		return characters, true, err
	case b[0] == '?':
		b, err = x.ending(b, "?>", len("??>"))
		if err == nil {
			err = x.declared(b)
		}
		return 0, false, err
	case b[0] == '!':
		return 0, false, errNotXML
	case b[0] == '/':
		name := localName(bytes.TrimRightFunc(b[1:len(b)-1], isXMLSpace))
		if len(x.way) == 0 || x.way[len(x.way)-1] != string(name) {
			return 0, false, fmt.Errorf("</%s> in %v", name, x.way)
		}
		x.closing = true
		return elementEnd, true, nil
	}
	return elementStart, true, x.begin(b)
}

func isXMLSpace(r rune) bool { return r == ' ' || r == '\t' || r == '\r' || r == '\n' }

func trimLeft(b []byte) []byte {
	for len(b) > 0 && isXMLSpace(rune(b[0])) {
		b = b[1:]
	}
	return b
}

// ending reads on until the markup ends with the given text. shortest is its
// minimum length.
func (x *xmlReader) ending(b []byte, with string, shortest int) (_ []byte, err error) {
	for len(b) < shortest || !bytes.HasSuffix(b, []byte(with)) {
		if b, err = x.more(b, '>'); err != nil {
			return nil, err
		}
	}
	return b, nil
}

var reEncoding = regexp.MustCompile(`^\?xml\s[^>]*encoding\s*=\s*["']([A-Za-z0-9._-]+)["']`)

// declared switches to the encoding that the part declares.
func (x *xmlReader) declared(declaration []byte) error {
	m := reEncoding.FindSubmatch(declaration)
	if m == nil || x.begun {
		return nil
	}
	switch name := strings.ToLower(string(m[1])); name {
	case "utf-8", "utf8", "us-ascii", "utf-16", "utf-16le", "utf-16be": // utf8Of did it already
		return nil
	default:
		e, err := htmlindex.Get(name)
		if err != nil {
			return err
		}
		x.in = bufio.NewReaderSize(e.NewDecoder().Reader(x.in), 64<<10)
		return nil
	}
}

// wholeTag reads the rest of a start tag that has a > inside quotes. simple is
// true if it is all ASCII without escapes.
func (x *xmlReader) wholeTag(b []byte) (tag []byte, simple bool, err error) {
	seen, quote := 0, byte(0)
	for simple = true; ; {
		for _, c := range b[seen:] {
			simple = simple && c >= ' ' && c < utf8.RuneSelf && c != '&'
			switch {
			case quote == 0 && (c == '"' || c == '\''):
				quote = c
			case c == quote:
				quote = 0
			}
		}
		if quote == 0 {
			return b, simple, nil
		}
		seen = len(b)
		if b, err = x.more(b, '>'); err != nil {
			return nil, false, err
		}
	}
}

// begin reads a start tag.
func (x *xmlReader) begin(b []byte) error {
	b, simple, err := x.wholeTag(b)
	if err != nil {
		return err
	}
	switch {
	case len(x.way) == maxDepth:
		return errTooLarge
	case len(x.way) == 0 && x.begun || !simple && !utf8.Valid(b):
		return errNotXML
	}
	x.begun = true
	b = b[:len(b)-1]
	if x.empty = bytes.HasSuffix(b, []byte{'/'}); x.empty {
		b = b[:len(b)-1]
	}
	name, rest := b, []byte(nil)
	if i := bytes.IndexFunc(b, isXMLSpace); i >= 0 {
		name, rest = b[:i], b[i:]
	}
	local, err := x.name(name)
	if err != nil {
		return err
	}
	x.way = append(x.way, local)
	return x.attributes(rest, simple)
}

var reName = regexp.MustCompile(`^[\pL_:][\pL\pN\pM_:.-]*$`)

// attributes reads the attributes of a start tag, without those that declare a
// prefix. With simple, values need no check and no unescaping.
func (x *xmlReader) attributes(b []byte, simple bool) (err error) {
	x.attrs = x.attrs[:0]
	for {
		spaced := trimLeft(b)
		if len(spaced) == 0 {
			return nil
		}
		name, value, ok := bytes.Cut(spaced, []byte{'='})
		value = trimLeft(value)
		if !ok || len(spaced) == len(b) || len(value) < 2 || value[0] != '"' && value[0] != '\'' {
			return errNotXML
		}
		end := bytes.IndexByte(value[1:], value[0]) + 1
		if end == 0 || bytes.IndexByte(value[:end], '<') >= 0 {
			return errNotXML
		}
		plain := value[1:end]
		if !simple {
			if plain, err = plainText(plain); err != nil {
				return err
			}
		}
		local, err := x.name(bytes.TrimRightFunc(name, isXMLSpace))
		if err != nil {
			return err
		}
		if b = value[end+1:]; !bytes.HasPrefix(name, []byte("xmlns")) {
			x.attrs = append(x.attrs, xmlAttr{local, plain})
		}
	}
}

// at reports whether the element that just started is at this path from the
// root.
func (x *xmlReader) at(way ...string) bool { return slices.Equal(x.way, way) }

// attribute returns an attribute of the element that just started.
func (x *xmlReader) attribute(name string) string {
	for _, a := range x.attrs {
		if a.name == name {
			return string(a.value)
		}
	}
	return ""
}

// maxNames is how many names of elements and attributes are kept for reuse.
const maxNames = 1000

// name returns a name without its prefix.
func (x *xmlReader) name(b []byte) (string, error) {
	if name, ok := x.names[string(b)]; ok {
		return name, nil
	}
	if !reName.Match(b) {
		return "", errNotXML
	}
	name := string(localName(b))
	if len(x.names) < maxNames {
		x.names[string(b)] = name
	}
	return name, nil
}

func localName(b []byte) []byte { return b[bytes.LastIndexByte(b, ':')+1:] }

// plainText checks text and unescapes it in place.
func plainText(b []byte) ([]byte, error) {
	escaped, returned := false, false
	for _, c := range b {
		escaped, returned = escaped || c == '&', returned || c == '\r'
		if c < ' ' && c != '\t' && c != '\n' && c != '\r' {
			return nil, errNotXML
		}
	}
	if !utf8.Valid(b) {
		return nil, errNotXML
	}
	if returned {
		b = lineEnds(b)
	}
	if !escaped {
		return b, nil
	}
	out := b[:0]
	for {
		before, rest, found := bytes.Cut(b, []byte{'&'})
		out = append(out, before...)
		if !found {
			return out, nil
		}
		name, rest, found := bytes.Cut(rest, []byte{';'})
		r, known := escapes[string(name)]
		if !known && len(name) > 1 && name[0] == '#' {
			r, known = numbered(string(name[1:]))
		}
		if !found || !known {
			return nil, errNotXML
		}
		out = utf8.AppendRune(out, r)
		b = rest
	}
}

// lineEnds changes every unescaped line end to \n, in place (XML 1.0, 2.11).
// Excel writes CR LF in a text as _x000D_ followed by a line end.
func lineEnds(b []byte) []byte {
	out := b[:0]
	for i, c := range b {
		switch {
		case c != '\r':
			out = append(out, c)
		case i+1 == len(b) || b[i+1] != '\n':
			out = append(out, '\n')
		}
	}
	return out
}

var escapes = map[string]rune{"amp": '&', "lt": '<', "gt": '>', "quot": '"', "apos": '\''}

// numbered returns the character of &#10; or &#xA;.
func numbered(digits string) (rune, bool) {
	base := 10
	if digits[0] == 'x' {
		digits, base = digits[1:], 16
	}
	n, err := strconv.ParseUint(digits, base, 32)
	r := rune(n)
	return r, err == nil && n <= utf8.MaxRune && utf8.ValidRune(r) && (r >= ' ' || r == '\t' || r == '\n' || r == '\r')
}

// textOf returns the text of the element that just started, up to its end: its
// own, or with inside, that of the inner elements for which inside is true.
func (x *xmlReader) textOf(inside func(way []string) bool) (string, error) {
	depth := len(x.way)
	var text []byte
	for {
		t, err := x.next()
		switch {
		case err != nil:
			return "", noEOF(err)
		case t == elementEnd && len(x.way) == depth:
			return string(text), nil
		case t == characters:
			below := x.way[depth:]
			if inside == nil && len(below) == 0 || inside != nil && len(below) > 0 && inside(below) {
				if text = append(text, x.text...); len(text) > maxTokenBytes {
					return "", errTooLarge
				}
			}
		}
	}
}

// skip reads to the end of the element that just started.
func (x *xmlReader) skip() error {
	for depth := len(x.way); ; {
		t, err := x.next()
		if err != nil {
			return noEOF(err)
		}
		if t == elementEnd && len(x.way) == depth {
			return nil
		}
	}
}

// noEOF turns an early end of the part into an error of its own.
func noEOF(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}
