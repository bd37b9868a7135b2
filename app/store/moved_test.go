//go:build !windows

package store

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/models"
)

// savePartner saves a partner with a new number.
func savePartner(s *Store) error {
	return s.Write(context.Background(), "山田", func(tx *Tx) error {
		return Put(tx, &models.Partner{Name: "あおば", Kind: models.CareOffice})
	})
}

func TestNothingIsSavedIntoAFileThatIsNotTheRegistersAnyMore(t *testing.T) {
	other := migratedFile(t, "UPDATE register SET revision = 5")
	tests := []struct {
		outcome string
		change  func(path string) error
		says    string
	}{
		{"moved", func(path string) error { return os.Rename(path, path+".moved") }, "renkei.db」が移されたか"},
		{"removed", os.Remove, "renkei.db」が移されたか"},
		{"replaced", func(path string) error { return os.Rename(other, path) }, "別のファイルに替わりました"},
		{"in a folder that was renamed", func(path string) error { return os.Rename(filepath.Dir(path), filepath.Dir(path)+"2") }, "renkei.db」が移されたか"},
		{"without its log", func(path string) error { return os.Remove(path + "-wal") }, "renkei.db-wal」が移されたか、消されました"},
	}
	for _, tt := range tests {
		t.Run(tt.outcome, func(t *testing.T) {
			s := openAt(t, filepath.Join(t.TempDir(), "data", "renkei.db"))
			require.NoError(t, savePartner(s))
			require.NoError(t, tt.change(s.Place()))

			err := savePartner(s)

			require.Error(t, err)
			assert.Equal(t, models.Unavailable, models.ErrorCode(err))
			assert.Contains(t, models.ErrorMessage(err), tt.says)
			assert.Len(t, read(t, s).Partners, 1, "what was there can be read still")
		})
	}
	t.Run("put back, it can be saved to again", func(t *testing.T) {
		s := openAt(t, filepath.Join(t.TempDir(), "renkei.db"))
		require.NoError(t, os.Rename(s.Place(), s.Place()+".moved"))
		require.Error(t, savePartner(s))
		require.NoError(t, os.Rename(s.Place()+".moved", s.Place()))
		require.NoError(t, savePartner(s))
	})
	t.Run("through a link it can be saved to as before", func(t *testing.T) {
		folder := t.TempDir()
		path := filepath.Join(folder, "renkei.db")
		require.NoError(t, openAt(t, path).Close())
		require.NoError(t, os.Symlink(path, filepath.Join(folder, "link.db")))
		s := openAt(t, filepath.Join(folder, "link.db"))
		require.NoError(t, savePartner(s))
		require.NoError(t, os.Remove(path+"-wal"))
		require.Error(t, savePartner(s))
	})
}
