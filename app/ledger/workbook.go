package ledger

import (
	"context"
	"errors"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/width"

	"renkei/models"
)

const (
	bookFont      = "游ゴシック"
	minWidth      = 6.0
	maxWidth      = 48.0
	spareRows     = 1000 // rows below the last one that also get drop-down lists
	maxListLength = 255  // maximum length of an inline drop-down list, in UTF-16 units
)

// newWorkbook makes the workbook of a book. folder is for long sheets; keep it
// until the workbook is closed.
func newWorkbook(ctx context.Context, folder string, book *models.Book, p Progress) (*excelize.File, error) {
	w, err := newWriter(folder)
	if err != nil {
		return nil, internal(err)
	}
	for _, s := range sheets {
		if err := w.addSheet(ctx, s, book, p); err != nil {
			return nil, internalUnlessKnown(err, w.file.Close())
		}
	}
	if err := errors.Join(w.finish(), setOrigin(w.file, book.Origin)); err != nil {
		return nil, internalUnlessKnown(err, w.file.Close())
	}
	return w.file, nil
}

// bookWriter writes sheets into a workbook.
type bookWriter struct {
	file   *excelize.File
	added  []string
	styles map[styleKey]int
	// listRange is where the choices of a column are that are too long for an
	// inline list, by column name. "" means no list.
	listRange map[string]string
}

type styleKey int

const (
	styleText styleKey = iota
	styleDate
	styleNumber
	styleHeader
	styleHeaderKey
	styleNote
	styleTitle
)

func newWriter(folder string) (*bookWriter, error) {
	w := &bookWriter{file: excelize.NewFile(excelize.Options{TmpDir: folder}), styles: map[styleKey]int{}, listRange: map[string]string{}}
	if err := w.file.SetDefaultFont(bookFont); err != nil {
		return nil, err
	}
	line := []excelize.Border{}
	for _, side := range []string{"left", "right", "top", "bottom"} {
		line = append(line, excelize.Border{Type: side, Color: "D5DAE1", Style: 1})
	}
	font := &excelize.Font{Family: bookFont, Size: 11}
	body := func(format string, horizontal string) *excelize.Style {
		return &excelize.Style{Font: font, Border: line, CustomNumFmt: &format,
			Alignment: &excelize.Alignment{Vertical: "top", Horizontal: horizontal}}
	}
	header := func(fill string) *excelize.Style {
		return &excelize.Style{Font: &excelize.Font{Family: bookFont, Size: 11, Bold: true}, Border: line,
			Fill:      excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{fill}},
			Alignment: &excelize.Alignment{Vertical: "center", WrapText: true}}
	}
	note := body("@", "left")
	note.Alignment.WrapText = true
	// In a fixed order, so that the same register gives the same file.
	for key, style := range [...]*excelize.Style{
		styleText: body("@", "left"), styleDate: body("yyyy-mm-dd", "left"), styleNumber: body("0", "right"),
		styleHeader: header("EAF0F7"), styleHeaderKey: header("C9DCF0"), styleNote: note,
		styleTitle: {Font: font},
	} {
		id, err := w.file.NewStyle(style)
		if err != nil {
			return nil, err
		}
		w.styles[styleKey(key)] = id
	}
	return w, nil
}

// newSheet adds a sheet. The first one reuses the sheet of the new file.
func (w *bookWriter) newSheet(name string) error {
	w.added = append(w.added, name)
	if len(w.added) == 1 {
		return w.file.SetSheetName(w.file.GetSheetName(0), name)
	}
	_, err := w.file.NewSheet(name)
	return err
}

// addSheet writes one sheet of the ledger. Page settings must come before the
// stream starts, or they are lost.
func (w *bookWriter) addSheet(ctx context.Context, s ledgerSheet, book *models.Book, p Progress) error {
	name, headings := s.title(), s.headings()
	if err := w.newSheet(name); err != nil {
		return err
	}
	last := s.count(book) + 1
	if err := w.layPage(name, len(headings), last); err != nil {
		return err
	}
	if err := w.dropDowns(name, headings, last+spareRows); err != nil {
		return err
	}
	stream, err := w.file.NewStreamWriter(name)
	if err != nil {
		return err
	}
	if err := w.columns(ctx, stream, s, book); err != nil {
		return err
	}
	if err := stream.SetRow("A1", w.header(headings)); err != nil {
		return err
	}
	err = eachRecord(ctx, s, book, p, func(i int, cells []any) error {
		return stream.SetRow(cellName(1, i+2), w.styled(cells))
	})
	if err != nil {
		return err
	}
	return stream.Flush()
}

// layPage sets A4 landscape, one page wide, page numbers, the frozen header row
// and the filter.
func (w *bookWriter) layPage(name string, columns, last int) error {
	a4, landscape, one, many, fit := 9, "landscape", 1, 0, true
	filter := "A1:" + cellName(columns, last)
	steps := []func() error{
		func() error {
			return w.file.SetPageLayout(name, &excelize.PageLayoutOptions{Size: &a4, Orientation: &landscape, FitToWidth: &one, FitToHeight: &many})
		},
		func() error {
			return w.file.SetHeaderFooter(name, &excelize.HeaderFooterOptions{OddFooter: "&L&A&R&P / &N ページ"})
		},
		func() error {
			return w.file.SetPanes(name, &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"})
		},
		func() error { return w.file.AutoFilter(name, filter, nil) },
		// After the filter, which resets the sheet's properties.
		func() error { return w.file.SetSheetProps(name, &excelize.SheetPropsOptions{FitToPage: &fit}) },
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// dropDowns gives the columns with fixed choices their list.
func (w *bookWriter) dropDowns(name string, headings []models.Field, last int) error {
	for i, h := range headings {
		if len(h.Values) == 0 {
			continue
		}
		rule := excelize.NewDataValidation(true)
		rule.SetSqref(cellName(i+1, 2) + ":" + cellName(i+1, last))
		if length := listLength(h.Values); length > maxListLength {
			if w.listRange[h.Name] == "" {
				continue
			}
			rule.SetSqrefDropList(w.listRange[h.Name])
		} else if err := rule.SetDropList(h.Values); err != nil {
			return err
		}
		rule.SetError(excelize.DataValidationErrorStyleStop, h.Name, "一覧から選んでください")
		if err := w.file.AddDataValidation(name, rule); err != nil {
			return err
		}
	}
	return nil
}

func listLength(values []string) int {
	n := 0
	for _, v := range values {
		n += utf8.RuneCountInString(v) + 1
	}
	return n
}

// columns sets the widths by the longest text of each column, and the format of
// empty cells, so that an ID typed into them keeps its zeros.
func (w *bookWriter) columns(ctx context.Context, stream *excelize.StreamWriter, s ledgerSheet, book *models.Book) error {
	headings := s.headings()
	widths := make([]float64, len(headings))
	for i, h := range headings {
		widths[i] = textWidth(h.Name) + 3 // the filter's button
	}
	err := eachRecord(ctx, s, book, nil, func(_ int, cells []any) error {
		for i, c := range cells {
			widths[i] = max(widths[i], textWidth(cellText(c))+1)
		}
		return nil
	})
	if err != nil {
		return err
	}
	for i, h := range headings {
		if err := stream.SetColStyle(i+1, i+1, w.styles[styleOf(h)]); err != nil {
			return err
		}
		if err := stream.SetColWidth(i+1, i+1, min(max(widths[i], minWidth), maxWidth)); err != nil {
			return err
		}
	}
	return nil
}

func styleOf(h models.Field) styleKey {
	switch h.Kind {
	case models.DateField:
		return styleDate
	case models.NumberField:
		return styleNumber
	}
	return styleText
}

// textWidth returns the width of the longest line in half-width characters.
func textWidth(s string) float64 {
	longest, line := 0, 0
	for _, r := range s {
		if r == '\n' {
			longest, line = max(longest, line), 0
			continue
		}
		line++
		switch width.LookupRune(r).Kind() {
		case width.EastAsianWide, width.EastAsianFullwidth, width.EastAsianAmbiguous:
			line++
		}
	}
	return float64(max(longest, line))
}

func (w *bookWriter) header(headings []models.Field) []any {
	cells := make([]any, len(headings))
	for i, h := range headings {
		style := styleHeader
		if h.Need != models.Optional {
			style = styleHeaderKey
		}
		cells[i] = excelize.Cell{StyleID: w.styles[style], Value: h.Name}
	}
	return cells
}

// styled turns the cells of a record into stream cells: dates as dates, text
// never as a formula.
func (w *bookWriter) styled(cells []any) []any {
	out := make([]any, len(cells))
	for i, c := range cells {
		switch v := c.(type) {
		case string:
			if v != "" {
				out[i] = excelize.Cell{StyleID: w.styles[styleText], Value: v}
			}
		case int:
			out[i] = excelize.Cell{StyleID: w.styles[styleNumber], Value: v}
		case models.Date:
			if serial, ok := dateSerial(v); ok {
				out[i] = excelize.Cell{StyleID: w.styles[styleDate], Value: serial}
			} else if !v.IsZero() {
				out[i] = excelize.Cell{StyleID: w.styles[styleText], Value: v.String()}
			}
		}
	}
	return out
}

// finish names the row repeated on every printed page. It must not touch a
// sheet: excelize would read the streamed rows back into memory.
func (w *bookWriter) finish() error {
	for _, name := range w.added {
		err := w.file.SetDefinedName(&excelize.DefinedName{
			Name: "_xlnm.Print_Titles", RefersTo: "'" + name + "'!$1:$1", Scope: name})
		if err != nil {
			return err
		}
	}
	return nil
}

// cellName returns A1 for column 1, row 1. Both must be within Excel's bounds.
func cellName(column, row int) string {
	name, err := excelize.CoordinatesToCellName(column, row)
	if err != nil {
		panic("ledger: " + err.Error())
	}
	return name
}

// internalUnlessKnown keeps an error that has its own sentence.
func internalUnlessKnown(err, closing error) error {
	var known *models.Error
	if !errors.As(err, &known) {
		err = internal(err)
	}
	return errors.Join(err, closing)
}

func internal(err error) error {
	return models.Wrap(err, models.Internal, "Excel ファイルを作れませんでした。もう一度行い、続くときはログを添えてお知らせください")
}
