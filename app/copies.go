package app

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"renkei/app/store"
	"renkei/models"
)

// Copy is a file with an earlier state of the register.
type Copy struct {
	Path string
	At   time.Time // when it was made
	// DayOnly is true if only the day of At is known: the file is named by day
	// and was moved since.
	DayOnly bool
	Size    int64         // bytes
	Content store.Content // how many records it holds
	// Fault says why the records could not be counted. Content is then zero.
	Fault error

	kind string // daily, manual, or the action it was made before
}

// Kinds of copies that are not named after an action.
const (
	dailyCopy  = ""       // one a day
	manualCopy = "manual" // made by the user; the program never removes it
	schemaCopy = "schema" // made before the schema changed; never removed
)

// When returns 「2026-11-22 07:30」, or the day alone.
func (c Copy) When() string {
	if c.DayOnly {
		return c.At.Format("2006-01-02")
	}
	return c.At.Local().Format("2006-01-02 15:04")
}

// Records returns the number of records in the copy.
func (c Copy) Records() int { return c.Content.Total() }

// CountedSheets are the sheets whose counts let users recognise a register.
var CountedSheets = []string{"連携先", "やり取り", "入院", "共同指導"}

// Counts returns 「全213件（連携先 14、入院 30、…）」, or why they are unknown.
func (c Copy) Counts() string {
	if c.Fault != nil {
		return "読み取れません"
	}
	if c.Records() == 0 {
		return "空（0件）"
	}
	var parts []string
	for _, sheet := range CountedSheets {
		if n := c.Content.Of(sheet); n > 0 {
			parts = append(parts, fmt.Sprintf("%s %d", sheet, n))
		}
	}
	words := fmt.Sprintf("全%d件", c.Records())
	if len(parts) > 0 {
		words += "（" + strings.Join(parts, "、") + "）"
	}
	return words
}

// Storage says where the register and its copies are.
type Storage struct {
	Path   string // the database
	Folder string // of the copies; may not exist yet
	Copies []Copy // newest first
	// Trouble is what is wrong with the copies (see CopyTrouble).
	Trouble string
}

// Storage returns where the register and its copies are.
func (a *App) Storage(ctx context.Context) (Storage, error) {
	s := Storage{Path: Shown(a.config.Data), Folder: copyFolder(a.config.beside), Trouble: a.CopyTrouble(ctx)}
	var err error
	if s.Copies, err = copiesOf(a.config.beside); err != nil {
		return s, err
	}
	return s, lookInto(ctx, s.Copies)
}

// copyFolder returns the folder of a register's copies.
func copyFolder(data string) string { return filepath.Join(filepath.Dir(data), "backups") }

// copyStem returns the prefix of the names of a register's copies, unique
// within its folder: 「renkei」 for renkei.db.
func copyStem(data string) string { return store.CopyStem(data) }

// copyName matches the rest of a copy's name after the stem and a hyphen:
// 2026-11-22, 2026-11-22-173005, import-20261122-173005 (-2 if that was taken),
// schema1-20261122T083005.000Z. It cannot match a copy of another register
// whose stem is longer.
var copyName = regexp.MustCompile(`^(?:(\d{4}-\d{2}-\d{2})|(\d{4}-\d{2}-\d{2}-\d{6})|([a-z]+)-(\d{8}-\d{6})(?:-\d+)?|schema\d+-(\d{8}T\d{6}\.\d{3}Z))\.db$`)

// copiesOf lists the copies of a register by name, newest first. Their records
// are not counted: see lookInto.
func copiesOf(data string) ([]Copy, error) {
	folder := copyFolder(data)
	entries, err := os.ReadDir(folder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, models.Wrap(err, models.Unavailable, "控えのフォルダ「%s」を読めません。場所と読み取りの許可を確かめてください", folder)
	}
	var copies []Copy
	for _, e := range entries {
		rest, ours := strings.CutPrefix(e.Name(), copyStem(data)+"-")
		if !ours || !e.Type().IsRegular() {
			continue
		}
		info, err := e.Info()
		if err != nil {
			continue // removed since the folder was read
		}
		c := Copy{Path: filepath.Join(folder, e.Name()), Size: info.Size()}
		if c.dated(rest, info.ModTime()) {
			copies = append(copies, c)
		}
	}
	slices.SortFunc(copies, func(a, b Copy) int { return cmp.Or(b.At.Compare(a.At), strings.Compare(b.Path, a.Path)) })
	return copies, nil
}

// dated reads kind and age of a copy from its name. It returns false if the
// name is not that of a copy. The file time changes when a file is moved to
// another disk, so it is only used for the hour of a daily copy, and only if it
// is on the day in the name.
func (c *Copy) dated(rest string, changed time.Time) bool {
	m := copyName.FindStringSubmatch(rest)
	if m == nil {
		return false
	}
	var err error
	switch {
	case m[1] != "":
		c.kind = dailyCopy
		if c.At, err = time.ParseInLocation("2006-01-02", m[1], time.Local); changed.Local().Format("2006-01-02") == m[1] {
			c.At = changed
		} else {
			c.DayOnly = true
		}
	case m[2] != "":
		c.kind = manualCopy
		c.At, err = time.ParseInLocation("2006-01-02-150405", m[2], time.Local)
	case m[3] != "":
		c.kind = m[3]
		c.At, err = time.ParseInLocation("20060102-150405", m[4], time.Local)
	default:
		c.kind = schemaCopy
		c.At, err = time.Parse("20060102T150405.000Z", m[5])
	}
	return err == nil
}

// lookInto counts the records of copies. A copy that cannot be read gets its
// Fault. The error is only for cancelled work.
func lookInto(ctx context.Context, copies []Copy) error {
	for i := range copies {
		if copies[i].Content, copies[i].Fault = store.Look(ctx, copies[i].Path); ctx.Err() != nil {
			return models.Wrap(ctx.Err(), models.Canceled, "中止しました")
		}
	}
	return nil
}

// fullShare is the share of the fullest copy's records from which a copy counts
// as full: a register loses few records by deleting, most of them by an
// accident.
const fullShare = 0.9

// bestFirst sorts copies for restoring: full ones, newest first; then others
// with records; then empty ones; then those that cannot be read.
func bestFirst(copies []Copy) []Copy {
	fullest := 0
	for _, c := range copies {
		fullest = max(fullest, c.Records())
	}
	rank := func(c Copy) int {
		switch {
		case c.Fault != nil:
			return 3
		case c.Records() == 0:
			return 2
		case float64(c.Records()) < fullShare*float64(fullest):
			return 1
		}
		return 0
	}
	best := slices.Clone(copies)
	slices.SortStableFunc(best, func(a, b Copy) int { return cmp.Compare(rank(a), rank(b)) })
	return best
}
