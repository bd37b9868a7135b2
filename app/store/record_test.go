package store

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/models"
)

// put saves one record as 山田.
func put[T Record](s *Store, row *T) error {
	return s.Write(context.Background(), "山田", func(tx *Tx) error { return Put(tx, row) })
}

// remove deletes one record as 山田.
func remove[T Record](s *Store, row *T) error {
	return s.Write(context.Background(), "山田", func(tx *Tx) error { return Delete(tx, row) })
}

func TestPut(t *testing.T) {
	t.Run("a new record gets the revision that wrote it as its version", func(t *testing.T) {
		s := openTemp(t)
		partner := fullBook().Partners[0]
		partner.Version = 0
		require.NoError(t, put(s, &partner))
		assert.Equal(t, fullBook().Partners[0], partner)
		assert.Equal(t, fullBook().Partners, read(t, s).Partners)
	})

	t.Run("a new record with a known key is a conflict", func(t *testing.T) {
		s := openTemp(t)
		upsert(t, s, fullBook())
		partner := fullBook().Partners[0]
		partner.Version, partner.Name = 0, "別の事業所"
		err := put(s, &partner)
		assert.Equal(t, models.Conflict, models.ErrorCode(err), "%v", err)
		assert.Equal(t, fullBook(), read(t, s))
	})

	t.Run("a change gets the revision that wrote it as its version", func(t *testing.T) {
		s := openTemp(t)
		upsert(t, s, fullBook())
		session := fullBook().Sessions[0]
		session.Staff, session.Body = []string{"S02"}, ""
		require.NoError(t, put(s, &session))
		assert.Equal(t, 2, session.Version)
		assert.Equal(t, []models.JointGuidance{session}, read(t, s).Sessions)
	})

	t.Run("an equal record is left alone", func(t *testing.T) {
		s := openTemp(t)
		upsert(t, s, fullBook())
		session := fullBook().Sessions[0]
		require.NoError(t, put(s, &session))
		assert.Equal(t, fullBook().Sessions[0], session)
		assert.EqualValues(t, 1, revision(t, s))
	})

	t.Run("a record somebody else changed meanwhile is a conflict", func(t *testing.T) {
		s := openTemp(t)
		upsert(t, s, fullBook())
		mine, theirs := fullBook().Wards[0], fullBook().Wards[0]
		theirs.Beds = 50
		require.NoError(t, put(s, &theirs))
		mine.Beds = 40
		err := put(s, &mine)
		assert.Equal(t, models.Conflict, models.ErrorCode(err), "%v", err)
		assert.Equal(t, "病棟『W1/2020-04-01』は、開いているあいだにほかの人が変更したか削除しました。開き直して、もう一度入力してください",
			models.ErrorMessage(err))
		assert.Equal(t, 1, mine.Version)
		assert.Equal(t, []models.Ward{theirs}, read(t, s).Wards)
	})

	t.Run("a record with a problem is refused with its reason", func(t *testing.T) {
		s := openTemp(t)
		ward := fullBook().Wards[0]
		ward.Version, ward.ValidTo = 0, models.MustDate("2019-01-01")
		err := put(s, &ward)
		assert.Equal(t, models.Invalid, models.ErrorCode(err), "%v", err)
		assert.Contains(t, models.ErrorMessage(err), "有効終了: ")
		assert.Empty(t, read(t, s).Wards)
	})
}

func TestDelete(t *testing.T) {
	t.Run("removes the record and its staff", func(t *testing.T) {
		s := openTemp(t)
		upsert(t, s, fullBook())
		contact := fullBook().Contacts[0]
		require.NoError(t, remove(s, &contact))
		assert.Empty(t, read(t, s).Contacts)
		require.NoError(t, remove(s, &fullBook().Attendances[2]))
		assert.NoError(t, remove(s, &fullBook().Staff[0]), "nothing names S01 any more but a 共同指導")
	})

	t.Run("keeps what others refer to", func(t *testing.T) {
		s := openTemp(t)
		upsert(t, s, fullBook())
		for name, err := range map[string]error{
			"partner": remove(s, &fullBook().Partners[0]), "staff": remove(s, &fullBook().Staff[0]),
			"ward": remove(s, &fullBook().Wards[0]), "admission": remove(s, &fullBook().Admissions[0]),
			"care manager": remove(s, &fullBook().CareManagers[0]), "meeting": remove(s, &fullBook().Meetings[0]),
		} {
			assert.Equal(t, models.Invalid, models.ErrorCode(err), "%s: %v", name, err)
			assert.Contains(t, models.ErrorMessage(err), "ほかの記録から使われている", name)
		}
		assert.Equal(t, fullBook(), read(t, s))
	})

	t.Run("one of several periods of a code can be deleted", func(t *testing.T) {
		s := openTemp(t)
		book := fullBook()
		second := book.Staff[0]
		second.From, second.To = models.MustDate("2026-04-01"), 0
		book.Staff = append(book.Staff, second)
		upsert(t, s, book)
		require.NoError(t, remove(s, &book.Staff[0]))
		assert.Equal(t, []models.Staff{second}, read(t, s).Staff)
	})

	t.Run("a record somebody else changed meanwhile is a conflict", func(t *testing.T) {
		s := openTemp(t)
		upsert(t, s, fullBook())
		setting := models.Setting{Key: "hospital_name", Version: 7}
		assert.Equal(t, models.Conflict, models.ErrorCode(remove(s, &setting)))
		assert.Equal(t, fullBook(), read(t, s))
	})
}
