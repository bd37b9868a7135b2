package store

import (
	"bufio"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/models/booktest"
)

// killDuring starts another process on the register and kills it inside its
// transaction.
func killDuring(t *testing.T, task, path string) {
	t.Helper()
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), childTask+"="+task, childPath+"="+path)
	child.Stderr = os.Stderr
	out, err := child.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, child.Start())
	line, readErr := bufio.NewReader(out).ReadString('\n')
	require.NoError(t, child.Process.Kill())
	require.Error(t, child.Wait(), "a killed process does not end well")
	require.NoError(t, readErr)
	require.Equal(t, "ready\n", line)
}

func TestKilledProcess(t *testing.T) {
	t.Run("in the middle of a write leaves the data as it was", func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "renkei.db")
		s, err := Open(context.Background(), path, testOptions)
		require.NoError(t, err)
		upsert(t, s, fullBook())
		require.NoError(t, s.Close())

		for range 3 {
			killDuring(t, "writing", path)
		}

		s = openAt(t, path)
		assert.Equal(t, fullBook(), read(t, s))
		assert.EqualValues(t, 1, revision(t, s))
		assert.NoError(t, check(context.Background(), s.writer, whole))
		upsert(t, s, booktest.Large(10))
		assert.Len(t, read(t, s).Admissions, 11)
	})

	t.Run("in the middle of the first migration leaves a file that opens anew", func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "renkei.db")
		killDuring(t, "migrating", path)
		_, err := os.Stat(path)
		require.NoError(t, err)

		s := openAt(t, path)
		upsert(t, s, fullBook())
		assert.Equal(t, fullBook(), read(t, s))
	})
}
