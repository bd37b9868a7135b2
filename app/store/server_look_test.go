package store

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"io"
	"net"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/app/store/storetest"
	"renkei/models"
)

func TestWhatIsOnAServerIsToldWithoutChangingIt(t *testing.T) {
	ctx := context.Background()
	t.Run("an empty database stays empty", func(t *testing.T) {
		place := storetest.Database(t, "")
		for range 2 {
			found, err := LookAtServer(ctx, place)
			require.NoError(t, err)
			assert.Equal(t, OnServer{}, found)
		}
	})
	t.Run("a register that was set up and not used", func(t *testing.T) {
		s := openServer(t)
		found, err := LookAtServer(ctx, s.Place())
		require.NoError(t, err)
		assert.Zero(t, found.Content.Total())
		assert.True(t, found.Changed.IsZero())
	})
	t.Run("a register in use", func(t *testing.T) {
		s := openServer(t)
		upsert(t, s, fullBook())
		found, err := LookAtServer(ctx, s.Place())
		require.NoError(t, err)
		assert.Equal(t, 14, found.Content.Total())
		assert.Equal(t, fullBook().Settings, found.Settings)
		entries, err := s.Audit(ctx, 0)
		require.NoError(t, err)
		assert.True(t, entries[len(entries)-1].At.Equal(found.Changed))
		assert.Equal(t, time.UTC, found.Changed.Location())
		assert.Equal(t, found.Content.Revision, revision(t, s))
	})
}

func TestAServerThatCannotBeWorkedOnIsNamedBeforeItIsChosen(t *testing.T) {
	server := storetest.Server(t)
	storetest.Do(t, server, `DO $$ BEGIN CREATE ROLE guest LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$`)
	others := storetest.Database(t, "")
	storetest.Do(t, others, "CREATE TABLE customers (id int)")
	newer, reading := storetest.Database(t, ""), storetest.Database(t, "")
	require.NoError(t, openAt(t, newer).Close())
	storetest.Do(t, newer, "INSERT INTO schema_migrations VALUES (99, 'future', 'x', '', '9.0.0')")
	require.NoError(t, openAt(t, reading).Close())
	storetest.Do(t, reading, "GRANT SELECT ON ALL TABLES IN SCHEMA public TO guest")
	moved := storetest.Database(t, "")
	require.NoError(t, openAt(t, moved).Close())
	storetest.Do(t, moved, "ALTER TABLE register ADD COLUMN IF NOT EXISTS moved TEXT NOT NULL DEFAULT ''")
	storetest.Do(t, moved, "UPDATE register SET moved = 'new.local/renkei'")
	closed := storetest.Database(t, "")
	require.NoError(t, openAt(t, closed).Close())
	for name, c := range map[string]struct {
		place string
		code  models.Code
		says  string
	}{
		"no database named":      {"postgres://a@127.0.0.1:1/", models.Invalid, "データベースの名前がありません"},
		"no such certificate":    {"postgres://a@127.0.0.1:1/renkei?sslrootcert=/nowhere.crt", models.Invalid, "証明書のファイル「/nowhere.crt」"},
		"no such host":           {"postgres://a@no-such-host.invalid/renkei", models.Unavailable, "その名前のサーバーが見つかりません"},
		"nobody listens":         {"postgres://a@127.0.0.1:1/renkei", models.Unavailable, "サーバーにつながりません"},
		"no such database":       {storetest.In(t, server, "nowhere"), models.Unavailable, "その名前のデータベースがありません"},
		"no such user":           {strings.Replace(reading, "admin@", "nobody:x@", 1), models.Unavailable, "許していません"},
		"another program's":      {others, models.Invalid, "別のプログラムのデータベース"},
		"a newer register":       {newer, models.Newer, "新しい版"},
		"empty, and no rights":   {guest(storetest.Database(t, "")), models.Unavailable, "renkei setup postgres"},
		"a register not for you": {guest(closed), models.Unavailable, "権限がありません"},
		"only for reading":       {guest(reading), models.Unavailable, "権限がありません"},
		"moved elsewhere":        {moved, models.Invalid, "「new.local/renkei」に移されています"},
		"no TLS, which is asked": {reading + "?sslmode=verify-full", models.Unavailable, "暗号化"},
	} {
		_, err := LookAtServer(context.Background(), c.place)
		assert.Equal(t, c.code, models.ErrorCode(err), "%s: %v", name, err)
		assert.Contains(t, models.ErrorMessage(err), c.says, name)
		assert.False(t, IsPasswordRefused(err), name)
	}
}

func TestARefusedPasswordIsToldFromOtherFaults(t *testing.T) {
	t.Setenv("PGPASSWORD", "")
	t.Setenv("PGPASSFILE", "/nowhere")
	place := storetest.Locked(t, "nurse", "秘密 1")
	for password, refused := range map[string]bool{"%E7%A7%98%E5%AF%86%201": false, "wrong": true, "": true} {
		_, err := LookAtServer(context.Background(), strings.Replace(place, "@", ":"+password+"@", 1))
		assert.Equal(t, refused, IsPasswordRefused(err), "%q: %v", password, err)
		switch {
		case password == "":
			assert.Contains(t, models.ErrorMessage(err), "パスワードがありません")
			assert.Contains(t, models.ErrorMessage(err), "PGPASSWORD")
		case refused:
			assert.Contains(t, models.ErrorMessage(err), "パスワードが違います")
		default:
			assert.NoError(t, err)
		}
	}
}

func TestTheCertificateOfAServerIsChecked(t *testing.T) {
	certificate := storetest.Encrypting(t)
	place := storetest.Database(t, "")
	named := strings.Replace(place, "127.0.0.1", "localhost", 1)
	for name, c := range map[string]struct {
		place, says string
	}{
		"signed by whom the user names": {named + "?sslmode=verify-full&sslrootcert=" + certificate, ""},
		"signed by nobody known":        {named + "?sslmode=verify-full", "「証明書のファイル」"},
		"of another name":               {place + "?sslmode=verify-full&sslrootcert=" + certificate, "証明書の名前が違います"},
		"not checked":                   {place + "?sslmode=require", ""},
	} {
		_, err := LookAtServer(context.Background(), c.place)
		if c.says == "" {
			assert.NoError(t, err, name)
			continue
		}
		assert.Equal(t, models.Unavailable, models.ErrorCode(err), "%s: %v", name, err)
		assert.Contains(t, models.ErrorMessage(err), c.says, name)
	}
}

func TestAFaultOfACertificateIsSaid(t *testing.T) {
	e := &postgres{url: "postgres://a@db.local/renkei"}
	for says, fault := range map[string]error{
		"「証明書のファイル」に入れて":   x509.UnknownAuthorityError{},
		"証明書の名前が違います":      x509.HostnameError{Certificate: &x509.Certificate{}, Host: "db"},
		"証明書の期限が切れています":    x509.CertificateInvalidError{Reason: x509.Expired},
		"証明書を確かめられません":     x509.CertificateInvalidError{Reason: x509.NotAuthorizedToSign},
		"サーバーとのつながりが切れました": io.ErrUnexpectedEOF,
	} {
		assert.Contains(t, models.ErrorMessage(e.explain(fault, "台帳を開けません")), says)
	}
	wrapped := e.explain(&tls.CertificateVerificationError{Err: x509.HostnameError{Certificate: &x509.Certificate{}}}, "台帳を開けません")
	assert.Contains(t, models.ErrorMessage(wrapped), "証明書の名前が違います", "as the driver wraps it")
}

func TestAnOpenRegisterThatIsCutOffIsToldFromOneNeverReached(t *testing.T) {
	e := &postgres{url: "postgres://a@db.local/renkei"}
	gone := &net.OpError{Op: "dial", Err: syscall.ECONNREFUSED}
	assert.False(t, IsCut(e.explain(gone, "台帳を開けません")))
	e.schema.Store(1)
	for name, c := range map[string]struct {
		err  error
		want bool
	}{
		"nobody listens":   {gone, true},
		"an unknown name":  {&net.DNSError{}, true},
		"no answer":        {context.DeadlineExceeded, true},
		"shut down":        {&pgconn.PgError{Code: "57P01"}, true},
		"starting":         {&pgconn.PgError{Code: "57P03"}, true},
		"no rights":        {&pgconn.PgError{Code: "42501"}, false},
		"its certificate":  {x509.UnknownAuthorityError{}, false},
		"somebody writing": {&pgconn.PgError{Code: lockTimeout}, false},
	} {
		err := e.explain(c.err, "データを読み取れません")
		assert.Equal(t, c.want, IsCut(err), name)
		assert.NotContains(t, models.ErrorMessage(err), "ポート", name)
	}
}
