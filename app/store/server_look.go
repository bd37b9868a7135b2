package store

import (
	"cmp"
	"context"
	"crypto/x509"
	"errors"
	"log/slog"
	"net/url"
	"os"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"gorm.io/gorm"

	"renkei/models"
)

// OnServer is what is found in a database on a server.
type OnServer struct {
	Content  Content          // zero for a database that is not set up yet
	Settings []models.Setting // none in an older schema
	Changed  time.Time        // of the last change, in UTC; zero for none
}

// LookAtServer connects to a register on a server, as Open would, without changing
// anything. The error is Invalid for a URL with faults and for a database that is
// not ours, Newer for a register of a newer program, and Unavailable for a server
// that cannot be reached, refuses the user (see IsPasswordRefused), or has nothing
// set up that this user may work in.
func LookAtServer(ctx context.Context, place string) (found OnServer, err error) {
	if err := checkURL(place); err != nil {
		return OnServer{}, err
	}
	e := &postgres{url: place, log: slog.New(slog.DiscardHandler)}
	s := &Store{place: place, engine: e, log: e.log}
	defer func() {
		err = errors.Join(s.explain(ctx, err, "サーバーの台帳を確かめられません"), s.Close())
	}()
	if s.writer, err = e.openWriter(ctx, Options{}); err != nil {
		return OnServer{}, err
	}
	list, err := migrations(e.steps())
	if err != nil {
		return OnServer{}, err
	}
	err = s.writer.WithContext(ctx).Transaction(func(tx *gorm.DB) error {
		done, err := s.appliedMigrations(tx)
		if err != nil {
			return err
		}
		if err := s.checkApplied(done, list); err != nil {
			return err
		}
		if len(done) < len(list) {
			if err := e.mayMigrate(tx, len(done)); err != nil || len(done) == 0 {
				return err
			}
		} else if found.Settings, err = All[models.Setting](View{tx}); err != nil {
			return err
		}
		if found.Content, err = count(tx, e.hasTable); err != nil {
			return err
		}
		found.Changed, err = e.lastChange(tx)
		return err
	}, e.reads())
	return found, err
}

// lastChange is when somebody last wrote into a register that this user may write
// into.
func (e *postgres) lastChange(tx *gorm.DB) (time.Time, error) {
	var may bool
	var at, moved string
	// An older schema has no column moved.
	err := tx.Raw(`SELECT has_table_privilege('register', 'UPDATE'), coalesce((SELECT at FROM audit_log ORDER BY id DESC LIMIT 1), ''),
		coalesce(to_jsonb(register) ->> 'moved', '') FROM register`).Row().Scan(&may, &at, &moved)
	switch {
	case err != nil:
		return time.Time{}, err
	case !may:
		return time.Time{}, &pgconn.PgError{Code: insufficientPrivilege}
	case moved != "":
		return time.Time{}, models.Errorf(models.Invalid, "「%s」の台帳は「%s」に移されています。移した先を指定してください", Shown(e.url), Shown(moved))
	case at == "":
		return time.Time{}, nil
	}
	return time.Parse(time.RFC3339Nano, at)
}

// checkCertificate refuses a URL whose own certificate (sslrootcert) cannot be
// read; the driver does not say so.
func checkCertificate(place string) error {
	at, err := url.Parse(place)
	if err != nil {
		return nil //nolint:nilerr // checkURL says what is wrong
	}
	path := at.Query().Get("sslrootcert")
	if path == "" || path == "system" {
		return nil
	}
	data, err := os.ReadFile(path)
	if err == nil && !x509.NewCertPool().AppendCertsFromPEM(data) {
		err = errors.New("no certificate in PEM")
	}
	if err != nil {
		return models.Wrap(err, models.Invalid, "証明書のファイル「%s」を読み取れません。サーバーの管理者から受け取ったファイルの場所を確かめてください", path)
	}
	return nil
}

// IsLocal reports whether a place is on a server of this PC.
func IsLocal(place string) bool {
	at, err := url.Parse(place)
	return err == nil && IsServer(place) && isThisPC(cmp.Or(at.Query().Get("host"), at.Hostname()))
}

// States of SQL that are asked for.
const (
	insufficientPrivilege = "42501"
	invalidPassword       = "28P01"
	shutDown              = "57P01"
	startingUp            = "57P03"
)

// IsPasswordRefused reports whether an error of opening means that the server does
// not know the user by that password.
func IsPasswordRefused(err error) bool {
	var fault *pgconn.PgError
	return errors.As(err, &fault) && fault.Code == invalidPassword
}
