// Package words formats dates, deadlines, points and names for the window, and
// puts into words what a change does to verdicts (effect.go). It makes strings
// only: pages and widgets are elsewhere. Words of figures shared with the reports
// are in models/liaison.
package words

import (
	"fmt"
	"path/filepath"
	"strings"

	"renkei/models"
	"renkei/views/ui"
)

// LongDate returns 「2026-10-08（木）」.
func LongDate(d models.Date) string {
	if d.IsZero() {
		return ""
	}
	return d.String() + "（" + d.WeekdayName() + "）"
}

// ShortDate returns 「10/08 木」, for lists of one month.
func ShortDate(d models.Date) string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%02d/%02d %s", d.MonthNumber(), d.Day(), d.WeekdayName())
}

// Month returns 「2026年10月」.
func Month(m models.Month) string {
	return fmt.Sprintf("%d年%d月", m.Year(), m.Number())
}

// Deadline returns 「10/20 火 まで あと3日」, or how many days it has passed.
func Deadline(by, today models.Date) string {
	if by.IsZero() {
		return ""
	}
	text := ShortDate(by)
	if by.Year() != today.Year() {
		text = by.String()
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

// Points returns 「1,000点」.
func Points(n int) string { return ui.Thousands(n) + "点" }

// ShortPath shortens the path of a register to its last folder and the file.
func ShortPath(path string) string {
	if path == "" || !filepath.IsAbs(path) { // a place on a server is short
		return path
	}
	parent := filepath.Base(filepath.Dir(path))
	if parent == "." || parent == string(filepath.Separator) {
		return filepath.Base(path)
	}
	return "…" + string(filepath.Separator) + filepath.Join(parent, filepath.Base(path))
}

// FileWord makes a name usable in a file name on every system.
func FileWord(name string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if r < ' ' || strings.ContainsRune(`\/:*?"<>|`, r) {
			return '_'
		}
		return r
	}, name))
}

// Joined joins the words that are not blank.
func Joined(separator string, words ...string) string {
	kept := words[:0:0]
	for _, w := range words {
		if w != "" {
			kept = append(kept, w)
		}
	}
	return strings.Join(kept, separator)
}

// Prefixed puts a prefix before a text that is not blank.
func Prefixed(prefix, text string) string {
	if text == "" {
		return ""
	}
	return prefix + text
}

// Bracketed puts a text that is not blank between two others.
func Bracketed(open, text, close string) string {
	if text == "" {
		return ""
	}
	return open + text + close
}

// Period returns 「2024-04-01〜2026-03-31」, an open end left blank.
func Period(p models.Period) string {
	if p == (models.Period{}) {
		return ""
	}
	return p.From.String() + "〜" + p.To.String()
}

// Size returns the size of a file in whole kilobytes, rounded up: 「1,234KB」.
func Size(bytes int64) string {
	const kilo = 1024
	return fmt.Sprintf("%sKB", ui.Thousands(int((bytes+kilo-1)/kilo)))
}
