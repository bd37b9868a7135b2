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
	url  string
	err  error
	hold io.Closer // the standard input that keeps it running
}

// Server returns an administrator's URL of the server of the tests: the one that
// RENKEI_TEST_SERVER names, else one that is started for this process and ends with
// it.
func Server(t testing.TB) string {
	t.Helper()
	if url := os.Getenv(server); url != "" {
		return url
	}
	started.once.Do(func() { started.url, started.err = start() })
	require.NoError(t, started.err)
	return started.url
}

// untilRead starts a server and stops it when nobody holds its standard input any
// more, also when the process of the tests was killed.
const untilRead = `"$0/postgres" -D data -p "$1" -k "$PWD" -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=200 >log 2>&1 &
read -r _
kill -QUIT $!
wait
rm -rf "$PWD"`

// start starts a server of its own in a temporary folder, on a free port of
// 127.0.0.1. PostgreSQL refuses the superuser of the system, so that it runs as
// the user its package made.
func start() (string, error) {
	programs, err := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if err != nil || len(programs) == 0 {
		return "", errors.New("PostgreSQL is not installed (./dev test installs it)")
	}
	bin := filepath.Dir(programs[len(programs)-1])
	folder, err := os.MkdirTemp("", "postgres-")
	if err != nil {
		return "", err
	}
	make := exec.Command(filepath.Join(bin, "initdb"), "-D", "data", "-U", "admin", "--auth=trust", "--encoding=UTF8", "--no-locale", "--no-sync")
	if err := asOrdinaryUser(make, folder); err != nil {
		return "", err
	}
	if out, err := make.CombinedOutput(); err != nil {
		return "", fmt.Errorf("initdb: %w: %s", err, out)
	}
	port, err := freePort()
	if err != nil {
		return "", err
	}
	run := exec.Command("sh", "-c", untilRead, bin, strconv.Itoa(port))
	if err := asOrdinaryUser(run, folder); err != nil {
		return "", err
	}
	held, err := run.StdinPipe() // closed by the system when this process ends
	if err != nil {
		return "", err
	}
	started.hold = held
	if err := run.Start(); err != nil {
		return "", err
	}
	url := fmt.Sprintf("postgres://admin@127.0.0.1:%d/postgres", port)
	return url, answers(url)
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
