package store

import (
	"context"
	"strings"

	"gorm.io/gorm"
)

// SheetCount is the number of records of a sheet of the ledger book.
type SheetCount struct {
	Sheet   string
	Records int
}

// Content is how many records a register or a copy holds.
type Content struct {
	Revision int64        // see Store.Revision
	Sheets   []SheetCount // in the order of the ledger book
}

// Total returns the number of records. Rows of 設定 and kept verdicts of
// closings do not count: a register with only those is empty.
func (c Content) Total() int {
	total := 0
	for _, s := range c.Sheets {
		if isWork(s.Sheet) {
			total += s.Records
		}
	}
	return total
}

// isWork reports whether rows of a sheet are somebody's work.
func isWork(sheet string) bool { return sheet != settings.sheet && sheet != closedVerdicts.sheet }

// Of returns the number of records of a sheet, 0 for a sheet an older schema
// does not have.
func (c Content) Of(sheet string) int {
	for _, s := range c.Sheets {
		if s.Sheet == sheet {
			return s.Records
		}
	}
	return 0
}

// named returns the sheet name and the database name of a table.
func (t *table[T]) named() (sheet, table string) { return t.sheet, t.name }

// Content counts the records of the register.
func (s *Store) Content(ctx context.Context) (Content, error) {
	var content Content
	err := s.Read(ctx, func(v View) (err error) {
		content, err = count(v.db, s.engine.hasTable)
		return err
	})
	return content, err
}

// Empty reports whether the register holds no record: its Content().Total() is 0,
// told without counting.
func (s *Store) Empty(ctx context.Context) (bool, error) {
	var some []string
	for _, t := range tables {
		if sheet, table := t.(interface{ named() (string, string) }).named(); isWork(sheet) {
			some = append(some, `EXISTS (SELECT 1 FROM "`+table+`")`)
		}
	}
	var filled bool
	err := s.reader.WithContext(ctx).Raw("SELECT " + strings.Join(some, " OR ")).Row().Scan(&filled)
	return !filled, s.explain(ctx, err, "データを読み取れません")
}

// count counts the existing tables; an older schema has fewer.
func count(db *gorm.DB, hasTable func(*gorm.DB, string) (bool, error)) (content Content, err error) {
	if err := db.Raw("SELECT revision FROM register WHERE id = 1").Row().Scan(&content.Revision); err != nil {
		return Content{}, err
	}
	for _, s := range tables {
		sheet, table := s.(interface{ named() (string, string) }).named()
		there, err := hasTable(db, table)
		if err != nil {
			return Content{}, err
		}
		if !there {
			continue
		}
		var records int
		if err := db.Raw(`SELECT count(*) FROM "` + table + `"`).Row().Scan(&records); err != nil {
			return Content{}, err
		}
		content.Sheets = append(content.Sheets, SheetCount{sheet, records})
	}
	return content, nil
}
