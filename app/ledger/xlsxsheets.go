package ledger

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
)

// workbook is a workbook before its sheets are read.
type workbook struct {
	parts    *parts
	sheets   []sheetPart
	shared   []string // the texts that cells share
	dated    []bool   // by cell format: whether it shows a number as a date
	date1904 bool     // day numbers count from 1904-01-01
}

// sheetPart is a sheet by its visible name.
type sheetPart struct{ name, part string }

// readSheets reads the sheets of the ledger from a workbook.
func readSheets(ctx context.Context, file *os.File, size int64, r *Reading, p Progress) error {
	z, err := openParts(ctx, file, size)
	if err != nil {
		return err
	}
	book, err := openWorkbook(z)
	if err != nil {
		return err
	}
	r.Book.Origin = book.origin()
	names := make([]string, len(book.sheets))
	for i, s := range book.sheets {
		names[i] = s.name
	}
	r.findSheets(names, "シート", "")
	for _, s := range sheets {
		i, ok := r.found[s.title()]
		if !ok {
			continue
		}
		if err := s.read(ctx, r, &excelSource{book, book.sheets[i].part}, p); err != nil {
			return err
		}
	}
	return nil
}

// openWorkbook reads the parts besides the sheets.
func openWorkbook(z *parts) (*workbook, error) {
	if z.has("content.xml") {
		return nil, errOpenDocument
	}
	top, err := z.relations("")
	if err != nil {
		return nil, err
	}
	main := targetOf(top, "officeDocument")
	if main == "" {
		main = "xl/workbook.xml" // for writers that leave out relations
	}
	switch {
	case strings.HasSuffix(main, ".bin"), z.has("xl/workbook.bin"):
		return nil, errBinaryWorkbook
	case !z.has(main):
		return nil, errNoWorkbook
	}
	b := &workbook{parts: z}
	relations, err := z.relations(main)
	if err != nil {
		return nil, err
	}
	if err := b.readMain(main, relations); err != nil {
		return nil, err
	}
	if name := targetOf(relations, "styles"); z.has(name) {
		if err := b.readStyles(name); err != nil {
			return nil, err
		}
	}
	if name := targetOf(relations, "sharedStrings"); z.has(name) {
		if err := b.readShared(name); err != nil {
			return nil, err
		}
	}
	return b, nil
}

func (b *workbook) readMain(name string, relations []relation) error {
	targets := make(map[string]string, len(relations))
	for _, r := range relations {
		targets[r.id] = r.target
	}
	return b.parts.eachElement(name, func(x *xmlReader) error {
		switch {
		case x.way[0] != "workbook": // a .docx has another root
			return errNoWorkbook
		case x.at("workbook", "workbookPr"):
			v := x.attribute("date1904")
			b.date1904 = v == "1" || v == "true"
		case !x.at("workbook", "sheets", "sheet"):
		case len(b.sheets) == maxSheets:
			return errTooLarge
		default:
			b.sheets = append(b.sheets, sheetPart{x.attribute("name"), targets[x.attribute("id")]})
		}
		return nil
	})
}

// maxSheets is far more than a user can open.
const maxSheets = 5_000

// maxSharedBytes is the most memory for shared texts.
const maxSharedBytes = 64 << 20

// sharedOverhead is the memory of a text besides its letters.
const sharedOverhead = 32

func (b *workbook) readShared(name string) (err error) {
	in, err := b.parts.open(name)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, in.Close()) }()
	x, left := newXMLReader(in), maxSharedBytes
	for {
		t, err := x.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err == nil && t == elementStart && x.at("sst", "si") {
			var text string
			text, err = x.textOf(isRichText)
			b.shared = append(b.shared, unescape(text))
			if left -= len(text) + sharedOverhead; left < 0 {
				err = errTooLarge
			}
		}
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
}

// isRichText tells the text itself from its phonetic guide (rPh).
func isRichText(way []string) bool {
	return way[len(way)-1] == "t" && (len(way) == 1 || len(way) == 2 && way[0] == "r")
}

// readStyles finds which cell formats show a number as a date.
func (b *workbook) readStyles(name string) error {
	dates := map[string]bool{}
	return b.parts.eachElement(name, func(x *xmlReader) error {
		switch {
		case len(dates) > maxEntries || len(b.dated) > maxEntries:
			return errTooLarge
		case x.at("styleSheet", "numFmts", "numFmt"):
			dates[x.attribute("numFmtId")] = showsDate(x.attribute("formatCode"))
		case x.at("styleSheet", "cellXfs", "xf"):
			id := x.attribute("numFmtId")
			dated, own := dates[id]
			b.dated = append(b.dated, own && dated || !own && builtInDates[id])
		}
		return nil
	})
}

// builtInDates are the numbers of date formats without a code (ECMA-376
// 18.8.30, with those of Japanese Excel).
var builtInDates = func() map[string]bool {
	ids := map[string]bool{}
	for _, span := range [][2]int{{14, 22}, {27, 36}, {45, 47}, {50, 58}} {
		for id := span[0]; id <= span[1]; id++ {
			ids[fmt.Sprint(id)] = true
		}
	}
	return ids
}()

// showsDate reports whether a format code shows a date or time: it has one of
// the letters y m d h s g (the era) outside quotes and brackets.
func showsDate(code string) bool {
	code, _, _ = strings.Cut(code, ";")
	code = strings.ReplaceAll(code, "G/標準", "")
	code = strings.ReplaceAll(strings.ToLower(code), "general", "")
	quoted, bracketed, escaped := false, false, false
	for _, r := range code {
		switch {
		case escaped:
			escaped = false
		case r == '"':
			quoted = !quoted
		case quoted:
		case r == '\\', r == '_', r == '*':
			escaped = true
		case r == '[':
			bracketed = true
		case r == ']':
			bracketed = false
		case !bracketed && strings.ContainsRune("ymdhsg", r):
			return true
		}
	}
	return false
}
