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
	errNoWorkbook   = errors.New("no workbook in the zip")
	errOpenDocument = errors.New("an OpenDocument file")
	errTooLarge     = errors.New("unpacks to more than the limit")
)

// noResultError is a formula saved without its result, as programs write it
// that do not calculate: the cell would be taken for a blank one.
type noResultError struct{ cell string }

func (e *noResultError) Error() string { return "no result of the formula in " + e.cell }

// checkParts reads every part of a workbook to its end. excelize ends a sheet
// without an error where its XML is cut off, does not compare checksums,
// leaves a cell blank whose text is missing and joins rows out of order: rows
// would be lost unnoticed.
func checkParts(ctx context.Context, path string, p Progress) error {
	z, err := zip.OpenReader(path)
	if err != nil {
		return err
	}
	defer z.Close() // a file opened for reading
	var total uint64
	for _, f := range z.File {
		if f.Name == "content.xml" {
			return errOpenDocument
		}
		if total += f.UncompressedSize64; total > maxUnzipBytes {
			return errTooLarge
		}
	}
	excel, texts := false, textCount{last: -1}
	read := &partReader{ctx: ctx, total: int64(total), p: p}
	for _, f := range z.File {
		name := strings.ToLower(strings.ReplaceAll(f.Name, `\`, "/"))
		excel = excel || strings.HasPrefix(name, "xl/")
		// customXml is other programs' own, in encodings of theirs.
		if !strings.HasSuffix(name, ".xml") && !strings.HasSuffix(name, ".rels") || strings.HasPrefix(name, "customxml") {
			continue
		}
		if err := checkPart(f, name, read, &texts); err != nil {
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
func checkPart(f *zip.File, name string, limit *partReader, texts *textCount) error {
	in, err := f.Open()
	if err != nil {
		return err
	}
	defer in.Close() // a file opened for reading
	limit.in, limit.token = in, 0
	sheet := sheetCheck{is: strings.HasPrefix(name, "xl/worksheets/") && strings.HasSuffix(name, ".xml")}
	d := xml.NewDecoder(bufio.NewReaderSize(limit, 64<<10))
	for elements := 0; ; limit.token = 0 {
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
		if err := sheet.take(t); err != nil {
			return err
		}
	}
}

// partReader reads the parts one after the other and tells how far it is. It
// refuses to read on when a single token grows beyond all measure.
type partReader struct {
	ctx         context.Context
	in          io.Reader
	p           Progress
	token       int   // bytes read since the last token
	done, total int64 // bytes of all parts
}

func (r *partReader) Read(buffer []byte) (int, error) {
	if r.token > maxTokenBytes {
		return 0, errTooLarge
	}
	if err := r.ctx.Err(); err != nil {
		return 0, canceled(err)
	}
	n, err := r.in.Read(buffer)
	r.token += n
	before := r.done * 100 / max(r.total, 1)
	r.done += int64(n)
	if percent := r.done * 100 / max(r.total, 1); percent != before {
		r.p.report("ファイルの確認", int(percent), 100)
	}
	return n, err
}

// sheetCheck follows a sheet for what excelize would pass over.
type sheetCheck struct {
	is             bool // whether the part is a sheet at all
	begun          bool
	row            int
	cell           string
	formula, value bool // of the cell
}

func (s *sheetCheck) take(t xml.Token) error {
	if !s.is {
		return nil
	}
	switch t := t.(type) {
	case xml.StartElement:
		if !s.begun && t.Name.Local != "worksheet" {
			return fmt.Errorf("<%s> in place of a sheet", t.Name.Local)
		}
		s.begun = true
		return s.open(t)
	case xml.EndElement:
		if t.Name.Local == "c" && s.formula && !s.value {
			return &noResultError{s.cell}
		}
	}
	return nil
}

func (s *sheetCheck) open(t xml.StartElement) error {
	switch t.Name.Local {
	case "row":
		s.row++
		for _, a := range t.Attr {
			if a.Name.Local != "r" {
				continue
			}
			n, err := strconv.Atoi(a.Value)
			if err != nil || n < s.row {
				return fmt.Errorf("row %q below row %d", a.Value, s.row-1)
			}
			s.row = n
		}
	case "c":
		s.formula, s.value, s.cell = false, false, ""
		for _, a := range t.Attr {
			if a.Name.Local == "r" {
				s.cell = a.Value
			}
		}
	case "f":
		s.formula = true
	case "v", "is":
		s.value = true
	}
	return nil
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
