package store

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"log/slog"
	"time"

	"gorm.io/gorm"

	"renkei/models"
)

// engine is the database program that keeps a register: SQLite in a file of
// this PC, or PostgreSQL on a server. What only one of them has stands in the
// files named after it. The rest of the package speaks SQL that both understand.
type engine interface {
	// steps holds its migrations.
	steps() fs.FS
	// openWriter connects to the register, which is created if there is none. The
	// error may be of a moment only: see passes.
	openWriter(ctx context.Context, o Options) (*gorm.DB, error)
	// openReader connects to a register whose schema is up to date.
	openReader(ctx context.Context) (*gorm.DB, error)
	// passes reports whether an error of opening may be gone in a moment.
	passes(err error) bool
	// close ends the connections; either may be nil.
	close(writer, reader *gorm.DB) error

	// hasTable reports whether there is a table.
	hasTable(db *gorm.DB, name string) (bool, error)
	// migrating runs fn, which migrates in one transaction, so that nobody else
	// migrates meanwhile. schema is the number of steps already there; rebuilds is
	// true if a step recreates a table.
	migrating(ctx context.Context, s *Store, schema int, rebuilds bool, fn func(*gorm.DB) error) error
	// migrated completes a step in its transaction.
	migrated(tx *gorm.DB) error

	// reads are the options of a transaction that sees one state throughout.
	reads() *sql.TxOptions
	// hold waits, as long as a person would, for the sole right to write, which the
	// transaction keeps to its end. It returns the time of its clock. Others who wait
	// may learn the name of the actor.
	hold(tx *gorm.DB, actor string) (time.Time, error)
	// held returns an error with the name of who kept a transaction waiting for too long,
	// where err says that it waited and the name is known; else err.
	held(ctx context.Context, db *gorm.DB, err error) error
	// refuseOthers refuses, with their names, while other programs have the register
	// open, as far as the database knows them. reader and writer are our connections.
	refuseOthers(reader, writer *gorm.DB) error
	// clock tells the time.
	clock(db *gorm.DB) (time.Time, error)
	// mayWrite refuses to end a transaction whose changes would be lost.
	mayWrite() error
	// explain turns one of its errors into a sentence with advice. what says what
	// could not be done.
	explain(err error, what string) error

	// check checks the stored data (see Store.Check).
	check(ctx context.Context, thorough bool) error
	// damaged reports whether check found damage.
	damaged() bool
	// copyTo writes the register into a new file of SQLite (see Store.Backup).
	copyTo(ctx context.Context, s *Store, part string) error
	// watch calls told whenever others may have written, until ctx ends: see
	// Store.Watch.
	watch(ctx context.Context, told func(error))
}

// engineAt returns the engine of the register at a place.
func engineAt(place string, log *slog.Logger) engine {
	if IsServer(place) {
		return &postgres{url: place, log: log}
	}
	return &sqliteFile{path: place, log: log}
}

// closePool closes the connections of a pool, which may be nil.
func closePool(db *gorm.DB, close func(*sql.DB) error) error {
	if db == nil {
		return nil
	}
	pool, err := db.DB()
	if err != nil {
		return err
	}
	return close(pool)
}

// explain turns an error into a sentence for the user: what could not be done,
// where and why. Errors that have a sentence keep it; nil stays nil.
func (s *Store) explain(ctx context.Context, err error, what string) error {
	if known, is := explained(ctx, err); is {
		return known
	}
	return s.engine.explain(err, what)
}

// explained returns an error that needs no engine to be explained.
func explained(ctx context.Context, err error) (error, bool) {
	var known *models.Error
	switch {
	case err == nil:
		return nil, true
	case ctx.Err() != nil:
		return models.Wrap(err, models.Canceled, "中止しました。データは元のままです"), true
	case errors.As(err, &known):
		return err, true
	}
	return err, false
}
