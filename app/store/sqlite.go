package store

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"

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

// sqliteFile is the engine of a register in a file of this PC.
type sqliteFile struct {
	path   string
	log    *slog.Logger
	opened opened
}

var _ engine = (*sqliteFile)(nil)

//go:embed migrations/sqlite/*.sql
var sqliteSteps embed.FS

func (e *sqliteFile) steps() fs.FS { return sqliteSteps }

func (e *sqliteFile) openWriter(ctx context.Context, o Options) (*gorm.DB, error) {
	if err := checkDriver(); err != nil {
		return nil, err
	}
	if err := inspect(ctx, e.path); err != nil {
		return nil, err
	}
	there, err := exists(e.path)
	if err != nil {
		return nil, err
	}
	writer, err := connect(e.path, readWrite, e.log)
	if err != nil {
		return nil, err
	}
	if !there {
		// It will hold patients' names, so only its owner may read it. The
		// files SQLite puts beside it get the same permissions.
		if err := os.Chmod(e.path, 0o600); err != nil {
			return writer, err
		}
	}
	if o.Whole {
		err = check(ctx, writer, whole)
	}
	return writer, err
}

func (e *sqliteFile) openReader(context.Context) (*gorm.DB, error) {
	reader, err := connect(e.path, readOnly, e.log)
	if err == nil {
		err = e.opened.look(e.path)
	}
	return reader, err
}

func (e *sqliteFile) passes(err error) bool { return isBusy(err) }

func (e *sqliteFile) close(writer, reader *gorm.DB) error {
	return errors.Join(closePool(reader, (*sql.DB).Close), closePool(writer, closeLast))
}

// closing is how long close waits for a cancelled transaction to roll back.
const closing = 5 * time.Second

// closeLast closes the last connection of the file as one that may write: only
// that merges and removes the write-ahead log. A cancelled transaction drops
// the only connection in the background, so there may be none at the moment.
func closeLast(pool *sql.DB) error {
	ctx, cancel := context.WithTimeout(context.Background(), closing)
	defer cancel()
	return errors.Join(pool.PingContext(ctx), pool.Close())
}

func (e *sqliteFile) migrating(ctx context.Context, s *Store, schema int, rebuilds bool, fn func(*gorm.DB) error) error {
	if schema > 0 {
		if err := check(ctx, s.writer, quick); err != nil {
			return err
		}
		if err := s.backupBeforeMigrating(ctx, e.path, schema); err != nil {
			return err
		}
	}
	if rebuilds {
		return withoutForeignKeys(s.writer.WithContext(ctx), fn)
	}
	return fn(s.writer.WithContext(ctx))
}

func (e *sqliteFile) migrated(tx *gorm.DB) error {
	return errors.Join(markOurs(tx), checkReferences(tx))
}

func (e *sqliteFile) reads() *sql.TxOptions { return &sql.TxOptions{ReadOnly: true} }

// hold has nothing to wait for: a transaction for writing waits when it begins.
func (e *sqliteFile) hold(db *gorm.DB, _ string) (time.Time, error) { return e.clock(db) }

// held knows no names: a file does not say who locked it.
func (e *sqliteFile) held(_ context.Context, _ *gorm.DB, err error) error { return err }

func (e *sqliteFile) refuseOthers(_, _ *gorm.DB) error { return nil }

func (e *sqliteFile) clock(*gorm.DB) (time.Time, error) { return time.Now(), nil }

func (e *sqliteFile) mayWrite() error { return e.opened.still(e.path) }

func (e *sqliteFile) explain(err error, what string) error { return explainFile(err, what, e.path) }

func (e *sqliteFile) damaged() bool { return e.opened.damaged.Load() }

// lookEvery is how often watch looks whether another process wrote.
const lookEvery = 2 * time.Second

func (e *sqliteFile) watch(ctx context.Context, told func(error)) {
	again := time.NewTicker(lookEvery)
	defer again.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-again.C:
			told(nil)
		}
	}
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
func inspect(ctx context.Context, path string) error {
	moved, err := inspectAs(ctx, path, readOnly)
	if err == nil && moved != "" {
		return &Moved{Place: path, To: moved}
	}
	return err
}

// inspectAs also tells where the register was moved to, "" if it was not.
func inspectAs(ctx context.Context, path string, m mode) (moved string, err error) {
	info, err := os.Stat(path)
	if errors.Is(err, os.ErrNotExist) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	// SQLite takes a file shorter than a page for an empty one.
	if info.Size() > 0 && info.Size() < minPage {
		return "", models.Errorf(models.Invalid, "「%s」は%s", path, notOurs)
	}
	pool, err := sql.Open("sqlite3", dsn(path, m))
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, pool.Close()) }()
	// Tables first: they come with the mark in one transaction. If another
	// program is just creating the register, we see both or neither.
	var id, tables int64
	if err := pool.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_master").Scan(&tables); err != nil {
		return "", err
	}
	if err := pool.QueryRowContext(ctx, "PRAGMA application_id").Scan(&id); err != nil {
		return "", err
	}
	// A first start that was interrupted leaves no mark and no tables: start
	// again.
	if id == 0 && tables == 0 {
		return "", nil
	}
	if id == applicationID {
		return movedIn(ctx, pool)
	}
	return "", models.Errorf(models.Invalid,
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

func (e *sqliteFile) hasTable(db *gorm.DB, name string) (bool, error) {
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

// explainFile turns an error about a file of SQLite into a sentence with advice.
// what says what could not be done.
func explainFile(err error, what, path string) error {
	var onPath *fs.PathError
	var onLink *os.LinkError
	if errors.As(err, &onPath) || errors.As(err, &onLink) {
		return models.Wrap(err, models.Unavailable, "%s（%s）。空き容量と書き込みの許可を確かめてください", what, path)
	}
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

// explain turns an error about a file into a sentence: what could not be done,
// where and why. Errors that have a sentence keep it; nil stays nil.
func explain(ctx context.Context, err error, what, path string) error {
	if known, is := explained(ctx, err); is {
		return known
	}
	return explainFile(err, what, path)
}
