// Package storetest gives tests a place for a register: a file, or, where
// RENKEI_TEST_ENGINE is "postgres", a database on a server of PostgreSQL that runs
// for the tests alone.
package storetest

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"

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
