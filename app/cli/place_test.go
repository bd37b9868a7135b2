package cli_test

import (
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/app"
	"renkei/app/cli"
)

func TestCommandsUseTheRememberedPlace(t *testing.T) {
	t.Setenv("XDG_DATA_HOME", t.TempDir())
	t.Setenv("PGPASSWORD", "unused")
	require.NoError(t, app.RememberPlace("postgres://nurse@127.0.0.1:1/renkei"))
	got := run(t, "judge")
	assert.Equal(t, cli.Refused, got.status)
	assert.Contains(t, got.err, "127.0.0.1:1/renkei")
	assert.Contains(t, got.err, "サーバーにつながりません")
	usual, err := app.DefaultDataPath()
	require.NoError(t, err)
	assert.NoFileExists(t, usual, "no empty register is begun instead")

	db := sampled(t)
	assert.Equal(t, cli.Done, run(t, "judge", "--data", db).status, "--data comes first")
	require.NoError(t, app.RememberPlace(usual))
	got = run(t, "judge")
	assert.Contains(t, got.err, usual)
	_, err = os.Stat(usual)
	assert.ErrorIs(t, err, os.ErrNotExist)
}
