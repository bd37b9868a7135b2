package cli_test

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"renkei/app/cli"
	"renkei/reports"
)

// assertLocked checks that a workbook opens only with the password.
func assertLocked(t *testing.T, path, password string) {
	t.Helper()
	_, err := excelize.OpenFile(path)
	require.Error(t, err, "%s opens without a password", path)
	file, err := excelize.OpenFile(path, excelize.Options{Password: password})
	require.NoError(t, err, path)
	assert.NotEmpty(t, file.GetSheetList())
	assert.NoError(t, file.Close())
}

func TestReportsWithThePasswordOfAFile(t *testing.T) {
	db := imported(t, "a", "ledger.xlsx")
	for name, c := range map[string]struct{ text, password string }{
		"the first line":            {"連携 2026\n二行目\n", "連携 2026"},
		"a file of Notepad":         {"\ufeff連携2026\r\n", "連携2026"},
		"a line without an end":     {"renkei", "renkei"},
		"a line without more to it": {"renkei\r\n\r\n", "renkei"},
	} {
		t.Run(name, func(t *testing.T) {
			secret := filepath.Join(t.TempDir(), "パスワード.txt")
			write(t, secret, c.text)
			out := filepath.Join(t.TempDir(), "月次.xlsx")
			got := run(t, "report", "monthly", "--month", "2026-10", "-o", out, "--password-file", secret, "--data", db)
			require.Equal(t, cli.Done, got.status, got.err)
			assertLocked(t, out, c.password)
			assert.NotContains(t, got.out+got.err, c.password)
		})
	}
	t.Run("every report of a month", func(t *testing.T) {
		secret := filepath.Join(t.TempDir(), "パスワード.txt")
		write(t, secret, "連携2026\n")
		folder := t.TempDir()
		got := run(t, "report", "all", "--month", "2026-10", "-o", folder, "--password-file", secret, "--data", db)
		require.Equal(t, cli.Done, got.status, got.err)
		files, err := filepath.Glob(filepath.Join(folder, "*"))
		require.NoError(t, err)
		assert.Len(t, files, len(reports.Kinds))
		for _, file := range files {
			assertLocked(t, file, "連携2026")
		}
	})
}

func TestNoReportGoesOutUnprotectedByMistake(t *testing.T) {
	dir := t.TempDir()
	for name, c := range map[string]struct {
		text   string
		status int
		says   string
	}{
		"an empty file":         {"", cli.Refused, "1行目が空です"},
		"an empty first line":   {"\r\nrenkei", cli.Refused, "1行目が空です"},
		"a file in Shift_JIS":   {"\x98\x41\x8c\x67", cli.Refused, "UTF-8 で保存し直してください"},
		"a space at the end":    {"renkei \n", cli.Refused, "前後に空白"},
		"a line that is a book": {strings.Repeat("連", 9000), cli.Refused, "長すぎます"},
	} {
		t.Run(name, func(t *testing.T) {
			secret := filepath.Join(t.TempDir(), "パスワード.txt")
			write(t, secret, c.text)
			assertUnwritten(t, secret, c.status, c.says)
		})
	}
	t.Run("a file that is not there", func(t *testing.T) {
		assertUnwritten(t, filepath.Join(dir, "ない.txt"), cli.Refused, "読めません")
	})
	t.Run("a folder", func(t *testing.T) { assertUnwritten(t, dir, cli.Refused, "読めません") })
	t.Run("a name left out", func(t *testing.T) { assertUnwritten(t, "", cli.Misuse, "--password-file に") })
}

func assertUnwritten(t *testing.T, secret string, status int, says string) {
	t.Helper()
	for _, kind := range []string{"monthly", "all"} {
		db, out := database(t), filepath.Join(t.TempDir(), "月次.xlsx")
		got := run(t, "report", kind, "--month", "2026-10", "-o", out, "--password-file", secret, "--data", db)
		assert.Equal(t, status, got.status)
		assert.Contains(t, got.err, says)
		assert.NoFileExists(t, out)
		assert.NoDirExists(t, out)
		assert.NoFileExists(t, db, "refused before any work")
	}
}

func TestHelpSaysWhyThePasswordStandsInAFile(t *testing.T) {
	got := run(t, "help", "report")
	assert.Contains(t, got.out, "--password-file")
	assert.Contains(t, got.out, "ほかの人に見えるため")
}
