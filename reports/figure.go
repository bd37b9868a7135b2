package reports

import "fmt"

// hundredths is a figure with two decimals as an integer: 2205 is 22.05 (the
// unit of the 基準 of 入退院支援加算1, fee-rules 11-4).
type hundredths int

func (h hundredths) number() float64 { return float64(h) / 100 }

// String formats it like the cell format #,##0.00.
func (h hundredths) String() string {
	if h < 0 {
		return "-" + (-h).String()
	}
	return fmt.Sprintf("%s.%02d", thousands(int(h)/100), int(h)%100)
}

// share is a part of a whole, shown in per cent. It is blank when the whole is
// 0.
type share struct{ part, of int }

func (s share) number() float64 { return float64(s.part) / float64(s.of) }

// String formats it like the cell format 0.0%.
func (s share) String() string {
	if s.of == 0 {
		return ""
	}
	return fmt.Sprintf("%.1f%%", 100*s.number())
}
