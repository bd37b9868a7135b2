package ledger

import (
	"archive/zip"
	"bufio"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// Bounds of what is unpacked, against files made to exhaust the machine.
const (
	maxUnzipBytes = 2 << 30
	maxTokenBytes = 16 << 20 // one tag or one cell's text
)

var (
	errNoWorkbook = errors.New("no workbook in the zip")
	errTooLarge   = errors.New("unpacks to more than the limit")
)

// checkParts reads every part of a workbook to its end. excelize ends a sheet
// without an error where its XML is cut off, does not compare checksums and
// leaves a cell blank whose text is missing: rows would be lost unnoticed.
func checkParts(ctx context.Context, path string) error {
	z, err := zip.OpenReader(path)
	if err != nil {
		return err
	}
	defer z.Close() // a file opened for reading
	var total uint64
	for _, f := range z.File {
		if total += f.UncompressedSize64; total > maxUnzipBytes {
			return errTooLarge
		}
	}
	excel, texts := false, textCount{last: -1}
	for _, f := range z.File {
		name := strings.ToLower(strings.ReplaceAll(f.Name, `\`, "/"))
		excel = excel || strings.HasPrefix(name, "xl/")
		// customXml is other programs' own, in encodings of theirs.
		if !strings.HasSuffix(name, ".xml") && !strings.HasSuffix(name, ".rels") || strings.HasPrefix(name, "customxml") {
			continue
		}
		if err := ctx.Err(); err != nil {
			return canceled(err)
		}
		if err := checkPart(f, &texts); err != nil {
			return fmt.Errorf("%s: %w", f.Name, err)
		}
	}
	switch {
	case !excel:
		return errNoWorkbook
	case texts.last >= texts.shared:
		return fmt.Errorf("text %d of %d", texts.last, texts.shared)
	}
	return nil
}

// checkPart reads a part with the decoder excelize uses. At the end of the
// part that decoder refuses open elements, and the zip a wrong checksum.
func checkPart(f *zip.File, texts *textCount) error {
	in, err := f.Open()
	if err != nil {
		return err
	}
	defer in.Close() // a file opened for reading
	limit := &tokenLimit{in: in}
	d := xml.NewDecoder(bufio.NewReaderSize(limit, 64<<10))
	for elements := 0; ; limit.read = 0 {
		t, err := d.Token()
		switch {
		case errors.Is(err, io.EOF) && elements > 0:
			return nil
		case errors.Is(err, io.EOF):
			return io.ErrUnexpectedEOF
		case err != nil:
			return err
		}
		if _, ok := t.(xml.StartElement); ok {
			elements++
		}
		texts.take(t)
	}
}

// tokenLimit refuses to read on when a single token grows beyond all measure.
type tokenLimit struct {
	in   io.Reader
	read int
}

func (l *tokenLimit) Read(p []byte) (int, error) {
	if l.read > maxTokenBytes {
		return 0, errTooLarge
	}
	n, err := l.in.Read(p)
	l.read += n
	return n, err
}

// textCount counts the texts that cells share and finds the last one a cell
// refers to.
type textCount struct {
	shared, last  int
	cell, inValue bool // inside the value of a cell that refers to a text
}

func (c *textCount) take(t xml.Token) {
	switch t := t.(type) {
	case xml.StartElement:
		switch t.Name.Local {
		case "si":
			c.shared++
		case "c":
			c.cell = false
			for _, a := range t.Attr {
				c.cell = c.cell || a.Name.Local == "t" && a.Value == "s"
			}
		}
		c.inValue = c.cell && t.Name.Local == "v"
	case xml.CharData:
		if !c.inValue {
			return
		}
		if n, err := strconv.Atoi(strings.TrimSpace(string(t))); err == nil {
			c.last = max(c.last, n)
		}
	case xml.EndElement:
		c.inValue = false
	}
}
