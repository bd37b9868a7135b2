package ledger

import (
	"archive/zip"
	"bufio"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"regexp"
	"strconv"
	"strings"
)

// The sheets are read straight from the XML of the workbook: excelize's row
// reader ends without an error where the XML of a sheet is damaged, so that
// rows would be missing unnoticed, and it drops the type of a cell.

// Bounds of what is unpacked, against files made to exhaust the machine.
const (
	maxUnzipBytes = 2 << 30
	maxTokenBytes = 16 << 20 // one tag or one cell's text
	maxStrings    = 20_000_000
	maxColumns    = 16_384
)

var (
	errNoWorkbook = errors.New("no workbook in the zip")
	errTooLarge   = errors.New("unpacks to more than the limit")
)

// archive is an opened workbook.
type archive struct {
	zip      *zip.ReadCloser
	parts    map[string]*zip.File // by lower-case name
	sheets   []sheetPart
	date1904 bool
	strings  []string // the shared strings
}

type sheetPart struct{ name, part string }

// openArchive opens a workbook and reads what the sheets have in common.
func openArchive(file string) (*archive, error) {
	z, err := zip.OpenReader(file)
	if err != nil {
		return nil, err
	}
	a := &archive{zip: z, parts: map[string]*zip.File{}}
	if err := a.open(); err != nil {
		return nil, errors.Join(err, z.Close())
	}
	return a, nil
}

func (a *archive) Close() error { return a.zip.Close() }

func (a *archive) open() error {
	var total uint64
	for _, f := range a.zip.File {
		if total += f.UncompressedSize64; total > maxUnzipBytes {
			return errTooLarge
		}
		a.parts[strings.ToLower(strings.ReplaceAll(f.Name, `\`, "/"))] = f
	}
	book, err := a.workbookPart()
	if err != nil {
		return err
	}
	targets, stringsPart, err := a.relations(book)
	if err != nil {
		return err
	}
	if err := a.workbook(book, targets); err != nil {
		return err
	}
	if stringsPart == "" {
		return nil
	}
	return a.sharedStrings(stringsPart)
}

// workbookPart finds the part that lists the sheets.
func (a *archive) workbookPart() (string, error) {
	book := "xl/workbook.xml"
	if a.parts["_rels/.rels"] != nil {
		err := a.elements("_rels/.rels", func(e xml.StartElement) {
			if e.Name.Local == "Relationship" && strings.HasSuffix(attr(e, "Type"), "/officeDocument") {
				book = resolve("", attr(e, "Target"))
			}
		})
		if err != nil {
			return "", err
		}
	}
	if a.parts[book] == nil || !strings.HasSuffix(book, ".xml") {
		return "", errNoWorkbook
	}
	return book, nil
}

func (a *archive) relations(book string) (targets map[string]string, stringsPart string, err error) {
	targets = map[string]string{}
	dir := path.Dir(book)
	rels := dir + "/_rels/" + path.Base(book) + ".rels"
	if a.parts[rels] == nil {
		return targets, "", errNoWorkbook
	}
	err = a.elements(rels, func(e xml.StartElement) {
		if e.Name.Local != "Relationship" {
			return
		}
		part := resolve(dir, attr(e, "Target"))
		targets[attr(e, "Id")] = part
		if strings.HasSuffix(attr(e, "Type"), "/sharedStrings") && a.parts[part] != nil {
			stringsPart = part
		}
	})
	return targets, stringsPart, err
}

// resolve returns the name of a part that a relation of a part in dir names.
func resolve(dir, target string) string {
	if !strings.HasPrefix(target, "/") {
		target = dir + "/" + target
	}
	return strings.ToLower(strings.TrimPrefix(path.Clean(target), "/"))
}

func (a *archive) workbook(book string, targets map[string]string) error {
	return a.elements(book, func(e xml.StartElement) {
		switch e.Name.Local {
		case "workbookPr":
			v := attr(e, "date1904")
			a.date1904 = v == "1" || v == "true"
		case "sheet":
			for _, at := range e.Attr {
				if at.Name.Local == "id" && at.Name.Space != "" {
					a.sheets = append(a.sheets, sheetPart{attr(e, "name"), targets[at.Value]})
				}
			}
		}
	})
}

// elements calls fn for every element of a part.
func (a *archive) elements(part string, fn func(xml.StartElement)) error {
	return a.tokens(part, func(t xml.Token) error {
		if e, ok := t.(xml.StartElement); ok {
			fn(e)
		}
		return nil
	})
}

func attr(e xml.StartElement, local string) string {
	for _, a := range e.Attr {
		if a.Name.Local == local && a.Name.Space == "" {
			return a.Value
		}
	}
	return ""
}

// tokens calls fn for every token of a part up to the end of its root
// element. A part that ends before is an error, and so is a wrong checksum.
func (a *archive) tokens(part string, fn func(xml.Token) error) error {
	f := a.parts[part]
	if f == nil {
		return fmt.Errorf("no part %s", part)
	}
	in, err := f.Open()
	if err != nil {
		return err
	}
	defer in.Close() // a file opened for reading
	limit := &tokenLimit{in: in}
	d := xml.NewDecoder(bufio.NewReaderSize(limit, 64<<10))
	for depth := 0; ; {
		limit.read = 0
		t, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			return fmt.Errorf("%s: %w", part, io.ErrUnexpectedEOF)
		}
		if err != nil {
			return err
		}
		switch t.(type) {
		case xml.StartElement:
			depth++
		case xml.EndElement:
			depth--
		}
		if err := fn(t); err != nil {
			return err
		}
		if _, end := t.(xml.EndElement); end && depth == 0 {
			_, err := io.Copy(io.Discard, in) // the checksum is compared at the end
			return err
		}
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

// textReader gathers the text of t elements without the readings (rPh) that
// Excel keeps beside Japanese text.
type textReader struct {
	text     strings.Builder
	open     bool
	phonetic int
}

func (r *textReader) take(t xml.Token) {
	switch t := t.(type) {
	case xml.StartElement:
		switch t.Name.Local {
		case "rPh":
			r.phonetic++
		case "t", "v":
			r.open = r.phonetic == 0
		}
	case xml.CharData:
		if r.open {
			r.text.Write(t)
		}
	case xml.EndElement:
		switch t.Name.Local {
		case "rPh":
			r.phonetic--
		case "t", "v":
			r.open = false
		}
	}
}

func (r *textReader) reset() { *r = textReader{} }

func (a *archive) sharedStrings(part string) error {
	var r textReader
	return a.tokens(part, func(t xml.Token) error {
		switch e := t.(type) {
		case xml.StartElement:
			if e.Name.Local == "si" {
				r.reset()
			}
		case xml.EndElement:
			if e.Name.Local == "si" {
				if len(a.strings) >= maxStrings {
					return errTooLarge
				}
				a.strings = append(a.strings, unescape(r.text.String()))
			}
		}
		r.take(t)
		return nil
	})
}

// rows calls fn for every row of a sheet that stands in the file.
func (a *archive) rows(part string, fn func(row int, cells []cell) error) error {
	r := rowReader{archive: a, fn: fn}
	return a.tokens(part, r.token)
}

// rowReader puts the tokens of a sheet together into rows.
type rowReader struct {
	archive *archive
	fn      func(row int, cells []cell) error
	inData  bool
	row     int
	column  int // of the cell being read, from 1
	kind    string
	cells   []cell
	text    textReader
}

func (r *rowReader) token(t xml.Token) error {
	switch e := t.(type) {
	case xml.StartElement:
		if err := r.start(e); err != nil {
			return err
		}
	case xml.EndElement:
		if err := r.end(e.Name.Local); err != nil {
			return err
		}
	}
	if r.inData {
		r.text.take(t)
	}
	return nil
}

func (r *rowReader) start(e xml.StartElement) error {
	switch {
	case e.Name.Local == "sheetData":
		r.inData = true
	case !r.inData:
	case e.Name.Local == "row":
		r.row++
		if n, err := strconv.Atoi(attr(e, "r")); err == nil {
			r.row = n
		}
		r.column = 0
		clear(r.cells)
		r.cells = r.cells[:0]
	case e.Name.Local == "c":
		r.column++
		if n := columnOf(attr(e, "r")); n > 0 {
			r.column = n
		}
		if r.column > maxColumns {
			return fmt.Errorf("column %d", r.column)
		}
		r.kind = attr(e, "t")
		r.text.reset()
	}
	return nil
}

func (r *rowReader) end(name string) error {
	switch {
	case name == "sheetData":
		r.inData = false
	case !r.inData:
	case name == "c":
		c, err := r.archive.cell(r.kind, r.text.text.String())
		if err != nil || c.text == "" {
			return err
		}
		for len(r.cells) < r.column {
			r.cells = append(r.cells, cell{})
		}
		r.cells[r.column-1] = c
	case name == "row":
		return r.fn(r.row, r.cells)
	}
	return nil
}

// cell makes a cell of its type and value: a shared string by its index, a
// number, a truth value, or text.
func (a *archive) cell(kind, value string) (cell, error) {
	switch kind {
	case "s":
		if value == "" {
			return cell{}, nil
		}
		i, err := strconv.Atoi(value)
		if err != nil || i < 0 || i >= len(a.strings) {
			return cell{}, fmt.Errorf("no shared string %q", value)
		}
		return cell{text: a.strings[i]}, nil
	case "b":
		if value == "1" {
			return cell{text: "TRUE"}, nil
		}
		return cell{text: "FALSE"}, nil
	case "", "n":
		return cell{text: plainNumber(value), numeric: true, date1904: a.date1904}, nil
	}
	return cell{text: unescape(value)}, nil
}

// plainNumber writes a number without exponent and without a zero fraction:
// 1.2E+10 in an ID column is 12000000000.
func plainNumber(s string) string {
	if !strings.ContainsAny(s, ".eE") {
		return s
	}
	f, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return s
	}
	return strconv.FormatFloat(f, 'f', -1, 64)
}

// columnOf returns the column of a cell name (AB12 is 28), 0 for none.
func columnOf(name string) int {
	n := 0
	for i := 0; i < len(name) && name[i] >= 'A' && name[i] <= 'Z' && n <= maxColumns; i++ {
		n = n*26 + int(name[i]-'A') + 1
	}
	return n
}

var reEscape = regexp.MustCompile(`_x([0-9A-Fa-f]{4})_`)

// unescape turns _x000D_ and the like back into the characters they stand for.
func unescape(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	return reEscape.ReplaceAllStringFunc(s, func(m string) string {
		n, err := strconv.ParseUint(m[2:6], 16, 32)
		if err != nil || n >= 0xD800 && n < 0xE000 {
			return m
		}
		return string(rune(n))
	})
}
