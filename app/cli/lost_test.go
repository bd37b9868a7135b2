package cli_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/app/cli"
)

// lost returns a folder from which the register was moved away. Two copies are
// left; the newer one is empty.
func lost(t *testing.T) (db, full string) {
	t.Helper()
	db = importedInto(t, database(t), "a", "ledger")
	folder := filepath.Join(filepath.Dir(db), "backups")
	require.NoError(t, os.Mkdir(folder, 0o700))
	full = filepath.Join(folder, "台帳 データ-2026-11-20.db")
	require.NoError(t, os.Rename(db, full))
	empty := filepath.Join(t.TempDir(), "empty.db")
	require.Equal(t, cli.Done, run(t, "judge", "--new", "--data", empty).status)
	require.NoError(t, os.Rename(empty, filepath.Join(folder, "台帳 データ-2026-11-21.db")))
	return db, full
}

func TestCommandsRefuseARegisterThatIsLost(t *testing.T) {
	db, full := lost(t)
	book := filepath.Join(caseDir("b"), "ledger")
	out := filepath.Join(t.TempDir(), "台帳.xlsx")
	for outcome, words := range map[string][]string{
		"reading":     {"judge"},
		"importing":   {"import", "ledger", book},
		"exporting":   {"export", "ledger", out},
		"the sample":  {"sample"},
		"the monitor": {"monitor"},
	} {
		t.Run(outcome, func(t *testing.T) {
			got := run(t, append(words, "--data", db)...)
			assert.Equal(t, cli.Refused, got.status)
			assert.Empty(t, got.out)
			assert.Contains(t, got.err, "台帳のファイル「"+db+"」が見つかりません")
			assert.Regexp(t, `(?s)2026-11-20  全\d+件（連携先 \d+、.*入院 \d+、共同指導 \d+）.*`+full+`.*2026-11-21  空（0件）`, got.err, "the fullest first")
			assert.Contains(t, got.err, `renkei restore "`+full+`" --data "`+db+`"`)
			assert.Contains(t, got.err, "--new")
			assert.NoFileExists(t, db)
			assert.NoFileExists(t, out)
		})
	}
	t.Run("unless an empty one is requested", func(t *testing.T) {
		got := run(t, "import", "ledger", book, "--data", db, "--new")
		assert.Equal(t, cli.Done, got.status, got.err)
		assert.NotContains(t, got.err, "控え")
	})
}

func TestARegisterIsRestoredByACommand(t *testing.T) {
	db, full := lost(t)
	before := run(t, "judge", "--data", full)

	got := run(t, "restore", full, "--data", db)

	assert.Equal(t, outcome{cli.Done, "控えから戻しました: " + db + "\n", ""}, got)
	assert.Equal(t, before, run(t, "judge", "--data", db))
	assert.Equal(t, cli.Refused, run(t, "restore", full, "--data", db).status, "not over a register that is there")
	assert.Equal(t, cli.Misuse, run(t, "restore", "--data", db).status)
}

func TestAnEmptyRegisterWithFullCopiesIsSaid(t *testing.T) {
	db, full := lost(t)
	got := run(t, "judge", "--new", "--data", db)
	assert.Equal(t, cli.Done, got.status)
	assert.Empty(t, got.err, "it was asked for")

	got = run(t, "judge", "--data", db)

	assert.Equal(t, cli.Done, got.status)
	assert.Contains(t, got.err, "1件も入っていませんが、控えには入っています")
	assert.Contains(t, got.err, full)
}

func TestTheWordsOfTheWindow(t *testing.T) {
	for _, tt := range []struct {
		words []string
		data  string
		fresh bool
	}{
		{nil, "", false},
		{[]string{"--new"}, "", true},
		{[]string{"--data", "a.db"}, "a.db", false},
		{[]string{"--data=a.db"}, "a.db", false},
		{[]string{"--data", "a.db", "--new"}, "a.db", true},
		{[]string{"--new", "--data", "a.db"}, "a.db", true},
	} {
		assert.False(t, cli.IsCommand(tt.words), tt.words)
		data, fresh, err := cli.Window(tt.words)
		require.NoError(t, err)
		assert.Equal(t, tt.data, data, tt.words)
		assert.Equal(t, tt.fresh, fresh, tt.words)
	}
	for _, words := range [][]string{{"--data"}, {"--data", ""}, {"--new", "judge"}, {"--new", "--old"}} {
		_, _, err := cli.Window(words)
		assert.Error(t, err, words)
	}
	assert.True(t, cli.IsCommand([]string{"judge", "--new"}))
}
