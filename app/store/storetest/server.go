package storetest

import (
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"sync"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
)

var started struct {
	once sync.Once
	url  string
	err  error
	stop func()
}

// Server returns an administrator's URL of the server of the tests. It is the one
// ./dev test has started, else one is started for this process: Stop ends it.
func Server(t testing.TB) string {
	t.Helper()
	if url := os.Getenv(server); url != "" {
		return url
	}
	started.once.Do(func() { started.url, started.stop, started.err = start() })
	require.NoError(t, started.err)
	return started.url
}

// Stop ends the server that was started for this process, if one was.
func Stop() {
	if started.stop != nil {
		started.stop()
	}
}

// start starts a server of its own in a temporary folder, on a free port of
// 127.0.0.1. PostgreSQL refuses the superuser of the system, so that it runs as
// the user its package made.
func start() (url string, stop func(), err error) {
	programs, err := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if err != nil || len(programs) == 0 {
		return "", nil, errors.New("PostgreSQL is not installed (./dev test installs it)")
	}
	bin := filepath.Dir(programs[len(programs)-1])
	folder, err := os.MkdirTemp("", "postgres-")
	if err != nil {
		return "", nil, err
	}
	run := func(program string, args ...string) error {
		command := exec.Command(filepath.Join(bin, program), args...)
		command.Dir = folder
		if err := asOrdinaryUser(command, folder); err != nil {
			return err
		}
		if out, err := command.CombinedOutput(); err != nil {
			return fmt.Errorf("%s: %w: %s", program, err, out)
		}
		return nil
	}
	port, err := freePort()
	if err != nil {
		return "", nil, err
	}
	data := filepath.Join(folder, "data")
	if err := run("initdb", "-D", data, "-U", "admin", "--auth=trust", "--encoding=UTF8", "--no-locale", "--no-sync"); err != nil {
		return "", nil, err
	}
	options := fmt.Sprintf("-p %d -k %s -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=200", port, folder)
	if err := run("pg_ctl", "-D", data, "-o", options, "-l", filepath.Join(folder, "log"), "-w", "start"); err != nil {
		return "", nil, err
	}
	return fmt.Sprintf("postgres://admin@127.0.0.1:%d/postgres", port), func() {
		_ = run("pg_ctl", "-D", data, "-m", "immediate", "stop") // the folder goes with it
		_ = os.RemoveAll(folder)
	}, nil
}

func asOrdinaryUser(command *exec.Cmd, folder string) error {
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
