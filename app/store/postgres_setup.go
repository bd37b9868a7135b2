package store

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"net/url"

	"github.com/jackc/pgx/v5/pgconn"
	"gorm.io/gorm"

	"renkei/models"
)

// Setup says how a database is set up.
type Setup struct {
	// Owner is the role that owns the tables, User that of the program. "" means those
	// the database has, else UsualOwner and UsualUser.
	Owner, User string
	// Password is that of User. "" generates one for a new role and leaves that of a
	// role that is there.
	Password string
	// Upgrade brings the schema of a database that was set up before up to date.
	Upgrade bool

	Program string       // version of the program, recorded with each migration
	Log     *slog.Logger // nil means slog.Default()
}

// The usual names of the roles.
const (
	UsualOwner = "renkei_owner"
	UsualUser  = "renkei"
)

// Prepared is a database that was set up.
type Prepared struct {
	Owner, User  string
	Password     string // the one that was generated, which nobody can read again
	NewDatabase  bool
	NewUser      bool
	Schema       int // number of its last step
	SchemaBefore int // 0 if there was none
}

// SetUp makes a database on a server ready for the program, by the connection of an
// administrator: the database if there is none, the roles, the schema, and the rights. The
// program's role owns nothing, so that it can neither change the schema nor the audit log. A second
// run repairs the rights and changes nothing else. All but the making of the
// database is one transaction; a database that was made is removed if it fails.
//
// The error is Invalid for names, passwords, roles and databases that cannot be
// used, Newer for a schema of a newer program, else Unavailable.
func SetUp(ctx context.Context, place string, o Setup) (Prepared, error) {
	e := &postgres{url: place, log: cmp.Or(o.Log, slog.Default())}
	list, err := migrations(e.steps())
	if err != nil {
		return Prepared{}, err
	}
	return e.setUp(ctx, o, list)
}

func (e *postgres) setUp(ctx context.Context, o Setup, list []migration) (done Prepared, err error) {
	if !IsServer(e.url) {
		return done, models.Errorf(models.Invalid, "サーバーのデータベースを postgres://管理者@サーバー:5432/データベース の形で指定してください")
	}
	if err := errors.Join(checkURL(e.url), o.check()); err != nil {
		return done, err
	}
	made, err := e.makeDatabase(ctx, o)
	if err != nil {
		return done, e.explainSetUp(ctx, err)
	}
	db, err := e.pool(1, map[string]string{"lock_timeout": writePatience.String()})
	if err != nil {
		return done, e.explainSetUp(ctx, err)
	}
	s := setup{Setup: o, e: e, ctx: ctx}
	err = db.WithContext(ctx).Transaction(func(tx *gorm.DB) error { return s.run(tx, list) })
	err = errors.Join(err, closePool(db, closeAll))
	if err != nil && made {
		err = errors.Join(err, e.dropDatabase(context.WithoutCancel(ctx)))
	}
	s.done.NewDatabase = made
	return s.done, e.explainSetUp(ctx, err)
}

// makeDatabase makes the database if there is none, after it looked whether all else
// can be done.
func (e *postgres) makeDatabase(ctx context.Context, o Setup) (made bool, err error) {
	db, err := e.pool(1, nil) // which connects
	if err == nil {
		return false, closePool(db, closeAll)
	}
	if !isState(err, "3D000") || o.Upgrade {
		return false, err
	}
	err = e.administer(ctx, func(admin *gorm.DB) error {
		s := setup{Setup: o, e: e, ctx: ctx}
		if err := errors.Join(s.checkServer(admin), s.checkAdministrator(admin, true)); err != nil {
			return err
		}
		if _, err := s.roles(admin); err != nil {
			return err
		}
		// The same whatever the language of the server: a file sorts by code point, too.
		return admin.Exec("CREATE DATABASE " + quoted(e.database()) +
			" TEMPLATE template0 ENCODING 'UTF8' LOCALE_PROVIDER libc LC_COLLATE 'C' LC_CTYPE 'C'").Error
	})
	return err == nil, err
}

func (e *postgres) dropDatabase(ctx context.Context) error {
	return e.administer(ctx, func(admin *gorm.DB) error { return admin.Exec("DROP DATABASE " + quoted(e.database())).Error })
}

// administer runs fn on the server's own database.
func (e *postgres) administer(ctx context.Context, fn func(*gorm.DB) error) error {
	at, err := url.Parse(e.url)
	if err != nil {
		return err
	}
	at.Path = "/postgres"
	db, err := (&postgres{url: at.String(), log: e.log}).pool(1, nil)
	if err != nil {
		return err
	}
	return errors.Join(fn(db.WithContext(ctx)), closePool(db, closeAll))
}

// database is the name of the database.
func (e *postgres) database() string {
	config, err := serverConfig(e.url)
	if err != nil {
		return ""
	}
	return config.Database
}

func (e *postgres) explainSetUp(ctx context.Context, err error) error {
	const what = "データベースを用意できません"
	if known, is := explained(ctx, err); is {
		return known
	}
	if isState(err, "42501") {
		return models.Wrap(err, models.Unavailable,
			"%s（%s）。この利用者には、そのための権限がありません。サーバーの管理者（superuser か、データベースの持ち主で CREATEROLE のある利用者）でつないでください", what, Shown(e.url))
	}
	return e.explain(err, what)
}

// isState reports whether PostgreSQL answered with a state of SQL.
func isState(err error, state string) bool {
	var fault *pgconn.PgError
	return errors.As(err, &fault) && fault.Code == state
}
