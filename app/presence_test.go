package app_test

import (
	"context"
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/app"
	"renkei/app/apptest"
	"renkei/models"
)

func TestWhoElseHasARecordOpenUntilItIsClosed(t *testing.T) {
	ctx := context.Background()
	yamada := apptest.Empty(t, apptest.By("山田"))
	sato, err := app.Open(ctx, apptest.Config(yamada.Place(), apptest.By("佐藤")))
	require.NoError(t, err)
	machine, err := os.Hostname()
	require.NoError(t, err)
	office := app.RefOf(models.Partner{Code: "P001"})
	assert.Equal(t, app.RecordRef{Sheet: "連携先", Key: "P001"}, office)
	also := func() []app.Presence {
		t.Helper()
		others, err := yamada.AlsoOpen(ctx, office)
		require.NoError(t, err)
		return others
	}

	require.NoError(t, yamada.OpenRecord(ctx, office))
	assert.Empty(t, also())
	require.NoError(t, sato.OpenRecord(ctx, office))
	require.NoError(t, sato.OpenRecord(ctx, office))
	assert.Equal(t, []app.Presence{{Actor: "佐藤", Machine: machine, Since: apptest.Now().UTC()}}, also())
	require.NoError(t, sato.CloseRecord(ctx, office))
	assert.Len(t, also(), 1, "it is open in another form")
	require.NoError(t, sato.CloseRecord(ctx, office))
	assert.Empty(t, also())

	require.NoError(t, sato.OpenRecord(ctx, office))
	assert.Len(t, also(), 1)
	require.NoError(t, sato.Close())
	assert.Empty(t, also(), "a program that ends closes all")
}
