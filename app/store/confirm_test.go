package store

import (
	"context"
	"database/sql"
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
		Month: 2026_07, PriorClaim: models.ClaimFee1, PriorMonth: 2026_06, By: "山田", At: "2026-08-03T01:00:00Z"}
	closing := models.Closing{Month: 2026_07, Number: 1, ClosedBy: "山田", ClosedAt: "2026-08-05T01:00:00Z"}
	kept := models.ClosedVerdict{Month: 2026_07, Number: 1, Session: "G00001", PatientID: "00000001", AdmittedOn: 2026_06_17,
		On: 2026_06_25, Result: "指導料2", Points: 500, Code: "11", Reason: "満たす", Warnings: "W3 情報提供\nW5 連絡先", Plan: "2",
		Confirmed: models.ClaimFee2, ConfirmedPoints: 500, Grounds: `[{"id":"11a"}]`}
	require.NoError(t, s.Write(ctx, "山田", func(tx *Tx) error {
		if err := Put(tx, &confirmation); err != nil {
			return err
		}
		if err := Put(tx, &closing); err != nil {
			return err
		}
		return Put(tx, &kept)
	}))

	book := read(t, s)
	assert.Equal(t, []models.ClosedVerdict{kept}, book.ClosedVerdicts)
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
			found, err := Get(tx.View, &models.Confirmation{Session: "G00001"})
			require.NoError(t, err)
			assert.Equal(t, &confirmation, found)
			missing, err := Get(tx.View, &models.Confirmation{Session: "G99999"})
			assert.Nil(t, missing)
			return err
		}))
	})
}

// Adding the columns for what a session carried before its 確定 fills them from
// the log.
func TestWhatStoodBeforeAConfirmationIsReadFromTheLog(t *testing.T) {
	ctx := context.Background()
	path := olderFile(t, 4, "SELECT 1")
	query(t, path, func(db *sql.DB) {
		log := func(at, action, sheet, key, before, after string) {
			_, err := db.ExecContext(ctx, "INSERT INTO audit_log (at, actor, action, sheet, record_key, before_json, after_json, revision) VALUES (?, '山田', ?, ?, ?, ?, ?, 1)",
				at, action, sheet, key, before, after)
			require.NoError(t, err)
		}
		confirm := func(session, claim, month string) {
			_, err := db.ExecContext(ctx, "INSERT INTO confirmations (session, claim, points, rule_version, claim_month, confirmed_by, confirmed_at, version) VALUES (?, ?, 500, '2026-06', ?, '山田', '', 1)",
				session, claim, month)
			require.NoError(t, err)
		}
		// An imported claim of another month, confirmed again later.
		confirm("G1", "2", "2026-10")
		log("2026-11-01T00:00:00.000Z", "update", "共同指導", "G1", `{"number":"G1","claim":"1"}`, `{"number":"G1","claim":"2","claim_month":"2026-09"}`)
		log("2026-11-02T00:00:00.000Z", "update", "共同指導", "G1", `{"number":"G1","claim":"2","claim_month":"2026-09"}`, `{"number":"G1","claim":"2","claim_month":"2026-10"}`)
		log("2026-11-02T00:00:00.000Z", "insert", "確定", "G1", "", `{"session":"G1"}`)
		log("2026-11-03T00:00:00.000Z", "update", "共同指導", "G1", `{"number":"G1","claim":"2","claim_month":"2026-10"}`, `{"number":"G1","claim":"なし"}`)
		log("2026-11-04T00:00:00.000Z", "update", "共同指導", "G1", `{"number":"G1","claim":"なし"}`, `{"number":"G1","claim":"2","claim_month":"2026-10"}`)
		log("2026-11-04T00:00:00.000Z", "update", "確定", "G1", `{"session":"G1"}`, `{"session":"G1"}`)
		// Nothing recorded before.
		confirm("G2", "1", "2026-10")
		log("2026-11-02T00:00:00.000Z", "update", "共同指導", "G2", `{"number":"G2"}`, `{"number":"G2","claim":"1","claim_month":"2026-10"}`)
		log("2026-11-02T00:00:00.000Z", "insert", "確定", "G2", "", `{"session":"G2"}`)
		// The session carried the confirmed class already.
		confirm("G3", "2", "2026-10")
		log("2026-11-02T00:00:00.000Z", "insert", "確定", "G3", "", `{"session":"G3"}`)
		// Not in the log.
		confirm("G4", "2", "2026-10")
	})
	prior := make(map[string]string)
	for _, c := range read(t, openAt(t, path)).Confirmations {
		prior[c.Session] = string(c.PriorClaim) + " " + c.PriorMonth.String()
	}
	assert.Equal(t, map[string]string{"G1": "2 2026-09", "G2": " ", "G3": "2 2026-10", "G4": " "}, prior)
}
