package store

import (
	"cmp"
	"context"
	"database/sql"
	"embed"
	"errors"
	"io/fs"
	"log/slog"
	"net"
	"net/url"
	"strings"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	pg "gorm.io/driver/postgres"
	"gorm.io/gorm"

	"renkei/models"
)

// postgres is the engine of a register in a database of its own on a server.
type postgres struct {
	url string
	log *slog.Logger
	// schema is the number of the last step of the open register, 0 before it is open.
	schema atomic.Int64
}

var _ engine = (*postgres)(nil)

//go:embed migrations/postgres/*.sql
var postgresSteps embed.FS

func (e *postgres) steps() fs.FS { return postgresSteps }

// minPostgres is PostgreSQL 15.
const minPostgres = 150_000

// Connections of one PC: one to write, some to read, one that listens.
const serverReaders = 2

const (
	connectPatience = 5 * time.Second  // for a server to answer
	writePatience   = 10 * time.Second // for somebody else's writing to end
	idlePatience    = time.Minute      // until a connection nobody uses is given back
)

// checkURL refuses a URL that names no database, or a file that is no certificate.
func checkURL(place string) error {
	if err := checkCertificate(place); err != nil {
		return err
	}
	config, err := serverConfig(place)
	if err != nil {
		return models.Wrap(err, models.Invalid,
			"サーバーの指定を読み取れません。postgres://利用者@サーバー:5432/データベース の形で指定してください")
	}
	if at, err := url.Parse(place); err == nil && strings.Trim(at.Path, "/") == "" || config.Database == "" {
		return models.Errorf(models.Invalid,
			"サーバーの指定にデータベースの名前がありません。postgres://利用者@サーバー:5432/データベース の形で指定してください")
	}
	return nil
}

// serverConfig reads a URL. Unless it says otherwise, the connection is encrypted
// and the certificate of the server is checked, but for a server on this PC.
func serverConfig(place string) (*pgx.ConnConfig, error) {
	at, err := url.Parse(place)
	if err != nil {
		return nil, errors.New("not a URL") // its text may hold a password
	}
	query := at.Query()
	if query.Get("sslmode") == "" {
		query.Set("sslmode", "verify-full")
		if isThisPC(cmp.Or(query.Get("host"), at.Hostname())) {
			query.Set("sslmode", "disable")
		}
		at.RawQuery = query.Encode()
	}
	config, err := pgx.ParseConfig(at.String())
	if err != nil {
		return nil, errors.New("not a URL of PostgreSQL")
	}
	config.ConnectTimeout = connectPatience
	config.RuntimeParams["application_name"] = "renkei"
	config.RuntimeParams["timezone"] = "UTC"
	return config, nil
}

// isThisPC reports whether a server is reached without a network.
func isThisPC(host string) bool {
	ip := net.ParseIP(host)
	return host == "" || host == "localhost" || strings.HasPrefix(host, "/") || ip != nil && ip.IsLoopback()
}

// pool opens connections to the server.
func (e *postgres) pool(most int, parameters map[string]string) (*gorm.DB, error) {
	config, err := serverConfig(e.url)
	if err != nil {
		return nil, err
	}
	for name, value := range parameters {
		config.RuntimeParams[name] = value
	}
	pool := stdlib.OpenDB(*config, stdlib.OptionAfterConnect(e.refuseNewer))
	pool.SetMaxOpenConns(most)
	pool.SetMaxIdleConns(most)
	pool.SetConnMaxIdleTime(idlePatience)
	db, err := gorm.Open(pg.New(pg.Config{Conn: pool}), gormConfig(e.log))
	if err != nil {
		return nil, errors.Join(err, pool.Close())
	}
	return db, nil
}

func (e *postgres) openWriter(ctx context.Context, _ Options) (*gorm.DB, error) {
	db, err := e.pool(1, map[string]string{"lock_timeout": writePatience.String()})
	if err != nil {
		return nil, err
	}
	return db, e.inspect(db.WithContext(ctx))
}

func (e *postgres) openReader(ctx context.Context) (*gorm.DB, error) {
	reader, err := e.pool(serverReaders, nil)
	if err != nil {
		return nil, err
	}
	var moved, identity string
	var schema int64
	err = reader.WithContext(ctx).Raw("SELECT moved, identity, (SELECT max(number) FROM schema_migrations) FROM register WHERE id = 1").Row().Scan(&moved, &identity, &schema)
	if err != nil {
		return reader, err
	}
	e.schema.Store(schema)
	if moved != "" {
		return reader, &Moved{Place: e.url, To: moved, Register: identity}
	}
	return reader, nil
}

// refuseNewer refuses a new connection of an open register whose schema was changed
// since: this program does not know what it would break.
func (e *postgres) refuseNewer(ctx context.Context, conn *pgx.Conn) error {
	ours := e.schema.Load()
	if ours == 0 {
		return nil
	}
	var schema int64
	if err := conn.QueryRow(ctx, "SELECT max(number) FROM schema_migrations").Scan(&schema); err != nil {
		return err
	}
	if schema != ours {
		return newer(e.url)
	}
	return nil
}

// inspect checks that the database is ours or empty, before anything is written.
func (e *postgres) inspect(db *gorm.DB) error {
	var version, ours, others int
	err := db.Raw(`SELECT current_setting('server_version_num')::int,
		count(*) FILTER (WHERE tablename IN ('register', 'audit_log')), count(*) FROM pg_tables WHERE schemaname = 'public'`).
		Row().Scan(&version, &ours, &others)
	switch {
	case err != nil:
		return err
	case version < minPostgres:
		return checkVersion(version)
	case ours < 2 && others > 0:
		return models.Errorf(models.Invalid, "「%s」は別のプログラムのデータベースです。連携台帳のための空のデータベースを指定してください", Shown(e.url))
	}
	return nil
}

// checkVersion refuses a server that is too old; version is its server_version_num.
func checkVersion(version int) error {
	if version < minPostgres {
		return models.Errorf(models.Invalid, "サーバーの PostgreSQL が古すぎます（版 %d）。15 以降のサーバーを指定してください", version/10_000)
	}
	return nil
}

func (e *postgres) passes(error) bool { return false }

func (e *postgres) close(writer, reader *gorm.DB) error {
	return errors.Join(closePool(reader, (*sql.DB).Close), closePool(writer, (*sql.DB).Close))
}

func (e *postgres) hasTable(db *gorm.DB, name string) (there bool, err error) {
	err = db.Raw("SELECT EXISTS (SELECT 1 FROM pg_tables WHERE schemaname = 'public' AND tablename = ?)", name).Row().Scan(&there)
	return there, err
}

// migrationLock is the advisory lock of who migrates: "RNKI".
const migrationLock = 0x524e4b49

// migrating changes the schema if the tables are the user's own, one client at a
// time.
func (e *postgres) migrating(ctx context.Context, s *Store, schema int, _ bool, fn func(*gorm.DB) error) error {
	db := s.writer.WithContext(ctx)
	if err := e.mayMigrate(db, schema); err != nil {
		return err
	}
	return db.Connection(func(one *gorm.DB) (err error) {
		if err := one.Exec("SELECT pg_advisory_lock(?)", migrationLock).Error; err != nil {
			return err
		}
		unlock := one.WithContext(context.WithoutCancel(ctx))
		defer func() { err = errors.Join(err, unlock.Exec("SELECT pg_advisory_unlock(?)", migrationLock).Error) }()
		return fn(one)
	})
}

func (e *postgres) mayMigrate(db *gorm.DB, schema int) error {
	var may bool
	question := "SELECT has_schema_privilege('public', 'CREATE')"
	if schema > 0 {
		// A database that was set up has an owner that nobody is: see SetUp.
		question = "SELECT pg_get_userbyid(relowner) = current_user FROM pg_class WHERE oid = 'register'::regclass"
	}
	switch err := db.Raw(question).Row().Scan(&may); {
	case err != nil:
		return err
	case !may && schema > 0:
		return models.Errorf(models.Unavailable, "サーバーの台帳（%s）は古い版の形です。サーバーの管理者が renkei setup postgres --upgrade を行うまで、"+
			"この版では開けません", Shown(e.url))
	case !may:
		return models.Errorf(models.Unavailable, "データベース「%s」は、まだ連携台帳のために用意されていません。サーバーの管理者に renkei setup postgres を頼んでください",
			Shown(e.url))
	}
	return nil
}

func (e *postgres) migrated(*gorm.DB) error { return nil }

func (e *postgres) reads() *sql.TxOptions {
	return &sql.TxOptions{ReadOnly: true, Isolation: sql.LevelRepeatableRead}
}

// hold locks the row of the revision and takes the time from the server: clocks
// of PCs differ. To its end the transaction bears the name of who writes.
func (e *postgres) hold(tx *gorm.DB, actor string) (now time.Time, err error) {
	var name string
	err = tx.Raw("SELECT clock_timestamp(), set_config('application_name', ?, true) FROM register WHERE id = 1 FOR UPDATE", writerName(actor)).
		Row().Scan(&now, &name)
	return now, err
}

func (e *postgres) clock(db *gorm.DB) (now time.Time, err error) {
	err = db.Raw("SELECT clock_timestamp()").Row().Scan(&now)
	return now, err
}

func (e *postgres) mayWrite() error { return nil }

// A server checks its pages itself, if it was set up so (docs/server.ja.md).
func (e *postgres) check(context.Context, bool) error { return nil }

func (e *postgres) damaged() bool { return false }
