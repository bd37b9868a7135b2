// Package storetest gives tests a place for a register: a file, or, where
// RENKEI_TEST_ENGINE is "postgres", a database on a server of PostgreSQL that runs
// for the tests alone.
package storetest

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"math/big"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"
)

// The variables that ./dev test sets.
const (
	engine = "RENKEI_TEST_ENGINE"
	server = "RENKEI_TEST_SERVER" // an administrator's URL; without it a server is started
)

// OnServer reports whether the registers of the tests are on a server.
func OnServer() bool { return os.Getenv(engine) == "postgres" }

// Place returns a place where no register is yet: a file called renkei.db, in a
// folder with unusual characters in its name, or an empty database.
func Place(t testing.TB) string {
	t.Helper()
	if OnServer() {
		return Database(t, "")
	}
	return filepath.Join(t.TempDir(), "連携 台帳 100%#1?", "renkei.db")
}

var databases atomic.Int64

// keptHere lets what a PC keeps for registers on servers go into a folder of the
// tests.
var keptHere sync.Once

// Database makes a database for a test, a copy of the one a URL names or, for "",
// an empty one, and returns its URL. It is removed when the test ends.
func Database(t testing.TB, of string) string {
	t.Helper()
	admin := Server(t)
	keptHere.Do(func() {
		folder, err := os.MkdirTemp("", "renkei-data-")
		require.NoError(t, err)
		require.NoError(t, os.Setenv("XDG_DATA_HOME", folder))
	})
	name := fmt.Sprintf("test_%d_%d", os.Getpid(), databases.Add(1))
	template := ""
	if of != "" {
		config, err := pgx.ParseConfig(of)
		require.NoError(t, err)
		template = " TEMPLATE " + config.Database
	}
	Do(t, admin, "CREATE DATABASE "+name+template)
	t.Cleanup(func() { Do(t, admin, "DROP DATABASE IF EXISTS "+name+" WITH (FORCE)") })
	return In(t, admin, name)
}

// Unmade returns the URL of a database that is not there, and the names of two roles
// that are not there either. What was made under these names is removed when the
// test ends.
func Unmade(t testing.TB) (url, owner, user string) {
	t.Helper()
	admin := Server(t)
	name := fmt.Sprintf("unmade_%d_%d", os.Getpid(), databases.Add(1))
	t.Cleanup(func() {
		Do(t, admin, "DROP DATABASE IF EXISTS "+name+" WITH (FORCE)")
		Do(t, admin, "DROP ROLE IF EXISTS "+name+"_user, "+name+"_owner")
	})
	return In(t, admin, name), name + "_owner", name + "_user"
}

// As returns a URL with another user.
func As(t testing.TB, url, user string) string {
	t.Helper()
	config, err := pgx.ParseConfig(url)
	require.NoError(t, err)
	return fmt.Sprintf("postgres://%s@%s:%d/%s", user, config.Host, config.Port, config.Database)
}

// Kept makes an empty database that stays until the server ends, and returns its
// URL.
func Kept(t testing.TB) string {
	t.Helper()
	admin := Server(t)
	name := fmt.Sprintf("kept_%d_%d", os.Getpid(), databases.Add(1))
	Do(t, admin, "CREATE DATABASE "+name)
	return In(t, admin, name)
}

// Locked makes an empty database that its owner, a new user, enters by a password
// alone, and returns its URL without the password.
func Locked(t testing.TB, owner, password string) string {
	t.Helper()
	admin := Server(t)
	owner = fmt.Sprintf("%s_%d_%d", owner, os.Getpid(), databases.Add(1))
	Do(t, admin, "CREATE ROLE "+owner+" LOGIN PASSWORD '"+password+"'")
	t.Cleanup(func() { Do(t, admin, "DROP ROLE "+owner) })
	url := Database(t, "")
	config, err := pgx.ParseConfig(url)
	require.NoError(t, err)
	Do(t, admin, "ALTER DATABASE "+config.Database+" OWNER TO "+owner)
	rules := filepath.Join(dataFolder(t, admin), "pg_hba.conf")
	before, err := os.ReadFile(rules)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(rules, append([]byte("host all "+owner+" 127.0.0.1/32 scram-sha-256\n"), before...), 0o600))
	Do(t, admin, "SELECT pg_reload_conf()")
	locked := fmt.Sprintf("postgres://%s@%s:%d/%s", owner, config.Host, config.Port, config.Database)
	require.Eventually(t, func() bool { // the server reads the rules when it finds the time
		conn, err := pgx.Connect(context.Background(), locked)
		return err != nil || conn.Close(context.Background()) != nil
	}, time.Minute, 20*time.Millisecond)
	return locked
}

// Encrypting lets the server of the tests encrypt until the test ends, with a
// certificate of the name localhost, and returns the path of that certificate.
func Encrypting(t testing.TB) (certificate string) {
	t.Helper()
	admin := Server(t)
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	authority := &x509.Certificate{
		SerialNumber: big.NewInt(1), NotAfter: time.Now().Add(time.Hour), DNSNames: []string{"localhost"}, IsCA: true, BasicConstraintsValid: true,
	}
	signed, err := x509.CreateCertificate(rand.Reader, authority, authority, &key.PublicKey, key)
	require.NoError(t, err)
	private, err := x509.MarshalPKCS8PrivateKey(key)
	require.NoError(t, err)
	folder := dataFolder(t, admin)
	owner, err := os.Stat(filepath.Join(folder, "pg_hba.conf"))
	require.NoError(t, err)
	write := func(name, kind string, data []byte) string {
		path := filepath.Join(folder, name)
		require.NoError(t, os.WriteFile(path, pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: data}), 0o600))
		require.NoError(t, os.Chown(path, int(owner.Sys().(*syscall.Stat_t).Uid), -1))
		return path
	}
	write("server.key", "PRIVATE KEY", private)
	certificate = write("server.crt", "CERTIFICATE", signed)
	set := func(value string) {
		Do(t, admin, "ALTER SYSTEM SET ssl = "+value)
		Do(t, admin, "SELECT pg_reload_conf()")
		require.Eventually(t, func() bool {
			conn, err := pgx.Connect(context.Background(), admin+"?sslmode=require")
			if err == nil {
				err = conn.Close(context.Background())
			}
			return (err == nil) == (value == "on")
		}, time.Minute, 20*time.Millisecond)
	}
	set("on")
	t.Cleanup(func() { set("off") })
	return certificate
}

// dataFolder is where a server of this machine has its files.
func dataFolder(t testing.TB, url string) (folder string) {
	t.Helper()
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, url)
	require.NoError(t, err)
	require.NoError(t, conn.QueryRow(ctx, "SHOW data_directory").Scan(&folder))
	require.NoError(t, conn.Close(ctx))
	return folder
}

// In returns the URL of another database of the same server and user.
func In(t testing.TB, url, database string) string {
	t.Helper()
	config, err := pgx.ParseConfig(url)
	require.NoError(t, err)
	return fmt.Sprintf("postgres://%s@%s:%d/%s", config.User, config.Host, config.Port, database)
}

// Do runs a statement on a server.
func Do(t testing.TB, url, statement string) {
	t.Helper()
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, url)
	require.NoError(t, err)
	_, err = conn.Exec(ctx, statement)
	require.NoError(t, err)
	require.NoError(t, conn.Close(ctx))
}
