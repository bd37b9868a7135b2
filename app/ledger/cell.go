package ledger

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"renkei/models"
)

// maxCellUnits is the number of UTF-16 units an Excel cell holds.
const maxCellUnits = 32767

// cell is one cell of a source.
type cell struct {
	text     string
	excel    bool // from a workbook, where a number may be a day number
	date1904 bool // day numbers count from 1904-01-01
	form     form
}

// form is what a workbook says about a cell besides its text.
type form int

const (
	formPlain      form = iota
	formError           // a formula with an error, whatever its text
	formNoResult        // a formula saved without its result, as programs do that cannot calculate
	formDate            // a number shown as a date
	formLongNumber      // a number with more digits than Excel keeps
)

// clean changes line breaks to \n, drops control characters (a database refuses
// NUL) and invisible marks, and trims spaces of every width.
func clean(s string) string {
	if plain(s) {
		return s
	}
	if strings.IndexByte(s, '\r') >= 0 {
		s = lineBreaks.Replace(s)
	}
	s = strings.Map(func(r rune) rune {
		if r == '\n' || r == '\t' {
			return r
		}
		if unicode.IsControl(r) || r == '\uFEFF' || r == '\u200B' {
			return -1
		}
		return r
	}, s)
	return strings.TrimFunc(s, unicode.IsSpace)
}

var lineBreaks = strings.NewReplacer("\r\n", "\n", "\r", "\n")

// plain reports whether s is printable ASCII without a space at either end.
// Most cells are.
func plain(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] <= ' ' || s[i] >= 0x7f {
			return false
		}
	}
	return true
}

// fold makes values of fixed lists and codes comparable: NFKC without invisible
// characters (Cf).
func fold(s string) string {
	if plain(s) {
		return s
	}
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Cf, r) {
			return -1
		}
		return r
	}, norm.NFKC.String(s)))
}

// reErrorValue matches what programs show for a failed formula: #N/A, #DIV/0!,
// #FIELD!, Err:502, and ##### for a column too narrow for its number.
var reErrorValue = regexp.MustCompile(`^(#([A-Z][A-Z0-9_/]*[!?]|N/A|GETTING_DATA|名前\?|値!)|Err:\d{3}|#{3,})$`)

// tooLong reports whether the text has more UTF-16 units than an Excel cell
// holds.
func tooLong(s string) bool {
	if len(s) <= maxCellUnits {
		return false
	}
	units := 0
	for _, r := range s {
		units++
		if r > 0xFFFF {
			units++
		}
	}
	return units > maxCellUnits
}

// splitList splits the codes of one cell at ; ； 、 or line breaks. Repeated
// codes are taken once.
func splitList(s string) []string {
	var list []string
	for part := range strings.FieldsFuncSeq(s, func(r rune) bool {
		return r == ';' || r == '；' || r == '、' || r == '\n'
	}) {
		if part = strings.TrimFunc(part, unicode.IsSpace); part != "" && !slices.Contains(list, part) {
			list = append(list, part)
		}
	}
	return list
}

func joinList(list []string) string { return strings.Join(list, ";") }

// serial returns the value of a number. A number stored as text counts too:
// Excel makes it of a date column that was once formatted as text.
func (c cell) serial() (float64, bool) {
	if !c.excel || c.text == "" || c.text[0] < '0' || c.text[0] > '9' {
		return 0, false
	}
	f, err := strconv.ParseFloat(c.text, 64)
	return f, err == nil
}

// First and last dates read from Excel's day numbers. Numbers outside are
// typing slips (a lone year, 261122, 202610), and nobody was born then.
const (
	firstSerialDate models.Date = 1910_01_01
	lastSerialDate  models.Date = 2173_10_13
)

// date reads an Excel day number (a time after it is dropped), a number
// yyyymmdd, or text.
func (c cell) date() (models.Date, error) {
	if f, ok := c.serial(); ok && f < 100000 {
		d := serialDate(int(math.Floor(f)), c.date1904)
		if d >= firstSerialDate && d <= lastSerialDate {
			return d, nil
		}
	}
	return models.ParseDate(c.text)
}

// month reads a month. If Excel made a date of it, the month of the date.
func (c cell) month() (models.Month, error) {
	if f, ok := c.serial(); ok && f > 30000 && f < 100000 {
		return serialDate(int(f), c.date1904).Month(), nil
	}
	return models.ParseMonth(c.text)
}

// excelEpoch is day 0 of Excel's 1900 calendar for days after February 1900.
// The 1904 calendar starts 1462 days later.
const excelEpoch models.Date = 1899_12_30

func serialDate(days int, date1904 bool) models.Date {
	if date1904 {
		days += 1462
	}
	return excelEpoch.AddDays(days)
}

// dateSerial returns Excel's day number, or false for a date that must be
// written as text to be read back.
func dateSerial(d models.Date) (int, bool) {
	if d < firstSerialDate || d > lastSerialDate {
		return 0, false
	}
	return excelEpoch.DaysUntil(d), true
}

var reClockText = regexp.MustCompile(`^(\d{1,2})(?::|時)(\d{1,2})(?:分|(?::\d{1,2}(?:\.\d+)?))?$`)

// clock reads a time of day as HH:MM: 9:05, 9時5分, or Excel's fraction of a
// day. Other text is returned as it is; Validate refuses it.
func (c cell) clock() string {
	if f, ok := c.serial(); ok && (f < 1 || f > 10000 && f < 100000) {
		return clockOf(f)
	}
	m := reClockText.FindStringSubmatch(strings.ReplaceAll(fold(c.text), " ", ""))
	if m == nil {
		return c.text
	}
	h, _ := strconv.Atoi(m[1]) // two digits, by the pattern
	min, _ := strconv.Atoi(m[2])
	return hhmm(h, min)
}

// clockOf returns the time of day of Excel's day number.
func clockOf(f float64) string {
	minutes := int(math.Round((f - math.Floor(f)) * 24 * 60))
	return hhmm(minutes/60%24, minutes%60)
}

func hhmm(h, m int) string {
	two := func(n int) string { return string([]byte{byte('0' + n/10), byte('0' + n%10)}) }
	return two(h) + ":" + two(m)
}

// number reads a whole number.
func (c cell) number() (int, error) {
	n, err := strconv.Atoi(strings.ReplaceAll(fold(c.text), ",", ""))
	if err != nil {
		return 0, models.Errorf(models.Invalid, "『%s』を数として読み取れません。数字だけを入力してください", c.text)
	}
	return n, nil
}
