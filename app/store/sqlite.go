package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"

	"github.com/mattn/go-sqlite3"
	"gorm.io/driver/sqlite"
	"gorm.io/gorm"

	"renkei/models"
)

// applicationID marks our files in the SQLite header: "RNKI".
const applicationID = 0x524e4b49

// minSQLite is SQLite 3.51.3, the first without the bug that could damage a
// database when its write-ahead log restarts.
const minSQLite = 3_051_003

// minPage is the smallest page size of SQLite, in bytes.
const minPage = 512

const notOurs = "連携台帳のデータのファイルではないか、壊れています。別のファイルを指定するか、控えから戻してください"

// readers is the number of read-only connections.
const readers = 4

// mode is how a connection uses the file.
type mode string

const (
	// FULL: a committed change survives a power cut. Immediate: a transaction
	// that reads and then writes never fails on a lock it could have waited for.
	readWrite mode = "_foreign_keys=on&_busy_timeout=5000&_journal_mode=WAL&_synchronous=FULL&_txlock=immediate"
	readOnly  mode = "mode=ro&_foreign_keys=on&_busy_timeout=5000"
	// copyWrite writes to a copy nobody else uses, without a log beside it.
	copyWrite mode = "mode=rw&_busy_timeout=5000&_synchronous=FULL"
)

// dsn returns the URI that opens the file. Settings in it apply to every
// connection of the pool; an Exec would set only one.
func dsn(path string, m mode) string {
	uri := strings.ReplaceAll(path, `\`, "/")
	if filepath.Separator == '/' {
		uri = path // on this system a backslash is part of the name
	}
	uri = strings.NewReplacer("%", "%25", "?", "%3f", "#", "%23").Replace(uri)
	if !strings.HasPrefix(uri, "/") {
		uri = "/" + uri // C:/… is written file:///C:/…
	}
	return "file://" + uri + "?" + string(m)
}

// connect opens a pool: one connection for writing, several for reading.
func connect(path string, m mode, log *slog.Logger) (*gorm.DB, error) {
	pool, err := sql.Open("sqlite3", dsn(path, m))
	if err != nil {
		return nil, err
	}
	pool.SetMaxOpenConns(1)
	pool.SetMaxIdleConns(1)
	if m == readOnly {
		pool.SetMaxOpenConns(readers)
		pool.SetMaxIdleConns(readers)
	}
	db, err := gorm.Open(sqlite.New(sqlite.Config{Conn: pool}), gormConfig(log))
	if err != nil {
		return nil, errors.Join(err, pool.Close())
	}
	return db, nil
}

// checkDriver refuses an SQLite version that may damage data.
func checkDriver() error {
	if version, number, _ := sqlite3.Version(); number < minSQLite {
		return models.Errorf(models.Internal,
			"プログラムに入っている SQLite（%s）が古く、データが壊れるおそれがあります。新しい版のプログラムに入れ替えてください", version)
	}
	return nil
}

// inspect checks an existing file before anything is written: opening it for
// writing would already change another program's database.
func inspect(ctx context.Context, path string) error { return inspectAs(ctx, path, readOnly) }

func inspectAs(ctx context.Context, path string, m mode) (err error) {
	info, err := os.Stat(path)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	// SQLite takes a file shorter than a page for an empty one.
	if info.Size() > 0 && info.Size() < minPage {
		return models.Errorf(models.Invalid, "「%s」は%s", path, notOurs)
	}
	pool, err := sql.Open("sqlite3", dsn(path, m))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, pool.Close()) }()
	// Tables first: they come with the mark in one transaction. If another
	// program is just creating the register, we see both or neither.
	var id, tables int64
	if err := pool.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_master").Scan(&tables); err != nil {
		return err
	}
	if err := pool.QueryRowContext(ctx, "PRAGMA application_id").Scan(&id); err != nil {
		return err
	}
	// A first start that was interrupted leaves no mark and no tables: start
	// again.
	if id == applicationID || id == 0 && tables == 0 {
		return nil
	}
	return models.Errorf(models.Invalid,
		"「%s」は別のプログラムのデータベースです。連携台帳のデータのファイルを指定してください", path)
}

// withoutForeignKeys runs fn on one connection that does not enforce
// references. The setting belongs to the connection and has no effect inside a
// transaction. It is switched on again whatever fn returns.
func withoutForeignKeys(db *gorm.DB, fn func(*gorm.DB) error) error {
	return db.Connection(func(one *gorm.DB) (err error) {
		if err := one.Exec("PRAGMA foreign_keys = off").Error; err != nil {
			return err
		}
		// A cancelled migration must switch them on, too.
		on := one.WithContext(context.WithoutCancel(one.Statement.Context))
		defer func() { err = errors.Join(err, on.Exec("PRAGMA foreign_keys = on").Error) }()
		return fn(one)
	})
}

// markOurs writes our mark into the header, as part of the transaction.
func markOurs(tx *gorm.DB) error {
	return tx.Exec(fmt.Sprintf("PRAGMA application_id = %d", applicationID)).Error
}

// createMigrationsTable makes the record of the applied migrations.
const createMigrationsTable = `CREATE TABLE IF NOT EXISTS schema_migrations (
    number INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    checksum TEXT NOT NULL,
    applied_at TEXT NOT NULL,
    program TEXT NOT NULL
) STRICT`

func hasTable(db *gorm.DB, name string) (bool, error) {
	var n int64
	err := db.Raw("SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = ?", name).Row().Scan(&n)
	return n > 0, err
}

// isConstraint reports whether the database refused a constraint violation.
func isConstraint(err error) bool {
	var e sqlite3.Error
	return errors.As(err, &e) && e.Code == sqlite3.ErrConstraint
}

// errDamaged is the cause when a check of the whole file fails.
var errDamaged = errors.New("damaged database")

const damaged = "データが壊れています。このファイルは触らずに残し、控え（backups フォルダ）から戻してください"

// isBusy reports whether another program has locked the file.
func isBusy(err error) bool {
	var e sqlite3.Error
	return errors.As(err, &e) && e.Code == sqlite3.ErrBusy
}

// explainSQLite turns an error of SQLite into a sentence with advice. what says
// what could not be done.
func explainSQLite(err error, what, path string) error {
	if errors.Is(err, errDamaged) {
		return models.Wrap(err, models.Invalid, "%s（%s）。%s", what, path, damaged)
	}
	var e sqlite3.Error
	if !errors.As(err, &e) {
		return models.Wrap(err, models.Internal, "%s（%s）。もう一度行い、続くときはログを添えてお知らせください", what, path)
	}
	code, reason := models.Unavailable, ""
	switch e.Code {
	case sqlite3.ErrBusy, sqlite3.ErrLocked:
		reason = "ほかの画面かプログラムが書き込み中です。終わるのを待って、もう一度行ってください"
	case sqlite3.ErrFull:
		reason = "ディスクの空きがありません。不要なファイルを消してから、もう一度行ってください"
	case sqlite3.ErrReadonly, sqlite3.ErrPerm:
		reason = "ファイルかフォルダが読み取り専用です。書き込める場所に移すか、許可を変えてください"
	case sqlite3.ErrCantOpen:
		reason = "ファイルを開くか作ることができません。フォルダがあるか、書き込みが許可されているかを確かめてください"
	case sqlite3.ErrIoErr:
		reason = "ディスクの読み書きに失敗しました。ディスクがつながっているか、空きがあるかを確かめてください"
	case sqlite3.ErrNotADB:
		code, reason = models.Invalid, notOurs
	case sqlite3.ErrCorrupt:
		code, reason = models.Invalid, damaged
	default:
		code, reason = models.Internal, "思わぬ問題が起きました。もう一度行い、続くときはログを添えてお知らせください"
	}
	return models.Wrap(err, code, "%s（%s）。%s", what, path, reason)
}
