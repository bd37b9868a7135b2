package views

import (
	"fmt"
	"image/color"
	"path/filepath"
	"strings"

	"renkei/models"
	"renkei/models/fee"
	"renkei/views/ui"
)

var weekdays = [...]string{"日", "月", "火", "水", "木", "金", "土"}

// longDate returns 「2026-10-08（木）」.
func longDate(d models.Date) string {
	if d.IsZero() {
		return ""
	}
	return d.String() + "（" + weekdays[d.Weekday()] + "）"
}

// shortDate returns 「10/08 木」, for lists of one month.
func shortDate(d models.Date) string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%02d/%02d %s", d.MonthNumber(), d.Day(), weekdays[d.Weekday()])
}

// monthWords returns 「2026年10月」.
func monthWords(m models.Month) string {
	return fmt.Sprintf("%d年%d月", m.Year(), m.Number())
}

// deadline returns 「10/20 火 まで あと3日」, or by how many days it has passed.
func deadline(by, today models.Date) string {
	if by.IsZero() {
		return ""
	}
	text := shortDate(by)
	if by.Year() != today.Year() {
		text = longDate(by)
	}
	text += " まで  "
	switch left := today.DaysUntil(by); {
	case left < 0:
		return text + fmt.Sprintf("期限を%d日過ぎています", -left)
	case left == 0:
		return text + "きょうが期限"
	default:
		return text + fmt.Sprintf("あと%d日", left)
	}
}

// resultColors are the grounds of the result badges.
var resultColors = map[fee.Result]color.Color{
	fee.Fee2:        ui.Good,
	fee.Fee1:        ui.Accent,
	fee.FeeLegacy:   ui.QuietInk,
	fee.Pending:     ui.Hold,
	fee.NotBillable: ui.Bad,
	fee.NotBilled:   ui.QuietInk,
}

// resultTint returns the badge of a result.
func resultTint(r fee.Result) ui.Tint { return ui.Tint{Word: string(r), Color: resultColors[r]} }

func points(n int) string { return ui.Thousands(n) + "点" }

// shortPath shortens a path to its last folder and file.
func shortPath(path string) string {
	if path == "" {
		return ""
	}
	parent := filepath.Base(filepath.Dir(path))
	if parent == "." || parent == string(filepath.Separator) {
		return filepath.Base(path)
	}
	return "…" + string(filepath.Separator) + filepath.Join(parent, filepath.Base(path))
}

// fileWord makes a name usable within a file name on every system.
func fileWord(name string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if r < ' ' || strings.ContainsRune(`\/:*?"<>|`, r) {
			return '_'
		}
		return r
	}, name))
}

// joined joins the words that are not blank.
func joined(separator string, words ...string) string {
	kept := words[:0:0]
	for _, w := range words {
		if w != "" {
			kept = append(kept, w)
		}
	}
	return strings.Join(kept, separator)
}
