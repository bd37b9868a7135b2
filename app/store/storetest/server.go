package storetest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"
)

var started struct {
	once sync.Once
	own  *Own
	err  error
}

// Server returns an administrator's URL of the server of the tests: the one that
// RENKEI_TEST_SERVER names, else one that is started for this process and ends with
// it.
func Server(t testing.TB) string {
	t.Helper()
	if url := os.Getenv(server); url != "" {
		return url
	}
	started.once.Do(func() { started.own, started.err = newServer() })
	require.NoError(t, started.err)
	return started.own.URL
}

// Own is a server of its own in a temporary folder, on a free port of 127.0.0.1.
// PostgreSQL refuses the superuser of the system, so that it runs as the user its
// package made.
type Own struct {
	URL string // of an administrator

	bin, folder, port string
	run               *exec.Cmd
	held              io.WriteCloser // the standard input that keeps it running
}

// NewOwn starts a server for one test, which may crash it.
func NewOwn(t testing.TB) *Own {
	t.Helper()
	own, err := newServer()
	require.NoError(t, err)
	t.Cleanup(func() {
		require.NoError(t, own.held.Close())
		require.NoError(t, own.run.Wait())
	})
	return own
}

// untilRead starts a server and stops it as if it had crashed when a line comes in,
// or when nobody holds its standard input any more, also because the process of the
// tests was killed.
const untilRead = `"$0/postgres" -D data -p "$1" -k "$PWD" -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=200 >>log 2>&1 &
read -r word
kill -QUIT $!
wait
[ "$word" = keep ] || rm -rf "$PWD"`

func newServer() (*Own, error) {
	programs, err := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if err != nil || len(programs) == 0 {
		return nil, errors.New("PostgreSQL is not installed (./dev test installs it)")
	}
	folder, err := os.MkdirTemp("", "postgres-")
	if err != nil {
		return nil, err
	}
	port, err := freePort()
	if err != nil {
		return nil, err
	}
	own := &Own{
		URL: fmt.Sprintf("postgres://admin@127.0.0.1:%d/postgres", port),
		bin: filepath.Dir(programs[len(programs)-1]), folder: folder, port: strconv.Itoa(port),
	}
	make := exec.Command(filepath.Join(own.bin, "initdb"), "-D", "data", "-U", "admin", "--auth=trust", "--encoding=UTF8", "--no-locale", "--no-sync")
	if err := asOrdinaryUser(make, folder); err != nil {
		return nil, err
	}
	if out, err := make.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("initdb: %w: %s", err, out)
	}
	return own, own.start()
}

func (o *Own) start() (err error) {
	o.run = exec.Command("sh", "-c", untilRead, o.bin, o.port)
	if err := asOrdinaryUser(o.run, o.folder); err != nil {
		return err
	}
	if o.held, err = o.run.StdinPipe(); err != nil { // closed by the system when this process ends
		return err
	}
	if err := o.run.Start(); err != nil {
		return err
	}
	return answers(o.URL)
}

// Start starts the server again after a crash.
func (o *Own) Start(t testing.TB) {
	t.Helper()
	require.NoError(t, o.start())
}

// Crash ends the server at once; its data stay.
func (o *Own) Crash(t testing.TB) {
	t.Helper()
	_, err := o.held.Write([]byte("keep\n"))
	require.NoError(t, err)
	require.NoError(t, o.run.Wait())
}

// answers waits until a server answers.
func answers(url string) (err error) {
	for until := time.Now().Add(time.Minute); time.Now().Before(until); time.Sleep(50 * time.Millisecond) {
		var conn *pgx.Conn
		if conn, err = pgx.Connect(context.Background(), url); err == nil {
			return conn.Close(context.Background())
		}
	}
	return err
}

func asOrdinaryUser(command *exec.Cmd, folder string) error {
	command.Dir = folder
	if os.Geteuid() != 0 {
		return nil
	}
	ordinary, err := user.Lookup("postgres")
	if err != nil {
		return err
	}
	uid, err := strconv.Atoi(ordinary.Uid)
	if err != nil {
		return err
	}
	gid, err := strconv.Atoi(ordinary.Gid)
	if err != nil {
		return err
	}
	command.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}} //nolint:gosec // a system's numbers
	return os.Chown(folder, uid, gid)
}

func freePort() (int, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	defer listener.Close()
	return listener.Addr().(*net.TCPAddr).Port, nil
}
