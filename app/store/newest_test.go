package store

import (
	"context"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/models"
	"renkei/models/booktest"
)

func TestTheNewestArePassedFirstUntilItIsEnough(t *testing.T) {
	s := openTemp(t)
	book := booktest.Large(300)
	upsert(t, s, book)
	require.NoError(t, s.Read(context.Background(), func(v View) error {
		var contacts []models.Contact
		require.NoError(t, v.EachContact(func(list []models.Contact) bool {
			contacts = append(contacts, list...)
			return true
		}))
		require.Len(t, contacts, len(book.Contacts))
		assert.True(t, slices.IsSortedFunc(contacts, func(a, b models.Contact) int { return int(b.On - a.On) }))
		at := slices.IndexFunc(book.Contacts, func(c models.Contact) bool { return c.Number == contacts[0].Number })
		want := book.Contacts[at]
		want.Staff, want.Time, want.Initiator, want.Version = nil, "", "", 0
		assert.Equal(t, want, contacts[0])

		var sessions []models.JointGuidance
		require.NoError(t, v.EachSession(func(list []models.JointGuidance) bool {
			sessions = append(sessions, list...)
			return true
		}))
		require.Len(t, sessions, len(book.Sessions))
		assert.True(t, slices.IsSortedFunc(sessions, func(a, b models.JointGuidance) int { return int(b.On - a.On) }))
		return nil
	}))
}

func TestListsArePassedUntilItIsEnough(t *testing.T) {
	s := openTemp(t)
	require.NoError(t, s.Read(context.Background(), func(v View) error {
		numbers := func(most int) (lists [][]int) {
			query := "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 50000) SELECT i FROM n"
			require.NoError(t, each(v, query, func(i *int) []any { return []any{i} }, func(list []int) bool {
				lists = append(lists, slices.Clone(list))
				return len(lists) < most
			}))
			return lists
		}
		all := numbers(9)
		require.Len(t, all, 3)
		assert.Equal(t, []int{atOnce, atOnce, 50_000 - 2*atOnce}, []int{len(all[0]), len(all[1]), len(all[2])})
		assert.Equal(t, 50_000, all[2][len(all[2])-1])
		assert.Equal(t, atOnce+1, all[1][0])
		assert.Len(t, numbers(1), 1, "enough after the first")
		return nil
	}))
}

func TestAContactIsCountedAndFoundByItsNumber(t *testing.T) {
	s := openTemp(t)
	book := booktest.Large(100)
	upsert(t, s, book)
	require.NoError(t, s.Read(context.Background(), func(v View) error {
		count, err := v.ContactCount()
		require.NoError(t, err)
		assert.Equal(t, len(book.Contacts), count)
		one := book.Contacts[count/2]
		on, err := v.ContactedOn(one.Number)
		require.NoError(t, err)
		assert.Equal(t, one.On, on)
		on, err = v.ContactedOn("ない番号")
		require.NoError(t, err)
		assert.True(t, on.IsZero())
		return nil
	}))
}
