package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"gorm.io/gorm"
)

// thoroughness is how much of a file a check reads: the pragmas to ask.
type thoroughness string

const (
	quick thoroughness = "quick_check"     // every page, without comparing the indexes
	whole thoroughness = "integrity_check" // the indexes and the references, too
)

// check refuses a damaged database.
func check(ctx context.Context, db *gorm.DB, how thoroughness) error {
	var result string
	if err := db.WithContext(ctx).Raw("PRAGMA " + string(how) + "(1)").Row().Scan(&result); err != nil {
		return err
	}
	if result != "ok" {
		return fmt.Errorf("%w: %s: %s", errDamaged, how, result)
	}
	if how == quick {
		return nil
	}
	if err := checkReferences(db.WithContext(ctx)); err != nil {
		return errors.Join(errDamaged, err)
	}
	return nil
}

// checkReferences refuses references without their target: those of a migration
// that leaves them behind, too.
func checkReferences(tx *gorm.DB) error {
	var broken int64
	if err := tx.Raw("SELECT count(*) FROM pragma_foreign_key_check").Row().Scan(&broken); err != nil {
		return err
	}
	if broken > 0 {
		return fmt.Errorf("foreign_key_check: %d rows", broken)
	}
	return nil
}

func (e *sqliteFile) check(ctx context.Context, thorough bool) error {
	how := quick
	if thorough {
		how = whole
	}
	db, err := connect(e.path, readOnly, e.log)
	if err != nil {
		return err
	}
	err = errors.Join(check(ctx, db, how), closePool(db, (*sql.DB).Close))
	if IsDamaged(err) {
		e.opened.damaged.Store(true)
	}
	return err
}
