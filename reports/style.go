package reports

import (
	"github.com/xuri/excelize/v2"
)

// fontName is the default font of Japanese Excel, there on every Windows and
// Mac that has it. BIZ UDPゴシック would be the clearer face, but its digits are
// 0.76 em wide: a date takes half as much room again.
const fontName = "游ゴシック"

// Sizes in points. The body is small because the lists are wide; the page is
// laid out so that it stays readable on paper (see sheet.target).
const (
	bodySize    = 10.0
	headingSize = 12.0
	titleSize   = 16.0
)

// linePitch is the height of a line of 游ゴシック as a multiple of its size;
// Excel's own row for one line of 11 points is 18.75.
const linePitch = 1.65

// Column widths are counted in digits of the 11-point default font, 8 pixels
// each; a half-width of the body is half of 13.3 pixels, and a little is
// added so that no screen's rounding makes a number ####.
const (
	unitPixels  = 8.0
	unitPerHalf = 0.845
	cellPadding = 0.7
	indentUnits = 1.2 // an indent of one
)

// unitsFor returns the column width that shows so many half-widths.
func unitsFor(halfWidths float64) float64 { return halfWidths*unitPerHalf + cellPadding }

// halfWidthsIn returns how many half-widths of the given size a width holds.
func halfWidthsIn(units, size float64) float64 {
	return max(1, (units-cellPadding)/unitPerHalf*bodySize/size)
}

// format is the kind of value of a column.
type format int

const (
	formatText     format = iota // words, wrapped
	formatID                     // codes and numbers that are names: text, @, centred
	formatNumber                 // counts, points, yen
	formatDate                   // yyyy-mm-dd
	formatMark                   // ○ ― and short words, centred
	formatDecimal                // figures with two decimals
	formatPercent                // parts of a whole
	formatMonthDay               // a date as forms write it: 11月22日
)

// ofFigures tells that a word in such a column stands for a figure: 未登録.
func (f format) ofFigures() bool {
	return f == formatDate || f == formatMonthDay || f == formatNumber || f == formatDecimal || f == formatPercent
}

// tone colours a value; the word says the same, so that nothing rests on colour.
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

// role is what a cell is on the sheet.
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

// look names a cell style; the book makes each only once.
type look struct {
	role   role
	format format
	tone   tone
	// indent keeps words and figures off the rules where there is room for it.
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
	// numberIndented leaves the width of a ) behind the figure; LibreOffice does
	// not keep an indent at the right of a wrapped cell.
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

// setCustom sets a format of figures, off the rule at the right where there is
// room for it.
func (l look) setCustom(s *excelize.Style, custom string) {
	if l.indent {
		custom += "_)"
	}
	s.CustomNumFmt = &custom
}
