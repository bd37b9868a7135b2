package models

import (
	"slices"
	"strings"
)

func (ps *Problems) required(field, value string) {
	if strings.TrimSpace(value) == "" {
		ps.add(field, "空欄です。入力してください")
	}
}

func (ps *Problems) requiredDate(field string, d Date) {
	if d == 0 {
		ps.add(field, "空欄です。日付を入力してください")
	}
}

// order refuses an end before its start.
func (ps *Problems) order(startField string, start Date, endField string, end Date) {
	if (Period{start, end}).Reversed() {
		ps.add(endField, "『%s』が%s『%s』より前です。日付を直してください", end, startField, start)
	}
}

// oneOf refuses a value outside a fixed list. Blank is allowed; required
// refuses it.
func oneOf[T ~string](ps *Problems, field string, value T, list []T) {
	if value == "" || slices.Contains(list, value) {
		return
	}
	ps.add(field, "『%s』は使えません。%s から選んでください", string(value), strings.Join(words(list), "・"))
}
