package reports

import (
	"github.com/xuri/excelize/v2"
)

// fontName is the default font of Japanese Excel on Windows and Mac. BIZ
// UDPゴシック is easier to read, but its digits are 0.76 em wide: a date would
// need half as much room again.
const fontName = "游ゴシック"

// Sizes in points. The body is small because the lists are wide; the layout
// keeps it readable on paper (see sheet.target).
const (
	bodySize    = 10.0
	headingSize = 12.0
	titleSize   = 16.0
)

// linePitch is the line height of 游ゴシック as a multiple of the font size.
// Excel's own row for one line of 11 points is 18.75.
const linePitch = 1.65

// A column unit is one digit of the 11-point default font, 8 pixels. A
// half-width of the body is half of 13.3 pixels. A little padding keeps
// rounding on any screen from showing a number as ####.
const (
	unitPixels  = 8.0
	unitPerHalf = 0.845
	cellPadding = 0.7
	indentUnits = 1.2 // one indent step
)

// unitsFor returns the column width for that many half-widths.
func unitsFor(halfWidths float64) float64 { return halfWidths*unitPerHalf + cellPadding }

// halfWidthsIn returns how many half-widths of a size fit in a width.
func halfWidthsIn(units, size float64) float64 {
	return max(1, (units-cellPadding)/unitPerHalf*bodySize/size)
}

// format is the kind of value in a column.
type format int

const (
	formatText     format = iota // words, wrapped
	formatID                     // codes and numbers used as names: text, @, centred
	formatNumber                 // counts, points, yen
	formatDate                   // yyyy-mm-dd
	formatMark                   // ○ ― and short words, centred
	formatDecimal                // figures with two decimals
	formatPercent                // parts of a whole
	formatMonthDay               // a date as on forms: 11月22日
)

// ofFigures reports whether a column holds figures, so that a word in it
// (未登録) stands for one.
func (f format) ofFigures() bool {
	return f == formatDate || f == formatMonthDay || f == formatNumber || f == formatDecimal || f == formatPercent
}

// tone colours a value. A word always says the same, so colour alone carries no
// meaning.
type tone int

const (
	toneNormal tone = iota
	toneQuiet
	toneFee2
	toneFee1
	toneAction
	toneRefused
	tonePending
)

var toneColor = map[tone]string{
	toneNormal: "1B1F24", toneQuiet: "56606D", toneFee2: "0F6B3F", toneFee1: "0B57A4",
	toneAction: "8A4B00", toneRefused: "A4262C", tonePending: "6B3FA0",
}

// role is what a cell is used for.
type role int

const (
	roleBody role = iota
	roleTotal
	roleHead
	roleTitle
	roleHeading
	roleInfo
	roleNote
	roleEmpty
)

// look is a cell style. The book creates each one once.
type look struct {
	role   role
	format format
	tone   tone
	// indent moves text and figures away from the rules, where there is room.
	indent bool
}

func (l look) size() float64 {
	switch l.role {
	case roleTitle:
		return titleSize
	case roleHeading:
		return headingSize
	}
	return bodySize
}

func (l look) bold() bool {
	switch l.role {
	case roleTotal, roleHead, roleTitle, roleHeading:
		return true
	case roleBody:
		return l.tone != toneNormal && l.tone != toneQuiet
	}
	return false
}

const (
	lineColor  = "8C96A3"
	headFill   = "E3EAF2"
	totalFill  = "F3F5F8"
	dateFormat = "yyyy-mm-dd"
	// numberIndented leaves the width of a ) after the figure: LibreOffice
	// ignores the right indent of a wrapped cell.
	numberIndented = "#,##0_)"
)

func (l look) style() *excelize.Style {
	s := &excelize.Style{
		Font:      &excelize.Font{Family: fontName, Size: l.size(), Bold: l.bold(), Color: toneColor[l.tone]},
		Alignment: &excelize.Alignment{Vertical: "center", WrapText: true, Horizontal: l.horizontal()},
	}
	if l.indent && s.Alignment.Horizontal == "left" {
		s.Alignment.Indent = 1
	}
	switch l.role {
	case roleBody, roleTotal, roleHead, roleEmpty:
		for _, side := range []string{"left", "top", "right", "bottom"} {
			s.Border = append(s.Border, excelize.Border{Type: side, Color: lineColor, Style: 1})
		}
	}
	switch l.role {
	case roleHead:
		s.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{headFill}}
		return s
	case roleTotal:
		s.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{totalFill}}
	}
	l.setNumberFormat(s)
	return s
}

func (l look) horizontal() string {
	switch {
	case l.role == roleHead || l.role == roleEmpty:
		return "center"
	case l.role != roleBody && l.role != roleTotal:
		return "left"
	case l.format == formatNumber || l.format == formatDecimal || l.format == formatPercent:
		return "right"
	case l.format == formatDate || l.format == formatMonthDay || l.format == formatMark || l.format == formatID:
		return "center"
	}
	return "left"
}

func (l look) setNumberFormat(s *excelize.Style) {
	switch l.format {
	case formatID:
		s.NumFmt = 49 // @
	case formatNumber:
		s.NumFmt = 3 // #,##0
		if l.indent {
			custom := numberIndented
			s.CustomNumFmt = &custom
		}
	case formatDecimal:
		l.setCustom(s, "#,##0.00")
	case formatPercent:
		l.setCustom(s, "0.0%")
	case formatDate:
		custom := dateFormat
		s.CustomNumFmt = &custom
	case formatMonthDay:
		custom := `m"月"d"日"`
		s.CustomNumFmt = &custom
	}
}

// setCustom sets a number format, indented from the right rule where there is
// room.
func (l look) setCustom(s *excelize.Style, custom string) {
	if l.indent {
		custom += "_)"
	}
	s.CustomNumFmt = &custom
}
