package store

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/logger"

	"renkei/models"
)

// Options are the external dependencies of a Store. The zero value is usable.
type Options struct {
	Now     func() time.Time // clock of the audit log; nil means that of this PC, or of the server
	Program string           // version of the program, recorded with each migration
	Log     *slog.Logger     // errors and slow queries, never values; nil means slog.Default()
	// Whole checks the whole file first, which takes seconds for a large one.
	// Without it only what Open reads is checked: see Check.
	Whole bool
}

// Store is an open register. It is safe for concurrent use.
type Store struct {
	place  string
	engine engine
	now    func() time.Time
	log    *slog.Logger
	writer *gorm.DB // one connection
	reader *gorm.DB // its own connections, so that a long report never waits

	closeOnce sync.Once
	closed    error // the result of closing
}

// slowQuery is the duration from which a query is logged.
const slowQuery = 200 * time.Millisecond

// Open opens the register at a place and brings its schema up to date. A missing
// file and folder are created. Before an older schema is changed, a copy is
// made in the folder "backups" beside the file. A place on a server is a URL,
// postgres://user:password@host:port/database; an empty database is set up if the
// user may.
//
// The error is Invalid for a place that is not a register (a folder, another
// program's file or database, a file that does not even begin like a register or is cut
// off, with Options.Whole any damaged one) or is not safe for SQLite (network drive,
// synced folder); Newer for a register of a newer program; Unavailable when it
// cannot be opened now (no permission, disk full, locked, no such server).
func Open(ctx context.Context, place string, o Options) (*Store, error) {
	if o.Log == nil {
		o.Log = slog.Default()
	}
	place, err := CheckPlace(place)
	if err != nil {
		return nil, err
	}
	for until := time.Now().Add(patience); ; {
		s := storeAt(place, o)
		err := s.open(ctx, o)
		if err == nil {
			return s, nil
		}
		closed := s.Close()
		if !s.engine.passes(err) || time.Now().After(until) {
			return nil, errors.Join(s.explain(ctx, err, "データを開けません"), closed)
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

func storeAt(place string, o Options) *Store {
	return &Store{place: place, engine: engineAt(place, o.Log), now: o.Now, log: o.Log}
}

func (s *Store) open(ctx context.Context, o Options) (err error) {
	if s.writer, err = s.engine.openWriter(ctx, o); err != nil {
		return err
	}
	if err := s.migrate(ctx, o.Program); err != nil {
		return err
	}
	s.reader, err = s.engine.openReader(ctx)
	return err
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
	if err := s.engine.close(s.writer, s.reader); err != nil {
		return models.Wrap(err, models.Unavailable, "データを正しく閉じられませんでした（%s）。もう一度開いて、内容を確かめてください", Shown(s.place))
	}
	return nil
}

// Place returns where the register is: the absolute path of its file, or the URL
// of its database.
func (s *Store) Place() string { return s.place }

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
	return revision, s.explain(ctx, err, "データを読み取れません")
}

// Lineage names the line of development of the register: a copy and a register
// restored from one have their own.
func (s *Store) Lineage(ctx context.Context) (lineage string, err error) {
	err = s.reader.WithContext(ctx).Raw("SELECT lineage FROM register WHERE id = 1").Row().Scan(&lineage)
	return lineage, s.explain(ctx, err, "データを読み取れません")
}

// Clock tells the time by the clock of the register, which on a server is that of
// the server: those of PCs differ.
func (s *Store) Clock(ctx context.Context) (time.Time, error) {
	now, err := s.clockIn(s.reader.WithContext(ctx))
	return now, s.explain(ctx, err, "時刻を読み取れません")
}

func (s *Store) clockIn(db *gorm.DB) (time.Time, error) {
	if s.now != nil {
		return s.now(), nil
	}
	return s.engine.clock(db)
}

// Check checks the whole stored data while it is in use; thorough also compares
// the indexes with their tables and looks for references without a target. Once
// damage is found nothing more is written: every Write that changes something is
// refused. IsDamaged tells damage from a check that could not be done. A server
// checks its own data.
func (s *Store) Check(ctx context.Context, thorough bool) error {
	return s.explain(ctx, s.engine.check(ctx, thorough), "データを確かめられません")
}

// Damaged reports whether Check found damage.
func (s *Store) Damaged() bool { return s.engine.damaged() }

// Watch calls told whenever somebody may have changed the register, also at
// another PC, until ctx ends: what changed says Since. The error of told is nil
// unless the register cannot be reached; the next nil means that it can again.
func (s *Store) Watch(ctx context.Context, told func(error)) {
	s.engine.watch(ctx, func(err error) { told(s.explain(ctx, err, "台帳の変更を受け取れません")) })
}
