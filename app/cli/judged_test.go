package cli_test

import (
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/app"
	"renkei/app/apptest"
	"renkei/app/cli"
	"renkei/models"
)

// withoutPolicy returns the sample hospital as an older program left it:
// without 規程の基準日 in 設定.
func withoutPolicy(t *testing.T) string {
	t.Helper()
	folder, db := t.TempDir(), database(t)
	require.NoError(t, os.CopyFS(folder, os.DirFS(filepath.Join("..", "..", "assets", "sample", "ledger"))))
	settings := filepath.Join(folder, "設定.csv")
	text, err := os.ReadFile(settings)
	require.NoError(t, err)
	require.Contains(t, string(text), "policy_must_precede,admission")
	older := strings.NewReplacer("policy_must_precede,admission\r\n", "", "policy_must_precede,admission\n", "").Replace(string(text))
	require.NoError(t, os.WriteFile(settings, []byte(older), 0o600))
	got := run(t, "import", "ledger", folder, "--data", db)
	require.Equal(t, cli.Done, got.status, got.err)
	return db
}

func TestCommandsTellWhatTheNewDefaultChanges(t *testing.T) {
	db := withoutPolicy(t)
	for _, args := range [][]string{
		{"judge", "--month", "2026-08"}, {"monitor", "--as-of", "2026-11-22"},
		{"report", "monthly", "--month", "2026-08", "-o", filepath.Join(t.TempDir(), "月次.xlsx")},
	} {
		got := run(t, append(args, "--data", db)...)
		require.Equal(t, cli.Done, got.status, got.err)
		assert.Equal(t, 1, strings.Count(got.err, "規程の基準日"), args)
		assert.Contains(t, got.err, "判定の違う共同指導が5件あります: G0260 算定不可→指導料2、G0261 算定不可→指導料2、G0277 指導料2→算定不可、G0280 指導料2→算定不可、G0282 指導料2→算定不可。")
		assert.NotContains(t, got.out, "決められていません", "standard output holds the results alone")
	}
	t.Run("a register that says which it wants hears nothing", func(t *testing.T) {
		sample := sampled(t)
		assert.Empty(t, run(t, "judge", "--data", sample).err)
	})
	t.Run("all of it by --what-if", func(t *testing.T) {
		got := run(t, "judge", "--data", db, "--what-if", "policy_must_precede=session")
		require.Equal(t, cli.Done, got.status, got.err)
		lines := strings.Split(strings.TrimSpace(got.out), "\n")
		require.Len(t, lines, 7)
		assert.Contains(t, lines[1], "G0260       2026-08-03  00079368    指導料2   算定不可  -500    ")
		assert.True(t, strings.HasPrefix(lines[6], "416件のうち判定が変わるのは5件（合計 "), lines[6])
		july := run(t, "judge", "--data", db, "--what-if", "policy_must_precede=session", "--month", "2026-07").out
		assert.Contains(t, july, "のうち判定が変わるのは0件")
		for _, wrong := range []string{"policy_must_precede", "policy=session"} {
			assert.Equal(t, cli.Misuse, run(t, "judge", "--data", db, "--what-if", wrong).status, wrong)
		}
		refused := run(t, "judge", "--data", db, "--what-if", "policy_must_precede=never")
		assert.Equal(t, cli.Refused, refused.status)
		assert.Contains(t, refused.err, "policy_must_precede『never』は admission・session から選んでください")
	})
}

// spoil adds unusable rows to 設定, as another program or a copied register may
// have.
func spoil(t *testing.T, db string) {
	t.Helper()
	a, err := app.Open(context.Background(), app.Config{Data: db, Log: slog.New(slog.DiscardHandler)})
	require.NoError(t, err)
	_, err = a.Do(context.Background(), "試し", app.Put(models.Setting{Key: "meeting_min", Value: "9"}), app.Put(models.Setting{Key: "relationship_unit", Value: "family"}))
	require.NoError(t, err)
	require.NoError(t, a.Close())
}

func TestARowOfTheSettingsThatCannotBeUsedIsSaid(t *testing.T) {
	db := sampled(t)
	before := run(t, "judge", "--data", db, "--format", "csv")
	spoil(t, db)
	got := run(t, "judge", "--data", db, "--format", "csv")
	require.Equal(t, cli.Done, got.status, got.err)
	assert.Equal(t, before.out, got.out)
	assert.Equal(t, "設定: キー『meeting_min』は使えません。説明シートのキーから選んでください。この行は使わずに判定しています\n"+
		"設定: relationship_unit『family』は person・office から選んでください。この行は使わず、既定の値で判定しています\n", got.err)
}

func TestWhatIfNamesWhatIsConfirmedAndClosed(t *testing.T) {
	ctx := context.Background()
	db := withoutPolicy(t)
	a, err := app.Open(ctx, app.Config{Data: db, Actor: "山田", Log: slog.New(slog.DiscardHandler)})
	require.NoError(t, err)
	require.NoError(t, apptest.ConfirmAll(ctx, a, 2026_11))
	_, err = a.CloseMonth(ctx, 2026_11)
	require.NoError(t, err)
	require.NoError(t, a.Close())
	got := run(t, "judge", "--data", db, "--what-if", "meeting_min_count=99")
	require.Equal(t, cli.Done, got.status, got.err)
	assert.Contains(t, got.out, "、締め済の2026-11を含む\n")
	assert.Contains(t, got.out, "確定済 ")
}
