package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/mattn/go-sqlite3"
	"gorm.io/gorm"

	"renkei/models"
	"renkei/models/files"
)

// unchanging opens a file that nobody writes to. SQLite then creates no files
// beside it.
const unchanging mode = "mode=ro&immutable=1"

// Look counts the records of a copy of a register without changing anything.
// The copy may have an older schema. The error is Invalid for a file that is
// not a readable register.
func Look(ctx context.Context, path string) (Content, error) {
	content, err := look(ctx, path)
	return content, explain(ctx, err, "控えを読み取れません", path)
}

func look(ctx context.Context, path string) (content Content, err error) {
	if path, err = filepath.Abs(path); err != nil {
		return Content{}, err
	}
	whole, err := HasHeader(path)
	if err != nil {
		return Content{}, err
	}
	if !whole {
		return Content{}, models.Errorf(models.Invalid, "「%s」は%s", path, notOurs)
	}
	m := unchanging
	if info, err := os.Stat(path + "-wal"); err == nil && info.Size() > 0 {
		m = readOnly // another program uses this copy; its newest changes are in the log beside it
	}
	if _, err := inspectAs(ctx, path, m); err != nil {
		return Content{}, err
	}
	db, err := connect(path, m, slog.New(slog.DiscardHandler))
	if err != nil {
		return Content{}, err
	}
	defer func() { err = errors.Join(err, closePool(db, (*sql.DB).Close)) }()
	err = db.WithContext(ctx).Transaction(func(tx *gorm.DB) (err error) {
		content, err = count(tx, new(sqliteFile).hasTable)
		return err
	}, &sql.TxOptions{ReadOnly: true})
	return content, err
}

// HasHeader reports whether a file begins like an SQLite database. A file left
// empty by a full disk or a broken copy does not.
func HasHeader(path string) (bool, error) {
	file, err := os.Open(path)
	if err != nil {
		return false, err
	}
	defer file.Close()
	head := make([]byte, minPage)
	if _, err := io.ReadFull(file, head); err != nil {
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			return false, nil
		}
		return false, err
	}
	return string(head[:16]) == "SQLite format 3\x00", nil
}

// IsDamaged reports whether an error of Open means that the file exists but is
// damaged.
func IsDamaged(err error) bool {
	var e sqlite3.Error
	return errors.Is(err, errDamaged) || errors.As(err, &e) && (e.Code == sqlite3.ErrCorrupt || e.Code == sqlite3.ErrNotADB)
}

// besides are the suffixes of the files SQLite keeps beside a register. They
// may hold the newest changes, so they move with it.
var besides = []string{"", "-wal", "-shm", "-journal"}

// SetAside renames the file of a register, if any, and the files SQLite keeps
// beside it to aside, or to its first free numbered variant. Nothing is
// deleted.
func SetAside(path, aside string) error {
	aside = freeOf(aside)
	for _, ending := range besides {
		there, err := exists(path + ending)
		if err != nil {
			return err
		}
		if !there {
			continue
		}
		if err := os.Rename(path+ending, aside+ending); err != nil {
			return models.Wrap(err, models.Unavailable,
				"「%s」の名前を変えて残しておくことができません。ほかのプログラムで開いていれば閉じ、書き込みの許可を確かめてください", path+ending)
		}
	}
	return nil
}

// freeOf returns the name or its first numbered variant for which no file
// exists.
func freeOf(path string) string {
	taken := func(path string) bool {
		return slices.ContainsFunc(besides, func(ending string) bool {
			there, err := exists(path + ending)
			return there || err != nil
		})
	}
	stem := strings.TrimSuffix(path, ".db")
	for n := 2; taken(path) && n < 1000; n++ {
		path = fmt.Sprintf("%s-%d.db", stem, n)
	}
	return path
}

// Restore puts a copy in place of a lost register. Existing files are renamed
// to aside. The copy is checked before anything is moved, and it is kept.
func Restore(ctx context.Context, from, path, aside string) (err error) {
	part := files.PartOf(path)
	defer func() {
		if err != nil {
			err = errors.Join(explain(ctx, err, "控えから戻せません", path), removeAll(part))
		}
	}()
	if err := removeAll(part); err != nil {
		return err
	}
	if err := duplicateCopy(ctx, from, part); err != nil {
		return err
	}
	if err := syncFile(part); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := vacate(ctx, path); err != nil {
		return err
	}
	if err := SetAside(path, aside); err != nil {
		return err
	}
	return os.Rename(part, path)
}

// duplicateCopy checks a copy of a register and makes a register of it at a path
// where no file is.
func duplicateCopy(ctx context.Context, from, path string) error {
	if _, err := look(ctx, from); err != nil {
		return err
	}
	for _, ending := range []string{"", "-wal"} {
		if err := duplicate(from+ending, path+ending); err != nil && (ending == "" || !errors.Is(err, os.ErrNotExist)) {
			return err
		}
	}
	if err := settle(ctx, path); err != nil {
		return err
	}
	// Books exported from now on do not belong to the lost register.
	return beginLineage(ctx, path)
}

// vacate refuses to move a register that another program has open: that program
// would keep writing into the renamed file. A damaged file cannot be open
// anywhere.
func vacate(ctx context.Context, path string) error {
	if whole, err := HasHeader(path); err != nil || !whole {
		return nil //nolint:nilerr // there is none, or nothing in it
	}
	if err := settle(ctx, path); isBusy(err) {
		return err
	}
	return nil
}

// settle merges a write-ahead log into its file and checks the whole file.
func settle(ctx context.Context, path string) (err error) {
	if _, err := inspectAs(ctx, path, readOnly); err != nil {
		return err
	}
	pool, err := sql.Open("sqlite3", dsn(path, "_busy_timeout=1000&_journal_mode=DELETE&_synchronous=FULL"))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, pool.Close()) }()
	pool.SetMaxOpenConns(1)
	var result string
	if err := pool.QueryRowContext(ctx, "PRAGMA integrity_check(1)").Scan(&result); err != nil {
		return err
	}
	if result != "ok" {
		return errors.Join(errDamaged, errors.New(result))
	}
	return nil
}

// duplicate copies a file, readable by its owner only.
func duplicate(from, to string) (err error) {
	source, err := os.Open(from)
	if err != nil {
		return err
	}
	defer source.Close()
	target, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, files.Private)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, target.Close()) }()
	_, err = io.Copy(target, source)
	return err
}

func removeAll(path string) error {
	var errs []error
	for _, ending := range besides {
		if err := os.Remove(path + ending); err != nil && !errors.Is(err, os.ErrNotExist) {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}
