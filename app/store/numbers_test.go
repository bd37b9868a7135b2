package store

import (
	"context"
	"errors"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/models"
)

func newPartner(code string) *models.Partner {
	return &models.Partner{Code: code, Name: "あおば居宅", Kind: models.CareOffice}
}

// added saves a new partner and returns its code.
func added(t *testing.T, s *Store, code string) string {
	t.Helper()
	partner := newPartner(code)
	require.NoError(t, put(s, partner))
	return partner.Code
}

func TestNumbers(t *testing.T) {
	ctx := context.Background()

	t.Run("the first record of an empty register gets the first code, the next one the next", func(t *testing.T) {
		s := openTemp(t)
		assert.Equal(t, "P001", added(t, s, ""))
		assert.Equal(t, "P002", added(t, s, ""))
	})

	t.Run("several new records of one transaction get one each", func(t *testing.T) {
		s := openTemp(t)
		first, second := newPartner(""), newPartner("")
		require.NoError(t, s.Write(ctx, "山田", func(tx *Tx) error {
			return errors.Join(Put(tx, first), Put(tx, second))
		}))
		assert.Equal(t, []string{"P001", "P002"}, []string{first.Code, second.Code})
	})

	t.Run("a typed code is skipped, and its form continues", func(t *testing.T) {
		s := openTemp(t)
		assert.Equal(t, "居-0099", added(t, s, "居-0099"))
		assert.Equal(t, "居-0100", added(t, s, ""))
		assert.Equal(t, "P005", added(t, s, "P005"), "a smaller one changes nothing")
		assert.Equal(t, "居-0101", added(t, s, ""))
	})

	t.Run("an imported code is skipped", func(t *testing.T) {
		s := openTemp(t)
		upsert(t, s, &models.Book{Partners: []models.Partner{*newPartner("P041"), *newPartner("P007")}})
		assert.Equal(t, "P042", added(t, s, ""))
	})

	t.Run("the number of a deleted record is never reused, even after reopening", func(t *testing.T) {
		s := openTemp(t)
		partner := newPartner("")
		require.NoError(t, put(s, partner))
		require.NoError(t, remove(s, partner))
		require.NoError(t, s.Close())
		assert.Equal(t, "P002", added(t, openAt(t, s.Place()), ""))
	})

	t.Run("two programs on one register assign different numbers", func(t *testing.T) {
		s := openTemp(t)
		other := openAt(t, s.Place())
		assert.Equal(t, []string{"P001", "P002", "P003"}, []string{added(t, s, ""), added(t, other, ""), added(t, s, "")})
	})

	t.Run("a failed transaction uses no number", func(t *testing.T) {
		s := openTemp(t)
		require.Error(t, s.Write(ctx, "山田", func(tx *Tx) error {
			require.NoError(t, Put(tx, newPartner("")))
			return errors.New("stopped")
		}))
		assert.Equal(t, "P001", added(t, s, ""))
	})

	t.Run("codes with too many digits are not numbers", func(t *testing.T) {
		s := openTemp(t)
		added(t, s, "2026112900000001")
		assert.Equal(t, "P001", added(t, s, ""))
	})
}

func TestVersionsNeverRestart(t *testing.T) {
	s := openTemp(t)
	stale := newPartner("P001")
	require.NoError(t, put(s, stale))
	gone := *stale
	require.NoError(t, remove(s, &gone))
	anew := newPartner("P001")
	anew.Name = "みどり居宅"
	require.NoError(t, put(s, anew))

	stale.Phone = "045-000-0000"
	err := put(s, stale)

	assert.Equal(t, models.Conflict, models.ErrorCode(err), "%v", err)
	assert.Equal(t, []models.Partner{*anew}, read(t, s).Partners)
}

func TestTheUpdateItselfAsksForTheVersion(t *testing.T) {
	s := openTemp(t)
	stale := newPartner("P001")
	require.NoError(t, put(s, stale))
	theirs := *stale
	theirs.Phone = "045-000-0001"
	require.NoError(t, put(s, &theirs))
	mine := *stale
	mine.Phone = "045-000-0002"

	// As if the stored record had been read before the other change was written.
	err := s.Write(context.Background(), "山田", func(tx *Tx) error { return partners.update(tx, stale, &mine) })

	assert.Equal(t, models.Conflict, models.ErrorCode(err), "%v", err)
	assert.Equal(t, []models.Partner{theirs}, read(t, s).Partners)
}

// A register of the first version: numbers and revisions come from its tables
// and its log.
func TestNumbersAndRevisionsOfAnOlderRegister(t *testing.T) {
	ctx := context.Background()
	path := olderFile(t, 3, `
		INSERT INTO partners (code, name, kind, version) VALUES ('P007', 'あおば居宅', '居宅介護支援', 1), ('居-12', 'みどり居宅', '居宅介護支援', 3);
		INSERT INTO staff (code, valid_from, name, job, version) VALUES ('S010', '2026-04-01', '東 京子', '看護師', 1);
		INSERT INTO audit_log (at, actor, action, sheet, record_key) VALUES
			('2026-11-01T00:00:00.000Z', '山田', 'insert', '職員', 'S030/2026-04-01'),
			('2026-11-01T00:00:00.000Z', '山田', 'delete', '職員', 'S030/2026-04-01'),
			('2026-11-02T00:00:00.000Z', '山田', 'insert', 'やり取り', 'K0400');
		UPDATE register SET revision = 2`)

	s := openAt(t, path)

	entries, err := s.Audit(ctx, 0)
	require.NoError(t, err)
	assert.Equal(t, []int64{3, 2, 1}, []int64{entries[0].Revision, entries[1].Revision, entries[2].Revision})
	assert.EqualValues(t, 3, revision(t, s), "not below that of any row")
	assert.Equal(t, "居-13", added(t, s, ""))
	person := &models.Staff{From: models.MustDate("2026-11-01"), Name: "西 洋一", Job: models.Nurse}
	require.NoError(t, put(s, person))
	assert.Equal(t, "S031", person.Code, "after the one that was deleted")
	contact := &models.Contact{On: models.MustDate("2026-11-02"), Kind: models.PhoneCall}
	require.NoError(t, put(s, contact))
	assert.Equal(t, "K0401", contact.Number)
	meeting := &models.Meeting{HeldOn: models.MustDate("2026-11-02"), Name: "研修", Kind: models.StudySession}
	require.NoError(t, put(s, meeting))
	assert.Equal(t, "M001", meeting.Code, "the first of its kind")
}
