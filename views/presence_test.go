package views

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/app"
	"renkei/models"
	"renkei/views/page"
)

func TestWhoElseHasTheRecordOpenStandsOverTheForm(t *testing.T) {
	ctx := context.Background()
	w := sit(t)
	config := walkConfig(filepath.Join(w.data, "renkei.db"), func() time.Time { return *w.clock })
	config.Actor = "佐藤"
	other, err := app.Open(ctx, config)
	require.NoError(t, err)
	defer func() { require.NoError(t, other.Close()) }()
	machine, err := os.Hostname()
	require.NoError(t, err)
	says := "いま 佐藤さん（" + machine + "）もこの記録を開いています"
	office := app.RefOf(models.Partner{Code: "P001"})
	open := func() int {
		t.Helper()
		others, err := other.AlsoOpen(ctx, office)
		require.NoError(t, err)
		return len(others)
	}

	require.NoError(t, other.OpenRecord(ctx, office))
	w.goTo(page.ToEdit("連携先", "P001", ""))
	assert.Contains(t, w.seen(), says, "who came first is said at once")
	assert.Equal(t, 1, open(), "and the other is told")
	require.NoError(t, other.CloseRecord(ctx, office))
	w.heard(nil)
	assert.NotContains(t, w.seen(), "もこの記録を開いています")
	require.NoError(t, other.OpenRecord(ctx, office))
	w.heard(nil)
	assert.Contains(t, w.seen(), says)

	w.press(fyne.KeyEscape)
	assert.NotContains(t, w.seen(), "もこの記録を開いています")
	assert.Zero(t, open(), "the form is closed")

	w.goTo(page.ToEdit("連携先", "P001", ""))
	assert.Equal(t, 1, open())
	w.goTo(page.ToEdit("連携先", "P002", ""))
	assert.Zero(t, open(), "another form took its place")
}
