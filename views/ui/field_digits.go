package ui

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"golang.org/x/text/unicode/norm"
)

// digitField is the part of the fields that take no Japanese. A function reads
// the text. Leaving the field puts it into its usual form, Enter moves on.
// Full-width digits count as digits.
type digitField struct {
	typedField
	// read returns the usual form of a text, or why it cannot be read. A blank
	// text is blank.
	read func(text string) (usual, fault string)
	// step changes the value by the arrow keys; nil leaves them to the entry.
	step func(by int)
	wide float32
}

func (f *digitField) begin(hint string, width float32, read func(string) (string, string)) {
	f.entry = newEntry(&f.fieldCore, hint)
	f.entry.key, f.entry.leave, f.entry.whole = f.typedKey, f.settle, true
	f.read, f.wide = read, width
}

func (f *digitField) typedKey(name fyne.KeyName) bool {
	switch name {
	case fyne.KeyReturn, fyne.KeyEnter:
		f.moveOn()
	case fyne.KeyUp, fyne.KeyDown:
		if f.step == nil {
			return false
		}
		by := 1
		if name == fyne.KeyDown {
			by = -1
		}
		f.step(by)
	default:
		return false
	}
	return true
}

// moveOn leaves for the next field, but stays where something is wrong.
func (f *digitField) moveOn() {
	f.settle()
	if f.Fault() != "" {
		f.left()
		return
	}
	focusNext(f.entry)
}

// settle puts a text that can be read into its usual form.
func (f *digitField) settle() {
	if usual, fault := f.read(f.entry.Text); fault == "" {
		f.entry.put(usual)
	}
}

// retype replaces the text as a change by the user.
func (f *digitField) retype(text string) {
	f.entry.put(text)
	call(f.entry.edited)
	f.changed()
}

// Fault says why what is typed cannot be read.
func (f *digitField) Fault() string {
	_, fault := f.read(f.entry.Text)
	return fault
}

// Value returns the usual form, or the text as typed when it cannot be read.
func (f *digitField) Value() string {
	usual, fault := f.read(f.entry.Text)
	if fault != "" {
		return f.entry.Text
	}
	return usual
}

// Text returns the usual form, "" when the field is blank or cannot be read.
func (f *digitField) Text() string {
	usual, _ := f.read(f.entry.Text)
	return usual
}

// SetText replaces the text.
func (f *digitField) SetText(s string) { f.SetValue(s) }

// SetValue replaces the text.
func (f *digitField) SetValue(s string) {
	f.entry.put(s)
	f.settle()
	call(f.entry.edited)
}

func (f *digitField) preferredWidth() float32 { return f.wide }

// folded makes full-width characters half-width and drops the spaces.
func folded(text string) string {
	return strings.Join(strings.Fields(norm.NFKC.String(text)), "")
}

// TimeField is a time of day.
type TimeField struct{ digitField }

var _ Field = (*TimeField)(nil)

// NewTimeField returns an empty field; it takes 9:30, 930, 0930, 9時30分, 9時半
// and 9. Its text is 「09:30」.
func NewTimeField() *TimeField {
	f := &TimeField{}
	f.begin("9:30", 88, readTime)
	f.Arrange(f, f.placeEntry, f.entry)
	return f
}

var (
	reTimeParts  = regexp.MustCompile(`^(\d{1,2})[:時.](\d{1,2})?分?$`)
	reTimeDigits = regexp.MustCompile(`^(\d{1,2})(\d{2})?$`)
)

func readTime(text string) (usual, fault string) {
	s := strings.Replace(folded(text), "時半", "時30", 1)
	if s == "" {
		return "", ""
	}
	for _, re := range []*regexp.Regexp{reTimeParts, reTimeDigits} {
		if m := re.FindStringSubmatch(s); m != nil {
			hour, _ := strconv.Atoi(m[1]) // digits by the pattern
			minute, _ := strconv.Atoi(m[2])
			if hour < 24 && minute < 60 {
				return fmt.Sprintf("%02d:%02d", hour, minute), ""
			}
		}
	}
	return "", fmt.Sprintf("時刻『%s』を読み取れません。9:30 や 930 のように入力してください", strings.TrimSpace(text))
}

// NumberField is a whole number within bounds.
type NumberField struct {
	digitField
	min, max int
}

var _ Field = (*NumberField)(nil)

// NewNumberField returns an empty field for a number from min to max.
func NewNumberField(min, max int) *NumberField {
	f := &NumberField{min: min, max: max}
	f.begin("", 104, f.readNumber)
	f.step = f.stepBy
	f.Arrange(f, f.placeEntry, f.entry)
	return f
}

func (f *NumberField) readNumber(text string) (usual, fault string) {
	s := strings.ReplaceAll(folded(text), ",", "")
	if s == "" {
		return "", ""
	}
	n, err := strconv.Atoi(s)
	if err != nil {
		return "", fmt.Sprintf("『%s』は数ではありません。%sから%sまでの数を入力してください", strings.TrimSpace(text), Thousands(f.min), Thousands(f.max))
	}
	if n < f.min || n > f.max {
		return "", fmt.Sprintf("%sは使えません。%sから%sまでの数を入力してください", s, Thousands(f.min), Thousands(f.max))
	}
	return strconv.Itoa(n), ""
}

func (f *NumberField) stepBy(by int) {
	n, ok := f.Number()
	switch {
	case ok:
		n += by
	case f.Blank():
		n = max(f.min, min(f.max, 0))
	default:
		return
	}
	if n >= f.min && n <= f.max {
		f.retype(strconv.Itoa(n))
	}
}

// Number returns the number, or false when the field is blank or cannot be read.
func (f *NumberField) Number() (int, bool) {
	n, err := strconv.Atoi(f.Text())
	return n, err == nil
}

// SetNumber replaces the number.
func (f *NumberField) SetNumber(n int) { f.SetValue(strconv.Itoa(n)) }

// IDField is a patient's number: text of digits, zeros in front kept.
type IDField struct {
	digitField
	digits func() int
}

var _ Field = (*IDField)(nil)

// NewIDField returns an empty field; digits tells how many digits the
// hospital's numbers have, 0 when it is not known. Fewer digits are filled up
// with zeros on leaving.
func NewIDField(digits func() int) *IDField {
	f := &IDField{digits: digits}
	f.begin("", 152, f.readID)
	f.Arrange(f, f.placeEntry, f.entry)
	return f
}

// reID allows the letters some hospitals put in their numbers; such a number is
// kept as it is.
var reID = regexp.MustCompile(`^[0-9A-Za-z-]+$`)

func (f *IDField) readID(text string) (usual, fault string) {
	s := folded(text)
	if s == "" {
		return "", ""
	}
	if !reID.MatchString(s) {
		return "", fmt.Sprintf("『%s』に番号でない文字があります。数字で入力してください", strings.TrimSpace(text))
	}
	if strings.Trim(s, "0123456789") != "" {
		return s, ""
	}
	want := f.digits()
	if want > 0 && len(s) > want {
		if s = strings.TrimLeft(s, "0"); len(s) > want {
			return "", fmt.Sprintf("『%s』は%d桁を超えています。番号を確かめてください", strings.TrimSpace(text), want)
		}
	}
	if len(s) < want {
		s = strings.Repeat("0", want-len(s)) + s
	}
	return s, ""
}
