package store

import (
	"context"
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

// Check checks every page of the register while it is in use, on a connection of
// its own; thorough also compares the indexes with their tables and looks for
// references without a target. Once damage is found nothing more is written:
// every Write that changes something is refused. IsDamaged tells damage from a
// check that could not be done.
func (s *Store) Check(ctx context.Context, thorough bool) (err error) {
	how := quick
	if thorough {
		how = whole
	}
	db, err := connect(s.path, readOnly, s.log)
	if err != nil {
		return err
	}
	pool, err := db.DB()
	if err != nil {
		return err
	}
	err = errors.Join(check(ctx, db, how), pool.Close())
	if IsDamaged(err) {
		s.opened.damaged.Store(true)
	}
	return explain(ctx, err, "データを確かめられません", s.path)
}

// Damaged reports whether Check found damage.
func (s *Store) Damaged() bool { return s.opened.damaged.Load() }

// Lineage names the line of development of the register: a copy and a register
// restored from one have their own.
func (s *Store) Lineage(ctx context.Context) (lineage string, err error) {
	err = s.reader.WithContext(ctx).Raw("SELECT lineage FROM register WHERE id = 1").Row().Scan(&lineage)
	return lineage, explain(ctx, err, "データを読み取れません", s.path)
}
