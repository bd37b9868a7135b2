package ledger

import (
	"bufio"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"

	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"
)

// maxDepth is how deep elements may stand in one another; a sheet needs ten.
const maxDepth = 64

// xmlReader reads a part token by token. At the end of the part it refuses
// open elements, and the zip beneath it a wrong checksum.
type xmlReader struct {
	decoder *xml.Decoder
	in      *part
	way     []string // names of the open elements, the root first
	begun   bool
	closing bool // the innermost element of way ended with the last token
}

func newXMLReader(in *part) *xmlReader {
	d := xml.NewDecoder(utf8Of(in))
	d.CharsetReader = func(label string, text io.Reader) (io.Reader, error) {
		switch label = string(bytes.ToLower([]byte(label))); label {
		case "utf-16", "utf-16le", "utf-16be": // by utf8Of already
			return text, nil
		}
		e, err := htmlindex.Get(label)
		if err != nil {
			return nil, err
		}
		return e.NewDecoder().Reader(text), nil
	}
	return &xmlReader{decoder: d, in: in}
}

// utf8Of turns a part in UTF-16, with or without a byte order mark, to UTF-8.
func utf8Of(in io.Reader) io.Reader {
	b := bufio.NewReaderSize(in, 64<<10)
	head, err := b.Peek(2)
	if err != nil {
		return b // reading it tells why
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

// next returns the next token, valid until the one after, or io.EOF at the
// end of a complete part.
func (x *xmlReader) next() (xml.Token, error) {
	if x.closing {
		x.way, x.closing = x.way[:len(x.way)-1], false
	}
	x.in.token = 0
	t, err := x.decoder.RawToken()
	switch {
	case errors.Is(err, io.EOF) && (len(x.way) > 0 || !x.begun):
		return nil, io.ErrUnexpectedEOF
	case err != nil:
		return nil, err
	}
	switch t := t.(type) {
	case xml.StartElement:
		if len(x.way) == maxDepth {
			return nil, errTooLarge
		}
		if len(x.way) == 0 && x.begun {
			return nil, fmt.Errorf("<%s> after the end", t.Name.Local)
		}
		x.way, x.begun = append(x.way, t.Name.Local), true
	case xml.EndElement:
		if len(x.way) == 0 || x.way[len(x.way)-1] != t.Name.Local {
			return nil, fmt.Errorf("</%s> in %v", t.Name.Local, x.way)
		}
		x.closing = true
	}
	return t, nil
}

// text gathers the text of an element that was just begun, up to its end.
// inside says of which elements in it the text counts; the element itself
// always does.
func (x *xmlReader) text(inside func(way []string) bool) (string, error) {
	depth := len(x.way)
	var text []byte
	for {
		t, err := x.next()
		if err != nil {
			return "", noEOF(err)
		}
		switch t := t.(type) {
		case xml.CharData:
			if below := x.way[depth:]; len(below) == 0 || inside != nil && inside(below) {
				if text = append(text, t...); len(text) > maxTokenBytes {
					return "", errTooLarge
				}
			}
		case xml.EndElement:
			if len(x.way) == depth {
				return string(text), nil
			}
		}
	}
}

// skip reads on to the end of the element that was just begun.
func (x *xmlReader) skip() error {
	for depth := len(x.way); ; {
		t, err := x.next()
		if err != nil {
			return noEOF(err)
		}
		if _, end := t.(xml.EndElement); end && len(x.way) == depth {
			return nil
		}
	}
}

func noEOF(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}
