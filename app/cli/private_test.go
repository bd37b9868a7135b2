//go:build !windows

package cli_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/app/cli"
)

func TestFilesWithNamesAreReadByTheirOwnerAlone(t *testing.T) {
	db := imported(t, "a", "ledger")
	folder := t.TempDir()
	bad := filepath.Join(folder, "悪い台帳")
	require.NoError(t, os.Mkdir(bad, 0o700))
	require.NoError(t, os.WriteFile(filepath.Join(bad, "入院.csv"), []byte("入院番号,患者ID,氏名,入院日\nA1,1,氏名,13月40日\n"), 0o600))
	for outcome, words := range map[string][]string{
		"ledger.xlsx":  {"export", "ledger", "ledger.xlsx", "--data", db},
		"csv/":         {"export", "ledger", "csv/", "--data", db},
		"monthly.xlsx": {"report", "monthly", "--month", "2026-10", "-o", "monthly.xlsx", "--data", db},
		"誤り.txt":       {"import", "ledger", bad, "--errors", "誤り.txt", "--data", db},
	} {
		t.Run(outcome, func(t *testing.T) {
			t.Chdir(folder)
			// A file that others can read is already there.
			if filepath.Ext(outcome) != "" {
				require.NoError(t, os.WriteFile(outcome, nil, 0o644))
			}
			got := run(t, words...)
			require.NotEqual(t, cli.Misuse, got.status, got.err)
			checked := 0
			require.NoError(t, filepath.WalkDir(filepath.Clean(outcome), func(path string, entry fs.DirEntry, err error) error {
				require.NoError(t, err)
				info, err := entry.Info()
				require.NoError(t, err)
				assert.Zero(t, info.Mode().Perm()&0o077, path)
				if !entry.IsDir() {
					assert.Positive(t, info.Size(), path)
					checked++
				}
				return nil
			}))
			assert.Positive(t, checked)
		})
	}
}
