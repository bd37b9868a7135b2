package store

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/models"
)

func TestConfirmationsAndClosingsComeBackAsTheyWereWritten(t *testing.T) {
	ctx := context.Background()
	s := openTemp(t)
	upsert(t, s, fullBook())
	confirmation := models.Confirmation{Session: "G00001", Claim: models.ClaimFee2, Points: 500, RuleVersion: "2026-06",
		Month: 2026_07, By: "山田", At: "2026-08-03T01:00:00Z"}
	closing := models.Closing{Month: 2026_07, Number: 1, ClosedBy: "山田", ClosedAt: "2026-08-05T01:00:00Z"}
	require.NoError(t, s.Write(ctx, "山田", func(tx *Tx) error {
		if err := Put(tx, &confirmation); err != nil {
			return err
		}
		return Put(tx, &closing)
	}))

	book := read(t, s)
	assert.Equal(t, []models.Confirmation{confirmation}, book.Confirmations)
	assert.Equal(t, []models.Closing{closing}, book.Closings)

	t.Run("a ledger book imported later leaves them alone", func(t *testing.T) {
		upsert(t, s, fullBook())
		assert.Equal(t, []models.Confirmation{confirmation}, read(t, s).Confirmations)
	})

	t.Run("a re-opening needs its reason", func(t *testing.T) {
		open := closing
		open.ReopenedAt, open.ReopenedBy = "2026-08-06T01:00:00Z", "佐藤"
		err := s.Write(ctx, "佐藤", func(tx *Tx) error { return Put(tx, &open) })
		assert.Equal(t, models.Invalid, models.ErrorCode(err))
	})

	t.Run("what is read is what is stored now", func(t *testing.T) {
		require.NoError(t, s.Write(ctx, "佐藤", func(tx *Tx) error {
			found, err := Get(tx, &models.Confirmation{Session: "G00001"})
			require.NoError(t, err)
			assert.Equal(t, &confirmation, found)
			missing, err := Get(tx, &models.Confirmation{Session: "G99999"})
			assert.Nil(t, missing)
			return err
		}))
	})
}
