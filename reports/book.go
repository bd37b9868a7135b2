package reports

import (
	"archive/zip"
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"renkei/models"
	"renkei/models/files"
	"renkei/models/liaison"
)

// book is one report workbook under construction.
type book struct {
	title    string
	hospital string
	outputOn models.Date
	password string // needed to open the file, "" for none
	sheets   []*sheet
	turned   []liaison.Turned // see addTurned
}

// addSheet appends an empty sheet. name has at most 31 characters and none of
// []:*?/\ .
func (b *book) addSheet(name string, p page) *sheet {
	s := &sheet{name: name, page: p}
	b.sheets = append(b.sheets, s)
	return s
}

// save writes the workbook to path (.xlsx). An error is a models.Error with a
// sentence for the user, and leaves an existing file untouched.
func (b *book) save(ctx context.Context, path string) error {
	if err := checkTarget(path); err != nil {
		return err // check before the work, not after it
	}
	if err := CheckPassword(b.password); err != nil {
		return err
	}
	b.addTurned()
	// Excelize writes long sheets to temporary files until the book is saved.
	err := files.InTempDir(func(folder string) (err error) {
		file := excelize.NewFile(excelize.Options{TmpDir: folder})
		file.SetZipWriter(func(w io.Writer) excelize.ZipWriter { return &zipWriter{zip.NewWriter(w), ctx} })
		defer func() { err = errors.Join(err, file.Close()) }()
		if err := b.write(ctx, file); err != nil {
			return err
		}
		return saveFile(ctx, path, func(w io.Writer) error { return file.Write(w, b.locked()...) })
	})
	if err != nil {
		return saveError(err, path)
	}
	return nil
}

func (b *book) write(ctx context.Context, file *excelize.File) error {
	w := &writer{file: file, styles: map[look]int{}}
	w.do(file.SetDefaultFont(fontName))
	// The creation date is the report's, so that the same figures give the same
	// file.
	w.do(file.SetDocProps(&excelize.DocProperties{Title: b.title, Creator: "連携台帳", LastModifiedBy: "連携台帳",
		Created: b.stamp(), Modified: b.stamp(), Language: "ja-JP"}))
	for i, s := range b.sheets {
		if i == 0 {
			w.do(file.SetSheetName("Sheet1", s.name))
		} else {
			_, err := file.NewSheet(s.name)
			w.do(err)
		}
		if err := b.checkRows(s); err != nil {
			return err
		}
		if list := s.streamedList(); list != nil {
			if err := b.stream(ctx, w, s, list); err != nil {
				return err
			}
			continue
		}
		if err := s.write(ctx, w); err != nil {
			return err
		}
		b.setUpPage(w, s)
	}
	w.drawCharts()
	if w.err != nil {
		return models.Wrap(w.err, models.Internal, "帳票『%s』を作れませんでした。もう一度行い、続くときはログを添えてお知らせください", b.title)
	}
	return nil
}

// checkRows refuses a sheet of more rows than Excel shows.
func (b *book) checkRows(s *sheet) error {
	if n := s.rows(); n > excelize.TotalRows {
		return models.Errorf(models.Invalid, "%sのシート「%s」が %s行になり、Excelの1枚のシートに入る %s行を超えます。期間を短くするか対象を絞って、もう一度書き出してください",
			b.title, s.name, thousands(n), thousands(excelize.TotalRows))
	}
	return nil
}

func (b *book) stamp() string { return b.outputOn.String() + "T00:00:00Z" }

// Margins in inches: small enough for wide lists, large enough for any office
// printer.
const (
	sideMargin   = 0.25
	topMargin    = 0.4
	bottomMargin = 0.6
	footerMargin = 0.3
	paperA4      = 9
)

func (b *book) setUpPage(w *writer, s *sheet) {
	orientation := "portrait"
	if s.page.landscape {
		orientation = "landscape"
	}
	w.do(w.file.SetSheetProps(s.name, &excelize.SheetPropsOptions{FitToPage: ptr(true)}))
	w.do(w.file.SetPageLayout(s.name, &excelize.PageLayoutOptions{
		Size: ptr(paperA4), Orientation: &orientation, FitToWidth: ptr(1), FitToHeight: ptr(0)}))
	w.do(w.file.SetPageMargins(s.name, &excelize.PageLayoutMarginsOptions{Left: ptr(sideMargin), Right: ptr(sideMargin),
		Top: ptr(topMargin), Bottom: ptr(bottomMargin), Header: ptr(footerMargin), Footer: ptr(footerMargin)}))
	w.do(w.file.SetHeaderFooter(s.name, &excelize.HeaderFooterOptions{OddFooter: b.footer(s)}))
	w.do(w.file.SetSheetView(s.name, 0, &excelize.ViewOptions{ShowGridLines: ptr(false)}))
	scoped := func(name, area string) {
		w.do(w.file.SetDefinedName(&excelize.DefinedName{Name: name, RefersTo: quoteSheet(s.name) + "!" + area, Scope: s.name}))
	}
	scoped("_xlnm.Print_Area", fmt.Sprintf("$A$1:$%s$%d", columnName(len(s.widths)), s.lastRow))
	scoped("_xlnm.Print_Titles", fmt.Sprintf("$%d:$%d", s.repeatFrom, s.repeatTo))
}

// footer has hospital, report and sheet on the left, page n/N in the middle and
// the output date on the right. A footer holds 255 characters, and & starts a
// code in it.
func (b *book) footer(s *sheet) string {
	plain := func(text string) string { return strings.ReplaceAll(cut(clean(text), 60), "&", "&&") }
	const font = `&"` + fontName + `,標準"&8 `
	// Two lines: on a portrait page one line would overlap the page number.
	return "&L" + font + plain(b.hospital) + "\n" + plain(b.title) + "　" + plain(s.name) + "&C" + font + "&P / &N ページ&R" + font + "出力日 " + b.outputOn.String()
}

func quoteSheet(name string) string { return "'" + strings.ReplaceAll(name, "'", "''") + "'" }

func ptr[T any](v T) *T { return &v }

// columnName returns the letters of a column counted from 1. It fails only
// beyond 16,384 columns, which no report reaches.
func columnName(n int) string {
	name, err := excelize.ColumnNumberToName(n)
	if err != nil {
		return "A"
	}
	return name
}

func cellName(col, row int) string { return columnName(col) + strconv.Itoa(row) }

// writer keeps the first error of a series of calls, so that layout code needs
// no error checks. book.write reports it.
type writer struct {
	file   *excelize.File
	styles map[look]int
	charts []placedChart
	err    error
}

func (w *writer) do(err error) {
	if w.err == nil {
		w.err = err
	}
}

func (w *writer) style(l look) int {
	id, ok := w.styles[l]
	if !ok {
		var err error
		id, err = w.file.NewStyle(l.style())
		w.do(err)
		w.styles[l] = id
	}
	return id
}

// set writes a value with its style. Text is always written as a string, never
// as a formula. A blank date or text leaves the cell empty.
func (w *writer) set(sheet, cell string, value any, l look) {
	w.do(w.file.SetCellStyle(sheet, cell, cell, w.style(l)))
	switch v := value.(type) {
	case nil:
	case int:
		w.do(w.file.SetCellInt(sheet, cell, int64(v)))
	case hundredths:
		w.do(w.file.SetCellFloat(sheet, cell, v.number(), 2, 64))
	case share:
		if v.of > 0 {
			w.do(w.file.SetCellFloat(sheet, cell, v.number(), -1, 64))
		}
	case models.Date:
		if serial, ok := excelSerial(v); ok {
			w.do(w.file.SetCellInt(sheet, cell, int64(serial)))
		} else if !v.IsZero() {
			w.do(w.file.SetCellStr(sheet, cell, v.String()))
		}
	case string:
		if v != "" {
			w.do(w.file.SetCellStr(sheet, cell, clean(v)))
		}
	default:
		w.do(fmt.Errorf("reports: cell %s!%s: a %T is not a cell value", sheet, cell, value))
	}
}

// excelSerial returns the day number in Excel's 1900 calendar. Before
// 1900-03-01 that calendar is off by one (it has a 29 February 1900), so such
// dates are written as text.
func excelSerial(d models.Date) (int, bool) {
	if d < 1900_03_01 {
		return 0, false
	}
	const epoch models.Date = 1899_12_30
	return epoch.DaysUntil(d), true
}

// cellText returns the text a cell shows.
func cellText(value any) string {
	switch v := value.(type) {
	case int:
		return thousands(v)
	case hundredths:
		return v.String()
	case share:
		return v.String()
	case models.Date:
		return v.String()
	case string:
		return clean(v)
	}
	return ""
}

// thousands formats a number like the cell format #,##0.
func thousands(n int) string {
	digits := fmt.Sprint(n)
	sign := ""
	if n < 0 {
		sign, digits = "-", digits[1:]
	}
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return sign + digits
}
