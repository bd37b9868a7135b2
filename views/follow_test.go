package views

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/app"
	"renkei/models"
)

func TestWhatAnotherProcessWritesIsShown(t *testing.T) {
	w := sit(t)
	other, err := app.Open(context.Background(), walkConfig(filepath.Join(w.data, "renkei.db"), func() time.Time { return *w.clock }))
	require.NoError(t, err)
	defer func() { require.NoError(t, other.Close()) }()
	w.turnTo("contacts")
	require.Contains(t, w.seen(), "登録 1,348件")

	_, err = other.Do(context.Background(), "登録", app.New(&models.Contact{On: w.today(), Kind: models.PhoneCall, Partner: w.facts().Book.Partners[0].Code}))
	require.NoError(t, err)
	w.look()
	assert.Contains(t, w.seen(), "登録 1,349件")
}
