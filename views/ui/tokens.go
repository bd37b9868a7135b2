package ui

import "image/color"

// The colours. Each text colour has a contrast of at least 4.5:1 on the ground
// it is used on; a test checks it.
var (
	Ground     = rgb(0xF5F7FA) // behind the pages
	Paper      = rgb(0xFFFFFF) // lists, panels, fields
	Line       = rgb(0xD5DAE1) // rules and borders
	FaintLine  = rgb(0xE8EBF0) // rules between rows
	Ink        = rgb(0x1B1F24) // text
	QuietInk   = rgb(0x56606D) // labels, sources, units
	Accent     = rgb(0x0B57A4) // selection bar, primary button, links
	AccentSoft = rgb(0xE3EDF8) // the selected row
	HoverSoft  = rgb(0xEEF2F7) // the row under the pointer
	White      = rgb(0xFFFFFF)

	Good     = rgb(0x0F6B3F) // 指導料2, done
	Warn     = rgb(0x8A4B00) // 要対応
	WarnSoft = rgb(0xFFF4E2)
	Bad      = rgb(0xA4262C) // 算定不可, errors
	BadSoft  = rgb(0xFCECEC)
	GoodSoft = rgb(0xE6F3EC)
	Hold     = rgb(0x6B3FA0) // 判定保留
)

// Spacing in steps of 4 pixels.
const (
	GapCell  = 4  // inside a cell
	CellSide = 6  // left and right of the text of a list's cell
	GapField = 8  // between fields
	GapGroup = 16 // between groups
	GapPage  = 24 // page margin of a wide window
)

// Sizes at the standard text size of 14 pixels; those that hold text grow with
// it (see Scaled).
const (
	TextSize       = 14
	MinTextSize    = 12
	MaxTextSize    = 20
	HeadingSize    = 18
	SubHeadingSize = 16

	RowHeight       = 32
	HeaderHeight    = 32
	StatusHeight    = 28
	TitleHeight     = 52
	FieldHeight     = 32
	NavigationWidth = 176
	BarWidth        = 4 // the bar that marks the current entry
	CornerRadius    = 4
	RuleThickness   = 1
)

func rgb(v uint32) color.NRGBA {
	return color.NRGBA{R: uint8(v >> 16), G: uint8(v >> 8), B: uint8(v), A: 0xFF}
}
