package store

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"sync"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/logger"

	"renkei/models"
)

// Options are the external dependencies of a Store. The zero value is usable.
type Options struct {
	Now     func() time.Time // clock of the audit log; nil means time.Now
	Program string           // version of the program, recorded with each migration
	Log     *slog.Logger     // errors and slow queries, never values; nil means slog.Default()
	// Whole checks the whole file first, which takes seconds for a large one.
	// Without it only what Open reads is checked: see Check.
	Whole bool
}

// Store is an open register. It is safe for concurrent use.
type Store struct {
	path   string
	now    func() time.Time
	log    *slog.Logger
	writer *gorm.DB // one connection; every transaction is immediate
	reader *gorm.DB // read-only connections, so that a long report never waits
	opened opened

	closeOnce sync.Once
	closed    error // the result of closing
}

// slowQuery is the duration from which a query is logged.
const slowQuery = 200 * time.Millisecond

// closing is how long Close waits for a cancelled transaction to roll back.
const closing = 5 * time.Second

// Open opens the register at path and brings its schema up to date. A missing
// file and folder are created. Before an older schema is changed, a copy is
// made in the folder "backups" beside the file.
//
// The error is Invalid for a path that is not a register (a folder, another
// program's file, a file that does not even begin like a register or is cut
// off, with Options.Whole any damaged one) or is not safe for SQLite (network drive,
// synced folder); Newer for a register of a newer program; Unavailable when it
// cannot be opened now (no permission, disk full, locked).
func Open(ctx context.Context, path string, o Options) (*Store, error) {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.Default()
	}
	path, err := CheckPlace(path)
	if err != nil {
		return nil, err
	}
	for until := time.Now().Add(patience); ; {
		s := &Store{path: path, now: o.Now, log: o.Log}
		err := s.open(ctx, o)
		if err == nil {
			return s, nil
		}
		closed := s.Close()
		if !isBusy(err) || time.Now().After(until) {
			return nil, errors.Join(explain(ctx, err, "データを開けません", path), closed)
		}
		select {
		case <-ctx.Done():
		case <-time.After(patience / 100):
		}
	}
}

// patience is how long Open retries while another program opens or closes the
// register: to start or end its write-ahead log SQLite locks the whole file for
// a moment, and the busy timeout does not cover that lock.
const patience = 5 * time.Second

func (s *Store) open(ctx context.Context, o Options) error {
	if err := checkDriver(); err != nil {
		return err
	}
	if err := inspect(ctx, s.path); err != nil {
		return err
	}
	there, err := exists(s.path)
	if err != nil {
		return err
	}
	if s.writer, err = connect(s.path, readWrite, s.log); err != nil {
		return err
	}
	if !there {
		// It will hold patients' names, so only its owner may read it. The
		// files SQLite puts beside it get the same permissions.
		if err := os.Chmod(s.path, 0o600); err != nil {
			return err
		}
	}
	if o.Whole {
		if err := check(ctx, s.writer, whole); err != nil {
			return err
		}
	}
	if err := s.migrate(ctx, o.Program); err != nil {
		return err
	}
	if s.reader, err = connect(s.path, readOnly, s.log); err != nil {
		return err
	}
	return s.opened.look(s.path)
}

// gormConfig configures GORM: translated errors, no values in the log, no
// update without WHERE, no hidden transactions or associations.
func gormConfig(log *slog.Logger) *gorm.Config {
	return &gorm.Config{
		TranslateError:         true,
		AllowGlobalUpdate:      false,
		SkipDefaultTransaction: true,
		Logger: logger.NewSlogLogger(log, logger.Config{
			SlowThreshold:             slowQuery,
			LogLevel:                  logger.Warn,
			IgnoreRecordNotFoundError: true,
			ParameterizedQueries:      true,
		}),
	}
}

// Close ends all work with the register. The Store cannot be used afterwards.
// Closing again does nothing and returns the same error.
func (s *Store) Close() error {
	s.closeOnce.Do(func() { s.closed = s.close() })
	return s.closed
}

func (s *Store) close() error {
	var errs []error
	for _, handle := range []struct {
		db    *gorm.DB
		close func(*sql.DB) error
	}{{s.reader, (*sql.DB).Close}, {s.writer, closeLast}} {
		if handle.db == nil {
			continue
		}
		pool, err := handle.db.DB()
		if err == nil {
			err = handle.close(pool)
		}
		errs = append(errs, err)
	}
	if err := errors.Join(errs...); err != nil {
		return models.Wrap(err, models.Unavailable, "データを正しく閉じられませんでした（%s）。もう一度開いて、内容を確かめてください", s.path)
	}
	return nil
}

// closeLast closes the last connection of the file as one that may write: only
// that merges and removes the write-ahead log. A cancelled transaction drops
// the only connection in the background, so there may be none at the moment.
func closeLast(pool *sql.DB) error {
	ctx, cancel := context.WithTimeout(context.Background(), closing)
	defer cancel()
	return errors.Join(pool.PingContext(ctx), pool.Close())
}

// Path returns the absolute path of the register.
func (s *Store) Path() string { return s.path }

// Book reads the whole register in one read transaction (see View.Book). The
// caller owns the result; app shares it as part of Judged.
func (s *Store) Book(ctx context.Context) (book *models.Book, err error) {
	err = s.Read(ctx, func(v View) (err error) {
		book, err = v.Book()
		return err
	})
	return book, err
}

// Revision returns a number that grows with every committed change, also by
// another process. At an equal revision, what was read is still what is stored.
func (s *Store) Revision(ctx context.Context) (int64, error) {
	revision, err := View{s.reader.WithContext(ctx)}.Revision()
	return revision, explain(ctx, err, "データを読み取れません", s.path)
}

// explain turns an error into a sentence for the user: what could not be done
// with the file at path, and why. Errors that have a sentence keep it; nil
// stays nil.
func explain(ctx context.Context, err error, what, path string) error {
	var known *models.Error
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return models.Wrap(err, models.Canceled, "中止しました。データは元のままです")
	case errors.As(err, &known):
		return err
	}
	var onPath *fs.PathError
	var onLink *os.LinkError
	if errors.As(err, &onPath) || errors.As(err, &onLink) {
		return models.Wrap(err, models.Unavailable, "%s（%s）。空き容量と書き込みの許可を確かめてください", what, path)
	}
	return explainSQLite(err, what, path)
}
