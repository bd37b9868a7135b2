package models

import (
	"database/sql/driver"
	"fmt"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// Mark is the value of a ○ × column: yes, no, or blank (not known).
type Mark int8

// The values of a Mark.
const (
	Unknown Mark = iota
	Yes
	No
)

// Is reports whether the mark is ○. Blank and × are both false.
func (m Mark) Is() bool { return m == Yes }

// String returns ○, × or "".
func (m Mark) String() string {
	switch m {
	case Yes:
		return "○"
	case No:
		return "×"
	}
	return ""
}

// MarkOf returns ○ for true and × for false.
func MarkOf(b bool) Mark {
	if b {
		return Yes
	}
	return No
}

// ParseMark reads ○ (also 〇, ◯, 1, true, はい), × (also 0, false, いいえ) or blank.
func ParseMark(text string) (Mark, error) {
	switch strings.ToLower(strings.TrimSpace(norm.NFKC.String(text))) {
	case "":
		return Unknown, nil
	case "○", "〇", "◯", "1", "true", "はい":
		return Yes, nil
	case "×", "✕", "✖", "0", "false", "いいえ":
		return No, nil
	}
	return Unknown, Errorf(Invalid, "『%s』は ○ か × で入力してください（空欄は未確認）", strings.TrimSpace(text))
}

// Value stores ○ as 1, × as 0 and blank as NULL.
func (m Mark) Value() (driver.Value, error) {
	switch m {
	case Yes:
		return int64(1), nil
	case No:
		return int64(0), nil
	}
	return nil, nil
}

// Scan reads what Value stored.
func (m *Mark) Scan(src any) error {
	switch v := src.(type) {
	case nil:
		*m = Unknown
	case int64:
		*m = MarkOf(v != 0)
	case bool:
		*m = MarkOf(v)
	default:
		return fmt.Errorf("mark: cannot read a %T", src)
	}
	return nil
}
