//go:build !windows

package store

import (
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestANewRegisterIsReadByItsOwnerAlone(t *testing.T) {
	s := openFile(t)
	for _, file := range []string{s.Place(), s.Place() + "-wal"} {
		info, err := os.Stat(file)
		require.NoError(t, err)
		assert.Equal(t, os.FileMode(0o600), info.Mode().Perm(), file)
	}
}
