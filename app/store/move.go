package store

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"time"

	"github.com/mattn/go-sqlite3"
	"gorm.io/gorm"

	"renkei/models"
	"renkei/models/files"
)

// Move takes everything from one register into another, where nothing was ever
// recorded: the records, the audit log, the imports, the numbers, identity, lineage
// and revision. Nobody writes into the first meanwhile, and nobody afterwards: it is
// marked as moved, and a file becomes read-only. Both are compared before. An error
// leaves the first register as it was and the other empty. progress may be nil; it
// counts rows.
//
// The error is Invalid for a target that is in use and for a register that holds
// nothing, Unavailable while others have the first open on a server, else as of Open.
// Of a file only the caller can know whether a window has it open.
func Move(ctx context.Context, from, to string, o Options, progress func(done, total int)) (content Content, err error) {
	if samePlace(from, to) {
		return Content{}, models.Errorf(models.Invalid, "移す元と先が同じ場所です（%s）。別の場所を指定してください", Shown(to))
	}
	source, err := Open(ctx, from, o)
	if err != nil {
		return Content{}, err
	}
	o.Whole = false
	content, err = source.moveInto(ctx, to, o, progress)
	if err = errors.Join(err, source.Close()); err == nil && !IsServer(from) {
		err = putAway(ctx, source.place)
	}
	return content, err
}

// moveInto moves everything into the register at a place.
func (s *Store) moveInto(ctx context.Context, place string, o Options, progress func(done, total int)) (Content, error) {
	return into(ctx, place, o, func(to *Store) (Content, error) {
		content, err := s.moveTo(ctx, to, progress)
		return content, explainBoth(ctx, err, s, to, "台帳を移せません")
	})
}

// into fills the register at a place. A file that was made for it is removed again
// when that fails and nothing is in it.
func into(ctx context.Context, place string, o Options, fill func(to *Store) (Content, error)) (content Content, err error) {
	there := true
	if !IsServer(place) {
		if there, err = exists(place); err != nil {
			return Content{}, err
		}
	}
	to, err := Open(ctx, place, o)
	if err != nil {
		return Content{}, err
	}
	content, err = fill(to)
	// A transaction that was committed may have ended in an error all the same: what
	// is there may be the only register by now.
	empty, unsure := to.Empty(context.WithoutCancel(ctx))
	err = errors.Join(err, to.Close())
	if err != nil && !there && empty && unsure == nil {
		err = errors.Join(err, removeAll(to.place))
	}
	return content, err
}

// samePlace reports whether two places are one as far as can be told from outside.
func samePlace(a, b string) bool {
	if IsServer(a) != IsServer(b) {
		return false
	}
	if IsServer(a) {
		return Shown(a) == Shown(b)
	}
	one, errA := os.Stat(a)
	other, errB := os.Stat(b)
	return errA == nil && errB == nil && os.SameFile(one, other)
}

// moving is who writes while a register is moved, to those who wait.
const moving = "台帳を移している人"

// moveTo moves everything in a transaction of each side. The mark is in place before
// the target commits, so that only the last commit remains.
func (s *Store) moveTo(ctx context.Context, to *Store, progress func(done, total int)) (content Content, err error) {
	mark, filled := WithoutPassword(to.place), false
	err = s.writer.WithContext(ctx).Transaction(func(from *gorm.DB) error {
		if _, err := s.engine.hold(from, moving); err != nil {
			return err
		}
		var revision int64
		var moved string
		switch err := from.Raw("SELECT revision, moved FROM register WHERE id = 1").Row().Scan(&revision, &moved); {
		case err != nil:
			return err
		case moved != "":
			return &Moved{Place: s.place, To: moved}
		case revision == 0:
			return models.Errorf(models.Invalid, "「%s」には何も入っていません。移す元の台帳を確かめてください", Shown(s.place))
		}
		if err := s.engine.refuseOthers(s.reader.WithContext(ctx), from); err != nil {
			return err
		}
		if err := errors.Join(s.engine.mayWrite(), from.Exec("UPDATE register SET moved = ? WHERE id = 1", mark).Error); err != nil {
			return err
		}
		content, err = to.fill(ctx, from, progress)
		filled = err == nil
		return err
	})
	if err != nil && filled {
		err = s.markAgain(ctx, mark, content.Revision, err)
	}
	return content, err
}

// markAgain marks a register as moved whose commit of the mark failed: all that it
// holds is in the other already.
func (s *Store) markAgain(ctx context.Context, mark string, revision int64, lost error) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), patience)
	defer cancel()
	for {
		done := s.writer.WithContext(ctx).Exec("UPDATE register SET moved = ? WHERE id = 1 AND revision = ?", mark, revision)
		if done.Error == nil && done.RowsAffected == 1 {
			return nil
		}
		select {
		case <-ctx.Done():
			return models.Wrap(lost, models.Unavailable,
				"「%s」へ移し終えましたが、元の台帳（%s）に移した印をつけられませんでした。元の台帳はもう使わず、移した先を開いてください", Shown(mark), Shown(s.place))
		case <-time.After(patience / 20):
		}
	}
}

// fill copies everything of another register into this one, where nothing was ever
// recorded, in one transaction.
func (s *Store) fill(ctx context.Context, from *gorm.DB, progress func(done, total int)) (content Content, err error) {
	var o models.Origin
	if err := (View{from}).origin(&o); err != nil {
		return Content{}, err
	}
	finished := false
	err = s.writer.WithContext(ctx).Transaction(func(to *gorm.DB) error {
		if _, err := s.engine.hold(to, moving); err != nil {
			return err
		}
		if err := refuseUsed(to, s.place); err != nil {
			return err
		}
		if err := transfer(ctx, from, to, progress); err != nil {
			return err
		}
		if content, err = count(to, s.engine.hasTable); err != nil {
			return err
		}
		finished = true
		return s.engine.mayWrite()
	})
	if err != nil && finished {
		err = s.afterLostCommit(ctx, err, "SELECT count(*) FROM register WHERE identity = ? AND lineage = ? AND revision = ?", o.Register, o.Lineage, o.Revision)
	}
	return content, err
}

// refuseUsed refuses a register in which something was recorded, even if it was
// removed since: the audit log keeps it.
func refuseUsed(db *gorm.DB, place string) error {
	for _, name := range allTables() {
		var used bool
		if err := db.Raw("SELECT EXISTS (SELECT 1 FROM " + name + ")").Row().Scan(&used); err != nil {
			return err
		}
		if used {
			return models.Errorf(models.Invalid, "「%s」はすでに使われています（記録か変更の履歴が入っています）。空のデータベースか、まだないファイルを指定してください", Shown(place))
		}
	}
	return nil
}

// explainBoth explains an error of work on two registers by the one it came from.
func explainBoth(ctx context.Context, err error, from, to *Store, what string) error {
	if of := isOfFile(err); IsServer(from.place) == !of && IsServer(to.place) == of {
		return from.explain(ctx, err, what)
	}
	return to.explain(ctx, err, what)
}

// isOfFile reports whether an error is one of SQLite.
func isOfFile(err error) bool {
	var e sqlite3.Error
	return errors.As(err, &e)
}

// putAway makes the file of a register that was moved one file, if nobody else has it
// open, and read-only.
func putAway(ctx context.Context, path string) error {
	if err := settle(ctx, path); err != nil && !isBusy(err) {
		return explain(ctx, err, "移し終えましたが、元のファイルを閉じられません", path)
	}
	if err := os.Chmod(path, 0o400); err != nil {
		return models.Wrap(err, models.Unavailable, "移し終えましたが、元のファイル「%s」を読み取り専用にできません。開いても書き込みはできません", path)
	}
	return nil
}

// RestoreInto puts a copy, also one of an older schema, into a register in which
// nothing was ever recorded. It begins a lineage of its own there. The copy stays as
// it is. The error is Invalid for a copy that cannot be read and for a register that
// is in use, else as of Open.
func RestoreInto(ctx context.Context, copied, place string, o Options, progress func(done, total int)) (content Content, err error) {
	err = files.InTempDir(func(folder string) error {
		path := filepath.Join(folder, "renkei.db")
		if err := duplicateCopy(ctx, copied, path); err != nil {
			return explain(ctx, err, "控えを読み取れません", copied)
		}
		from, err := Open(ctx, path, o) // which migrates it
		if err != nil {
			return err
		}
		content, err = into(ctx, place, o, func(to *Store) (content Content, err error) {
			err = from.reader.WithContext(ctx).Transaction(func(db *gorm.DB) error {
				content, err = to.fill(ctx, db, progress)
				return err
			}, from.engine.reads())
			return content, explainBoth(ctx, err, from, to, "控えから戻せません")
		})
		return errors.Join(err, from.Close())
	})
	return content, err
}
